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
    move || {
        match file.get() {
        File::Coming => view! {
            <Doorstep title=tr!("opening")><p class="govuk-body" role="status">{tr!("opening")}</p></Doorstep>
        }
        .into_any(),
        // Its file is here, so entering does not wait.
        File::Here => rooms::enter(room.clone()).now_or_never().and_then(Result::ok).into_any(),
        File::DidNotCome => view! {
            <Doorstep title=tr!("rooms-title")>
                <h1 class="heard-title">{tr!("rooms-title")}</h1>
                <p class="govuk-body">{tr!("rooms-did-not-come")}</p>
                <button class="govuk-button" type="button" on:click=move |_| { file.set(File::Coming); fetch(); }>{tr!("try-again")}</button>
            </Doorstep>
        }
        .into_any(),
    }
    }
}
