//! How a visit went, as staff read it afterwards: who came, how the path was, what happened on whose page; and for whom it is.

use std::time::Duration;

use housecall::identity::StaffRole::{Admin, Clinician, Support};
use serde_json::{Value, json};
use signaling::message::*;

use crate::seats::{booked_with_interpreter, doors};
use crate::support::page::Page;
use crate::support::visits::{Practice, Visit};

/// The patient and Dr. Lee in the call.
async fn meet() -> (Practice, Visit, Page, Page) {
    let practice = Practice::open().await;
    let (visit, _) = booked_with_interpreter(&practice).await;
    let phone = practice.known_phone(&visit).await;
    let (seat, desk) = doors(&practice, &visit, &phone).await;
    let (mut lee, welcome) = desk.enter("desk").await;
    let (mut patient, _) = seat.enter("phone").await;
    patient.does(ClientMessage::CheckIn(Empty {})).await;
    lee.does(ClientMessage::Admit(Admit { seat: visit.seat.as_str().into(), identity_confirmed: true })).await;
    assert!(welcome.may.contains(&Permission::KeepTheDoor));
    (practice, visit, patient, lee)
}

fn report(with: &str, loss: f64) -> ClientMessage {
    let measured = PathNumbers { round_trip_ms: Some(80), loss_in: Some(loss), ..PathNumbers::default() };
    ClientMessage::Quality(PathReport { with: with.into(), measured })
}

async fn reads(page: &mut Page, level: PathLevel) -> PathQuality {
    page.hear_until(|message| match message {
        ServerMessage::Quality(path) if path.level == level => Some(path.clone()),
        _ => None,
    })
    .await
}

fn whats<'v>(timeline: &'v Value, kind: &str) -> Vec<&'v str> {
    let steps = timeline["steps"].as_array().expect("steps").iter();
    steps.filter(|step| step["kind"] == kind).map(|step| step["what"].as_str().expect("a word")).collect()
}

#[tokio::test]
async fn a_talk_that_was_weak_for_a_while_reads_so_for_both_and_in_the_visits_timeline() {
    let (practice, visit, mut patient, mut lee) = meet().await;
    lee.say(report(&visit.seat, 0.0)).await;
    let good = reads(&mut patient, PathLevel::Good).await;
    lee.say(report(&visit.seat, 0.12)).await;
    let weak = reads(&mut patient, PathLevel::Weak).await;
    assert_eq!(weak, reads(&mut lee, PathLevel::Weak).await, "the same on both screens");
    assert_eq!(
        weak.trouble.as_ref().map(|trouble| trouble.side.as_str()),
        Some(visit.seat.as_str()),
        "what comes from there is lost"
    );
    patient.does(ClientMessage::Happened(Happened { what: Happening::PicturePaused })).await;
    for _ in 0..12 {
        practice.clinic.context.clock.advance(Duration::from_secs(5));
        patient.say(ClientMessage::Ping(Ping { nonce: 1 })).await;
        lee.say(report(&visit.seat, 0.0)).await;
        lee.say(ClientMessage::Ping(Ping { nonce: 1 })).await;
        lee.hear_until_pong().await.expect("the report was taken at this hour");
    }
    reads(&mut patient, PathLevel::Good).await;
    lee.does(ClientMessage::End(Empty {})).await;

    let timeline = practice.lee.read(&visit.path("/timeline")).await.ok();
    assert_eq!(
        whats(&timeline, "join"),
        ["link.redeemed", "seat.identified", "seat.admitted", "seat.checked_in", "seat.admitted", "visit.ended"]
    );
    assert_eq!(whats(&timeline, "call"), ["picture_paused"]);
    let path = &timeline["paths"][0];
    assert_eq!(path["between"], json!(good.between));
    let levels: Vec<&str> =
        path["points"].as_array().expect("points").iter().filter_map(|point| point["level"].as_str()).collect();
    assert_eq!(levels[..2], ["good", "weak"], "{levels:?}");
    assert_eq!(levels.last(), Some(&"good"), "{levels:?}");
    let worst = &path["points"][1];
    assert_eq!((&worst["cause"], &worst["side"], &worst["loss_permille"]), (&json!("loss"), &json!(visit.seat), &json!(120)));
    assert!(levels.len() <= 6, "a row for what changed and for each minute, of 14 reports: {levels:?}");
}

#[tokio::test]
async fn the_timeline_is_for_the_visits_clinician_and_for_administrators() {
    let (practice, visit, _patient, _lee) = meet().await;
    let clinic = &practice.clinic;
    let admin = clinic.at_work(&practice.facility, "ada", Admin).await;
    let other = clinic.at_work(&practice.facility, "okafor", Clinician).await;
    let technician = clinic.at_work(&practice.facility, "tech", Support).await;
    let south = clinic.facility("south").await;
    let stranger = clinic.at_work(&south, "sam", Admin).await;
    assert_eq!(admin.read(&visit.path("/timeline")).await.status, 200);
    for person in [other, technician, stranger] {
        person.read(&visit.path("/timeline")).await.refused(404, "not_found");
    }
}
