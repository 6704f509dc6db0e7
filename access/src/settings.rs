//! What is set for one child. Every default is a named constant with its source (PRACTICE F); † marks a choice of our own.

use serde::{Deserialize, Serialize};

use crate::Ms;

/// A step where nothing was measured.
pub const STEP_MS: Ms = 2_000;
/// The quickest step, and the slowest.
pub const STEP_LIMITS_MS: (Ms, Ms) = (300, 10_000);
/// The first step is this many hundredths of the others.
pub const FIRST_STEP_PERCENT: u64 = 150;
/// From the screen's coming to the first offer.
pub const WAIT_MS: Ms = 1_000;
/// So often everything is offered before the scan rests.
pub const ROUNDS: u32 = 3;
/// A switch that comes down again within this after it came up has bounced.
pub const BOUNCE_MS: Ms = 50;
/// After a choice nothing is taken for so long.†
pub const REST_MS: Ms = 500;
/// A press that comes within this after the highlight went on counts for the place before.†
pub const LATE_MS: Ms = 150;
/// Held so long, a switch that steps chooses.
pub const HOLD_MS: Ms = 400;
/// A switch kept down so long stops everything.†
pub const KEPT_MS: Ms = 3_000;
/// The first step is at most so many times the others.†
const LONGEST_FIRST_STEP_PERCENT: u64 = 500;
/// The longest wait before the first offer.†
const LONGEST_WAIT_MS: Ms = 10_000;
/// The most rounds before the scan rests.†
const MOST_ROUNDS: u32 = 20;
/// The longest that a press may be asked to last.
pub const LONGEST_ACCEPTANCE_MS: Ms = 1_000;
/// With so many targets or more they are offered in groups.
pub const GROUPS_FROM: usize = 5;
/// A pointer rests so long to choose.
pub const DWELL_MS: Ms = 1_200;
/// The shortest rest, and the longest.
pub const DWELL_LIMITS_MS: (Ms, Ms) = (300, 5_000);
/// A pointer may leave a target for so long without losing what it has rested.
pub const DWELL_GRACE_MS: Ms = 200;
/// After a choice the pointer must leave the target, or so much time must pass.
pub const DWELL_LOCK_MS: Ms = 800;
/// A pointer that has been gone for so long is lost: what was rested is forgotten.
pub const DWELL_LOST_MS: Ms = 500;
/// Two fingers that go down on two targets within this count for neither.†
pub const TOGETHER_MS: Ms = 100;
/// A finger that has been down for so long while another goes down and up is a palm or an arm that rests.†
pub const RESTING_FINGER_MS: Ms = 1_000;
/// The longest that repeated touches may be ignored.
pub const LONGEST_IGNORE_MS: Ms = 2_000;
/// The slowest and the quickest voice, in hundredths of the usual.†
pub const RATE_LIMITS_PERCENT: (u16, u16) = (50, 200);

/// What is set for one child.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Touch.
    pub touch: TouchSettings,
    /// Switches, and an adult who offers each place.
    pub scan: ScanSettings,
    /// A pointer that rests.
    pub dwell: DwellSettings,
    /// What is said aloud.
    pub speech: SpeechSettings,
}

impl Settings {
    /// The same within the limits, whatever was stored: a child with settings beyond them could choose nothing.
    pub fn within_limits(self) -> Settings {
        let Settings { touch, scan, dwell, speech } = self;
        let counts = match touch.counts {
            TouchCounts::Held { ms } => TouchCounts::Held { ms: ms.min(DWELL_LIMITS_MS.1) },
            counts => counts,
        };
        Settings {
            touch: TouchSettings { counts, ignore_repeats_ms: touch.ignore_repeats_ms.min(LONGEST_IGNORE_MS) },
            scan: ScanSettings {
                step_ms: scan.step_ms.clamp(STEP_LIMITS_MS.0, STEP_LIMITS_MS.1),
                first_step_percent: scan.first_step_percent.clamp(100, LONGEST_FIRST_STEP_PERCENT),
                wait_ms: scan.wait_ms.min(LONGEST_WAIT_MS),
                rounds: scan.rounds.clamp(1, MOST_ROUNDS),
                acceptance_ms: scan.acceptance_ms.min(LONGEST_ACCEPTANCE_MS),
                rest_ms: scan.rest_ms.min(LONGEST_IGNORE_MS),
                ..scan
            },
            dwell: DwellSettings { rest_ms: dwell.rest_ms.clamp(DWELL_LIMITS_MS.0, DWELL_LIMITS_MS.1) },
            speech: SpeechSettings {
                rate_percent: speech.rate_percent.clamp(RATE_LIMITS_PERCENT.0, RATE_LIMITS_PERCENT.1),
                ..speech
            },
        }
    }
}

