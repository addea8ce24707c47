//! What passes between two people in the call, and what does not.

use signaling::message::*;
use signaling::room::Fact;

use crate::house::*;

fn candidate(to: &str, text: &str, page: Option<&str>) -> ClientMessage {
    let candidate = Candidate { candidate: text.into(), sdp_mid: None, sdp_m_line_index: None, username_fragment: None };
    ClientMessage::Candidate(CandidateTo { to: to.into(), page: page.map(str::to_owned), candidate })
}

fn offer(to: &str, page: Option<&str>) -> ClientMessage {
    let description = Description { kind: DescriptionType::Offer, sdp: "v=0\r\n".into() };
    ClientMessage::Description(DescriptionTo { to: to.into(), page: page.map(str::to_owned), description })
}

#[test]
fn descriptions_and_candidates_carry_the_seat_of_the_session_that_sent_them() {
    let (mut house, clinician, patient) = House::call();
    house.say(patient, offer(CLINICIAN, None));
    house.say(patient, candidate_to(CLINICIAN, 1));
    let heard = house.heard(clinician);
    assert!(matches!(&heard[0], ServerMessage::Description(d) if d.from.as_str() == PATIENT && d.description.sdp == "v=0\r\n"));
    assert!(matches!(&heard[1], ServerMessage::Candidate(c) if c.from.as_str() == PATIENT));
    assert_eq!(house.heard(patient), []);
}

#[test]
fn nothing_passes_to_or_from_somebody_who_is_not_admitted() {
    let (mut house, clinician, patient) = House::call();
    let interpreter = house.connect(INTERPRETER, "laptop");
    house.does(interpreter, ClientMessage::CheckIn(Empty {}));
    house.forget();
    house.say(interpreter, offer(CLINICIAN, None));
    house.say(interpreter, candidate_to(PATIENT, 1));
    house.say(interpreter, ClientMessage::MediaState(MediaState { camera: true, ..MediaState::default() }));
    house.say(interpreter, ClientMessage::RenewRelay(Empty {}));
    house.say(clinician, offer(INTERPRETER, None));
    house.say(clinician, offer("nobody", None));
    house.say(clinician, offer(CLINICIAN, None));
    for connection in [clinician, patient, interpreter] {
        assert_eq!(house.heard(connection), []);
    }
    assert_eq!(house.relay, []);
}

#[test]
fn candidates_of_the_machine_itself_are_dropped() {
    let (mut house, clinician, patient) = House::call();
    for address in ["127.0.0.1", "169.254.169.254", "::1", "fe80::1"] {
        house.say(patient, candidate(CLINICIAN, &format!("candidate:1 1 udp 1 {address} 9 typ host"), None));
    }
    assert_eq!(house.heard(clinician), []);
    house.say(patient, candidate(CLINICIAN, "candidate:1 1 udp 1 0b6f.local 9 typ host", None));
    house.say(patient, candidate(CLINICIAN, "", None));
    assert_eq!(house.heard(clinician).len(), 2);
}

#[test]
fn with_relay_only_nobody_learns_an_address() {
    let mut plan = plan(VisitKind::Clinical);
    plan.relay_only = true;
    plan.seats[0].state = signaling::room::Standing::Admitted { at: 1 };
    plan.seats[1].state = signaling::room::Standing::Admitted { at: 1 };
    let mut house = House::open(plan);
    let clinician = house.connect(CLINICIAN, "desk");
    let patient = house.connect(PATIENT, "phone");
    house.forget();
    house.say(patient, candidate(CLINICIAN, "candidate:1 1 udp 1 203.0.113.7 9 typ srflx raddr 10.0.0.1 rport 9", None));
    house.say(patient, candidate(CLINICIAN, "candidate:1 1 udp 1 198.51.100.1 9 typ relay raddr 203.0.113.7 rport 9", None));
    let said = &house.page(clinician).raw;
    assert!(said.len() == 1 && said[0].contains("198.51.100.1") && !said[0].contains("203.0.113.7"), "{said:?}");
}

#[test]
fn what_was_meant_for_an_earlier_page_is_dropped() {
    let (mut house, clinician, patient) = House::call();
    house.say(clinician, offer(PATIENT, Some("page of phone")));
    assert_eq!(house.heard(patient).len(), 1);
    let reloaded = house.connect_with(PATIENT, "phone", hello("a new page"));
    let before = house.heard(reloaded).len();
    house.say(clinician, offer(PATIENT, Some("page of phone")));
    assert_eq!(house.heard(reloaded).len(), before);
    house.say(clinician, offer(PATIENT, Some("a new page")));
    assert_eq!(house.heard(reloaded).len(), before + 1);
}

#[test]
fn everyone_sees_who_is_muted() {
    let (mut house, clinician, patient) = House::call();
    let media = MediaState { camera: true, connection: Connection::Lost, pictures: Pictures::OwnPaused, ..MediaState::default() };
    house.say(patient, ClientMessage::MediaState(media));
    assert!(matches!(&house.heard(clinician)[..], [ServerMessage::Person(person)] if person.media == media));
}

#[test]
fn patient_or_clinician_go_on_by_telephone_and_come_back() {
    let (mut house, clinician, patient) = House::call();
    let interpreter = house.connect(INTERPRETER, "laptop");
    house.does(interpreter, ClientMessage::CheckIn(Empty {}));
    let go = |by_phone| ClientMessage::GoByPhone(ByPhone { by_phone });
    house.is_refused(interpreter, go(true), RefusalWord::NotAllowed);
    house.forget();

    house.does(patient, go(true));
    let told = ServerMessage::ByPhone(ByPhone { by_phone: true });
    assert!(house.heard(clinician).contains(&told) && house.heard(patient).contains(&told));
    assert!(!house.heard(interpreter).contains(&told), "who waits hears nothing of the visit");
    assert!(house.facts.contains(&Fact::ByPhone { by: PATIENT.into(), on: true }));
    assert!(house.changes > 0, "lists show it");

    house.forget();
    house.does(clinician, go(true));
    assert!(house.facts.is_empty(), "it was so already");
    house.does(clinician, go(false));
    assert!(house.heard(patient).contains(&ServerMessage::ByPhone(ByPhone { by_phone: false })));
}

#[test]
fn a_flood_ends_its_own_connection_and_nobody_elses() {
    let (mut house, clinician, patient) = House::call();
    for number in 0..120 {
        if house.closed(patient).is_none() {
            house.say(patient, candidate_to(CLINICIAN, number));
        }
    }
    assert_eq!((house.closed(patient), house.closed(clinician)), (Some(CloseWord::Flood), None));
    let passed = house.heard(clinician).iter().filter(|message| matches!(message, ServerMessage::Candidate(_))).count();
    assert!((90..=100).contains(&passed), "{passed}");

    let back = house.come_back(patient, "phone");
    house.say(back, candidate_to(CLINICIAN, 1));
    assert_eq!(house.closed(back), Some(CloseWord::Flood), "a new connection is no new allowance");
}

#[test]
fn a_hole_in_the_numbers_or_a_false_acknowledgement_ends_the_connection() {
    use signaling::room::Input;
    for (n, ack) in [(Some(9), 0), (None, 9_999)] {
        let (mut house, _, patient) = House::call();
        let message = if n.is_some() { candidate_to(CLINICIAN, 1) } else { ClientMessage::Ping(Ping { nonce: 1 }) };
        house.handle(Input::Received { connection: patient, envelope: Envelope { n, ack, id: None, message } });
        assert_eq!(house.closed(patient), Some(CloseWord::BadMessage));
    }
}
