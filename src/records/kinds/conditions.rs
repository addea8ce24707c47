//! Health conditions: those the patient has now, then those of the past. What is only suspected is never shown: a list that a patient
//! keeps in mind is no place for a guess.

use std::collections::HashSet;

use serde::Serialize;

use super::{Content, ItemKind, RecordItem, Showable, phrasebook};
use crate::records::facts::Facts;
use crate::records::fhir::condition::Condition;
use crate::records::skip::{Reason, Skipped};
use crate::records::words::{Language, words};

#[derive(Clone, Serialize)]
pub struct Conditions {
    pub title: &'static str,
    pub items: Vec<Known>,
}

#[derive(Clone, Serialize)]
pub struct Known {
    pub name: String,
    pub status: Standing,
    /// As far as they are known: a year, a month or a day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    Now,
    Past,
}

pub fn list(facts: &Facts, language: Language, skipped: &mut Skipped) -> Option<Showable> {
    let mut items = Vec::new();
    for condition in &facts.conditions {
        match known(condition, language) {
            Ok(item) => items.push(item),
            Err(reason) => skipped.add("Condition", reason),
        }
    }
    let total = items.len();
    items.sort_by(|a, b| (a.status, &b.since, &a.name).cmp(&(b.status, &a.since, &b.name)));
    let mut names = HashSet::new();
    items.retain(|item| names.insert(item.name.clone()));
    for _ in items.len()..total {
        skipped.add("Condition", Reason::Repeated);
    }
    (!items.is_empty()).then(|| showable(items, skipped.losses_of(&["Condition"]), language))
}

fn known(condition: &Condition, language: Language) -> Result<Known, Reason> {
    let is_said = |code: &str| condition.verification_status.says(code);
    if is_said("entered-in-error") {
        return Err(Reason::EnteredInError);
    }
    if is_said("refuted") {
        return Err(Reason::Refuted);
    }
    if is_said("unconfirmed") || is_said("provisional") || is_said("differential") {
        return Err(Reason::NotConfirmed);
    }
    let name = condition.code.as_ref().and_then(|code| phrasebook::condition(code, language)).ok_or(Reason::NoName)?;
    let since = condition.since().and_then(|date| date.known());
    let until = condition.until().and_then(|date| date.known());
    Ok(Known { name, status: standing(condition), since, until })
}

fn standing(condition: &Condition) -> Standing {
    let says = |codes: &[&str]| codes.iter().any(|code| condition.clinical_status.says(code));
    let is_past =
        says(&["resolved", "inactive", "remission"]) || (condition.is_over() && !says(&["active", "recurrence", "relapse"]));
    if is_past { Standing::Past } else { Standing::Now }
}

fn showable(items: Vec<Known>, lost: usize, language: Language) -> Showable {
    let title = words("Your health conditions", "Sus problemas de salud").in_language(language);
    let now = items.iter().filter(|item| item.status == Standing::Now).count();
    let subtitle = match language {
        Language::En => format!("{now} now, {} in the past", items.len() - now),
        Language::Es => format!("{now} actuales, {} anteriores", items.len() - now),
    };
    let item = RecordItem::of_list(
        (ItemKind::Conditions, title),
        subtitle,
        (lost, language),
        items.iter().filter_map(|item| item.since.as_ref()),
    );
    Showable { item, content: Content::Conditions(Conditions { title, items }) }
}
