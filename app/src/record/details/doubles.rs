//! Children who may be the same as the one on the form: among the records here, and with a signal in the whole council.

use domain::doubles::{Likeness, likeness};
use domain::id::{StreamId, TeamId};
use domain::payload::child::{Birth, Name};
use domain::wire::DoublesRequest;
use gloo_timers::future::TimeoutFuture;
use jiff::civil::Date;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_fluent::tr;

use super::form::{DetailsForm, looked};
use crate::components::Check;
use crate::state::{Calendar, Directory, Exchange, Records};
use crate::words;

/// So long nothing more is typed before the council is asked, in milliseconds.
const PAUSE_MS: u32 = 700;

/// A child who is alike.
#[derive(Clone, PartialEq)]
struct Alike {
    likeness: Likeness,
    who: Who,
}

/// What may be known of a child who is alike.
#[derive(Clone, PartialEq)]
enum Who {
    /// The record is here.
    Here { stream: StreamId, name: String, birth: Birth },
    /// The record is not here; its name may be known.
    Elsewhere { name: String },
    /// Only which team knows the child.
    WithTeam(TeamId),
}

/// How far the council's other records were looked at.
#[derive(Clone, PartialEq)]
enum Asked {
    /// There is too little on the form to ask about.
    Nothing,
    /// On its way.
    Asking,
    /// Those who are alike.
    Found(Vec<Alike>),
    /// There was no answer: only the records here were looked at.
    OnlyHere,
}

/// Those who may be the same child, and the worker's word that none of them is.
#[component]
pub(super) fn Doubles(form: DetailsForm, stream: StreamId) -> impl IntoView {
    let (records, calendar) = (Records::get(), Calendar::get());
    let asked = ask(form, stream);
    let alike = Memo::new(move |_| {
        let Some((name, birth, number)) = form.so_far() else { return Vec::new() };
        let mut alike: Vec<Alike> = records.summaries.with(|summaries| {
            let others = summaries.iter().filter(|(of, _)| **of != stream);
            others
                .filter_map(|(stream, of)| {
                    let (other, birth_of) = (of.name.as_ref()?, of.birth?);
                    let one = looked(&name, birth, number.as_deref());
                    let likeness = likeness(one, looked(other, birth_of, of.case_number.as_deref()))?;
                    let who = Who::Here { stream: *stream, name: other.full(), birth: birth_of };
                    Some(Alike { likeness, who })
                })
                .collect()
        });
        if let Asked::Found(elsewhere) = asked.get() {
            alike.extend(elsewhere);
        }
        alike.sort_by_key(|alike| std::cmp::Reverse(alike.likeness));
        alike
    });
    Effect::new(move |_| form.alike.set(alike.with(Vec::len)));
    let today = calendar.today();
    let problem = move || {
        form.problems.with(|all| all.iter().find(|(id, _)| *id == "is-another").map(|(_, words)| words.clone()))
    };
    view! {
        <div role="status">
            <Show when=move || alike.with(|alike| !alike.is_empty())>
                <section class="heard-doubles" aria-labelledby="doubles">
                    <h2 class="heard-panel__title" id="doubles">{tr!("doubles-title")}</h2>
                    <ul class="heard-list">
                        {move || alike.get().into_iter().map(|alike| view! { <Line alike today/> }).collect_view()}
                    </ul>
                    {move || problem().map(|words| view! {
                        <p class="govuk-error-message"><span class="govuk-visually-hidden">{tr!("error-prefix")}</span>" "{words}</p>
                    })}
                    <Check id="is-another" label=tr!("doubles-another") value=form.is_another/>
                </section>
            </Show>
            {move || match asked.get() {
                Asked::OnlyHere => view! { <p class="govuk-hint">{tr!("doubles-only-here")}</p> }.into_any(),
                Asked::Asking => view! { <p class="govuk-hint">{tr!("doubles-asking")}</p> }.into_any(),
                Asked::Nothing | Asked::Found(_) => ().into_any(),
            }}
        </div>
    }
}

#[component]
fn Line(alike: Alike, today: Date) -> impl IntoView {
    let directory = Directory::get();
    let who = match alike.who {
        Who::Here { stream, name, birth } => view! {
            <a class="govuk-link" href=format!("/children/{stream}")><bdi>{name}</bdi></a>
            <p class="heard-list__words">{born(birth, today)}". "{why(alike.likeness)}</p>
        }
        .into_any(),
        Who::Elsewhere { name } => view! {
            <strong><bdi>{name}</bdi></strong>
            <p class="heard-list__words">{tr!("doubles-elsewhere")}" "{why(alike.likeness)}</p>
        }
        .into_any(),
        Who::WithTeam(team) => {
            let (team, managers) = directory.team(team);
            view! {
                <strong>{tr!("doubles-with-team", {"team" => team})}</strong>
                <p class="heard-list__words">{why(alike.likeness)}" "{tr!("doubles-ask", {"who" => managers})}</p>
            }
            .into_any()
        }
    };
    view! { <li class="heard-list__row heard-list__row--stacked">{who}</li> }
}

/// Asks the council each time the typing pauses; what comes too late for what is typed by then is not shown.
fn ask(form: DetailsForm, stream: StreamId) -> RwSignal<Asked> {
    let (exchange, records) = (Exchange::get(), Records::get());
    let asked = RwSignal::new(Asked::Nothing);
    let last = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let request = form.so_far().filter(|(name, birth, number)| says_enough(name, *birth, number.as_deref()));
        last.update_value(|last| *last += 1);
        let mine = last.get_value();
        let Some((name, birth, case_number)) = request else {
            asked.set(Asked::Nothing);
            return;
        };
        spawn_local(async move {
            TimeoutFuture::new(PAUSE_MS).await;
            let is_last = move || last.try_get_value() == Some(mine);
            if !is_last() {
                return;
            }
            asked.set(Asked::Asking);
            let found = exchange.doubles(DoublesRequest { stream, name, birth, case_number }).await;
            if !is_last() {
                return;
            }
            asked.set(match found {
                Ok(found) => {
                    let elsewhere = found.into_iter().filter_map(|alike| {
                        let who = match alike.child {
                            Some(child) if records.has(child.stream) => return None,
                            Some(child) => Who::Elsewhere { name: child.name },
                            None => Who::WithTeam(alike.team),
                        };
                        Some(Alike { likeness: alike.likeness, who })
                    });
                    Asked::Found(elsewhere.collect())
                }
                Err(_) => Asked::OnlyHere,
            });
        });
    });
    asked
}

/// A name with a day, or a case number.
fn says_enough(name: &Name, birth: Birth, case_number: Option<&str>) -> bool {
    let (Birth::Born(day) | Birth::Expected(day)) = birth;
    (!name.given.is_empty() && day != Date::MIN) || case_number.is_some_and(|number| number.len() > 3)
}

fn born(birth: Birth, today: Date) -> String {
    match birth {
        Birth::Born(day) => format!("{} {}", tr!("known-born"), words::short_date(day, today)),
        Birth::Expected(day) => format!("{} {}", tr!("known-expected"), words::short_date(day, today)),
    }
}

fn why(likeness: Likeness) -> String {
    match likeness {
        Likeness::CaseNumber => tr!("doubles-number"),
        Likeness::NameAndBirth => tr!("doubles-name-and-birth"),
        Likeness::NameAndNearBirth => tr!("doubles-near-birth"),
        Likeness::BirthAndPart => tr!("doubles-part"),
        Likeness::BirthAndFamily => tr!("doubles-family"),
        Likeness::Name => tr!("doubles-name"),
    }
}
