//! "Press the switch now": which key a switch sends, learnt from the switch.

use domain::payload::profile::Input;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::platform::page;

/// The keys of the child's switches, each with a way to learn another. `changed` is told when one was learnt.
#[component]
pub(super) fn SwitchKeys(keys: RwSignal<Vec<String>>, input: Input, changed: Callback<()>) -> impl IntoView {
    let rows = match input {
        Input::OneSwitch => vec![(0, tr!("key-only"), tr!("key-usual-one"))],
        Input::TwoSwitches => {
            vec![(0, tr!("key-first"), tr!("key-space")), (1, tr!("key-second"), tr!("key-enter"))]
        }
        _ => Vec::new(),
    };
    rows.into_iter().map(|(switch, label, usual)| view! { <SwitchKey keys switch label usual changed/> }).collect_view()
}

#[component]
fn SwitchKey(
    keys: RwSignal<Vec<String>>,
    switch: usize,
    label: String,
    usual: String,
    changed: Callback<()>,
) -> impl IntoView {
    let learns = RwSignal::new(false);
    let learnt = move || keys.with(|keys| keys.get(switch).filter(|key| !key.is_empty()).cloned());
    let set = move |key: String| {
        keys.update(|keys| *keys = with_key(keys, switch, key));
        changed.run(());
    };
    let name = move || learnt().map_or_else(|| usual.clone(), |key| in_words(&key));
    let begin = move |_| {
        learns.set(true);
        page::after_paint(|| page::focus(".heard-learn__now"));
    };
    let press = move |event: KeyboardEvent| {
        event.prevent_default();
        match event.key().as_str() {
            // These leave the field, and a switch that sent one could not be told from the keyboard's own way out.
            "Tab" | "Escape" => {}
            key => set(key.to_owned()),
        }
        learns.set(false);
    };
    view! {
        <div class="heard-learn">
            <p class="govuk-body"><strong>{label}</strong>" "{name}</p>
            <Show
                when=move || learns.get()
                fallback=move || view! {
                    <button class="govuk-button govuk-button--secondary" type="button" on:click=begin>{tr!("key-learn")}</button>
                    <Show when=move || learnt().is_some()>
                        <button class="govuk-button govuk-button--secondary" type="button" on:click=move |_| set(String::new())>
                            {tr!("key-forget")}
                        </button>
                    </Show>
                }
            >
                <p class="heard-learn__now" tabindex="-1" role="status" on:keydown=press on:blur=move |_| learns.set(false)>
                    {tr!("key-press-now")}
                </p>
            </Show>
        </div>
    }
}

/// The keys with another for one switch; none is the usual one again. One key is one switch: the other one gives it up for the key
/// that this one had, or there would be nothing to choose with.
fn with_key(keys: &[String], switch: usize, key: String) -> Vec<String> {
    let usual = [" ", "Enter"];
    let now = |place: usize| match keys.get(place).map(String::as_str) {
        None | Some("") => usual[place],
        Some(key) => key,
    };
    let had = now(switch).to_owned();
    let mut keys: Vec<String> = (0..usual.len()).map(|place| now(place).to_owned()).collect();
    keys[switch] = if key.is_empty() { usual[switch].to_owned() } else { key };
    let other = 1 - switch;
    if keys[other] == keys[switch] {
        keys[other] = had;
    }
    keys.iter().zip(usual).map(|(key, usual)| if key == usual { String::new() } else { key.clone() }).collect()
}

/// A key as people call it.
fn in_words(key: &str) -> String {
    match key {
        " " => tr!("key-space"),
        "Enter" => tr!("key-enter"),
        key => key.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learnt(keys: [&str; 2], switch: usize, key: &str) -> Vec<String> {
        with_key(&keys.map(str::to_owned), switch, key.to_owned())
    }

    #[test]
    fn a_key_is_learnt_for_one_switch_and_can_be_forgotten() {
        assert_eq!(with_key(&[], 0, "F7".to_owned()), ["F7", ""]);
        assert_eq!(learnt(["F7", ""], 1, "m"), ["F7", "m"]);
        assert_eq!(learnt(["F7", "m"], 0, ""), ["", "m"]);
    }

    #[test]
    fn one_key_is_never_both_switches() {
        assert_eq!(learnt(["F7", ""], 1, "F7"), ["Enter", "F7"]);
        assert_eq!(learnt(["", ""], 0, "Enter"), ["Enter", " "]);
        assert_eq!(learnt(["Enter", " "], 0, ""), ["", ""]);
    }
}
