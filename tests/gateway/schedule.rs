//! Booking, moving, cancelling and reading the day.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::Method;
use futures_util::future::join_all;
use housecall::app::router;
use housecall::bus::News;
use housecall::identity::StaffRole::{Admin, Clinician, Support};
use housecall::store::sql;
use http_body_util::BodyExt;
use serde_json::json;
use tower::ServiceExt;

use crate::support::visits::{MINUTE, Practice, Visit, add_patient};

#[tokio::test]
async fn dr_lee_books_a_visit_and_finds_it_in_the_day() {
    let practice = Practice::open().await;
    let booked = practice.try_book("2026-11-24T14:30").await.ok();
    let visit = &booked["visit"];
    assert_eq!(
        (&visit["kind"], &visit["state"], &visit["starts_local"]),
        (&json!("clinical"), &json!("booked"), &json!("2026-11-24T14:30"))
    );
    assert_eq!(visit["ends_at"].as_i64().unwrap() - visit["starts_at"].as_i64().unwrap(), 20 * 60_000);
    assert_eq!((&visit["reason_words"]["es"], &visit["patient"]["birth_year"]), (&json!("Seguimiento"), &json!(1961)));
    assert_eq!((&visit["arrival"], &visit["readiness"]["mode"]), (&json!("not_arrived"), &json!("not_checked")));
    let roles: Vec<_> =
        visit["seats"].as_array().unwrap().iter().map(|seat| (seat["role"].clone(), seat["link_state"].clone())).collect();
    assert_eq!(roles, [(json!("clinician"), json!("none")), (json!("patient"), json!("unopened"))]);
    assert!(booked["links"][0]["url"].as_str().unwrap().starts_with("https://localhost:8443/j/"));

    let day = practice.lee.read("/api/v1/visits").await.ok();
    assert_eq!((&day["date"], &day["visits"][0]), (&json!("2026-11-24"), visit));
    assert_eq!(practice.lee.read("/api/v1/visits?date=2026-11-25").await.ok()["visits"], json!([]));
    practice.lee.read("/api/v1/visits?date=tomorrow").await.refused(422, "wrong_date");
    practice.lee.read("/api/v1/visits?day=1").await.refused(422, "wrong_query");
    assert_eq!(practice.clinic.audited("visit.booked").await, 1);
}

#[tokio::test]
async fn whoever_asks_sees_their_own_list() {
    let practice = Practice::open().await;
    practice.book("2026-11-24T14:30").await;
    let kim_id = practice.clinic.hire(&practice.facility, "kim", Clinician).await.0;
    let kim = practice.clinic.signed_in("kim").await;
    let admin = practice.clinic.at_work(&practice.facility, "root", Admin).await;
    let count = async |person: &crate::support::Person, query: &str| {
        person.read(&format!("/api/v1/visits{query}")).await.ok()["visits"].as_array().unwrap().len()
    };
    assert_eq!(count(&kim, "").await, 0);
    assert_eq!(count(&kim, &format!("?clinician={}", practice.lee_id)).await, 1);
    assert_eq!(count(&admin, "").await, 1);
    assert_eq!(count(&admin, &format!("?clinician={kim_id}")).await, 0);
    admin.read("/api/v1/visits?clinician=nobody").await.refused(422, "unknown_clinician");
}

#[tokio::test]
async fn what_cannot_be_booked_says_why_and_leaves_nothing() {
    let practice = Practice::open().await;
    let with = |field: &str, value: serde_json::Value| {
        let mut booking = practice.booking("2026-11-24T14:30");
        booking[field] = value;
        booking
    };
    let rows = [
        (with("starts_at", json!("2027-03-14T02:30")), 422, "impossible_time"),
        (with("starts_at", json!("2027-11-07T01:30")), 422, "ambiguous_time"),
        (with("starts_at", json!("2026-11-24T13:30")), 422, "in_the_past"),
        (with("starts_at", json!("2036-11-24T13:30")), 422, "too_far"),
        (with("starts_at", json!("soon")), 422, "wrong_time"),
        (with("length_minutes", json!(0)), 422, "wrong_length"),
        (with("length_minutes", json!("20")), 422, "wrong_type"),
        (with("reason", json!("horoscope")), 422, "unknown_reason"),
        (with("patient_id", json!("nobody")), 422, "unknown_patient"),
        (with("clinician_id", json!("nobody")), 422, "unknown_clinician"),
        (with("note", json!("x")), 422, "unknown_field"),
    ];
    for (body, status, code) in rows {
        practice.lee.post("/api/v1/visits", body).await.refused(status, code);
    }
    let twice = practice.try_book("2027-11-07T01:30").await.refused(422, "ambiguous_time");
    assert_eq!(twice["offsets"], json!(["-04:00", "-05:00"]));
    practice.try_book("2027-11-07T01:30-05:00").await.ok();
    assert_eq!(practice.clinic.audited("visit.booked").await, 1);
}

