//! What the plan does about the views of the visit. Nothing here promises what is not agreed.

use super::views::placement;
use super::words::{day, one_line, unstopped};
use super::{Note, Reader, section};
use crate::id::ViewId;
use crate::payload::plan::{Outcome, Step};
use crate::record::plan::PlanAction;
use crate::standing::ActionState;
use crate::standing::plan::PlanState;

impl Note<'_> {
    pub(super) fn actions(&self) -> Option<String> {
        let mut lines: Vec<_> = self
            .record
            .plan
            .actions
            .values()
            .filter(|action| self.is_of_this_visit(action) && self.may_see(action))
            .map(|action| self.action(action))
            .collect();
        if !lines.is_empty() && self.reader == Reader::Council {
            lines.insert(0, self.plan_state());
        }
        section("WHAT HAPPENS NOW", lines)
    }

    fn is_of_this_visit(&self, action: &PlanAction) -> bool {
        let mut answers = action.added.answers.iter();
        answers.any(|view| self.captures.iter().chain(&self.partly).any(|seen| seen.id == view.capture))
    }

    /// An action that answers anything kept from the reader would tell of it, also where it answers other views too.
    fn may_see(&self, action: &PlanAction) -> bool {
        let may_tell = |view: &ViewId| {
            let answered = self.record.captures.get(&view.capture);
            answered.is_some_and(|capture| {
                self.reader.is_told_of(capture, &view.option) && self.tells_of(capture, &view.option)
            })
        };
        self.reader == Reader::Council || action.added.answers.iter().all(may_tell)
    }

    fn plan_state(&self) -> String {
        let plan = &self.record.standing.plan;
        let state = match plan.state {
            PlanState::Draft => "not submitted yet",
            PlanState::Submitted => "waiting for the manager",
            PlanState::Authorised => "authorised by the manager",
            PlanState::Returned => "returned by the manager",
        };
        format!("Plan, version {}: {state}.", plan.version)
    }

    fn action(&self, action: &PlanAction) -> String {
        let said: Vec<_> = action.added.answers.iter().filter_map(|view| self.said(view)).collect();
        let mut line = match said.as_slice() {
            [] => "-".to_owned(),
            said => format!("- {} →", said.join("; ")),
        };
        line.push_str(&match &action.added.step {
            Step::NoAction => " no action.".to_owned(),
            Step::WeWillAsk { words, who, due } => self.asked(action, words, who, &day(*due)),
        });
        if let Some(why) = &action.added.differs {
            line.push_str(&format!(" Why this differs from what {} said: {}.", self.child, unstopped(why)));
        }
        line
    }

    /// "You said the bus: don't like". Hand over hand it is not the child who said so.
    fn said(&self, view: &ViewId) -> Option<String> {
        let capture = self.record.captures.get(&view.capture)?;
        let placed = capture.placements.iter().find(|placed| placed.option.id == view.option)?;
        let who = if capture.is_hand_over_hand() { "By the adult's account," } else { "You said" };
        Some(format!("{who} {}", placement(capture, placed)))
    }

    /// The standing says how far the action has come; the last outcome says how it closed.
    fn asked(&self, action: &PlanAction, words: &str, who: &str, due: &str) -> String {
        let words = unstopped(words);
        let who = one_line(who);
        let last = action.outcomes.last().map(|told| &told.what);
        let on = last.map(|outcome| day(outcome.on)).unwrap_or_default();
        let state = self.record.standing.actions.get(&action.added.action);
        match (state, last.map(|outcome| &outcome.outcome)) {
            (Some(ActionState::Agreed), _) => {
                format!(" agreed on {on}: {words}, {who}, by {due}.")
            }
            (None, Some(Outcome::NotAgreed { why })) => {
                format!(" we asked: {words}. Not agreed on {on}: {}.", unstopped(why))
            }
            (None, Some(Outcome::Done)) => format!(" done on {on}: {words}."),
            (None, Some(Outcome::NotDone { why })) => {
                format!(" agreed: {words}. Not done, on {on}: {}.", unstopped(why))
            }
            _ => format!(" we will ask: {words}, {who}, by {due}. Not agreed yet."),
        }
    }
}
