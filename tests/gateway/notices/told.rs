//! Who is told what, and how: from the booking to the day itself.

use std::fs;

use serde_json::{Value, json};
use signaling::message::{Admit, ClientMessage, Empty, RunningLate, SeatRef, TextMe};

use super::{practice, send_texts};
use crate::seats::doors;
use crate::support::page::{Door, listen};
use crate::support::visits::{Practice, Visit};

/// A clinic whose texts and mail become files.
async fn on_paper() -> (Practice, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("notices");
    (practice(|config| config.notices.folder = Some(place)).await, folder)
}

/// Everything in the folder, oldest first, after sending what is due.
async fn texts(practice: &Practice, folder: &tempfile::TempDir) -> Vec<String> {
    let outbox = practice.clinic.outbox();
    while send_texts(&outbox).await > 0 {}
    let mut files: Vec<_> =
        fs::read_dir(folder.path().join("notices")).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files.iter().map(|file| fs::read_to_string(file).expect("a text")).collect()
}

fn patients_link(booked: &Value) -> &Value {
    &booked["links"][0]
}

#[tokio::test]
async fn a_booking_texts_the_link_and_the_link_in_the_text_opens_the_visit() {
    let (practice, folder) = on_paper().await;
    let booked = practice.try_book("2026-11-24T14:10").await.ok();
    assert_eq!(patients_link(&booked)["told"], "text");
    let texts = texts(&practice, &folder).await;
    let [text] = texts.as_slice() else { panic!("{texts:?}") };
    assert!(text.starts_with("To: 555-0123\n"), "{text}");
    let url = text.split_whitespace().find(|word| word.contains("/j/")).expect("a link in the text");
    let visit = Visit { url: url.to_owned(), ..Visit::of(&booked) };
    practice.phone(&visit).await;
    let row = practice.row(&visit).await;
    assert_eq!(
        row["seats"].as_array().expect("seats").iter().find(|seat| seat["role"] == "patient").expect("one")["told"]["state"],
        "sent"
    );
}

#[tokio::test]
async fn nobody_reads_a_name_or_a_reason_in_a_text() {
    let (practice, folder) = on_paper().await;
    let mut booking = practice.booking("2026-11-25T10:00");
    booking["seats"] = json!([{ "role": "caregiver", "name": "Luis Díaz", "phone": "555-0177" }]);
    let booked = practice.lee.post("/api/v1/visits", booking).await.ok();
    assert_eq!(booked["links"][1]["told"], "text");
    let texts = texts(&practice, &folder).await;
    assert_eq!(texts.len(), 2);
    for text in &texts {
        for secret in ["Rosa", "Luis", "lee", "Follow", "Seguimiento"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
    let links: Vec<_> = texts.iter().map(|text| text.split_once('#').expect("a link").1.to_owned()).collect();
    assert_ne!(links[0], links[1], "each has a link of their own");
}

#[tokio::test]
async fn moving_and_cancelling_are_told_once_each_and_nothing_old_comes_after_them() {
    let (practice, folder) = on_paper().await;
    let visit = practice.book("2026-11-25T10:00").await;
    assert_eq!(texts(&practice, &folder).await.len(), 1);
    for _ in 0..2 {
        practice.lee.post(&visit.path("/move"), json!({ "starts_at": "2026-11-25T11:30" })).await.ok();
    }
    let told = texts(&practice, &folder).await;
    assert_eq!(told.len(), 2, "the second move changed nothing: {told:?}");
    assert!(told.iter().any(|text| text.contains("11:30 am EST") && text.contains("enlace sigue igual")), "{told:?}");
    practice.clinic.context.clock.advance(crate::support::visits::MINUTE);
    // A new link that is not sent yet when the visit is cancelled.
    practice.lee.post(&format!("/api/v1/visits/{}/seats/{}/link", visit.id, visit.seat), json!({})).await.ok();
    practice.lee.post(&visit.path("/cancel"), json!({})).await.ok();
    let told = texts(&practice, &folder).await;
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[2].contains("se cancela su videoconsulta"), "{told:?}");
    assert_eq!(practice.clinic.notices("dropped").await, 1);
}

#[tokio::test]
async fn a_new_link_overtakes_the_old_one_on_its_way() {
    let (practice, folder) = on_paper().await;
    let visit = practice.book("2026-11-25T10:00").await;
    let path = format!("/api/v1/visits/{}/seats/{}/link", visit.id, visit.seat);
    let link = practice.lee.post(&path, json!({})).await.ok();
    assert_eq!(link["told"], "text");
    let told = texts(&practice, &folder).await;
    assert_eq!(told.len(), 1, "the dead link was not sent: {told:?}");
    assert!(told[0].contains(link["url"].as_str().expect("a link")));
}

#[tokio::test]
async fn a_delay_is_texted_to_who_does_not_have_the_page_open_and_taken_back_too() {
    let (practice, folder) = on_paper().await;
    let visit = practice.book("2026-11-24T14:30").await;
    texts(&practice, &folder).await;
    practice.clinic.context.clock.advance(crate::support::visits::MINUTE);
    for minutes in [15, 15, 0] {
        practice.lee.post(&visit.path("/late"), json!({ "minutes": minutes })).await.ok();
        practice.clinic.context.clock.advance(crate::support::visits::MINUTE);
    }
    let told = texts(&practice, &folder).await;
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[1].contains("15 minutos tarde"), "{told:?}");
    assert!(told[2].contains("a su hora"), "{told:?}");
}

