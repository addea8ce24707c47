//! A page's offer to the media agent: whose it is, what is refused, and the place in line.

use axum::http::header;
use serde_json::{Value, json};

use crate::support::Person;
use crate::support::person::Answer;
use crate::support::visits::{MINUTE, Practice, Visit};

/// A page that has nothing but data channels to offer.
const OFFER: &str = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n\
    m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\na=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\n\
    a=fingerprint:sha-256 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF\r\n\
    a=setup:actpass\r\na=mid:0\r\na=sctp-port:5000\r\na=max-message-size:262144\r\n";

async fn begin(phone: &Person, visit: &Visit) -> String {
    let test = phone.post(&format!("/api/v1/seats/{}/equipment-tests", visit.seat), json!({})).await.ok();
    test["id"].as_str().expect("an id").to_owned()
}

async fn offer(phone: &Person, visit: &Visit, test: &str, body: Value) -> Answer {
    phone.post(&format!("/api/v1/seats/{}/equipment-tests/{test}/media", visit.seat), body).await
}

fn direct() -> Value {
    json!({ "offer": OFFER, "way": "direct" })
}

async fn finish(phone: &Person, visit: &Visit, test: &str) {
    let report = json!({ "checks": [], "device": { "system": "Android", "browser": "Chrome", "phone": true } });
    phone.put(&format!("/api/v1/seats/{}/equipment-tests/{test}", visit.seat), report).await.ok();
}

#[tokio::test]
async fn an_offer_is_answered_with_the_agents_address_and_for_nobody_else() {
    let practice = Practice::open().await;
    let visit = practice.book("2026-11-24T14:10").await;
    let phone = practice.known_phone(&visit).await;
    let test = begin(&phone, &visit).await;
    let answer = offer(&phone, &visit, &test, direct()).await.ok();
    let port = practice.clinic.app.media.local().port();
    assert!(answer["answer"].as_str().expect("text").contains(&format!(" 127.0.0.1 {port} typ host")), "{answer}");

    offer(&practice.clinic.somebody(), &visit, &test, direct()).await.refused(404, "not_found");
    offer(&phone, &visit, "anothertest", direct()).await.refused(404, "not_found");
    let neighbour = practice.book("2026-11-24T14:30").await;
    let other_phone = practice.known_phone(&neighbour).await;
    offer(&other_phone, &neighbour, &test, direct()).await.refused(404, "not_found");
    for unfit in ["", "v=0", &OFFER.replace("a=fingerprint", "a=footprint"), &OFFER.repeat(90)] {
        offer(&phone, &visit, &test, json!({ "offer": unfit, "way": "direct" })).await.refused(422, "unfit_offer");
    }
    assert_eq!(offer(&phone, &visit, &test, json!({ "offer": OFFER, "way": "carrier pigeon" })).await.status, 422);

    finish(&phone, &visit, &test).await;
    offer(&phone, &visit, &test, direct()).await.refused(409, "already_finished");
    let left_open = begin(&phone, &visit).await;
    practice.clinic.context.clock.advance(MINUTE * 16);
    offer(&phone, &visit, &left_open, direct()).await.refused(409, "already_finished");
}

#[tokio::test]
async fn who_finds_every_place_taken_gets_a_place_in_line() {
    let practice = Practice::open_with(|config| config.media.sessions = 1).await;
    let (visit, neighbour) = (practice.book("2026-11-24T14:10").await, practice.book("2026-11-24T14:30").await);
    let (phone, other_phone) = (practice.known_phone(&visit).await, practice.known_phone(&neighbour).await);
    let (first, second) = (begin(&phone, &visit).await, begin(&other_phone, &neighbour).await);
    offer(&phone, &visit, &first, direct()).await.ok();
    let full = offer(&other_phone, &neighbour, &second, direct()).await;
    assert_eq!(full.headers[header::RETRY_AFTER], "3");
    assert_eq!(full.refused(503, "tests_full")["place"], 1);
    // Its own place is offered anew at once.
    offer(&phone, &visit, &first, direct()).await.ok();
    finish(&phone, &visit, &first).await;
    offer(&other_phone, &neighbour, &second, direct()).await.ok();
}
