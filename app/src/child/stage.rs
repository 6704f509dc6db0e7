//! The stage: the one adapter between a child's screen and how the child reaches a place on it.
//!
//! ```text
//! pointer, key, gamepad ─▶ Event ─▶ access ─▶ Effect ─▶ highlight, ring, click on the target chosen
//! ```
//! A screen marks each of its targets with `data-target`, its name on that screen, and with `data-rank` unless it is an answer. What a
//! target does is its `click`, which nothing but the stage lets through: a touch, a scan, a pointer that rests and a key all end
//! there. How it was reached is told by [`Stage::take_reached`] while the click lasts.

mod speaker;
mod switches;

use access::dwell::Dwell;
use access::scan::Scan;
use access::settings::{ScanSettings, ScanStyle, Settings};
use access::touch::Touch;
use access::{Effect, Event, Method, Ms, Offer, PointerId, Reached, Switch};
use domain::payload::capture::Layout;
use domain::payload::profile::Input;
use gloo_timers::callback::Timeout;
use leptos::ev::{KeyboardEvent, MouseEvent, PointerEvent};
use leptos::prelude::*;
use leptos_fluent::tr;

use crate::platform::{arrows, clock, gamepad, targets};
use speaker::Speaker;
use switches::{Buttons, Switches};

/// A click that comes so long after a pointer went down or came up is none that the pointer made.
const POINTER_CLICK_MS: Ms = 1_500;

/// So long what was chosen is marked.
const CHOSEN_IS_SEEN_MS: u32 = 350;

/// A timer may come this much before its time.
const TIMERS_ARE_COARSE_MS: Ms = 20;

/// How the child reaches what is on the screen. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Stage {
    inner: StoredValue<Inner, LocalStorage>,
    /// A press that comes now is one too many.
    resting: RwSignal<bool>,
}

struct Inner {
    method: Box<dyn Method>,
    /// Which keys, buttons and touches are switches; none where targets are touched or rested on.
    switches: Option<Switches>,
    /// Keys that were learnt as switches, the first and the second.
    learnt: Vec<String>,
    /// The targets on the screen, as the method was last told.
    ids: Vec<String>,
    /// The screen that comes next is one come back to.
    comes_back: bool,
    /// Where a finger last went down.
    touched: Option<String>,
    /// When a pointer last went down or came up.
    pointer_at: Option<Ms>,
    /// Which pointer holds which switch: it may come up anywhere.
    holds: Option<(PointerId, Switch)>,
    reached: Option<Reached>,
    speaker: Speaker,
    tick: Option<Timeout>,
    rest: Option<Timeout>,
    chosen: Option<Timeout>,
}

impl Stage {
    /// A stage for a child for whom it is laid out so, and who is asked in this language.
    pub(super) fn new(layout: &Layout, language: &str) -> Stage {
        let input = layout.input;
        let Settings { touch, scan, dwell, speech: _ } = layout.access.within_limits();
        let method: Box<dyn Method> = match input {
            Input::Touch | Input::EyePointing | Input::Keyboard => Box::new(Touch::new(touch)),
            Input::OneSwitch => Box::new(Scan::new(scan)),
            Input::TwoSwitches => Box::new(Scan::new(ScanSettings { style: ScanStyle::TwoSwitches, ..scan })),
            Input::Partner => Box::new(Scan::by_an_adult(scan)),
            Input::Dwell => Box::new(Dwell::new(dwell)),
        };
        Stage {
            inner: StoredValue::new_local(Inner {
                method,
                switches: Switches::of(input),
                learnt: layout.switch_keys.clone(),
                ids: Vec::new(),
                comes_back: false,
                touched: None,
                pointer_at: None,
                holds: None,
                reached: None,
                speaker: Speaker::new(layout, language),
                tick: None,
                rest: None,
                chosen: None,
            }),
            resting: RwSignal::new(false),
        }
    }

    /// Listens from here until its owner goes: to keys, to a switch box, and to what comes on the screen.
    pub(super) fn listen(self) {
        let changed = targets::on_change(move || self.look());
        request_animation_frame(move || self.look());
        let keys = [
            window_event_listener(leptos::ev::keydown, move |event| self.key(&event, true)),
            window_event_listener(leptos::ev::keyup, move |event| self.key(&event, false)),
        ];
        let gone = window_event_listener(leptos::ev::blur, move |_| self.let_go());
        let gamepad = self.switches().map(|switches| {
            let buttons = StoredValue::new(Buttons::default());
            gamepad::follow(move |down| {
                let events = buttons.try_update_value(|buttons| buttons.changed(switches, down));
                events.into_iter().flatten().for_each(|event| self.on(event));
            })
        });
        let gamepad = StoredValue::new_local(gamepad);
        let changed = StoredValue::new_local(changed);
        on_cleanup(move || {
            keys.into_iter().for_each(WindowListenerHandle::remove);
            gone.remove();
            drop(changed.try_update_value(Option::take));
            drop(gamepad.try_update_value(Option::take));
            self.inner.try_update_value(|inner| (inner.tick.take(), inner.rest.take()));
        });
    }

