//! Questions beside the built-in ones: proposed by one, decided by another; one child's own are its worker's to write.

use std::collections::BTreeSet;

use crate::code::Code;
use crate::id::StreamKind;
use crate::library::deciding;
use crate::payload::Payload;
use crate::payload::library::{MOST_CARDS, QuestionDecided, QuestionWritten};
use crate::permission::{Action, Actor};
use crate::standing::Standing;
use crate::vocabulary::Vocabulary;

/// So many questions has one child, one team or the council at most: the standing stays small, and nobody finds one among more.
const MOST_QUESTIONS: usize = 60;

/// What writing, deciding and putting away is called in the table of access, in a stream of this kind.
pub(super) fn action(payload: &Payload, stream: StreamKind) -> Action {
    match payload {
        Payload::QuestionWritten(_) if stream != StreamKind::Child => Action::Configure,
        _ => deciding(stream),
    }
}

pub(super) fn written(standing: &Standing, written: &QuestionWritten) -> Result<(), Code> {
    let before = standing.questions.get(&written.question);
    let ids: BTreeSet<&String> = written.cards.iter().map(|card| &card.id).collect();
    match before {
        None if standing.questions.len() >= MOST_QUESTIONS => Err(Code::TooManyQuestions),
        _ if before.map_or(0, |before| before.version).checked_add(1) != Some(written.version) => {
            Err(Code::StaleVersion)
        }
        _ if !(1..=MOST_CARDS).contains(&written.cards.len()) || ids.len() != written.cards.len() => {
            Err(Code::NotAskable)
        }
        // A child may bring what may be a sign of harm; nobody asks about it (PRACTICE A.22).
        _ if written.cards.iter().any(|card| Vocabulary::built_in().is_harm(card)) => Err(Code::NotAskable),
        _ => Ok(()),
    }
}

/// Nobody decides on their own proposal, and only the last version waits.
pub(super) fn decided(standing: &Standing, decided: &QuestionDecided, actor: Actor) -> Result<(), Code> {
    let question = standing.questions.get(&decided.question).ok_or(Code::UnknownQuestion)?;
    match () {
        () if question.version != decided.version => Err(Code::StaleVersion),
        () if question.is_decided => Err(Code::WrongState),
        () if question.by == actor.staff => Err(Code::OwnWork),
        () => Ok(()),
    }
}
