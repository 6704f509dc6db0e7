//! Staff.

use domain::id::StaffId;
use domain::wire::Staff;

use super::key;
use super::row::Row;
use super::table::Table;
use crate::store::StoreError;

fn corrupt(error: serde_json::Error) -> StoreError {
    StoreError::Corrupt(Box::new(error))
}

fn read_staff(row: &Row) -> Result<Staff, StoreError> {
    serde_json::from_str(row.text("row")?).map_err(corrupt)
}

pub(super) async fn staff(table: &Table, id: StaffId) -> Result<Option<Staff>, StoreError> {
    table.get(key::staff(id)).await?.map(|row| read_staff(&row)).transpose()
}

pub(super) async fn everybody(table: &Table) -> Result<Vec<Staff>, StoreError> {
    let rows = table.all(&key::everybody()).await?;
    let mut everybody = rows.iter().map(read_staff).collect::<Result<Vec<Staff>, _>>()?;
    everybody.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    Ok(everybody)
}

pub(super) async fn put_staff(table: &Table, staff: &Staff) -> Result<(), StoreError> {
    let row = serde_json::to_string(staff).map_err(corrupt)?;
    table.put(Row::at(key::staff(staff.id)).with_text("row", row)).await
}
