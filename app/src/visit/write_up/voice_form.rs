//! A voice beside the child's: whose, in which lane, in their words.

use domain::id::{PersonId, VoiceId};
use domain::payload::child::{ParentalResponsibility, PersonRecorded};
use domain::payload::visit::{Lane, VoiceAdded};
use leptos::prelude::*;
use leptos_fluent::tr;
use replica::create;
use serde::{Deserialize, Serialize};

use crate::components::Problems;
use crate::components::draft::Draft;
use crate::components::typed::{some, trimmed};
use crate::visit::Place;

/// Whose voice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Whose {
    /// Somebody in the record.
    Person(PersonId),
    /// The child, outside an activity.
    Child,
    /// What the worker saw.
    Seen,
    /// Somebody else.
    Other,
}

/// The form as it stands, for its draft.
#[derive(Serialize, Deserialize)]
struct VoiceWords {
    whose: Option<Whose>,
    who: String,
    lane: Option<Lane>,
    words: String,
    through: String,
}

/// The form of one voice. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct VoiceForm {
    id: VoiceId,
    pub(super) whose: RwSignal<Option<Whose>>,
    pub(super) who: RwSignal<String>,
    pub(super) lane: RwSignal<Option<Lane>>,
    pub(super) words: RwSignal<String>,
    pub(super) through: RwSignal<String>,
    pub(super) problems: Problems,
    pub(super) draft: Draft,
}

impl VoiceForm {
    /// A new voice, or one to correct.
    pub(super) fn begin(place: Place, voice: Option<VoiceId>) -> VoiceForm {
        let record = place.record_now();
        let before = voice.and_then(|id| record.voices.get(&id)).map(|told| told.what.clone());
        let whose = before.as_ref().map(|voice| match (voice.person, voice.lane) {
            (Some(person), _) => Whose::Person(person),
            (None, Lane::Child) => Whose::Child,
            (None, Lane::Observation) => Whose::Seen,
            (None, _) => Whose::Other,
        });
        let name = voice.map_or_else(|| "new".to_owned(), |voice| voice.to_string());
        let part = |part: fn(&VoiceAdded) -> String| RwSignal::new(before.as_ref().map(part).unwrap_or_default());
        let form = VoiceForm {
            id: voice.unwrap_or_else(|| VoiceId(create::uuid(place.calendar.now()))),
            whose: RwSignal::new(whose),
            who: part(|voice| voice.who.clone()),
            lane: RwSignal::new(before.as_ref().map(|voice| voice.lane)),
            words: part(|voice| voice.words.clone()),
            through: part(|voice| voice.through.clone().unwrap_or_default()),
            problems: RwSignal::new(Vec::new()),
            draft: Draft::named(format!("draft/visit/{}/voice/{name}", place.visit)),
        };
        form.draft.restore(move |words: VoiceWords| {
            form.whose.set(words.whose);
            form.who.set(words.who);
            form.lane.set(words.lane);
            form.words.set(words.words);
            form.through.set(words.through);
        });
        form
    }

    /// Keeps the form as it stands.
    pub(super) fn keep(self) {
        self.draft.keep(|| VoiceWords {
            whose: self.whose.get_untracked(),
            who: self.who.get_untracked(),
            lane: self.lane.get_untracked(),
            words: self.words.get_untracked(),
            through: self.through.get_untracked(),
        });
    }

    /// The lane that follows from whose voice it is; none where the worker must say.
    pub(super) fn known_lane(self, place: Place) -> Option<Lane> {
        match self.whose.get()? {
            Whose::Child => Some(Lane::Child),
            Whose::Seen => Some(Lane::Observation),
            Whose::Other => None,
            Whose::Person(person) => person_of(place, person)
                .filter(|person| person.responsibility == ParentalResponsibility::Held)
                .map(|_| Lane::Parent),
        }
    }

    /// What is missing, in the order of the page.
    pub(super) fn problems_now(self, place: Place) -> Vec<(&'static str, String)> {
        let whose = self.whose.get_untracked();
        let lane = untrack(|| self.known_lane(place)).or(self.lane.get_untracked());
        let checks = [
            (whose.is_none(), "whose", tr!("visit-whose-missing")),
            (whose == Some(Whose::Other) && trimmed(self.who).is_empty(), "who", tr!("visit-who-missing")),
            (whose.is_some() && lane.is_none(), "lane", tr!("visit-lane-missing")),
            (trimmed(self.words).is_empty(), "words", tr!("visit-words-missing")),
        ];
        checks.into_iter().filter(|(wrong, ..)| *wrong).map(|(_, id, words)| (id, words)).collect()
    }

    /// The voice. None while something is missing.
    pub(super) fn voice(self, place: Place) -> Option<VoiceAdded> {
        let whose = self.whose.get_untracked()?;
        let lane = untrack(|| self.known_lane(place)).or(self.lane.get_untracked())?;
        let person = match whose {
            Whose::Person(person) => Some(person),
            _ => None,
        };
        let who = match whose {
            Whose::Person(person) => person_of(place, person)?.relationship,
            Whose::Child => place.name(),
            Whose::Seen => place.directory.me.get_untracked()?.name,
            Whose::Other => trimmed(self.who),
        };
        let words = trimmed(self.words);
        let through = some(self.through);
        Some(VoiceAdded { voice: self.id, visit: Some(place.visit), lane, person, who, words, through })
    }
}

/// A person of the record.
pub(super) fn person_of(place: Place, person: PersonId) -> Option<PersonRecorded> {
    place.record_now().people.get(&person).map(|told| told.what.clone())
}
