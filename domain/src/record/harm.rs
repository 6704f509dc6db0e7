//! What may be a sign of harm (PRACTICE A.22). "It hurts" may be a knee: a person looks into it, and nothing here judges.

use jiff::Timestamp;

use super::capture::{Capture, Placed};
use super::{Record, Source};
use crate::id::VisitId;
use crate::payload::capture::Card;
use crate::payload::harm::HarmDecision;
use crate::text;
use crate::vocabulary::Vocabulary;

/// How far it has come with what may be a sign of harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HarmState {
    /// Nobody has decided anything: before the visit ends the worker does.
    ToLookAt {
        /// When the activity began, by the device's clock.
        since: Timestamp,
    },
    /// The manager has to see it.
    WaitsForManager {
        /// Since when it is with the manager; on the tablet, since it was written.
        since: Timestamp,
    },
    /// The manager has seen it.
    Seen,
    /// It was explained, or was looked at and nothing more is written.
    Settled,
}

impl HarmState {
    /// Since when it is open.
    pub fn open_since(self) -> Option<Timestamp> {
        match self {
            HarmState::ToLookAt { since } | HarmState::WaitsForManager { since } => Some(since),
            HarmState::Seen | HarmState::Settled => None,
        }
    }
}

impl Record {
    /// The activities of a visit in which something is still to be looked at: the visit does not end before.
    pub fn harm_to_look_at(&self, visit: VisitId) -> impl Iterator<Item = &Capture> {
        let here = self.captures.values().filter(move |capture| capture.visit == visit);
        here.filter(|capture| matches!(capture.harm(), Some(HarmState::ToLookAt { .. })))
    }
}

impl Capture {
    /// What the child chose and what may be a sign of harm, each once: cards that were brought with *something else* or placed, and
    /// places such as "it hurts", with what was put there, also where it was moved away from there or taken back.
    pub fn harm_signs(&self) -> Vec<Card> {
        let words = Vocabulary::built_in();
        let mut signs: Vec<Card> = self.brought.iter().filter(|card| words.is_harm(card)).cloned().collect();
        signs.extend(self.placements.iter().flat_map(|placed| self.harm_signs_of(placed)));
        signs.extend(self.harm_taken_back.iter().cloned());
        let written = self.made.iter().flat_map(|(option, made)| made.harm().map(move |words| (option, words)));
        signs.extend(written.map(|(option, words)| Card {
            id: option.clone(),
            symbol: "writing".into(),
            words: format!("“{}”", text::trimmed(words)),
        }));
        signs.sort_by(|one, other| (&one.id, &one.words).cmp(&(&other.id, &other.words)));
        signs.dedup_by(|one, other| (&one.id, &one.words) == (&other.id, &other.words));
        signs
    }

    /// What may be a sign of harm in one placement: its card, and the places where it lies and lay.
    pub(super) fn harm_signs_of(&self, placed: &Placed) -> Vec<Card> {
        let words = Vocabulary::built_in();
        let card = [&placed.option].into_iter().filter(|card| words.is_harm(card)).cloned();
        let lay = placed.before.iter().chain([&placed.cell]).filter_map(|place| self.asking.place(place));
        let places = lay.filter(|place| words.is_harm(place)).map(|place| Card {
            id: placed.option.id.clone(),
            symbol: place.symbol.clone(),
            words: format!("{}: {}", placed.option.words, place.words),
        });
        card.chain(places).collect()
    }

    /// How far it has come with what may be a sign of harm; none where there is no sign.
    pub fn harm(&self) -> Option<HarmState> {
        if self.harm_signs().is_empty() && self.harm_looked_at.is_empty() {
            return None;
        }
        let Some(looked) = self.harm_looked_at.last() else {
            // A manager who was quicker has taken it in hand.
            let is_seen = !self.harm_seen.is_empty();
            let since = self.started.captured_at;
            return Some(if is_seen { HarmState::Seen } else { HarmState::ToLookAt { since } });
        };
        let since = looked.source.received_at.unwrap_or(looked.source.captured_at);
        // What the manager said before the worker looked again is not about that.
        let when = |source: &Source| source.received_at.unwrap_or(source.captured_at);
        let is_seen = self.harm_seen.iter().any(|seen| when(&seen.source) >= since);
        Some(match looked.what.decision {
            _ if is_seen => HarmState::Seen,
            HarmDecision::Explained | HarmDecision::Looked => HarmState::Settled,
            HarmDecision::Unsure | HarmDecision::Worried => HarmState::WaitsForManager { since },
        })
    }

