//! Histories, drawn and remembered.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use replica::engine::model::turns::Order;

use crate::history::{MOST_TABLETS, Step, World};
use crate::support::watched::Killed;
use crate::wire::Fault;

fn fault() -> impl Strategy<Value = Fault> {
    let when = || prop_oneof![Just(Killed::Before), Just(Killed::After)];
    prop_oneof![
        6 => Just(Fault::None),
        2 => Just(Fault::Lost),
        3 => Just(Fault::ReplyLost),
        2 => Just(Fault::Doubled),
        2 => Just(Fault::Late),
        1 => (0..1000_usize).prop_map(Fault::Cut),
        1 => (0..1000_usize).prop_map(Fault::ReplyCut),
        1 => Just(Fault::Altered),
        1 => prop_oneof![Just(429), Just(503)].prop_map(Fault::Busy),
        1 => Just(Fault::TooLarge),
        1 => Just(Fault::Portal),
        1 => Just(Fault::SignedOut),
        2 => (0..14_usize, when()).prop_map(|(call, when)| Fault::Killed(call, when)),
        2 => (0..14_usize, when()).prop_map(|(call, when)| Fault::StoreFails(call, when)),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let tablet = 0..MOST_TABLETS;
    let faults = || proptest::collection::vec(fault(), 0..6);
    let window = (0..60_u32, 1..60_u32).prop_map(|(from, steps)| Order::Window(from, steps));
    let order = prop_oneof![any::<u64>().prop_map(Order::Drawn), window];
    prop_oneof![
        4 => (tablet.clone(), any::<bool>(), 1..5_usize).prop_map(|(tablet, joe, count)| Step::Save { tablet, joe, count }),
        2 => tablet.clone().prop_map(|tablet| Step::SetField { tablet }),
        1 => (tablet.clone(), 0..3_u32).prop_map(|(tablet, fails_after)| Step::TapAndCrash { tablet, fails_after }),
        6 => (tablet.clone(), faults()).prop_map(|(tablet, faults)| Step::Sync { tablet, faults }),
        2 => (tablet.clone(), order, faults())
            .prop_map(|(tablet, order, faults)| Step::TwoTabs { tablet, order, faults }),
        1 => (tablet.clone(), 0..20_u32).prop_map(|(tablet, fails_after)| Step::FailingStore { tablet, fails_after }),
        1 => tablet.clone().prop_map(|tablet| Step::Crash { tablet }),
        1 => tablet.clone().prop_map(|tablet| Step::PowerFails { tablet }),
        2 => tablet.clone().prop_map(|tablet| Step::Copy { tablet }),
        1 => (tablet.clone(), 0..60_usize).prop_map(|(tablet, at)| Step::Damage { tablet, at }),
        1 => any::<bool>().prop_map(|both| Step::Allocate { both }),
        1 => Just(Step::Admit),
        1 => (0..60_usize).prop_map(|at| Step::Redact { at }),
        1 => tablet.prop_map(|tablet| Step::Revoke { tablet }),
        2 => (0..40_usize).prop_map(|nth| Step::Arrives { nth }),
        1 => Just(Step::BackUp),
        2 => Just(Step::Restore),
    ]
}

/// A case is a whole history over a file or, what takes longer, a table: not many, unless asked for more.
fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    let few = if crate::support::store::on_dynamodb() { 10 } else { 32 };
    // The same histories each time, unless asked for more: a history that nobody has seen belongs to a soak, not to a change
    // of something else.
    let (cases, rng_seed) = if usual.cases == 256 { (few, RngSeed::Fixed(26)) } else { (usual.cases, RngSeed::Random) };
    ProptestConfig { cases, rng_seed, failure_persistence: None, ..usual }
}

/// Takes steps, and holds what must hold after each of them and in the end.
fn holds(steps: &[Step]) {
    let mut world = World::new();
    for step in steps {
        world.take(step);
        world.loses_nothing();
    }
    world.quiet();
    world.agrees();
    // Whatever was sent last arrives once more, the newest first.
    world.everything_again();
    world.quiet();
    world.agrees();
}

proptest! {
    #![proptest_config(config())]
    #[test]
    fn once_quiet_every_tablet_and_the_server_agree(steps in proptest::collection::vec(step(), 1..30)) {
        holds(&steps);
    }
}

