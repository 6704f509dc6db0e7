//! Times as people write them.

use access::Ms;

/// "1.5"
pub fn in_seconds(ms: Ms) -> String {
    let (whole, rest) = (ms / 1_000, ms % 1_000);
    let digits = format!("{whole}.{rest:03}");
    digits.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Milliseconds of what was typed, if it lies within these limits.
pub fn from_seconds(words: &str, (least, most): (Ms, Ms)) -> Option<Ms> {
    let seconds: f64 = words.trim().replace(',', ".").parse().ok()?;
    let ms = (seconds * 1_000.0).round();
    let fits = ms >= least as f64 && ms <= most as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the limits")]
    fits.then_some(ms as Ms)
}

#[cfg(test)]
mod tests {
    use super::*;
    use access::settings::STEP_LIMITS_MS;

    #[test]
    fn seconds_are_read_as_people_write_them_and_only_within_the_limits() {
        for (words, ms) in [("2", 2_000), (" 1.5 ", 1_500), ("0,75", 750), ("10", 10_000)] {
            assert_eq!(from_seconds(words, STEP_LIMITS_MS), Some(ms), "{words}");
        }
        for words in ["", "two", "0.2", "11", "-1", "NaN", "inf"] {
            assert_eq!(from_seconds(words, STEP_LIMITS_MS), None, "{words}");
        }
        assert_eq!([300, 1_500, 2_000].map(in_seconds), ["0.3", "1.5", "2"]);
    }
}
