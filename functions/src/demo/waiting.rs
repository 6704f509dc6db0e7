//! Two of Helen's waiting plans: younger children.

use domain::payload::capture::{Audience, EndedBy, Escape, OptionsChosenBy, PauseReason, Seen, Support};
use domain::payload::child::ParentalResponsibility::{Held, NotHeld};
use domain::payload::contact::ContactFrom;
use domain::payload::plan::{DecisionOutcome, Field};
use domain::payload::profile::{Cells, CommunicationProfile, Input, Theme};
use domain::payload::visit::{Assent, Lane, NotGatheredReason};
use jiff::civil::time;

use super::story::{Days, Story, Turn, night::Night, plan::Words, visit::Room};
use super::{DUTY, HELEN, NORTH, PRIYA, SADE};

pub(super) fn stories(days: &Days) -> Vec<Story> {
    vec![chloe(days), yusuf(days)]
}

/// Ten, two switches, sees white on black. Meals.
fn chloe(days: &Days) -> Story {
    let mut story = Story::of("chloe", NORTH, days);
    story.on(36, 13, 0, PRIYA);
    story.registered("Chloe", "Bennett", days.born(10, 290), "N20311");
    story.person("Rachel Bennett", "Mum", Held, None);
    story.person("Jo Bennett", "Mama", Held, None);
    story.person("Maureen Bennett", "Nan", NotHeld, None);
    story.communicates(CommunicationProfile {
        theme: Theme::Contrast,
        yes: "right switch".into(),
        no: "left switch".into(),
        notes: "Sees one white thing on black, left of the middle. Say each card aloud. Nothing moving behind it. Lights down, blinds shut.".into(),
        ..CommunicationProfile::new("two switches, two choices, by ear; white on black", Input::TwoSwitches, Cells::Two)
    });
    story.referred(37, 36);
    let visit = story.plans_visit(
        days.back(12),
        time(12, 0, 0, 0),
        "Hillside Cottage, park at the gate. Lunch is at 12:30: be there before it",
        "Two switches, black cloth, spoon and tube pictures",
    );
    story.on(12, 12, 2, PRIYA);
    story.visits(
        visit,
        &Room {
            present: &["Mama", "Nan"],
            checks: &["Blinds shut", "Both switches tried: 4 of 5", "Feed pump off for an hour"],
            promise_told: None,
            assent: Some((
                Assent::Agreed,
                "Said what we would talk about and let her press both switches to hear what they say.",
                "Right switch, twice",
            )),
        },
    );
    let mat = story.mat(
        visit,
        "meal-times",
        &[
            Turn::Placed("drink", "going-well", 9_100),
            Turn::Placed("tube-feed", "not-going-well", 17_600),
            Turn::Placed("dinner", "going-well", 11_800),
            Turn::Placed("sitting", "not-going-well", 14_300),
            Turn::Placed("helper", "going-well", 12_700),
            Turn::Pause(PauseReason::Tired, 120),
            Turn::Placed("lunch", "not-going-well", 19_200),
            Turn::Left("breakfast", Escape::DontKnow, 22_500),
            Turn::Moved("dinner", "not-going-well"),
            Turn::Moved("dinner", "going-well"),
        ],
    );
    story.finishes(&mat, &[Audience::Family, Audience::School], &[], "right switch at both");
    story.leaves(visit);
    story.given(
        &mat,
        Support::DeviceHeld,
        &["Nan"],
        OptionsChosenBy::Worker,
        Seen::ParentPresent { why: "Mama held the pump line; she sat behind Chloe and did not speak".into() },
    );
    story.thinks(
        &mat,
        "At home she eats with Nan and is content; lunch and the tube are at school, in her old chair.",
        "She moved dinner away and back: it may be the switch and not her mind. To be asked again.",
    );
    story.says(
        Some(visit),
        Lane::Parent,
        "Mama",
        "They hook her up in the corridor because the hall is too loud. She can hear the others eating.",
        None,
    );
    story.says(
        Some(visit),
        Lane::Parent,
        "Mum",
        "I would rather she was fed safely than fed in company. I am the one who sat in hospital.",
        Some("by telephone"),
    );
    story.says(
        Some(visit),
        Lane::Family,
        "Nan",
        "She opens her mouth for my custard. Little tastes, like the therapist showed me.",
        None,
    );
    story.says(
        Some(visit),
        Lane::Observation,
        "P. Nair",
        "When the lunch bell sound was played she pressed left before any card.",
        None,
    );
    story.copies_note(visit);
    story.on(4, 11, 5, PRIYA);
    story.writes(&Words {
        title: "eating with the others",
        analysis: "Chloe says home meals go well and lunch, the tube and sitting do not. All three meet in one place: the school corridor at 12:15. Her mothers differ on risk and both are right about something: tastes are safe with a trained person, company is possible in a quiet room.",
        considered: "Discomfort from the chair (outgrown since it was measured) and not the place. The pump's rate.",
        difference: "If Chloe saw the hall as others do she would be in it. Black screens and a corner table would let her be there. A quiet table is not a special favour.",
        missing_voices: "",
    });
    story.will_ask(
        "a quiet table with two friends at lunch, black screen behind, from next week",
        "Class teacher",
        days.ahead(8),
        &mat.views(&["lunch", "tube-feed"]),
        None,
    );
    story.will_ask("the chair measured again", "Occupational therapist", days.ahead(4), &mat.views(&["sitting"]), None);
    story.does_nothing(
        &mat.views(&["drink", "dinner"]),
        "It does not differ: these go well at home and stay as they are.",
    );
    story.on(3, 14, 25, PRIYA);
    story.submits();
    story.on(2, 18, 50, DUTY);
    let contact = story.contact(&Night {
        from: ContactFrom::Family,
        who: "Rachel Bennett, mother",
        said: "The pump alarm goes and the supplier's line is shut until eight.",
        done: "Found the supplier's night line; it was the battery.",
        to_do: "Put the night line on the passport.",
    });
    story.on(1, 8, 35, PRIYA);
    story.reads_contact(contact);
    story
}

