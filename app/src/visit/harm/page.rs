//! What is decided about what may be a sign of harm, before the visit ends: it is explained, a manager looks at it today, or the
//! child may not be safe. Works without signal; then the telephone is the way.

use domain::Payload;
use domain::payload::harm::{HarmDecision, HarmLookedAt};
use domain::record::capture::Capture;
use leptos::prelude::*;
use leptos_fluent::tr;
use serde::{Deserialize, Serialize};

use super::open_signs;
use crate::components::draft::Draft;
use crate::components::typed::trimmed;
use crate::components::{Check, Choice, ErrorSummary, Page, Picture, Problems, TextArea, go};
use crate::state::{CouncilSettings, Records, Urgency};
use crate::visit::place::at_visit;
use crate::visit::{Place, Step};
use crate::words;

/// To whom it goes first. It is asked, and never written: whoever it is about may read the record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
enum Route {
    /// To the manager, who reads the record.
    #[default]
    Manager,
    /// It is about a colleague or the manager: to the designated officer, by telephone.
    DesignatedOfficer,
}

/// The form as it stands, for its draft.
#[derive(Serialize, Deserialize)]
struct LookedWords {
    decision: Option<HarmDecision>,
    route: Route,
    words: String,
    involved: String,
    rang: bool,
}

/// The form. Cheap to copy.
#[derive(Clone, Copy)]
struct LookForm {
    decision: RwSignal<Option<HarmDecision>>,
    route: RwSignal<Option<Route>>,
    words: RwSignal<String>,
    involved: RwSignal<String>,
    rang: RwSignal<bool>,
    problems: Problems,
    draft: Draft,
}

impl LookForm {
    fn begin(capture: &Capture) -> LookForm {
        let form = LookForm {
            decision: RwSignal::new(None),
            route: RwSignal::new(Some(Route::Manager)),
            words: RwSignal::new(String::new()),
            involved: RwSignal::new(String::new()),
            rang: RwSignal::new(false),
            problems: RwSignal::new(Vec::new()),
            draft: Draft::named(format!("draft/look/{}", capture.id)),
        };
        form.draft.restore(move |words: LookedWords| {
            form.decision.set(words.decision);
            form.route.set(Some(words.route));
            form.words.set(words.words);
            form.involved.set(words.involved);
            form.rang.set(words.rang);
        });
        form
    }

    fn keep(self) {
        self.draft.keep(|| LookedWords {
            decision: self.decision.get_untracked(),
            route: self.route.get_untracked().unwrap_or_default(),
            words: self.words.get_untracked(),
            involved: self.involved.get_untracked(),
            rang: self.rang.get_untracked(),
        });
    }

    /// Whether it goes to the designated officer, and nothing more of it is written here.
    fn goes_outside(self) -> bool {
        self.decision.get() != Some(HarmDecision::Explained) && self.route.get() == Some(Route::DesignatedOfficer)
    }

    fn looked(self, capture: &Capture) -> Result<HarmLookedAt, Vec<(&'static str, String)>> {
        let outside = untrack(|| self.goes_outside());
        let Some(decision) = self.decision.get_untracked() else {
            return Err(vec![("decision", tr!("look-decision-missing"))]);
        };
        if !outside && trimmed(self.words).is_empty() {
            return Err(vec![("words", words_missing(decision))]);
        }
        if outside {
            let (words, involved) = (String::new(), String::new());
            return Ok(HarmLookedAt {
                capture: capture.id,
                decision: HarmDecision::Looked,
                words,
                involved,
                rang: false,
            });
        }
        let is_explained = decision == HarmDecision::Explained;
        Ok(HarmLookedAt {
            capture: capture.id,
            decision,
            words: trimmed(self.words),
            involved: if is_explained { String::new() } else { trimmed(self.involved) },
            rang: !is_explained && self.rang.get_untracked(),
        })
    }
}

fn words_missing(decision: HarmDecision) -> String {
    match decision {
        HarmDecision::Explained => tr!("look-explained-missing"),
        _ => tr!("look-shown-missing"),
    }
}

/// One activity after the other, until each is looked at.
#[component]
pub fn LookPage() -> impl IntoView {
    at_visit(|place| {
        let first = Memo::new(move |_| open_signs(place).into_iter().next().map(|capture| capture.id));
        let page = move || {
            let open = untrack(|| open_signs(place)).into_iter().next();
            first.get().and(open).map_or_else(
                || view! { <Looked place/> }.into_any(),
                |capture| view! { <Look place capture/> }.into_any(),
            )
        };
        page.into_any()
    })
}

/// Nothing is open any more.
#[component]
fn Looked(place: Place) -> impl IntoView {
    view! {
        <Page title=tr!("look-title-done")>
            <a class="govuk-back-link" href=place.address(Step::Topics)>{tr!("visit-back-topics")}</a>
            <h1 class="heard-title">{tr!("look-title-done")}</h1>
            <p class="govuk-body">{tr!("look-done")}</p>
            <a class="govuk-button" draggable="false" href=place.address(Step::Topics)>{tr!("look-on")}</a>
        </Page>
    }
}

/// The telephones that the council has set, in their order.
#[component]
fn WhomToRing() -> impl IntoView {
    let set = CouncilSettings::of(Records::get()).set;
    let telephones = Memo::new(move |_| set.with(|set| set.as_ref().map(|set| set.telephones.clone())));
    move || {
        match telephones.get().filter(|all| !all.is_empty()) {
        Some(telephones) => view! {
            <p class="look-ring__number">{tr!("look-ring")}</p>
            {telephones.into_iter().map(|of| view! {
                <p class="look-ring__number"><a class="govuk-link" href=format!("tel:{}", of.number.replace(' ', ""))>{of.number.clone()}</a>" "<span class="heard-quiet"><bdi>{of.who}</bdi></span></p>
            }).collect_view()}
        }.into_any(),
        None => view! { <p class="look-ring__number">{tr!("look-ring-unknown")}</p> }.into_any(),
    }
    }
}

