//! Refusals leave an audit entry, but nobody can flood the audit with them: per place a burst, then a drip, and a lid over all.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::json;

use super::policy::Row;
use super::throttle::Throttle;
use crate::audit::{Actor, Entry, store::append};
use crate::http::context::Context;
use crate::http::peer::Neighbourhood;
use crate::store::StoreError;

const MINUTE: Duration = Duration::from_secs(60);

#[derive(Debug)]
pub(super) struct Refusals {
    per_place: Throttle,
    in_all: Throttle,
    /// Refusals since the last entry that were counted here only.
    unwritten: AtomicU64,
}

/// What was refused: the route's template, never the path itself, which may hold somebody's guess.
pub(super) struct Refusal {
    pub(super) actor: Actor,
    pub(super) action: &'static str,
    pub(super) route: &'static str,
}

impl Refusal {
    pub(super) fn of_stranger(action: &'static str, row: &Row) -> Self {
        Self { actor: Actor::Unknown, action, route: row.path }
    }
}

impl Default for Refusals {
    fn default() -> Self {
        Self { per_place: Throttle::new(30, MINUTE), in_all: Throttle::new(600, MINUTE), unwritten: AtomicU64::new(0) }
    }
}

impl Refusals {
    pub(super) async fn write(&self, context: &Context, from: Option<Neighbourhood>, refusal: Refusal) {
        let at = context.clock.now();
        if self.per_place.take(from, at).and_then(|()| self.in_all.take((), at)).is_err() {
            self.unwritten.fetch_add(1, Ordering::Relaxed);
            return;
        }
        let mut detail = json!({ "route": refusal.route });
        let unwritten = self.unwritten.swap(0, Ordering::Relaxed);
        if unwritten > 0 {
            detail["unwritten_before"] = unwritten.into();
        }
        let (actor, action) = (refusal.actor, refusal.action);
        let entry = Entry { at, actor, action, facility: None, visit: None, seat: None, detail };
        let written = context.store.write::<_, StoreError, _>(|c| Box::pin(async move { append(c, &entry).await })).await;
        if let Err(error) = written {
            // The refusal stands all the same.
            tracing::error!(%error, action, "a refusal could not be written to the audit");
        }
    }
}
