//! When people arrive: evenly, more and more, or most of them at once. The moments are fixed before the run begins,
//! so that a server that stalls cannot slow its own load down.

use std::time::Duration;

use clap::ValueEnum;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Curve {
    /// The same number each second.
    Constant,
    /// None at first, twice the average at the end.
    Ramp,
    /// A fifth before, three fifths in the tenth in the middle, a fifth after.
    Spike,
}

impl Curve {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Constant => "constant",
            Self::Ramp => "ramp",
            Self::Spike => "spike",
        }
    }

    /// When number `at` of `all` arrives, counted from the beginning of `span`.
    pub(crate) fn due(self, at: u32, all: u32, span: Duration) -> Duration {
        let part = f64::from(at) / f64::from(all.max(1));
        span.mul_f64(match self {
            Self::Constant => part,
            Self::Ramp => part.sqrt(),
            Self::Spike if part < 0.2 => part / 0.2 * 0.45,
            Self::Spike if part < 0.8 => 0.45 + (part - 0.2) / 0.6 * 0.1,
            Self::Spike => 0.55 + (part - 0.8) / 0.2 * 0.45,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_arrives_in_order_and_in_time() {
        let span = Duration::from_secs(10);
        for curve in [Curve::Constant, Curve::Ramp, Curve::Spike] {
            let due: Vec<_> = (0..1000).map(|at| curve.due(at, 1000, span)).collect();
            assert!(due.is_sorted() && due[0] == Duration::ZERO && due[999] < span, "{curve:?}");
        }
    }

    #[test]
    fn a_spike_is_one() {
        let span = Duration::from_secs(10);
        let within = |from, to| {
            (0..1000).map(|at| Curve::Spike.due(at, 1000, span).as_secs_f64()).filter(move |at| (from..to).contains(at)).count()
        };
        assert!(within(4.5, 5.5) >= 590 && within(0.0, 4.5) <= 205);
    }
}
