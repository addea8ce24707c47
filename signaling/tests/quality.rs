//! The score of a path: worse numbers are never worth more, what gets worse counts at once, what gets better only when it lasts.

use proptest::prelude::*;
use signaling::message::{PathCause, PathLevel, PathNumbers};
use signaling::quality::{End, HOLD_MS, Rated, Rating, Source, points};
use signaling::room::Millis;

const EVERY_MS: Millis = 5_000;

fn well() -> PathNumbers {
    PathNumbers {
        lost: false,
        round_trip_ms: Some(40),
        jitter_ms: Some(5),
        loss_in: Some(0.0),
        loss_out: Some(0.0),
        out_kbps: Some(900),
        frame_rate: Some(15),
        frozen: Some(0.0),
        sound: Some(true),
    }
}

fn lossy(share: f64) -> PathNumbers {
    PathNumbers { loss_in: Some(share), ..well() }
}

/// Two pages that report in turn, and what comes of it.
struct Talk {
    rating: Rating,
    now: Millis,
}

impl Talk {
    fn begin() -> Self {
        Self { rating: Rating::default(), now: 1_000_000 }
    }

    /// The same numbers from both ends, half an interval apart.
    fn both(&mut self, numbers: PathNumbers) -> Rated {
        self.hear(End::First, numbers);
        self.hear(End::Second, numbers)
    }

    fn hear(&mut self, from: End, numbers: PathNumbers) -> Rated {
        self.now += EVERY_MS / 2;
        self.rating.hear(self.now, from, numbers, true, End::Second)
    }
}

#[test]
fn the_limits_of_the_equipment_test_are_the_limits_of_the_levels() {
    let level = |numbers: PathNumbers| Talk::begin().both(numbers).level();
    let round_trip = |ms| level(PathNumbers { round_trip_ms: Some(ms), ..well() });
    let jitter = |ms| level(PathNumbers { jitter_ms: Some(ms), ..well() });
    let loss = |share| level(lossy(share));
    assert_eq!((round_trip(249), round_trip(251), round_trip(401)), (PathLevel::Good, PathLevel::Fair, PathLevel::Weak));
    assert_eq!((jitter(29), jitter(31), jitter(101)), (PathLevel::Good, PathLevel::Fair, PathLevel::Weak));
    assert_eq!((loss(0.029), loss(0.031), loss(0.081)), (PathLevel::Good, PathLevel::Fair, PathLevel::Weak));
    assert_eq!(level(PathNumbers { lost: true, ..PathNumbers::default() }), PathLevel::Lost);
    assert_eq!(level(PathNumbers::default()), PathLevel::Good, "what nobody measured is nobody's fault");
}

#[test]
fn it_falls_with_the_first_bad_report_and_comes_back_after_half_a_minute_of_good_ones() {
    let mut talk = Talk::begin();
    assert_eq!(talk.both(well()).level(), PathLevel::Good);
    assert_eq!(talk.hear(End::First, lossy(0.15)).level(), PathLevel::Weak);
    let fell_at = talk.now;
    let mut seen = vec![];
    while talk.both(well()).level() != PathLevel::Good {
        seen.push(talk.rating.now().expect("rated").level());
        assert!(talk.now - fell_at < 60_000, "never well again: {seen:?}");
    }
    let took = talk.now - fell_at;
    assert!((20_000..=40_000).contains(&took), "{took} ms");
    assert!(seen.is_sorted(), "up and never down: {seen:?}");
}

#[test]
fn a_path_that_is_found_again_is_not_lost_any_more_and_not_yet_good() {
    let mut talk = Talk::begin();
    talk.both(well());
    assert_eq!(talk.hear(End::Second, PathNumbers { lost: true, ..PathNumbers::default() }).level(), PathLevel::Lost);
    assert_eq!(talk.hear(End::Second, well()).level(), PathLevel::Weak);
}

#[test]
fn it_says_whose_end_it_is_where_that_can_be_told() {
    let find = |first, second| points(Some(&first), Some(&second), [false; 2]).worst;
    assert_eq!(find(lossy(0.1), well()), Some((PathCause::Loss, Source::Second)), "what the second says is lost on its way");
    let narrow = PathNumbers { out_kbps: Some(60), ..well() };
    assert_eq!(find(narrow, well()), Some((PathCause::Narrow, Source::First)));
    let slow = PathNumbers { round_trip_ms: Some(600), ..well() };
    assert_eq!(find(slow, well()), Some((PathCause::Delay, Source::Both)), "a round trip is both ways");
    assert_eq!(find(lossy(0.1), lossy(0.1)).map(|worst| worst.1), Some(Source::Both));
    let more_out = PathNumbers { loss_out: Some(0.16), ..lossy(0.09) };
    assert_eq!(find(more_out, well()).map(|worst| worst.1), Some(Source::Both), "what is a little worse is so by chance");
    let still = PathNumbers { frozen: Some(0.8), ..well() };
    assert_eq!(find(well(), still), Some((PathCause::Picture, Source::First)));
}

