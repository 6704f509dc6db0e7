//! The child's views in a note: what was placed, what was left, how it was given, who may know.

use super::words::{self, one_line};
use super::{Note, Reader, section};
use crate::asking::choice::Preferred;
use crate::asking::{CheckOutcome, Checked};
use crate::payload::Payload;
use crate::payload::capture::{Clarity, EndedBy, HowGiven, SharingChosen};
use crate::record::capture::{Capture, Placed};

/// One placement in the child's words: "the bus: don't like (moved from like)".
pub(super) fn placement(capture: &Capture, placed: &Placed) -> String {
    let cell = |id: &str| one_line(capture.asking.place(id).map_or(id, |place| &place.words));
    let mut notes = Vec::new();
    if !placed.before.is_empty() {
        let before: Vec<_> = placed.before.iter().map(|id| cell(id)).collect();
        notes.push(format!("moved from {}", before.join(", then ")));
    }
    if capture.brought.iter().any(|card| card.id == placed.option.id) {
        notes.push("brought by the child".into());
    }
    if let Some(unsure @ (Clarity::Unclear | Clarity::SecondReaderAgreed)) = placed.clarity {
        notes.push(words::clarity(unsure).into());
    }
    let lies = capture.lies(placed).map_or_else(|| cell(&placed.cell), |place| one_line(&place.words));
    let mut line = format!("{}: {lies}", one_line(&placed.option.words));
    if !notes.is_empty() {
        line.push_str(&format!(" ({})", notes.join("; ")));
    }
    line
}

