//! One child's record: views first, then voices, visits, people, what is known.

use std::sync::Arc;

use domain::Record;
use domain::id::{CaptureId, StreamId, VisitId};
use domain::payload::capture::Audience;
use domain::payload::child::Birth;
use domain::payload::plan::Field;
use domain::payload::visit::NotGathered;
use domain::permission::Action;
use domain::record::capture::Capture;
use domain::record::visit::Visit;
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_fluent::tr;
use leptos_router::components::Redirect;
use replica::create;

use crate::components::observed::{SeriesScreen, WhatWasSeen};
use crate::components::{
    AskedFor, BodySaid, Drawings, LongList, NewerWay, Opening, Page, Picture, ShowMore, in_address,
};
use crate::contact::Contacts;
use crate::platform::clock;
use crate::record::{LinkedRecord, People};
use crate::state::{Calendar, CouncilSettings, Directory, Records};
use crate::words;

/// One child's record.
#[component]
pub fn ChildPage() -> impl IntoView {
    let records = Records::get();
    let stream = in_address::<StreamId>("stream");
    let front = Memo::new(move |_| stream.get().map(|stream| records.front_of(stream)));
    let record = Memo::new(move |_| front.get().and_then(|front| front.get()));
    let unfolded = Unfolded::of(stream);
    let is_open = Memo::new(move |_| record.with(Option::is_some));
    move || match (stream.get(), is_open.get()) {
        // What is read with a reason has a page on which nothing is changed.
        (Some(stream), _) if records.reason_for(stream).is_some() => {
            view! { <Redirect path=format!("/read/{stream}")/> }.into_any()
        }
        (Some(stream), true) => view! { <ChildDetails stream record unfolded/> }.into_any(),
        (Some(stream), false) if records.has(stream) => view! {
            <Page title=tr!("record-title") class="heard-page heard-narrow">
                <Opening stream/>
            </Page>
        }
        .into_any(),
        _ => view! {
            <Page title=tr!("record-title") class="heard-page heard-narrow">
                <h1 class="heard-title">{tr!("record-not-here")}</h1>
                <p class="govuk-body">{tr!("record-not-here-do")}</p>
            </Page>
        }
        .into_any(),
    }
}

/// How much of the page's lists is shown. It stays while the record changes, and begins anew with another child.
#[derive(Clone, Copy, PartialEq)]
struct Unfolded {
    views: AskedFor,
    voices: AskedFor,
    visits: AskedFor,
}

impl Unfolded {
    fn of(stream: Memo<Option<StreamId>>) -> Memo<Unfolded> {
        Memo::new(move |_| {
            stream.get();
            Unfolded { views: AskedFor::first(), voices: AskedFor::first(), visits: AskedFor::first() }
        })
    }
}

#[component]
fn ChildDetails(stream: StreamId, record: Memo<Option<Arc<Record>>>, unfolded: Memo<Unfolded>) -> impl IntoView {
    let today = Calendar::get().today();
    let now = move || record.get().unwrap_or_default();
    let name = Memo::new(move |_| {
        let name = record.with(|record| Some(record.as_ref()?.child.as_ref()?.what.name.full()));
        name.unwrap_or_else(|| tr!("new-child"))
    });
    view! {
        <Page title=tr!("record-title")>
            <a class="govuk-back-link" href="/children">{tr!("back")}</a>
            <h1 class="heard-title"><bdi>{name}</bdi></h1>
            {move || now().standing.duplicate_of.map(|other| view! { <LinkedRecord stream other/> })}
            {move || view! { <Communication stream record=now() today/> }}
            <Contacts stream record/>
            {move || view! { <NextSteps stream record=now()/> }}
            {move || view! { <Parts stream record=now() today unfolded=unfolded.get()/> }}
        </Page>
    }
}

/// Everything in the record, views first.
#[component]
fn Parts(stream: StreamId, record: Arc<Record>, today: Date, unfolded: Unfolded) -> impl IntoView {
    // Years of them: what is not shown is not copied.
    let mut captures: Vec<CaptureId> = record.captures.keys().copied().collect();
    captures.sort_by_key(|id| std::cmp::Reverse(record.captures[id].started.captured_at));
    let shown = record.clone();
    view! {
        <div class="heard-split">
            <div class="heard-stack">
                <section class="heard-panel" aria-labelledby="views">
                    <h2 class="heard-panel__title" id="views">{tr!("record-views")}</h2>
                    {if captures.is_empty() {
                        view! { <p class="heard-quiet">{tr!("record-no-views")}</p> }.into_any()
                    } else {
                        let captures = LongList::new(captures, unfolded.views);
                        view! {
                            <For each=move || captures.places() key=|place| *place let:place>
                                {captures.at(place).and_then(|id| shown.captures.get(&id).cloned()).map(|capture| view! { <CapturePart capture today/> })}
                            </For>
                            <ShowMore list=captures/>
                        }
                        .into_any()
                    }}
                </section>
                <Voices record=record.clone() today asked_for=unfolded.voices/>
                <Watched record=record.clone() today/>
            </div>
            <aside class="heard-stack" aria-label=tr!("record-beside")>
                <Visits stream record=record.clone() today asked_for=unfolded.visits/>
                <People stream record=record.clone() may_change=true/>
                <Known stream record today/>
            </aside>
        </div>
    }
}

