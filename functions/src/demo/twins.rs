//! Musa and Maryam, nine, twins: his plan waits for Helen, her assessment has begun.

use domain::asking::Kind;
use domain::payload::capture::{Audience, Escape, OptionsChosenBy, PauseReason, Seen, Support};
use domain::payload::child::ParentalResponsibility::{Held, NotHeld};
use domain::payload::profile::{Cells, CommunicationProfile, Input};
use domain::payload::visit::{Assent, Lane};
use jiff::civil::time;

use super::story::{Days, Story, Turn, plan::Words, spoken, visit::Room};
use super::{NORTH, SADE};

pub(super) fn stories(days: &Days) -> Vec<Story> {
    vec![musa(days), maryam(days)]
}

/// Nine, a twin; an adult offers each place. Who helps him wash.
fn musa(days: &Days) -> Story {
    let mut story = Story::of("musa", NORTH, days);
    story.on(26, 10, 0, SADE);
    story.registered("Musa", "Hussain", days.born(9, 12), "N20477");
    story.person("Nasreen Hussain", "Mum", Held, Some("Urdu"));
    story.person("Tariq Hussain", "Dad", Held, Some("Urdu"));
    story.person("Zubaida Begum", "Dadi", NotHeld, Some("Urdu"));
    story.person("Maryam Hussain", "Twin sister", NotHeld, None);
    story.communicates(CommunicationProfile {
        yes: "a long sound".into(),
        no: "goes still and looks down".into(),
        notes: "Offer slowly, same order, same voice. Wait for ten seconds before offering again. Do not help the sound along.".into(),
        ..CommunicationProfile::new("an adult offers each place; he sounds at his choice", Input::Partner, Cells::Three)
    });
    story.referred(27, 26);
    let visit = story.plans_visit(
        days.back(9),
        time(15, 30, 0, 0),
        "22 Station Road, ground floor. Shoes off. Urdu interpreter booked: F. Rahman",
        "Care picture cards; Musa's towel from school",
    );
    story.on(9, 15, 34, SADE);
    story.visits(
        visit,
        &Room {
            present: &["Dad", "Dadi", "F. Rahman, interpreter"],
            checks: &["Hearing aids in, new batteries", "On his side on the mat, where his sound is strongest"],
            promise_told: None,
            assent: Some((
                Assent::Agreed,
                "Showed the bath card and the stop card, said both names.",
                "A long sound at the bath card",
            )),
        },
    );
    let mat = story.mat(
        visit,
        "care",
        &[
            Turn::Placed("bath", "like", 21_400),
            Turn::Placed("teeth", "in-between", 26_200),
            Turn::Placed("pad", "dont-like", 24_800),
            Turn::Unclear("toilet", "dont-like", 38_100),
            Turn::Interrupted("getting-dressed", PauseReason::AdultAnswered, "in-between", 33_300),
            Turn::Pause(PauseReason::CareNeed, 340),
            Turn::Placed("helper", "dont-like", 23_900),
            Turn::Left("shower", Escape::Skip, 15_000),
            Turn::Placed("brushing-hair", "like", 18_700),
        ],
    );
    story.finishes(&mat, &[Audience::Family, Audience::School], &[], "a long sound at family and at school");
    let body = story.is_asked(visit, (Kind::Body, "care", &[]), |asked, places| {
        let answer = match asked {
            "where-1" => "head",
            "where-2" => "bottom",
            "head" => "feels-good",
            "bottom" => "sore-skin",
            _ => "that-is-all",
        };
        places.iter().position(|place| *place == answer)
    });
    story.finishes(&body, &[Audience::Family, Audience::School], &[], "");
    story.leaves(visit);
    story.given(
        &mat,
        Support::Prompts,
        &["F. Rahman, interpreter", "Dad next door"],
        OptionsChosenBy::Family,
        Seen::WithSupporter { who: "F. Rahman, interpreter".into() },
    );
    story.given(
        &body,
        Support::Prompts,
        &["F. Rahman, interpreter", "Dad next door"],
        OptionsChosenBy::Worker,
        Seen::WithSupporter { who: "F. Rahman, interpreter".into() },
    );
    story.thinks(&mat, "He likes water and being groomed. What he does not like is being changed, and whoever does it.", "Dad answered for him once, at getting dressed; that card counts for less. Sore skin, which the nurse is to look at.");
    story.says(
        Some(visit),
        Lane::Parent,
        "Dad",
        "Four different people came in one week. Two were women. He is nine: in our family a man washes a boy.",
        Some("Urdu, interpreter F. Rahman"),
    );
    story.says(
        Some(visit),
        Lane::Family,
        "Dadi",
        "With me he sings in the bath. I cannot lift him now.",
        Some("Urdu, interpreter F. Rahman"),
    );
    story.says(
        None,
        Lane::Professional,
        "Community nurse",
        "Red on both hips since last month. A longer gap between changes than the care plan says.",
        None,
    );
    story.copies_note(visit);
    story.on(3, 10, 20, SADE);
    story.writes(&Words {
        title: "who helps Musa wash and change",
        analysis: "Musa likes water and does not like being changed by people he does not know. He placed the helper himself, after a break, and plainly. The nurse's finding and the four carers in a week point the same way: too many hands, at the wrong times.",
        considered: "Sore skin alone would explain the pad and the toilet, not the helper. Dad's prompt at one card.",
        difference: "If the family's faith had been asked about at the start, two men from one agency would have been asked for. If Musa could say no, he would not have been changed by a stranger.",
        missing_voices: &format!("Mum: at work on both dates; she is rung on {} with F. Rahman.", spoken(days.ahead(2))),
    });
    story.will_ask(
        "two named male carers, the same two each week, introduced by Dadi",
        "S. Okafor",
        days.ahead(5),
        &mat.views(&["helper", "pad"]),
        None,
    );
    story.will_ask(
        "changes at the times in the care plan, and his skin looked at weekly",
        "Community nurse",
        days.ahead(3),
        &[mat.views(&["toilet"]), body.views(&["bottom"])].concat(),
        None,
    );
    story.will_ask("bath, not shower, on carer days", "Care agency", days.ahead(5), &mat.views(&["bath"]), None);
    story.does_nothing(
        &[mat.views(&["brushing-hair", "teeth"]), body.views(&["head"])].concat(),
        "It does not differ: Dadi does these with him, and both want to keep it so.",
    );
    story.on(1, 9, 35, SADE);
    story.submits();
    story
}

/// Musa's twin: a visit next week.
fn maryam(days: &Days) -> Story {
    let mut story = Story::of("maryam", NORTH, days);
    story.on(12, 10, 40, SADE);
    story.registered("Maryam", "Hussain", days.born(9, 12), "N20478");
    story.person("Nasreen Hussain", "Mum", Held, Some("Urdu"));
    story.person("Tariq Hussain", "Dad", Held, Some("Urdu"));
    story.person("Musa Hussain", "Twin brother", NotHeld, None);
    story.communicates(CommunicationProfile {
        yes: "signs yes".into(),
        no: "signs no, or walks away".into(),
        notes: "Deaf; signs BSL at school, home signs with Musa. Interpreter for her, not only for her parents.".into(),
        ..CommunicationProfile::new("signs BSL; touches, three choices", Input::Touch, Cells::Three)
    });
    story.referred(12, 12);
    story.on(5, 11, 30, SADE);
    story.plans_visit(
        days.ahead(3),
        time(15, 45, 0, 0),
        "22 Station Road, ground floor. BSL interpreter asked for, not confirmed; Urdu: F. Rahman",
        "School photos. She likes to hold the tablet herself",
    );
    story
}
