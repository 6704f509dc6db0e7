//! Scanning: places are offered in turn, and one or two switches choose.
//!
//! ```text
//!             wait                 step            step
//! Waiting ───────────▶ Offering 1 ─────▶ Offering 2 ─────▶ … ─ rounds over ─▶ Resting ─ a press ─▶ Offering 1
//!                          │ a press: a target ─▶ Choose, then Waiting again
//!                          │ a press: a group  ─▶ Offering among its targets, the way back out last
//!                          └ a press: back     ─▶ Offering that group
//! ```
//! That is [`ScanStyle::Automatic`]. With [`ScanStyle::Step`] a press goes on and holding chooses, with
//! [`ScanStyle::TwoSwitches`] one switch goes on and the other chooses: there time alone does nothing, and the scan begins
//! at rest. With [`ScanStyle::WhileHeld`] it goes on for as long as the switch is held, and letting go chooses. An adult who
//! offers each place is two switches of the adult's.

mod offers;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::press::{Press, Presses};
use crate::reached::{Trace, Why};
use crate::settings::{HOLD_MS, KEPT_MS, LATE_MS, ScanSettings, ScanStyle};
use crate::{Effect, Event, Method, Ms, Offer, Reached, Switch, Target};

/// Where the scan is.
#[derive(Clone, Debug)]
enum State {
    /// Nothing is offered until a press.
    Resting,
    /// The place is offered at that moment; none while something is being said.
    Waiting(Place, Option<Ms>),
    /// A place is offered.
    Offering(Offering),
}

/// A place in the order of offers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Place {
    /// The group gone in to, by its position on the first level.
    group: Option<usize>,
    position: usize,
}

#[derive(Clone, Debug)]
struct Offering {
    place: Place,
    round: u32,
    since: Ms,
    /// When the next place is offered; none where time does not go on to it, or something is being said.
    next: Option<Ms>,
    /// Which position was offered before, and since when: a late press is for that one.
    before: Option<(usize, Ms)>,
}

/// Offers places in turn.
#[derive(Clone, Debug)]
pub struct Scan {
    settings: ScanSettings,
    presses: Presses,
    first_level: Vec<Offer>,
    state: State,
    is_covered: bool,
    is_spoken: bool,
    trace: Trace,
    /// The targets on the screen.
    screen: Vec<String>,
    /// Where the last choice was made on each screen, by its targets: who comes back goes on there.
    left_at: BTreeMap<Vec<String>, Place>,
}

impl Scan {
    /// A scan that has no screen yet.
    pub fn new(settings: ScanSettings) -> Scan {
        // Held down, that switch scans: keeping it down is nothing special.
        let can_be_kept = settings.style != ScanStyle::WhileHeld;
        Scan {
            presses: Presses::new(settings.acceptance_ms, can_be_kept),
            settings,
            first_level: Vec::new(),
            state: State::Resting,
            is_covered: false,
            is_spoken: false,
            trace: Trace::default(),
            screen: Vec::new(),
            left_at: BTreeMap::new(),
        }
    }

    /// A scan by an adult, who goes on and presses for the child's yes. What they keep down is not the child's *stop*.
    pub fn by_an_adult(settings: ScanSettings) -> Scan {
        let scan = Scan::new(ScanSettings { style: ScanStyle::TwoSwitches, ..settings });
        Scan { presses: Presses::new(settings.acceptance_ms, false), ..scan }
    }

    fn come(&mut self, targets: &[Target], is_back: bool, now: Ms) -> Vec<Effect> {
        self.screen = targets.iter().map(|target| target.id.clone()).collect();
        let from = self.left_at.get(&self.screen).filter(|_| is_back).cloned().unwrap_or_default();
        self.first_level = offers::first_level(targets, &self.settings);
        self.presses.void();
        self.trace = Trace::begin(now);
        self.begin(from, now)
    }