impl Note<'_> {
    pub(super) fn views(&self) -> Option<String> {
        if self.captures.is_empty() && self.partly.is_empty() {
            // For others, saying so would tell an empty visit from one that was kept from them.
            return match self.reader {
                Reader::Council => section("THE CHILD'S VIEWS", vec!["No activity was begun at this visit.".into()]),
                Reader::School | Reader::Family => None,
            };
        }
        let whole = self.captures.iter().map(|capture| self.activity(capture));
        let partly = self.partly.iter().map(|capture| self.part_of(capture));
        let activities: Vec<_> = whole.chain(partly).map(|lines| lines.join("\n")).collect();
        section("THE CHILD'S VIEWS", vec![activities.join("\n\n")])
    }

    /// What the child said the reader may see of an activity that it kept from them otherwise. Nothing counts what is not here.
    fn part_of(&self, capture: &Capture) -> Vec<String> {
        let told = capture.views().filter(|view| {
            let option = &view.placed.option.id;
            self.reader.is_told_of(capture, option) && self.tells_of(capture, option)
        });
        let told = told.map(|view| format!("- {}", placement(capture, view.placed)));
        self.question(capture).into_iter().chain(told).collect()
    }

    fn question(&self, capture: &Capture) -> Vec<String> {
        let (topic, words) = (one_line(&capture.question.topic.words), one_line(&capture.question.words));
        let mut lines = vec![format!("{topic} — asked: \"{words}\"")];
        if capture.is_hand_over_hand() {
            lines.push(format!("The adult's account, given hand over hand. It is not {}'s view.", self.child));
        }
        lines
    }

    fn activity(&self, capture: &Capture) -> Vec<String> {
        if capture.asking.is_practice() {
            return std::iter::once(warm_up(capture)).chain(self.harm(capture)).collect();
        }
        let mut lines = self.question(capture);
        lines.extend(capture.layout.another_way.map(words::another_way));
        lines.extend(self.harm(capture));
        lines.extend(self.answers(capture));
        lines.extend(self.left(capture));
        lines.extend(pauses(capture));
        lines.extend(self.ending(capture));
        lines.push(match &capture.how_given {
            Some(how) => how_given(&how.what),
            None => "How it was given: not written down.".into(),
        });
        match &capture.sharing {
            Some(sharing) => lines.push(self.sharing(capture, &sharing.what)),
            None if self.reader == Reader::Council => {
                lines.push(format!("{} has not said who may see this.", self.child));
            }
            None => {}
        }
        lines
    }

    /// Nobody but the council reads here what may be a sign of harm: whoever harms may be the one who reads.
    pub(super) fn tells_of(&self, capture: &Capture, card: &str) -> bool {
        self.reader == Reader::Council || !capture.may_be_harm(card)
    }

    /// What may be a sign of harm, and what was decided about it.
    fn harm(&self, capture: &Capture) -> Vec<String> {
        if self.reader != Reader::Council {
            return Vec::new();
        }
        let signs = capture.harm_signs().into_iter().map(|card| format!("\"{}\"", one_line(&card.words)));
        let signs: Vec<_> = signs.collect();
        let shown = (!signs.is_empty()).then(|| format!("Chosen, and may be a sign of harm: {}.", signs.join(", ")));
        let looked = capture.harm_looked_at.iter().map(|looked| {
            let mut line = words::harm_decision(looked.what.decision).to_owned();
            if crate::text::is_visible(&looked.what.words) {
                line.push_str(&format!(": {}", words::unstopped(&looked.what.words)));
            }
            line.push('.');
            if crate::text::is_visible(&looked.what.involved) {
                let involved = words::unstopped(&looked.what.involved);
                line.push_str(&format!(" Who may be involved, as it was shown: {involved}."));
            }
            line
        });
        let seen = capture.harm_seen.iter();
        let seen = seen.map(|seen| format!("The manager has seen it: {}", one_line(&seen.what.words)));
        shown.into_iter().chain(looked).chain(seen).collect()
    }

    fn answers(&self, capture: &Capture) -> Vec<String> {
        if !capture.asking.is_known() {
            return vec!["- answered with a newer Heard, in a way that this one cannot tell in words".into()];
        }
        // What was asked once more has a line of its own.
        let is_answer = |placed: &&Placed| {
            !capture.asking.only_leads(capture, placed) && !capture.asking.is_repeat(&placed.option.id)
        };
        let placed = capture.placements.iter().filter(is_answer);
        let placed = placed.filter(|placed| self.tells_of(capture, &placed.option.id));
        let mut lines: Vec<_> = placed.map(|placed| format!("- {}", placement(capture, placed))).collect();
        if lines.is_empty() {
            lines.push("- nothing was placed".into());
        }
        lines.extend(self.checked(capture));
        lines.extend(preference(capture));
        lines
    }

    /// How sure it is, by having been asked once more. A paper for others has no card that may be a sign of harm.
    fn checked(&self, capture: &Capture) -> Option<String> {
        let Checked { highest, lowest, came } = capture.asking.checked(capture)?;
        if !self.tells_of(capture, &highest.id) || !self.tells_of(capture, &lowest.id) {
            return None;
        }
        let (highest, lowest) = (one_line(&highest.words), one_line(&lowest.words));
        let came = match came {
            CheckOutcome::Same => format!("{highest} both times, which fits where they were put"),
            CheckOutcome::Otherwise => format!("{lowest} both times, though it was put lower; that stands open"),
            CheckOutcome::NotClear => "not the same both times, or answered once; not clear".into(),
        };
        Some(format!("Asked once more as a choice between {highest} and {lowest}, and with the sides swapped: {came}."))
    }

    /// What has no place on the scale: what was left, and what the child brought and put nowhere.
    fn left(&self, capture: &Capture) -> Vec<String> {
        let left = capture.left_cards().map(|(card, how)| (card, format!("left ({})", words::escape(how))));
        let brought = capture.only_brought().map(|card| (card, "brought by the child".to_owned()));
        let written =
            capture.unfinished_words().map(|(card, words)| (card, format!("“{}” (not finished)", one_line(words))));
        let told = left.chain(brought).chain(written).filter(|(card, _)| self.tells_of(capture, &card.id));
        told.map(|(card, what)| format!("- {}: {what}", one_line(&card.words))).collect()
    }

    fn ending(&self, capture: &Capture) -> Option<String> {
        let counted = capture.counted();
        let cards = match counted.of {
            Some(of) => format!("{} of {of} cards", counted.settled()),
            None => format!("{} cards", counted.settled()),
        };
        let by = match capture.ended.as_ref().map(|ended| ended.what) {
            _ if capture.stopped() => "the child",
            Some(EndedBy::Child) => "the child",
            Some(EndedBy::Worker) => "the worker",
            Some(EndedBy::Finished) => return None,
            None => return Some(format!("Not finished: {cards}.")),
        };
        Some(format!("Ended by {by} after {cards}."))
    }

    fn sharing(&self, capture: &Capture, sharing: &SharingChosen) -> String {
        let told = sharing.said_may().map(|who| (who, "may be told"));
        let kept = sharing.not_tell.iter().map(|who| (*who, "may not be told"));
        let said = kept.chain(told).map(|(who, may)| {
            let views = capture.views().filter(|view| capture.is_told_of(who, &view.placed.option.id));
            let but: Vec<_> = views.map(|view| one_line(&view.about())).collect();
            let but = if but.is_empty() { String::new() } else { format!(" but of {}", but.join(" and ")) };
            format!("{} {may}{but}", words::audience(who))
        });
        let said: Vec<_> = said.collect();
        let mut line = match said.as_slice() {
            [] => format!("{} was asked who may see this, and did not say", self.child),
            said => format!("{} said: {}", self.child, said.join(", ")),
        };
        if crate::text::is_visible(&sharing.words) {
            line.push_str(&format!(" (\"{}\")", one_line(&sharing.words)));
        }
        line.push('.');
        line
    }
}

