//! Laboratory results as trends: one for each test and unit. Flags and ranges are the laboratory's own; where it gave none, none
//! is made up, since a range depends on method, age and sex.

use std::collections::{BTreeMap, HashMap};

use ring::digest::{SHA256, digest};
use serde::Serialize;

use super::number::{rounded, said};
use super::units::MeasuredIn;
use super::{Content, Flag, ItemKind, RecordItem, Showable, lab_names};
use crate::records::fhir::datatypes::{Concept, LOINC, Quantity};
use crate::records::fhir::observation::{Observation, ReferenceRange};
use crate::records::skip::{Reason, Skipped};
use crate::records::words::{Language, words};

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
    pub reference: Reference,
    pub newest: Point,
    /// Oldest first, as a chart is drawn.
    pub points: Vec<Point>,
}

/// The newest result's own range.
#[derive(Clone, Default, PartialEq, Serialize)]
pub struct Reference {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    pub words: String,
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
    range: Option<(Option<f64>, Option<f64>)>,
    of: &'o Observation,
}

pub fn trends(observations: &[Observation], language: Language, skipped: &mut Skipped) -> Vec<Showable> {
    let mut series: BTreeMap<Series, Vec<Measured>> = BTreeMap::new();
    for observation in observations {
        match measured(observation) {
            Ok((name, result)) => series.entry(name).or_default().push(result),
            Err(reason) => skipped.add("Observation", reason),
        }
    }
    let mut trends: Vec<Showable> = series.into_iter().map(|(name, results)| trend(&name, results, language)).collect();
    tell_apart(&mut trends);
    trends.sort_by(|a, b| order(&a.item).cmp(&order(&b.item)));
    trends
}

fn measured(observation: &Observation) -> Result<(Series, Measured<'_>), Reason> {
    check_status(observation.status.as_deref())?;
    let (system, code) = code(&observation.code).ok_or(Reason::NoName)?;
    if !is_lab(observation, &code) {
        return Err(Reason::NotALab);
    }
    let (value, unit) = number(observation)?;
    let taken = observation.taken().ok_or(Reason::NoDate)?;
    let at = taken.day().ok_or(Reason::NoDate)?;
    let range = range(&observation.reference_range, &unit);
    let flag = judged(&observation.interpretation).or_else(|| by_range(value, range?));
    let point = Point { value: rounded(value), at, flag };
    Ok((Series { system, code, unit }, Measured { point, millis: taken.millis(), range, of: observation }))
}

fn check_status(status: Option<&str>) -> Result<(), Reason> {
    match status {
        Some("final" | "amended" | "corrected") => Ok(()),
        Some("entered-in-error") => Err(Reason::EnteredInError),
        _ => Err(Reason::NotFinal),
    }
}

/// LOINC where there is one; without any code, the name.
fn code(concept: &Concept) -> Option<(String, String)> {
    if let Some(loinc) = concept.code_in(LOINC) {
        return Some((LOINC.to_owned(), loinc.to_owned()));
    }
    let coded = concept.coding.iter().find_map(|coding| Some((coding.system.clone().unwrap_or_default(), coding.code.clone()?)));
    coded.or_else(|| Some((String::new(), concept.name()?)))
}

fn is_lab(observation: &Observation, code: &str) -> bool {
    let says_so = observation.category.iter().any(|category| category.says("laboratory"));
    says_so || (observation.category.is_empty() && lab_names::known(code, Language::En).is_some())
}

fn number(observation: &Observation) -> Result<(f64, MeasuredIn), Reason> {
    if let Some(quantity) = &observation.value_quantity {
        if quantity.comparator.is_some() {
            return Err(Reason::NotExact);
        }
        return Ok((quantity.value.ok_or(Reason::NoNumber)?, MeasuredIn::of(quantity)));
    }
    let whole = observation.value_integer.ok_or(Reason::NoNumber)?;
    Ok((whole.into(), MeasuredIn::none()))
}

/// The one range that is for everyone, in the value's own unit. Of several for different people we cannot know which is meant.
fn range(ranges: &[ReferenceRange], unit: &MeasuredIn) -> Option<(Option<f64>, Option<f64>)> {
    let is_usual = |kind: &Option<Concept>| kind.as_ref().is_none_or(|kind| kind.says("normal"));
    let mut usual = ranges.iter().filter(|range| is_usual(&range.kind) && (range.low.is_some() || range.high.is_some()));
    let range = usual.next()?;
    if usual.next().is_some() || !range.applies_to.is_empty() || range.age.is_some() {
        return None;
    }
    let bound = |bound: &Option<Quantity>| match bound {
        None => Some(None),
        Some(quantity) => {
            let same_unit = (quantity.code.is_none() && quantity.unit.is_none()) || MeasuredIn::of(quantity) == *unit;
            (same_unit && quantity.comparator.is_none()).then_some(quantity.value)
        }
    };
    let (low, high) = (bound(&range.low)?, bound(&range.high)?);
    let is_upside_down = matches!((low, high), (Some(low), Some(high)) if low > high);
    ((low.is_some() || high.is_some()) && !is_upside_down).then_some((low, high))
}

