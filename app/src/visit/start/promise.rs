//! What became of last time: told to the child before anything new is asked.

use domain::record::promises::Became;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::form::StartForm;
use super::promise_words::{aside, tag};
use crate::components::Check;
use crate::visit::Place;

/// "Last time you promised": nothing where nothing was.
#[component]
pub(super) fn Promises(form: StartForm, place: Place) -> impl IntoView {
    let none = form.promises.with_value(Vec::is_empty);
    let name = place.name();
    let rows = form.promises.with_value(|promises| {
        let row = |(number, told): (usize, &super::form::PromiseTold)| {
            let class = match told.promise.became {
                Became::Agreed => "govuk-tag",
                Became::Done => "govuk-tag govuk-tag--green",
                Became::Not(_) => "govuk-tag govuk-tag--yellow",
            };
            view! {
                <li class="heard-promise">
                    <p class="heard-promise__words">{tr!("visit-promise-what", {"what" => told.promise.words.clone()})}</p>
                    <p class="heard-promise__became"><strong class=class>{tag(&told.promise)}</strong>" "{aside(&told.promise, place)}</p>
                    <div class="govuk-checkboxes">
                        <Check id=format!("told-{number}") label=tr!("visit-told", {"name" => name.clone()}) value=told.told/>
                    </div>
                </li>
            }
        };
        promises.iter().enumerate().map(row).collect_view()
    });
    (!none).then(|| {
        view! {
            <section class="heard-panel" aria-labelledby="promised">
                <h2 class="heard-panel__title" id="promised">{tr!("visit-promised")}</h2>
                <p class="govuk-body heard-quiet">{tr!("visit-promised-start")}</p>
                <ul class="heard-promises">{rows}</ul>
                <p class="govuk-body"><a class="govuk-link" href=format!("/children/{}/said", place.stream)>{tr!("visit-promised-said")}</a></p>
            </section>
        }
    })
}
