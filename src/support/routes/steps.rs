//! What a technician does for a visit without a test call: the steps as a text, one step of the check again, and how it ended.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use signaling::message::CheckStep;

use super::test_call::{Conclusion, note_of};
use super::{end_call, serve, take_up, tell_call_over};
use crate::base::ids::VisitId;
use crate::bus::News;
use crate::equipment::checks::CheckName;
use crate::http::context::Context;
use crate::http::json::Body;
use crate::http::problem::{Problem, ProblemBody};
use crate::identity::StaffActor;
use crate::notices::{Channel, Message, NewNotice, Notices};
use crate::support::store::claims as held;
use crate::visits::presence::{Connected, Presence};
use crate::visits::schedule::{facility, record, tell_changed};
use crate::visits::time::GRACE;

/// The same steps are sent once in so long, however often the button is pressed.
const SAME_MS: i64 = 60_000;

#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RunStep {
    pub check: CheckName,
}

#[utoipa::path(post, path = "/support/visits/{visit}/run-check", operation_id = "run_check_again", tag = "support", params(("visit" = String, Path)), request_body = RunStep,
    responses((status = 204), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody, description = "page_closed, in_visit, claimed, already_over")))]
pub async fn run_check(
    State(context): State<Context>,
    State(presence): State<Presence>,
    actor: StaffActor,
    Path(visit): Path<VisitId>,
    Body(RunStep { check }): Body<RunStep>,
) -> Result<StatusCode, Problem> {
    let actor = serve(&context, actor, &visit).await?;
    let Context { store, clock, dice, bus, .. } = context;
    let (now, by, told) = (clock.now(), actor.clone(), visit.clone());
    let seat = store
        .write(move |c| {
            Box::pin(async move {
                let clinical = take_up(c, &by, &visit, now, &dice).await?;
                if clinical.is_in_visit {
                    return Err(Problem::conflict("in_visit", "The patient is in the visit. Checks are over."));
                }
                let present = presence.of(&visit, &clinical.patient_seat);
                if !present.is_some_and(|present| present.state == Connected::Here) {
                    let sentence = "The patient's page is not open now. Text the steps, or call them.";
                    return Err(Problem::conflict("page_closed", sentence));
                }
                record(c, &by, now, "help.check_asked", (&visit, None), json!({ "check": check.word() })).await?;
                Ok::<_, Problem>(clinical.patient_seat)
            })
        })
        .await?;
    bus.tell(News::RunCheck { visit: told.clone(), seat, check: step(check) });
    tell_changed(&bus, &actor, &told);
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TextedSteps {
    pub channel: Channel,
}

#[utoipa::path(post, path = "/support/visits/{visit}/text", operation_id = "text_steps", tag = "support", params(("visit" = String, Path)),
    responses((status = 200, body = TextedSteps), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody, description = "nowhere_to_text, claimed, already_over")))]
pub async fn text(
    State(context): State<Context>,
    State(notices): State<Notices>,
    actor: StaffActor,
    Path(visit): Path<VisitId>,
) -> Result<Json<TextedSteps>, Problem> {
    let actor = serve(&context, actor, &visit).await?;
    let Context { store, clock, dice, bus, .. } = context;
    let (now, by, told) = (clock.now(), actor.clone(), visit.clone());
    let channel = store
        .write(move |c| {
            Box::pin(async move {
                let clinical = take_up(c, &by, &visit, now, &dice).await?;
                let facility = facility(c, &by).await?;
                let (seat, message, expires_at) = (&clinical.patient_seat, Message::Steps, clinical.ends_at.plus(GRACE));
                // A second press of the button sends nothing again.
                let once = format!("steps:{visit}:{}", now.0 / SAME_MS);
                let new = NewNotice { facility: &facility, visit: &visit, seat, message, expires_at, once };
                let channel = notices.enqueue(c, new, now, &dice).await?.ok_or_else(nowhere)?;
                held::texted(c, &visit, now).await?;
                record(c, &by, now, "help.texted", (&visit, None), json!({ "channel": channel })).await?;
                Ok::<_, Problem>(channel)
            })
        })
        .await?;
    tell_changed(&bus, &actor, &told);
    Ok(Json(TextedSteps { channel }))
}

fn nowhere() -> Problem {
    let sentence = "The clinic has no phone number and no mail of this patient. Ask the clinic to add one.";
    Problem::conflict("nowhere_to_text", sentence)
}

#[utoipa::path(post, path = "/support/visits/{visit}/outcome", operation_id = "settle_request", tag = "support", params(("visit" = String, Path)), request_body = Conclusion,
    responses((status = 204), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody, description = "claimed, already_over"),
        (status = 422, body = ProblemBody, description = "note_too_long")))]
pub async fn settle(
    State(context): State<Context>,
    actor: StaffActor,
    Path(visit): Path<VisitId>,
    Body(conclusion): Body<Conclusion>,
) -> Result<StatusCode, Problem> {
    let note = note_of(&conclusion)?;
    let actor = serve(&context, actor, &visit).await?;
    let Context { store, clock, dice, bus, .. } = context;
    let (now, by, told, outcome) = (clock.now(), actor.clone(), visit.clone(), conclusion.outcome);
    let call = store
        .write(move |c| {
            Box::pin(async move {
                take_up(c, &by, &visit, now, &dice).await?;
                held::close(c, &visit, (outcome, &note), now).await?;
                record(c, &by, now, "help.settled", (&visit, None), json!({ "outcome": outcome.word() })).await?;
                Ok::<_, Problem>(end_call(c, &by, &visit, now).await?)
            })
        })
        .await?;
    tell_call_over(&bus, call);
    tell_changed(&bus, &actor, &told);
    Ok(StatusCode::NO_CONTENT)
}

/// The check's name as the page is told it.
fn step(name: CheckName) -> CheckStep {
    match name {
        CheckName::Environment => CheckStep::Environment,
        CheckName::Permission => CheckStep::Permission,
        CheckName::Camera => CheckStep::Camera,
        CheckName::Microphone => CheckStep::Microphone,
        CheckName::Speaker => CheckStep::Speaker,
        CheckName::Signaling => CheckStep::Signaling,
        CheckName::Path => CheckStep::Path,
        CheckName::Connect => CheckStep::Connect,
        CheckName::RoundTrip => CheckStep::RoundTrip,
        CheckName::Jitter => CheckStep::Jitter,
        CheckName::LossUp => CheckStep::LossUp,
        CheckName::LossDown => CheckStep::LossDown,
        CheckName::BitrateUp => CheckStep::BitrateUp,
        CheckName::BitrateDown => CheckStep::BitrateDown,
        CheckName::SoundScore => CheckStep::SoundScore,
        CheckName::DeviceLoad => CheckStep::DeviceLoad,
        CheckName::RecordChannel => CheckStep::RecordChannel,
    }
}