/// How the child communicates, whether that is to be looked at again, and the way there.
#[component]
fn Communication(stream: StreamId, record: Arc<Record>, today: Date) -> impl IntoView {
    let summary = record.profile().map(|profile| profile.summary.clone());
    let looked = record.profiles.last().map(|profile| words::day_of(profile.source.captured_at));
    let reminders = CouncilSettings::of(Records::get()).reminders();
    let is_due = looked.is_some_and(|looked| reminders.look_again_by(looked) < today);
    let has_profile = summary.is_some();
    view! {
        <p class="heard-how">{summary.unwrap_or_else(|| tr!("no-profile"))}</p>
        {is_due.then(|| view! { <p><strong class="govuk-tag govuk-tag--yellow">{tr!("profile-look-again")}</strong></p> })}
        <p class="govuk-body heard-links">
            <a class="govuk-link" href=format!("/children/{stream}/plan")>{tr!("record-to-plan")}</a>
            <a class="govuk-link" href=format!("/children/{stream}/profile")>{if has_profile { tr!("profile-title") } else { tr!("profile-write") }}</a>
            {has_profile.then(|| view! { <a class="govuk-link" href=format!("/children/{stream}/passport")>{tr!("profile-passport")}</a> })}
            <a class="govuk-link" href=format!("/children/{stream}/said")>{tr!("said-title")}</a>
            <a class="govuk-link" href=format!("/children/{stream}/questions")>{tr!("library-child-title")}</a>
            <a class="govuk-link" href=format!("/children/{stream}/details")>{tr!("details-title")}</a>
            <a class="govuk-link" href=format!("/children/{stream}/duplicate")>{tr!("duplicate-title")}</a>
            <a class="govuk-link" href=format!("/children/{stream}/words")>{tr!("redact-title")}</a>
        </p>
    }
}

/// What a new record still needs, until the first visit.
#[component]
fn NextSteps(stream: StreamId, record: Arc<Record>) -> impl IntoView {
    let steps = [
        (record.profiles.is_empty(), tr!("register-next-profile"), format!("/children/{stream}/profile")),
        (record.people.is_empty(), tr!("register-next-people"), format!("/children/{stream}/people/new")),
        (record.visits.is_empty(), tr!("register-next-visit"), format!("/children/{stream}/visits/new")),
    ];
    let open: Vec<_> = steps.into_iter().filter(|(is_open, ..)| *is_open).collect();
    (!open.is_empty()).then(|| view! {
        <section class="heard-panel heard-next" aria-labelledby="next">
            <h2 class="heard-panel__title" id="next">{tr!("record-next")}</h2>
            <ul class="heard-list">
                {open.into_iter().map(|(_, words, to)| view! { <li class="heard-list__row"><a class="govuk-link" href=to>{words}</a></li> }).collect_view()}
            </ul>
        </section>
    })
}

#[component]
fn CapturePart(capture: Capture, today: Date) -> impl IntoView {
    let directory = Directory::get();
    let when = words::near_time(capture.started.captured_at, today);
    let by = directory.name_of(capture.started.by);
    let kept_from: Vec<String> =
        [(Audience::Family, tr!("audience-family")), (Audience::School, tr!("audience-school"))]
            .into_iter()
            .filter(|(audience, _)| capture.is_kept_from(*audience))
            .map(|(audience, words)| {
                let told = capture.cards().filter(|card| capture.is_told_of(audience, &card.id));
                words::but_only(words, told)
            })
            .collect();
    let cards = capture
        .views()
        .map(|view| {
            let (option, cell) = (view.placed.option.clone(), view.place());
            view! {
                <li class="view-card">
                    <span class="view-card__picture"><Picture symbol=option.symbol/><span>{option.words}</span></span>
                    <span class="view-card__arrow" aria-hidden="true"></span>
                    {cell.map(|cell| view! { <span class="view-card__picture"><Picture symbol=cell.symbol/><span>{cell.words}</span></span> })}
                </li>
            }
        })
        .collect_view();
    let lies_nowhere = words::lies_nowhere(&capture);
    view! {
        <article class="heard-capture">
            <h3 class="heard-capture__title">{capture.question.topic.words.clone()}" "<span class="heard-quiet">{when}", "{by}</span></h3>
            <NewerWay asking=capture.asking.clone()/>
            <p class="govuk-body heard-quiet">{tr!("asked-in-words", {"words" => capture.question.words.clone()})}</p>
            <BodySaid capture=capture.clone()/>
            <Drawings capture=capture.clone()/>
            <ul class="heard-view-cards">{cards}</ul>
            {(!lies_nowhere.is_empty()).then(|| view! { <p class="govuk-body">{lies_nowhere.join(" ")}</p> })}
            {words::warmed_up(&capture).map(|words| view! { <p class="govuk-body">{words}</p> })}
            {words::another_way(&capture).map(|words| view! { <p class="govuk-body">{words}</p> })}
            {words::checked(&capture).map(|words| view! { <p class="govuk-body">{words}</p> })}
            {words::preference(&capture).map(|words| view! { <p class="govuk-body">{words}</p> })}
            {(!kept_from.is_empty()).then(|| view! { <p class="heard-prompt">{tr!("kept-from", {"who" => kept_from.join(", ")})}</p> })}
            {capture.is_to_write_up().then(|| view! { <p class="heard-alert">{tr!("how-not-written")}</p> })}
        </article>
    }
}

