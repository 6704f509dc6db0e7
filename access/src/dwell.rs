//! Resting a pointer: a target is chosen when the pointer of an eye-gaze device or a head mouse has stayed on it.
//!
//! Leaving for a moment ([`DWELL_GRACE_MS`]) loses nothing, for tremor and blinks are no change of mind. After a choice the pointer must leave
//! the target, or [`DWELL_LOCK_MS`] pass, before it can be chosen again. Where there is no target the eyes can rest.

use crate::reached::{Trace, Why};
use crate::settings::{DWELL_GRACE_MS, DWELL_LOCK_MS, DWELL_LOST_MS, DwellSettings};
use crate::{Effect, Event, Method, Ms, Offer};

/// Follows a pointer.
#[derive(Clone, Debug)]
pub struct Dwell {
    rest_ms: Ms,
    resting: Option<Resting>,
    /// Another target on which the pointer has come while the grace of the first lasts.
    next: Option<(String, Ms)>,
    /// What was chosen last, while the pointer has not left it, and until when it cannot be chosen again.
    locked: Option<(String, Ms)>,
    is_covered: bool,
    trace: Trace,
}

/// A target on which the pointer rests, or rested a moment ago.
#[derive(Clone, Debug)]
struct Resting {
    target: String,
    entered: Ms,
    /// So long it had rested before it was last left.
    before_ms: Ms,
    /// Since when it rests; none while it is away.
    since: Option<Ms>,
    /// While it is away: until when it may come back.
    until: Ms,
}

impl Dwell {
    /// A pointer that is nowhere yet.
    pub fn new(settings: DwellSettings) -> Dwell {
        Dwell {
            rest_ms: settings.rest_ms,
            resting: None,
            next: None,
            locked: None,
            is_covered: false,
            trace: Trace::default(),
        }
    }

    fn enter(&mut self, target: String, now: Ms) -> Vec<Effect> {
        match &mut self.resting {
            Some(resting) if resting.target == target => {
                self.next = None;
                if resting.since.is_some() {
                    return Vec::new();
                }
                resting.since = Some(now);
                let left = self.rest_ms.saturating_sub(resting.before_ms);
                vec![Effect::Ring(Some(left))]
            }
            Some(_) => {
                self.leave(DWELL_GRACE_MS, now);
                match &self.next {
                    Some((next, _)) if *next == target => {}
                    _ => self.next = Some((target, now)),
                }
                Vec::new()
            }
            None => self.begin(target, now),
        }
    }

    fn begin(&mut self, target: String, now: Ms) -> Vec<Effect> {
        let locked = self.locked.take().filter(|(locked, _)| *locked == target);
        // It has not left what it chose: the time begins when the lock opens.
        let since = locked.map_or(now, |(_, until)| until.max(now));
        let offer = Offer::Target(target.clone());
        self.trace.offered(&offer, now);
        self.resting = Some(Resting { target, entered: now, before_ms: 0, since: Some(since), until: 0 });
        vec![Effect::Offer(offer), Effect::Ring(Some(since - now + self.rest_ms))]
    }

    /// The pointer is on no target, or on another one, for now.
    fn leave(&mut self, grace_ms: Ms, now: Ms) {
        if let Some(resting) = &mut self.resting
            && let Some(since) = resting.since.take()
        {
            resting.before_ms += now.saturating_sub(since);
            resting.until = now + grace_ms;
        }
    }

    fn forget(&mut self) -> Vec<Effect> {
        self.resting = None;
        self.next = None;
        vec![Effect::Ring(None), Effect::Offer(Offer::Nothing)]
    }

    /// The device itself presses for the child: that is a choice like any other.
    fn press(&mut self, target: String, now: Ms) -> Vec<Effect> {
        if self.locked.as_ref().is_some_and(|(locked, until)| *locked == target && now < *until) {
            self.trace.not_taken(Why::TooSoon, now);
            return Vec::new();
        }
        let mut effects = self.forget();
        self.locked = Some((target.clone(), now + DWELL_LOCK_MS));
        effects.push(Effect::Choose(target, self.trace.chosen(0, 0, false, now)));
        effects
    }

