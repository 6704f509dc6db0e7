//! Thin records, and records with something amiss: not gathered, in conflict, held, refused.

use domain::Verdict;
use domain::payload::child::Birth;
use domain::payload::child::ParentalResponsibility::{Held, NotHeld, NotKnown};
use domain::payload::plan::Field;
use domain::payload::profile::{Cells, CommunicationProfile, Input};
use domain::payload::visit::{Assent, Lane, NotGatheredReason};
use jiff::civil::time;

use super::story::{Days, Story, visit::Room};
use super::{HELEN, NORTH, PRIYA, SADE, TOM};

pub(super) fn stories(days: &Days) -> Vec<Story> {
    vec![kian(days), unborn(days), leo(days), ibrahim(days), isla(days)]
}

/// Six. Three visits, nothing gathered, and past day 45.
fn kian(days: &Days) -> Story {
    let mut story = Story::of("kian", NORTH, days);
    story.on(46, 13, 30, SADE);
    story.registered("Kian", "Doherty", days.born(6, 31), "N20219");
    story.person("Bridget Doherty", "Mammy", Held, None);
    story.person("Michael Doherty", "Daddy", Held, None);
    story.person("Nora Doherty", "Granny", NotHeld, None);
    story.communicates(CommunicationProfile {
        yes: "takes your hand to it".into(),
        no: "turns his back".into(),
        notes: "Does not look at pictures yet. Objects: bridle, cup, blanket. Outdoors, near the ponies.".into(),
        ..CommunicationProfile::new("takes your hand to things; objects, not pictures", Input::Partner, Cells::Two)
    });
    story.referred(47, 46);
    let visits = [
        (
            34,
            NotGatheredReason::NotThere,
            "The family had travelled for a funeral.",
            "Rang Granny; they are back next week.",
        ),
        (
            21,
            NotGatheredReason::MethodDidNotSuit,
            "He did not look at the pictures at all.",
            "Symbols at the table, then real things from the trailer. He took the bridle and went out.",
        ),
        (
            7,
            NotGatheredReason::Declined,
            "Turned his back when the bag was opened. That was his answer today.",
            "Objects on a blanket outside, Daddy near. Stopped at once.",
        ),
    ];
    for (place, (back, reason, words, tried)) in visits.into_iter().enumerate() {
        story.on(back + 3, 9, 30, SADE);
        let visit = story.plans_visit(
            days.back(back),
            time(14, 0, 0, 0),
            "Far end of the site: Daddy walks you in, two dogs on chains",
            "Bridle, tin cup, blanket. No bag with logos",
        );
        story.on(back, 14, 4, SADE);
        let gone = place == 0;
        story.visits(
            visit,
            &Room {
                present: if gone { &[] } else { &["Mammy", "Daddy"] },
                assent: (place == 2).then_some((
                    Assent::Declined,
                    "Put three things on the blanket and sat down beside it.",
                    "Turned his back and walked to the ponies",
                )),
                ..Room::default()
            },
        );
        let next = [21, 7].get(place).map_or_else(|| days.ahead(4), |back| days.back(*back));
        story.not_gathered(visit, reason, words, tried, next);
        if place == 1 {
            story.says(
                Some(visit),
                Lane::Parent,
                "Mammy",
                "Ask him with the pony. He tells that pony everything.",
                None,
            );
        }
        story.leaves(visit);
    }
    story.plans_visit(
        days.ahead(4),
        time(11, 0, 0, 0),
        "Far end of the site. By the ponies, with Daddy; no table",
        "Nothing. Let him lead",
    );
    story
}

/// Not yet born: a plan has to be ready before the baby is.
fn unborn(days: &Days) -> Story {
    let mut story = Story::of("whitfield", NORTH, days);
    story.on(11, 9, 25, PRIYA);
    story.registered("Baby", "Whitfield", Birth::Expected(days.ahead(33)), "N20561");
    story.person("Jodie Whitfield", "Mum", NotKnown, None);
    story.person("Sam Archer", "Dad", NotKnown, None);
    story.person("Tina Whitfield", "Nan", NotHeld, None);
    story.referred(12, 11);
    story.says(
        None,
        Lane::Parent,
        "Mum",
        "They said her heart will need an operation in the first week. I want to hold her first.",
        None,
    );
    story.says(
        None,
        Lane::Professional,
        "Specialist midwife",
        "Scan at 30 weeks confirms it. Birth is planned at the heart unit, an hour away; Jodie has no car.",
        None,
    );
    story.on(6, 15, 15, PRIYA);
    story.plans_visit(
        days.ahead(2),
        time(10, 30, 0, 0),
        "Nan's flat, 17 Quarry Road, third floor. Sam wants to be there: ring him first",
        "Heart unit leaflet, travel claim form",
    );
    story
}

