//! SQL of what was before: the patient's tests and how earlier visits went, and who else met the same cause.

use serde::Serialize;

use crate::base::clock::Moment;
use crate::base::ids::{FacilityId, PatientId, VisitId};
use crate::equipment::report::Test;
use crate::equipment::store as equipment;
use crate::store::{Connection, Row, StoreError, sql};
use crate::visits::readiness::Device;
use crate::visits::words::Outcome;

/// Tests of one patient that a session view shows, the newest.
const TESTS: i64 = 12;
const EARLIER: i64 = 5;
/// Rows that are looked through for others with the same cause.
const MOST: i64 = 5_000;

/// Of the patient's seat in the visit and in its test calls, newest first.
pub(in crate::support) async fn tests(c: &mut Connection, visit: &VisitId) -> Result<Vec<Test>, StoreError> {
    let rows = sql("SELECT t.* FROM equipment_tests t JOIN seats ON seats.id = t.seat_id JOIN visits v ON v.id = seats.visit_id
         WHERE seats.role = 'patient' AND (v.id = $1 OR v.for_visit = $1) ORDER BY t.started_at DESC, t.id LIMIT $2")
    .bind(visit.as_str())
    .bind(TESTS)
    .fetch_all(c)
    .await?;
    rows.iter().map(equipment::test).collect()
}

/// An earlier visit of the patient whose check ended with the same cause.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = DeskEarlierVisit)]
pub struct EarlierVisit {
    pub starts_at: Moment,
    /// What a technician said in the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    pub got_in: bool,
}

pub(in crate::support) async fn before(
    c: &mut Connection,
    patient: &PatientId,
    (visit, starts_at): (&VisitId, Moment),
    cause: &str,
) -> Result<Vec<EarlierVisit>, StoreError> {
    let rows = sql("SELECT v.id, v.starts_at, v.started_at,
                (SELECT h.outcome FROM help_requests h WHERE h.visit_id = v.id AND h.outcome IS NOT NULL
                 ORDER BY h.closed_at DESC, h.id LIMIT 1) AS outcome
         FROM visits v WHERE v.patient_id = $1 AND v.kind = 'clinical' AND v.id <> $2 AND v.starts_at < $3
         AND EXISTS (SELECT 1 FROM seats JOIN equipment_tests t ON t.seat_id = seats.id
                     WHERE seats.visit_id = v.id AND seats.role = 'patient' AND t.cause = $4)
         ORDER BY v.starts_at DESC, v.id LIMIT $5")
    .bind(patient.as_str())
    .bind(visit.as_str())
    .bind(starts_at.0)
    .bind(cause)
    .bind(EARLIER)
    .fetch_all(c)
    .await?;
    let read = |row: &Row| {
        let (starts_at, got_in) = (Moment(row.get("starts_at")?), row.get::<Option<i64>>("started_at")?.is_some());
        let outcome = row.get::<Option<String>>("outcome")?;
        Ok(EarlierVisit { starts_at, got_in, outcome: outcome.as_deref().and_then(Outcome::parse) })
    };
    rows.iter().map(read).collect()
}

/// Somebody whose check ended with a cause.
#[derive(Clone, Debug)]
pub(in crate::support) struct Met {
    pub(in crate::support) patient: PatientId,
    pub(in crate::support) system: Option<String>,
    pub(in crate::support) at: Moment,
}

/// Other patients of the facility whose check ended with this cause since then.
pub(in crate::support) async fn met(
    c: &mut Connection,
    facility: &FacilityId,
    but: &PatientId,
    (cause, since): (&str, Moment),
) -> Result<Vec<Met>, StoreError> {
    let rows = sql("SELECT v.patient_id, t.device, t.finished_at
         FROM equipment_tests t JOIN seats ON seats.id = t.seat_id JOIN visits v ON v.id = seats.visit_id
         WHERE v.facility_id = $1 AND v.patient_id <> $2 AND seats.role = 'patient' AND t.cause = $3 AND t.finished_at >= $4
         ORDER BY t.finished_at DESC, t.id LIMIT $5")
    .bind(facility.as_str())
    .bind(but.as_str())
    .bind(cause)
    .bind(since.0)
    .bind(MOST)
    .fetch_all(c)
    .await?;
    let read = |row: &Row| {
        let device = equipment::parsed::<Device>(row, "device")?;
        Ok(Met {
            patient: PatientId(row.get("patient_id")?),
            system: device.map(|device| device.system),
            at: Moment(row.get("finished_at")?),
        })
    };
    rows.iter().map(read).collect()
}
