//! Immunization: which vaccine was given and when. Lot, place, who gave it and reactions are not read.

use serde::Deserialize;

use super::datatypes::Concept;
use super::date::FhirDate;
use super::reference::Reference;

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Immunization {
    pub id: Option<String>,
    pub status: Option<String>,
    #[serde(default)]
    pub vaccine_code: Concept,
    #[serde(default)]
    pub patient: Reference,
    pub occurrence_date_time: Option<FhirDate>,
}
