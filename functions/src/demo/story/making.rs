//! What a child draws.

use domain::Payload;
use domain::asking::Kind;
use domain::id::{CaptureId, PresentationId, VisitId};
use domain::payload::capture::{Answered, CaptureStarted, Layout, Placement, Presented};
use domain::payload::making::{Ink, Line, LineDrawn};
use domain::vocabulary::Vocabulary;
use jiff::SignedDuration;

use super::{Mat, Story};

/// So long a line takes, in milliseconds.
const LINE_MS: i64 = 3_400;

impl Story {
    /// The child draws about a topic, line by line, and says that it is done.
    pub(in crate::demo) fn draws(&mut self, visit: VisitId, question: &str, lines: &[(Ink, &[(u16, u16)])]) -> Mat {
        let profile = self.profile.clone().expect("no drawing without a profile");
        let capture = CaptureId(self.id(&format!("drawing/{visit}/{question}")));
        let words = Vocabulary::built_in();
        let question = words.question(question).expect("a story uses the question library");
        let asking = Kind::Drawing.laid(question, Vec::new(), &profile, |_| 0);
        let presentation = PresentationId(self.id(&format!("{capture}/1")));
        let about = asking.options().first().copied().cloned().expect("a drawing is about something");
        let done = asking.places().first().map(|place| place.id.clone()).unwrap_or_default();
        let question = words.asked_by(Kind::Drawing, question).expect("anything can be drawn about");
        let layout = Layout::by(&profile);
        self.record(Payload::CaptureStarted(CaptureStarted { visit, capture, question, asking, layout }));
        let (option, order) = (about.id.clone(), vec![done.clone()]);
        self.record(Payload::Presented(Presented {
            capture,
            presentation,
            option: about,
            order,
            input: profile.input,
        }));
        for (ink, points) in lines {
            self.pass(SignedDuration::from_millis(LINE_MS));
            let line = Line { ink: *ink, points: points.to_vec() };
            self.record(Payload::LineDrawn(LineDrawn { capture, presentation, line }));
        }
        self.pass(SignedDuration::from_millis(LINE_MS));
        self.record(Payload::Answered(Answered {
            capture,
            presentation,
            option: option.clone(),
            cell: done.clone(),
            read_by: None,
            clarity: None,
            latency_ms: u64::try_from(LINE_MS).unwrap_or_default() * (lines.len() as u64 + 1),
            reached: None,
        }));
        Mat { capture, placements: vec![Placement { option, cell: done }] }
    }
}
