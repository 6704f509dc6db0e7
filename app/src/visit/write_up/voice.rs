//! Adding a voice, or correcting one.

use domain::Payload;
use domain::id::VoiceId;
use domain::payload::child::ParentalResponsibility;
use domain::payload::visit::Lane;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::voice_form::{VoiceForm, Whose, person_of};
use crate::components::saving;
use crate::components::{Choice, ErrorSummary, Field, Page, TextArea};
use crate::visit::{Place, Step};

/// Adds a voice, or corrects one.
#[component]
pub(super) fn VoicePart(place: Place, voice: Option<VoiceId>) -> impl IntoView {
    let form = VoiceForm::begin(place, voice);
    let problems = form.problems;
    let save = saving(place.stream, form.draft, problems, move || form.keep(), move || place.address(Step::WriteUp));
    view! {
        <Page title=tr!("visit-voice-title") in_error=Signal::derive(move || problems.with(|all| !all.is_empty()))>
            <a class="govuk-back-link" href=place.address(Step::WriteUp)>{tr!("visit-back-write-up")}</a>
            <ErrorSummary problems/>
            <h1 class="heard-title">{tr!("visit-voice-title")}</h1>
            <p class="heard-title__second">{tr!("visit-voice-lead")}</p>
            <div class="heard-split">
            <form class="heard-panel heard-form" novalidate on:input=move |_| form.keep() on:change=move |_| form.keep() on:submit=move |event| {
                event.prevent_default();
                problems.set(form.problems_now(place));
                if problems.with_untracked(Vec::is_empty) {
                    save.dispatch_local(form.voice(place).map(Payload::VoiceAdded).into_iter().collect());
                }
            }>
                <WhoseVoice form place/>
                <TextArea id="words" label=tr!("visit-words") hint=tr!("visit-words-hint") rows=4 value=form.words problems/>
                <Through form place/>
                <button class="govuk-button" id="save" type="submit" disabled=save.pending()>
                    {move || if save.pending().get() { tr!("visit-saving") } else { tr!("visit-save") }}
                </button>
            </form>
            <aside class="heard-stack heard-beside" aria-label=tr!("visit-voice-beside")>
                <section class="heard-panel" aria-labelledby="voices-all">
                    <h2 class="heard-panel__title" id="voices-all">{tr!("visit-voice-beside")}</h2>
                    <ul class="govuk-list govuk-list--bullet">
                        <li>{tr!("visit-voice-parents")}</li>
                        <li>{tr!("visit-voice-absent")}</li>
                        <li>{tr!("visit-voice-family")}</li>
                        <li>{tr!("visit-voice-interpreter")}</li>
                    </ul>
                </section>
            </aside>
            </div>
        </Page>
    }
}

/// Whose voice, and in which lane where that does not follow from it.
#[component]
fn WhoseVoice(form: VoiceForm, place: Place) -> impl IntoView {
    let record = place.record_now();
    let mut people: Vec<_> = record.people.values().map(|told| &told.what).collect();
    people.sort_by_key(|person| (person.responsibility != ParentalResponsibility::Held, person.relationship.clone()));
    let person = |person: &domain::payload::child::PersonRecorded| {
        let label = tr!("visit-person", {"relationship" => person.relationship.clone(), "name" => person.name.clone()});
        (Whose::Person(person.person), label)
    };
    let mut options: Vec<_> = people.into_iter().map(person).collect();
    options.push((Whose::Child, tr!("visit-whose-child", {"name" => place.name()})));
    options.push((Whose::Seen, tr!("visit-whose-seen")));
    options.push((Whose::Other, tr!("visit-whose-other")));
    let lanes = vec![
        (Lane::Parent, tr!("visit-lane-parent")),
        (Lane::Family, tr!("visit-lane-family")),
        (Lane::Professional, tr!("visit-lane-professional")),
    ];
    let ask_lane = Memo::new(move |_| form.whose.get().is_some() && form.known_lane(place).is_none());
    view! {
        <Choice id="whose" legend=tr!("visit-whose") value=form.whose options problems=form.problems/>
        <Show when=move || form.whose.get() == Some(Whose::Other)>
            <div class="heard-conditional"><Field id="who" label=tr!("visit-who") value=form.who problems=form.problems/></div>
        </Show>
        <Show when=move || ask_lane.get()>
            <Choice id="lane" legend=tr!("visit-which-lane") value=form.lane options=lanes.clone() problems=form.problems/>
        </Show>
    }
}

/// Language and interpreter, with what is known of the person.
#[component]
fn Through(form: VoiceForm, place: Place) -> impl IntoView {
    let language = Memo::new(move |_| match form.whose.get() {
        Some(Whose::Person(person)) => person_of(place, person).and_then(|person| person.language),
        _ => None,
    });
    let hint = move || match language.get() {
        Some(language) => tr!("visit-through-hint-language", {"language" => language}),
        None => tr!("visit-through-hint"),
    };
    move || view! { <Field id="through" label=tr!("visit-through") hint=hint() value=form.through problems=form.problems/> }
}
