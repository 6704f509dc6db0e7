//! What was promised last time, and what became of it: the first thing a child is told.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Record;
use crate::id::VisitId;
use crate::payload::plan::{Outcome, Step};
use crate::standing::ActionState;

/// What became of something that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Became {
    /// It was agreed, and is not done yet.
    Agreed,
    /// It was done.
    Done,
    /// It was not agreed, or not done.
    Not(String),
}

/// One thing the child should hear of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// What was asked for.
    pub words: String,
    /// What became of it.
    pub became: Became,
    /// When.
    pub on: Date,
}

/// What is agreed and open, and what was closed since the last visit before `visit`; the latest first.
pub fn promises(record: &Record, visit: VisitId) -> Vec<Promise> {
    let made = record.visits.iter().filter_map(|(id, visit)| Some((*id, visit.started.as_ref()?.what.on)));
    let mut promises = all(record);
    promises.retain(|promise| promise.is_news_since(last_visit(made.clone(), visit)));
    promises
}

/// Everything that was promised or closed, the latest first.
pub(super) fn all(record: &Record) -> Vec<Promise> {
    let mut promises: Vec<Promise> = record
        .plan
        .actions
        .iter()
        .filter_map(|(id, action)| {
            let Step::WeWillAsk { words, .. } = &action.added.step else { return None };
            let last = &action.outcomes.last()?.what;
            let became = match &last.outcome {
                // Written again after it was agreed, it is no promise any more.
                Outcome::Agreed if record.standing.actions.get(id) != Some(&ActionState::Agreed) => return None,
                Outcome::Agreed => Became::Agreed,
                Outcome::Done => Became::Done,
                Outcome::NotAgreed { why } | Outcome::NotDone { why } => Became::Not(why.clone()),
            };
            Some(Promise { words: words.clone(), became, on: last.on })
        })
        .collect();
    promises.sort_by_key(|promise| (std::cmp::Reverse(promise.on), promise.words.clone()));
    promises
}

impl Promise {
    /// Whether the child has not been told yet: it is agreed and open, or was closed since the last visit.
    pub(super) fn is_news_since(&self, last_visit: Option<Date>) -> bool {
        self.became == Became::Agreed || last_visit.is_none_or(|day| self.on >= day)
    }
}

/// The day of the last visit that was made, other than this one.
pub(super) fn last_visit(made: impl Iterator<Item = (VisitId, Date)>, but: VisitId) -> Option<Date> {
    made.filter(|(id, _)| *id != but).map(|(_, on)| on).max()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::id::{ActionId, OperationId, StaffId};
    use crate::payload::plan::{ActionAdded, ActionOutcome};
    use crate::payload::visit::VisitStarted;
    use crate::record::plan::PlanAction;
    use crate::record::{Attributed, Source};
    use jiff::Timestamp;
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;

    const NOW: VisitId = VisitId(Uuid::from_u128(9));

    fn source() -> Source {
        let moment = Timestamp::UNIX_EPOCH;
        Source { id: OperationId(Uuid::nil()), by: StaffId(Uuid::nil()), captured_at: moment, received_at: None }
    }

    fn record(outcomes: Vec<(Outcome, Date)>) -> Arc<Record> {
        let mut record = Record::default();
        let visit = VisitId(Uuid::from_u128(1));
        let started =
            VisitStarted { visit, on: date(2026, 11, 9), present: Vec::new(), checks: Vec::new(), promise_told: None };
        record.visits.entry(visit).or_default().started = Some(Attributed { what: started, source: source() });
        for (place, (outcome, on)) in outcomes.into_iter().enumerate() {
            let action = ActionId(Uuid::from_u128(place as u128 + 1));
            if outcome == Outcome::Agreed {
                record.standing.actions.insert(action, ActionState::Agreed);
            }
            let step = Step::WeWillAsk { words: format!("ask {place}"), who: String::new(), due: on };
            let added = ActionAdded { action, step, answers: Vec::new(), differs: None };
            let outcomes = vec![Attributed { what: ActionOutcome { action, outcome, on }, source: source() }];
            record.plan.actions.insert(action, PlanAction { added, source: source(), version: 1, outcomes });
        }
        Arc::new(record)
    }

    #[test]
    fn what_is_agreed_stays_until_it_is_done() {
        let record = record(vec![(Outcome::Agreed, date(2026, 10, 1))]);
        let promises = promises(&record, NOW);
        assert_eq!(promises.len(), 1);
        assert_eq!(promises[0].became, Became::Agreed);
    }

    #[test]
    fn what_was_closed_before_the_last_visit_has_been_told() {
        let why = || "no driver".to_owned();
        let record = record(vec![
            (Outcome::Done, date(2026, 11, 8)),
            (Outcome::Done, date(2026, 11, 9)),
            (Outcome::NotAgreed { why: why() }, date(2026, 11, 20)),
        ]);
        let promises = promises(&record, NOW);
        let became: Vec<_> = promises.iter().map(|promise| (promise.words.as_str(), &promise.became)).collect();
        assert_eq!(became, [("ask 2", &Became::Not(why())), ("ask 1", &Became::Done)]);
    }
}
