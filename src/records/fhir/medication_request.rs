//! MedicationRequest: what was prescribed. Who prescribed it, why, and notes are not read.

use serde::Deserialize;

use super::datatypes::Concept;
use super::date::FhirDate;
use super::dosage::Dosage;
use super::medication::Contained;
use super::reference::Reference;

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MedicationRequest {
    pub id: Option<String>,
    pub status: Option<String>,
    pub intent: Option<String>,
    /// True turns the order into its opposite.
    #[serde(default)]
    pub do_not_perform: bool,
    #[serde(default)]
    pub contained: Vec<Contained>,
    pub medication_codeable_concept: Option<Concept>,
    pub medication_reference: Option<Reference>,
    #[serde(default)]
    pub subject: Reference,
    pub authored_on: Option<FhirDate>,
    #[serde(default)]
    pub dosage_instruction: Vec<Dosage>,
}
