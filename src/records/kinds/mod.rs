//! The kinds of snippet, each a pure function from the facts of one patient to what a page may show.

pub mod allergies;
pub mod dose;
pub mod lab_names;
pub mod lab_trend;
pub mod medications;
pub mod number;
pub mod phrasebook;
pub mod units;

#[cfg(test)]
mod tests;

use serde::Serialize;

use super::facts::Facts;
use super::skip::Skipped;
use super::words::Language;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    LabTrend,
    Medications,
    Allergies,
}

impl ItemKind {
    pub fn word(self) -> &'static str {
        match self {
            Self::LabTrend => "lab_trend",
            Self::Medications => "medications",
            Self::Allergies => "allergies",
        }
    }
}

/// Where a value lies: by the laboratory's own judgement, or by the range that came with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Flag {
    Low,
    Normal,
    High,
}

/// A line in the clinician's list of what can be shown.
#[derive(Clone, Serialize, utoipa::ToSchema)]
#[schema(as = RecordItem)]
pub struct RecordItem {
    /// Names the item for preparing a snippet; says nothing by itself.
    pub id: String,
    pub kind: ItemKind,
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
    /// Day of the newest value, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newest_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flag: Option<Flag>,
}

/// What the page gets, in the shape of its kind.
#[derive(Clone, Serialize)]
#[serde(untagged)]
pub enum Content {
    LabTrend(lab_trend::LabTrend),
    Medications(medications::Medications),
    Allergies(allergies::Allergies),
}

#[derive(Clone)]
pub struct Showable {
    pub item: RecordItem,
    pub content: Content,
}

/// Everything of one patient that can be shown, and what was skipped on the way.
#[derive(Clone, Default)]
pub struct Shelf {
    pub showable: Vec<Showable>,
    pub skipped: Skipped,
}

/// Lays out what can be shown: abnormal results first, then the other results, each recent first; then medications and allergies.
pub fn lay_out(facts: &Facts, language: Language) -> Shelf {
    let mut skipped = facts.skipped.clone();
    let mut showable = lab_trend::trends(&facts.observations, language, &mut skipped);
    showable.extend(medications::list(facts, language, &mut skipped));
    showable.extend(allergies::list(facts, language, &mut skipped));
    Shelf { showable, skipped }
}
