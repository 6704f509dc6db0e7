//! Amira, eight: a plan authorised, one returned, one open; a promise agreed and not yet told.

use domain::id::{ActionId, VisitId};
use domain::payload::capture::{Audience, EndedBy, Escape, OptionsChosenBy, PauseReason, Seen, Support};
use domain::payload::child::ParentalResponsibility::{Held, NotHeld};
use domain::payload::plan::{DecisionOutcome, Field, Outcome};
use domain::payload::profile::{Cells, CommunicationProfile, Input};
use domain::payload::visit::{Assent, Lane};
use jiff::civil::time;

use super::story::{Days, Mat, Story, Turn, plan::Words, spoken, visit::Room};
use super::{HELEN, NORTH, SADE};

const PUNJABI: Option<&str> = Some("Punjabi, interpreter R. Gill");

pub(super) fn stories(days: &Days) -> Vec<Story> {
    let mut story = Story::of("amira", NORTH, days);
    let first = registered(&mut story, days);
    let journey = going_to_school(&mut story, first);
    let seat = version_one(&mut story, days, &journey);
    let nights = night_time(&mut story, days);
    version_two(&mut story, days, &journey, &nights);
    version_three(&mut story, days, seat);
    vec![story]
}

fn registered(story: &mut Story, days: &Days) -> VisitId {
    story.on(30, 9, 40, SADE);
    story.registered("Amira", "Kaur", days.born(8, 130), "N20418");
    story.person("Harpreet Kaur", "Mum", Held, Some("Punjabi"));
    story.person("Manjit Singh", "Dad", Held, None);
    story.person("Surinder Kaur", "Nani", NotHeld, Some("Punjabi"));
    story.person("Dawn Fletcher", "Class teacher", NotHeld, None);
    story.communicates(CommunicationProfile {
        yes: "looks at you and smiles".into(),
        no: "turns her head to the left".into(),
        notes: "Sit level with her eyes, tablet on the wedge, light behind her. Look away, look back, then read. Tires after 20 minutes: shuts her eyes. Red switch cup.".into(),
        ..CommunicationProfile::new("points with her eyes, two choices; worker reads", Input::EyePointing, Cells::Two)
    });
    story.referred(31, 30);
    story.on(29, 14, 5, HELEN);
    story.allocated(&[SADE]);
    story.on(18, 11, 20, SADE);
    story.plans_visit(
        days.back(15),
        time(10, 0, 0, 0),
        "14 Mill Lane, side gate. Mum and Nani at home. Punjabi interpreter booked: R. Gill",
        "Tablet wedge, red switch cup, photo of the bus",
    )
}

/// Three weeks ago: what she thinks of getting to school.
fn going_to_school(story: &mut Story, visit: VisitId) -> Mat {
    story.on(15, 10, 4, SADE);
    story.visits(visit, &Room {
        present: &["Mum", "Nani", "R. Gill, interpreter", "K. Doyle, advocate"],
        checks: &["Glasses on and clean", "In her own chair, head supported", "No pain this morning, says Mum"],
        promise_told: None,
        assent: Some((
            Assent::Agreed,
            "Showed her the bus photo and the tablet, said what we would do and that she can stop. Mum and Nani went to the kitchen.",
            "Looked at me and smiled, then at the tablet",
        )),
    });
    let mat = story.mat(
        visit,
        "school-journey",
        &[
            Turn::Placed("walking", "like", 11_200),
            Turn::Placed("car", "like", 8_900),
            Turn::Placed("bus", "like", 38_000),
            Turn::Placed("lots-of-people", "dont-like", 12_600),
            Turn::Unclear("minibus", "dont-like", 27_300),
            Turn::Pause(PauseReason::Tired, 190),
            Turn::Placed("my-seat", "dont-like", 14_100),
            Turn::Left("waiting", Escape::DontKnow, 19_700),
            Turn::Interrupted("taxi", PauseReason::SomeoneCameIn, "like", 31_500),
            Turn::Moved("bus", "dont-like"),
        ],
    );
    story.finishes(&mat, &[Audience::School], &[Audience::Family], "don't show Dad");
    story.leaves(visit);
    let seen = Seen::WithSupporter { who: "K. Doyle, advocate".into() };
    story.given(&mat, Support::None, &["K. Doyle, advocate", "Mum next door"], OptionsChosenBy::Worker, seen);
    story.thinks(
        &mat,
        "It is the journey, not school: the bus, the minibus and her seat went under don't like, walking and the car did not. She put the bus under like at first, looked back at it twice in the review and moved it.",
        "She was tired after the fifth card. The bus may have stood under like because that picture was nearest the window. Pain on sitting has not been ruled out.",
    );
    story.says(
        Some(visit),
        Lane::Parent,
        "Mum",
        "She cries when the bus comes. She used to love it. I hear her from the gate.",
        PUNJABI,
    );
    story.says(
        Some(visit),
        Lane::Family,
        "Nani",
        "On the bus nobody talks to her. In the car I sing and she laughs.",
        PUNJABI,
    );
    story.says(Some(visit), Lane::Observation, "S. Okafor", "When the bus photo came out of the bag she turned her head left before anything was asked. No tears. She settled when it was put face down.", None);
    story.says(None, Lane::Professional, "Class teacher", "Amira arrives upset on most days and is herself again by the second song. It began the week her seat harness was changed.", None);
    story.copies_note(visit);
    mat
}

