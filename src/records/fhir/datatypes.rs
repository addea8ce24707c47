//! The data types that resources share. No `Debug`: what they hold must not be printed.

use serde::Deserialize;

use super::date::FhirDate;

pub const LOINC: &str = "http://loinc.org";
pub const SNOMED: &str = "http://snomed.info/sct";

#[derive(Clone, Deserialize, PartialEq, Eq)]
pub struct Coding {
    pub system: Option<String>,
    pub code: Option<String>,
    pub display: Option<String>,
}

/// A CodeableConcept: one meaning, said in several code systems.
#[derive(Clone, Default, Deserialize, PartialEq, Eq)]
pub struct Concept {
    #[serde(default)]
    pub coding: Vec<Coding>,
    pub text: Option<String>,
}

impl Concept {
    /// The code in one system.
    pub fn code_in(&self, system: &str) -> Option<&str> {
        self.coding.iter().find(|coding| coding.system.as_deref() == Some(system))?.code.as_deref()
    }

    /// Whether any coding carries this code. For FHIR's own short code lists, where a missing system does no harm.
    pub fn says(&self, code: &str) -> bool {
        self.coding.iter().any(|coding| coding.code.as_deref() == Some(code))
    }

    /// A name for people: a code's display before free text, on one line, of bounded length.
    pub fn name(&self) -> Option<String> {
        let displays = self.coding.iter().filter_map(|coding| coding.display.as_deref());
        displays.chain(self.text.as_deref()).map(one_line).find(|name| !name.is_empty())
    }
}

#[derive(Clone, Deserialize, PartialEq)]
pub struct Quantity {
    pub value: Option<f64>,
    /// `<`, `<=`, `>=`, `>`: the number is a bound and not the value.
    pub comparator: Option<String>,
    pub unit: Option<String>,
    /// UCUM, where the system says so.
    pub code: Option<String>,
}

#[derive(Clone, Deserialize, PartialEq, Eq)]
pub struct Period {
    pub start: Option<FhirDate>,
    pub end: Option<FhirDate>,
}

#[derive(Clone, Deserialize, PartialEq)]
pub struct Range {
    pub low: Option<Quantity>,
    pub high: Option<Quantity>,
}

const LONGEST_NAME: usize = 120;

/// Text as one line without control characters, at most 120 characters.
pub fn one_line(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mut line = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((cut, _)) = line.char_indices().nth(LONGEST_NAME) {
        line.truncate(cut);
        line.push('…');
    }
    line
}
