//! How far something has come that was just written down: never more than is true.

use domain::id::OperationId;
use domain::record::item::ItemState;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::Place;
use crate::words;

/// "Saved on this tablet", "Sent", "Held", "Refused": as it is at this moment.
#[component]
pub fn StateOf(place: Place, id: OperationId) -> impl IntoView {
    move || {
        let state = place.record().state_of(id)?;
        let (class, words) = match state {
            ItemState::Saved => ("item-state item-state--saved", tr!("visit-state-saved")),
            ItemState::Sent | ItemState::Accepted => ("item-state item-state--sent", tr!("visit-state-sent")),
            ItemState::Held(why) => ("item-state item-state--held", with_why(tr!("visit-state-held"), why.as_ref())),
            ItemState::Refused(why) => {
                ("item-state item-state--refused", with_why(tr!("visit-state-refused"), why.as_ref()))
            }
        };
        Some(view! { <span class=class>{words}</span> })
    }
}

fn with_why(state: String, why: Option<&domain::code::Code>) -> String {
    match why {
        Some(code) => format!("{state}. {}", words::code(code)),
        None => state,
    }
}
