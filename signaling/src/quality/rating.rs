//! What the numbers mean over time: what gets worse counts at once, what gets better only once it has lasted.

use super::{
    LOST, WEAK_BELOW, level,
    points::{Found, Source, points},
};
use crate::message::{PathCause, PathLevel, PathNumbers};
use crate::room::Millis;

/// Numbers of one end count for so long; a page reports every 5 s.
pub const STALE_MS: Millis = 15_000;
/// Nothing rises within so long of the last bad report.
pub const HOLD_MS: Millis = 10_000;
/// Points gained a second after that: from the middle of *weak* back to *good* in half a minute.
pub const RISE_PER_S: f64 = 3.0;
/// However long nobody reported, so much time counts.
const LONGEST_GAP_MS: Millis = 10_000;
/// A path that carries something again is not lost any more, but not yet good.
const FOUND_AGAIN: f64 = WEAK_BELOW / 2.0;
/// Reports in a row without a sound: somebody may have turned the microphone on in the middle of one.
const SILENT_REPORTS: u8 = 2;

/// Which end of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    First,
    Second,
}

impl End {
    pub fn other(self) -> Self {
        match self {
            Self::First => Self::Second,
            Self::Second => Self::First,
        }
    }
}

/// The score of one path.
#[derive(Clone, Debug, Default)]
pub struct Rating {
    ends: [Option<(Millis, PathNumbers)>; 2],
    /// Reports in a row in which nothing was heard of this end, its microphone being on.
    silent: [u8; 2],
    rated: Option<Rated>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rated {
    /// 0 to 100.
    pub points: f64,
    /// What brought it down, and whose end that is; absent where nothing is wrong or nothing arrives.
    pub trouble: Option<(PathCause, End)>,
    at: Millis,
    /// When the last report came that was no better than this.
    held_since: Millis,
}

impl Rated {
    pub fn level(&self) -> PathLevel {
        level(self.points)
    }
}

impl Rating {
    pub fn now(&self) -> Option<&Rated> {
        self.rated.as_ref()
    }

    /// Numbers from one end. `speaks`: the other end's microphone is on. `home` is whose end it is where both suffer alike.
    pub fn hear(&mut self, now: Millis, from: End, numbers: PathNumbers, speaks: bool, home: End) -> Rated {
        let is_silent = speaks && numbers.sound == Some(false);
        let silent = &mut self.silent[from.other() as usize];
        *silent = if is_silent { silent.saturating_add(1) } else { 0 };
        self.ends[from as usize] = Some((now, numbers));
        let found = self.found(now);
        let rated = self.rated.map_or_else(|| fallen(now, found, home), |before| moved(before, now, found, home));
        self.rated = Some(rated);
        rated
    }

    fn found(&self, now: Millis) -> Found {
        let fresh = |end: End| self.ends[end as usize].as_ref().filter(|(at, _)| now - at < STALE_MS).map(|(_, numbers)| numbers);
        points(fresh(End::First), fresh(End::Second), self.silent.map(|reports| reports >= SILENT_REPORTS))
    }

    /// The longest round trip and the highest loss of either way that either end has measured lately.
    pub fn numbers(&self, now: Millis) -> (Option<u32>, Option<f64>) {
        let fresh = || self.ends.iter().flatten().filter(move |(at, _)| now - at < STALE_MS).map(|(_, numbers)| numbers);
        let loss = fresh().flat_map(|numbers| [numbers.loss_in, numbers.loss_out]).flatten().reduce(f64::max);
        (fresh().filter_map(|numbers| numbers.round_trip_ms).max(), loss.map(|loss| loss.clamp(0.0, 1.0)))
    }
}

fn moved(before: Rated, now: Millis, found: Found, home: End) -> Rated {
    if found.points <= before.points {
        return fallen(now, found, home);
    }
    if before.points <= LOST {
        return fallen(now, Found { points: found.points.min(FOUND_AGAIN), ..found }, home);
    }
    if now - before.held_since < HOLD_MS {
        return Rated { at: now, ..before };
    }
    let seconds = (now - before.at).clamp(0, LONGEST_GAP_MS) as f64 / 1000.0;
    let points = found.points.min(before.points + RISE_PER_S * seconds);
    // Still on the way up: what brought it down is what people are told.
    let trouble = if points < found.points { before.trouble } else { trouble(found, home) };
    Rated { points, trouble: trouble.filter(|_| level(points) != PathLevel::Good), at: now, held_since: before.held_since }
}

fn fallen(now: Millis, found: Found, home: End) -> Rated {
    let trouble = trouble(found, home).filter(|_| level(found.points) != PathLevel::Good);
    Rated { points: found.points, trouble, at: now, held_since: now }
}

fn trouble(found: Found, home: End) -> Option<(PathCause, End)> {
    found.worst.map(|(cause, source)| match source {
        Source::First => (cause, End::First),
        Source::Second => (cause, End::Second),
        Source::Both => (cause, home),
    })
}