    fn tick(&mut self, now: Ms) -> Vec<Effect> {
        let Some(resting) = &self.resting else { return Vec::new() };
        match resting.since {
            Some(since) if now >= since + self.rest_ms.saturating_sub(resting.before_ms) => {
                let (target, entered) = (resting.target.clone(), resting.entered);
                let mut effects = self.forget();
                self.locked = Some((target.clone(), now + DWELL_LOCK_MS));
                let reached = self.trace.chosen(0, now.saturating_sub(entered), false, now);
                effects.push(Effect::Choose(target.clone(), reached));
                // It is still there: if it stays, that target comes again when the lock opens.
                effects.extend(self.begin(target, now));
                effects
            }
            None if now >= resting.until => {
                let next = self.next.take();
                let mut effects = self.forget();
                self.locked = None;
                if let Some((target, entered)) = next {
                    effects.extend(self.begin(target, entered));
                    effects.push(Effect::Ring(Some((entered + self.rest_ms).saturating_sub(now))));
                }
                effects
            }
            _ => Vec::new(),
        }
    }
}

impl Method for Dwell {
    fn on(&mut self, event: Event, now: Ms) -> Vec<Effect> {
        match event {
            Event::Screen(_) | Event::Back(_) => {
                // The pointer has not moved: what is under it now is told by its next movement.
                let locked = self.resting.take().map(|resting| (resting.target, now + DWELL_LOCK_MS));
                self.locked = self.locked.take().or(locked);
                self.trace = Trace::begin(now);
                return self.forget();
            }
            Event::Covered => {
                self.is_covered = true;
                return self.forget();
            }
            Event::Uncovered => {
                self.is_covered = false;
                return Vec::new();
            }
            _ if self.is_covered => return Vec::new(),
            _ => {}
        }
        let mut effects = self.tick(now);
        match event {
            Event::PointerMoved(_, Some(target)) => effects.extend(self.enter(target, now)),
            Event::PointerMoved(_, None) => {
                self.next = None;
                self.leave(DWELL_GRACE_MS, now);
            }
            Event::PointerLost(_) => {
                self.next = None;
                self.leave(DWELL_LOST_MS, now);
            }
            Event::Pressed(target) => effects.extend(self.press(target, now)),
            _ => {}
        }
        effects
    }

    /// Nothing is closed: the target that was chosen has a lock of its own.
    fn closed_until(&self) -> Ms {
        0
    }

