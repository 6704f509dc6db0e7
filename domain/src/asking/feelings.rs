//! How I feel: a face, then where, then what about. Three short questions about one topic.

use serde::{Deserialize, Serialize};

use super::Way;
use crate::payload::capture::Card;
use crate::payload::profile::CommunicationProfile;
use crate::record::capture::Capture;
use crate::vocabulary::{Question, Vocabulary};

/// The faces for a child who has two places on a scale, or three. Every child has one that is well and ones that are not; none
/// stands for "it depends" (PRACTICE A.10).
const FACES: [&str; 3] = ["happy", "calm", "sad"];
/// The faces for a child who tells more apart.
const MORE_FACES: [&str; 5] = ["happy", "calm", "worried", "sad", "cross"];
/// From so many things to choose among at a time there are more faces.†
const MORE_FACES_FROM: u8 = 4;
/// Where it is felt.
const WHERE: [&str; 4] = ["house", "school", "park", "hospital"];
/// So many cards of the question are there to say what it is about.†
pub const ABOUT: usize = 5;

/// The three questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feelings {
    /// In the order in which they are asked.
    pub parts: Vec<Part>,
    /// All that can be answered.
    pub pictures: Vec<Card>,
}

/// One of the three.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What is asked.
    #[serde(flatten)]
    pub card: Card,
    /// What can be answered, in shown order, by id.
    pub shown: Vec<String>,
}

impl Feelings {
    /// Sets it up by a child's profile. Faces and places keep their order: they are a scale and a map, and hands learn them.
    pub fn laid(
        question: &Question,
        options: Vec<Card>,
        profile: &CommunicationProfile,
        _draw: impl FnMut(usize) -> usize,
    ) -> Feelings {
        let words = Vocabulary::built_in();
        let cards = |ids: &[&str]| words.cards(ids);
        let has_more = !profile.cells.are_two() && profile.options.is_some_and(|options| options >= MORE_FACES_FROM);
        let faces = cards(if has_more { &MORE_FACES } else { &FACES });
        let about: Vec<Card> = options.into_iter().take(ABOUT).collect();
        let asks =
            [("feel", "How do you feel?", faces), ("where", "Where?", cards(&WHERE)), ("about", "What about?", about)];
        let mut laid = Feelings { parts: Vec::new(), pictures: Vec::new() };
        for (id, asked, answers) in asks {
            laid.parts.push(Part {
                card: Card { id: id.into(), symbol: question.symbol.clone(), words: asked.into() },
                shown: answers.iter().map(|answer| answer.id.clone()).collect(),
            });
            for answer in answers {
                if laid.pictures.iter().all(|picture| picture.id != answer.id) {
                    laid.pictures.push(answer);
                }
            }
        }
        laid
    }
}

impl Way for Feelings {
    fn options(&self) -> Vec<&Card> {
        self.parts.iter().map(|part| &part.card).collect()
    }

    fn places(&self) -> &[Card] {
        &self.pictures
    }

    fn shown(&self, option: &str) -> Vec<&Card> {
        let part = self.parts.iter().find(|part| part.card.id == option);
        let ids = part.map(|part| part.shown.as_slice()).unwrap_or_default();
        ids.iter().filter_map(|id| self.pictures.iter().find(|picture| picture.id == *id)).collect()
    }

    fn next<'a>(&'a self, capture: &'a Capture) -> Option<&'a Card> {
        self.parts.iter().map(|part| &part.card).find(|card| !capture.is_settled(&card.id))
    }

    /// What the child brings is written down; it has no place to be put in.
    fn asks_what_is_brought(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asking::{Asking, Step, next};
    use crate::cast::*;
    use crate::payload::Payload;
    use crate::payload::capture::{CaptureStarted, Escape};
    use crate::payload::profile::{Cells, Input};
    use crate::script::Script;

    fn laid(cells: Cells, options: Option<u8>) -> Feelings {
        let words = Vocabulary::built_in();
        let question = words.question("school-day").expect("it is in the library");
        let profile = CommunicationProfile { options, ..CommunicationProfile::new("", Input::Touch, cells) };
        Feelings::laid(question, question.cards.clone(), &profile, |_| 0)
    }

    #[test]
    fn a_face_a_place_and_what_about_are_asked_in_turn_whatever_was_left() {
        let feelings = laid(Cells::Three, None);
        let mut script = Script::registered();
        script.sade([Payload::CaptureStarted(CaptureStarted { asking: Asking::Feelings(feelings.clone()), ..mat() })]);
        let step = |script: &Script| next(&script.record().captures[&CAPTURE]);
        let [feel, at, about] = &feelings.parts[..] else { panic!("three parts") };
        assert_eq!(step(&script), Step::Show(feel.card.clone()));
        script.sade([presented(1, &feel.card), answered(1, "feel", "sad")]);
        assert_eq!(step(&script), Step::Show(at.card.clone()));
        script.sade([presented(2, &at.card), escaped(2, Escape::DontKnow)]);
        assert_eq!(step(&script), Step::Show(about.card.clone()));
        script.sade([presented(3, &about.card), answered(3, "about", "lunch")]);
        assert_eq!(step(&script), Step::Review);
        let record = script.record();
        let views: Vec<_> =
            record.captures[&CAPTURE].views().filter_map(|view| Some(view.place()?.words.clone())).collect();
        assert_eq!(views, ["sad", "lunch"]);
    }

    #[test]
    fn there_are_three_faces_and_five_for_a_child_who_chooses_among_four() {
        let faces = |cells, options| laid(cells, options).parts[0].shown.len();
        assert_eq!(faces(Cells::Three, None), 3);
        assert_eq!(faces(Cells::Three, Some(4)), 5);
        assert_eq!(faces(Cells::Two, Some(4)), 3);
        assert!(laid(Cells::Three, None).parts.iter().all(|part| part.shown.len() <= 5));
    }
}
