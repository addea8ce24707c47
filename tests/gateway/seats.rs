//! Caregivers and interpreters: booked with the visit or added on the day, joining without a date of birth, and sent away again.

use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::Method;
use serde_json::{Value, json};
use signaling::message::*;

use crate::support::Person;
use crate::support::page::{Door, listen};
use crate::support::person::Answer;
use crate::support::visits::{Practice, Visit};

const NOW: &str = "2026-11-24T14:05";

fn with_seats(practice: &Practice, seats: Value) -> Value {
    let mut booking = practice.booking(NOW);
    booking["seats"] = seats;
    booking
}

/// A visit that begins now with Rosa Ruiz as interpreter, and each one's own link.
pub(crate) async fn booked_with_interpreter(practice: &Practice) -> (Visit, Visit) {
    let booking = with_seats(practice, json!([{ "role": "interpreter", "name": " Rosa Ruiz " }]));
    let booked = practice.lee.post("/api/v1/visits", booking).await.ok();
    let patient = Visit::of(&booked);
    (patient.clone(), link_of(&patient.id, &booked["links"][1]))
}

fn link_of(visit: &str, link: &Value) -> Visit {
    let text = |name: &str| link[name].as_str().expect("text").to_owned();
    Visit { id: visit.to_owned(), seat: text("seat"), url: text("url") }
}

async fn delete(person: &Person, path: &str) -> Answer {
    person.send(person.request(Method::DELETE, path).body(Body::empty()).expect("a request")).await
}

fn seat_path(visit: &Visit) -> String {
    visit.path(&format!("/seats/{}", visit.seat))
}

fn seat_of<'v>(row: &'v Value, seat: &str) -> &'v Value {
    row["seats"].as_array().expect("seats").iter().find(|known| known["seat"] == seat).expect("the seat")
}

/// Where the phone of this seat connects, and where Dr. Lee's page does.
pub(crate) async fn doors(practice: &Practice, visit: &Visit, phone: &Person) -> (Door, Door) {
    let (address, origin) = (listen(&practice.clinic.app).await, practice.clinic.context.config.public_url.clone());
    let device = format!("__Host-device={}", phone.cookie("__Host-device").expect("a device"));
    let staff = format!("__Host-staff={}", practice.lee.cookie("__Host-staff").expect("signed in"));
    let door = |path: String, cookie| Door { address, path, origin: origin.clone(), cookie };
    (door(format!("/api/v1/seats/{}/socket", visit.seat), device), door(visit.path("/socket"), staff))
}

#[tokio::test]
async fn a_booking_gives_each_companion_a_seat_and_a_link() {
    let practice = Practice::open().await;
    let seats = json!([{ "role": "interpreter", "name": "Rosa Ruiz" }, { "role": "caregiver", "name": "Ana Díaz" }]);
    let (key, booking) = ("0a7c1c4e-5c0f-4a55-9f0e-2b0b6f6f7a11", with_seats(&practice, seats));
    let first = practice.lee.post_with_key("/api/v1/visits", key, &booking).await;
    let again = practice.lee.post_with_key("/api/v1/visits", key, &booking).await;
    assert_eq!(first.text, again.text, "the same links, and no second booking");
    let booked = first.ok();
    let roles: Vec<&Value> = booked["links"].as_array().unwrap().iter().map(|link| &link["role"]).collect();
    assert_eq!(roles, ["patient", "interpreter", "caregiver"]);
    let urls: std::collections::BTreeSet<_> =
        booked["links"].as_array().unwrap().iter().map(|link| link["url"].to_string()).collect();
    assert_eq!(urls.len(), 3);
    let interpreter = seat_of(&booked["visit"], booked["links"][1]["seat"].as_str().unwrap());
    assert_eq!((&interpreter["name"], &interpreter["arrival"]), (&json!("Rosa Ruiz"), &json!("not_arrived")));
    assert_eq!(interpreter["readiness"]["mode"], "not_checked");
    assert_eq!((practice.clinic.audited("visit.booked").await, practice.clinic.audited("seat.added").await), (1, 2));
}

#[tokio::test]
async fn what_is_no_companion_says_why_and_leaves_nothing() {
    let practice = Practice::open().await;
    let one = |role: &str, name: &str| json!({ "role": role, "name": name });
    let five: Vec<Value> = (0..5).map(|_| one("caregiver", "Ana")).collect();
    let rows = [
        (json!([one("patient", "Rosa")]), "wrong_role"),
        (json!([one("clinician", "Rosa")]), "wrong_role"),
        (json!([one("support", "Rosa")]), "wrong_role"),
        (json!([one("boss", "Rosa")]), "wrong_type"),
        (json!([one("interpreter", "  ")]), "bad_name"),
        (json!([one("interpreter", &"a".repeat(121))]), "bad_name"),
        (json!([one("interpreter", "Rosa\u{202e}zuiR")]), "bad_name"),
        (json!([{ "role": "interpreter", "name": "Rosa", "phone": "1" }]), "bad_phone"),
        (json!([{ "role": "interpreter", "name": "Rosa", "mail": "rosa" }]), "bad_mail"),
        (json!([{ "role": "interpreter", "name": "Rosa", "fax": "1" }]), "unknown_field"),
        (json!([{ "role": "interpreter" }]), "missing_field"),
        (Value::from(five), "too_many_seats"),
    ];
    for (seats, code) in rows {
        practice.lee.post("/api/v1/visits", with_seats(&practice, seats.clone())).await.refused(422, code);
    }
    assert_eq!((practice.clinic.audited("visit.booked").await, practice.clinic.audited("seat.added").await), (0, 0));
    let visit = practice.book(NOW).await;
    for (new, code) in [(one("clinician", "Rosa"), "wrong_role"), (one("interpreter", ""), "bad_name")] {
        practice.lee.post(&visit.path("/seats"), new).await.refused(422, code);
    }
}

