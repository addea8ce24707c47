//! The list of the next seven days for technicians: who, when, how well tested. No reason, no clinician, no date of birth.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use signaling::message::Screen;

use crate::base::clock::Moment;
use crate::base::ids::VisitId;
use crate::base::private::Personal;
use crate::http::context::Context;
use crate::http::problem::Problem;
use crate::identity::StaffActor;
use crate::visits::arrival::Arrival;
use crate::visits::presence::Presence;
use crate::visits::readiness::Readiness;
use crate::visits::schedule;
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
    pub visits: Vec<DeskVisit>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct DeskVisit {
    #[schema(value_type = String)]
    pub id: VisitId,
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
    /// Since when a technician is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help_asked_at: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test_call: Option<DeskTestCall>,
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
    let facility = schedule::facility(&mut c, &actor).await?;
    let rows = store::load(&mut c, &actor.facility, Which::Between(now.minus(BEHIND), now.plus(AHEAD), None)).await?;
    let placed = rows.into_iter().map(|row| (view::place(&row, &facility, &presence, now), row));
    let visits = placed
        .filter(|(place, row)| row.state == VisitState::Booked && place.door != Door::Over)
        .map(|(place, row)| desk_visit(row, place, &presence, now))
        .collect();
    Ok(Json(Desk { now, visits }))
}

fn desk_visit(row: VisitRow, place: Place, presence: &Presence, now: Moment) -> DeskVisit {
    let patient = row.patient_seat();
    DeskVisit {
        screen: patient.and_then(|seat| presence.of(&row.id, &seat.id)).map(|present| present.screen),
        test_call: row.calls.last().map(|call| test_call(call, now)),
        arrival: place.arrival,
        readiness: place.readiness,
        tests: patient.map_or(0, |seat| seat.tests.count),
        help_asked_at: row.help_asked_at,
        id: row.id,
        starts_at: row.starts_at,
        language: row.patient.language,
        patient_name: row.patient.name,
        patient_phone: row.patient.phone,
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
