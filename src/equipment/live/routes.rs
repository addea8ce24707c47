//! Rows of a running test come in one by one; whoever watches the test hears that there are more.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;

use super::store::{self, Running};
use crate::base::ids::{EquipmentTestId, SeatId};
use crate::bus::News;
use crate::equipment::checks::{self, Check};
use crate::equipment::routes::{already_finished, unfit};
use crate::equipment::store::place;
use crate::http::context::Context;
use crate::http::json::Body;
use crate::http::problem::{Problem, ProblemBody};
use crate::identity::{Device, sessions};

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rows {
    /// A row told again is the newer word on it.
    pub checks: Vec<Check>,
}

#[utoipa::path(patch, path = "/seats/{seat}/equipment-tests/{id}", operation_id = "note_equipment_test", tag = "equipment", params(("seat" = String, Path), ("id" = String, Path)), request_body = Rows,
    responses((status = 204), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody, description = "already_finished"),
        (status = 422, body = ProblemBody, description = "unfit_report")))]
pub async fn note(
    State(context): State<Context>,
    device: Device,
    Path((seat, test)): Path<(SeatId, EquipmentTestId)>,
    Body(rows): Body<Rows>,
) -> Result<StatusCode, Problem> {
    checks::examine(&rows.checks).map_err(|error| unfit(&error))?;
    let place = context
        .store
        .write(move |c| {
            Box::pin(async move {
                sessions::find(&mut *c, &seat, &device).await?.ok_or_else(Problem::not_found)?;
                let place = place(c, &seat).await?.ok_or_else(Problem::not_found)?;
                let Running { is_finished, checks } = store::running(c, &seat, &test).await?.ok_or_else(Problem::not_found)?;
                if is_finished {
                    return Err(already_finished());
                }
                store::note(c, &test, &checks::merge(checks, rows.checks)).await?;
                Ok::<_, Problem>(place)
            })
        })
        .await?;
    let visit = place.for_visit.unwrap_or(place.visit);
    context.bus.tell(News::TestChanged { facility: place.facility, visit });
    Ok(StatusCode::NO_CONTENT)
}
