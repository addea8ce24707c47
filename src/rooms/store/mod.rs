//! SQL of the rooms: the plan a room is made from, and what it asks for on the way. What it stores is in `facts`.

pub(super) mod facts;
pub(super) mod late;
mod noted;
pub(super) mod owner;
pub(super) mod plan;
pub(super) mod turn;

use signaling::message::{Role, TestCallInvite};
use signaling::room::Plan;

use crate::base::clock::Moment;
use crate::base::ids::{FacilityId, SeatId, SnippetId, StaffId, VisitId};
use crate::http::context::Context;
use crate::store::{StoreError, sql};
use owner::{Hold, Unsaved};
use plan::Known;

/// What the task knows of a visit beside the room's plan.
#[derive(Clone, Debug)]
pub(super) struct Opened {
    pub(super) facility: FacilityId,
    pub(super) seats: Vec<SeatRow>,
}

#[derive(Clone, Debug)]
pub(super) struct SeatRow {
    pub(super) id: SeatId,
    pub(super) role: Role,
    pub(super) staff: Option<StaffId>,
}

impl Opened {
    pub(super) fn seats_of(&self, staff: &StaffId) -> Vec<SeatId> {
        self.seats.iter().filter(|seat| seat.staff.as_ref() == Some(staff)).map(|seat| seat.id.clone()).collect()
    }

    pub(super) fn role_of(&self, seat: &SeatId) -> Option<Role> {
        self.seats.iter().find(|known| known.id == *seat).map(|known| known.role)
    }

    /// Whose the visit is.
    pub(super) fn staff_role(&self) -> Role {
        self.seats.iter().find(|seat| seat.staff.is_some()).map_or(Role::Clinician, |seat| seat.role)
    }
}

/// The plan as it stands now.
pub(super) async fn read(context: &Context, visit: &VisitId, known: &Known) -> Result<Option<(Plan, Opened)>, StoreError> {
    let mut c = context.store.reader().acquire().await?;
    plan::read(&mut c, visit, context.nodes.me(), known).await
}

/// The test call that is open for the person in this seat.
pub(super) async fn open_test_call(
    context: &Context,
    visit: &VisitId,
    seat: &SeatId,
) -> Result<Option<TestCallInvite>, StoreError> {
    let row = sql("SELECT v.id AS visit_id, there.id AS seat_id
         FROM seats here JOIN visits v ON v.for_visit = here.visit_id
         JOIN seats there ON there.visit_id = v.id AND there.patient_id = here.patient_id
         WHERE here.id = $1 AND here.visit_id = $2 AND here.role = 'patient' AND v.state = 'booked' AND v.ends_at > $3
         ORDER BY v.created_at DESC, v.id LIMIT 1")
    .bind(seat.as_str())
    .bind(visit.as_str())
    .bind(context.clock.now().0)
    .fetch_optional(context.store.reader())
    .await?;
    row.map(|row| Ok(TestCallInvite { seat: SeatId(row.get("seat_id")?), visit: VisitId(row.get("visit_id")?) })).transpose()
}

/// Until when a prepared snippet of this visit may be offered.
pub(super) async fn prepared(context: &Context, visit: &VisitId, snippet: &SnippetId) -> Result<Option<Moment>, StoreError> {
    let row = sql("SELECT expires_at FROM snippets WHERE id = $1 AND visit_id = $2 AND state = 'prepared'")
        .bind(snippet.as_str())
        .bind(visit.as_str())
        .fetch_optional(context.store.reader())
        .await?;
    row.map(|row| Ok(Moment(row.get("expires_at")?))).transpose()
}

/// Seats whose holder's session has ended: the link was replaced, or the person removed.
pub(super) async fn revoked(context: &Context, visit: &VisitId) -> Result<Vec<SeatId>, StoreError> {
    let rows = sql("SELECT seats.id FROM seats JOIN seat_sessions held ON held.id = seats.live_session
         WHERE seats.visit_id = $1 AND held.ended_at IS NOT NULL AND seats.state NOT IN ('denied', 'removed')")
    .bind(visit.as_str())
    .fetch_all(context.store.reader())
    .await?;
    rows.iter().map(|row| Ok(SeatId(row.get("id")?))).collect()
}

/// The visit is over: nobody waits or is in it.
pub(super) async fn empty_seats(context: &Context, hold: &Hold) -> Result<(), Unsaved> {
    let hold = hold.clone();
    let job = context.store.write(move |c| Box::pin(async move { facts::empty_seats(c, &hold).await }));
    job.await
}
