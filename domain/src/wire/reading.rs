//! Finding a child in the whole council, and reading a record with a reason.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::doubles::Sought;
use crate::id::{StaffId, StreamId, TeamId};
use crate::payload::child::{Birth, Name};
use crate::standing::practice::Aspect;

/// `POST search`: which children of the whole council are these? For those who read with a reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchRequest {
    /// What is known of the child; each part narrows the search.
    #[serde(flatten)]
    pub sought: Sought,
}

/// The reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchResponse {
    /// The server's time.
    pub time: Timestamp,
    /// Who was found, by name.
    pub found: Vec<FoundChild>,
    /// There are more than are told.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub more: bool,
}

/// A child who was found: enough to know whether it is this one, and whom to ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundChild {
    /// The record.
    pub stream: StreamId,
    /// Work goes on in another record of the same child.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_double: bool,
    /// The name.
    pub name: Name,
    /// Born or expected.
    pub birth: Birth,
    /// The council's own case number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_number: Option<String>,
    /// The team.
    pub team: TeamId,
    /// Who works with the child.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assigned: Vec<StaffId>,
}

/// `POST sample`: draw some records, for an auditor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleRequest {
    /// Of this team; of every team if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// In which this is missing; any if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<Aspect>,
    /// So many.
    pub size: usize,
}

/// The reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleResponse {
    /// The server's time.
    pub time: Timestamp,
    /// In the order in which they were drawn.
    pub children: Vec<SampledChild>,
    /// Out of so many records.
    pub of: usize,
}

/// A child whose record was drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampledChild {
    /// Who.
    #[serde(flatten)]
    pub child: FoundChild,
    /// What the record does not have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lacks: Vec<Aspect>,
}

/// `POST streams/{id}/reading`: one page of a record, for those who read with a reason. The reply is an
/// [`EntriesResponse`](super::EntriesResponse).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingRequest {
    /// Entries after this one.
    #[serde(default)]
    pub after: u64,
    /// Why it is read. It is kept, and shown to the child's team.
    pub reason: String,
}
