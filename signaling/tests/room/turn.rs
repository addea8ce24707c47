//! "Text me when it's my turn": the page may be closed, and the place is kept.

use signaling::message::*;
use signaling::room::{Fact, Input};

use crate::house::*;

fn text_me(wanted: bool) -> ClientMessage {
    ClientMessage::TextMe(TextMe { wanted })
}

/// The patient waits, has asked for a text, and put the phone away.
fn away() -> (House, signaling::room::ConnectionId) {
    let mut house = House::texting();
    let clinician = house.connect(CLINICIAN, "desk");
    let patient = house.connect(PATIENT, "phone");
    house.does(patient, ClientMessage::CheckIn(Empty {}));
    house.does(patient, text_me(true));
    assert!(house.facts.contains(&Fact::TextMe { seat: PATIENT.into(), wanted: true, at: house.now }));
    let heard = house.heard(patient);
    assert!(matches!(heard.last(), Some(ServerMessage::Outside(outside)) if outside.text_me == Some(true)), "{heard:?}");
    house.disconnect(patient);
    (house, clinician)
}

fn waiting(house: &House, clinician: signaling::room::ConnectionId) -> Option<WaitingPerson> {
    let mut rooms = house.heard(clinician).into_iter().filter_map(|message| match message {
        ServerMessage::WaitingRoom(room) => Some(room),
        _ => None,
    });
    rooms.next_back().and_then(|room| room.people.first().cloned())
}

#[test]
fn the_place_is_kept_for_hours_and_staff_see_why() {
    let (mut house, clinician) = away();
    for _ in 0..90 {
        house.now += 60_000 - 5_000;
        house.wait(5, &[clinician]);
    }
    house.handle(Input::Tick);
    assert!(
        !house.facts.iter().any(|fact| matches!(fact, Fact::Left { seat, .. } if seat.as_str() == PATIENT)),
        "an hour and a half"
    );
    let person = waiting(&house, clinician).expect("still waits");
    assert_eq!((person.state, person.text_me), (DoorState::Away, true));
}

#[test]
fn who_is_texted_has_time_to_come_and_is_texted_once() {
    let (mut house, clinician) = away();
    house.does(clinician, ClientMessage::Admit(Admit { seat: PATIENT.into(), identity_confirmed: true }));
    for _ in 0..10 {
        house.now += 55_000;
        house.wait(5, &[clinician]);
    }
    let back = house.connect(PATIENT, "phone");
    assert!(matches!(house.welcome(back).view, Some(View::Inside(_))), "ten minutes later");
    house.does(clinician, ClientMessage::SendBack(command(PATIENT)));
    let heard = house.heard(back);
    assert!(matches!(heard.last(), Some(ServerMessage::Outside(outside)) if outside.text_me == Some(false)), "{heard:?}");
    house.does(clinician, ClientMessage::Admit(Admit { seat: PATIENT.into(), identity_confirmed: true }));
    let due = Fact::TextDue { seat: PATIENT.into() };
    assert_eq!(house.facts.iter().filter(|fact| **fact == due).count(), 1);
}

#[test]
fn who_never_comes_after_the_text_is_lost_in_the_end() {
    let (mut house, clinician) = away();
    house.does(clinician, ClientMessage::Admit(Admit { seat: PATIENT.into(), identity_confirmed: true }));
    for _ in 0..16 {
        house.now += 55_000;
        house.wait(5, &[clinician]);
    }
    assert!(house.facts.contains(&Fact::Left { seat: PATIENT.into(), why: Departure::Lost }));
}

#[test]
fn who_takes_it_back_or_cannot_be_texted_is_kept_as_everybody() {
    let mut house = House::texting();
    let patient = house.connect(PATIENT, "phone");
    house.is_refused(patient, text_me(true), RefusalWord::NotWaiting);
    house.does(patient, ClientMessage::CheckIn(Empty {}));
    house.does(patient, text_me(true));
    house.does(patient, text_me(false));
    house.disconnect(patient);
    house.wait(121, &[]);
    assert!(house.facts.contains(&Fact::Left { seat: PATIENT.into(), why: Departure::Lost }));

    let mut house = House::visit();
    let patient = house.connect(PATIENT, "phone");
    house.does(patient, ClientMessage::CheckIn(Empty {}));
    house.is_refused(patient, text_me(true), RefusalWord::NowhereToText);
}
