//! What the editor of a question asks, and what it writes down.

use std::sync::Arc;

use domain::id::{QuestionId, StreamId};
use domain::payload::capture::Card;
use domain::payload::library::{MOST_CARDS, QuestionWritten};
use domain::text;
use domain::vocabulary::{LANGUAGE, Question, Vocabulary};
use leptos::prelude::*;
use leptos_fluent::tr;
use replica::create;

use crate::components::Problems;
use crate::components::draft::Draft;
use crate::platform::clock;

/// A card as it stands in the editor.
#[derive(Clone)]
pub(super) struct EditedCard {
    id: String,
    /// Its id once it has words of its own.
    own_id: String,
    pub(super) symbol: String,
    /// Outlives the button that added the card.
    pub(super) words: ArcRwSignal<String>,
}

impl EditedCard {
    fn of(card: Card) -> EditedCard {
        EditedCard { id: card.id, own_id: own_id(), symbol: card.symbol, words: ArcRwSignal::new(card.words) }
    }

    /// A built-in picture keeps its id with its words; with words of its own a card is another card.
    fn card(&self) -> Card {
        let words = text::plain_name(&self.words.get());
        let is_built_in = |card: &Card| card.id == self.id && card.words != words;
        let renamed = Vocabulary::built_in().symbol(&self.id).is_some_and(|symbol| is_built_in(&symbol.card()));
        let id = if renamed { &self.own_id } else { &self.id };
        Card { id: id.clone(), symbol: self.symbol.clone(), words }
    }
}

fn own_id() -> String {
    format!("own-{}", create::uuid(clock::now()))
}

/// The form. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct QuestionForm {
    question: QuestionId,
    version: u32,
    pub(super) topic: RwSignal<String>,
    pub(super) words: RwSignal<String>,
    pub(super) symbol: RwSignal<String>,
    pub(super) ask: RwSignal<String>,
    pub(super) scale: RwSignal<Option<String>>,
    pub(super) cards: RwSignal<Vec<EditedCard>>,
    pub(super) is_day: RwSignal<bool>,
    pub(super) high_stakes: RwSignal<bool>,
    pub(super) problems: Problems,
    pub(super) draft: Draft,
}

impl QuestionForm {
    /// Begins with the question that is written anew, one that is copied, or an empty one. What was typed before comes back.
    pub(super) fn begin(stream: StreamId, rewritten: Option<&QuestionWritten>, copied: Option<Arc<Question>>) -> Self {
        let question = rewritten.map_or_else(|| QuestionId(create::uuid(clock::now())), |before| before.question);
        let written = rewritten.map(|before| before.question.to_string());
        // What was begun from another question is another draft.
        let name = written.or_else(|| copied.as_ref().map(|copied| format!("from/{}", copied.id)));
        let name = name.unwrap_or_else(|| "new".to_owned());
        let form = QuestionForm {
            question,
            version: rewritten.map_or(1, |before| before.version.saturating_add(1)),
            topic: RwSignal::default(),
            words: RwSignal::default(),
            symbol: RwSignal::default(),
            ask: RwSignal::default(),
            scale: RwSignal::default(),
            cards: RwSignal::default(),
            is_day: RwSignal::default(),
            high_stakes: RwSignal::default(),
            problems: RwSignal::new(Vec::new()),
            draft: Draft::named(format!("draft/{stream}/question/{name}")),
        };
        let first = rewritten.cloned().or_else(|| copied.as_deref().map(|copied| form.copy(copied)));
        form.show(first.unwrap_or_else(|| form.empty()));
        form.draft.restore(move |words: QuestionWritten| form.show(words));
        form
    }

    fn show(self, written: QuestionWritten) {
        self.topic.set(written.topic);
        self.words.set(written.words);
        self.symbol.set(written.symbol);
        self.ask.set(written.ask);
        self.scale.set(Some(written.scale));
        self.cards.set(written.cards.into_iter().map(EditedCard::of).collect());
        self.is_day.set(written.is_day);
        self.high_stakes.set(written.high_stakes);
    }

