//! A single laboratory result: one number, or a result in words such as "Not detected", with the earlier ones of the same test.

use std::collections::BTreeMap;

use serde::Serialize;

use super::lab_trend::LabTrend;
use super::measured::{Reference, code, item_id, judged, with_unit};
use super::{Content, Flag, ItemKind, RecordItem, Showable, lab_names, phrasebook};
use crate::records::fhir::datatypes::LOINC;
use crate::records::fhir::observation::Observation;
use crate::records::skip::{Reason, Skipped};
use crate::records::words::Language;

/// Of a test in words; the newest are kept.
const MOST_EARLIER: usize = 20;

#[derive(Clone, Serialize)]
pub struct LabResult {
    pub title: String,
    /// What the record itself calls the test.
    pub code_words: String,
    pub unit: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_words: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<Reference>,
    pub result: Finding,
    /// Recent first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Finding>,
}

#[derive(Clone, PartialEq, Serialize)]
pub struct Finding {
    pub words: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    pub at: String,
    pub flag: Option<Flag>,
}

/// A trend of one point is a result.
pub fn of_one(trend: LabTrend) -> LabResult {
    let LabTrend { title, code_words, unit, unit_words, reference, newest, .. } = trend;
    let result = Finding { words: with_unit(newest.value, &unit), value: Some(newest.value), at: newest.at, flag: newest.flag };
    LabResult { title, code_words, unit, unit_words, reference: Some(reference), result, earlier: Vec::new() }
}

/// When a finding was made, what it says, and where it is written.
type Dated<'a> = (i64, Finding, &'a Observation);

/// Results in words, by test.
pub fn in_words(labs: &[&Observation], language: Language, skipped: &mut Skipped) -> Vec<Showable> {
    let mut tests: BTreeMap<(String, String), Vec<Dated<'_>>> = BTreeMap::new();
    for observation in labs.iter().filter(|observation| is_in_words(observation)) {
        match finding(observation, language) {
            Ok((test, millis, finding)) => tests.entry(test).or_default().push((millis, finding, observation)),
            Err(reason) => skipped.add("Observation", reason),
        }
    }
    tests.into_iter().map(|(test, findings)| result(&test, findings, language)).collect()
}

pub fn is_in_words(observation: &Observation) -> bool {
    observation.value_quantity.is_none() && observation.value_integer.is_none() && observation.value_codeable_concept.is_some()
}

fn finding(observation: &Observation, language: Language) -> Result<((String, String), i64, Finding), Reason> {
    let test = code(&observation.code).ok_or(Reason::NoName)?;
    let said = observation.value_codeable_concept.as_ref().and_then(|value| phrasebook::finding(value, language));
    let words = said.ok_or(Reason::NoNumber)?;
    let when = observation.taken().ok_or(Reason::NoDate)?;
    let at = when.day().ok_or(Reason::NoDate)?;
    Ok((test, when.millis(), Finding { words, value: None, at, flag: judged(&observation.interpretation) }))
}

fn result(test: &(String, String), mut findings: Vec<Dated<'_>>, language: Language) -> Showable {
    findings.sort_by(|a, b| (&b.1.at, b.0).cmp(&(&a.1.at, a.0)));
    let code_words = findings[0].2.code.name().unwrap_or_else(|| test.1.clone());
    let known = lab_names::known(&test.1, language).filter(|_| test.0 == LOINC);
    let title = known.map_or_else(|| lab_names::readable(&code_words), str::to_owned);
    let mut findings = findings.into_iter().map(|(_, finding, _)| finding);
    let result = findings.next().expect("a test has a result");
    let earlier: Vec<Finding> = findings.take(MOST_EARLIER).collect();
    let item = RecordItem {
        id: item_id("lab", &[&test.0, &test.1, "in words"]),
        kind: ItemKind::LabResult,
        title: title.clone(),
        subtitle: Some(result.words.clone()),
        newest_at: Some(result.at.clone()),
        flag: result.flag,
    };
    let content = LabResult { title, code_words, unit: String::new(), unit_words: None, reference: None, result, earlier };
    Showable { item, content: Content::LabResult(content) }
}
