//! Looking after the outbox with the worker's key: what children's keys sealed is sealed again, and what no key opens is set
//! aside, so that it never keeps the rest from being sent.

use std::collections::BTreeMap;

use domain::id::{CaptureId, OperationId};

use super::{Engine, OUTBOX, open};
use crate::journal::Journal;
use crate::storage::{OutboxRow, Profile, Storage, StorageError};
use crate::vault::{Key, KeyId, Keyring, Place};

/// Place of a wrapped handover key: its capture.
pub(super) const HANDOVER: &str = "handover";
/// Where an operation is kept that cannot be opened.
pub(super) const DAMAGED: &str = "damaged/";

/// What the worker's key makes of an outbox row.
enum Opened {
    /// It opens.
    Mine,
    /// The key of a capture that was handed over opens it.
    Childs(String),
    /// A newer version sealed it, and will open it.
    TooNew,
    /// Nothing opens it.
    Damaged,
}

impl<S: Storage, J: Journal> Engine<S, J> {
    /// The operations that could not be opened and were set aside, as they are, for whoever may still mend them.
    ///
    /// # Errors
    /// [`StorageError`].
    pub async fn unreadable(&self) -> Result<Vec<OperationId>, StorageError> {
        let names = self.storage.kept_names().await?;
        Ok(names.iter().filter_map(|name| name.strip_prefix(DAMAGED)?.parse().ok()).collect())
    }

    /// With the worker's key: seals again what children's keys sealed, sets aside what nothing opens. Returns the latter.
    pub(super) async fn tend_outbox(&self) -> Result<Vec<OperationId>, StorageError> {
        let worker = self.keyring.borrow().clone();
        match worker {
            Some(worker @ Keyring::Worker(_)) => self.tend_outbox_with(&worker).await,
            _ => Ok(Vec::new()),
        }
    }

    /// The same before the key is in hand.
    pub(super) async fn tend_outbox_with(&self, worker: &Keyring) -> Result<Vec<OperationId>, StorageError> {
        let rows = self.storage.outbox().await?;
        // After the rows: a handover key is stored before anything is sealed with it.
        let profile = self.profile().await?;
        let children = children(worker, &profile);
        let (mut resealed, mut damaged) = (Vec::new(), Vec::new());
        for row in &rows {
            match opened(worker, &children, row) {
                Opened::Mine | Opened::TooNew => {}
                Opened::Childs(text) => {
                    let key = row.operation.id.to_string();
                    let sealed = worker.seal(Place { store: OUTBOX, key: &key }, text.as_bytes());
                    resealed.push((row.operation.id, sealed));
                }
                Opened::Damaged => damaged.push(row),
            }
        }
        if !resealed.is_empty() {
            self.storage.reseal(&resealed).await?;
        }
        self.set_aside(worker, &damaged).await
    }

    /// Takes rows out of the outbox and keeps them, as they are, beside it.
    pub(super) async fn set_aside(
        &self,
        worker: &Keyring,
        rows: &[&OutboxRow],
    ) -> Result<Vec<OperationId>, StorageError> {
        let mut set_aside = Vec::new();
        for row in rows {
            let id = row.operation.id;
            let name = format!("{DAMAGED}{id}");
            let plain = serde_json::to_vec(row).map_err(|_| StorageError::Damaged)?;
            let value = worker.seal(Place { store: "kept", key: &name }, &plain);
            match self.storage.set_aside(id, &name, &value).await {
                Ok(()) => set_aside.push(id),
                // The server has it, or another tab was faster.
                Err(StorageError::Damaged) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(set_aside)
    }

    /// What was set aside and opens all the same: the server would not take it. It stays in view as what it is, saved.
    pub(super) async fn turned_away(&self) -> Result<Vec<OutboxRow>, StorageError> {
        let mut rows = Vec::new();
        for id in self.unreadable().await? {
            let kept = match self.kept(&format!("{DAMAGED}{id}")).await {
                Ok(Some(kept)) => kept,
                // What keeps it is damaged itself: it is counted, and cannot be shown.
                Ok(None) | Err(StorageError::Damaged) => continue,
                Err(error) => return Err(error),
            };
            let Ok(row) = serde_json::from_slice::<OutboxRow>(&kept) else { continue };
            let opens = self.keyring.borrow().as_ref().is_some_and(|keyring| open(keyring, &row).flatten().is_some());
            rows.extend(opens.then_some(row));
        }
        Ok(rows)
    }

    /// Puts back what the server would not take: a mended server, or a newer version of either end, may take it now.
    /// If it is there already, its identity tells.
    pub(super) async fn try_again(&self) -> Result<(), StorageError> {
        for row in self.turned_away().await? {
            self.storage.save(std::slice::from_ref(&row.operation)).await?;
            self.storage.forget(&format!("{DAMAGED}{}", row.operation.id)).await?;
        }
        Ok(())
    }
}

/// The keys of captures that were handed over.
fn children(worker: &Keyring, profile: &Profile) -> BTreeMap<CaptureId, Keyring> {
    let unwrapped = profile.handovers.iter().filter_map(|(capture, wrap)| {
        let name = capture.to_string();
        let key = worker.open(Place { store: HANDOVER, key: &name }, wrap)?.ok()?;
        let key = Key::from_bytes(key.try_into().ok()?);
        Some((*capture, Keyring::Child(*capture, key)))
    });
    unwrapped.collect()
}

fn opened(worker: &Keyring, children: &BTreeMap<CaptureId, Keyring>, row: &OutboxRow) -> Opened {
    if row.operation.sealed.is_too_new() {
        return Opened::TooNew;
    }
    match row.operation.sealed.key_id() {
        Some(KeyId::Handover(capture)) => {
            let text = children.get(&capture).and_then(|child| open(child, row).flatten());
            text.map_or(Opened::Damaged, Opened::Childs)
        }
        _ => open(worker, row).flatten().map_or(Opened::Damaged, |_| Opened::Mine),
    }
}
