//! Settings of this browser: which vaults it holds, whose they are, how far its clock is off. Permitted plaintext.

use std::cell::RefCell;

use domain::id::{StaffId, VaultId};
use gloo_storage::{LocalStorage, Storage as _};
use serde::{Deserialize, Serialize};

const NAME: &str = "heard-settings";

/// Settings of this browser.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The vaults on this device.
    #[serde(default)]
    pub vaults: Vec<KnownVault>,
    /// The vault that was open last.
    #[serde(default)]
    pub last: Option<VaultId>,
    /// How far the server's clock is ahead of this device's, in milliseconds, when last heard.
    #[serde(default)]
    pub clock_ahead_ms: i64,
}

/// A vault on this device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownVault {
    /// The vault.
    pub vault: VaultId,
    /// Whose.
    pub staff: StaffId,
    /// Their name, for the lock screen.
    pub name: String,
    /// Whether it was taken out of use.
    #[serde(default)]
    pub out_of_use: bool,
}

thread_local! {
    /// What local storage would not take: for as long as the page lives. The next start finds the vaults by themselves.
    static NOT_KEPT: RefCell<Option<Settings>> = const { RefCell::new(None) };
}

impl Settings {
    /// Reads the settings; empty where storage is denied and nothing was changed in this page.
    pub fn read() -> Settings {
        let kept = if is_available() { LocalStorage::get(NAME).unwrap_or_default() } else { Settings::default() };
        match NOT_KEPT.with_borrow(Clone::clone) {
            Some(not_kept) => not_kept.over(kept),
            None => kept,
        }
    }

    /// What could not be kept, with what another tab has kept since.
    fn over(mut self, kept: Settings) -> Settings {
        let others = kept.vaults.into_iter().filter(|vault| self.vaults.iter().all(|one| one.staff != vault.staff));
        self.vaults.extend(others.collect::<Vec<_>>());
        self
    }

    /// Changes and keeps the settings.
    pub fn change(change: impl FnOnce(&mut Settings)) {
        let mut settings = Settings::read();
        change(&mut settings);
        let is_kept = is_available() && LocalStorage::set(NAME, &settings).is_ok();
        NOT_KEPT.replace((!is_kept).then_some(settings));
    }

    /// The vault of a member of staff that is in use: a tablet that was taken out of use can be set up anew.
    pub fn vault_of(&self, staff: StaffId) -> Option<&KnownVault> {
        self.vaults.iter().find(|vault| vault.staff == staff && !vault.out_of_use)
    }

    /// The vault that was open last.
    pub fn last_vault(&self) -> Option<&KnownVault> {
        let last = self.last?;
        self.vaults.iter().find(|vault| vault.vault == last)
    }
}

/// Whether local storage can be used. `gloo-storage` panics where it is denied, so it is asked here first.
pub(super) fn is_available() -> bool {
    matches!(web_sys::window().map(|window| window.local_storage()), Some(Ok(Some(_))))
}
