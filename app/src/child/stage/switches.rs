//! Which keys, buttons and touches are a child's switches, or an adult's two keys.

use access::{Event, Switch};
use domain::payload::profile::Input;
use leptos::ev::PointerEvent;

use crate::platform::targets;

/// What is a switch, by how the child answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Switches {
    /// Any of the keys, any button, a touch anywhere.
    One,
    /// Space, the left or first button and a touch anywhere go on; Enter, the right or second button choose.
    Two,
    /// The adult's: the same keys, and the two buttons on the screen.
    Adults,
}

impl Switches {
    /// The switches of a child who answers so; none where nothing is scanned.
    pub(super) fn of(input: Input) -> Option<Switches> {
        match input {
            Input::OneSwitch => Some(Switches::One),
            Input::TwoSwitches => Some(Switches::Two),
            Input::Partner => Some(Switches::Adults),
            Input::Touch | Input::EyePointing | Input::Keyboard | Input::Dwell => None,
        }
    }

    /// The switch as which this key was learnt. An adult's keys are not learnt.
    pub(super) fn learnt(self, keys: &[String], key: &str) -> Option<Switch> {
        let place = keys.iter().position(|learnt| learnt == key)?;
        match (self, place) {
            (Switches::Adults, _) => None,
            (Switches::Two, 1) => Some(Switch::Second),
            (Switches::One | Switches::Two, _) => Some(Switch::First),
        }
    }

    /// The switch that this key usually is.
    pub(super) fn by_key(self, key: &str) -> Option<Switch> {
        match (self, key) {
            (Switches::One, " " | "Enter") | (Switches::Two, " ") => Some(Switch::First),
            (Switches::Two | Switches::Adults, "Enter") => Some(Switch::Second),
            (Switches::Adults, " " | "ArrowRight") => Some(Switch::First),
            _ => None,
        }
    }

    /// The switch that this pointer is: a switch box can say it is a mouse.
    pub(super) fn by_pointer(self, event: &PointerEvent) -> Option<Switch> {
        match self {
            Switches::One => Some(Switch::First),
            Switches::Two if targets::is_right_button(event) => Some(Switch::Second),
            Switches::Two => Some(Switch::First),
            Switches::Adults => match targets::adults_button_of(event)?.as_str() {
                "next" => Some(Switch::First),
                _ => Some(Switch::Second),
            },
        }
    }

    /// The switch that this button of a gamepad is, counted from 0: an adaptive controller is one.
    fn by_button(self, button: u32) -> Switch {
        match self {
            Switches::One => Switch::First,
            Switches::Two | Switches::Adults if button % 2 == 1 => Switch::Second,
            Switches::Two | Switches::Adults => Switch::First,
        }
    }
}

/// Follows the buttons of gamepads as switches.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Buttons {
    first: bool,
    second: bool,
}

impl Buttons {
    /// What has changed, now that these buttons are down.
    pub(super) fn changed(&mut self, switches: Switches, down: &[u32]) -> Vec<Event> {
        let is_down = |switch| down.iter().any(|button| switches.by_button(*button) == switch);
        let mut events = Vec::new();
        for (switch, was_down) in [(Switch::First, &mut self.first), (Switch::Second, &mut self.second)] {
            if std::mem::replace(was_down, is_down(switch)) != is_down(switch) {
                events.push(if is_down(switch) { Event::Down(switch) } else { Event::Up(switch) });
            }
        }
        events
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_switch_is_any_of_the_keys_and_two_are_told_apart() {
        assert_eq!(Switches::One.by_key("Enter"), Some(Switch::First));
        assert_eq!(Switches::One.by_key(" "), Some(Switch::First));
        assert_eq!(Switches::Two.by_key("Enter"), Some(Switch::Second));
        assert_eq!(Switches::Adults.by_key("ArrowRight"), Some(Switch::First));
        for keys in [Switches::One, Switches::Two, Switches::Adults] {
            assert_eq!(keys.by_key("Tab"), None, "the adult's way to the corner");
        }
    }

    #[test]
    fn a_key_that_was_learnt_is_that_switch() {
        let keys = ["F7".to_owned(), "m".to_owned()];
        assert_eq!(Switches::Two.learnt(&keys, "F7"), Some(Switch::First));
        assert_eq!(Switches::Two.learnt(&keys, "m"), Some(Switch::Second));
        assert_eq!(Switches::Two.learnt(&keys, "n"), None);
        assert_eq!(Switches::One.learnt(&keys[..1], "F7"), Some(Switch::First));
        assert_eq!(Switches::Adults.learnt(&keys, "F7"), None);
    }

    #[test]
    fn buttons_of_a_gamepad_are_one_switch_or_two_and_come_up_when_it_is_unplugged() {
        let mut one = Buttons::default();
        assert_eq!(one.changed(Switches::One, &[3]), [Event::Down(Switch::First)]);
        assert_eq!(one.changed(Switches::One, &[0, 3]), []);
        assert_eq!(one.changed(Switches::One, &[]), [Event::Up(Switch::First)]);
        let mut two = Buttons::default();
        assert_eq!(two.changed(Switches::Two, &[1]), [Event::Down(Switch::Second)]);
        assert_eq!(two.changed(Switches::Two, &[0]), [Event::Down(Switch::First), Event::Up(Switch::Second)]);
    }
}
