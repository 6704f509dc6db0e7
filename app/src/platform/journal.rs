//! The sealed journal of taps in local storage: written before a tap's handler returns.

use domain::id::{OperationId, VaultId};
use gloo_storage::{LocalStorage, Storage as _};
use replica::journal::{Journal, Line};

use super::settings::is_available;

/// The journal of one vault.
#[derive(Clone, Debug)]
pub struct LocalJournal {
    name: String,
}

impl LocalJournal {
    /// The journal of this vault.
    pub fn new(vault: VaultId) -> LocalJournal {
        LocalJournal { name: format!("heard-journal-{vault}") }
    }

    fn write(&self, lines: &[Line]) {
        // A journal that cannot be written is no obstacle to capture: the store decides what is saved.
        if lines.is_empty() {
            LocalStorage::delete(&self.name);
        } else {
            let _ = LocalStorage::set(&self.name, lines);
        }
    }
}

impl Journal for LocalJournal {
    fn add(&self, lines: &[Line]) {
        if is_available() {
            // What is saved again after a failure is here already.
            let mut all = self.lines();
            all.retain(|old| lines.iter().all(|line| line.operation.id != old.operation.id));
            all.extend_from_slice(lines);
            self.write(&all);
        }
    }

    fn lines(&self) -> Vec<Line> {
        if is_available() { LocalStorage::get(&self.name).unwrap_or_default() } else { Vec::new() }
    }

    fn forget(&self, saved: &[OperationId]) {
        if is_available() {
            let mut lines = self.lines();
            lines.retain(|line| !saved.contains(&line.operation.id));
            self.write(&lines);
        }
    }
}
