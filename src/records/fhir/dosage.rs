//! Dosage: how much and how often, where it is said in fields. The free text beside it is not read.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::datatypes::{Concept, Quantity, Range};

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Dosage {
    pub timing: Option<Timing>,
    pub as_needed_boolean: Option<bool>,
    /// As needed for something: what for is not read.
    pub as_needed_codeable_concept: Option<IgnoredAny>,
    pub route: Option<Concept>,
    #[serde(default)]
    pub dose_and_rate: Vec<DoseAndRate>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DoseAndRate {
    pub dose_quantity: Option<Quantity>,
    pub dose_range: Option<Range>,
    pub rate_ratio: Option<IgnoredAny>,
    pub rate_range: Option<IgnoredAny>,
    pub rate_quantity: Option<IgnoredAny>,
}

#[derive(Clone, Deserialize)]
pub struct Timing {
    pub repeat: Option<RepeatOrMore>,
    pub code: Option<Concept>,
    /// Moments at which it is to be taken: not worded.
    pub event: Option<IgnoredAny>,
}

/// A repeat that we can say in full, or one with more in it than we know how to say.
#[derive(Clone, Deserialize)]
#[serde(untagged)]
pub enum RepeatOrMore {
    Known(Repeat),
    More(IgnoredAny),
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Repeat {
    pub frequency: Option<u32>,
    pub period: Option<f64>,
    pub period_unit: Option<String>,
    #[serde(default)]
    pub when: Vec<String>,
    /// How long to go on is not how often to take it.
    #[serde(default, rename = "boundsPeriod")]
    _bounds_period: Option<IgnoredAny>,
    #[serde(default, rename = "boundsDuration")]
    _bounds_duration: Option<IgnoredAny>,
}
