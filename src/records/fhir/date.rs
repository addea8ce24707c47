//! FHIR dates as they are written: a year, a month, a day, or a moment with its offset. The day is the one at the place of writing.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;

#[derive(Clone, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(transparent)]
pub struct FhirDate(String);

impl FhirDate {
    /// The whole day, `YYYY-MM-DD`; `None` where only a year or month is known, or the text is not a date.
    pub fn day(&self) -> Option<String> {
        let day = self.0.get(..10)?;
        let rest_is_time = matches!(self.0.as_bytes().get(10), None | Some(b'T'));
        let date: Date = day.parse().ok()?;
        (rest_is_time && date.to_string() == day).then(|| day.to_owned())
    }

    /// As much as is known: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub fn known(&self) -> Option<String> {
        if let Some(day) = self.day() {
            return Some(day);
        }
        let first_of_it = match self.0.len() {
            4 => format!("{}-01-01", self.0),
            7 => format!("{}-01", self.0),
            _ => return None,
        };
        FhirDate(first_of_it).day().map(|_| self.0.clone())
    }

    /// For order within a day: UTC milliseconds of the moment, or of the day's start where no time is written.
    pub fn millis(&self) -> i64 {
        let moment = self.0.parse::<Timestamp>().ok();
        let day = || self.day().and_then(|day| format!("{day}T00:00:00Z").parse().ok());
        moment.or_else(day).map_or(i64::MIN, Timestamp::as_millisecond)
    }
}

impl From<&str> for FhirDate {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::FhirDate;

    #[test]
    fn a_date_is_known_as_far_as_it_is_written() {
        let known = |text: &str| FhirDate::from(text).known();
        assert_eq!(known("2019").as_deref(), Some("2019"));
        assert_eq!(known("2019-05").as_deref(), Some("2019-05"));
        assert_eq!(known("2012-09-19T23:49:32-05:00").as_deref(), Some("2012-09-19"));
        for nonsense in
            ["", "19", "2019-13", "2019-02-30", "2019-02-3", "2019-05-01 in spring", "yesterday", "éééé-éé-éé", "+002019-01"]
        {
            assert_eq!(known(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn moments_with_offsets_are_put_in_order() {
        let morning_here = FhirDate::from("2024-05-01T09:00:00-05:00");
        let earlier_in_utc = FhirDate::from("2024-05-01T13:30:00Z");
        assert!(earlier_in_utc.millis() < morning_here.millis());
        assert!(FhirDate::from("2024-05-01").millis() < earlier_in_utc.millis());
    }
}
