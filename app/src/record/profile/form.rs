//! What the profile's form asks, and what it writes down.

use domain::Payload;
use domain::payload::profile::{
    Cells, Colour, CommunicationProfile, Input, Mode, Order, ProfileSet, SafetyWord, Sayable, Side, Sight, SkinTone,
    Theme,
};
use leptos::prelude::*;
use leptos_fluent::tr;

use super::reach::ReachForm;
use crate::components::Problems;
use crate::components::draft::Draft;
use crate::components::typed::trimmed;
use crate::record::Place;

/// What can be said of a safety word: not tried, until somebody has.
pub(super) const SAYABLE: [Option<Sayable>; 3] = [Some(Sayable::Yes), Some(Sayable::No), None];

/// The form. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct ProfileForm {
    pub(super) summary: RwSignal<String>,
    pub(super) yes: RwSignal<String>,
    pub(super) no: RwSignal<String>,
    pub(super) stop: RwSignal<String>,
    pub(super) readers: RwSignal<String>,
    pub(super) tired: RwSignal<String>,
    pub(super) notes: RwSignal<String>,
    pub(super) input: RwSignal<Option<Input>>,
    pub(super) reach: ReachForm,
    pub(super) switch_keys: RwSignal<Vec<String>>,
    pub(super) voice: RwSignal<Option<Option<String>>>,
    /// Whether each of [`Mode::ALL`] is one of the child's.
    pub(super) modes: StoredValue<Vec<RwSignal<bool>>>,
    pub(super) cells: RwSignal<Option<Cells>>,
    pub(super) theme: RwSignal<Option<Theme>>,
    pub(super) order: RwSignal<Option<Order>>,
    pub(super) sight: RwSignal<Option<Sight>>,
    pub(super) is_alone: RwSignal<bool>,
    pub(super) alone_colour: RwSignal<Option<Colour>>,
    pub(super) side: RwSignal<Option<Side>>,
    pub(super) keyguard: RwSignal<bool>,
    pub(super) options: RwSignal<Option<u8>>,
    pub(super) skin_tone: RwSignal<Option<Option<SkinTone>>>,
    pub(super) photos_first: RwSignal<bool>,
    /// What was found out of each of [`SafetyWord::ALL`].
    pub(super) can_say: StoredValue<Vec<RwSignal<Option<Option<Sayable>>>>>,
    pub(super) problems: Problems,
    pub(super) draft: Draft,
}

impl ProfileForm {
    /// Begins with the profile in force, or with what suits most children. What was typed before comes back.
    pub(super) fn begin(place: Place) -> ProfileForm {
        let empty = || RwSignal::new(String::new());
        let form = ProfileForm {
            summary: empty(),
            yes: empty(),
            no: empty(),
            stop: empty(),
            readers: empty(),
            tired: empty(),
            notes: empty(),
            input: RwSignal::new(None),
            reach: ReachForm::begin(),
            switch_keys: RwSignal::new(Vec::new()),
            voice: RwSignal::new(Some(None)),
            modes: StoredValue::new(Mode::ALL.map(|_| RwSignal::new(false)).to_vec()),
            cells: RwSignal::new(Some(Cells::Three)),
            theme: RwSignal::new(Some(Theme::Colour)),
            order: RwSignal::new(Some(Order::Random)),
            sight: RwSignal::new(None),
            is_alone: RwSignal::new(false),
            alone_colour: RwSignal::new(Some(Colour::default())),
            side: RwSignal::new(Some(Side::Below)),
            keyguard: RwSignal::new(false),
            options: RwSignal::new(None),
            skin_tone: RwSignal::new(Some(None)),
            photos_first: RwSignal::new(false),
            can_say: StoredValue::new(SafetyWord::ALL.map(|_| RwSignal::new(Some(None))).to_vec()),
            problems: RwSignal::new(Vec::new()),
            draft: Draft::named(format!("draft/{}/profile", place.stream)),
        };
        if let Some(profile) = place.record_now().profile() {
            form.show(profile.clone());
        }
        form.draft.restore(move |(profile, input): (CommunicationProfile, Option<Input>)| {
            form.show(profile);
            form.input.set(input);
        });
        form
    }

