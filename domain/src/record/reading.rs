//! What screens ask of a folded record.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::capture::{Capture, CaptureView};
use super::{FieldValue, Record};
use crate::calendar;
use crate::id::{ActionId, OperationId, ViewId};
use crate::payload::Payload;
use crate::payload::child::Birth;
use crate::payload::plan::Field;

impl Record {
    /// The child's views that stand: every placement of every activity.
    pub fn views(&self) -> impl Iterator<Item = CaptureView<'_>> {
        self.captures.values().flat_map(Capture::views)
    }

    /// The views that no action of the plan speaks to.
    pub fn views_without_action(&self) -> Vec<CaptureView<'_>> {
        let answered: BTreeSet<&ViewId> = self.plan.actions.values().flat_map(|action| &action.added.answers).collect();
        self.views().filter(|view| !answered.contains(&view.id())).collect()
    }

    /// Open actions that answer something that is not among the child's views: it was taken back, or was never here. An activity
    /// of a way that a newer version knows has views that are not read here.
    pub fn actions_without_view(&self) -> impl Iterator<Item = ActionId> {
        let here: BTreeSet<ViewId> = self.views().map(|view| view.id()).collect();
        let is_newer = |view: &ViewId| self.captures.get(&view.capture).is_some_and(|of| !of.asking.is_known());
        let actions =
            self.plan.actions.values().filter(|action| self.standing.actions.contains_key(&action.added.action));
        actions
            .filter(move |action| action.added.answers.iter().any(|view| !here.contains(view) && !is_newer(view)))
            .map(|action| action.added.action)
    }

    /// How many answers belong to an activity that is not here: its beginning waits for a manager, or never came. They count for
    /// nothing until it does.
    pub fn answers_without_activity(&self) -> usize {
        let steps = self.early.values().flatten();
        steps.filter(|(payload, _)| matches!(payload, Payload::Answered(_))).count()
    }

    /// The one value of a field; none while it is empty or in conflict.
    pub fn field(&self, field: &Field) -> Option<&FieldValue> {
        match self.fields.get(field)?.values.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }

    /// The operation that a new value of this field replaces, for someone who sees what is here.
    pub fn replaces(&self, field: &Field) -> Option<OperationId> {
        self.fields.get(field)?.values.last().map(|value| value.source.id)
    }

    /// The child's age in whole years.
    pub fn age(&self, today: Date) -> Option<u16> {
        match self.child.as_ref()?.what.birth {
            Birth::Born(day) => calendar::age_in_years(day, today),
            Birth::Expected(_) => None,
        }
    }

    /// The working day of the assessment, counted from the referral; none once a manager has authorised a version of the
    /// plan since, for that ended it: a later change of the plan has no such clock.
    pub fn assessment_day(&self, today: Date) -> Option<u32> {
        let received = self.field(&Field::ReferralReceived)?.value.parse().ok()?;
        (!self.plan.was_authorised_since(received)).then(|| calendar::working_days(received, today))
    }
}
