//! Patient: whose record it is. The birth date is only compared and its year printed for the operator; names are not read.

use serde::Deserialize;

use super::date::FhirDate;

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Patient {
    pub id: Option<String>,
    pub birth_date: Option<FhirDate>,
}
