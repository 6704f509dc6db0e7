//! The journal: a tap's last resort.
//!
//! Before a tap of a capture goes to the store, its sealed row is written here, synchronously. It covers a crashed tab
//! or a failing store, never a power cut, and is never called saved. Each start replays it, by put-if-absent on the
//! operation's identity, and only into the replica that wrote it.

use domain::id::ReplicaId;
use serde::{Deserialize, Serialize};

use crate::storage::Unsaved;

/// One line: a sealed operation and the replica that wrote it. **Frozen.**
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The replica that wrote it.
    pub replica: ReplicaId,
    /// The sealed operation.
    #[serde(flatten)]
    pub operation: Unsaved,
}

/// Where the journal lies. All calls are synchronous; a journal that cannot be written is no obstacle to capture.
pub trait Journal {
    /// Adds lines; they are on their way to disk when this returns.
    fn add(&self, lines: &[Line]);
    /// All lines, in order.
    fn lines(&self) -> Vec<Line>;
    /// Forgets lines whose operations the store has.
    fn forget(&self, saved: &[domain::id::OperationId]);
}

/// No journal: for desks, and where the platform denies one.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoJournal;

impl Journal for NoJournal {
    fn add(&self, _: &[Line]) {}
    fn lines(&self) -> Vec<Line> {
        Vec::new()
    }
    fn forget(&self, _: &[domain::id::OperationId]) {}
}

/// A journal in memory that outlives its engine, as local storage does. Clones share it.
#[cfg(any(test, feature = "contract"))]
#[derive(Clone, Debug, Default)]
pub struct MemoryJournal(pub std::rc::Rc<std::cell::RefCell<Vec<Line>>>);

#[cfg(any(test, feature = "contract"))]
impl Journal for MemoryJournal {
    fn add(&self, lines: &[Line]) {
        self.0.borrow_mut().extend_from_slice(lines);
    }

    fn lines(&self) -> Vec<Line> {
        self.0.borrow().clone()
    }

    fn forget(&self, saved: &[domain::id::OperationId]) {
        self.0.borrow_mut().retain(|line| !saved.contains(&line.operation.id));
    }
}
