//! Writing things down, and reading records again.

use std::rc::Rc;
use std::sync::Arc;

use domain::code::Code;
use domain::entry::Verdict;
use domain::id::{CaptureId, StreamId};
use domain::judge::judge;
use domain::operation::{Class, Operation};
use domain::payload::Payload;
use domain::record::Unsent;
use domain::record::capture::Capture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use replica::create::{self, Written};
use replica::engine::SaveError;
use replica::storage::StorageError;

use super::{Heard, Vault};
use crate::lazy;
use crate::platform::clock;
use crate::platform::tabs::Notice;

/// How soon something should be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// Together with what follows.
    WithTheRest,
    /// At once: a decision, a submission, the end of a capture.
    Now,
}

/// Why something was not saved. Nothing of it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSaved {
    /// A rule forbids it, and the server would say the same.
    Refused(Code),
    /// It is too long.
    TooLong,
    /// The vault is locked.
    Locked,
    /// The browser could not keep it.
    Storage(StorageError),
}

impl From<SaveError> for NotSaved {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::Locked => NotSaved::Locked,
            SaveError::TooLong => NotSaved::TooLong,
            SaveError::Storage(error) => NotSaved::Storage(error),
        }
    }
}

impl Heard {
    /// Writes down what happened, all or nothing, in order. When this returns `Ok` it is saved on this tablet.
    ///
    /// # Errors
    /// [`NotSaved`]; requests are judged here first, by the rule the server uses.
    pub async fn record(self, stream: StreamId, payloads: Vec<Payload>, urgency: Urgency) -> Result<(), NotSaved> {
        let vault = self.vault().ok_or(NotSaved::Locked)?;
        // A field that is left by pressing a button saves beside what the button saves: one after the other, or the
        // second would be judged and shown without the first.
        let turn = self.turn.get_value();
        let turn = turn.lock().await;
        let context = self.context().ok_or(NotSaved::Locked)?;
        let moment = clock::moment();
        let known = self.records.with_untracked(|records| records.contains_key(&stream));
        let registers = matches!(payloads.first(), Some(Payload::ChildRegistered(_)));
        if payloads.is_empty() || !(known || registers) {
            // The record was withdrawn while somebody typed: saying "saved" would not be true.
            return Err(NotSaved::Refused(Code::NotAllowed));
        }
        let mut record = self
            .records
            .with_untracked(|records| records.get(&stream).map(|record| (**record).clone()))
            .unwrap_or_default();
        let mut written: Vec<Written> = Vec::new();
        for payload in payloads {
            let operation = create::operation(stream, payload, &moment);
            let read = Operation::read(operation.body.text());
            let judgement = judge(&record.standing, stream, &read, &context);
            let is_request = read.is_ok_and(|operation| operation.class == Class::Request);
            if is_request && judgement.verdict == Verdict::Refused {
                return Err(NotSaved::Refused(judgement.code.unwrap_or(Code::NotAllowed)));
            }
            record.fold_unsent(operation.body.text(), context.actor.staff, Unsent::Saved);
            written.push(operation);
        }
        vault.save(&written).await?;
        if !vault.is_unlocked() {
            // Locked or handed over meanwhile: what was saved stays saved, and nothing of it stays in memory.
            return Ok(());
        }
        self.records.update(|records| {
            records.insert(stream, Arc::new(record));
        });
        drop(turn);
        self.after_save(&vault, urgency).await;
        Ok(())
    }

    /// Writes down what happened while the tablet is with the child: into the journal before this yields, then into the
    /// store. `vault` is the one that was handed over: whoever unlocks another meanwhile gets none of it.
    ///
    /// # Errors
    /// [`NotSaved`]; the journal may hold it.
    pub async fn tap(self, vault: &Vault, written: Vec<Written>, urgency: Urgency) -> Result<(), NotSaved> {
        vault.save_tap(&written).await?;
        self.after_save(vault, urgency).await;
        Ok(())
    }

    /// The capture that is with the child.
    pub async fn capture(self, capture: CaptureId) -> Result<Option<Capture>, StorageError> {
        let vault = self.vault().ok_or(StorageError::Denied)?;
        vault.capture(capture).await
    }

    /// Keeps a draft, sealed. Typing is never lost to a lock or a crash.
    ///
    /// Says whether it is kept. One that cannot be is still on the screen; saving will say what is wrong.
    pub async fn keep_draft(self, name: String, words: String) -> bool {
        let Some(vault) = self.vault() else { return false };
        if words.is_empty() {
            vault.forget(&name).await.is_ok()
        } else {
            vault.keep(&name, words.as_bytes()).await.is_ok()
        }
    }

    /// A kept draft.
    pub async fn draft(self, name: String) -> Option<String> {
        let plain = self.vault()?.kept(&name).await.ok()??;
        String::from_utf8(plain).ok()
    }

    /// Reads every record again.
    pub fn refresh(self) {
        spawn_local(async move {
            if let Some(vault) = self.vault() {
                // A failure shows at the next thing that is saved; what is on the screen stays true until then.
                let _ = self.read_records(&vault).await;
            }
        });
    }

    pub(super) async fn read_records(self, vault: &Rc<Vault>) -> Result<(), StorageError> {
        if vault.is_unlocked() {
            // Nothing is saved between reading and showing, or it would vanish from the screen.
            let turn = self.turn.get_value();
            let _turn = turn.lock().await;
            let reading = lazy::read(vault.clone()).await.map_err(|gone| StorageError::Failed(gone.to_string()))?;
            let lazy::Opened { records, outcomes } = reading.await?;
            self.records.set(records);
            self.outcomes.set(outcomes);
        }
        self.unsent.set(vault.unsent().await?);
        self.unreadable.set(vault.unreadable().await?.len());
        Ok(())
    }

    async fn after_save(self, vault: &Vault, urgency: Urgency) {
        if let Ok(unsent) = vault.unsent().await {
            self.unsent.set(unsent);
        }
        self.tabs.with_value(|tabs| tabs.as_ref().map(|tabs| tabs.tell(Notice::Changed)));
        self.sync_after_save(urgency);
    }
}
