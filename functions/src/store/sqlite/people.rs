//! Staff, their replicas and vaults.

use domain::id::{ReplicaId, StaffId, VaultId};
use domain::wire::Staff;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{corrupt, failed, moment, parsed};
use crate::store::{EnrolError, Enrolment, EscrowKey, Seen, StoreError, Vault};

pub(super) fn staff(connection: &Connection, id: StaffId) -> Result<Option<Staff>, StoreError> {
    let row: Option<String> = connection
        .prepare_cached("SELECT row FROM staff WHERE staff = ?1")
        .and_then(|mut query| query.query_row([id.to_string()], |row| row.get(0)).optional())
        .map_err(failed)?;
    row.map(|row| serde_json::from_str(&row).map_err(corrupt)).transpose()
}

pub(super) fn everybody(connection: &Connection) -> Result<Vec<Staff>, StoreError> {
    let rows: Vec<String> = connection
        .prepare_cached("SELECT row FROM staff")
        .and_then(|mut query| query.query_map([], |row| row.get(0))?.collect())
        .map_err(failed)?;
    let mut everybody =
        rows.iter().map(|row| serde_json::from_str(row).map_err(corrupt)).collect::<Result<Vec<Staff>, _>>()?;
    everybody.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    Ok(everybody)
}

pub(super) fn put_staff(connection: &Connection, staff: &Staff) -> Result<(), StoreError> {
    let row = serde_json::to_string(staff).map_err(corrupt)?;
    connection
        .prepare_cached(
            "INSERT INTO staff (staff, row) VALUES (?1, ?2)
             ON CONFLICT (staff) DO UPDATE SET row = excluded.row",
        )
        .and_then(|mut put| put.execute([staff.id.to_string(), row]))
        .map(drop)
        .map_err(failed)
}

pub(super) fn enrol(connection: &Connection, new: &Enrolment, escrow: EscrowKey) -> Result<EscrowKey, EnrolError> {
    let escrow = match vault(connection, new.vault)? {
        Some(known) if known.staff != new.staff => return Err(EnrolError::VaultTaken),
        Some(known) if known.revoked_at.is_some() => return Err(EnrolError::Revoked),
        Some(known) => known.escrow,
        None => {
            connection
                .prepare_cached("INSERT INTO vault (vault, staff, escrow) VALUES (?1, ?2, ?3)")
                .and_then(|mut put| put.execute(params![new.vault.to_string(), new.staff.to_string(), escrow.0]))
                .map_err(failed)?;
            escrow
        }
    };
    match enrolment(connection, new.replica)? {
        Some(known) if (known.staff, known.vault) != (new.staff, new.vault) => {
            return Err(EnrolError::ReplicaTaken);
        }
        Some(_) => return Ok(escrow),
        None => {}
    }
    connection
        .prepare_cached(
            "INSERT INTO replica (replica, staff, vault, replaces, enrolled_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        )
        .and_then(|mut put| {
            put.execute(params![
                new.replica.to_string(),
                new.staff.to_string(),
                new.vault.to_string(),
                new.replaces.map(|replica| replica.to_string()),
                new.enrolled_at.as_millisecond(),
            ])
        })
        .map_err(failed)?;
    Ok(escrow)
}

const ENROLMENT: &str = "replica, staff, vault, replaces, enrolled_at, revoked_at, seen_at, build, unsent";

type EnrolmentColumns =
    (String, String, String, Option<String>, i64, Option<i64>, Option<i64>, Option<String>, Option<u32>);

fn enrolment_columns(row: &Row<'_>) -> rusqlite::Result<EnrolmentColumns> {
    Ok((
        row.get(0)?,
        row.get(1)?,
        row.get(2)?,
        row.get(3)?,
        row.get(4)?,
        row.get(5)?,
        row.get(6)?,
        row.get(7)?,
        row.get(8)?,
    ))
}

fn read_enrolment(columns: EnrolmentColumns) -> Result<Enrolment, StoreError> {
    let (replica, staff, vault, replaces, enrolled_at, revoked_at, seen_at, build, unsent) = columns;
    let seen = |at| Ok::<_, StoreError>(Seen { at: moment(at)?, build: build.unwrap_or_default(), unsent });
    Ok(Enrolment {
        replica: parsed(&replica)?,
        staff: parsed(&staff)?,
        vault: parsed(&vault)?,
        replaces: replaces.as_deref().map(parsed).transpose()?,
        enrolled_at: moment(enrolled_at)?,
        revoked_at: revoked_at.map(moment).transpose()?,
        seen: seen_at.map(seen).transpose()?,
    })
}

pub(super) fn enrolment(connection: &Connection, replica: ReplicaId) -> Result<Option<Enrolment>, StoreError> {
    let row = connection
        .prepare_cached(&format!("SELECT {ENROLMENT} FROM replica WHERE replica = ?1"))
        .and_then(|mut query| query.query_row([replica.to_string()], enrolment_columns).optional())
        .map_err(failed)?;
    row.map(read_enrolment).transpose()
}

pub(super) fn enrolments_of(connection: &Connection, staff: StaffId) -> Result<Vec<Enrolment>, StoreError> {
    let rows: Vec<EnrolmentColumns> = connection
        .prepare_cached(&format!("SELECT {ENROLMENT} FROM replica WHERE staff = ?1 ORDER BY replica"))
        .and_then(|mut query| query.query_map([staff.to_string()], enrolment_columns)?.collect())
        .map_err(failed)?;
    rows.into_iter().map(read_enrolment).collect()
}

pub(super) fn note_seen(connection: &Connection, replica: ReplicaId, seen: &Seen) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE replica SET seen_at = ?2, build = ?3, unsent = ?4 WHERE replica = ?1")
        .and_then(|mut put| {
            put.execute(params![replica.to_string(), seen.at.as_millisecond(), seen.build, seen.unsent])
        })
        .map(drop)
        .map_err(failed)
}

pub(super) fn vault(connection: &Connection, vault: VaultId) -> Result<Option<Vault>, StoreError> {
    let row: Option<(String, [u8; 32], Option<i64>)> = connection
        .prepare_cached("SELECT staff, escrow, revoked_at FROM vault WHERE vault = ?1")
        .and_then(|mut query| {
            query.query_row([vault.to_string()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()
        })
        .map_err(failed)?;
    let Some((staff, escrow, revoked_at)) = row else {
        return Ok(None);
    };
    Ok(Some(Vault {
        staff: parsed(&staff)?,
        escrow: EscrowKey(escrow),
        revoked_at: revoked_at.map(moment).transpose()?,
    }))
}

pub(super) fn revoke(connection: &Connection, replica: ReplicaId, at: Timestamp) -> Result<(), StoreError> {
    let of_vault = "vault = (SELECT vault FROM replica WHERE replica = ?1) AND revoked_at IS NULL";
    for table in ["vault", "replica"] {
        connection
            .execute(
                &format!("UPDATE {table} SET revoked_at = ?2 WHERE {of_vault}"),
                params![replica.to_string(), at.as_millisecond()],
            )
            .map_err(failed)?;
    }
    Ok(())
}
