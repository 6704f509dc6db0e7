//! What the child said and what follows from it, for the child to keep: on the screen, or on paper that others may find.

use super::Record;
use super::capture::{Capture, CaptureView};
use super::plan::PlanAction;
use crate::id::ViewId;
use crate::payload::capture::Audience;

/// One thing that follows, with the views that it answers.
#[derive(Clone, Debug)]
pub struct Said<'a> {
    /// What follows.
    pub action: &'a PlanAction,
    /// What it answers; never empty.
    pub views: Vec<CaptureView<'a>>,
}

impl Record {
    /// What the child said and what follows from it, the oldest action first; then the views of which nothing follows yet.
    ///
    /// What may be a sign of harm is in neither, for whoever harms may find the paper. For others than the child it holds only
    /// what the child said they may see, and of what answers several views only what answers no other.
    pub fn said(&self, reader: Option<Audience>) -> (Vec<Said<'_>>, Vec<CaptureView<'_>>) {
        let may_see = |view: &CaptureView<'_>| {
            !view.capture.may_be_harm(&view.placed.option.id) && reader.is_none_or(|reader| view.may_be_told(reader))
        };
        let views: Vec<CaptureView<'_>> = self.views().collect();
        let mut actions: Vec<&PlanAction> = self.plan.actions.values().collect();
        actions.sort_by_key(|action| action.source.captured_at);
        let follows = actions.into_iter().filter_map(|action| {
            let find = |id: &ViewId| views.iter().copied().find(|view| view.id() == *id).filter(may_see);
            let views: Option<Vec<_>> = action.added.answers.iter().map(find).collect();
            views.filter(|views| !views.is_empty()).map(|views| Said { action, views })
        });
        let mut open = self.views_without_action();
        open.retain(may_see);
        (follows.collect(), open)
    }
}

impl Record {
    /// What the child wants to change, and was not asked again since. What may be a sign of harm is not asked again
    /// (PRACTICE A.19).
    pub fn changes_wanted(&self) -> Vec<CaptureView<'_>> {
        let is_asked_since = |view: &CaptureView<'_>, since| {
            let same = |other: &Capture| {
                other.question.id == view.capture.question.id
                    && other.started.captured_at > since
                    && other.is_settled(&view.placed.option.id)
            };
            self.captures.values().any(same)
        };
        let is_open = |view: &CaptureView<'_>| {
            let wanted = view.capture.changes_wanted.get(&view.placed.option.id);
            let wanted = wanted.filter(|_| !view.capture.may_be_harm(&view.placed.option.id));
            wanted.is_some_and(|wanted| !is_asked_since(view, wanted.captured_at))
        };
        self.views().filter(is_open).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cast::*;
    use crate::payload::Payload;
    use crate::script::Script;

    fn told(may: &[Audience]) -> Script {
        let mut script = Script::registered();
        script.sade([
            Payload::CaptureStarted(mat()),
            presented(1, &card("bus", "the bus")),
            answered(1, "bus", "dont-like"),
            presented(2, &card("taxi", "the taxi")),
            answered(2, "taxi", "like"),
            presented(3, &card("hurt", "it hurts")),
            answered(3, "hurt", "dont-like"),
            Payload::SharingChosen(crate::payload::capture::SharingChosen {
                may_tell: may.iter().copied().collect(),
                ..sharing(&[])
            }),
            Payload::ActionAdded(asks("a window seat", &[view("bus")])),
            Payload::ActionAdded(crate::payload::plan::ActionAdded {
                action: crate::id::ActionId(uuid::Uuid::from_u128(77)),
                ..asks("see the doctor", &[view("taxi"), view("hurt")])
            }),
        ]);
        script
    }

    fn words(script: &Script, reader: Option<Audience>) -> (Vec<String>, Vec<String>) {
        let record = script.record();
        let (said, open) = record.said(reader);
        let name = |view: &CaptureView<'_>| view.placed.option.words.clone();
        (said.iter().flat_map(|said| said.views.iter().map(name)).collect(), open.iter().map(name).collect())
    }

    #[test]
    fn the_child_has_what_follows_from_each_view_and_nothing_that_may_be_a_sign_of_harm() {
        let (follows, open) = words(&told(&[]), None);
        assert_eq!(follows, ["the bus"], "an action that answers a sign of harm would tell of it");
        assert!(open.is_empty(), "both others have an action");
    }

    #[test]
    fn others_have_only_what_the_child_said_they_may_see() {
        let script = told(&[Audience::School]);
        assert_eq!(words(&script, Some(Audience::School)).0, ["the bus"]);
        assert_eq!(words(&script, Some(Audience::Family)), (Vec::new(), Vec::new()));
    }

    #[test]
    fn who_may_see_only_some_of_it_has_only_that() {
        let mut script = told(&[]);
        script.sade([Payload::SharingChosen(crate::payload::capture::SharingChosen {
            only: [(Audience::Family, ["bus".to_owned(), "hurt".to_owned()].into())].into(),
            ..sharing(&[Audience::Family])
        })]);
        assert_eq!(words(&script, Some(Audience::Family)).0, ["the bus"]);
        let record = script.record();
        let kept = |option: &str| {
            let mut views = record.views().filter(|view| view.placed.option.id == option);
            views.next().is_some_and(|view| view.is_kept_from(Audience::Family))
        };
        assert!(!kept("bus"));
        assert!(kept("taxi"));
    }

    #[test]
    fn what_the_child_wants_to_change_is_open_until_it_is_asked_again() {
        use crate::id::CaptureId;
        use crate::payload::capture::{Answered, CaptureStarted, ChangeWanted};
        let mut script = told(&[]);
        let says = |option: &str, not_after_all| {
            Payload::ChangeWanted(ChangeWanted { capture: CAPTURE, option: option.into(), not_after_all })
        };
        let wants = |option: &str| says(option, false);
        let open = |script: &Script| {
            let record = script.record();
            let open = record.changes_wanted();
            open.iter().map(|view| view.placed.option.id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(open(&script), [""; 0]);
        script.sade([wants("bus"), wants("hurt"), wants("a card that was never there")]);
        assert_eq!(open(&script), ["bus"]);
        script.sade([says("bus", true)]);
        assert_eq!(open(&script), [""; 0], "not after all");
        script.sade([wants("bus")]);
        // Asked again on a later day: what was said before stays, and waits no more.
        let again = CaptureId(uuid::Uuid::from_u128(0x42));
        let Payload::Answered(answer) = answered(4, "bus", "like") else { panic!("an answer") };
        for payload in [
            Payload::CaptureStarted(CaptureStarted { capture: again, ..mat() }),
            Payload::Answered(Answered { capture: again, ..answer }),
        ] {
            let mut later = script.next(payload);
            later.captured_at += jiff::SignedDuration::from_hours(24);
            script.body(SADE, later.write(salt()).into_text());
        }
        assert_eq!(open(&script), [""; 0]);
        assert_eq!(script.record().views().filter(|view| view.placed.option.id == "bus").count(), 2);
    }
}
