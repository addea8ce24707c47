//! SQL of the desk: test calls here, claims and what was before in files of their own.

pub(super) mod claims;
pub(super) mod past;

use crate::base::clock::Moment;
use crate::base::ids::{FacilityId, PatientId, SeatId, StaffId, VisitId};
use crate::identity::Device;
use crate::store::{Connection, On, StoreError, sql};
use crate::visits::store::rows::{moment, word};
use crate::visits::words::{Outcome, VisitState};

/// A clinical visit as far as a test call for it needs to know.
#[derive(Clone, Debug)]
pub(super) struct Clinical {
    pub(super) patient: PatientId,
    pub(super) patient_seat: SeatId,
    pub(super) state: VisitState,
    pub(super) ends_at: Moment,
    pub(super) is_in_visit: bool,
}

pub(super) async fn clinical(c: &mut Connection, facility: &FacilityId, visit: &VisitId) -> Result<Option<Clinical>, StoreError> {
    let row = sql("SELECT v.patient_id, v.state, v.ends_at, seats.id AS seat_id, seats.state AS seat_state
         FROM visits v JOIN seats ON seats.visit_id = v.id AND seats.role = 'patient'
         WHERE v.id = $1 AND v.facility_id = $2 AND v.kind = 'clinical'")
    .bind(visit.as_str())
    .bind(facility.as_str())
    .fetch_optional(c)
    .await?;
    row.map(|row| {
        Ok(Clinical {
            patient: PatientId(row.get("patient_id")?),
            patient_seat: SeatId(row.get("seat_id")?),
            state: word(&row, "state", VisitState::parse)?,
            ends_at: Moment(row.get("ends_at")?),
            is_in_visit: row.get::<&str>("seat_state")? == "admitted",
        })
    })
    .transpose()
}

/// Of any visit, test calls too.
pub(super) async fn facility_of(on: impl Into<On<'_>>, visit: &VisitId) -> Result<Option<FacilityId>, StoreError> {
    let row = sql("SELECT facility_id FROM visits WHERE id = $1").bind(visit.as_str()).fetch_optional(on).await?;
    row.map(|row| Ok(FacilityId(row.get("facility_id")?))).transpose()
}

/// Writes the visit's row, so that two technicians who start at once stand in line.
pub(super) async fn stand_in_line(c: &mut Connection, visit: &VisitId) -> Result<(), StoreError> {
    sql("UPDATE visits SET late_minutes = late_minutes WHERE id = $1").bind(visit.as_str()).execute(c).await?;
    Ok(())
}

/// The test call that is open for the visit, with the technician who holds it and their seat.
pub(super) async fn open_call(
    c: &mut Connection,
    visit: &VisitId,
    now: Moment,
) -> Result<Option<(VisitId, StaffId, SeatId)>, StoreError> {
    let row = sql(
        "SELECT v.id, v.staff_id, seats.id AS seat_id FROM visits v JOIN seats ON seats.visit_id = v.id AND seats.role = 'support'
         WHERE v.for_visit = $1 AND v.state = 'booked' AND v.ends_at > $2 ORDER BY v.created_at DESC, v.id LIMIT 1",
    )
    .bind(visit.as_str())
    .bind(now.0)
    .fetch_optional(c)
    .await?;
    row.map(|row| Ok((VisitId(row.get("id")?), StaffId(row.get("staff_id")?), SeatId(row.get("seat_id")?)))).transpose()
}

/// The device that holds the seat, and when its person said who they are.
pub(super) async fn live_device(c: &mut Connection, seat: &SeatId) -> Result<Option<(Device, Option<Moment>)>, StoreError> {
    let row = sql(
        "SELECT s.device_hash, s.identified_at FROM seats JOIN seat_sessions s ON s.id = seats.live_session AND s.ended_at IS NULL
         WHERE seats.id = $1",
    )
    .bind(seat.as_str())
    .fetch_optional(c)
    .await?;
    row.map(|row| Ok((Device { hash: row.get("device_hash")? }, moment(&row, "identified_at")?))).transpose()
}

/// A test call of the facility.
#[derive(Clone, Debug)]
pub(super) struct TestCall {
    pub(super) for_visit: VisitId,
}

pub(super) async fn test_call(
    c: &mut Connection,
    facility: &FacilityId,
    visit: &VisitId,
) -> Result<Option<TestCall>, StoreError> {
    let row =
        sql("SELECT for_visit FROM visits WHERE id = $1 AND facility_id = $2 AND kind = 'test_call' AND for_visit IS NOT NULL")
            .bind(visit.as_str())
            .bind(facility.as_str())
            .fetch_optional(c)
            .await?;
    row.map(|row| Ok(TestCall { for_visit: VisitId(row.get("for_visit")?) })).transpose()
}

/// Writes what came of it and ends the call. It may be written again to correct it; the end stays what it was.
pub(super) async fn conclude(
    c: &mut Connection,
    visit: &VisitId,
    outcome: Outcome,
    note: &str,
    now: Moment,
) -> Result<(), StoreError> {
    sql(
        "UPDATE visits SET outcome = $1, note = $2, state = 'ended', ended_at = CASE WHEN outcome IS NULL THEN $3 ELSE ended_at END WHERE id = $4",
    )
    .bind(outcome.word())
    .bind(note)
    .bind(now.0)
    .bind(visit.as_str())
    .execute(c)
    .await?;
    Ok(())
}

/// Ends a test call of which nothing came.
pub(super) async fn abandon(c: &mut Connection, call: &VisitId, now: Moment) -> Result<(), StoreError> {
    sql("UPDATE visits SET state = 'ended', ended_at = $1 WHERE id = $2 AND state = 'booked'")
        .bind(now.0)
        .bind(call.as_str())
        .execute(c)
        .await?;
    Ok(())
}
