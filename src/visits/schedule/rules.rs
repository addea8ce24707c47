//! What a booking may ask for. Pure.

use std::time::Duration;

use jiff::tz::Offset;

use crate::base::clock::Moment;
use crate::facilities::Facility;
use crate::http::problem::Problem;
use crate::visits::time::{TimeError, WallTime};

const SHORTEST: u32 = 5;
const LONGEST: u32 = 240;
/// "Now" takes a moment to type.
const LEEWAY: Duration = Duration::from_secs(5 * 60);
const FARTHEST: Duration = Duration::from_secs(2 * 366 * 24 * 60 * 60);

/// A visit's times, decided.
pub(super) fn slot(starts_at: &str, length_minutes: u32, facility: &Facility, now: Moment) -> Result<(Moment, Moment), Problem> {
    if !(SHORTEST..=LONGEST).contains(&length_minutes) {
        return Err(
            Problem::bad_request("wrong_length", "A visit lasts between 5 minutes and 4 hours.").with("field", "length_minutes")
        );
    }
    let starts_at = WallTime::parse(starts_at).and_then(|wall| wall.in_zone(&facility.zone())).map_err(refused_time)?;
    if starts_at < now.minus(LEEWAY) {
        return Err(Problem::bad_request("in_the_past", "This time is over. Choose a later one.").with("field", "starts_at"));
    }
    if starts_at > now.plus(FARTHEST) {
        return Err(Problem::bad_request("too_far", "This is more than two years from now.").with("field", "starts_at"));
    }
    Ok((starts_at, starts_at.plus(Duration::from_secs(u64::from(length_minutes) * 60))))
}

pub(super) fn reason(code: &str, facility: &Facility) -> Result<(), Problem> {
    if facility.reason(code).is_some() {
        return Ok(());
    }
    Err(Problem::bad_request("unknown_reason", "Choose a reason from the clinic's list.").with("field", "reason"))
}

fn refused_time(error: TimeError) -> Problem {
    let problem = match error {
        TimeError::Unreadable => Problem::bad_request("wrong_time", "Write the time like 2026-11-24T14:30."),
        TimeError::Impossible => Problem::bad_request(
            "impossible_time",
            "This time does not exist that day: the clock is changed. Choose another time.",
        ),
        TimeError::Ambiguous { earlier, later } => {
            let sentence = "This time happens twice that day: the clock is changed. Say which one is meant.";
            Problem::bad_request("ambiguous_time", sentence).with("offsets", vec![written(earlier), written(later)])
        }
    };
    problem.with("field", "starts_at")
}

/// As it can be put behind the time: `-05:00`.
fn written(offset: Offset) -> String {
    let minutes = offset.seconds() / 60;
    format!("{}{:02}:{:02}", if minutes < 0 { '-' } else { '+' }, minutes.abs() / 60, minutes.abs() % 60)
}
