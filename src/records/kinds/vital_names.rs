//! Plain names for vital signs, by LOINC code, and which codes are the two numbers of a blood pressure.

use super::lab_names::readable;
use crate::records::words::{Language, Words, words};

pub struct Vital {
    codes: &'static [&'static str],
    name: Words,
}

const fn vital(codes: &'static [&'static str], en: &'static str, es: &'static str) -> Vital {
    Vital { codes, name: words(en, es) }
}

/// The panel; each of its numbers is a component.
pub const BLOOD_PRESSURE: [&str; 2] = ["85354-9", "55284-4"];
pub const SYSTOLIC: &str = "8480-6";
pub const DIASTOLIC: &str = "8462-4";

const VITALS: &[Vital] = &[
    vital(&BLOOD_PRESSURE, "Blood pressure", "Presión arterial"),
    vital(&[SYSTOLIC], "Blood pressure, upper number", "Presión arterial, número de arriba"),
    vital(&[DIASTOLIC], "Blood pressure, lower number", "Presión arterial, número de abajo"),
    vital(&["8867-4"], "Heart rate", "Latidos del corazón"),
    vital(&["2708-6", "59408-5"], "Oxygen in the blood", "Oxígeno en la sangre"),
    vital(&["8310-5", "8331-1"], "Temperature", "Temperatura"),
    vital(&["9279-1"], "Breathing rate", "Respiraciones"),
    vital(&["29463-7", "3141-9"], "Weight", "Peso"),
    vital(&["8302-2"], "Height", "Estatura"),
    vital(&["39156-5"], "Body mass index (BMI)", "Índice de masa corporal (IMC)"),
    vital(&["72514-3"], "Pain, from 0 to 10", "Dolor, de 0 a 10"),
    vital(&["9843-4", "8287-5"], "Head size", "Tamaño de la cabeza"),
];

pub fn find(loinc: &str) -> Option<&'static Vital> {
    VITALS.iter().find(|vital| vital.codes.contains(&loinc))
}

pub fn name(loinc: &str, code_words: &str, language: Language) -> String {
    find(loinc).map_or_else(|| readable(code_words), |vital| vital.name.in_language(language).to_owned())
}

/// One code for a vital sign that has several.
pub fn canonical(loinc: &str) -> &str {
    find(loinc).map_or(loinc, |vital| vital.codes[0])
}

pub const UPPER: Words = words("Upper number (systolic)", "Número de arriba (sistólica)");
pub const LOWER: Words = words("Lower number (diastolic)", "Número de abajo (diastólica)");
