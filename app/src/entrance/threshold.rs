//! From the door into a room: at once when the room's file is here, which it nearly always is.

use futures::FutureExt;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_fluent::tr;

use super::Doorstep;
use crate::rooms::{self, Room};

/// Where the rooms' file is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum File {
    Coming,
    Here,
    DidNotCome,
}

/// Enters a room, and says so when its file is still coming or did not come.
#[component]
pub fn Threshold(room: Room) -> impl IntoView {
    let came = matches!(rooms::load().now_or_never(), Some(Ok(())));
    let file = RwSignal::new(if came { File::Here } else { File::Coming });
    let fetch = move || {
        spawn_local(async move {
            file.set(if rooms::load().await.is_ok() { File::Here } else { File::DidNotCome });
        });
    };
    if !came {
        fetch();
    }
    let again = Callback::new(move |()| {
        file.set(File::Coming);
        fetch();
    });
    move || match file.get() {
        File::Coming => view! { <Coming/> }.into_any(),
        // Its file is here, so entering does not wait.
        File::Here => match rooms::enter(room.clone()).now_or_never() {
            Some(Ok(entered)) => entered,
            _ => view! { <Missing again/> }.into_any(),
        },
        File::DidNotCome => view! { <Missing again/> }.into_any(),
    }
}

#[component]
fn Coming() -> impl IntoView {
    view! {
        <Doorstep title=tr!("opening")>
            <p class="govuk-body" role="status">{tr!("opening")}</p>
        </Doorstep>
    }
}

/// A part of the application is not here.
#[component]
fn Missing(again: Callback<()>) -> impl IntoView {
    view! {
        <Doorstep title=tr!("rooms-title")>
            <h1 class="heard-title">{tr!("rooms-title")}</h1>
            <p class="govuk-body">{tr!("rooms-did-not-come")}</p>
            <button class="govuk-button" type="button" on:click=move |_| again.run(())>{tr!("try-again")}</button>
        </Doorstep>
    }
}