    /// Whether a press that comes now is one too many.
    pub(super) fn is_resting(self) -> bool {
        self.resting.get()
    }

    /// How the target was reached whose click this is.
    pub(super) fn take_reached(self) -> Option<Reached> {
        self.inner.try_update_value(|inner| inner.reached.take()).flatten()
    }

    /// The screen that comes next is the one before, which nothing was chosen away from.
    pub(super) fn comes_back(self) {
        self.inner.update_value(|inner| inner.comes_back = true);
    }

    /// Says something aloud where the child is to hear it: the question with its card, or what a screen says. Its words are said
    /// after those of what was chosen just now.
    pub(super) fn say(self, words: &str) {
        self.speak(|speaker| speaker.say(words, self));
    }

    fn speak(self, act: impl FnOnce(&mut Speaker) -> Vec<Event>) {
        let events = self.inner.try_update_value(|inner| act(&mut inner.speaker)).unwrap_or_default();
        events.into_iter().for_each(|event| self.on(event));
    }

    pub(super) fn cover(self) {
        self.speak(|speaker| speaker.hush(self));
        self.on(Event::Covered);
    }

    pub(super) fn uncover(self) {
        self.on(Event::Uncovered);
    }

    /// Looks at what is on the screen; a method hears of it where the targets are others than before.
    fn look(self) {
        let ids = targets::names();
        let back = self.inner.try_update_value(|inner| {
            (inner.ids != ids).then(|| {
                inner.ids = ids;
                std::mem::take(&mut inner.comes_back)
            })
        });
        match back.flatten() {
            Some(true) => self.on(Event::Back(targets::on_screen())),
            Some(false) => self.on(Event::Screen(targets::on_screen())),
            None => {}
        }
    }

    fn switches(self) -> Option<Switches> {
        self.inner.try_with_value(|inner| inner.switches).flatten()
    }

    /// A finger or another pointer goes down anywhere but on what is the adult's.
    pub(super) fn pointer_down(self, event: &PointerEvent) {
        if targets::is_adults(event) {
            return;
        }
        let (id, target, switches) = (event.pointer_id(), targets::target_of(event), self.switches());
        let switch = switches.and_then(|switches| switches.by_pointer(event));
        self.inner.update_value(|inner| {
            inner.touched.clone_from(&target);
            inner.pointer_at = Some(clock::steady());
            inner.holds = switch.map(|switch| (id, switch)).or(inner.holds);
        });
        match switch {
            Some(switch) => self.on(Event::Down(switch)),
            None if switches.is_none() && targets::is_main_button(event) => self.on(Event::PointerDown(id, target)),
            None => {}
        }
    }

    pub(super) fn pointer_moved(self, event: &PointerEvent) {
        if self.switches().is_none() {
            self.on(Event::PointerMoved(event.pointer_id(), targets::target_under(event)));
        }
    }

    pub(super) fn pointer_up(self, event: &PointerEvent) {
        self.inner.update_value(|inner| inner.pointer_at = Some(clock::steady()));
        self.pointer_gone(event.pointer_id(), Event::PointerUp(event.pointer_id()));
    }

    pub(super) fn pointer_lost(self, event: &PointerEvent) {
        self.pointer_gone(event.pointer_id(), Event::PointerLost(event.pointer_id()));
    }

    /// A pointer lets go of the switch that it holds; where there are no switches, `otherwise` has happened.
    fn pointer_gone(self, id: PointerId, otherwise: Event) {
        let held = self.inner.try_update_value(|inner| inner.holds.take_if(|(holder, _)| *holder == id)).flatten();
        match held {
            Some((_, switch)) => self.on(Event::Up(switch)),
            None if self.switches().is_none() => self.on(otherwise),
            None => {}
        }
    }

    /// A click before it reaches its target. Those of the stage pass. Those that the browser makes of a pointer do not, for
    /// the pointer has been followed already. Those that a key or the device's own switch control makes pass if they count.
    pub(super) fn click(self, event: &MouseEvent) {
        let Some(target) = targets::target_of(event).filter(|_| event.is_trusted()) else { return };
        let by_pointer = event.detail() > 0
            && self
                .inner
                .with_value(|inner| inner.pointer_at.is_some_and(|at| clock::steady() < at + POINTER_CLICK_MS));
        if by_pointer || !self.press(target) {
            event.stop_propagation();
            event.prevent_default();
        }
    }

