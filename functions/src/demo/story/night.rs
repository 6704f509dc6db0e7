//! What reaches the council out of hours, and the day's answer.

use domain::Payload;
use domain::id::ContactId;
use domain::payload::contact::{
    ConcernSeen, ConcernWritten, ContactFrom, ContactHow, ContactSeen, ContactWritten, SafeNow,
};

use super::Story;

/// What was said in the night, in the order of the form.
pub(in crate::demo) struct Night<'a> {
    pub(in crate::demo) from: ContactFrom,
    pub(in crate::demo) who: &'a str,
    pub(in crate::demo) said: &'a str,
    pub(in crate::demo) done: &'a str,
    pub(in crate::demo) to_do: &'a str,
}

impl Story {
    /// Somebody was in touch by telephone, at this moment.
    pub(in crate::demo) fn contact(&mut self, night: &Night<'_>) -> ContactId {
        let contact = self.written_now(night);
        let id = contact.contact;
        self.tell(Payload::ContactWritten(contact));
        id
    }

    /// The same, because the child may not be safe.
    pub(in crate::demo) fn concern(&mut self, night: &Night<'_>, safe_now: SafeNow, told: &str) -> ContactId {
        let contact = self.written_now(night);
        let id = contact.contact;
        self.tell(Payload::ConcernWritten(ConcernWritten { contact, safe_now, told: told.into() }));
        id
    }

    fn written_now(&self, night: &Night<'_>) -> ContactWritten {
        let now = self.at.to_zoned(self.days.england.clone()).datetime();
        ContactWritten {
            contact: ContactId(self.id(&format!("contact/{}", night.said))),
            on: now.date(),
            at: now.time(),
            from: night.from,
            who: night.who.into(),
            how: ContactHow::Telephone,
            said: night.said.into(),
            done: night.done.into(),
            to_do: night.to_do.into(),
            about: None,
        }
    }

    /// Whoever works with the child has read it.
    pub(in crate::demo) fn reads_contact(&mut self, contact: ContactId) {
        self.tell(Payload::ContactSeen(ContactSeen { contact }));
    }

    /// The manager says what happens now.
    pub(in crate::demo) fn answers_concern(&mut self, contact: ContactId, words: &str) {
        self.tell(Payload::ConcernSeen(ConcernSeen { contact, words: words.into() }));
    }
}
