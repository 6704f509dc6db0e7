//! Identities: each noun has a type of its own, so that one can never stand where another is meant.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map($name)
            }
        }
    )+};
}

ids! {
    /// One member of staff.
    StaffId,
    /// One team.
    TeamId,
    /// One staff member's vault on one device, as the server sequences it. A fork makes a new one.
    ReplicaId,
    /// One sealed vault. It outlives a fork of its replica.
    VaultId,
    /// One operation: UUIDv7, made where it happened.
    OperationId,
    /// One person in a child's life.
    PersonId,
    /// One visit, planned or made.
    VisitId,
    /// One activity with a child: a mat, a choice.
    CaptureId,
    /// One asking: an option as it was shown.
    PresentationId,
    /// One voice written down beside the child's.
    VoiceId,
    /// One occasion on which a child was watched.
    ObservationId,
    /// One action of a plan.
    ActionId,
    /// One time in which somebody stands in for somebody.
    CoverId,
    /// One action of an audit.
    AuditActionId,
    /// One contact out of hours.
    ContactId,
    /// One question of the council's, a team's or a child's own.
    QuestionId,
}

/// What a stream is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StreamKind {
    /// A child's record.
    Child,
    /// People and address, shared by siblings.
    Family,
    /// A contact about a child whom nobody knows yet; what is about a known child is in the child's record.
    Contact,
    /// Who stands in, and a team's own questions.
    Team,
    /// Boards, question library, settings.
    Council,
    /// What was found in one record.
    Audit,
}

impl StreamKind {
    const ALL: [(StreamKind, &'static str); 6] = [
        (StreamKind::Child, "child"),
        (StreamKind::Family, "family"),
        (StreamKind::Contact, "contact"),
        (StreamKind::Team, "team"),
        (StreamKind::Council, "council"),
        (StreamKind::Audit, "audit"),
    ];

    fn name(self) -> &'static str {
        match self {
            StreamKind::Child => "child",
            StreamKind::Family => "family",
            StreamKind::Contact => "contact",
            StreamKind::Team => "team",
            StreamKind::Council => "council",
            StreamKind::Audit => "audit",
        }
    }
}

/// All entries about one subject. Written `child-<uuid>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamId {
    /// What it is about.
    pub kind: StreamKind,
    /// Which one.
    pub id: Uuid,
}

impl StreamId {
    /// The stream of one team.
    pub fn team(team: TeamId) -> Self {
        StreamId { kind: StreamKind::Team, id: team.0 }
    }

    /// The stream of the council: there is one.
    pub fn council() -> Self {
        StreamId { kind: StreamKind::Council, id: Uuid::nil() }
    }

    /// The team whose stream it is.
    pub fn of_team(self) -> Option<TeamId> {
        (self.kind == StreamKind::Team).then_some(TeamId(self.id))
    }

    /// The stream of one contact about a child of whom there is no record.
    pub fn contact(id: Uuid) -> Self {
        StreamId { kind: StreamKind::Contact, id }
    }

    /// The stream of one audit.
    pub fn audit(id: Uuid) -> Self {
        StreamId { kind: StreamKind::Audit, id }
    }

    /// The stream of one family's record.
    pub fn family(id: Uuid) -> Self {
        StreamId { kind: StreamKind::Family, id }
    }

    /// The stream of one child's record.
    pub fn child(id: Uuid) -> Self {
        StreamId { kind: StreamKind::Child, id }
    }
}

impl fmt::Display for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.kind.name(), self.id)
    }
}

/// The text is not a stream's name.
#[derive(Debug, thiserror::Error)]
#[error("not a stream id")]
pub struct NotAStream;

impl FromStr for StreamId {
    type Err = NotAStream;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (kind, id) = text.split_once('-').ok_or(NotAStream)?;
        let (kind, _) = StreamKind::ALL.into_iter().find(|(_, name)| *name == kind).ok_or(NotAStream)?;
        // One spelling only: a stream with two names would be two rows in a store.
        let parsed: Uuid = id.parse().map_err(|_| NotAStream)?;
        if parsed.to_string() != id {
            return Err(NotAStream);
        }
        Ok(StreamId { kind, id: parsed })
    }
}

impl Serialize for StreamId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for StreamId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// A child's view: what was placed for one option of one capture. Written `<capture>:<option>`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ViewId {
    /// The capture in which it was given.
    pub capture: CaptureId,
    /// The option it is about.
    pub option: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_id_survives_its_text_form() {
        let stream = StreamId::child(Uuid::from_u128(7));
        assert_eq!(stream.to_string().parse::<StreamId>().unwrap(), stream);
    }

    #[test]
    fn a_stream_id_has_one_spelling_only() {
        let id = Uuid::from_u128(0xabc);
        for wrong in [
            format!("child-{}", id.to_string().to_uppercase()),
            format!("child-{}", id.simple()),
            format!("pet-{id}"),
            "child".into(),
            String::new(),
        ] {
            assert!(wrong.parse::<StreamId>().is_err(), "{wrong}");
        }
    }
}
