//! Whether the device can say anything aloud by itself.

use domain::vocabulary::LANGUAGE;
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::platform::speech;

/// The device's own voices for the questions' language, the closest first; follows those that come late.
pub fn voices() -> ReadSignal<Vec<String>> {
    let (voices, set_voices) = signal(speech::voices(LANGUAGE));
    let listening = StoredValue::new_local(speech::on_voices(move || {
        set_voices.try_set(speech::voices(LANGUAGE));
    }));
    on_cleanup(move || drop(listening.try_update_value(Option::take)));
    voices
}

/// That nothing can be said aloud on this device, if that is so.
#[component]
pub fn NoVoice(voices: ReadSignal<Vec<String>>) -> impl IntoView {
    view! { <Show when=move || voices.with(Vec::is_empty)><p class="heard-prompt">{tr!("aloud-no-voice")}</p></Show> }
}
