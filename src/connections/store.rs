//! SQL of what is counted: whole weeks that are over, of every clinic.

use crate::base::clock::Moment;
use crate::store::{Connection, Row, StoreError, sql};

/// Milliseconds of a week, as the statements below have it.
pub(super) const WEEK: i64 = 604_800_000;

/// Clinical visits of one clinic in one week, those that were cancelled left out.
pub(super) struct Visits {
    pub(super) facility: String,
    /// From the first one, 0.
    pub(super) week: i64,
    pub(super) booked: i64,
    /// Somebody was let in.
    pub(super) connected: i64,
}

pub(super) async fn visits(c: &mut Connection, (from, to): (Moment, Moment)) -> Result<Vec<Visits>, StoreError> {
    let rows = sql("SELECT f.name, (v.ends_at - $1) / 604800000 AS week, COUNT(*) AS booked, COUNT(v.started_at) AS connected
         FROM visits v JOIN facilities f ON f.id = v.facility_id
         WHERE v.kind = 'clinical' AND v.state <> 'cancelled' AND v.ends_at >= $1 AND v.ends_at < $2
         GROUP BY f.id, f.name, week ORDER BY f.name, week")
    .bind(from.0)
    .bind(to.0)
    .fetch_all(c)
    .await?;
    let read = |row: &Row| {
        let (facility, week) = (row.get("name")?, row.get("week")?);
        Ok(Visits { facility, week, booked: row.get("booked")?, connected: row.get("connected")? })
    };
    rows.iter().map(read).collect()
}

/// Patients whose last equipment test in this time went alike.
pub(super) struct Tests {
    pub(super) facility: String,
    pub(super) week: i64,
    pub(super) mode: String,
    pub(super) cause: Option<String>,
    /// JSON, as the test keeps it.
    pub(super) device: Option<String>,
    pub(super) count: i64,
}

/// A patient who tests ten times counts once: by the last one.
pub(super) async fn tests(c: &mut Connection, (from, to): (Moment, Moment)) -> Result<Vec<Tests>, StoreError> {
    let rows = sql("SELECT f.name, (t.finished_at - $1) / 604800000 AS week, t.mode, t.cause, t.device, COUNT(*) AS n
         FROM equipment_tests t JOIN seats s ON s.id = t.seat_id JOIN visits v ON v.id = s.visit_id JOIN facilities f ON f.id = v.facility_id
         WHERE v.kind = 'clinical' AND s.role = 'patient' AND t.mode IS NOT NULL AND t.finished_at >= $1 AND t.finished_at < $2
           AND NOT EXISTS (SELECT 1 FROM equipment_tests l WHERE l.seat_id = t.seat_id AND l.finished_at < $2
                           AND (l.finished_at > t.finished_at OR (l.finished_at = t.finished_at AND l.id > t.id)))
         GROUP BY f.id, f.name, week, t.mode, t.cause, t.device ORDER BY f.name, week")
    .bind(from.0)
    .bind(to.0)
    .fetch_all(c)
    .await?;
    let read = |row: &Row| {
        let (facility, week, mode) = (row.get("name")?, row.get("week")?, row.get("mode")?);
        Ok(Tests { facility, week, mode, cause: row.get("cause")?, device: row.get("device")?, count: row.get("n")? })
    };
    rows.iter().map(read).collect()
}
