//! What the agent knows of one session, as it tells the page on the channel `agent` and as it is kept with the test.

use std::time::Instant;

use super::downlink::{Down, Downlink};
use super::uplink::{Up, Uplink};

/// Measured by the gateway's side since the session began or the page's last mark.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[schema(as = MediaMeasured)]
pub struct Measured {
    pub up: Up,
    pub down: Down,
    /// The word of the page's last mark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<String>,
}

/// What the agent says on the channel `agent`, as JSON text.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
#[serde(tag = "t", rename_all = "snake_case")]
#[schema(as = FromMediaAgent)]
pub enum FromAgent {
    /// Once a second, and at once after a mark.
    Measured(Measured),
    /// The session ends now, and this is why.
    Ended { cause: Cause },
}

/// What the page says there. Anything else is passed over.
#[derive(Debug, serde::Deserialize, utoipa::ToSchema)]
#[serde(tag = "t", rename_all = "snake_case")]
#[schema(as = ToMediaAgent)]
pub enum ToAgent {
    /// A new window of measuring begins; `phase` is given back with what it finds.
    Mark { phase: String },
}

/// Why a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = MediaEnd)]
pub enum Cause {
    /// The test is over, or a new offer took this one's place.
    Finished,
    /// The page closed it.
    Closed,
    /// Nothing came for ten seconds.
    Silent,
    /// A minute has passed.
    TooLong,
    /// More came than a test sends.
    Flood,
    /// The gateway stops.
    Stopping,
    /// What came could not be handled.
    Broken,
}

impl Cause {
    /// As it is counted.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Finished => "finished",
            Self::Closed => "closed",
            Self::Silent => "silent",
            Self::TooLong => "too_long",
            Self::Flood => "flood",
            Self::Stopping => "stopping",
            Self::Broken => "broken",
        }
    }
}

/// Both ways of one session.
#[derive(Debug)]
pub(super) struct Ledger {
    pub(super) up: Uplink,
    pub(super) down: Downlink,
    /// The page's decoder asks for a picture that stands alone.
    pub(super) wants_key_frame: bool,
    phase: Option<String>,
}

/// A page's own word for what it measures.
const LONGEST_PHASE: usize = 32;

impl Ledger {
    pub(super) fn new(now: Instant) -> Self {
        Self { up: Uplink::new(now), down: Downlink::new(now), wants_key_frame: false, phase: None }
    }

    pub(super) fn mark(&mut self, phase: &str, now: Instant) {
        self.up.mark(now);
        self.down.mark(now);
        self.phase = Some(phase.chars().take(LONGEST_PHASE).collect());
    }

    pub(super) fn measured(&self, now: Instant) -> Measured {
        Measured { up: self.up.measured(now), down: self.down.measured(now), phase: self.phase.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_reads_what_is_known_and_nothing_else() {
        let now = Instant::now();
        let mut ledger = Ledger::new(now);
        ledger.mark("steady", now);
        let json = serde_json::to_value(FromAgent::Measured(ledger.measured(now))).expect("plain values");
        assert_eq!(
            json,
            serde_json::json!({ "t": "measured", "phase": "steady", "down": { "kbps": 0.0 },
                "up": { "packets": 0, "lost": 0, "kbps": 0.0, "frames": 0, "fps": 0.0 } })
        );
        let ended = serde_json::to_value(FromAgent::Ended { cause: Cause::TooLong }).expect("plain values");
        assert_eq!(ended, serde_json::json!({ "t": "ended", "cause": "too_long" }));
    }
}