    /// What a screen begins with, and what follows a choice: nothing is offered yet.
    fn begin(&mut self, from: Place, now: Ms) -> Vec<Effect> {
        self.state = match self.settings.style {
            ScanStyle::Automatic => State::Waiting(from, (!self.is_spoken).then_some(now + self.settings.wait_ms)),
            ScanStyle::Step | ScanStyle::WhileHeld | ScanStyle::TwoSwitches => State::Resting,
        };
        vec![Effect::Ring(None), Effect::Offer(Offer::Nothing)]
    }

    fn level(&self, group: Option<usize>) -> Vec<Offer> {
        match group.and_then(|position| self.first_level.get(position)) {
            Some(Offer::Group(ids)) => offers::within(ids, &self.settings),
            _ => self.first_level.clone(),
        }
    }

    fn offer(&mut self, place: Place, round: u32, before: Option<(usize, Ms)>, now: Ms) -> Vec<Effect> {
        let Some(offer) = self.level(place.group).get(place.position).cloned() else { return self.rest() };
        self.trace.offered(&offer, now);
        // While presses are not taken the time of the step has not begun.
        let step = self.settings.step_at(place.position) + self.closed_until().saturating_sub(now);
        let next = (self.goes_on() && !self.settings.cues).then_some(now + step);
        self.state = State::Offering(Offering { place, round, since: now, next, before });
        let ring = Effect::Ring(next.map(|_| step));
        let cue = self.settings.cues.then(|| Effect::Cue(offer.clone()));
        [Effect::Offer(offer), ring].into_iter().chain(cue).collect()
    }

    fn rest(&mut self) -> Vec<Effect> {
        self.state = State::Resting;
        vec![Effect::Ring(None), Effect::Offer(Offer::Nothing)]
    }

    /// Offers what comes next.
    fn go_on(&mut self, now: Ms) -> Vec<Effect> {
        let State::Offering(offering) = &self.state else { return self.offer(Place::default(), 1, None, now) };
        let Offering { place: Place { group, position }, round, since, .. } = offering.clone();
        let before = Some((position, since));
        if position + 1 < self.level(group).len() {
            return self.offer(Place { group, position: position + 1 }, round, before, now);
        }
        let is_over =
            matches!(self.settings.style, ScanStyle::Automatic | ScanStyle::WhileHeld) && round >= self.settings.rounds;
        match group {
            _ if !is_over => self.offer(Place { group, position: 0 }, round + 1, before, now),
            Some(position) => self.offer(Place { group: None, position }, 1, None, now),
            None => {
                self.trace.rested();
                self.rest()
            }
        }
    }

    /// Takes the place offered; `at` is the moment of the press that counts.
    fn choose(&mut self, at: Ms, now: Ms) -> Vec<Effect> {
        let State::Offering(offering) = &self.state else {
            self.trace.not_taken(Why::NothingOffered, at);
            return Vec::new();
        };
        let Offering { place: Place { group, position }, round, since, before, .. } = offering.clone();
        let goes_on = matches!(self.settings.style, ScanStyle::Automatic | ScanStyle::WhileHeld);
        let late = before.filter(|_| goes_on && at.saturating_sub(since) < LATE_MS);
        let (position, since) = late.unwrap_or((position, since));
        match self.level(group).get(position).cloned() {
            Some(Offer::Target(id)) => {
                self.left_at.insert(self.screen.clone(), Place { group, position });
                let reached = self.trace.chosen(round, at.saturating_sub(since), late.is_some(), now);
                self.chosen(id, reached, now)
            }
            Some(Offer::Group(_)) => self.change_level(Place { group: Some(position), position: 0 }, now),
            Some(Offer::Back(_)) => self.change_level(Place { group: None, position: group.unwrap_or_default() }, now),
            Some(Offer::Nothing) | None => Vec::new(),
        }
    }

    /// Goes in to a group or out of it. A hand that trembles would choose there what it has not seen: presses rest first, where
    /// no holding is asked for.
    fn change_level(&mut self, to: Place, now: Ms) -> Vec<Effect> {
        if matches!(self.settings.style, ScanStyle::Automatic | ScanStyle::TwoSwitches) {
            self.presses.close_until(now + self.settings.rest_ms);
        }
        self.offer(to, 1, None, now)
    }

