//! After the mat: the same calm screen for everyone.

use domain::payload::capture::EndedBy;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::activity::Activity;
use crate::components::Picture;
use crate::platform::page;

/// The end. Nothing to press: the adult takes the tablet back.
#[component]
pub(super) fn Ending(activity: Activity) -> impl IntoView {
    let stopped = activity.capture.with_untracked(|capture| {
        capture.ended.as_ref().map_or(capture.stopped(), |ended| ended.what == EndedBy::Child)
    });
    let (symbol, words, more) = if stopped {
        ("stop", tr!("child-stopped"), tr!("child-stopped-fine"))
    } else {
        ("finished", tr!("child-finished-title"), String::new())
    };
    let said = words.clone();
    Effect::new(move |_| {
        page::focus(".child__words");
        activity.stage.say(&said);
    });
    view! {
        <section class="child__option">
            <Picture symbol theme=activity.theme/>
            <h1 class="child__words" tabindex="-1">{words}</h1>
            <p class="child__ask">{more}</p>
        </section>
    }
}
