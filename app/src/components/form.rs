//! Form parts in the GOV.UK manner: a label, a hint, an error that names the field, a summary that takes focus.
//!
//! A form keeps its problems in one signal, [`Problems`]: field id → message. [`ErrorSummary`] shows them all; each field
//! shows its own.

use leptos::prelude::*;
use leptos_fluent::tr;

use crate::platform::page;

/// What is wrong with a form, by field id, in the order of the form.
pub type Problems = RwSignal<Vec<(&'static str, String)>>;

pub(super) fn problem_of(problems: Problems, id: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || {
        problems.with(|all| all.iter().find(|(field, _)| *field == id).map(|(_, words)| words.clone()))
    })
}

/// "There is a problem", with a link to each field. Takes focus when it appears.
#[component]
pub fn ErrorSummary(problems: Problems) -> impl IntoView {
    Effect::new(move |_| {
        if problems.with(|all| !all.is_empty()) {
            page::focus(".govuk-error-summary");
        }
    });
    view! {
        <Show when=move || problems.with(|all| !all.is_empty())>
            <div class="govuk-error-summary" tabindex="-1" role="alert" aria-labelledby="error-summary-title">
                <h2 class="govuk-error-summary__title" id="error-summary-title">{tr!("there-is-a-problem")}</h2>
                <div class="govuk-error-summary__body">
                    <ul class="govuk-list govuk-error-summary__list">
                        {move || problems.get().into_iter().map(|(id, words)| view! {
                            <li><a href=format!("#{id}") on:click=move |event| { event.prevent_default(); page::focus(&format!("#{id}")); }>{words}</a></li>
                        }).collect_view()}
                    </ul>
                </div>
            </div>
        </Show>
    }
}

#[component]
pub(super) fn FieldError(id: &'static str, problem: Signal<Option<String>>) -> impl IntoView {
    move || {
        problem.get().map(|words| {
            view! {
                <p id=format!("{id}-error") class="govuk-error-message">
                    <span class="govuk-visually-hidden">{tr!("error-prefix")}</span>" "{words}
                </p>
            }
        })
    }
}

pub(super) fn described_by(
    id: &'static str,
    hint: bool,
    problem: Signal<Option<String>>,
) -> impl Fn() -> Option<String> + Clone {
    move || {
        let parts = [hint.then(|| format!("{id}-hint")), problem.get().map(|_| format!("{id}-error"))];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }
}

pub(super) fn group_class(problem: Signal<Option<String>>) -> impl Fn() -> &'static str + Clone {
    move || if problem.get().is_some() { "govuk-form-group govuk-form-group--error" } else { "govuk-form-group" }
}

