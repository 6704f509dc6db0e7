//! Words that are seen, and names that are plain: one rule for [`judge`](crate::judge()) and for forms.
//!
//! A required word is one that somebody can see: white space, controls, joiners, fillers and the like are none. Names keep
//! every script, and lose controls and what turns the direction of the text around them.

mod parts;

use crate::code::Code;
use crate::payload::Payload;
use crate::payload::capture::Seen;
use crate::payload::family::Address;
use crate::payload::harm::HarmDecision;
use crate::payload::library::QuestionDecision;
use crate::payload::plan::{Outcome, Step};
use crate::payload::visit::NotGatheredReason;

pub use parts::all_parts;

/// Characters without a shape of their own, beside white space and controls. From the Unicode Character Database 16.0:
/// `Default_Ignorable_Code_Point` (DerivedCoreProperties.txt), blanks that are letters or symbols by category, marks that
/// need a base, private use and noncharacters.
#[rustfmt::skip]
const UNSEEN: &[(u32, u32)] = &[
    // Soft hyphen, combining marks with the grapheme joiner, Arabic letter mark, Hangul fillers, Khmer inherent vowels.
    (0x00AD, 0x00AD), (0x0300, 0x036F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5),
    // Mongolian selectors, further combining marks.
    (0x180B, 0x180F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF),
    // Zero-width space and joiners, direction marks, embeddings, word joiner, invisible operators, marks for symbols.
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x20D0, 0x20FF),
    // Blank Braille pattern, Hangul filler.
    (0x2800, 0x2800), (0x3164, 0x3164),
    // Private use, noncharacters, variation selectors, half marks, byte order mark, halfwidth filler, annotation.
    (0xE000, 0xF8FF), (0xFDD0, 0xFDEF), (0xFE00, 0xFE0F), (0xFE20, 0xFE2F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB),
    (0xFFFE, 0xFFFF),
    // Shorthand controls, empty note head, musical controls, tags, supplementary selectors and private use.
    (0x1BCA0, 0x1BCA3), (0x1D159, 0x1D159), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF), (0xF0000, 0x10_FFFF),
];

fn is_seen(character: char) -> bool {
    let code = u32::from(character);
    let hidden = UNSEEN.iter().any(|(first, last)| (*first..=*last).contains(&code));
    !(hidden || character.is_whitespace() || character.is_control())
}

/// Whether there is anything to see.
pub fn is_visible(words: &str) -> bool {
    words.chars().any(is_seen)
}

/// What was typed, without what cannot be seen at its ends; empty where nothing can be seen.
pub fn trimmed(words: &str) -> &str {
    let is_edge = |character: char| {
        character.is_whitespace() || character.is_control() || matches!(character, '\u{200B}' | '\u{2060}' | '\u{FEFF}')
    };
    if is_visible(words) { words.trim_matches(is_edge) } else { "" }
}

/// Whether a name has nothing in it that would reach beyond it: controls, line ends, embeddings and overrides.
pub fn is_plain_name(name: &str) -> bool {
    !name.chars().any(reaches_beyond)
}

fn reaches_beyond(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{206F}')
}

/// A name as it was typed, made plain. Every script stays as it is, with its joiners and direction marks.
pub fn plain_name(name: &str) -> String {
    let spaced = name.chars().map(|character| match character {
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => ' ',
        other => other,
    });
    trimmed(&spaced.filter(|character| !reaches_beyond(*character)).collect::<String>()).to_owned()
}

/// Every word of an operation that a person could read: what is shown before it is destroyed. Ids, dates and times are left
/// out.
pub fn all_words(payload: &Payload) -> Vec<String> {
    fn collect(value: &serde_json::Value, found: &mut Vec<String>) {
        match value {
            serde_json::Value::String(text) if !is_machine_made(text) && is_visible(text) => found.push(text.clone()),
            serde_json::Value::Array(all) => all.iter().for_each(|one| collect(one, found)),
            serde_json::Value::Object(all) => all.values().for_each(|one| collect(one, found)),
            _ => {}
        }
    }
    if let Payload::SetField(set) = payload {
        return vec![set.value.clone()];
    }
    let (_, data) = payload.encode();
    let mut found = Vec::new();
    collect(&serde_json::from_str(data.get()).unwrap_or_default(), &mut found);
    found.dedup();
    found
}

fn is_machine_made(text: &str) -> bool {
    text.parse::<uuid::Uuid>().is_ok()
        || text.parse::<crate::id::StreamId>().is_ok()
        || text.parse::<jiff::civil::Date>().is_ok()
        || text.parse::<jiff::civil::Time>().is_ok()
}

/// Why an operation is short of words, if it is: a required word that cannot be seen, or a name that is not plain.
pub fn problem(payload: &Payload) -> Option<Code> {
    let missing = required(payload).into_iter().find(|(words, _)| !is_visible(words)).map(|(_, code)| code);
    missing.or_else(|| names(payload).into_iter().any(|name| !is_plain_name(name)).then_some(Code::NameNotPlain))
}

