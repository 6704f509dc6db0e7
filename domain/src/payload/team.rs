//! What happens in a team: who stands in while somebody is away.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{CoverId, StaffId};
use crate::permission::Role;

/// A colleague stands in while somebody of the team is away. Both days count; it ends by itself. Written again, it is a
/// correction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverArranged {
    /// Which.
    pub cover: CoverId,
    /// Who is away.
    pub away: StaffId,
    /// Who stands in.
    pub by: StaffId,
    /// What both are: a worker stands in for a worker, a manager for a manager.
    pub role: Role,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
}

/// The cover ends now, or will not begin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverEnded {
    /// Which.
    pub cover: CoverId,
}
