//! SQL of a test's rows before it is finished.

use crate::base::ids::{EquipmentTestId, SeatId};
use crate::equipment::checks::Check;
use crate::store::{Connection, StoreError, sql};

/// A test of the seat, as far as it has come.
pub(super) struct Running {
    pub(super) is_finished: bool,
    pub(super) checks: Vec<Check>,
}

pub(super) async fn running(c: &mut Connection, seat: &SeatId, test: &EquipmentTestId) -> Result<Option<Running>, StoreError> {
    let row = sql("SELECT finished_at, checks FROM equipment_tests WHERE id = $1 AND seat_id = $2")
        .bind(test.as_str())
        .bind(seat.as_str())
        .fetch_optional(c)
        .await?;
    row.map(|row| {
        let checks = row.get::<Option<&str>>("checks")?.map(serde_json::from_str).transpose().map_err(StoreError::strange)?;
        Ok(Running { is_finished: row.get::<Option<i64>>("finished_at")?.is_some(), checks: checks.unwrap_or_default() })
    })
    .transpose()
}

pub(super) async fn note(c: &mut Connection, test: &EquipmentTestId, checks: &[Check]) -> Result<(), StoreError> {
    let json = serde_json::to_string(checks).map_err(StoreError::strange)?;
    sql("UPDATE equipment_tests SET checks = $1 WHERE id = $2").bind(json).bind(test.as_str()).execute(c).await?;
    Ok(())
}
