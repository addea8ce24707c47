//! What booking, moving and cancelling write. Callers hold a transaction and add the audit entry.

use crate::base::clock::Moment;
use crate::base::dice::Dice;
use crate::base::ids::{FacilityId, PatientId, SeatId, StaffId, VisitId};
use crate::store::{Connection, StoreError, sql};
use crate::visits::words::{Kind, SeatRole};

/// A visit to be written, with times that were decided.
#[derive(Clone, Debug)]
pub struct NewVisit {
    pub id: VisitId,
    pub facility: FacilityId,
    pub kind: Kind,
    pub reason: String,
    pub staff: StaffId,
    pub patient: PatientId,
    pub starts_at: Moment,
    pub ends_at: Moment,
    pub for_visit: Option<VisitId>,
    pub created_at: Moment,
}

pub async fn insert_visit(c: &mut Connection, new: &NewVisit) -> Result<(), StoreError> {
    sql(
        "INSERT INTO visits (id, facility_id, kind, reason, staff_id, patient_id, starts_at, ends_at, state, for_visit, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'booked', $9, $10)",
    )
    .bind(new.id.as_str())
    .bind(new.facility.as_str())
    .bind(new.kind.word())
    .bind(&new.reason)
    .bind(new.staff.as_str())
    .bind(new.patient.as_str())
    .bind(new.starts_at.0)
    .bind(new.ends_at.0)
    .bind(new.for_visit.as_ref().map(VisitId::as_str))
    .bind(new.created_at.0)
    .execute(c)
    .await?;
    Ok(())
}

