//! The catalogue: everything that can happen, one line each, with its class.
//!
//! To add a kind: write its data in one of the files below, add a line to the catalogue, and say in
//! [`record`](crate::record), [`standing`](crate::standing) and [`judge`](crate::judge()) what it means. Matches there
//! have a wildcard, so that the compiler finds nothing that is missing: `ARCHITECTURE.md` lists every place.

pub mod audit;
pub mod capture;
pub mod child;
pub mod contact;
pub mod council;
pub mod family;
pub mod harm;
pub mod keeping;
pub mod library;
pub mod making;
pub mod observation;
pub mod plan;
pub mod profile;
pub mod team;
pub mod visit;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::class::Class;
use crate::id::StreamKind;

macro_rules! catalogue {
    ($($(#[$doc:meta])* $class:ident $name:ident($data:ty)),+ $(,)?) => {
        /// What happened.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub enum Payload {
            $($(#[$doc])* $name($data),)+
            /// A kind of a newer version: it folds to nothing and survives byte for byte.
            Unknown {
                /// What it calls itself.
                kind: String,
            },
        }

        impl Payload {
            /// Every kind this version knows, with its class.
            pub const CATALOGUE: &[(&str, Class)] = &[$((stringify!($name), Class::$class)),+];

            /// The kind's name as it is written.
            pub fn kind(&self) -> &str {
                match self {
                    $(Payload::$name(_) => stringify!($name),)+
                    Payload::Unknown { kind } => kind,
                }
            }

            /// Writes kind and data.
            pub(crate) fn encode(&self) -> (&str, Box<RawValue>) {
                let data = match self {
                    $(Payload::$name(data) => serde_json::value::to_raw_value(data),)+
                    Payload::Unknown { .. } => serde_json::value::to_raw_value(&()),
                };
                (self.kind(), data.expect("catalogue data has string keys only"))
            }

            /// Reads data of a kind.
            pub(crate) fn decode(kind: &str, data: &RawValue) -> serde_json::Result<Payload> {
                match kind {
                    $(stringify!($name) => serde_json::from_str::<$data>(data.get()).map(Payload::$name),)+
                    _ => Ok(Payload::Unknown { kind: kind.to_owned() }),
                }
            }
        }
    };
}

catalogue! {
    /// A child's record begins.
    Fact ChildRegistered(child::ChildRegistered),
    /// A person in the child's life is written down, or corrected.
    Fact PersonRecorded(child::PersonRecorded),
    /// A family's record begins.
    Fact FamilyRegistered(family::FamilyRegistered),
    /// In a family's record: a child of it.
    Fact ChildInFamily(family::ChildInFamily),
    /// In a child's record: its family.
    Fact FamilyOf(family::FamilyOf),
    /// Where a family lives.
    Fact AddressRecorded(family::AddressRecorded),
    /// How the child communicates.
    Request ProfileSet(profile::ProfileSet),
    /// Who works with the child.
    Request StaffAssigned(child::StaffAssigned),

    /// A visit is planned, or moved.
    Request VisitPlanned(visit::VisitPlanned),
    /// A planned visit will not be made.
    Request VisitCancelled(visit::VisitCancelled),
    /// A visit begins.
    Fact VisitStarted(visit::VisitStarted),
    /// The child agreed, or did not, to being asked.
    Fact Assented(visit::Assented),
    /// A visit ends.
    Fact VisitEnded(visit::VisitEnded),
    /// A voice beside the child's.
    Fact VoiceAdded(visit::VoiceAdded),
    /// Views could not be gathered.
    Fact NotGathered(visit::NotGathered),
    /// The case note was copied for the council's main case system.
    Fact CaseNoteCopied(visit::CaseNoteCopied),

    /// An activity with the child begins.
    Fact CaptureStarted(capture::CaptureStarted),
    /// One option was shown.
    Fact Presented(capture::Presented),
    /// The child placed it.
    Fact Answered(capture::Answered),
    /// The child moved it.
    Fact Moved(capture::Moved),
    /// The child took the last answer or escape back.
    Fact TakenBack(capture::TakenBack),
    /// The child drew a line.
    Fact LineDrawn(making::LineDrawn),
    /// The child took the last line back.
    Fact LineTakenBack(making::LineTakenBack),
    /// The child wrote, or took a letter back.
    Fact WordsTyped(making::WordsTyped),
    /// The child chose an escape.
    Fact Escaped(capture::Escaped),
    /// An adult marked a pause.
    Fact Paused(capture::Paused),
    /// The child looked at the whole mat and was content with it.
    Fact Reviewed(capture::Reviewed),
    /// The child said who may see it.
    Fact SharingChosen(capture::SharingChosen),
    /// The activity ended.
    Fact CaptureEnded(capture::CaptureEnded),
    /// The child wants to change what it said.
    Fact ChangeWanted(capture::ChangeWanted),
    /// How the views were given, by the worker's account.
    Fact HowGiven(capture::HowGiven),
    /// What the worker thinks it means: never mixed with the child's words.
    Fact InterpretationAdded(capture::InterpretationAdded),
    /// A worker looked at what may be a sign of harm.
    Fact HarmLookedAt(harm::HarmLookedAt),
    /// A manager has seen it.
    Request HarmSeen(harm::HarmSeen),

    /// Somebody begins to watch the child.
    Fact ObservationStarted(observation::ObservationStarted),
    /// What the child did, or what happened around them.
    Fact ObservationMarked(observation::ObservationMarked),
    /// The last mark was a slip.
    Fact MarkTakenBack(observation::MarkTakenBack),
    /// Somebody reads what was seen.
    Fact ObservationRead(observation::ObservationRead),

    /// One field of the assessment or the plan.
    Request SetField(plan::SetField),
    /// An action of the plan.
    Request ActionAdded(plan::ActionAdded),
    /// What became of an action.
    Request ActionOutcome(plan::ActionOutcome),
    /// The plan is given to the manager.
    Request PlanSubmitted(plan::PlanSubmitted),
    /// The manager's decision.
    Request PlanDecided(plan::PlanDecided),

    /// A colleague stands in while somebody is away.
    Request CoverArranged(team::CoverArranged),
    /// A cover ends before its last day.
    Request CoverEnded(team::CoverEnded),

    /// A question is written, or written anew as its next version.
    Request QuestionWritten(library::QuestionWritten),
    /// What was decided on a version of it.
    Request QuestionDecided(library::QuestionDecided),
    /// It is asked no more.
    Request QuestionPutAway(library::QuestionPutAway),

    /// What the council says of itself, for all its tablets.
    Request SettingsSet(council::SettingsSet),

    /// Held facts are let in.
    Request Admit(keeping::Admit),
    /// Held facts are not let in.
    Request Declined(keeping::Declined),
    /// Somebody asks that an entry's words be destroyed.
    Request RedactionProposed(keeping::RedactionProposed),
    /// The words stay.
    Request RedactionDeclined(keeping::RedactionDeclined),
    /// A second person agrees: an entry's words are left out of every record.
    Request Redacted(keeping::Redacted),
    /// This record and another are about the same child.
    Request DuplicateOf(keeping::DuplicateOf),
    /// They are not after all.
    Request NotDuplicateOf(keeping::NotDuplicateOf),
    /// A paper or a file was made of the record.
    Fact PaperMade(visit::PaperMade),
    /// Somebody was in touch about the child, out of hours.
    Fact ContactWritten(contact::ContactWritten),
    /// The same, because the child may not be safe.
    Fact ConcernWritten(contact::ConcernWritten),
    /// Somebody of the day has read it.
    Request ContactSeen(contact::ContactSeen),
    /// A manager has seen a concern.
    Request ConcernSeen(contact::ConcernSeen),
    /// An auditor says what was found in a record.
    Request AuditWritten(audit::AuditWritten),
    /// A manager has read it.
    Request AuditSeen(audit::AuditSeen),
    /// Something that an audit asked for is done.
    Request AuditActionDone(audit::AuditActionDone),
}

impl Payload {
    /// Whether something of this kind can happen in such a stream. What is unknown may: a newer version knows.
    pub fn belongs_in(&self, stream: StreamKind) -> bool {
        let of_people = matches!(stream, StreamKind::Child | StreamKind::Family);
        match self {
            Payload::FamilyRegistered(_) | Payload::ChildInFamily(_) | Payload::AddressRecorded(_) => {
                stream == StreamKind::Family
            }
            Payload::PersonRecorded(_) | Payload::StaffAssigned(_) => of_people,
            Payload::CoverArranged(_) | Payload::CoverEnded(_) => stream == StreamKind::Team,
            Payload::SettingsSet(_) => stream == StreamKind::Council,
            Payload::AuditWritten(_) | Payload::AuditSeen(_) | Payload::AuditActionDone(_) => {
                stream == StreamKind::Audit
            }
            Payload::QuestionWritten(_) | Payload::QuestionPutAway(_) => {
                matches!(stream, StreamKind::Child | StreamKind::Team | StreamKind::Council)
            }
            Payload::ContactWritten(_)
            | Payload::ConcernWritten(_)
            | Payload::ContactSeen(_)
            | Payload::ConcernSeen(_) => matches!(stream, StreamKind::Child | StreamKind::Contact),
            // One child's own are asked without anybody's decision.
            Payload::QuestionDecided(_) => matches!(stream, StreamKind::Team | StreamKind::Council),
            Payload::Admit(_)
            | Payload::Declined(_)
            | Payload::RedactionProposed(_)
            | Payload::RedactionDeclined(_)
            | Payload::Redacted(_)
            | Payload::Unknown { .. } => true,
            _ => stream == StreamKind::Child,
        }
    }

    /// What was written of a contact, if this is one.
    pub fn contact(&self) -> Option<&contact::ContactWritten> {
        match self {
            Payload::ContactWritten(of) => Some(of),
            Payload::ConcernWritten(of) => Some(&of.contact),
            _ => None,
        }
    }

    /// The class of a kind this version knows.
    pub fn class(&self) -> Option<Class> {
        Payload::CATALOGUE.iter().find(|(name, _)| *name == self.kind()).map(|(_, class)| *class)
    }
}
