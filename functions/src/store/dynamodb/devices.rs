//! Replicas and their vaults: two kinds of items that change together.
//!
//! The item of a vault names its replicas, so that all of them can be revoked in the transaction that revokes the vault.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::id::{ReplicaId, StaffId, VaultId};
use futures_util::future::try_join_all;
use jiff::Timestamp;

use super::failure::TransactError;
use super::key;
use super::row::{self, Row, number};
use super::table::{Change, Condition, MAX_ACTIONS, Table, Write};
use super::unreadable::Unreadable;
use crate::store::{EnrolError, Enrolment, EscrowKey, Seen, StoreError, Vault};

/// So often an enrolment or a revocation is tried when others touch the same vault.
const ATTEMPTS: u32 = 8;

/// Reads both sides, decides, and writes on the condition that they have not changed; else reads again.
pub(super) async fn enrol(table: &Table, new: &Enrolment, escrow: EscrowKey) -> Result<EscrowKey, EnrolError> {
    for _ in 0..ATTEMPTS {
        let (known_vault, known) = tokio::try_join!(vault_row(table, new.vault), enrolment(table, new.replica))?;
        let escrow = match &known_vault {
            Some(vault) if vault.known.staff != new.staff => return Err(EnrolError::VaultTaken),
            Some(vault) if vault.known.revoked_at.is_some() => return Err(EnrolError::Revoked),
            Some(vault) => vault.known.escrow,
            None => escrow,
        };
        match known {
            Some(known) if (known.staff, known.vault) != (new.staff, new.vault) => {
                return Err(EnrolError::ReplicaTaken);
            }
            Some(_) => return Ok(escrow),
            None => {}
        }
        let replica = Write::Put(enrolment_row(new), Condition::Absent);
        let owned = Write::Put(Row::at(key::enrolment_of(new.staff, new.replica)), Condition::Nothing);
        let vault = match known_vault {
            Some(_) => join_vault(new),
            None => Write::Put(
                Row::at(key::vault(new.vault))
                    .with_text("staff", new.staff)
                    .with_bytes("escrow", escrow.0.to_vec())
                    .with_set("replicas", [new.replica]),
                Condition::Absent,
            ),
        };
        match table.transact(vec![vault, replica, owned]).await {
            Ok(()) => return Ok(escrow),
            Err(TransactError::Conflict) => {}
            Err(TransactError::Store(error)) => return Err(error.into()),
        }
    }
    Err(StoreError::Busy.into())
}

fn enrolment_row(new: &Enrolment) -> Row {
    Row::at(key::enrolment(new.replica))
        .with_text("staff", new.staff)
        .with_text("vault", new.vault)
        .and(new.replaces, |row, replica| row.with_text("replaces", replica))
        .with_moment("enrolled_at", new.enrolled_at)
}

fn join_vault(new: &Enrolment) -> Write {
    let change = Change {
        update: "ADD replicas :replica",
        condition: "attribute_exists(PK) AND attribute_not_exists(revoked_at)",
        values: vec![(":replica", AttributeValue::Ss(vec![new.replica.to_string()]))],
    };
    Write::Update(key::vault(new.vault), change)
}

pub(super) async fn enrolment(table: &Table, replica: ReplicaId) -> Result<Option<Enrolment>, StoreError> {
    let read = |row: Row| -> Result<Enrolment, Unreadable> {
        let seen = |row: &Row, name| -> Result<Seen, Unreadable> {
            Ok(Seen {
                at: row.moment(name)?,
                build: row.text("build")?.to_owned(),
                unsent: row.perhaps("unsent", Row::any_number)?,
            })
        };
        Ok(Enrolment {
            replica,
            staff: row.parsed("staff")?,
            vault: row.parsed("vault")?,
            replaces: row.perhaps("replaces", Row::parsed)?,
            enrolled_at: row.moment("enrolled_at")?,
            revoked_at: row.perhaps("revoked_at", Row::moment)?,
            seen: row.perhaps("seen_at", seen)?,
        })
    };
    Ok(table.get(key::enrolment(replica)).await?.map(read).transpose()?)
}

