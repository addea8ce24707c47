//! The facility's settings and its patients, for its staff.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::json;

use super::store::{self, patients};
use super::{Change, Facility, NewPatient, Patient};
use crate::audit::{Actor, Entry, store::append};
use crate::base::clock::Moment;
use crate::base::ids::PatientId;
use crate::http::actor::StaffActor;
use crate::http::context::Context;
use crate::http::json::Body;
use crate::http::problem::{Problem, ProblemBody};
use crate::http::query::Query;
use crate::store::StoreError;

/// The facility I work at.
#[utoipa::path(get, path = "/facility", tag = "facility", responses((status = 200, body = Facility)))]
pub async fn facility(State(context): State<Context>, actor: StaffActor) -> Result<Json<Facility>, Problem> {
    Ok(Json(own(&context, &actor).await?))
}

async fn own(context: &Context, actor: &StaffActor) -> Result<Facility, Problem> {
    store::find(context.store.reader(), &actor.facility).await?.ok_or_else(Problem::not_found)
}

/// Change settings of the facility. What is not sent stays as it is.
#[utoipa::path(patch, path = "/facility", tag = "facility", request_body = Change, responses(
    (status = 200, body = Facility), (status = 422, body = ProblemBody)))]
pub async fn change(
    State(context): State<Context>,
    actor: StaffActor,
    Body(change): Body<Change>,
) -> Result<Json<Facility>, Problem> {
    let now = context.clock.now();
    let write = context.store.write::<_, Problem, _>(move |c| {
        Box::pin(async move {
            let before = store::find(&mut *c, &actor.facility).await?.ok_or_else(Problem::not_found)?;
            let (after, fields) = change.apply(&before)?;
            if !fields.is_empty() {
                store::save(c, &after, now).await?;
                append(c, &entry(&actor, "facility.changed", json!({ "fields": fields }), now)).await?;
            }
            Ok(after)
        })
    });
    Ok(Json(write.await?))
}

fn entry(actor: &StaffActor, action: &'static str, detail: serde_json::Value, at: Moment) -> Entry {
    Entry { at, actor: Actor::from(actor), action, facility: Some(actor.facility.clone()), visit: None, seat: None, detail }
}

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// Words of the name, or a date of birth as `YYYY-MM-DD`.
    #[serde(default)]
    q: String,
}

/// Find patients of the facility.
#[utoipa::path(get, path = "/patients", tag = "facility", params(Search), responses((status = 200, body = Vec<Patient>)))]
pub async fn search(
    State(context): State<Context>,
    actor: StaffActor,
    Query(search): Query<Search>,
) -> Result<Json<Vec<Patient>>, Problem> {
    let found = patients::search(context.store.reader(), &actor.facility, &search.q).await?;
    let entry = entry(&actor, "patients.read", json!({ "found": found.len() }), context.clock.now());
    // Who looked is written before they see: where the audit cannot be written, nothing is disclosed.
    context.store.write::<_, StoreError, _>(|c| Box::pin(async move { append(c, &entry).await })).await?;
    Ok(Json(found))
}

/// Add a patient.
#[utoipa::path(post, path = "/patients", tag = "facility", request_body = NewPatient, responses(
    (status = 201, body = Patient), (status = 422, body = ProblemBody)))]
pub async fn add_patient(
    State(context): State<Context>,
    actor: StaffActor,
    Body(typed): Body<NewPatient>,
) -> Result<(StatusCode, Json<Patient>), Problem> {
    let now = context.clock.now();
    let today = today(&own(&context, &actor).await?, now);
    let patient = typed.parse(PatientId(context.dice.id()), today)?;
    let added = patient.clone();
    let write = context.store.write::<_, StoreError, _>(move |c| {
        Box::pin(async move {
            patients::insert(c, &actor.facility, &added, now).await?;
            append(c, &entry(&actor, "patient.added", json!({ "patient": added.id }), now)).await
        })
    });
    write.await?;
    Ok((StatusCode::CREATED, Json(patient)))
}

fn today(facility: &Facility, now: Moment) -> Date {
    let now = Timestamp::from_millisecond(now.0).unwrap_or(Timestamp::UNIX_EPOCH);
    now.to_zoned(facility.zone()).date()
}
