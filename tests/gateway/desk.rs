//! Equipment tests, the technician's desk and test calls.

use housecall::bus::News;
use housecall::identity::StaffRole::Support;
use serde_json::{Value, json};

use crate::support::Person;
use crate::support::person::Answer;
use crate::support::visits::{BORN, MINUTE, Practice, Visit};

async fn start(phone: &Person, visit: &Visit) -> Value {
    phone.post(&format!("/api/v1/seats/{}/equipment-tests", visit.seat), json!({})).await.ok()
}

async fn finish(phone: &Person, visit: &Visit, test: &Value, checks: Value) -> Answer {
    let path = format!("/api/v1/seats/{}/equipment-tests/{}", visit.seat, test["id"].as_str().unwrap());
    let device = json!({ "system": "Android", "browser": "Chrome", "phone": true });
    phone.put(&path, json!({ "checks": checks, "device": device })).await
}

fn camera_denied() -> Value {
    json!([
        { "name": "environment", "outcome": "pass" },
        { "name": "permission", "outcome": "fail", "cause": "blocked_by_page" },
        { "name": "camera", "outcome": "not_checked" },
        { "name": "microphone", "outcome": "pass", "values": { "rms_db": -32.5 } },
        { "name": "speaker", "outcome": "pass" },
        { "name": "signaling", "outcome": "pass" },
        { "name": "path", "outcome": "pass" },
        { "name": "record_channel", "outcome": "pass" },
    ])
}

#[tokio::test]
async fn a_test_is_kept_with_the_visit_and_shown_on_today() {
    let practice = Practice::open().await;
    let visit = practice.book("2026-11-24T14:10").await;
    let phone = practice.phone(&visit).await;
    phone.post(&format!("/api/v1/seats/{}/equipment-tests", visit.seat), json!({})).await.refused(403, "identify_first");
    visit.identify(&phone, BORN).await.ok();
    let test = start(&phone, &visit).await;
    for (path, scheme) in [("udp", "turn:"), ("tcp", "turn:"), ("tls", "turns:")] {
        let server = &test["paths"][path][0];
        assert!(server["urls"][0].as_str().unwrap().starts_with(scheme), "{server}");
        assert!(server["username"].as_str().unwrap().contains(test["id"].as_str().unwrap()), "made for this test");
    }
    assert_eq!(practice.row(&visit).await["arrival"], "testing");

    let judged = finish(&phone, &visit, &test, camera_denied()).await.ok();
    assert_eq!(judged, json!({ "verdict": { "mode": "sound_only", "cause": "camera_blocked", "next": "allow_camera" } }));
    practice.clinic.context.clock.advance(MINUTE);
    let row = practice.row(&visit).await;
    assert_eq!(row["arrival"], "ready");
    assert_eq!((&row["readiness"]["mode"], &row["readiness"]["cause"]), (&json!("sound_only"), &json!("camera_blocked")));
    assert_eq!(row["readiness"]["device"]["browser"], "Chrome");
    assert_eq!(visit.page(&phone).await.ok()["readiness"]["mode"], "sound_only");

    // The same report again is the same answer; another one is refused.
    assert_eq!(finish(&phone, &visit, &test, camera_denied()).await.ok(), judged);
    finish(&phone, &visit, &test, json!([])).await.refused(409, "already_finished");
    assert_eq!(practice.clinic.audited("equipment.finished").await, 1);
}

#[tokio::test]
async fn rows_of_a_running_test_are_told_one_by_one_and_judged_only_at_the_end() {
    let practice = Practice::open().await;
    let visit = practice.book("2026-11-24T14:10").await;
    let phone = practice.known_phone(&visit).await;
    let test = start(&phone, &visit).await;
    let path = format!("/api/v1/seats/{}/equipment-tests/{}", visit.seat, test["id"].as_str().unwrap());
    let mut news = practice.clinic.context.bus.listen();
    phone.patch(&path, json!({ "checks": [{ "name": "camera", "outcome": "warn", "cause": "dark" }] })).await.ok();
    let Ok(News::TestChanged { visit: of, .. }) = news.recv().await else { panic!("who watches hears of it") };
    assert_eq!(of.0, visit.id);
    phone.patch(&path, json!({ "checks": [{ "name": "camera", "outcome": "splendid" }] })).await.refused(422, "wrong_type");
    let strange = json!({ "checks": [{ "name": "camera", "outcome": "fail", "cause": "tcp_only" }] });
    phone.patch(&path, strange).await.refused(422, "unfit_report");
    let elsewhere = format!("/api/v1/seats/{}/equipment-tests/another", visit.seat);
    phone.patch(&elsewhere, json!({ "checks": [] })).await.refused(404, "not_found");
    assert_eq!(practice.row(&visit).await["readiness"]["mode"], "not_checked", "no verdict yet");

    finish(&phone, &visit, &test, camera_denied()).await.ok();
    phone.patch(&path, json!({ "checks": [] })).await.refused(409, "already_finished");
}