    fn pressed(&mut self, press: Press, now: Ms) -> Vec<Effect> {
        use ScanStyle::{Automatic, Step, TwoSwitches, WhileHeld};
        let style = self.settings.style;
        match press {
            Press::NotTaken { why, at } => {
                self.trace.not_taken(why, at);
                Vec::new()
            }
            Press::Kept => {
                let reached = Reached { was_kept: true, ..self.trace.chosen(0, KEPT_MS, false, now) };
                let mut effects = self.rest();
                effects.push(Effect::Stop(reached));
                effects
            }
            Press::Pressed { .. } if style == Step && self.is_offering() => vec![Effect::Ring(Some(self.hold_ms()))],
            Press::Accepted { down, .. } if style == Automatic => match self.state {
                State::Resting => self.offer(Place::default(), 1, None, now),
                _ => self.choose(down, now),
            },
            Press::Accepted { switch: Switch::First, .. } if style == TwoSwitches => self.go_on(now),
            Press::Accepted { down, .. } if style == TwoSwitches => self.choose(down, now),
            Press::Accepted { .. } if style == WhileHeld => match self.state.clone() {
                // The first of a group that was gone in to: it waited for the switch.
                State::Offering(Offering { place, round, next: None, .. }) => self.offer(place, round, None, now),
                _ => self.go_on(now),
            },
            Press::Released { .. } if style == WhileHeld && self.is_offering() => self.choose(now, now),
            Press::Released { down, was_accepted: true, .. } if style == Step && now < down + self.hold_ms() => {
                self.go_on(now)
            }
            Press::Released { was_accepted: false, .. } => self.resume(now),
            Press::Pressed { .. } | Press::Accepted { .. } | Press::Released { .. } => Vec::new(),
        }
    }

    /// The device itself presses for the child, by a switch control of its own: that is a choice like any other.
    fn press(&mut self, target: String, now: Ms) -> Vec<Effect> {
        if now < self.closed_until() {
            self.trace.not_taken(Why::TooSoon, now);
            return Vec::new();
        }
        self.presses.void();
        let reached = self.trace.chosen(0, 0, false, now);
        self.chosen(target, reached, now)
    }

    /// A choice: presses rest, and the scan begins anew.
    fn chosen(&mut self, target: String, reached: Reached, now: Ms) -> Vec<Effect> {
        self.presses.close_until(now + self.settings.rest_ms);
        let mut effects = self.begin(Place::default(), now);
        effects.push(Effect::Choose(target, reached));
        effects
    }

    /// After a press that did not last, what is offered is offered for its whole time again.
    fn resume(&mut self, now: Ms) -> Vec<Effect> {
        let step = match &self.state {
            State::Offering(offering) => self.settings.step_at(offering.place.position),
            State::Resting | State::Waiting(..) => return Vec::new(),
        };
        match &mut self.state {
            State::Offering(Offering { next: next @ Some(_), .. }) => {
                *next = Some(now + step);
                vec![Effect::Ring(Some(step))]
            }
            _ => vec![Effect::Ring(None)],
        }
    }

    /// Whether time goes on to the next place.
    fn goes_on(&self) -> bool {
        match self.settings.style {
            ScanStyle::Automatic => true,
            ScanStyle::WhileHeld => self.presses.is_down(),
            ScanStyle::Step | ScanStyle::TwoSwitches => false,
        }
    }

    fn is_offering(&self) -> bool {
        matches!(self.state, State::Offering(_))
    }

    /// So long a switch that steps is held to choose: longer than a press that goes on, whatever tremor asks of that.
    fn hold_ms(&self) -> Ms {
        self.settings.acceptance_ms + HOLD_MS
    }

    /// When holding a switch that steps will choose.
    fn hold_due(&self) -> Option<Ms> {
        let down =
            self.presses.held_since().filter(|_| self.settings.style == ScanStyle::Step && self.is_offering())?;
        Some(down + self.hold_ms())
    }

