//! The built-in words and pictures, questions and scales: data in `domain/vocabulary`, read once.

use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Deserializer};

use crate::asking::mat::Scale;
use crate::asking::{End, Kind, houses, making, rounds};
use crate::payload::capture::{Asked, Card};
use crate::payload::library::QuestionWritten;
use crate::payload::profile::Cells;

/// Everything built in.
#[derive(Debug)]
pub struct Vocabulary {
    /// Symbols by topic, in the order in which they are shown.
    pub topics: Vec<Topic>,
    /// Pictures of scales, escapes and controls.
    pub controls: Vec<Symbol>,
    /// The built-in questions.
    pub questions: Vec<Arc<Question>>,
    scales: Vec<LibraryScale>,
}

/// A topic and its symbols.
#[derive(Debug, Deserialize)]
pub struct Topic {
    /// Its id.
    pub id: String,
    /// Its words.
    pub words: String,
    /// Its picture.
    pub symbol: String,
    /// What can be said about it.
    pub symbols: Vec<Symbol>,
}

/// One picture with its words.
#[derive(Debug, Deserialize)]
pub struct Symbol {
    /// Its id, unique in the vocabulary; also the picture's file name.
    pub id: String,
    /// Words as a child would say them.
    pub words: String,
    /// Where its picture in colour is from.
    colour: String,
    /// Choosing it may be a sign of harm.
    #[serde(default)]
    harm: bool,
}

impl Symbol {
    /// The symbol as a card of its own.
    pub fn card(&self) -> Card {
        Card { id: self.id.clone(), symbol: self.id.clone(), words: self.words.clone() }
    }

    /// Whether its picture in colour has one dark colour only, so that it cannot be seen on black.
    pub fn is_dark(&self) -> bool {
        !self.colour.starts_with("fluent-emoji-flat:")
    }
}

/// The topic whose cards are people.
const PEOPLE: &str = "people";
/// The topic of the body.
const BODY: &str = "body-and-care";
/// What a body map is about, whichever question of that topic it is laid for.
const BODY_ASK: &str = "How my body feels";

/// With which words a place is told finer, whichever scale it is on.
const ASK_FINER: &str = "Which is it?";

/// The language of the built-in questions (BCP 47).
pub const LANGUAGE: &str = "en-GB";

/// A question: one topic, one open asking, a scale and cards.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Question {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// The topic of the vocabulary it belongs to.
    pub topic: String,
    /// The topic as shown to the child.
    pub words: String,
    /// Its picture.
    pub symbol: String,
    /// Open, neutral words.
    pub ask: String,
    /// The language of its words (BCP 47).
    #[serde(default = "language")]
    pub language: String,
    /// The scale that fits it.
    pub scale: String,
    /// Its options are parts of a day, in the order of the day.
    #[serde(default, rename = "day")]
    pub is_day: bool,
    /// It is the warm-up, and none of the questions.
    #[serde(default, rename = "warm_up")]
    pub is_warm_up: bool,
    /// Answers that matter much are checked more.
    pub high_stakes: bool,
    /// What is asked about, one after the other.
    #[serde(rename = "options", deserialize_with = "symbols_by_id")]
    pub cards: Vec<Card>,
}

impl Question {
    /// One that somebody wrote.
    pub fn own(written: &QuestionWritten) -> Question {
        let of = written.clone();
        Question {
            id: of.question.to_string(),
            version: of.version,
            topic: of.topic,
            words: of.words,
            symbol: of.symbol,
            ask: of.ask,
            language: of.language,
            scale: of.scale,
            is_day: of.is_day,
            is_warm_up: false,
            high_stakes: of.high_stakes,
            cards: of.cards,
        }
    }
}

impl Question {
    /// One of its cards opened into a question of its own, asked in the same way: what it asks about is still to be said.
    pub fn opened(&self, card: &Card) -> Question {
        let mut letters = card.words.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        let topics = &Vocabulary::built_in().topics;
        let topic = topics.iter().find(|topic| topic.symbols.iter().any(|symbol| symbol.id == card.symbol));
        Question {
            id: format!("{}/{}", self.id, card.id),
            version: 1,
            topic: topic.map_or_else(|| self.topic.clone(), |topic| topic.id.clone()),
            words: first.chain(letters).collect(),
            symbol: card.symbol.clone(),
            cards: Vec::new(),
            is_day: false,
            ..self.clone()
        }
    }
}

fn language() -> String {
    LANGUAGE.into()
}

