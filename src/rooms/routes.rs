//! The two sockets: of a patient's seat, and of a staff member's own seat in a visit.

use axum::extract::{Path, State};
use axum::response::Response;

use super::hub::Hub;
use super::upgrade::Upgrade;
use super::{guest, socket};
use crate::base::ids::{SeatId, VisitId};
use crate::http::context::Context;
use crate::http::problem::{Problem, ProblemBody};
use crate::identity::{Device, StaffActor};

#[utoipa::path(get, path = "/seats/{seat}/socket", params(("seat" = String, Path)),
    responses((status = 101, description = "a WebSocket; see docs/PROTOCOL.md"), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 426, body = ProblemBody)))]
pub async fn of_seat(
    State(context): State<Context>,
    State(hub): State<Hub>,
    device: Device,
    Path(seat): Path<SeatId>,
    upgrade: Upgrade,
) -> Result<Response, Problem> {
    let guest = guest::device(&context.store, seat, &device, context.clock.now()).await?;
    Ok(upgrade.serve(move |socket| socket::serve(socket, hub, guest)))
}

#[utoipa::path(get, path = "/visits/{visit}/socket", params(("visit" = String, Path)),
    responses((status = 101, description = "a WebSocket; see docs/PROTOCOL.md"), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 426, body = ProblemBody)))]
pub async fn of_staff(
    State(context): State<Context>,
    State(hub): State<Hub>,
    actor: StaffActor,
    Path(visit): Path<VisitId>,
    upgrade: Upgrade,
) -> Result<Response, Problem> {
    let guest = guest::staff(&context.store, visit, actor).await?;
    Ok(upgrade.serve(move |socket| socket::serve(socket, hub, guest)))
}
