//! The case note: plain text for the council's main case system, obeying what the child said about who may see it.
//!
//! The child's words, what other people said and what the worker makes of it stand apart. What the child kept from
//! the reader leaves no trace: the activity, actions that answer it, and what of it could not be gathered are not
//! there. Words that may tell of it, though nobody linked them, are left out as well.

mod actions;
mod observed;
mod views;
mod words;

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::id::{CaptureId, StaffId, VisitId};
use crate::payload::capture::Audience;
use crate::payload::visit::{Lane, NotGathered, VisitStarted, VoiceAdded};
use crate::record::capture::Capture;
use crate::record::visit::Visit;
use crate::record::{Attributed, Record};
use words::{day, one_line};

/// For whom the note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The council's own case system: the whole.
    Council,
    /// School: without what the child kept from school, and without what the worker makes of it.
    School,
    /// The child's family: without what the child kept from family, and without what the worker makes of it.
    Family,
}

impl Reader {
    fn audience(self) -> Option<Audience> {
        match self {
            Reader::Council => None,
            Reader::School => Some(Audience::School),
            Reader::Family => Some(Audience::Family),
        }
    }

    /// Whether this activity is not for the reader: the child kept it from them, or was not asked, or did not answer.
    fn is_denied(self, capture: &Capture) -> bool {
        self.audience().is_some_and(|audience| !capture.may_be_told(audience))
    }

    /// Whether the reader may be told of this option, also of an activity that the child kept from them otherwise.
    fn is_told_of(self, capture: &Capture, option: &str) -> bool {
        !self.is_denied(capture) || self.audience().is_some_and(|audience| capture.is_told_of(audience, option))
    }
}

/// What is needed around one note.
struct Note<'a> {
    record: &'a Record,
    reader: Reader,
    names: &'a dyn Fn(StaffId) -> String,
    /// What the child is called; "the child" before there is a name.
    child: String,
    /// The activities of this visit that the reader may see.
    captures: Vec<&'a Capture>,
    /// Those that the child kept from the reader, but for some of it.
    partly: Vec<&'a Capture>,
    /// The child kept some activity, of any visit, from the reader.
    is_limited: bool,
}

/// Writes the note of one visit.
///
/// `names` says how a member of staff is called; `today` is the day of writing, for the child's age and the last line.
/// A visit that is not in the record gives an empty note.
pub fn case_note(
    record: &Record,
    visit: VisitId,
    reader: Reader,
    names: &dyn Fn(StaffId) -> String,
    today: Date,
) -> String {
    let Some(made) = record.visits.get(&visit) else {
        return String::new();
    };
    // A warm-up is nobody's to see but the council's, and hides nothing.
    let is_told = |capture: &&Capture| match capture.asking.is_practice() {
        true => reader == Reader::Council,
        false => !reader.is_denied(capture),
    };
    let is_partly_told = |capture: &&Capture| {
        let mut views = capture.views();
        reader.is_denied(capture) && views.any(|view| reader.is_told_of(capture, &view.placed.option.id))
    };
    let mut here: Vec<_> = record.captures.values().filter(|capture| capture.visit == visit).collect();
    here.sort_by_key(|capture| (capture.started.captured_at, capture.id));
    let captures: Vec<_> = here.iter().copied().filter(is_told).collect();
    let partly = here.into_iter().filter(is_partly_told).collect();
    let note = Note {
        record,
        reader,
        names,
        child: record.child.as_ref().map_or_else(|| "the child".into(), |child| one_line(child.what.name.called())),
        captures,
        partly,
        is_limited: record.captures.values().any(|capture| !capture.asking.is_practice() && reader.is_denied(capture)),
    };
    let mut sections = vec![note.head(made, today)];
    sections.extend(note.views());
    sections.extend(note.not_gathered(made));
    sections.extend(note.observed(visit));
    sections.extend(note.voices(visit));
    sections.extend(note.meaning());
    sections.extend(note.actions());
    sections.push(format!("Written out on {}.", day(today)));
    let mut text = sections.join("\n\n");
    text.push('\n');
    text
}