#[tokio::test]
async fn who_asked_for_it_while_waiting_is_texted_once_when_it_is_their_turn() {
    let (practice, folder) = on_paper().await;
    let visit = practice.book("2026-11-24T14:10").await;
    let phone = practice.known_phone(&visit).await;
    let before = texts(&practice, &folder).await.len();
    // What was told last is told by its moment.
    practice.clinic.context.clock.advance(crate::support::visits::MINUTE);
    let (seat, desk) = doors(&practice, &visit, &phone).await;
    let (mut lee, _) = desk.enter("desk").await;
    let (mut patient, _) = seat.enter("phone").await;
    patient.does(ClientMessage::CheckIn(Empty {})).await;
    for wanted in [true, false, true, true] {
        patient.does(ClientMessage::TextMe(TextMe { wanted })).await;
    }
    drop(patient);
    assert_eq!(texts(&practice, &folder).await.len(), before, "it is not their turn yet");

    let admit = Admit { seat: visit.seat.as_str().into(), identity_confirmed: true };
    for _ in 0..2 {
        lee.does(ClientMessage::Admit(admit.clone())).await;
        lee.does(ClientMessage::SendBack(SeatRef { seat: visit.seat.as_str().into() })).await;
    }
    let told = texts(&practice, &folder).await;
    assert_eq!(told.len(), before + 1, "asked for once: {told:?}");
    assert!(told[before].contains("es su turno"), "{told:?}");
    let row = practice.row(&visit).await;
    let patient = row["seats"].as_array().expect("seats").iter().find(|known| known["seat"] == visit.seat.as_str());
    assert_eq!(patient.expect("the seat")["told"]["message"], "turn");
}

#[tokio::test]
async fn a_companion_who_asked_for_it_is_texted_on_their_own_phone() {
    let (practice, folder) = on_paper().await;
    let mut booking = practice.booking("2026-11-24T14:10");
    booking["seats"] = json!([{ "role": "caregiver", "name": "Luis Díaz", "phone": "555-0177" }]);
    let booked = practice.lee.post("/api/v1/visits", booking).await.ok();
    let link = |name: &str| booked["links"][1][name].as_str().expect("text").to_owned();
    let luis = Visit { seat: link("seat"), url: link("url"), ..Visit::of(&booked) };
    let before = texts(&practice, &folder).await.len();
    practice.clinic.context.clock.advance(crate::support::visits::MINUTE);
    let (door, desk) = doors(&practice, &luis, &practice.phone(&luis).await).await;
    let (mut page, _) = door.enter("laptop").await;
    page.does(ClientMessage::CheckIn(Empty {})).await;
    page.does(ClientMessage::TextMe(TextMe { wanted: true })).await;
    drop(page);

    let (mut lee, _) = desk.enter("desk").await;
    lee.does(ClientMessage::Admit(Admit { seat: luis.seat.as_str().into(), identity_confirmed: true })).await;
    let told = texts(&practice, &folder).await;
    assert_eq!(told.len(), before + 1, "{told:?}");
    assert!(told[before].starts_with("To: 555-0177\n"), "{told:?}");
}

#[tokio::test]
async fn a_delay_that_is_said_in_the_room_is_texted_alike() {
    let (practice, folder) = on_paper().await;
    let visit = practice.book("2026-11-24T14:10").await;
    texts(&practice, &folder).await;
    let desk = Door {
        address: listen(&practice.clinic.app).await,
        path: format!("/api/v1/visits/{}/socket", visit.id),
        origin: practice.clinic.context.config.public_url.clone(),
        cookie: format!("__Host-staff={}", practice.lee.cookie("__Host-staff").expect("signed in")),
    };
    practice.clinic.context.clock.advance(crate::support::visits::MINUTE);
    let (mut lee, _) = desk.enter("desk").await;
    for minutes in [15, 15] {
        lee.does(ClientMessage::RunningLate(RunningLate { minutes })).await;
    }
    let told = texts(&practice, &folder).await;
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[1].contains("15 minutos tarde"), "{told:?}");
    assert_eq!(practice.clinic.audited("visit.running_late").await, 1);
}

#[tokio::test]
async fn where_nothing_is_set_up_or_nobody_can_be_reached_staff_is_told_to_say_it() {
    let silent = Practice::open().await;
    let booked = silent.try_book("2026-11-25T10:00").await.ok();
    assert!(patients_link(&booked).get("told").is_none(), "{booked}");
    let (practice, _folder) = on_paper().await;
    let mut booking = practice.booking("2026-11-25T10:00");
    booking["seats"] = json!([{ "role": "interpreter", "name": "Kim" }]);
    let booked = practice.lee.post("/api/v1/visits", booking).await.ok();
    assert!(booked["links"][1].get("told").is_none(), "{booked}");
    assert_eq!(practice.clinic.notices("waiting").await, 1, "the patient's");
}
