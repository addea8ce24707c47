//! Who has a request: claim, next, release, hand over, and taking over from somebody who left. Two never have the same one.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Reach, coming, end_call, not_yours, open, serve, take_up, taken, tell_call_over};
use crate::base::clock::Moment;
use crate::base::dice::Dice;
use crate::base::ids::{FacilityId, StaffId, VisitId};
use crate::http::context::Context;
use crate::http::json::Body;
use crate::http::problem::{Problem, ProblemBody};
use crate::http::query::Query;
use crate::identity::{StaffActor, at_desk, serving};
use crate::notices::Notices;
use crate::store::{Connection, StoreError};
use crate::support::store::claims as held;
use crate::visits::presence::Presence;
use crate::visits::schedule::{record, tell_changed};

/// Others may take the nearest request at the same moment; so many times another is looked for.
const TRIES: usize = 64;

#[utoipa::path(post, path = "/support/here", operation_id = "at_desk", tag = "support", responses((status = 204)))]
pub async fn here(State(context): State<Context>, actor: StaffActor) -> Result<StatusCode, Problem> {
    let now = context.clock.now();
    let write =
        context.store.write::<_, StoreError, _>(move |c| Box::pin(async move { at_desk::seen(c, &actor.session, now).await }));
    write.await?;
    Ok(StatusCode::NO_CONTENT)
}

#[utoipa::path(post, path = "/support/visits/{visit}/claim", operation_id = "claim_request", tag = "support", params(("visit" = String, Path)),
    responses((status = 204), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody, description = "claimed, already_over")))]
pub async fn claim(
    State(context): State<Context>,
    State(notices): State<Notices>,
    State(presence): State<Presence>,
    actor: StaffActor,
    Path(visit): Path<VisitId>,
) -> Result<StatusCode, Problem> {
    let actor = serve(&context, actor, &visit).await?;
    let Context { store, clock, dice, bus, .. } = context;
    let (now, by, told) = (clock.now(), actor.clone(), visit.clone());
    store
        .write(move |c| {
            Box::pin(async move {
                let clinical = take_up(c, &by, &visit, now, &dice).await?;
                let reach = Reach { notices: &notices, presence: &presence, now, dice: &dice };
                reach.call_back(c, &by, &visit, &clinical.patient_seat).await
            })
        })
        .await?;
    tell_changed(&bus, &actor, &told);
    Ok(StatusCode::NO_CONTENT)
}

/// From where the next one is to come.
#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Nearest {
    /// One of those that the technician serves; all of them when absent.
    #[param(value_type = Option<String>)]
    facility: Option<FacilityId>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct NextRequest {
    #[schema(value_type = String)]
    pub visit: VisitId,
}

#[utoipa::path(post, path = "/support/next", operation_id = "next_request", tag = "support", params(Nearest),
    responses((status = 200, body = NextRequest), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody, description = "nobody_waits")))]
pub async fn next(
    State(context): State<Context>,
    State(notices): State<Notices>,
    State(presence): State<Presence>,
    actor: StaffActor,
    Query(Nearest { facility }): Query<Nearest>,
) -> Result<Json<NextRequest>, Problem> {
    let facilities = served(&context, &actor, facility).await?;
    let Context { store, clock, dice, bus, .. } = context;
    let now = clock.now();
    let (actor, visit) = store
        .write(move |c| {
            Box::pin(async move {
                for _ in 0..TRIES {
                    let Some((visit, facility)) = held::next(c, &facilities, now).await? else { break };
                    if held::claim(c, &visit, &actor.staff, now).await? {
                        let by = StaffActor { facility, ..actor };
                        record(c, &by, now, "help.claimed", (&visit, None), json!({})).await?;
                        let clinical = coming(c, &by, &visit, now).await?;
                        let reach = Reach { notices: &notices, presence: &presence, now, dice: &dice };
                        reach.call_back(c, &by, &visit, &clinical.patient_seat).await?;
                        return Ok((by, visit));
                    }
                }
                Err(Problem::conflict("nobody_waits", "Nobody waits for help now."))
            })
        })
        .await?;
    tell_changed(&bus, &actor, &visit);
    Ok(Json(NextRequest { visit }))
}

async fn served(context: &Context, actor: &StaffActor, only: Option<FacilityId>) -> Result<Vec<FacilityId>, Problem> {
    let mut facilities = serving::facilities(context.store.reader(), actor).await?;
    facilities.retain(|facility| only.as_ref().is_none_or(|only| only == facility));
    if facilities.is_empty() { Err(Problem::not_found()) } else { Ok(facilities) }
}

#[utoipa::path(post, path = "/support/visits/{visit}/release", operation_id = "release_request", tag = "support", params(("visit" = String, Path)),
    responses((status = 204), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody, description = "not_yours, already_over")))]
