//! CarePlan: what the plan is for, and what is to be done. Descriptions, people, addresses of other resources and notes are not read.

use serde::Deserialize;

use super::datatypes::{Concept, Period};
use super::reference::Reference;

#[derive(Clone, Deserialize)]
pub struct CarePlan {
    pub id: Option<String>,
    pub status: Option<String>,
    pub intent: Option<String>,
    #[serde(default)]
    pub category: Vec<Concept>,
    pub title: Option<String>,
    #[serde(default)]
    pub subject: Reference,
    pub period: Option<Period>,
    #[serde(default)]
    pub activity: Vec<Activity>,
}

#[derive(Clone, Deserialize)]
pub struct Activity {
    /// Absent where the plan only points to another resource.
    pub detail: Option<Detail>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Detail {
    pub code: Option<Concept>,
    pub status: Option<String>,
    /// True turns it into its opposite.
    #[serde(default)]
    pub do_not_perform: bool,
}
