//! What the page of a seat needs to know, and the two things one can say there besides who one is.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::help::standing;
use super::redeem::held;
use crate::audit::{Actor, store::append};
use crate::base::clock::Moment;
use crate::base::ids::{SeatId, VisitId};
use crate::http::context::Context;
use crate::http::json::Body;
use crate::http::problem::{Problem, ProblemBody};
use crate::identity::Device;
use crate::identity::sessions::SeatSession;
use crate::store::Connection;
use crate::visits::join::state::{JoinState, Step, TestCallSeat, step};
use crate::visits::join::store::{self, SeatFacts};
use crate::visits::join::{entry, tell_changed};
use crate::visits::readiness::{Readiness, readiness};
use crate::visits::store::tested_on;

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct SeatPage {
    pub join: JoinState,
    pub step: Step,
    #[schema(value_type = String)]
    pub visit: VisitId,
    /// Whom the visit is with; only for a patient who has said who they are. Others learn it inside.
    pub who: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub readiness: Option<Readiness>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test_call: Option<TestCallSeat>,
}

#[utoipa::path(get, path = "/seats/{seat}", operation_id = "seat_page", tag = "joining", params(("seat" = String, Path)),
    responses((status = 200, body = SeatPage), (status = 404, body = ProblemBody)))]
pub async fn page(State(context): State<Context>, device: Device, Path(seat): Path<SeatId>) -> Result<Json<SeatPage>, Problem> {
    let mut c = context.store.reader().acquire().await?;
    let now = context.clock.now();
    let (facts, _) = sitting(&mut c, &seat, &device, now).await?;
    shown(&mut c, &facts, &device, now).await.map(Json)
}

/// The seat, if this device has a session on it.
pub(super) async fn sitting(
    c: &mut Connection,
    seat: &SeatId,
    device: &Device,
    now: Moment,
) -> Result<(SeatFacts, SeatSession), Problem> {
    let facts = store::seat(c, seat).await?.ok_or_else(Problem::not_found)?;
    match held(c, &facts, device, now).await? {
        (Some(session), _) => Ok((facts, session)),
        (None, _) => Err(Problem::not_found()),
    }
}

pub(super) async fn shown(c: &mut Connection, facts: &SeatFacts, device: &Device, now: Moment) -> Result<SeatPage, Problem> {
    let (session, test_call) = held(c, facts, device, now).await?;
    let session = session.ok_or_else(Problem::not_found)?;
    let step = step(facts, &session);
    let tested = tested_on(c, &facts.seat).await?;
    Ok(SeatPage {
        join: standing(c, facts, Some(&session), test_call.clone(), now).await?,
        step,
        visit: facts.visit.clone(),
        who: (step == Step::Ready && facts.is_patient()).then(|| facts.staff_name.clone()),
        readiness: tested.map(|tested| readiness(Some(&tested), None, Some(device.hash.as_str()))),
        test_call,
    })
}

#[utoipa::path(post, path = "/seats/{seat}/ask", operation_id = "ask_for_help", tag = "joining", params(("seat" = String, Path)),
    responses((status = 204), (status = 404, body = ProblemBody)))]
pub async fn ask(State(context): State<Context>, device: Device, Path(seat): Path<SeatId>) -> Result<StatusCode, Problem> {
    let now = context.clock.now();
    let facts = context
        .store
        .write(move |c| {
            Box::pin(async move {
                let (facts, session) = sitting(c, &seat, &device, now).await?;
                if step(&facts, &session) != Step::Ready {
                    store::ask(c, &seat, now).await?;
                    append(c, &entry(&facts, Actor::Seat(seat), now, "seat.asked_for_help", json!({}))).await?;
                }
                Ok::<_, Problem>(facts)
            })
        })
        .await?;
    tell_changed(&context.bus, &facts);
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Feedback {
    /// How sound and picture were: 1 bad, 5 good.
    pub rating: u8,
}

#[utoipa::path(post, path = "/seats/{seat}/feedback", operation_id = "give_feedback", tag = "joining", params(("seat" = String, Path)), request_body = Feedback,
    responses((status = 204), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody, description = "wrong_rating")))]
pub async fn feedback(
    State(context): State<Context>,
    device: Device,
    Path(seat): Path<SeatId>,
    Body(Feedback { rating }): Body<Feedback>,
) -> Result<StatusCode, Problem> {
    if !(1..=5).contains(&rating) {
        return Err(Problem::bad_request("wrong_rating", "The rating goes from 1 to 5.").with("field", "rating"));
    }
    let now = context.clock.now();
    context
        .store
        .write(move |c| {
            Box::pin(async move {
                let (facts, _) = sitting(c, &seat, &device, now).await?;
                store::rate(c, &seat, rating, now).await?;
                append(c, &entry(&facts, Actor::Seat(seat), now, "feedback.given", json!({ "rating": rating }))).await?;
                Ok::<_, Problem>(())
            })
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
