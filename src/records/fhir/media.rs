//! Media: a photograph or another picture of the patient, what it shows and when it was made. Devices, operators and notes are not read.

use serde::Deserialize;

use super::attachment::Attachment;
use super::datatypes::{Concept, Period};
use super::date::FhirDate;
use super::reference::Reference;

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Media {
    pub id: Option<String>,
    pub status: Option<String>,
    pub modality: Option<Concept>,
    pub body_site: Option<Concept>,
    #[serde(default)]
    pub subject: Reference,
    pub created_date_time: Option<FhirDate>,
    pub created_period: Option<Period>,
    pub issued: Option<FhirDate>,
    #[serde(default)]
    pub content: Attachment,
}

impl Media {
    pub fn made(&self) -> Option<&FhirDate> {
        let period = || self.created_period.as_ref().and_then(|period| period.start.as_ref());
        self.created_date_time.as_ref().or_else(period).or(self.issued.as_ref())
    }
}
