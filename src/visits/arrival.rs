//! Where the patient is, as the lists say it: a decision from stored facts and from who is connected now.

use std::time::Duration;

use serde::Serialize;
use signaling::message::Screen;

use super::presence::Present;
use super::time::Door;
use super::words::{SeatState, VisitState};
use crate::base::clock::Moment;

/// So many wrong dates of birth lock a seat until staff helps.
pub const BIRTH_TRIES: i64 = 5;
/// A test that was not finished in this time was left.
const TEST_LASTS: Duration = Duration::from_secs(3 * 60);
/// How long a finished test means that somebody is about to join.
const TEST_COUNTS: Duration = Duration::from_secs(30 * 60);
/// How long an opened link means that somebody is on the way.
const OPENED_COUNTS: Duration = Duration::from_secs(30 * 60);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Arrival {
    NotArrived,
    Arriving,
    /// Cannot say who they are, or asked the clinic to let them in.
    LockedOut,
    Testing,
    Ready,
    Waiting,
    InVisit,
    Left,
    Done,
}

/// What the decision rests on: the visit, and the patient's seat in it.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    pub visit: VisitState,
    pub door: Door,
    pub seat: SeatState,
    pub identity: Identity,
    /// When the device that holds the seat opened the link.
    pub opened_at: Option<Moment>,
    /// The newest test that was begun and not finished, and the newest that was.
    pub test_started_at: Option<Moment>,
    pub test_finished_at: Option<Moment>,
    pub present: Option<Present>,
}

/// Whether the person has said who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identity {
    Unknown,
    /// Five wrong tries, or the person asked for help.
    NeedsStaff,
    /// Said it themselves, or staff knows.
    Known,
}

/// The order of the questions matters: the door of the identity step comes before the screens behind it.
pub fn identity(known: bool, birth_tries: i64, asked_at: Option<Moment>) -> Identity {
    if known {
        Identity::Known
    } else if birth_tries >= BIRTH_TRIES || asked_at.is_some() {
        Identity::NeedsStaff
    } else {
        Identity::Unknown
    }
}

pub fn arrival(facts: &Facts, now: Moment) -> Arrival {
    if facts.visit != VisitState::Booked {
        return Arrival::Done;
    }
    let was_here = facts.seat != SeatState::Expected;
    if facts.door == Door::Over && was_here && facts.present.is_none() {
        return Arrival::Done;
    }
    match facts.seat {
        SeatState::Admitted => Arrival::InVisit,
        SeatState::Waiting => Arrival::Waiting,
        SeatState::Left | SeatState::Denied | SeatState::Removed => Arrival::Left,
        SeatState::Expected => before_the_waiting_room(facts, now),
    }
}

fn before_the_waiting_room(facts: &Facts, now: Moment) -> Arrival {
    let within = |at: Option<Moment>, span| at.is_some_and(|at| now.since(at) < span);
    let connected = facts.present.is_some();
    let on_the_check = facts.present.is_some_and(|present| matches!(present.screen, Screen::Devices | Screen::QuickCheck));
    let began_another = facts.test_started_at > facts.test_finished_at;
    if facts.identity == Identity::NeedsStaff {
        Arrival::LockedOut
    } else if (began_another && within(facts.test_started_at, TEST_LASTS)) || (on_the_check && facts.test_finished_at.is_none()) {
        Arrival::Testing
    } else if facts.test_finished_at.is_some() && (connected || within(facts.test_finished_at, TEST_COUNTS)) {
        Arrival::Ready
    } else if connected || within(facts.opened_at, OPENED_COUNTS) {
        Arrival::Arriving
    } else {
        Arrival::NotArrived
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visits::presence::Connected;

    const NOW: Moment = Moment(100_000_000);

    fn facts() -> Facts {
        Facts {
            visit: VisitState::Booked,
            door: Door::Open,
            seat: SeatState::Expected,
            identity: Identity::Unknown,
            opened_at: None,
            test_started_at: None,
            test_finished_at: None,
            present: None,
        }
    }

    fn ago(seconds: u64) -> Option<Moment> {
        Some(NOW.minus(Duration::from_secs(seconds)))
    }

    fn on(screen: Screen) -> Option<Present> {
        Some(Present { state: Connected::Here, screen, since: NOW })
    }

    #[test]
    fn a_patient_moves_through_the_list() {
        let opened = Facts { opened_at: ago(60), ..facts() };
        let known = Facts { identity: Identity::Known, ..opened };
        let testing = Facts { test_started_at: ago(10), ..known };
        let tested = Facts { test_started_at: ago(30), test_finished_at: ago(15), present: on(Screen::QuickCheck), ..known };
        let again = Facts { test_started_at: ago(5), ..tested };
        let steps = [
            (facts(), Arrival::NotArrived),
            (opened, Arrival::Arriving),
            (Facts { present: on(Screen::Devices), ..known }, Arrival::Testing),
            (testing, Arrival::Testing),
            (tested, Arrival::Ready),
            (again, Arrival::Testing),
            (Facts { seat: SeatState::Waiting, ..tested }, Arrival::Waiting),
            (Facts { seat: SeatState::Admitted, ..tested }, Arrival::InVisit),
            (Facts { seat: SeatState::Left, ..tested }, Arrival::Left),
            (Facts { visit: VisitState::Ended, seat: SeatState::Left, ..tested }, Arrival::Done),
        ];
        for (facts, expected) in steps {
            assert_eq!(arrival(&facts, NOW), expected, "{facts:?}");
        }
    }

    #[test]
    fn a_left_test_and_an_old_one_say_nothing() {
        assert_eq!(arrival(&Facts { test_started_at: ago(600), ..facts() }, NOW), Arrival::NotArrived);
        assert_eq!(
            arrival(&Facts { test_started_at: ago(90_000), test_finished_at: ago(89_000), ..facts() }, NOW),
            Arrival::NotArrived
        );
        assert_eq!(arrival(&Facts { opened_at: ago(90_000), ..facts() }, NOW), Arrival::NotArrived);
    }

    #[test]
    fn who_cannot_say_who_they_are_is_shown_at_once() {
        let locked =
            Facts { identity: identity(false, BIRTH_TRIES, None), opened_at: ago(5), present: on(Screen::Start), ..facts() };
        assert_eq!(arrival(&locked, NOW), Arrival::LockedOut);
        assert_eq!(identity(false, 0, ago(1)), Identity::NeedsStaff);
        assert_eq!(identity(true, BIRTH_TRIES, ago(1)), Identity::Known);
        assert_eq!(identity(false, BIRTH_TRIES - 1, None), Identity::Unknown);
    }

    #[test]
    fn a_visit_that_nobody_ended_is_done_when_its_time_is_over_and_nobody_is_there() {
        let over = Facts { door: Door::Over, seat: SeatState::Admitted, ..facts() };
        assert_eq!(arrival(&over, NOW), Arrival::Done);
        assert_eq!(arrival(&Facts { present: on(Screen::InCall), ..over }, NOW), Arrival::InVisit);
        assert_eq!(arrival(&Facts { seat: SeatState::Expected, ..over }, NOW), Arrival::NotArrived);
    }
}
