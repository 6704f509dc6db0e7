//! Whether a child was asked the same again, and said the same (PRACTICE A.18). Repeats are never merged.

use jiff::Timestamp;

use super::Record;
use super::capture::{Capture, CaptureView, audiences};
use crate::asking::Kind;
use crate::id::CaptureId;
use crate::payload::capture::{Card, LastPlacement, LastTime};

/// How a view stands beside the child's others on the same question and option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeated {
    /// Asked on one mat.
    Once,
    /// Asked on so many mats, and it lay in the same place in the end.
    Same(usize),
    /// Asked on so many mats, and it lay in different places.
    Changed(usize),
}

impl Record {
    /// Compares a view with the same option of the same question, asked in the same way: a place on a scale is no yes. Where a card was moved, it is where it lay in
    /// the end that counts: that is what the child was content with.
    pub fn repeated(&self, view: CaptureView<'_>) -> Repeated {
        let (question, option) = (&view.capture.question.id, &view.placed.option.id);
        let kind = view.capture.asking.kind();
        // Two drawings are two drawings, and a person compares what was written.
        if view.capture.asking.is_made() {
            return Repeated::Once;
        }
        let others = self.captures.values().filter(|capture| {
            capture.question.id == *question && capture.asking.kind() == kind && capture.id != view.capture.id
        });
        let lies = |other: &Capture| {
            let placed = other.placements.iter().find(|placed| placed.option.id == *option)?;
            is_same_place((view.capture, &view.placed.cell), (other, &placed.cell))
        };
        let same: Vec<bool> = others.filter_map(lies).collect();
        match same.iter().all(|same| *same) {
            _ if same.is_empty() => Repeated::Once,
            true => Repeated::Same(same.len() + 1),
            false => Repeated::Changed(same.len() + 1),
        }
    }
}

/// Whether a card lies in the same place on both mats, however finely the one tells it; none where one of the scales does not have the
/// other's place, for *like* of two is no *like a lot* of five.
fn is_same_place((one, here): (&Capture, &str), (other, there): (&Capture, &str)) -> Option<bool> {
    let is_told_finer = one.asking.end_of(here) == there || other.asking.end_of(there) == here;
    let are_on_both = other.asking.place(here).is_some() && one.asking.place(there).is_some();
    match here == there || is_told_finer {
        true => Some(true),
        false => are_on_both.then_some(false),
    }
}

/// One card on a mat that was laid again.
#[derive(Clone, Debug)]
pub struct Beside<'a> {
    /// The card.
    pub card: &'a Card,
    /// Where it lay last time; none where it was left or not asked about.
    pub last_time: Option<Card>,
    /// Where it lies now.
    pub now: Option<Card>,
    /// It lay somewhere both times, and not in the same place.
    pub is_changed: bool,
}

/// The ways in which a child puts cards into places that are the same every time.
const PUT_IN_PLACES: [Kind; 5] = [Kind::Mat, Kind::YesNo, Kind::Houses, Kind::Day, Kind::People];

impl Record {
    /// The same question, asked in the same way the time before; none where nothing was answered now, or something was made.
    pub fn last_time(&self, capture: &Capture) -> Option<&Capture> {
        capture.views().next().filter(|_| !capture.asking.is_made())?;
        let before = |other: &&Capture| begun(other) < begun(capture);
        self.answered(&capture.question.id, capture.asking.kind()).filter(before).max_by_key(|other| begun(other))
    }

    /// What a child who is about to be asked this in this way may look at beside it: where the cards lay the last time.
    ///
    /// Somebody may be in the room. Only what family and school may see is in it, nothing that may be a sign of harm, and nothing that
    /// was given hand over hand, for that is no view of the child.
    pub fn last_time_to_show(&self, question: &str, kind: Kind) -> Option<LastTime> {
        let asked = self.answered(question, Some(kind)).filter(|_| PUT_IN_PLACES.contains(&kind));
        let asked = asked.filter(|capture| !capture.is_hand_over_hand());
        let capture = asked.max_by_key(|capture| begun(capture))?;
        let may_be_seen = |view: &CaptureView<'_>| audiences().into_iter().all(|who| view.may_be_told(who));
        let views = capture.views().filter(may_be_seen);
        let views = views.filter(|view| !capture.may_be_harm(&view.placed.option.id));
        let placements: Vec<LastPlacement> = views
            .filter_map(|view| Some(LastPlacement { option: view.placed.option.clone(), place: view.place()? }))
            .collect();
        (!placements.is_empty()).then_some(LastTime { capture: capture.id, placements })
    }

    /// The activities in which this was asked in this way, and something answered.
    fn answered(&self, question: &str, kind: Option<Kind>) -> impl Iterator<Item = &Capture> {
        let is_same = move |other: &&Capture| other.question.id == *question && other.asking.kind() == kind;
        self.captures.values().filter(is_same).filter(|other| other.views().next().is_some())
    }

    /// Every card of both times, those of now first, side by side. Repeats are never merged: both stay.
    pub fn beside_last_time<'a>(&self, last_time: &'a Capture, now: &'a Capture) -> Vec<Beside<'a>> {
        let lies = |capture: &'a Capture, card: &str| capture.views().find(|view| view.placed.option.id == card);
        let mut all: Vec<Beside<'a>> = Vec::new();
        for card in now.views().chain(last_time.views()).map(|view| &view.placed.option) {
            if all.iter().all(|beside| beside.card.id != card.id) {
                let (before, after) = (lies(last_time, &card.id), lies(now, &card.id));
                let is_same = before.zip(after).and_then(|(before, after)| {
                    is_same_place((last_time, &before.placed.cell), (now, &after.placed.cell))
                });
                let place = |view: Option<CaptureView<'_>>| view.and_then(|view| view.place());
                all.push(Beside {
                    card,
                    last_time: place(before),
                    now: place(after),
                    is_changed: is_same == Some(false),
                });
            }
        }
        all
    }
}

