//! What may be a sign of harm (PRACTICE A.22). "It hurts" may be a knee: a person looks into it, and nothing here judges.

use super::capture::Capture;
use crate::payload::capture::Card;
use crate::vocabulary::Vocabulary;

impl Capture {
    /// The cards that the child chose and that may be a sign of harm, each once: what was brought with *something else*, and what
    /// was placed.
    pub fn harm_signs(&self) -> Vec<&Card> {
        let chosen = self.brought.iter().chain(self.placements.iter().map(|placed| &placed.option));
        let mut signs: Vec<&Card> = chosen.filter(|card| Vocabulary::built_in().is_harm(&card.id)).collect();
        signs.sort_by_key(|card| &card.id);
        signs.dedup_by_key(|card| &card.id);
        signs
    }
}

#[cfg(test)]
mod tests {
    use crate::cast::*;
    use crate::payload::Payload;
    use crate::payload::capture::{Escape, Escaped};
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
        script.record().captures[&CAPTURE].harm_signs().into_iter().map(|card| card.id.clone()).collect()
    }

    #[test]
    fn it_hurts_is_a_sign_once_however_often_it_is_chosen_and_other_cards_are_none() {
        assert_eq!(signs(&[("hurt", "it hurts"), ("dog", "the dog"), ("hurt", "it hurts")]), ["hurt"]);
        assert!(signs(&[("dog", "the dog"), ("sad", "sad")]).is_empty());
    }
}
