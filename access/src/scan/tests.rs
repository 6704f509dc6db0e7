//! Every transition of the scan, with a clock of its own.

mod groups;

use super::*;
use crate::Rank;
use crate::reached::NotTaken;
use crate::settings::{BOUNCE_MS, KEPT_MS, REST_MS, ScanOrder};

/// A child at a scan: time passes only here.
struct Child {
    scan: Scan,
    now: Ms,
    effects: Vec<(Ms, Effect)>,
}

const STEP: Ms = 1_000;

fn settings(style: ScanStyle) -> ScanSettings {
    ScanSettings {
        style,
        order: ScanOrder::Linear,
        step_ms: STEP,
        first_step_percent: 100,
        wait_ms: 1_000,
        ..ScanSettings::default()
    }
}

fn mat() -> Vec<Target> {
    let answer = |id| Target::new(id, Rank::Answer, 0);
    vec![answer("like"), answer("between"), answer("dont-like"), Target::new("stop", Rank::Stop, 1)]
}

impl Child {
    fn at(settings: ScanSettings) -> Child {
        let mut child = Child { scan: Scan::new(settings), now: 0, effects: Vec::new() };
        child.does(Event::Screen(mat()));
        child
    }

    fn of(style: ScanStyle) -> Child {
        Child::at(settings(style))
    }

    fn does(&mut self, event: Event) {
        let effects = self.scan.on(event, self.now);
        self.effects.extend(effects.into_iter().map(|effect| (self.now, effect)));
    }

    /// Time passes; every tick comes when it is due.
    fn waits(&mut self, ms: Ms) -> &mut Child {
        let until = self.now + ms;
        while let Some(due) = self.scan.due().filter(|due| *due <= until) {
            self.now = due;
            self.does(Event::Tick);
        }
        self.now = until;
        self
    }

    fn presses(&mut self, switch: Switch, ms: Ms) -> &mut Child {
        self.does(Event::Down(switch));
        self.waits(ms);
        self.does(Event::Up(switch));
        self
    }

    fn taps(&mut self) -> &mut Child {
        self.presses(Switch::First, 60)
    }

    fn offered(&self) -> Offer {
        let offer = |(_, effect): &(Ms, Effect)| match effect {
            Effect::Offer(offer) => Some(offer.clone()),
            _ => None,
        };
        self.effects.iter().rev().find_map(offer).unwrap_or_default()
    }

    fn is_offered(&self, id: &str) -> bool {
        self.offered() == Offer::Target(id.into())
    }

    fn choices(&self) -> Vec<(&str, &Reached)> {
        let choice = |(_, effect): &'_ (Ms, Effect)| matches!(effect, Effect::Choose(..));
        let all = self.effects.iter().filter(|effect| choice(effect));
        all.filter_map(|(_, effect)| match effect {
            Effect::Choose(id, reached) => Some((id.as_str(), reached)),
            _ => None,
        })
        .collect()
    }

    fn chose(&self) -> Vec<&str> {
        self.choices().into_iter().map(|(id, _)| id).collect()
    }

    fn stopped(&self) -> bool {
        self.effects.iter().any(|(_, effect)| matches!(effect, Effect::Stop(_)))
    }

    fn not_taken(&mut self) -> Vec<Why> {
        // The next choice tells.
        let reached = self.choices().last().map(|(_, reached)| (*reached).clone()).unwrap_or_default();
        reached.not_taken.iter().map(|NotTaken { why, .. }| *why).collect()
    }
}

#[test]
fn it_waits_then_offers_each_place_for_one_step() {
    let mut child = Child::of(ScanStyle::Automatic);
    child.waits(999);
    assert_eq!(child.offered(), Offer::Nothing, "nothing is preselected");
    for id in ["like", "between", "dont-like", "stop", "like"] {
        child.waits(1);
        assert!(child.is_offered(id), "{id}");
        child.waits(STEP - 1);
        assert!(child.is_offered(id), "{id}");
    }
}

#[test]
fn the_first_of_each_round_is_offered_for_longer() {
    let mut child = Child::at(ScanSettings { first_step_percent: 150, ..settings(ScanStyle::Automatic) });
    child.waits(1_000 + 1_499);
    assert!(child.is_offered("like"));
    child.waits(1);
    assert!(child.is_offered("between"));
    child.waits(3_000 + 1_499);
    assert!(child.is_offered("like"), "the second round");
}

