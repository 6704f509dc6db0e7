//! The pages before somebody is at work: sign in, set the tablet up, unlock it, recover it.

mod enrol;
mod sign_in;
mod unlock;

use leptos::prelude::*;
use leptos_fluent::tr;
use replica::storage::StorageError;

use crate::components::Page;
use crate::platform::page;
use crate::state::Session;
use crate::words;

pub use enrol::{EnrolPage, RecoverPage};
pub use sign_in::SignInPage;
pub use unlock::UnlockPage;

/// The frame of every page of the entrance.
#[component]
pub fn EntrancePage(
    #[prop(into)] title: String,
    #[prop(optional, into)] in_error: Signal<bool>,
    children: Children,
) -> impl IntoView {
    view! {
        <header class="heard-header"><span class="heard-header__name">{tr!("app-name")}</span></header>
        <Page title class="heard-page heard-narrow" in_error>{children()}</Page>
    }
}

/// This browser will not keep anything.
#[component]
pub fn NoStoragePage(error: StorageError) -> impl IntoView {
    view! {
        <EntrancePage title=tr!("no-storage-title")>
            <h1 class="heard-title">{tr!("no-storage-title")}</h1>
            <p class="govuk-body">{words::storage(&error)}</p>
            <p class="govuk-body">{tr!("no-storage-do")}</p>
            <button class="govuk-button" type="button" on:click=|_| page::reload()>{tr!("try-again")}</button>
        </EntrancePage>
    }
}

/// What was on this tablet was deleted: said until it is set up again.
#[component]
fn LostWords() -> impl IntoView {
    let lost = Session::get().lost;
    move || {
        lost.get().map(|lost| {
            let what = if lost.name.is_empty() {
                tr!("sign-in-lost-somebody")
            } else {
                tr!("sign-in-lost", {"name" => lost.name})
            };
            view! { <div class="heard-alert" role="alert"><p>{what}</p><p>{tr!("sign-in-lost-do")}</p></div> }
        })
    }
}
