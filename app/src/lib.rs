//! The tablet and desk application: screens over one replica.
//!
//! Start at [`App`]: it shows what [`state::Stage`] says: the entrance, the child's side, or the signed-in pages.
//! Screens read signals of [`state`] and call its methods; only `platform` touches the browser.

#![expect(unreachable_pub, reason = "a component is public in its folder; the folder decides what leaves it")]

pub mod account;
mod administrator;
mod audit;
mod auditor;
pub mod child;
pub mod components;
mod contact;
pub mod entrance;
mod finding;
pub mod frame;
pub mod lazy;
pub mod lazy_part;
pub mod library;
pub mod manager;
pub mod plan;
pub mod platform;
pub mod record;
pub mod state;
pub mod visit;
pub mod words;
pub mod worker;

use fluent_templates::static_loader;
use leptos::prelude::*;
use leptos_fluent::leptos_fluent;
use leptos_router::components::Router;

use entrance::{EnrolPage, NoStoragePage, RecoverPage, SignInPage, UnlockPage};
use lazy_part::{LazyPart, Part};
use platform::door;
use state::{Session, Stage};

static_loader! {
    // The words of the first file of the wasm; all others come with the lazy part.
    static FIRST_WORDS = {
        locales: "./locales/first",
        fallback_language: "en-GB",
        // Marks around names would be copied into case notes with the text.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// Puts the application on the page.
pub fn start() {
    mount_to_body(App);
}

/// The whole application.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <Languages>
            <Router>
                <CurrentStage/>
            </Router>
        </Languages>
    }
}

#[component]
fn Languages(children: Children) -> impl IntoView {
    leptos_fluent! {
        children: children(),
        translations: [FIRST_WORDS],
        locales: "./locales/first",
        languages: "./locales/languages.json",
        default_language: "en-GB",
        sync_html_tag_lang: true,
    }
}

/// Shows where the person stands. The address stays as it is, so that unlocking leads back to the same place.
#[component]
fn CurrentStage() -> impl IntoView {
    let session = Session::provide();
    session.begin();
    move || {
        let stage = session.stage.get();
        // While it is found out, the door is there.
        let at_the_door = if stage == Stage::Opening { None } else { door::take() };
        match stage {
            Stage::Opening => ().into_any(),
            Stage::NoStorage(error) => view! { <NoStoragePage error/> }.into_any(),
            Stage::SignIn => view! { <SignInPage/> }.into_any(),
            Stage::Enrol(signed_in) => view! { <EnrolPage signed_in/> }.into_any(),
            Stage::Locked(vault) => view! { <UnlockPage vault at_the_door/> }.into_any(),
            Stage::Recover(signed_in, _) => view! { <RecoverPage signed_in/> }.into_any(),
            Stage::Open => view! { <LazyPart part=Part::SignedInPages/> }.into_any(),
            Stage::Child(token) => view! { <LazyPart part=Part::ChildMode(token)/> }.into_any(),
        }
    }
}
