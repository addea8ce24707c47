//! So many requests are worked on at once; one more is refused at once, with a time to come back. Whoever waited in a long row
//! would be answered late, and by then have asked again.
//!
//! A request counts from when all of it is here: somebody who sends a letter a second holds nobody's place.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hyper::body::Body as _;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::cookie;
use super::json::{MAX_BODY, unreadable};
use super::problem::Problem;

/// At 2,000 answers a second the last of these waits for an eighth of a second.
const AT_ONCE: usize = 256;
/// Of them for those who show no cookie of ours. Coming in takes several requests: were each refused as often as the others, many
/// would begin and hardly anybody arrive.
const NEWCOMERS: usize = 64;
/// Sockets do wait in a row, as long as their page does: it comes back by itself anyhow, a browser shows it no answer that
/// says when, and each try costs a TLS handshake, which is more than the place in the row.
const SOCKETS: usize = 64;
const ROW: usize = 4_096;

/// Places where requests are worked on. Clones share them.
#[derive(Clone, Debug)]
pub struct Desks(Arc<Places>);

#[derive(Debug)]
struct Places {
    all: Semaphore,
    newcomers: Semaphore,
    sockets: Semaphore,
    row: Semaphore,
}

impl Default for Desks {
    fn default() -> Self {
        let [all, newcomers, sockets, row] = [AT_ONCE, NEWCOMERS, SOCKETS, SOCKETS + ROW].map(Semaphore::new);
        Self(Arc::new(Places { all, newcomers, sockets, row }))
    }
}

/// Both given back when dropped.
type Place<'a> = (Option<SemaphorePermit<'a>>, SemaphorePermit<'a>);

impl Places {
    fn take(&self, headers: &HeaderMap) -> Option<Place<'_>> {
        let is_known = [cookie::DEVICE, cookie::STAFF].into_iter().any(|name| cookie::read(headers, name).is_some());
        let newcomer = if is_known { None } else { Some(self.newcomers.try_acquire().ok()?) };
        Some((newcomer, self.all.try_acquire().ok()?))
    }

    async fn stand_in_row(&self) -> Option<Place<'_>> {
        let in_row = self.row.try_acquire().ok()?;
        Some((Some(in_row), self.sockets.acquire().await.ok()?))
    }
}

pub async fn serve(State(Desks(places)): State<Desks>, request: Request, next: Next) -> Response {
    let request = match gather(request).await {
        Ok(request) => request,
        Err(problem) => return problem.into_response(),
    };
    let place = if request.headers().contains_key(header::UPGRADE) {
        places.stand_in_row().await
    } else {
        places.take(request.headers())
    };
    let Some(_place) = place else { return busy().into_response() };
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
