//! "Ready for this visit": the profile is there, and every picture of its theme is kept on this tablet.

use std::collections::BTreeMap;

use domain::payload::profile::{CommunicationProfile, Theme};
use domain::vocabulary::Vocabulary;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_fluent::tr;

use crate::platform::pictures;

/// What is known about the pictures of one theme.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pictures {
    Asking,
    Missing(usize),
}

/// What is kept, by theme.
#[derive(Clone, Copy)]
pub struct Ready {
    pictures: RwSignal<BTreeMap<u8, Pictures>>,
}

fn place(theme: Theme) -> u8 {
    match theme {
        Theme::Colour | Theme::Calm => 0,
        Theme::Contrast => 1,
    }
}

impl Ready {
    /// Keeps the pictures that these children need, one topic at a time, and watches for what is missing.
    pub fn provide(profiles: Signal<Vec<Option<CommunicationProfile>>>) -> Ready {
        let ready = Ready { pictures: RwSignal::new(BTreeMap::new()) };
        Effect::new(move |_| {
            for profile in profiles.get() {
                let theme = profile.as_ref().map(|profile| profile.shown_theme()).unwrap_or_default();
                let known = ready.pictures.with_untracked(|pictures| pictures.contains_key(&place(theme)));
                if !known {
                    ready.pictures.update(|pictures| {
                        pictures.insert(place(theme), Pictures::Asking);
                    });
                    spawn_local(ready.keep(theme));
                }
            }
        });
        ready
    }

    async fn keep(self, theme: Theme) {
        let words = Vocabulary::built_in();
        let mut missing =
            pictures::keep(&addresses(words.controls.iter().map(|symbol| symbol.id.as_str()), theme)).await;
        for topic in &words.topics {
            missing += pictures::keep(&addresses(topic.symbols.iter().map(|symbol| symbol.id.as_str()), theme)).await;
        }
        self.pictures.update(|pictures| {
            pictures.insert(place(theme), Pictures::Missing(missing));
        });
    }

    /// The tag of a visit.
    pub fn tag(self, profile: Option<&CommunicationProfile>) -> AnyView {
        let Some(profile) = profile else {
            return view! { <strong class="govuk-tag govuk-tag--yellow">{tr!("ready-no-profile")}</strong> }.into_any();
        };
        match self.pictures.with(|pictures| pictures.get(&place(profile.shown_theme())).copied()) {
            Some(Pictures::Missing(0)) => view! { <strong class="govuk-tag govuk-tag--green">{tr!("ready")}</strong> }.into_any(),
            Some(Pictures::Missing(count)) => {
                view! { <strong class="govuk-tag govuk-tag--yellow">{tr!("ready-pictures-missing", {"count" => count})}</strong> }.into_any()
            }
            Some(Pictures::Asking) | None => view! { <strong class="govuk-tag govuk-tag--grey">{tr!("ready-asking")}</strong> }.into_any(),
        }
    }
}

fn addresses<'a>(symbols: impl Iterator<Item = &'a str>, theme: Theme) -> Vec<String> {
    symbols.map(|symbol| pictures::address(symbol, theme)).collect()
}
