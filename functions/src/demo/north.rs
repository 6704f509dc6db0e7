//! Sade's other two children of today.

use domain::payload::capture::{Audience, Escape, OptionsChosenBy, PauseReason, Seen, Support};
use domain::payload::child::ParentalResponsibility::{Held, NotHeld, NotKnown};
use domain::payload::plan::{DecisionOutcome, Outcome};
use domain::payload::profile::{Cells, CommunicationProfile, Input, Order, Theme};
use domain::payload::visit::{Assent, Lane, NotGatheredReason};
use jiff::civil::time;

use super::story::{Days, Story, Turn, plan::Words, spoken, visit::Room};
use super::{HELEN, NORTH, SADE};

pub(super) fn stories(days: &Days) -> Vec<Story> {
    vec![joe(days), ellie_mae(days)]
}

/// Fourteen, one switch. A plan that stands, and something done because of him.
fn joe(days: &Days) -> Story {
    let mut story = Story::of("joe", NORTH, days);
    story.on(61, 10, 15, SADE);
    story.registered("Joe", "Tanner", days.born(14, 71), "N19877");
    story.person("Gary Tanner", "Dad", Held, None);
    story.person("Beverley Tanner", "Aunty Bev", NotHeld, None);
    story.person("Lisa Crane", "Mum", Held, None);
    story.communicates(CommunicationProfile {
        theme: Theme::Calm,
        order: Order::Fixed,
        yes: "eyes up".into(),
        no: "eyes down, or a long shut".into(),
        notes: "Switch at his left cheek. Two seconds a step; slower after lunch. Do not guess the ends of his words: wait. No baby pictures.".into(),
        ..CommunicationProfile::new("one switch, auto scan 2 s", Input::OneSwitch, Cells::Three)
    });
    story.referred(63, 61);
    story.on(40, 9, 30, SADE);
    let visit = story.plans_visit(
        days.back(38),
        time(15, 45, 0, 0),
        "Flat 6, Orchard Court: buzz 6",
        "Buddy button, clamp for his tray",
    );
    story.on(38, 15, 48, SADE);
    story.visits(
        visit,
        &Room {
            present: &["Aunty Bev"],
            checks: &["Switch tried: 5 of 5", "Tray clamp tight"],
            promise_told: None,
            assent: Some((
                Assent::Agreed,
                "Said what it is for and who reads it. Joe read the first page himself.",
                "Eyes up",
            )),
        },
    );
    let mat = story.mat(
        visit,
        "activities",
        &[
            Turn::Placed("computer-games", "like", 14_200),
            Turn::Placed("swimming", "like", 12_100),
            Turn::Placed("stories", "like", 7_100),
            Turn::TakenBack("stories"),
            Turn::Placed("stories", "dont-like", 9_800),
            Turn::Placed("football", "like", 16_700),
            Turn::Placed("painting", "dont-like", 11_300),
            Turn::Instead("music", "bowling", 33_800),
            Turn::Placed("bowling", "like", 10_400),
            Turn::Placed("music", "in-between", 15_900),
            Turn::Interrupted("parties", PauseReason::Prompted, "in-between", 28_600),
            Turn::Left("cooking", Escape::Skip, 6_200),
            Turn::Placed("bike", "dont-like", 13_500),
            Turn::Moved("football", "in-between"),
        ],
    );
    story.finishes(&mat, &[Audience::Family, Audience::School], &[], "anyone, not my nan");
    story.leaves(visit);
    story.given(&mat, Support::None, &[], OptionsChosenBy::Child, Seen::Alone);
    story.thinks(
        &mat,
        "He wants to go out with people his age. He asked for bowling himself: it was not on the mat.",
        "Scanning starts at like each time; three of four likes were chosen on the first round.",
    );
    story.says(Some(visit), Lane::Child, "Joe", "NOT BABY CLUB", Some("spelled out, alphabet chart, S. Okafor"));
    story.says(
        Some(visit),
        Lane::Family,
        "Aunty Bev",
        "He is fourteen and we take him to places for little ones because they have a hoist.",
        None,
    );
    story.copies_note(visit);
    story.on(33, 14, 0, SADE);
    story.writes(&Words {
        title: "going out on Saturdays",
        analysis: "Joe has no place to be with people of his age outside school. What he likes is what other boys like; what stops him is the changing place and somebody to drive.",
        considered: "That Dad's shifts leave Saturdays only. That he was offered clubs by diagnosis, not by age.",
        difference: "If Joe did not need a hoist he would go bowling with his cousins. A changing place within reach is all that differs.",
        missing_voices: &format!("Mum: letter {}, no reply; Dad passes messages.", spoken(days.back(36))),
    });
    let bowling = story.will_ask(
        "two Saturdays a month with a personal assistant of Joe's choosing, bowling first",
        "S. Okafor",
        days.back(10),
        &mat.views(&["bowling", "computer-games", "parties"]),
        None,
    );
    story.will_ask("the pool for its hoist times", "Short breaks team", days.back(12), &mat.views(&["swimming"]), None);
    story.does_nothing(
        &mat.views(&["stories", "painting", "bike", "music", "football"]),
        "Joe does not want these arranged for him.",
    );
    story.submits();
    story.on(32, 11, 50, HELEN);
    story.decides(DecisionOutcome::Authorised, "Agreed. His own word for what is on offer is in the plan, and the plan answers it. Interview the assistant with Joe in the room.");
    story.on(24, 16, 40, SADE);
    story.outcome(bowling, Outcome::Agreed);
    story.on(9, 10, 5, SADE);
    story.outcome(bowling, Outcome::Done);
    story.says(None, Lane::Parent, "Dad", "He came home from bowling and would not go to bed.", None);
    story.on(4, 12, 15, SADE);
    story.plan_todays_visit();
    story
}

