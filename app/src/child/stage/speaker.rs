//! What the stage says aloud: [`Speech`] decides what and when, the device's own voice says it.

use std::collections::VecDeque;

use access::Event;
use access::speech::{Speech, Spoken, Voice};
use domain::payload::capture::Layout;
use gloo_timers::callback::Timeout;

use super::Stage;
use crate::platform::{clock, speech};

/// How loud a cue is beside a message.†
const CUE_VOLUME: f32 = 0.5;

/// Says what is offered, asked and chosen.
pub(super) struct Speaker {
    speech: Speech,
    how: speech::How,
    says_messages: bool,
    saying: Option<speech::Saying>,
    tick: Option<Timeout>,
}

impl Speaker {
    /// Silence, of a child for whom it is laid out so.
    pub(super) fn new(layout: &Layout, language: &str) -> Speaker {
        let settings = layout.access.within_limits().speech;
        Speaker {
            speech: Speech::new(settings.rate_percent),
            how: speech::How {
                language: language.to_owned(),
                voice: layout.voice.clone(),
                rate_percent: settings.rate_percent,
            },
            says_messages: settings.messages,
            saying: None,
            tick: None,
        }
    }

    /// Whether the child is to hear more than cues.
    pub(super) fn says_messages(&self) -> bool {
        self.says_messages
    }

    /// Says a message, where the child is to hear those.
    pub(super) fn say(&mut self, words: &str, stage: Stage) -> Vec<Event> {
        if !self.says_messages {
            return Vec::new();
        }
        let spoken = self.speech.say(words, clock::steady());
        self.perform(spoken, stage)
    }

    /// Says what is offered.
    pub(super) fn cue(&mut self, words: &str, stage: Stage) -> Vec<Event> {
        let spoken = self.speech.cue(words, clock::steady());
        self.perform(spoken, stage)
    }

    /// Falls silent.
    pub(super) fn hush(&mut self, stage: Stage) -> Vec<Event> {
        let spoken = self.speech.hush();
        self.perform(spoken, stage)
    }

    /// The device has said it, or failed to.
    pub(super) fn over(&mut self, stage: Stage) -> Vec<Event> {
        let spoken = self.speech.over(clock::steady());
        self.perform(spoken, stage)
    }

    /// The device takes longer than anybody does.
    fn tick(&mut self, stage: Stage) -> Vec<Event> {
        let spoken = self.speech.tick(clock::steady());
        self.perform(spoken, stage)
    }

    fn perform(&mut self, spoken: Vec<Spoken>, stage: Stage) -> Vec<Event> {
        let mut events = Vec::new();
        let mut left = VecDeque::from(spoken);
        while let Some(next) = left.pop_front() {
            match next {
                Spoken::Began => events.push(Event::SpeechBegan),
                Spoken::Ended => events.push(Event::SpeechEnded),
                Spoken::Hush => {
                    self.saying = None;
                    speech::hush();
                }
                Spoken::Say(voice, words) => {
                    let volume = if voice == Voice::Cue { CUE_VOLUME } else { 1.0 };
                    let over = move || stage.speak(|speaker| speaker.over(stage));
                    self.saying = speech::say(&words, &self.how, volume, over);
                    if self.saying.is_none() {
                        left.extend(self.speech.over(clock::steady()));
                    }
                }
            }
        }
        let still = move || stage.speak(|speaker| speaker.tick(stage));
        self.tick = self.speech.due().map(|due| clock::at(due, still));
        events
    }
}

impl Drop for Speaker {
    fn drop(&mut self) {
        if self.saying.take().is_some() {
            speech::hush();
        }
    }
}
