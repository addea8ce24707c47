//! Who comes with the patient: a caregiver or an interpreter, booked with the visit or found on the day, and sent away again.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::book::SeatLink;
use super::change::booked;
use super::links::guest_seat;
use super::replay::Replay;
use crate::base::clock::Moment;
use crate::base::dice::Dice;
use crate::base::ids::{SeatId, VisitId};
use crate::base::private::Personal;
use crate::bus::News;
use crate::facilities::fields;
use crate::http::context::Context;
use crate::http::json::Body;
use crate::http::problem::{Problem, ProblemBody};
use crate::identity::{StaffActor, links, sessions};
use crate::notices::Notices;
use crate::store::Connection;
use crate::visits::presence::Presence;
use crate::visits::schedule::told::Telling;
use crate::visits::schedule::{facility, record, shown, tell_changed};
use crate::visits::store::change;
use crate::visits::view::Visit;
use crate::visits::words::{SeatRole, SeatState};

/// More people than a call of pairs carries on a phone.
const MOST: usize = 4;

#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSeat {
    /// `caregiver` or `interpreter`.
    pub role: SeatRole,
    /// Read by those who are in the visit.
    #[schema(value_type = String)]
    pub name: Personal<String>,
    /// Where the link is texted to.
    #[schema(value_type = Option<String>)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Personal<String>>,
    /// Where the link is mailed to, without a phone.
    #[schema(value_type = Option<String>)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<Personal<String>>,
}

/// A seat to be written, with a role and a name that were looked at.
pub(super) struct Companion {
    pub(super) role: SeatRole,
    name: String,
    phone: Option<String>,
    mail: Option<String>,
}

impl Companion {
    fn parse(new: &NewSeat) -> Result<Self, Problem> {
        if !new.role.is_companion() {
            return Err(wrong_role("Choose caregiver or interpreter. The patient and the clinician have their places already."));
        }
        Ok(Self {
            role: new.role,
            name: fields::name(&new.name.0)?,
            phone: new.phone.as_ref().map(|phone| fields::phone(&phone.0)).transpose()?,
            mail: new.mail.as_ref().map(|mail| fields::mail(&mail.0)).transpose()?,
        })
    }

    pub(super) fn all(new: &[NewSeat]) -> Result<Vec<Self>, Problem> {
        if new.len() > MOST { Err(too_many()) } else { new.iter().map(Self::parse).collect() }
    }
}

/// The seat with its link and its audit entry.
pub(super) async fn insert(
    c: &mut Connection,
    actor: &StaffActor,
    visit: &VisitId,
    Companion { role, name, phone, mail }: &Companion,
    now: Moment,
    dice: &Dice,
) -> Result<(SeatId, links::NewLink), Problem> {
    let seat = change::insert_companion_seat(c, visit, (*role, name), (phone, mail), dice).await?;
    let link = links::issue(c, &seat, now, dice).await?;
    record(c, actor, now, "seat.added", (visit, Some(&seat)), json!({ "role": role.word() })).await?;
    Ok((seat, link))
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct AddedSeat {
    pub visit: Visit,
    pub link: SeatLink,
}

/// A caregiver or an interpreter for a visit that is booked already
#[utoipa::path(post, path = "/visits/{visit}/seats", operation_id = "add_seat", tag = "visits", request_body = NewSeat,
    params(("visit" = String, Path), ("Idempotency-Key" = Option<String>, Header, description = "Sent again with the same key, the request gets its first answer.")),
    responses((status = 201, body = AddedSeat), (status = 409, body = ProblemBody, description = "already_over, key_reused"),
        (status = 422, body = ProblemBody, description = "wrong_role, bad_name, bad_phone, bad_mail, too_many_seats")))]
