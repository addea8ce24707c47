//! DiagnosticReport: its text, or its pages. Results are read as observations of their own; people and links are not read.

use serde::Deserialize;

use super::attachment::Attachment;
use super::datatypes::{Concept, Period};
use super::date::FhirDate;
use super::reference::Reference;

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DiagnosticReport {
    pub id: Option<String>,
    pub status: Option<String>,
    #[serde(default)]
    pub code: Concept,
    #[serde(default)]
    pub subject: Reference,
    pub effective_date_time: Option<FhirDate>,
    pub effective_period: Option<Period>,
    pub issued: Option<FhirDate>,
    /// What the report comes to, in words.
    pub conclusion: Option<String>,
    #[serde(default)]
    pub presented_form: Vec<Attachment>,
}

impl DiagnosticReport {
    /// When it was looked at, not when it was written.
    pub fn taken(&self) -> Option<&FhirDate> {
        let end_or_start = || self.effective_period.as_ref().and_then(|period| period.end.as_ref().or(period.start.as_ref()));
        self.effective_date_time.as_ref().or_else(end_or_start).or(self.issued.as_ref())
    }
}
