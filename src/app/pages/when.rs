//! A moment in the words of the clinic's wall: "Tuesday, November 24 at 2:30 pm (EST)".

use jiff::tz::TimeZone;

use crate::base::clock::Moment;
use crate::http::words::Language;

/// `None` for a time zone that the machine does not know.
pub(super) fn in_words(moment: Moment, time_zone: &str, language: Language) -> Option<String> {
    let zone = TimeZone::get(time_zone).ok()?;
    let wall = jiff::Timestamp::from_millisecond(moment.0).ok()?.to_zoned(zone);
    let weekday = language.say(&format!("weekday-{}", wall.weekday().to_monday_one_offset()));
    let month = language.say(&format!("month-{}", wall.month()));
    let clock = if wall.hour() < 12 { "time-am" } else { "time-pm" };
    let hour = (wall.hour() + 11) % 12 + 1;
    let time = language.say_with(clock, &[("time", &format!("{hour}:{:02}", wall.minute()))]);
    let (day, zone) = (wall.day().to_string(), wall.strftime("%Z").to_string());
    let values = [("weekday", weekday.as_str()), ("month", &month), ("day", &day), ("time", &time), ("zone", &zone)];
    Some(language.say_with("landing-when", &values))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hour_is_the_clinics_in_both_languages() {
        let half_past_two = Moment(1_795_548_600_000);
        let english = in_words(half_past_two, "America/New_York", Language::En);
        assert_eq!(english.as_deref(), Some("Tuesday, November 24 at 2:30 pm (EST)"));
        let spanish = in_words(half_past_two, "America/Los_Angeles", Language::Es);
        assert_eq!(spanish.as_deref(), Some("martes, 24 de noviembre, 11:30 a. m. (PST)"));
    }

    #[test]
    fn midnight_and_noon_are_twelve() {
        let noon = Moment(1_795_539_600_000);
        assert!(in_words(noon, "America/New_York", Language::En).expect("known").contains("12:00 pm"));
        let midnight = Moment(noon.0 - 12 * 3_600_000);
        assert!(in_words(midnight, "America/New_York", Language::En).expect("known").contains("12:00 am"));
    }
}