#[tokio::test]
async fn a_verdict_of_another_phone_is_said_to_be_so() {
    let practice = Practice::open().await;
    let visit = practice.book("2026-11-24T14:10").await;
    let phone = practice.known_phone(&visit).await;
    let test = start(&phone, &visit).await;
    finish(&phone, &visit, &test, camera_denied()).await.ok();
    practice.clinic.context.clock.advance(MINUTE);
    assert!(practice.row(&visit).await["readiness"].get("another_phone").is_none());
    assert!(visit.page(&phone).await.ok()["readiness"].get("another_phone").is_none());

    let second = practice.phone(&visit).await;
    visit.identify(&second, BORN).await.ok();
    assert_eq!(visit.page(&second).await.ok()["readiness"]["another_phone"], true);
}

#[tokio::test]
async fn a_report_that_does_not_hang_together_is_refused() {
    let practice = Practice::open().await;
    let visit = practice.book("2026-11-24T14:10").await;
    let phone = practice.known_phone(&visit).await;
    let test = start(&phone, &visit).await;
    let twice = json!([{ "name": "camera", "outcome": "pass" }, { "name": "camera", "outcome": "pass" }]);
    finish(&phone, &visit, &test, twice).await.refused(422, "unfit_report");
    finish(&phone, &visit, &test, json!([{ "name": "camera", "outcome": "splendid" }])).await.refused(422, "wrong_type");
    finish(&phone, &visit, &test, json!([{ "name": "camera", "outcome": "pass", "mode": "video" }]))
        .await
        .refused(422, "unknown_field");
    finish(&phone, &visit, &json!({ "id": "another" }), json!([])).await.refused(404, "not_found");
    assert_eq!(practice.row(&visit).await["readiness"]["mode"], "not_checked");
}

#[tokio::test]
async fn the_desk_shows_who_may_fail_and_nothing_clinical() {
    let practice = Practice::open().await;
    let visit = practice.book("2026-11-24T14:10").await;
    practice.book("2026-11-30T09:00").await;
    practice.book("2026-12-24T09:00").await;
    let gone = practice.book("2026-11-24T18:00").await;
    practice.lee.post(&gone.path("/cancel"), json!({})).await.ok();
    let phone = practice.known_phone(&visit).await;
    let test = start(&phone, &visit).await;
    finish(&phone, &visit, &test, camera_denied()).await.ok();

    let sam = practice.clinic.at_work(&practice.facility, "sam", Support).await;
    let desk = sam.read("/api/v1/support/visits").await.ok();
    let rows = desk["visits"].as_array().unwrap();
    assert_eq!(rows.len(), 2, "the next seven days, without what is cancelled");
    assert_eq!(
        (&rows[0]["id"], &rows[0]["tests"], &rows[0]["readiness"]["mode"]),
        (&json!(visit.id), &json!(1), &json!("sound_only"))
    );
    let session = sam.read(&format!("/api/v1/support/visits/{}", visit.id)).await.ok();
    assert_eq!(session["tests"][0]["checks"][3]["values"]["rms_db"], -32.5);
    for answer in everything_a_technician_is_told(&sam, &visit).await.into_iter().chain([desk, session]) {
        let text = answer.to_string();
        for clinical in ["reason", "follow_up", "Follow-up", "Seguimiento", "born", "1961", "clinician", practice.lee_id.as_str()]
        {
            assert!(!text.contains(clinical), "{clinical} in {text}");
        }
    }
    practice.lee.read("/api/v1/support/visits").await.refused(404, "not_found");
    let south = practice.clinic.facility("south").await;
    let stranger = practice.clinic.at_work(&south, "tom", Support).await;
    assert_eq!(stranger.read("/api/v1/support/visits").await.ok()["visits"], json!([]));
    stranger.post(&format!("/api/v1/support/visits/{}/test-call", visit.id), json!({})).await.refused(404, "not_found");
}

