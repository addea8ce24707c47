//! Booking, moving, cancelling, links. Each handler reads top to bottom: parse, load, decide, save with its audit entry, tell.

pub mod routes;
mod rules;
pub(crate) mod told;

use axum::http::StatusCode;
use serde_json::Value;

use crate::audit::{Actor, Entry, store::append};
use crate::base::clock::Moment;
use crate::base::ids::{SeatId, VisitId};
use crate::bus::{Bus, News};
use crate::facilities::{self, Facility};
use crate::http::problem::Problem;
use crate::identity::StaffActor;
use crate::store::{Connection, StoreError};
use crate::visits::presence::Presence;
use crate::visits::store;
use crate::visits::view::{self, Visit};

/// The staff member's own facility, which every schedule question is about.
pub(crate) async fn facility(c: &mut Connection, actor: &StaffActor) -> Result<Facility, Problem> {
    facilities::store::find(c, &actor.facility).await?.ok_or_else(Problem::not_found)
}

/// Writes that a staff member did something with a visit.
pub(crate) async fn record(
    c: &mut Connection,
    actor: &StaffActor,
    at: Moment,
    action: &'static str,
    (visit, seat): (&VisitId, Option<&SeatId>),
    detail: Value,
) -> Result<(), StoreError> {
    let (facility, visit, seat) = (Some(actor.facility.clone()), Some(visit.clone()), seat.cloned());
    append(c, &Entry { at, actor: Actor::from(actor), action, facility, visit, seat, detail }).await
}

/// The lists that show the visit are out of date.
pub(crate) fn tell_changed(bus: &Bus, actor: &StaffActor, visit: &VisitId) {
    bus.tell(News::VisitChanged { facility: actor.facility.clone(), visit: visit.clone() });
}

/// A visit that is over cannot be changed.
fn over() -> Problem {
    Problem::new(StatusCode::CONFLICT, "already_over", "This visit is over or cancelled.")
}

/// The visit as it is now; one of another facility does not exist.
async fn shown(
    c: &mut Connection,
    actor: &StaffActor,
    visit: &VisitId,
    presence: &Presence,
    now: Moment,
) -> Result<Visit, Problem> {
    let row = store::one(c, &actor.facility, visit).await?.ok_or_else(Problem::not_found)?;
    let facility = facility(c, actor).await?;
    Ok(view::visit(row, &facility, presence, now))
}