pub(super) async fn enrolments_of(table: &Table, staff: StaffId) -> Result<Vec<Enrolment>, StoreError> {
    let rows = table.all(&key::enrolments_of(staff)).await?;
    let replicas = rows.iter().map(|row| key::enrolled_replica(row.text("SK")?)).collect::<Result<Vec<_>, _>>()?;
    let found = try_join_all(replicas.into_iter().map(|replica| enrolment(table, replica))).await?;
    Ok(found.into_iter().flatten().collect())
}

pub(super) async fn note_seen(table: &Table, replica: ReplicaId, seen: &Seen) -> Result<(), StoreError> {
    let mut values = vec![(":at", number(seen.at.as_millisecond())), (":build", row::text(&seen.build))];
    let update = match seen.unsent {
        Some(unsent) => {
            values.push((":unsent", number(unsent)));
            "SET seen_at = :at, build = :build, unsent = :unsent"
        }
        None => "SET seen_at = :at, build = :build REMOVE unsent",
    };
    let change = Change { update, condition: "attribute_exists(PK)", values };
    table.update(key::enrolment(replica), change).await
}

struct VaultRow {
    known: Vault,
    replicas: Vec<ReplicaId>,
}

async fn vault_row(table: &Table, vault: VaultId) -> Result<Option<VaultRow>, StoreError> {
    let read = |row: Row| -> Result<VaultRow, Unreadable> {
        let escrow = row.bytes("escrow")?.try_into().map_err(|_| Unreadable("escrow"))?;
        let known = Vault {
            staff: row.parsed("staff")?,
            escrow: EscrowKey(escrow),
            revoked_at: row.perhaps("revoked_at", Row::moment)?,
        };
        Ok(VaultRow { known, replicas: row.set("replicas")? })
    };
    Ok(table.get(key::vault(vault)).await?.map(read).transpose()?)
}

pub(super) async fn vault(table: &Table, vault: VaultId) -> Result<Option<Vault>, StoreError> {
    Ok(vault_row(table, vault).await?.map(|row| row.known))
}

/// Revokes a vault and all its replicas in one transaction. Each fork adds a replica, so that a vault with more of them
/// than fit is revoked in parts, itself first: nothing can join it from then on.
pub(super) async fn revoke(table: &Table, replica: ReplicaId, at: Timestamp) -> Result<(), StoreError> {
    let Some(enrolled) = enrolment(table, replica).await? else {
        return Ok(());
    };
    for _ in 0..ATTEMPTS {
        let Some(vault) = vault_row(table, enrolled.vault).await? else {
            return Ok(());
        };
        let replicas: Vec<String> = vault.replicas.iter().map(ToString::to_string).collect();
        let values = vec![(":at", number(at.as_millisecond())), (":known", AttributeValue::Ss(replicas))];
        let change = Change {
            update: "SET revoked_at = if_not_exists(revoked_at, :at)",
            condition: "replicas = :known",
            values,
        };
        let mut writes = vec![Write::Update(key::vault(enrolled.vault), change)];
        writes.extend(vault.replicas.iter().map(|replica| revoke_one(*replica, at)));
        let mut parts = writes.chunks(MAX_ACTIONS);
        let first = parts.next().unwrap_or_default().to_vec();
        match table.transact(first).await {
            Ok(()) => {}
            Err(TransactError::Conflict) => continue,
            Err(TransactError::Store(error)) => return Err(error),
        }
        for part in parts {
            table.transact(part.to_vec()).await.map_err(TransactError::or_busy)?;
        }
        return Ok(());
    }
    Err(StoreError::Busy)
}

fn revoke_one(replica: ReplicaId, at: Timestamp) -> Write {
    let change = Change {
        update: "SET revoked_at = if_not_exists(revoked_at, :at)",
        condition: "attribute_exists(PK)",
        values: vec![(":at", number(at.as_millisecond()))],
    };
    Write::Update(key::enrolment(replica), change)
}
