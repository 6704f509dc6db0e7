//! What the child said and what follows from it, in the child's own pictures: to look at together, and to keep on paper.

use domain::Payload;
use domain::payload::capture::{Audience, ChangeWanted};
use domain::payload::making::SHEET;
use domain::payload::plan::{Outcome, Step};
use domain::payload::profile::Theme;
use domain::payload::visit;
use domain::permission::Action;
use domain::record::capture::CaptureView;
use domain::record::said::Said;
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::{Place, at_record};
use crate::components::{Choice, Drawings, Page, Picture, Problems, ViewScreen, ink_colour, paper, path};
use crate::platform::picture_file::{NotDrawn, Piece, Row};
use crate::platform::{picture_file, pictures};
use crate::state::Urgency;
use crate::words;

/// For whom it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Paper {
    Child,
    For(Audience),
}

impl Paper {
    fn reader(self) -> Option<Audience> {
        match self {
            Paper::Child => None,
            Paper::For(audience) => Some(audience),
        }
    }
}

/// "What you said".
#[component]
pub fn SaidPage() -> impl IntoView {
    at_record(Action::Read, |place| view! { <WhatYouSaid place/> }.into_any())
}

#[component]
fn WhatYouSaid(place: Place) -> impl IntoView {
    let today = place.calendar.today();
    let paper = RwSignal::new(Some(Paper::Child));
    let name = place.name();
    let options = vec![
        (Paper::Child, tr!("said-for-child", {"name" => name.clone()})),
        (Paper::For(Audience::Family), tr!("said-for-family")),
        (Paper::For(Audience::School), tr!("said-for-school")),
    ];
    let rows = move || {
        let record = place.record();
        let (said, open) = record.said(paper.get().and_then(Paper::reader));
        let is_empty = said.is_empty() && open.is_empty();
        let follows = said.into_iter().map(|said| row(&said, today)).collect_view();
        let open = (!open.is_empty()).then(|| {
            view! {
                <li class="said__row">
                    <div class="said__views">{open.iter().map(|view| one_view(*view)).collect_view()}</div>
                    <p class="said__follows">{tr!("said-open")}</p>
                </li>
            }
        });
        match is_empty {
            true => view! { <li class="said__row"><p class="said__follows">{tr!("said-nothing")}</p></li> }.into_any(),
            false => view! { {follows}{open} }.into_any(),
        }
    };
    view! {
        <Page title=tr!("said-title")>
            <a class="govuk-back-link" href=place.address()>{tr!("visit-not-yours-record")}</a>
            <h1 class="heard-title">{tr!("said-heading", {"name" => name})}</h1>
            <div class="heard-no-print">
                <Choice id="paper" legend=tr!("said-for") hint=tr!("said-for-hint") value=paper options problems=RwSignal::new(Vec::new()) inline=true/>
            </div>
            <ul class="said">{rows}</ul>
            {place.may(Action::WriteFacts).then(|| view! { <WantsToChange place/> })}
            <div class="govuk-button-group">
                <button class="govuk-button" type="button" on:click=move |_| paper::print(place.records, place.stream, visit::Paper::WhatTheySaid)>{tr!("passport-print")}</button>
                <AsPicture place paper/>
            </div>
        </Page>
    }
}

/// Saves what is shown as a picture file.
#[component]
fn AsPicture(place: Place, paper: RwSignal<Option<Paper>>) -> impl IntoView {
    let today = place.calendar.today();
    let problem = RwSignal::new(None::<NotDrawn>);
    let save = leptos::prelude::Action::new_local(move |_: &()| {
        let record = place.record_now();
        let (said, open) = record.said(paper.get_untracked().and_then(Paper::reader));
        let mut rows: Vec<Row> = said.iter().map(|said| row_of_picture(said, today)).collect();
        if !open.is_empty() {
            let views = open.iter().flat_map(|view| lines_of_view(*view));
            rows.push(views.chain([vec![Piece::Words(tr!("said-open"))]]).collect());
        }
        let title = tr!("said-heading", {"name" => place.name()});
        // No name of a child is in the name of a file.
        async move {
            let saved = picture_file::save("what-you-said.png", &title, &rows).await;
            if saved.is_ok() {
                paper::note_paper(place.records, place.stream, visit::Paper::Picture).await;
            }
            problem.set(saved.err());
        }
    });
    view! {
        <button class="govuk-button govuk-button--secondary" type="button" disabled=save.pending() on:click=move |_| { save.dispatch_local(()); }>
            {tr!("said-picture")}
        </button>
        {move || problem.get().map(|problem| {
            let words = match problem {
                NotDrawn::NoSymbols => tr!("said-picture-no-symbols"),
                NotDrawn::TooLong => tr!("said-picture-too-long"),
            };
            view! { <p class="heard-alert" role="alert">{words}</p> }
        })}
    }
}

/// One row of the picture: what was said, what follows, what became of it.
fn row_of_picture(said: &Said<'_>, today: Date) -> Row {
    let Follows { words, symbol, became } = Follows::of(said, today);
    let mut lines: Row = said.views.iter().flat_map(|view| lines_of_view(*view)).collect();
    lines.push(vec![Piece::Words(words)]);
    lines.push(vec![Piece::Symbol(pictures::address(symbol, Theme::Colour)), Piece::Words(became)]);
    lines
}

