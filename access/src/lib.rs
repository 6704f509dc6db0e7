//! How a body reaches a place on a child's screen: by touch, by one switch or two, by resting a pointer there, or by an adult
//! who offers each place in turn.
//!
//! ```text
//!            Event                              Effect
//! browser ───────────▶ Method::on(event, now) ───────────▶ highlight, ring, voice, the choice
//!    ▲                        │
//!    └──── Event::Tick ◀──────┘ Method::due(): when time alone will do something
//! ```
//! A screen says which [`Target`]s it has; a [`Method`] says which of them the child chose, and how it was reached
//! ([`Reached`]). This crate has no DOM, no clock, no storage and no randomness, and knows no question: a new screen needs
//! nothing here, a new way of reaching nothing elsewhere. Start at [`Event`] and [`Effect`], then [`scan`].
//!
//! Times are whole milliseconds of a clock that never goes back.

#![warn(missing_docs)]

pub mod dwell;
pub mod press;
pub mod reached;
pub mod scan;
pub mod settings;
pub mod speech;
pub mod target;
pub mod touch;
pub mod trial;

pub use reached::Reached;
pub use settings::Settings;
pub use target::{Offer, Rank, Target};

/// Milliseconds, or a moment in milliseconds.
pub type Ms = u64;

/// Which of a child's two switches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// The only one, or the one that goes on to the next place.
    First,
    /// The one that chooses.
    Second,
}

/// A finger or a pointing device, as the browser numbers them.
pub type PointerId = i32;

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Another screen, or other targets on it.
    Screen(Vec<Target>),
    /// The screen before, which the child has come back to without choosing anything: it goes on where it was left.
    Back(Vec<Target>),
    /// A switch went down.
    Down(Switch),
    /// A switch came up, or was unplugged while it was held.
    Up(Switch),
    /// A pointer went down, on this target or beside them all.
    PointerDown(PointerId, Option<String>),
    /// A pointer moved, and is now over this target or over none.
    PointerMoved(PointerId, Option<String>),
    /// A pointer came up where it last was.
    PointerUp(PointerId),
    /// The browser took a pointer away, or it left the screen.
    PointerLost(PointerId),
    /// A target was pressed by key, or by what the device itself has for pressing.
    Pressed(String),
    /// Something else than a cue is being said.
    SpeechBegan,
    /// It has been said, or what [`Effect::Cue`] asked for has, or it cannot be.
    SpeechEnded,
    /// Something covers the screen: nothing can be chosen.
    Covered,
    /// The screen is in sight again.
    Uncovered,
    /// Time has passed.
    Tick,
}

/// What follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// This is offered now: it is highlighted, and nothing else.
    Offer(Offer),
    /// A ring fills at what is offered or held, from now, over so many milliseconds; none: there is no ring.
    Ring(Option<Ms>),
    /// What is offered is said aloud. [`Event::SpeechEnded`] is to follow.
    Cue(Offer),
    /// The child chose this.
    Choose(String, Reached),
    /// The child kept a switch down: everything stops.
    Stop(Reached),
}

/// A way of reaching targets.
pub trait Method {
    /// Takes what happened at `now`, and says what follows.
    fn on(&mut self, event: Event, now: Ms) -> Vec<Effect>;

    /// Until when nothing is taken but *stop*; a moment that has passed where everything is.
    fn closed_until(&self) -> Ms;

    /// When [`Event::Tick`] is to come, if nothing else does before; none where time alone does nothing.
    fn due(&self) -> Option<Ms>;
}
