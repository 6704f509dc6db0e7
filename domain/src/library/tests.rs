use super::*;
use crate::cast::*;
use crate::code::Code;
use crate::id::{QuestionId, StreamId};
use crate::payload::Payload;
use crate::payload::library::{QuestionDecided, QuestionDecision, QuestionPutAway, QuestionWritten};
use crate::permission::Actor;
use crate::script::Script;

fn write(version: u32, words: &str) -> Payload {
    Payload::QuestionWritten(QuestionWritten { version, words: words.into(), ..own_question() })
}

fn decide(version: u32, decision: QuestionDecision) -> Payload {
    Payload::QuestionDecided(QuestionDecided { question: QUESTION, version, decision })
}

fn no() -> QuestionDecision {
    QuestionDecision::Declined { reason: "It leads.".into() }
}

fn refused(script: &Script, actor: Actor, stream: StreamId, payload: Payload) -> Option<Code> {
    script.try_in(stream, actor, payload).code
}

/// The words of what is asked beside the built-in questions, after this happened in a stream.
fn asked(stream: StreamId, script: &Script) -> Vec<String> {
    let library = Library::of([(stream.kind, &script.record())]);
    let own = library.all().iter().filter(|listed| listed.whose != Whose::BuiltIn);
    own.map(|listed| listed.question.words.clone()).collect()
}

#[test]
fn a_proposed_question_is_asked_once_somebody_else_approved_it() {
    let mut script = Script::default();
    script.in_stream(north(), SADE, write(1, "The hydro pool"));
    assert_eq!(asked(north(), &script), [""; 0]);
    script.in_stream(north(), HELEN, decide(1, QuestionDecision::Approved));
    assert_eq!(asked(north(), &script), ["The hydro pool"]);
    // The next version is proposed; meanwhile this one is asked, and still is where the next is declined.
    script.in_stream(north(), TOM, write(2, "The warm pool"));
    assert_eq!(asked(north(), &script), ["The hydro pool"]);
    script.in_stream(north(), HELEN, decide(2, no()));
    assert_eq!(asked(north(), &script), ["The hydro pool"]);
    script.in_stream(north(), HELEN, Payload::QuestionPutAway(QuestionPutAway { question: QUESTION }));
    assert_eq!(asked(north(), &script), [""; 0]);
}

#[test]
fn nobody_decides_on_their_own_question_twice_or_on_a_version_that_is_gone() {
    let mut script = Script::default();
    script.in_stream(north(), HELEN, write(1, "The hydro pool"));
    let approve = decide(1, QuestionDecision::Approved);
    assert_eq!(refused(&script, HELEN, north(), approve.clone()), Some(Code::OwnWork));
    assert_eq!(refused(&script, SADE, north(), approve.clone()), Some(Code::NotAllowed));
    assert_eq!(refused(&script, IMRAN, north(), approve.clone()), Some(Code::NotAllowed));
    assert_eq!(refused(&script, RUTH, north(), write(2, "Of another team")), Some(Code::NotAllowed));
    assert_eq!(refused(&script, SADE, north(), write(3, "Version 3")), Some(Code::StaleVersion));
    assert_eq!(refused(&script, SADE, north(), write(1, "Again")), Some(Code::StaleVersion));
    script.in_stream(north(), SADE, write(2, "The warm pool"));
    assert_eq!(refused(&script, HELEN, north(), approve), Some(Code::StaleVersion));
    script.in_stream(north(), HELEN, decide(2, QuestionDecision::Approved));
    assert_eq!(refused(&script, HELEN, north(), decide(2, no())), Some(Code::WrongState));
    let of_nothing = Payload::QuestionPutAway(QuestionPutAway { question: QuestionId(uuid::Uuid::from_u128(1)) });
    assert_eq!(refused(&script, HELEN, north(), of_nothing), Some(Code::UnknownQuestion));
}

