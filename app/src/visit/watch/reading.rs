//! Afterwards: exactly what the child did, what it may mean to somebody who knows them, and what else could explain it.

use domain::Payload;
use domain::id::ObservationId;
use domain::payload::observation::{Confidence, ObservationRead};
use leptos::prelude::*;
use leptos_fluent::tr;
use serde::{Deserialize, Serialize};

use super::{address, observation};
use crate::components::draft::Draft;
use crate::components::observed::{Observed, confidence_words};
use crate::components::typed::{name, trimmed};
use crate::components::{Choice, ErrorSummary, Field, Page, Problems, TextArea, saving};
use crate::visit::{Place, Step};

/// The form as it stands, for its draft.
#[derive(Serialize, Deserialize)]
struct ReadWords {
    who: String,
    behaviour: String,
    meaning: String,
    otherwise: String,
    confidence: Option<Confidence>,
}

/// The form. Cheap to copy.
#[derive(Clone, Copy)]
struct ReadForm {
    who: RwSignal<String>,
    behaviour: RwSignal<String>,
    meaning: RwSignal<String>,
    otherwise: RwSignal<String>,
    confidence: RwSignal<Option<Confidence>>,
    problems: Problems,
    draft: Draft,
}

impl ReadForm {
    fn begin(place: Place, id: ObservationId) -> ReadForm {
        let words = || RwSignal::new(String::new());
        let watcher = untrack(|| observation(place, id)).started.map(|started| started.what.who).unwrap_or_default();
        let form = ReadForm {
            who: RwSignal::new(watcher),
            behaviour: words(),
            meaning: words(),
            otherwise: words(),
            confidence: RwSignal::new(None),
            problems: RwSignal::new(Vec::new()),
            draft: Draft::named(format!("draft/watch/{id}/read")),
        };
        form.draft.restore(move |words: ReadWords| {
            form.who.set(words.who);
            form.behaviour.set(words.behaviour);
            form.meaning.set(words.meaning);
            form.otherwise.set(words.otherwise);
            form.confidence.set(words.confidence);
        });
        form
    }

    fn keep(self) {
        self.draft.keep(|| ReadWords {
            who: self.who.get_untracked(),
            behaviour: self.behaviour.get_untracked(),
            meaning: self.meaning.get_untracked(),
            otherwise: self.otherwise.get_untracked(),
            confidence: self.confidence.get_untracked(),
        });
    }

    fn read(self, id: ObservationId) -> Result<ObservationRead, Vec<(&'static str, String)>> {
        let mut problems = Vec::new();
        if name(self.who).is_empty() {
            problems.push(("who", tr!("watch-reader-missing")));
        }
        let required = [
            ("behaviour", self.behaviour, tr!("watch-behaviour-missing")),
            ("meaning", self.meaning, tr!("watch-meaning-missing")),
            ("otherwise", self.otherwise, tr!("watch-otherwise-missing")),
        ];
        problems.extend(
            required
                .into_iter()
                .filter(|(_, words, _)| trimmed(*words).is_empty())
                .map(|(id, _, missing)| (id, missing)),
        );
        let confidence = self.confidence.get_untracked();
        if confidence.is_none() {
            problems.push(("confidence", tr!("watch-confidence-missing")));
        }
        match confidence {
            Some(confidence) if problems.is_empty() => Ok(ObservationRead {
                observation: id,
                who: name(self.who),
                behaviour: trimmed(self.behaviour),
                meaning: trimmed(self.meaning),
                otherwise: trimmed(self.otherwise),
                confidence,
            }),
            _ => Err(problems),
        }
    }
}

/// What was marked, and the form. Several people may read one occasion, each for themselves.
#[component]
pub(super) fn Reading(place: Place, id: ObservationId) -> impl IntoView {
    let form = ReadForm::begin(place, id);
    let problems = form.problems;
    let save = saving(place.stream, form.draft, problems, move || form.keep(), move || place.address(Step::WriteUp));
    let today = place.calendar.today();
    let levels = [Confidence::Low, Confidence::Some, Confidence::High].map(|one| (one, confidence_words(one))).to_vec();
    let child = place.name();
    view! {
        <Page title=tr!("watch-title") in_error=Signal::derive(move || problems.with(|all| !all.is_empty()))>
            <a class="govuk-back-link" href=address(place, id, false)>{tr!("watch-back")}</a>
            <ErrorSummary problems/>
            <h1 class="heard-title">{tr!("watch-after", {"name" => child.clone()})}</h1>
            <p class="heard-title__second">{tr!("observed-not-words", {"name" => child.clone()})}</p>
            <div class="heard-split">
                <form class="heard-panel heard-form" novalidate on:input=move |_| form.keep() on:change=move |_| form.keep() on:submit=move |event| {
                    event.prevent_default();
                    match form.read(id) {
                        Ok(read) => { problems.set(Vec::new()); save.dispatch_local(vec![Payload::ObservationRead(read)]); }
                        Err(wrong) => problems.set(wrong),
                    }
                }>
                    <Field id="who" label=tr!("watch-reader") hint=tr!("watch-reader-hint", {"name" => child.clone()}) value=form.who problems/>
                    <TextArea id="behaviour" label=tr!("watch-behaviour", {"name" => child.clone()}) hint=tr!("watch-behaviour-hint") rows=2 value=form.behaviour problems/>
                    <TextArea id="meaning" label=tr!("watch-meaning") rows=2 value=form.meaning problems/>
                    <TextArea id="otherwise" label=tr!("watch-otherwise") hint=tr!("watch-otherwise-hint") rows=2 value=form.otherwise problems/>
                    <Choice id="confidence" legend=tr!("watch-confidence") value=form.confidence options=levels problems/>
                    <button class="govuk-button" id="save" type="submit" disabled=save.pending()>
                        {move || if save.pending().get() { tr!("visit-saving") } else { tr!("visit-save") }}
                    </button>
                </form>
                <aside class="heard-stack heard-beside" aria-label=tr!("watch-beside")>
                    <section class="heard-panel" aria-label=tr!("watch-beside")>
                        {move || view! { <Observed of=observation(place, id) today/> }}
                    </section>
                </aside>
            </div>
        </Page>
    }
}