#[test]
fn a_number_that_two_copies_used_and_a_restore_brought_back_harms_nobody() {
    holds(&[
        Step::Copy { tablet: 0 },
        Step::Save { tablet: 0, joe: false, count: 1 },
        Step::BackUp,
        Step::Save { tablet: 4, joe: false, count: 1 },
        Step::Sync { tablet: 4, faults: vec![] },
        Step::Restore,
    ]);
}

/// Priya's tablet has sent something and not seen it come back; a restore loses it, and a copy gives its number to something
/// else. `meanwhile` is what Helen does before that.
fn one_number_twice(meanwhile: &[Step]) {
    let sent_and_lost = [
        Step::Copy { tablet: 1 },
        Step::Save { tablet: 1, joe: false, count: 1 },
        Step::Sync { tablet: 1, faults: vec![Fault::None, Fault::Lost] },
        Step::Restore,
    ];
    let by_the_copy = [Step::Save { tablet: 4, joe: false, count: 1 }, Step::Sync { tablet: 4, faults: vec![] }];
    holds(&[&sent_and_lost, meanwhile, &by_the_copy].concat());
}

#[test]
fn what_a_restore_lost_goes_again_though_a_copy_has_taken_its_number() {
    one_number_twice(&[]);
}

#[test]
fn what_a_restore_lost_is_not_purged_where_the_child_was_given_to_somebody_else() {
    one_number_twice(&[Step::Allocate { both: false }]);
}

/// A redaction is brought back by the second of two restores, among what the first had moved.
#[test]
fn a_redaction_that_was_brought_back_hides_nothing_that_it_cannot_have_named() {
    holds(&[
        Step::Allocate { both: false },
        Step::BackUp,
        Step::Copy { tablet: 0 },
        Step::Allocate { both: false },
        Step::Allocate { both: false },
        Step::SetField { tablet: 2 },
        Step::Allocate { both: false },
        Step::Save { tablet: 3, joe: false, count: 2 },
        Step::Restore,
        Step::SetField { tablet: 0 },
        Step::Redact { at: 27 },
        Step::Restore,
    ]);
}

/// Priya's tablet knows that the server was set back, and may not read the stream in which it has something unsent.
#[test]
fn what_waits_for_a_restore_to_be_settled_goes_though_the_child_was_given_to_somebody_else() {
    holds(&[
        Step::Save { tablet: 1, joe: false, count: 1 },
        Step::Sync { tablet: 1, faults: vec![] },
        Step::Restore,
        Step::Save { tablet: 1, joe: false, count: 1 },
        Step::Allocate { both: false },
    ]);
}

/// A backup of SQLite may have copies of rows in its free space.
#[test]
fn what_is_redacted_after_a_restore_is_nowhere_in_the_file() {
    holds(&[
        Step::SetField { tablet: 3 },
        Step::TapAndCrash { tablet: 0, fails_after: 0 },
        Step::Redact { at: 1 },
        Step::BackUp,
        Step::Restore,
        Step::Redact { at: 34 },
    ]);
}

/// What the server acknowledges is not waited for on the tablet's disk. An answer is.
#[test]
fn a_battery_that_is_empty_after_a_push_and_a_server_that_is_set_back_lose_no_answer() {
    holds(&[
        Step::Save { tablet: 0, joe: false, count: 3 },
        Step::Sync { tablet: 0, faults: vec![Fault::None, Fault::Lost] },
        Step::PowerFails { tablet: 0 },
        Step::Restore,
        Step::Save { tablet: 0, joe: false, count: 1 },
        Step::PowerFails { tablet: 0 },
    ]);
}

/// Priya's tablet has only what others wrote.
#[test]
fn an_empty_battery_takes_what_others_wrote_off_a_tablet_until_the_next_exchange() {
    let mut world = World::new();
    world.take(&Step::Sync { tablet: 1, faults: vec![] });
    let shown = world.tablets[1].holds();
    assert!(!shown.is_empty());
    world.take(&Step::PowerFails { tablet: 1 });
    assert!(world.tablets[1].holds().is_empty());
    world.take(&Step::Sync { tablet: 1, faults: vec![] });
    assert_eq!(world.tablets[1].holds(), shown);
    world.quiet();
    world.agrees();
}
