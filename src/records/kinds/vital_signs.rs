//! Vital signs over time: one item a sign and unit; a blood pressure is one item with two lines. No range is made up: what is usual
//! depends on age and on what was agreed with the patient.

use std::collections::BTreeMap;

use serde::Serialize;

use super::measured::{Reference, by_range, code, item_id, judged, number, range, reference};
use super::number::{rounded, said};
use super::units::MeasuredIn;
use super::{Content, Flag, ItemKind, RecordItem, Showable, vital_names};
use crate::records::fhir::observation::Observation;
use crate::records::skip::{Reason, Skipped};
use crate::records::words::Language;

/// A chart and a phone hold no more; the newest are kept.
const MOST_POINTS: usize = 60;

#[derive(Clone, Serialize)]
pub struct VitalSigns {
    pub title: String,
    pub unit: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_words: Option<&'static str>,
    /// What each number of a point is; one without a name where there is only one.
    pub lines: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<Reference>,
    pub newest: Reading,
    /// Oldest first, as a chart is drawn.
    pub points: Vec<Reading>,
}

#[derive(Clone, PartialEq, Serialize)]
pub struct Reading {
    pub at: String,
    /// As many as there are lines.
    pub values: Vec<f64>,
    pub flag: Option<Flag>,
}

/// What makes readings comparable.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Series {
    code: String,
    unit: MeasuredIn,
}

struct Taken<'o> {
    reading: Reading,
    millis: i64,
    of: &'o Observation,
}

pub fn trends(vitals: &[&Observation], language: Language, skipped: &mut Skipped) -> Vec<Showable> {
    let mut series: BTreeMap<Series, Vec<Taken>> = BTreeMap::new();
    for observation in vitals {
        match taken(observation) {
            Ok((name, taken)) => series.entry(name).or_default().push(taken),
            Err(reason) => skipped.add("Observation", reason),
        }
    }
    let mut trends: Vec<Showable> = series.into_iter().map(|(name, readings)| trend(&name, readings, language)).collect();
    trends.sort_by(|a, b| (&b.item.newest_at, &a.item.title).cmp(&(&a.item.newest_at, &b.item.title)));
    trends
}

fn taken(observation: &Observation) -> Result<(Series, Taken<'_>), Reason> {
    let (_, code) = code(&observation.code).ok_or(Reason::NoName)?;
    let (values, unit) = values(observation, &code)?;
    let when = observation.taken().ok_or(Reason::NoDate)?;
    let at = when.day().ok_or(Reason::NoDate)?;
    let by_own_range = || by_range(*values.first().filter(|_| values.len() == 1)?, range(&observation.reference_range, &unit)?);
    let flag = judged(&observation.interpretation).or_else(by_own_range);
    let reading = Reading { at, values: values.iter().map(|value| rounded(*value)).collect(), flag };
    let code = vital_names::canonical(&code).to_owned();
    Ok((Series { code, unit }, Taken { reading, millis: when.millis(), of: observation }))
}

/// One number, or the two of a blood pressure; half of a blood pressure is none.
fn values(observation: &Observation, code: &str) -> Result<(Vec<f64>, MeasuredIn), Reason> {
    if !vital_names::BLOOD_PRESSURE.contains(&code) {
        let (value, unit) = number(observation.value_quantity.as_ref(), observation.value_integer)?;
        return Ok((vec![value], unit));
    }
    let part = |loinc: &str| {
        let part = observation.component.iter().find(|part| part.code.says(loinc)).ok_or(Reason::NoNumber)?;
        number(part.value_quantity.as_ref(), None)
    };
    let ((upper, unit), (lower, other)) = (part(vital_names::SYSTOLIC)?, part(vital_names::DIASTOLIC)?);
    if unit == other { Ok((vec![upper, lower], unit)) } else { Err(Reason::NoNumber) }
}

fn trend(name: &Series, mut readings: Vec<Taken>, language: Language) -> Showable {
    readings.sort_by(|a, b| (&b.reading.at, b.millis).cmp(&(&a.reading.at, a.millis)));
    let count = readings.len();
    let newest = &readings[0];
    let title = vital_names::name(&name.code, &newest.of.code.name().unwrap_or_else(|| name.code.clone()), language);
    let unit = name.unit.written(language);
    let own_range = range(&newest.of.reference_range, &name.unit).filter(|_| newest.reading.values.len() == 1);
    let reference = own_range.map(|range| reference(Some(range), &unit, language));
    let newest = newest.reading.clone();
    let item = RecordItem {
        id: item_id("vital", &[&name.code, name.unit.as_str()]),
        kind: ItemKind::VitalSigns,
        title: title.clone(),
        subtitle: Some(subtitle(&newest, &unit, count, language)),
        newest_at: Some(newest.at.clone()),
        flag: newest.flag,
    };
    let lines = match newest.values.len() {
        2 => vec![vital_names::UPPER.in_language(language), vital_names::LOWER.in_language(language)],
        _ => vec![""],
    };
    let mut points: Vec<Reading> = readings.into_iter().take(MOST_POINTS).map(|taken| taken.reading).collect();
    points.reverse();
    let unit_words = name.unit.meaning(language);
    Showable { item, content: Content::VitalSigns(VitalSigns { title, unit, unit_words, lines, reference, newest, points }) }
}

fn subtitle(newest: &Reading, unit: &str, count: usize, language: Language) -> String {
    let value = newest.values.iter().map(|value| said(*value)).collect::<Vec<_>>().join("/");
    let value = format!("{value} {unit}").trim_end().to_owned();
    match (count, language) {
        (1, Language::En) => format!("{value}, measured once"),
        (1, Language::Es) => format!("{value}, medido una vez"),
        (_, Language::En) => format!("{value}, measured {count} times"),
        (_, Language::Es) => format!("{value}, medido {count} veces"),
    }
}
