//! Fields as people type them, turned into what can be trusted; each refusal has a stable word and a sentence.

use jiff::tz::TimeZone;

use crate::http::problem::Problem;

/// A field that cannot be taken, and what to write instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{sentence}")]
pub struct BadField {
    pub field: &'static str,
    pub code: &'static str,
    pub sentence: &'static str,
}

impl BadField {
    pub const fn new(field: &'static str, code: &'static str, sentence: &'static str) -> Self {
        Self { field, code, sentence }
    }
}

impl From<BadField> for Problem {
    fn from(bad: BadField) -> Self {
        Self::bad_request(bad.code, bad.sentence).with("field", bad.field)
    }
}

/// The name of a person or a clinic.
pub fn name(text: &str) -> Result<String, BadField> {
    line(text, 120).ok_or(BadField::new("name", "bad_name", "Write the name on one line, at most 120 letters."))
}

/// One line that can be read: trimmed, not empty, nothing that steers a terminal or turns the text around.
pub(super) fn line(text: &str, longest: usize) -> Option<String> {
    let text = text.trim();
    let readable = text.chars().all(|letter| !letter.is_control() && !turns_text(letter));
    (readable && (1..=longest).contains(&text.chars().count())).then(|| text.to_owned())
}

/// Marks that make text read in another order than it is written, which can disguise a name.
fn turns_text(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// A facility's short name in addresses and on the command line.
pub fn slug(text: &str) -> Result<String, BadField> {
    if is_word(text, b'-') && !text.starts_with('-') && !text.ends_with('-') {
        return Ok(text.to_owned());
    }
    Err(BadField::new("slug", "bad_slug", "Use small letters, digits and hyphens, such as north-clinic."))
}

/// Small letters, digits and one kind of joint, at most 40.
pub(super) fn is_word(text: &str, joint: u8) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == joint;
    (1..=40).contains(&text.len()) && text.bytes().all(plain)
}

/// The name of a time zone in the IANA database, spelled as the database does.
pub fn time_zone(text: &str) -> Result<String, BadField> {
    let zone = TimeZone::get(text).ok();
    let known = zone.as_ref().and_then(TimeZone::iana_name).filter(|name| is_of_a_place(name));
    known.map(str::to_owned).ok_or(BadField::new("time_zone", "unknown_time_zone", "Name a time zone such as America/New_York."))
}

/// Browsers know the zones of places and UTC; the files of a system hold other folders and abbreviations too.
fn is_of_a_place(name: &str) -> bool {
    let folder = name.split_once('/').map(|(folder, _)| folder);
    name == "UTC" || folder.is_some_and(|folder| !["posix", "right"].contains(&folder))
}

/// A phone number as people write it, with enough digits to be called.
pub fn phone(text: &str) -> Result<String, BadField> {
    dialled(text, 7).ok_or(BadField::new(
        "phone",
        "bad_phone",
        "Write the phone number with its digits, such as +1 555 010 0123.",
    ))
}

/// A number for emergencies, which may be as short as 911.
pub fn emergency_number(text: &str) -> Result<String, BadField> {
    let bad =
        BadField::new("emergency_number", "bad_emergency_number", "Write the emergency number with its digits, such as 911.");
    dialled(text, 2).ok_or(bad)
}

/// E.164 has at most 15 digits. Spaces, dots, hyphens and brackets are for people and stay as written.
fn dialled(text: &str, fewest: usize) -> Option<String> {
    let text = text.trim();
    let plain = text.char_indices().all(|(at, letter)| match letter {
        '+' => at == 0,
        _ => letter.is_ascii_digit() || " -.()".contains(letter),
    });
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (plain && text.len() <= 32 && (fewest..=15).contains(&digits)).then(|| text.to_owned())
}

/// How long before its start a visit can be joined.
pub fn join_window_minutes(minutes: i64) -> Result<u8, BadField> {
    let bad = BadField::new("join_window_minutes", "bad_join_window", "The join window is from 5 to 120 minutes.");
    u8::try_from(minutes).ok().filter(|minutes| (5..=120).contains(minutes)).ok_or(bad)
}

/// A mail address, checked only as far as mistyping goes.
pub fn mail(text: &str) -> Result<String, BadField> {
    let bad = BadField::new("mail", "bad_mail", "Write a mail address such as name@example.org.");
    let text = line(text, 254).ok_or(bad)?;
    let (before, after) = text.rsplit_once('@').ok_or(bad)?;
    let whole = !before.is_empty() && after.contains('.') && !after.starts_with('.') && !after.ends_with('.');
    if whole && !text.contains(char::is_whitespace) && !before.contains('@') { Ok(text) } else { Err(bad) }
}

/// The patient's id in the record source: FHIR's letters for ids.
pub fn record_id(text: &str) -> Result<String, BadField> {
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.');
    if (1..=64).contains(&text.len()) && plain {
        return Ok(text.to_owned());
    }
    Err(BadField::new("record_id", "bad_record_id", "Write the record's id with letters, digits, hyphens and dots, at most 64."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused<T: std::fmt::Debug>(parse: fn(&str) -> Result<T, BadField>, texts: &[&str]) {
        for text in texts {
            assert!(parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn phones_as_people_write_them() {
        for text in ["555-0100", "+1 (555) 010-0123", "+34 915 55 01 00", "5550100"] {
            assert_eq!(phone(text), Ok(text.to_owned()));
        }
        refused(phone, &["", "911", "call me", "1+5550100", "+1234567890123456", "555-0100 ext 4"]);
        assert_eq!(emergency_number(" 911 "), Ok("911".into()));
        refused(emergency_number, &["", "9", "sos"]);
    }

    #[test]
    fn time_zones_of_the_database_only() {
        assert_eq!(time_zone("america/new_york"), Ok("America/New_York".into()));
        refused(
            time_zone,
            &["", "Eastern", "posix/America/New_York", "EST5EDT,M3.2.0,M11.1.0", "../../etc/passwd", "America/Nowhere"],
        );
    }

    #[test]
    fn names_cannot_disguise_themselves() {
        assert_eq!(name("  Ana María O’Neill "), Ok("Ana María O’Neill".into()));
        refused(name, &["", "  ", "two\nlines", "\u{1b}[2J", "eel\u{202e}anA", &"a".repeat(121)]);
    }

    #[test]
    fn windows_mails_slugs_and_records() {
        assert_eq!(join_window_minutes(5), Ok(5));
        assert_eq!(join_window_minutes(120), Ok(120));
        for wrong in [-1, 0, 4, 121, 300, i64::MAX] {
            assert!(join_window_minutes(wrong).is_err());
        }
        assert!(mail("ana@example.org").is_ok());
        refused(mail, &["", "ana", "@example.org", "ana@example", "a b@example.org", "ana@.org", "a@b@example.org"]);
        assert!(slug("north-clinic-2").is_ok());
        refused(slug, &["", "-x", "x-", "North", "a b", "ä"]);
        assert!(record_id("f0462936-eb4b-9da1-b45a-fbd96ebf8ccb").is_ok());
        refused(record_id, &["", "a/b", "a b", &"a".repeat(65)]);
    }
}
