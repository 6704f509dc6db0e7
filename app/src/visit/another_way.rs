//! Views that were given without the tablet: with the child's own device, a book, signs, objects, or a mat on paper. The adult
//! types in what was said, and it counts as read by them.

mod activity;

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::Payload;
use domain::asking::Kind;
use domain::id::{CaptureId, VoiceId};
use domain::payload::capture::{Audience, Card, GivenAnotherWay, Means, SharingChosen};
use domain::payload::profile::CommunicationProfile;
use domain::payload::visit::{Lane, VoiceAdded};
use domain::vocabulary::{Question, Vocabulary};
use leptos::prelude::*;
use leptos_fluent::tr;
use leptos_router::hooks::use_query_map;
use replica::create;
use serde::{Deserialize, Serialize};

use super::place::at_visit;
use super::{Place, Step};
use crate::child::WhatToAsk;
use crate::components::draft::Draft;
use crate::components::typed::trimmed;
use crate::components::{Check, Choice, ErrorSummary, Page, Picture, Problems, TextArea, saving};
use crate::platform::clock;
use crate::words;
use activity::given_another_way;

/// Ways whose places are the same for every card, so that they can be laid on a table.
pub(super) const WAYS: [Kind; 3] = [Kind::Mat, Kind::YesNo, Kind::Houses];
/// In the list of places: the child did not know.
const DONT_KNOW: &str = "dont-know";

/// The form as it stands, for its draft.
#[derive(Serialize, Deserialize)]
struct GivenWords {
    means: Option<Means>,
    later: bool,
    way: String,
    places: BTreeMap<String, String>,
    words: String,
    family: Option<bool>,
    school: Option<bool>,
}

/// The form. Cheap to copy.
#[derive(Clone, Copy)]
struct GivenForm {
    question: StoredValue<Arc<Question>>,
    profile: StoredValue<CommunicationProfile>,
    means: RwSignal<Option<Means>>,
    later: RwSignal<bool>,
    way: RwSignal<Option<Kind>>,
    /// By card: where it lay; nothing for a card that was not asked about.
    places: RwSignal<BTreeMap<String, String>>,
    words: RwSignal<String>,
    family: RwSignal<Option<bool>>,
    school: RwSignal<Option<bool>>,
    problems: Problems,
    draft: Draft,
}

impl GivenForm {
    fn begin(place: Place, question: &Arc<Question>) -> GivenForm {
        let profile = place.record_now().profile().cloned().unwrap_or_else(super::topics::plain_profile);
        let form = GivenForm {
            question: StoredValue::new(place.planned(question)),
            profile: StoredValue::new(profile),
            means: RwSignal::new(None),
            later: RwSignal::new(false),
            way: RwSignal::new(Some(Kind::Mat)),
            places: RwSignal::default(),
            words: RwSignal::new(String::new()),
            family: RwSignal::new(None),
            school: RwSignal::new(None),
            problems: RwSignal::new(Vec::new()),
            draft: Draft::named(format!("draft/visit/{}/another-way/{}", place.visit, question.id)),
        };
        form.draft.restore(move |words: GivenWords| {
            form.means.set(words.means);
            form.later.set(words.later);
            form.way.set(WAYS.into_iter().find(|way| way.name() == words.way));
            form.places.set(words.places);
            form.words.set(words.words);
            form.family.set(words.family);
            form.school.set(words.school);
        });
        form
    }

    fn keep(self) {
        self.draft.keep(|| GivenWords {
            means: self.means.get_untracked(),
            later: self.later.get_untracked(),
            way: self.way_now().name().to_owned(),
            places: self.places.get_untracked(),
            words: self.words.get_untracked(),
            family: self.family.get_untracked(),
            school: self.school.get_untracked(),
        });
    }

    fn way_now(self) -> Kind {
        self.way.get_untracked().unwrap_or(Kind::Mat)
    }

    fn cards(self) -> Vec<Card> {
        self.question.with_value(|question| question.cards.clone())
    }

    /// The places of a way; those of its first card are those of all.
    fn places_of(self, way: Kind) -> Vec<Card> {
        let question = self.question.get_value();
        let laid = self.profile.with_value(|profile| way.laid(&question, self.cards(), profile, |_| 0));
        laid.places().to_vec()
    }