pub async fn release(
    State(context): State<Context>,
    actor: StaffActor,
    Path(visit): Path<VisitId>,
) -> Result<StatusCode, Problem> {
    change_hands(context, actor, visit, Change::Release).await
}

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    pub to: StaffId,
}

#[utoipa::path(post, path = "/support/visits/{visit}/hand-over", operation_id = "hand_over_request", tag = "support", params(("visit" = String, Path)), request_body = HandOver,
    responses((status = 204), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody, description = "not_yours, not_at_desk, already_over"),
        (status = 422, body = ProblemBody, description = "unknown_colleague")))]
pub async fn hand_over(
    State(context): State<Context>,
    actor: StaffActor,
    Path(visit): Path<VisitId>,
    Body(HandOver { to }): Body<HandOver>,
) -> Result<StatusCode, Problem> {
    change_hands(context, actor, visit, Change::HandOver(to)).await
}

#[utoipa::path(post, path = "/support/visits/{visit}/take-over", operation_id = "take_over_request", tag = "support", params(("visit" = String, Path)),
    responses((status = 204), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody, description = "claimed, nobody_asks, already_over")))]
pub async fn take_over(
    State(context): State<Context>,
    actor: StaffActor,
    Path(visit): Path<VisitId>,
) -> Result<StatusCode, Problem> {
    change_hands(context, actor, visit, Change::TakeOver).await
}

enum Change {
    Release,
    HandOver(StaffId),
    TakeOver,
}

/// Whoever had it before, their test call is over.
async fn change_hands(context: Context, actor: StaffActor, visit: VisitId, change: Change) -> Result<StatusCode, Problem> {
    let actor = serve(&context, actor, &visit).await?;
    let Context { store, clock, dice, bus, .. } = context;
    let (now, by, told) = (clock.now(), actor.clone(), visit.clone());
    let call = store
        .write(move |c| {
            Box::pin(async move {
                coming(c, &by, &visit, now).await?;
                let has_changed = match change {
                    Change::Release => give_back(c, &by, &visit, now).await.map(|()| true),
                    Change::HandOver(to) => give(c, &by, &visit, &to, now).await.map(|()| true),
                    Change::TakeOver => take(c, &by, &visit, now, &dice).await,
                }?;
                Ok::<_, Problem>(if has_changed { end_call(c, &by, &visit, now).await? } else { None })
            })
        })
        .await?;
    tell_call_over(&bus, call);
    tell_changed(&bus, &actor, &told);
    Ok(StatusCode::NO_CONTENT)
}

async fn give_back(c: &mut Connection, by: &StaffActor, visit: &VisitId, now: Moment) -> Result<(), Problem> {
    if !held::release(c, visit, &by.staff).await? {
        return Err(not_yours());
    }
    Ok(record(c, by, now, "help.released", (visit, None), json!({})).await?)
}

async fn give(c: &mut Connection, by: &StaffActor, visit: &VisitId, to: &StaffId, now: Moment) -> Result<(), Problem> {
    let name = colleague(c, by, to).await?;
    if !at_desk::is_there(c, &by.facility, to, now).await? {
        return Err(Problem::conflict("not_at_desk", format!("{name} is not at the desk now.")));
    }
    if !held::pass(c, visit, (&by.staff, to), now).await? {
        return Err(not_yours());
    }
    Ok(record(c, by, now, "help.handed_over", (visit, None), json!({ "to": to })).await?)
}

/// False where nobody else had it: then it is claimed like any other.
async fn take(c: &mut Connection, by: &StaffActor, visit: &VisitId, now: Moment, dice: &Dice) -> Result<bool, Problem> {
    let Some(holder) = open(c, visit, now).await?.holder.filter(|holder| holder.staff != by.staff) else {
        take_up(c, by, visit, now, dice).await?;
        return Ok(false);
    };
    if holder.at_desk || !held::pass(c, visit, (&holder.staff, &by.staff), now).await? {
        return Err(taken(&holder));
    }
    record(c, by, now, "help.taken_over", (visit, None), json!({ "from": holder.staff })).await?;
    Ok(true)
}

/// Somebody else who serves the visit's facility.
async fn colleague(c: &mut Connection, actor: &StaffActor, to: &StaffId) -> Result<String, Problem> {
    let helpers = serving::helpers(&mut *c, &actor.facility).await?;
    let found = helpers.into_iter().find(|member| member.id == *to && member.id != actor.staff);
    let unknown = || Problem::bad_request("unknown_colleague", "Choose a colleague of the help desk.").with("field", "to");
    Ok(found.ok_or_else(unknown)?.name)
}
