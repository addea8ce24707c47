//! Lets bytes out no faster than a rate: a key frame leaves as a stream, not as a burst that a home router drops.

use std::time::{Duration, Instant};

/// What may leave at once: a few packets.
const BURST: f64 = 6_000.0;

#[derive(Debug)]
pub(super) struct Pace {
    /// Bytes a second.
    rate: f64,
    /// Bytes that may leave now; below zero what has left too early.
    credit: f64,
    at: Instant,
}

impl Pace {
    pub(super) fn new(bytes_a_second: u32, now: Instant) -> Self {
        Self { rate: f64::from(bytes_a_second), credit: BURST, at: now }
    }

    /// When something may leave next: in the past where that is now.
    pub(super) fn free_at(&self) -> Instant {
        if self.credit > 0.0 { self.at } else { self.at + Duration::from_secs_f64(-self.credit / self.rate) }
    }

    pub(super) fn leave(&mut self, bytes: usize, now: Instant) {
        let passed = now.saturating_duration_since(self.at).as_secs_f64();
        self.credit = (self.credit + passed * self.rate).min(BURST) - f64::from(u32::try_from(bytes).unwrap_or(u32::MAX));
        self.at = self.at.max(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_leaves_at_the_rate() {
        let start = Instant::now();
        let (mut now, mut pace) = (start, Pace::new(100_000, start));
        for _ in 0..100 {
            now = now.max(pace.free_at());
            pace.leave(1_000, now);
        }
        let took = now.duration_since(start).as_secs_f64();
        assert!((0.90..1.0).contains(&took), "100 kB at 100 kB/s took {took} s");
    }

    #[test]
    fn what_was_not_used_is_not_saved_up() {
        let start = Instant::now();
        let mut pace = Pace::new(100_000, start);
        let later = start + Duration::from_secs(60);
        for _ in 0..6 {
            assert!(pace.free_at() <= later);
            pace.leave(1_000, later);
        }
        assert!(pace.free_at() >= later);
        pace.leave(1_000, later);
        assert!(pace.free_at() > later);
    }
}