fn version_one(story: &mut Story, days: &Days, journey: &Mat) -> ActionId {
    story.on(12, 13, 15, SADE);
    story.writes(&Words {
        title: "getting to school",
        analysis: "Amira does not like the bus or her seat on it. She likes the car, the taxi and walking, and nothing she said was against school. Mum and her teacher both date the change to the week the harness was changed.",
        considered: "Noise of the new route. Pain on sitting: the occupational therapist to check. That she misses Nani, who used to wave her off.",
        difference: "If Amira could speak, the escort would have heard no on the first morning. The escort does not know her sign for stop; one who does would change what we plan. Mum was told about the harness by a letter in English.",
        missing_voices: "",
    });
    let seat = story.will_ask("a window seat", "S. Okafor", days.back(2), &journey.views(&["my-seat"]), None);
    story.will_ask(
        "the school to look at the new harness with Amira in it, and to write its restraint assessment",
        "Occupational therapist",
        days.ahead(6),
        &journey.views(&["bus", "minibus"]),
        None,
    );
    story.does_nothing(
        &journey.views(&["walking", "car", "taxi"]),
        "It does not differ: Amira likes these, and they stay as they are.",
    );
    story.submits();
    story.on(11, 16, 10, HELEN);
    story.decides(
        DecisionOutcome::Returned,
        "Clear line from what Amira showed to what we ask. Ask about the seat now: it is quick, and she will see that it made a difference. Her nights are not in it: ask her before you send it again.",
    );
    seat
}

/// Eight working days ago: a mat she stopped.
fn night_time(story: &mut Story, days: &Days) -> Mat {
    story.on(10, 9, 10, SADE);
    let visit = story.plans_visit(
        days.back(8),
        time(16, 0, 0, 0),
        "14 Mill Lane, side gate. After school: give her half an hour. Nani at home",
        "Teddy photo, red switch cup",
    );
    story.on(8, 16, 6, SADE);
    story.visits(
        visit,
        &Room {
            present: &["Nani", "R. Gill, interpreter"],
            checks: &["Glasses on and clean", "In the standing frame, then her chair"],
            promise_told: None,
            assent: Some((
                Assent::Agreed,
                "Showed the bed picture and the stop picture. Practised stop once.",
                "Looked at the tablet and smiled",
            )),
        },
    );
    let mat = story.mat(
        visit,
        "night-time",
        &[
            Turn::Placed("teddy", "like", 7_800),
            Turn::Placed("on-my-own", "dont-like", 13_400),
            Turn::Placed("light", "like", 10_900),
            Turn::Left("the-dark", Escape::Stop, 9_600),
        ],
    );
    story.ends(&mat, EndedBy::Child);
    story.leaves(visit);
    story.given(
        &mat,
        Support::DeviceHeld,
        &["R. Gill, interpreter", "Nani next door"],
        OptionsChosenBy::Worker,
        Seen::WithSupporter { who: "R. Gill, interpreter".into() },
    );
    story.thinks(
        &mat,
        "She stopped at the dark. Three cards are not enough to say what nights are like for her.",
        "It was late in the day. She may have had enough, whatever the picture.",
    );
    story.says(
        Some(visit),
        Lane::Family,
        "Nani",
        "She wakes when they use the hoist to turn her. I hold her hand.",
        PUNJABI,
    );
    mat
}

fn version_two(story: &mut Story, days: &Days, journey: &Mat, nights: &Mat) {
    story.on(7, 10, 45, SADE);
    story.will_ask(
        "someone Amira knows to be with her when she is turned at night",
        "S. Okafor",
        days.ahead(10),
        &nights.views(&["on-my-own"]),
        None,
    );
    story.will_ask(
        "an escort who knows Amira's sign for stop",
        "School transport",
        days.ahead(12),
        &journey.views(&["bus", "lots-of-people"]),
        None,
    );
    story.submits();
    story.on(5, 9, 25, HELEN);
    story.decides(
        DecisionOutcome::Returned,
        "The escort is right. Dad's voice is missing and the plan does not say so. Amira asked that he is not shown this: say how you will hear him without telling him.",
    );
}

/// The seat is agreed, and a draft waits for today's visit.
fn version_three(story: &mut Story, days: &Days, seat: ActionId) {
    story.on(4, 15, 30, SADE);
    story.says(
        None,
        Lane::Professional,
        "School transport",
        "A window seat on the left is free from Monday. The driver has been told to ask her first.",
        None,
    );
    story.outcome(seat, Outcome::Agreed);
    story.on(3, 17, 20, SADE);
    let missing = format!(
        "Dad: rung {}, no answer; again {}. He is asked what he sees on his weekends, and is not told what Amira placed.",
        spoken(days.back(3)),
        spoken(days.ahead(4)),
    );
    story.sets(Field::PlanMissingVoices, &missing);
    story.on(2, 11, 30, SADE);
    story.plan_todays_visit();
}
