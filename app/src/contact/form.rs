//! The form of a contact, and what it writes down.

use domain::Payload;
use domain::Record;
use domain::calendar::in_england;
use domain::dates::{DateName, Dated, Days, Of, problems_of};
use domain::id::{ContactId, StreamId, TeamId};
use domain::payload::contact::{ConcernWritten, ContactFrom, ContactHow, ContactWritten, SafeNow, UnknownChild};
use jiff::civil::{Date, Time};
use leptos::prelude::*;
use leptos_fluent::tr;
use replica::create;
use serde::{Deserialize, Serialize};

use crate::components::draft::Draft;
use crate::components::typed::trimmed;
use crate::components::{DateBoxes, Problems};
use crate::state::Calendar;
use crate::words;

/// About whom a contact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A child whose record is being read.
    Child,
    /// A child of whom there is no record.
    Unknown,
}

/// The form as it stands, for its draft.
#[derive(Serialize, Deserialize)]
struct Typed {
    #[serde(default)]
    about: String,
    #[serde(default)]
    team: Option<TeamId>,
    is_concern: Option<bool>,
    on: DateBoxes,
    at: String,
    from: Option<ContactFrom>,
    who: String,
    how: Option<ContactHow>,
    said: String,
    done: String,
    to_do: String,
    safe_now: Option<SafeNow>,
    told: String,
}

/// The form. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct ContactForm {
    contact: ContactId,
    is_about: About,
    pub(super) about: RwSignal<String>,
    pub(super) team: RwSignal<Option<TeamId>>,
    pub(super) is_concern: RwSignal<Option<bool>>,
    pub(super) on: RwSignal<DateBoxes>,
    pub(super) at: RwSignal<String>,
    pub(super) from: RwSignal<Option<ContactFrom>>,
    pub(super) who: RwSignal<String>,
    pub(super) how: RwSignal<Option<ContactHow>>,
    pub(super) said: RwSignal<String>,
    pub(super) done: RwSignal<String>,
    pub(super) to_do: RwSignal<String>,
    pub(super) safe_now: RwSignal<Option<SafeNow>>,
    pub(super) told: RwSignal<String>,
    pub(super) problems: Problems,
    pub(super) draft: Draft,
}

impl ContactForm {
    /// Begins with this moment: most is written while the telephone is still warm. What was typed before comes back.
    pub(super) fn begin(stream: StreamId, is_about: About, calendar: Calendar) -> ContactForm {
        let now = in_england(calendar.now());
        let draft = match is_about {
            About::Child => format!("draft/{stream}/contact"),
            About::Unknown => "draft/unknown/contact".to_owned(),
        };
        let form = ContactForm {
            contact: ContactId(create::uuid(calendar.now())),
            is_about,
            about: RwSignal::default(),
            team: RwSignal::new(None),
            is_concern: RwSignal::new(None),
            on: RwSignal::new(DateBoxes::of(now.date())),
            at: RwSignal::new(now.strftime("%H:%M").to_string()),
            from: RwSignal::new(None),
            who: RwSignal::default(),
            how: RwSignal::new(None),
            said: RwSignal::default(),
            done: RwSignal::default(),
            to_do: RwSignal::default(),
            safe_now: RwSignal::new(None),
            told: RwSignal::default(),
            problems: RwSignal::new(Vec::new()),
            draft: Draft::named(draft),
        };
        form.draft.restore(move |typed: Typed| {
            form.about.set(typed.about);
            form.team.set(typed.team);
            form.is_concern.set(typed.is_concern);
            form.on.set(typed.on);
            form.at.set(typed.at);
            form.from.set(typed.from);
            form.who.set(typed.who);
            form.how.set(typed.how);
            form.said.set(typed.said);
            form.done.set(typed.done);
            form.to_do.set(typed.to_do);
            form.safe_now.set(typed.safe_now);
            form.told.set(typed.told);
        });
        form
    }