#[tokio::test]
async fn a_companion_is_added_on_the_day_up_to_four() {
    let practice = Practice::open().await;
    let visit = practice.book(NOW).await;
    let rosa = json!({ "role": "interpreter", "name": "Rosa Ruiz" });
    let (key, path) = ("1b7c1c4e-5c0f-4a55-9f0e-2b0b6f6f7a11", visit.path("/seats"));
    let added = practice.lee.post_with_key(&path, key, &rosa).await;
    assert_eq!((added.status.as_u16(), &added.text), (201, &practice.lee.post_with_key(&path, key, &rosa).await.text));
    let link = link_of(&visit.id, &added.ok()["link"]);
    assert_eq!(link.redeem(&practice.clinic.somebody()).await.ok()["role"], "interpreter");
    let more = (0..8).map(|_| practice.lee.post(&path, json!({ "role": "caregiver", "name": "Ana" })));
    let answers = futures_util::future::join_all(more).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 3);
    assert!(answers.iter().filter(|answer| answer.status != 201).all(|answer| answer.code() == "too_many_seats"));
    delete(&practice.lee, &seat_path(&link)).await.ok();
    practice.lee.post(&path, json!({ "role": "caregiver", "name": "Ana" })).await.ok();

    let south = practice.clinic.facility("south").await;
    let stranger = practice.clinic.at_work(&south, "max", housecall::identity::StaffRole::Admin).await;
    stranger.post(&path, rosa.clone()).await.refused(404, "not_found");
    delete(&stranger, &seat_path(&visit)).await.refused(404, "not_found");
    delete(&practice.lee, &seat_path(&visit)).await.refused(422, "wrong_role");
    practice.lee.post(&visit.path("/cancel"), json!({})).await.ok();
    practice.lee.post(&path, rosa).await.refused(409, "already_over");
}

#[tokio::test]
async fn an_interpreter_is_not_asked_who_the_patient_is_and_learns_nothing_outside() {
    let practice = Practice::open().await;
    let (_, interpreter) = booked_with_interpreter(&practice).await;
    let phone = practice.phone(&interpreter).await;
    let page = interpreter.page(&phone).await;
    for canary in ["Díaz", "Rosa", "1961", "\"lee\"", "follow_up", "Seguimiento", "555-0123"] {
        assert!(!page.text.contains(canary), "{canary} in {}", page.text);
    }
    let page = page.ok();
    assert_eq!((&page["step"], &page["who"], &page["join"]["role"]), (&json!("ready"), &Value::Null, &json!("interpreter")));
    assert!(page["join"].get("language").is_none(), "the patient's language is the patient's");
    let tests = format!("/api/v1/seats/{}/equipment-tests", interpreter.seat);
    let test = phone.post(&tests, json!({})).await.ok();
    assert!(test["paths"]["udp"].is_array());
    let row = practice.row(&interpreter).await;
    assert_eq!(seat_of(&row, &interpreter.seat)["arrival"], "testing");
    assert_eq!((&row["arrival"], &row["readiness"]["mode"]), (&json!("not_arrived"), &json!("not_checked")), "not the patient's");
    phone.post(&format!("/api/v1/seats/{}/feedback", interpreter.seat), json!({ "rating": 4 })).await.ok();

    let again = practice.lee.post(&interpreter.path(&format!("/seats/{}/link", interpreter.seat)), json!({})).await.ok();
    interpreter.page(&phone).await.refused(404, "not_found");
    let newer = Visit { url: again["url"].as_str().unwrap().to_owned(), ..interpreter.clone() };
    assert_eq!(newer.redeem(&phone).await.ok()["step"], "ready");
}

#[tokio::test]
async fn a_test_call_is_for_the_patient_alone() {
    let practice = Practice::open().await;
    let (_, interpreter) = booked_with_interpreter(&practice).await;
    let sam = practice.clinic.at_work(&practice.facility, "sam", housecall::identity::StaffRole::Support).await;
    let phone = practice.phone(&interpreter).await;
    sam.post(&format!("/api/v1/support/visits/{}/test-call", interpreter.id), json!({})).await.ok();
    assert!(interpreter.redeem(&phone).await.ok().get("test_call").is_none());
    assert!(interpreter.page(&phone).await.ok().get("test_call").is_none());
}

