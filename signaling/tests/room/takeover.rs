//! One session a seat: a second device waits, asks, and takes over only when told it may.

use signaling::message::*;
use signaling::room::{Fact, Input};

use crate::house::*;

fn state(message: &ServerMessage) -> Option<OutsideState> {
    match message {
        ServerMessage::Outside(outside) => Some(outside.state),
        ServerMessage::Welcome(welcome) => match &welcome.view {
            Some(View::Outside(outside)) => Some(outside.state),
            _ => None,
        },
        _ => None,
    }
}

#[test]
fn a_second_device_waits_and_the_first_is_undisturbed() {
    let (mut house, _, phone) = House::call();
    let tablet = house.connect(PATIENT, "tablet");
    assert_eq!(state(&house.heard(tablet)[0]), Some(OutsideState::AlreadyOpen));
    assert_eq!((house.heard(phone), house.closed(phone)), (vec![], None));
    assert_eq!(house.relay, []);
    house.is_refused(tablet, ClientMessage::CheckIn(Empty {}), RefusalWord::NotAllowed);
    house.is_refused(tablet, ClientMessage::Leave(Empty {}), RefusalWord::NotAllowed);
    house.say(tablet, candidate_to(CLINICIAN, 1));
    assert!(house.facts.contains(&Fact::Knocked { seat: PATIENT.into() }));
}

#[test]
fn the_first_device_says_yes() {
    let (mut house, clinician, phone) = House::call();
    let tablet = house.connect(PATIENT, "tablet");
    house.does(tablet, ClientMessage::TakeoverAsk(Empty {}));
    assert_eq!(house.heard(phone), [ServerMessage::TakeoverAsked(command(PATIENT))]);
    assert!(house.heard(clinician).contains(&ServerMessage::TakeoverAsked(command(PATIENT))));

    house.say(phone, ClientMessage::TakeoverAnswer(TakeoverAnswer { allow: true }));
    assert_eq!(house.closed(phone), Some(CloseWord::TakenOver));
    assert!(matches!(house.heard(tablet).last(), Some(ServerMessage::Admitted(_))));
    assert_eq!(house.relay, [(true, PATIENT.into())]);
    let took = Fact::TookOver { seat: PATIENT.into(), by: PATIENT.into(), device: "tablet".into() };
    assert!(house.facts.contains(&took));
}

#[test]
fn the_first_device_says_no() {
    let (mut house, _, phone) = House::call();
    let tablet = house.connect(PATIENT, "tablet");
    house.does(tablet, ClientMessage::TakeoverAsk(Empty {}));
    house.does(phone, ClientMessage::TakeoverAnswer(TakeoverAnswer { allow: false }));
    assert_eq!(house.heard(tablet).last().and_then(state), Some(OutsideState::TakeoverRefused));
    house.is_refused(phone, ClientMessage::TakeoverAnswer(TakeoverAnswer { allow: true }), RefusalWord::NothingToTakeOver);
    house.does(tablet, ClientMessage::TakeoverAsk(Empty {}));
}

#[test]
fn staff_say_yes_when_the_first_device_is_gone() {
    let (mut house, clinician, phone) = House::call();
    house.disconnect(phone);
    let tablet = house.connect(PATIENT, "tablet");
    assert_eq!(state(&house.heard(tablet)[0]), Some(OutsideState::AlreadyOpen));
    house.is_refused(clinician, ClientMessage::AllowTakeover(command(PATIENT)), RefusalWord::NothingToTakeOver);
    house.does(tablet, ClientMessage::TakeoverAsk(Empty {}));
    house.does(clinician, ClientMessage::AllowTakeover(command(PATIENT)));
    assert!(matches!(house.heard(tablet).last(), Some(ServerMessage::Admitted(_))));
    let late = house.come_back(phone, "phone");
    assert_eq!(state(&house.heard(late)[0]), Some(OutsideState::AlreadyOpen));
}

#[test]
fn whoever_waits_has_the_seat_when_the_first_is_lost() {
    let (mut house, clinician, phone) = House::call();
    house.disconnect(phone);
    let tablet = house.connect(PATIENT, "tablet");
    house.wait(121, &[clinician, tablet]);
    assert_eq!(house.heard(tablet).last().and_then(state), Some(OutsideState::Expected));
    house.does(tablet, ClientMessage::CheckIn(Empty {}));
}

#[test]
fn whoever_waits_has_the_seat_when_the_first_says_too_much_before_it_has_checked_in() {
    let mut house = House::visit();
    let (phone, tablet) = (house.connect(PATIENT, "phone"), house.connect(PATIENT, "tablet"));
    house.forget();
    for _ in 0..=100 {
        house.say(phone, ClientMessage::Ping(Ping { nonce: 1 }));
    }
    assert_eq!(house.closed(phone), Some(CloseWord::Flood));
    assert_eq!(house.facts, [], "not before a tick: it has to be stored");
    house.handle(Input::Tick);
    assert_eq!(house.facts, [Fact::SeatHeld { seat: PATIENT.into(), device: "tablet".into() }]);
    assert_eq!(house.heard(tablet).last().and_then(state), Some(OutsideState::Expected));
}

#[test]
fn staff_whose_first_device_is_lost_are_inside_with_the_second() {
    let (mut house, desk, patient) = House::call();
    house.disconnect(desk);
    let laptop = house.connect(CLINICIAN, "laptop");
    house.wait(121, &[patient, laptop]);
    assert!(house.heard(laptop).iter().any(|message| matches!(message, ServerMessage::Admitted(_))));
    assert_eq!(house.relay.last(), Some(&(true, CLINICIAN.into())));
}

#[test]
fn somebody_who_only_looked_in_does_not_block_the_next_device() {
    let mut house = House::visit();
    let inside_an_app = house.connect(PATIENT, "in-app browser");
    house.disconnect(inside_an_app);
    let safari = house.connect(PATIENT, "safari");
    assert_eq!(state(&house.heard(safari)[0]), Some(OutsideState::Expected));
}

#[test]
fn staff_move_their_own_seat_by_asking() {
    let (mut house, desk, _) = House::call();
    let laptop = house.connect(CLINICIAN, "laptop");
    assert_eq!(state(&house.heard(laptop)[0]), Some(OutsideState::AlreadyOpen));
    house.does(laptop, ClientMessage::TakeoverAsk(Empty {}));
    assert_eq!(house.closed(desk), Some(CloseWord::TakenOver));
    assert!(house.heard(laptop).iter().any(|message| matches!(message, ServerMessage::Admitted(_))));
}

#[test]
fn of_two_devices_that_wait_the_newer_one_stays() {
    let (mut house, _, phone) = House::call();
    let tablet = house.connect(PATIENT, "tablet");
    let laptop = house.connect(PATIENT, "laptop");
    assert_eq!((house.closed(tablet), house.closed(laptop), house.closed(phone)), (Some(CloseWord::Replaced), None, None));
}
