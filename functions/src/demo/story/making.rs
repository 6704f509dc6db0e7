//! What a child draws and writes.

use domain::Payload;
use domain::asking::Kind;
use domain::id::{CaptureId, PresentationId, VisitId};
use domain::payload::capture::{Answered, CaptureStarted, Layout, Placement, Presented};
use domain::payload::making::{Ink, Line, LineDrawn, WordsTyped};
use domain::vocabulary::Vocabulary;
use jiff::SignedDuration;

use super::{Mat, Story};

/// So long a line takes, or a word, in milliseconds.
const PART_MS: i64 = 3_400;

impl Story {
    /// The child draws about a topic, line by line, and says that it is done.
    pub(in crate::demo) fn draws(&mut self, visit: VisitId, question: &str, lines: &[(Ink, &[(u16, u16)])]) -> Mat {
        let lines = lines.iter().map(|(ink, points)| Line { ink: *ink, points: points.to_vec() });
        self.makes(visit, Kind::Drawing, question, lines, |capture, presentation, line| {
            Payload::LineDrawn(LineDrawn { capture, presentation, line })
        })
    }

    /// The child writes about a topic, word by word, and says that it is done.
    pub(in crate::demo) fn writes_words(&mut self, visit: VisitId, question: &str, words: &str) -> Mat {
        let words: Vec<&str> = words.split(' ').collect();
        let so_far = (1..=words.len()).map(|count| words.get(..count).unwrap_or_default().join(" "));
        self.makes(visit, Kind::Words, question, so_far, |capture, presentation, words| {
            Payload::WordsTyped(WordsTyped { capture, presentation, words })
        })
    }

    fn makes<T>(
        &mut self,
        visit: VisitId,
        kind: Kind,
        question: &str,
        parts: impl Iterator<Item = T>,
        made: impl Fn(CaptureId, PresentationId, T) -> Payload,
    ) -> Mat {
        let profile = self.profile.clone().expect("nothing is made without a profile");
        let capture = CaptureId(self.id(&format!("{}/{visit}/{question}", kind.name())));
        let words = Vocabulary::built_in();
        let question = words.question(question).expect("a story uses the question library");
        let asking = kind.laid(question, Vec::new(), &profile, |_| 0);
        let presentation = PresentationId(self.id(&format!("{capture}/1")));
        let about = asking.options().first().copied().cloned().expect("it is about something");
        let done = asking.places().first().map(|place| place.id.clone()).unwrap_or_default();
        let question = words.asked_by(kind, question).expect("anything can be drawn or written about");
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
        let mut took = PART_MS;
        for part in parts {
            self.pass(SignedDuration::from_millis(PART_MS));
            self.record(made(capture, presentation, part));
            took += PART_MS;
        }
        self.pass(SignedDuration::from_millis(PART_MS));
        self.record(Payload::Answered(Answered {
            capture,
            presentation,
            option: option.clone(),
            cell: done.clone(),
            read_by: None,
            clarity: None,
            latency_ms: took.unsigned_abs(),
            reached: None,
        }));
        Mat { capture, placements: vec![Placement { option, cell: done }] }
    }
}
