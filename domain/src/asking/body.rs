//! My body: where, and then what it is like there; and again, until the child says that this is all.
//!
//! The outline is plain and has no gender. It has a front and a back; *left* and *right* are the child's own.

use serde::{Deserialize, Serialize};

use super::Way;
use crate::payload::Payload;
use crate::payload::capture::Card;
use crate::payload::profile::CommunicationProfile;
use crate::record::capture::{Capture, Placed};
use crate::vocabulary::{Question, Vocabulary};

/// The child says so when there is nothing more to show.
pub const ALL: &str = "that-is-all";
/// So many places are asked for at most†.
const SPOTS: usize = 8;
const ASK: &str = "What is it like here?";
const LIKE: [&str; 5] = ["hurt", "feels-good", "sore-skin", "dont-touch", "my-things"];
/// For a child who tells two answers apart.
const LIKE_OF_TWO: [&str; 2] = ["hurt", "feels-good"];

/// Parts of the front, from the top, as a child says them.
pub const FRONT: [(&str, &str); 13] = [
    ("head", "my head"),
    ("neck", "my neck"),
    ("chest", "my chest"),
    ("tummy", "my tummy"),
    ("privates", "my privates"),
    ("right-arm", "my right arm"),
    ("left-arm", "my left arm"),
    ("right-hand", "my right hand"),
    ("left-hand", "my left hand"),
    ("right-leg", "my right leg"),
    ("left-leg", "my left leg"),
    ("right-foot", "my right foot"),
    ("left-foot", "my left foot"),
];
/// Parts of the back.
pub const BACK: [(&str, &str); 5] = [
    ("back-of-head", "the back of my head"),
    ("back", "my back"),
    ("bottom", "my bottom"),
    ("back-of-left-leg", "the back of my left leg"),
    ("back-of-right-leg", "the back of my right leg"),
];

/// What can be shown, and what can be said of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// "Where on your body?", as often as it is asked.
    pub wheres: Vec<Card>,
    /// The parts of the body.
    pub parts: Vec<Card>,
    /// What it can be like there, by id.
    pub like: Vec<String>,
    /// All that can be answered: the parts, *that is all*, and what it is like.
    pub places: Vec<Card>,
}

impl Body {
    /// Sets it up by a child's profile. It asks about the body, whatever cards the question has.
    pub fn laid(
        _question: &Question,
        _options: Vec<Card>,
        profile: &CommunicationProfile,
        _draw: impl FnMut(usize) -> usize,
    ) -> Body {
        let part =
            |(id, words): &(&str, &str)| Card { id: (*id).into(), symbol: "body".into(), words: (*words).into() };
        let parts: Vec<Card> = FRONT.iter().chain(&BACK).map(part).collect();
        let like: &[&str] = match profile.cells.are_two() {
            true => &LIKE_OF_TWO,
            false => &LIKE,
        };
        let asked = |turn| if turn == 1 { "Where on your body?" } else { "Where else?" };
        let wheres = (1..=SPOTS).map(|turn| Card {
            id: format!("where-{turn}"),
            symbol: "body".into(),
            words: asked(turn).into(),
        });
        let mut places = parts.clone();
        places.extend(Vocabulary::built_in().cards(&[&[ALL], like].concat()));
        Body { wheres: wheres.collect(), parts, like: like.iter().map(|id| (*id).to_owned()).collect(), places }
    }

    fn is_where(&self, option: &str) -> bool {
        self.wheres.iter().any(|asked| asked.id == option)
    }

    fn part(&self, id: &str) -> Option<&Card> {
        self.parts.iter().find(|part| part.id == id)
    }
}

impl Way for Body {
    fn options(&self) -> Vec<&Card> {
        self.wheres.iter().chain(&self.parts).collect()
    }

    fn places(&self) -> &[Card] {
        &self.places
    }

    fn shown(&self, option: &str) -> Vec<&Card> {
        let is_where = self.is_where(option);
        let is_shown = |place: &&Card| self.like.contains(&place.id) != is_where;
        self.places.iter().filter(is_shown).collect()
    }

    fn next<'a>(&'a self, capture: &'a Capture) -> Option<&'a Card> {
        for asked in &self.wheres {
            if !capture.is_settled(&asked.id) {
                return Some(asked);
            }
            // Left with *don't know*, or *that is all*: nothing more is asked.
            let lies = capture.placements.iter().find(|placed| placed.option.id == asked.id)?;
            let part = self.part(&lies.cell)?;
            if !is_settled_since(capture, &part.id, &asked.id) {
                return Some(part);
            }
        }
        None
    }

    /// What the child brings is written down; it is no part of the body.
    fn asks_what_is_brought(&self) -> bool {
        false
    }

    fn ask(&self, option: &str) -> Option<&str> {
        self.part(option).map(|_| ASK)
    }

