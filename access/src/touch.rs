//! Touch: a finger goes down on a target and comes up there. Other fingers may lie on the screen meanwhile.
//!
//! ```text
//! down on a target ─▶ too soon after a choice? ─▶ another went down with it, elsewhere? ─▶ live
//!                        TooSoon                      TwoAtOnce: both are void
//! live ─▶ leaves the target: SlidOff · lies there while another goes down and up: Rests · comes up: chosen
//! ```
//! A finger that wobbles inside its target is still there. *Stop* is never too soon.

use crate::reached::{Trace, Why};
use crate::settings::{RESTING_FINGER_MS, TOGETHER_MS, TouchCounts, TouchSettings};
use crate::{Effect, Event, Method, Ms, PointerId, Rank, Target};

/// Takes touches, and presses by key.
#[derive(Clone, Debug)]
pub struct Touch {
    settings: TouchSettings,
    targets: Vec<Target>,
    fingers: Vec<Finger>,
    /// Nothing but *stop* counts before.
    quiet_until: Ms,
    is_covered: bool,
    trace: Trace,
}

/// A finger that is down on a target, or was.
#[derive(Clone, Debug)]
struct Finger {
    id: PointerId,
    target: String,
    down: Ms,
    is_live: bool,
}

impl Touch {
    /// Touch, with no screen yet.
    pub fn new(settings: TouchSettings) -> Touch {
        Touch {
            settings,
            targets: Vec::new(),
            fingers: Vec::new(),
            quiet_until: 0,
            is_covered: false,
            trace: Trace::default(),
        }
    }

    fn screen(&mut self, targets: Vec<Target>, now: Ms) -> Vec<Effect> {
        // What is pressed as another screen comes was meant for the one before.
        if !self.targets.is_empty() {
            self.be_quiet(now);
        }
        self.targets = targets;
        self.void_all();
        self.trace = Trace::begin(now);
        vec![Effect::Ring(None)]
    }

    fn be_quiet(&mut self, now: Ms) {
        self.quiet_until = now + self.settings.ignore_repeats_ms;
    }

    /// Whether a press on this target comes too soon. One that does holds off the next.
    fn is_too_soon(&mut self, target: &str, now: Ms) -> bool {
        let stops = self.targets.iter().any(|one| one.id == target && one.rank == Rank::Stop);
        let is_too_soon = !stops && now < self.quiet_until;
        if is_too_soon {
            self.be_quiet(now);
            self.trace.not_taken(Why::TooSoon, now);
        }
        is_too_soon
    }

    fn down(&mut self, id: PointerId, target: String, now: Ms) -> Vec<Effect> {
        let mut is_live = !self.is_too_soon(&target, now);
        let together = |finger: &&mut Finger| {
            finger.is_live && finger.target != target && now.saturating_sub(finger.down) < TOGETHER_MS
        };
        for finger in self.fingers.iter_mut().filter(together) {
            finger.is_live = false;
            is_live = false;
            self.trace.not_taken(Why::TwoAtOnce, now);
        }
        self.fingers.retain(|finger| finger.id != id);
        self.fingers.push(Finger { id, target: target.clone(), down: now, is_live });
        match self.settings.counts {
            _ if !is_live => vec![Effect::Ring(None)],
            TouchCounts::Down => self.choose(target, now, now),
            TouchCounts::Up => Vec::new(),
            TouchCounts::Held { ms } => vec![Effect::Ring(Some(ms))],
        }
    }

    fn moved(&mut self, id: PointerId, over: Option<&str>, now: Ms) -> Vec<Effect> {
        let left = |finger: &&mut Finger| finger.id == id && finger.is_live && over != Some(finger.target.as_str());
        match self.fingers.iter_mut().find(left) {
            Some(finger) => {
                finger.is_live = false;
                self.trace.not_taken(Why::SlidOff, now);
                vec![Effect::Ring(None)]
            }
            None => Vec::new(),
        }
    }

    fn up(&mut self, id: PointerId, now: Ms) -> Vec<Effect> {
        let Some(place) = self.fingers.iter().position(|finger| finger.id == id) else { return Vec::new() };
        let finger = self.fingers.remove(place);
        if !finger.is_live {
            return Vec::new();
        }
        let another = self.fingers.iter().any(|other| other.is_live);
        match self.settings.counts {
            TouchCounts::Up if another && now.saturating_sub(finger.down) >= RESTING_FINGER_MS => {
                self.trace.not_taken(Why::Rests, finger.down);
                Vec::new()
            }
            TouchCounts::Up => self.choose(finger.target, finger.down, now),
            TouchCounts::Down => Vec::new(),
            TouchCounts::Held { .. } => {
                self.trace.not_taken(Why::TooShort, finger.down);
                vec![Effect::Ring(None)]
            }
        }
    }