#[test]
fn a_press_chooses_what_is_offered_and_the_answer_tells_how_it_was_reached() {
    let mut child = Child::of(ScanStyle::Automatic);
    child.waits(1_000 + STEP + 400).taps();
    let (id, reached) = child.choices()[0];
    assert_eq!(id, "between");
    assert_eq!(reached.press_ms, Some(400));
    assert_eq!((reached.round, reached.was_late), (1, false));
    let offered: Vec<_> =
        reached.offered.iter().map(|offered| (offered.targets[0].as_str(), offered.after_ms)).collect();
    assert_eq!(offered, [("like", 1_000), ("between", 2_000)]);
    assert_eq!(child.offered(), Offer::Nothing);
}

#[test]
fn a_press_just_after_the_highlight_went_on_counts_for_the_place_before() {
    let mut child = Child::of(ScanStyle::Automatic);
    child.waits(1_000 + STEP + LATE_MS - 1).taps();
    let (id, reached) = child.choices()[0];
    assert_eq!(id, "like");
    assert!(reached.was_late);
    assert_eq!(reached.press_ms, Some(STEP + LATE_MS - 1));

    let mut child = Child::of(ScanStyle::Automatic);
    child.waits(1_000 + STEP + LATE_MS).taps();
    assert_eq!(child.chose(), ["between"]);
}

#[test]
fn the_first_place_has_none_before_it() {
    let mut child = Child::of(ScanStyle::Automatic);
    child.waits(1_000 + 10).taps();
    assert_eq!(child.chose(), ["like"]);
}

#[test]
fn after_its_rounds_it_rests_and_a_press_begins_again_and_chooses_nothing() {
    let mut child = Child::of(ScanStyle::Automatic);
    child.waits(1_000 + 3 * 4 * STEP);
    assert_eq!(child.offered(), Offer::Nothing);
    assert_eq!(child.scan.due(), None, "at rest time does nothing");
    child.taps();
    assert!(child.is_offered("like"));
    assert!(child.chose().is_empty());
    child.waits(STEP / 2).taps();
    assert_eq!(child.chose(), ["like"]);
    assert_eq!(child.choices()[0].1.rests, 1, "whoever reads it can tell it from a choice in the first round");
}

#[test]
fn a_press_before_anything_is_offered_is_kept_as_not_taken() {
    let mut child = Child::of(ScanStyle::Automatic);
    child.waits(500).taps();
    child.waits(600 + STEP).taps();
    assert_eq!(child.chose(), ["between"]);
    assert_eq!(child.not_taken(), [Why::NothingOffered]);
}

#[test]
fn bounce_repeats_and_presses_right_after_a_choice_do_not_count() {
    let mut child = Child::at(ScanSettings { rest_ms: 5_000, ..settings(ScanStyle::Automatic) });
    child.waits(1_100).taps();
    // Bounce of the same press, then one that comes too soon.
    child.waits(BOUNCE_MS - 1);
    child.does(Event::Down(Switch::First));
    child.does(Event::Down(Switch::First));
    child.waits(20);
    child.does(Event::Up(Switch::First));
    child.waits(2_000).taps();
    assert_eq!(child.chose(), ["like"]);
    child.waits(4_000).taps();
    assert_eq!(child.chose().len(), 2);
    assert_eq!(child.not_taken(), [Why::Bounce, Why::TooSoon]);
}

#[test]
fn a_press_must_last_as_long_as_is_set_and_the_place_stays_meanwhile() {
    let mut child = Child::at(ScanSettings { acceptance_ms: 400, ..settings(ScanStyle::Automatic) });
    // A tremor of 399 ms at the end of a step: the step begins again.
    child.waits(1_900).presses(Switch::First, 399);
    assert!(child.is_offered("like"));
    child.waits(STEP - 1);
    assert!(child.is_offered("like"));
    child.waits(1);
    assert!(child.is_offered("between"));
    child.waits(900).presses(Switch::First, 400);
    assert_eq!(child.chose(), ["between"]);
    assert_eq!(child.not_taken(), [Why::TooShort]);
}

#[test]
fn two_switches_at_once_are_one() {
    let mut child = Child::at(ScanSettings { acceptance_ms: 300, ..settings(ScanStyle::TwoSwitches) });
    child.presses(Switch::First, 300);
    assert!(child.is_offered("like"));
    child.waits(500);
    child.does(Event::Down(Switch::First));
    child.waits(100);
    child.presses(Switch::Second, 600);
    child.does(Event::Up(Switch::First));
    assert!(child.chose().is_empty());
    assert!(child.is_offered("between"));
}

