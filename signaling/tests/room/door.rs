//! Coming in, being let in, and being shown out.

use signaling::ids::CommandId;
use signaling::message::*;
use signaling::room::{Fact, Input, Output, Standing};

use crate::house::*;

fn admit(confirmed: bool) -> ClientMessage {
    ClientMessage::Admit(Admit { seat: PATIENT.into(), identity_confirmed: confirmed })
}

#[test]
fn a_patient_waits_until_the_clinician_confirms_who_it_is() {
    let mut house = House::visit();
    let patient = house.connect(PATIENT, "phone");
    house.does(patient, ClientMessage::CheckIn(Empty {}));
    let clinician = house.connect(CLINICIAN, "desk");
    assert!(matches!(house.welcome(clinician).view, Some(View::Inside(inside)) if inside.waiting[0].state == DoorState::Waiting));
    let staff_here = Outside { state: OutsideState::Waiting, late_minutes: 0, staff_present: true, text_me: None };
    assert_eq!(house.heard(patient).last(), Some(&ServerMessage::Outside(staff_here)));

    house.is_refused(clinician, admit(false), RefusalWord::IdentityNotConfirmed);
    house.does(clinician, admit(true));

    assert!(matches!(house.heard(patient).last(), Some(ServerMessage::Admitted(inside)) if inside.people.len() == 2));
    let admitted =
        |fact: &Fact| matches!(fact, Fact::Admitted { seat, identity_confirmed: true, .. } if seat.as_str() == PATIENT);
    assert_eq!(house.facts.iter().filter(|fact| admitted(fact)).count(), 1);
    assert_eq!(house.relay.last(), Some(&(true, PATIENT.into())));
}

#[test]
fn only_one_of_two_admits_wins() {
    let (mut house, clinician, _) = House::call();
    house.is_refused(clinician, admit(true), RefusalWord::NotWaiting);
}

#[test]
fn nobody_but_staff_of_the_visit_keeps_the_door() {
    let (mut house, _, patient) = House::call();
    let interpreter = house.connect(INTERPRETER, "laptop");
    house.does(interpreter, ClientMessage::CheckIn(Empty {}));
    let let_in = || ClientMessage::Admit(Admit { seat: INTERPRETER.into(), identity_confirmed: true });
    house.is_refused(patient, let_in(), RefusalWord::NotAllowed);
    house.is_refused(interpreter, let_in(), RefusalWord::NotAllowed);
    house.is_refused(patient, ClientMessage::End(Empty {}), RefusalWord::NotAllowed);
    house.is_refused(patient, ClientMessage::RunningLate(RunningLate { minutes: 5 }), RefusalWord::NotAllowed);
    assert!(house.facts.iter().any(|fact| matches!(fact, Fact::NotAllowed { .. })));
}

#[test]
fn a_technician_has_no_say_in_a_clinical_visit_and_all_of_it_in_a_test_call() {
    let mut test_call = House::open(plan(VisitKind::TestCall));
    let technician = test_call.connect(CLINICIAN, "desk");
    let patient = test_call.connect(PATIENT, "phone");
    test_call.does(patient, ClientMessage::CheckIn(Empty {}));
    test_call.does(technician, admit(false));
    assert!(!test_call.welcome(technician).may.contains(&Permission::ShowRecord));

    let mut plan = plan(VisitKind::Clinical);
    plan.seats.push(seat_plan("technician", Role::Support, Standing::Expected));
    let mut visit = House::open(plan);
    let technician = visit.connect("technician", "desk");
    assert!(matches!(visit.welcome(technician).view, Some(View::Outside(_))) && visit.welcome(technician).may.is_empty());
}

#[test]
fn somebody_sent_back_waits_again_and_loses_the_relay() {
    let (mut house, clinician, patient) = House::call();
    house.does(clinician, ClientMessage::SendBack(command(PATIENT)));
    let waiting = Outside { state: OutsideState::Waiting, late_minutes: 0, staff_present: true, text_me: None };
    assert_eq!(house.heard(patient), [ServerMessage::Outside(waiting)]);
    let left = ServerMessage::PersonLeft(PersonLeft { seat: PATIENT.into(), why: Departure::SentBack });
    assert!(house.heard(clinician).contains(&left));
    assert_eq!(house.relay, [(false, PATIENT.into())]);
    house.does(clinician, admit(true));
}

#[test]
fn a_removed_person_does_not_come_back() {
    let (mut house, clinician, patient) = House::call();
    let token = house.page(patient).token.clone();
    house.does(clinician, ClientMessage::Remove(command(PATIENT)));
    assert_eq!(house.closed(patient), Some(CloseWord::Removed));
    assert!(house.facts.iter().any(|fact| matches!(fact, Fact::Removed { .. })));
    assert_eq!(house.relay, [(false, PATIENT.into())]);

    let fresh = house.connect(PATIENT, "phone");
    let resumed = Hello { resume: Some(Resume { token, received: 0 }), ..hello("page of phone") };
    let resumed = house.connect_with(PATIENT, "phone", resumed);
    assert_eq!((house.closed(fresh), house.closed(resumed)), (Some(CloseWord::Removed), Some(CloseWord::Removed)));
    assert!(house.heard(fresh).iter().all(|message| matches!(message, ServerMessage::Bye(_))));
}

