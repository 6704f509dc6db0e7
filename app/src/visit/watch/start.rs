//! Before watching: what is done, who watches, and how the child is.

use domain::Payload;
use domain::id::ObservationId;
use domain::payload::observation::{ObservationStarted, Pain};
use leptos::prelude::*;
use leptos_fluent::tr;
use replica::create;
use serde::{Deserialize, Serialize};

use super::address;
use crate::components::draft::Draft;
use crate::components::observed::pain_words;
use crate::components::typed::{name, trimmed};
use crate::components::{Choice, ErrorSummary, Field, Page, Problems, saving};
use crate::platform::clock;
use crate::visit::{Place, Step};

/// The form as it stands, for its draft.
#[derive(Serialize, Deserialize)]
struct BeforeWords {
    what: String,
    who: String,
    alertness: Option<u8>,
    posture: String,
    health: String,
    pain: Option<Pain>,
}

/// The form. Cheap to copy.
#[derive(Clone, Copy)]
struct BeforeForm {
    id: ObservationId,
    what: RwSignal<String>,
    who: RwSignal<String>,
    alertness: RwSignal<Option<u8>>,
    posture: RwSignal<String>,
    health: RwSignal<String>,
    pain: RwSignal<Option<Pain>>,
    problems: Problems,
    draft: Draft,
}

impl BeforeForm {
    fn begin(place: Place) -> BeforeForm {
        let me = place.directory.me.with_untracked(|me| me.as_ref().map(|me| me.name.clone()));
        let form = BeforeForm {
            id: ObservationId(create::uuid(clock::now())),
            what: RwSignal::new(String::new()),
            who: RwSignal::new(me.unwrap_or_default()),
            alertness: RwSignal::new(None),
            posture: RwSignal::new(String::new()),
            health: RwSignal::new(String::new()),
            pain: RwSignal::new(None),
            problems: RwSignal::new(Vec::new()),
            draft: Draft::named(format!("draft/visit/{}/watch", place.visit)),
        };
        form.draft.restore(move |words: BeforeWords| {
            form.what.set(words.what);
            form.who.set(words.who);
            form.alertness.set(words.alertness);
            form.posture.set(words.posture);
            form.health.set(words.health);
            form.pain.set(words.pain);
        });
        form
    }

    fn keep(self) {
        self.draft.keep(|| BeforeWords {
            what: self.what.get_untracked(),
            who: self.who.get_untracked(),
            alertness: self.alertness.get_untracked(),
            posture: self.posture.get_untracked(),
            health: self.health.get_untracked(),
            pain: self.pain.get_untracked(),
        });
    }

    fn started(self, place: Place) -> Result<ObservationStarted, Vec<(&'static str, String)>> {
        let (alertness, pain) = (self.alertness.get_untracked(), self.pain.get_untracked());
        let mut problems = Vec::new();
        if trimmed(self.what).is_empty() {
            problems.push(("what", tr!("watch-what-missing")));
        }
        if name(self.who).is_empty() {
            problems.push(("who", tr!("watch-who-missing")));
        }
        if alertness.is_none() {
            problems.push(("alertness", tr!("watch-alertness-missing")));
        }
        if pain.is_none() {
            problems.push(("pain", tr!("watch-pain-missing")));
        }
        match (alertness, pain) {
            (Some(alertness), Some(pain)) if problems.is_empty() => Ok(ObservationStarted {
                observation: self.id,
                visit: place.visit,
                what: trimmed(self.what),
                who: name(self.who),
                alertness,
                posture: trimmed(self.posture),
                health: trimmed(self.health),
                pain,
            }),
            _ => Err(problems),
        }
    }
}

/// The form.
#[component]
pub(super) fn Before(place: Place) -> impl IntoView {
    let form = BeforeForm::begin(place);
    let problems = form.problems;
    let save = saving(place.stream, form.draft, problems, move || form.keep(), move || address(place, form.id, false));
    let child = place.name();
    let levels = (1..=9).map(|level: u8| (level, level.to_string())).collect::<Vec<_>>();
    let pains = [Pain::None, Pain::Signs, Pain::Unknown].map(|pain| (pain, pain_words(pain))).to_vec();
    view! {
        <Page title=tr!("watch-title") in_error=Signal::derive(move || problems.with(|all| !all.is_empty()))>
            <a class="govuk-back-link" href=place.address(Step::Topics)>{tr!("visit-back-topics")}</a>
            <ErrorSummary problems/>
            <h1 class="heard-title">{tr!("watch-before", {"name" => child.clone()})}</h1>
            <p class="heard-title__second">{tr!("watch-lead")}</p>
            <form class="heard-panel heard-form" novalidate on:input=move |_| form.keep() on:change=move |_| form.keep() on:submit=move |event| {
                event.prevent_default();
                match form.started(place) {
                    Ok(started) => { problems.set(Vec::new()); save.dispatch_local(vec![Payload::ObservationStarted(started)]); }
                    Err(wrong) => problems.set(wrong),
                }
            }>
                <Field id="what" label=tr!("watch-what") hint=tr!("watch-what-hint") value=form.what problems/>
                <Field id="who" label=tr!("watch-who") hint=tr!("watch-who-hint") value=form.who problems/>
                <Choice id="alertness" legend=tr!("watch-alertness", {"name" => child}) hint=tr!("watch-alertness-hint") value=form.alertness options=levels problems inline=true/>
                <Choice id="pain" legend=tr!("watch-pain") value=form.pain options=pains problems/>
                <Field id="posture" label=tr!("watch-posture") value=form.posture problems/>
                <Field id="health" label=tr!("watch-health") hint=tr!("watch-health-hint") value=form.health problems/>
                <button class="govuk-button" id="save" type="submit" disabled=save.pending()>{tr!("watch-begin")}</button>
            </form>
        </Page>
    }
}
