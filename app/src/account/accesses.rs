//! Who looked at a record, and what one member of staff did. It is asked of the server each time: nothing of it is kept on
//! the device.

use domain::id::{StaffId, StreamId, StreamKind};
use domain::looking::{LookedAt, StandsOut, many_in_a_row, stands_out};
use domain::payload::council::Hours;
use domain::wire::AccessRecord;
use leptos::prelude::*;
use leptos_fluent::tr;
use leptos_router::hooks::{use_location, use_query_map};
use replica::exchange::Failure;

use super::csv;
use crate::components::{Page, in_address};
use crate::platform::http::Server;
use crate::platform::page;
use crate::state::{Calendar, CouncilSettings, Directory, Records};
use crate::words;

/// What is asked of the log.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum About {
    Stream(StreamId),
    Staff(StaffId),
}

/// A part of the log, by its name in the address.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    All,
    Read,
    Written,
    Refused,
    Devices,
}

impl Part {
    const ALL: [Part; 5] = [Part::All, Part::Read, Part::Written, Part::Refused, Part::Devices];

    fn name(self) -> &'static str {
        match self {
            Part::All => "",
            Part::Read => "read",
            Part::Written => "written",
            Part::Refused => "refused",
            Part::Devices => "devices",
        }
    }

    fn words(self) -> String {
        match self {
            Part::All => tr!("access-all"),
            Part::Read => tr!("access-read"),
            Part::Written => tr!("access-written"),
            Part::Refused => tr!("access-refused"),
            Part::Devices => tr!("access-devices"),
        }
    }

    fn has(self, record: &AccessRecord) -> bool {
        match self {
            Part::All => true,
            Part::Read => {
                matches!(
                    record.action.as_str(),
                    "pull" | "entries" | "reading" | "search" | "sample" | "doubles" | "index" | "held" | "access"
                )
            }
            Part::Written => matches!(record.action.as_str(), "push" | "paper"),
            Part::Refused => record.outcome != "done",
            Part::Devices => matches!(
                record.action.as_str(),
                "sign_in"
                    | "enrol"
                    | "escrow"
                    | "devices"
                    | "revoke"
                    | "end_session"
                    | "invite"
                    | "change_staff"
                    | "rename_team"
                    | "staff"
            ),
        }
    }
}

/// Who looked at the record in the address?
#[component]
pub fn ChildAccessPage() -> impl IntoView {
    let records = Records::get();
    let stream = in_address::<StreamId>("stream");
    move || {
        let stream = stream.get()?;
        let listed = move || records.summaries.with(|all| all.get(&stream).map(|of| of.short_name()));
        // An auditor's tablet has the name while the record is read.
        let read = records.now(stream).and_then(|record| record.child.as_ref().map(|child| child.what.name.short()));
        let name = move || listed().or(read.clone()).unwrap_or_default();
        let heading = Signal::derive(move || match name() {
            name if name.is_empty() => tr!("access-one-child"),
            name => tr!("access-child", {"name" => name}),
        });
        let from_elsewhere = records.reason_for(stream).is_some();
        let back =
            Signal::stored(if from_elsewhere { format!("/read/{stream}") } else { format!("/children/{stream}") });
        Some(view! { <Log about=About::Stream(stream) heading back/> })
    }
}

/// What did the member of staff in the address do?
#[component]
pub fn StaffAccessPage() -> impl IntoView {
    let directory = Directory::get();
    let staff = in_address::<StaffId>("staff");
    move || {
        let staff = staff.get()?;
        let is_me = move || directory.me.with(|me| me.as_ref().is_some_and(|me| me.id == staff));
        let heading = Signal::derive(move || {
            if is_me() { tr!("access-own") } else { tr!("access-staff", {"name" => directory.name_of(staff)}) }
        });
        let back = Signal::derive(move || if is_me() { "/".to_owned() } else { "/access".to_owned() });
        Some(view! { <Log about=About::Staff(staff) heading back/> })
    }
}

/// What was loaded of the log so far.
#[derive(Clone, Copy)]
struct Loaded {
    records: RwSignal<Vec<AccessRecord>>,
    /// Where what was earlier begins; none at the beginning of the log.
    before: RwSignal<Option<String>>,
    load: Action<Option<String>, Result<(), Failure>>,
    /// For what stands out.
    council: CouncilSettings,
}

impl Loaded {
    fn of(about: About) -> Loaded {
        let (records, earlier) = (RwSignal::new(Vec::new()), RwSignal::new(None));
        let load = Action::new_local(move |before: &Option<String>| {
            let before = before.clone();
            async move {
                let page = match about {
                    About::Stream(stream) => Server.accesses_at(stream, before.as_deref()).await?,
                    About::Staff(staff) => Server.accesses_by(staff, before.as_deref()).await?,
                };
                records.update(|all| all.extend(page.accesses));
                earlier.set(page.before);
                Ok(())
            }
        });
        load.dispatch_local(None);
        Loaded { records, before: earlier, load, council: CouncilSettings::of(Records::get()) }
    }
}