    pub(super) fn keep(self) {
        self.draft.keep(|| Typed {
            about: self.about.get_untracked(),
            team: self.team.get_untracked(),
            is_concern: self.is_concern.get_untracked(),
            on: self.on.get_untracked(),
            at: self.at.get_untracked(),
            from: self.from.get_untracked(),
            who: self.who.get_untracked(),
            how: self.how.get_untracked(),
            said: self.said.get_untracked(),
            done: self.done.get_untracked(),
            to_do: self.to_do.get_untracked(),
            safe_now: self.safe_now.get_untracked(),
            told: self.told.get_untracked(),
        });
    }

    /// The day, by the rules that the server judges it by.
    fn day(self, record: &Record, today: Date) -> Result<Date, String> {
        let on = self.on.with_untracked(DateBoxes::read).map_err(|problem| problem.in_words())?;
        let dated = Dated { date: DateName::Contact, on, of: Of::Child };
        let broken = problems_of(&record.standing, dated, Days::now(today));
        broken.first().map_or(Ok(on), |problem| Err(words::date_problem(problem)))
    }

    /// What happened, or what is missing, in the order of the form.
    pub(super) fn written(self, record: &Record, calendar: Calendar) -> Result<Payload, Vec<(&'static str, String)>> {
        let now = in_england(calendar.now());
        let on = self.day(record, now.date());
        let at = self.at.get_untracked().parse::<Time>();
        let is_ahead = matches!((&on, &at), (Ok(on), Ok(at)) if *on == now.date() && *at > now.time());
        let is_concern = self.is_concern.get_untracked();
        let is_blank = |of: RwSignal<String>| trimmed(of).is_empty();
        let for_concern = is_concern == Some(true);
        let is_unknown = self.is_about == About::Unknown;
        let checks = [
            (is_unknown && is_blank(self.about), "about", tr!("contact-about-missing")),
            (is_unknown && self.team.get_untracked().is_none(), "team", tr!("contact-team-missing")),
            (is_concern.is_none(), "kind", tr!("contact-kind-missing")),
            (at.is_err(), "at", tr!("contact-at-missing")),
            (is_ahead, "at", tr!("contact-at-ahead")),
            (self.from.get_untracked().is_none(), "from", tr!("contact-from-missing")),
            (is_blank(self.who), "who", tr!("contact-who-missing")),
            (self.how.get_untracked().is_none(), "how", tr!("contact-how-missing")),
            (is_blank(self.said), "said", tr!("contact-said-missing")),
            (is_blank(self.done), "done", tr!("contact-done-missing")),
            (for_concern && self.safe_now.get_untracked().is_none(), "safe", tr!("contact-safe-missing")),
            (for_concern && is_blank(self.told), "told", tr!("contact-told-missing")),
        ];
        let mut wrong: Vec<(&'static str, String)> =
            checks.into_iter().filter(|(wrong, ..)| *wrong).map(|(_, id, words)| (id, words)).collect();
        if let Err(words) = &on {
            let place = wrong.iter().take_while(|(id, _)| matches!(*id, "about" | "team" | "kind")).count();
            wrong.insert(place, ("on", words.clone()));
        }
        let (from, how) = (self.from.get_untracked(), self.how.get_untracked());
        let (Ok(on), Ok(at), Some(from), Some(how), true) = (on, at, from, how, wrong.is_empty()) else {
            return Err(wrong);
        };
        let team = self.team.get_untracked().filter(|_| is_unknown);
        let about = team.map(|team| UnknownChild { words: trimmed(self.about), team });
        let contact = ContactWritten {
            contact: self.contact,
            on,
            at,
            from,
            who: trimmed(self.who),
            how,
            said: trimmed(self.said),
            done: trimmed(self.done),
            to_do: trimmed(self.to_do),
            about,
        };
        Ok(match self.safe_now.get_untracked().filter(|_| for_concern) {
            Some(safe_now) => Payload::ConcernWritten(ConcernWritten { contact, safe_now, told: trimmed(self.told) }),
            None => Payload::ContactWritten(contact),
        })
    }
}
