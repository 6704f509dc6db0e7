//! Questions of the two teams: one is asked in North, one waits for Imran in Coast; and the council's settings.

use super::story::{Days, Story};
use super::{ADMINISTRATOR, COAST, HELEN, IMRAN, NORTH, SADE, TOM, WHOLE_SERVICE};

pub(super) fn stories(days: &Days) -> Vec<Story> {
    let mut north = Story::of_team("north", NORTH, days);
    north.on(22, 16, 10, SADE);
    let breaks = north.writes_question(
        "home",
        "The short-break house",
        &[
            ("bed", "the bed there"),
            ("packing", ""),
            ("dinner", ""),
            ("helper", "the helpers there"),
            ("night-time", ""),
        ],
    );
    north.on(21, 9, 15, HELEN);
    north.approves_question(breaks);

    let mut coast = Story::of_team("coast", COAST, days);
    coast.on(12, 15, 40, TOM);
    let pool =
        coast.writes_question("activities", "The hydro pool", &[("swimming", "the warm pool"), ("loud-noises", "")]);
    coast.on(11, 10, 5, IMRAN);
    coast.approves_question(pool);
    coast.on(3, 16, 20, TOM);
    coast.writes_question(
        "meal-times",
        "Lunch at the centre",
        &[("lunch", ""), ("helper", ""), ("sitting", "my chair there")],
    );
    let mut council = Story::of_council(WHOLE_SERVICE, days);
    council.on(40, 10, 0, ADMINISTRATOR);
    council.describes_the_council(
        "Northmoor Council",
        &[("Duty line, day and night", "0191 498 0142"), ("Designated officer, working days", "0191 498 0177")],
    );
    vec![north, coast, council]
}
