//! One visit as a technician works on it: the patient's tests with every value, what was before, who has it. Nothing clinical.

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;

use super::desk::{Colleague, DeskVisit, colleagues, desk_visit};
use super::serve;
use crate::base::clock::Moment;
use crate::base::ids::{FacilityId, VisitId};
use crate::base::private::Personal;
use crate::equipment::report::Test;
use crate::http::context::Context;
use crate::http::problem::{Problem, ProblemBody};
use crate::identity::{StaffActor, at_desk};
use crate::store::{Connection, StoreError};
use crate::support::queue::{LATELY, others};
use crate::support::store::past::{self, EarlierVisit};
use crate::visits::help::Request;
use crate::visits::presence::Presence;
use crate::visits::store::{self, VisitRow};
use crate::visits::words::Outcome;
use crate::visits::{schedule, view};

#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = DeskSession)]
pub struct Session {
    pub now: Moment,
    pub visit: DeskVisit,
    /// Newest first; the first may still run.
    pub tests: Vec<Test>,
    /// Earlier requests for this visit, newest first.
    pub requests: Vec<PastRequest>,
    /// Earlier visits of this patient whose check ended with the same cause, newest first.
    pub earlier: Vec<EarlierVisit>,
    /// So many other patients with the same cause on the same kind of phone in 30 days; absent where they are few.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub others: Option<usize>,
    pub colleagues: Vec<Colleague>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = DeskPastRequest)]
pub struct PastRequest {
    pub closed_at: Moment,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub helper: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub note: Option<Personal<String>>,
}

#[utoipa::path(get, path = "/support/visits/{visit}", operation_id = "desk_session", tag = "support", params(("visit" = String, Path)),
    responses((status = 200, body = Session), (status = 404, body = ProblemBody)))]
pub async fn read(
    State(context): State<Context>,
    State(presence): State<Presence>,
    actor: StaffActor,
    Path(visit): Path<VisitId>,
) -> Result<Json<Session>, Problem> {
    let now = context.clock.now();
    let actor = serve(&context, actor, &visit).await?;
    let mut c = context.store.reader().acquire().await?;
    let row = store::one(&mut c, &actor.facility, &visit).await?.ok_or_else(Problem::not_found)?;
    let facility = schedule::facility(&mut c, &actor).await?;
    let there = at_desk::everybody(&mut c, &actor.facility, now).await?;
    let tests = past::tests(&mut c, &visit).await?;
    let (earlier, others) = same_cause(&mut c, &actor.facility, &row, now).await?;
    let requests = row.help.iter().rev().filter_map(past_request).collect();
    let place = view::place(&row, &facility, &presence, now);
    Ok(Json(Session {
        now,
        requests,
        earlier,
        others,
        colleagues: colleagues(&mut c, &facility, &there).await?,
        tests,
        visit: desk_visit(row, place, (&facility, &there), &presence, now),
    }))
}

/// Who failed for the same cause before: this patient, and others by number alone.
async fn same_cause(
    c: &mut Connection,
    facility: &FacilityId,
    row: &VisitRow,
    now: Moment,
) -> Result<(Vec<EarlierVisit>, Option<usize>), StoreError> {
    let Some(tested) = row.patient_seat().and_then(|seat| seat.tests.finished.as_ref()) else { return Ok((Vec::new(), None)) };
    let Some(cause) = &tested.cause else { return Ok((Vec::new(), None)) };
    let before = past::before(c, &row.patient.id, (&row.id, row.starts_at), cause).await?;
    let met = past::met(c, facility, &row.patient.id, (cause, now.minus(LATELY))).await?;
    let count = tested.device.as_ref().and_then(|device| others(&met, &device.system, now.minus(LATELY)));
    Ok((before, count))
}

fn past_request(request: &Request) -> Option<PastRequest> {
    Some(PastRequest {
        closed_at: request.closed_at?,
        helper: request.holder.as_ref().map(|holder| holder.name.clone()),
        outcome: request.outcome,
        note: request.note.clone(),
    })
}
