//! The scan step from the child's own presses, not from a slider.

use crate::Ms;
use crate::settings::STEP_LIMITS_MS;

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

#[cfg(test)]
mod tests {
    use super::*;

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
