//! Who is at the door of a room: a device with a session on a seat, or the staff member whose own seat it is.
//! Everything about sender, seat and role comes from here, nothing from what is said on the socket.

use crate::base::clock::Moment;
use crate::base::ids::{FacilityId, SeatId, VisitId};
use crate::http::problem::Problem;
use crate::identity::{Device, StaffActor, serving};
use crate::store::{Store, sql};
use crate::visits::time::{Door, Opening};

#[derive(Clone, Debug)]
pub(super) struct Guest {
    pub(super) visit: VisitId,
    pub(super) seat: SeatId,
    /// Names the device that holds the seat, as `seats.live_session` does.
    pub(super) device: String,
    pub(super) staff: Option<StaffActor>,
    /// The visit has ended or was cancelled: the page is told so, and nothing else.
    pub(super) is_over: bool,
}

/// The device of who came by a link: it has a session on the seat, the patient said who they are, and the visit is open.
/// Otherwise there is nothing here.
pub(super) async fn device(store: &Store, seat: SeatId, device: &Device, now: Moment) -> Result<Guest, Problem> {
    let row =
        sql("SELECT held.id AS session_id, held.identified_at, v.id AS visit_id, v.state AS visit_state, v.starts_at, v.ends_at,
                f.join_window_minutes, seats.role, seats.state, seats.vouched_at
         FROM seat_sessions held JOIN seats ON seats.id = held.seat_id JOIN visits v ON v.id = seats.visit_id
         JOIN facilities f ON f.id = v.facility_id
         WHERE held.seat_id = $1 AND held.device_hash = $2 AND held.ended_at IS NULL
         AND seats.staff_id IS NULL AND seats.state NOT IN ('denied', 'removed')")
        .bind(seat.as_str())
        .bind(&device.hash)
        .fetch_optional(store.reader())
        .await?
        .ok_or_else(Problem::not_found)?;
    // A companion is known by sight, when staff let them in.
    let is_known = row.get::<&str>("role")? != "patient"
        || row.get::<Option<i64>>("identified_at")?.is_some()
        || row.get::<Option<i64>>("vouched_at")?.is_some();
    let opening = Opening::new(
        Moment(row.get("starts_at")?),
        Moment(row.get("ends_at")?),
        u64::try_from(row.get::<i64>("join_window_minutes")?).unwrap_or(0),
    );
    // Who is in the visit, or waits for it, is not shut out because it runs late.
    let has_place = matches!(row.get::<&str>("state")?, "waiting" | "admitted");
    let door = opening.door(now);
    if !is_known || door == Door::TooEarly {
        return Err(Problem::not_found());
    }
    let is_over = row.get::<&str>("visit_state")? != "booked" || (door == Door::Over && !has_place);
    let visit = VisitId(row.get("visit_id")?);
    Ok(Guest { visit, seat, device: row.get("session_id")?, staff: None, is_over })
}

/// The staff member's own seat in a visit of a facility that they serve.
pub(super) async fn staff(store: &Store, visit: VisitId, actor: StaffActor) -> Result<Guest, Problem> {
    let row = sql("SELECT seats.id, v.state, v.facility_id FROM seats JOIN visits v ON v.id = seats.visit_id
         WHERE v.id = $1 AND seats.staff_id = $2")
    .bind(visit.as_str())
    .bind(actor.staff.as_str())
    .fetch_optional(store.reader())
    .await?
    .ok_or_else(Problem::not_found)?;
    let facility = FacilityId(row.get("facility_id")?);
    let actor = serving::at(store.reader(), actor, facility).await?.ok_or_else(Problem::not_found)?;
    let is_over = row.get::<&str>("state")? != "booked";
    let (seat, device) = (SeatId(row.get("id")?), actor.session.0.clone());
    Ok(Guest { visit, seat, device, staff: Some(actor), is_over })
}
