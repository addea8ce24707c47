//! SQL that only the demo clinic needs.

use super::history::Past;
use super::plan::{PlannedTest, minutes};
use crate::base::clock::Moment;
use crate::base::ids::{FacilityId, PatientId, SeatId, StaffId, VisitId};
use crate::store::{Connection, On, StoreError, sql};

pub(super) async fn staff(c: &mut Connection, facility: &FacilityId, login: &str) -> Result<Option<StaffId>, StoreError> {
    let row = sql("SELECT id FROM staff WHERE facility_id = $1 AND login = $2")
        .bind(facility.as_str())
        .bind(login)
        .fetch_optional(c)
        .await?;
    row.map(|row| Ok(StaffId(row.get("id")?))).transpose()
}

pub(super) async fn patient(c: &mut Connection, facility: &FacilityId, record: &str) -> Result<Option<PatientId>, StoreError> {
    let row = sql("SELECT id FROM patients WHERE facility_id = $1 AND record_id = $2 ORDER BY created_at LIMIT 1")
        .bind(facility.as_str())
        .bind(record)
        .fetch_optional(c)
        .await?;
    row.map(|row| Ok(PatientId(row.get("id")?))).transpose()
}

/// The patient's seat in a visit that can be joined now and for a while.
pub(super) async fn joinable(
    c: &mut Connection,
    patient: &PatientId,
    (starts_by, ends_after): (Moment, Moment),
) -> Result<Option<(VisitId, SeatId)>, StoreError> {
    let row = sql("SELECT v.id AS visit_id, seats.id AS seat_id
         FROM visits v JOIN seats ON seats.visit_id = v.id AND seats.role = 'patient'
         WHERE v.patient_id = $1 AND v.kind = 'clinical' AND v.state = 'booked' AND v.starts_at <= $2 AND v.ends_at > $3
         AND seats.state NOT IN ('denied', 'removed')
         ORDER BY v.starts_at DESC, v.id LIMIT 1")
    .bind(patient.as_str())
    .bind(starts_by.0)
    .bind(ends_after.0)
    .fetch_optional(c)
    .await?;
    row.map(|row| Ok((VisitId(row.get("visit_id")?), SeatId(row.get("seat_id")?)))).transpose()
}

pub(super) async fn is_open(on: impl Into<On<'_>>, seat: &SeatId, now: Moment) -> Result<bool, StoreError> {
    let row = sql("SELECT COUNT(*) AS n FROM seats JOIN visits v ON v.id = seats.visit_id
         WHERE seats.id = $1 AND v.state = 'booked' AND v.ends_at > $2 AND seats.state NOT IN ('denied', 'removed')")
    .bind(seat.as_str())
    .bind(now.0)
    .fetch_one(on)
    .await?;
    Ok(row.get::<i64>("n")? > 0)
}

/// Whether anything is booked to come, or going on.
pub(super) async fn has_a_day(c: &mut Connection, facility: &FacilityId, now: Moment) -> Result<bool, StoreError> {
    let row = sql("SELECT COUNT(*) AS n FROM visits WHERE facility_id = $1 AND state = 'booked' AND ends_at > $2")
        .bind(facility.as_str())
        .bind(now.0)
        .fetch_one(c)
        .await?;
    Ok(row.get::<i64>("n")? > 0)
}

/// A test that somebody made before the demo began.
pub(super) async fn add_test(
    c: &mut Connection,
    id: &str,
    seat: &SeatId,
    test: &PlannedTest,
    now: Moment,
) -> Result<(), StoreError> {
    let finished_at = now.minus(minutes(test.minutes_ago));
    sql("INSERT INTO equipment_tests (id, seat_id, started_at, finished_at, mode, cause, checks, device)
         VALUES ($1, $2, $3, $4, $5, $6, '[]', $7)")
    .bind(id)
    .bind(seat.as_str())
    .bind(finished_at.minus(minutes(1)).0)
    .bind(finished_at.0)
    .bind(test.mode.word())
    .bind(&test.cause)
    .bind(serde_json::to_string(&test.device()).map_err(StoreError::strange)?)
    .execute(c)
    .await?;
    Ok(())
}

/// A visit that is over, with its test, under one id.
pub(super) async fn add_past(
    c: &mut Connection,
    id: &str,
    (facility, staff, patient): (&FacilityId, &StaffId, &PatientId),
    past: &Past,
) -> Result<(), StoreError> {
    let Past { at, device, mode, cause, connected } = past;
    sql("INSERT INTO visits (id, facility_id, kind, reason, staff_id, patient_id, starts_at, ends_at, state, created_at, started_at, ended_at)
         VALUES ($1, $2, 'clinical', 'follow_up', $3, $4, $5, $6, 'ended', $5, $7, $6)")
    .bind(id)
    .bind(facility.as_str())
    .bind(staff.as_str())
    .bind(patient.as_str())
    .bind(at.0)
    .bind(at.plus(minutes(20)).0)
    .bind(connected.then_some(at.0))
    .execute(&mut *c)
    .await?;
    sql("INSERT INTO seats (id, visit_id, role, name, patient_id, state) SELECT $1, $1, 'patient', name, id, 'left' FROM patients WHERE id = $2")
        .bind(id)
        .bind(patient.as_str())
        .execute(&mut *c)
        .await?;
    sql("INSERT INTO equipment_tests (id, seat_id, started_at, finished_at, mode, cause, checks, device) VALUES ($1, $1, $2, $2, $3, $4, '[]', $5)")
        .bind(id)
        .bind(at.0)
        .bind(*mode)
        .bind(*cause)
        .bind(serde_json::to_string(device).map_err(StoreError::strange)?)
        .execute(c)
        .await?;
    Ok(())
}