/// Fifteen. Two workers wrote over the same words: a person is asked.
fn leo(days: &Days) -> Story {
    let mut story = Story::of("leo", NORTH, days);
    story.on(29, 11, 10, SADE);
    story.registered("Leo", "Marchetti", days.born(15, 166), "N20402");
    story.person("Paola Marchetti", "Mum", Held, None);
    story.person("Luca Marchetti", "Dad", Held, None);
    story.person("Rosa Conti", "Nonna", NotHeld, Some("Italian"));
    story.communicates(CommunicationProfile {
        yes: "says yes".into(),
        no: "says no, later".into(),
        notes: "Speaks, slowly and well. Says yes to most things face to face: the tablet is where he says no.".into(),
        ..CommunicationProfile::new("speaks; touches, three choices, alone in the room", Input::Touch, Cells::Three)
    });
    story.referred(30, 29);
    story.on(28, 9, 10, HELEN);
    story.allocated(&[SADE, PRIYA]);
    story.on(13, 16, 20, SADE);
    story.sets(Field::PlanTitle, "football with the others");
    let first = story.sets(
        Field::PlanAnalysis,
        "Leo wants to play in the under-sixteens. The club says the pitch is not safe for his chair.",
    );
    story.on(3, 9, 55, PRIYA);
    story.sets(
        Field::PlanAnalysis,
        "Leo wants to play in the under-sixteens. The club has looked at one pitch of three, and without Leo.",
    );
    story.on(3, 17, 35, SADE);
    story.sets_over(Field::PlanAnalysis, "Leo wants to play, or to keep the score: he said both. The club is worried about its insurance, not about the pitch.", Some(first));
    story
}

/// Two. Registered two days ago by the manager, and nobody works with him yet.
fn ibrahim(days: &Days) -> Story {
    let mut story = Story::of("ibrahim", NORTH, days);
    story.on(2, 15, 5, HELEN);
    story.registered_with_nobody("Ibrahim", "Salah", days.born(2, 75), "N20577");
    story.person("Hanan Salah", "Mum", Held, Some("Arabic"));
    story.person("Omar Salah", "Dad", NotKnown, Some("Arabic"));
    story
}

/// Ten. CheckOutcome from the other team: one fact waits, and one date was turned down.
fn isla(days: &Days) -> Story {
    let mut story = Story::of("isla", NORTH, days);
    story.on(19, 10, 50, SADE);
    story.registered("Isla", "Macleod", days.born(10, 19), "N20540");
    story.person("Fiona Macleod", "Mum", Held, None);
    story.person("Grant Macleod", "Dad", Held, None);
    story.person("Morag Macleod", "Granny", NotHeld, None);
    story.communicates(CommunicationProfile {
        yes: "smiles and stills".into(),
        no: "arches back".into(),
        notes: "Still learning her signals with Granny, who reads her best. Watch first, ask second.".into(),
        ..CommunicationProfile::new("smiles or arches; two choices offered in turn", Input::Partner, Cells::Two)
    });
    story.sets(Field::ReferralReceived, &days.back(19).to_string());
    story.expecting(Verdict::Refused).sets(Field::AssessmentStarted, &days.back(24).to_string());
    story.sets(Field::AssessmentStarted, &days.back(19).to_string());
    story.on(4, 10, 15, TOM);
    story.expecting(Verdict::Held).says(
        None,
        Lane::Family,
        "Granny",
        "Rang me as she still had my number: Isla laughs aloud at the new swing, and has stopped arching at bath time.",
        Some("by telephone, T. Reid"),
    );
    story.on(2, 9, 20, SADE);
    story.plans_visit(
        days.ahead(1),
        time(9, 30, 0, 0),
        "The Old Forge, second gate. Granny there from nine",
        "Nothing new: she needs the same things each time",
    );
    story
}