/// "Warm-up: 2 of 3 known things told rightly; "don't know" tried; "stop" not tried."
fn warm_up(capture: &Capture) -> String {
    let Some(told) = capture.asking.warmed_up(capture) else { return "Warm-up: nothing was asked.".into() };
    let tried = |was: bool| if was { "tried" } else { "not tried" };
    let caution = if told.asks_for_caution() { " What comes after is to be used with caution." } else { "" };
    format!(
        "Warm-up: {} of {} known things told rightly; \"don't know\" {}; \"stop\" {}.{caution}",
        told.right,
        told.asked,
        tried(told.tried_dont_know),
        tried(told.tried_stop)
    )
}

/// "Chosen most often: the taxi (3 of 3), the bus (2 of 3)."
fn preference(capture: &Capture) -> Option<String> {
    let preference = capture.asking.preference(capture)?;
    let times = |of: &Preferred<'_>| format!("{} ({} of {})", one_line(&of.picture.words), of.won, of.asked);
    let order: Vec<_> = preference.order.iter().map(times).collect();
    let again = match (preference.same, preference.changed) {
        (0, 0) => "",
        (_, 0) => " Asked again with the sides swapped: the same.",
        _ => " Asked again with the sides swapped: not the same.",
    };
    Some(format!("Chosen, most often first: {}.{again}", order.join(", ")))
}

fn pauses(capture: &Capture) -> Option<String> {
    let reasons: Vec<_> = capture
        .steps
        .iter()
        .filter_map(|step| match &step.payload {
            Payload::Paused(paused) => words::pause(paused.why),
            _ => None,
        })
        .collect();
    if reasons.is_empty() {
        return None;
    }
    Some(format!("Paused: {}.", reasons.join(", ")))
}

fn how_given(how: &HowGiven) -> String {
    let mut parts = vec![words::mode(how.mode).to_owned()];
    if let Some(reader) = &how.read_by {
        let mut read = format!("read by {}", one_line(reader));
        if let Some(clarity) = how.clarity {
            read.push_str(&format!(" ({})", words::clarity(clarity)));
        }
        parts.push(read);
    }
    parts.push(format!("support: {}", words::support(how.support)));
    parts.push(format!("options chosen by {}", words::chosen_by(how.options_chosen_by)));
    if !how.present.is_empty() {
        let present: Vec<_> = how.present.iter().map(|who| one_line(who)).collect();
        parts.push(format!("in the room: {}", present.join(", ")));
    }
    parts.push(format!("seen {}", words::seen(&how.seen)));
    format!("How it was given: {}.", parts.join("; "))
}
