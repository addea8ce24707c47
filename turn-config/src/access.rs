//! What the gateway holds of the relay: mints credentials for seats and tells the relay what has ended.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use crate::credentials::{CALL_LIFE, Credential, Holder, RelaySecret, TEST_LIFE};
use crate::ended::{End, Ended};
use crate::ice::{IceServer, RelayPlace, SinglePaths};
use crate::relay::Relay;
use crate::relay::control::{self, Order};

/// Cheap to clone; all clones are one.
#[derive(Clone, Debug)]
pub struct RelayAccess(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    secret: RelaySecret,
    place: RelayPlace,
    ended: Arc<Ended>,
    reach: Reach,
}

/// How an end gets to the relay.
#[derive(Clone, Debug)]
pub enum Reach {
    /// In this process. It was started with the same `Ended`.
    Embedded(Relay),
    /// `housecall relay` in another process, by its UDP listener; see `relay::control` for what is sent.
    Elsewhere(SocketAddr),
}

/// A list for a page, and how long its credentials last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minted<T> {
    pub servers: T,
    /// Seconds from now.
    pub expires_in_s: u32,
}

impl RelayAccess {
    pub fn new(secret: RelaySecret, place: RelayPlace, ended: Arc<Ended>, reach: Reach) -> Self {
        Self(Arc::new(Inner { secret, place, ended, reach }))
    }

    /// Where pages find the relay.
    pub fn place(&self) -> &RelayPlace {
        &self.0.place
    }

    /// Every path, for a call. `now_ms` is UTC milliseconds.
    pub fn for_call(&self, holder: &Holder, now_ms: i64) -> Minted<Vec<IceServer>> {
        let credential = self.mint(holder, now_ms, CALL_LIFE);
        Minted { servers: self.0.place.every_path(&credential), expires_in_s: whole_seconds(CALL_LIFE) }
    }

    /// One list a path, for the equipment test; its scope is the test's own id. `now_ms` is UTC milliseconds.
    pub fn for_test(&self, holder: &Holder, now_ms: i64) -> Minted<SinglePaths> {
        let credential = self.mint(holder, now_ms, TEST_LIFE);
        Minted { servers: self.0.place.single_paths(&credential), expires_in_s: whole_seconds(TEST_LIFE) }
    }

    /// The visit or equipment test is over: its credentials are dead at once and its live allocations close.
    ///
    /// With the relay elsewhere this starts a task that repeats the order until the relay confirms, for at most 10 s; should the relay be
    /// down for longer, its live allocations went with it.
    ///
    /// # Panics
    /// With the relay elsewhere, when called outside a tokio runtime.
    pub fn end_scope(&self, scope: &str, now_ms: i64) {
        self.end(End::Scope(scope.to_owned()), now_ms);
    }

    /// The same for one seat; credentials minted afterwards work again.
    pub fn end_seat(&self, holder: &Holder, now_ms: i64) {
        self.end(End::Seat(holder.clone()), now_ms);
    }

    fn end(&self, end: End, now_ms: i64) {
        let cutoff_s = self.0.ended.mark(&end, now_ms);
        match &self.0.reach {
            Reach::Embedded(relay) => {
                relay.close(&end);
            }
            Reach::Elsewhere(address) => {
                let (inner, address) = (Arc::clone(&self.0), *address);
                tokio::spawn(async move { tell(&inner.secret, address, Order { end, cutoff_s }, now_ms).await });
            }
        }
    }

    fn mint(&self, holder: &Holder, now_ms: i64, life: Duration) -> Credential {
        self.0.secret.mint(holder, now_ms, life, self.0.ended.first_live_expiry_s(holder))
    }
}

async fn tell(secret: &RelaySecret, relay: SocketAddr, order: Order, now_ms: i64) {
    if let Err(error) = control::tell(secret, relay, &order, now_ms).await {
        tracing::warn!(%error, "an ended visit may still be relayed");
    }
}

fn whole_seconds(span: Duration) -> u32 {
    u32::try_from(span.as_secs()).unwrap_or(u32::MAX)
}
