//! A search for AuditEvents as FHIR writes it: `date=ge2026-11-01&date=lt2026-12-01&_count=100`, and where the next page begins. A day is one
//! at the clinic.

use form_urlencoded::Serializer;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::base::clock::Moment;
use crate::visits::time;

const USUAL_COUNT: usize = 100;
const LARGEST_COUNT: usize = 500;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    pub from: Moment,
    pub until: Moment,
    pub count: usize,
    pub after: Place,
}

/// Where one page ended: the event's moment, its snippet and its seat. They are in that order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    pub at: i64,
    pub snippet: String,
    pub seat: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Search by date=ge2026-11-01, with eq, ge, gt, le or lt before a day or a moment; _count is 1 to 500.")]
pub struct Unreadable;

impl Search {
    pub fn parse(query: &str, zone: &TimeZone) -> Result<Self, Unreadable> {
        let mut search = Self { from: Moment(i64::MIN), until: Moment(i64::MAX), count: USUAL_COUNT, after: Place::default() };
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match name.as_ref() {
                "date" => search.narrow(&value, zone)?,
                "_count" => {
                    search.count = value.parse().ok().filter(|count| (1..=LARGEST_COUNT).contains(count)).ok_or(Unreadable)?
                }
                "after" => search.after = Place::parse(&value)?,
                _ => return Err(Unreadable),
            }
        }
        Ok(search)
    }

    fn narrow(&mut self, value: &str, zone: &TimeZone) -> Result<(), Unreadable> {
        let (prefix, when) = value.split_at(value.bytes().take_while(u8::is_ascii_lowercase).count());
        let (start, end) = span(when, zone).ok_or(Unreadable)?;
        let (from, until) = match prefix {
            "" | "eq" => (start, end),
            "ge" => (start, self.until),
            "gt" => (end, self.until),
            "lt" => (self.from, start),
            "le" => (self.from, end),
            _ => return Err(Unreadable),
        };
        (self.from, self.until) = (self.from.max(from), self.until.min(until));
        Ok(())
    }
}

/// The first moment of a day or a moment, and the first one after it.
fn span(when: &str, zone: &TimeZone) -> Option<(Moment, Moment)> {
    if let Ok(day) = time::parse_date(when) {
        return time::day_bounds(day, zone).ok();
    }
    let at = when.parse::<Timestamp>().ok()?.as_millisecond();
    Some((Moment(at), Moment(at + 1)))
}

impl Place {
    fn parse(text: &str) -> Result<Self, Unreadable> {
        let mut parts = text.splitn(3, ' ');
        let mut next = || parts.next().ok_or(Unreadable);
        Ok(Self { at: next()?.parse().map_err(|_| Unreadable)?, snippet: next()?.to_owned(), seat: next()?.to_owned() })
    }
}

/// The question for the page that begins after this place.
pub fn next(query: &str, Place { at, snippet, seat }: &Place) -> String {
    let kept = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "after");
    Serializer::new(String::new()).extend_pairs(kept).append_pair("after", &format!("{at} {snippet} {seat}")).finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<Search, Unreadable> {
        Search::parse(query, &TimeZone::get("America/Los_Angeles").expect("known"))
    }

    fn span_of(query: &str) -> (String, String) {
        let text = |moment: Moment| Timestamp::from_millisecond(moment.0).map_or_else(|_| "-".to_owned(), |at| at.to_string());
        let found = read(query).expect("readable");
        (text(found.from), text(found.until))
    }

    #[test]
    fn a_day_is_one_at_the_clinic_and_prefixes_narrow_the_span() {
        let november = ("2026-11-01T07:00:00Z".to_owned(), "2026-12-01T08:00:00Z".to_owned());
        assert_eq!(span_of("date=ge2026-11-01&date=lt2026-12-01"), november);
        assert_eq!(span_of("date=ge2026-11-01&date=le2026-11-30"), november);
        assert_eq!(span_of("date=2026-11-22"), ("2026-11-22T08:00:00Z".to_owned(), "2026-11-23T08:00:00Z".to_owned()));
        assert_eq!(span_of("date=gt2026-11-22T10:00:00Z").0, "2026-11-22T10:00:00.001Z");
        assert_eq!(span_of("date=ge2026-11-22T10%3A00%3A00%2B01%3A00").0, "2026-11-22T09:00:00Z");
    }

    #[test]
    fn what_is_not_understood_is_refused_and_not_passed_over() {
        for query in [
            "date=yesterday",
            "date=ne2026-11-22",
            "date=2026-02-30",
            "_count=0",
            "_count=501",
            "patient=7",
            "after=x",
            "after=1 s",
        ] {
            assert_eq!(read(query), Err(Unreadable), "{query}");
        }
    }

    #[test]
    fn the_next_page_asks_the_same_and_goes_on() {
        let place = Place { at: 5, snippet: "s-1".to_owned(), seat: "p".to_owned() };
        let query = next("date=ge2026-11-22T10%3A00%3A00%2B01%3A00&after=1+s+t&_count=2", &place);
        let found = read(&query).expect("readable");
        assert_eq!((found.count, found.after), (2, place));
        assert_eq!(found.from, read("date=ge2026-11-22T09:00:00Z").expect("readable").from);
    }
}
