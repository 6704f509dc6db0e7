//! What the form of a cover asks, and what it writes down.

use domain::Payload;
use domain::dates::{DateName, Dated, Days, Of, problems_of};
use domain::id::{CoverId, StaffId, StreamId};
use domain::payload::team::CoverArranged;
use domain::permission::Role;
use domain::standing::Standing;
use domain::wire::Staff;
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_fluent::tr;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::managed;
use crate::components::draft::Draft;
use crate::components::{Choice, DateBoxes, DateInput, ErrorSummary, Page, Problems, saving_all};
use crate::state::{Calendar, Directory, Records};
use crate::words;

/// The form as it stands, for its draft.
#[derive(Serialize, Deserialize)]
struct CoverWords {
    away: Option<StaffId>,
    by: Option<StaffId>,
    from: DateBoxes,
    until: DateBoxes,
}

/// Of whom somebody may stand in for whom: managers and workers.
fn staff(directory: Directory) -> Vec<Staff> {
    let mut all: Vec<Staff> = directory.colleagues.get_untracked();
    all.extend(directory.me.get_untracked());
    all.retain(|one| matches!(one.role, Role::Worker | Role::Manager) && !one.employment.has_left());
    all.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
    all.dedup_by_key(|one| one.id);
    all
}

/// Who is away, who stands in, from when to when.
#[component]
pub(super) fn CoverForm(
    /// Which; none for a new one.
    #[prop(optional_no_strip)]
    id: Option<CoverId>,
) -> impl IntoView {
    let (records, directory) = (Records::get(), Directory::get());
    let today = Calendar::get().today();
    let known = untrack(|| records.relations.covers_from(today)).into_iter().find(|(_, of, _)| Some(*of) == id);
    let is_new = known.is_none();
    let cover = id.filter(|_| !is_new).unwrap_or_else(|| CoverId(Uuid::now_v7()));
    let known = known.map(|(_, _, cover)| cover);
    // What has begun keeps its first day: the rules of dates must know it.
    let standing = StoredValue::new(Standing {
        covers: known.map(|known| (cover, known)).into_iter().collect(),
        ..Standing::default()
    });
    let boxes = |day: Option<Date>| RwSignal::new(day.map(DateBoxes::of).unwrap_or_default());
    let away = RwSignal::new(known.map(|cover| cover.away));
    let by = RwSignal::new(known.map(|cover| cover.by));
    let (from, until) = (boxes(known.map(|cover| cover.from)), boxes(known.map(|cover| cover.until)));
    let problems: Problems = RwSignal::new(Vec::new());
    let draft = Draft::named(if is_new { "draft/cover".to_owned() } else { format!("draft/cover/{cover}") });
    draft.restore(move |words: CoverWords| {
        away.set(words.away);
        by.set(words.by);
        from.set(words.from);
        until.set(words.until);
    });
    let keep = move || {
        draft.keep(|| CoverWords {
            away: away.get_untracked(),
            by: by.get_untracked(),
            from: from.get_untracked(),
            until: until.get_untracked(),
        });
    };
    let save = saving_all(draft, problems, keep, || "/team/cover".to_owned());
    let busy = save.pending();
    let all = StoredValue::new(staff(directory));
    let of = move |staff: StaffId| all.with_value(|all| all.iter().find(|one| one.id == staff).cloned());
    let teams = untrack(|| managed(records, directory));
    let can_be_away: Vec<(StaffId, String)> = all.with_value(|all| {
        let own = all.iter().filter(|one| teams.contains(&one.team));
        own.map(|one| (one.id, with_role(one))).collect()
    });
    // Whoever does the same work, those of the same team first.
    let can_stand_in = move || -> Vec<(StaffId, String)> {
        let Some(away) = away.get().and_then(of) else { return Vec::new() };
        all.with_value(|all| {
            let mut others: Vec<&Staff> = all.iter().filter(|one| one.role == away.role && one.id != away.id).collect();
            others.sort_by_key(|one| one.team != away.team);
            let words = |one: &Staff| {
                if one.team == away.team {
                    one.name.clone()
                } else {
                    tr!("team-joint", {"name" => one.name.clone(), "team" => one.team_name.clone()})
                }
            };
            others.into_iter().map(|one| (one.id, words(one))).collect()
        })
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let away = away.get_untracked().and_then(of);
        let by = by.get_untracked().and_then(of);
        let by = by.filter(|by| away.as_ref().is_some_and(|away| away.role == by.role && away.id != by.id));
        let mut wrong = Vec::new();
        if away.is_none() {
            wrong.push(("away", tr!("cover-away-missing")));
        }
        if by.is_none() {
            wrong.push(("by", tr!("cover-by-missing")));
        }
        let stream = away.as_ref().map(|away| StreamId::team(away.team));
        let first = from.with_untracked(DateBoxes::read).map_err(|problem| problem.in_words());
        let of = first.as_ref().ok().map(|first| Of::Cover(cover, *first));
        let first = first.and_then(|on| check(standing, DateName::CoverFrom, on, of, today));
        let last = until.with_untracked(DateBoxes::read).map_err(|problem| problem.in_words());
        let last = last.and_then(|on| check(standing, DateName::CoverUntil, on, of, today));
        wrong.extend(first.as_ref().err().map(|words| ("from", words.clone())));
        wrong.extend(last.as_ref().err().map(|words| ("until", words.clone())));
        if let (Some(stream), Some(away), Some(by), Ok(from), Ok(until)) = (stream, away, by, first, last) {
            let (away, by, role) = (away.id, by.id, by.role);
            let arranged = CoverArranged { cover, away, by, role, from, until };
            save.dispatch_local(vec![(stream, vec![Payload::CoverArranged(arranged)])]);
        }
        problems.set(wrong);
    };
    let title = if is_new { tr!("cover-new-title") } else { tr!("cover-change-title") };
    let example = words::days_later(today, 7).strftime("%-d %-m %Y").to_string();
    view! {
        <Page title=title.clone() class="heard-page heard-narrow" in_error=Signal::derive(move || problems.with(|all| !all.is_empty()))>
            <a class="govuk-back-link" href="/team/cover">{tr!("cover-title")}</a>
            <ErrorSummary problems/>
            <h1 class="heard-title">{title}</h1>
            <form class="heard-panel heard-form" novalidate on:input=move |_| keep() on:change=move |_| keep() on:submit=submit>
                <Choice id="away" legend=tr!("cover-away") value=away options=can_be_away problems/>
                {move || {
                    let options = can_stand_in();
                    (!options.is_empty()).then(|| view! {
                        <Choice id="by" legend=tr!("cover-by") hint=tr!("cover-by-hint") value=by options problems/>
                    })
                }}
                <DateInput id="from" legend=tr!("cover-from") hint=tr!("cover-from-hint", {"example" => example}) value=from problems/>
                <DateInput id="until" legend=tr!("cover-until") hint=tr!("cover-until-hint") value=until problems/>
                <button class="govuk-button" id="save" type="submit" disabled=busy>
                    {move || if busy.get() { tr!("visit-saving") } else { tr!("visit-save") }}
                </button>
            </form>
        </Page>
    }
}

/// A day, held against the rules that the server judges it by. The last day needs the first.
fn check(
    standing: StoredValue<Standing>,
    date: DateName,
    on: Date,
    of: Option<Of>,
    today: Date,
) -> Result<Date, String> {
    let Some(of) = of else { return Ok(on) };
    let broken = standing.with_value(|standing| problems_of(standing, Dated { date, on, of }, Days::now(today)));
    broken.first().map_or(Ok(on), |problem| Err(words::date_problem(problem)))
}

/// "Helen Marsh, manager".
fn with_role(one: &Staff) -> String {
    match one.role {
        Role::Manager => tr!("cover-manager", {"name" => one.name.clone()}),
        _ => one.name.clone(),
    }
}