#[test]
fn a_switch_kept_down_stops_everything_once_in_every_style_in_which_holding_is_no_scan() {
    for style in [ScanStyle::Automatic, ScanStyle::Step, ScanStyle::TwoSwitches] {
        let mut child = Child::of(style);
        child.does(Event::Down(Switch::First));
        child.waits(KEPT_MS - 1);
        assert!(!child.stopped(), "{style:?}");
        child.waits(10_000);
        let stops = child.effects.iter().filter(|(_, effect)| matches!(effect, Effect::Stop(_))).count();
        assert_eq!(stops, 1, "{style:?}");
        let told = child.effects.iter().find_map(|(_, effect)| match effect {
            Effect::Stop(reached) => Some(reached.was_kept && reached.tells_more_than_a_press()),
            _ => None,
        });
        assert_eq!(told, Some(true), "{style:?}");
    }
    let mut child = Child::of(ScanStyle::WhileHeld);
    child.does(Event::Down(Switch::First));
    child.waits(60_000);
    assert!(!child.stopped());
}

#[test]
fn what_an_adult_keeps_down_is_not_the_childs_stop() {
    let mut child = Child { scan: Scan::by_an_adult(settings(ScanStyle::Automatic)), now: 0, effects: Vec::new() };
    child.does(Event::Screen(mat()));
    child.presses(Switch::First, 60_000);
    assert!(!child.stopped());
    assert!(child.is_offered("like"));
    child.waits(200).presses(Switch::Second, 60);
    assert_eq!(child.chose(), ["like"]);
}

#[test]
fn a_switch_unplugged_while_held_is_let_go() {
    let mut child = Child::of(ScanStyle::Step);
    child.taps();
    child.does(Event::Down(Switch::First));
    child.waits(100);
    child.does(Event::Up(Switch::First));
    child.waits(60_000);
    assert!(!child.stopped());
}

#[test]
fn one_switch_steps_and_holding_it_chooses() {
    let mut child = Child::of(ScanStyle::Step);
    child.waits(60_000);
    assert_eq!(child.offered(), Offer::Nothing, "time does nothing");
    child.taps().waits(200);
    assert!(child.is_offered("like"));
    child.taps().waits(200);
    assert!(child.is_offered("between"));
    child.presses(Switch::First, HOLD_MS - 1);
    assert!(child.is_offered("dont-like"), "not held for long enough: it goes on");
    child.waits(200).presses(Switch::First, HOLD_MS);
    assert_eq!(child.chose(), ["dont-like"]);
}

#[test]
fn a_tremor_lengthens_the_hold_that_chooses() {
    let mut child = Child::at(ScanSettings { acceptance_ms: 600, ..settings(ScanStyle::Step) });
    child.presses(Switch::First, 700).waits(200);
    child.presses(Switch::First, 900).waits(200);
    assert!(child.is_offered("between"));
    child.presses(Switch::First, 600 + HOLD_MS);
    assert_eq!(child.chose(), ["between"]);
}

#[test]
fn two_switches_go_on_and_choose() {
    let mut child = Child::of(ScanStyle::TwoSwitches);
    child.presses(Switch::Second, 60).waits(200);
    assert!(child.chose().is_empty(), "nothing is offered yet");
    for id in ["like", "between", "dont-like", "stop", "like"] {
        child.taps().waits(200);
        assert!(child.is_offered(id), "{id}");
    }
    child.presses(Switch::Second, 60);
    assert_eq!(child.chose(), ["like"]);
    assert_eq!(child.not_taken(), [Why::NothingOffered]);
}

#[test]
fn while_it_is_held_it_goes_on_and_letting_go_chooses() {
    let mut child = Child::of(ScanStyle::WhileHeld);
    child.waits(5_000);
    assert_eq!(child.offered(), Offer::Nothing);
    child.does(Event::Down(Switch::First));
    assert!(child.is_offered("like"));
    child.waits(STEP + 500);
    assert!(child.is_offered("between"));
    child.does(Event::Up(Switch::First));
    assert_eq!(child.chose(), ["between"]);
    // Let go a moment late, it is the place before.
    child.waits(2_000);
    child.does(Event::Down(Switch::First));
    child.waits(STEP + LATE_MS - 1);
    child.does(Event::Up(Switch::First));
    assert_eq!(child.chose(), ["between", "like"]);
}

