//! A test call: a room of its own for the technician and the patient, to which the patient's page is led from the same link.

use std::time::Duration;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Reach, serve, take_up};
use crate::base::clock::Moment;
use crate::base::dice::Dice;
use crate::base::ids::{SeatId, VisitId};
use crate::base::private::Personal;
use crate::bus::News;
use crate::http::context::Context;
use crate::http::json::Body;
use crate::http::problem::{Problem, ProblemBody};
use crate::identity::{StaffActor, sessions};
use crate::notices::{Message, Notices};
use crate::store::Connection;
use crate::support::store::{self, Clinical, claims as held};
use crate::visits::presence::Presence;
use crate::visits::schedule::{record, tell_changed};
use crate::visits::store::change::{self, NewVisit};
use crate::visits::words::{Kind, Outcome, SeatRole};

/// A test call that nobody ends is over after so long.
const LASTS: Duration = Duration::from_secs(60 * 60);
const LONGEST_NOTE: usize = 1_000;

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct StartedCall {
    #[schema(value_type = String)]
    pub visit: VisitId,
    /// The technician's own seat.
    #[schema(value_type = String)]
    pub seat: SeatId,
}

struct Started {
    call: StartedCall,
    /// Where the patient sits in the visit and in the test call, when the call is new.
    patient: Option<(SeatId, SeatId)>,
}

#[utoipa::path(post, path = "/support/visits/{visit}/test-call", operation_id = "start_test_call", tag = "support", params(("visit" = String, Path)),
    responses((status = 201, body = StartedCall), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody, description = "already_over, claimed, call_taken")))]
pub async fn start(
    State(context): State<Context>,
    State(notices): State<Notices>,
    State(presence): State<Presence>,
    actor: StaffActor,
    Path(visit): Path<VisitId>,
) -> Result<(StatusCode, Json<StartedCall>), Problem> {
    let actor = serve(&context, actor, &visit).await?;
    let Context { store, clock, dice, bus, .. } = context;
    let (now, by, for_visit) = (clock.now(), actor.clone(), visit.clone());
    let started = store
        .write(move |c| {
            Box::pin(async move {
                let started = open(c, &by, &for_visit, now, &dice).await?;
                if let Some((seat, _)) = &started.patient {
                    let reach = Reach { notices: &notices, presence: &presence, now, dice: &dice };
                    let once = format!("test-call:{}", started.call.visit);
                    reach.tell(c, &by, (&for_visit, seat), Message::TestCall, once).await?;
                }
                Ok::<_, Problem>(started)
            })
        })
        .await?;
    if let Some((seat, test_seat)) = started.patient {
        bus.tell(News::TestCallStarted { visit: visit.clone(), seat, test_visit: started.call.visit.clone(), test_seat });
        tell_changed(&bus, &actor, &visit);
    }
    Ok((StatusCode::CREATED, Json(started.call)))
}

async fn open(c: &mut Connection, actor: &StaffActor, visit: &VisitId, now: Moment, dice: &Dice) -> Result<Started, Problem> {
    let clinical = take_up(c, actor, visit, now, dice).await?;
    held::testing(c, visit).await?;
    if let Some((call, holder, seat)) = store::open_call(c, visit, now).await? {
        if holder != actor.staff {
            return Err(Problem::conflict("call_taken", "Another technician is in a test call with this patient."));
        }
        return Ok(Started { call: StartedCall { visit: call, seat }, patient: None });
    }
    let new = NewVisit {
        id: VisitId(dice.id()),
        facility: actor.facility.clone(),
        kind: Kind::TestCall,
        reason: Kind::TestCall.word().to_owned(),
        staff: actor.staff.clone(),
        patient: clinical.patient.clone(),
        starts_at: now,
        ends_at: now.plus(LASTS),
        for_visit: Some(visit.clone()),
        created_at: now,
    };
    change::insert_visit(c, &new).await?;
    let seat = change::insert_staff_seat(c, &new, SeatRole::Support, dice).await?;
    let test_seat = change::insert_patient_seat(c, &new, dice).await?;
    lead_device(c, &clinical, &test_seat, now, dice).await?;
    record(c, actor, now, "test_call.started", (visit, None), json!({ "test_call": new.id })).await?;
    record(c, actor, now, "visit.booked", (&new.id, None), json!({ "kind": new.kind.word(), "for_visit": visit })).await?;
    Ok(Started { call: StartedCall { visit: new.id, seat }, patient: Some((clinical.patient_seat, test_seat)) })
}

/// The device that holds the patient's seat gets one in the test call too, knowing who it is if it knew.
/// Where none does yet, the link does the same when it is opened.
async fn lead_device(
    c: &mut Connection,
    clinical: &Clinical,
    test_seat: &SeatId,
    now: Moment,
    dice: &Dice,
) -> Result<(), Problem> {
    let Some((device, identified_at)) = store::live_device(c, &clinical.patient_seat).await? else { return Ok(()) };
    if let Some(session) = sessions::redeem(c, test_seat, &device, now, dice).await?
        && identified_at.is_some()
    {
        sessions::identified(c, &session.id, now).await?;
    }
    Ok(())
}

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Conclusion {
    pub outcome: Outcome,
    /// For colleagues: what was tried. Nothing clinical.
    #[serde(default)]
    #[schema(value_type = String)]
    pub note: Option<Personal<String>>,
}

/// The note, if it is not too long.
pub(super) fn note_of(conclusion: &Conclusion) -> Result<String, Problem> {
    let note = conclusion.note.as_ref().map(|note| note.0.trim()).unwrap_or_default();
    if note.chars().count() > LONGEST_NOTE {
        return Err(Problem::bad_request("note_too_long", "Write the note shorter.").with("field", "note"));
    }
    Ok(note.to_owned())
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Concluded {
    pub outcome: Outcome,
}

#[utoipa::path(post, path = "/support/test-calls/{visit}/outcome", operation_id = "conclude_test_call", tag = "support", params(("visit" = String, Path)), request_body = Conclusion,
    responses((status = 200, body = Concluded), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody, description = "note_too_long")))]
pub async fn conclude(
    State(context): State<Context>,
    actor: StaffActor,
    Path(visit): Path<VisitId>,
    Body(conclusion): Body<Conclusion>,
) -> Result<Json<Concluded>, Problem> {
    let note = note_of(&conclusion)?;
    let actor = serve(&context, actor, &visit).await?;
    let (now, by, call, outcome) = (context.clock.now(), actor.clone(), visit.clone(), conclusion.outcome);
    let for_visit = context
        .store
        .write(move |c| {
            Box::pin(async move {
                let found = store::test_call(c, &by.facility, &call).await?.ok_or_else(Problem::not_found)?;
                store::conclude(c, &call, outcome, &note, now).await?;
                held::close(c, &found.for_visit, (outcome, &note), now).await?;
                let detail = json!({ "test_call": call, "outcome": outcome.word() });
                record(c, &by, now, "test_call.concluded", (&found.for_visit, None), detail).await?;
                Ok::<_, Problem>(found.for_visit)
            })
        })
        .await?;
    context.bus.tell(News::VisitOver { visit });
    tell_changed(&context.bus, &actor, &for_visit);
    Ok(Json(Concluded { outcome }))
}
