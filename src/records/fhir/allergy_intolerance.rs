//! AllergyIntolerance: what the patient does not tolerate and what it did. Notes and descriptions are not read.

use serde::Deserialize;

use super::datatypes::{Concept, Period};
use super::date::FhirDate;
use super::reference::Reference;

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AllergyIntolerance {
    pub id: Option<String>,
    #[serde(default)]
    pub clinical_status: Concept,
    #[serde(default)]
    pub verification_status: Concept,
    pub code: Option<Concept>,
    #[serde(default)]
    pub patient: Reference,
    pub onset_date_time: Option<FhirDate>,
    pub onset_period: Option<Period>,
    pub recorded_date: Option<FhirDate>,
    #[serde(default)]
    pub reaction: Vec<Reaction>,
}

#[derive(Clone, Deserialize)]
pub struct Reaction {
    pub substance: Option<Concept>,
    #[serde(default)]
    pub manifestation: Vec<Concept>,
    /// `mild`, `moderate` or `severe`.
    pub severity: Option<String>,
}

impl AllergyIntolerance {
    pub fn since(&self) -> Option<&FhirDate> {
        let period_start = self.onset_period.as_ref().and_then(|period| period.start.as_ref());
        self.onset_date_time.as_ref().or(period_start).or(self.recorded_date.as_ref())
    }
}
