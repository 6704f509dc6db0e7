//! Who works here, where they are signed in, and who looked at what.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Staff;
use crate::id::{ReplicaId, StaffId, StreamId};

/// `GET staff`: who works here, for an administrator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffResponse {
    /// The server's clock.
    pub time: Timestamp,
    /// Everybody, by name.
    pub staff: Vec<Employed>,
}

/// Somebody who works here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Employed {
    /// Who.
    pub staff: Staff,
    /// Since when they have an account to sign in with; none while they have not used their invitation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_since: Option<Timestamp>,
}

/// `POST staff`: an administrator invites somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteRequest {
    /// Who is invited, or invited once more. An id that nobody has makes somebody new, with what is said of them here.
    pub staff: Staff,
    /// The account that is expected, as its owner types it to sign in; nothing if any will do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
}

/// The answer to an [`InviteRequest`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteResponse {
    /// Who is invited.
    pub staff: Staff,
    /// The address to be opened once by whoever is invited. It is told here and kept nowhere.
    pub link: String,
    /// Until when it holds.
    pub ends_at: Timestamp,
}

/// `POST staff/{id}`: an administrator says what somebody is and does from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeStaffRequest {
    /// How whoever says so has seen them: where they are otherwise by now, nothing is changed.
    pub seen: Staff,
    /// How they are from now on. Whoever does not work here any more is signed out everywhere.
    pub staff: Staff,
}

/// `POST teams/{id}`: an administrator gives a team another name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenameTeamRequest {
    /// The name.
    pub name: String,
}

/// The answer to a [`ChangeStaffRequest`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeStaffResponse {
    /// How they are now.
    pub staff: Staff,
}

/// `GET staff/{id}/devices`: where somebody is signed in, and which devices are theirs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DevicesResponse {
    /// The server's clock.
    pub time: Timestamp,
    /// Where they are signed in, the latest first.
    pub sessions: Vec<OpenSession>,
    /// What was set up for them, the latest first.
    pub devices: Vec<Device>,
}

/// A browser in which somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenSession {
    /// By what it is named to end it. Nobody signs in by it.
    pub id: String,
    /// Since when.
    pub since: Timestamp,
    /// When it was last used, within a few minutes.
    pub last_seen: Timestamp,
    /// When it ends whatever happens.
    pub ends_at: Timestamp,
    /// Whether it is the one that asks.
    pub this: bool,
}

/// A device that was set up for somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Under which replica it speaks.
    pub replica: ReplicaId,
    /// Since when.
    pub since: Timestamp,
    /// When it last exchanged anything, within a few minutes; none if it never did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<Timestamp>,
    /// The build that ran there then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub build: Option<String>,
    /// How many operations were saved there and not sent, as it last told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsent: Option<u32>,
    /// When it was taken out of use, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<Timestamp>,
}

/// `GET access?stream=`, `?staff=` or `?notified=`, each with `before=`: who looked at a record, what somebody did, or what they
/// are told that others read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessResponse {
    /// The server's clock.
    pub time: Timestamp,
    /// The latest first.
    pub accesses: Vec<AccessRecord>,
    /// To be given as `before` for what was earlier; none at the beginning of the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
}

/// One request, as the access log has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessRecord {
    /// When.
    pub at: Timestamp,
    /// Who; none when nobody was signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<StaffId>,
    /// From which device, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replica: Option<ReplicaId>,
    /// The records that it was about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub streams: Vec<StreamId>,
    /// The member of staff whom it was about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<StaffId>,
    /// What was done.
    pub action: String,
    /// `done`, or the code of the problem.
    pub outcome: String,
    /// The reason that was given for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