/// The laboratory's own judgement. "Abnormal" alone has no direction: the range decides.
fn judged(interpretation: &[Concept]) -> Option<Flag> {
    let says = |codes: &[&str]| interpretation.iter().any(|concept| codes.iter().any(|code| concept.says(code)));
    let (high, low) = (says(&["H", "HH", "HU", "HX"]), says(&["L", "LL", "LU", "LX"]));
    match (high, low, says(&["N"])) {
        (true, false, _) => Some(Flag::High),
        (false, true, _) => Some(Flag::Low),
        (false, false, true) => Some(Flag::Normal),
        _ => None,
    }
}

fn by_range(value: f64, (low, high): (Option<f64>, Option<f64>)) -> Option<Flag> {
    let is_below = low.is_some_and(|low| value < low);
    let is_above = high.is_some_and(|high| value > high);
    match (is_below, is_above) {
        (true, _) => Some(Flag::Low),
        (_, true) => Some(Flag::High),
        _ => Some(Flag::Normal),
    }
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
        id: item_id(name),
        kind: ItemKind::LabTrend,
        title: title.clone(),
        subtitle: Some(subtitle(&newest, &unit, count, language)),
        newest_at: Some(newest.at.clone()),
        flag,
    };
    let mut points: Vec<Point> = results.into_iter().take(MOST_POINTS).map(|result| result.point).collect();
    points.reverse();
    let unit_words = name.unit.meaning(language);
    Showable { item, content: Content::LabTrend(LabTrend { title, code_words, unit, unit_words, reference, newest, points }) }
}

/// Stable for a test and unit, and not readable where it is stored.
fn item_id(series: &Series) -> String {
    let text = format!("{}\n{}\n{}", series.system, series.code, series.unit.as_str());
    let hash = data_encoding::HEXLOWER.encode(digest(&SHA256, text.as_bytes()).as_ref());
    format!("lab-{}", &hash[..16])
}

fn subtitle(newest: &Point, unit: &str, count: usize, language: Language) -> String {
    let value = with_unit(newest.value, unit);
    match (count, language) {
        (1, Language::En) => format!("{value}, 1 result"),
        (1, Language::Es) => format!("{value}, 1 resultado"),
        (_, Language::En) => format!("{value}, {count} results"),
        (_, Language::Es) => format!("{value}, {count} resultados"),
    }
}

fn with_unit(value: f64, unit: &str) -> String {
    format!("{} {unit}", said(value)).trim_end().to_owned()
}

fn reference(range: Option<(Option<f64>, Option<f64>)>, unit: &str, language: Language) -> Reference {
    let (low, high) = range.unwrap_or_default();
    let value = |value| with_unit(value, unit);
    let words = match (low, high, language) {
        (Some(low), Some(high), Language::En) => format!("Usual: {} to {}", said(low), value(high)),
        (Some(low), Some(high), Language::Es) => format!("Habitual: de {} a {}", said(low), value(high)),
        (Some(low), None, Language::En) => format!("Usual: {} or more", value(low)),
        (Some(low), None, Language::Es) => format!("Habitual: {} o más", value(low)),
        (None, Some(high), Language::En) => format!("Usual: {} or less", value(high)),
        (None, Some(high), Language::Es) => format!("Habitual: {} o menos", value(high)),
        (None, None, _) => NO_RANGE.in_language(language).to_owned(),
    };
    Reference { low, high, words }
}

const NO_RANGE: crate::records::words::Words = words(
    "The laboratory gave no usual range with this result.",
    "El laboratorio no dio un intervalo habitual con este resultado.",
);

/// Two trends of one name (another method, another unit) say what the record calls them.
fn tell_apart(trends: &mut [Showable]) {
    let mut titles: HashMap<String, usize> = HashMap::new();
    for trend in trends.iter() {
        *titles.entry(trend.item.title.clone()).or_default() += 1;
    }
    for trend in trends.iter_mut().filter(|trend| titles[&trend.item.title] > 1) {
        if let (Some(subtitle), Content::LabTrend(content)) = (&mut trend.item.subtitle, &trend.content) {
            subtitle.push_str(", ");
            subtitle.push_str(&content.code_words);
        }
    }
}

fn order(item: &RecordItem) -> (bool, std::cmp::Reverse<&Option<String>>, &str) {
    let is_abnormal = matches!(item.flag, Some(Flag::High | Flag::Low));
    (!is_abnormal, std::cmp::Reverse(&item.newest_at), &item.title)
}