pub async fn add(
    State(context): State<Context>,
    State(presence): State<Presence>,
    State(notices): State<Notices>,
    actor: StaffActor,
    Path(visit): Path<VisitId>,
    headers: HeaderMap,
    Body(new): Body<NewSeat>,
) -> Result<Response, Problem> {
    let replay = Replay::of(&headers, &(&visit, &new))?;
    let companion = Companion::parse(&new)?;
    let Context { store, clock, dice, bus, config, .. } = context;
    let (now, by, told, public_url) = (clock.now(), actor.clone(), visit.clone(), config.public_url.clone());
    let (is_new, body) = store
        .write(move |c| {
            Box::pin(async move {
                if let Some(replay) = &replay
                    && let Some(answer) = replay.find(c, &by.staff).await?
                {
                    return Ok((false, answer));
                }
                // First of all writes: whoever adds another one waits here until this transaction is done.
                change::stand_in_line_for_visit(c, &visit).await?;
                let row = booked(c, &by, &visit).await?;
                let here = row.seats.iter().filter(|seat| seat.role.is_companion() && seat.state != SeatState::Removed);
                if here.count() >= MOST {
                    return Err(too_many());
                }
                let (seat, link) = insert(c, &by, &visit, &companion, now, &dice).await?;
                let (facility, notices) = (&facility(c, &by).await?, &notices);
                let (starts_at, ends_at) = (row.starts_at, row.ends_at);
                let telling = Telling { notices, facility, visit: &visit, starts_at, ends_at, now, dice: &dice };
                let told = telling.booked(c, &seat, &link, &public_url).await?;
                let link = SeatLink::new((seat, companion.role), &link, &public_url, told);
                let added = AddedSeat { visit: shown(c, &by, &visit, &presence, now).await?, link };
                let body = serde_json::to_string(&added).map_err(|error| Problem::internal(&error))?;
                if let Some(replay) = replay {
                    replay.keep(c, &by.staff, (StatusCode::CREATED, &body), now, &dice).await?;
                }
                Ok::<_, Problem>((true, body))
            })
        })
        .await?;
    if is_new {
        bus.tell(News::VisitPlanChanged { visit: told.clone() });
        tell_changed(&bus, &actor, &told);
    }
    Ok((StatusCode::CREATED, [(header::CONTENT_TYPE, "application/json")], body).into_response())
}

/// Takes a caregiver's or an interpreter's place away; link, device, resume token and relay credentials end with it
#[utoipa::path(delete, path = "/visits/{visit}/seats/{seat}", operation_id = "remove_seat", tag = "visits", params(("visit" = String, Path), ("seat" = String, Path)),
    responses((status = 200, body = Visit), (status = 409, body = ProblemBody, description = "already_over"),
        (status = 422, body = ProblemBody, description = "wrong_role")))]
pub async fn remove(
    State(context): State<Context>,
    State(presence): State<Presence>,
    State(notices): State<Notices>,
    actor: StaffActor,
    Path((visit, seat)): Path<(VisitId, SeatId)>,
) -> Result<Json<Visit>, Problem> {
    let (now, by, told) = (context.clock.now(), actor.clone(), (visit.clone(), seat.clone()));
    let view = context
        .store
        .write(move |c| {
            Box::pin(async move {
                let row = booked(c, &by, &visit).await?;
                let held = guest_seat(&row, &seat)?;
                if !held.role.is_companion() {
                    return Err(wrong_role("The patient's place belongs to the visit. Cancel the visit instead."));
                }
                if held.state != SeatState::Removed {
                    change::remove_seat(c, &seat).await?;
                    notices.drop_waiting(c, &seat, now).await?;
                    sessions::end_of_seat(c, &seat, now).await?;
                    record(c, &by, now, "seat.removed", (&visit, Some(&seat)), json!({})).await?;
                }
                shown(c, &by, &visit, &presence, now).await
            })
        })
        .await?;
    // The first ends what is live without a question to the database; the second keeps the seat shut.
    context.bus.tell(News::SeatRevoked { visit: told.0.clone(), seat: told.1 });
    context.bus.tell(News::VisitPlanChanged { visit: told.0.clone() });
    tell_changed(&context.bus, &actor, &told.0);
    Ok(Json(view))
}

fn wrong_role(sentence: &'static str) -> Problem {
    Problem::bad_request("wrong_role", sentence).with("field", "role")
}

fn too_many() -> Problem {
    Problem::bad_request("too_many_seats", "Four caregivers and interpreters at most come to a visit.").with("field", "seats")
}