#[tokio::test]
async fn of_64_who_want_one_slot_exactly_one_gets_it() {
    let practice = Practice::open().await;
    let wants = (0..64).map(|n| {
        // Each overlaps all the others, at another minute.
        let starts_at = format!("2026-11-24T15:{:02}", n % 20);
        let (practice, lee) = (&practice, practice.lee.clone());
        async move { lee.post("/api/v1/visits", practice.booking(&starts_at)).await }
    });
    let answers = join_all(wants).await;
    let booked = answers.iter().filter(|answer| answer.status == 201).count();
    let refused = answers.iter().filter(|answer| answer.status == 409 && answer.code() == "slot_taken").count();
    assert_eq!((booked, refused), (1, 63));
    assert_eq!(practice.clinic.audited("visit.booked").await, 1);
}

#[tokio::test]
async fn one_after_the_other_is_no_overlap_and_a_cancelled_visit_frees_its_time() {
    let practice = Practice::open().await;
    let first = practice.book("2026-11-24T15:00").await;
    practice.book("2026-11-24T15:20").await;
    practice.try_book("2026-11-24T15:10").await.refused(409, "slot_taken");
    practice.lee.post(&first.path("/cancel"), json!({})).await.ok();
    practice.book("2026-11-24T15:00").await;
}

#[tokio::test]
async fn a_request_sent_again_gets_its_first_answer() {
    let practice = Practice::open().await;
    let (key, booking) = ("0a7c1c4e-5c0f-4a55-9f0e-2b0b6f6f7a11", practice.booking("2026-11-24T15:00"));
    let first = practice.lee.post_with_key("/api/v1/visits", key, &booking).await;
    let again = join_all((0..8).map(|_| practice.lee.post_with_key("/api/v1/visits", key, &booking))).await;
    for answer in again {
        assert_eq!((answer.status, &answer.text), (first.status, &first.text));
    }
    assert_eq!(practice.clinic.audited("visit.booked").await, 1);
    let other = practice.booking("2026-11-24T16:00");
    practice.lee.post_with_key("/api/v1/visits", key, &other).await.refused(409, "key_reused");
    let stored = practice.clinic.text(sql("SELECT key || body AS stored FROM replays"), "stored").await;
    let secret = Visit::of(&first.json()).url.split_once('#').unwrap().1.to_owned();
    assert!(!stored.contains(&secret) && !stored.contains(key), "neither the link's secret nor the key is stored");
    practice.lee.post_with_key("/api/v1/visits", "1", &booking).await.refused(400, "wrong_key");
}

#[tokio::test]
async fn a_moved_visit_keeps_its_link_and_says_so() {
    let practice = Practice::open().await;
    let (visit, _other) = (practice.book("2026-11-24T15:00").await, practice.book("2026-11-24T16:00").await);
    practice.lee.post(&visit.path("/move"), json!({ "starts_at": "2026-11-24T16:10" })).await.refused(409, "slot_taken");
    let mut news = practice.clinic.context.bus.listen();
    let moved =
        practice.lee.post(&visit.path("/move"), json!({ "starts_at": "2026-11-24T15:05", "length_minutes": 30 })).await.ok();
    assert_eq!((&moved["starts_local"], &moved["id"]), (&json!("2026-11-24T15:05"), &json!(visit.id)));
    assert!(matches!(news.recv().await, Ok(News::VisitPlanChanged { visit: of }) if of.0 == visit.id));
    let seen = visit.look(&practice.clinic.somebody()).await.ok();
    assert_eq!((&seen["moved"], &seen["state"], &seen["starts_at"]), (&json!(true), &json!("too_early"), &moved["starts_at"]));
}