/// The cards of a built-in question are symbols; their words come from these, once all is read.
fn symbols_by_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Card>, D::Error> {
    let ids = Vec::<String>::deserialize(deserializer)?;
    Ok(ids.into_iter().map(|id| Card { symbol: id.clone(), id, words: String::new() }).collect())
}

#[derive(Debug, Deserialize)]
struct LibraryScale {
    id: String,
    /// How its question is asked for a yes or a no.
    yes_no: String,
    /// How it is asked for a choice between pictures; none where that would be no open question.
    choice: Option<String>,
    cells: [Card; 3],
    /// Each end in two parts, from the one to the other.
    finer: [Card; 4],
}

#[derive(Deserialize)]
struct Symbols {
    topics: Vec<Topic>,
    controls: Vec<Symbol>,
}

static BUILT_IN: LazyLock<Vocabulary> = LazyLock::new(|| {
    let symbols: Symbols = serde_json::from_str(include_str!("../vocabulary/symbols.json"))
        .expect("the built-in symbols are checked by a test");
    let questions: Vec<Question> = serde_json::from_str(include_str!("../vocabulary/questions.json"))
        .expect("the built-in questions are checked by a test");
    let mut words = Vocabulary {
        topics: symbols.topics,
        controls: symbols.controls,
        questions: Vec::new(),
        scales: serde_json::from_str(include_str!("../vocabulary/scales.json"))
            .expect("the built-in scales are checked by a test"),
    };
    let with_words = |question: Question| {
        let cards = question.cards.iter().filter_map(|card| words.symbol(&card.id)).map(Symbol::card).collect();
        Arc::new(Question { cards, ..question })
    };
    words.questions = questions.into_iter().map(with_words).collect();
    words
});

