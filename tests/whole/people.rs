//! Who works here, whom they work with, and what they record.

use domain::id::{CaptureId, OperationId, PresentationId, StaffId, StreamId, TeamId, VoiceId};
use domain::payload::Payload;
use domain::payload::capture::Answered;
use domain::payload::child::{Birth, ChildRegistered, Name, StaffAssigned};
use domain::payload::keeping::RedactionProposed;
use domain::payload::plan::{Field, SetField};
use domain::payload::visit::{Lane, VoiceAdded};
use domain::permission::{Actor, Employment, Role};
use domain::wire::Staff;
use jiff::civil::date;
use replica::create::random;
use uuid::Uuid;

const NORTH: TeamId = TeamId(Uuid::from_u128(0xa));

/// Somebody of the team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    Sade,
    Priya,
    Helen,
}

impl Who {
    pub(crate) const ALL: [Who; 3] = [Who::Sade, Who::Priya, Who::Helen];

    pub(crate) fn staff(self) -> Staff {
        let (id, name, role) = match self {
            Who::Sade => (1, "Sade Okafor", Role::Worker),
            Who::Priya => (2, "Priya Nair", Role::Worker),
            Who::Helen => (3, "Helen Marsh", Role::Manager),
        };
        Staff {
            id: StaffId(Uuid::from_u128(id)),
            name: name.to_owned(),
            role,
            team: NORTH,
            team_name: "North".to_owned(),
            employment: Employment::Working,
        }
    }

    pub(crate) fn actor(self) -> Actor {
        self.staff().actor()
    }
}

pub(crate) fn amira() -> StreamId {
    StreamId::child(Uuid::from_u128(0xc1))
}

pub(crate) fn joe() -> StreamId {
    StreamId::child(Uuid::from_u128(0xc2))
}

pub(crate) fn registered(given: &str) -> Payload {
    Payload::ChildRegistered(ChildRegistered::new(Name::new(given, "Haddad"), Birth::Born(date(2018, 3, 9)), NORTH))
}

pub(crate) fn assigned(staff: &[Who]) -> Payload {
    Payload::StaffAssigned(StaffAssigned::to(staff.iter().map(|who| who.staff().id)))
}

/// Somebody asks that the words of this entry be destroyed.
pub(crate) fn proposed(seq: u64) -> Payload {
    let reason = "It is about another child.".into();
    Payload::RedactionProposed(RedactionProposed { seq, kind: "VoiceAdded".into(), reason })
}

/// Words that are nowhere else.
pub(crate) fn voice() -> Payload {
    let id = Uuid::from_bytes(random());
    Payload::VoiceAdded(VoiceAdded {
        voice: VoiceId(id),
        visit: None,
        lane: Lane::Parent,
        person: None,
        who: "Mum".to_owned(),
        words: format!("windowseat {}", id.simple()),
        through: None,
    })
}

/// A tap of the child.
pub(crate) fn answered() -> Payload {
    Payload::Answered(Answered {
        capture: CaptureId(Uuid::from_u128(0x41)),
        presentation: PresentationId(Uuid::from_bytes(random())),
        option: "bus".to_owned(),
        cell: "like".to_owned(),
        read_by: None,
        clarity: None,
        latency_ms: 900,
        reached: None,
    })
}

/// A value that is nowhere else.
pub(crate) fn titled(replaces: Option<OperationId>) -> Payload {
    let value = format!("Getting to school {}", Uuid::from_bytes(random()).simple());
    Payload::SetField(SetField { field: Field::PlanTitle, value, replaces, reason: None })
}

/// The words of it that are nowhere else.
pub(crate) fn words(payload: &Payload) -> Option<String> {
    match payload {
        Payload::VoiceAdded(voice) => Some(voice.words.clone()),
        Payload::SetField(set) => Some(set.value.clone()),
        _ => None,
    }
}
