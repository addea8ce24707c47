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
use crate::http::context::Context;
use crate::http::problem::Problem;
use crate::identity::{StaffActor, serving};
use crate::notices::{Message, NewNotice, Notices};
use crate::store::{Connection, StoreError};
use crate::support::store::{self, Clinical, claims as held};
use crate::visits::help::{self, AskedBy, Holder, NewRequest, Request};
use crate::visits::presence::{Connected, Presence};
use crate::visits::schedule::{facility, record};
use crate::visits::time::GRACE;
use crate::visits::words::VisitState;

/// A text that a technician has time is of no use later.
const OF_USE: Duration = Duration::from_secs(15 * 60);

/// The technician at work for the visit's facility. For whoever does not serve it there is no such visit.
async fn serve(context: &Context, actor: StaffActor, visit: &VisitId) -> Result<StaffActor, Problem> {
    let readers = context.store.reader();
    let facility = store::facility_of(readers, visit).await?.ok_or_else(Problem::not_found)?;
    serving::at(readers, actor, facility).await?.ok_or_else(Problem::not_found)
}

/// A coming visit of the facility that the technician works for, with its row written, so that those who race for it stand in line.
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

/// How to reach a patient whose page is closed.
struct Reach<'a> {
    notices: &'a Notices,
    presence: &'a Presence,
    now: Moment,
    dice: &'a Dice,
}

impl Reach<'_> {
    /// Who asked is called back: somebody has time for them now.
    async fn call_back(&self, c: &mut Connection, actor: &StaffActor, visit: &VisitId, seat: &SeatId) -> Result<(), Problem> {
        let request = open(c, visit, self.now).await?;
        if request.asked_by == AskedBy::Technician {
            return Ok(());
        }
        let once = format!("call-back:{}:{}", request.id, actor.staff);
        self.tell(c, actor, (visit, seat), Message::CallBack, once).await
    }

    /// By text, or mail; a page that is open says it by itself.
    async fn tell(
        &self,
        c: &mut Connection,
        actor: &StaffActor,
        (visit, seat): (&VisitId, &SeatId),
        message: Message,
        once: String,
    ) -> Result<(), Problem> {
        if self.presence.of(visit, seat).is_some_and(|present| present.state == Connected::Here) {
            return Ok(());
        }
        let (facility, expires_at) = (&facility(c, actor).await?, self.now.plus(OF_USE));
        let notice = NewNotice { facility, visit, seat, message, expires_at, once };
        self.notices.enqueue(c, notice, self.now, self.dice).await?;
        Ok(())
    }
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