#[test]
fn held_beyond_its_rounds_it_rests_and_letting_go_chooses_nothing() {
    let mut child = Child::of(ScanStyle::WhileHeld);
    child.does(Event::Down(Switch::First));
    child.waits(3 * 4 * STEP);
    child.does(Event::Up(Switch::First));
    assert!(child.chose().is_empty());
}

#[test]
fn with_a_cue_the_step_begins_when_it_has_been_said() {
    let mut child = Child::at(ScanSettings { cues: true, ..settings(ScanStyle::Automatic) });
    child.waits(1_000);
    assert!(child.effects.contains(&(1_000, Effect::Cue(Offer::Target("like".into())))));
    child.waits(30_000);
    assert!(child.is_offered("like"));
    child.does(Event::SpeechEnded);
    child.waits(STEP - 1);
    assert!(child.is_offered("like"));
    child.waits(1);
    assert!(child.is_offered("between"));
    child.taps();
    assert_eq!(child.chose(), ["like"], "a press may come while the next is said, and just late");
}

#[test]
fn what_is_said_after_a_choice_holds_the_scan() {
    let mut child = Child::of(ScanStyle::Automatic);
    child.waits(1_200).taps();
    child.does(Event::SpeechBegan);
    child.waits(10_000);
    assert_eq!(child.offered(), Offer::Nothing);
    child.does(Event::Screen(mat()));
    child.waits(10_000);
    assert_eq!(child.offered(), Offer::Nothing, "on the next screen too");
    child.does(Event::SpeechEnded);
    child.waits(1_000);
    assert!(child.is_offered("like"));
}

#[test]
fn what_covers_the_screen_holds_the_scan_and_it_goes_on_where_it_was() {
    let mut child = Child::of(ScanStyle::Automatic);
    child.waits(1_000 + STEP + 10);
    child.does(Event::Covered);
    assert_eq!(child.offered(), Offer::Nothing);
    child.waits(60_000).taps();
    assert!(child.chose().is_empty());
    child.does(Event::Uncovered);
    assert!(child.is_offered("between"));
    child.waits(STEP);
    assert!(child.is_offered("dont-like"));
}

#[test]
fn another_screen_begins_at_its_first_place_and_the_one_come_back_to_where_it_was_left() {
    let mut child = Child::of(ScanStyle::Automatic);
    child.waits(1_000 + 2 * STEP + 200).taps();
    assert_eq!(child.chose(), ["dont-like"]);
    let sheet = ["bus", "taxi", "walking", "back"].map(|id| Target::new(id, Rank::Answer, 0));
    child.does(Event::Screen(sheet.to_vec()));
    child.waits(1_000 + 3 * STEP + 200).taps();
    assert_eq!(child.chose(), ["dont-like", "back"]);
    child.does(Event::Back(mat()));
    child.waits(1_000);
    assert!(child.is_offered("dont-like"));
    child.does(Event::Screen(mat()));
    child.waits(1_000);
    assert!(child.is_offered("like"));
}

#[test]
fn a_switch_held_while_the_screen_changes_chooses_nothing_on_the_new_one() {
    let mut child = Child::at(ScanSettings { acceptance_ms: 400, ..settings(ScanStyle::Automatic) });
    child.waits(1_100);
    child.does(Event::Down(Switch::First));
    child.does(Event::Screen(mat()));
    child.waits(1_500);
    child.does(Event::Up(Switch::First));
    assert!(child.chose().is_empty());
}

#[test]
fn a_tick_that_comes_late_does_not_shift_a_press_to_the_next_place() {
    let mut child = Child::of(ScanStyle::Automatic);
    child.waits(1_500);
    // The step was over at 2,000; nobody said so until the press.
    child.now = 2_080;
    child.does(Event::Down(Switch::First));
    assert_eq!(child.chose(), ["like"]);
}

#[test]
fn what_the_devices_own_switch_control_presses_is_a_choice_and_one_that_comes_too_soon_is_none() {
    let mut child = Child::of(ScanStyle::Automatic);
    child.waits(1_500);
    child.does(Event::Pressed("stop".into()));
    child.does(Event::Pressed("like".into()));
    assert_eq!(child.choices().iter().map(|(id, _)| *id).collect::<Vec<_>>(), ["stop"]);
    assert_eq!(child.offered(), Offer::Nothing, "and the scan begins anew");
    child.waits(1_000);
    assert!(child.is_offered("like"));
}