#[tokio::test]
async fn a_visit_of_another_facility_does_not_exist() {
    let practice = Practice::open().await;
    let visit = practice.book("2026-11-24T15:00").await;
    let south = practice.clinic.facility("south").await;
    let stranger = practice.clinic.at_work(&south, "max", Admin).await;
    let seat = format!("/seats/{}", visit.seat);
    stranger.read(&visit.path("")).await.refused(404, "not_found");
    stranger.post(&visit.path("/move"), json!({ "starts_at": "2026-11-24T17:00" })).await.refused(404, "not_found");
    stranger.post(&visit.path("/cancel"), json!({})).await.refused(404, "not_found");
    stranger.post(&visit.path(&format!("{seat}/link")), json!({})).await.refused(404, "not_found");
    stranger.post(&visit.path(&format!("{seat}/vouch")), json!({})).await.refused(404, "not_found");
    assert_eq!(stranger.read("/api/v1/visits").await.ok()["visits"], json!([]));
    // Nor can their own doctor be booked for our patient.
    let theirs = practice.clinic.hire(&south, "ned", Clinician).await.0;
    let mut booking = practice.booking("2026-11-24T17:00");
    booking["clinician_id"] = json!(theirs);
    practice.lee.post("/api/v1/visits", booking).await.refused(422, "unknown_clinician");
    let technician = practice.clinic.at_work(&practice.facility, "sam", Support).await;
    technician.read(&visit.path("")).await.refused(404, "not_found");
}

#[tokio::test]
async fn news_of_the_own_facility_comes_as_it_happens() {
    let practice = Practice::open().await;
    let south = practice.clinic.facility("south").await;
    let ned_id = practice.clinic.hire(&south, "ned", Clinician).await.0;
    let ned = practice.clinic.signed_in("ned").await;
    let theirs = add_patient(&ned, "Max").await;
    let request = practice.lee.request(Method::GET, "/api/v1/news").body(Body::empty()).unwrap();
    let answer = router::build(practice.clinic.app.clone()).oneshot(request).await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    let mut stream = answer.into_body();
    let mut next = async || String::from_utf8(stream.frame().await.unwrap().unwrap().into_data().unwrap().to_vec()).unwrap();
    assert!(next().await.contains("listening"));
    let mut other = practice.booking("2026-11-24T15:00");
    (other["clinician_id"], other["patient_id"]) = (json!(ned_id), json!(theirs));
    ned.post("/api/v1/visits", other).await.ok();
    let ours = practice.book("2026-11-24T15:00").await;
    let event = next().await;
    assert!(event.contains("event: visits") && event.contains(&ours.id), "only ours: {event}");
}

#[tokio::test]
async fn every_change_of_a_visit_is_in_its_audit() {
    let practice = Practice::open().await;
    let visit = practice.book("2026-11-24T14:10").await;
    practice.known_phone(&visit).await;
    practice.lee.post(&visit.path(&format!("/seats/{}/vouch", visit.seat)), json!({})).await.ok();
    practice.lee.post(&visit.path("/move"), json!({ "starts_at": "2026-11-24T14:20" })).await.ok();
    practice.lee.post(&visit.path("/cancel"), json!({})).await.ok();
    practice.clinic.context.clock.advance(MINUTE);
    let lines = practice.lee.read(&visit.path("/audit")).await.ok();
    let actions: Vec<&str> = lines.as_array().unwrap().iter().map(|line| line["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["visit.booked", "link.redeemed", "seat.identified", "seat.vouched", "visit.moved", "visit.cancelled"]);
    let text = lines.to_string();
    // Between quotes, since an id may hold any three letters.
    let planted: BTreeSet<&str> = ["Rosa", "1961", "555-0123", "\"lee\""].into();
    assert!(planted.iter().all(|canary| !text.contains(canary)), "{text}");
}
