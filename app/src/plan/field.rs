//! One field of the plan: a sealed draft while typing, one operation on leaving.

use domain::id::OperationId;
use domain::payload::Payload;
use domain::payload::plan::{Field, SetField};
use domain::record::item::ItemState;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_fluent::tr;

use super::conflict::Conflict;
use super::desk::Desk;
use crate::components::draft::Draft;
use crate::state::{NotSaved, Urgency};
use crate::words;

/// What a field holds, and the operation a new value replaces.
type Held = (String, Option<OperationId>);

/// How the words on the screen stand to what is saved.
#[derive(Clone, Debug, PartialEq)]
enum Kept {
    /// As they were found.
    AsFound,
    /// Typed, kept as a draft.
    Typing,
    /// Typed earlier, and never saved.
    Restored,
    /// On the way into the store.
    Saving,
    /// Saved since the page was opened.
    Saved,
    /// Not saved.
    Failed(NotSaved),
}

/// One field.
#[component]
pub fn PlanField(
    /// Which field.
    field: Field,
    /// The id of its box.
    id: &'static str,
    /// Its label.
    label: String,
    /// What belongs in it.
    hint: String,
    /// How tall it is; 1 is a single line.
    rows: u32,
) -> impl IntoView {
    let desk = Desk::get();
    let of = field.clone();
    let in_conflict = desk.read(move |record| record.fields.get(&of).is_some_and(|held| held.values.len() > 1));
    let (editor, fixed) = (field.clone(), field.clone());
    let (heading, says) = (label.clone(), label.clone());
    view! {
        <div class="plan-field">
            {move || {
                if in_conflict.get() {
                    view! { <Conflict field=field.clone() id label=heading.clone()/> }.into_any()
                } else if desk.is_open().get() {
                    view! { <Editor field=editor.clone() id label=says.clone() hint=hint.clone() rows/> }.into_any()
                } else {
                    view! { <Fixed field=fixed.clone() label=label.clone()/> }.into_any()
                }
            }}
        </div>
    }
}

/// The words, where they cannot be changed at this moment.
#[component]
fn Fixed(field: Field, label: String) -> impl IntoView {
    let value = Desk::get().read(move |record| record.field(&field).map(|held| held.value.clone()).unwrap_or_default());
    view! {
        <h3 class="plan-field__label">{label}</h3>
        <p class="plan-field__words">{move || Some(value.get()).filter(|value| !value.is_empty()).unwrap_or_else(|| tr!("plan-field-empty"))}</p>
    }
}

#[component]
fn Editor(field: Field, id: &'static str, label: String, hint: String, rows: u32) -> impl IntoView {
    let desk = Desk::get();
    let of = field.clone();
    let held = desk.read(move |record| -> Held {
        (record.field(&of).map(|held| held.value.clone()).unwrap_or_default(), record.replaces(&of))
    });
    let text = RwSignal::new(held.get_untracked().0);
    // What the author saw when the words on the screen were begun: a change from elsewhere meanwhile is a conflict.
    let seen = StoredValue::new(held.get_untracked());
    let kept = RwSignal::new(Kept::AsFound);
    let draft = Draft::named(format!("draft/{}/{id}", desk.stream));
    Effect::new(move |_| {
        let now = held.get();
        let untouched = text.with_untracked(|text| *text == seen.get_value().0 || *text == now.0);
        if untouched {
            text.set(now.0.clone());
            seen.set_value(now);
        }
    });
    draft.restore(move |words: (String, Option<OperationId>)| {
        if words.0 != seen.get_value().0 {
            text.set(words.0);
            seen.update_value(|seen| seen.1 = words.1);
            kept.set(Kept::Restored);
        }
    });
    let typed = move |words: String| {
        draft.keep(|| (words.clone(), seen.get_value().1));
        text.set(words);
        kept.set(Kept::Typing);
    };
    let leave = {
        let field = field.clone();
        move || {
            // The box goes with its page: what was typed is kept as a draft.
            let Some(words) = text.try_get_untracked() else { return };
            let words = domain::text::trimmed(&words).to_owned();
            let (was, replaces) = seen.get_value();
            if words == was {
                draft.forget();
                kept.update(|kept| {
                    if *kept != Kept::Saved {
                        *kept = Kept::AsFound
                    }
                });
                return;
            }
            if kept.get_untracked() == Kept::Saving {
                return;
            }
            kept.set(Kept::Saving);
            text.set(words.clone());
            let set = SetField { field: field.clone(), value: words.clone(), replaces, reason: None };
            let settling = draft.settle();
            spawn_local(async move {
                let saved = desk.save(Payload::SetField(set), Urgency::WithTheRest).await;
                match saved {
                    Ok(()) => settling.forget().await,
                    Err(_) => settling.keep(&(words, replaces)).await,
                }
                kept.try_set(saved.map_or_else(Kept::Failed, |()| Kept::Saved));
            });
        }
    };
    let leave_box = leave.clone();
    view! {
        <div class="govuk-form-group">
            <label class="govuk-label govuk-label--s" for=id>{label}</label>
            <div id=format!("{id}-hint") class="govuk-hint">{hint}</div>
            {if rows == 1 {
                view! {
                    <input
                        class="govuk-input" id=id name=id type="text" autocomplete="off" spellcheck="true" aria-describedby=format!("{id}-hint {id}-state")
                        prop:value=move || text.get() on:input=move |event| typed(event_target_value(&event)) on:blur=move |_| leave_box()
                    />
                }.into_any()
            } else {
                view! {
                    <textarea
                        class="govuk-textarea" id=id name=id rows=rows autocomplete="off" aria-describedby=format!("{id}-hint {id}-state")
                        prop:value=move || text.get() on:input=move |event| typed(event_target_value(&event)) on:blur=move |_| leave_box()
                    ></textarea>
                }.into_any()
            }}
            <KeptState id field kept retry=Callback::new(move |()| leave())/>
        </div>
    }
}

/// Whether the words are safe, and where. True at every moment.
#[component]
fn KeptState(id: &'static str, field: Field, kept: RwSignal<Kept>, retry: Callback<()>) -> impl IntoView {
    let state = Desk::get().state_of(move |record| record.field(&field).map(|held| held.source.id));
    view! {
        <div id=format!("{id}-state") class="plan-field__state" aria-live="polite">
            {move || match (kept.get(), state.get()) {
                (Kept::Typing, _) => view! { <p class="item-state">{tr!("plan-kept-draft")}</p> }.into_any(),
                (Kept::Saving, _) => view! { <p class="item-state">{tr!("plan-kept-saving")}</p> }.into_any(),
                (Kept::Restored, _) => view! {
                    <p class="item-state">{tr!("plan-kept-restored")}</p>
                    <button class="govuk-button govuk-button--secondary plan-small-button" type="button" on:click=move |_| retry.run(())>{tr!("save")}</button>
                }.into_any(),
                (Kept::Failed(problem), _) => view! {
                    <p class="govuk-error-message">{words::not_saved(&problem)}</p>
                    <button class="govuk-button govuk-button--secondary plan-small-button" type="button" on:click=move |_| retry.run(())>{tr!("try-again")}</button>
                }.into_any(),
                (_, Some(ItemState::Saved)) => view! { <p class="item-state item-state--saved">{tr!("plan-kept-saved")}</p> }.into_any(),
                (Kept::Saved, Some(ItemState::Sent | ItemState::Accepted)) => view! { <p class="item-state item-state--sent">{tr!("plan-kept-sent")}</p> }.into_any(),
                _ => ().into_any(),
            }}
        </div>
    }
}
