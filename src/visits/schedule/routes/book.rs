//! `POST /visits`: books a visit, makes its seats and their links. However many ask for one slot together, one gets it.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::replay::Replay;
use super::seats::{self, Companion, NewSeat};
use crate::base::clock::Moment;
use crate::base::dice::Dice;
use crate::base::ids::{PatientId, SeatId, StaffId, VisitId};
use crate::http::context::Context;
use crate::http::json::Body;
use crate::http::problem::{Problem, ProblemBody};
use crate::identity::{StaffActor, links};
use crate::notices::{Channel, Notices};
use crate::store::Connection;
use crate::visits::presence::Presence;
use crate::visits::schedule::told::Telling;
use crate::visits::schedule::{facility, record, rules, shown, tell_changed};
use crate::visits::store;
use crate::visits::store::change::{self, NewVisit};
use crate::visits::view::{self, Visit};
use crate::visits::words::{Kind, SeatRole};

#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BookRequest {
    pub patient_id: PatientId,
    pub clinician_id: StaffId,
    /// A code of the facility's list.
    pub reason: String,
    /// On the facility's wall: `2026-11-24T14:30`, with an offset (`-05:00`) where that time happens twice.
    pub starts_at: String,
    pub length_minutes: u32,
    /// Who comes with the patient: at most four.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seats: Vec<NewSeat>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Booked {
    pub visit: Visit,
    pub links: Vec<SeatLink>,
}

/// A join link; it is shown this once and cannot be read back. It has no Debug: whoever has the link sits in the seat.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SeatLink {
    #[schema(value_type = String)]
    pub seat: SeatId,
    pub role: SeatRole,
    pub url: String,
    /// How it is on its way to its person; where it is not, somebody has to read it to them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told: Option<Channel>,
}

impl SeatLink {
    pub(super) fn new((seat, role): (SeatId, SeatRole), link: &links::NewLink, public_url: &str, told: Option<Channel>) -> Self {
        Self { seat, role, url: link.url(public_url).reveal().to_owned(), told }
    }
}

#[utoipa::path(post, path = "/visits", operation_id = "book_visit", tag = "visits", request_body = BookRequest,
    params(("Idempotency-Key" = Option<String>, Header, description = "Sent again with the same key, the request gets its first answer.")),
    responses((status = 201, body = Booked), (status = 409, body = ProblemBody, description = "slot_taken, key_reused"),
        (status = 422, body = ProblemBody, description = "impossible_time, ambiguous_time, in_the_past, unknown_reason, unknown_patient, unknown_clinician, wrong_role, bad_name, too_many_seats")))]
pub async fn book(
    State(context): State<Context>,
    State(presence): State<Presence>,
    State(notices): State<Notices>,
    actor: StaffActor,
    headers: HeaderMap,
    Body(request): Body<BookRequest>,
) -> Result<Response, Problem> {
    let replay = Replay::of(&headers, &request)?;
    let Context { store, clock, dice, bus, config, .. } = context;
    let (now, public_url) = (clock.now(), config.public_url.clone());
    let booking = Booking { actor: actor.clone(), request, presence, notices, now, dice, public_url };
    let (visit, body) = store
        .write(move |c| {
            Box::pin(async move {
                if let Some(replay) = &replay
                    && let Some(answer) = replay.find(c, &booking.actor.staff).await?
                {
                    return Ok((None, answer));
                }
                let booked = booking.carry_out(c).await?;
                let body = serde_json::to_string(&booked).map_err(|error| Problem::internal(&error))?;
                if let Some(replay) = replay {
                    replay.keep(c, &booking.actor.staff, (StatusCode::CREATED, &body), booking.now, &booking.dice).await?;
                }
                Ok::<_, Problem>((Some(booked.visit.id), body))
            })
        })
        .await?;
    if let Some(visit) = visit {
        tell_changed(&bus, &actor, &visit);
    }
    Ok((StatusCode::CREATED, [(header::CONTENT_TYPE, "application/json")], body).into_response())
}

