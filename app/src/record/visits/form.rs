//! What the plan of a visit asks, and what it writes down.

use std::collections::{BTreeMap, BTreeSet};

use domain::dates::{DateName, Dated, Days, Of, problems_of};
use domain::id::{StaffId, VisitId};
use domain::payload::visit::VisitPlanned;
use jiff::civil::{Date, Time};
use leptos::prelude::*;
use leptos_fluent::tr;
use serde::{Deserialize, Serialize};

use crate::components::draft::Draft;
use crate::components::typed::trimmed;
use crate::components::{DateBoxes, Problems};
use crate::record::Place;
use crate::words;

/// The form as it stands, for its draft.
#[derive(Serialize, Deserialize)]
struct PlanWords {
    on: DateBoxes,
    at: String,
    by: Option<StaffId>,
    place: String,
    before: String,
    bring: String,
    questions: Vec<String>,
    #[serde(default)]
    ways: BTreeMap<String, String>,
    #[serde(default)]
    left_out: BTreeMap<String, BTreeSet<String>>,
}

/// The form. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct PlanForm {
    visit: VisitId,
    pub(super) is_new: bool,
    pub(super) on: RwSignal<DateBoxes>,
    pub(super) at: RwSignal<String>,
    pub(super) by: RwSignal<Option<StaffId>>,
    pub(super) place: RwSignal<String>,
    pub(super) before: RwSignal<String>,
    pub(super) bring: RwSignal<String>,
    /// Ids of the questions, in the order in which they are to be asked.
    pub(super) questions: RwSignal<Vec<String>>,
    /// In which way some of them are asked, by their ids.
    pub(super) ways: RwSignal<BTreeMap<String, String>>,
    /// Which of their cards are not asked about, by their ids.
    pub(super) left_out: RwSignal<BTreeMap<String, BTreeSet<String>>>,
    pub(super) problems: Problems,
    pub(super) draft: Draft,
}

impl PlanForm {
    /// Begins with what is planned; a new visit is one's own. What was typed before comes back.
    pub(super) fn begin(place: Place, visit: VisitId) -> PlanForm {
        let planned = place.record_now().visits.get(&visit).and_then(|visit| visit.planned.clone());
        let me = place.directory.me.get_untracked().map(|me| me.id);
        let mine = me.filter(|me| workers(place).iter().any(|(staff, _)| staff == me));
        let of = |field: fn(&VisitPlanned) -> String| RwSignal::new(planned.as_ref().map(field).unwrap_or_default());
        let draft = match planned {
            Some(_) => format!("draft/visit/{visit}/plan"),
            None => format!("draft/{}/visit", place.stream),
        };
        let form = PlanForm {
            visit,
            is_new: planned.is_none(),
            on: RwSignal::new(planned.as_ref().map(|planned| DateBoxes::of(planned.on)).unwrap_or_default()),
            at: of(|planned| planned.at.strftime("%H:%M").to_string()),
            by: RwSignal::new(planned.as_ref().map(|planned| planned.by).or(mine)),
            place: of(|planned| planned.place.clone()),
            before: of(|planned| planned.before_you_ring.clone()),
            bring: of(|planned| planned.bring.clone()),
            questions: RwSignal::new(planned.as_ref().map(|planned| planned.questions.clone()).unwrap_or_default()),
            ways: RwSignal::new(planned.as_ref().map(|planned| planned.ways.clone()).unwrap_or_default()),
            left_out: RwSignal::new(planned.as_ref().map(|planned| planned.left_out.clone()).unwrap_or_default()),
            problems: RwSignal::new(Vec::new()),
            draft: Draft::named(draft),
        };
        form.draft.restore(move |words: PlanWords| {
            form.on.set(words.on);
            form.at.set(words.at);
            form.by.set(words.by);
            form.place.set(words.place);
            form.before.set(words.before);
            form.bring.set(words.bring);
            form.questions.set(words.questions);
            form.ways.set(words.ways);
            form.left_out.set(words.left_out);
        });
        form
    }

    pub(super) fn keep(self) {
        self.draft.keep(|| PlanWords {
            on: self.on.get_untracked(),
            at: self.at.get_untracked(),
            by: self.by.get_untracked(),
            place: self.place.get_untracked(),
            before: self.before.get_untracked(),
            bring: self.bring.get_untracked(),
            questions: self.questions.get_untracked(),
            ways: self.ways.get_untracked(),
            left_out: self.left_out.get_untracked(),
        });
    }

    /// The day, by the rules that the server judges it by.
    fn day(self, place: Place) -> Result<Date, String> {
        let on = self.on.with_untracked(DateBoxes::read).map_err(|problem| problem.in_words())?;
        let dated = Dated { date: DateName::VisitPlanned, on, of: Of::Visit(self.visit) };
        let broken = problems_of(&place.record_now().standing, dated, Days::now(place.calendar.today()));
        broken.first().map_or(Ok(on), |problem| Err(words::date_problem(problem)))
    }

    /// What was chosen for those questions that are still to be asked.
    fn of_questions<T: Clone>(self, mut chosen: BTreeMap<String, T>) -> BTreeMap<String, T> {
        self.questions.with_untracked(|questions| chosen.retain(|question, _| questions.contains(question)));
        chosen
    }

    /// The plan, or what is missing, in the order of the form.
    pub(super) fn planned(self, place: Place) -> Result<VisitPlanned, Vec<(&'static str, String)>> {
        let on = self.day(place);
        let at = self.at.get_untracked().parse::<Time>();
        let by = self.by.get_untracked();
        let mut problems = Vec::new();
        if let Err(words) = &on {
            problems.push(("on", words.clone()));
        }
        if at.is_err() {
            problems.push(("at", tr!("plan-visit-at-missing")));
        }
        if by.is_none() {
            problems.push(("by", tr!("plan-visit-by-missing")));
        }
        match (on, at, by) {
            (Ok(on), Ok(at), Some(by)) => Ok(VisitPlanned {
                before_you_ring: trimmed(self.before),
                bring: trimmed(self.bring),
                place: trimmed(self.place),
                questions: self.questions.get_untracked(),
                ways: self.of_questions(self.ways.get_untracked()),
                left_out: self.of_questions(self.left_out.get_untracked()),
                ..VisitPlanned::new(self.visit, on, at, by)
            }),
            _ => Err(problems),
        }
    }
}

/// Who may go: those who are allocated to the child, and whoever stands in for one of them.
pub(super) fn workers(place: Place) -> Vec<(StaffId, String)> {
    let assigned = place.record_now().standing.access.assigned.clone();
    let covers = untrack(|| place.records.relations.covers_from(place.calendar.today()));
    let stand_in = covers.iter().filter(|(.., cover)| assigned.contains(&cover.away)).map(|(.., cover)| cover.by);
    let all: BTreeSet<StaffId> = assigned.iter().copied().chain(stand_in).collect();
    all.into_iter().map(|staff| (staff, place.directory.name_of(staff))).collect()
}
