//! The ways out: always in the same places, never counted as answers.

use domain::vocabulary::Vocabulary;
use leptos::prelude::*;

use super::activity::Activity;
use super::tap::Tap;
use crate::components::Picture;

/// A way out, with the picture and words of a control of the vocabulary.
#[component]
pub(super) fn Escape(
    activity: Activity,
    control: &'static str,
    pressed: Callback<()>,
    #[prop(default = "escape")] class: &'static str,
    #[prop(default = "escape")] rank: &'static str,
) -> impl IntoView {
    let words = Vocabulary::built_in().symbol(control).map(|symbol| symbol.words.as_str()).unwrap_or_default();
    view! {
        <button class=class type="button" data-target=control data-rank=rank on:click=move |_| pressed.run(())>
            <Picture symbol=control theme=activity.theme/>
            <span>{words}</span>
        </button>
    }
}

/// Stops at once: no question, no passcode.
#[component]
pub(super) fn Stop(activity: Activity) -> impl IntoView {
    view! {
        <Escape
            activity control="stop" class="escape escape--stop" rank="stop"
            pressed=Callback::new(move |()| { activity.press(Tap::Stop); })
        />
    }
}

/// The escapes on the left.
#[component]
pub(super) fn Start(children: Children) -> impl IntoView {
    view! { <div class="escapes--start">{children()}</div> }
}

/// Stop alone, in its corner.
#[component]
pub(super) fn StopOnly(activity: Activity) -> impl IntoView {
    view! { <div class="escapes--end"><Stop activity/></div> }
}
