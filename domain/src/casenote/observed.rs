//! What was seen at the visit, read by adults: never the child's words, and in the council's own note only.

use super::words::{self, one_line, unstopped};
use super::{Note, Reader, section};
use crate::id::VisitId;
use crate::record::observation::{OCCASIONS, Observation, WATCHERS};

impl Note<'_> {
    pub(super) fn observed(&self, visit: VisitId) -> Option<String> {
        if self.reader != Reader::Council {
            return None;
        }
        let occasions = self.record.observed();
        let here = occasions.iter().filter(|(_, of)| of.visit() == Some(visit));
        let mut lines: Vec<String> = here.flat_map(|(_, of)| occasion(of)).collect();
        if lines.is_empty() {
            return None;
        }
        lines.insert(0, format!("Read by adults. These are not {}'s words.", self.child));
        if let Some(series) = self.record.series().filter(|series| !series.is_enough()) {
            lines.push(format!(
                "So far {} of {OCCASIONS} occasions and {} of {WATCHERS} people: too few to build on.",
                series.occasions, series.watchers
            ));
        }
        section("WHAT WAS SEEN", lines)
    }
}

fn occasion(of: &Observation) -> Vec<String> {
    let Some(started) = of.started.as_ref().map(|started| &started.what) else { return Vec::new() };
    let mut line = format!(
        "- {}. Watched by {}; awake {} of 9; {}",
        unstopped(&started.what),
        one_line(&started.who),
        started.alertness,
        words::pain(started.pain)
    );
    for more in [&started.posture, &started.health] {
        if crate::text::is_visible(more) {
            line.push_str(&format!("; {}", unstopped(more)));
        }
    }
    line.push('.');
    let seen: Vec<_> = of
        .counts()
        .into_iter()
        .map(|(mark, count)| {
            let name = words::mark(mark);
            match of.while_it_went_on(mark).filter(|_| mark.is_of_child()) {
                Some((during, _)) => format!("{name} {count} ({during} while it went on)"),
                None => format!("{name} {count}"),
            }
        })
        .collect();
    let mut lines = vec![line];
    if !seen.is_empty() {
        lines.push(format!("  Marked: {}.", seen.join(", ")));
    }
    lines.extend(of.readings.iter().map(|read| {
        let read = &read.what;
        format!(
            "  {} reads it, {}: {}. It may mean: {}. What else could explain it: {}.",
            one_line(&read.who),
            words::confidence(read.confidence),
            unstopped(&read.behaviour),
            unstopped(&read.meaning),
            unstopped(&read.otherwise)
        )
    }));
    lines
}
