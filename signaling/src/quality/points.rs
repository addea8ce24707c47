//! What the numbers of one moment are worth, from 0 (nothing gets through) to 100. The worst number decides, and is the cause.
//!
//! Each number has a scale whose corners at 70 and 40 points are the warn and fail limits of the equipment test
//! (`web/src/core/checks/thresholds.ts`, with their sources), so that the same numbers mean the same words before the visit and in it.

use super::{LOST, WEAK_BELOW};
use crate::message::{PathCause, PathNumbers};

/// Points over a number, straight between the corners and level outside them.
struct Scale(&'static [(f64, f64)]);

const ROUND_TRIP_MS: Scale = Scale(&[(0.0, 100.0), (250.0, 70.0), (400.0, 40.0), (1000.0, 5.0)]);
const JITTER_MS: Scale = Scale(&[(0.0, 100.0), (30.0, 70.0), (100.0, 40.0), (300.0, 5.0)]);
const LOSS: Scale = Scale(&[(0.0, 100.0), (0.03, 70.0), (0.08, 40.0), (0.2, 5.0)]);
/// An estimate starts at 300 kbit/s, so it says nothing from there on: below 150 a picture does not fit.
const OUT_KBPS: Scale = Scale(&[(20.0, 5.0), (150.0, 40.0), (300.0, 100.0)]);
/// A call asks for 15 frames where the path is narrow, and a camera in the dark gives 10.
const FRAME_RATE: Scale = Scale(&[(0.0, 20.0), (5.0, 40.0), (10.0, 100.0)]);
const FROZEN: Scale = Scale(&[(0.0, 100.0), (0.2, 70.0), (0.5, 40.0), (1.0, 20.0)]);
/// A microphone that is on and gives nothing: a talk is hard, whatever the path carries.
const SILENT_POINTS: f64 = 30.0;
/// Both ways as good as alike: nobody can say whose end it is.
const ALIKE: f64 = 10.0;

impl Scale {
    fn points(&self, value: f64) -> f64 {
        let &(first, worth) = self.0.first().expect("a scale has corners");
        if value <= first {
            return worth;
        }
        let between = self.0.windows(2).find(|pair| value <= pair[1].0);
        match between {
            Some(&[(from, high), (to, low)]) => high + (low - high) * (value - from) / (to - from),
            _ => self.0.last().map_or(worth, |corner| corner.1),
        }
    }
}

/// Whose end what is wrong comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    First,
    Second,
    /// Both ways suffer alike.
    Both,
}

/// What the numbers of one moment come to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    pub points: f64,
    /// What decided, and from whose end it came; absent where the path is lost.
    pub worst: Option<(PathCause, Source)>,
}

/// What both ends measured, as far as it is known. `silent` says whose microphone is on without a sound.
pub fn points(first: Option<&PathNumbers>, second: Option<&PathNumbers>, silent: [bool; 2]) -> Found {
    if [first, second].into_iter().flatten().any(|numbers| numbers.lost) {
        return Found { points: LOST, worst: None };
    }
    let there = one_way(first, second, silent[0]);
    let back = one_way(second, first, silent[1]);
    let trip = [first, second].into_iter().flatten().filter_map(|numbers| numbers.round_trip_ms).max();
    let delay = (trip.map_or(100.0, |ms| ROUND_TRIP_MS.points(f64::from(ms))), PathCause::Delay);
    let (worst, source) = match (there, back) {
        (there, back) if suffer_alike(there.0, back.0) => (worse(there, back), Source::Both),
        (there, back) if there.0 < back.0 => (there, Source::First),
        (_, back) => (back, Source::Second),
    };
    if delay.0 <= worst.0 {
        return Found { points: delay.0, worst: Some((delay.1, Source::Both)) };
    }
    Found { points: worst.0, worst: Some((worst.1, source)) }
}

/// Where both ways are bad, the difference of a few seconds' packets says nothing.
fn suffer_alike(there: f64, back: f64) -> bool {
    (there - back).abs() < ALIKE || there.max(back) < WEAK_BELOW
}

type Worth = (f64, PathCause);

/// What goes from one end to the other: measured where it leaves, and where it arrives.
fn one_way(from: Option<&PathNumbers>, to: Option<&PathNumbers>, silent: bool) -> Worth {
    let loss = [from.and_then(|from| from.loss_out), to.and_then(|to| to.loss_in)].into_iter().flatten().reduce(f64::max);
    let worths = [
        loss.map(|share| (LOSS.points(share), PathCause::Loss)),
        from.and_then(|from| from.out_kbps).map(|kbps| (OUT_KBPS.points(f64::from(kbps)), PathCause::Narrow)),
        to.and_then(|to| to.jitter_ms).map(|ms| (JITTER_MS.points(f64::from(ms)), PathCause::Jitter)),
        to.and_then(|to| to.frozen).map(|share| (FROZEN.points(share), PathCause::Picture)),
        to.and_then(|to| to.frame_rate).map(|rate| (FRAME_RATE.points(f64::from(rate)), PathCause::Picture)),
        silent.then_some((SILENT_POINTS, PathCause::Sound)),
    ];
    worths.into_iter().flatten().fold((100.0, PathCause::Loss), worse)
}

fn worse(one: Worth, other: Worth) -> Worth {
    if other.0 < one.0 { other } else { one }
}
