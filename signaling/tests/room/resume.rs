//! Coming back after a lost connection. What holds over any row of accidents is in tests/resume.

use signaling::message::*;

use crate::house::*;

#[test]
fn a_page_that_returns_hears_what_it_missed_and_nothing_twice() {
    let (mut house, clinician, patient) = House::call();
    house.say(clinician, candidate_to(PATIENT, 1));
    house.disconnect(patient);
    house.say(clinician, candidate_to(PATIENT, 2));
    house.say(clinician, candidate_to(PATIENT, 3));
    let back = house.come_back(patient, "phone");
    assert_eq!((house.welcome(back).arrival, &house.welcome(back).view), (Arrival::Resumed, &None));
    let candidates = house.heard(back).into_iter().filter(|message| matches!(message, ServerMessage::Candidate(_)));
    assert_eq!(candidates.count(), 2);
    assert_eq!(house.heard(clinician), [], "two seconds away are nobody else's business");
}

#[test]
fn a_resume_token_works_once_and_on_its_own_device() {
    let (mut house, clinician, patient) = House::call();
    house.disconnect(patient);
    let stolen = house.come_back(patient, "thief");
    assert!(matches!(house.welcome(stolen).view, Some(View::Outside(outside)) if outside.state == OutsideState::AlreadyOpen));
    let first = house.come_back(patient, "phone");
    assert_eq!(house.welcome(first).arrival, Arrival::Resumed);
    house.wait(1, &[clinician, first]);
    let again = house.come_back(patient, "phone");
    assert_eq!((house.closed(again), house.closed(first)), (Some(CloseWord::Silent), None), "used: it disturbs nobody");
    house.disconnect(first);
    let again = house.come_back(patient, "phone");
    assert_eq!(house.closed(again), Some(CloseWord::Silent), "also while its page is away");
    let back = house.come_back(first, "phone");
    assert_eq!(house.welcome(back).arrival, Arrival::Resumed);
}

#[test]
fn a_welcome_that_is_lost_on_the_way_costs_nothing() {
    let (mut house, clinician, patient) = House::call();
    house.disconnect(patient);
    house.say(clinician, candidate_to(PATIENT, 1));
    let lost = house.come_back(patient, "phone");
    let back = house.come_back(patient, "phone");
    assert_eq!((house.welcome(back).arrival, house.closed(lost)), (Arrival::Resumed, Some(CloseWord::Silent)));
    assert_eq!(house.heard(back).iter().filter(|message| matches!(message, ServerMessage::Candidate(_))).count(), 1);
}

#[test]
fn an_older_try_that_arrives_late_does_not_end_the_newer_connection() {
    let mut house = House::visit();
    let newer = house.connect(PATIENT, "phone");
    house.does(newer, ClientMessage::CheckIn(Empty {}));
    let late = house.connect(PATIENT, "phone");
    assert_eq!((house.closed(late), house.closed(newer)), (Some(CloseWord::Silent), None));
}

#[test]
fn who_was_sent_back_while_away_hears_nothing_that_was_said_inside() {
    let (mut house, clinician, patient) = House::call();
    house.disconnect(patient);
    house.say(clinician, candidate_to(PATIENT, 1));
    house.does(clinician, ClientMessage::SendBack(command(PATIENT)));
    let back = house.come_back(patient, "phone");
    assert_eq!(house.welcome(back).arrival, Arrival::Resync);
    assert!(matches!(house.heard(back)[..], [ServerMessage::Welcome(_)]));
}

#[test]
fn more_than_is_kept_is_a_resync_under_a_new_epoch() {
    let (mut house, clinician, patient) = House::call();
    let epoch = house.welcome_epoch(PATIENT);
    house.disconnect(patient);
    for number in 0..20 {
        for part in 0..15 {
            house.say(clinician, candidate_to(PATIENT, number * 15 + part));
        }
        house.wait(1, &[clinician]);
    }
    let back = house.come_back(patient, "phone");
    let welcome = house.welcome(back);
    assert_eq!(welcome.arrival, Arrival::Resync);
    assert!(welcome.epoch > epoch && matches!(welcome.view, Some(View::Inside(_))));
}

impl House {
    fn welcome_epoch(&mut self, seat: &str) -> u64 {
        let probe = self.connect_with(seat, "phone", hello("probe"));
        let epoch = self.welcome(probe).epoch;
        self.disconnect(probe);
        self.connect(seat, "phone");
        epoch
    }
}
