//! Whether a child's presses often went amiss, so that another setting is worth trying (PRACTICE F; Koester & Simpson 2014).

use access::reached::Why;

use super::capture::Capture;
use crate::payload::Payload;
use crate::payload::profile::Input;

/// Above this many of a hundred presses that counted, so many amiss are worth saying.
pub const MISSED_PERCENT: usize = 25;
/// Below so many presses that counted nothing is said†.
pub const MISSED_FROM: usize = 6;

/// How presses went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missed {
    /// So many counted and stood.
    pub counted: usize,
    /// So many did not count, or were taken back.
    pub missed: usize,
}

impl Capture {
    /// How presses went, where that is worth saying: many were missed or taken back. Where an adult pressed, nothing is said.
    pub fn missed_often(&self) -> Option<Missed> {
        if matches!(self.layout.input, Input::EyePointing | Input::Partner) {
            return None;
        }
        let (mut all, mut missed, mut taken_back) = (0, 0, 0);
        for step in &self.steps {
            let reached = match &step.payload {
                Payload::Answered(answered) => answered.reached.as_ref(),
                Payload::Moved(moved) => moved.reached.as_ref(),
                Payload::Escaped(escaped) => escaped.reached.as_ref(),
                Payload::TakenBack(taken) => {
                    taken_back += 1;
                    taken.reached.as_ref()
                }
                _ => continue,
            };
            all += 1;
            let meant = |why: Why| !matches!(why, Why::Bounce | Why::Rests);
            missed += reached.map_or(0, |reached| reached.not_taken.iter().filter(|press| meant(press.why)).count());
        }
        // What was taken back did not stand, and taking it back is no choice of its own.
        let counted = usize::saturating_sub(all, 2 * taken_back);
        let missed = missed + taken_back;
        (counted >= MISSED_FROM && missed * 100 > counted * MISSED_PERCENT).then_some(Missed { counted, missed })
    }
}

#[cfg(test)]
mod tests {
    use access::Reached;
    use access::reached::NotTaken;

    use super::*;
    use crate::cast::*;
    use crate::payload::capture::{Answered, CaptureStarted, Layout, TakenBack};
    use crate::script::Script;

    /// So many answers by a switch, before which presses came that did not count.
    fn answers(input: Input, count: u128, not_taken: &[Why]) -> Script {
        let mut script = Script::registered();
        let started = mat();
        let layout = Layout { input, ..started.layout.clone() };
        script.sade([Payload::CaptureStarted(CaptureStarted { layout, ..started })]);
        let mut not_taken = not_taken.iter().copied();
        for n in 1..=count {
            let Payload::Answered(answer) = answered(n, &format!("option-{n}"), "like") else { panic!("an answer") };
            let amiss = not_taken.next().map(|why| NotTaken { after_ms: 100, why }).into_iter().collect();
            let reached = Some(Reached { not_taken: amiss, ..Reached::default() });
            script.sade([Payload::Answered(Answered { reached, ..answer })]);
        }
        script
    }

    fn missed(script: &Script) -> Option<Missed> {
        script.record().captures[&CAPTURE].missed_often()
    }

    #[test]
    fn it_is_said_above_a_quarter_and_not_at_it_nor_of_a_few() {
        let short = [Why::TooShort, Why::SlidOff, Why::TooSoon];
        assert_eq!(missed(&answers(Input::OneSwitch, 8, &short)), Some(Missed { counted: 8, missed: 3 }));
        assert_eq!(missed(&answers(Input::OneSwitch, 8, &short[..2])), None);
        assert_eq!(missed(&answers(Input::OneSwitch, 5, &short)), None);
    }

    #[test]
    fn a_bounce_and_a_palm_are_no_presses_of_the_childs_and_an_adults_are_not_looked_at() {
        assert_eq!(missed(&answers(Input::Touch, 8, &[Why::Bounce, Why::Rests, Why::Bounce])), None);
        assert_eq!(missed(&answers(Input::Partner, 8, &[Why::TooShort; 8])), None);
    }

    #[test]
    fn what_was_taken_back_was_amiss() {
        let mut script = answers(Input::OneSwitch, 10, &[]);
        for option in ["option-10", "option-9"] {
            script.sade([Payload::TakenBack(TakenBack { capture: CAPTURE, option: option.into(), reached: None })]);
        }
        assert_eq!(missed(&script), None, "two of eight");
        let mut script = answers(Input::OneSwitch, 9, &[Why::TooSoon]);
        for option in ["option-9", "option-8"] {
            script.sade([Payload::TakenBack(TakenBack { capture: CAPTURE, option: option.into(), reached: None })]);
        }
        assert_eq!(missed(&script), Some(Missed { counted: 7, missed: 3 }));
    }
}
