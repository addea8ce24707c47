//! The organisation's page as JSON and as CSV. Twelve whole weeks: a time of one's own choice could be slid over a single visit.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::csv;
use super::store::{self, WEEK};
use super::view::{self, Connections};
use crate::base::clock::Moment;
use crate::http::context::Context;
use crate::http::problem::Problem;
use crate::identity::StaffActor;
use crate::visits::{schedule, time};

const WEEKS: i64 = 12;

/// How many visits connected and why tests failed, in the last twelve whole weeks of every clinic here
#[utoipa::path(get, path = "/connections", operation_id = "connections", tag = "organisation", responses((status = 200, body = Connections)))]
pub async fn read(State(context): State<Context>, actor: StaffActor) -> Result<Json<Connections>, Problem> {
    load(&context, &actor).await.map(Json)
}

/// The same for a spreadsheet
#[utoipa::path(get, path = "/connections.csv", operation_id = "connections_csv", tag = "organisation",
    responses((status = 200, content_type = "text/csv", body = String)))]
pub async fn download(State(context): State<Context>, actor: StaffActor) -> Result<Response, Problem> {
    let text = csv::write(&load(&context, &actor).await?);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"connections.csv\""),
    ];
    Ok((headers, text).into_response())
}

async fn load(context: &Context, actor: &StaffActor) -> Result<Connections, Problem> {
    let mut c = context.store.reader().acquire().await?;
    let facility = schedule::facility(&mut c, actor).await?;
    let to = time::monday(context.clock.now(), &facility.zone());
    let from = Moment(to.0 - WEEKS * WEEK);
    let (visits, tests) = (store::visits(&mut c, (from, to)).await?, store::tests(&mut c, (from, to)).await?);
    Ok(view::connections(&visits, &tests, from, to))
}
