//! Saying something about a visit that is still to come: that it starts later, or that its patient needs a technician.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::json;
use signaling::room::MAX_LATE_MINUTES;

use super::change::booked;
use crate::base::ids::VisitId;
use crate::bus::News;
use crate::http::context::Context;
use crate::http::json::Body;
use crate::http::problem::{Problem, ProblemBody};
use crate::identity::StaffActor;
use crate::visits::presence::Presence;
use crate::visits::schedule::{record, shown, tell_changed};
use crate::visits::store::change;
use crate::visits::view::Visit;

#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LateRequest {
    /// 0 takes it back.
    pub minutes: u32,
}

/// Whoever waits reads the delay at once, through the visit's room.
#[utoipa::path(post, path = "/visits/{visit}/late", operation_id = "announce_delay", tag = "visits", params(("visit" = String, Path)), request_body = LateRequest,
    responses((status = 200, body = Visit), (status = 409, body = ProblemBody, description = "already_over"), (status = 422, body = ProblemBody, description = "out_of_range")))]
pub async fn late(
    State(context): State<Context>,
    State(presence): State<Presence>,
    actor: StaffActor,
    Path(visit): Path<VisitId>,
    Body(LateRequest { minutes }): Body<LateRequest>,
) -> Result<Json<Visit>, Problem> {
    if minutes > MAX_LATE_MINUTES {
        let sentence = format!("A delay is at most {MAX_LATE_MINUTES} minutes. Move the visit instead.");
        return Err(Problem::bad_request("out_of_range", sentence).with("field", "minutes"));
    }
    let (now, by, delayed) = (context.clock.now(), actor.clone(), visit.clone());
    let view = context
        .store
        .write(move |c| {
            Box::pin(async move {
                booked(c, &by, &visit).await?;
                change::announce_delay(c, &visit, minutes).await?;
                record(c, &by, now, "visit.running_late", (&visit, None), json!({ "minutes": minutes })).await?;
                shown(c, &by, &visit, &presence, now).await
            })
        })
        .await?;
    context.bus.tell(News::VisitPlanChanged { visit: delayed.clone() });
    tell_changed(&context.bus, &actor, &delayed);
    Ok(Json(view))
}

/// Puts the visit before the technicians; they read nothing of why it was booked.
#[utoipa::path(post, path = "/visits/{visit}/help", operation_id = "send_to_support", tag = "visits", params(("visit" = String, Path)),
    responses((status = 204), (status = 409, body = ProblemBody, description = "already_over")))]
pub async fn help(State(context): State<Context>, actor: StaffActor, Path(visit): Path<VisitId>) -> Result<StatusCode, Problem> {
    let (now, by, asked) = (context.clock.now(), actor.clone(), visit.clone());
    context
        .store
        .write(move |c| {
            Box::pin(async move {
                booked(c, &by, &visit).await?;
                change::ask_for_help(c, &visit, now).await?;
                record(c, &by, now, "help.asked", (&visit, None), json!({})).await?;
                Ok::<_, Problem>(())
            })
        })
        .await?;
    tell_changed(&context.bus, &actor, &asked);
    Ok(StatusCode::NO_CONTENT)
}
