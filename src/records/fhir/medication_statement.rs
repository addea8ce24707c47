//! MedicationStatement: what the patient is said to take.

use serde::Deserialize;

use super::datatypes::{Concept, Period};
use super::date::FhirDate;
use super::dosage::Dosage;
use super::medication::Contained;
use super::reference::Reference;

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MedicationStatement {
    pub id: Option<String>,
    pub status: Option<String>,
    #[serde(default)]
    pub contained: Vec<Contained>,
    pub medication_codeable_concept: Option<Concept>,
    pub medication_reference: Option<Reference>,
    #[serde(default)]
    pub subject: Reference,
    pub effective_date_time: Option<FhirDate>,
    pub effective_period: Option<Period>,
    #[serde(default)]
    pub dosage: Vec<Dosage>,
}

impl MedicationStatement {
    pub fn since(&self) -> Option<&FhirDate> {
        self.effective_period.as_ref().and_then(|period| period.start.as_ref()).or(self.effective_date_time.as_ref())
    }
}