/// Every word that a payload must have, with what its lack is called. What is required on a condition that depends on
/// more than the payload's own words stands in [`judge`](crate::judge()).
fn required(payload: &Payload) -> Vec<(String, Code)> {
    let fact = |words: &str| (words.to_owned(), Code::BlankWords);
    match payload {
        Payload::ChildRegistered(of) => vec![fact(&format!("{}{}", of.name.given, of.name.family))],
        Payload::FamilyRegistered(of) => vec![fact(&of.name)],
        Payload::AddressRecorded(of) => match &of.address {
            Address::Known(words) => vec![fact(words)],
            Address::Withheld { ask } => vec![fact(ask)],
        },
        Payload::PersonRecorded(of) => vec![fact(&format!("{}{}", of.name, of.relationship))],
        Payload::ProfileSet(of) => vec![(of.profile.summary.clone(), Code::WordsRequired)],
        Payload::VisitStarted(of) => of.present.iter().map(|present| fact(&present.who)).collect(),
        Payload::Assented(of) => vec![fact(&of.how), fact(&of.signal)],
        Payload::VoiceAdded(of) => vec![fact(&of.who), fact(&of.words)],
        Payload::NotGathered(of) if of.reason == NotGatheredReason::Other => vec![fact(&of.words), fact(&of.tried)],
        Payload::NotGathered(of) => vec![fact(&of.tried)],
        Payload::HowGiven(of) => match &of.seen {
            Seen::Alone => Vec::new(),
            Seen::WithSupporter { who } | Seen::FamilyPresent { who } => vec![fact(who)],
            Seen::ParentPresent { why } => vec![fact(why)],
        },
        Payload::InterpretationAdded(of) => vec![fact(&of.words)],
        Payload::HarmLookedAt(of) if of.decision != HarmDecision::Looked => vec![fact(&of.words)],
        Payload::ObservationStarted(of) => vec![fact(&of.what), fact(&of.who)],
        Payload::ObservationRead(of) => {
            [&of.who, &of.behaviour, &of.meaning, &of.otherwise].map(|words| fact(words)).to_vec()
        }
        Payload::HarmSeen(of) => vec![(of.words.clone(), Code::WordsRequired)],
        Payload::ContactWritten(of) => {
            let about = of.about.iter().map(|about| &about.words);
            [&of.who, &of.said, &of.done].into_iter().chain(about).map(|words| fact(words)).collect()
        }
        Payload::ConcernWritten(of) => {
            let about = of.contact.about.iter().map(|about| &about.words);
            let words = [&of.contact.who, &of.contact.said, &of.contact.done, &of.told];
            words.into_iter().chain(about).map(|words| fact(words)).collect()
        }
        Payload::ConcernSeen(of) => vec![(of.words.clone(), Code::WordsRequired)],
        Payload::AuditWritten(of) => {
            let missing = of.findings.values().filter(|finding| finding.found.needs_words());
            let words = missing.map(|finding| &finding.words).chain(of.actions.iter().map(|action| &action.words));
            words.map(|words| (words.clone(), Code::WordsRequired)).collect()
        }
        Payload::AuditActionDone(of) => vec![(of.words.clone(), Code::WordsRequired)],
        Payload::ActionAdded(of) => match &of.step {
            Step::WeWillAsk { words, who, .. } => {
                vec![(words.clone(), Code::WordsRequired), (who.clone(), Code::WordsRequired)]
            }
            Step::NoAction => Vec::new(),
        },
        Payload::ActionOutcome(of) => match &of.outcome {
            Outcome::NotAgreed { why } | Outcome::NotDone { why } => vec![(why.clone(), Code::ReasonRequired)],
            Outcome::Agreed | Outcome::Done => Vec::new(),
        },
        Payload::RedactionProposed(of) => vec![(of.reason.clone(), Code::ReasonRequired)],
        Payload::RedactionDeclined(of) => vec![(of.reason.clone(), Code::ReasonRequired)],
        Payload::Declined(of) => vec![(of.reason.clone(), Code::ReasonRequired)],
        Payload::VisitCancelled(of) => vec![(of.reason.clone(), Code::ReasonRequired)],
        Payload::PlanDecided(of) => vec![(of.comment.clone(), Code::CommentRequired)],
        Payload::QuestionWritten(of) => {
            let cards = of.cards.iter().map(|card| card.words.as_str());
            let words = [of.words.as_str(), of.ask.as_str()].into_iter().chain(cards);
            words.map(|words| (words.to_owned(), Code::WordsRequired)).collect()
        }
        Payload::QuestionDecided(of) => match &of.decision {
            QuestionDecision::Declined { reason } => vec![(reason.clone(), Code::ReasonRequired)],
            QuestionDecision::Approved => Vec::new(),
        },
        Payload::SettingsSet(of) => {
            let telephones = of.telephones.iter().flat_map(|telephone| [&telephone.who, &telephone.number]);
            telephones.chain([&of.council]).map(|words| (words.clone(), Code::WordsRequired)).collect()
        }
        Payload::QuestionPutAway(_)
        | Payload::HarmLookedAt(_)
        | Payload::ObservationMarked(_)
        | Payload::MarkTakenBack(_)
        | Payload::StaffAssigned(_)
        | Payload::ChildInFamily(_)
        | Payload::FamilyOf(_)
        | Payload::VisitPlanned(_)
        | Payload::VisitEnded(_)
        | Payload::CaseNoteCopied(_)
        | Payload::PaperMade(_)
        | Payload::ContactSeen(_)
        | Payload::AuditSeen(_)
        | Payload::CaptureStarted(_)
        | Payload::Presented(_)
        | Payload::Answered(_)
        | Payload::Moved(_)
        | Payload::TakenBack(_)
        | Payload::LineDrawn(_)
        | Payload::LineTakenBack(_)
        | Payload::WordsTyped(_)
        | Payload::Escaped(_)
        | Payload::Paused(_)
        | Payload::Reviewed(_)
        | Payload::SharingChosen(_)
        | Payload::CaptureEnded(_)
        | Payload::ChangeWanted(_)
        | Payload::SetField(_)
        | Payload::PlanSubmitted(_)
        | Payload::CoverArranged(_)
        | Payload::CoverEnded(_)
        | Payload::Admit(_)
        | Payload::Redacted(_)
        | Payload::DuplicateOf(_)
        | Payload::NotDuplicateOf(_)
        | Payload::Unknown { .. } => Vec::new(),
    }
}

