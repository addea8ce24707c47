//! Allergies. "None recorded" is only said where the record was read whole: an unread entry might be the one that matters.

use std::collections::HashSet;

use serde::Serialize;

use super::{Content, ItemKind, RecordItem, Showable, phrasebook};
use crate::records::facts::Facts;
use crate::records::fhir::allergy_intolerance::{AllergyIntolerance, Reaction};
use crate::records::fhir::datatypes::SNOMED;
use crate::records::skip::{Reason, Skipped};
use crate::records::words::{Language, words};

#[derive(Clone, Serialize)]
pub struct Allergies {
    pub title: &'static str,
    pub items: Vec<Allergy>,
    pub none_recorded: bool,
}

#[derive(Clone, Serialize)]
pub struct Allergy {
    pub substance: String,
    pub reactions: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// As far as it is known: a year, a month or a day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Mild,
    Moderate,
    Severe,
}

/// SNOMED CT: no known allergy at all. "No known drug allergy" says less and stands on the list in its own words.
const NO_KNOWN_ALLERGY: &str = "716186003";

pub fn list(facts: &Facts, language: Language, skipped: &mut Skipped) -> Option<Showable> {
    let mut items = Vec::new();
    for allergy in &facts.allergies {
        match current(allergy, language) {
            Ok(Some(item)) => items.push(item),
            Ok(None) => {}
            Err(reason) => skipped.add("AllergyIntolerance", reason),
        }
    }
    let total = items.len();
    items.sort_by(|a, b| (b.severity, &b.since, &a.substance).cmp(&(a.severity, &a.since, &b.substance)));
    let mut known = HashSet::new();
    items.retain(|item| known.insert((item.substance.clone(), item.reactions.clone())));
    for _ in items.len()..total {
        skipped.add("AllergyIntolerance", Reason::Repeated);
    }
    let lost = skipped.losses_of(&["AllergyIntolerance"]);
    (!items.is_empty() || lost == 0).then(|| showable(items, lost, language))
}

/// The allergy as it is shown; `None` for the statement that there is none.
fn current(allergy: &AllergyIntolerance, language: Language) -> Result<Option<Allergy>, Reason> {
    if allergy.verification_status.says("entered-in-error") {
        return Err(Reason::EnteredInError);
    }
    if allergy.verification_status.says("refuted") {
        return Err(Reason::Refuted);
    }
    if allergy.clinical_status.says("inactive") || allergy.clinical_status.says("resolved") {
        return Err(Reason::NotCurrent);
    }
    let reacted_to = || allergy.reaction.iter().find_map(|reaction| reaction.substance.as_ref());
    let code = allergy.code.as_ref().or_else(reacted_to).ok_or(Reason::NoName)?;
    if code.code_in(SNOMED) == Some(NO_KNOWN_ALLERGY) {
        return Ok(None);
    }
    Ok(Some(Allergy {
        substance: phrasebook::substance(code, language).ok_or(Reason::NoName)?,
        reactions: reactions(&allergy.reaction, language),
        severity: allergy.reaction.iter().filter_map(severity).max(),
        since: allergy.since().and_then(|date| date.known()),
    }))
}

fn reactions(reactions: &[Reaction], language: Language) -> Vec<String> {
    let mut known = HashSet::new();
    let manifestations = reactions.iter().flat_map(|reaction| &reaction.manifestation);
    let said = manifestations.filter_map(|manifestation| phrasebook::reaction(manifestation, language));
    said.filter(|reaction| known.insert(reaction.clone())).collect()
}

fn severity(reaction: &Reaction) -> Option<Severity> {
    match reaction.severity.as_deref()? {
        "mild" => Some(Severity::Mild),
        "moderate" => Some(Severity::Moderate),
        "severe" => Some(Severity::Severe),
        _ => None,
    }
}

fn showable(items: Vec<Allergy>, lost: usize, language: Language) -> Showable {
    let title = words("Your allergies", "Sus alergias").in_language(language);
    let none_recorded = items.is_empty();
    let subtitle = match (items.len(), language) {
        (0, _) => words("None recorded", "Ninguna registrada").in_language(language).to_owned(),
        (count, Language::En) => format!("{count} recorded"),
        (1, Language::Es) => "1 registrada".to_owned(),
        (count, Language::Es) => format!("{count} registradas"),
    };
    let item = RecordItem::of_list(
        (ItemKind::Allergies, title),
        subtitle,
        (lost, language),
        items.iter().filter_map(|item| item.since.as_ref()),
    );
    Showable { item, content: Content::Allergies(Allergies { title, items, none_recorded }) }
}
