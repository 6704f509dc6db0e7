//! Coast: Tom's children, whom nobody in North may read.

use domain::Verdict;
use domain::payload::capture::{Audience, Escape, OptionsChosenBy, PauseReason, Seen, Support};
use domain::payload::child::ParentalResponsibility::{Held, NotHeld, NotKnown};
use domain::payload::contact::{ContactFrom, SafeNow};
use domain::payload::making::Ink;
use domain::payload::plan::{DecisionOutcome, Outcome};
use domain::payload::profile::{Cells, CommunicationProfile, Input};
use domain::payload::visit::{Assent, Lane, NotGatheredReason};
use jiff::civil::time;

use super::story::{Days, Story, Turn, night::Night, plan::Words, visit::Room};
use super::{COAST, DUTY, IMRAN, SADE, TOM};

pub(super) fn stories(days: &Days) -> Vec<Story> {
    vec![
        freya(days),
        malachi(days),
        jakub(days),
        zofia(days),
        nia(days),
        hamza(days),
        callum(days),
        poppy(days),
        ruby(days),
    ]
}

/// Nine. Her plan waits for Imran.
fn freya(days: &Days) -> Story {
    let mut story = Story::of("freya", COAST, days);
    story.on(33, 9, 40, TOM);
    story.registered("Freya", "Sutton", days.born(9, 222), "C10771");
    story.person("Helena Sutton", "Mum", Held, None);
    story.person("Pete Sutton", "Dad", Held, None);
    story.communicates(CommunicationProfile {
        yes: "reaches".into(),
        no: "looks away and stays away".into(),
        notes: "Left hand only. Put the tablet low. Mornings.".into(),
        ..CommunicationProfile::new("reaches with her left hand, three choices", Input::Touch, Cells::Three)
    });
    story.referred(34, 33);
    let visit = story.plans_visit(
        days.back(11),
        time(9, 30, 0, 0),
        "Houseboat at the second mooring: call from the towpath",
        "Low tray",
    );
    story.on(11, 9, 36, TOM);
    story.visits(
        visit,
        &Room {
            present: &["Dad"],
            checks: &["Splint off", "Splashed face: awake"],
            promise_told: None,
            assent: Some((
                Assent::Agreed,
                "Let her press stop three times and stopped three times.",
                "Reached for the tablet",
            )),
        },
    );
    let mat = story.mat(
        visit,
        "days-out",
        &[
            Turn::Placed("beach", "like", 6_900),
            Turn::Placed("shopping", "dont-like", 8_200),
            Turn::Placed("horse-riding", "like", 5_500),
            Turn::Placed("lots-of-people", "dont-like", 7_700),
            Turn::Interrupted("park", PauseReason::Prompted, "in-between", 16_800),
            Turn::Placed("waiting", "dont-like", 6_100),
            Turn::Left("bowling", Escape::DontKnow, 9_300),
            Turn::Left("fair", Escape::Skip, 2_600),
        ],
    );
    story.finishes(&mat, &[Audience::Family, Audience::School], &[], "everyone");
    let horse = story.draws(
        visit,
        "activities",
        &[
            (Ink::Brown, &[(300, 520), (300, 380), (360, 330), (620, 330), (680, 380), (680, 520)]),
            (Ink::Brown, &[(680, 380), (760, 240), (830, 250), (840, 300), (760, 320)]),
            (Ink::Green, &[(120, 560), (260, 540), (480, 560), (720, 540), (900, 560)]),
            (Ink::Red, &[(480, 330), (480, 200)]),
        ],
    );
    story.finishes(&horse, &[Audience::Family], &[], "Dad");
    story.leaves(visit);
    story.given(&mat, Support::DeviceHeld, &["Dad on deck"], OptionsChosenBy::Family, Seen::Alone);
    story.given(&horse, Support::DeviceHeld, &["Dad on deck"], OptionsChosenBy::Child, Seen::Alone);
    story.thinks(&mat, "Outdoors and few people. Waiting is the hard part of every day out.", "");
    story.says(
        Some(visit),
        Lane::Parent,
        "Dad",
        "She rode once, on holiday. She has looked at that photo every day since.",
        None,
    );
    story.on(5, 13, 20, TOM);
    story.writes(&Words {
        title: "Saturdays outside",
        analysis: "Freya wants to be outdoors with few people and no queue. Riding is both, and she chose it with a straight reach.",
        considered: "That the photo of the holiday stands for the holiday and not the horse.",
        difference: "If Freya sat unaided she would be in the village riding class.",
        missing_voices: "Mum: nights this month; asked for a Sunday call.",
    });
    story.will_ask(
        "a place with the riding group for disabled children",
        "T. Reid",
        days.ahead(10),
        &mat.views(&["horse-riding", "beach"]),
        None,
    );
    story.on(4, 16, 0, TOM);
    story.submits();
    story
}