    fn copy(self, question: &Question) -> QuestionWritten {
        QuestionWritten {
            question: self.question,
            version: self.version,
            topic: question.topic.clone(),
            words: question.words.clone(),
            symbol: question.symbol.clone(),
            ask: question.ask.clone(),
            language: question.language.clone(),
            scale: question.scale.clone(),
            cards: question.cards.clone(),
            is_day: question.is_day,
            high_stakes: question.high_stakes,
        }
    }

    /// Asked as most built-in questions are, about nothing yet.
    fn empty(self) -> QuestionWritten {
        let built_in = Vocabulary::built_in();
        let first = built_in.questions.first().map(|first| self.copy(first));
        let topic = built_in.topics.first();
        QuestionWritten {
            topic: topic.map(|topic| topic.id.clone()).unwrap_or_default(),
            words: String::new(),
            symbol: topic.map(|topic| topic.symbol.clone()).unwrap_or_default(),
            cards: Vec::new(),
            is_day: false,
            high_stakes: false,
            ..first.expect("there are built-in questions")
        }
    }

    pub(super) fn keep(self) {
        self.draft.keep(|| untrack(|| self.shown()));
    }

    /// The question as it stands; follows it.
    pub(super) fn shown(self) -> QuestionWritten {
        QuestionWritten {
            question: self.question,
            version: self.version,
            topic: self.topic.get(),
            words: text::plain_name(&self.words.get()),
            symbol: self.symbol.get(),
            ask: text::plain_name(&self.ask.get()),
            language: LANGUAGE.into(),
            scale: self.scale.get().unwrap_or_default(),
            cards: self.cards.with(|cards| cards.iter().map(EditedCard::card).collect()),
            is_day: self.is_day.get(),
            high_stakes: self.high_stakes.get(),
        }
    }

    /// The words with which this scale is asked, unless somebody wrote others.
    pub(super) fn ask_by_scale(self) {
        let asks = |scale: &str| {
            let mut questions = Vocabulary::built_in().questions.iter();
            questions.find(|question| question.scale == scale).map(|question| question.ask.clone())
        };
        let is_usual = self.ask.with_untracked(|ask| {
            Vocabulary::built_in().questions.iter().any(|question| question.ask == *ask) || !text::is_visible(ask)
        });
        if let Some(ask) = self.scale.get_untracked().and_then(|scale| asks(&scale)).filter(|_| is_usual) {
            self.ask.set(ask);
        }
    }

    /// Adds a picture; one that is there already with other words is a card of its own.
    pub(super) fn add(self, card: Card) {
        self.cards.update(|cards| {
            let id = if cards.iter().any(|there| there.id == card.id) { own_id() } else { card.id.clone() };
            cards.push(EditedCard::of(Card { id, ..card }));
        });
        self.keep();
    }

    pub(super) fn change(self, act: impl FnOnce(&mut Vec<EditedCard>)) {
        self.cards.update(act);
        self.keep();
    }

    /// The question, or what is missing, in the order of the form.
    pub(super) fn written(self) -> Result<QuestionWritten, Vec<(&'static str, String)>> {
        let written = untrack(|| self.shown());
        let mut problems = Vec::new();
        if written.words.is_empty() {
            problems.push(("words", tr!("question-words-missing")));
        }
        if written.ask.is_empty() {
            problems.push(("ask", tr!("question-ask-missing")));
        }
        if written.cards.is_empty() {
            problems.push(("add-topic", tr!("question-cards-missing")));
        }
        if written.cards.len() > MOST_CARDS {
            problems.push(("add-topic", tr!("question-cards-too-many", {"most" => MOST_CARDS})));
        }
        if written.cards.iter().any(|card| card.words.is_empty()) {
            problems.push(("add-topic", tr!("question-card-words-missing")));
        }
        let mut harm = written.cards.iter().filter(|card| Vocabulary::built_in().is_harm(card));
        if let Some(card) = harm.next() {
            problems.push(("add-topic", tr!("question-card-harm", {"card" => card.words.clone()})));
        }
        if problems.is_empty() { Ok(written) } else { Err(problems) }
    }
}
