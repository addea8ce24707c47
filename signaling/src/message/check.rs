//! One step of the equipment test, as a technician names it to the patient's page. What it measures and means is not known here.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct RunCheck {
    pub check: CheckStep,
}

/// The steps of the equipment test, by the names under which they are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CheckStep {
    Environment,
    Permission,
    Camera,
    Microphone,
    Speaker,
    Signaling,
    Path,
    Connect,
    RoundTrip,
    Jitter,
    LossUp,
    LossDown,
    BitrateUp,
    BitrateDown,
    SoundScore,
    DeviceLoad,
    RecordChannel,
}
