//! What staff tells others of a visit that has not begun: the patient, that it starts late; the help desk, that somebody needs a hand.

use axum::Json;
use axum::extract::{Path, State};
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
use crate::notices::Notices;
use crate::visits::help::{self, AskedBy, NewRequest};
use crate::visits::presence::Presence;
use crate::visits::schedule::told::Telling;
use crate::visits::schedule::{facility, record, shown, tell_changed};
use crate::visits::store::change;
use crate::visits::view::Visit;

#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Late {
    /// 0 takes it back.
    pub minutes: u32,
}

#[utoipa::path(post, path = "/visits/{visit}/late", operation_id = "announce_late_start", params(("visit" = String, Path)), request_body = Late,
    responses((status = 200, body = Visit), (status = 409, body = ProblemBody, description = "already_over"),
        (status = 422, body = ProblemBody, description = "wrong_minutes")))]
pub async fn late(
    State(context): State<Context>,
    State(presence): State<Presence>,
    State(notices): State<Notices>,
    actor: StaffActor,
    Path(visit): Path<VisitId>,
    Body(Late { minutes }): Body<Late>,
) -> Result<Json<Visit>, Problem> {
    if minutes > MAX_LATE_MINUTES {
        return Err(Problem::bad_request("wrong_minutes", "A visit can be announced late by four hours at most.")
            .with("field", "minutes"));
    }
    let (now, by, told, dice) = (context.clock.now(), actor.clone(), visit.clone(), context.dice.clone());
    let view = context
        .store
        .write(move |c| {
            Box::pin(async move {
                let row = booked(c, &by, &visit).await?;
                if row.late_minutes != i64::from(minutes) {
                    change::run_late(c, &visit, minutes).await?;
                    record(c, &by, now, "visit.running_late", (&visit, None), json!({ "minutes": minutes })).await?;
                    let (facility, notices) = (&facility(c, &by).await?, &notices);
                    let (starts_at, ends_at) = (row.starts_at, row.ends_at);
                    let telling = Telling { notices, facility, visit: &visit, starts_at, ends_at, now, dice: &dice };
                    telling.late(c, &row, minutes, |seat| presence.of(&visit, seat).is_some()).await?;
                }
                shown(c, &by, &visit, &presence, now).await
            })
        })
        .await?;
    context.bus.tell(News::VisitPlanChanged { visit: told.clone() });
    tell_changed(&context.bus, &actor, &told);
    Ok(Json(view))
}

#[utoipa::path(post, path = "/visits/{visit}/help", operation_id = "send_to_support", params(("visit" = String, Path)),
    responses((status = 200, body = Visit), (status = 409, body = ProblemBody, description = "already_over")))]
pub async fn ask_for_help(
    State(context): State<Context>,
    State(presence): State<Presence>,
    actor: StaffActor,
    Path(visit): Path<VisitId>,
) -> Result<Json<Visit>, Problem> {
    let Context { store, clock, dice, bus, .. } = context;
    let (now, by, told) = (clock.now(), actor.clone(), visit.clone());
    let view = store
        .write(move |c| {
            Box::pin(async move {
                booked(c, &by, &visit).await?;
                let (facility, asked_by) = (by.facility.clone(), AskedBy::Staff);
                let new = NewRequest { facility, visit: visit.clone(), asked_by, screen: None, cause: None };
                if help::store::ask(c, &new, now, &dice).await? {
                    record(c, &by, now, "help.asked", (&visit, None), json!({ "by": asked_by.word() })).await?;
                }
                shown(c, &by, &visit, &presence, now).await
            })
        })
        .await?;
    tell_changed(&bus, &actor, &told);
    Ok(Json(view))
}
