//! What staff opened ends with their sign-in: by signing out there, by sitting idle, by the hour. A call is not idleness.

use std::time::Duration;

use serde_json::json;
use signaling::message::*;

use crate::rooms::Visit;
use crate::support::Person;
use crate::support::page::{Door, Page};

const SIGNED_OUT: u16 = 4401;

/// A second sign-in of Dr. Lee's, with its own door to the visit.
async fn laptop(visit: &Visit) -> (Person, Door) {
    let person = visit.clinic.signed_in("lee").await;
    let cookie = format!("__Host-staff={}", person.cookie("__Host-staff").expect("signed in"));
    (person, Door { cookie, ..visit.desk.clone() })
}

/// Time passes while these pages beat, as pages do.
async fn beat(visit: &Visit, pages: &mut [&mut Page], minutes: u64) {
    for _ in 0..minutes * 6 {
        visit.clinic.context.clock.advance(Duration::from_secs(10));
        for page in pages.iter_mut() {
            page.say(ClientMessage::Ping(Ping { nonce: 1 })).await;
            if page.hear_until_pong().await.is_err() {
                return;
            }
        }
    }
}

#[tokio::test]
async fn signing_out_closes_what_is_open_there_and_nothing_else() {
    let visit = Visit::begins().await;
    let (laptop, door) = laptop(&visit).await;
    let (here, _) = door.enter("laptop").await;
    let (mut there, welcome) = visit.desk.enter("desk").await;
    let waits = |outside: &Outside| outside.state == OutsideState::AlreadyOpen;
    assert!(matches!(welcome.view, Some(View::Outside(ref outside)) if waits(outside)), "the laptop has the seat");
    laptop.post("/api/v1/staff/sign-out", json!({})).await.ok();
    assert_eq!(here.closed().await, SIGNED_OUT);
    there.hear_until(|message| matches!(message, ServerMessage::Admitted(_)).then_some(())).await;
}

#[tokio::test]
async fn who_sits_idle_in_an_empty_visit_is_signed_out_of_it() {
    let visit = Visit::begins().await;
    let (mut desk, _) = visit.desk.enter("desk").await;
    beat(&visit, &mut [&mut desk], 28).await;
    desk.say(ClientMessage::Ping(Ping { nonce: 1 })).await;
    assert!(desk.hear_until_pong().await.is_ok(), "not yet");
    beat(&visit, &mut [&mut desk], 4).await;
    assert_eq!(desk.closed().await, SIGNED_OUT);
}

#[tokio::test]
async fn a_call_keeps_its_staff_signed_in_until_the_day_is_over() {
    let visit = Visit::begins().await;
    let (mut patient, mut clinician) = visit.call().await;
    beat(&visit, &mut [&mut patient, &mut clinician], 45).await;
    clinician.say(ClientMessage::Ping(Ping { nonce: 1 })).await;
    assert!(clinician.hear_until_pong().await.is_ok(), "in the call for longer than anybody may be idle");
    visit.clinic.sql("UPDATE staff_sessions SET created_at = created_at - 43200000").await;
    beat(&visit, &mut [&mut patient, &mut clinician], 2).await;
    assert_eq!(clinician.closed().await, SIGNED_OUT);
}
