//! Keeping one's place: silence, reconnecting, being lost, and restarts of the gateway.

use signaling::message::*;
use signaling::room::{Fact, Input, Standing};

use crate::house::*;

fn presence_of_patient(messages: &[ServerMessage]) -> Vec<Presence> {
    let presence = |message: &ServerMessage| match message {
        ServerMessage::Person(person) if person.seat.as_str() == PATIENT => Some(person.presence),
        _ => None,
    };
    messages.iter().filter_map(presence).collect()
}

#[test]
fn others_see_reconnecting_after_six_seconds_and_here_again_at_the_first_word() {
    let (mut house, clinician, patient) = House::call();
    house.wait(5, &[clinician]);
    assert_eq!(house.heard(clinician), []);
    house.wait(1, &[clinician]);
    assert_eq!(presence_of_patient(&house.heard(clinician)), [Presence::Reconnecting]);
    house.say(patient, ClientMessage::Ping(Ping { nonce: 1 }));
    assert_eq!(presence_of_patient(&house.heard(clinician)), [Presence::Reconnecting, Presence::Here]);
}

#[test]
fn fifteen_silent_seconds_end_a_connection_and_a_hundred_and_twenty_the_place() {
    let (mut house, clinician, patient) = House::call();
    house.wait(14, &[clinician]);
    assert_eq!(house.closed(patient), None);
    house.wait(1, &[clinician]);
    assert_eq!(house.closed(patient), Some(CloseWord::Silent));
    house.wait(104, &[clinician]);
    assert!(house.facts.is_empty());
    house.wait(1, &[clinician]);
    assert_eq!(house.facts, [Fact::Left { seat: PATIENT.into(), why: Departure::Lost }]);
    let lost = ServerMessage::PersonLeft(PersonLeft { seat: PATIENT.into(), why: Departure::Lost });
    assert!(house.heard(clinician).contains(&lost));
    assert_eq!(house.relay, [(false, PATIENT.into())]);
}

#[test]
fn who_does_not_come_back_is_given_up_at_a_tick_and_never_with_what_somebody_says() {
    let (mut house, clinician, patient) = House::call();
    house.disconnect(patient);
    house.wait(119, &[clinician]);
    house.now += 1_000;
    house.say(clinician, ClientMessage::Ping(Ping { nonce: 1 }));
    assert_eq!(house.facts, []);
    house.does(clinician, ClientMessage::RunningLate(RunningLate { minutes: 5 }));
    assert!(!house.facts.iter().any(|fact| matches!(fact, Fact::Left { .. })));
    assert!(house.room.deadline() <= Some(house.now), "it wants a tick");
    house.handle(Input::Tick);
    assert_eq!(house.facts.last(), Some(&Fact::Left { seat: PATIENT.into(), why: Departure::Lost }));
}

#[test]
fn a_reload_keeps_the_place_in_the_waiting_room_and_in_the_call() {
    let (mut house, clinician, patient) = House::call();
    house.disconnect(patient);
    house.wait(2, &[clinician]);
    let reloaded = house.connect_with(PATIENT, "phone", hello("a new page"));
    assert!(matches!(house.welcome(reloaded).view, Some(View::Inside(_))));
    let new_page =
        |message: &ServerMessage| matches!(message, ServerMessage::Person(p) if p.page.as_deref() == Some("a new page"));
    assert!(house.heard(clinician).iter().any(new_page), "the clinician's page has to make the call anew");

    house.does(clinician, ClientMessage::SendBack(command(PATIENT)));
    house.disconnect(reloaded);
    let reloaded = house.connect_with(PATIENT, "phone", hello("a third page"));
    assert!(matches!(house.welcome(reloaded).view, Some(View::Outside(outside)) if outside.state == OutsideState::Waiting));
}

#[test]
fn a_reload_before_the_old_connection_is_known_dead_closes_the_old_one() {
    let (mut house, _, patient) = House::call();
    let reloaded = house.connect_with(PATIENT, "phone", hello("a new page"));
    assert_eq!((house.closed(patient), house.closed(reloaded)), (Some(CloseWord::Replaced), None));
}

#[test]
fn a_restart_keeps_everyone_in_place_for_those_who_come_back() {
    let mut restored = plan(VisitKind::Clinical);
    restored.seats[0].state = Standing::Admitted { at: 5 };
    restored.seats[0].device = Some("desk".into());
    restored.seats[1].state = Standing::Admitted { at: 5 };
    restored.seats[1].device = Some("phone".into());
    let mut house = House::open(restored);

    let resume = Some(Resume { token: "of the gateway before".into(), received: 40 });
    let patient = house.connect_with(PATIENT, "phone", Hello { resume, ..hello("the same page") });
    let welcome = house.welcome(patient);
    assert_eq!(welcome.arrival, Arrival::Resync);
    let Some(View::Inside(inside)) = welcome.view else { panic!("still in the call") };
    let clinician = inside.people.iter().find(|person| person.seat.as_str() == CLINICIAN).expect("the seat is kept");
    assert_eq!((clinician.presence, &clinician.page), (Presence::Reconnecting, &None));
    assert_eq!(house.facts, [], "nothing new happened");

    let other = house.connect(CLINICIAN, "another desk");
    assert!(matches!(house.welcome(other).view, Some(View::Outside(outside)) if outside.state == OutsideState::AlreadyOpen));
    house.wait(120, &[patient]);
    assert!(house.facts.contains(&Fact::Left { seat: CLINICIAN.into(), why: Departure::Lost }));
}

#[test]
fn whoever_leaves_can_come_again() {
    let (mut house, clinician, patient) = House::call();
    house.does(patient, ClientMessage::Leave(Empty {}));
    let left = ServerMessage::PersonLeft(PersonLeft { seat: PATIENT.into(), why: Departure::Left });
    assert!(house.heard(clinician).contains(&left));
    house.disconnect(patient);
    let again = house.connect(PATIENT, "phone");
    house.does(again, ClientMessage::CheckIn(Empty {}));
    assert!(matches!(house.heard(clinician).last(), Some(ServerMessage::WaitingRoom(room)) if room.people.len() == 1));
}

#[test]
fn an_empty_room_asks_for_no_time() {
    let mut house = House::visit();
    assert_eq!((house.room.deadline(), house.room.is_idle()), (None, true));
    let patient = house.connect(PATIENT, "phone");
    assert_eq!(house.room.deadline(), Some(house.now + 15_000));
    house.disconnect(patient);
    assert_eq!((house.room.deadline(), house.room.is_idle()), (None, true));
}

#[test]
fn a_technician_reaches_the_page_before_the_visit_and_never_in_it() {
    let (mut house, clinician, patient) = House::call();
    house.handle(Input::RunCheck { seat: PATIENT.into(), check: CheckStep::Camera });
    assert!(!house.heard(patient).iter().any(|message| matches!(message, ServerMessage::RunCheck(_))), "in the call");

    house.does(clinician, ClientMessage::SendBack(command(PATIENT)));
    house.handle(Input::RunCheck { seat: PATIENT.into(), check: CheckStep::Camera });
    let asked = ServerMessage::RunCheck(RunCheck { check: CheckStep::Camera });
    assert!(house.heard(patient).contains(&asked));
    assert!(!house.heard(clinician).contains(&asked), "for the patient's page alone");
}
