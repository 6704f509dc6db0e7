//! A promise and what became of it, in words.

use domain::record::promises::{Became, Promise};
use leptos_fluent::tr;

use crate::visit::Place;
use crate::words;

pub(super) fn tag(promise: &Promise) -> String {
    match promise.became {
        Became::Agreed => tr!("visit-promise-agreed"),
        Became::Done => tr!("visit-promise-done"),
        Became::Not(_) => tr!("visit-promise-not"),
    }
}

pub(super) fn aside(promise: &Promise, place: Place) -> String {
    let on = words::short_date(promise.on, place.calendar.today());
    match &promise.became {
        Became::Agreed | Became::Done => on,
        Became::Not(why) => tr!("visit-promise-why", {"on" => on, "why" => why.clone()}),
    }
}

/// One promise as a line of the record.
pub(super) fn in_words(promise: &Promise, place: Place) -> String {
    tr!("visit-promise-line", {"what" => promise.words.clone(), "became" => tag(promise).to_lowercase(), "aside" => aside(promise, place)})
}
