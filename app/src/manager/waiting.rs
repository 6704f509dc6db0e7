//! What is waiting.

use leptos::prelude::*;
use leptos_fluent::tr;

use super::list::{WaitingList, waiting};
use crate::account::{KeysGivenBack, ReadByOthers};
use crate::audit::AuditsToDo;
use crate::components::Page;
use crate::contact::ToRead;
use crate::state::{Calendar, Exchange, Link, Records};
use crate::words;

/// What is waiting, with nothing opened yet.
#[component]
pub fn WaitingPage() -> impl IntoView {
    let exchange = Exchange::get();
    let records = Records::get();
    let calendar = Calendar::get();
    let lists = waiting();
    let oldest = move || {
        let today = calendar.today();
        lists.with(|(waits, _)| {
            let oldest = waits.iter().min_by_key(|line| line.since)?;
            Some((waits.first()?.stream, words::days_between(words::day_of(oldest.since), today)))
        })
    };
    let empty = move || records.has_no_child();
    view! {
        <Page title=tr!("manager-waiting-title") class="heard-page heard-page--wide">
            <div class="three-panes three-panes--none">
                <WaitingList chosen=None/>
                <section class="review" aria-label=tr!("manager-waiting-title")>
                    <div class="heard-stack review__news"><ToRead/><AuditsToDo/><KeysGivenBack/><ReadByOthers/></div>
                    {move || match (empty(), exchange.link.get(), oldest()) {
                        (true, Link::Sending | Link::Unknown, _) => view! { <p class="review__about" role="status">{tr!("loading")}</p> }.into_any(),
                        (true, _, _) => view! { <p class="review__about">{tr!("manager-no-records")}</p> }.into_any(),
                        (_, _, None) => view! { <p class="review__about">{tr!("manager-nothing-do")}</p> }.into_any(),
                        (_, _, Some((stream, days))) => view! {
                            <p class="review__about">{tr!("manager-choose")}</p>
                            <p class="review__about">{tr!("manager-oldest", {"days" => days.max(0)})}</p>
                            <p><a class="govuk-button review__start" href=format!("/waiting/{stream}") draggable="false">{tr!("manager-start")}</a></p>
                        }.into_any(),
                    }}
                </section>
            </div>
        </Page>
    }
}
