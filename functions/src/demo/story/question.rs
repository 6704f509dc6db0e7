//! Questions beside the built-in ones.

use domain::Payload;
use domain::id::QuestionId;
use domain::payload::capture::Card;
use domain::payload::library::{QuestionDecided, QuestionDecision, QuestionWritten};
use domain::vocabulary::Vocabulary;

use super::Story;

impl Story {
    /// A question like a built-in one, about something else: its cards by picture, with words of their own where these are
    /// given.
    pub(in crate::demo) fn writes_question(&mut self, like: &str, words: &str, cards: &[(&str, &str)]) -> QuestionId {
        let built_in = Vocabulary::built_in();
        let like = built_in.question(like).expect("a story uses the question library");
        let question = QuestionId(self.id(words));
        let card = |(symbol, words): &(&str, &str)| {
            let built_in = built_in.symbol(symbol).expect("a story uses the vocabulary").card();
            if words.is_empty() {
                return built_in;
            }
            Card { id: format!("own-{}", self.id(words)), words: (*words).into(), ..built_in }
        };
        let cards: Vec<Card> = cards.iter().map(card).collect();
        self.tell(Payload::QuestionWritten(QuestionWritten {
            question,
            version: 1,
            topic: like.topic.clone(),
            words: words.into(),
            symbol: cards.first().map(|card| card.symbol.clone()).unwrap_or_default(),
            ask: like.ask.clone(),
            language: like.language.clone(),
            scale: like.scale.clone(),
            cards,
            is_day: false,
            high_stakes: false,
        }));
        question
    }

    /// Somebody else agrees to its first version.
    pub(in crate::demo) fn approves_question(&mut self, question: QuestionId) {
        let decision = QuestionDecision::Approved;
        self.tell(Payload::QuestionDecided(QuestionDecided { question, version: 1, decision }));
    }
}
