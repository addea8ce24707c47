//! A patient of a facility, and what staff type to add one.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::fields::{self, BadField};
use crate::base::ids::PatientId;
use crate::base::language::Language;
use crate::base::private::Personal;

/// A patient as staff of the facility see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Patient {
    pub id: PatientId,
    #[schema(value_type = String)]
    pub name: Personal<String>,
    #[schema(value_type = String, format = Date)]
    pub born: Personal<Date>,
    #[schema(value_type = Option<String>)]
    pub phone: Option<Personal<String>>,
    #[schema(value_type = Option<String>)]
    pub mail: Option<Personal<String>>,
    pub language: Language,
    /// The FHIR Patient id in the record source.
    pub record_id: Option<String>,
}

/// A patient as typed.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPatient {
    #[schema(value_type = String)]
    pub name: Personal<String>,
    /// `YYYY-MM-DD`.
    #[schema(value_type = String, format = Date)]
    pub born: Personal<String>,
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub phone: Option<Personal<String>>,
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub mail: Option<Personal<String>>,
    #[serde(default)]
    pub language: Language,
    #[serde(default)]
    pub record_id: Option<String>,
}

impl NewPatient {
    /// `today` is the day at the facility: nobody is born after it.
    pub fn parse(self, id: PatientId, today: Date) -> Result<Patient, BadField> {
        Ok(Patient {
            id,
            name: Personal(fields::name(&self.name.0)?),
            born: Personal(born(&self.born.0, today)?),
            phone: self.phone.map(|phone| fields::phone(&phone.0)).transpose()?.map(Personal),
            mail: self.mail.map(|mail| fields::mail(&mail.0)).transpose()?.map(Personal),
            language: self.language,
            record_id: self.record_id.map(|id| fields::record_id(&id)).transpose()?,
        })
    }
}

fn born(text: &str, today: Date) -> Result<Date, BadField> {
    let bad = BadField::new("born", "bad_born", "Write the date of birth as year, month and day, such as 1961-03-04.");
    let whole = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let date: Date = whole.then(|| text.parse().ok()).flatten().ok_or(bad)?;
    if date > today {
        return Err(BadField::new("born", "born_in_future", "The date of birth is after today. Check the year."));
    }
    if date.year() < 1880 {
        return Err(BadField::new("born", "born_long_ago", "The date of birth is before 1880. Check the year."));
    }
    Ok(date)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn parse(json: serde_json::Value) -> Result<Patient, BadField> {
        let typed: NewPatient = serde_json::from_value(json).expect("the shape of a patient");
        typed.parse(PatientId("p".into()), date(2026, 11, 24))
    }

    #[test]
    fn a_whole_patient() {
        let patient = parse(json!({
            "name": "Rosa Díaz", "born": "1961-03-04", "phone": "+1 555 010 0123", "mail": "rosa@example.org", "language": "es",
        }))
        .expect("a patient");
        assert_eq!(patient.born.0, date(1961, 3, 4));
        assert_eq!(serde_json::to_value(&patient).expect("JSON")["born"], "1961-03-04");
    }

    #[test]
    fn dates_that_cannot_be_a_birth() {
        for (born, word) in [
            ("1961-02-30", "bad_born"),
            ("61-03-04", "bad_born"),
            ("1961-03-04T00:00", "bad_born"),
            ("19610304", "bad_born"),
            ("", "bad_born"),
            ("2026-11-25", "born_in_future"),
            ("1879-12-31", "born_long_ago"),
        ] {
            assert_eq!(parse(json!({ "name": "Rosa", "born": born })).expect_err(born).code, word, "{born}");
        }
        assert!(parse(json!({ "name": "Rosa", "born": "2026-11-24" })).is_ok(), "born today");
    }

    proptest! {
        #[test]
        fn debug_shows_nothing_of_the_person(
            name in "[A-Z][a-z]{8,20}", year in 1900..2020, phone in "[0-9]{9,15}", mail in "[q-z]{6,12}@[a-z]{6}[.]org",
        ) {
            let born = format!("{year}-03-04");
            let typed = json!({ "name": name, "born": born, "phone": phone, "mail": mail });
            let typed: NewPatient = serde_json::from_value(typed).expect("the shape of a patient");
            let shown = format!("{typed:?} {:?}", typed.clone().parse(PatientId("p".into()), date(2026, 11, 24)));
            for hidden in [name, born, phone, mail] {
                prop_assert!(!shown.contains(&hidden), "{} in {}", hidden, shown);
            }
        }
    }
}