struct Booking {
    actor: StaffActor,
    request: BookRequest,
    presence: Presence,
    notices: Notices,
    now: Moment,
    dice: Dice,
    public_url: String,
}

impl Booking {
    async fn carry_out(&self, c: &mut Connection) -> Result<Booked, Problem> {
        let (request, now) = (&self.request, self.now);
        let facility = facility(c, &self.actor).await?;
        rules::reason(&request.reason, &facility)?;
        let companions = Companion::all(&request.seats)?;
        let (starts_at, ends_at) = rules::slot(&request.starts_at, request.length_minutes, &facility, now)?;
        let new = NewVisit {
            id: VisitId(self.dice.id()),
            facility: self.actor.facility.clone(),
            kind: Kind::Clinical,
            reason: request.reason.clone(),
            staff: request.clinician_id.clone(),
            patient: request.patient_id.clone(),
            starts_at,
            ends_at,
            for_visit: None,
            created_at: now,
        };
        let patient_link = insert(c, &new, &self.dice).await?;
        let detail = json!({ "starts_at": starts_at, "ends_at": ends_at, "clinician": new.staff, "patient": new.patient });
        record(c, &self.actor, now, "visit.booked", (&new.id, None), detail).await?;
        let (seat, link) = patient_link;
        let telling =
            Telling { notices: &self.notices, facility: &facility, visit: &new.id, starts_at, ends_at, now, dice: &self.dice };
        let told = telling.booked(c, &seat, &link, &self.public_url).await?;
        let mut links = vec![SeatLink::new((seat, SeatRole::Patient), &link, &self.public_url, told)];
        for companion in &companions {
            let (seat, link) = seats::insert(c, &self.actor, &new.id, companion, now, &self.dice).await?;
            let told = telling.booked(c, &seat, &link, &self.public_url).await?;
            links.push(SeatLink::new((seat, companion.role), &link, &self.public_url, told));
        }
        let row = store::one(c, &new.facility, &new.id).await?.ok_or_else(Problem::not_found)?;
        let visit = view::visit(row, &facility, &self.presence, now);
        Ok(Booked { visit, links })
    }
}

/// The visit's rows, unless somebody or something is in the way. Answers the patient's seat and link.
pub(crate) async fn insert(c: &mut Connection, new: &NewVisit, dice: &Dice) -> Result<(SeatId, links::NewLink), Problem> {
    // First of all writes: whoever books the same clinician waits here until this transaction is done.
    if !change::stand_in_line(c, &new.facility, &new.staff).await? {
        return Err(Problem::bad_request("unknown_clinician", "The clinic has no such clinician.").with("field", "clinician_id"));
    }
    if !change::has_patient(c, &new.facility, &new.patient).await? {
        return Err(Problem::bad_request("unknown_patient", "The clinic has no such patient.").with("field", "patient_id"));
    }
    if change::is_taken(c, &new.staff, (new.starts_at, new.ends_at), &new.id).await? {
        return Err(slot_taken());
    }
    change::insert_visit(c, new).await?;
    change::insert_staff_seat(c, new, SeatRole::Clinician, dice).await?;
    let seat = change::insert_patient_seat(c, new, dice).await?;
    let link = links::issue(c, &seat, new.created_at, dice).await?;
    Ok((seat, link))
}

pub(super) fn slot_taken() -> Problem {
    Problem::conflict("slot_taken", "The clinician has another visit at this time. Choose another time.")
}

/// One visit as its page reads it.
#[utoipa::path(get, path = "/visits/{visit}", operation_id = "read_visit", tag = "visits", params(("visit" = String, Path)),
    responses((status = 200, body = Visit), (status = 404, body = ProblemBody)))]
pub async fn read(
    State(context): State<Context>,
    State(presence): State<Presence>,
    actor: StaffActor,
    axum::extract::Path(visit): axum::extract::Path<VisitId>,
) -> Result<Json<Visit>, Problem> {
    let mut c = context.store.reader().acquire().await?;
    shown(&mut c, &actor, &visit, &presence, context.clock.now()).await.map(Json)
}
