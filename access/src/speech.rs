//! What is said aloud, and in which order: the cue of what is offered, and the messages, which are the question and what the child
//! chose.
//!
//! ```text
//! say ──▶ after what is being said      cue ──▶ at once: what was being said is cut short      hush ──▶ silence
//! ```
//! While anything is said nothing goes on by itself ([`Event::SpeechBegan`](crate::Event::SpeechBegan)). A device that never says
//! it is done is not waited for longer than [`Spoken::Say`] takes at most.

use std::collections::VecDeque;

use crate::Ms;

/// Nobody takes longer than this to begin.†
const BEGIN_MS: Ms = 2_000;
/// Nobody takes longer than this for a letter, at the usual speed.†
const LETTER_MS: Ms = 150;

/// Which voice says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// Quiet: what is offered, before it is chosen.
    Cue,
    /// The question, and what the child chose.
    Message,
}

/// What follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spoken {
    /// This is said. [`Speech::over`] is to follow.
    Say(Voice, String),
    /// What is being said is cut short. [`Speech::over`] does not follow.
    Hush,
    /// It is no longer silent.
    Began,
    /// It is silent again.
    Ended,
}

/// What is being said, and what waits.
#[derive(Clone, Debug)]
pub struct Speech {
    rate_percent: u16,
    /// What is being said, and until when it is waited for.
    now: Option<(Voice, String, Ms)>,
    waits: VecDeque<String>,
}

impl Speech {
    /// Silence. The rate is in hundredths of the usual speed.
    pub fn new(rate_percent: u16) -> Speech {
        Speech { rate_percent: rate_percent.max(1), now: None, waits: VecDeque::new() }
    }

    /// Says a message after those that wait. What is to be said last already is not said twice.
    pub fn say(&mut self, words: &str, now: Ms) -> Vec<Spoken> {
        let last = self.waits.back().or(match &self.now {
            Some((Voice::Message, words, _)) => Some(words),
            _ => None,
        });
        if words.is_empty() || last.is_some_and(|last| last == words) {
            return Vec::new();
        }
        self.waits.push_back(words.to_owned());
        match &self.now {
            Some((Voice::Message, ..)) => Vec::new(),
            // A cue of what is offered no longer is in the way.
            Some((Voice::Cue, ..)) => [vec![Spoken::Hush], self.next(now)].concat(),
            None => [vec![Spoken::Began], self.next(now)].concat(),
        }
    }

    /// Says what is offered, and nothing else: whoever goes on has heard enough.
    pub fn cue(&mut self, words: &str, now: Ms) -> Vec<Spoken> {
        let silent = self.now.is_none();
        self.waits.clear();
        let mut spoken = vec![if silent { Spoken::Began } else { Spoken::Hush }];
        spoken.push(self.begin(Voice::Cue, words.to_owned(), now));
        spoken
    }

    /// Falls silent.
    pub fn hush(&mut self) -> Vec<Spoken> {
        self.waits.clear();
        match self.now.take() {
            Some(_) => vec![Spoken::Hush, Spoken::Ended],
            None => Vec::new(),
        }
    }

    /// The device has said it, or cannot.
    pub fn over(&mut self, now: Ms) -> Vec<Spoken> {
        if self.now.is_none() {
            return Vec::new();
        }
        self.next(now)
    }

    /// Time has passed.
    pub fn tick(&mut self, now: Ms) -> Vec<Spoken> {
        match self.due() {
            Some(due) if due <= now => [vec![Spoken::Hush], self.next(now)].concat(),
            _ => Vec::new(),
        }
    }

    /// When [`Speech::tick`] is to come.
    pub fn due(&self) -> Option<Ms> {
        self.now.as_ref().map(|(.., until)| *until)
    }

    fn next(&mut self, now: Ms) -> Vec<Spoken> {
        match self.waits.pop_front() {
            Some(words) => vec![self.begin(Voice::Message, words, now)],
            None => {
                self.now = None;
                vec![Spoken::Ended]
            }
        }
    }

    fn begin(&mut self, voice: Voice, words: String, now: Ms) -> Spoken {
        let longest = LETTER_MS * words.chars().count() as u64 * 100 / u64::from(self.rate_percent);
        self.now = Some((voice, words.clone(), now + BEGIN_MS + longest));
        Spoken::Say(voice, words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(words: &str) -> Spoken {
        Spoken::Say(Voice::Message, words.into())
    }

    fn cue(words: &str) -> Spoken {
        Spoken::Say(Voice::Cue, words.into())
    }

    #[test]
    fn messages_are_said_one_after_the_other_and_then_it_is_silent() {
        let mut speech = Speech::new(100);
        assert_eq!(speech.say("like", 0), [Spoken::Began, message("like")]);
        assert_eq!(speech.say("the taxi", 10), []);
        assert_eq!(speech.over(500), [message("the taxi")]);
        assert_eq!(speech.over(900), [Spoken::Ended]);
        assert_eq!(speech.over(901), [], "nothing was being said");
    }

    #[test]
    fn nothing_is_said_twice_unless_it_was_over() {
        let mut speech = Speech::new(100);
        speech.say("the taxi", 0);
        assert_eq!(speech.say("the taxi", 10), []);
        speech.say("the bus", 20);
        assert_eq!(speech.say("the bus", 30), []);
        assert_eq!(speech.over(500), [message("the bus")]);
        assert_eq!(speech.over(900), [Spoken::Ended]);
        assert_eq!(speech.say("the bus", 950), [Spoken::Began, message("the bus")]);
        assert_eq!(speech.say("", 960), []);
    }

    #[test]
    fn a_cue_cuts_short_what_is_being_said_and_what_waits_is_not_said() {
        let mut speech = Speech::new(100);
        speech.say("How do you feel about the bus", 0);
        speech.say("the bus", 5);
        assert_eq!(speech.cue("like", 300), [Spoken::Hush, cue("like")]);
        assert_eq!(speech.cue("don't like", 400), [Spoken::Hush, cue("don't like")]);
        assert_eq!(speech.over(900), [Spoken::Ended]);
        assert_eq!(speech.cue("like", 1_000), [Spoken::Began, cue("like")]);
    }

    #[test]
    fn a_message_does_not_wait_for_a_cue() {
        let mut speech = Speech::new(100);
        speech.cue("like", 0);
        assert_eq!(speech.say("like", 100), [Spoken::Hush, message("like")]);
    }

    #[test]
    fn silence_is_at_once() {
        let mut speech = Speech::new(100);
        assert_eq!(speech.hush(), []);
        speech.say("like", 0);
        speech.say("the taxi", 0);
        assert_eq!(speech.hush(), [Spoken::Hush, Spoken::Ended]);
        assert_eq!(speech.over(500), []);
    }

    #[test]
    fn a_voice_that_never_ends_is_not_waited_for_and_a_slow_one_is_for_longer() {
        let mut speech = Speech::new(100);
        speech.say("1234567890", 0);
        speech.say("the taxi", 0);
        assert_eq!(speech.due(), Some(3_500));
        assert_eq!(speech.tick(3_499), []);
        assert_eq!(speech.tick(3_500), [Spoken::Hush, message("the taxi")]);
        let mut slow = Speech::new(50);
        slow.say("1234567890", 0);
        assert_eq!(slow.due(), Some(5_000));
        assert_eq!(slow.tick(5_000), [Spoken::Hush, Spoken::Ended]);
    }
}
