//! The clinic's clock on the wall, and the door of a visit. People book in the facility's local time; we store moments.
//! Twice a year a wall time does not exist or exists twice: the first is refused, the second asks for an offset.

use std::time::Duration;

use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{Span, Timestamp};

use crate::base::clock::Moment;

/// How long after its planned end a visit can still be entered.
pub const GRACE: Duration = Duration::from_secs(15 * 60);

/// A time as somebody reads it from the clinic's wall, with the offset that settles it where it exists twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WallTime {
    pub at: DateTime,
    pub offset: Option<Offset>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    #[error("not a date and time like 2026-11-24T14:30")]
    Unreadable,
    #[error("the clock skips that time in this zone, or the offset is never used then")]
    Impossible,
    #[error("the clock shows that time twice in this zone")]
    Ambiguous { earlier: Offset, later: Offset },
}

impl WallTime {
    /// Reads `2026-11-24T14:30`, or `2026-11-24T14:30-05:00`.
    pub fn parse(text: &str) -> Result<Self, TimeError> {
        const MINUTES: usize = "2026-11-24T14:30".len();
        let (local, offset) = text.split_at_checked(MINUTES).ok_or(TimeError::Unreadable)?;
        let at = DateTime::strptime("%Y-%m-%dT%H:%M", local).map_err(|_| TimeError::Unreadable)?;
        let written_in_full = at.strftime("%Y-%m-%dT%H:%M").to_string() == local;
        if !written_in_full {
            return Err(TimeError::Unreadable);
        }
        Ok(Self { at, offset: if offset.is_empty() { None } else { Some(parse_offset(offset)?) } })
    }

    /// The moment this is in the zone.
    pub fn in_zone(self, zone: &TimeZone) -> Result<Moment, TimeError> {
        let ambiguous = zone.to_ambiguous_timestamp(self.at).offset();
        let offset = match (ambiguous, self.offset) {
            (AmbiguousOffset::Gap { .. }, _) => return Err(TimeError::Impossible),
            (AmbiguousOffset::Fold { before, after }, None) => {
                return Err(TimeError::Ambiguous { earlier: before, later: after });
            }
            (AmbiguousOffset::Fold { before, after }, Some(named)) if named == before || named == after => named,
            (AmbiguousOffset::Unambiguous { offset }, named) if named.is_none_or(|named| named == offset) => offset,
            _ => return Err(TimeError::Impossible),
        };
        let timestamp = offset.to_timestamp(self.at).map_err(|_| TimeError::Impossible)?;
        Ok(Moment(timestamp.as_millisecond()))
    }
}

/// The first moment of the week that is running in the zone.
pub fn monday(now: Moment, zone: &TimeZone) -> Moment {
    let today = date(now, zone);
    let back = i64::from(today.weekday().to_monday_zero_offset());
    let monday = today.checked_sub(Span::new().days(back)).unwrap_or(today);
    day_bounds(monday, zone).map_or(now, |(from, _)| from)
}

/// `+HH:MM` or `-HH:MM`.
fn parse_offset(text: &str) -> Result<Offset, TimeError> {
    let bytes = text.as_bytes();
    let sign = match bytes.first() {
        Some(b'+') => 1,
        Some(b'-') => -1,
        _ => return Err(TimeError::Unreadable),
    };
    if bytes.len() != 6 || bytes[3] != b':' {
        return Err(TimeError::Unreadable);
    }
    let digits = |at: usize| match bytes[at] {
        digit @ b'0'..=b'9' => Ok(i32::from(digit - b'0')),
        _ => Err(TimeError::Unreadable),
    };
    let hours = digits(1)? * 10 + digits(2)?;
    let minutes = digits(4)? * 10 + digits(5)?;
    if minutes > 59 {
        return Err(TimeError::Unreadable);
    }
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).map_err(|_| TimeError::Unreadable)
}

/// What the clinic's wall shows at a moment, as `2026-11-24T14:30`.
pub fn local(moment: Moment, zone: &TimeZone) -> String {
    zone.to_datetime(timestamp(moment)).strftime("%Y-%m-%dT%H:%M").to_string()
}

/// The date on the clinic's wall at a moment.
pub fn date(moment: Moment, zone: &TimeZone) -> Date {
    zone.to_datetime(timestamp(moment)).date()
}

/// Reads `2026-11-24`.
pub fn parse_date(text: &str) -> Result<Date, TimeError> {
    let date = Date::strptime("%Y-%m-%d", text).map_err(|_| TimeError::Unreadable)?;
    if date.to_string() == text { Ok(date) } else { Err(TimeError::Unreadable) }
}

/// The first moment of a day in the zone, and the first moment after it: 23, 24 or 25 hours apart where clocks change by an hour.
pub fn day_bounds(day: Date, zone: &TimeZone) -> Result<(Moment, Moment), TimeError> {
    let first = |day: Date| {
        let start = day.to_zoned(zone.clone()).and_then(|zoned| zoned.start_of_day()).map_err(|_| TimeError::Impossible)?;
        Ok(Moment(start.timestamp().as_millisecond()))
    };
    let next = day.checked_add(Span::new().days(1)).map_err(|_| TimeError::Impossible)?;
    Ok((first(day)?, first(next)?))
}

fn timestamp(moment: Moment) -> Timestamp {
    Timestamp::from_millisecond(moment.0).unwrap_or(if moment.0 < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

/// Whether the clock lets somebody in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    TooEarly,
    Open,
    Over,
}

/// When a visit can be entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    pub opens_at: Moment,
    pub closes_at: Moment,
}

impl Opening {
    pub fn new(starts_at: Moment, ends_at: Moment, join_window_minutes: impl Into<u64>) -> Self {
        let join_window = Duration::from_secs(join_window_minutes.into() * 60);
        Self { opens_at: starts_at.minus(join_window), closes_at: ends_at.plus(GRACE) }
    }

    pub fn door(self, now: Moment) -> Door {
        if now < self.opens_at {
            Door::TooEarly
        } else if now < self.closes_at {
            Door::Open
        } else {
            Door::Over
        }
    }
}

#[cfg(test)]
#[path = "time_tests.rs"]
mod tests;