    pub(super) fn keep(self) {
        self.draft.keep(|| (untrack(|| self.profile()), self.input.get_untracked()));
    }

    fn show(self, profile: CommunicationProfile) {
        self.modes.with_value(|modes| {
            Mode::ALL.iter().zip(modes).for_each(|(mode, value)| value.set(profile.modes.contains(mode)));
        });
        self.can_say.with_value(|said| {
            SafetyWord::ALL
                .iter()
                .zip(said)
                .for_each(|(word, value)| value.set(Some(profile.can_say.get(word).copied())));
        });
        self.summary.set(profile.summary);
        self.yes.set(profile.yes);
        self.no.set(profile.no);
        self.stop.set(profile.stop);
        self.readers.set(profile.readers);
        self.tired.set(profile.tired);
        self.notes.set(profile.notes);
        self.input.set(Some(profile.input));
        self.reach.show(profile.access);
        self.switch_keys.set(profile.switch_keys);
        self.voice.set(Some(profile.voice));
        self.cells.set(Some(profile.cells));
        self.theme.set(Some(profile.theme));
        self.order.set(Some(profile.order));
        self.sight.set(profile.sight);
        self.is_alone.set(profile.alone.is_some());
        self.alone_colour.set(Some(profile.alone.unwrap_or_default()));
        self.side.set(Some(profile.side));
        self.keyguard.set(profile.keyguard);
        self.options.set(profile.options);
        self.skin_tone.set(Some(profile.skin_tone));
        self.photos_first.set(profile.photos_first);
    }

    /// The profile as the form stands; follows it.
    pub(super) fn profile(self) -> CommunicationProfile {
        // Followed by reading: what is typed is taken without the space around it.
        let words = |words: RwSignal<String>| {
            words.track();
            trimmed(words)
        };
        let modes = self.modes.with_value(|modes| {
            let all = Mode::ALL.into_iter().zip(modes).filter(|(_, value)| value.get());
            all.map(|(mode, _)| mode).collect()
        });
        let can_say = self.can_say.with_value(|said| {
            let all = SafetyWord::ALL.into_iter().zip(said);
            all.filter_map(|(word, value)| Some((word, value.get().flatten()?))).collect()
        });
        CommunicationProfile {
            access: self.reach.settings(),
            switch_keys: self.switch_keys.get(),
            voice: self.voice.get().flatten(),
            theme: self.theme.get().unwrap_or_default(),
            order: self.order.get().unwrap_or_default(),
            yes: words(self.yes),
            no: words(self.no),
            notes: words(self.notes),
            stop: words(self.stop),
            readers: words(self.readers),
            tired: words(self.tired),
            modes,
            sight: self.sight.get(),
            alone: self.is_alone.get().then(|| self.alone_colour.get().unwrap_or_default()),
            side: self.side.get().unwrap_or_default(),
            keyguard: self.keyguard.get(),
            options: self.options.get(),
            skin_tone: self.skin_tone.get().flatten(),
            photos_first: self.photos_first.get(),
            can_say,
            ..CommunicationProfile::new(
                words(self.summary),
                self.input.get().unwrap_or(Input::Touch),
                self.cells.get().unwrap_or(Cells::Three),
            )
        }
    }

    /// The profile, or what is missing, in the order of the form.
    pub(super) fn profile_set(self) -> Result<Payload, Vec<(&'static str, String)>> {
        let profile = untrack(|| self.profile());
        let mut problems = Vec::new();
        for (id, words, missing) in [
            ("summary", &profile.summary, tr!("profile-summary-missing")),
            ("yes", &profile.yes, tr!("profile-yes-missing")),
            ("no", &profile.no, tr!("profile-no-missing")),
        ] {
            if words.is_empty() {
                problems.push((id, missing));
            }
        }
        if self.input.get_untracked().is_none() {
            problems.push(("input", tr!("profile-input-missing")));
        }
        problems.extend(self.reach.problems(self.input.get_untracked()));
        if problems.is_empty() { Ok(Payload::ProfileSet(ProfileSet { profile })) } else { Err(problems) }
    }
}