/// The answers to whatever a technician can do for a visit, refusals too.
async fn everything_a_technician_is_told(sam: &Person, visit: &Visit) -> Vec<Value> {
    let mut told = Vec::new();
    for (rest, body) in [
        ("/claim", json!({})),
        ("/text", json!({})),
        ("/run-check", json!({ "check": "camera" })),
        ("/test-call", json!({})),
        ("/outcome", json!({ "outcome": "ready", "note": "Camera allowed" })),
        ("/release", json!({})),
        ("/take-over", json!({})),
    ] {
        let answer = sam.post(&format!("/api/v1/support/visits/{}{rest}", visit.id), body).await;
        assert_ne!(answer.status, 422, "{rest}: {}", answer.text);
        told.push(json!(answer.text));
    }
    told.push(sam.read(&format!("/api/v1/support/visits/{}", visit.id)).await.ok());
    told
}

#[tokio::test]
async fn a_test_call_leads_the_same_phone_there_and_ready_changes_the_badge() {
    let practice = Practice::open().await;
    let visit = practice.book("2026-11-24T14:10").await;
    let phone = practice.known_phone(&visit).await;
    let test = start(&phone, &visit).await;
    finish(&phone, &visit, &test, camera_denied()).await.ok();
    let sam = practice.clinic.at_work(&practice.facility, "sam", Support).await;

    let mut news = practice.clinic.context.bus.listen();
    let path = format!("/api/v1/support/visits/{}/test-call", visit.id);
    let call = sam.post(&path, json!({})).await.ok();
    assert_eq!(sam.post(&path, json!({})).await.ok(), call, "one at a time");
    let other = practice.clinic.at_work(&practice.facility, "tess", Support).await;
    other.post(&path, json!({})).await.refused(409, "claimed");
    let Ok(News::TestCallStarted { seat, test_visit, test_seat, .. }) = news.recv().await else { panic!("the room hears of it") };
    assert_eq!((seat.0, json!(test_visit)), (visit.seat.clone(), call["visit"].clone()));

    let page = visit.page(&phone).await.ok();
    assert_eq!(page["test_call"], json!({ "seat": test_seat, "visit": test_visit }));
    let there = phone.read(&format!("/api/v1/seats/{test_seat}")).await.ok();
    assert_eq!((&there["step"], &there["join"]["kind"], &there["who"]), (&json!("ready"), &json!("test_call"), &json!("sam")));

    practice.clinic.context.clock.advance(MINUTE);
    let outcome = json!({ "outcome": "ready", "note": "Camera allowed in settings" });
    sam.post(&format!("/api/v1/support/test-calls/{test_visit}/outcome"), outcome).await.ok();
    let row = practice.row(&visit).await;
    assert_eq!((&row["readiness"]["mode"], &row["readiness"]["by"]), (&json!("video"), &json!("technician")));
    assert!(row["readiness"].get("cause").is_none());
    assert_eq!((&row["test_call"]["outcome"], &row["test_call"]["open"]), (&json!("ready"), &json!(false)));
    assert!(visit.page(&phone).await.ok().get("test_call").is_none());
    assert_eq!(
        practice.lee.read("/api/v1/visits").await.ok()["visits"].as_array().unwrap().len(),
        1,
        "a test call is no appointment"
    );
}

#[tokio::test]
async fn the_link_leads_to_a_test_call_even_days_before() {
    let practice = Practice::open().await;
    let visit = practice.book("2026-11-27T09:00").await;
    let sam = practice.clinic.at_work(&practice.facility, "sam", Support).await;
    let call = sam.post(&format!("/api/v1/support/visits/{}/test-call", visit.id), json!({})).await.ok();
    let phone = practice.clinic.somebody();
    assert!(visit.look(&phone).await.ok().get("test_call").is_none(), "a look binds nothing");
    let joined = visit.redeem(&phone).await.ok();
    assert_eq!((&joined["state"], &joined["test_call"]["visit"]), (&json!("too_early"), &call["visit"]));
    assert!(joined.get("seat").is_none());
    let seat = joined["test_call"]["seat"].as_str().unwrap();
    assert_eq!(phone.read(&format!("/api/v1/seats/{seat}")).await.ok()["step"], "identify");
    visit.page(&phone).await.refused(404, "not_found");
}