/// Seven, touches. A second version, nine working days old.
fn yusuf(days: &Days) -> Story {
    let mut story = Story::of("yusuf", NORTH, days);
    story.on(42, 9, 15, SADE);
    story.registered("Yusuf", "Demir", days.born(7, 45), "N20260");
    story.person("Elif Demir", "Mum", Held, Some("Turkish"));
    story.person("Kemal Demir", "Baba", Held, None);
    story.person("Ayse Demir", "Big sister", NotHeld, None);
    story.communicates(CommunicationProfile {
        theme: Theme::Calm,
        yes: "touches and leaves his hand there".into(),
        no: "pushes the tablet away".into(),
        notes: "Two choices, well apart. Let him line the cards up first. No perfume. Says some words in Turkish."
            .into(),
        ..CommunicationProfile::new("touches, two choices; line the cards up with him first", Input::Touch, Cells::Two)
    });
    story.referred(43, 42);
    story.on(33, 16, 0, SADE);
    let early =
        story.plans_visit(days.back(31), time(16, 30, 0, 0), "9 Weaver Street, bell does not work", "Night cards");
    story.on(31, 16, 33, SADE);
    story.visits(early, &Room { present: &["Mum", "Big sister"], checks: &["Ear defenders on"], ..Room::default() });
    story.not_gathered(
        early,
        NotGatheredReason::NotFree,
        "His sister answered each time before he could.",
        "Asked her to draw beside us; then stopped. Mum suggests school.",
        days.back(26),
    );
    story.leaves(early);
    story.on(28, 9, 5, SADE);
    let visit = story.plans_visit(
        days.back(26),
        time(10, 0, 0, 0),
        "At school: ask for the blue room",
        "Night cards, his own pillow from home",
    );
    story.on(26, 10, 2, SADE);
    story.visits(
        visit,
        &Room {
            present: &["Teaching assistant"],
            checks: &["Ear defenders off by himself", "Slept five hours, says the home book"],
            promise_told: None,
            assent: Some((
                Assent::Agreed,
                "Lined up four cards and named them in Turkish and English.",
                "Took my finger to the tablet",
            )),
        },
    );
    let mat = story.mat(
        visit,
        "night-time",
        &[
            Turn::Placed("bed", "like", 6_400),
            Turn::Placed("loud-noises", "dont-like", 5_100),
            Turn::Placed("the-dark", "like", 9_800),
            Turn::Placed("light", "dont-like", 7_300),
            Turn::Placed("on-my-own", "like", 12_200),
            Turn::Left("teddy", Escape::Skip, 3_900),
            Turn::Placed("getting-up", "dont-like", 8_600),
            Turn::Left("sleep", Escape::Stop, 4_400),
        ],
    );
    story.ends(&mat, EndedBy::Child);
    story.leaves(visit);
    story.given(
        &mat,
        Support::None,
        &["Teaching assistant"],
        OptionsChosenBy::Worker,
        Seen::WithSupporter { who: "Teaching assistant".into() },
    );
    story.thinks(
        &mat,
        "He likes dark, quiet and his bed. Light and noise wake him; he is not afraid of being alone.",
        "The left cell took four in a row at the start: check that it was not the place.",
    );
    story.says(
        None,
        Lane::Parent,
        "Mum",
        "The street lamp is in his room. I hang a blanket. Upstairs walks in shoes until one.",
        Some("Turkish, interpreter D. Aksoy, by telephone"),
    );
    story.says(None, Lane::Parent, "Baba", "I sleep in the car before my shift. I cannot be woken four times.", None);
    story.copies_note(visit);
    story.on(20, 13, 40, SADE);
    story.writes(&Words {
        title: "nights",
        analysis: "Light and noise wake Yusuf; the dark and his bed do not trouble him. What looked like fear at bedtime is the street lamp.",
        considered: "Melatonin was raised by Baba; the paediatrician wants the room put right first.",
        difference: "",
        missing_voices: "",
    });
    story.will_ask(
        "a blackout blind and a rug upstairs",
        "Housing officer",
        days.back(8),
        &mat.views(&["light", "loud-noises"]),
        None,
    );
    story.submits();
    story.on(18, 10, 0, HELEN);
    story.decides(DecisionOutcome::Returned, "Good. The equality question is empty, and getting up has no answer.");
    story.on(9, 15, 20, SADE);
    story.sets(Field::PlanDifference, "If Mum's English were better the lamp would have been reported months ago: the form is online and in English only. If Yusuf were not autistic the noise would be a nuisance and not his night.");
    story.will_ask(
        "a slower morning: bus at the second stop, 20 minutes later",
        "School transport",
        days.ahead(9),
        &mat.views(&["getting-up"]),
        None,
    );
    story.submits();
    story
}
