//! Two more of Helen's waiting plans: older children.

use domain::asking::Kind;
use domain::asking::yes_no::{NO, YES};
use domain::payload::capture::{Audience, Escape, GivenAnotherWay, Means, OptionsChosenBy, PauseReason, Seen, Support};
use domain::payload::child::ParentalResponsibility::{Held, NotHeld};
use domain::payload::profile::{Cells, CommunicationProfile, Input, Theme};
use domain::payload::visit::{Assent, Lane};
use jiff::civil::time;

use super::story::{Days, Story, Turn, plan::Words, spoken, visit::Room};
use super::{NORTH, PRIYA};

pub(super) fn stories(days: &Days) -> Vec<Story> {
    vec![daniel(days), grace(days)]
}

/// Sixteen, types. His own view of college; he decides what is written.
fn daniel(days: &Days) -> Story {
    let mut story = Story::of("daniel", NORTH, days);
    story.on(41, 10, 30, PRIYA);
    story.registered("Daniel", "Osei", days.born(16, 58), "N18904");
    story.person("Abena Osei", "Mum", Held, Some("Twi"));
    story.person("Kwame Osei", "Dad", Held, None);
    story.person("Efua Osei", "Sister", NotHeld, None);
    story.communicates(CommunicationProfile {
        theme: Theme::Calm,
        yes: "types y".into(),
        no: "types n".into(),
        notes: "His talker first, the tablet second. Wait: he writes whole sentences. Speak to him, not to whoever pushes the chair.".into(),
        ..CommunicationProfile::new("types on his talker, or arrow keys; three choices", Input::Keyboard, Cells::Three)
    });
    story.referred(42, 41);
    story.on(20, 9, 0, PRIYA);
    let visit = story.plans_visit(
        days.back(16),
        time(17, 0, 0, 0),
        "Flat 2, Linden House. Daniel opens the door himself: give him time",
        "Keyboard tray, college prospectus",
    );
    story.on(16, 17, 5, PRIYA);
    story.visits(visit, &Room {
        present: &["Sister"],
        checks: &["Talker charged", "He chose the kitchen"],
        promise_told: None,
        assent: Some((Assent::Agreed, "Went through who reads it and that it is his plan. He is 16: on this he is presumed to have capacity, and has it.", "Typed: fine. start")),
    });
    let mat = story.mat(
        visit,
        "getting-about",
        &[
            Turn::Placed("power-chair", "easy", 5_200),
            Turn::Placed("bus", "in-between", 8_800),
            Turn::Placed("train", "hard", 9_400),
            Turn::Placed("lift", "hard", 7_100),
            Turn::Placed("car", "easy", 4_600),
            Turn::Left("walking-frame", Escape::Skip, 2_700),
            Turn::Left("walking", Escape::Skip, 1_900),
            Turn::Placed("wheelchair", "hard", 6_300),
        ],
    );
    story.finishes(&mat, &[Audience::Family], &[Audience::School], "not school. I will tell them");
    // What he chooses between two, each with each, and his day.
    let choice =
        story.is_asked(visit, (Kind::Choice, "activities", &["music", "computer-games", "bowling"]), |_, shown| {
            ["music", "bowling", "computer-games"]
                .into_iter()
                .find_map(|best| shown.iter().position(|place| *place == best))
        });
    story.finishes(&choice, &[Audience::Family], &[], "");
    let day =
        story.is_asked(visit, (Kind::Day, "my-day", &["getting-up", "breakfast", "computer", "lunch"]), |part, _| {
            Some(match part {
                "getting-up" => 2,
                "lunch" => 1,
                "getting-up+next-time" => 3,
                _ => 0,
            })
        });
    story.finishes(&day, &[], &[Audience::School], "");
    let written = story.writes_words(visit, "days-out", "the fair with my sister, not with mum");
    story.finishes(&written, &[], &[Audience::Family], "");
    // Two things he had said on his own talker before the tablet came.
    let own_device = GivenAnotherWay { means: Means::OwnDevice, later: false };
    let said =
        story.gives_another_way(visit, own_device, (Kind::YesNo, "food", &["pasta", "cheese"]), |food, places| {
            let answer = if food == "pasta" { YES } else { NO };
            places.iter().position(|place| *place == answer)
        });
    story.leaves(visit);
    story.given(&mat, Support::None, &["Sister in the next room"], OptionsChosenBy::Child, Seen::Alone);
    for more in [&choice, &day, &written, &said] {
        story.given(more, Support::None, &["Sister in the next room"], OptionsChosenBy::Child, Seen::Alone);
    }
    story.thinks(
        &mat,
        "He wants to travel by himself. Hard means the lift that is often broken, not the train.",
        "He skipped walking twice: old ground for him, and nobody's business today.",
    );
    story.says(
        Some(visit),
        Lane::Child,
        "Daniel",
        "i want to go on the train like efua does. if the lift is broken i want to be the one who rings.",
        Some("typed on his talker"),
    );
    story.says(
        Some(visit),
        Lane::Parent,
        "Mum",
        "He must not go alone. I lie awake already.",
        Some("Twi, interpreter A. Boateng, by telephone"),
    );
    story.says(Some(visit), Lane::Parent, "Dad", "He is a man soon. Let him learn it now, with us near.", None);
    story.says(
        None,
        Lane::Professional,
        "College",
        "Two students in power chairs travel by train. We meet them at the station in the first week.",
        None,
    );
    story.copies_note(visit);
    story.on(8, 10, 10, PRIYA);
    story.writes(&Words {
        title: "college, and getting there myself",
        analysis: "Daniel wants to travel to college by train and knows what stands in the way: lifts, and who is rung when one fails. His parents differ about when, not whether. The risk is in the first weeks and can be shared.",
        considered: "A taxi to the door is offered to all and would be simpler. He does not want it.",
        difference: "If Daniel walked, nobody would ask whether he may take a train at 16. If he spoke, the help point would hear him: it has no text line.",
        missing_voices: "",
    });
    story.will_ask(
        "ten journeys with a travel trainer, Daniel leading",
        "Travel training",
        days.ahead(20),
        &mat.views(&["train", "bus"]),
        None,
    );
    story.will_ask(
        "a text number for lift failures, tried out by Daniel",
        "P. Nair",
        days.ahead(10),
        &mat.views(&["lift"]),
        None,
    );
    story.will_ask(
        "Mum and Efua to follow the first two journeys by phone",
        "Efua Osei",
        days.ahead(20),
        &[],
        Some("Mum's worry is not Daniel's view; he agreed to two journeys, not more."),
    );
    story.does_nothing(&mat.views(&["power-chair", "car"]), "It does not differ: these are easy already.");
    story.will_ask(
        "mornings without a carer at six",
        "Home care",
        days.ahead(20),
        &day.all_but(&["breakfast", "computer"]),
        None,
    );
    story.does_nothing(&day.views(&["breakfast", "computer"]), "It does not differ: they stay as they are.");
    story.does_nothing(&choice.all_but(&[]), "It does not differ: he plays in the college band on Thursdays.");
    story.will_ask(
        "a day at the fair with Efua, lift and toilets asked about before",
        "P. Nair",
        days.ahead(14),
        &written.all_but(&[]),
        None,
    );
    story.does_nothing(&said.all_but(&[]), "It does not differ: he cooks for himself at college.");
    story.on(6, 15, 55, PRIYA);
    story.submits();
    story
}

