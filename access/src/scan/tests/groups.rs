//! Going in to a group and out of it.

use super::*;

fn in_groups(style: ScanStyle) -> Child {
    Child::at(ScanSettings { order: ScanOrder::Groups, ..settings(style) })
}

#[test]
fn a_group_is_gone_in_to_and_its_last_place_leads_back_out() {
    let group = || Offer::Group(vec!["like".into(), "between".into(), "dont-like".into()]);
    let mut child = in_groups(ScanStyle::Automatic);
    child.waits(1_200);
    assert_eq!(child.offered(), group());
    child.taps();
    assert!(child.is_offered("like"));
    child.waits(REST_MS + 3 * STEP);
    assert!(matches!(child.offered(), Offer::Back(_)));
    child.waits(200).taps();
    assert_eq!(child.offered(), group());
    child.waits(REST_MS).taps();
    assert!(child.is_offered("like"));
    assert!(child.chose().is_empty());
}

#[test]
fn a_group_left_alone_for_its_rounds_is_gone_back_out_of() {
    let mut child = in_groups(ScanStyle::Automatic);
    child.waits(1_200).taps();
    child.waits(REST_MS + 3 * 4 * STEP);
    assert!(matches!(child.offered(), Offer::Group(_)));
    child.waits(STEP);
    assert!(child.is_offered("stop"), "a group of one is that place");
}

#[test]
fn a_group_is_stepped_through_and_chosen_in_with_one_switch() {
    let mut child = in_groups(ScanStyle::Step);
    child.taps().waits(200);
    child.presses(Switch::First, HOLD_MS).waits(200);
    child.taps().waits(200);
    assert!(child.is_offered("between"));
    child.presses(Switch::First, HOLD_MS);
    let (id, reached) = child.choices()[0];
    assert_eq!(id, "between");
    let groups: Vec<usize> = reached.offered.iter().map(|offered| offered.targets.len()).collect();
    assert_eq!(groups, [3, 1, 1]);
}

#[test]
fn a_group_gone_in_to_by_letting_go_waits_at_its_first_place_for_the_switch() {
    let mut child = in_groups(ScanStyle::WhileHeld);
    child.presses(Switch::First, 300);
    assert!(child.is_offered("like"));
    child.waits(60_000);
    assert!(child.is_offered("like"));
    child.does(Event::Down(Switch::First));
    child.waits(STEP - 1);
    assert!(child.is_offered("like"));
    child.waits(1 + LATE_MS);
    child.does(Event::Up(Switch::First));
    assert_eq!(child.chose(), ["between"]);
}

#[test]
fn a_hand_that_trembles_goes_in_to_a_group_and_chooses_nothing_there() {
    let order = ScanOrder::Groups;
    for style in [ScanStyle::Automatic, ScanStyle::TwoSwitches] {
        let mut child = Child::at(ScanSettings { order, ..settings(style) });
        let by = if style == ScanStyle::Automatic { Switch::First } else { Switch::Second };
        if style == ScanStyle::TwoSwitches {
            child.taps();
        }
        child.waits(1_500).presses(by, 60).waits(340).presses(by, 60);
        assert!(child.choices().is_empty(), "{style:?}");
        assert!(child.is_offered("like"), "{style:?}");
        child.waits(REST_MS).presses(by, 60);
        assert_eq!(child.choices()[0].0, "like", "{style:?}");
    }
}

#[test]
fn the_first_of_a_group_is_offered_for_its_whole_time_once_presses_are_taken_again() {
    let mut child =
        Child::at(ScanSettings { order: ScanOrder::Groups, step_ms: 300, ..settings(ScanStyle::Automatic) });
    child.waits(1_100).taps();
    child.waits(REST_MS + 300 - 60 - 1);
    assert!(child.is_offered("like"));
    child.waits(61);
    assert!(child.is_offered("between"));
}