/// When a touch counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "when", rename_all = "snake_case")]
pub enum TouchCounts {
    /// As the finger goes down.
    Down,
    /// As it comes up on the target it went down on.
    #[default]
    Up,
    /// When it has stayed for so long.
    Held {
        /// How long.
        ms: Ms,
    },
}

/// How touches are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TouchSettings {
    /// When a touch counts.
    pub counts: TouchCounts,
    /// After a choice, touches are ignored for so long; each one that comes begins that time again.
    pub ignore_repeats_ms: Ms,
}

impl Default for TouchSettings {
    fn default() -> TouchSettings {
        TouchSettings { counts: TouchCounts::default(), ignore_repeats_ms: REST_MS }
    }
}

/// How a switch chooses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScanStyle {
    /// The highlight goes on by itself; a press chooses.
    #[default]
    Automatic,
    /// A press goes on; holding chooses.
    Step,
    /// It goes on while the switch is held; letting go chooses.
    WhileHeld,
    /// One switch goes on, the other chooses.
    TwoSwitches,
}

/// In which order places are offered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScanOrder {
    /// One after the other where there are few, in groups where there are more.
    #[default]
    ByNumber,
    /// One after the other.
    Linear,
    /// A row, then the places in it.
    Rows,
    /// Answers, what goes on, ways out; then the places in it.
    Groups,
}

/// How places are offered in turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScanSettings {
    /// How a switch chooses.
    pub style: ScanStyle,
    /// In which order places are offered.
    pub order: ScanOrder,
    /// Backwards.
    pub reversed: bool,
    /// How long each place is offered.
    pub step_ms: Ms,
    /// The first of a round is offered so many hundredths of that.
    pub first_step_percent: u64,
    /// From the screen's coming to the first offer.
    pub wait_ms: Ms,
    /// How often everything is offered before the scan rests.
    pub rounds: u32,
    /// How long a press must last.
    pub acceptance_ms: Ms,
    /// After a choice nothing is taken for so long.
    pub rest_ms: Ms,
    /// Each offer is said aloud.
    pub cues: bool,
}

impl Default for ScanSettings {
    fn default() -> ScanSettings {
        ScanSettings {
            style: ScanStyle::default(),
            order: ScanOrder::default(),
            reversed: false,
            step_ms: STEP_MS,
            first_step_percent: FIRST_STEP_PERCENT,
            wait_ms: WAIT_MS,
            rounds: ROUNDS,
            acceptance_ms: 0,
            rest_ms: REST_MS,
            cues: false,
        }
    }
}

impl ScanSettings {
    /// How long the place at this position of a round is offered.
    pub(crate) fn step_at(&self, position: usize) -> Ms {
        if position == 0 { self.step_ms * self.first_step_percent / 100 } else { self.step_ms }
    }
}

/// How a resting pointer chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DwellSettings {
    /// How long it rests.
    pub rest_ms: Ms,
}

impl Default for DwellSettings {
    fn default() -> DwellSettings {
        DwellSettings { rest_ms: DWELL_MS }
    }
}

/// What is said aloud, beside the cues of a scan ([`ScanSettings::cues`]). Off unless it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SpeechSettings {
    /// The question with each card, and what the child chose.
    pub messages: bool,
    /// How quickly, in hundredths of the usual.
    pub rate_percent: u16,
}

impl Default for SpeechSettings {
    fn default() -> SpeechSettings {
        SpeechSettings { messages: false, rate_percent: 100 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_beyond_the_limits_is_brought_within_them_and_what_is_usual_stays() {
        assert_eq!(Settings::default().within_limits(), Settings::default());
        let most = u64::MAX;
        let wild = Settings {
            touch: TouchSettings { counts: TouchCounts::Held { ms: most }, ignore_repeats_ms: most },
            scan: ScanSettings {
                step_ms: 1,
                first_step_percent: most,
                wait_ms: most,
                rounds: 0,
                acceptance_ms: most,
                rest_ms: most,
                ..ScanSettings::default()
            },
            dwell: DwellSettings { rest_ms: 0 },
            speech: SpeechSettings { messages: true, rate_percent: 0 },
        };
        let Settings { touch, scan, dwell, speech } = wild.within_limits();
        assert_eq!(touch.counts, TouchCounts::Held { ms: DWELL_LIMITS_MS.1 });
        assert_eq!(touch.ignore_repeats_ms, LONGEST_IGNORE_MS);
        assert_eq!((scan.step_ms, scan.rounds), (STEP_LIMITS_MS.0, 1));
        assert_eq!((scan.acceptance_ms, scan.rest_ms), (LONGEST_ACCEPTANCE_MS, LONGEST_IGNORE_MS));
        assert_eq!((scan.wait_ms, scan.first_step_percent), (LONGEST_WAIT_MS, LONGEST_FIRST_STEP_PERCENT));
        assert_eq!(dwell.rest_ms, DWELL_LIMITS_MS.0);
        assert_eq!(speech.rate_percent, RATE_LIMITS_PERCENT.0);
    }
}
