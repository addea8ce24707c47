//! The list of the next seven days for technicians: who, when, how well tested. No reason, no clinician, no date of birth.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use signaling::message::Screen;

use crate::base::clock::Moment;
use crate::base::ids::{FacilityId, StaffId, VisitId};
use crate::base::private::Personal;
use crate::facilities::{self, Facility};
use crate::http::context::Context;
use crate::http::problem::Problem;
use crate::identity::staff::Member;
use crate::identity::{StaffActor, at_desk, serving};
use crate::store::{Connection, StoreError};
use crate::support::queue::{self, DeskState, Facts};
use crate::visits::arrival::Arrival;
use crate::visits::help::{AskedBy, HelpScreen, HelpState, Holder, Request};
use crate::visits::presence::Presence;
use crate::visits::readiness::Readiness;
use crate::visits::store::{self, Call, VisitRow, Which};
use crate::visits::time::Door;
use crate::visits::view::{self, Place};
use crate::visits::words::{Outcome, VisitState};

const AHEAD: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// Longer than any visit with its grace: what began before is over.
const BEHIND: Duration = Duration::from_secs(5 * 60 * 60);

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Desk {
    pub now: Moment,
    /// Those that the technician serves, by name.
    pub facilities: Vec<DeskFacility>,
    pub visits: Vec<DeskVisit>,
    pub colleagues: Vec<Colleague>,
}

/// A clinic as the desk names it. Times of its visits are said in its own zone.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct DeskFacility {
    pub id: FacilityId,
    pub name: String,
    pub time_zone: String,
}

impl From<&Facility> for DeskFacility {
    fn from(Facility { id, name, time_zone, .. }: &Facility) -> Self {
        Self { id: id.clone(), name: name.clone(), time_zone: time_zone.clone() }
    }
}

/// Somebody else who helps patients of a facility.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = DeskColleague)]
pub struct Colleague {
    pub id: StaffId,
    pub name: String,
    /// Signed in, with the desk's window open.
    pub at_desk: bool,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct DeskVisit {
    #[schema(value_type = String)]
    pub id: VisitId,
    pub facility: DeskFacility,
    pub starts_at: Moment,
    pub language: String,
    #[schema(value_type = String)]
    pub patient_name: Personal<String>,
    #[schema(value_type = Option<String>)]
    pub patient_phone: Option<Personal<String>>,
    pub arrival: Arrival,
    /// The name of the patient's screen, while they are connected.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub screen: Option<Screen>,
    pub readiness: Readiness,
    /// How many tests were begun.
    pub tests: u32,
    pub state: DeskState,
    /// The newest request, open or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<DeskHelp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test_call: Option<DeskTestCall>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct DeskHelp {
    pub state: HelpState,
    pub asked_by: AskedBy,
    pub asked_at: Moment,
    /// Where the patient was in their page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screen: Option<HelpScreen>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// Who has it, or had it last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<Colleague>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub texted_at: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub note: Option<Personal<String>>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct DeskTestCall {
    #[schema(value_type = String)]
    pub visit: VisitId,
    /// Who holds it.
    pub staff: String,
    pub open: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub note: Option<Personal<String>>,
}

#[utoipa::path(get, path = "/support/visits", operation_id = "list_desk", tag = "support", responses((status = 200, body = Desk)))]
pub async fn list(
    State(context): State<Context>,
    State(presence): State<Presence>,
    actor: StaffActor,
) -> Result<Json<Desk>, Problem> {
    let now = context.clock.now();
    let mut c = context.store.reader().acquire().await?;
    let mut desk = Desk { now, facilities: Vec::new(), visits: Vec::new(), colleagues: Vec::new() };
    for id in serving::facilities(&mut c, &actor).await? {
        let facility = facilities::store::find(&mut c, &id).await?.ok_or_else(Problem::not_found)?;
        add(&mut c, &mut desk, &facility, &presence).await?;
    }
    desk.facilities.sort_by(|one, other| one.name.cmp(&other.name));
    desk.visits.sort_by(|one, other| (one.starts_at, &one.id).cmp(&(other.starts_at, &other.id)));
    desk.colleagues.sort_by(|one, other| (&one.name, &one.id).cmp(&(&other.name, &other.id)));
    desk.colleagues.dedup_by(|one, other| one.id == other.id);
    Ok(Json(desk))
}

/// What one facility has on the desk.
async fn add(c: &mut Connection, desk: &mut Desk, facility: &Facility, presence: &Presence) -> Result<(), StoreError> {
    let now = desk.now;
    let rows = store::load(c, &facility.id, Which::Between(now.minus(BEHIND), now.plus(AHEAD), None)).await?;
    let there = at_desk::everybody(c, &facility.id, now).await?;
    desk.colleagues.extend(colleagues(c, facility, &there).await?);
    let placed = rows.into_iter().map(|row| (view::place(&row, facility, presence, now), row));
    desk.visits.extend(
        placed
            .filter(|(place, row)| row.state == VisitState::Booked && place.door != Door::Over)
            .map(|(place, row)| desk_visit(row, place, (facility, &there), presence, now)),
    );
    desk.facilities.push(facility.into());
    Ok(())
}

/// Technicians and administrators who serve the facility.
pub(super) async fn colleagues(c: &mut Connection, facility: &Facility, there: &[StaffId]) -> Result<Vec<Colleague>, StoreError> {
    let helpers = serving::helpers(&mut *c, &facility.id).await?;
    Ok(helpers.into_iter().map(|Member { id, name, .. }| Colleague { at_desk: there.contains(&id), id, name }).collect())
}

/// `there`: who is at this facility's desk.
pub(super) fn desk_visit(
    row: VisitRow,
    place: Place,
    (facility, there): (&Facility, &[StaffId]),
    presence: &Presence,
    now: Moment,
) -> DeskVisit {
    let patient = row.patient_seat();
    let (call, request) = (row.calls.last(), row.help.last());
    let state = queue::state(&Facts {
        arrival: place.arrival,
        readiness: &place.readiness,
        request,
        said: row.said().map(|(outcome, _)| outcome),
        test_started_at: patient.and_then(|seat| seat.tests.started_at),
        call_is_open: call.is_some_and(|call| call.is_open(now)),
    });
    DeskVisit {
        state,
        screen: patient.and_then(|seat| presence.of(&row.id, &seat.id)).map(|present| present.screen),
        test_call: call.map(|call| test_call(call, now)),
        arrival: place.arrival,
        readiness: place.readiness,
        tests: patient.map_or(0, |seat| seat.tests.count),
        help: request.map(|request| desk_help(request, there)),
        id: row.id,
        facility: facility.into(),
        starts_at: row.starts_at,
        language: row.patient.language,
        patient_name: row.patient.name,
        patient_phone: row.patient.phone,
    }
}

fn desk_help(request: &Request, there: &[StaffId]) -> DeskHelp {
    let holder = request.holder.as_ref().map(|Holder { staff, name, .. }| {
        let at_desk = there.contains(staff);
        Colleague { id: staff.clone(), name: name.clone(), at_desk }
    });
    DeskHelp {
        state: request.state,
        asked_by: request.asked_by,
        asked_at: request.asked_at,
        screen: request.screen,
        cause: request.cause.clone(),
        holder,
        texted_at: request.texted_at,
        outcome: request.outcome,
        note: request.note.clone(),
    }
}

fn test_call(call: &Call, now: Moment) -> DeskTestCall {
    DeskTestCall {
        visit: call.visit.clone(),
        staff: call.staff_name.clone(),
        open: call.is_open(now),
        outcome: call.outcome,
        note: call.note.clone(),
    }
}