    /// The target of the finger that has been held for long enough.
    fn held(&mut self, now: Ms) -> Vec<Effect> {
        let TouchCounts::Held { ms } = self.settings.counts else { return Vec::new() };
        let long = self.fingers.iter().find(|finger| finger.is_live && now >= finger.down + ms).cloned();
        long.map(|finger| self.choose(finger.target, finger.down, now)).unwrap_or_default()
    }

    fn choose(&mut self, target: String, down: Ms, now: Ms) -> Vec<Effect> {
        self.void_all();
        self.be_quiet(now);
        let reached = self.trace.chosen(0, now.saturating_sub(down), false, now);
        vec![Effect::Ring(None), Effect::Choose(target, reached)]
    }

    fn void_all(&mut self) {
        self.fingers.iter_mut().for_each(|finger| finger.is_live = false);
    }
}

impl Method for Touch {
    fn on(&mut self, event: Event, now: Ms) -> Vec<Effect> {
        match event {
            Event::Screen(targets) | Event::Back(targets) => self.screen(targets, now),
            Event::PointerUp(id) => self.up(id, now),
            Event::PointerLost(id) => {
                self.fingers.retain(|finger| finger.id != id);
                vec![Effect::Ring(None)]
            }
            Event::Uncovered => {
                self.is_covered = false;
                Vec::new()
            }
            Event::Covered => {
                self.is_covered = true;
                self.void_all();
                vec![Effect::Ring(None)]
            }
            _ if self.is_covered => Vec::new(),
            Event::PointerDown(id, Some(target)) => self.down(id, target, now),
            Event::PointerMoved(id, over) => self.moved(id, over.as_deref(), now),
            Event::Pressed(target) if self.is_too_soon(&target, now) => Vec::new(),
            Event::Pressed(target) => self.choose(target, now, now),
            Event::Tick => self.held(now),
            // A finger beside all targets is nothing, however long it lies there.
            Event::PointerDown(_, None) | Event::Down(_) | Event::Up(_) | Event::SpeechBegan | Event::SpeechEnded => {
                Vec::new()
            }
        }
    }

    fn closed_until(&self) -> Ms {
        self.quiet_until
    }

