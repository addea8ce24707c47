//! The desk over HTTP.

pub mod claims;
pub mod desk;
pub mod session;
pub mod steps;
pub mod test_call;

use std::time::Duration;

use serde_json::json;

use crate::base::clock::Moment;
use crate::base::dice::Dice;
use crate::base::ids::{SeatId, VisitId};
use crate::bus::{Bus, News};
use crate::http::problem::Problem;
use crate::identity::StaffActor;
use crate::notices::{Message, NewNotice, Notices};
use crate::store::{Connection, StoreError};
use crate::support::store::{self, Clinical, claims as held};
use crate::visits::help::{self, AskedBy, Holder, NewRequest, Request};
use crate::visits::presence::{Connected, Presence};
use crate::visits::schedule::{facility, record};
use crate::visits::time::GRACE;
use crate::visits::words::VisitState;

/// A text that a technician has time is of no use later.
const CALL_BACK: Duration = Duration::from_secs(15 * 60);

/// A coming visit of the technician's facility, with its row written, so that those who race for it stand in line.
async fn coming(c: &mut Connection, actor: &StaffActor, visit: &VisitId, now: Moment) -> Result<Clinical, Problem> {
    store::stand_in_line(c, visit).await?;
    let clinical = store::clinical(c, &actor.facility, visit).await?.ok_or_else(Problem::not_found)?;
    if clinical.state != VisitState::Booked || now >= clinical.ends_at.plus(GRACE) {
        return Err(Problem::conflict("already_over", "This visit is over or cancelled."));
    }
    Ok(clinical)
}

/// Whoever does something for a visit has its request: a free one is taken by it, one that another has is refused.
async fn take_up(c: &mut Connection, actor: &StaffActor, visit: &VisitId, now: Moment, dice: &Dice) -> Result<Clinical, Problem> {
    let clinical = coming(c, actor, visit, now).await?;
    let (facility, asked_by) = (actor.facility.clone(), AskedBy::Technician);
    let new = NewRequest { facility, visit: visit.clone(), asked_by, screen: None, cause: None };
    if help::store::ask(c, &new, now, dice).await? {
        record(c, actor, now, "help.asked", (visit, None), json!({ "by": asked_by.word() })).await?;
    }
    if held::claim(c, visit, &actor.staff, now).await? {
        record(c, actor, now, "help.claimed", (visit, None), json!({})).await?;
        return Ok(clinical);
    }
    match open(c, visit, now).await?.holder {
        Some(holder) if holder.staff == actor.staff => Ok(clinical),
        Some(holder) => Err(taken(&holder)),
        None => Err(nobody_asks()),
    }
}

/// Who asked and has the page closed is called back by text, or mail: somebody has time for them now.
async fn call_back(
    c: &mut Connection,
    (actor, visit, seat): (&StaffActor, &VisitId, &SeatId),
    (notices, presence): (&Notices, &Presence),
    now: Moment,
    dice: &Dice,
) -> Result<(), Problem> {
    let request = open(c, visit, now).await?;
    let is_here = presence.of(visit, seat).is_some_and(|present| present.state == Connected::Here);
    if is_here || request.asked_by == AskedBy::Technician {
        return Ok(());
    }
    let facility = facility(c, actor).await?;
    let (message, expires_at, once) =
        (Message::CallBack, now.plus(CALL_BACK), format!("call-back:{}:{}", request.id, actor.staff));
    notices.enqueue(c, NewNotice { facility: &facility, visit, seat, message, expires_at, once }, now, dice).await?;
    Ok(())
}

async fn open(c: &mut Connection, visit: &VisitId, now: Moment) -> Result<Request, Problem> {
    help::store::open(c, visit, now).await?.ok_or_else(nobody_asks)
}

/// A test call whose technician no longer has the request ends, so that the next one can start their own.
async fn end_call(c: &mut Connection, actor: &StaffActor, visit: &VisitId, now: Moment) -> Result<Option<VisitId>, StoreError> {
    let Some((call, ..)) = store::open_call(c, visit, now).await? else { return Ok(None) };
    store::abandon(c, &call, now).await?;
    record(c, actor, now, "test_call.abandoned", (visit, None), json!({ "test_call": call })).await?;
    Ok(Some(call))
}

fn tell_call_over(bus: &Bus, call: Option<VisitId>) {
    if let Some(visit) = call {
        bus.tell(News::VisitOver { visit });
    }
}

fn taken(holder: &Holder) -> Problem {
    let sentence = if holder.at_desk {
        format!("{} has this request. Ask them to hand it over.", holder.name)
    } else {
        format!("{} has this request and has left the desk. You can take it over.", holder.name)
    };
    Problem::conflict("claimed", sentence).with("holder", holder.name.clone()).with("left", !holder.at_desk)
}

fn not_yours() -> Problem {
    Problem::conflict("not_yours", "You don't have this request. Claim it first.")
}

fn nobody_asks() -> Problem {
    Problem::conflict("nobody_asks", "Nobody asks for help with this visit any more.")
}