/// Twelve. Authorised; one action not agreed, and why.
fn malachi(days: &Days) -> Story {
    let mut story = Story::of("malachi", COAST, days);
    story.on(44, 14, 0, TOM);
    story.registered("Malachi", "Green", days.born(12, 101), "C10702");
    story.person("Sharon Green", "Mum", Held, None);
    story.person("Delroy Green", "Grandad", NotHeld, None);
    story.communicates(CommunicationProfile {
        yes: "nods".into(),
        no: "shakes his head".into(),
        notes: "Understands everything. Signs and his own gestures; Grandad knows them all.".into(),
        ..CommunicationProfile::new("points, three choices; gestures Grandad knows", Input::Touch, Cells::Three)
    });
    story.referred(45, 44);
    let visit = story.plans_visit(days.back(28), time(16, 0, 0, 0), "5 Chapel Rise, Grandad's, not home", "");
    story.on(28, 16, 3, TOM);
    story.visits(
        visit,
        &Room {
            present: &["Grandad"],
            promise_told: None,
            checks: &["Glasses on"],
            assent: Some((Assent::Agreed, "Said it in words; he signed it back.", "Nodded")),
        },
    );
    let mat = story.mat(
        visit,
        "school-day",
        &[
            Turn::Placed("computer", "like", 3_800),
            Turn::Placed("lunch", "dont-like", 4_700),
            Turn::Placed("teacher", "like", 3_300),
            Turn::Placed("loud-noises", "dont-like", 2_900),
            Turn::Placed("pe", "in-between", 6_600),
            Turn::Placed("quiet-time", "like", 4_100),
            Turn::Placed("playtime", "dont-like", 5_400),
            Turn::Placed("other-children", "in-between", 7_900),
        ],
    );
    story.finishes(&mat, &[Audience::School], &[], "tell my teacher");
    story.leaves(visit);
    story.given(
        &mat,
        Support::None,
        &["Grandad"],
        OptionsChosenBy::Worker,
        Seen::WithSupporter { who: "Delroy Green, at Malachi's wish".into() },
    );
    story.says(Some(visit), Lane::Family, "Grandad", "He comes home hungry. He will not eat where they shout.", None);
    story.on(24, 10, 0, TOM);
    story.writes(&Words {
        title: "lunch and break",
        analysis: "It is noise, at lunch and at play. The rest of the day he likes.",
        considered: "Being left out at play was looked for and not found.",
        difference: "If Malachi spoke he would have asked for the library years ago.",
        missing_voices: "",
    });
    let library = story.will_ask(
        "lunch in the library with one friend",
        "Class teacher",
        days.back(8),
        &mat.views(&["lunch", "playtime"]),
        None,
    );
    let bell = story.will_ask(
        "a light in place of the bell",
        "Head teacher",
        days.back(8),
        &mat.views(&["loud-noises"]),
        None,
    );
    story.does_nothing(
        &mat.views(&["computer", "teacher", "quiet-time", "pe", "other-children"]),
        "It does not differ: these are as he wants them.",
    );
    story.submits();
    story.on(22, 11, 30, IMRAN);
    story.decides(
        DecisionOutcome::Authorised,
        "Small, clear and his own. Tell him the answer on the bell yourself, whichever way it goes.",
    );
    story.on(14, 13, 45, TOM);
    story.outcome(library, Outcome::Agreed);
    story.outcome(
        bell,
        Outcome::NotAgreed {
            why: "One bell for the whole site; school will warn him five minutes before instead.".into(),
        },
    );
    story.on(6, 9, 10, TOM);
    story.outcome(library, Outcome::Done);
    story
}

/// Eleven. Sade helped out once; what she wrote was let in.
fn jakub(days: &Days) -> Story {
    let mut story = Story::of("jakub", COAST, days);
    story.on(23, 10, 5, TOM);
    story.registered("Jakub", "Nowak", days.born(11, 140), "C10812");
    story.person("Ewa Nowak", "Mum", Held, Some("Polish"));
    story.person("Piotr Nowak", "Dad", Held, Some("Polish"));
    story.person("Zofia Nowak", "Sister", NotHeld, None);
    story.communicates(CommunicationProfile {
        yes: "tak, or a nod".into(),
        no: "nie".into(),
        notes: "Polish at home, English at school: ask in both and note which he answered in.".into(),
        ..CommunicationProfile::new("speaks single words, Polish and English; touches", Input::Touch, Cells::Three)
    });
    story.referred(24, 23);
    story.on(15, 17, 15, SADE);
    story.expecting(Verdict::Held).says(None, Lane::Parent, "Mum", "Met at the clinic with the other team's worker: Jakub wants his own room, he tells everyone, even the bus driver.", Some("Polish, interpreter M. Zielinska"));
    story.on(13, 9, 30, IMRAN);
    story.admits();
    story.on(4, 11, 0, TOM);
    story.plans_visit(
        days.ahead(2),
        time(16, 30, 0, 0),
        "12 Harbour Terrace, both children home from four",
        "Home mat in Polish and English",
    );
    story
}

