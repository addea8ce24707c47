//! How long each step took, over everybody. All times count from when a step was due, so that a stall shows in whoever waited.

use std::collections::BTreeMap;
use std::time::Duration;

use hdrhistogram::Histogram;
use serde::{Deserialize, Serialize};

/// What is timed, in the order it happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    Redeem,
    Identify,
    Socket,
    CheckIn,
    Admit,
    Meet,
    OfferAnswer,
    Candidate,
    Message,
    Leave,
    Call,
    Visit,
    Back,
    Refusal,
    Connected,
}

impl Step {
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Redeem => "link redeemed",
            Self::Identify => "date of birth taken",
            Self::Socket => "socket open and welcomed",
            Self::CheckIn => "checked in",
            Self::Admit => "admit to admitted",
            Self::Meet => "both came in",
            Self::OfferAnswer => "offer to answer",
            Self::Candidate => "one candidate relayed",
            Self::Message => "message relayed",
            Self::Leave => "left",
            Self::Call => "whole call",
            Self::Visit => "whole visit",
            Self::Back => "back after the cut",
            Self::Refusal => "refused",
            Self::Connected => "offer to connected",
        }
    }
}

/// Microseconds, to three figures, up to ten minutes.
const LONGEST_US: u64 = 600_000_000;

#[derive(Clone, Debug, Default)]
pub(crate) struct Times(BTreeMap<Step, Histogram<u64>>);

impl Times {
    pub(crate) fn note(&mut self, step: Step, took: Duration) {
        self.of(step).saturating_record(u64::try_from(took.as_micros()).unwrap_or(LONGEST_US));
    }

    pub(crate) fn add(&mut self, other: Self) {
        for (step, times) in other.0 {
            self.of(step).add(times).expect("all have the same bounds");
        }
    }

    fn of(&mut self, step: Step) -> &mut Histogram<u64> {
        let empty = || Histogram::new_with_bounds(1, LONGEST_US, 3).expect("these bounds are in order");
        self.0.entry(step).or_insert_with(empty)
    }

    pub(crate) fn summaries(&self) -> Vec<Summary> {
        self.0.iter().map(|(step, times)| Summary::of(*step, times)).collect()
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Summary {
    pub(crate) step: String,
    pub(crate) count: u64,
    pub(crate) p50_ms: f64,
    pub(crate) p90_ms: f64,
    pub(crate) p99_ms: f64,
    pub(crate) max_ms: f64,
    /// (share of all in percent, milliseconds): the whole distribution in a hundred points.
    pub(crate) curve: Vec<(f64, f64)>,
}

impl Summary {
    fn of(step: Step, histogram: &Histogram<u64>) -> Self {
        let at = |percent: f64| ms(histogram.value_at_percentile(percent));
        Self {
            step: step.words().to_owned(),
            count: histogram.len(),
            p50_ms: at(50.0),
            p90_ms: at(90.0),
            p99_ms: at(99.0),
            max_ms: ms(histogram.max()),
            curve: (0..=100).map(|percent| (f64::from(percent), at(f64::from(percent)))).collect(),
        }
    }
}

fn ms(micros: u64) -> f64 {
    u32::try_from(micros).map_or(f64::INFINITY, f64::from) / 1000.0
}