#[test]
fn a_denied_person_is_told_and_stays_out() {
    let mut house = House::visit();
    let clinician = house.connect(CLINICIAN, "desk");
    let patient = house.connect(PATIENT, "phone");
    house.is_refused(clinician, ClientMessage::Deny(command(PATIENT)), RefusalWord::NotWaiting);
    house.does(patient, ClientMessage::CheckIn(Empty {}));
    house.does(clinician, ClientMessage::Deny(command(PATIENT)));
    assert_eq!(house.closed(patient), Some(CloseWord::Denied));
    let again = house.connect(PATIENT, "phone");
    assert_eq!(house.closed(again), Some(CloseWord::Denied));

    house.handle(Input::Revoke { seat: PATIENT.into() });
    let with_a_new_link = house.connect(PATIENT, "phone");
    assert_eq!(house.closed(with_a_new_link), None, "staff changed their mind");
}

#[test]
fn those_who_wait_hear_how_late_it_is() {
    let mut house = House::visit();
    let clinician = house.connect(CLINICIAN, "desk");
    let patient = house.connect(PATIENT, "phone");
    house.does(clinician, ClientMessage::RunningLate(RunningLate { minutes: 10 }));
    let late = Outside { state: OutsideState::Expected, late_minutes: 10, staff_present: true, text_me: None };
    assert_eq!(house.heard(patient).last(), Some(&ServerMessage::Outside(late)));
    house.is_refused(clinician, ClientMessage::RunningLate(RunningLate { minutes: 241 }), RefusalWord::OutOfRange);
}

#[test]
fn the_end_is_for_everyone() {
    let (mut house, clinician, patient) = House::call();
    let interpreter = house.connect(INTERPRETER, "laptop");
    house.does(clinician, ClientMessage::End(Empty {}));
    for connection in [clinician, patient, interpreter] {
        assert_eq!(house.closed(connection), Some(CloseWord::VisitEnded));
        assert!(house.heard(connection).contains(&ServerMessage::Ended(Ended { by: Role::Clinician })));
    }
    assert_eq!(house.relay.len(), 2);
    let late = house.connect(PATIENT, "phone");
    assert_eq!(house.closed(late), Some(CloseWord::VisitEnded));
    assert!(house.room.is_idle() && house.room.is_over());
}

#[test]
fn a_repeated_command_changes_nothing_even_after_a_restart() {
    let mut house = House::visit();
    let clinician = house.connect(CLINICIAN, "desk");
    let patient = house.connect(PATIENT, "phone");
    house.does(patient, ClientMessage::CheckIn(Empty {}));
    let id = "the one".into();
    house.say_as(clinician, &id, admit(true));
    house.forget();
    house.say_as(clinician, &id, admit(true));
    assert_eq!((house.answer(clinician), house.facts.len()), (Ok(()), 0));

    let mut restored = plan(VisitKind::Clinical);
    restored.seats[0].state = Standing::Admitted { at: 1 };
    restored.seats[0].commands = vec![id.clone()];
    let mut house = House::open(restored);
    let clinician = house.connect(CLINICIAN, "desk");
    house.forget();
    house.say_as(clinician, &id, admit(true));
    assert_eq!((house.answer(clinician), house.facts.len()), (Ok(()), 0));
}

#[test]
fn what_could_not_be_stored_did_not_happen() {
    let mut house = House::visit();
    let clinician = house.connect(CLINICIAN, "desk");
    let patient = house.connect(PATIENT, "phone");
    house.does(patient, ClientMessage::CheckIn(Empty {}));
    house.forget();

    let before = house.room.clone();
    let id = CommandId::from("x");
    let envelope = Envelope { n: Some(1), ack: 0, id: Some(id.clone()), message: admit(true) };
    house.room.handle(house.now, Input::Received { connection: clinician, envelope });
    assert!(matches!(house.room.poll(), Some(Output::Store(Fact::Admitted { .. }))), "the disk is full");
    house.room = before;
    house.handle(Input::NotStored { connection: clinician, n: 1, id });

    assert_eq!(house.answer(clinician), Err(RefusalWord::TryAgain));
    assert_eq!((house.heard(patient), house.facts.len()), (vec![], 0));
}

#[test]
fn a_link_that_was_replaced_ends_its_sessions_and_frees_the_seat() {
    let (mut house, clinician, patient) = House::call();
    house.handle(Input::Revoke { seat: PATIENT.into() });
    assert_eq!(house.closed(patient), Some(CloseWord::Removed));
    assert!(house.heard(clinician).iter().any(|message| matches!(message, ServerMessage::PersonLeft(_))));
    let other = house.connect(PATIENT, "tablet");
    assert!(matches!(house.welcome(other).view, Some(View::Outside(outside)) if outside.state == OutsideState::Expected));
}

#[test]
fn signing_out_everywhere_ends_the_call_for_that_person() {
    let (mut house, clinician, patient) = House::call();
    house.handle(Input::SignOut { seat: CLINICIAN.into(), device: None });
    assert_eq!(house.closed(clinician), Some(CloseWord::SignedOut));
    assert!(matches!(house.heard(patient)[..], [ServerMessage::PersonLeft(_)]));
}

#[test]
fn signing_out_on_one_computer_ends_only_what_is_open_there() {
    let (mut house, desk, _) = House::call();
    let laptop = house.connect(CLINICIAN, "laptop");
    let of = |device: &str| Input::SignOut { seat: CLINICIAN.into(), device: Some(device.into()) };
    house.handle(of("a computer at home"));
    assert_eq!((house.closed(desk), house.closed(laptop)), (None, None));
    house.handle(of("laptop"));
    assert_eq!((house.closed(desk), house.closed(laptop)), (None, Some(CloseWord::SignedOut)));
    let laptop = house.connect(CLINICIAN, "laptop");
    house.handle(of("desk"));
    assert_eq!((house.closed(desk), house.closed(laptop)), (Some(CloseWord::SignedOut), None));
    assert!(house.heard(laptop).iter().any(|message| matches!(message, ServerMessage::Admitted(_))), "the seat is free for it");
}
