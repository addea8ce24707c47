//! Looking at a link, which changes nothing, and redeeming it, which binds the device. Mail scanners may do the first;
//! the page does the second only after a tap.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use serde::Deserialize;
use serde_json::json;

use super::help::standing;
use crate::audit::{Actor, store::append};
use crate::base::clock::Moment;
use crate::base::dice::Dice;
use crate::base::ids::SeatId;
use crate::base::private::Secret;
use crate::http::context::Context;
use crate::http::json::Body;
use crate::http::problem::{Problem, ProblemBody};
use crate::identity::sessions::{self, SeatSession};
use crate::identity::{Device, links};
use crate::store::Connection;
use crate::visits::join::state::{JoinState, JoinWord, TestCallSeat, word};
use crate::visits::join::store::{self, SeatFacts};
use crate::visits::join::{entry, link_unknown, tell_changed};
use crate::visits::words::SeatState;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkSecret {
    /// What stands behind the # of the link.
    #[schema(value_type = String)]
    pub secret: Secret,
}

#[utoipa::path(post, path = "/join/{ref}/look", operation_id = "look_at_link", tag = "joining", params(("ref" = String, Path)), request_body = LinkSecret,
    responses((status = 200, body = JoinState), (status = 404, body = ProblemBody, description = "link_unknown"),
        (status = 410, body = ProblemBody, description = "link_superseded"), (status = 429, body = ProblemBody)))]
pub async fn look(
    State(context): State<Context>,
    device: Option<Device>,
    Path(reference): Path<String>,
    Body(link): Body<LinkSecret>,
) -> Result<Json<JoinState>, Problem> {
    let now = context.clock.now();
    let mut c = context.store.reader().acquire().await?;
    let facts = opened(&mut c, &reference, &link.secret, device.as_ref()).await?;
    let (session, test_call) = match &device {
        Some(device) => held(&mut c, &facts, device, now).await?,
        None => (None, None),
    };
    Ok(Json(standing(&mut c, &facts, session.as_ref(), test_call, now).await?))
}

#[utoipa::path(post, path = "/join/{ref}", operation_id = "redeem_link", tag = "joining", params(("ref" = String, Path)), request_body = LinkSecret,
    responses((status = 200, body = JoinState), (status = 404, body = ProblemBody, description = "link_unknown"),
        (status = 410, body = ProblemBody, description = "link_superseded"), (status = 429, body = ProblemBody)))]
pub async fn redeem(
    State(context): State<Context>,
    device: Option<Device>,
    Path(reference): Path<String>,
    Body(link): Body<LinkSecret>,
) -> Result<(HeaderMap, Json<JoinState>), Problem> {
    let Context { store, clock, dice, bus, .. } = context;
    let now = clock.now();
    let (device, cookie) = Device::known_or_new(device, &dice);
    let (state, facts, is_new) = store
        .write(move |c| {
            Box::pin(async move {
                let facts = opened(c, &reference, &link.secret, Some(&device)).await?;
                let is_new = bind(c, &facts, &device, now, &dice).await?;
                let (session, test_call) = held(c, &facts, &device, now).await?;
                let state = standing(c, &facts, session.as_ref(), test_call, now).await?;
                Ok::<_, Problem>((state, facts, is_new))
            })
        })
        .await?;
    if is_new {
        tell_changed(&bus, &facts);
    }
    let holds_something = state.seat.is_some() || state.test_call.is_some();
    let cookie = cookie.filter(|_| holds_something).map(|cookie| (header::SET_COOKIE, cookie));
    Ok((HeaderMap::from_iter(cookie), Json(state)))
}

/// The seat that the link opens. What is unknown, wrong, or of a seat that was closed for good reads the same.
///
/// A device that still holds its seat may go on with the link it came by: replacing a link to shut somebody out ends the sessions too.
pub(super) async fn opened(
    c: &mut Connection,
    reference: &str,
    secret: &Secret,
    device: Option<&Device>,
) -> Result<SeatFacts, Problem> {
    let seat = match links::find(&mut *c, reference, secret).await? {
        links::Found::Unknown => return Err(link_unknown()),
        links::Found::Superseded(seat) if sits_there(c, &seat, device).await? => seat,
        links::Found::Superseded(_) => {
            return Err(Problem::new(
                StatusCode::GONE,
                "link_superseded",
                "There is a newer link. Open the newest text from the clinic.",
            ));
        }
        links::Found::Seat(seat) => seat,
    };
    let facts = store::seat(c, &seat).await?.ok_or_else(link_unknown)?;
    if matches!(facts.state, SeatState::Denied | SeatState::Removed) { Err(link_unknown()) } else { Ok(facts) }
}

async fn sits_there(c: &mut Connection, seat: &SeatId, device: Option<&Device>) -> Result<bool, Problem> {
    let Some(device) = device else { return Ok(false) };
    Ok(sessions::find(&mut *c, seat, device).await?.is_some())
}

/// Gives the device what is open: the visit's seat in its time, a test call's at any time. Says whether that was new.
async fn bind(c: &mut Connection, facts: &SeatFacts, device: &Device, now: Moment, dice: &Dice) -> Result<bool, Problem> {
    let mut is_new = false;
    if word(facts, now) == JoinWord::Open {
        is_new |= bind_one(c, facts, device, now, dice).await?;
    }
    if let Some((_, seat)) = store::open_test_call(c, facts, now).await?
        && let Some(test_seat) = store::seat(c, &seat).await?
    {
        is_new |= bind_one(c, &test_seat, device, now, dice).await?;
        carry_identity(c, &facts.seat, &seat, device, now).await?;
    }
    Ok(is_new)
}

async fn bind_one(c: &mut Connection, facts: &SeatFacts, device: &Device, now: Moment, dice: &Dice) -> Result<bool, Problem> {
    if sessions::find(&mut *c, &facts.seat, device).await?.is_some() {
        return Ok(false);
    }
    let session = sessions::redeem(c, &facts.seat, device, now, dice).await?.ok_or_else(link_unknown)?;
    let detail = json!({ "session": session.id, "holds_seat": session.live });
    append(c, &entry(facts, Actor::Seat(facts.seat.clone()), now, "link.redeemed", detail)).await?;
    Ok(true)
}

/// Who said their date of birth for the visit need not say it again for its test call, on the same device.
async fn carry_identity(c: &mut Connection, from: &SeatId, to: &SeatId, device: &Device, now: Moment) -> Result<(), Problem> {
    let said = sessions::find(&mut *c, from, device).await?.is_some_and(|session| session.identified_at.is_some());
    if said && let Some(session) = sessions::find(&mut *c, to, device).await? {
        sessions::identified(c, &session.id, now).await?;
    }
    Ok(())
}

/// What this device holds of the visit: its seat, and its seat in an open test call.
pub(super) async fn held(
    c: &mut Connection,
    facts: &SeatFacts,
    device: &Device,
    now: Moment,
) -> Result<(Option<SeatSession>, Option<TestCallSeat>), Problem> {
    let session = sessions::find(&mut *c, &facts.seat, device).await?;
    let Some((visit, seat)) = store::open_test_call(c, facts, now).await? else { return Ok((session, None)) };
    let may_go_there = sessions::find(&mut *c, &seat, device).await?.is_some();
    Ok((session, may_go_there.then_some(TestCallSeat { seat, visit })))
}
