//! Goal: what is to be reached, by how much and by when. Who set it, what it is about and notes are not read.

use serde::Deserialize;

use super::datatypes::{Concept, Quantity, Range};
use super::date::FhirDate;
use super::reference::Reference;

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Goal {
    pub id: Option<String>,
    pub lifecycle_status: Option<String>,
    #[serde(default)]
    pub achievement_status: Concept,
    #[serde(default)]
    pub description: Concept,
    #[serde(default)]
    pub subject: Reference,
    #[serde(default)]
    pub target: Vec<Target>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Target {
    pub measure: Option<Concept>,
    pub detail_quantity: Option<Quantity>,
    pub detail_range: Option<Range>,
    pub due_date: Option<FhirDate>,
}
