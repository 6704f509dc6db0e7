//! The contacts of one record, and the day's answer to them.

use std::sync::Arc;

use domain::id::{ContactId, StreamId};
use domain::payload::contact::{ConcernSeen, ContactFrom, ContactHow, ContactSeen, SafeNow};
use domain::permission::Action as Act;
use domain::record::Source;
use domain::record::contact::Contact;
use domain::{Payload, Record};
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::components::typed::trimmed;
use crate::components::{Problems, TextArea, kept_words};
use crate::state::{Calendar, Directory, Exchange, Records, Urgency};
use crate::words;

/// The ids of the answers of as many concerns as may wait at once on a page.
const NOW: [&str; 4] = ["concern-now", "concern-now-2", "concern-now-3", "concern-now-4"];

/// Every contact, what waits first, then the latest; nothing where there is none.
#[component]
pub fn Contacts(stream: StreamId, record: Memo<Option<Arc<Record>>>) -> impl IntoView {
    let (relations, today) = (Records::get().relations, Calendar::get().today());
    let allowed = Memo::new(move |_| {
        let of = |record: &Arc<Record>| {
            let access = &record.standing.access;
            (relations.may(access, Act::WriteFacts), relations.decides(access))
        };
        record.with(|record| record.as_ref().map(of).unwrap_or_default())
    });
    // Followed by themselves: what is being answered must not be built again at each thing that arrives.
    let contacts = Memo::new(move |_| {
        let all = record.with(|record| record.as_ref().map(|record| record.contacts.clone()).unwrap_or_default());
        let mut all: Vec<(ContactId, Contact)> = all.into_iter().collect();
        all.sort_by_key(|(_, of)| {
            let waits = of.waits_for_worker() || of.waits_for_manager();
            (!waits, of.concern.is_none(), std::cmp::Reverse((of.written.what.on, of.written.what.at)))
        });
        all
    });
    let one = move |(place, (id, contact)): (usize, (ContactId, Contact))| {
        let (reads, decides) = allowed.get();
        let to_decide = decides && contact.concern.is_some() && contact.waits_for_manager();
        let to_read = reads && contact.waits_for_worker() && !(decides && contact.concern.is_some());
        view! {
            <article class="heard-contact">
                <OneContact contact today/>
                {to_read.then(|| view! { <HaveRead stream id/> })}
                {to_decide.then(|| view! { <WhatNow stream id place/> })}
            </article>
        }
    };
    move || {
        let contacts = contacts.get();
        (!contacts.is_empty()).then(|| {
            view! {
                <section class="heard-panel heard-out-of-hours" aria-labelledby="contacts">
                    <h2 class="heard-panel__title" id="contacts">{tr!("contacts-title")}</h2>
                    {contacts.into_iter().enumerate().map(one).collect_view()}
                </section>
            }
        })
    }
}

#[component]
fn OneContact(contact: Contact, today: Date) -> impl IntoView {
    let directory = Directory::get();
    let by = move |source: &Source| {
        let at = words::near_time(source.received_at.unwrap_or(source.captured_at), today);
        tr!("contact-by", {"name" => directory.name_of(source.by), "at" => at})
    };
    let of = contact.written.what.clone();
    let (class, kind) = match contact.concern {
        Some(_) => ("govuk-tag govuk-tag--red", tr!("contact-a-concern")),
        None => ("govuk-tag govuk-tag--grey", tr!("contact-a-contact")),
    };
    let when = format!("{} {}", words::near_date(of.on, today), of.at.strftime("%H:%M"));
    let line = |label: String, words: String| {
        (!words.is_empty()).then(|| view! { <p class="heard-list__words"><strong>{label}</strong>" "{words}</p> })
    };
    let concern = contact.concern.clone();
    let (is_new, for_manager) = (contact.waits_for_worker(), contact.concern.is_some() && contact.waits_for_manager());
    let is_mine = directory.me.get_untracked().is_some_and(|me| me.id == contact.written.source.by);
    let has_not_come = is_mine && contact.written.source.received_at.is_none();
    let exchange = Exchange::get();
    let is_unsent = move || has_not_come && exchange.unsent.get() > 0;
    view! {
        <h3 class="heard-capture__title"><strong class=class>{kind}</strong>" "{when}", "{how(of.how)}": "<bdi>{of.who}</bdi></h3>
        {of.about.map(|about| line(tr!("contact-about-label"), about.words))}
        {line(tr!("contact-said-label"), format!("“{}”", of.said))}
        {line(tr!("contact-done-label"), of.done)}
        {concern.map(|(safe_now, told)| view! {
            {line(tr!("contact-safe-label"), safe(safe_now))}
            {line(tr!("contact-told-label"), told)}
        })}
        {line(tr!("contact-to-do-label"), of.to_do)}
        <p class="heard-quiet">{tr!("contact-written-by", {"by" => by(&contact.written.source)})}</p>
        {move || is_unsent().then(|| view! { <p class="heard-alert">{tr!("contact-not-sent")}</p> })}
        {(is_new && !has_not_come).then(|| view! { <p class="heard-prompt">{tr!("contact-nobody-yet")}</p> })}
        {for_manager.then(|| view! { <p class="heard-prompt">{tr!("contact-no-manager-yet")}</p> })}
        {contact.seen.iter().map(|seen| view! { <p class="heard-quiet">{tr!("contact-read-by", {"by" => by(seen)})}</p> }).collect_view()}
        {contact.decided.iter().map(|decided| view! {
            <p class="heard-list__words"><strong>{tr!("contact-now-label")}</strong>" "{decided.what.words.clone()}" "<span class="heard-quiet">{by(&decided.source)}</span></p>
        }).collect_view()}
    }
}

