//! What came in the night and waits for whoever is at work: the first thing of their day.

use domain::id::StreamId;
use domain::permission::Action;
use domain::record::contact::ToRead as Waiting;
use leptos::prelude::*;
use leptos_fluent::tr;

use super::unknown::{contacts_of, unknown_child};
use crate::state::{Calendar, Directory, Records};
use crate::words;

/// Nothing where nothing waits.
#[component]
pub fn ToRead() -> impl IntoView {
    let (records, directory, calendar) = (Records::get(), Directory::get(), Calendar::get());
    let waiting = Memo::new(move |_| {
        let mut all: Vec<(StreamId, String, Waiting)> = records.summaries.with(|summaries| {
            let of_record = summaries.iter().flat_map(|(stream, of)| {
                let decides = records.relations.decides(&of.access);
                let reads = records.relations.may(&of.access, Action::WriteFacts);
                let mine =
                    of.to_read.iter().filter(move |one| if decides { one.by_manager } else { reads && one.by_worker });
                mine.map(move |one| (*stream, unknown_child(*stream, of.short_name()), one.clone()))
            });
            of_record.collect()
        });
        all.sort_by_key(|(.., one)| (!one.is_concern, one.since));
        all
    });
    move || {
        let waiting = waiting.get();
        (!waiting.is_empty()).then(|| view! {
            <section class="heard-panel" aria-labelledby="to-read">
                <h2 class="heard-panel__title" id="to-read">{tr!("to-read-title")}</h2>
                <ul class="heard-list">
                    {waiting.into_iter().map(|(stream, name, one)| {
                        let (class, kind) = if one.is_concern {
                            ("govuk-tag govuk-tag--red", tr!("contact-a-concern"))
                        } else {
                            ("govuk-tag govuk-tag--grey", tr!("contact-a-contact"))
                        };
                        let at = words::near_time(one.since, calendar.today());
                        view! {
                            <li class="heard-list__row">
                                <span><strong class=class>{kind}</strong>" "<a class="govuk-link" href=contacts_of(stream)>{tr!("to-read-about", {"name" => name})}</a></span>
                                <span class="heard-quiet">{tr!("contact-by", {"name" => directory.name_of(one.by), "at" => at})}</span>
                            </li>
                        }
                    }).collect_view()}
                </ul>
            </section>
        })
    }
}
