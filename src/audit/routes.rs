//! What happened in a visit, for its clinician and for administrators.

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use serde_json::Value;

use super::chain::Link;
use super::store;
use crate::base::clock::Moment;
use crate::base::ids::VisitId;
use crate::http::actor::{StaffActor, StaffRole};
use crate::http::context::Context;
use crate::http::problem::{Problem, ProblemBody};

/// One entry as people read it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct AuditEntry {
    seq: i64,
    at: Moment,
    /// `staff:ID`, `seat:ID`, `gateway`, `operator` or `unknown`.
    actor: String,
    /// A stable word such as `visit.booked`.
    action: String,
    seat: Option<String>,
    detail: Value,
}

impl From<Link> for AuditEntry {
    fn from(link: Link) -> Self {
        // Detail is written as JSON by `append`; were it ever not, the text itself says more than nothing.
        let detail = serde_json::from_str(&link.detail).unwrap_or(Value::String(link.detail));
        Self { seq: link.seq, at: link.at, actor: link.actor, action: link.action, seat: link.seat, detail }
    }
}

/// Everything that was written about the visit, oldest first.
#[utoipa::path(get, path = "/visits/{visit}/audit", tag = "visits", params(("visit" = String, Path)), responses(
    (status = 200, body = Vec<AuditEntry>), (status = 404, body = ProblemBody)))]
pub async fn of_visit(
    State(context): State<Context>,
    actor: StaffActor,
    Path(visit): Path<String>,
) -> Result<Json<Vec<AuditEntry>>, Problem> {
    let visit = VisitId(visit);
    let reader = context.store.reader();
    let clinician = store::clinician_of(reader, &actor.facility, &visit).await?.ok_or_else(Problem::not_found)?;
    if actor.role != StaffRole::Admin && clinician != actor.staff {
        return Err(Problem::not_found());
    }
    let entries = store::of_visit(reader, &visit).await?;
    Ok(Json(entries.into_iter().map(AuditEntry::from).collect()))
}
