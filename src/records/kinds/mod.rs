//! The kinds of snippet, each a pure function from the facts of one patient to what a page may show.

pub mod allergies;
pub mod care_plan;
pub mod conditions;
pub mod dose;
pub mod found_by;
pub mod goals;
pub mod image;
pub mod immunizations;
pub mod lab_names;
pub mod lab_result;
pub mod lab_trend;
pub mod measured;
pub mod medications;
pub mod number;
pub mod phrasebook;
pub mod report;
pub mod units;
pub mod vaccine_names;
pub mod vital_names;
pub mod vital_signs;
mod whole_list;

#[cfg(test)]
mod tests;

use serde::Serialize;

use super::facts::Facts;
use super::instructions::Instructions;
use super::skip::Skipped;
use super::words::Language;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    LabTrend,
    LabResult,
    VitalSigns,
    Medications,
    Allergies,
    Conditions,
    Immunizations,
    CarePlan,
    Report,
    Image,
    Instructions,
}

impl ItemKind {
    pub fn word(self) -> &'static str {
        match self {
            Self::LabTrend => "lab_trend",
            Self::LabResult => "lab_result",
            Self::VitalSigns => "vital_signs",
            Self::Medications => "medications",
            Self::Allergies => "allergies",
            Self::Conditions => "conditions",
            Self::Immunizations => "immunizations",
            Self::CarePlan => "care_plan",
            Self::Report => "report",
            Self::Image => "image",
            Self::Instructions => "instructions",
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
    LabResult(lab_result::LabResult),
    VitalSigns(vital_signs::VitalSigns),
    Medications(medications::Medications),
    Allergies(allergies::Allergies),
    Conditions(conditions::Conditions),
    Immunizations(immunizations::Immunizations),
    CarePlan(care_plan::CarePlan),
    Report(report::Report),
    Image(image::Image),
    Instructions(Instructions),
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

/// Lays out what can be shown: abnormal results first, then the other results, each recent first; then vital signs, the lists, reports, and pictures.
pub fn lay_out(facts: &Facts, language: Language) -> Shelf {
    let mut skipped = facts.skipped.clone();
    let measured = measured::sort(&facts.observations, &mut skipped);
    let mut showable = lab_trend::labs(&measured.labs, language, &mut skipped);
    showable.extend(vital_signs::trends(&measured.vitals, language, &mut skipped));
    showable.extend(medications::list(facts, language, &mut skipped));
    showable.extend(allergies::list(facts, language, &mut skipped));
    showable.extend(conditions::list(facts, language, &mut skipped));
    showable.extend(immunizations::list(facts, language, &mut skipped));
    showable.extend(care_plan::list(facts, language, &mut skipped));
    showable.extend(report::list(&facts.reports, language, &mut skipped));
    showable.extend(image::list(facts, language, &mut skipped));
    Shelf { showable, skipped }
}
