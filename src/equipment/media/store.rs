//! SQL of what the media agent measured: one JSON object a test, a way to its last measurement.

use std::collections::BTreeMap;

use crate::base::clock::Moment;
use crate::base::ids::{EquipmentTestId, SeatId};
use crate::media::{Measured, Way};
use crate::store::{Connection, On, StoreError, sql};

/// A test of the seat: when it began, and whether it is finished.
pub(super) async fn begun(
    on: impl Into<On<'_>>,
    seat: &SeatId,
    test: &EquipmentTestId,
) -> Result<Option<(Moment, bool)>, StoreError> {
    let row = sql("SELECT started_at, finished_at FROM equipment_tests WHERE id = $1 AND seat_id = $2")
        .bind(test.as_str())
        .bind(seat.as_str())
        .fetch_optional(on)
        .await?;
    row.map(|row| Ok((Moment(row.get("started_at")?), row.get::<Option<i64>>("finished_at")?.is_some()))).transpose()
}

pub(super) async fn keep(c: &mut Connection, test: &str, way: Way, measured: Measured) -> Result<(), StoreError> {
    let row = sql("SELECT measured FROM equipment_tests WHERE id = $1").bind(test).fetch_optional(&mut *c).await?;
    let Some(row) = row else { return Ok(()) };
    let before = row.get::<Option<&str>>("measured")?.and_then(|json| serde_json::from_str(json).ok());
    let mut ways: BTreeMap<Way, Measured> = before.unwrap_or_default();
    ways.insert(way, measured);
    let json = serde_json::to_string(&ways).unwrap_or_default();
    sql("UPDATE equipment_tests SET measured = $1 WHERE id = $2").bind(json).bind(test).execute(c).await?;
    Ok(())
}