    fn due(&self) -> Option<Ms> {
        let resting = self.resting.as_ref().filter(|_| !self.is_covered)?;
        Some(match resting.since {
            Some(since) => since + self.rest_ms.saturating_sub(resting.before_ms),
            None => resting.until,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::DWELL_MS;

    struct Pointer {
        dwell: Dwell,
        chosen: Vec<(String, Ms)>,
    }

    impl Pointer {
        fn new() -> Pointer {
            Pointer { dwell: Dwell::new(DwellSettings::default()), chosen: Vec::new() }
        }

        /// Lets time pass up to a moment, with every tick that is asked for.
        fn pass(&mut self, until: Ms) {
            while let Some(due) = self.dwell.due().filter(|due| *due <= until) {
                let effects = self.dwell.on(Event::Tick, due);
                self.take(effects, due);
            }
        }

        fn over(&mut self, target: &str, now: Ms) {
            self.on(Event::PointerMoved(1, (!target.is_empty()).then(|| target.to_owned())), now);
        }

        fn on(&mut self, event: Event, now: Ms) {
            self.pass(now);
            let effects = self.dwell.on(event, now);
            self.take(effects, now);
        }

        fn take(&mut self, effects: Vec<Effect>, now: Ms) {
            for effect in effects {
                if let Effect::Choose(id, _) = effect {
                    self.chosen.push((id, now));
                }
            }
        }

        fn chosen(&self) -> Vec<(&str, Ms)> {
            self.chosen.iter().map(|(id, at)| (id.as_str(), *at)).collect()
        }
    }

    #[test]
    fn a_pointer_that_rests_on_a_target_chooses_it_and_one_that_passes_does_not() {
        let mut pointer = Pointer::new();
        pointer.over("like", 1000);
        pointer.over("dont-like", 1500);
        pointer.pass(1500 + DWELL_MS - 1);
        assert!(pointer.chosen.is_empty());
        pointer.pass(1500 + DWELL_MS);
        assert_eq!(pointer.chosen(), [("dont-like", 1500 + DWELL_MS)]);
    }

    #[test]
    fn a_tremor_out_of_a_target_and_back_loses_nothing_of_the_time_rested() {
        for beside in ["", "dont-like"] {
            let mut pointer = Pointer::new();
            pointer.over("like", 1000);
            pointer.over(beside, 1600);
            pointer.over("like", 1600 + DWELL_GRACE_MS - 1);
            pointer.pass(9000);
            assert_eq!(pointer.chosen()[0], ("like", 1000 + DWELL_MS + DWELL_GRACE_MS - 1), "by {beside:?}");
        }
    }

    #[test]
    fn leaving_for_longer_begins_anew() {
        let mut pointer = Pointer::new();
        pointer.over("like", 1000);
        pointer.over("", 2000);
        pointer.over("like", 2000 + DWELL_GRACE_MS);
        pointer.pass(2000 + DWELL_GRACE_MS + DWELL_MS);
        assert_eq!(pointer.chosen(), [("like", 2000 + DWELL_GRACE_MS + DWELL_MS)]);
    }

    #[test]
    fn after_a_choice_the_pointer_leaves_the_target_or_waits() {
        let mut pointer = Pointer::new();
        pointer.over("like", 0);
        pointer.pass(DWELL_MS + DWELL_LOCK_MS + DWELL_MS - 1);
        assert_eq!(pointer.chosen().len(), 1, "it stays: the lock comes before the time");
        pointer.pass(DWELL_MS + DWELL_LOCK_MS + DWELL_MS);
        assert_eq!(pointer.chosen().len(), 2);

        let mut pointer = Pointer::new();
        pointer.over("like", 0);
        pointer.over("", DWELL_MS + 100);
        pointer.over("like", DWELL_MS + 100 + DWELL_GRACE_MS);
        pointer.pass(2 * DWELL_MS + 100 + DWELL_GRACE_MS);
        assert_eq!(pointer.chosen().len(), 2, "it left and came back: no lock");
    }

    #[test]
    fn a_gaze_that_is_lost_for_long_has_rested_nowhere() {
        let mut pointer = Pointer::new();
        pointer.over("like", 0);
        pointer.on(Event::PointerLost(1), 1000);
        pointer.over("like", 1000 + DWELL_LOST_MS - 1);
        pointer.pass(1000 + DWELL_LOST_MS - 1 + (DWELL_MS - 1000));
        assert_eq!(pointer.chosen().len(), 1, "a blink is no loss");

        let mut pointer = Pointer::new();
        pointer.over("like", 0);
        pointer.on(Event::PointerLost(1), 1000);
        pointer.pass(60_000);
        assert!(pointer.chosen.is_empty());
    }

    #[test]
    fn what_covers_the_screen_is_not_rested_through() {
        let mut pointer = Pointer::new();
        pointer.over("like", 0);
        pointer.on(Event::Covered, 1000);
        pointer.over("like", 1100);
        pointer.pass(60_000);
        assert!(pointer.chosen.is_empty());
        pointer.on(Event::Uncovered, 60_000);
        pointer.over("like", 60_100);
        pointer.pass(60_100 + DWELL_MS);
        assert_eq!(pointer.chosen().len(), 1);
    }

    #[test]
    fn what_the_device_presses_for_the_child_counts_once() {
        let mut pointer = Pointer::new();
        pointer.over("like", 0);
        pointer.on(Event::Pressed("stop".into()), 500);
        pointer.on(Event::Pressed("stop".into()), 500 + DWELL_LOCK_MS - 1);
        pointer.pass(DWELL_MS);
        assert_eq!(pointer.chosen(), [("stop", 500)]);
        pointer.on(Event::Pressed("stop".into()), 500 + DWELL_LOCK_MS);
        assert_eq!(pointer.chosen().len(), 2);
        pointer.on(Event::Covered, 3000);
        pointer.on(Event::Pressed("like".into()), 4000);
        assert_eq!(pointer.chosen().len(), 2, "nothing is pressed through a cover");
    }
}