impl Vocabulary {
    /// What every council starts with.
    pub fn built_in() -> &'static Vocabulary {
        &BUILT_IN
    }

    /// The question with this id.
    pub fn question(&self, id: &str) -> Option<&Arc<Question>> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// The symbol with this id, among topics and controls.
    pub fn symbol(&self, id: &str) -> Option<&Symbol> {
        self.topics.iter().flat_map(|topic| &topic.symbols).chain(&self.controls).find(|symbol| symbol.id == id)
    }

    /// The symbols with these ids, as cards; one that is not there is left out.
    pub fn cards(&self, ids: &[&str]) -> Vec<Card> {
        ids.iter().filter_map(|id| self.symbol(id)).map(Symbol::card).collect()
    }

    /// Whether choosing this card may be a sign of harm. Words of its own make a picture no harmless one.
    pub fn is_harm(&self, card: &Card) -> bool {
        [&card.id, &card.symbol].into_iter().any(|id| self.symbol(id).is_some_and(|symbol| symbol.harm))
    }

    /// Every scale: its id, and its places.
    pub fn scales(&self) -> impl Iterator<Item = (&str, &[Card])> {
        self.scales.iter().map(|scale| (scale.id.as_str(), scale.cells.as_slice()))
    }

    /// In which ways a question can be asked, the usual one first.
    pub fn ways<'a>(&'a self, question: &'a Question) -> impl Iterator<Item = Kind> + 'a {
        Kind::ALL.iter().copied().filter(|way| self.asked_by(*way, question).is_some())
    }

    /// How a question is asked as a choice between two things; none where that would be no open question, and about people, between
    /// whom nobody is asked to choose.
    pub fn choice_of_things(&self, question: &Question) -> Option<&str> {
        let scale = self.scales.iter().find(|scale| scale.id == question.scale)?;
        scale.choice.as_deref().filter(|_| question.topic != PEOPLE)
    }

    /// The question as it will be asked in this way, in English; none where it cannot be asked so.
    pub fn asked_by(&self, kind: Kind, question: &Question) -> Option<Asked> {
        let scale = self.scales.iter().find(|scale| scale.id == question.scale)?;
        if kind == Kind::Body {
            let topic = self.symbol("body").map(|body| Card {
                id: question.id.clone(),
                words: BODY_ASK.into(),
                ..body.card()
            })?;
            return (question.topic == BODY).then(|| Asked { topic, words: BODY_ASK.into(), ..self.asked(question) });
        }
        // A warm-up is asked in no other way, and nothing else is one.
        if question.is_warm_up || kind == Kind::WarmUp {
            let asked = Asked { words: question.ask.clone(), ..self.asked(question) };
            return (question.is_warm_up && kind == Kind::WarmUp).then_some(asked);
        }
        let words = match kind {
            Kind::Mat => question.ask.clone(),
            Kind::YesNo => scale.yes_no.clone(),
            Kind::Feelings => question.words.clone(),
            Kind::Choice | Kind::Several => scale.choice.clone()?,
            Kind::Houses => houses::ASK.into(),
            Kind::Drawing => making::ASK_DRAWING.into(),
            Kind::Words => making::ASK_WORDS.into(),
            // A day or a week of one's own is asked as it was written.
            Kind::Day if question.is_day && self.question(&question.id).is_none() => question.ask.clone(),
            Kind::Day if question.is_day => rounds::ASK_DAY.into(),
            Kind::People if question.topic == PEOPLE => rounds::ASK_CLOSE.into(),
            Kind::Day | Kind::People | Kind::Body | Kind::WarmUp => return None,
        };
        Some(Asked { words, ..self.asked(question) })
    }

    /// The question as a mat asks it, in English.
    pub fn asked(&self, question: &Question) -> Asked {
        Asked {
            id: question.id.clone(),
            version: question.version,
            topic: Card { id: question.id.clone(), symbol: question.symbol.clone(), words: question.words.clone() },
            words: question.ask.clone(),
            language: question.language.clone(),
        }
    }

    /// The question's scale for a child, and how its ends are told finer, where they are.
    pub fn scale(&self, question: &Question, cells: Cells) -> (Scale, Vec<End>) {
        let Some(scale) = self.scales.iter().find(|scale| scale.id == question.scale) else {
            return (Scale { id: question.scale.clone(), cells: Vec::new() }, Vec::new());
        };
        let ([good, between, bad], [most, some, little, none]) = (&scale.cells, &scale.finer);
        let end = |end: &Card, parts: [&Card; 2]| End {
            cell: end.id.clone(),
            ask: ASK_FINER.into(),
            cells: parts.map(|part| part.id.clone()).into(),
        };
        let (cells, ends) = match cells {
            Cells::Two => (vec![good, bad], Vec::new()),
            Cells::Three => (vec![good, between, bad], Vec::new()),
            Cells::Five => (vec![most, some, between, little, none], Vec::new()),
            Cells::TwoThenMore => {
                let ends = vec![end(good, [most, some]), end(bad, [little, none])];
                (vec![most, good, some, little, bad, none], ends)
            }
        };
        (Scale { id: scale.id.clone(), cells: cells.into_iter().cloned().collect() }, ends)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn there_are_eight_topics_with_sixty_symbols_at_least_and_ids_are_unique() {
        let words = Vocabulary::built_in();
        let ids: Vec<_> = words.topics.iter().map(|topic| topic.id.as_str()).collect();
        assert_eq!(ids, ["home", "school", "people", "feelings", "food", "activities", "body-and-care", "transport"]);
        let symbols: Vec<_> = words
            .topics
            .iter()
            .flat_map(|topic| &topic.symbols)
            .chain(&words.controls)
            .map(|symbol| &symbol.id)
            .collect();
        assert!(symbols.len() >= 60);
        assert_eq!(symbols.iter().collect::<BTreeSet<_>>().len(), symbols.len());
    }

    #[test]
    fn every_question_has_its_picture_its_options_and_its_scale() {
        let words = Vocabulary::built_in();
        for question in &words.questions {
            assert!(words.symbol(&question.symbol).is_some(), "{}", question.id);
            assert!(
                !question.cards.is_empty() && question.cards.iter().all(|card| !card.words.is_empty()),
                "{}",
                question.id
            );
            assert!(words.topics.iter().any(|topic| topic.id == question.topic), "{}", question.id);
            let cells = |cells| words.scale(question, cells).0.cells;
            let (two, three, five) = (cells(Cells::Two), cells(Cells::Three), cells(Cells::Five));
            assert_eq!((two.len(), three.len(), five.len()), (2, 3, 5), "{}", question.id);
            assert_eq!((&two[0], &two[1]), (&three[0], &three[2]));
            assert_eq!(three[1], five[2]);
            let all = cells(Cells::TwoThenMore).into_iter().chain(three).chain(five);
            assert!(all.into_iter().all(|cell| words.symbol(&cell.symbol).is_some()), "{}", question.id);
        }
    }

    #[test]
    fn the_escapes_have_pictures() {
        for id in ["dont-know", "something-else", "skip", "stop"] {
            assert!(Vocabulary::built_in().symbol(id).is_some(), "{id}");
        }
    }
}
