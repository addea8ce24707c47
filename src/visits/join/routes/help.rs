//! **Get help**: from any screen of the patient before the visit, by the seat or, before there is one, by the link. And never mind.

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::json;

use super::page::sitting;
use super::redeem::{LinkSecret, held, opened};
use crate::audit::{Actor, store::append};
use crate::base::clock::Moment;
use crate::base::dice::Dice;
use crate::base::ids::SeatId;
use crate::base::private::Secret;
use crate::http::context::Context;
use crate::http::json::Body;
use crate::http::problem::{Problem, ProblemBody};
use crate::identity::Device;
use crate::identity::sessions::SeatSession;
use crate::store::Connection;
use crate::visits::help::{self, AskedBy, HelpScreen, NewRequest};
use crate::visits::join::state::{JoinState, JoinWord, Step, TestCallSeat, join_state, step, word};
use crate::visits::join::store::SeatFacts;
use crate::visits::join::{entry, tell_changed};
use crate::visits::words::Kind;

/// Requests of one visit in an hour: more than anybody needs, and a bound on what they cost.
const REQUESTS_AN_HOUR: i64 = 12;
const HOUR: std::time::Duration = std::time::Duration::from_secs(3600);
const LONGEST_CAUSE: usize = 64;

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskHelp {
    pub screen: HelpScreen,
    /// The word of the check's verdict.
    #[serde(default)]
    pub cause: Option<String>,
}

/// How the patient came: from a screen of their seat, or by the link alone.
enum By {
    Seat(SeatId, Device),
    Link { reference: String, secret: Secret, device: Option<Device> },
}

enum Wish {
    Help(AskHelp),
    NeverMind,
}

#[utoipa::path(post, path = "/seats/{seat}/help", operation_id = "get_help", tag = "joining", params(("seat" = String, Path)), request_body = AskHelp,
    responses((status = 200, body = JoinState), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody, description = "already_over, not_for_companions"),
        (status = 422, body = ProblemBody, description = "wrong_cause"), (status = 429, body = ProblemBody, description = "too_many_requests")))]
pub async fn ask_from_seat(
    State(context): State<Context>,
    device: Device,
    Path(seat): Path<SeatId>,
    Body(asked): Body<AskHelp>,
) -> Result<Json<JoinState>, Problem> {
    fulfil(context, By::Seat(seat, device), Wish::Help(asked)).await
}

#[utoipa::path(post, path = "/join/{ref}/help", operation_id = "get_help_by_link", tag = "joining", params(("ref" = String, Path)), request_body = LinkSecret,
    responses((status = 200, body = JoinState), (status = 404, body = ProblemBody, description = "link_unknown"),
        (status = 409, body = ProblemBody, description = "already_over, not_for_companions"), (status = 410, body = ProblemBody, description = "link_superseded"),
        (status = 429, body = ProblemBody, description = "too_many_requests")))]
pub async fn ask_by_link(
    State(context): State<Context>,
    device: Option<Device>,
    Path(reference): Path<String>,
    Body(LinkSecret { secret }): Body<LinkSecret>,
) -> Result<Json<JoinState>, Problem> {
    let asked = AskHelp { screen: HelpScreen::Landing, cause: None };
    fulfil(context, By::Link { reference, secret, device }, Wish::Help(asked)).await
}

#[utoipa::path(delete, path = "/seats/{seat}/help", operation_id = "never_mind", tag = "joining", params(("seat" = String, Path)),
    responses((status = 200, body = JoinState), (status = 404, body = ProblemBody)))]
pub async fn withdraw_from_seat(
    State(context): State<Context>,
    device: Device,
    Path(seat): Path<SeatId>,
) -> Result<Json<JoinState>, Problem> {
    fulfil(context, By::Seat(seat, device), Wish::NeverMind).await
}

#[utoipa::path(post, path = "/join/{ref}/help/withdraw", operation_id = "never_mind_by_link", tag = "joining", params(("ref" = String, Path)), request_body = LinkSecret,
    responses((status = 200, body = JoinState), (status = 404, body = ProblemBody, description = "link_unknown"),
        (status = 410, body = ProblemBody, description = "link_superseded")))]
pub async fn withdraw_by_link(
    State(context): State<Context>,
    device: Option<Device>,
    Path(reference): Path<String>,
    Body(LinkSecret { secret }): Body<LinkSecret>,
) -> Result<Json<JoinState>, Problem> {
    fulfil(context, By::Link { reference, secret, device }, Wish::NeverMind).await
}

