//! What the relay counts: plain numbers, for whoever wants to show them.

use std::sync::atomic::{AtomicU64, Ordering};

/// Since start, except `connections` and `allocations`, which are now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub allocations: u64,
    pub allocations_made: u64,
    /// TCP and TLS.
    pub connections: u64,
    pub connections_refused: u64,
    /// Requests answered 401 although they carried a credential.
    pub credentials_refused: u64,
    /// Packets or permissions for a peer the filter refuses, in either direction.
    pub peers_refused: u64,
    /// Packets between allocations of different scopes.
    pub scopes_crossed: u64,
    /// Over a seat's or the relay's bound.
    pub over_quota: u64,
    pub packets_relayed: u64,
    pub packets_dropped: u64,
    pub allocations_ended: u64,
}

macro_rules! counters {
    ($($name:ident),+ $(,)?) => {
        #[derive(Debug, Default)]
        pub(super) struct Counters { $(pub(super) $name: AtomicU64),+ }

        impl Counters {
            pub(super) fn read(&self) -> Counts {
                Counts { $($name: self.$name.load(Ordering::Relaxed)),+ }
            }
        }
    };
}

counters!(
    allocations,
    allocations_made,
    connections,
    connections_refused,
    credentials_refused,
    peers_refused,
    scopes_crossed,
    over_quota,
    packets_relayed,
    packets_dropped,
    allocations_ended,
);

pub(super) fn up(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

pub(super) fn down(counter: &AtomicU64) {
    counter.fetch_sub(1, Ordering::Relaxed);
}
