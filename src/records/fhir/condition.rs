//! Condition: what the patient has or had, and since when. Severity, stage, evidence, who said so and notes are not read.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::datatypes::{Concept, Period};
use super::date::FhirDate;
use super::reference::Reference;

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Condition {
    pub id: Option<String>,
    #[serde(default)]
    pub clinical_status: Concept,
    #[serde(default)]
    pub verification_status: Concept,
    pub code: Option<Concept>,
    #[serde(default)]
    pub subject: Reference,
    pub onset_date_time: Option<FhirDate>,
    pub onset_period: Option<Period>,
    pub recorded_date: Option<FhirDate>,
    pub abatement_date_time: Option<FhirDate>,
    pub abatement_period: Option<Period>,
    /// Over, though only in words or at an age.
    pub abatement_string: Option<IgnoredAny>,
    pub abatement_age: Option<IgnoredAny>,
    pub abatement_range: Option<IgnoredAny>,
}

impl Condition {
    pub fn since(&self) -> Option<&FhirDate> {
        let start = self.onset_period.as_ref().and_then(|period| period.start.as_ref());
        self.onset_date_time.as_ref().or(start).or(self.recorded_date.as_ref())
    }

    pub fn until(&self) -> Option<&FhirDate> {
        let end = self.abatement_period.as_ref().and_then(|period| period.end.as_ref());
        self.abatement_date_time.as_ref().or(end)
    }

    /// Whether it is said to be over, even where it is not said when.
    pub fn is_over(&self) -> bool {
        let elsewise = self.abatement_string.is_some() || self.abatement_age.is_some() || self.abatement_range.is_some();
        self.until().is_some() || elsewise
    }
}
