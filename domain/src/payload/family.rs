//! A family's own record: people and address, written once and shared by sisters and brothers.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::id::{StaffId, StreamId, TeamId};

/// A family's record begins, through one of its children. The team must be the author's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FamilyRegistered {
    /// As staff call it: "the Iqbal family".
    pub name: String,
    /// The team that holds the case.
    pub team: TeamId,
    /// Those who work with the child through whom it begins. Later it is allocated with its children.
    pub staff: BTreeSet<StaffId>,
}

/// In a family's record: a child of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChildInFamily {
    /// The child's stream.
    pub child: StreamId,
}

/// In a child's record: its family. Written again, it is a correction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FamilyOf {
    /// The family's stream.
    pub family: StreamId,
}

/// Where the family lives. Written again, it is a correction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Address {
    /// In these words.
    Known(String),
    /// It must not be known: it is not in Heard at all, only that it is withheld and who may be asked.
    Withheld {
        /// Who holds it, and who may be told.
        ask: String,
    },
}

/// Where the family lives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressRecorded {
    /// The address, or that it is withheld.
    pub address: Address,
}