/// What was seen where the child could not be asked.
#[component]
fn Watched(record: Arc<Record>, today: Date) -> impl IntoView {
    let name = record.child.as_ref().map(|child| child.what.name.called().to_owned()).unwrap_or_default();
    SeriesScreen::of(&record).map(|screen| {
        view! {
            <section class="heard-panel" aria-labelledby="watched">
                <h2 class="heard-panel__title" id="watched">{tr!("watch-title")}</h2>
                <WhatWasSeen screen name today/>
            </section>
        }
    })
}

#[component]
fn Voices(record: Arc<Record>, today: Date, asked_for: AskedFor) -> impl IntoView {
    let none = record.voices.is_empty();
    let voices = LongList::new(record.voices.keys().rev().copied().collect(), asked_for);
    let row = move |place| {
        voices.at(place).and_then(|id| record.voices.get(&id)).map(|voice| {
            let through = voice.what.through.clone().map(|through| format!(" ({through})"));
            view! {
                <li class="heard-list__row heard-list__row--stacked">
                    <strong>{voice.what.who.clone()}</strong>" "<span class="heard-quiet">{words::near_time(voice.source.captured_at, today)}</span>
                    <p class="heard-list__words">"“"{voice.what.words.clone()}"”"{through}</p>
                </li>
            }
        })
    };
    view! {
        <section class="heard-panel" aria-labelledby="voices">
            <h2 class="heard-panel__title" id="voices">{tr!("record-voices")}</h2>
            {none.then(|| view! { <p class="heard-quiet">{tr!("record-no-voices")}</p> })}
            <ul class="heard-list"><For each=move || voices.places() key=|place| *place let:place>{row(place)}</For></ul>
            <ShowMore list=voices/>
        </section>
    }
}

#[component]
fn Visits(stream: StreamId, record: Arc<Record>, today: Date, asked_for: AskedFor) -> impl IntoView {
    let none = record.visits.is_empty();
    let day_of = |visit: &Visit| {
        let started = visit.started.as_ref().map(|started| started.what.on);
        started.or(visit.planned.as_ref().map(|planned| planned.on))
    };
    let mut visits: Vec<(Option<Date>, VisitId)> =
        record.visits.iter().map(|(id, visit)| (day_of(visit), *id)).collect();
    visits.sort_by_key(|(on, _)| std::cmp::Reverse(*on));
    let visits = LongList::new(visits, asked_for);
    let row = move |place| {
        visits.at(place).and_then(|(on, id)| Some((on, id, record.visits.get(&id)?))).map(|(on, id, visit)| {
            let base = format!("/children/{stream}/visits/{id}");
            let change = visit.is_ahead().then(|| view! {
                <a class="govuk-link" href=format!("{base}/plan")>{tr!("visit-change")}<span class="govuk-visually-hidden">{on.map(words::long_date)}</span></a>
            });
            let called_off = visit.cancelled.as_ref().filter(|_| visit.started.is_none()).map(|cancelled| view! {
                <p class="heard-list__words">{tr!("visit-was-called-off", {"why" => cancelled.what.reason.clone()})}</p>
            });
            let (to, words) = match (&visit.started, &visit.ended) {
                (None, _) if visit.cancelled.is_some() => (format!("{base}/plan"), tr!("visit-called-off")),
                (None, _) => (base, tr!("visit-planned")),
                (Some(_), None) => (format!("{base}/topics"), tr!("visit-open")),
                (Some(_), Some(_)) => (format!("{base}/write-up"), tr!("visit-made")),
            };
            let not = visit.not_gathered.last().map(|not| view! { <NotGatheredThen not=not.what.clone() today/> });
            let class = if not.is_some() || called_off.is_some() { "heard-list__row heard-list__row--stacked" } else { "heard-list__row" };
            view! {
                <li class=class>
                    <a class="govuk-link" href=to>{words}</a>" "<span class="heard-quiet">{on.map(|on| words::near_date(on, today))}</span>
                    {change}
                    {called_off}
                    {not}
                </li>
            }
        })
    };
    let unplanned = VisitId(create::uuid(clock::now()));
    view! {
        <section class="heard-panel" aria-labelledby="visits">
            <h2 class="heard-panel__title" id="visits">{tr!("record-visits")}</h2>
            {none.then(|| view! { <p class="heard-quiet">{tr!("record-no-visits")}</p> })}
            <ul class="heard-list"><For each=move || visits.places() key=|place| *place let:place>{row(place)}</For></ul>
            <ShowMore list=visits/>
            <p class="govuk-body heard-links">
                <a class="govuk-link" href=format!("/children/{stream}/visits/new")>{tr!("visit-plan-new")}</a>
                <a class="govuk-link" href=format!("/children/{stream}/visits/{unplanned}")>{tr!("visit-unplanned")}</a>
            </p>
        </section>
    }
}

