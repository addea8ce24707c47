//! A visit as staff of the facility read it. Pure: rows, the facility, who is connected and the time go in.

use serde::Serialize;

use super::arrival::{self, Arrival, Facts};
use super::help::{HelpState, Request};
use super::presence::Presence;
use super::readiness::{Readiness, readiness};
use super::store::{Call, Seat, VisitRow};
use super::time::{self, Door, Opening};
use super::words::{Kind, LinkState, Outcome, SeatRole, SeatState, VisitState};
use crate::base::clock::Moment;
use crate::base::ids::{PatientId, SeatId, StaffId, VisitId};
use crate::base::private::Personal;
use crate::facilities::Facility;
use crate::notices::told::Told;

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Visit {
    #[schema(value_type = String)]
    pub id: VisitId,
    pub kind: Kind,
    pub reason: String,
    pub reason_words: ReasonWords,
    pub starts_at: Moment,
    pub ends_at: Moment,
    /// On the facility's wall: `2026-11-24T14:30`.
    pub starts_local: String,
    pub state: VisitState,
    pub late_minutes: i64,
    /// Since when it goes on, or ended, by telephone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_phone_at: Option<Moment>,
    pub clinician: ClinicianView,
    pub patient: PatientView,
    pub seats: Vec<SeatView>,
    pub arrival: Arrival,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiting_since: Option<Moment>,
    pub readiness: Readiness,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test_call: Option<TestCallView>,
    /// The open help request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<HelpView>,
}

/// The reason in each language of the catalogue.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ReasonWords {
    pub en: String,
    pub es: String,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = VisitClinician)]
pub struct ClinicianView {
    pub id: StaffId,
    pub name: String,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = VisitPatient)]
pub struct PatientView {
    pub id: PatientId,
    #[schema(value_type = String)]
    pub name: Personal<String>,
    /// `YYYY-MM-DD`, to confirm who it is.
    #[schema(value_type = String)]
    pub born: Personal<String>,
    #[schema(value_type = i32)]
    pub birth_year: Personal<i32>,
    #[schema(value_type = Option<String>)]
    pub phone: Option<Personal<String>>,
    pub language: String,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = VisitSeat)]
pub struct SeatView {
    #[schema(value_type = String)]
    pub seat: SeatId,
    pub role: SeatRole,
    #[schema(value_type = String)]
    pub name: Personal<String>,
    pub link_state: LinkState,
    pub state: SeatState,
    /// Of a caregiver or an interpreter; the patient's stands with the visit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arrival: Option<Arrival>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiting_since: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub readiness: Option<Readiness>,
    /// The newest text or mail to this person; absent where nobody was told anything by us.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told: Option<Told>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = VisitTestCall)]
pub struct TestCallView {
    #[schema(value_type = String)]
    pub visit: VisitId,
    pub open: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub note: Option<Personal<String>>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = VisitHelp)]
pub struct HelpView {
    pub state: HelpState,
    pub asked_at: Moment,
    /// The technician who has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub helper: Option<String>,
}

pub fn visit(row: VisitRow, facility: &Facility, presence: &Presence, now: Moment) -> Visit {
    let place = place(&row, facility, presence, now);
    let seats = row.seats.iter().map(|seat| seat_view(&row, seat, place.door, presence, now)).collect();
    Visit {
        seats,
        reason_words: reason_words(&row.reason, facility),
        starts_local: time::local(row.starts_at, &facility.zone()),
        arrival: place.arrival,
        waiting_since: place.waiting_since,
        readiness: place.readiness,
        test_call: row.calls.last().map(|call| test_call(call, now)),
        help: row.help.last().filter(|request| request.state.is_open()).map(help),
        id: row.id,
        kind: row.kind,
        reason: row.reason,
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        state: row.state,
        late_minutes: row.late_minutes,
        by_phone_at: row.by_phone_at,
        clinician: ClinicianView { id: row.clinician, name: row.clinician_name },
        patient: PatientView {
            birth_year: Personal(birth_year(&row.patient.born.0)),
            id: row.patient.id,
            name: row.patient.name,
            born: row.patient.born,
            phone: row.patient.phone,
            language: row.patient.language,
        },
    }
}

/// Where the patient is and how they will be seen and heard: what the clinician's and the technician's list share.
pub struct Place {
    pub arrival: Arrival,
    pub waiting_since: Option<Moment>,
    pub readiness: Readiness,
    pub door: Door,
}

pub fn place(row: &VisitRow, facility: &Facility, presence: &Presence, now: Moment) -> Place {
    let door = Opening::new(row.starts_at, row.ends_at, facility.join_window_minutes).door(now);
    let patient = row.patient_seat();
    Place {
        arrival: patient.map_or(Arrival::NotArrived, |seat| arrival::arrival(&facts(row, seat, door, presence), now)),
        waiting_since: patient.and_then(waiting_since),
        readiness: readiness(
            patient.and_then(|seat| seat.tests.finished.as_ref()),
            row.said(),
            patient.and_then(|seat| seat.device_hash.as_deref()),
        ),
        door,
    }
}

fn facts(row: &VisitRow, seat: &Seat, door: Door, presence: &Presence) -> Facts {
    let is_known = seat.role.is_companion() || seat.vouched_at.or(seat.identified_at).is_some();
    Facts {
        visit: row.state,
        door,
        seat: seat.state,
        identity: arrival::identity(is_known, seat.birth_tries, seat.asked_at),
        opened_at: seat.opened_at,
        test_started_at: seat.tests.started_at,
        test_finished_at: seat.tests.finished.as_ref().map(|tested| tested.at),
        present: presence.of(&row.id, &seat.id),
    }
}

fn waiting_since(seat: &Seat) -> Option<Moment> {
    seat.waiting_since.filter(|_| seat.state == SeatState::Waiting)
}

fn test_call(call: &Call, now: Moment) -> TestCallView {
    TestCallView { visit: call.visit.clone(), open: call.is_open(now), outcome: call.outcome, note: call.note.clone() }
}

fn help(request: &Request) -> HelpView {
    let helper = request.holder.as_ref().map(|holder| holder.name.clone());
    HelpView { state: request.state, asked_at: request.asked_at, helper }
}

fn seat_view(row: &VisitRow, seat: &Seat, door: Door, presence: &Presence, now: Moment) -> SeatView {
    let is_companion = seat.role.is_companion();
    SeatView {
        seat: seat.id.clone(),
        role: seat.role,
        name: seat.name.clone(),
        link_state: seat.link,
        state: seat.state,
        arrival: is_companion.then(|| arrival::arrival(&facts(row, seat, door, presence), now)),
        waiting_since: waiting_since(seat).filter(|_| is_companion),
        readiness: is_companion.then(|| readiness(seat.tests.finished.as_ref(), None, seat.device_hash.as_deref())),
        told: seat.told.clone(),
    }
}

/// A reason that the facility has dropped since is shown by its code.
fn reason_words(code: &str, facility: &Facility) -> ReasonWords {
    facility.reason(code).map_or_else(
        || ReasonWords { en: code.to_owned(), es: code.to_owned() },
        |reason| ReasonWords { en: reason.en.clone(), es: reason.es.clone() },
    )
}

fn birth_year(born: &str) -> i32 {
    born.split('-').next().and_then(|year| year.parse().ok()).unwrap_or_default()
}
