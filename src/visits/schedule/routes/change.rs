//! Moving and cancelling a visit. The link stays the same: it answers with the new time, or that the visit is off.

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::json;

use crate::base::ids::VisitId;
use crate::bus::News;
use crate::http::context::Context;
use crate::http::json::Body;
use crate::http::problem::{Problem, ProblemBody};
use crate::identity::StaffActor;
use crate::notices::Notices;
use crate::store::Connection;
use crate::visits::help;
use crate::visits::presence::Presence;
use crate::visits::schedule::told::Telling;
use crate::visits::schedule::{facility, over, record, rules, shown, tell_changed};
use crate::visits::store::{self, VisitRow, change};
use crate::visits::view::Visit;
use crate::visits::words::{SeatState, VisitState};

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveRequest {
    /// On the facility's wall, as in a booking.
    pub starts_at: String,
    /// As long as before when absent.
    #[serde(default)]
    pub length_minutes: Option<u32>,
}

#[utoipa::path(post, path = "/visits/{visit}/move", operation_id = "move_visit", tag = "visits", params(("visit" = String, Path)), request_body = MoveRequest,
    responses((status = 200, body = Visit), (status = 409, body = ProblemBody, description = "slot_taken, already_over, already_started")))]
pub async fn move_visit(
    State(context): State<Context>,
    State(presence): State<Presence>,
    State(notices): State<Notices>,
    actor: StaffActor,
    Path(visit): Path<VisitId>,
    Body(request): Body<MoveRequest>,
) -> Result<Json<Visit>, Problem> {
    let (now, by, moved, dice) = (context.clock.now(), actor.clone(), visit.clone(), context.dice.clone());
    let view = context
        .store
        .write(move |c| {
            Box::pin(async move {
                let row = booked(c, &by, &visit).await?;
                if row.seats.iter().any(|seat| seat.state == SeatState::Admitted) {
                    return Err(Problem::conflict("already_started", "This visit has started. End it first."));
                }
                let facility = facility(c, &by).await?;
                let length = request.length_minutes.unwrap_or_else(|| minutes(&row));
                let slot = rules::slot(&request.starts_at, length, &facility, now)?;
                // First of all writes: whoever books the same clinician waits here until this transaction is done.
                change::stand_in_line(c, &by.facility, &row.clinician).await?;
                if change::is_taken(c, &row.clinician, slot, &visit).await? {
                    return Err(super::book::slot_taken());
                }
                change::move_visit(c, &visit, slot).await?;
                let detail = json!({ "from": row.starts_at, "starts_at": slot.0, "ends_at": slot.1 });
                record(c, &by, now, "visit.moved", (&visit, None), detail).await?;
                if slot.0 != row.starts_at {
                    let (starts_at, ends_at) = slot;
                    let telling =
                        Telling { notices: &notices, facility: &facility, visit: &visit, starts_at, ends_at, now, dice: &dice };
                    telling.moved(c, &row).await?;
                }
                shown(c, &by, &visit, &presence, now).await
            })
        })
        .await?;
    context.bus.tell(News::VisitPlanChanged { visit: moved.clone() });
    tell_changed(&context.bus, &actor, &moved);
    Ok(Json(view))
}

#[utoipa::path(post, path = "/visits/{visit}/cancel", operation_id = "cancel_visit", tag = "visits", params(("visit" = String, Path)),
    responses((status = 200, body = Visit), (status = 409, body = ProblemBody, description = "already_over")))]
pub async fn cancel(
    State(context): State<Context>,
    State(presence): State<Presence>,
    State(notices): State<Notices>,
    actor: StaffActor,
    Path(visit): Path<VisitId>,
) -> Result<Json<Visit>, Problem> {
    let (now, by, cancelled, dice) = (context.clock.now(), actor.clone(), visit.clone(), context.dice.clone());
    let view = context
        .store
        .write(move |c| {
            Box::pin(async move {
                let row = store::one(c, &by.facility, &visit).await?.ok_or_else(Problem::not_found)?;
                if row.state == VisitState::Ended {
                    return Err(over());
                }
                if row.state == VisitState::Booked {
                    change::cancel(c, &visit, now).await?;
                    help::store::withdraw(c, &visit, now).await?;
                    record(c, &by, now, "visit.cancelled", (&visit, None), json!({})).await?;
                    let (facility, notices) = (&facility(c, &by).await?, &notices);
                    let (starts_at, ends_at) = (row.starts_at, row.ends_at);
                    Telling { notices, facility, visit: &visit, starts_at, ends_at, now, dice: &dice }.cancelled(c, &row).await?;
                }
                shown(c, &by, &visit, &presence, now).await
            })
        })
        .await?;
    context.bus.tell(News::VisitOver { visit: cancelled.clone() });
    tell_changed(&context.bus, &actor, &cancelled);
    Ok(Json(view))
}

/// The visit, while something can still be done about it.
pub(super) async fn booked(c: &mut Connection, actor: &StaffActor, visit: &VisitId) -> Result<VisitRow, Problem> {
    let row = store::one(c, &actor.facility, visit).await?.ok_or_else(Problem::not_found)?;
    if row.state == VisitState::Booked { Ok(row) } else { Err(over()) }
}

fn minutes(row: &VisitRow) -> u32 {
    u32::try_from(row.ends_at.since(row.starts_at).as_secs() / 60).unwrap_or(u32::MAX)
}
