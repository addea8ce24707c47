//! A facility and what its administrator may change about it.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::fields::{self, BadField};
use crate::base::ids::FacilityId;
use crate::base::language::Language;

/// A coded reason for a visit, with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    pub code: String,
    pub en: String,
    pub es: String,
}

impl Reason {
    fn parsed(self) -> Option<Self> {
        let known = fields::is_word(&self.code, b'_');
        Some(Self { en: fields::line(&self.en, 80)?, es: fields::line(&self.es, 80)?, ..self }).filter(|_| known)
    }
}

/// A clinic, with every field parsed: built by `Change` or read from the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Facility {
    pub id: FacilityId,
    pub slug: String,
    pub name: String,
    /// Of the IANA database.
    pub time_zone: String,
    pub phone: String,
    pub emergency_number: String,
    pub join_window_minutes: u8,
    pub languages: Vec<Language>,
    pub reasons: Vec<Reason>,
    pub relay_only: bool,
}

impl Facility {
    /// A facility with what every one needs; the rest is set by a `Change`.
    pub fn new(id: FacilityId, slug: &str) -> Result<Self, BadField> {
        Ok(Self {
            id,
            slug: fields::slug(slug)?,
            name: slug.to_owned(),
            time_zone: "UTC".to_owned(),
            phone: String::new(),
            emergency_number: "911".to_owned(),
            join_window_minutes: 30,
            languages: vec![Language::En, Language::Es],
            reasons: Vec::new(),
            relay_only: false,
        })
    }

    pub fn zone(&self) -> TimeZone {
        // A zone is checked before it is stored; one that the database has dropped since is shown in UTC.
        TimeZone::get(&self.time_zone).unwrap_or(TimeZone::UTC)
    }

    pub fn reason(&self, code: &str) -> Option<&Reason> {
        self.reasons.iter().find(|reason| reason.code == code)
    }
}

/// What an administrator sends to change a facility: only the fields that change.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Change {
    pub name: Option<String>,
    pub time_zone: Option<String>,
    pub phone: Option<String>,
    pub emergency_number: Option<String>,
    pub join_window_minutes: Option<i64>,
    pub languages: Option<Vec<Language>>,
    pub reasons: Option<Vec<Reason>>,
    pub relay_only: Option<bool>,
}

impl Change {
    /// The facility with the change, and the names of the fields that are different now.
    pub fn apply(self, facility: &Facility) -> Result<(Facility, Vec<&'static str>), BadField> {
        let mut after = facility.clone();
        let mut changed = Vec::new();
        set(&mut after.name, self.name, "name", &mut changed, |text| fields::name(&text))?;
        set(&mut after.time_zone, self.time_zone, "time_zone", &mut changed, |text| fields::time_zone(&text))?;
        set(&mut after.phone, self.phone, "phone", &mut changed, |text| fields::phone(&text))?;
        set(&mut after.emergency_number, self.emergency_number, "emergency_number", &mut changed, |text| {
            fields::emergency_number(&text)
        })?;
        let window = self.join_window_minutes;
        set(&mut after.join_window_minutes, window, "join_window_minutes", &mut changed, fields::join_window_minutes)?;
        set(&mut after.languages, self.languages, "languages", &mut changed, languages)?;
        set(&mut after.reasons, self.reasons, "reasons", &mut changed, reasons)?;
        set(&mut after.relay_only, self.relay_only, "relay_only", &mut changed, Ok)?;
        Ok((after, changed))
    }
}

fn set<T: PartialEq, Typed>(
    field: &mut T,
    typed: Option<Typed>,
    name: &'static str,
    changed: &mut Vec<&'static str>,
    parse: impl FnOnce(Typed) -> Result<T, BadField>,
) -> Result<(), BadField> {
    let Some(typed) = typed else { return Ok(()) };
    let value = parse(typed)?;
    if *field != value {
        *field = value;
        changed.push(name);
    }
    Ok(())
}

fn languages(languages: Vec<Language>) -> Result<Vec<Language>, BadField> {
    let twice = languages.iter().enumerate().any(|(at, language)| languages[..at].contains(language));
    if languages.is_empty() || twice {
        return Err(BadField::new("languages", "bad_languages", "Choose en, es or both, each once."));
    }
    Ok(languages)
}

fn reasons(reasons: Vec<Reason>) -> Result<Vec<Reason>, BadField> {
    let bad = BadField::new(
        "reasons",
        "bad_reasons",
        "Give 1 to 100 reasons, each with its own code of small letters and its words in English and Spanish.",
    );
    let parsed: Option<Vec<Reason>> = reasons.into_iter().map(Reason::parsed).collect();
    let parsed = parsed.filter(|list| (1..=100).contains(&list.len())).ok_or(bad)?;
    let twice = parsed.iter().enumerate().any(|(at, reason)| parsed[..at].iter().any(|other| other.code == reason.code));
    if twice { Err(bad) } else { Ok(parsed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clinic() -> Facility {
        Facility::new(FacilityId("f".into()), "north-clinic").expect("a slug")
    }

    fn change(json: serde_json::Value) -> Result<(Facility, Vec<&'static str>), BadField> {
        serde_json::from_value::<Change>(json).expect("a change").apply(&clinic())
    }

    #[test]
    fn only_what_differs_counts_as_changed() {
        let (after, changed) = change(serde_json::json!({
            "time_zone": "America/New_York", "join_window_minutes": 30, "relay_only": true,
        }))
        .expect("a change");
        assert_eq!(changed, ["time_zone", "relay_only"]);
        assert_eq!(after.zone().iana_name(), Some("America/New_York"));
    }

    #[test]
    fn each_bad_field_has_its_word() {
        let reason = |code: &str| serde_json::json!({ "code": code, "en": "Cough", "es": "Tos" });
        for (json, word) in [
            (serde_json::json!({ "name": "" }), "bad_name"),
            (serde_json::json!({ "time_zone": "Mars/Olympus" }), "unknown_time_zone"),
            (serde_json::json!({ "phone": "1" }), "bad_phone"),
            (serde_json::json!({ "emergency_number": "help" }), "bad_emergency_number"),
            (serde_json::json!({ "join_window_minutes": 121 }), "bad_join_window"),
            (serde_json::json!({ "languages": [] }), "bad_languages"),
            (serde_json::json!({ "languages": ["en", "en"] }), "bad_languages"),
            (serde_json::json!({ "reasons": [] }), "bad_reasons"),
            (serde_json::json!({ "reasons": [reason("Cough!")] }), "bad_reasons"),
            (serde_json::json!({ "reasons": [reason("cough"), reason("cough")] }), "bad_reasons"),
        ] {
            assert_eq!(change(json.clone()).expect_err("refused").code, word, "{json}");
        }
    }
}