#[tokio::test]
async fn a_waiting_interpreter_hears_nothing_and_is_let_in_by_who_knows_them() {
    let practice = Practice::open().await;
    let (patient, interpreter) = booked_with_interpreter(&practice).await;
    let phone = practice.phone(&interpreter).await;
    let (door, desk) = doors(&practice, &interpreter, &phone).await;
    let (own, _) = doors(&practice, &patient, &practice.known_phone(&patient).await).await;
    let (mut rosa, welcome) = door.enter("laptop").await;
    assert!(matches!(&welcome.view, Some(View::Outside(_))) && welcome.role == Role::Interpreter && welcome.may.is_empty());
    rosa.does(ClientMessage::CheckIn(Empty {})).await;
    let row = practice.row(&interpreter).await;
    assert_eq!((&seat_of(&row, &interpreter.seat)["arrival"], &row["arrival"]), (&json!("waiting"), &json!("arriving")));

    let (mut lee, _) = desk.enter("desk").await;
    let (mut maria, _) = own.enter("phone").await;
    maria.does(ClientMessage::CheckIn(Empty {})).await;
    let admit = |seat: &str, identity_confirmed| ClientMessage::Admit(Admit { seat: seat.into(), identity_confirmed });
    lee.does(admit(&patient.seat, true)).await;
    maria
        .say(ClientMessage::Candidate(CandidateTo {
            to: interpreter.seat.as_str().into(),
            page: None,
            candidate: Candidate {
                candidate: "candidate:1 1 udp 1 192.168.1.7 5 typ host".into(),
                sdp_mid: None,
                sdp_m_line_index: None,
                username_fragment: None,
            },
        }))
        .await;
    maria.does(ClientMessage::CheckIn(Empty {})).await;
    lee.say(admit(&interpreter.seat, false)).await;
    assert!(matches!(lee.answer().await, ServerMessage::Refused(refused) if refused.word == RefusalWord::IdentityNotConfirmed));
    lee.does(admit(&interpreter.seat, true)).await;

    // Whatever came before admission was about the door alone.
    let people = loop {
        match rosa.hear().await {
            ServerMessage::Admitted(inside) => break inside.people,
            ServerMessage::Outside(_) | ServerMessage::Done(_) => {}
            other => panic!("heard outside: {other:?}"),
        }
    };
    assert_eq!(people.len(), 3);
    let servers = rosa.hear_until(|message| match message {
        ServerMessage::IceServers(servers) => Some(servers.clone()),
        _ => None,
    });
    assert!(servers.await.servers[0].username.contains(&interpreter.seat), "relay credentials of the seat's own");
    let lines = practice.lee.read(&interpreter.path("/audit")).await.ok();
    let line = |line: &&Value| line["action"] == "seat.admitted" && line["seat"] == interpreter.seat.as_str();
    let kept = lines.as_array().unwrap().iter().find(line).expect("kept");
    assert_eq!(kept["detail"]["identity_confirmed"], json!(true));
}

#[tokio::test]
async fn a_removed_interpreter_is_out_within_a_second_by_every_way() {
    let practice = Practice::open().await;
    let (patient, interpreter) = booked_with_interpreter(&practice).await;
    let phone = practice.phone(&interpreter).await;
    let (door, desk) = doors(&practice, &interpreter, &phone).await;
    let (own, _) = doors(&practice, &patient, &practice.known_phone(&patient).await).await;
    let (mut lee, _) = desk.enter("desk").await;
    let (mut rosa, _) = door.enter("laptop").await;
    let (mut maria, _) = own.enter("phone").await;
    for (page, seat) in [(&mut rosa, &interpreter.seat), (&mut maria, &patient.seat)] {
        page.does(ClientMessage::CheckIn(Empty {})).await;
        lee.does(ClientMessage::Admit(Admit { seat: seat.as_str().into(), identity_confirmed: true })).await;
        page.hear_until(|message| matches!(message, ServerMessage::IceServers(_)).then_some(())).await;
    }
    let began = Instant::now();
    let row = delete(&practice.lee, &seat_path(&interpreter)).await.ok();
    assert_eq!(seat_of(&row, &interpreter.seat)["state"], "removed");
    assert_eq!(rosa.closed().await, 4403, "the socket, and the resume token with it");
    assert_eq!(door.open().await.map(|_| ()), Err(404), "the cookie");
    interpreter.page(&phone).await.refused(404, "not_found");
    interpreter.redeem(&phone).await.refused(404, "link_unknown");
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());

    let left = |message: &ServerMessage| match message {
        ServerMessage::PersonLeft(left) => Some((left.seat.0.clone(), left.why)),
        _ => None,
    };
    assert_eq!(maria.hear_until(left).await, (interpreter.seat.clone(), Departure::Removed));
    maria.does(ClientMessage::CheckIn(Empty {})).await;
    assert_eq!(practice.row(&patient).await["arrival"], "in_visit", "the two go on");
    delete(&practice.lee, &seat_path(&interpreter)).await.ok();
    assert_eq!(practice.clinic.audited("seat.removed").await, 1);
    practice.lee.post(&format!("{}/link", seat_path(&interpreter)), json!({})).await.refused(409, "already_started");
}
