//! SQL of joining: one seat with its visit, its facility and the person who sits there.

use jiff::civil::Date;

use crate::base::clock::Moment;
use crate::base::ids::{FacilityId, SeatId, VisitId};
use crate::base::private::Personal;
use crate::facilities::{self, Facility};
use crate::store::{Connection, StoreError, sql};
use crate::visits::store::rows::{moment, word};
use crate::visits::words::{Kind, SeatRole, SeatState, VisitState};

/// All that joining decides from.
#[derive(Clone, Debug)]
pub(in crate::visits::join) struct SeatFacts {
    pub(in crate::visits::join) seat: SeatId,
    pub(in crate::visits::join) role: SeatRole,
    pub(in crate::visits::join) state: SeatState,
    pub(in crate::visits::join) birth_tries: i64,
    pub(in crate::visits::join) vouched: bool,
    pub(in crate::visits::join) visit: VisitId,
    pub(in crate::visits::join) kind: Kind,
    pub(in crate::visits::join) visit_state: VisitState,
    pub(in crate::visits::join) starts_at: Moment,
    pub(in crate::visits::join) ends_at: Moment,
    pub(in crate::visits::join) moved: bool,
    pub(in crate::visits::join) for_visit: Option<VisitId>,
    /// Of the clinician, or of the technician of a test call.
    pub(in crate::visits::join) staff_name: String,
    /// The patient's, whoever sits here.
    pub(in crate::visits::join) born: Personal<Date>,
    pub(in crate::visits::join) language: String,
    /// The clinic knows a number for texts to the patient.
    pub(in crate::visits::join) has_phone: bool,
    pub(in crate::visits::join) facility: Facility,
}

impl SeatFacts {
    pub(in crate::visits::join) fn is_patient(&self) -> bool {
        self.role == SeatRole::Patient
    }
}

/// A seat that is opened by a link. Seats of staff are never reached this way.
pub(in crate::visits::join) async fn seat(c: &mut Connection, seat: &SeatId) -> Result<Option<SeatFacts>, StoreError> {
    let row = sql(
        "SELECT seats.id AS seat_id, seats.role, seats.state AS seat_state, seats.birth_tries, seats.vouched_at,
                v.id AS visit_id, v.facility_id, v.kind, v.state AS visit_state, v.starts_at, v.ends_at, v.moved_from, v.for_visit,
                staff.name AS staff_name, p.born, p.language, p.phone
         FROM seats JOIN visits v ON v.id = seats.visit_id JOIN staff ON staff.id = v.staff_id
         JOIN patients p ON p.id = v.patient_id
         WHERE seats.id = $1 AND seats.staff_id IS NULL",
    )
    .bind(seat.as_str())
    .fetch_optional(&mut *c)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let Some(facility) = facilities::store::find(&mut *c, &FacilityId(row.get("facility_id")?)).await? else {
        return Ok(None);
    };
    Ok(Some(SeatFacts {
        seat: SeatId(row.get("seat_id")?),
        role: word(&row, "role", SeatRole::parse)?,
        state: word(&row, "seat_state", SeatState::parse)?,
        birth_tries: row.get("birth_tries")?,
        vouched: moment(&row, "vouched_at")?.is_some(),
        visit: VisitId(row.get("visit_id")?),
        kind: word(&row, "kind", Kind::parse)?,
        visit_state: word(&row, "visit_state", VisitState::parse)?,
        starts_at: Moment(row.get("starts_at")?),
        ends_at: Moment(row.get("ends_at")?),
        moved: moment(&row, "moved_from")?.is_some(),
        for_visit: row.get::<Option<String>>("for_visit")?.map(VisitId),
        staff_name: row.get("staff_name")?,
        born: Personal(row.get::<&str>("born")?.parse().map_err(|error: jiff::Error| StoreError::strange(error))?),
        language: row.get("language")?,
        has_phone: row.get::<Option<&str>>("phone")?.is_some(),
        facility,
    }))
}

/// The patient's seat in the test call that is open for this visit. A test call is for the patient: others have none.
pub(in crate::visits::join) async fn open_test_call(
    c: &mut Connection,
    facts: &SeatFacts,
    now: Moment,
) -> Result<Option<(VisitId, SeatId)>, StoreError> {
    if !facts.is_patient() {
        return Ok(None);
    }
    let row = sql(
        "SELECT v.id AS visit_id, seats.id AS seat_id FROM visits v JOIN seats ON seats.visit_id = v.id AND seats.role = 'patient'
         WHERE v.for_visit = $1 AND v.state = 'booked' AND v.ends_at > $2 ORDER BY v.created_at DESC, v.id LIMIT 1",
    )
    .bind(facts.visit.as_str())
    .bind(now.0)
    .fetch_optional(c)
    .await?;
    row.map(|row| Ok((VisitId(row.get("visit_id")?), SeatId(row.get("seat_id")?)))).transpose()
}

pub(in crate::visits::join) async fn count_wrong_birth(c: &mut Connection, seat: &SeatId) -> Result<(), StoreError> {
    sql("UPDATE seats SET birth_tries = birth_tries + 1 WHERE id = $1").bind(seat.as_str()).execute(c).await?;
    Ok(())
}

pub(in crate::visits::join) async fn forget_wrong_births(c: &mut Connection, seat: &SeatId) -> Result<(), StoreError> {
    sql("UPDATE seats SET birth_tries = 0, asked_at = NULL WHERE id = $1").bind(seat.as_str()).execute(c).await?;
    Ok(())
}

pub(in crate::visits::join) async fn ask(c: &mut Connection, seat: &SeatId, now: Moment) -> Result<(), StoreError> {
    sql("UPDATE seats SET asked_at = $1 WHERE id = $2").bind(now.0).bind(seat.as_str()).execute(c).await?;
    Ok(())
}

pub(in crate::visits::join) async fn rate(c: &mut Connection, seat: &SeatId, rating: u8, now: Moment) -> Result<(), StoreError> {
    sql("INSERT INTO feedback (seat_id, rating, at) VALUES ($1, $2, $3)
         ON CONFLICT (seat_id) DO UPDATE SET rating = excluded.rating, at = excluded.at")
    .bind(seat.as_str())
    .bind(i64::from(rating))
    .bind(now.0)
    .execute(c)
    .await?;
    Ok(())
}
