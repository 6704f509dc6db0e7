//! The two classes of operations.

use serde::{Deserialize, Serialize};

/// How an operation is treated, also by a server that does not know its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Something that was so: accepted or held, never refused.
    Fact,
    /// Something that is asked for: accepted or refused.
    Request,
}
