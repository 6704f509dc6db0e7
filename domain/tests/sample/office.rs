//! What happens away from the child: a contact in the night, an audit, a question of one's own.

use domain::Payload;
use domain::id::ContactId;
use domain::payload::audit::*;
use domain::payload::capture::Card;
use domain::payload::contact::*;
use domain::payload::keeping::*;
use domain::payload::library::*;
use domain::payload::team::*;
use domain::permission::Role;
use jiff::civil::{date, time};

use super::{AUDIT_ACTION, COVER, NORTH, QUESTION, SADE, TOM, amira, card};

pub(crate) fn audited() -> AuditWritten {
    let finding = |question| {
        let found = if question == AuditQuestion::Difference { Found::NotMet } else { Found::Met };
        let words = if found == Found::NotMet { "Nothing about her languages.".into() } else { String::new() };
        (question, Finding { found, words })
    };
    AuditWritten {
        child: amira(),
        team: NORTH,
        findings: AuditQuestion::ALL.into_iter().map(finding).collect(),
        praise: "She was asked twice, a week apart.".into(),
        actions: vec![AuditAction {
            action: AUDIT_ACTION,
            words: "Ask the family which languages she hears.".into(),
            owner: SADE.staff,
            due: date(2026, 12, 10),
        }],
    }
}

pub(crate) fn contact(contact: ContactId) -> ContactWritten {
    ContactWritten {
        contact,
        on: date(2026, 11, 26),
        at: time(2, 10, 0, 0),
        from: ContactFrom::Family,
        who: "Nadia Haddad, mother".into(),
        how: ContactHow::Telephone,
        said: "The lift is broken and we cannot get the chair out.".into(),
        done: "Rang the housing line; a carer sleeps in tonight.".into(),
        to_do: "Ask housing when the lift is mended.".into(),
        about: None,
    }
}

pub(crate) fn own_question() -> QuestionWritten {
    QuestionWritten {
        question: QUESTION,
        version: 1,
        topic: "activities".into(),
        words: "The hydro pool".into(),
        symbol: "swimming".into(),
        ask: "How do you feel about…".into(),
        language: "en-GB".into(),
        scale: "like".into(),
        cards: vec![card("bath", "the bath"), Card { symbol: "helper".into(), ..card("own-hoist", "the hoist") }],
        is_day: false,
        high_stakes: false,
    }
}

/// Tom is away for two weeks, and Sade stands in.
pub(crate) fn cover() -> CoverArranged {
    let (from, until) = (date(2026, 12, 1), date(2026, 12, 14));
    CoverArranged { cover: COVER, away: TOM.staff, by: SADE.staff, role: Role::Worker, from, until }
}

/// Somebody asks that the words of this entry be destroyed.
pub(crate) fn proposed(seq: u64) -> Payload {
    let reason = "It is about another child.".into();
    Payload::RedactionProposed(RedactionProposed { seq, kind: "VoiceAdded".into(), reason })
}