fn lines_of_view(view: CaptureView<'_>) -> Vec<Vec<Piece>> {
    let symbol = |symbol: &str| Piece::Symbol(pictures::address(symbol, Theme::Colour));
    let mut line = vec![symbol(&view.placed.option.symbol), Piece::Words(view.placed.option.words.clone())];
    if let Some(place) = view.place() {
        // What the child wrote has no picture of its own.
        line.extend((!view.capture.asking.is_made()).then(|| symbol(&place.symbol)));
        line.push(Piece::Words(place.words));
    }
    let size = (f64::from(SHEET.0), f64::from(SHEET.1));
    let drawn = view.capture.drawings().map(|(_, lines)| {
        let lines = lines.iter().map(|line| (ink_colour(line.ink).to_owned(), path(&line.points)));
        vec![Piece::Drawing(size, lines.collect())]
    });
    [line].into_iter().chain(drawn).collect()
}

/// What follows from a view, and what became of it.
struct Follows {
    words: String,
    symbol: &'static str,
    became: String,
}

impl Follows {
    fn of(said: &Said<'_>, today: Date) -> Follows {
        let last = said.action.outcomes.last().map(|outcome| outcome.what.clone());
        let (words, symbol, became) = match (&said.action.added.step, last) {
            (Step::NoAction, _) => (tr!("said-stays"), "the-same", String::new()),
            (Step::WeWillAsk { words, due, .. }, None) => {
                let by = words::short_date(*due, today);
                (tr!("said-asking", {"words" => words.clone()}), "waiting", tr!("said-wait", {"by" => by}))
            }
            (Step::WeWillAsk { words, .. }, Some(last)) => {
                let on = words::short_date(last.on, today);
                let asked = tr!("said-asked", {"words" => words.clone()});
                match last.outcome {
                    Outcome::Agreed => (asked, "yes", tr!("said-agreed", {"on" => on})),
                    Outcome::Done => (asked, "finished", tr!("said-done", {"on" => on})),
                    Outcome::NotAgreed { why } => (asked, "no", tr!("said-not-agreed", {"why" => why})),
                    Outcome::NotDone { why } => (asked, "no", tr!("said-not-done", {"why" => why})),
                }
            }
        };
        Follows { words, symbol, became }
    }
}

/// What was said → what follows → what became of it.
fn row(said: &Said<'_>, today: Date) -> impl IntoView + use<> {
    let Follows { words, symbol, became } = Follows::of(said, today);
    view! {
        <li class="said__row">
            <div class="said__views">{said.views.iter().map(|view| one_view(*view)).collect_view()}</div>
            <p class="said__follows">{words}</p>
            <p class="said__became"><Picture symbol/><span>{became}</span></p>
        </li>
    }
}

fn one_view(view: CaptureView<'_>) -> impl IntoView + use<> {
    let (option, place) = (view.placed.option.clone(), view.place());
    // What the child wrote is read, and what it drew is seen.
    let is_made = view.capture.asking.is_made();
    let written = place.clone().filter(|_| is_made).map(|place| view! { <span>{place.words}</span> });
    let capture = is_made.then(|| view.capture.clone());
    view! {
        <span class="said__view">
            <Picture symbol=option.symbol/>
            <span>{option.words}</span>
            {place.map(|place| view! { <Picture symbol=place.symbol says=place.words/> })}
            {written}
        </span>
        {capture.map(|capture| view! { <Drawings capture/> })}
    }
}

/// What the child wants to change, later: kept with what was said, and asked again at the next visit.
#[component]
fn WantsToChange(place: Place) -> impl IntoView {
    let problems: Problems = RwSignal::new(Vec::new());
    let save = leptos::prelude::Action::new_local(move |wanted: &ChangeWanted| {
        let payload = Payload::ChangeWanted(wanted.clone());
        async move {
            let saved = place.records.record(place.stream, vec![payload], Urgency::WithTheRest).await;
            problems.set(saved.err().map(|problem| vec![("change", words::not_saved(&problem))]).unwrap_or_default());
        }
    });
    let today = place.calendar.today();
    let rows = move || {
        let record = place.record();
        let waiting: Vec<_> = record.changes_wanted().iter().map(|view| view.id()).collect();
        // What may be a sign of harm is not asked again, and not read by whoever is in the room.
        let views = record.views().filter(|view| !view.capture.may_be_harm(&view.placed.option.id));
        let mut views: Vec<_> = views.collect();
        views.sort_by_key(|view| std::cmp::Reverse(view.capture.started.captured_at));
        let row = |view: &CaptureView<'_>| {
            let waits = waiting.contains(&view.id());
            let (capture, option) = (view.capture.id, view.placed.option.id.clone());
            let wanted = ChangeWanted { capture, option, not_after_all: waits };
            let words = format!("{}: {}", view.capture.question.topic.words, ViewScreen::of(*view, &record).words());
            let on = words::short_date(words::day_of(view.capture.started.captured_at), today);
            view! {
                <li class="heard-list__row">
                    <span>{words.clone()}" "<span class="heard-quiet">{on}</span></span>
                    {waits.then(|| view! { <strong class="govuk-tag govuk-tag--yellow">{tr!("said-change-waits")}</strong> })}
                    <button class="govuk-button govuk-button--secondary" type="button" disabled=save.pending() on:click=move |_| { save.dispatch_local(wanted.clone()); }>
                        {if waits { tr!("said-change-not") } else { tr!("said-change") }}<span class="govuk-visually-hidden">" "{words}</span>
                    </button>
                </li>
            }
        };
        views.iter().map(row).collect_view()
    };
    view! {
        <details class="govuk-details heard-no-print">
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{tr!("said-change-title", {"name" => place.name()})}</span></summary>
            <div class="govuk-details__text">
                {move || problems.with(|all| all.first().map(|(_, words)| view! { <p class="heard-alert" role="alert">{words.clone()}</p> }))}
                <p class="govuk-body">{tr!("said-change-lead")}</p>
                <ul class="heard-list">{rows}</ul>
            </div>
        </details>
    }
}