    /// A part that was shown and of which nothing more was said is a view: somebody pointed there.
    fn only_leads(&self, capture: &Capture, placed: &Placed) -> bool {
        let first = self.wheres.first().is_some_and(|first| first.id == placed.option.id);
        let is_all = placed.cell == ALL && !first;
        self.is_where(&placed.option.id) && (is_all || capture.is_settled(&placed.cell))
    }

    fn count(&self) -> Option<usize> {
        None
    }
}

/// Whether something was said of the part since it was last pointed to here: who points to it once more wants to say more of it.
fn is_settled_since(capture: &Capture, part: &str, asked: &str) -> bool {
    let answers = |option: &str| {
        let is_it = |payload: &Payload| matches!(payload, Payload::Answered(answered) if answered.option == option);
        capture.steps.iter().rposition(|step| is_it(&step.payload))
    };
    let is_left = capture.left.contains_key(part);
    capture.is_settled(part) && (is_left || answers(part) > answers(asked))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asking::{Kind, Step, next};
    use crate::cast::*;
    use crate::payload::capture::{CaptureStarted, Escape};
    use crate::payload::profile::{Cells, Input};
    use crate::script::Script;

    fn begun(cells: Cells) -> Script {
        let question = &Vocabulary::built_in().questions[0];
        let asking = Kind::Body.laid(question, Vec::new(), &CommunicationProfile::new("", Input::Touch, cells), |_| 0);
        let mut script = Script::registered();
        script.sade([Payload::CaptureStarted(CaptureStarted { asking, ..mat() })]);
        script
    }

    fn asked(script: &Script) -> String {
        match next(&script.record().captures[&CAPTURE]) {
            Step::Show(card) => card.id,
            other => format!("{other:?}"),
        }
    }

    fn says(script: &mut Script, turn: u128, place: &str) {
        let option = asked(script);
        script.sade([presented(turn, &card(&option, &option)), answered(turn, &option, place)]);
    }

    fn views(script: &Script) -> Vec<String> {
        let record = script.record();
        let view =
            |view: crate::record::capture::CaptureView<'_>| format!("{}: {}", view.placed.option.id, view.placed.cell);
        record.captures[&CAPTURE].views().map(view).collect()
    }

    #[test]
    fn a_part_is_shown_then_what_it_is_like_until_that_is_all() {
        let mut script = begun(Cells::Three);
        says(&mut script, 1, "left-arm");
        assert_eq!(asked(&script), "left-arm");
        assert_eq!(views(&script), ["where-1: left-arm"], "somebody pointed there, and may stop now");
        says(&mut script, 2, "hurt");
        assert_eq!(asked(&script), "where-2");
        says(&mut script, 3, "back");
        says(&mut script, 4, "feels-good");
        says(&mut script, 5, ALL);
        assert_eq!(asked(&script), "Review");
        assert_eq!(views(&script), ["left-arm: hurt", "back: feels-good"]);
        let counted = script.record().captures[&CAPTURE].counted();
        assert_eq!((counted.placed, counted.left, counted.of), (2, 0, None), "where is not counted");
    }

    #[test]
    fn a_part_that_is_shown_once_more_is_asked_about_once_more() {
        let mut script = begun(Cells::Two);
        says(&mut script, 1, "tummy");
        says(&mut script, 2, "hurt");
        says(&mut script, 3, "tummy");
        assert_eq!(asked(&script), "tummy");
        says(&mut script, 4, "feels-good");
        assert_eq!(asked(&script), "where-3");
        assert_eq!(views(&script), ["tummy: feels-good"]);
    }

    #[test]
    fn it_ends_where_the_child_does_not_know_and_nothing_shown_is_an_answer_too() {
        let mut script = begun(Cells::Three);
        says(&mut script, 1, ALL);
        assert_eq!(asked(&script), "Review");
        assert_eq!(views(&script), [format!("where-1: {ALL}")]);
        let mut script = begun(Cells::Three);
        says(&mut script, 1, "head");
        script.sade([presented(2, &card("head", "my head")), escaped(2, Escape::DontKnow)]);
        assert_eq!(asked(&script), "where-2", "one part was left, not the rest");
        script.sade([presented(3, &card("where-2", "")), escaped(3, Escape::Skip)]);
        assert_eq!(asked(&script), "Review");
    }

    #[test]
    fn where_is_answered_with_parts_and_a_part_with_what_it_is_like() {
        let script = begun(Cells::Two);
        let record = script.record();
        let asking = &record.captures[&CAPTURE].asking;
        assert_eq!(asking.shown("where-1").len(), FRONT.len() + BACK.len() + 1);
        assert_eq!(
            asking.shown("left-arm").into_iter().map(|place| &place.id).collect::<Vec<_>>(),
            ["hurt", "feels-good"]
        );
        assert_eq!(asking.ask("left-arm"), Some(ASK));
    }
}