    /// When the next place is offered. While a press is under way the place stays, for it may come to count.
    fn step_due(&self) -> Option<Ms> {
        match &self.state {
            State::Waiting(_, at) => *at,
            State::Offering(_) if self.presses.is_down() && self.settings.style == ScanStyle::Automatic => None,
            State::Offering(offering) => offering.next,
            State::Resting => None,
        }
    }

    /// What time has brought about.
    fn tick(&mut self, now: Ms) -> Vec<Effect> {
        let mut effects = Vec::new();
        if let Some(at) = self.hold_due().filter(|at| *at <= now) {
            self.presses.void();
            effects.extend(self.choose(at - self.hold_ms(), now));
        }
        for press in self.presses.tick(now) {
            effects.extend(self.pressed(press, now));
        }
        if self.step_due().is_some_and(|at| at <= now) {
            effects.extend(match &self.state {
                State::Waiting(place, _) => self.offer(place.clone(), 1, None, now),
                _ => self.go_on(now),
            });
        }
        effects
    }

    fn speech_ended(&mut self, now: Ms) -> Vec<Effect> {
        self.is_spoken = false;
        let (wait, goes_on) = (self.settings.wait_ms, self.goes_on());
        match &mut self.state {
            State::Waiting(_, at @ None) => *at = Some(now + wait),
            State::Offering(offering) if self.settings.cues && offering.next.is_none() => {
                let step = self.settings.step_at(offering.place.position);
                offering.next = goes_on.then_some(now + step);
                return if goes_on { vec![Effect::Ring(Some(step))] } else { Vec::new() };
            }
            _ => {}
        }
        Vec::new()
    }

    /// Offers again what was offered when something came over it.
    fn uncovered(&mut self, now: Ms) -> Vec<Effect> {
        match self.state.clone() {
            State::Offering(Offering { place, round, .. }) => self.offer(place, round, None, now),
            State::Waiting(place, _) => self.begin(place, now),
            State::Resting => Vec::new(),
        }
    }
}

impl Method for Scan {
    fn on(&mut self, event: Event, now: Ms) -> Vec<Effect> {
        match event {
            Event::Uncovered if self.is_covered => {
                self.is_covered = false;
                return self.uncovered(now);
            }
            Event::Screen(targets) => return self.come(&targets, false, now),
            Event::Back(targets) => return self.come(&targets, true, now),
            Event::Up(switch) if self.is_covered => {
                self.presses.up(switch, now);
                return Vec::new();
            }
            Event::SpeechBegan | Event::SpeechEnded if self.is_covered => {
                self.is_spoken = event == Event::SpeechBegan;
                return Vec::new();
            }
            _ if self.is_covered => return Vec::new(),
            _ => {}
        }
        let mut effects = self.tick(now);
        let presses = match event {
            Event::Down(switch) => self.presses.down(switch, now),
            Event::Up(switch) => self.presses.up(switch, now),
            Event::Covered => {
                self.is_covered = true;
                self.presses.void();
                effects.extend([Effect::Ring(None), Effect::Offer(Offer::Nothing)]);
                return effects;
            }
            Event::SpeechBegan => {
                self.is_spoken = true;
                if let State::Waiting(_, at) = &mut self.state {
                    *at = None;
                }
                return effects;
            }
            Event::SpeechEnded => {
                effects.extend(self.speech_ended(now));
                return effects;
            }
            Event::Pressed(target) => {
                effects.extend(self.press(target, now));
                return effects;
            }
            _ => return effects,
        };
        for press in presses {
            effects.extend(self.pressed(press, now));
        }
        effects
    }

    fn closed_until(&self) -> Ms {
        self.presses.closed_until()
    }

    fn due(&self) -> Option<Ms> {
        if self.is_covered {
            return None;
        }
        [self.presses.due(), self.hold_due(), self.step_due()].into_iter().flatten().min()
    }
}