/// Activities of one moment have an order, too.
fn begun(capture: &Capture) -> (Timestamp, CaptureId) {
    (capture.started.captured_at, capture.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asking::{Asking, YesNo};
    use crate::cast::*;
    use crate::payload::Payload;
    use crate::payload::capture::{Answered, Audience, CaptureStarted, SharingChosen};
    use crate::script::Script;
    use uuid::Uuid;

    const EARLIER: CaptureId = CaptureId(Uuid::from_u128(0x0e));

    /// The bus on an earlier mat, and on this one, where it was moved from *like*.
    fn asked_twice(earlier: &str) -> Record {
        let mut script = Script::registered();
        let Payload::Answered(answer) = answered(1, "bus", earlier) else { panic!("an answer") };
        script.sade([
            Payload::CaptureStarted(CaptureStarted { capture: EARLIER, ..mat() }),
            Payload::Answered(Answered { capture: EARLIER, ..answer }),
            Payload::CaptureStarted(mat()),
            answered(2, "bus", "like"),
            answered(3, "taxi", "like"),
            moved("bus", "like", "dont-like"),
        ]);
        script.record()
    }

    fn of(record: &Record, option: &str) -> Repeated {
        let view =
            record.captures[&CAPTURE].views().find(|view| view.placed.option.id == option).expect("it was placed");
        record.repeated(view)
    }

    #[test]
    fn a_card_that_was_moved_counts_where_it_lay_in_the_end() {
        assert_eq!(of(&asked_twice("like"), "bus"), Repeated::Changed(2));
        assert_eq!(of(&asked_twice("dont-like"), "bus"), Repeated::Same(2));
        assert_eq!(of(&asked_twice("like"), "taxi"), Repeated::Once);
    }

    #[test]
    fn a_mat_that_is_laid_again_stands_beside_the_one_before() {
        let record = asked_twice("like");
        let now = &record.captures[&CAPTURE];
        let before = record.last_time(now).expect("it was laid before");
        assert_eq!(before.id, EARLIER);
        assert!(record.last_time(before).is_none());
        let beside = record.beside_last_time(before, now);
        let words: Vec<_> = beside
            .iter()
            .map(|one| (one.card.id.as_str(), one.last_time.as_ref().map(|place| place.id.as_str()), one.is_changed))
            .collect();
        assert_eq!(words, [("bus", Some("like"), true), ("taxi", None, false)]);
    }

    #[test]
    fn a_place_on_a_scale_and_a_yes_are_not_compared() {
        let mut script = Script::registered();
        let yes_no = CaptureStarted {
            capture: EARLIER,
            asking: Asking::YesNo(YesNo {
                options: laid().options,
                answers: vec![card("yes", "yes"), card("no", "no")],
            }),
            ..mat()
        };
        let Payload::Answered(answer) = answered(1, "bus", "yes") else { panic!("an answer") };
        script.sade([
            Payload::CaptureStarted(yes_no),
            Payload::Answered(Answered { capture: EARLIER, ..answer }),
            Payload::CaptureStarted(mat()),
            answered(2, "bus", "like"),
        ]);
        let record = script.record();
        assert!(record.captures.values().flat_map(Capture::views).all(|view| record.repeated(view) == Repeated::Once));
    }

    #[test]
    fn a_child_may_look_at_what_they_said_last_time_but_not_at_what_somebody_may_not_see() {
        let shared = |may_tell: &[Audience], not_tell: &[Audience]| {
            let mut script = Script::registered();
            let Payload::Answered(answer) = answered(1, "bus", "like") else { panic!("an answer") };
            script.sade([
                Payload::CaptureStarted(CaptureStarted { capture: EARLIER, ..mat() }),
                Payload::Answered(Answered { capture: EARLIER, ..answer }),
                Payload::SharingChosen(SharingChosen {
                    capture: EARLIER,
                    may_tell: may_tell.iter().copied().collect(),
                    not_tell: not_tell.iter().copied().collect(),
                    only: Default::default(),
                    words: String::new(),
                }),
            ]);
            let last_time = script.record().last_time_to_show("school-journey", Kind::Mat);
            last_time.map(|last_time| {
                let lay = last_time.placements.into_iter().map(|lay| (lay.option.id, lay.place.id));
                (last_time.capture, lay.collect::<Vec<_>>())
            })
        };
        let lay = vec![("bus".to_owned(), "like".to_owned())];
        assert_eq!(shared(&[Audience::Family, Audience::School], &[]), Some((EARLIER, lay)));
        assert_eq!(shared(&[Audience::Family], &[Audience::School]), None, "somebody from school may be there");
        assert_eq!(shared(&[Audience::School], &[Audience::Family]), None);
        assert_eq!(shared(&[], &[]), None, "who was not asked about may see nothing");
        let record = asked_twice("like");
        assert_eq!(record.last_time_to_show("school-journey", Kind::Choice), None);
        assert_eq!(record.last_time_to_show("food", Kind::Mat), None);
    }
}
