//! The editor of a question, with the look that the child will see, and what to look at in its words.

use std::sync::Arc;

use domain::Payload;
use domain::id::{QuestionId, StreamId, StreamKind, VisitId};
use domain::library::Library;
use domain::payload::capture::Card;
use domain::payload::library::QuestionWritten;
use domain::payload::profile::CommunicationProfile;
use domain::permission::Action;
use domain::record::library::OwnQuestion;
use domain::vocabulary::{Question, Vocabulary};
use leptos::prelude::*;
use leptos_fluent::tr;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use replica::create;

use super::cards::{Cards, Pictures};
use super::form::QuestionForm;
use super::page::{has_library, own_team, stream_named};
use super::{places_in_words, to_look_at};
use crate::components::{
    AskingPreview, Check, Choice, ErrorSummary, Field, NoPages, Opening, Page, Picture, saving_all,
};
use crate::platform::clock;
use crate::record::at_record;
use crate::state::{Directory, Records, library_of, opened};
use crate::visit::plain_profile;

/// Where an edited question belongs, and what it begins with.
struct Edited {
    stream: StreamId,
    rewritten: Option<QuestionWritten>,
    copied: Option<Arc<Question>>,
    profile: CommunicationProfile,
    back: Back,
    heading: String,
}

/// Where one goes from here, saved or not, and its words.
#[derive(Clone, PartialEq)]
struct Back {
    to: String,
    words: String,
}

/// A question of one child: `?question=` is written anew, or `?from=` is copied, or a `card` of that opened into a question of its own.
/// With `?visit=` one goes back to that visit.
#[component]
pub fn ChildQuestionPage() -> impl IntoView {
    let query = use_query_map();
    at_record(Action::Edit, move |place| {
        let library = library_of(place.records, place.stream);
        let is_here = Memo::new(move |_| library.with(Option::is_some));
        let back = Memo::new(move |_| {
            let visit = query.with(|query| query.get("visit")).and_then(|visit| visit.parse::<VisitId>().ok());
            match visit {
                Some(visit) => {
                    Back { to: format!("{}/visits/{visit}/topics", place.address()), words: tr!("library-back-visit") }
                }
                None => Back { to: format!("{}/questions", place.address()), words: tr!("library-back") },
            }
        });
        let card = Memo::new(move |_| query.with(|query| query.get("card")));
        let named = named(query);
        (move || {
            let (written, from) = named.get();
            let library = is_here.get().then(|| library.get_untracked()).flatten();
            let Some(library) = library else { return opening(place.stream) };
            let record = place.record_now();
            let edited = Edited {
                stream: place.stream,
                rewritten: written.and_then(|id| last(record.questions.get(&id))),
                copied: from
                    .and_then(|id| library.question(&id).cloned())
                    .map(|question| about_a_card(question, card.get())),
                profile: record.profile().cloned().unwrap_or_else(plain_profile),
                back: back.get(),
                heading: tr!("question-heading-child", {"name" => place.name()}),
            };
            view! { <Editor edited/> }.into_any()
        })
        .into_any()
    })
}

/// A question of the team or, with `?of=council`, of the council.
#[component]
pub fn LibraryQuestionPage() -> impl IntoView {
    let (records, directory) = (Records::get(), Directory::get());
    let query = use_query_map();
    let stream = Memo::new(move |_| {
        let of = query.with(|query| query.get("of")).unwrap_or_default();
        directory.me.get().map(|me| stream_named(&of, me.team))
    });
    let record = Memo::new(move |_| opened(records, stream.get()?));
    let named = named(query);
    let is_here = Memo::new(move |_| record.get().is_none_or(|record| record.with(Option::is_some)));
    move || {
        let is_for = directory.me.get().is_some_and(|me| has_library(me.role));
        let Some(stream) = stream.get().filter(|_| is_for) else { return view! { <NoPages/> }.into_any() };
        if !is_here.get() {
            return opening(stream);
        }
        let record = record.get_untracked().and_then(|record| record.get_untracked());
        let own = record.as_ref().map(|record| (stream.kind, record.as_ref()));
        let library = Library::of(own);
        let (written, from) = named.get();
        let edited = Edited {
            stream,
            rewritten: written.and_then(|id| last(record.as_ref()?.questions.get(&id))),
            copied: from.and_then(|id| library.question(&id).cloned()),
            profile: plain_profile(),
            back: Back { to: "/questions".into(), words: tr!("library-back") },
            heading: match stream.kind {
                StreamKind::Council => tr!("question-heading-council"),
                _ => tr!("question-heading-team"),
            },
        };
        view! { <Editor edited/> }.into_any()
    }
}

/// Which question the address says is written anew, and which is copied. Back from one to another is another form.
fn named(query: Memo<ParamsMap>) -> Memo<(Option<QuestionId>, Option<String>)> {
    Memo::new(move |_| query.with(|query| (query.get("question").and_then(|id| id.parse().ok()), query.get("from"))))
}

/// One of its cards as a question of its own, where one is named; else the question itself.
fn about_a_card(question: Arc<Question>, card: Option<String>) -> Arc<Question> {
    let card = card.and_then(|card| question.cards.iter().find(|one| one.id == card));
    card.map(|card| Arc::new(question.opened(card))).unwrap_or(question)
}

fn last(question: Option<&OwnQuestion>) -> Option<QuestionWritten> {
    question?.versions.last().map(|version| version.what.clone())
}

fn opening(stream: StreamId) -> AnyView {
    view! { <Page title=tr!("question-title") class="heard-page heard-narrow"><Opening stream/></Page> }.into_any()
}

