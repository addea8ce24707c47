//! The loopback listener's answers: alive, ready, and metrics for Prometheus.

use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use metrics_exporter_prometheus::{BuildError, PrometheusBuilder, PrometheusHandle};
use tokio::runtime::Handle;
use tokio_util::sync::CancellationToken;

use crate::store::Store;

/// Buckets of every histogram.
const SECONDS: [f64; 8] = [0.002, 0.005, 0.01, 0.025, 0.1, 0.5, 2.0, 10.0];
/// A store that takes longer is not ready.
const PATIENCE: Duration = Duration::from_secs(2);

#[derive(Clone)]
struct Health {
    store: Store,
    metrics: PrometheusHandle,
    closing: CancellationToken,
}

/// Starts counting; once in a process.
pub fn count() -> Result<PrometheusHandle, BuildError> {
    PrometheusBuilder::new().set_buckets(&SECONDS)?.install_recorder()
}

pub fn router(store: Store, metrics: PrometheusHandle, closing: CancellationToken) -> Router {
    Router::new()
        .route("/livez", get(async || "alive\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(render))
        .with_state(Health { store, metrics, closing })
}

async fn ready(State(health): State<Health>) -> (StatusCode, &'static str) {
    if health.closing.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, "closing\n");
    }
    match tokio::time::timeout(PATIENCE, health.store.answers()).await {
        Ok(Ok(())) => (StatusCode::OK, "ready\n"),
        Ok(Err(_)) | Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n"),
    }
}

async fn render(State(health): State<Health>) -> String {
    metrics::gauge!("tasks_live").set(Handle::current().metrics().num_alive_tasks() as f64);
    health.metrics.run_upkeep();
    health.metrics.render()
}
