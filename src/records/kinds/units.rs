//! Units: which spellings are the same unit, how a unit is written for people, and what it means.

use crate::records::fhir::datatypes::{Quantity, one_line};
use crate::records::words::{Language, Words, words};

struct Unit {
    /// UCUM, or the other spellings that laboratories use for it.
    spellings: &'static [&'static str],
    written: &'static str,
    meaning: Words,
}

const fn unit(spellings: &'static [&'static str], written: &'static str, en: &'static str, es: &'static str) -> Unit {
    Unit { spellings, written, meaning: words(en, es) }
}

const UNITS: &[Unit] = &[
    unit(&["%"], "%", "percent", "por ciento"),
    unit(&["mg/dL", "mg/dl"], "mg/dL", "milligrams in a deciliter", "miligramos por decilitro"),
    unit(&["ug/dL", "ug/dl", "mcg/dL"], "µg/dL", "micrograms in a deciliter", "microgramos por decilitro"),
    unit(&["ng/dL", "ng/dl"], "ng/dL", "nanograms in a deciliter", "nanogramos por decilitro"),
    unit(&["g/dL", "g/dl"], "g/dL", "grams in a deciliter", "gramos por decilitro"),
    unit(&["ng/mL", "ng/ml"], "ng/mL", "nanograms in a milliliter", "nanogramos por mililitro"),
    unit(&["pg/mL", "pg/ml"], "pg/mL", "picograms in a milliliter", "picogramos por mililitro"),
    unit(&["mmol/L", "mmol/l"], "mmol/L", "millimoles in a liter", "milimoles por litro"),
    unit(&["umol/L", "umol/l"], "µmol/L", "micromoles in a liter", "micromoles por litro"),
    unit(&["nmol/L", "nmol/l"], "nmol/L", "nanomoles in a liter", "nanomoles por litro"),
    unit(&["mmol/mol"], "mmol/mol", "millimoles in a mole", "milimoles por mol"),
    unit(&["meq/L", "mEq/L", "meq/l"], "mEq/L", "milliequivalents in a liter", "miliequivalentes por litro"),
    unit(&["U/L", "[IU]/L", "IU/L"], "U/L", "units in a liter", "unidades por litro"),
    unit(&["kU/L"], "kU/L", "thousand units in a liter", "miles de unidades por litro"),
    unit(
        &["m[IU]/L", "mIU/L", "u[IU]/mL", "uIU/mL"],
        "mIU/L",
        "thousandths of a unit in a liter",
        "milésimas de unidad por litro",
    ),
    unit(
        &["mL/min/{1.73_m2}", "mL/min/1.73m2", "mL/min/{1.73m2}", "mL/min/1.73 m2"],
        "mL/min/1.73 m²",
        "milliliters cleaned in a minute, for a person of usual size",
        "mililitros filtrados por minuto, para una persona de tamaño habitual",
    ),
    unit(&["10*3/uL", "10*3/ul", "K/uL"], "thousand/µL", "thousands in a microliter", "miles por microlitro"),
    unit(&["10*6/uL", "10*6/ul", "M/uL"], "million/µL", "millions in a microliter", "millones por microlitro"),
    unit(&["fL", "fl"], "fL", "femtoliters", "femtolitros"),
    unit(&["pg"], "pg", "picograms", "picogramos"),
    unit(&["mg/g"], "mg/g", "milligrams in a gram", "miligramos por gramo"),
    unit(&["mm/h"], "mm/h", "millimeters in an hour", "milímetros por hora"),
    unit(&["mm[Hg]", "mmHg", "mm Hg"], "mmHg", "millimeters of mercury", "milímetros de mercurio"),
    unit(&["/min", "{beats}/min", "{breaths}/min", "bpm", "beats/minute"], "/min", "times a minute", "veces por minuto"),
    unit(&["kg"], "kg", "kilograms", "kilogramos"),
    unit(&["[lb_av]", "lb", "lbs"], "lb", "pounds", "libras"),
    unit(&["cm"], "cm", "centimeters", "centímetros"),
    unit(&["[in_i]", "in"], "in", "inches", "pulgadas"),
    unit(&["kg/m2"], "kg/m²", "weight for height", "peso según la estatura"),
    unit(&["Cel"], "°C", "degrees Celsius", "grados Celsius"),
    unit(&["[degF]"], "°F", "degrees Fahrenheit", "grados Fahrenheit"),
    unit(&["{score}"], "", "points", "puntos"),
    unit(&["{INR}"], "INR", "a ratio without a unit", "una razón sin unidad"),
];

/// One unit, however it was spelled. Spellings that are not known to be the same are different units.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MeasuredIn(String);

impl MeasuredIn {
    pub fn of(quantity: &Quantity) -> Self {
        let spelled = quantity.code.as_deref().or(quantity.unit.as_deref()).unwrap_or_default();
        Self(find(spelled).map_or_else(|| one_line(spelled), |unit| unit.spellings[0].to_owned()))
    }

    pub fn none() -> Self {
        Self(String::new())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn written(&self, language: Language) -> String {
        match (find(&self.0).map(|unit| unit.written), language) {
            (Some("thousand/µL"), Language::Es) => "mil/µL".to_owned(),
            (Some("million/µL"), Language::Es) => "millón/µL".to_owned(),
            (Some(written), _) => written.to_owned(),
            (None, _) => self.0.clone(),
        }
    }

    pub fn meaning(&self, language: Language) -> Option<&'static str> {
        find(&self.0).map(|unit| unit.meaning.in_language(language))
    }
}

fn find(spelled: &str) -> Option<&'static Unit> {
    UNITS.iter().find(|unit| unit.spellings.contains(&spelled.trim()))
}