async fn fulfil(context: Context, by: By, wish: Wish) -> Result<Json<JoinState>, Problem> {
    let Context { store, clock, dice, bus, .. } = context;
    let now = clock.now();
    let (state, facts) = store
        .write(move |c| {
            Box::pin(async move {
                let (facts, device) = match by {
                    By::Seat(seat, device) => (sitting(c, &seat, &device, now).await?.0, Some(device)),
                    By::Link { reference, secret, device } => (opened(c, &reference, &secret, device.as_ref()).await?, device),
                };
                match wish {
                    Wish::Help(asked) => ask(c, &facts, &asked, now, &dice).await?,
                    Wish::NeverMind => withdraw(c, &facts, now).await?,
                }
                Ok::<_, Problem>((shown(c, &facts, device.as_ref(), now).await?, facts))
            })
        })
        .await?;
    tell_changed(&bus, &facts);
    Ok(Json(state))
}

async fn ask(c: &mut Connection, facts: &SeatFacts, asked: &AskHelp, now: Moment, dice: &Dice) -> Result<(), Problem> {
    may_ask(facts, asked, now)?;
    if help::store::asked_since(c, &facts.visit, now.minus(HOUR)).await? >= REQUESTS_AN_HOUR {
        return Err(too_many());
    }
    let (facility, visit) = (facts.facility.id.clone(), facts.visit.clone());
    let (asked_by, screen, cause) = (AskedBy::Patient, Some(asked.screen), asked.cause.clone());
    let new = NewRequest { facility, visit, asked_by, screen, cause };
    if help::store::ask(c, &new, now, dice).await? {
        let detail = json!({ "by": asked_by.word(), "screen": asked.screen.word(), "cause": new.cause });
        append(c, &entry(facts, Actor::Seat(facts.seat.clone()), now, "help.asked", detail)).await?;
    }
    Ok(())
}

fn may_ask(facts: &SeatFacts, asked: &AskHelp, now: Moment) -> Result<(), Problem> {
    if !matches!(word(facts, now), JoinWord::TooEarly | JoinWord::Open) {
        return Err(Problem::conflict("already_over", "This visit is over or cancelled. Call the clinic."));
    }
    // A technician helps the patient; who comes along is helped by telephone. In a test call help is already there.
    if !facts.is_patient() || facts.kind != Kind::Clinical {
        return Err(Problem::conflict(
            "not_for_companions",
            "A technician helps the patient. Call the clinic for your own questions.",
        ));
    }
    let is_word = |text: &str| text.len() <= LONGEST_CAUSE && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if asked.cause.as_deref().is_some_and(|cause| !is_word(cause)) {
        return Err(Problem::bad_request("wrong_cause", "The cause is a word of the check's verdict.").with("field", "cause"));
    }
    Ok(())
}

async fn withdraw(c: &mut Connection, facts: &SeatFacts, now: Moment) -> Result<(), Problem> {
    if facts.is_patient() && help::store::withdraw(c, &facts.visit, now).await? {
        let actor = Actor::Seat(facts.seat.clone());
        append(c, &entry(facts, actor, now, "help.withdrawn", json!({ "why": "never_mind" }))).await?;
    }
    Ok(())
}

async fn shown(c: &mut Connection, facts: &SeatFacts, device: Option<&Device>, now: Moment) -> Result<JoinState, Problem> {
    let (session, test_call) = match device {
        Some(device) => held(c, facts, device, now).await?,
        None => (None, None),
    };
    standing(c, facts, session.as_ref(), test_call, now).await
}

/// What the link leads to, with the help that was asked for. Who helps is named only to who has said who they are.
pub(super) async fn standing(
    c: &mut Connection,
    facts: &SeatFacts,
    session: Option<&SeatSession>,
    test_call: Option<TestCallSeat>,
    now: Moment,
) -> Result<JoinState, Problem> {
    let mut state = join_state(facts, session, test_call, now);
    if !facts.is_patient() || facts.kind != Kind::Clinical {
        return Ok(state);
    }
    state.help = help::store::place(c, (&facts.facility.id, &facts.visit), facts.has_phone, now).await?;
    let is_known = session.is_some_and(|session| step(facts, session) == Step::Ready);
    if let Some(place) = state.help.as_mut().filter(|_| !is_known) {
        place.helper = None;
    }
    Ok(state)
}

fn too_many() -> Problem {
    Problem::new(
        axum::http::StatusCode::TOO_MANY_REQUESTS,
        "too_many_requests",
        "You have asked many times. Call the clinic, and a person will help you.",
    )
    .retry_after(600)
}
