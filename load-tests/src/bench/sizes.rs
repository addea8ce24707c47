//! How much of each scenario a bench makes.

use crate::arrivals::Curve;
use crate::scenarios::{equipment, idle, join, overload, setup, soak, start, steady};
use clap::ValueEnum;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Size {
    /// Whether everything of ours runs, in seconds: nothing is judged.
    Smoke,
    /// Some minutes.
    Usual,
    /// With 5,000 live visits for the growth: more minutes.
    Full,
}

/// How much of each.
pub(super) struct Sizes {
    /// How often ours and the floor take turns.
    pub(super) rounds: usize,
    pub(super) relay: steady::Options,
    pub(super) setup: setup::Options,
    pub(super) idle: idle::Options,
    pub(super) steady: steady::Options,
    pub(super) few: steady::Options,
    pub(super) many: steady::Options,
    pub(super) storm: u32,
    pub(super) soak: soak::Options,
    pub(super) start: start::Options,
    pub(super) join: join::Options,
    pub(super) overload: overload::Options,
    pub(super) equipment: equipment::Options,
}

impl Size {
    pub(super) fn sizes(self) -> Sizes {
        let steady = |visits, rate, seconds| steady::Options { visits, rate, seconds };
        let setup = |calls, a_second, lanes| setup::Options { calls, a_second, curve: Curve::Constant, lanes };
        match self {
            Self::Smoke => Sizes {
                rounds: 1,
                relay: steady(3, 5.0, 1),
                setup: setup(4, 8.0, 2),
                idle: idle::Options { connections: 6, seconds: 1 },
                steady: steady(4, 2.0, 1),
                few: steady(1, 2.0, 1),
                many: steady(4, 2.0, 1),
                storm: 6,
                start: start::Options { visits: 40 },
                soak: soak::Options { calls: 4, a_second: 8.0, lanes: 2 },
                join: join::Options { visits: 3, a_second: 6.0, curve: Curve::Spike },
                overload: overload::Options { visits: 24 },
                equipment: equipment::Options { sessions: 2, seconds: 1 },
            },
            Self::Usual | Self::Full => Sizes {
                rounds: 3,
                relay: steady(100, 10.0, 8),
                setup: setup(400, 50.0, 400),
                idle: idle::Options { connections: 2_000, seconds: 5 },
                steady: steady(1_000, 1.0, 10),
                few: steady(100, 1.0, 20),
                many: steady(if self == Self::Full { 5_000 } else { 1_000 }, 1.0, 10),
                storm: 2_000,
                start: start::Options { visits: 100_000 },
                soak: soak::Options { calls: 1_000, a_second: 60.0, lanes: 40 },
                join: join::Options { visits: 200, a_second: 30.0, curve: Curve::Ramp },
                overload: overload::Options { visits: 2_400 },
                equipment: equipment::Options { sessions: 60, seconds: 10 },
            },
        }
    }
}

impl Sizes {
    pub(super) fn visits(&self) -> u32 {
        let most = [
            self.relay.visits,
            self.setup.lanes,
            self.idle.connections / 2,
            self.steady.visits,
            self.many.visits,
            self.storm / 2,
        ];
        most.into_iter().max().unwrap_or(1)
    }
}
