//! The medication list: what is taken now first, then what is paused or was stopped, each recent first.

use std::collections::HashSet;

use serde::Serialize;

use super::{Content, ItemKind, RecordItem, Showable, dose};
use crate::records::facts::Facts;
use crate::records::fhir::medication_request::MedicationRequest;
use crate::records::fhir::medication_statement::MedicationStatement;
use crate::records::skip::{Reason, Skipped};
use crate::records::words::{Language, words};

#[derive(Clone, Serialize)]
pub struct Medications {
    pub title: &'static str,
    pub items: Vec<Medicine>,
}

#[derive(Clone, Serialize)]
pub struct Medicine {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dose_words: Option<String>,
    /// As far as it is known: a year, a month or a day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    pub status: Status,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Active,
    OnHold,
    Stopped,
    Completed,
}

pub fn list(facts: &Facts, language: Language, skipped: &mut Skipped) -> Option<Showable> {
    let mut items = Vec::new();
    for request in &facts.requests {
        match requested(request, language) {
            Ok(medicine) => items.push(medicine),
            Err(reason) => skipped.add("MedicationRequest", reason),
        }
    }
    for statement in &facts.statements {
        match stated(statement, language) {
            Ok(medicine) => items.push(medicine),
            Err(reason) => skipped.add("MedicationStatement", reason),
        }
    }
    let total = items.len();
    items = in_order(items);
    for _ in items.len()..total {
        skipped.add("MedicationRequest", Reason::Repeated);
    }
    let lost = skipped.losses_of(&["MedicationRequest", "MedicationStatement", "Medication"]);
    (!items.is_empty()).then(|| showable(items, lost, language))
}

fn requested(request: &MedicationRequest, language: Language) -> Result<Medicine, Reason> {
    let is_draft = request.status.as_deref() == Some("draft");
    let status = if is_draft { Err(Reason::NotAnOrder) } else { status(request.status.as_deref()) }?;
    let is_order = request.intent.as_deref().is_some_and(|intent| intent.ends_with("order"));
    if request.do_not_perform || !is_order {
        return Err(Reason::NotAnOrder);
    }
    let name = request.medication_codeable_concept.as_ref().and_then(|drug| drug.name()).ok_or(Reason::NoName)?;
    let since = request.authored_on.as_ref().and_then(|date| date.known());
    Ok(Medicine { name, dose_words: dose::in_words(&request.dosage_instruction, language), since, status })
}

fn stated(statement: &MedicationStatement, language: Language) -> Result<Medicine, Reason> {
    let status = status(statement.status.as_deref())?;
    let name = statement.medication_codeable_concept.as_ref().and_then(|drug| drug.name()).ok_or(Reason::NoName)?;
    let since = statement.since().and_then(|date| date.known());
    Ok(Medicine { name, dose_words: dose::in_words(&statement.dosage, language), since, status })
}

fn status(word: Option<&str>) -> Result<Status, Reason> {
    match word {
        Some("active") => Ok(Status::Active),
        Some("on-hold") => Ok(Status::OnHold),
        Some("stopped") => Ok(Status::Stopped),
        Some("completed") => Ok(Status::Completed),
        Some("entered-in-error") => Err(Reason::EnteredInError),
        _ => Err(Reason::NeverTaken),
    }
}

/// Active first, recent first. A refill says again what is on the list: of the same drug and dose the first in order stays, with
/// the earliest start of those that are taken now.
fn in_order(mut items: Vec<Medicine>) -> Vec<Medicine> {
    items.sort_by(|a, b| (a.status, &b.since, &a.name).cmp(&(b.status, &a.since, &b.name)));
    let mut known = HashSet::new();
    let mut kept: Vec<Medicine> = Vec::new();
    for item in items {
        if known.insert((item.name.clone(), item.dose_words.clone())) {
            kept.push(item);
        } else if let Some(first) = kept.iter_mut().find(|first| first.name == item.name && first.dose_words == item.dose_words)
            && first.status == item.status
            && item.since.is_some()
        {
            first.since = item.since;
        }
    }
    kept
}

fn showable(items: Vec<Medicine>, lost: usize, language: Language) -> Showable {
    let title = words("Your medications", "Sus medicinas").in_language(language);
    let active = items.iter().filter(|item| item.status == Status::Active).count();
    let subtitle = match language {
        Language::En => format!("{active} taken now, {} in all", items.len()),
        Language::Es => format!("{active} en uso, {} en total", items.len()),
    };
    let item = RecordItem::of_list(
        (ItemKind::Medications, title),
        subtitle,
        (lost, language),
        items.iter().filter_map(|item| item.since.as_ref()),
    );
    Showable { item, content: Content::Medications(Medications { title, items }) }
}