/// One line of text.
#[component]
pub fn Field(
    id: &'static str,
    #[prop(into)] label: String,
    value: RwSignal<String>,
    problems: Problems,
    #[prop(optional, into)] hint: String,
    #[prop(default = "text")] kind: &'static str,
    #[prop(default = "govuk-input")] class: &'static str,
    #[prop(optional)] on_leave: Option<Callback<()>>,
) -> impl IntoView {
    let problem = problem_of(problems, id);
    let has_hint = !hint.is_empty();
    view! {
        <div class=group_class(problem)>
            <label class="govuk-label" for=id>{label}</label>
            {has_hint.then(|| view! { <div id=format!("{id}-hint") class="govuk-hint">{hint}</div> })}
            <FieldError id problem/>
            <input
                class=class id=id name=id type=kind autocomplete="off" spellcheck="true"
                aria-describedby=described_by(id, has_hint, problem)
                aria-invalid=move || problem.get().map(|_| "true")
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
                on:change=move |_| { if let Some(leave) = on_leave { leave.try_run(()); } }
            />
        </div>
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    id: &'static str,
    #[prop(into)] label: String,
    value: RwSignal<String>,
    problems: Problems,
    #[prop(optional, into)] hint: String,
    #[prop(default = 3)] rows: u32,
    #[prop(optional)] on_leave: Option<Callback<()>>,
) -> impl IntoView {
    let problem = problem_of(problems, id);
    let has_hint = !hint.is_empty();
    view! {
        <div class=group_class(problem)>
            <label class="govuk-label" for=id>{label}</label>
            {has_hint.then(|| view! { <div id=format!("{id}-hint") class="govuk-hint">{hint}</div> })}
            <FieldError id problem/>
            <textarea
                class="govuk-textarea" id=id name=id rows=rows autocomplete="off"
                aria-describedby=described_by(id, has_hint, problem)
                aria-invalid=move || problem.get().map(|_| "true")
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
                on:change=move |_| { if let Some(leave) = on_leave { leave.try_run(()); } }
            ></textarea>
        </div>
    }
}

/// A passcode, hidden unless shown on purpose. It is not a password of the site: a browser that offered to keep it, or
/// filled it in, would open the vault for whoever holds the tablet.
#[component]
pub fn Passcode(
    id: &'static str,
    #[prop(into)] label: String,
    value: RwSignal<String>,
    problems: Problems,
    #[prop(optional, into)] hint: String,
) -> impl IntoView {
    let problem = problem_of(problems, id);
    let has_hint = !hint.is_empty();
    let shown = RwSignal::new(false);
    view! {
        <div class=group_class(problem)>
            <label class="govuk-label" for=id>{label}</label>
            {has_hint.then(|| view! { <div id=format!("{id}-hint") class="govuk-hint">{hint}</div> })}
            <FieldError id problem/>
            <div class="heard-passcode">
                <input
                    class="govuk-input" id=id name=id autocomplete="off" data-1p-ignore="true" data-lpignore="true" autocapitalize="none" spellcheck="false"
                    type=move || if shown.get() { "text" } else { "password" }
                    aria-describedby=described_by(id, has_hint, problem)
                    aria-invalid=move || problem.get().map(|_| "true")
                    prop:value=move || value.get()
                    on:input=move |event| value.set(event_target_value(&event))
                />
                <button
                    class="govuk-button govuk-button--secondary" type="button" aria-controls=id
                    aria-label=move || if shown.get() { tr!("passcode-hide-label") } else { tr!("passcode-show-label") }
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    {move || if shown.get() { tr!("passcode-hide") } else { tr!("passcode-show") }}
                </button>
            </div>
        </div>
    }
}

/// One of several: radio buttons. Nothing is preselected unless `value` says so.
#[component]
pub fn Choice<T>(
    id: &'static str,
    #[prop(into)] legend: String,
    value: RwSignal<Option<T>>,
    /// What can be chosen, with its words.
    options: Vec<(T, String)>,
    problems: Problems,
    #[prop(optional, into)] hint: String,
    #[prop(optional)] inline: bool,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let problem = problem_of(problems, id);
    let has_hint = !hint.is_empty();
    let class = if inline {
        "govuk-radios govuk-radios--small govuk-radios--inline"
    } else {
        "govuk-radios govuk-radios--small"
    };
    let options = options
        .into_iter()
        .enumerate()
        .map(|(place, (option, words))| {
            // The first one bears the field's id, so that the summary's link lands on it.
            let own = if place == 0 { id.to_owned() } else { format!("{id}-{place}") };
            let (mine, chosen) = (option.clone(), option);
            view! {
                <div class="govuk-radios__item">
                    <input
                        class="govuk-radios__input" type="radio" name=id id=own.clone()
                        prop:checked=move || value.with(|value| value.as_ref() == Some(&mine))
                        on:change=move |_| value.set(Some(chosen.clone()))
                    />
                    <label class="govuk-label govuk-radios__label" for=own>{words}</label>
                </div>
            }
        })
        .collect_view();
    view! {
        <div class=group_class(problem)>
            <fieldset class="govuk-fieldset" aria-describedby=described_by(id, has_hint, problem)>
                <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{legend}</legend>
                {has_hint.then(|| view! { <div id=format!("{id}-hint") class="govuk-hint">{hint}</div> })}
                <FieldError id problem/>
                <div class=class>{options}</div>
            </fieldset>
        </div>
    }
}

/// One check box.
#[component]
pub fn Check(#[prop(into)] id: String, #[prop(into)] label: String, value: RwSignal<bool>) -> impl IntoView {
    view! {
        <div class="govuk-checkboxes__item">
            <input
                class="govuk-checkboxes__input" type="checkbox" id=id.clone() name=id.clone()
                prop:checked=move || value.get()
                on:change=move |event| value.set(event_target_checked(&event))
            />
            <label class="govuk-label govuk-checkboxes__label" for=id>{label}</label>
        </div>
    }
}
