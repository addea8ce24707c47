//! Goals in words: what is to be reached, by how much, by when, and whether it was.

use serde::Serialize;

use super::number::said;
use super::units::MeasuredIn;
use super::{lab_names, phrasebook, vital_names};
use crate::records::fhir::datatypes::{Concept, LOINC, Quantity, Range};
use crate::records::fhir::goal::{Goal, Target};
use crate::records::skip::{Reason, Skipped};
use crate::records::words::{Language, words};

#[derive(Clone, Serialize)]
pub struct Aim {
    pub name: String,
    /// `Weight: at most 80 kg`.
    pub targets: Vec<String>,
    /// As far as it is known: a year, a month or a day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    pub reached: bool,
}

/// Those that are open first.
pub fn aims(goals: &[Goal], language: Language, skipped: &mut Skipped) -> Vec<Aim> {
    let mut aims = Vec::new();
    for goal in goals {
        match aim(goal, language) {
            Ok(aim) => aims.push(aim),
            Err(reason) => skipped.add("Goal", reason),
        }
    }
    aims.sort_by(|a, b| (a.reached, &a.by, &a.name).cmp(&(b.reached, &b.by, &b.name)));
    aims
}

fn aim(goal: &Goal, language: Language) -> Result<Aim, Reason> {
    match goal.lifecycle_status.as_deref() {
        Some("active" | "accepted" | "planned" | "on-hold" | "completed") => {}
        Some("proposed") => return Err(Reason::NotAnOrder),
        Some("entered-in-error") => return Err(Reason::EnteredInError),
        _ => return Err(Reason::NotCurrent),
    }
    let name = phrasebook::activity(&goal.description, language).ok_or(Reason::NoName)?;
    let is = |code: &str| goal.achievement_status.says(code);
    let by = goal.target.iter().filter_map(|target| target.due_date.as_ref()?.known()).max();
    let targets = goal.target.iter().filter_map(|target| in_words(target, language)).collect();
    Ok(Aim { name, targets, by, reached: is("achieved") || is("sustaining") })
}

/// What is measured is named, or there is no number: `below 7 %` of what?
fn in_words(target: &Target, language: Language) -> Option<String> {
    let measured = measure(target.measure.as_ref()?, language)?;
    let amount = match (&target.detail_quantity, &target.detail_range) {
        (Some(quantity), None) => quantity_words(quantity, language)?,
        (None, Some(range)) => range_words(range, language)?,
        _ => return None,
    };
    Some(format!("{measured}: {amount}"))
}

fn measure(code: &Concept, language: Language) -> Option<String> {
    let loinc = code.code_in(LOINC).unwrap_or_default();
    if let Some(lab) = lab_names::known(loinc, language) {
        return Some(lab.to_owned());
    }
    code.name().map(|display| vital_names::name(loinc, &display, language))
}

fn amount(quantity: &Quantity, language: Language) -> Option<String> {
    Some(format!("{} {}", said(quantity.value?), MeasuredIn::of(quantity).written(language)).trim_end().to_owned())
}

fn quantity_words(quantity: &Quantity, language: Language) -> Option<String> {
    let amount = amount(quantity, language)?;
    let compared = match quantity.comparator.as_deref() {
        None => return Some(amount),
        Some("<") => words("below", "menos de"),
        Some("<=") => words("at most", "como máximo"),
        Some(">") => words("above", "más de"),
        Some(">=") => words("at least", "como mínimo"),
        Some(_) => return None,
    };
    Some(format!("{} {amount}", compared.in_language(language)))
}

fn range_words(range: &Range, language: Language) -> Option<String> {
    let joined = |low: &Quantity, high: &Quantity| {
        let (low, high) = (said(low.value?), amount(high, language)?);
        Some(match language {
            Language::En => format!("{low} to {high}"),
            Language::Es => format!("de {low} a {high}"),
        })
    };
    match (&range.low, &range.high) {
        (Some(low), Some(high)) => joined(low, high),
        (Some(low), None) => {
            Some(format!("{} {}", words("at least", "como mínimo").in_language(language), amount(low, language)?))
        }
        (None, Some(high)) => {
            Some(format!("{} {}", words("at most", "como máximo").in_language(language), amount(high, language)?))
        }
        (None, None) => None,
    }
}