#[test]
fn a_silent_microphone_counts_when_it_is_silent_twice() {
    let (mut talk, deaf) = (Talk::begin(), PathNumbers { sound: Some(false), ..well() });
    talk.both(well());
    assert_eq!(talk.hear(End::First, deaf).level(), PathLevel::Good, "it may have been turned on just now");
    let rated = talk.hear(End::First, deaf);
    assert_eq!((rated.level(), rated.trouble), (PathLevel::Weak, Some((PathCause::Sound, End::Second))));
}

#[test]
fn what_an_end_said_long_ago_does_not_count_for_ever() {
    let mut talk = Talk::begin();
    talk.hear(End::First, lossy(0.15));
    for _ in 0..20 {
        talk.hear(End::Second, well());
    }
    assert_eq!(talk.rating.now().map(Rated::level), Some(PathLevel::Good));
}

fn numbers() -> impl Strategy<Value = PathNumbers> {
    let share = || prop::option::of(0.0..1.0f64);
    let speeds = (prop::option::of(0..2000u32), prop::option::of(0..40u32));
    (prop::option::of(0..2000u32), prop::option::of(0..500u32), share(), share(), share(), speeds).prop_map(
        |(round_trip_ms, jitter_ms, loss_in, loss_out, frozen, (out_kbps, frame_rate))| PathNumbers {
            lost: false,
            round_trip_ms,
            jitter_ms,
            loss_in,
            loss_out,
            out_kbps,
            frame_rate,
            frozen,
            sound: None,
        },
    )
}

/// The same numbers, one of them worse.
fn worse(numbers: PathNumbers, which: usize, by: f64) -> PathNumbers {
    let more = |value: Option<u32>| value.map(|value| value + (f64::from(value) * by) as u32);
    let less = |value: Option<u32>| value.map(|value| (f64::from(value) / (1.0 + by)) as u32);
    let up = |value: Option<f64>| value.map(|value| (value * (1.0 + by)).min(1.0));
    match which {
        0 => PathNumbers { round_trip_ms: more(numbers.round_trip_ms), ..numbers },
        1 => PathNumbers { jitter_ms: more(numbers.jitter_ms), ..numbers },
        2 => PathNumbers { loss_in: up(numbers.loss_in), ..numbers },
        3 => PathNumbers { loss_out: up(numbers.loss_out), ..numbers },
        4 => PathNumbers { frozen: up(numbers.frozen), ..numbers },
        5 => PathNumbers { out_kbps: less(numbers.out_kbps), ..numbers },
        6 => PathNumbers { frame_rate: less(numbers.frame_rate), ..numbers },
        _ => PathNumbers { lost: true, ..numbers },
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn worse_numbers_are_never_worth_more(first in numbers(), second in numbers(), which in 0..8usize, by in 0.0..5.0f64) {
        let before = points(Some(&first), Some(&second), [false; 2]).points;
        let after = points(Some(&worse(first, which, by)), Some(&second), [false; 2]).points;
        prop_assert!(after <= before, "{after} > {before}");
        prop_assert!((0.0..=100.0).contains(&before));
    }

    #[test]
    fn no_level_is_left_upwards_soon_after_it_was_come_to(talk in prop::collection::vec((any::<bool>(), numbers(), 0..10u8), 2..200)) {
        let (mut rating, mut now, mut fell_at) = (Rating::default(), 1_000_000, 0);
        let mut before: Option<Rated> = None;
        for (is_first, mut numbers, chance) in talk {
            now += EVERY_MS / 2;
            numbers.lost = chance == 0;
            let from = if is_first { End::First } else { End::Second };
            let rated = rating.hear(now, from, numbers, true, End::Second);
            if let Some(before) = before {
                let is_found_again = before.level() == PathLevel::Lost;
                prop_assert!(rated.level() <= before.level() || is_found_again || now - fell_at >= HOLD_MS, "up after {} ms", now - fell_at);
                if rated.level() < before.level() {
                    fell_at = now;
                }
            }
            prop_assert_eq!(rated.trouble.is_some(), matches!(rated.level(), PathLevel::Weak | PathLevel::Fair));
            before = Some(rated);
        }
    }
}