    fn due(&self) -> Option<Ms> {
        let TouchCounts::Held { ms } = self.settings.counts else { return None };
        self.fingers.iter().filter(|finger| finger.is_live).map(|finger| finger.down + ms).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn touch(settings: TouchSettings) -> Touch {
        let mut touch = Touch::new(settings);
        let target = |id: &str, rank| Target::new(id, rank, 0);
        let targets = vec![target("like", Rank::Answer), target("dont-like", Rank::Answer), target("stop", Rank::Stop)];
        touch.on(Event::Screen(targets), 0);
        touch
    }

    fn down(touch: &mut Touch, id: PointerId, target: &str, now: Ms) -> Vec<String> {
        chosen(&touch.on(Event::PointerDown(id, Some(target.into())), now))
    }

    fn up(touch: &mut Touch, id: PointerId, now: Ms) -> Vec<String> {
        chosen(&touch.on(Event::PointerUp(id), now))
    }

    fn chosen(effects: &[Effect]) -> Vec<String> {
        let chosen = |effect: &Effect| match effect {
            Effect::Choose(id, _) => Some(id.clone()),
            _ => None,
        };
        effects.iter().filter_map(chosen).collect()
    }

    #[test]
    fn a_finger_that_goes_down_and_up_on_a_target_chooses_it_however_it_wobbles_there() {
        let mut touch = touch(TouchSettings::default());
        assert!(down(&mut touch, 1, "like", 1000).is_empty());
        for at in 1001..1040 {
            touch.on(Event::PointerMoved(1, Some("like".into())), at);
        }
        assert_eq!(up(&mut touch, 1, 1100), ["like"]);
    }

    #[test]
    fn sliding_off_a_target_cancels_and_coming_back_does_not_undo_that() {
        let mut touch = touch(TouchSettings::default());
        down(&mut touch, 1, "like", 1000);
        touch.on(Event::PointerMoved(1, None), 1050);
        touch.on(Event::PointerMoved(1, Some("like".into())), 1100);
        assert!(up(&mut touch, 1, 1150).is_empty());
    }

    #[test]
    fn a_palm_that_rests_beside_or_on_a_target_does_not_silence_a_finger() {
        for palm in [None, Some("dont-like".to_owned())] {
            let mut touch = touch(TouchSettings::default());
            touch.on(Event::PointerDown(1, palm), 1000);
            down(&mut touch, 2, "like", 4000);
            assert_eq!(up(&mut touch, 2, 4100), ["like"]);
            assert!(up(&mut touch, 1, 9000).is_empty(), "lifted later, the palm is no answer");
        }
    }

    #[test]
    fn a_palm_lifted_while_a_finger_is_down_is_no_answer_and_the_finger_is() {
        let mut touch = touch(TouchSettings::default());
        down(&mut touch, 1, "dont-like", 1000);
        down(&mut touch, 2, "like", 4000);
        assert!(up(&mut touch, 1, 4050).is_empty());
        assert_eq!(up(&mut touch, 2, 4100), ["like"]);
    }

    #[test]
    fn two_fingers_on_two_targets_in_one_moment_count_for_neither() {
        let mut touch = touch(TouchSettings::default());
        down(&mut touch, 1, "like", 1000);
        down(&mut touch, 2, "dont-like", 1000 + TOGETHER_MS - 1);
        assert!(up(&mut touch, 1, 1200).is_empty());
        assert!(up(&mut touch, 2, 1200).is_empty());
    }

    #[test]
    fn repeats_are_ignored_each_holding_off_the_next_and_stop_is_never_too_soon() {
        let mut touch = touch(TouchSettings { ignore_repeats_ms: 500, ..TouchSettings::default() });
        down(&mut touch, 1, "like", 1000);
        assert_eq!(up(&mut touch, 1, 1050), ["like"]);
        for at in [1300, 1700, 2100] {
            down(&mut touch, 1, "like", at);
            assert!(up(&mut touch, 1, at + 50).is_empty(), "{at}");
        }
        down(&mut touch, 1, "stop", 2200);
        assert_eq!(up(&mut touch, 1, 2250), ["stop"]);
        down(&mut touch, 1, "like", 2800);
        assert_eq!(up(&mut touch, 1, 2850), ["like"]);
    }

    #[test]
    fn on_first_touch_it_counts_as_the_finger_goes_down_and_only_once() {
        let mut touch = touch(TouchSettings { counts: TouchCounts::Down, ..TouchSettings::default() });
        assert_eq!(down(&mut touch, 1, "like", 1000), ["like"]);
        assert!(up(&mut touch, 1, 9000).is_empty());
    }

    #[test]
    fn held_it_fills_a_ring_and_counts_when_it_is_full() {
        let mut touch = touch(TouchSettings { counts: TouchCounts::Held { ms: 800 }, ..TouchSettings::default() });
        assert_eq!(touch.on(Event::PointerDown(1, Some("like".into())), 1000), [Effect::Ring(Some(800))]);
        assert_eq!(touch.due(), Some(1800));
        assert!(chosen(&touch.on(Event::Tick, 1799)).is_empty());
        assert_eq!(chosen(&touch.on(Event::Tick, 1800)), ["like"]);
        down(&mut touch, 1, "like", 5000);
        assert_eq!(touch.on(Event::PointerUp(1), 5700), [Effect::Ring(None)]);
    }

    #[test]
    fn a_finger_that_was_down_when_the_screen_changed_chooses_nothing_on_the_new_one() {
        let mut touch = touch(TouchSettings::default());
        down(&mut touch, 1, "like", 1000);
        touch.on(Event::Screen(vec![Target::new("like", Rank::Answer, 0)]), 1050);
        assert!(up(&mut touch, 1, 1100).is_empty());
    }

    #[test]
    fn nothing_is_taken_while_something_covers_the_screen() {
        let mut touch = touch(TouchSettings::default());
        down(&mut touch, 1, "like", 1000);
        touch.on(Event::Covered, 1050);
        assert!(up(&mut touch, 1, 1100).is_empty());
        assert!(chosen(&touch.on(Event::Pressed("like".into()), 2000)).is_empty());
        touch.on(Event::Uncovered, 3000);
        assert_eq!(chosen(&touch.on(Event::Pressed("like".into()), 4000)), ["like"]);
    }
}