/// Seven, Jakub's sister.
fn zofia(days: &Days) -> Story {
    let mut story = Story::of("zofia", COAST, days);
    story.on(23, 10, 45, TOM);
    story.registered("Zofia", "Nowak", days.born(7, 300), "C10813");
    story.person("Ewa Nowak", "Mum", Held, Some("Polish"));
    story.person("Piotr Nowak", "Dad", Held, Some("Polish"));
    story.person("Jakub Nowak", "Brother", NotHeld, None);
    story.communicates(CommunicationProfile::new(
        "pulls you to what she wants; two real things",
        Input::Partner,
        Cells::Two,
    ));
    story.referred(24, 23);
    story
}

/// Four. In hospital on the day.
fn nia(days: &Days) -> Story {
    let mut story = Story::of("nia", COAST, days);
    story.on(18, 9, 15, TOM);
    story.registered("Nia", "Bowen", days.born(4, 180), "C10840");
    story.person("Cerys Bowen", "Mam", Held, Some("Welsh"));
    story.person("Gwyn Bowen", "Taid", NotHeld, Some("Welsh"));
    story.communicates(CommunicationProfile::new(
        "eyes and breathing; watched over time",
        Input::EyePointing,
        Cells::Two,
    ));
    story.referred(19, 18);
    story.on(10, 10, 0, TOM);
    let visit = story.plans_visit(days.back(8), time(11, 0, 0, 0), "Ring first: she may be on the ward", "");
    story.on(8, 11, 20, TOM);
    story.visits(visit, &Room { present: &["Mam"], ..Room::default() });
    story.not_gathered(
        visit,
        NotGatheredReason::Unwell,
        "On the ward with a chest infection, oxygen up.",
        "Sat with Mam for ten minutes; Nia's eyes stayed shut. Nothing was asked.",
        days.ahead(5),
    );
    story.leaves(visit);
    story
}

/// Seventeen. Turning eighteen within the year.
fn hamza(days: &Days) -> Story {
    let mut story = Story::of("hamza", COAST, days);
    story.on(30, 13, 35, TOM);
    story.registered("Hamza", "Malik", days.born(17, 120), "C09655");
    story.person("Shazia Malik", "Mum", Held, None);
    story.person("Imtiaz Malik", "Uncle", NotHeld, None);
    story.communicates(CommunicationProfile::new(
        "talker with his own pages; verbatim first",
        Input::Touch,
        Cells::Three,
    ));
    story.referred(31, 30);
    story.says(None, Lane::Child, "Hamza", "Adult team. Who? Name. Photo.", Some("his talker, word for word"));
    story
}

/// Thirteen. An assessment under way.
fn callum(days: &Days) -> Story {
    let mut story = Story::of("callum", COAST, days);
    story.on(8, 15, 50, TOM);
    story.registered("Callum", "Reeves", days.born(13, 9), "C10866");
    story.person("Stacey Reeves", "Foster carer", NotHeld, None);
    story.person("Leanne Hobbs", "Mum", Held, None);
    story.communicates(CommunicationProfile::new(
        "one switch at his knee, three choices",
        Input::OneSwitch,
        Cells::Three,
    ));
    story.referred(9, 8);
    story.plans_visit(
        days.ahead(1),
        time(16, 0, 0, 0),
        "2 Lighthouse Close. Stacey asks that Mum's visits are not mentioned in the hall",
        "Switch and arm",
    );
    story.on(5, 19, 20, DUTY);
    let concern = story.concern(
        &Night {
            from: ContactFrom::Professional,
            who: "Nurse Adebayo, emergency department",
            said: "A bruise on his upper arm that nobody explains. He turns away when the arm is touched.",
            done: "He stays on the ward tonight; his grandmother is with him.",
            to_do: "Speak with the ward doctor before he goes home.",
        },
        SafeNow::Yes,
        "The manager on call at 19:05; police at 19:15.",
    );
    story.on(4, 8, 40, TOM);
    story.reads_contact(concern);
    story.on(4, 9, 5, IMRAN);
    story.answers_concern(
        concern,
        "Strategy meeting at 11 with the ward, police and school. Tom goes to see him first.",
    );
    story
}

/// Three. Newly registered.
fn poppy(days: &Days) -> Story {
    let mut story = Story::of("poppy", COAST, days);
    story.on(1, 14, 20, TOM);
    story.registered("Poppy", "Ashworth", days.born(3, 66), "C10879");
    story.person("Gemma Ashworth", "Mum", Held, None);
    story.person("Lee Turner", "Dad", NotKnown, None);
    story
}

/// Six. Newly registered; nothing yet but a name.
fn ruby(days: &Days) -> Story {
    let mut story = Story::of("ruby", COAST, days);
    story.on(1, 15, 45, TOM);
    story.registered("Ruby", "Fenwick", days.born(6, 250), "C10880");
    story.on(1, 22, 40, DUTY);
    story.contact(&Night {
        from: ContactFrom::Family,
        who: "Dawn Fenwick, mother",
        said: "She pulled her tube out and the community nurse does not answer.",
        done: "Gave the ward's number; rang back at 23:10: the ward has put it in again.",
        to_do: "Ring the mother. Ask who she can ring at night.",
    });
    story
}
