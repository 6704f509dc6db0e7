//! Questions beside the built-in ones: written for one child, or proposed to the team and the council.

mod cards;
mod child;
mod editor;
mod form;
mod page;
mod proposal;

pub use child::ChildQuestionsPage;
pub use editor::{ChildQuestionPage, LibraryQuestionPage};
pub use page::{LibraryPage, has_library};

use domain::library::Whose;
use domain::vocabulary::Vocabulary;
use domain::wording::{Warning, warnings};
use leptos_fluent::tr;

/// Whose a question is.
pub fn whose_in_words(whose: Whose) -> String {
    match whose {
        Whose::Child => tr!("library-of-child"),
        Whose::Team => tr!("library-of-team"),
        Whose::Council => tr!("library-of-council"),
        Whose::BuiltIn => tr!("library-built-in"),
    }
}

/// What to look at in the words of a question, in words.
fn to_look_at(words: &str) -> Vec<String> {
    let in_words = |warning| match warning {
        Warning::HowOften => tr!("wording-how-often"),
        Warning::HowMany => tr!("wording-how-many"),
        Warning::When => tr!("wording-when"),
        Warning::Compares => tr!("wording-compares"),
        Warning::Negative => tr!("wording-negative"),
        Warning::TwoInOne => tr!("wording-two-in-one"),
        Warning::Leads => tr!("wording-leads"),
    };
    warnings(words).into_iter().map(in_words).collect()
}

/// The places of a scale: "like, in between, don't like".
fn places_in_words(scale: &str) -> String {
    let scale = Vocabulary::built_in().scales().find(|(id, _)| *id == scale);
    let words = scale.map(|(_, places)| places.iter().map(|place| place.words.as_str()).collect::<Vec<_>>());
    words.unwrap_or_default().join(", ")
}
