//! `GET /support/equipment-tests/{id}`: the report as JSON; the page `/support/tests/{id}` prints it.

use axum::Json;
use axum::extract::{Path, State};
use turn_config::access::RelayAccess;

use super::{TestReport, ways};
use crate::base::ids::EquipmentTestId;
use crate::equipment::store;
use crate::http::context::Context;
use crate::http::problem::{Problem, ProblemBody};
use crate::identity::{StaffActor, serving};
use crate::media::MediaAgent;

/// One equipment test of the own clinic, or of one that a technician serves, and which ways to the gateway answered in it
#[utoipa::path(get, path = "/support/equipment-tests/{id}", operation_id = "read_equipment_test", tag = "support", params(("id" = String, Path)),
    responses((status = 200, body = TestReport), (status = 404, body = ProblemBody)))]
pub async fn read(
    State(context): State<Context>,
    State(relay): State<RelayAccess>,
    State(media): State<MediaAgent>,
    actor: StaffActor,
    Path(id): Path<EquipmentTestId>,
) -> Result<Json<TestReport>, Problem> {
    let mut c = context.store.reader().acquire().await?;
    let (facility, mut report) = store::report(&mut c, &id).await?.ok_or_else(Problem::not_found)?;
    serving::at(&mut c, actor, facility).await?.ok_or_else(Problem::not_found)?;
    let (public_url, relayed) = (&context.config.public_url, context.config.relay.ports);
    let media: Vec<_> = media.announced().iter().map(|at| (at.ip().to_string(), at.port())).collect();
    let places = ways::Places { public_url, relay: relay.place(), relayed, media: &media };
    report.ways = ways::ways(&places, &report.test.checks);
    Ok(Json(report))
}
