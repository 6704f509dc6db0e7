//! The write-up, two minutes in the car: how each activity was given, other voices, what could not be gathered.
//!
//! `?of=<capture>` shows one activity, `?voice=new` or `?voice=<voice>` one voice, the bare address the list.

mod how;
mod how_form;
mod meaning;
mod shown;
mod tasks;
mod voice;
mod voice_form;

use domain::id::{CaptureId, VoiceId};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_query_map;

use super::Step;
use super::place::at_visit;
use how::HowPart;
use tasks::Tasks;
use voice::VoicePart;

/// What the address asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    List,
    How(CaptureId),
    Voice(Option<VoiceId>),
}

/// The write-up of a visit that was made.
#[component]
pub fn WriteUpPage() -> impl IntoView {
    at_visit(|place| {
        let is_empty = place.visit_now().started.is_none() && place.visit_now().not_gathered.is_empty();
        if is_empty {
            let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
            return view! { <Redirect path=place.address(Step::Start) options/> }.into_any();
        }
        let query = use_query_map();
        let part = Memo::new(move |_| {
            let (of, voice) = query.with(|query| (query.get("of"), query.get("voice")));
            let record = place.record_now();
            let capture = of.and_then(|id| id.parse().ok()).filter(|id| record.captures.contains_key(id));
            match (capture, voice) {
                (Some(capture), _) => Part::How(capture),
                (None, Some(voice)) => Part::Voice(voice.parse().ok().filter(|id| record.voices.contains_key(id))),
                (None, None) => Part::List,
            }
        });
        view! {
            {move || match part.get() {
                Part::List => view! { <Tasks place/> }.into_any(),
                Part::How(capture) => view! { <HowPart place capture/> }.into_any(),
                Part::Voice(voice) => view! { <VoicePart place voice/> }.into_any(),
            }}
        }
        .into_any()
    })
}
