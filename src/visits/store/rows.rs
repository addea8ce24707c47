//! Rows as Rust. A word in the database that we do not know is a fault of ours and reads as a failed query.

use serde::de::DeserializeOwned;

use crate::base::clock::Moment;
use crate::base::ids::{PatientId, SeatId, StaffId, VisitId};
use crate::base::private::Personal;
use crate::notices::told::Told;
use crate::store::{Row, StoreError};
use crate::visits::help::Request;
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
    /// Since when it goes on, or ended, by telephone.
    pub by_phone_at: Option<Moment>,
    pub clinician: StaffId,
    pub clinician_name: String,
    pub patient: Patient,
    pub seats: Vec<Seat>,
    /// Test calls for this visit, oldest first.
    pub calls: Vec<Call>,
    /// Help requests for this visit, oldest first.
    pub help: Vec<Request>,
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
    pub device_hash: Option<String>,
    pub identified_at: Option<Moment>,
    pub tests: Tests,
    /// The newest thing that was texted or mailed to the person.
    pub told: Option<Told>,
}

/// Equipment tests of a seat; of the patient's, those on the visit's test calls too.
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

impl VisitRow {
    /// What a technician said last, in a test call or without one.
    pub fn said(&self) -> Option<(Outcome, Moment)> {
        let in_calls = self.calls.iter().filter_map(|call| Some((call.outcome?, call.ended_at?)));
        let of_requests = self.help.iter().filter_map(|request| Some((request.outcome?, request.closed_at?)));
        in_calls.chain(of_requests).max_by_key(|(_, at)| *at)
    }

    pub fn patient_seat(&self) -> Option<&Seat> {
        self.seats.iter().find(|seat| seat.role == SeatRole::Patient)
    }
}

impl Call {
    pub fn is_open(&self, now: Moment) -> bool {
        self.state == VisitState::Booked && now < self.ends_at
    }
}

pub(super) fn visit(row: &Row) -> Result<VisitRow, StoreError> {
    Ok(VisitRow {
        id: VisitId(row.get("id")?),
        kind: word(row, "kind", Kind::parse)?,
        reason: row.get("reason")?,
        starts_at: Moment(row.get("starts_at")?),
        ends_at: Moment(row.get("ends_at")?),
        state: word(row, "state", VisitState::parse)?,
        moved_from: moment(row, "moved_from")?,
        late_minutes: row.get("late_minutes")?,
        by_phone_at: moment(row, "by_phone_at")?,
        clinician: StaffId(row.get("staff_id")?),
        clinician_name: row.get("staff_name")?,
        patient: Patient {
            id: PatientId(row.get("patient_id")?),
            name: Personal(row.get("patient_name")?),
            born: Personal(row.get("born")?),
            phone: row.get::<Option<String>>("phone")?.map(Personal),
            language: row.get("language")?,
        },
        seats: Vec::new(),
        calls: Vec::new(),
        help: Vec::new(),
    })
}

pub(super) fn seat(row: &Row) -> Result<Seat, StoreError> {
    let (links, sessions): (i64, i64) = (row.get("links")?, row.get("sessions")?);
    Ok(Seat {
        id: SeatId(row.get("id")?),
        role: word(row, "role", SeatRole::parse)?,
        name: Personal(row.get("name")?),
        state: word(row, "state", SeatState::parse)?,
        waiting_since: moment(row, "waiting_since")?,
        birth_tries: row.get("birth_tries")?,
        asked_at: moment(row, "asked_at")?,
        vouched_at: moment(row, "vouched_at")?,
        link: match (links, sessions) {
            (0, _) => LinkState::None,
            (_, 0) => LinkState::Unopened,
            _ => LinkState::Opened,
        },
        opened_at: moment(row, "opened_at")?,
        device_hash: row.get("device_hash")?,
        identified_at: moment(row, "identified_at")?,
        tests: Tests::default(),
        told: None,
    })
}

pub(super) fn tested(row: &Row) -> Result<Option<Tested>, StoreError> {
    let Some(at) = moment(row, "finished_at")? else { return Ok(None) };
    Ok(Some(Tested {
        mode: word(row, "mode", Mode::parse)?,
        cause: row.get("cause")?,
        at,
        device: json::<Device>(row, "device")?,
        device_hash: row.get("device_hash")?,
    }))
}

pub(super) fn call(row: &Row) -> Result<Call, StoreError> {
    let outcome = row.get::<Option<String>>("outcome")?;
    Ok(Call {
        visit: VisitId(row.get("id")?),
        staff_name: row.get("staff_name")?,
        state: word(row, "state", VisitState::parse)?,
        ends_at: Moment(row.get("ends_at")?),
        outcome: outcome.map(|text| Outcome::parse(&text).ok_or_else(unknown_word)).transpose()?,
        note: row.get::<Option<String>>("note")?.map(Personal),
        ended_at: moment(row, "ended_at")?,
    })
}

pub(crate) fn moment(row: &Row, column: &str) -> Result<Option<Moment>, StoreError> {
    Ok(row.get::<Option<i64>>(column)?.map(Moment))
}

pub(crate) fn word<T>(row: &Row, column: &str, parse: fn(&str) -> Option<T>) -> Result<T, StoreError> {
    parse(row.get::<&str>(column)?).ok_or_else(unknown_word)
}

fn json<T: DeserializeOwned>(row: &Row, column: &str) -> Result<Option<T>, StoreError> {
    let text: Option<String> = row.get(column)?;
    text.map(|text| serde_json::from_str(&text)).transpose().map_err(StoreError::strange)
}

fn unknown_word() -> StoreError {
    StoreError::strange("a stored word that we do not know")
}
