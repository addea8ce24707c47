//! When somebody cannot get in: a new link in place of the old one, or staff's word for who it is.

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use serde_json::json;

use super::change::booked;
use crate::base::ids::{SeatId, VisitId};
use crate::bus::News;
use crate::http::context::Context;
use crate::http::problem::{Problem, ProblemBody};
use crate::identity::{StaffActor, links, sessions};
use crate::notices::{Channel, Notices};
use crate::visits::presence::Presence;
use crate::visits::schedule::told::Telling;
use crate::visits::schedule::{facility, record, shown, tell_changed};
use crate::visits::store::{Seat, VisitRow, change};
use crate::visits::view::Visit;
use crate::visits::words::SeatState;

/// Shown this once; it cannot be read back.
#[derive(Serialize, utoipa::ToSchema)]
pub struct NewSeatLink {
    pub url: String,
    /// How it is on its way to its person; where it is not, somebody has to read it to them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told: Option<Channel>,
}

#[utoipa::path(post, path = "/visits/{visit}/seats/{seat}/link", operation_id = "reissue_link", tag = "visits", params(("visit" = String, Path), ("seat" = String, Path)),
    responses((status = 200, body = NewSeatLink), (status = 409, body = ProblemBody, description = "already_over, already_started")))]
pub async fn reissue(
    State(context): State<Context>,
    State(notices): State<Notices>,
    actor: StaffActor,
    Path((visit, seat)): Path<(VisitId, SeatId)>,
) -> Result<Json<NewSeatLink>, Problem> {
    let Context { store, clock, dice, bus, config, .. } = context;
    let (now, by, changed) = (clock.now(), actor.clone(), (visit.clone(), seat.clone()));
    let public_url = config.public_url.clone();
    let (link, told) = store
        .write(move |c| {
            Box::pin(async move {
                let row = booked(c, &by, &visit).await?;
                let held = guest_seat(&row, &seat)?;
                if matches!(held.state, SeatState::Admitted | SeatState::Removed) {
                    return Err(Problem::conflict("already_started", "This person is in the visit, or was removed from it."));
                }
                let link = links::issue(c, &seat, now, &dice).await?;
                sessions::end_of_seat(c, &seat, now).await?;
                change::forgive_tries(c, &seat).await?;
                record(c, &by, now, "seat.link_reissued", (&visit, Some(&seat)), json!({})).await?;
                let (facility, notices) = (&facility(c, &by).await?, &notices);
                let (starts_at, ends_at) = (row.starts_at, row.ends_at);
                let telling = Telling { notices, facility, visit: &visit, starts_at, ends_at, now, dice: &dice };
                let told = telling.new_link(c, &seat, &link, &public_url).await?;
                Ok::<_, Problem>((link.url(&public_url), told))
            })
        })
        .await?;
    bus.tell(News::SeatRevoked { visit: changed.0.clone(), seat: changed.1 });
    tell_changed(&bus, &actor, &changed.0);
    Ok(Json(NewSeatLink { url: link.reveal().to_owned(), told }))
}

#[utoipa::path(post, path = "/visits/{visit}/seats/{seat}/vouch", operation_id = "vouch_for_seat", tag = "visits", params(("visit" = String, Path), ("seat" = String, Path)),
    responses((status = 200, body = Visit), (status = 409, body = ProblemBody, description = "already_over")))]
pub async fn vouch(
    State(context): State<Context>,
    State(presence): State<Presence>,
    actor: StaffActor,
    Path((visit, seat)): Path<(VisitId, SeatId)>,
) -> Result<Json<Visit>, Problem> {
    let (now, by, told) = (context.clock.now(), actor.clone(), visit.clone());
    let view = context
        .store
        .write(move |c| {
            Box::pin(async move {
                let row = booked(c, &by, &visit).await?;
                if guest_seat(&row, &seat)?.vouched_at.is_none() {
                    change::vouch(c, &seat, now).await?;
                    record(c, &by, now, "seat.vouched", (&visit, Some(&seat)), json!({})).await?;
                }
                shown(c, &by, &visit, &presence, now).await
            })
        })
        .await?;
    tell_changed(&context.bus, &actor, &told);
    Ok(Json(view))
}

/// A seat of the visit that is opened by a link.
pub(super) fn guest_seat<'a>(row: &'a VisitRow, seat: &SeatId) -> Result<&'a Seat, Problem> {
    row.seats.iter().find(|held| held.id == *seat && !held.role.is_staff()).ok_or_else(Problem::not_found)
}
