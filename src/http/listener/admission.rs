//! How many connections there may be, in all and from one neighbourhood. A ticket gives its place back when it is dropped.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::http::peer::{Neighbourhood, Peer};

#[derive(Clone)]
pub(super) struct Admission(Arc<Shared>);

struct Shared {
    most: usize,
    most_each: usize,
    counts: Mutex<Counts>,
}

#[derive(Default)]
struct Counts {
    all: usize,
    each: HashMap<Neighbourhood, usize>,
}

/// One counted connection.
pub(super) struct Ticket {
    shared: Arc<Shared>,
    /// Absent for loopback.
    from: Option<Neighbourhood>,
}

impl Admission {
    pub(super) fn new(most: usize, most_each: usize) -> Self {
        Self(Arc::new(Shared { most, most_each, counts: Mutex::default() }))
    }

    pub(super) fn admit(&self, peer: Peer) -> Option<Ticket> {
        let from = (!peer.0.ip().to_canonical().is_loopback()).then(|| peer.neighbourhood());
        let mut counts = self.0.lock();
        if counts.all >= self.0.most {
            return None;
        }
        if let Some(from) = from {
            let each = counts.each.entry(from).or_default();
            if *each >= self.0.most_each {
                return None;
            }
            *each += 1;
        }
        counts.all += 1;
        metrics::gauge!("connections").set(counts.all as f64);
        Some(Ticket { shared: self.0.clone(), from })
    }
}

impl Shared {
    fn lock(&self) -> std::sync::MutexGuard<'_, Counts> {
        // Counting cannot panic half way, so a poisoned lock still holds true counts.
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut counts = self.shared.lock();
        counts.all -= 1;
        metrics::gauge!("connections").set(counts.all as f64);
        let Some(from) = self.from else { return };
        let left = counts.each.get_mut(&from).map_or(0, |each| {
            *each -= 1;
            *each
        });
        if left == 0 {
            counts.each.remove(&from);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peer(address: &str) -> Peer {
        Peer(format!("{address}:1").parse().expect("an address"))
    }

    #[test]
    fn a_neighbourhood_has_its_share_and_gets_places_back() {
        let admission = Admission::new(10, 2);
        let first = admission.admit(peer("192.0.2.1"));
        let second = admission.admit(peer("192.0.2.1"));
        assert!(first.is_some() && second.is_some());
        assert!(admission.admit(peer("192.0.2.1")).is_none());
        assert!(admission.admit(peer("192.0.2.2")).is_some(), "others are not disturbed");
        drop(first);
        assert!(admission.admit(peer("192.0.2.1")).is_some());
    }

    #[test]
    fn nothing_is_kept_of_those_who_left() {
        let admission = Admission::new(10, 2);
        drop(admission.admit(peer("192.0.2.1")));
        let counts = admission.0.lock();
        assert_eq!((counts.all, counts.each.len()), (0, 0));
    }

    #[test]
    fn loopback_has_no_share_but_counts_in_all() {
        let admission = Admission::new(3, 1);
        let tickets: Vec<_> = (0..5).map(|_| admission.admit(peer("127.0.0.1"))).collect();
        assert_eq!(tickets.iter().flatten().count(), 3);
    }
}
