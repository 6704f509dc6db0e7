//! The scan step from the child's own presses, not from a slider.

use crate::press::{Press, Presses};
use crate::settings::STEP_LIMITS_MS;
use crate::{Event, Ms};

/// So many presses make a trial.
pub const PRESSES: usize = 5;
/// A step is this many hundredths longer than it takes the child to press: the ".65 rule" (Simpson, Koester & LoPresti 2006).
const PRESS_PERCENT_OF_STEP: f64 = 65.0;
/// Steps are proposed in whole so many milliseconds.
const GRAIN_MS: Ms = 50;

/// The step to propose from how long after the highlight the child pressed each time; none with fewer than [`PRESSES`].
///
/// It is the mean ÷ 0.65, or the mean and two standard deviations where the presses scatter so that this is more.
pub fn proposed_step_ms(presses_ms: &[Ms]) -> Option<Ms> {
    if presses_ms.len() < PRESSES {
        return None;
    }
    let count = presses_ms.len() as f64;
    let mean = presses_ms.iter().map(|ms| *ms as f64).sum::<f64>() / count;
    let variance = presses_ms.iter().map(|ms| (*ms as f64 - mean).powi(2)).sum::<f64>() / (count - 1.0);
    let step = (mean * 100.0 / PRESS_PERCENT_OF_STEP).max(mean + 2.0 * variance.sqrt());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
    let step = step.clamp(0.0, STEP_LIMITS_MS.1 as f64) as Ms;
    Some(step.next_multiple_of(GRAIN_MS).clamp(STEP_LIMITS_MS.0, STEP_LIMITS_MS.1))
}

/// A trial: a light comes on after a pause, the child presses, five times.
#[derive(Clone, Debug)]
pub struct Trial {
    /// How long it is dark before each light.
    pauses_ms: [Ms; PRESSES],
    light: Light,
    presses: Presses,
    times_ms: Vec<Ms>,
    early: u32,
}

#[derive(Clone, Copy, Debug)]
enum Light {
    Dark { until: Ms },
    Lit { since: Ms },
    Over,
}

impl Trial {
    /// Begins in the dark. The pauses are the caller's, who draws them: one that is always the same is pressed by heart.
    pub fn begin(pauses_ms: [Ms; PRESSES], now: Ms) -> Trial {
        let light = Light::Dark { until: now + pauses_ms[0] };
        Trial { pauses_ms, light, presses: Presses::new(0, false), times_ms: Vec::new(), early: 0 }
    }

    /// Takes what a switch did, or that time has passed.
    pub fn on(&mut self, event: &Event, now: Ms) {
        if let Light::Dark { until } = self.light
            && now >= until
        {
            self.light = Light::Lit { since: now };
        }
        let presses = match event {
            Event::Down(switch) => self.presses.down(*switch, now),
            Event::Up(switch) => self.presses.up(*switch, now),
            _ => return,
        };
        if presses.iter().any(|press| matches!(press, Press::Pressed { .. })) {
            self.pressed(now);
        }
    }

    fn pressed(&mut self, now: Ms) {
        match self.light {
            Light::Lit { since } => {
                self.times_ms.push(now.saturating_sub(since));
                let pause = self.pauses_ms.get(self.times_ms.len());
                self.light = pause.map_or(Light::Over, |pause| Light::Dark { until: now + pause });
            }
            Light::Dark { .. } => self.early += 1,
            Light::Over => {}
        }
    }

    /// When the light comes on.
    pub fn due(&self) -> Option<Ms> {
        match self.light {
            Light::Dark { until } => Some(until),
            Light::Lit { .. } | Light::Over => None,
        }
    }

    /// Whether the light is on.
    pub fn is_lit(&self) -> bool {
        matches!(self.light, Light::Lit { .. })
    }

    /// How long after the light each press came.
    pub fn times_ms(&self) -> &[Ms] {
        &self.times_ms
    }

    /// How many presses came in the dark.
    pub fn early(&self) -> u32 {
        self.early
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Switch;

    #[test]
    fn each_press_is_timed_from_its_light_and_the_fifth_ends_the_trial() {
        let mut trial = Trial::begin([1_000; PRESSES], 0);
        let mut now = 0;
        for press in 1..=PRESSES {
            assert!(!trial.is_lit());
            now = trial.due().unwrap();
            trial.on(&Event::Tick, now);
            assert!(trial.is_lit());
            now += 700;
            trial.on(&Event::Down(Switch::First), now);
            // A key that is held repeats itself.
            trial.on(&Event::Down(Switch::First), now + 30);
            trial.on(&Event::Up(Switch::First), now + 90);
            assert_eq!(trial.times_ms(), vec![700; press]);
        }
        assert_eq!(trial.due(), None);
        assert_eq!(trial.early(), 0);
        trial.on(&Event::Down(Switch::First), now + 5_000);
        assert_eq!(trial.times_ms().len(), PRESSES);
    }

    #[test]
    fn a_press_in_the_dark_is_early_and_times_nothing() {
        let mut trial = Trial::begin([1_000; PRESSES], 0);
        trial.on(&Event::Down(Switch::First), 400);
        trial.on(&Event::Up(Switch::First), 500);
        assert_eq!((trial.early(), trial.times_ms().len()), (1, 0));
        assert_eq!(trial.due(), Some(1_000));
    }

    #[test]
    fn steady_presses_give_the_65_rule_and_scattered_ones_two_standard_deviations() {
        assert_eq!(proposed_step_ms(&[1300; 5]), Some(2000));
        // Mean 1,000; standard deviation 500.
        assert_eq!(proposed_step_ms(&[500, 500, 1000, 1500, 1500]), Some(2000));
    }

    #[test]
    fn fewer_than_five_presses_are_no_trial_and_no_step_is_beyond_the_limits() {
        assert_eq!(proposed_step_ms(&[900; 4]), None);
        assert_eq!(proposed_step_ms(&[10; 5]), Some(STEP_LIMITS_MS.0));
        assert_eq!(proposed_step_ms(&[60_000; 5]), Some(STEP_LIMITS_MS.1));
    }
}