/// Every name in a payload.
fn names(payload: &Payload) -> Vec<&str> {
    match payload {
        Payload::ChildRegistered(of) => {
            [&of.name.given, &of.name.family].into_iter().chain(&of.name.known_as).map(String::as_str).collect()
        }
        Payload::FamilyRegistered(of) => vec![&of.name],
        Payload::PersonRecorded(of) => {
            [&of.name, &of.relationship].into_iter().chain(&of.agency).map(String::as_str).collect()
        }
        Payload::VisitStarted(of) => of.present.iter().map(|present| present.who.as_str()).collect(),
        Payload::VoiceAdded(of) => vec![&of.who],
        Payload::ObservationStarted(of) => vec![&of.who],
        Payload::ObservationRead(of) => vec![&of.who],
        Payload::ContactWritten(of) => vec![&of.who],
        Payload::ConcernWritten(of) => vec![&of.contact.who],
        Payload::Answered(of) => of.read_by.as_deref().into_iter().collect(),
        Payload::HowGiven(of) => {
            let seen = match &of.seen {
                Seen::WithSupporter { who } | Seen::FamilyPresent { who } => Some(who.as_str()),
                Seen::Alone | Seen::ParentPresent { .. } => None,
            };
            of.present.iter().map(String::as_str).chain(of.read_by.as_deref()).chain(seen).collect()
        }
        Payload::ActionAdded(of) => match &of.step {
            Step::WeWillAsk { who, .. } => vec![who],
            Step::NoAction => Vec::new(),
        },
        Payload::QuestionWritten(of) => {
            let cards = of.cards.iter().map(|card| card.words.as_str());
            [of.words.as_str(), of.ask.as_str()].into_iter().chain(cards).collect()
        }
        Payload::SettingsSet(of) => {
            let telephones = of.telephones.iter().flat_map(|telephone| [&telephone.who, &telephone.number]);
            telephones.chain([&of.council]).map(String::as_str).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::cast::*;
    use crate::entry::Verdict;
    use crate::payload::plan::{DecisionOutcome, Field, PlanDecided};
    use crate::script::Script;

    /// The comment that authorised a plan, and others of its kind.
    const NOTHING: [&str; 9] = [
        "",
        " \t\n",
        "\u{200B}\u{2060}",
        "\u{FEFF}",
        "\u{3164}\u{115F}",
        "\u{2800}",
        "\u{202E}\u{2066}",
        "\u{0301}",
        "\u{E0041}",
    ];

    #[test]
    fn what_nobody_can_see_is_no_word() {
        for nothing in NOTHING {
            assert!(!is_visible(nothing), "{nothing:?}");
            assert_eq!(trimmed(nothing), "", "{nothing:?}");
        }
        for something in ["a", "é", "e\u{301}", "सारा", "سارة", "李", "❤\u{FE0F}", "ＡＢ", "-", "\u{200B}a"]
        {
            assert!(is_visible(something), "{something:?}");
        }
        assert_eq!(trimmed(" \u{200B}❤\u{FE0F}\u{2060}\n"), "❤\u{FE0F}");
    }

    #[test]
    fn the_ranges_are_in_order_and_apart() {
        assert!(UNSEEN.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }

    #[test]
    fn a_name_keeps_its_script_and_loses_what_reaches_beyond_it() {
        assert_eq!(plain_name("  Ann\u{202E}a\0\u{2067} O\u{7}'Neill\n"), "Anna O'Neill");
        assert_eq!(plain_name("Zoë\tKhan"), "Zoë Khan");
        // A joiner and a direction mark that the name is written with.
        for name in ["می\u{200C}نا", "שרה\u{200F}", "क्\u{200D}ष"] {
            assert_eq!(plain_name(name), name);
            assert!(is_plain_name(name));
        }
        assert!(!is_plain_name("Ann\u{202E}a") && !is_plain_name("Anna\u{2028}") && !is_plain_name("a\u{85}"));
    }

    #[test]
    fn every_word_that_somebody_typed_is_shown_before_it_is_destroyed() {
        let all = |kind: &str| {
            let of_kind = one_of_each().into_iter().find(|payload| payload.kind() == kind);
            BTreeSet::from_iter(all_words(&of_kind.expect("a kind of the catalogue")))
        };
        let voice = ["parent", "Mum", "She is worn out when she gets home.", "R. Gill, Arabic"];
        assert_eq!(all("VoiceAdded"), BTreeSet::from(voice.map(str::to_owned)));
        assert_eq!(all("VisitCancelled"), BTreeSet::from(["Amira is in hospital.".to_owned()]));
        for payload in one_of_each() {
            let shown = all_words(&payload);
            for (word, _) in required(&payload)
                .into_iter()
                .filter(|(word, _)| payload.kind() != "ChildRegistered" && !word.is_empty())
            {
                let is_shown = shown.contains(&word) || payload.kind() == "PersonRecorded";
                assert!(is_shown, "{}: {word}", payload.kind());
            }
        }
    }

    /// Every string of a sample that is a required word, by turns replaced by what nobody can see.
    #[test]
    fn every_required_word_of_every_payload_must_be_seen() {
        let mut tried = 0;
        for payload in one_of_each() {
            for (word, code) in required(&payload).into_iter().filter(|(word, _)| word.len() > 2) {
                let (kind, data) = payload.encode();
                let blanked = data.get().replacen(&serde_json::to_string(&word).unwrap(), "\"\u{200B}\u{2060}\"", 1);
                let raw = serde_json::value::RawValue::from_string(blanked).unwrap();
                let blank = Payload::decode(kind, &raw).unwrap();
                if blank == payload {
                    continue; // Two words that may stand for one another, tried below.
                }
                tried += 1;
                assert_eq!(problem(&blank), Some(code), "{kind}: {word}");
            }
            assert_eq!(problem(&payload), None, "{}", payload.kind());
        }
        assert!(tried >= 11, "{tried}");
    }

    #[test]
    fn a_comment_that_nobody_can_see_decides_nothing() {
        let mut script = Script::registered();
        script.sade([
            set(Field::PlanAnalysis, "The noise wears her out.", None),
            Payload::ActionAdded(asks("a front seat", &[view("bus")])),
            answered(1, "bus", "like"),
            submitted(1),
        ]);
        for nothing in NOTHING {
            let outcome = DecisionOutcome::Authorised;
            let decided = Payload::PlanDecided(PlanDecided { version: 1, outcome, comment: nothing.into() });
            let judged = script.try_by(HELEN, decided);
            assert_eq!((judged.verdict, judged.code), (Verdict::Refused, Some(Code::CommentRequired)), "{nothing:?}");
        }
    }

    #[test]
    fn a_fact_without_its_words_or_with_a_name_that_turns_the_text_is_taken_and_flagged() {
        let script = Script::registered();
        let mut person = mum();
        person.name = "Leila \u{202E}daddaH".into();
        let judged = script.try_by(SADE, Payload::PersonRecorded(person.clone()));
        assert_eq!((judged.verdict, judged.code), (Verdict::Accepted, Some(Code::NameNotPlain)));
        (person.name, person.relationship) = ("\u{200B}".into(), "\u{3164}".into());
        let judged = script.try_by(SADE, Payload::PersonRecorded(person));
        assert_eq!((judged.verdict, judged.code), (Verdict::Accepted, Some(Code::BlankWords)));
        let mut action = asks("a seat", &[view("bus")]);
        if let Step::WeWillAsk { who, .. } = &mut action.step {
            who.push('\u{202E}');
        }
        let judged = script.try_by(SADE, Payload::ActionAdded(action));
        assert_eq!((judged.verdict, judged.code), (Verdict::Refused, Some(Code::NameNotPlain)));
    }
}
