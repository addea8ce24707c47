//! Both nights of the year on which the clock changes, in zones that do it differently.

use proptest::prelude::*;

use super::*;

const LOS_ANGELES: &str = "America/Los_Angeles";
const MADRID: &str = "Europe/Madrid";
const LORD_HOWE: &str = "Australia/Lord_Howe";
const PHOENIX: &str = "America/Phoenix";
const HAVANA: &str = "America/Havana";

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).expect("a zone of the database")
}

fn read(text: &str, name: &str) -> Result<Moment, TimeError> {
    WallTime::parse(text)?.in_zone(&zone(name))
}

fn utc(text: &str) -> Moment {
    Moment(text.parse::<Timestamp>().expect("a timestamp").as_millisecond())
}

#[test]
fn an_ordinary_time_is_what_the_wall_says() {
    assert_eq!(read("2026-11-24T14:30", LOS_ANGELES), Ok(utc("2026-11-24T22:30:00Z")));
    assert_eq!(read("2026-07-01T09:05", MADRID), Ok(utc("2026-07-01T07:05:00Z")));
    assert_eq!(read("2026-07-01T09:05", LORD_HOWE), Ok(utc("2026-06-30T22:35:00Z")));
    assert_eq!(read("2026-07-01T09:05", PHOENIX), Ok(utc("2026-07-01T16:05:00Z")));
}

#[test]
fn a_time_that_the_clock_skips_is_impossible() {
    let skipped = [
        ("2026-03-08T02:00", LOS_ANGELES),
        ("2026-03-08T02:59", LOS_ANGELES),
        ("2026-03-29T02:30", MADRID),
        ("2026-10-04T02:00", LORD_HOWE),
        ("2026-10-04T02:29", LORD_HOWE),
        ("2026-03-08T02:30-08:00", LOS_ANGELES),
        ("2026-03-08T02:30-07:00", LOS_ANGELES),
    ];
    for (text, name) in skipped {
        assert_eq!(read(text, name), Err(TimeError::Impossible), "{text} {name}");
    }
    let kept = [
        ("2026-03-08T01:59", LOS_ANGELES),
        ("2026-03-08T03:00", LOS_ANGELES),
        ("2026-10-04T01:59", LORD_HOWE),
        ("2026-10-04T02:30", LORD_HOWE),
        ("2026-03-08T02:30", PHOENIX),
    ];
    for (text, name) in kept {
        assert!(read(text, name).is_ok(), "{text} {name}");
    }
}

#[test]
fn a_time_that_the_clock_shows_twice_wants_an_offset() {
    for (text, name) in [("2026-11-01T01:30", LOS_ANGELES), ("2026-10-25T02:30", MADRID), ("2026-04-05T01:45", LORD_HOWE)] {
        assert!(matches!(read(text, name), Err(TimeError::Ambiguous { .. })), "{text} {name}");
    }
    assert_eq!(read("2026-11-01T01:30-07:00", LOS_ANGELES), Ok(utc("2026-11-01T08:30:00Z")));
    assert_eq!(read("2026-11-01T01:30-08:00", LOS_ANGELES), Ok(utc("2026-11-01T09:30:00Z")));
    assert_eq!(read("2026-04-05T01:45+11:00", LORD_HOWE), Ok(utc("2026-04-04T14:45:00Z")));
    assert_eq!(read("2026-04-05T01:45+10:30", LORD_HOWE), Ok(utc("2026-04-04T15:15:00Z")));
    assert_eq!(read("2026-11-01T01:30-05:00", LOS_ANGELES), Err(TimeError::Impossible));
    assert!(read("2026-11-01T00:59", LOS_ANGELES).is_ok());
    assert!(read("2026-11-01T02:00", LOS_ANGELES).is_ok());
    assert!(read("2026-11-01T01:30", PHOENIX).is_ok());
}

#[test]
fn an_offset_that_the_zone_does_not_use_is_impossible() {
    assert!(read("2026-11-24T14:30-08:00", LOS_ANGELES).is_ok());
    assert_eq!(read("2026-11-24T14:30-07:00", LOS_ANGELES), Err(TimeError::Impossible));
}