    fn given(self, place: Place) -> Result<Vec<Payload>, Vec<(&'static str, String)>> {
        let (way, words) = (self.way_now(), trimmed(self.words));
        let known: Vec<String> = self.places_of(way).into_iter().map(|place| place.id).collect();
        let answers: Vec<(Card, Option<String>)> = self.places.with_untracked(|places| {
            let answered = self.cards().into_iter().filter_map(|card| {
                let lies = places.get(&card.id)?.clone();
                (known.contains(&lies) || lies == DONT_KNOW)
                    .then_some((card, Some(lies).filter(|lies| lies != DONT_KNOW)))
            });
            answered.collect()
        });
        let Some(means) = self.means.get_untracked() else {
            return Err(vec![("means", tr!("another-means-missing"))]);
        };
        if answers.is_empty() && words.is_empty() {
            return Err(vec![("words", tr!("another-nothing"))]);
        }
        let mut all = Vec::new();
        if !answers.is_empty() {
            let question = self.question.get_value();
            let asked = Vocabulary::built_in()
                .asked_by(way, &question)
                .ok_or_else(|| vec![("way", tr!("visit-way-not-so"))])?;
            let options = answers.iter().map(|(card, _)| card.clone()).collect();
            let what = WhatToAsk { question, asked, way, options };
            let how = GivenAnotherWay { means, later: self.later.get_untracked() };
            let reader =
                place.directory.me.with_untracked(|me| me.as_ref().map(|me| me.name.clone())).unwrap_or_default();
            all = self
                .profile
                .with_value(|profile| given_another_way(place.visit, what, profile, how, &answers, &reader));
            let capture = all.iter().find_map(|payload| match payload {
                Payload::CaptureStarted(started) => Some(started.capture),
                _ => None,
            });
            if let Some(sharing) = capture.and_then(|capture| self.sharing(capture)) {
                all.insert(all.len() - 1, Payload::SharingChosen(sharing));
            }
        }
        if !words.is_empty() {
            all.push(Payload::VoiceAdded(VoiceAdded {
                voice: VoiceId(create::uuid(clock::now())),
                visit: Some(place.visit),
                lane: Lane::Child,
                person: None,
                who: place.name(),
                words,
                through: Some(words::means(means)),
            }));
        }
        Ok(all)
    }

    /// What the child said about who may see it, where they were asked.
    fn sharing(self, capture: CaptureId) -> Option<SharingChosen> {
        let asked = [(Audience::Family, self.family), (Audience::School, self.school)];
        let said = |wanted: bool| {
            asked.iter().filter(move |(_, said)| said.get_untracked() == Some(wanted)).map(|(audience, _)| *audience)
        };
        let is_asked = asked.iter().any(|(_, said)| said.get_untracked().is_some());
        is_asked.then(|| SharingChosen {
            capture,
            may_tell: said(true).chain([Audience::SocialWorker]).collect(),
            not_tell: said(false).collect(),
            only: BTreeMap::new(),
            words: String::new(),
        })
    }
}

/// One question, as it was given without the tablet. `?question=` says which.
#[component]
pub fn AnotherWayPage() -> impl IntoView {
    let query = use_query_map();
    at_visit(move |place| {
        let id = query.with_untracked(|query| query.get("question")).unwrap_or_default();
        match place.question(&id).filter(|question| !question.is_warm_up) {
            Some(question) => view! { <Form place question/> }.into_any(),
            None => view! { <NoQuestion place/> }.into_any(),
        }
    })
}

#[component]
fn NoQuestion(place: Place) -> impl IntoView {
    view! {
        <Page title=tr!("another-title") class="heard-page heard-narrow">
            <a class="govuk-back-link" href=place.address(Step::Topics)>{tr!("visit-back-topics")}</a>
            <h1 class="heard-title">{tr!("another-title")}</h1>
            <p class="govuk-body">{tr!("another-no-question")}</p>
        </Page>
    }
}

