//! How far to trust answers: what could be a habit of the hand rather than a view (PRACTICE G). It says "check", never "invalid".

use std::collections::BTreeMap;

use crate::asking::Kind;
use crate::record::capture::Capture;

/// Fewer choices are too few to tell.
pub const FEWEST_CHOICES: usize = 6;
/// A flag is raised where chance alone would do the same at most so often.
pub const CHANCE: f64 = 0.05;

/// What nearly all answers of one activity have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lean {
    /// The same answer. Where places never move, place and answer cannot be told apart.
    Answer,
    /// The same side, whatever lay there.
    Side,
}

/// Whether nearly all answers are alike, more than chance would make them.
pub fn lean(capture: &Capture) -> Option<Lean> {
    let kind = capture.asking.kind()?;
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    let (mut choices, mut places) = (0, 0);
    // What is asked once more in other words has other places.
    let first = capture.placements.iter().filter(|placed| capture.asking.ask(&placed.option.id).is_none());
    for placed in first {
        let shown = capture.asking.shown(&placed.option.id);
        let lies = capture.asking.end_of(&placed.cell);
        let Some(place) = shown.iter().position(|card| card.id == lies) else { continue };
        *taken.entry(place).or_default() += 1;
        choices += 1;
        places = places.max(shown.len());
    }
    let most = taken.values().copied().max().unwrap_or_default();
    let tells = choices >= FEWEST_CHOICES && most >= fewest_that_tell(choices, places)?;
    tells.then_some(match kind {
        // Each is another question, or there are too few.
        Kind::Several | Kind::Feelings | Kind::Body | Kind::Drawing | Kind::Words | Kind::WarmUp => return None,
        Kind::Mat | Kind::YesNo | Kind::Houses | Kind::Day | Kind::People => Lean::Answer,
        Kind::Choice => Lean::Side,
    })
}

/// The smallest count k for which "one of so many equally likely places is taken at least k times" has a chance of at most
/// [`CHANCE`]; none where even all of them are no such thing.
fn fewest_that_tell(choices: usize, places: usize) -> Option<usize> {
    if places < 2 {
        return None;
    }
    // Counted only where more than half lie in one place: then no two places can both have so many, and the chances add up.
    (choices / 2 + 1..=choices).find(|count| places as f64 * at_least(*count, choices, 1.0 / places as f64) <= CHANCE)
}

/// The chance of at least so many of n, each with this chance.
fn at_least(count: usize, n: usize, chance: f64) -> f64 {
    let term = |k: usize| {
        let ways: f64 = (0..k).map(|place| (n - place) as f64 / (place + 1) as f64).product();
        ways * chance.powf(k as f64) * (1.0 - chance).powf((n - k) as f64)
    };
    (count..=n).map(term).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cast::*;
    use crate::payload::Payload;
    use crate::script::Script;

    #[test]
    fn the_table_of_practice_g_is_kept() {
        let choices = [6, 7, 8, 9, 10, 12, 16, 20];
        let fewest = |places| choices.map(|choices| fewest_that_tell(choices, places).expect("it can be told"));
        assert_eq!(fewest(2), [6, 7, 8, 8, 9, 10, 13, 15]);
        assert_eq!(fewest(3), [6, 6, 7, 7, 8, 9, 10, 12]);
        assert_eq!(fewest(4), [5, 6, 6, 6, 7, 8, 9, 11]);
        assert_eq!(fewest_that_tell(6, 1), None);
    }

    fn placed(same: usize, all: usize) -> Option<Lean> {
        let mut script = Script::registered();
        script.sade([Payload::CaptureStarted(mat())]);
        script.sade(
            (0..all)
                .map(|n| answered(n as u128 + 1, &format!("option-{n}"), if n < same { "like" } else { "dont-like" })),
        );
        lean(&script.record().captures[&CAPTURE])
    }

    #[test]
    fn five_of_six_is_no_lean_six_of_six_is_and_five_are_too_few_to_tell() {
        assert_eq!(placed(5, 6), None);
        assert_eq!(placed(6, 6), Some(Lean::Answer));
        assert_eq!(placed(5, 5), None);
        assert_eq!(placed(8, 9), Some(Lean::Answer));
        assert_eq!(placed(7, 9), None);
    }
}
