//! A page that tests sends its WebRTC offer and gets the media agent's answer.

use std::time::Duration;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use super::store;
use crate::base::ids::{EquipmentTestId, SeatId};
use crate::equipment::routes::already_finished;
use crate::http::context::Context;
use crate::http::json::Body;
use crate::http::problem::{Problem, ProblemBody};
use crate::identity::{Device, sessions};
use crate::media::{ASK_AGAIN_S, Asked, MediaAgent, Refusal, Way};

/// A test that began longer ago opens no more sessions.
const LONGEST_TEST: Duration = Duration::from_secs(15 * 60);

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediaOffer {
    /// SDP; the addresses in it are not used.
    pub offer: String,
    pub way: Way,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MediaAnswer {
    /// SDP, with the agent's address in it.
    pub answer: String,
}

#[utoipa::path(post, path = "/seats/{seat}/equipment-tests/{id}/media", operation_id = "open_media", tag = "equipment", params(("seat" = String, Path), ("id" = String, Path)), request_body = MediaOffer,
    responses((status = 201, body = MediaAnswer), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody, description = "already_finished"),
        (status = 422, body = ProblemBody, description = "unfit_offer"), (status = 503, body = ProblemBody, description = "tests_full, with the `place` in line; ask again after Retry-After")))]
pub async fn open(
    State(context): State<Context>,
    State(media): State<MediaAgent>,
    device: Device,
    Path((seat, test)): Path<(SeatId, EquipmentTestId)>,
    Body(MediaOffer { offer, way }): Body<MediaOffer>,
) -> Result<(StatusCode, Json<MediaAnswer>), Problem> {
    let now = context.clock.now();
    let reader = context.store.reader();
    sessions::find(reader, &seat, &device).await?.ok_or_else(Problem::not_found)?;
    let (started, is_finished) = store::begun(reader, &seat, &test).await?.ok_or_else(Problem::not_found)?;
    if is_finished || now.since(started) > LONGEST_TEST {
        return Err(already_finished());
    }
    let answer = media.answer(Asked { test: test.0, way, offer }).await.map_err(refused)?;
    Ok((StatusCode::CREATED, Json(MediaAnswer { answer })))
}

fn refused(refusal: Refusal) -> Problem {
    let unavailable = |code, sentence| Problem::new(StatusCode::SERVICE_UNAVAILABLE, code, sentence).retry_after(ASK_AGAIN_S);
    match refusal {
        Refusal::Unfit(unfit) => Problem::bad_request("unfit_offer", format!("The offer cannot be answered: {unfit}.")),
        Refusal::Full { place } => {
            unavailable("tests_full", "Many people are testing right now. You have a place in line.").with("place", place)
        }
        Refusal::Stopped => unavailable("stopping", "We're sorry. The check stops for a moment. Try again."),
    }
}
