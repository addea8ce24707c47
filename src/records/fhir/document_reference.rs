//! DocumentReference: a document's kind, date and file. Authors, custodians, descriptions and what it relates to are not read.

use serde::Deserialize;

use super::attachment::Attachment;
use super::datatypes::Concept;
use super::date::FhirDate;
use super::reference::Reference;

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DocumentReference {
    pub id: Option<String>,
    pub status: Option<String>,
    pub doc_status: Option<String>,
    #[serde(rename = "type", default)]
    pub kind: Concept,
    #[serde(default)]
    pub subject: Reference,
    pub date: Option<FhirDate>,
    #[serde(default)]
    pub content: Vec<Content>,
}

#[derive(Clone, Deserialize)]
pub struct Content {
    pub attachment: Attachment,
}
