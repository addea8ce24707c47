//! Laboratory results as trends: one for each test and unit. Flags and ranges are the laboratory's own; where it gave none, none
//! is made up, since a range depends on method, age and sex.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::lab_result::{self, is_in_words};
use super::measured::{Bounds, Reference, by_range, code, item_id, judged, number, range, reference, with_unit};
use super::number::rounded;
use super::units::MeasuredIn;
use super::{Content, Flag, ItemKind, RecordItem, Showable, lab_names};
use crate::records::fhir::datatypes::LOINC;
use crate::records::fhir::observation::Observation;
use crate::records::skip::{Reason, Skipped};
use crate::records::words::Language;

/// A chart and a phone hold no more; the newest are kept.
const MOST_POINTS: usize = 60;

#[derive(Clone, Serialize)]
pub struct LabTrend {
    pub title: String,
    /// What the record itself calls the test.
    pub code_words: String,
    pub unit: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_words: Option<&'static str>,
    /// The newest result's own range.
    pub reference: Reference,
    pub newest: Point,
    /// Oldest first, as a chart is drawn.
    pub points: Vec<Point>,
}

#[derive(Clone, PartialEq, Serialize)]
pub struct Point {
    pub value: f64,
    pub at: String,
    pub flag: Option<Flag>,
}

/// What makes results comparable: the same test in the same unit.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Series {
    system: String,
    code: String,
    unit: MeasuredIn,
}

struct Measured<'o> {
    point: Point,
    millis: i64,
    range: Option<Bounds>,
    of: &'o Observation,
}

/// Numbers as trends, or as a result where there is only one; words as results. Abnormal first, then recent first.
pub fn labs(labs: &[&Observation], language: Language, skipped: &mut Skipped) -> Vec<Showable> {
    let mut series: BTreeMap<Series, Vec<Measured>> = BTreeMap::new();
    for observation in labs.iter().filter(|observation| !is_in_words(observation)) {
        match measured(observation) {
            Ok((name, result)) => series.entry(name).or_default().push(result),
            Err(reason) => skipped.add("Observation", reason),
        }
    }
    let mut shown: Vec<Showable> = series.into_iter().map(|(name, results)| trend(&name, results, language)).collect();
    tell_apart(&mut shown);
    shown.extend(lab_result::in_words(labs, language, skipped));
    shown.sort_by(|a, b| order(&a.item).cmp(&order(&b.item)));
    shown
}

fn measured(observation: &Observation) -> Result<(Series, Measured<'_>), Reason> {
    let (system, code) = code(&observation.code).ok_or(Reason::NoName)?;
    let (value, unit) = number(observation.value_quantity.as_ref(), observation.value_integer)?;
    let taken = observation.taken().ok_or(Reason::NoDate)?;
    let at = taken.day().ok_or(Reason::NoDate)?;
    let range = range(&observation.reference_range, &unit);
    let flag = judged(&observation.interpretation).or_else(|| by_range(value, range?));
    let point = Point { value: rounded(value), at, flag };
    Ok((Series { system, code, unit }, Measured { point, millis: taken.millis(), range, of: observation }))
}

fn trend(name: &Series, mut results: Vec<Measured>, language: Language) -> Showable {
    results.sort_by(|a, b| (&b.point.at, b.millis).cmp(&(&a.point.at, a.millis)));
    let count = results.len();
    let newest = &results[0];
    let code_words = newest.of.code.name().unwrap_or_else(|| name.code.clone());
    let title = match lab_names::known(&name.code, language).filter(|_| name.system == LOINC) {
        Some(known) => known.to_owned(),
        None => lab_names::readable(&code_words),
    };
    let unit = name.unit.written(language);
    let reference = reference(newest.range, &unit, language);
    let (newest, flag) = (newest.point.clone(), newest.point.flag);
    let item = RecordItem {
        id: item_id("lab", &[&name.system, &name.code, name.unit.as_str()]),
        kind: if count == 1 { ItemKind::LabResult } else { ItemKind::LabTrend },
        title: title.clone(),
        subtitle: Some(subtitle(&newest, &unit, count, language)),
        newest_at: Some(newest.at.clone()),
        flag,
    };
    let mut points: Vec<Point> = results.into_iter().take(MOST_POINTS).map(|result| result.point).collect();
    points.reverse();
    let unit_words = name.unit.meaning(language);
    let trend = LabTrend { title, code_words, unit, unit_words, reference, newest, points };
    let content = if count == 1 { Content::LabResult(lab_result::of_one(trend)) } else { Content::LabTrend(trend) };
    Showable { item, content }
}

fn subtitle(newest: &Point, unit: &str, count: usize, language: Language) -> String {
    let value = with_unit(newest.value, unit);
    match (count, language) {
        (1, _) => value,
        (_, Language::En) => format!("{value}, {count} results"),
        (_, Language::Es) => format!("{value}, {count} resultados"),
    }
}

/// Two trends of one name (another method, another unit) say what the record calls them.
fn tell_apart(trends: &mut [Showable]) {
    let mut titles: HashMap<String, usize> = HashMap::new();
    for trend in trends.iter() {
        *titles.entry(trend.item.title.clone()).or_default() += 1;
    }
    for trend in trends.iter_mut().filter(|trend| titles[&trend.item.title] > 1) {
        let code_words = match &trend.content {
            Content::LabTrend(content) => &content.code_words,
            Content::LabResult(content) => &content.code_words,
            _ => continue,
        };
        if let Some(subtitle) = &mut trend.item.subtitle {
            subtitle.push_str(", ");
            subtitle.push_str(code_words);
        }
    }
}

fn order(item: &RecordItem) -> (bool, std::cmp::Reverse<&Option<String>>, &str) {
    let is_abnormal = matches!(item.flag, Some(Flag::High | Flag::Low));
    (!is_abnormal, std::cmp::Reverse(&item.newest_at), &item.title)
}
