//! A dose in words. It is said in full or not at all: half of a dose is worse than none.

use super::number::said;
use crate::records::fhir::datatypes::{Concept, Quantity, Range, SNOMED, one_line};
use crate::records::fhir::dosage::{Dosage, DoseAndRate, Repeat, RepeatOrMore, Timing};
use crate::records::words::{Language, Words, words};

/// `1 tablet by mouth, 2 times a day`. `None` where the record says more than we can put into words, or nothing.
pub fn in_words(dosages: &[Dosage], language: Language) -> Option<String> {
    let [dosage] = dosages else { return None };
    let amount = amount(&dosage.dose_and_rate, language)?;
    let often = dosage.timing.as_ref().map_or(Some(None), |timing| often(timing, language).map(Some))?;
    let as_needed = dosage.as_needed_boolean == Some(true) || dosage.as_needed_codeable_concept.is_some();
    let as_needed = as_needed.then(|| AS_NEEDED.in_language(language).to_owned());
    let taken = amount.map(|amount| with_route(&amount, dosage.route.as_ref(), language));
    // An amount without a word on how often is half a dose.
    if taken.is_some() && often.is_none() && as_needed.is_none() {
        return None;
    }
    let parts: Vec<String> = taken.into_iter().chain(often).chain(as_needed).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

const AS_NEEDED: Words = words("as needed", "cuando lo necesite");

/// The outer `None` is "cannot be said", the inner one "nothing is said".
fn amount(doses: &[DoseAndRate], language: Language) -> Option<Option<String>> {
    let dose = match doses {
        [] => return Some(None),
        [dose] => dose,
        _ => return None,
    };
    if dose.rate_ratio.is_some() || dose.rate_range.is_some() || dose.rate_quantity.is_some() {
        return None;
    }
    match (&dose.dose_quantity, &dose.dose_range) {
        (Some(quantity), None) => quantity_words(quantity, language).map(Some),
        (None, Some(range)) => range_words(range, language).map(Some),
        _ => None,
    }
}

fn quantity_words(quantity: &Quantity, language: Language) -> Option<String> {
    let value = quantity.value.filter(|value| *value > 0.0 && quantity.comparator.is_none())?;
    Some(format!("{} {}", said(value), form(quantity, value > 1.0, language)))
}

fn range_words(range: &Range, language: Language) -> Option<String> {
    let (low, high) = (range.low.as_ref()?, range.high.as_ref()?);
    let same_unit = low.unit == high.unit || low.unit.is_none();
    let most = quantity_words(high, language).filter(|_| same_unit)?;
    let joined = words("to", "a").in_language(language);
    Some(format!("{} {joined} {most}", said(low.value?)))
}

fn form(quantity: &Quantity, many: bool, language: Language) -> String {
    let spelled = quantity.unit.as_deref().or(quantity.code.as_deref()).unwrap_or("dose");
    let bare = spelled.trim_matches(['{', '}', '[', ']']).to_lowercase();
    let known = FORMS.iter().find(|(names, ..)| names.contains(&bare.as_str()));
    match known {
        Some((_, one, _)) if !many => one.in_language(language).to_owned(),
        Some((.., more)) => more.in_language(language).to_owned(),
        None => one_line(spelled),
    }
}

const FORMS: &[(&[&str], Words, Words)] = &[
    (&["dose", "doses", "1"], words("dose", "dosis"), words("doses", "dosis")),
    (&["tablet", "tablets", "tab", "tbl"], words("tablet", "tableta"), words("tablets", "tabletas")),
    (&["capsule", "capsules", "cap"], words("capsule", "cápsula"), words("capsules", "cápsulas")),
    (&["puff", "puffs", "actuat", "inhalation"], words("puff", "inhalación"), words("puffs", "inhalaciones")),
    (&["drop", "drops", "drp"], words("drop", "gota"), words("drops", "gotas")),
    (&["unit", "units", "iu", "u"], words("unit", "unidad"), words("units", "unidades")),
];

fn with_route(amount: &str, route: Option<&Concept>, language: Language) -> String {
    let code = route.and_then(|route| route.code_in(SNOMED));
    let known = ROUTES.iter().find(|(known, _)| Some(*known) == code);
    known.map_or_else(|| amount.to_owned(), |(_, route)| format!("{amount} {}", route.in_language(language)))
}

const ROUTES: &[(&str, Words)] = &[
    ("26643006", words("by mouth", "por la boca")),
    ("34206005", words("injected under the skin", "inyectada bajo la piel")),
    ("6064005", words("on the skin", "sobre la piel")),
    ("54485002", words("in the eye", "en el ojo")),
];

fn often(timing: &Timing, language: Language) -> Option<String> {
    if timing.event.is_some() {
        return None;
    }
    match &timing.repeat {
        Some(RepeatOrMore::More(_)) => None,
        Some(RepeatOrMore::Known(repeat)) => repeated(repeat, language),
        None => by_code(timing.code.as_ref()?, language),
    }
}

fn repeated(repeat: &Repeat, language: Language) -> Option<String> {
    let moments: Option<Vec<&str>> = repeat.when.iter().map(|when| moment(when, language)).collect();
    let moments = moments?.join(words(" and ", " y ").in_language(language));
    let often = match (repeat.frequency, repeat.period, repeat.period_unit.as_deref()) {
        (None, None, None) => None,
        (frequency, Some(period), Some(unit)) => Some(times_in(frequency.unwrap_or(1), period, unit, language)?),
        _ => return None,
    };
    match (often, moments.is_empty()) {
        (Some(often), true) => Some(often),
        (Some(often), false) => Some(format!("{often}, {moments}")),
        (None, false) => Some(moments),
        (None, true) => None,
    }
}

fn times_in(frequency: u32, period: f64, unit: &str, language: Language) -> Option<String> {
    let (one, many) = span(unit)?;
    let (one, many) = (one.in_language(language), many.in_language(language));
    let every = |count: &str| match language {
        Language::En => format!("every {count}{many}"),
        Language::Es => format!("cada {count}{many}"),
    };
    match (frequency, language) {
        (0, _) => None,
        _ if period <= 0.0 => None,
        (1, Language::En) if period == 1.0 => Some(format!("once {one}")),
        (1, Language::Es) if period == 1.0 => Some(format!("una vez {one}")),
        (1, _) => Some(every(&format!("{} ", said(period)))),
        (_, Language::En) if period == 1.0 => Some(format!("{frequency} times {one}")),
        (_, Language::Es) if period == 1.0 => Some(format!("{frequency} veces {one}")),
        (_, Language::En) => Some(format!("{frequency} times {}", every(&format!("{} ", said(period))))),
        (_, Language::Es) => Some(format!("{frequency} veces {}", every(&format!("{} ", said(period))))),
    }
}

fn span(unit: &str) -> Option<(Words, Words)> {
    Some(match unit {
        "h" => (words("an hour", "por hora"), words("hours", "horas")),
        "d" => (words("a day", "al día"), words("days", "días")),
        "wk" => (words("a week", "a la semana"), words("weeks", "semanas")),
        "mo" => (words("a month", "al mes"), words("months", "meses")),
        _ => return None,
    })
}

fn moment(when: &str, language: Language) -> Option<&'static str> {
    let said = match when {
        "MORN" => words("in the morning", "por la mañana"),
        "NOON" => words("at noon", "al mediodía"),
        "AFT" => words("in the afternoon", "por la tarde"),
        "EVE" => words("in the evening", "al final de la tarde"),
        "NIGHT" => words("at night", "por la noche"),
        "HS" => words("at bedtime", "al acostarse"),
        "C" => words("with meals", "con las comidas"),
        "CM" => words("with breakfast", "con el desayuno"),
        "CD" => words("with lunch", "con el almuerzo"),
        "CV" => words("with dinner", "con la cena"),
        "AC" => words("before meals", "antes de las comidas"),
        "PC" => words("after meals", "después de las comidas"),
        _ => return None,
    };
    Some(said.in_language(language))
}

fn by_code(code: &Concept, language: Language) -> Option<String> {
    let code = code.coding.iter().find_map(|coding| coding.code.as_deref())?;
    let (frequency, period, unit) = match code {
        "QD" => (1, 1.0, "d"),
        "BID" => (2, 1.0, "d"),
        "TID" => (3, 1.0, "d"),
        "QID" => (4, 1.0, "d"),
        "QOD" => (1, 2.0, "d"),
        "Q4H" => (1, 4.0, "h"),
        "Q6H" => (1, 6.0, "h"),
        "Q8H" => (1, 8.0, "h"),
        "AM" => return moment("MORN", language).map(str::to_owned),
        "BED" => return moment("HS", language).map(str::to_owned),
        _ => return None,
    };
    times_in(frequency, period, unit, language)
}
