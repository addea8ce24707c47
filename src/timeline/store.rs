//! SQL of the timeline: what a room notes of a visit.

use signaling::message::Happening;
use signaling::room::{Millis, PathRow};

use crate::base::ids::{SeatId, VisitId};
use crate::store::words::spelled;
use crate::store::{Connection, StoreError, sql};

pub async fn path(c: &mut Connection, visit: &VisitId, row: &PathRow) -> Result<(), StoreError> {
    let [first, second] = &row.between;
    let trouble = row.trouble.as_ref();
    sql("INSERT INTO visit_paths (visit_id, first_seat, second_seat, at, level, points, cause, side, round_trip_ms, loss_permille)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    .bind(visit.as_str())
    .bind(first.as_str())
    .bind(second.as_str())
    .bind(row.at)
    .bind(spelled(row.level))
    .bind(row.points.round() as i64)
    .bind(&trouble.map(|trouble| spelled(trouble.cause)))
    .bind(&trouble.map(|trouble| trouble.side.0.clone()))
    .bind(row.round_trip_ms.map(i64::from))
    .bind(row.loss.map(|loss| (loss * 1000.0).round() as i64))
    .execute(c)
    .await?;
    Ok(())
}

pub async fn happened(c: &mut Connection, visit: &VisitId, seat: &SeatId, what: Happening, at: Millis) -> Result<(), StoreError> {
    sql("INSERT INTO visit_happenings (visit_id, seat_id, at, what) VALUES ($1, $2, $3, $4)")
        .bind(visit.as_str())
        .bind(seat.as_str())
        .bind(at)
        .bind(spelled(what))
        .execute(c)
        .await?;
    Ok(())
}