#[component]
fn Log(about: About, heading: Signal<String>, back: Signal<String>) -> impl IntoView {
    let loaded = Loaded::of(about);
    let query = use_query_map();
    let part = Memo::new(move |_| {
        let name = query.with(|query| query.get("what")).unwrap_or_default();
        Part::ALL.into_iter().find(|part| part.name() == name).unwrap_or(Part::All)
    });
    let failed = move || loaded.load.value().get().and_then(Result::err);
    let is_empty =
        move || loaded.load.value().get().is_some_and(|done| done.is_ok()) && loaded.records.with(Vec::is_empty);
    let nothing_of_part = move || {
        let part = part.get();
        loaded.records.with(|all| !all.is_empty() && !all.iter().any(|record| part.has(record)))
    };
    let save = move |_| {
        let table = csv::write(loaded.records.with_untracked(|all| table_of(all, loaded.council.hours())));
        page::save_text("who-looked.csv", "text/csv", &table);
    };
    view! {
        <Page title=tr!("access-title")>
            <a class="govuk-back-link" href=move || back.get()>{tr!("back")}</a>
            <h1 class="heard-title">{move || heading.get()}</h1>
            <p class="govuk-body heard-quiet">{tr!("access-about")}</p>
            <Parts part/>
            {move || failed().map(|failure| view! {
                <div class="heard-alert" role="alert"><p>{words::failure(&failure)}</p></div>
                <p class="govuk-body">{tr!("access-needs-signal")}</p>
                <button class="govuk-button" type="button" on:click=move |_| { loaded.load.dispatch_local(loaded.before.get_untracked()); }>{tr!("try-again")}</button>
            })}
            <Show when=move || is_empty() || nothing_of_part()><p class="govuk-body">{tr!("access-none")}</p></Show>
            <Rows about loaded part/>
            <Show when=move || loaded.load.pending().get()><p class="govuk-body" role="status">{tr!("loading")}</p></Show>
            <p class="access-do">
                <Show when=move || loaded.before.with(Option::is_some)>
                    <button class="govuk-button govuk-button--secondary" type="button" disabled=loaded.load.pending() on:click=move |_| { loaded.load.dispatch_local(loaded.before.get_untracked()); }>{tr!("access-earlier")}</button>
                </Show>
                <Show when=move || loaded.records.with(|all| !all.is_empty())>
                    <button class="govuk-button govuk-button--secondary" type="button" on:click=save>{tr!("access-save")}</button>
                </Show>
            </p>
        </Page>
    }
}

/// Links, so that the address keeps which part is shown and Back works.
#[component]
fn Parts(part: Memo<Part>) -> impl IntoView {
    let path = use_location().pathname;
    let link = move |of: Part| {
        let to =
            move || path.with(|path| if of == Part::All { path.clone() } else { format!("{path}?what={}", of.name()) });
        view! { <a class="govuk-link" href=to aria-current=move || (part.get() == of).then_some("true")>{of.words()}</a> }
    };
    view! { <nav class="heard-links access-parts" aria-label=tr!("access-parts")>{Part::ALL.map(link).collect_view()}</nav> }
}

#[component]
fn Rows(about: About, loaded: Loaded, part: Memo<Part>) -> impl IntoView {
    let rows = move || {
        let part = part.get();
        loaded.records.with(|all| {
            let (many, hours) = (many_in_a_row(all), loaded.council.hours());
            let shown = all.iter().zip(many).filter(|(record, _)| part.has(record));
            shown.map(|(record, many)| view! { <Row about record=record.clone() many hours/> }).collect_view()
        })
    };
    let of_child = matches!(about, About::Stream(stream) if stream.kind == StreamKind::Child);
    view! {
        <Show when=move || loaded.records.with(|all| !all.is_empty())>
            <section class="heard-panel" aria-label=tr!("access-title")>
                <table class="govuk-table team-table">
                    <caption class="govuk-visually-hidden">{tr!("access-title")}</caption>
                    <thead class="govuk-table__head">
                        <tr class="govuk-table__row">
                            <th class="govuk-table__header" scope="col">{tr!("access-when")}</th>
                            <th class="govuk-table__header" scope="col">{if of_child { tr!("access-who") } else { tr!("access-whose") }}</th>
                            <th class="govuk-table__header" scope="col">{tr!("access-what")}</th>
                            <th class="govuk-table__header" scope="col">{tr!("access-marks")}</th>
                        </tr>
                    </thead>
                    <tbody class="govuk-table__body">{rows}</tbody>
                </table>
            </section>
        </Show>
    }
}

