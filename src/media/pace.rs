//! Lets bytes out no faster than a rate: a key frame leaves as a stream, not as a burst that a home router drops. The rate follows
//! what comes through: a narrow way down is filled and not flooded, so that the sound beside the picture is measured as it would be.

use std::time::{Duration, Instant};

/// What may leave at once: a few packets.
const BURST: f64 = 6_000.0;

/// Of what left, less than this came through: it stands in a queue. What a lossy way loses is less, and no reason to send less.
const FULL: f64 = 0.8;
/// More than this came through: there may be room for more.
const ROOM: f64 = 0.88;
const MORE: f64 = 1.25;
/// One report may say too little, because it came early.
const AT_ONCE: f64 = 0.5;
/// Bytes a second: as much as a picture needs to be one.
const LEAST: f64 = 6_000.0;

#[derive(Debug)]
pub(super) struct Pace {
    /// Bytes a second.
    rate: f64,
    most: f64,
    /// What has left since the page last said what came, and when that began.
    left: f64,
    since: Instant,
    /// Bytes that may leave now; below zero what has left too early.
    credit: f64,
    at: Instant,
}

impl Pace {
    pub(super) fn new(bytes_a_second: u32, now: Instant) -> Self {
        let most = f64::from(bytes_a_second);
        Self { rate: most, most, left: 0.0, since: now, credit: BURST, at: now }
    }

    /// Of what left since the last time this share has come through.
    pub(super) fn came_through(&mut self, share: f64, now: Instant) {
        let seconds = now.saturating_duration_since(self.since).as_secs_f64();
        if share < FULL && seconds > 0.0 {
            let sent = self.rate.min(self.left / seconds);
            self.rate = (share.max(AT_ONCE) * sent).max(LEAST);
        } else if share > ROOM {
            self.rate = (self.rate * MORE).min(self.most);
        }
        (self.left, self.since) = (0.0, now);
    }

    /// When something may leave next: in the past where that is now.
    pub(super) fn free_at(&self) -> Instant {
        if self.credit > 0.0 { self.at } else { self.at + Duration::from_secs_f64(-self.credit / self.rate) }
    }

    pub(super) fn leave(&mut self, bytes: usize, now: Instant) {
        let passed = now.saturating_duration_since(self.at).as_secs_f64();
        let bytes = f64::from(u32::try_from(bytes).unwrap_or(u32::MAX));
        if self.left == 0.0 {
            self.since = now;
        }
        self.left += bytes;
        self.credit = (self.credit + passed * self.rate).min(BURST) - bytes;
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

    #[test]
    fn the_rate_is_what_comes_through_and_grows_back() {
        let start = Instant::now();
        let mut pace = Pace::new(100_000, start);
        // Nothing left for ten seconds before.
        let start = start + Duration::from_secs(10);
        let second = |pace: &mut Pace, number: u64, share| {
            pace.leave(80_000, start + Duration::from_secs(number));
            pace.came_through(share, start + Duration::from_secs(number + 1));
            pace.rate
        };
        let narrow = second(&mut pace, 0, 0.5);
        assert!((narrow - 40_000.0).abs() < 1.0, "half of what left: {narrow}");
        assert!((second(&mut pace, 1, 0.85) - narrow).abs() < 1.0, "near enough");
        let grown = (2..20).fold(0.0, |_, number| second(&mut pace, number, 1.0));
        assert!((grown - 100_000.0).abs() < 1.0, "never more than before: {grown}");
        let least = (20..40).fold(0.0, |_, number| second(&mut pace, number, 0.0));
        assert!((least - LEAST).abs() < 1.0, "{least}");
    }
}
