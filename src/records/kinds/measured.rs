//! What observations have in common: whether they count, what they measure, in which unit, and what the record itself says of the value.

use ring::digest::{SHA256, digest};
use serde::Serialize;

use super::number::said;
use super::units::MeasuredIn;
use super::{Flag, lab_names, vital_names};
use crate::records::fhir::datatypes::{Concept, LOINC, Quantity};
use crate::records::fhir::observation::{Observation, ReferenceRange};
use crate::records::skip::{Reason, Skipped};
use crate::records::words::{Language, Words, words};

/// The observations that can be shown, by what they are.
#[derive(Default)]
pub struct Sorted<'o> {
    pub labs: Vec<&'o Observation>,
    pub vitals: Vec<&'o Observation>,
}

pub fn sort<'o>(observations: &'o [Observation], skipped: &mut Skipped) -> Sorted<'o> {
    let mut sorted = Sorted::default();
    for observation in observations {
        match place(observation) {
            Ok(Place::Lab) => sorted.labs.push(observation),
            Ok(Place::Vital) => sorted.vitals.push(observation),
            Err(reason) => skipped.add("Observation", reason),
        }
    }
    sorted
}

enum Place {
    Lab,
    Vital,
}

fn place(observation: &Observation) -> Result<Place, Reason> {
    check_status(observation.status.as_deref())?;
    let (_, code) = code(&observation.code).ok_or(Reason::NoName)?;
    let is = |category: &str| observation.category.iter().any(|one| one.says(category));
    let is_unsaid = observation.category.is_empty();
    if is("vital-signs") || (is_unsaid && vital_names::find(&code).is_some()) {
        Ok(Place::Vital)
    } else if is("laboratory") || (is_unsaid && lab_names::known(&code, Language::En).is_some()) {
        Ok(Place::Lab)
    } else {
        Err(Reason::OtherCategory)
    }
}

pub fn check_status(status: Option<&str>) -> Result<(), Reason> {
    match status {
        Some("final" | "amended" | "corrected" | "appended") => Ok(()),
        Some("entered-in-error") => Err(Reason::EnteredInError),
        _ => Err(Reason::NotFinal),
    }
}

/// LOINC where there is one; without any code, the name.
pub fn code(concept: &Concept) -> Option<(String, String)> {
    if let Some(loinc) = concept.code_in(LOINC) {
        return Some((LOINC.to_owned(), loinc.to_owned()));
    }
    let coded = concept.coding.iter().find_map(|coding| Some((coding.system.clone().unwrap_or_default(), coding.code.clone()?)));
    coded.or_else(|| Some((String::new(), concept.name()?)))
}

pub fn number(quantity: Option<&Quantity>, integer: Option<i32>) -> Result<(f64, MeasuredIn), Reason> {
    if let Some(quantity) = quantity {
        if quantity.comparator.is_some() {
            return Err(Reason::NotExact);
        }
        return Ok((quantity.value.ok_or(Reason::NoNumber)?, MeasuredIn::of(quantity)));
    }
    Ok((integer.ok_or(Reason::NoNumber)?.into(), MeasuredIn::none()))
}

/// The lowest and the highest usual value.
pub type Bounds = (Option<f64>, Option<f64>);

/// The one range that is for everyone, in the value's own unit. Of several for different people we cannot know which is meant.
pub fn range(ranges: &[ReferenceRange], unit: &MeasuredIn) -> Option<Bounds> {
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
pub fn judged(interpretation: &[Concept]) -> Option<Flag> {
    let says = |codes: &[&str]| interpretation.iter().any(|concept| codes.iter().any(|code| concept.says(code)));
    let (high, low) = (says(&["H", "HH", "HU", "HX"]), says(&["L", "LL", "LU", "LX"]));
    match (high, low, says(&["N"])) {
        (true, false, _) => Some(Flag::High),
        (false, true, _) => Some(Flag::Low),
        (false, false, true) => Some(Flag::Normal),
        _ => None,
    }
}

pub fn by_range(value: f64, (low, high): Bounds) -> Option<Flag> {
    let is_below = low.is_some_and(|low| value < low);
    let is_above = high.is_some_and(|high| value > high);
    match (is_below, is_above) {
        (true, _) => Some(Flag::Low),
        (_, true) => Some(Flag::High),
        _ => Some(Flag::Normal),
    }
}

/// Stable for what it is made of, and not readable where it is stored.
pub fn item_id(kind: &str, parts: &[&str]) -> String {
    let hash = data_encoding::HEXLOWER.encode(digest(&SHA256, parts.join("\n").as_bytes()).as_ref());
    format!("{kind}-{}", &hash[..16])
}

pub fn with_unit(value: f64, unit: &str) -> String {
    format!("{} {unit}", said(value)).trim_end().to_owned()
}

/// A result's own range.
#[derive(Clone, Default, PartialEq, Serialize)]
pub struct Reference {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    pub words: String,
}

pub fn reference(range: Option<Bounds>, unit: &str, language: Language) -> Reference {
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

const NO_RANGE: Words = words(
    "The laboratory gave no usual range with this result.",
    "El laboratorio no dio un intervalo habitual con este resultado.",
);
