//! What is asked about one activity, and what is written down of it.

use std::collections::BTreeSet;

use domain::Payload;
use domain::payload::capture::{Clarity, HowGiven, InterpretationAdded, OptionsChosenBy, Seen, Support};
use domain::payload::profile::Input;
use domain::record::capture::Capture;
use leptos::prelude::*;
use leptos_fluent::tr;
use serde::{Deserialize, Serialize};

use crate::components::Problems;
use crate::components::draft::Draft;
use crate::components::typed::{name, names, some, trimmed};
use crate::visit::Place;

/// Alone or not; who and why are typed beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum SeenHow {
    Alone,
    WithSupporter,
    FamilyPresent,
    ParentPresent,
}

/// The form as it stands, for its draft.
#[derive(Serialize, Deserialize)]
struct HowWords {
    mode: Option<Input>,
    read_by: String,
    clarity: Option<Clarity>,
    support: Option<Support>,
    present: BTreeSet<String>,
    others: String,
    chosen_by: Option<OptionsChosenBy>,
    seen: Option<SeenHow>,
    supporter: String,
    why: String,
    meaning: String,
    otherwise: String,
}

/// The form of one activity. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct HowForm {
    pub(super) mode: RwSignal<Option<Input>>,
    pub(super) read_by: RwSignal<String>,
    pub(super) clarity: RwSignal<Option<Clarity>>,
    pub(super) support: RwSignal<Option<Support>>,
    pub(super) present: StoredValue<Vec<(String, RwSignal<bool>)>>,
    pub(super) others: RwSignal<String>,
    pub(super) chosen_by: RwSignal<Option<OptionsChosenBy>>,
    pub(super) seen: RwSignal<Option<SeenHow>>,
    pub(super) supporter: RwSignal<String>,
    pub(super) why: RwSignal<String>,
    pub(super) meaning: RwSignal<String>,
    pub(super) otherwise: RwSignal<String>,
    pub(super) problems: Problems,
    pub(super) draft: Draft,
}

/// Whether an adult reads the child's answers in this mode.
pub(super) fn is_read(mode: Input) -> bool {
    matches!(mode, Input::EyePointing | Input::Partner)
}

impl HowForm {
    /// Begins with what was written before, else with who was there at the start; nothing else is preselected.
    pub(super) fn begin(place: Place, capture: &Capture) -> HowForm {
        let before = capture.how_given.as_ref().map(|told| told.what.clone());
        let last = capture.interpretations.last().map(|told| &told.what);
        let (present, others) = present(place, before.as_ref());
        let (seen, supporter, why) = match before.as_ref().map(|how| &how.seen) {
            None => (None, String::new(), String::new()),
            Some(Seen::Alone) => (Some(SeenHow::Alone), String::new(), String::new()),
            Some(Seen::WithSupporter { who }) => (Some(SeenHow::WithSupporter), who.clone(), String::new()),
            Some(Seen::FamilyPresent { who }) => (Some(SeenHow::FamilyPresent), who.clone(), String::new()),
            Some(Seen::ParentPresent { why }) => (Some(SeenHow::ParentPresent), String::new(), why.clone()),
        };
        let me = place.directory.me.get_untracked().map(|me| me.name).unwrap_or_default();
        let read_by = before.as_ref().and_then(|how| how.read_by.clone()).unwrap_or(me);
        let form = HowForm {
            mode: RwSignal::new(before.as_ref().map(|how| how.mode)),
            read_by: RwSignal::new(read_by),
            clarity: RwSignal::new(before.as_ref().and_then(|how| how.clarity)),
            support: RwSignal::new(before.as_ref().map(|how| how.support)),
            present: StoredValue::new(present),
            others: RwSignal::new(others),
            chosen_by: RwSignal::new(before.as_ref().map(|how| how.options_chosen_by)),
            seen: RwSignal::new(seen),
            supporter: RwSignal::new(supporter),
            why: RwSignal::new(why),
            meaning: RwSignal::new(last.map(|last| last.words.clone()).unwrap_or_default()),
            otherwise: RwSignal::new(last.map(|last| last.other_explanations.clone()).unwrap_or_default()),
            problems: RwSignal::new(Vec::new()),
            draft: Draft::named(format!("draft/visit/{}/how/{}", place.visit, capture.id)),
        };
        form.draft.restore(move |words| form.restore(words));
        form
    }

    /// Keeps the form as it stands.
    pub(super) fn keep(self) {
        self.draft.keep(|| HowWords {
            mode: self.mode.get_untracked(),
            read_by: self.read_by.get_untracked(),
            clarity: self.clarity.get_untracked(),
            support: self.support.get_untracked(),
            present: self.here().into_iter().collect(),
            others: self.others.get_untracked(),
            chosen_by: self.chosen_by.get_untracked(),
            seen: self.seen.get_untracked(),
            supporter: self.supporter.get_untracked(),
            why: self.why.get_untracked(),
            meaning: self.meaning.get_untracked(),
            otherwise: self.otherwise.get_untracked(),
        });
    }