#[test]
fn one_child_s_own_question_is_its_worker_s_and_asked_at_once() {
    let mut script = Script::registered();
    assert_eq!(refused(&script, TOM, amira(), write(1, "The band")), Some(Code::NotAllowed));
    assert_eq!(refused(&script, HELEN, amira(), write(1, "The band")), Some(Code::NotAllowed));
    script.in_stream(amira(), SADE, write(1, "The band"));
    script.in_stream(amira(), SADE, write(2, "The steel band"));
    assert_eq!(asked(amira(), &script), ["The steel band"]);
    let decided = decide(2, QuestionDecision::Approved);
    assert_eq!(refused(&script, HELEN, amira(), decided), Some(Code::WrongRecord));
}

#[test]
fn the_council_s_questions_are_proposed_by_everybody_and_decided_by_the_administrator() {
    let council = StreamId::council();
    for actor in [SADE, RUTH, HELEN, IMRAN] {
        let mut script = Script::default();
        script.in_stream(council, actor, write(1, "The hydro pool"));
        let approve = decide(1, QuestionDecision::Approved);
        for other in [TOM, HELEN, IMRAN, DUTY, AUDITOR].into_iter().filter(|other| *other != actor) {
            assert_eq!(refused(&script, other, council, approve.clone()), Some(Code::NotAllowed), "{other:?}");
        }
        script.in_stream(council, ADMINISTRATOR, approve);
        assert_eq!(asked(council, &script), ["The hydro pool"]);
    }
    for actor in [DUTY, AUDITOR] {
        assert_eq!(refused(&Script::default(), actor, council, write(1, "No")), Some(Code::NotAllowed));
    }
}

#[test]
fn a_question_without_cards_with_too_many_with_two_alike_or_about_harm_is_refused() {
    let script = Script::registered();
    let one = || card("bath", "the bath");
    let many = (0..13).map(|n| card(&format!("own-{n}"), "something")).collect();
    let harm = card("own-1", "where it hurts");
    let harm = crate::payload::capture::Card { symbol: "hurt".into(), ..harm };
    for cards in [Vec::new(), vec![one(), one()], many, vec![harm]] {
        let written = Payload::QuestionWritten(QuestionWritten { cards, ..own_question() });
        assert_eq!(refused(&script, SADE, amira(), written), Some(Code::NotAskable));
    }
    let blank = QuestionWritten { cards: vec![card("own-1", "\u{200B}")], ..own_question() };
    assert_eq!(refused(&script, SADE, amira(), Payload::QuestionWritten(blank)), Some(Code::WordsRequired));
}

#[test]
fn a_card_with_words_of_its_own_on_a_picture_of_harm_may_be_a_sign_of_harm() {
    let words = Vocabulary::built_in();
    let hurts = words.topics.iter().flat_map(|topic| &topic.symbols).map(|symbol| symbol.card());
    let hurts = hurts.into_iter().find(|card| words.is_harm(card)).expect("there is one");
    let renamed = crate::payload::capture::Card { id: "own-1".into(), words: "the hoist".into(), ..hurts };
    assert!(words.is_harm(&renamed));
}

#[test]
fn nobody_has_more_questions_than_anybody_would_look_through() {
    let mut script = Script::registered();
    let nth = |n: u128| {
        Payload::QuestionWritten(QuestionWritten { question: QuestionId(uuid::Uuid::from_u128(n)), ..own_question() })
    };
    for n in 1..=60 {
        script.in_stream(amira(), SADE, nth(n));
    }
    assert_eq!(refused(&script, SADE, amira(), nth(61)), Some(Code::TooManyQuestions));
    let away = QuestionPutAway { question: QuestionId(uuid::Uuid::from_u128(1)) };
    script.in_stream(amira(), SADE, Payload::QuestionPutAway(away));
    assert_eq!(refused(&script, SADE, amira(), nth(61)), None);
}

#[test]
fn a_week_of_ones_own_is_asked_part_by_part() {
    let words = Vocabulary::built_in();
    let week = |is_day| Question::own(&QuestionWritten { is_day, ..own_question() });
    let by_day = |question: &Question| words.asked_by(crate::asking::Kind::Day, question).is_some();
    assert!(by_day(&week(true)) && !by_day(&week(false)));
}
