//! Observation: one measured value or finding, or the two of a blood pressure, its date, and the record's own range and judgement. Notes,
//! performers and devices are not read.

use serde::Deserialize;

use super::datatypes::{Concept, Period, Quantity};
use super::date::FhirDate;
use super::reference::Reference;

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Observation {
    pub id: Option<String>,
    pub status: Option<String>,
    #[serde(default)]
    pub category: Vec<Concept>,
    #[serde(default)]
    pub code: Concept,
    #[serde(default)]
    pub subject: Reference,
    pub effective_date_time: Option<FhirDate>,
    pub effective_instant: Option<FhirDate>,
    pub effective_period: Option<Period>,
    pub value_quantity: Option<Quantity>,
    pub value_integer: Option<i32>,
    /// A result in words, such as "Not detected".
    pub value_codeable_concept: Option<Concept>,
    #[serde(default)]
    pub component: Vec<Component>,
    #[serde(default)]
    pub interpretation: Vec<Concept>,
    #[serde(default)]
    pub reference_range: Vec<ReferenceRange>,
}

/// One number of several that were measured together.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Component {
    #[serde(default)]
    pub code: Concept,
    pub value_quantity: Option<Quantity>,
}

/// The range's own `text` is free text and is not read.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReferenceRange {
    pub low: Option<Quantity>,
    pub high: Option<Quantity>,
    #[serde(rename = "type")]
    pub kind: Option<Concept>,
    /// Whom the range is for, when not for everyone.
    #[serde(default)]
    pub applies_to: Vec<Concept>,
    pub age: Option<serde::de::IgnoredAny>,
}

impl Observation {
    /// When it was measured, not when it was reported.
    pub fn taken(&self) -> Option<&FhirDate> {
        let period = self.effective_period.as_ref();
        let end_or_start = || period.and_then(|period| period.end.as_ref().or(period.start.as_ref()));
        self.effective_date_time.as_ref().or(self.effective_instant.as_ref()).or_else(end_or_start)
    }
}
