//! Children who may be the same as the one on the form.

use domain::doubles::{Likeness, likeness};
use domain::id::StreamId;
use domain::payload::child::Birth;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::form::{DetailsForm, looked};
use crate::components::Check;
use crate::state::{Calendar, Records};
use crate::words;

/// A child who is alike.
#[derive(Clone, PartialEq)]
struct Alike {
    likeness: Likeness,
    stream: StreamId,
    name: String,
    birth: Birth,
}

/// Those among the records here who may be the same child, and the worker's word that none of them is.
#[component]
pub(super) fn Doubles(form: DetailsForm, stream: StreamId) -> impl IntoView {
    let (records, calendar) = (Records::get(), Calendar::get());
    let alike = Memo::new(move |_| {
        let Some((name, birth, number)) = form.so_far() else { return Vec::new() };
        let mut alike: Vec<Alike> = records.summaries.with(|summaries| {
            let others = summaries.iter().filter(|(of, _)| **of != stream);
            others
                .filter_map(|(stream, of)| {
                    let (other, born) = (of.name.as_ref()?, of.birth?);
                    let one = looked(&name, birth, number.as_deref());
                    let likeness = likeness(one, looked(other, born, of.case_number.as_deref()))?;
                    Some(Alike { likeness, stream: *stream, name: other.full(), birth: born })
                })
                .collect()
        });
        alike.sort_by(|one, other| (other.likeness, &one.name).cmp(&(one.likeness, &other.name)));
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
                        {move || alike.get().into_iter().map(|alike| view! {
                            <li class="heard-list__row heard-list__row--stacked">
                                <a class="govuk-link" href=format!("/children/{}", alike.stream)><bdi>{alike.name}</bdi></a>
                                <p class="heard-list__words">{born(alike.birth, today)}". "{why(alike.likeness)}</p>
                            </li>
                        }).collect_view()}
                    </ul>
                    {move || problem().map(|words| view! {
                        <p class="govuk-error-message"><span class="govuk-visually-hidden">{tr!("error-prefix")}</span>" "{words}</p>
                    })}
                    <Check id="is-another" label=tr!("doubles-another") value=form.is_another/>
                </section>
            </Show>
        </div>
    }
}

fn born(birth: Birth, today: jiff::civil::Date) -> String {
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
