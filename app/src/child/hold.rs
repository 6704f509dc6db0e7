//! The corner hold: the adult's way out. Nothing to see until it is held; a ring fills while it is.
//!
//! By keyboard it is the last stop of Tab: holding Enter or Space there fills the same ring.

use std::time::Duration;

use leptos::leptos_dom::helpers::IntervalHandle;
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::platform::{arrows, clock};

/// Held this long, in milliseconds, it opens.†
const HOLD_MS: f64 = 1_500.0;
/// The ring is drawn this often, in milliseconds.
const DRAW_MS: u64 = 50;

/// How far a hold is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Hold {
    #[default]
    Idle,
    Since(f64, By),
}

/// What holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// A finger, wherever the focus is: the mat gives it to a card that comes meanwhile.
    Pointer,
    /// A key: letting it go is heard only where the focus is.
    Key,
}

impl Hold {
    /// Begins; a repeated key does not begin again.
    fn begin(&mut self, now_ms: f64, by: By) {
        if *self == Hold::Idle {
            *self = Hold::Since(now_ms, by);
        }
    }

    fn ends_with_focus(self) -> bool {
        matches!(self, Hold::Since(_, By::Key))
    }

    /// From 0 to 1.
    fn held(self, now_ms: f64) -> f64 {
        match self {
            Hold::Idle => 0.0,
            Hold::Since(since, _) => ((now_ms - since) / HOLD_MS).clamp(0.0, 1.0),
        }
    }
}

/// The corner. `held` runs once a hold is complete.
#[component]
pub(super) fn CornerHold(held: Callback<()>) -> impl IntoView {
    let hold = StoredValue::new(Hold::Idle);
    let ring = RwSignal::new(None::<f64>);
    let timer = StoredValue::new_local(None::<IntervalHandle>);
    let let_go = move || {
        hold.set_value(Hold::Idle);
        ring.set(None);
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    };
    let draw = move || {
        let far = hold.get_value().held(clock::steady_ms());
        ring.set(Some(far));
        if far >= 1.0 {
            let_go();
            held.run(());
        }
    };
    let begin = move |by| {
        hold.update_value(|hold| hold.begin(clock::steady_ms(), by));
        if timer.with_value(Option::is_none) {
            ring.set(Some(0.0));
            timer.set_value(set_interval_with_handle(draw, Duration::from_millis(DRAW_MS)).ok());
        }
    };
    on_cleanup(move || {
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    });
    view! {
        <button
            class="corner-hold" type="button" aria-label=tr!("child-corner")
            data-holding=move || ring.get().map(|_| "")
            style=("--held", move || ring.get().unwrap_or_default().to_string())
            on:pointerdown=move |event| if event.button() == 0 { begin(By::Pointer) }
            on:pointerup=move |_| let_go()
            on:pointercancel=move |_| let_go()
            on:pointerleave=move |_| let_go()
            on:keydown=move |event| if arrows::is_press(&event.key()) { event.prevent_default(); begin(By::Key) }
            on:keyup=move |event| if arrows::is_press(&event.key()) { let_go() }
            on:blur=move |_| if hold.get_value().ends_with_focus() { let_go() }
            on:contextmenu=|event| event.prevent_default()
        ></button>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hold_fills_in_its_time_and_a_repeated_key_does_not_begin_it_again() {
        let mut hold = Hold::default();
        assert!(hold.held(5_000.0) < f64::EPSILON);
        hold.begin(100.0, By::Pointer);
        hold.begin(900.0, By::Key);
        assert!(hold.held(100.0 + HOLD_MS - 1.0) < 1.0);
        assert!((hold.held(100.0 + HOLD_MS) - 1.0).abs() < f64::EPSILON);
        assert!((hold.held(9_000.0) - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn a_finger_holds_though_the_focus_goes_and_a_key_does_not() {
        let begun = |by| {
            let mut hold = Hold::default();
            hold.begin(100.0, by);
            hold
        };
        assert!(!begun(By::Pointer).ends_with_focus());
        assert!(begun(By::Key).ends_with_focus());
    }
}
