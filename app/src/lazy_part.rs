//! Shows the lazy part: at once when its file is here, which it nearly always is.

use fluent_templates::static_loader;
use futures::FutureExt;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::wasm_split;
use leptos_fluent::{leptos_fluent, tr};

use replica::engine::HandoverToken;

use crate::FIRST_WORDS;
use crate::child::ChildMode;
use crate::entrance::EntrancePage;
use crate::frame::SignedInPages;
use crate::lazy::ChunkUnavailable;

/// What the lazy part can show.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// The pages of whoever is signed in.
    SignedInPages,
    /// The child's side.
    ChildMode(HandoverToken),
}

/// Where the lazy part is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum File {
    Coming,
    Here,
    ChunkUnavailable,
}

/// Shows a part, and says so when its file is still coming or is not to be had.
#[component]
pub fn LazyPart(part: Part) -> impl IntoView {
    let came = matches!(fetch_screens().now_or_never(), Some(Ok(())));
    let file = RwSignal::new(if came { File::Here } else { File::Coming });
    let fetch = move || {
        spawn_local(async move {
            file.set(if fetch_screens().await.is_ok() { File::Here } else { File::ChunkUnavailable });
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
        File::Here => match show(part.clone()).now_or_never() {
            Some(Ok(entered)) => entered,
            _ => view! { <Missing again/> }.into_any(),
        },
        File::ChunkUnavailable => view! { <Missing again/> }.into_any(),
    }
}

/// Shows a part; waits for its file if that is still on its way.
#[wasm_split(lazy, wasm_split_path = leptos::wasm_split, fallible, preload(fetch_screens))]
fn show(part: Part) -> Result<AnyView, ChunkUnavailable> {
    Ok(view! {
        <AllWords>
            {match part {
                Part::SignedInPages => view! { <SignedInPages/> }.into_any(),
                Part::ChildMode(token) => view! { <ChildMode token/> }.into_any(),
            }}
        </AllWords>
    }
    .into_any())
}

static_loader! {
    static OTHER_WORDS = {
        locales: "./locales/rest",
        fallback_language: "en-GB",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// Gives what stands in it all words, where the first file has its own only.
#[component]
fn AllWords(children: Children) -> impl IntoView {
    leptos_fluent! {
        children: children(),
        translations: [FIRST_WORDS, OTHER_WORDS],
        locales: "./locales/rest",
        core_locales: "./locales/first/en-GB/first.ftl",
        languages: "./locales/languages.json",
        default_language: "en-GB",
        check_translations: "./src/**/*.rs",
    }
}

#[component]
fn Coming() -> impl IntoView {
    view! {
        <EntrancePage title=tr!("opening")>
            <p class="govuk-body" role="status">{tr!("opening")}</p>
        </EntrancePage>
    }
}

/// A part of the application is not here.
#[component]
fn Missing(again: Callback<()>) -> impl IntoView {
    view! {
        <EntrancePage title=tr!("chunk-unavailable-title")>
            <h1 class="heard-title">{tr!("chunk-unavailable-title")}</h1>
            <p class="govuk-body">{tr!("chunk-unavailable")}</p>
            <button class="govuk-button" type="button" on:click=move |_| again.run(())>{tr!("try-again")}</button>
        </EntrancePage>
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    /// Every `.rs` file in or below this place of `src`.
    fn sources(place: &str) -> Vec<PathBuf> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(place);
        if path.is_file() {
            return vec![path];
        }
        let files = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
        files.filter(|path| path.extension().is_some_and(|ending| ending == "rs")).collect()
    }

    #[test]
    fn what_the_first_file_says_is_among_its_own_words() {
        let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales/first/en-GB/first.ftl");
        let words = fs::read_to_string(list).unwrap();
        let places = ["entrance", "entrance.rs", "lazy_part.rs", "lib.rs", "components/form.rs", "components/page.rs"];
        let mut found = 0;
        for path in places.into_iter().flat_map(sources) {
            let source = fs::read_to_string(&path).unwrap();
            for key in source.split(concat!("tr!", "(\"")).skip(1).filter_map(|rest| rest.split('"').next()) {
                found += 1;
                assert!(words.lines().any(|line| line.starts_with(&format!("{key} ="))), "{key} of {}", path.display());
            }
        }
        assert!(found > 30, "only {found}");
    }
}