impl Note<'_> {
    fn head(&self, visit: &Visit, today: Date) -> String {
        let mut lines = Vec::new();
        let limited: BTreeSet<Audience> = self
            .captures
            .iter()
            .filter_map(|capture| capture.sharing.as_ref())
            .flat_map(|sharing| sharing.what.not_tell.iter().copied())
            .filter(|audience| *audience != Audience::SocialWorker)
            .collect();
        if !limited.is_empty() {
            let who: Vec<_> = limited.into_iter().map(words::audience).collect();
            lines.push(format!("Not to be shown to: {}", who.join(", ")));
            lines.push(String::new());
        }
        lines.push(self.identity(today));
        match &visit.started {
            Some(started) => {
                lines.extend(self.visit(started));
                lines.extend(visit.sittings.iter().flat_map(|sitting| self.sitting("Begun again", sitting)));
            }
            None => lines.push("The visit has not begun.".into()),
        }
        for (number, assented) in visit.assents.iter().enumerate() {
            let said = &assented.what;
            let when = if number == 0 { "Assent to being asked" } else { "Later" };
            let mut line = format!("{when}: {}.", words::assent(said.assent, &self.child));
            for (label, text) in [("How it was explained", &said.how), ("Signal", &said.signal)] {
                if crate::text::is_visible(text) {
                    line.push_str(&format!(" {label}: {}.", words::unstopped(text)));
                }
            }
            lines.push(line);
        }
        if visit.assents.is_empty() && visit.started.is_some() {
            lines.push("Assent to being asked: not written down.".into());
        }
        lines.join("\n")
    }

    fn identity(&self, today: Date) -> String {
        let Some(child) = &self.record.child else {
            return "Case note".into();
        };
        let name = &child.what.name;
        let mut line = format!("Case note: {}", one_line(&name.full()));
        if let Some(age) = self.record.age(today) {
            line.push_str(&format!(", aged {age}"));
        }
        match &child.what.case_number {
            Some(number) => line.push_str(&format!(", case {}", one_line(number))),
            None => line.push_str(", no case number yet"),
        }
        line
    }

    fn visit(&self, started: &Attributed<VisitStarted>) -> Vec<String> {
        let mut lines = self.sitting("Visit", started);
        let mut seen: Vec<String> = Vec::new();
        for how in self.captures.iter().filter_map(|it| it.how_given.as_ref()) {
            let words = words::seen(&how.what.seen);
            if !seen.contains(&words) {
                seen.push(words);
            }
        }
        // To others than the council it says nothing: what was written down may be of an activity that is not theirs to read.
        if seen.is_empty() && self.reader == Reader::Council {
            seen.push("not written down".into());
        }
        if !seen.is_empty() {
            lines.push(format!("Seen: {}", seen.join("; ")));
        }
        lines
    }

    /// One beginning of the visit: when, who, what was checked and told.
    fn sitting(&self, what: &str, sitting: &Attributed<VisitStarted>) -> Vec<String> {
        let Attributed { what: started, source } = sitting;
        let mut present = vec![(self.names)(source.by)];
        present.extend(started.present.iter().map(|there| one_line(&there.who)));
        let mut lines = vec![format!("{what}: {}", day(started.on)), format!("Present: {}", present.join(", "))];
        // Glasses, hearing aids, a cold: what an answer may come of.
        let checks: Vec<_> = started.checks.iter().map(|check| one_line(check)).collect();
        if self.reader == Reader::Council && !checks.is_empty() {
            lines.push(format!("Checked before anything was asked: {}", checks.join("; ")));
        }
        // What was promised may answer what the child kept to themselves at an earlier visit.
        let may_tell = self
            .record
            .captures
            .values()
            .any(|capture| capture.visit != started.visit && self.reader.is_denied(capture));
        if let Some(promise) = started.promise_told.as_ref().filter(|_| !may_tell) {
            lines.push(format!("Told {} what became of last time: {}", self.child, one_line(promise)));
        }
        lines
    }

    fn not_gathered(&self, visit: &Visit) -> Option<String> {
        let may_see =
            |not: &&NotGathered| not.capture.is_none_or(|capture| self.reader == Reader::Council || self.has(capture));
        let lines: Vec<_> = visit
            .not_gathered
            .iter()
            .map(|told| &told.what)
            .filter(may_see)
            .map(|not| {
                let mut line = format!("- {}", words::not_gathered(not.reason));
                if crate::text::is_visible(&not.words) {
                    line.push_str(&format!(": {}", words::unstopped(&not.words)));
                }
                format!("{line}. Tried: {}. Next attempt: {}.", words::unstopped(&not.tried), day(not.next))
            })
            .collect();
        section("VIEWS NOT GATHERED", lines)
    }

    fn voices(&self, visit: VisitId) -> Option<String> {
        let mut voices: Vec<&Attributed<VoiceAdded>> = self
            .record
            .voices
            .values()
            .filter(|voice| voice.what.visit == Some(visit))
            .filter(|voice| !self.may_tell_of_kept(voice.what.lane))
            .collect();
        voices.sort_by_key(|voice| (voice.what.lane, voice.source.captured_at, voice.what.voice));
        let lines = voices
            .into_iter()
            .map(|told| {
                let voice = &told.what;
                let mut who = format!("- {}, {}", words::lane(voice.lane), one_line(&voice.who));
                if let Some(through) = &voice.through {
                    who.push_str(&format!(" (through {})", one_line(through)));
                }
                let written = (self.names)(told.source.by);
                format!("{who}: {} [written down by {written}]", one_line(&voice.words))
            })
            .collect();
        section("OTHER VOICES", lines)
    }

    /// Nobody asked the child who may know what was said or seen outside an activity. Where the child kept an activity
    /// from this reader, such words could tell of it.
    fn may_tell_of_kept(&self, lane: Lane) -> bool {
        self.is_limited && matches!(lane, Lane::Child | Lane::Observation)
    }

    fn has(&self, capture: CaptureId) -> bool {
        self.captures.iter().any(|seen| seen.id == capture)
    }

    fn meaning(&self) -> Option<String> {
        if self.reader != Reader::Council {
            return None;
        }
        let lines = self.captures.iter().flat_map(|capture| {
            let topic = one_line(&capture.question.topic.words);
            capture.interpretations.iter().flat_map(move |told| {
                let by = (self.names)(told.source.by);
                let other = match crate::text::trimmed(&told.what.other_explanations) {
                    "" => "none written down".into(),
                    other => one_line(other),
                };
                [format!("- {topic}, {by}: {}", one_line(&told.what.words)), format!("  Other explanations: {other}")]
            })
        });
        section("WHAT THE WORKER THINKS IT MEANS", lines.collect())
    }
}

fn section(title: &str, lines: Vec<String>) -> Option<String> {
    if lines.is_empty() {
        return None;
    }
    Some(format!("{title}\n{}", lines.join("\n")))
}

#[cfg(test)]
mod tests;
