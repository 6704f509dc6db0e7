//! Visits, and the voices beside the child's.

use domain::Payload;
use domain::id::{VisitId, VoiceId};
use domain::payload::visit::{
    Assent, Assented, CaseNoteCopied, Lane, NotGathered, NotGatheredReason, Present, VisitEnded, VisitPlanned,
    VisitStarted, VoiceAdded,
};
use jiff::SignedDuration;
use jiff::civil::{Date, Time};

use super::Story;

/// From ringing the bell to the first question.
const ARRIVING_MIN: i64 = 9;
/// From the last question to the door.
const LEAVING_MIN: i64 = 12;

impl Story {
    /// The visit of this day: one a day and child.
    pub(in crate::demo) fn visit_on(&self, day: Date) -> VisitId {
        VisitId(self.id(&format!("visit/{day}")))
    }

    /// A visit is put in the diary of whoever is acting.
    pub(in crate::demo) fn plans_visit(&mut self, on: Date, at: Time, before_you_ring: &str, bring: &str) -> VisitId {
        let visit = self.visit_on(on);
        let by = self.by;
        self.tell(Payload::VisitPlanned(VisitPlanned {
            before_you_ring: before_you_ring.into(),
            bring: bring.into(),
            ..VisitPlanned::new(visit, on, at, by)
        }));
        visit
    }

    /// Sade's visit today to one of the three children of her day.
    pub(in crate::demo) fn plan_todays_visit(&mut self) {
        let today = self.days.today;
        let (hour, minute, before_you_ring, bring) = match self.key {
            "amira" => (
                10,
                0,
                "14 Mill Lane, side gate. Mum (Harpreet) and Nani at home. Punjabi interpreter booked: R. Gill",
                "Red switch cup, the bus photo. Amira tires after 20 minutes: shuts her eyes",
            ),
            "joe" => (
                13,
                30,
                "Flat 6, Orchard Court: buzz 6, lift is working again. Dad (Gary) on shift until 14:00, Aunty Bev will let you in",
                "Buddy button and the clamp for his tray. Check the switch with him before the mat: left cheek, not hand",
            ),
            _ => (
                15,
                15,
                "3 The Crescent, blue door. Knock, do not ring: the baby sleeps. Grandma may answer",
                "Photos of nursery and Grandma's house (two still to take). She is freshest after her snack",
            ),
        };
        self.plans_visit(today, Time::constant(hour, minute, 0, 0), before_you_ring, bring);
    }

    /// The visit begins, and the child is told what will happen.
    pub(in crate::demo) fn visits(&mut self, visit: VisitId, room: &Room<'_>) {
        let on = self.at.to_zoned(self.days.england.clone()).date();
        let present = room
            .present
            .iter()
            .map(|who| Present { person: self.people.get(*who).copied(), who: (*who).into() })
            .collect();
        self.record(Payload::VisitStarted(VisitStarted {
            visit,
            on,
            present,
            checks: room.checks.iter().map(|check| (*check).into()).collect(),
            promise_told: room.promise_told.map(Into::into),
        }));
        self.pass(SignedDuration::from_mins(ARRIVING_MIN));
        if let Some((assent, how, signal)) = room.assent {
            self.tell(Payload::Assented(Assented { visit, assent, how: how.into(), signal: signal.into() }));
        }
    }

    /// Somebody else's words, in a lane of their own.
    pub(in crate::demo) fn says(
        &mut self,
        visit: Option<VisitId>,
        lane: Lane,
        who: &str,
        words: &str,
        through: Option<&str>,
    ) {
        let voice = VoiceId(self.id(&format!("voice/{who}/{words}")));
        let person = self.people.get(who).copied();
        self.tell(Payload::VoiceAdded(VoiceAdded {
            voice,
            visit,
            lane,
            person,
            who: who.into(),
            words: words.into(),
            through: through.map(Into::into),
        }));
    }

    /// Views could not be gathered.
    pub(in crate::demo) fn not_gathered(
        &mut self,
        visit: VisitId,
        reason: NotGatheredReason,
        words: &str,
        tried: &str,
        next: Date,
    ) {
        self.tell(Payload::NotGathered(NotGathered {
            visit,
            capture: None,
            reason,
            words: words.into(),
            tried: tried.into(),
            next,
        }));
    }

    /// The visit ends.
    pub(in crate::demo) fn leaves(&mut self, visit: VisitId) {
        self.pass(SignedDuration::from_mins(LEAVING_MIN));
        self.tell(Payload::VisitEnded(VisitEnded { visit }));
    }

    /// The note goes into the council's main case system.
    pub(in crate::demo) fn copies_note(&mut self, visit: VisitId) {
        self.pass(SignedDuration::from_mins(LEAVING_MIN));
        self.tell(Payload::CaseNoteCopied(CaseNoteCopied { visit }));
    }
}

/// Who and what is in the room as a visit begins.
#[derive(Clone, Copy, Default)]
pub(in crate::demo) struct Room<'a> {
    pub(in crate::demo) present: &'a [&'a str],
    pub(in crate::demo) checks: &'a [&'a str],
    pub(in crate::demo) promise_told: Option<&'a str>,
    /// What the child showed, how it was explained, and the child's signal.
    pub(in crate::demo) assent: Option<(Assent, &'a str, &'a str)>,
}