/// Thirteen, eye-gaze. Who is in the house.
fn grace(days: &Days) -> Story {
    let mut story = Story::of("grace", NORTH, days);
    story.on(25, 14, 15, PRIYA);
    story.registered("Grace", "Liu", days.born(13, 88), "N20490");
    story.person("Mei Liu", "Mum", Held, Some("Cantonese"));
    story.person("Wai Liu", "Dad", Held, Some("Cantonese"));
    story.person("Lai Chan", "Po Po", NotHeld, Some("Cantonese"));
    story.person("Ethan Liu", "Little brother", NotHeld, None);
    story.communicates(CommunicationProfile {
        yes: "looks up".into(),
        no: "looks at her lap".into(),
        notes: "Own eye-gaze device, dwell 1.2 s. Calibrate first. A blank place to rest her eyes. No cartoons: she is thirteen.".into(),
        ..CommunicationProfile::new("eye-gaze device, rests on her choice 1.2 s, three choices", Input::Dwell, Cells::Three)
    });
    story.referred(26, 25);
    let visit = story.plans_visit(
        days.back(10),
        time(16, 15, 0, 0),
        "Above the shop at 60 High Street, side stairs. Cantonese interpreter booked: S. Wong",
        "Mount for her device, spare charger",
    );
    story.on(10, 16, 18, PRIYA);
    story.visits(
        visit,
        &Room {
            present: &["Mum", "Po Po", "S. Wong, interpreter"],
            checks: &["Calibrated: 5 of 5 points", "Lamp behind her off"],
            promise_told: None,
            assent: Some((
                Assent::Agreed,
                "Said it is about people, and that nobody is told what she does not want told, unless she is not safe.",
                "Looked up",
            )),
        },
    );
    let mat = story.mat(
        visit,
        "people",
        &[
            Turn::Placed("mum", "like", 4_800),
            Turn::Placed("teacher", "in-between", 7_200),
            Turn::Placed("nan", "like", 3_900),
            Turn::Placed("helper", "dont-like", 8_500),
            Turn::Placed("brother", "in-between", 6_700),
            Turn::Interrupted("dad", PauseReason::SomeoneCameIn, "like", 14_900),
            Turn::Placed("friend", "dont-like", 11_300),
            Turn::Left("sister", Escape::Skip, 2_800),
            Turn::Left("grandad", Escape::Skip, 3_000),
            Turn::Moved("brother", "like"),
        ],
    );
    story.finishes(&mat, &[Audience::Family], &[Audience::School], "looked up at family, at her lap for school");
    // How close, and more or less time with them; and what is a worry, a good thing, a dream.
    let close = story.is_asked(visit, (Kind::People, "people", &["mum", "nan", "brother", "friend"]), |who, _| {
        Some(match who {
            "friend" => 2,
            "brother" => 1,
            "mum+time" | "nan+time" => 2,
            "brother+time" => 1,
            _ => 0,
        })
    });
    story.finishes(&close, &[Audience::Family], &[Audience::School], "");
    let houses = story.is_asked(
        visit,
        (Kind::Houses, "activities", &["stories", "camping", "parties", "swimming"]),
        |what, _| match what {
            "parties" => Some(0),
            "stories" => Some(1),
            "camping" => Some(2),
            _ => None,
        },
    );
    story.finishes(&houses, &[Audience::Family], &[Audience::School], "");
    let days_out = story.is_asked(
        visit,
        (Kind::Several, "days-out", &["beach", "shopping", "horse-riding", "park"]),
        |turn, places| match turn {
            "first" => places.iter().position(|place| *place == "horse-riding"),
            "second" => places.iter().position(|place| *place == "beach"),
            _ => Some(places.len() - 1),
        },
    );
    story.finishes(&days_out, &[Audience::Family], &[Audience::School], "");
    story.leaves(visit);
    story.given(
        &mat,
        Support::None,
        &["S. Wong, interpreter"],
        OptionsChosenBy::Worker,
        Seen::WithSupporter { who: "S. Wong, interpreter".into() },
    );
    for more in [&close, &houses, &days_out] {
        let interpreter = "S. Wong, interpreter";
        story.given(
            more,
            Support::None,
            &[interpreter],
            OptionsChosenBy::Worker,
            Seen::WithSupporter { who: interpreter.into() },
        );
    }
    story.thinks(&mat, "At home she is content with everyone. Friend and helper are school words, and she asked that school is not told.", "She may have read friend as: I have none. Not the same as not liking one.");
    story.says(Some(visit), Lane::Parent, "Mum", "She was chosen for the school film and then they filmed without her. She did not look at the device for a week.", Some("Cantonese, interpreter S. Wong"));
    story.says(
        Some(visit),
        Lane::Family,
        "Po Po",
        "I read to her at night. She corrects me with her eyes.",
        Some("Cantonese, interpreter S. Wong"),
    );
    story.says(
        Some(visit),
        Lane::Observation,
        "P. Nair",
        "Turned her device off by herself when I named her helper, and on again when I changed the subject.",
        None,
    );
    story.copies_note(visit);
    story.on(5, 9, 45, PRIYA);
    story.writes(&Words {
        title: "friends, and who helps at school",
        analysis: "Grace is at ease at home. What she put away are her friend and her helper, both at school, both since the film. She does not want school told, and that is kept to: what is asked for can be asked without saying why.",
        considered: "That she is tired of being helped by anyone. Her teacher stood in between, so it is not all of school.",
        difference: "If Grace spoke, a thirteen-year-old would choose who sits with her. If letters came in Chinese, Mum would have known of the film before it was shown.",
        missing_voices: &format!("Dad: in the shop at each visit; asked for {} after closing, with S. Wong.", spoken(days.ahead(2))),
    });
    story.will_ask("Grace to meet two helpers and choose", "P. Nair", days.ahead(7), &mat.views(&["helper"]), None);
    story.does_nothing(
        &mat.views(&["mum", "nan", "dad", "brother"]),
        "It does not differ: Grace is content with her family as it is.",
    );
    story.will_ask(
        "somebody her age to read with, chosen by Grace",
        "P. Nair",
        days.ahead(14),
        &close.all_but(&["mum", "nan", "mum+time", "nan+time"]),
        None,
    );
    story.does_nothing(
        &close.views(&["mum", "nan", "mum+time", "nan+time"]),
        "It does not differ: they stay as close as they are.",
    );
    story.will_ask(
        "two nights of a camp with a hoist, by the sea, with horses",
        "Short breaks team",
        days.ahead(21),
        &[houses.views(&["camping"]), days_out.views(&["first", "second"])].concat(),
        None,
    );
    story.does_nothing(
        &houses.views(&["parties", "stories"]),
        "It does not differ: no party is planned, and Po Po reads on.",
    );
    story.on(2, 13, 10, PRIYA);
    story.submits();
    story
}
