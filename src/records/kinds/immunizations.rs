//! Vaccines: what is due, if the record says so, and what was given. Nothing is worked out here: a schedule is medicine.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Content, ItemKind, RecordItem, Showable, vaccine_names};
use crate::records::facts::Facts;
use crate::records::fhir::immunization::Immunization;
use crate::records::fhir::immunization_recommendation::{ImmunizationRecommendation, Recommended};
use crate::records::skip::{Reason, Skipped};
use crate::records::words::{Language, words};

#[derive(Clone, Serialize)]
pub struct Immunizations {
    pub title: &'static str,
    pub due: Vec<Due>,
    pub given: Vec<Given>,
}

#[derive(Clone, Serialize)]
pub struct Due {
    pub name: String,
    pub status: DueStatus,
    /// As far as it is known: a year, a month or a day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DueStatus {
    Overdue,
    Due,
}

#[derive(Clone, Serialize)]
pub struct Given {
    pub name: String,
    /// Recent first, as far as they are known.
    pub dates: Vec<String>,
}

pub fn list(facts: &Facts, language: Language, skipped: &mut Skipped) -> Option<Showable> {
    let mut by_name: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for immunization in &facts.immunizations {
        match given(immunization, language) {
            Ok((name, date)) => by_name.entry(name).or_default().push(date),
            Err(reason) => skipped.add("Immunization", reason),
        }
    }
    let mut given: Vec<Given> = by_name.into_iter().map(|(name, dates)| Given { name, dates }).collect();
    for one in &mut given {
        one.dates.sort_by(|a, b| b.cmp(a));
        one.dates.dedup();
    }
    given.sort_by(|a, b| (&b.dates, &a.name).cmp(&(&a.dates, &b.name)));
    let due = due(facts, &given, language, skipped);
    let lost = skipped.losses_of(&["Immunization", "ImmunizationRecommendation"]);
    (!due.is_empty() || !given.is_empty()).then(|| showable(due, given, lost, language))
}

fn given(immunization: &Immunization, language: Language) -> Result<(String, String), Reason> {
    match immunization.status.as_deref() {
        Some("completed") => {}
        Some("entered-in-error") => return Err(Reason::EnteredInError),
        _ => return Err(Reason::NotDone),
    }
    let name = vaccine_names::name(&immunization.vaccine_code, language).ok_or(Reason::NoName)?;
    let date = immunization.occurrence_date_time.as_ref().and_then(|date| date.known()).ok_or(Reason::NoDate)?;
    Ok((name, date))
}

/// Of the newest recommendation. What was given since it was worked out is not due any more.
fn due(facts: &Facts, given: &[Given], language: Language, skipped: &mut Skipped) -> Vec<Due> {
    let worked_out = |advice: &ImmunizationRecommendation| advice.date.as_ref().and_then(|date| date.known());
    let newest = facts.advice.iter().filter_map(|advice| Some((worked_out(advice)?, advice))).max_by(|a, b| a.0.cmp(&b.0));
    for _ in 1..facts.advice.len() {
        skipped.add("ImmunizationRecommendation", Reason::Repeated);
    }
    let Some((day, advice)) = newest else {
        if !facts.advice.is_empty() {
            skipped.add("ImmunizationRecommendation", Reason::NoDate);
        }
        return Vec::new();
    };
    let is_given = |name: &str| given.iter().any(|one| one.name == name && one.dates.first().is_some_and(|date| *date >= day));
    let recommended = advice.recommendation.iter().filter_map(|one| recommended(one, language));
    let mut due: Vec<Due> = recommended.filter(|one| !is_given(&one.name)).collect();
    due.sort_by(|a, b| (a.status, &a.by, &a.name).cmp(&(b.status, &b.by, &b.name)));
    due
}

fn recommended(one: &Recommended, language: Language) -> Option<Due> {
    let status = match () {
        () if one.forecast_status.says("overdue") => DueStatus::Overdue,
        () if one.forecast_status.says("due") => DueStatus::Due,
        () => return None,
    };
    let name = one.vaccine_code.first().or(one.target_disease.as_ref()).and_then(|code| vaccine_names::name(code, language))?;
    Some(Due { name, status, by: one.due().and_then(|date| date.known()) })
}

fn showable(due: Vec<Due>, given: Vec<Given>, lost: usize, language: Language) -> Showable {
    let title = words("Your vaccines", "Sus vacunas").in_language(language);
    let subtitle = match (due.len(), language) {
        (0, Language::En) => format!("{} kinds given", given.len()),
        (0, Language::Es) => format!("{} tipos puestos", given.len()),
        (count, Language::En) => format!("{count} due, {} kinds given", given.len()),
        (count, Language::Es) => format!("{count} pendientes, {} tipos puestos", given.len()),
    };
    let item = RecordItem::of_list(
        (ItemKind::Immunizations, title),
        subtitle,
        (lost, language),
        given.iter().filter_map(|one| one.dates.first()),
    );
    Showable { item, content: Content::Immunizations(Immunizations { title, due, given }) }
}
