//! Other ways of asking than a mat, walked as the child's screen would walk them.

use domain::Payload;
use domain::asking::{Kind, Step, next};
use domain::id::{CaptureId, PresentationId, VisitId};
use domain::payload::capture::{
    Answered, CaptureEnded, CaptureStarted, Clarity, EndedBy, Escape, Escaped, GivenAnotherWay, Layout, Placement,
    Presented,
};
use domain::record::Source;
use domain::record::capture::Capture;
use domain::vocabulary::Vocabulary;
use jiff::{SignedDuration, Timestamp};

use super::mat::NEXT_CARD_MS;
use super::{Mat, Story, initialled};

/// From shown to settled, in milliseconds; each card takes a little longer or shorter.
const SETTLED_MS: [i64; 5] = [4_300, 6_900, 5_100, 8_200, 3_700];

impl Story {
    /// A topic is asked about in this way with these cards. `takes` says where a card goes among the places shown, or that it is
    /// skipped.
    pub(in crate::demo) fn is_asked(
        &mut self,
        visit: VisitId,
        asked: (Kind, &str, &[&str]),
        takes: impl Fn(&str, &[&str]) -> Option<usize>,
    ) -> Mat {
        self.answers(visit, asked, None, takes)
    }

    /// The same without the tablet, typed in by the adult.
    pub(in crate::demo) fn gives_another_way(
        &mut self,
        visit: VisitId,
        how: GivenAnotherWay,
        asked: (Kind, &str, &[&str]),
        takes: impl Fn(&str, &[&str]) -> Option<usize>,
    ) -> Mat {
        let given = self.answers(visit, asked, Some(how), takes);
        self.record(Payload::CaptureEnded(CaptureEnded { capture: given.capture, by: EndedBy::Finished }));
        given
    }

    fn answers(
        &mut self,
        visit: VisitId,
        (kind, question, cards): (Kind, &str, &[&str]),
        another_way: Option<GivenAnotherWay>,
        takes: impl Fn(&str, &[&str]) -> Option<usize>,
    ) -> Mat {
        let profile = self.profile.clone().expect("nothing is asked without a profile");
        let capture = CaptureId(self.id(&format!("{kind:?}/{visit}/{question}")));
        let words = Vocabulary::built_in();
        let question = words.question(question).expect("a story uses the question library");
        let asking = kind.laid(question, words.cards(cards), &profile, |_| 0);
        let question = words.asked_by(kind, question).expect("the topic can be asked about so");
        let layout = Layout { another_way, ..Layout::by(&profile) };
        let started = CaptureStarted { visit, capture, question, asking, layout };
        let source = |id, by| Source { id, by, captured_at: Timestamp::UNIX_EPOCH, received_at: None };
        // What comes next follows from what has happened: the same rule as on the tablet.
        let (id, by) = (domain::id::OperationId(capture.0), self.by);
        let mut so_far = Capture::begin(&started, source(id, by));
        self.record(Payload::CaptureStarted(started));
        let mut number = 0;
        while let Step::Show(option) = next(&so_far) {
            number += 1;
            let presentation = PresentationId(self.id(&format!("{capture}/{number}")));
            let order: Vec<String> = so_far.shown(&option.id).iter().map(|place| place.id.clone()).collect();
            let places: Vec<&str> = order.iter().map(String::as_str).collect();
            let taken = takes(&option.id, &places).map(|place| order[place].clone());
            self.pass(SignedDuration::from_millis(NEXT_CARD_MS));
            let shown = Presented { capture, presentation, option: option.clone(), order, input: profile.input };
            let took = SETTLED_MS[number % SETTLED_MS.len()];
            let settled = match taken {
                Some(cell) => {
                    // Whoever typed it in read it.
                    let read_by = another_way.map(|_| initialled(self.by)).or(self.reader());
                    Payload::Answered(Answered {
                        capture,
                        presentation,
                        option: option.id,
                        cell,
                        clarity: read_by.as_ref().map(|_| Clarity::Clear),
                        read_by,
                        latency_ms: took.unsigned_abs(),
                        reached: None,
                    })
                }
                None => Payload::Escaped(Escaped {
                    capture,
                    presentation: Some(presentation),
                    which: Escape::Skip,
                    chose: None,
                    reached: None,
                }),
            };
            for (payload, after) in [(Payload::Presented(shown), took), (settled, 0)] {
                so_far.step(&payload, source(id, by));
                self.record(payload);
                self.pass(SignedDuration::from_millis(after));
            }
        }
        let lies = so_far.placements.iter();
        let placements = lies.map(|lies| Placement { option: lies.option.id.clone(), cell: lies.cell.clone() });
        Mat { capture, placements: placements.collect() }
    }
}