    /// Whether what was answered about this option may be a sign of harm.
    pub fn may_be_harm(&self, option: &str) -> bool {
        let asked = self.cards().find(|card| card.id == option);
        asked.is_some_and(|card| Vocabulary::built_in().is_harm(card))
            || self.harm_signs().iter().any(|sign| sign.id == option)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asking::Kind;
    use crate::cast::*;
    use crate::payload::Payload;
    use crate::payload::capture::{CaptureStarted, Escape, Escaped, TakenBack};
    use crate::payload::harm::{HarmLookedAt, HarmSeen};
    use crate::payload::profile::{Cells, CommunicationProfile, Input};
    use crate::script::Script;

    fn signs(cards: &[(&str, &str)]) -> Vec<String> {
        let mut script = Script::registered();
        script.sade([Payload::CaptureStarted(mat())]);
        for (turn, (id, words)) in (1..).zip(cards) {
            script.sade([
                presented(turn, &card("bus", "the bus")),
                Payload::Escaped(Escaped {
                    capture: CAPTURE,
                    presentation: Some(presentation(turn)),
                    which: Escape::SomethingElse,
                    chose: Some(card(id, words)),
                    reached: None,
                }),
            ]);
        }
        script.sade([answered(9, "hurt", "like")].into_iter().filter(|_| cards.iter().any(|(id, _)| *id == "hurt")));
        script.record().captures[&CAPTURE].harm_signs().into_iter().map(|card| card.id).collect()
    }

    #[test]
    fn a_sign_is_open_until_it_is_explained_or_a_manager_has_seen_it() {
        let looked = |decision| {
            Payload::HarmLookedAt(HarmLookedAt {
                capture: CAPTURE,
                decision,
                words: "pointed to it twice".into(),
                involved: String::new(),
                rang: false,
            })
        };
        let seen = Payload::HarmSeen(HarmSeen { capture: CAPTURE, words: "I ring school now.".into() });
        let mut script = Script::registered();
        script.sade([
            Payload::CaptureStarted(mat()),
            presented(1, &card("hurt", "it hurts")),
            answered(1, "hurt", "like"),
        ]);
        let state = |script: &Script| script.record().captures[&CAPTURE].harm();
        assert!(matches!(state(&script), Some(HarmState::ToLookAt { .. })));
        let mut quicker = script.clone();
        quicker.helen(seen.clone());
        assert_eq!(state(&quicker), Some(HarmState::Seen), "the manager was quicker than the worker");
        for decision in [HarmDecision::Explained, HarmDecision::Looked] {
            let mut settled = script.clone();
            settled.sade([looked(decision)]);
            assert_eq!(state(&settled), Some(HarmState::Settled));
        }
        script.sade([looked(HarmDecision::Unsure)]);
        assert!(matches!(state(&script), Some(HarmState::WaitsForManager { .. })));
        script.helen(seen);
        assert_eq!(state(&script), Some(HarmState::Seen));
        let mut none = Script::registered();
        none.sade([Payload::CaptureStarted(mat()), answered(1, "bus", "like")]);
        assert_eq!(state(&none), None);
    }

    #[test]
    fn a_part_of_the_body_that_hurts_is_a_sign_also_where_the_child_said_otherwise_later() {
        let mut script = Script::registered();
        let profile = CommunicationProfile::new("", Input::Touch, Cells::Three);
        let asking = Kind::Body.laid(&Vocabulary::built_in().questions[0], Vec::new(), &profile, |_| 0);
        script.sade([
            Payload::CaptureStarted(CaptureStarted { asking, ..mat() }),
            presented(1, &card("left-arm", "my left arm")),
            answered(1, "left-arm", "hurt"),
            moved("left-arm", "hurt", "feels-good"),
            presented(2, &card("back", "my back")),
            answered(2, "back", "feels-good"),
        ]);
        let record = script.record();
        let capture = &record.captures[&CAPTURE];
        let signs: Vec<_> = capture.harm_signs().into_iter().map(|sign| sign.words).collect();
        assert_eq!(signs, ["my left arm: it hurts"]);
        assert!(capture.may_be_harm("left-arm"));
        assert!(!capture.may_be_harm("back"));
    }

    #[test]
    fn a_sign_that_was_taken_back_was_said() {
        let taken = Payload::TakenBack(TakenBack { capture: CAPTURE, option: "hurt".into(), reached: None });
        let mut script = Script::registered();
        script.sade([
            Payload::CaptureStarted(mat()),
            presented(1, &card("hurt", "it hurts")),
            answered(1, "hurt", "like"),
            taken.clone(),
        ]);
        let record = script.record();
        let capture = &record.captures[&CAPTURE];
        assert!(capture.placements.is_empty());
        assert_eq!(capture.harm_signs(), [card("hurt", "it hurts")]);
        assert!(matches!(capture.harm(), Some(HarmState::ToLookAt { .. })));
        let mut never = Script::registered();
        never.sade([Payload::CaptureStarted(mat()), presented(1, &card("hurt", "it hurts")), taken]);
        assert_eq!(never.record().captures[&CAPTURE].harm(), None, "it was shown, and put nowhere");
    }

    #[test]
    fn it_hurts_is_a_sign_once_however_often_it_is_chosen_and_other_cards_are_none() {
        assert_eq!(signs(&[("hurt", "it hurts"), ("dog", "the dog"), ("hurt", "it hurts")]), ["hurt"]);
        assert!(signs(&[("dog", "the dog"), ("sad", "sad")]).is_empty());
    }
}