/// A seat for the visit's own staff member, under the name that the others will read.
pub async fn insert_staff_seat(c: &mut Connection, new: &NewVisit, role: SeatRole, dice: &Dice) -> Result<SeatId, StoreError> {
    let seat = SeatId(dice.id());
    sql("INSERT INTO seats (id, visit_id, role, name, staff_id)
         SELECT $1, $2, $3, name, id FROM staff WHERE id = $4")
    .bind(seat.as_str())
    .bind(new.id.as_str())
    .bind(role.word())
    .bind(new.staff.as_str())
    .execute(c)
    .await?;
    Ok(seat)
}

pub async fn insert_patient_seat(c: &mut Connection, new: &NewVisit, dice: &Dice) -> Result<SeatId, StoreError> {
    let seat = SeatId(dice.id());
    sql("INSERT INTO seats (id, visit_id, role, name, patient_id)
         SELECT $1, $2, 'patient', name, id FROM patients WHERE id = $3")
    .bind(seat.as_str())
    .bind(new.id.as_str())
    .bind(new.patient.as_str())
    .execute(c)
    .await?;
    Ok(seat)
}

/// A seat for somebody who comes with the patient: nobody the clinic keeps, so only the name that the others will read.
pub async fn insert_companion_seat(
    c: &mut Connection,
    visit: &VisitId,
    (role, name): (SeatRole, &str),
    (phone, mail): (&Option<String>, &Option<String>),
    dice: &Dice,
) -> Result<SeatId, StoreError> {
    let seat = SeatId(dice.id());
    sql("INSERT INTO seats (id, visit_id, role, name, phone, mail) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(seat.as_str())
        .bind(visit.as_str())
        .bind(role.word())
        .bind(name)
        .bind(phone)
        .bind(mail)
        .execute(c)
        .await?;
    Ok(seat)
}

/// Takes the seat away for good: its link answers as if it were unknown.
pub async fn remove_seat(c: &mut Connection, seat: &SeatId) -> Result<(), StoreError> {
    sql("UPDATE seats SET state = 'removed', waiting_since = NULL, admitted_at = NULL WHERE id = $1")
        .bind(seat.as_str())
        .execute(c)
        .await?;
    Ok(())
}

/// Writes the visit's row, so that those who add seats to it at once stand in line.
pub async fn stand_in_line_for_visit(c: &mut Connection, visit: &VisitId) -> Result<(), StoreError> {
    sql("UPDATE visits SET late_minutes = late_minutes WHERE id = $1").bind(visit.as_str()).execute(c).await?;
    Ok(())
}

/// Touches the clinician's row, so that bookings of one clinician stand in line on every database.
/// False when the facility has no such clinician.
pub async fn stand_in_line(c: &mut Connection, facility: &FacilityId, clinician: &StaffId) -> Result<bool, StoreError> {
    let touched = sql("UPDATE staff SET bookings = bookings + 1
         WHERE id = $1 AND facility_id = $2 AND role = 'clinician' AND disabled_at IS NULL")
    .bind(clinician.as_str())
    .bind(facility.as_str())
    .execute(c)
    .await?;
    Ok(touched == 1)
}

/// Whether the clinician has another visit in this time. Ask after standing in line.
pub async fn is_taken(
    c: &mut Connection,
    clinician: &StaffId,
    (starts_at, ends_at): (Moment, Moment),
    but: &VisitId,
) -> Result<bool, StoreError> {
    let row = sql("SELECT COUNT(*) AS n FROM visits WHERE staff_id = $1 AND kind = 'clinical' AND state = 'booked'
         AND starts_at < $2 AND ends_at > $3 AND id <> $4")
    .bind(clinician.as_str())
    .bind(ends_at.0)
    .bind(starts_at.0)
    .bind(but.as_str())
    .fetch_one(c)
    .await?;
    Ok(row.get::<i64>("n")? > 0)
}

pub async fn has_patient(c: &mut Connection, facility: &FacilityId, patient: &PatientId) -> Result<bool, StoreError> {
    let row = sql("SELECT COUNT(*) AS n FROM patients WHERE id = $1 AND facility_id = $2")
        .bind(patient.as_str())
        .bind(facility.as_str())
        .fetch_one(c)
        .await?;
    Ok(row.get::<i64>("n")? > 0)
}

/// New times for a booked visit. Who had left or was turned away is expected anew.
pub async fn move_visit(c: &mut Connection, visit: &VisitId, (starts_at, ends_at): (Moment, Moment)) -> Result<(), StoreError> {
    sql("UPDATE visits SET moved_from = starts_at, starts_at = $1, ends_at = $2, late_minutes = 0, by_phone_at = NULL WHERE id = $3")
        .bind(starts_at.0)
        .bind(ends_at.0)
        .bind(visit.as_str())
        .execute(&mut *c)
        .await?;
    sql("UPDATE seats SET state = 'expected' WHERE visit_id = $1 AND state IN ('left', 'denied')")
        .bind(visit.as_str())
        .execute(c)
        .await?;
    Ok(())
}

pub async fn cancel(c: &mut Connection, visit: &VisitId, now: Moment) -> Result<(), StoreError> {
    sql("UPDATE visits SET state = 'cancelled', ended_at = $1 WHERE id = $2").bind(now.0).bind(visit.as_str()).execute(c).await?;
    Ok(())
}

pub async fn run_late(c: &mut Connection, visit: &VisitId, minutes: u32) -> Result<(), StoreError> {
    sql("UPDATE visits SET late_minutes = $1 WHERE id = $2").bind(i64::from(minutes)).bind(visit.as_str()).execute(c).await?;
    Ok(())
}

/// Staff knows who sits here.
pub async fn vouch(c: &mut Connection, seat: &SeatId, now: Moment) -> Result<(), StoreError> {
    sql("UPDATE seats SET vouched_at = $1, asked_at = NULL WHERE id = $2").bind(now.0).bind(seat.as_str()).execute(c).await?;
    Ok(())
}

/// A new link is a new start: wrong dates of birth typed with the old one do not count, nor that its holder was not let in.
pub async fn forgive_tries(c: &mut Connection, seat: &SeatId) -> Result<(), StoreError> {
    sql("UPDATE seats SET birth_tries = 0, asked_at = NULL, state = CASE WHEN state = 'denied' THEN 'expected' ELSE state END
         WHERE id = $1")
    .bind(seat.as_str())
    .execute(c)
    .await?;
    Ok(())
}
