//! The vault at work in this tab, and the other tabs that are at work on it.

use std::rc::Rc;

use leptos::prelude::*;

use crate::lazy::Vault;
use crate::platform::tabs::{Notice, Tabs};

/// The vault of this tab, if there is one. Cheap to copy.
#[derive(Clone, Copy)]
pub struct CurrentVault {
    vault: StoredValue<Option<Rc<Vault>>, LocalStorage>,
    tabs: StoredValue<Option<Tabs>, LocalStorage>,
}

impl CurrentVault {
    pub(super) fn none() -> CurrentVault {
        CurrentVault { vault: StoredValue::new_local(None), tabs: StoredValue::new_local(None) }
    }

    /// The vault at work.
    pub fn get(self) -> Option<Rc<Vault>> {
        self.vault.get_value()
    }

    pub(super) fn set(self, vault: Rc<Vault>) {
        self.vault.set_value(Some(vault));
    }

    /// Hears what other tabs do.
    pub(super) fn listen(self, act: impl FnMut(Notice) + 'static) {
        self.tabs.set_value(Some(Tabs::join(act)));
    }

    /// Tells the other tabs.
    pub(super) fn tell(self, notice: Notice) {
        self.tabs.with_value(|tabs| tabs.as_ref().map(|tabs| tabs.tell(notice)));
    }
}