#[component]
fn Form(place: Place, question: Arc<Question>) -> impl IntoView {
    let form = GivenForm::begin(place, &question);
    let problems = form.problems;
    let save = saving(place.stream, form.draft, problems, move || form.keep(), move || place.address(Step::WriteUp));
    let name = place.name();
    let means = Means::ALL.map(|means| (means, words::means(means))).to_vec();
    let ways = WAYS.into_iter().filter(|way| Vocabulary::built_in().asked_by(*way, &question).is_some());
    let ways: Vec<_> = ways.map(|way| (way, super::topics::way_in_words(way))).collect();
    let said = || vec![(true, tr!("another-yes")), (false, tr!("another-no"))];
    let places = Memo::new(move |_| form.places_of(form.way.get().unwrap_or(Kind::Mat)));
    let cards = form.cards().into_iter().map(|card| view! { <Placed form card places/> }).collect_view();
    view! {
        <Page title=tr!("another-title") in_error=Signal::derive(move || problems.with(|all| !all.is_empty()))>
            <a class="govuk-back-link" href=place.address(Step::Topics)>{tr!("visit-back-topics")}</a>
            <ErrorSummary problems/>
            <h1 class="heard-title">{tr!("another-heading", {"topic" => question.words.clone()})}</h1>
            <p class="heard-title__second">{tr!("another-lead", {"name" => name.clone()})}</p>
            <form class="heard-panel heard-form" novalidate on:input=move |_| form.keep() on:change=move |_| form.keep() on:submit=move |event| {
                event.prevent_default();
                match form.given(place) {
                    Ok(all) => { problems.set(Vec::new()); save.dispatch_local(all); }
                    Err(wrong) => problems.set(wrong),
                }
            }>
                <Choice id="means" legend=tr!("another-means") value=form.means options=means problems/>
                <Check id="later" label=tr!("another-later") value=form.later/>
                <TextArea id="words" label=tr!("another-words", {"name" => name.clone()}) hint=tr!("another-words-hint") rows=3 value=form.words problems/>
                <Choice id="way" legend=tr!("another-asked") value=form.way options=ways problems/>
                <table class="govuk-table">
                    <caption class="govuk-table__caption govuk-table__caption--s">{tr!("another-cards")}</caption>
                    <tbody class="govuk-table__body">{cards}</tbody>
                </table>
                <Choice id="family" legend=tr!("another-family", {"name" => name.clone()}) hint=tr!("another-not-asked") value=form.family options=said() problems inline=true/>
                <Choice id="school" legend=tr!("another-school", {"name" => name}) hint=tr!("another-not-asked") value=form.school options=said() problems inline=true/>
                <button class="govuk-button" id="save" type="submit" disabled=save.pending()>
                    {move || if save.pending().get() { tr!("visit-saving") } else { tr!("visit-save") }}
                </button>
            </form>
        </Page>
    }
}

/// A card, and where it lay.
#[component]
fn Placed(form: GivenForm, card: Card, places: Memo<Vec<Card>>) -> impl IntoView {
    let id = StoredValue::new(card.id.clone());
    let lies = move || id.with_value(|id| form.places.with(|places| places.get(id).cloned())).unwrap_or_default();
    let options = move || {
        let places = places.get().into_iter().map(|place| (place.id, place.words));
        let left = (DONT_KNOW.to_owned(), tr!("another-dont-know"));
        let options = places.chain([left]).map(|(value, words)| {
            let chosen = value.clone();
            view! { <option value=value selected=move || lies() == chosen>{words}</option> }
        });
        options.collect_view()
    };
    view! {
        <tr class="govuk-table__row">
            <th class="govuk-table__header" scope="row">
                <label class="heard-given-card" for=format!("lies-{}", card.id)><Picture symbol=card.symbol/><span>{card.words}</span></label>
            </th>
            <td class="govuk-table__cell">
                <select class="govuk-select" id=format!("lies-{}", card.id) on:change=move |event| {
                    let place = event_target_value(&event);
                    form.places.update(|places| id.with_value(|id| {
                        if place.is_empty() { places.remove(id) } else { places.insert(id.clone(), place) };
                    }));
                }>
                    <option value="" selected=move || lies().is_empty()>{tr!("another-not-asked-about")}</option>
                    {options}
                </select>
            </td>
        </tr>
    }
}
