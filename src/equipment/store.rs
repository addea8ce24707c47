//! SQL of equipment tests.

use serde::de::DeserializeOwned;

use crate::base::clock::Moment;
use crate::base::ids::{EquipmentTestId, FacilityId, SeatId, VisitId};
use crate::base::private::Personal;
use crate::equipment::report::{Test, TestReport};
use crate::identity::Device;
use crate::store::{Connection, Row, StoreError, sql};
use crate::visits::store::rows::{moment, word};
use crate::visits::words::{Mode, SeatRole};

/// Where a test belongs, for its audit entry and for the lists.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) facility: FacilityId,
    pub(super) visit: VisitId,
    pub(super) for_visit: Option<VisitId>,
    /// Nobody has to say who they are: staff knows it, or it is not the patient.
    pub(super) is_known: bool,
    pub(super) is_patients: bool,
}

pub(super) async fn place(c: &mut Connection, seat: &SeatId) -> Result<Option<Place>, StoreError> {
    let row = sql(
        "SELECT v.facility_id, v.id, v.for_visit, seats.role, seats.vouched_at FROM seats JOIN visits v ON v.id = seats.visit_id
         WHERE seats.id = $1 AND v.state = 'booked'",
    )
    .bind(seat.as_str())
    .fetch_optional(c)
    .await?;
    row.map(|row| {
        Ok(Place {
            facility: FacilityId(row.get("facility_id")?),
            visit: VisitId(row.get("id")?),
            for_visit: row.get::<Option<String>>("for_visit")?.map(VisitId),
            is_patients: row.get::<&str>("role")? == "patient",
            is_known: row.get::<&str>("role")? != "patient" || row.get::<Option<i64>>("vouched_at")?.is_some(),
        })
    })
    .transpose()
}

pub(super) async fn start(
    c: &mut Connection,
    (test, device): (&EquipmentTestId, &Device),
    seat: &SeatId,
    now: Moment,
) -> Result<(), StoreError> {
    sql("INSERT INTO equipment_tests (id, seat_id, started_at, device_hash) VALUES ($1, $2, $3, $4)")
        .bind(test.as_str())
        .bind(seat.as_str())
        .bind(now.0)
        .bind(&device.hash)
        .execute(c)
        .await?;
    Ok(())
}

/// So many tests were begun on the seat since `from`.
pub(super) async fn begun_since(c: &mut Connection, seat: &SeatId, from: Moment) -> Result<i64, StoreError> {
    let row = sql("SELECT COUNT(*) AS n FROM equipment_tests WHERE seat_id = $1 AND started_at > $2")
        .bind(seat.as_str())
        .bind(from.0)
        .fetch_one(c)
        .await?;
    row.get("n")
}

/// What a test found.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    pub(super) mode: &'static str,
    pub(super) cause: Option<&'static str>,
    pub(super) checks: String,
    pub(super) device: String,
}

/// False when the seat has no such test, or it was finished with other words before.
pub(super) async fn finish(
    c: &mut Connection,
    (seat, test): (&SeatId, &EquipmentTestId),
    finding: &Finding,
    now: Moment,
) -> Result<Finished, StoreError> {
    let row = sql("SELECT finished_at, checks FROM equipment_tests WHERE id = $1 AND seat_id = $2")
        .bind(test.as_str())
        .bind(seat.as_str())
        .fetch_optional(&mut *c)
        .await?;
    let Some(row) = row else { return Ok(Finished::Unknown) };
    if row.get::<Option<i64>>("finished_at")?.is_some() {
        let same = row.get::<Option<&str>>("checks")? == Some(finding.checks.as_str());
        return Ok(if same { Finished::Before } else { Finished::Otherwise });
    }
    sql("UPDATE equipment_tests SET finished_at = $1, mode = $2, cause = $3, checks = $4, device = $5 WHERE id = $6")
        .bind(now.0)
        .bind(finding.mode)
        .bind(finding.cause)
        .bind(&finding.checks)
        .bind(&finding.device)
        .bind(test.as_str())
        .execute(c)
        .await?;
    Ok(Finished::Now)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Finished {
    Now,
    /// Sent again after a lost answer.
    Before,
    /// Finished before, with another report.
    Otherwise,
    Unknown,
}

/// A test with the facility that it was made for, whole but for its ways.
pub(super) async fn report(c: &mut Connection, test: &EquipmentTestId) -> Result<Option<(FacilityId, TestReport)>, StoreError> {
    let row = sql("SELECT t.*, seats.name, seats.role, v.starts_at, v.facility_id, f.name AS facility_name, f.time_zone
         FROM equipment_tests t JOIN seats ON seats.id = t.seat_id JOIN visits v ON v.id = seats.visit_id
         JOIN facilities f ON f.id = v.facility_id WHERE t.id = $1")
    .bind(test.as_str())
    .fetch_optional(c)
    .await?;
    row.map(|row| Ok((FacilityId(row.get("facility_id")?), read_report(&row)?))).transpose()
}

fn read_report(row: &Row) -> Result<TestReport, StoreError> {
    Ok(TestReport {
        test: test(row)?,
        facility: row.get("facility_name")?,
        time_zone: row.get("time_zone")?,
        name: Personal(row.get("name")?),
        role: word(row, "role", SeatRole::parse)?,
        visit_starts_at: Moment(row.get("starts_at")?),
        ways: Vec::new(),
    })
}

/// A row of `equipment_tests`.
pub fn test(row: &Row) -> Result<Test, StoreError> {
    let mode = row.get::<Option<String>>("mode")?;
    Ok(Test {
        id: EquipmentTestId(row.get("id")?),
        started_at: Moment(row.get("started_at")?),
        finished_at: moment(row, "finished_at")?,
        mode: mode.map(|word| Mode::parse(&word).ok_or_else(|| StoreError::strange("a mode we do not know"))).transpose()?,
        cause: row.get("cause")?,
        device: parsed(row, "device")?,
        checks: parsed(row, "checks")?.unwrap_or_default(),
    })
}

/// A report of an older version that does not fit any more is left out; the verdict still stands.
pub fn parsed<T: DeserializeOwned>(row: &Row, column: &str) -> Result<Option<T>, StoreError> {
    let text = row.get::<Option<String>>(column)?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}
