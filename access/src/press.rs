//! Presses of switches: which go down and up for certain, and which are bounce, tremor or one too many.
//!
//! ```text
//! Down ─▶ still bouncing? ─▶ another held? ─▶ too soon after a choice? ─▶ Pressed ─▶ held long enough ─▶ Accepted
//!           Bounce              TwoAtOnce         TooSoon                    └─ let go before: TooShort
//! ```

use crate::reached::Why;
use crate::settings::{BOUNCE_MS, KEPT_MS};
use crate::{Ms, Switch};

/// What a switch did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Press {
    /// It went down for certain.
    Pressed { switch: Switch, at: Ms },
    /// It has been down for as long as it must.
    Accepted { switch: Switch, down: Ms },
    /// It has been kept down far longer.
    Kept,
    /// It came up.
    Released { switch: Switch, down: Ms, was_accepted: bool },
    /// It did not count.
    NotTaken { why: Why, at: Ms },
}

/// Follows the switches.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Presses {
    acceptance_ms: Ms,
    /// Whether a switch kept down says something of its own.
    can_be_kept: bool,
    held: Option<Held>,
    up: Option<(Switch, Ms)>,
    /// Nothing counts before.
    closed_until: Ms,
}

#[derive(Clone, Copy, Debug)]
struct Held {
    switch: Switch,
    down: Ms,
    was_accepted: bool,
    was_kept: bool,
    /// It counts for nothing: only its coming up is waited for.
    is_void: bool,
}

impl Presses {
    pub(crate) fn new(acceptance_ms: Ms, can_be_kept: bool) -> Presses {
        Presses { acceptance_ms, can_be_kept, held: None, up: None, closed_until: 0 }
    }

    /// Nothing counts until then.
    pub(crate) fn close_until(&mut self, until: Ms) {
        self.closed_until = until;
    }

    pub(crate) fn closed_until(&self) -> Ms {
        self.closed_until
    }

    /// What is held counts for nothing more.
    pub(crate) fn void(&mut self) {
        if let Some(held) = &mut self.held {
            held.is_void = true;
        }
    }

    /// Whether a press is under way.
    pub(crate) fn is_down(&self) -> bool {
        self.held.is_some_and(|held| !held.is_void)
    }

    /// When the press that is under way began.
    pub(crate) fn held_since(&self) -> Option<Ms> {
        self.held.filter(|held| !held.is_void).map(|held| held.down)
    }

    pub(crate) fn down(&mut self, switch: Switch, now: Ms) -> Vec<Press> {
        match self.held {
            // A key that repeats itself.
            Some(held) if held.switch == switch => return Vec::new(),
            Some(_) => return vec![Press::NotTaken { why: Why::TwoAtOnce, at: now }],
            None => {}
        }
        let bounced = self.up.is_some_and(|(before, up)| before == switch && now.saturating_sub(up) < BOUNCE_MS);
        let why = match () {
            () if bounced => Some(Why::Bounce),
            () if now < self.closed_until => Some(Why::TooSoon),
            () => None,
        };
        self.held = Some(Held { switch, down: now, was_accepted: false, was_kept: false, is_void: why.is_some() });
        match why {
            Some(why) => vec![Press::NotTaken { why, at: now }],
            None => [vec![Press::Pressed { switch, at: now }], self.tick(now)].concat(),
        }
    }

    pub(crate) fn up(&mut self, switch: Switch, now: Ms) -> Vec<Press> {
        let Some(held) = self.held.filter(|held| held.switch == switch) else { return Vec::new() };
        // Time may have passed without a tick.
        let mut all = self.tick(now);
        let held = self.held.take().unwrap_or(held);
        self.up = Some((switch, now));
        if held.is_void {
            return all;
        }
        if !held.was_accepted {
            all.push(Press::NotTaken { why: Why::TooShort, at: held.down });
        }
        all.push(Press::Released { switch, down: held.down, was_accepted: held.was_accepted });
        all
    }

    pub(crate) fn tick(&mut self, now: Ms) -> Vec<Press> {
        let (acceptance_ms, can_be_kept) = (self.acceptance_ms, self.can_be_kept);
        let Some(held) = self.held.as_mut() else { return Vec::new() };
        let mut all = Vec::new();
        if !held.is_void && !held.was_accepted && now >= held.down + acceptance_ms {
            held.was_accepted = true;
            all.push(Press::Accepted { switch: held.switch, down: held.down });
        }
        if can_be_kept && !held.was_kept && now >= held.down + KEPT_MS {
            held.was_kept = true;
            all.push(Press::Kept);
        }
        all
    }

    pub(crate) fn due(&self) -> Option<Ms> {
        let held = self.held?;
        let accepted = (!held.is_void && !held.was_accepted).then_some(held.down + self.acceptance_ms);
        let kept = (self.can_be_kept && !held.was_kept).then_some(held.down + KEPT_MS);
        [accepted, kept].into_iter().flatten().min()
    }
}