#[test]
fn what_is_not_a_time_is_unreadable() {
    for text in [
        "",
        "now",
        "2026-11-24",
        "2026-11-24 14:30",
        "2026-02-30T10:00",
        "2026-11-24T24:00",
        "2026-11-24T14:60",
        "2026-11-24T14:30Z",
        "2026-11-24T14:30:00",
        "2026-11-24T14:30-5:00",
        "2026-11-24T14:30-05:0x",
        "2026-11-24T14:30-99:00",
        "2026-11-2éT14:30",
        "26-11-24T14:30:00",
    ] {
        assert_eq!(WallTime::parse(text), Err(TimeError::Unreadable), "{text}");
    }
}

#[test]
fn a_day_is_as_long_as_the_clock_makes_it() {
    let minutes = |day: &str, name: &str| {
        let (from, to) = day_bounds(parse_date(day).unwrap(), &zone(name)).unwrap();
        to.since(from).as_secs() / 60
    };
    assert_eq!(minutes("2026-11-24", LOS_ANGELES), 24 * 60);
    assert_eq!(minutes("2026-03-08", LOS_ANGELES), 23 * 60);
    assert_eq!(minutes("2026-11-01", LOS_ANGELES), 25 * 60);
    assert_eq!(minutes("2026-10-25", MADRID), 25 * 60);
    assert_eq!(minutes("2026-04-05", LORD_HOWE), 24 * 60 + 30);
    assert_eq!(minutes("2026-10-04", LORD_HOWE), 23 * 60 + 30);
    assert_eq!(minutes("2026-03-08", PHOENIX), 24 * 60);
    // In Havana the clock skips midnight itself.
    assert_eq!(minutes("2026-03-08", HAVANA), 23 * 60);
}

#[test]
fn the_door_opens_with_the_window_and_closes_a_while_after_the_end() {
    let minute = |n: i64| Moment(n * 60_000);
    let opening = Opening::new(minute(100), minute(120), 30_u8);
    assert_eq!(opening.opens_at, minute(70));
    let just_before = |moment: Moment| Moment(moment.0 - 1);
    assert_eq!(opening.door(just_before(minute(70))), Door::TooEarly);
    assert_eq!(opening.door(minute(70)), Door::Open);
    assert_eq!(opening.door(just_before(minute(135))), Door::Open);
    assert_eq!(opening.door(minute(135)), Door::Over);
}

fn any_zone() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![LOS_ANGELES, MADRID, LORD_HOWE, PHOENIX, HAVANA])
}

proptest! {
    /// Whatever moment it is, the wall shows a time that leads back to it, at once or with the offset in force.
    #[test]
    fn the_wall_time_of_a_moment_leads_back(minute in 0_i64..2_629_440, name in any_zone()) {
        let moment = Moment(utc("2024-01-01T00:00:00Z").0 + minute * 60_000);
        let zone = zone(name);
        let text = local(moment, &zone);
        let back = WallTime::parse(&text).unwrap().in_zone(&zone);
        if matches!(back, Err(TimeError::Ambiguous { .. })) {
            let offset = zone.to_offset(timestamp(moment));
            prop_assert_eq!(WallTime { offset: Some(offset), ..WallTime::parse(&text).unwrap() }.in_zone(&zone), Ok(moment));
        } else {
            prop_assert_eq!(back, Ok(moment));
        }
    }

    /// Days follow each other without a gap or an overlap, and every moment lies in the day its wall shows.
    #[test]
    fn days_tile_time(minute in 0_i64..2_629_440, name in any_zone()) {
        let moment = Moment(utc("2024-01-01T00:00:00Z").0 + minute * 60_000);
        let zone = zone(name);
        let day = date(moment, &zone);
        let (from, to) = day_bounds(day, &zone).unwrap();
        prop_assert!(from <= moment && moment < to);
        prop_assert_eq!(day_bounds(day.tomorrow().unwrap(), &zone).unwrap().0, to);
    }
}
