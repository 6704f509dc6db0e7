//! Where the family lives; or that it must not be known, and then it is not here at all.

use domain::Payload;
use domain::payload::family::{Address, AddressRecorded};
use domain::permission::Action;
use leptos::prelude::*;
use leptos_fluent::tr;
use serde::{Deserialize, Serialize};

use super::family::{FamilyForm, WhichFamily};
use crate::components::draft::Draft;
use crate::components::typed::trimmed;
use crate::components::{Choice, ErrorSummary, Page, Problems, TextArea, saving_all};
use crate::record::{Place, at_record};

/// Whether the address may be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Known {
    Known,
    Withheld,
}

/// The family's address.
#[component]
pub fn AddressPage() -> impl IntoView {
    at_record(Action::WriteFacts, |place| view! { <AddressForm place/> }.into_any())
}

#[component]
fn AddressForm(place: Place) -> impl IntoView {
    let family = place.record_now().family.and_then(|family| place.records.now(family));
    let present = family.and_then(|family| family.address.as_ref().map(|address| address.what.address.clone()));
    let (known, words, ask) = match present {
        None => (None, String::new(), String::new()),
        Some(Address::Known(words)) => (Some(Known::Known), words, String::new()),
        Some(Address::Withheld { ask }) => (Some(Known::Withheld), String::new(), ask),
    };
    let (known, words, ask) = (RwSignal::new(known), RwSignal::new(words), RwSignal::new(ask));
    let problems: Problems = RwSignal::new(Vec::new());
    let form = FamilyForm::begin(place, problems);
    let draft = Draft::named(format!("draft/{}/address", place.stream));
    draft.restore(move |(is_known, typed, asked): (Option<Known>, String, String)| {
        known.set(is_known);
        words.set(typed);
        ask.set(asked);
    });
    // An address that is to be withheld is not kept as a draft either.
    let keep = move || {
        draft.keep(|| {
            let is_withheld = known.get_untracked() == Some(Known::Withheld);
            let typed = if is_withheld { String::new() } else { words.get_untracked() };
            (known.get_untracked(), typed, ask.get_untracked())
        });
    };
    let save = saving_all(draft, problems, keep, move || place.address());
    let busy = save.pending();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let address = match known.get_untracked() {
            None => Err(("known", tr!("address-known-missing"))),
            Some(Known::Known) => match trimmed(words) {
                words if words.is_empty() => Err(("address", tr!("address-missing"))),
                words => Ok(Address::Known(words)),
            },
            Some(Known::Withheld) => match trimmed(ask) {
                ask if ask.is_empty() => Err(("ask", tr!("address-ask-missing"))),
                ask => Ok(Address::Withheld { ask }),
            },
        };
        match (address, form.problem(place)) {
            (Ok(address), None) => {
                problems.set(Vec::new());
                let payload = Payload::AddressRecorded(AddressRecorded { address });
                save.dispatch_local(form.parts(place, vec![payload]));
            }
            (address, family) => problems.set(address.err().into_iter().chain(family).collect()),
        }
    };
    let options = vec![(Known::Known, tr!("address-is-known")), (Known::Withheld, tr!("address-is-withheld"))];
    view! {
        <Page title=tr!("address-title") in_error=Signal::derive(move || problems.with(|all| !all.is_empty()))>
            <a class="govuk-back-link" href=place.address()>{tr!("visit-not-yours-record")}</a>
            <ErrorSummary problems/>
            <h1 class="heard-title">{tr!("address-title")}</h1>
            <p class="heard-title__second"><bdi>{place.name()}</bdi></p>
            <form class="heard-panel heard-form heard-narrow-form" novalidate on:input=move |_| keep() on:change=move |_| keep() on:submit=submit>
                <Choice id="known" legend=tr!("address-known") value=known options problems/>
                <Show when=move || known.get() == Some(Known::Known)>
                    <TextArea id="address" label=tr!("address-words") rows=3 value=words problems/>
                </Show>
                <Show when=move || known.get() == Some(Known::Withheld)>
                    <p class="heard-alert">{tr!("address-withheld-rule")}</p>
                    <TextArea id="ask" label=tr!("address-ask") hint=tr!("address-ask-hint") rows=2 value=ask problems/>
                </Show>
                <WhichFamily form place/>
                <button class="govuk-button" id="save" type="submit" disabled=busy>
                    {move || if busy.get() { tr!("visit-saving") } else { tr!("visit-save") }}
                </button>
            </form>
        </Page>
    }
}