    /// Whether a press by key counts. Its own click is on the way, and no other can be made meanwhile.
    fn press(self, target: String) -> bool {
        let mut counts = false;
        for effect in self.take(Event::Pressed(target)) {
            match effect {
                Effect::Choose(target, reached) => {
                    counts = true;
                    self.tell(&target);
                    self.inner.update_value(|inner| inner.reached = Some(reached));
                }
                effect => self.perform(effect),
            }
        }
        self.wait();
        counts
    }

    fn key(self, event: &KeyboardEvent, is_down: bool) {
        let switches = self.switches().filter(|_| !targets::is_adults(event));
        let by_key = |switches: Switches| {
            let key = event.key();
            self.inner.try_with_value(|inner| switches.learnt(&inner.learnt, &key)).flatten().or(switches.by_key(&key))
        };
        if let Some(switch) = switches.and_then(by_key) {
            event.prevent_default();
            // A key that was held while the window was left goes on repeating itself: that is no new press.
            if !event.repeat() {
                self.on(if is_down { Event::Down(switch) } else { Event::Up(switch) });
            }
        } else if is_down && (arrows::is_repeated_press(event) || arrows::moved(event)) {
            event.prevent_default();
        }
    }

    /// The window is left: no key that is held is heard to come up.
    fn let_go(self) {
        self.on(Event::Up(Switch::First));
        self.on(Event::Up(Switch::Second));
    }

    fn on(self, event: Event) {
        for effect in self.take(event) {
            self.perform(effect);
        }
        self.wait();
    }

    fn take(self, event: Event) -> Vec<Effect> {
        self.inner.try_update_value(|inner| inner.method.on(event, clock::steady())).unwrap_or_default()
    }

    fn perform(self, effect: Effect) {
        match effect {
            Effect::Offer(offer) => targets::highlight(&offer),
            Effect::Ring(ms) => {
                let touched = self.inner.try_with_value(|inner| inner.touched.clone()).flatten();
                targets::ring(touched.as_deref().filter(|_| self.switches().is_none()), ms);
            }
            Effect::Cue(offer) => {
                let words = offer_in_words(&offer);
                self.speak(|speaker| speaker.cue(&words, self));
            }
            Effect::Choose(target, reached) => self.choose(&target, reached),
            Effect::Stop(reached) => {
                if let Some(stop) = targets::stop() {
                    self.choose(&stop, reached);
                }
            }
        }
    }

    fn choose(self, target: &str, reached: Reached) {
        self.tell(target);
        self.inner.update_value(|inner| inner.reached = Some(reached));
        targets::click(target);
        // The page may be gone by now.
        self.inner.try_update_value(|inner| inner.reached = None);
    }

    /// Shows and says what was chosen, and says nothing more of what was said before.
    fn tell(self, target: &str) {
        targets::mark_chosen(Some(target));
        let seen = Timeout::new(CHOSEN_IS_SEEN_MS, || targets::mark_chosen(None));
        self.inner.update_value(|inner| inner.chosen = Some(seen));
        self.speak(|speaker| speaker.hush(self));
        if self.inner.try_with_value(|inner| inner.speaker.says_messages()) == Some(true) {
            self.say(&targets::words_of(target));
        }
    }

    /// Comes back when time alone will do something, and shows whether a press would be one too many.
    fn wait(self) {
        let due_and_closed = self.inner.try_with_value(|inner| (inner.method.due(), inner.method.closed_until()));
        let Some((due, closed_until)) = due_and_closed else { return };
        let rests = closed_until > clock::steady();
        let over = move || {
            self.resting.try_set(false);
        };
        self.inner.update_value(|inner| {
            inner.tick = due.map(|due| clock::at(due, move || self.on(Event::Tick)));
            inner.rest = rests.then(|| clock::at(closed_until + TIMERS_ARE_COARSE_MS, over));
        });
        if self.resting.get_untracked() != rests {
            self.resting.set(rests);
        }
    }
}

/// A place as its cue says it. Of a group, the first and the last are named.
fn offer_in_words(offer: &Offer) -> String {
    match offer {
        Offer::Nothing => String::new(),
        Offer::Target(target) => targets::words_of(target),
        Offer::Back(_) => tr!("child-back"),
        Offer::Group(ids) => match ids.as_slice() {
            [] => String::new(),
            [only] => targets::words_of(only),
            [first, .., last] => {
                tr!("child-group", {"first" => targets::words_of(first), "last" => targets::words_of(last)})
            }
        },
    }
}
