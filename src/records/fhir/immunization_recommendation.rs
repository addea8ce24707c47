//! ImmunizationRecommendation: which vaccines are due. Reasons, series and their descriptions are not read.

use serde::Deserialize;

use super::datatypes::{Concept, LOINC};
use super::date::FhirDate;
use super::reference::Reference;

#[derive(Clone, Deserialize)]
pub struct ImmunizationRecommendation {
    pub id: Option<String>,
    #[serde(default)]
    pub patient: Reference,
    /// When it was worked out.
    pub date: Option<FhirDate>,
    #[serde(default)]
    pub recommendation: Vec<Recommended>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Recommended {
    #[serde(default)]
    pub vaccine_code: Vec<Concept>,
    pub target_disease: Option<Concept>,
    #[serde(default)]
    pub forecast_status: Concept,
    #[serde(default)]
    pub date_criterion: Vec<Criterion>,
}

#[derive(Clone, Deserialize)]
pub struct Criterion {
    pub code: Concept,
    pub value: FhirDate,
}

/// LOINC: "Date vaccine due".
const DUE: &str = "30980-7";

impl Recommended {
    pub fn due(&self) -> Option<&FhirDate> {
        self.date_criterion.iter().find(|criterion| criterion.code.code_in(LOINC) == Some(DUE)).map(|criterion| &criterion.value)
    }
}
