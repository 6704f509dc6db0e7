//! Views that could not be gathered: why, what was tried, when it is tried next. Never blank.

use domain::Payload;
use domain::code::Code;
use domain::dates::{DateName, Dated, Days, Of, problems_of};
use domain::payload::visit::{NotGathered, NotGatheredReason};
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_fluent::tr;
use serde::{Deserialize, Serialize};

use super::communicates::Communicates;
use super::place::at_visit;
use super::{Place, Step};
use crate::components::draft::Draft;
use crate::components::saving;
use crate::components::typed::trimmed;
use crate::components::{Choice, DateBoxes, DateInput, ErrorSummary, Page, Problems, TextArea};
use crate::words;

/// A reason, at the head of a line.
pub(super) fn reason(reason: NotGatheredReason) -> String {
    match reason {
        NotGatheredReason::Asleep => tr!("visit-reason-asleep"),
        NotGatheredReason::Unwell => tr!("visit-reason-unwell"),
        NotGatheredReason::Declined => tr!("visit-reason-declined"),
        NotGatheredReason::NotThere => tr!("visit-reason-not-there"),
        NotGatheredReason::MethodDidNotSuit => tr!("visit-reason-method"),
        NotGatheredReason::NotFree => tr!("visit-reason-not-free"),
        NotGatheredReason::Other => tr!("visit-reason-other"),
    }
}

/// The form as it stands, for its draft.
#[derive(Serialize, Deserialize)]
struct NotGatheredWords {
    reason: Option<NotGatheredReason>,
    words: String,
    tried: String,
    next: DateBoxes,
}

/// The form. Cheap to copy.
#[derive(Clone, Copy)]
struct NotGatheredForm {
    reason: RwSignal<Option<NotGatheredReason>>,
    words: RwSignal<String>,
    tried: RwSignal<String>,
    next: RwSignal<DateBoxes>,
    problems: Problems,
    draft: Draft,
}

impl NotGatheredForm {
    fn begin(place: Place) -> NotGatheredForm {
        // A child who declined has said why already.
        let declined = place.visit_now().is_declined();
        let form = NotGatheredForm {
            reason: RwSignal::new(declined.then_some(NotGatheredReason::Declined)),
            words: RwSignal::new(String::new()),
            tried: RwSignal::new(String::new()),
            next: RwSignal::new(DateBoxes::default()),
            problems: RwSignal::new(Vec::new()),
            draft: Draft::named(format!("draft/visit/{}/not-gathered", place.visit)),
        };
        form.draft.restore(move |words: NotGatheredWords| {
            form.reason.set(words.reason);
            form.words.set(words.words);
            form.tried.set(words.tried);
            form.next.set(words.next);
        });
        form
    }

    fn keep(self) {
        self.draft.keep(|| NotGatheredWords {
            reason: self.reason.get_untracked(),
            words: self.words.get_untracked(),
            tried: self.tried.get_untracked(),
            next: self.next.get_untracked(),
        });
    }

    /// The next attempt, by the rule that the server judges it by.
    fn next(self, place: Place) -> Result<Date, String> {
        let on = self.next.with_untracked(DateBoxes::read).map_err(|problem| problem.in_words())?;
        let today = place.calendar.today();
        let dated = Dated { date: DateName::NextAttempt, on, of: Of::Visit(place.visit) };
        let Some(problem) = problems_of(&place.record_now().standing, dated, Days::now(today)).into_iter().next()
        else {
            return Ok(on);
        };
        let [said, now] = [on, today].map(|day| day.strftime("%-d %B %Y").to_string());
        Err(match problem.rule.code {
            Code::DateInPast => tr!("visit-next-past", {"next" => said, "today" => now}),
            Code::DateTooFar => tr!("visit-next-far", {"next" => said, "today" => now}),
            _ => words::date_problem(&problem),
        })
    }

    fn not_gathered(self, place: Place) -> Result<NotGathered, Vec<(&'static str, String)>> {
        let (reason, next) = (self.reason.get_untracked(), self.next(place));
        let mut problems = Vec::new();
        if reason.is_none() {
            problems.push(("reason", tr!("visit-reason-missing")));
        }
        if reason == Some(NotGatheredReason::Other) && trimmed(self.words).is_empty() {
            problems.push(("words", tr!("visit-reason-words-missing")));
        }
        if trimmed(self.tried).is_empty() {
            problems.push(("tried", tr!("visit-tried-missing")));
        }
        if let Err(words) = &next {
            problems.push(("next", words.clone()));
        }
        match (reason, next) {
            (Some(reason), Ok(next)) if problems.is_empty() => Ok(NotGathered {
                visit: place.visit,
                capture: None,
                reason,
                words: trimmed(self.words),
                tried: trimmed(self.tried),
                next,
            }),
            _ => Err(problems),
        }
    }
}

/// Views that could not be gathered.
#[component]
pub fn NotGatheredPage() -> impl IntoView {
    at_visit(|place| view! { <Form place/> }.into_any())
}

#[component]
fn Form(place: Place) -> impl IntoView {
    let form = NotGatheredForm::begin(place);
    let problems = form.problems;
    let save = saving(place.stream, form.draft, problems, move || form.keep(), move || place.address(Step::WriteUp));
    let name = place.name();
    let back = match place.visit_now().started {
        Some(_) => (place.address(Step::Topics), tr!("visit-back-topics")),
        None => (place.address(Step::Start), tr!("visit-back-start")),
    };
    let options = [
        NotGatheredReason::Asleep,
        NotGatheredReason::Unwell,
        NotGatheredReason::Declined,
        NotGatheredReason::NotThere,
        NotGatheredReason::MethodDidNotSuit,
        NotGatheredReason::NotFree,
        NotGatheredReason::Other,
    ];
    let options = options.map(|one| (one, reason(one))).to_vec();
    view! {
        <Page title=tr!("visit-not-gathered") in_error=Signal::derive(move || problems.with(|all| !all.is_empty()))>
            <a class="govuk-back-link" href=back.0>{back.1}</a>
            <ErrorSummary problems/>
            <h1 class="heard-title">{tr!("visit-not-gathered")}</h1>
            <p class="heard-title__second">{tr!("visit-not-gathered-lead", {"name" => name.clone()})}</p>
            <div class="heard-split">
            <form class="heard-panel heard-form" novalidate on:input=move |_| form.keep() on:change=move |_| form.keep() on:submit=move |event| {
                event.prevent_default();
                match form.not_gathered(place) {
                    Ok(not) => { problems.set(Vec::new()); save.dispatch_local(vec![Payload::NotGathered(not)]); }
                    Err(wrong) => problems.set(wrong),
                }
            }>
                <Choice id="reason" legend=tr!("visit-reason") value=form.reason options problems/>
                <TextArea id="words" label=tr!("visit-reason-words") hint=tr!("visit-reason-words-hint", {"name" => name}) rows=2 value=form.words problems/>
                <TextArea id="tried" label=tr!("visit-tried") hint=tr!("visit-tried-hint") rows=2 value=form.tried problems/>
                <DateInput id="next" legend=tr!("visit-next") hint=tr!("visit-next-hint", {"date" => words::example_date(place.calendar.today())}) value=form.next problems/>
                <button class="govuk-button" id="save" type="submit" disabled=save.pending()>
                    {move || if save.pending().get() { tr!("visit-saving") } else { tr!("visit-save") }}
                </button>
            </form>
            <aside class="heard-stack heard-beside" aria-label=tr!("visit-beside")><Communicates place/></aside>
            </div>
        </Page>
    }
}