    fn restore(self, words: HowWords) {
        self.mode.set(words.mode);
        self.read_by.set(words.read_by);
        self.clarity.set(words.clarity);
        self.support.set(words.support);
        self.present.with_value(|present| present.iter().for_each(|(who, here)| here.set(words.present.contains(who))));
        self.others.set(words.others);
        self.chosen_by.set(words.chosen_by);
        self.seen.set(words.seen);
        self.supporter.set(words.supporter);
        self.why.set(words.why);
        self.meaning.set(words.meaning);
        self.otherwise.set(words.otherwise);
    }

    fn here(self) -> Vec<String> {
        self.present.with_value(|present| {
            present.iter().filter(|(_, here)| here.get_untracked()).map(|(who, _)| who.clone()).collect()
        })
    }

    fn present_now(self) -> Vec<String> {
        self.here().into_iter().chain(names(self.others)).collect()
    }

    /// What is missing, in the order of the page.
    pub(super) fn problems_now(self) -> Vec<(&'static str, String)> {
        let mode = self.mode.get_untracked();
        let is_read = mode.is_some_and(is_read);
        let seen = self.seen.get_untracked();
        let empty = |words: RwSignal<String>| trimmed(words).is_empty();
        let checks = [
            (mode.is_none(), "mode", tr!("visit-mode-missing")),
            (is_read && empty(self.read_by), "read-by", tr!("visit-read-by-missing")),
            (is_read && self.clarity.get_untracked().is_none(), "clarity", tr!("visit-clarity-missing")),
            (self.support.get_untracked().is_none(), "support", tr!("visit-support-missing")),
            (seen.is_none(), "seen", tr!("visit-seen-missing")),
            (
                seen == Some(SeenHow::Alone) && !Seen::Alone.is_possible_with(&self.present_now()),
                "seen",
                tr!("visit-seen-not-alone", {"who" => self.present_now().join(", ")}),
            ),
            (
                matches!(seen, Some(SeenHow::WithSupporter | SeenHow::FamilyPresent)) && empty(self.supporter),
                "supporter",
                tr!("visit-supporter-missing"),
            ),
            (
                seen == Some(SeenHow::WithSupporter)
                    && !Seen::WithSupporter { who: name(self.supporter) }.is_possible_with(&[]),
                "supporter",
                tr!("visit-supporter-is-family", {"who" => name(self.supporter)}),
            ),
            (seen == Some(SeenHow::ParentPresent) && empty(self.why), "why", tr!("visit-why-missing")),
            (self.chosen_by.get_untracked().is_none(), "chosen-by", tr!("visit-chosen-by-missing")),
            (empty(self.meaning) && !empty(self.otherwise), "meaning", tr!("visit-meaning-missing")),
        ];
        checks.into_iter().filter(|(wrong, ..)| *wrong).map(|(_, id, words)| (id, words)).collect()
    }

    /// How it was given, and what the worker thinks it means where that is new. None while something is missing.
    pub(super) fn payloads(self, capture: &Capture) -> Option<Vec<Payload>> {
        let mode = self.mode.get_untracked()?;
        let how = HowGiven {
            capture: capture.id,
            mode,
            read_by: Some(name(self.read_by)).filter(|who| is_read(mode) && !who.is_empty()),
            clarity: self.clarity.get_untracked().filter(|_| is_read(mode)),
            support: self.support.get_untracked()?,
            present: self.present_now(),
            options_chosen_by: self.chosen_by.get_untracked()?,
            seen: match self.seen.get_untracked()? {
                SeenHow::Alone => Seen::Alone,
                SeenHow::WithSupporter => Seen::WithSupporter { who: name(self.supporter) },
                SeenHow::FamilyPresent => Seen::FamilyPresent { who: name(self.supporter) },
                SeenHow::ParentPresent => Seen::ParentPresent { why: trimmed(self.why) },
            },
        };
        let means = some(self.meaning).map(|words| InterpretationAdded {
            capture: capture.id,
            words,
            other_explanations: trimmed(self.otherwise),
        });
        // Written down once: opening the form again must not repeat it.
        let means = means.filter(|means| capture.interpretations.last().map(|told| &told.what) != Some(means));
        Some(std::iter::once(Payload::HowGiven(how)).chain(means.map(Payload::InterpretationAdded)).collect())
    }
}

/// Who can be ticked, and the others of an earlier write-up.
fn present(place: Place, before: Option<&HowGiven>) -> (Vec<(String, RwSignal<bool>)>, String) {
    let started = place.visit_now().started.map(|started| started.what.present).unwrap_or_default();
    let names: Vec<String> = started.into_iter().map(|there| there.who).collect();
    let Some(before) = before else {
        return (names.into_iter().map(|who| (who, RwSignal::new(true))).collect(), String::new());
    };
    let others: Vec<&str> = before.present.iter().filter(|who| !names.contains(who)).map(String::as_str).collect();
    let others = others.join("\n");
    (names.into_iter().map(|who| (who.clone(), RwSignal::new(before.present.contains(&who)))).collect(), others)
}