/// Why there is no view from this visit: never blank.
#[component]
fn NotGatheredThen(not: NotGathered, today: Date) -> impl IntoView {
    let why = match domain::text::trimmed(&not.words) {
        "" => super::words::reason(not.reason),
        words => format!("{} ({words})", super::words::reason(not.reason)),
    };
    let next = tr!("visit-next-on", {"next" => words::near_date(not.next, today)});
    view! {
        <p class="heard-list__words">
            {tr!("record-not-gathered", {"why" => why})}" "{tr!("visit-tried-what", {"tried" => not.tried})}" "{next}
        </p>
    }
}

/// What is written down about the child: dates, languages, with whom they are.
#[component]
pub fn Known(stream: StreamId, record: Arc<Record>, today: Date) -> impl IntoView {
    let (records, directory) = (Records::get(), Directory::get());
    let sees_who_looked = records.relations.may(&record.standing.access, Action::SeeWhoLooked);
    let manages = records.relations.may(&record.standing.access, Action::Allocate);
    let birth = record.child.as_ref().map(|child| match child.what.birth {
        Birth::Born(day) => (tr!("known-born"), words::short_date(day, today)),
        Birth::Expected(day) => (tr!("known-expected"), words::short_date(day, today)),
    });
    let number = record
        .child
        .as_ref()
        .and_then(|child| child.what.case_number.clone())
        .map(|number| (tr!("known-case-number"), number));
    let date = |field: &Field| {
        record.field(field).and_then(|value| value.value.parse::<Date>().ok()).map(|day| words::short_date(day, today))
    };
    let referral = date(&Field::ReferralReceived).map(|day| (tr!("known-referral"), day));
    let assessment = date(&Field::AssessmentStarted).map(|day| (tr!("known-assessment"), day));
    let with = directory
        .names_of(&directory.still_here(&record.standing.access.assigned))
        .unwrap_or_else(|| tr!("allocated-to-nobody"));
    let child = record.child.as_ref().map(|child| &child.what);
    let pronouns = child.and_then(|child| child.pronouns.clone()).map(|of| (tr!("known-pronouns"), of));
    let languages = child.map(|child| child.languages.join(", ")).filter(|of| !of.is_empty());
    let languages = languages.map(|of| (tr!("known-languages"), of));
    let interpreter = child.and_then(|child| child.interpreter.clone()).map(|of| (tr!("known-interpreter"), of));
    let rows =
        [birth, pronouns, languages, interpreter, number, referral, assessment, Some((tr!("known-allocated"), with))]
            .into_iter()
            .flatten();
    let note = record.allocations.last().and_then(|last| Some((last.what.note.clone()?, last.source)));
    view! {
        <section class="heard-panel" aria-labelledby="known">
            <h2 class="heard-panel__title" id="known">{tr!("record-known")}</h2>
            <dl class="govuk-summary-list govuk-summary-list--no-border">
                {rows.map(|(what, value)| view! { <div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">{what}</dt><dd class="govuk-summary-list__value">{value}</dd></div> }).collect_view()}
            </dl>
            {note.map(|(note, source)| view! {
                <p class="heard-list__words">{tr!("known-hand-over", {"by" => directory.name_of(source.by), "on" => words::near_time(source.captured_at, today)})}" “"{note}"”"</p>
            })}
            {sees_who_looked.then(|| view! { <p class="govuk-body"><a class="govuk-link" href=format!("/children/{stream}/access")>{tr!("access-child-link")}</a></p> })}
            {manages.then(|| view! { <p class="govuk-body"><a class="govuk-link" href=format!("/children/{stream}/everything")>{tr!("everything-title")}</a></p> })}
        </section>
    }
}
