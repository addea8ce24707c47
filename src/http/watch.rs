//! What happens around every request: a time limit, a panic turned into an answer, one line in the log and two metrics.
//! Only the route's template is told, so that no id, secret, query or address is ever written.

use std::any::Any;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::problem::Problem;

pub async fn limit_time(State(limit): State<Duration>, request: Request, next: Next) -> Response {
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::new(StatusCode::SERVICE_UNAVAILABLE, "too_slow", "This took too long. Try again in a moment.")
            .retry_after(2)
            .into_response(),
    }
}

pub async fn record(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str).to_owned();
    let began = Instant::now();
    let response = next.run(request).await;
    let (status, took) = (response.status().as_u16(), began.elapsed());
    metrics::counter!("requests_total", "route" => route.clone(), "status" => status.to_string()).increment(1);
    metrics::histogram!("request_seconds", "route" => route.clone()).record(took);
    tracing::info!(%method, route, status, ms = took.as_millis(), "request");
    response
}

/// The panic itself was told by the panic hook; its message may name people and is not repeated.
pub fn after_panic(_: Box<dyn Any + Send>) -> Response {
    metrics::counter!("panics_total").increment(1);
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "We're sorry. Something went wrong on our side. Try again.")
        .into_response()
}
