//! What was shown in a visit, for its clinician and for administrators, as a list and as FHIR; and the word of a patient's phone that
//! a copy was saved.

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::ShownItem;
use super::audit_event::{self, Disclosed};
use super::search::{self, Search};
use super::store::{self, About};
use crate::audit::{self, Actor, Entry};
use crate::base::ids::{SeatId, SnippetId, VisitId};
use crate::bus::News;
use crate::http::context::Context;
use crate::http::problem::{Problem, ProblemBody};
use crate::identity::{Device, StaffActor, sessions};
use crate::visits::schedule;

/// What was shown of the record in a visit
///
/// Oldest first: the kind of item, to whom, from when to when, seen or not, kept or not; never its content.
#[utoipa::path(get, path = "/visits/{visit}/shown", operation_id = "shown", tag = "record", params(("visit" = String, Path)),
    responses((status = 200, body = Vec<ShownItem>), (status = 404, body = ProblemBody)))]
pub async fn list(
    State(context): State<Context>,
    actor: StaffActor,
    Path(visit): Path<VisitId>,
) -> Result<Json<Vec<ShownItem>>, Problem> {
    load(&context, &actor, &visit).await.map(|(_, items)| Json(items))
}

/// The same as FHIR R4 AuditEvents
///
/// A Bundle of type `collection`: one AuditEvent for each person who had an item on the page, after IHE's pattern of a privacy disclosure.
#[utoipa::path(get, path = "/visits/{visit}/audit-events", operation_id = "audit_events", tag = "record", params(("visit" = String, Path)),
    responses((status = 200, content_type = "application/fhir+json", body = serde_json::Value), (status = 404, body = ProblemBody)))]
pub async fn audit_events(
    State(context): State<Context>,
    actor: StaffActor,
    Path(visit): Path<VisitId>,
) -> Result<Response, Problem> {
    let (about, items) = load(&context, &actor, &visit).await?;
    let disclosed = Disclosed {
        gateway: &context.config.public_url,
        clinic: &about.clinic,
        visit: &visit,
        clinician: (&about.clinician, &about.clinician_name.0),
        patient: (about.record_id.as_deref(), &about.patient_name.0),
    };
    Ok(fhir(&audit_event::collection(&disclosed, &items, context.clock.now())))
}

/// FHIR R4 AuditEvents of every visit of the clinic
///
/// Search by `date`, as often as wanted, with `eq`, `ge`, `gt`, `le` or `lt` before a day at the clinic or a moment, and by `_count` (100, at
/// most 500). Oldest first; `next` in the Bundle's links leads on.
#[utoipa::path(get, path = "/audit-events", operation_id = "search_audit_events", tag = "record", params(("date" = Option<String>, Query), ("_count" = Option<u16>, Query)),
    responses((status = 200, content_type = "application/fhir+json", body = serde_json::Value), (status = 422, body = ProblemBody)))]
pub async fn search(State(context): State<Context>, actor: StaffActor, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let mut c = context.store.reader().acquire().await?;
    let facility = schedule::facility(&mut c, &actor).await?;
    let query = query.unwrap_or_default();
    let search = Search::parse(&query, &facility.zone())
        .map_err(|unreadable| Problem::bad_request("search_unreadable", unreadable.to_string()))?;
    let found = store::between(&mut c, &actor.facility, &search).await?;

    let gateway = &context.config.public_url;
    let entries = found.shown.iter().filter_map(|one| {
        let About { clinic, clinician, clinician_name, record_id, patient_name, .. } = &one.about;
        let (clinician, patient) = ((clinician, clinician_name.0.as_str()), (record_id.as_deref(), patient_name.0.as_str()));
        audit_event::entry(&Disclosed { gateway, clinic, visit: &one.visit, clinician, patient }, &one.item, &one.person)
    });
    let address = |query: &str| format!("{gateway}/api/v1/audit-events?{query}");
    let next = found.next.map(|place| address(&search::next(&query, &place)));
    let bundle = audit_event::searchset(entries.collect(), &address(&query), next.as_deref(), context.clock.now());
    Ok(fhir(&bundle))
}

fn fhir(bundle: &Value) -> Response {
    ([(header::CONTENT_TYPE, "application/fhir+json; charset=utf-8")], bundle.to_string()).into_response()
}

async fn load(context: &Context, actor: &StaffActor, visit: &VisitId) -> Result<(About, Vec<ShownItem>), Problem> {
    let mut c = context.store.reader().acquire().await?;
    let about = store::about(&mut c, visit, actor).await?.ok_or_else(Problem::not_found)?;
    actor.may_look_back(&about.clinician)?;
    let items = store::of_visit(&mut c, visit, &about).await?;
    Ok((about, items))
}

/// The patient saved a copy of what was marked as theirs to keep, during the visit or after it
#[utoipa::path(post, path = "/seats/{seat}/snippets/{snippet}/kept", operation_id = "kept", tag = "record",
    params(("seat" = String, Path), ("snippet" = String, Path)), responses((status = 204), (status = 404, body = ProblemBody)))]
pub async fn kept(
    State(context): State<Context>,
    device: Device,
    Path((seat, snippet)): Path<(SeatId, SnippetId)>,
) -> Result<StatusCode, Problem> {
    let now = context.clock.now();
    let kept = context
        .store
        .write(move |c| {
            Box::pin(async move {
                sessions::find(&mut *c, &seat, &device).await?.ok_or_else(Problem::not_found)?;
                let kept = store::keep(c, &seat, &snippet, now).await?.ok_or_else(Problem::not_found)?;
                if !kept.again {
                    let (facility, visit) = (Some(kept.facility.clone()), Some(kept.visit.clone()));
                    let (actor, detail) = (Actor::Seat(seat.clone()), json!({ "snippet": snippet }));
                    let entry = Entry { at: now, actor, action: "snippet.kept", facility, visit, seat: Some(seat), detail };
                    audit::store::append(c, &entry).await?;
                }
                Ok::<_, Problem>(kept)
            })
        })
        .await?;
    context.bus.tell(News::VisitChanged { facility: kept.facility, visit: kept.visit });
    Ok(StatusCode::NO_CONTENT)
}
