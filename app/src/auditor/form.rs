//! The template of an audit as a form, and what it writes down.

use std::collections::BTreeMap;

use domain::dates::{DateName, Dated, Days, Of, problems_of};
use domain::id::{AuditActionId, StaffId, StreamId, TeamId};
use domain::payload::audit::{AuditAction, AuditQuestion, AuditWritten, Finding, Found};
use domain::standing::Standing;
use jiff::civil::Date;
use leptos::prelude::*;
use leptos_fluent::tr;
use replica::create;
use serde::{Deserialize, Serialize};

use crate::audit::question;
use crate::components::draft::Draft;
use crate::components::typed::trimmed;
use crate::components::{DateBoxes, Problems};
use crate::state::Calendar;
use crate::words;

/// The ids of the fields of each question: its answer, and what was seen.
const QUESTIONS: [(AuditQuestion, &str, &str); 8] = [
    (AuditQuestion::ChildHeard, "child-heard", "child-heard-words"),
    (AuditQuestion::CameOfIt, "came-of-it", "came-of-it-words"),
    (AuditQuestion::FamilyHeard, "family-heard", "family-heard-words"),
    (AuditQuestion::Analysis, "analysis", "analysis-words"),
    (AuditQuestion::Difference, "difference", "difference-words"),
    (AuditQuestion::Dates, "dates", "dates-words"),
    (AuditQuestion::ManagerAgreed, "manager-agreed", "manager-agreed-words"),
    (AuditQuestion::Plain, "plain", "plain-words"),
];
/// The ids of the fields of each action: what, by whom, by when.
const ACTIONS: [(&str, &str, &str); 4] = [
    ("action-1", "owner-1", "due-1"),
    ("action-2", "owner-2", "due-2"),
    ("action-3", "owner-3", "due-3"),
    ("action-4", "owner-4", "due-4"),
];

/// One question as it stands. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    pub(super) question: AuditQuestion,
    pub(super) id: &'static str,
    pub(super) words_id: &'static str,
    pub(super) found: RwSignal<Option<Found>>,
    pub(super) words: RwSignal<String>,
}

/// One action as it stands. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct ToDo {
    pub(super) ids: (&'static str, &'static str, &'static str),
    pub(super) words: RwSignal<String>,
    pub(super) owner: RwSignal<Option<StaffId>>,
    pub(super) due: RwSignal<DateBoxes>,
}

/// The form as it stands, for its draft.
#[derive(Serialize, Deserialize)]
struct Typed {
    answers: BTreeMap<AuditQuestion, (Option<Found>, String)>,
    praise: String,
    actions: Vec<(String, Option<StaffId>, DateBoxes)>,
}

/// The form. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct AuditForm {
    pub(super) asked: StoredValue<Vec<Asked>>,
    pub(super) praise: RwSignal<String>,
    pub(super) actions: StoredValue<Vec<ToDo>>,
    /// How many actions are shown.
    pub(super) shown: RwSignal<usize>,
    pub(super) problems: Problems,
    pub(super) draft: Draft,
}

impl AuditForm {
    /// Nothing is answered. What was typed before comes back.
    pub(super) fn begin(child: StreamId) -> AuditForm {
        let asked = QUESTIONS.map(|(question, id, words_id)| {
            let (found, words) = (RwSignal::new(None), RwSignal::default());
            Asked { question, id, words_id, found, words }
        });
        let actions = ACTIONS.map(|ids| {
            let (words, owner, due) = (RwSignal::default(), RwSignal::new(None), RwSignal::default());
            ToDo { ids, words, owner, due }
        });
        let form = AuditForm {
            asked: StoredValue::new(asked.to_vec()),
            praise: RwSignal::default(),
            actions: StoredValue::new(actions.to_vec()),
            shown: RwSignal::new(1),
            problems: RwSignal::new(Vec::new()),
            draft: Draft::named(format!("draft/{child}/audit")),
        };
        form.draft.restore(move |mut typed: Typed| {
            for asked in form.asked.get_value() {
                if let Some((found, words)) = typed.answers.remove(&asked.question) {
                    asked.found.set(found);
                    asked.words.set(words);
                }
            }
            form.praise.set(typed.praise);
            form.shown.set(typed.actions.len().clamp(1, ACTIONS.len()));
            for (action, (words, owner, due)) in form.actions.get_value().into_iter().zip(typed.actions) {
                action.words.set(words);
                action.owner.set(owner);
                action.due.set(due);
            }
        });
        form
    }

    pub(super) fn keep(self) {
        self.draft.keep(|| Typed {
            answers: self
                .asked
                .get_value()
                .into_iter()
                .map(|asked| (asked.question, (asked.found.get_untracked(), asked.words.get_untracked())))
                .collect(),
            praise: self.praise.get_untracked(),
            actions: self
                .actions()
                .map(|action| (action.words.get_untracked(), action.owner.get_untracked(), action.due.get_untracked()))
                .collect(),
        });
    }

    /// Whether another action can be added.
    pub(super) fn has_room(self) -> bool {
        self.shown.get() < ACTIONS.len()
    }

    /// The actions that are shown.
    fn actions(self) -> impl Iterator<Item = ToDo> {
        self.actions.get_value().into_iter().take(self.shown.get_untracked())
    }

    /// What was found, or what is missing, in the order of the form.
    pub(super) fn written(
        self,
        child: StreamId,
        team: TeamId,
        calendar: Calendar,
    ) -> Result<AuditWritten, Vec<(&'static str, String)>> {
        let mut wrong = Vec::new();
        let mut findings = BTreeMap::new();
        for asked in self.asked.get_value() {
            let words = trimmed(asked.words);
            match asked.found.get_untracked() {
                None => wrong.push((asked.id, tr!("audit-answer-missing", {"question" => question(asked.question)}))),
                Some(found) if found.needs_words() && words.is_empty() => {
                    wrong.push((asked.words_id, tr!("audit-words-missing", {"question" => question(asked.question)})));
                }
                Some(found) => drop(findings.insert(asked.question, Finding { found, words })),
            }
        }
        let mut actions = Vec::new();
        for action in self.actions() {
            let (words, owner) = (trimmed(action.words), action.owner.get_untracked());
            let is_empty = words.is_empty() && owner.is_none() && action.due.get_untracked() == DateBoxes::default();
            if is_empty {
                continue;
            }
            let due = day(action.due, calendar.today());
            if words.is_empty() {
                wrong.push((action.ids.0, tr!("audit-action-missing")));
            }
            if owner.is_none() {
                wrong.push((action.ids.1, tr!("audit-owner-missing")));
            }
            match (due, owner) {
                (Err(words), _) => wrong.push((action.ids.2, words)),
                (Ok(due), Some(owner)) => {
                    let action = AuditActionId(create::uuid(calendar.now()));
                    actions.push(AuditAction { action, words, owner, due });
                }
                (Ok(_), None) => {}
            }
        }
        if wrong.is_empty() {
            Ok(AuditWritten { child, team, findings, praise: trimmed(self.praise), actions })
        } else {
            Err(wrong)
        }
    }
}

/// A day, by the rules that the server judges it by.
fn day(due: RwSignal<DateBoxes>, today: Date) -> Result<Date, String> {
    let on = due.with_untracked(DateBoxes::read).map_err(|problem| problem.in_words())?;
    let dated = Dated { date: DateName::AuditActionDue, on, of: Of::Child };
    let broken = problems_of(&Standing::default(), dated, Days::now(today));
    broken.first().map_or(Ok(on), |problem| Err(words::date_problem(problem)))
}