#[component]
fn Editor(edited: Edited) -> impl IntoView {
    let Edited { stream, rewritten, copied, profile, back, heading } = edited;
    let directory = Directory::get();
    let is_child = stream.kind == StreamKind::Child;
    let form = QuestionForm::begin(stream, rewritten.as_ref(), copied);
    let problems = form.problems;
    // The team is asked once, with the first version.
    let (also_team, may_ask_team) = (RwSignal::new(false), is_child && rewritten.is_none());
    let next = StoredValue::new(back.to.clone());
    let save = saving_all(form.draft, problems, move || form.keep(), move || next.get_value());
    let scales =
        Vocabulary::built_in().scales().map(|(id, _)| (id.to_owned(), places_in_words(id))).collect::<Vec<_>>();
    Effect::new(move |before: Option<Option<String>>| {
        let scale = form.scale.get();
        if before.is_some_and(|before| before != scale) {
            form.ask_by_scale();
        }
        scale
    });
    let profile = StoredValue::new(profile);
    let shown = Memo::new(move |_| Arc::new(Question::own(&form.shown())));
    let symbol = Memo::new(move |_| form.symbol.get());
    let pick = Callback::new(move |card: Card| {
        form.symbol.set(card.symbol);
        form.keep();
    });
    view! {
        <Page title=tr!("question-title") in_error=Signal::derive(move || problems.with(|all| !all.is_empty()))>
            <a class="govuk-back-link" href=back.to>{back.words}</a>
            <ErrorSummary problems/>
            <h1 class="heard-title">{heading}</h1>
            {match stream.kind {
                StreamKind::Child => None,
                StreamKind::Council => Some(tr!("question-no-names-council")),
                _ => Some(tr!("question-no-names-team")),
            }.map(|words| view! { <p class="heard-prompt">{words}</p> })}
            <div class="heard-split">
                <form class="heard-panel heard-form" novalidate on:input=move |_| form.keep() on:change=move |_| form.keep() on:submit=move |event| {
                    event.prevent_default();
                    match form.written() {
                        Ok(written) => {
                            problems.set(Vec::new());
                            let team = also_team.get_untracked().then(|| own_team(directory)).flatten();
                            let proposed = team.map(|team| {
                                let question = QuestionId(create::uuid(clock::now()));
                                let proposed = QuestionWritten { question, version: 1, ..written.clone() };
                                (team, vec![Payload::QuestionWritten(proposed)])
                            });
                            let own = (stream, vec![Payload::QuestionWritten(written)]);
                            save.dispatch_local(std::iter::once(own).chain(proposed).collect());
                        }
                        Err(wrong) => problems.set(wrong),
                    }
                }>
                    <Field id="words" label=tr!("question-words") hint=tr!("question-words-hint") value=form.words problems/>
                    <details class="govuk-details">
                        <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{tr!("question-picture")}</span></summary>
                        <div class="govuk-details__text">
                            <Pictures id="picture-topic" label=tr!("question-picture-topic") topic=form.topic.get_untracked() on_pick=pick/>
                        </div>
                    </details>
                    <Topic form/>
                    <Choice id="scale" legend=tr!("question-scale") value=form.scale options=scales problems/>
                    <Field id="ask" label=tr!("question-ask") hint=tr!("question-ask-hint") value=form.ask problems/>
                    <ToLookAt form/>
                    <Cards form/>
                    <div class="govuk-checkboxes govuk-checkboxes--small govuk-form-group">
                        <Check id="is-day" label=tr!("question-is-day") value=form.is_day/>
                        <Check id="high-stakes" label=tr!("question-high-stakes") value=form.high_stakes/>
                        {may_ask_team.then(|| view! { <Check id="also-team" label=tr!("question-also-team") value=also_team/> })}
                    </div>
                    <button class="govuk-button" id="save" type="submit" disabled=save.pending()>
                        {move || match (save.pending().get(), is_child) {
                            (true, _) => tr!("visit-saving"),
                            (false, true) => tr!("visit-save"),
                            (false, false) => tr!("question-propose"),
                        }}
                    </button>
                </form>
                <aside class="heard-stack heard-beside" aria-label=tr!("visit-preview")>
                    <p class="question-head">{move || view! { <Picture symbol=symbol.get()/> }}<span>{move || shown.with(|shown| shown.words.clone())}</span></p>
                    {move || view! { <AskingPreview question=shown.get() profile=profile.get_value()/> }}
                </aside>
            </div>
        </Page>
    }
}

/// Under which topic it stands.
#[component]
fn Topic(form: QuestionForm) -> impl IntoView {
    let topics = &Vocabulary::built_in().topics;
    view! {
        <div class="govuk-form-group">
            <label class="govuk-label" for="topic">{tr!("question-topic")}</label>
            <select class="govuk-select" id="topic" on:change=move |event| form.topic.set(event_target_value(&event))>
                {topics.iter().map(|topic| {
                    let id = topic.id.clone();
                    view! { <option value=topic.id.clone() selected=move || form.topic.get() == id>{topic.words.clone()}</option> }
                }).collect_view()}
            </select>
        </div>
    }
}

/// What makes it hard to answer, or leads: said while it is typed, and never in the way.
#[component]
fn ToLookAt(form: QuestionForm) -> impl IntoView {
    let found = Memo::new(move |_| {
        let mut found = form.ask.with(|ask| to_look_at(ask));
        form.words.with(|words| to_look_at(words)).into_iter().for_each(|words| {
            if !found.contains(&words) {
                found.push(words);
            }
        });
        found
    });
    view! {
        <div role="status">
            <Show when=move || found.with(|found| !found.is_empty())>
                <div class="heard-prompt">
                    <ul class="govuk-list govuk-list--bullet">{move || found.get().into_iter().map(|words| view! { <li>{words}</li> }).collect_view()}</ul>
                </div>
            </Show>
        </div>
    }
}
