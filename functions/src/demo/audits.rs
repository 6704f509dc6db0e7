//! Three audits: two of North, months apart, so that one can see whether anything is different; one of Coast that waits.

use domain::payload::audit::{AuditQuestion, Found};

use super::story::{Days, Story};
use super::{AUDITOR, COAST, HELEN, NORTH, PRIYA, SADE, TOM};

pub(super) fn stories(days: &Days) -> Vec<Story> {
    let mut before = Story::of_audit("amira-before", NORTH, days);
    before.on(85, 11, 20, AUDITOR);
    let ask = before.finds(
        "amira",
        &[
            (AuditQuestion::FamilyHeard, Found::Partly, "Mum's words stand for both parents; Dad was not asked."),
            (AuditQuestion::Difference, Found::NotMet, "Nothing says what Punjabi at home means for her symbols."),
            (AuditQuestion::Plain, Found::NotYet, "There is no plan yet."),
        ],
        "She was asked with the choices that she can point to.",
        Some(("Ask Dad, and write down which words she hears at home", SADE, days.back(70))),
    );
    before.on(84, 9, 10, HELEN);
    before.reads_audit("We take both to the team on Tuesday.");
    before.on(74, 15, 30, SADE);
    before.does(ask, "Nani named twelve cards in Punjabi. Amira looked at the speaker and smiled.");

    let mut lately = Story::of_audit("chloe-lately", NORTH, days);
    lately.on(2, 10, 40, AUDITOR);
    let say = lately.finds(
        "chloe",
        &[(AuditQuestion::CameOfIt, Found::Partly, "The tube feed has no action and no reason.")],
        "Both mothers are there, each in her own words.",
        Some(("Say what comes of the tube feed", PRIYA, days.back(1))),
    );
    lately.on(2, 14, 0, HELEN);
    lately.reads_audit("");
    lately.on(1, 11, 15, PRIYA);
    lately.does(say, "Asked the dietitian; Chloe hears of it at the next visit.");

    let mut waits = Story::of_audit("freya-waits", COAST, days);
    waits.on(1, 14, 5, AUDITOR);
    waits.finds(
        "freya",
        &[(AuditQuestion::Analysis, Found::NotMet, "The plan lists what she did. It does not say what it means.")],
        "",
        Some(("Write what the left hand tells, with the physiotherapist", TOM, days.ahead(6))),
    );
    vec![before, lately, waits]
}
