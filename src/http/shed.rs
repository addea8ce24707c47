//! So many requests are worked on at once; one more is refused at once, with a time to come back. Whoever waited in a long row
//! would be answered late, and by then have asked again.
//!
//! A request counts from when all of it is here: somebody who sends a letter a second holds nobody's place.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hyper::body::Body as _;
use tokio::sync::Semaphore;

use super::json::{MAX_BODY, unreadable};
use super::problem::Problem;

/// At 2,000 answers a second the last of these waits for an eighth of a second.
const AT_ONCE: usize = 256;

/// Places where requests are worked on. Clones share them.
#[derive(Clone, Debug)]
pub struct Desks(Arc<Semaphore>);

impl Default for Desks {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

pub async fn serve(State(desks): State<Desks>, request: Request, next: Next) -> Response {
    let request = match gather(request).await {
        Ok(request) => request,
        Err(problem) => return problem.into_response(),
    };
    let Ok(_desk) = desks.0.try_acquire() else { return busy().into_response() };
    next.run(request).await
}

async fn gather(request: Request) -> Result<Request, Problem> {
    if request.body().is_end_stream() {
        return Ok(request);
    }
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, MAX_BODY).await.map_err(unreadable)?;
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

fn busy() -> Problem {
    metrics::counter!("requests_refused_total", "cause" => "busy").increment(1);
    let sentence = "We're sorry. The clinic's video service is very busy. Try again in a moment.";
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "overloaded", sentence).retry_after(2)
}