/// Five, points. Asleep last time.
fn ellie_mae(days: &Days) -> Story {
    let mut story = Story::of("ellie-mae", NORTH, days);
    story.on(21, 11, 0, SADE);
    story.registered("Ellie-Mae", "Pritchard", days.born(5, 204), "N20533");
    story.person("Kayleigh Pritchard", "Mum", Held, None);
    story.person("Linda Pritchard", "Grandma", NotHeld, None);
    story.person("Connor Hale", "Dad", NotKnown, None);
    story.person("Alfie Pritchard", "Baby brother", NotHeld, None);
    story.communicates(CommunicationProfile {
        yes: "nods, or taps twice".into(),
        no: "pushes it away".into(),
        notes: "Photos before symbols: nursery, Grandma's house, the swing. Signs more, finished, drink.".into(),
        ..CommunicationProfile::new("points, three choices, photos", Input::Touch, Cells::Three)
    });
    story.referred(22, 21);
    story.on(9, 9, 20, SADE);
    let visit = story.plans_visit(days.back(6), time(13, 30, 0, 0), "3 The Crescent, blue door", "Photos of nursery");
    story.on(6, 13, 34, SADE);
    story.visits(
        visit,
        &Room {
            present: &["Mum", "Baby brother"],
            checks: &["Hearing aids in", "Had a seizure at 11:00, says Mum; rescue medicine not needed"],
            ..Room::default()
        },
    );
    story.not_gathered(
        visit,
        NotGatheredReason::Asleep,
        "Asleep on the sofa after the seizure. Mum says she sleeps two hours after one.",
        "Waited twenty minutes; left the photo cards with Mum to look at together.",
        days.today,
    );
    story.says(
        Some(visit),
        Lane::Parent,
        "Mum",
        "She was up at four. If you come after her snack you will get the real Ellie.",
        None,
    );
    story.leaves(visit);
    story.on(5, 15, 10, SADE);
    story.plan_todays_visit();
    story
}
