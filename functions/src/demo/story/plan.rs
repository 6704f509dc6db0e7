//! The assessment and the plan.

use domain::Payload;
use domain::id::{ActionId, OperationId, ViewId};
use domain::payload::plan::{
    ActionAdded, ActionOutcome, DecisionOutcome, Field, Outcome, PlanDecided, PlanSubmitted, SetField, Step,
};
use jiff::civil::Date;

use super::Story;

/// The words of a plan.
#[derive(Clone, Copy, Default)]
pub(in crate::demo) struct Words<'a> {
    pub(in crate::demo) title: &'a str,
    pub(in crate::demo) analysis: &'a str,
    pub(in crate::demo) considered: &'a str,
    pub(in crate::demo) difference: &'a str,
    pub(in crate::demo) missing_voices: &'a str,
}

impl Story {
    /// The referral was received and the assessment started, so many working days ago.
    pub(in crate::demo) fn referred(&mut self, received: u32, started: u32) {
        let (received, started) = (self.days.back(received), self.days.back(started));
        self.sets(Field::ReferralReceived, &received.to_string());
        self.sets(Field::AssessmentStarted, &started.to_string());
    }

    /// A field is set by someone who saw what it held.
    pub(in crate::demo) fn sets(&mut self, field: Field, value: &str) -> OperationId {
        let replaces = self.standing.fields.get(&field).and_then(|field| field.set_by.last().copied());
        self.sets_over(field, value, replaces)
    }

    /// A field is set by someone who saw this value in it, whatever it holds by now.
    pub(in crate::demo) fn sets_over(
        &mut self,
        field: Field,
        value: &str,
        replaces: Option<OperationId>,
    ) -> OperationId {
        self.tell(Payload::SetField(SetField { field, value: value.into(), replaces, reason: None }))
    }

    /// The words of the plan are written; what is empty is left as it is.
    pub(in crate::demo) fn writes(&mut self, words: &Words<'_>) {
        let fields = [
            (Field::PlanTitle, words.title),
            (Field::PlanAnalysis, words.analysis),
            (Field::PlanConsidered, words.considered),
            (Field::PlanDifference, words.difference),
            (Field::PlanMissingVoices, words.missing_voices),
        ];
        for (field, value) in fields {
            if !value.is_empty() {
                self.sets(field, value);
            }
        }
    }

    /// "You said → we will ask".
    pub(in crate::demo) fn will_ask(
        &mut self,
        words: &str,
        who: &str,
        due: Date,
        answers: &[ViewId],
        differs: Option<&str>,
    ) -> ActionId {
        self.acts(Step::WeWillAsk { words: words.into(), who: who.into(), due }, answers, differs)
    }

    /// Nothing is done about these views, for a reason.
    pub(in crate::demo) fn does_nothing(&mut self, answers: &[ViewId], why: &str) -> ActionId {
        self.acts(Step::NoAction, answers, Some(why))
    }

    fn acts(&mut self, step: Step, answers: &[ViewId], differs: Option<&str>) -> ActionId {
        let action = ActionId(self.id(&format!("action/{}", self.script.len())));
        self.tell(Payload::ActionAdded(ActionAdded {
            action,
            step,
            answers: answers.to_vec(),
            differs: differs.map(Into::into),
        }));
        action
    }

    /// What became of an action, on the day of telling.
    pub(in crate::demo) fn outcome(&mut self, action: ActionId, outcome: Outcome) {
        let on = self.at.to_zoned(self.days.england.clone()).date();
        self.tell(Payload::ActionOutcome(ActionOutcome { action, outcome, on }));
    }

    /// The plan goes to the manager.
    pub(in crate::demo) fn submits(&mut self) {
        let version = self.standing.plan.next_submission().expect("a story submits what has changed");
        self.tell(Payload::PlanSubmitted(PlanSubmitted { version }));
    }

    /// The manager's decision on the version that waits.
    pub(in crate::demo) fn decides(&mut self, outcome: DecisionOutcome, comment: &str) {
        let version = self.standing.plan.version;
        self.tell(Payload::PlanDecided(PlanDecided { version, outcome, comment: comment.into() }));
    }
}