#[component]
fn Look(place: Place, capture: Capture) -> impl IntoView {
    let form = LookForm::begin(&capture);
    let problems = form.problems;
    let name = place.name();
    let decisions = [
        (HarmDecision::Explained, tr!("look-explained")),
        (HarmDecision::Unsure, tr!("look-unsure")),
        (HarmDecision::Worried, tr!("look-worried", {"name" => name.clone()})),
    ];
    let routes =
        vec![(Route::Manager, tr!("look-route-manager")), (Route::DesignatedOfficer, tr!("look-route-officer"))];
    let is_open = Memo::new(move |_| form.decision.get().is_some_and(|decision| decision != HarmDecision::Explained));
    let is_worried = Memo::new(move |_| form.decision.get() == Some(HarmDecision::Worried));
    let goes_outside = Memo::new(move |_| form.goes_outside());
    let go = go();
    let records = place.records;
    let save = Action::new_local(move |looked: &HarmLookedAt| {
        let (looked, go, settling) = (looked.clone(), go.clone(), form.draft.settle());
        async move {
            match records.record(place.stream, vec![Payload::HarmLookedAt(looked)], Urgency::Now).await {
                Ok(()) => {
                    settling.forget().await;
                    if untrack(|| open_signs(place)).is_empty() {
                        go(place.address(Step::Topics), true);
                    }
                }
                Err(problem) => {
                    form.keep();
                    problems.set(vec![("save", words::not_saved(&problem))]);
                }
            }
        }
    });
    let words_label = move || match form.decision.get() {
        Some(HarmDecision::Explained) | None => tr!("look-how-explained"),
        Some(_) => tr!("look-shown", {"name" => place.name()}),
    };
    let asked = StoredValue::new(capture.clone());
    view! {
        <Page title=tr!("look-title", {"name" => name.clone()}) in_error=Signal::derive(move || problems.with(|all| !all.is_empty()))>
            <a class="govuk-back-link" href=place.address(Step::Topics)>{tr!("visit-back-topics")}</a>
            <ErrorSummary problems/>
            <h1 class="heard-title">{tr!("look-title", {"name" => name.clone()})}</h1>
            <p class="heard-title__second">{tr!("look-lead")}</p>
            <div class="heard-split">
            <div class="heard-stack">
                <Signs place capture=capture.clone()/>
                <form class="heard-panel heard-form" novalidate on:input=move |_| form.keep() on:change=move |_| form.keep() on:submit=move |event| {
                    event.prevent_default();
                    match asked.with_value(|capture| form.looked(capture)) {
                        Ok(looked) => { problems.set(Vec::new()); save.dispatch_local(looked); }
                        Err(wrong) => problems.set(wrong),
                    }
                }>
                    <Choice id="decision" legend=tr!("look-decision") value=form.decision options=decisions.to_vec() problems/>
                    <Show when=move || is_worried.get()>
                        <div class="heard-alert look-ring" role="status">
                            <WhomToRing/>
                            <p class="govuk-body">{tr!("look-ring-do", {"name" => place.name()})}</p>
                        </div>
                    </Show>
                    <Show when=move || is_open.get()>
                        <Choice id="route" legend=tr!("look-route") value=form.route options=routes.clone() problems/>
                        <Check id="rang" label=tr!("look-rang") value=form.rang/>
                    </Show>
                    <Show when=move || goes_outside.get()>
                        <p class="heard-prompt">{tr!("look-officer")}</p>
                    </Show>
                    <Show when=move || form.decision.get().is_some() && !goes_outside.get()>
                        {move || view! { <TextArea id="words" label=words_label() hint=tr!("look-words-hint") rows=3 value=form.words problems/> }}
                        <Show when=move || is_open.get()>
                            <TextArea id="involved" label=tr!("look-involved") hint=tr!("look-involved-hint") rows=1 value=form.involved problems/>
                        </Show>
                    </Show>
                    <button class="govuk-button" id="save" type="submit" disabled=save.pending()>
                        {move || if save.pending().get() { tr!("visit-saving") } else { tr!("look-save") }}
                    </button>
                </form>
            </div>
            <aside class="heard-stack heard-beside" aria-label=tr!("look-beside")>
                <section class="heard-panel" aria-labelledby="while-you-decide">
                    <h2 class="heard-panel__title" id="while-you-decide">{tr!("look-beside")}</h2>
                    <ul class="govuk-list govuk-list--bullet">
                        <li>{tr!("harm-let-finish", {"name" => name.clone()})}</li>
                        <li>{tr!("harm-unclear")}</li>
                        <li>{tr!("harm-next", {"name" => name})}</li>
                    </ul>
                </section>
            </aside>
            </div>
        </Page>
    }
}

/// What the child showed, when, and in which activity.
#[component]
fn Signs(place: Place, capture: Capture) -> impl IntoView {
    let today = place.calendar.today();
    let at = words::near_time(capture.started.captured_at, today);
    let about = tr!("look-activity", {"topic" => capture.question.topic.words.clone(), "at" => at});
    let signs = capture.harm_signs().into_iter().map(|sign| {
        view! {
            <li class="view-card"><span class="view-card__picture"><Picture symbol=sign.symbol/><span>{sign.words}</span></span></li>
        }
    });
    view! {
        <section class="heard-panel" aria-label=tr!("look-signs")>
            <ul class="heard-view-cards">{signs.collect_view()}</ul>
            <p class="govuk-body heard-panel__after">{about}</p>
        </section>
    }
}