#[component]
fn Row(about: About, record: AccessRecord, many: bool, hours: Hours) -> impl IntoView {
    let today = Calendar::get().today();
    let when = format!("{} {}", words::near_date(words::day_of(record.at), today), words::clock_time(record.at));
    let who_or_whose = match about {
        About::Stream(_) => who(&record),
        About::Staff(_) => whose(&record),
    };
    let device = record.replica.map(device);
    let marks = marks(&record, many, hours);
    view! {
        <tr class="govuk-table__row">
            <th class="govuk-table__header" scope="row">{when}</th>
            <td class="govuk-table__cell"><bdi>{who_or_whose}</bdi></td>
            <td class="govuk-table__cell">
                {what(&record)}
                {record.reason.clone().map(|reason| view! { <span class="heard-block">"“"<bdi>{reason}</bdi>"”"</span> })}
                {device.map(|device| view! { <span class="heard-block heard-quiet">{device}</span> })}
            </td>
            <td class="govuk-table__cell">{marks.into_iter().map(|words| view! { <span class="heard-block"><strong class="govuk-tag govuk-tag--yellow">{words}</strong></span> }).collect_view()}</td>
        </tr>
    }
}

fn who(record: &AccessRecord) -> String {
    record.staff.map_or_else(|| tr!("access-nobody"), |staff| Directory::get().name_of(staff))
}

/// Whose records, by the names that are known here, and how many others.
fn whose(record: &AccessRecord) -> String {
    let records = Records::get();
    let about = record.about.filter(|about| Some(*about) != record.staff);
    let about = about.map(|staff| Directory::get().name_of(staff));
    let children: Vec<&StreamId> = record.streams.iter().filter(|stream| stream.kind == StreamKind::Child).collect();
    let known = records.summaries.with_untracked(|all| {
        children.iter().filter_map(|stream| all.get(stream).map(|of| of.short_name())).collect::<Vec<_>>()
    });
    let others = children.len() - known.len();
    let others = (others > 0).then(|| tr!("access-others", {"count" => others}));
    about.into_iter().chain(known).chain(others).collect::<Vec<_>>().join(", ")
}

/// A device by the end of its number, so that two can be told apart.
pub(super) fn device(replica: domain::id::ReplicaId) -> String {
    let number: String = replica.to_string().chars().skip(32).collect();
    tr!("access-device", {"number" => number})
}

pub(super) fn what(record: &AccessRecord) -> String {
    let done = match record.action.as_str() {
        "push" => tr!("access-did-push"),
        "paper" => tr!("access-did-paper"),
        "pull" => tr!("access-did-pull"),
        "entries" => tr!("access-did-entries"),
        "reading" => tr!("access-did-reading"),
        "search" => tr!("access-did-search"),
        "sample" => tr!("access-did-sample"),
        "doubles" => tr!("access-did-doubles"),
        "index" => tr!("access-did-index"),
        "held" => tr!("access-did-held"),
        "access" => tr!("access-did-access"),
        "sign_in" => tr!("access-did-sign-in"),
        "enrol" => tr!("access-did-enrol"),
        "escrow" => tr!("access-did-escrow"),
        "staff" => tr!("access-did-staff"),
        "devices" => tr!("access-did-devices"),
        "revoke" => tr!("access-did-revoke"),
        "end_session" => tr!("access-did-end-session"),
        "invite" => tr!("access-did-invite"),
        "change_staff" => tr!("access-did-change-staff"),
        "rename_team" => tr!("access-did-rename-team"),
        other => other.to_owned(),
    };
    if record.outcome == "done" { done } else { tr!("access-not-done", {"done" => done}) }
}

fn marks(record: &AccessRecord, many: bool, hours: Hours) -> Vec<String> {
    let (directory, records) = (Directory::get(), Records::get());
    let by = record.staff.and_then(|staff| directory.colleague(staff));
    let by = by.as_ref().map(|staff| (staff.actor(), staff.name.as_str()));
    let marks = records.summaries.with_untracked(|all| {
        let child = match record.streams.as_slice() {
            [one] => all.get(one).and_then(|of| Some(LookedAt { name: of.name.as_ref()?, access: &of.access })),
            _ => None,
        };
        stands_out(record, by, child, hours)
    });
    let many = many.then_some(StandsOut::ManyInARow);
    marks.into_iter().chain(many).map(mark).collect()
}

fn mark(mark: StandsOut) -> String {
    match mark {
        StandsOut::Refused => tr!("access-mark-refused"),
        StandsOut::AtNight => tr!("access-mark-night"),
        StandsOut::SameName => tr!("access-mark-name"),
        StandsOut::NotAllocated => tr!("access-mark-not-allocated"),
        StandsOut::ManyInARow => tr!("access-mark-many"),
    }
}

/// Everything that is loaded, whatever part is shown.
fn table_of(all: &[AccessRecord], hours: Hours) -> Vec<Vec<String>> {
    let header = vec![
        tr!("access-when"),
        tr!("access-who"),
        tr!("access-whose"),
        tr!("access-what"),
        tr!("access-reason"),
        tr!("access-from"),
        tr!("access-marks"),
    ];
    let many = many_in_a_row(all);
    let row = |(record, many): (&AccessRecord, bool)| {
        vec![
            record.at.to_string(),
            who(record),
            whose(record),
            what(record),
            record.reason.clone().unwrap_or_default(),
            record.replica.map(|replica| replica.to_string()).unwrap_or_default(),
            marks(record, many, hours).join("; "),
        ]
    };
    std::iter::once(header).chain(all.iter().zip(many).map(row)).collect()
}
