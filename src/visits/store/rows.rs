//! Rows as Rust. A word in the database that we do not know is a fault of ours and reads as a failed query.

use serde::de::DeserializeOwned;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use crate::base::clock::Moment;
use crate::base::ids::{PatientId, SeatId, StaffId, VisitId};
use crate::base::private::Personal;
use crate::store::StoreError;
use crate::visits::readiness::{Device, Tested};
use crate::visits::words::{Kind, LinkState, Mode, Outcome, SeatRole, SeatState, VisitState};

/// A visit with everything that the lists show of it.
#[derive(Clone, Debug)]
pub struct VisitRow {
    pub id: VisitId,
    pub kind: Kind,
    pub reason: String,
    pub starts_at: Moment,
    pub ends_at: Moment,
    pub state: VisitState,
    pub moved_from: Option<Moment>,
    pub late_minutes: i64,
    /// Somebody asked a technician to help, and none has yet.
    pub help_asked_at: Option<Moment>,
    pub clinician: StaffId,
    pub clinician_name: String,
    pub patient: Patient,
    pub seats: Vec<Seat>,
    pub tests: Tests,
    /// Test calls for this visit, oldest first.
    pub calls: Vec<Call>,
}

#[derive(Clone, Debug)]
pub struct Patient {
    pub id: PatientId,
    pub name: Personal<String>,
    /// `YYYY-MM-DD`
    pub born: Personal<String>,
    pub phone: Option<Personal<String>>,
    pub language: String,
}

#[derive(Clone, Debug)]
pub struct Seat {
    pub id: SeatId,
    pub role: SeatRole,
    pub name: Personal<String>,
    pub state: SeatState,
    pub waiting_since: Option<Moment>,
    pub birth_tries: i64,
    pub asked_at: Option<Moment>,
    pub vouched_at: Option<Moment>,
    pub link: LinkState,
    /// Of the device that holds the seat: when it opened the link, and when the person said who they are.
    pub opened_at: Option<Moment>,
    pub identified_at: Option<Moment>,
}

/// The patient's equipment tests, on this visit and on its test calls.
#[derive(Clone, Debug, Default)]
pub struct Tests {
    pub finished: Option<Tested>,
    pub started_at: Option<Moment>,
    pub count: u32,
}

/// A test call for a visit.
#[derive(Clone, Debug)]
pub struct Call {
    pub visit: VisitId,
    pub staff_name: String,
    pub state: VisitState,
    pub ends_at: Moment,
    pub outcome: Option<Outcome>,
    pub note: Option<Personal<String>>,
    pub ended_at: Option<Moment>,
}

impl Call {
    pub fn is_open(&self, now: Moment) -> bool {
        self.state == VisitState::Booked && now < self.ends_at
    }
}

pub(super) fn visit(row: &SqliteRow) -> Result<VisitRow, StoreError> {
    Ok(VisitRow {
        id: VisitId(row.try_get("id")?),
        kind: word(row, "kind", Kind::parse)?,
        reason: row.try_get("reason")?,
        starts_at: Moment(row.try_get("starts_at")?),
        ends_at: Moment(row.try_get("ends_at")?),
        state: word(row, "state", VisitState::parse)?,
        moved_from: moment(row, "moved_from")?,
        late_minutes: row.try_get("late_minutes")?,
        help_asked_at: moment(row, "help_asked_at")?,
        clinician: StaffId(row.try_get("staff_id")?),
        clinician_name: row.try_get("staff_name")?,
        patient: Patient {
            id: PatientId(row.try_get("patient_id")?),
            name: Personal(row.try_get("patient_name")?),
            born: Personal(row.try_get("born")?),
            phone: row.try_get::<Option<String>, _>("phone")?.map(Personal),
            language: row.try_get("language")?,
        },
        seats: Vec::new(),
        tests: Tests::default(),
        calls: Vec::new(),
    })
}

pub(super) fn seat(row: &SqliteRow) -> Result<Seat, StoreError> {
    let (links, sessions): (i64, i64) = (row.try_get("links")?, row.try_get("sessions")?);
    Ok(Seat {
        id: SeatId(row.try_get("id")?),
        role: word(row, "role", SeatRole::parse)?,
        name: Personal(row.try_get("name")?),
        state: word(row, "state", SeatState::parse)?,
        waiting_since: moment(row, "waiting_since")?,
        birth_tries: row.try_get("birth_tries")?,
        asked_at: moment(row, "asked_at")?,
        vouched_at: moment(row, "vouched_at")?,
        link: match (links, sessions) {
            (0, _) => LinkState::None,
            (_, 0) => LinkState::Unopened,
            _ => LinkState::Opened,
        },
        opened_at: moment(row, "opened_at")?,
        identified_at: moment(row, "identified_at")?,
    })
}

pub(super) fn tested(row: &SqliteRow) -> Result<Option<Tested>, StoreError> {
    let Some(at) = moment(row, "finished_at")? else { return Ok(None) };
    Ok(Some(Tested {
        mode: word(row, "mode", Mode::parse)?,
        cause: row.try_get("cause")?,
        at,
        device: json::<Device>(row, "device")?,
    }))
}

pub(super) fn call(row: &SqliteRow) -> Result<Call, StoreError> {
    let outcome = row.try_get::<Option<String>, _>("outcome")?;
    Ok(Call {
        visit: VisitId(row.try_get("id")?),
        staff_name: row.try_get("staff_name")?,
        state: word(row, "state", VisitState::parse)?,
        ends_at: Moment(row.try_get("ends_at")?),
        outcome: outcome.map(|text| Outcome::parse(&text).ok_or_else(unknown_word)).transpose()?,
        note: row.try_get::<Option<String>, _>("note")?.map(Personal),
        ended_at: moment(row, "ended_at")?,
    })
}

pub(crate) fn moment(row: &SqliteRow, column: &str) -> Result<Option<Moment>, StoreError> {
    Ok(row.try_get::<Option<i64>, _>(column)?.map(Moment))
}

pub(crate) fn word<T>(row: &SqliteRow, column: &str, parse: fn(&str) -> Option<T>) -> Result<T, StoreError> {
    parse(row.try_get::<&str, _>(column)?).ok_or_else(unknown_word)
}

fn json<T: DeserializeOwned>(row: &SqliteRow, column: &str) -> Result<Option<T>, StoreError> {
    let text: Option<String> = row.try_get(column)?;
    Ok(text.map(|text| serde_json::from_str(&text)).transpose().map_err(|error| sqlx::Error::Decode(error.into()))?)
}

fn unknown_word() -> StoreError {
    StoreError::Sql(sqlx::Error::Decode("a stored word that we do not know".into()))
}