/// A worker, or a manager, has read it.
#[component]
fn HaveRead(stream: StreamId, id: ContactId) -> impl IntoView {
    let records = Records::get();
    let save = Action::new_local(move |(): &()| {
        let seen = Payload::ContactSeen(ContactSeen { contact: id });
        async move { records.record(stream, vec![seen], Urgency::WithTheRest).await }
    });
    view! {
        <button class="govuk-button plan-small-button" type="button" disabled=move || save.pending().get() on:click=move |_| { save.dispatch_local(()); }>{tr!("contact-have-read")}</button>
        {move || save.value().get().and_then(Result::err).map(|problem| view! {
            <p class="govuk-error-message" role="alert">{words::not_saved(&problem)}</p>
        })}
    }
}

/// A manager says what happens now.
#[component]
fn WhatNow(stream: StreamId, id: ContactId, place: usize) -> impl IntoView {
    let records = Records::get();
    let (typed, draft) = kept_words(format!("draft/{stream}/concern/{id}"));
    let problems: Problems = RwSignal::new(Vec::new());
    let save = Action::new_local(move |(): &()| {
        let seen = Payload::ConcernSeen(ConcernSeen { contact: id, words: trimmed(typed) });
        async move {
            let saved = records.record(stream, vec![seen], Urgency::Now).await;
            if saved.is_ok() {
                draft.forget();
            }
            saved
        }
    });
    let field = NOW.get(place).copied().unwrap_or("concern-now");
    let press = move |_| {
        if trimmed(typed).is_empty() {
            problems.set(vec![(field, tr!("contact-now-missing"))]);
        } else {
            problems.set(Vec::new());
            save.dispatch_local(());
        }
    };
    view! {
        <TextArea id=field label=tr!("contact-now") rows=2 value=typed problems/>
        <button class="govuk-button plan-small-button" type="button" disabled=move || save.pending().get() on:click=press>{tr!("contact-now-save")}</button>
        {move || save.value().get().and_then(Result::err).map(|problem| view! {
            <p class="govuk-error-message" role="alert">{words::not_saved(&problem)}</p>
        })}
    }
}

pub(super) fn from(of: ContactFrom) -> String {
    match of {
        ContactFrom::Child => tr!("contact-from-child"),
        ContactFrom::Family => tr!("contact-from-family"),
        ContactFrom::Professional => tr!("contact-from-professional"),
        ContactFrom::Other => tr!("contact-from-other"),
    }
}

pub(super) fn how(of: ContactHow) -> String {
    match of {
        ContactHow::Telephone => tr!("contact-how-telephone"),
        ContactHow::InPerson => tr!("contact-how-in-person"),
        ContactHow::Message => tr!("contact-how-message"),
    }
}

pub(super) fn safe(of: SafeNow) -> String {
    match of {
        SafeNow::Yes => tr!("contact-safe-yes"),
        SafeNow::No => tr!("contact-safe-no"),
        SafeNow::NotKnown => tr!("contact-safe-not-known"),
    }
}
