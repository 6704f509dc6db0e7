//! Whether the pictures that a mat shows are kept on this tablet.

use std::sync::Arc;

use domain::payload::profile::{CommunicationProfile, Theme};
use domain::vocabulary::{Question, Vocabulary};

use crate::platform::pictures;

/// What is missing on this tablet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Of what the mat itself shows.
    pub of_mat: usize,
    /// Of what only "something else" opens.
    pub of_rest: usize,
}

/// Keeps every picture the child may see, those of the mat first.
pub async fn keep_all(question: Arc<Question>, profile: CommunicationProfile) -> Missing {
    let words = Vocabulary::built_in();
    let mat = addresses(symbols_of(&question, &profile), profile.shown_theme());
    let of_mat = pictures::keep(&mat).await;
    let all = words.topics.iter().flat_map(|topic| &topic.symbols).map(|symbol| symbol.id.clone()).collect();
    let rest: Vec<String> =
        addresses(all, profile.shown_theme()).into_iter().filter(|one| !mat.contains(one)).collect();
    Missing { of_mat, of_rest: pictures::keep(&rest).await }
}

/// Topic, options, scale and every control of the child's side.
fn symbols_of(question: &Question, profile: &CommunicationProfile) -> Vec<String> {
    let words = Vocabulary::built_in();
    let options = question.cards.clone().into_iter().map(|card| card.symbol);
    let scale = words.scale(question, profile.cells).0.cells.into_iter().map(|card| card.symbol);
    let controls = words.controls.iter().map(|symbol| symbol.id.clone());
    std::iter::once(question.symbol.clone()).chain(options).chain(scale).chain(controls).collect()
}

fn addresses(symbols: Vec<String>, theme: Theme) -> Vec<String> {
    let mut addresses: Vec<String> = symbols.iter().map(|symbol| pictures::address(symbol, theme)).collect();
    addresses.sort();
    addresses.dedup();
    addresses
}
