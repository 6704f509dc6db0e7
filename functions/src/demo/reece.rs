//! Reece, twelve: the plan that Helen returned.

use domain::Verdict;
use domain::payload::capture::{Audience, OptionsChosenBy, Seen, Support};
use domain::payload::child::ParentalResponsibility::{Held, NotHeld};
use domain::payload::plan::DecisionOutcome;
use domain::payload::profile::{Cells, CommunicationProfile, Input, Order, Theme};
use domain::payload::visit::{Assent, Lane};
use jiff::civil::time;

use super::story::{Days, Story, Turn, plan::Words, spoken, visit::Room};
use super::{DUTY, HELEN, NORTH, SADE};

pub(super) fn stories(days: &Days) -> Vec<Story> {
    vec![reece(days)]
}

/// Twelve. The plan came back: it differs from what he chose and does not say why.
fn reece(days: &Days) -> Story {
    let mut story = Story::of("reece", NORTH, days);
    story.on(38, 9, 50, SADE);
    story.registered("Reece", "Dixon", days.born(12, 340), "N20288");
    story.person("Donna Dixon", "Mum", Held, None);
    story.person("Wayne Dixon", "Grandad", NotHeld, None);
    story.person("Carl Dixon", "Dad", Held, None);
    story.communicates(CommunicationProfile {
        theme: Theme::Calm,
        order: Order::Fixed,
        yes: "thumb up, or taps it".into(),
        no: "covers it with his hand".into(),
        notes: "Sit beside him, never opposite. Say how many cards are left. He says words when he is ready: write them down as said.".into(),
        ..CommunicationProfile::new("touches, three choices; sit beside him", Input::Touch, Cells::Three)
    });
    story.referred(40, 38);
    story.on(20, 16, 30, SADE);
    story.writes_question("people", "My cousins", &[("friend", "Kai"), ("friend", "Tilly"), ("baby", "baby Noor")]);
    story.on(17, 12, 0, SADE);
    let visit = story.plans_visit(
        days.back(14),
        time(16, 0, 0, 0),
        "41 Park View. Dog in the kitchen. Text Mum from the car, do not ring",
        "Photos of the short-break house: bedroom, kitchen, van",
    );
    story.on(14, 16, 1, SADE);
    story.visits(
        visit,
        &Room {
            present: &["Mum"],
            checks: &["Ear defenders within reach", "Nothing planned after us"],
            promise_told: None,
            assent: Some((
                Assent::Agreed,
                "Said there are eight cards and that he can stop. He put the stop card by his knee.",
                "Thumb up",
            )),
        },
    );
    let mat = story.mat(
        visit,
        "short-breaks",
        &[
            Turn::Placed("packing", "in-between", 7_700),
            Turn::Placed("new-people", "dont-like", 4_200),
            Turn::Placed("other-children", "dont-like", 5_900),
            Turn::Instead("sleep", "grandad", 18_400),
            Turn::Placed("grandad", "like", 3_100),
            Turn::Placed("sleep", "dont-like", 6_800),
            Turn::Placed("dinner", "like", 5_300),
            Turn::Placed("bath", "in-between", 11_600),
            Turn::Placed("night-time", "dont-like", 6_100),
            Turn::Placed("phoning-home", "like", 4_900),
        ],
    );
    story.finishes(&mat, &[Audience::Family], &[Audience::School], "mum yes. not Mr Hall");
    story.leaves(visit);
    story.given(&mat, Support::None, &["Mum in the garden"], OptionsChosenBy::Worker, Seen::Alone);
    story.thinks(&mat, "He does not want to sleep in a house with people he does not know. He opened something else by himself and brought Grandad.", "The photos were of an empty house. He has never been inside it.");
    story.says(Some(visit), Lane::Child, "Reece", "Grandad's. Two sleeps. With the dog.", None);
    story.says(
        Some(visit),
        Lane::Parent,
        "Mum",
        "I need two nights a month or I will go under. I do not mind where.",
        None,
    );
    story.says(
        None,
        Lane::Family,
        "Grandad",
        "I would have him every weekend if somebody showed me what to do when he fits.",
        Some("by telephone"),
    );
    story.copies_note(visit);
    story.on(7, 14, 30, SADE);
    story.writes(&Words {
        title: "a break for Mum, and for Reece",
        analysis: "Mum needs two nights a month. Reece is clear about where: Grandad's. New people, other children and sleeping away are the three he put furthest from him.",
        considered: "That he refuses what he has not seen: a visit without a stay would tell.",
        difference: "If Reece did not have seizures he would be at Grandad's every weekend, and nobody would call it a short break.",
        missing_voices: &format!("Dad: works away; message left {}, again {}.", spoken(days.back(9)), spoken(days.ahead(3))),
    });
    story.will_ask(
        "two nights a month at the short-break house",
        "Short breaks team",
        days.ahead(12),
        &mat.views(&["new-people", "other-children", "sleep", "night-time"]),
        None,
    );
    story.will_ask("epilepsy training for Grandad", "Epilepsy nurse", days.ahead(15), &mat.views(&["grandad"]), None);
    story.on(6, 9, 5, SADE);
    story.submits();
    story.on(3, 21, 40, DUTY);
    story.expecting(Verdict::Held).says(
        None,
        Lane::Parent,
        "Dad",
        "Rang out of hours: home until Sunday and wants to be asked. Can be rung after six.",
        Some("by telephone"),
    );
    story.on(2, 16, 45, HELEN);
    story.decides(DecisionOutcome::Returned, "Say why the short break differs from what Reece chose.");
    story
}
