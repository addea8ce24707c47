//! Help requests: who makes them, what the patient is told, and how they end by themselves.

use housecall::identity::StaffRole::Support;
use serde_json::{Value, json};

use crate::support::visits::{MINUTE, Practice, Visit, add_patient};
use crate::support::{Clinic, Person};

fn help(visit: &Visit) -> String {
    format!("/api/v1/seats/{}/help", visit.seat)
}

/// Another patient's visit at the same practice, whose phone asks for help.
async fn another_who_asks(practice: &Practice, name: &str, starts_at: &str) -> Visit {
    let patient = add_patient(&practice.lee, name).await;
    let booking = json!({ "patient_id": patient, "clinician_id": practice.lee_id, "reason": "follow_up",
                          "starts_at": starts_at, "length_minutes": 20 });
    let visit = Visit::of(&practice.lee.post("/api/v1/visits", booking).await.ok());
    by_link(&practice.clinic.somebody(), &visit, "").await.ok();
    visit
}

async fn by_link(phone: &Person, visit: &Visit, rest: &str) -> crate::support::person::Answer {
    let (path, secret) = visit.url.rsplit_once('/').and_then(|(_, end)| end.split_once('#')).expect("a link");
    phone.post(&format!("/api/v1/join/{path}/help{rest}"), json!({ "secret": secret })).await
}

async fn technician(practice: &Practice, login: &str) -> Person {
    let person = practice.clinic.at_work(&practice.facility, login, Support).await;
    person.post("/api/v1/support/here", json!({})).await.ok();
    person
}

/// A test that leaves only the telephone.
async fn fails_the_check(phone: &Person, visit: &Visit) {
    let started = phone.post(&format!("/api/v1/seats/{}/equipment-tests", visit.seat), json!({})).await.ok();
    let path = format!("/api/v1/seats/{}/equipment-tests/{}", visit.seat, started["id"].as_str().unwrap());
    let device = json!({ "system": "Android", "browser": "Chrome", "phone": true });
    let checks = json!([{ "name": "microphone", "outcome": "fail", "cause": "not_found" },
                        { "name": "path", "outcome": "fail", "cause": "no_connection" }]);
    let judged = phone.put(&path, json!({ "checks": checks, "device": device })).await.ok();
    assert_eq!(judged["verdict"]["mode"], "phone");
}

#[tokio::test]
async fn a_patient_asks_from_any_screen_and_learns_who_helps_and_when() {
    let practice = Practice::open().await;
    let visit = practice.book("2026-11-24T14:10").await;
    let phone = practice.known_phone(&visit).await;
    assert!(visit.page(&phone).await.ok()["join"].get("help").is_none());

    let asked = phone.post(&help(&visit), json!({ "screen": "devices", "cause": "camera_blocked" })).await.ok();
    let nobody_there = json!({ "state": "asked", "ahead": 0, "at_desk": false, "can_be_texted": true });
    assert_eq!(asked["help"], nobody_there, "nobody is at the desk, and it says so");
    phone.post(&help(&visit), json!({ "screen": "check" })).await.ok();
    assert_eq!(practice.clinic.audited("help.asked").await, 1, "one open request a visit");

    let sam = technician(&practice, "sam").await;
    let place = visit.page(&phone).await.ok()["join"]["help"].clone();
    assert_eq!((&place["at_desk"], &place["about_minutes"]), (&json!(true), &json!(1)));
    sam.post(&format!("/api/v1/support/visits/{}/claim", visit.id), json!({})).await.ok();
    let place = visit.page(&phone).await.ok()["join"]["help"].clone();
    assert_eq!((&place["state"], &place["helper"]), (&json!("claimed"), &json!("sam")));
    let look = visit.look(&practice.clinic.somebody()).await.ok();
    assert_eq!(look["help"]["state"], "claimed");
    assert!(look["help"].get("helper").is_none(), "no names before somebody says who they are");

    let back = phone.request(axum::http::Method::DELETE, &help(&visit)).body(axum::body::Body::empty()).unwrap();
    assert!(phone.send(back).await.ok().get("help").is_none());
    let row = sam.read("/api/v1/support/visits").await.ok()["visits"][0].clone();
    assert_eq!((&row["help"]["state"], &row["state"]), (&json!("withdrawn"), &json!("new")));
    assert_eq!(practice.clinic.audited("help.withdrawn").await, 1);
}

#[tokio::test]
async fn the_landing_page_asks_by_the_link_even_days_before() {
    let practice = Practice::open().await;
    let visit = practice.book("2026-11-27T09:00").await;
    let phone = practice.clinic.somebody();
    let asked = by_link(&phone, &visit, "").await.ok();
    assert_eq!((&asked["state"], &asked["help"]["state"]), (&json!("too_early"), &json!("asked")));
    assert!(asked.get("seat").is_none(), "asking takes no seat");
    let sam = technician(&practice, "sam").await;
    let row = sam.read("/api/v1/support/visits").await.ok()["visits"][0].clone();
    assert_eq!((&row["help"]["screen"], &row["help"]["asked_by"]), (&json!("landing"), &json!("patient")));
    assert!(by_link(&phone, &visit, "/withdraw").await.ok().get("help").is_none());

    let wrong = json!({ "secret": "AAAAAAAAAAAAAAAAAAAAAA" });
    phone.post("/api/v1/join/nothing/help", wrong).await.refused(404, "link_unknown");
    phone.post(&help(&visit), json!({ "screen": "check" })).await.refused(404, "not_found");
}

#[tokio::test]
async fn a_failed_check_asks_by_itself_and_getting_in_ends_it() {
    let practice = Practice::open().await;
    let visit = practice.book("2026-11-24T14:10").await;
    let phone = practice.known_phone(&visit).await;
    fails_the_check(&phone, &visit).await;
    let sam = technician(&practice, "sam").await;
    let row = sam.read("/api/v1/support/visits").await.ok()["visits"][0].clone();
    assert_eq!((&row["state"], &row["help"]["asked_by"]), (&json!("needs_help"), &json!("check")));
    assert_eq!(row["help"]["cause"], row["readiness"]["cause"]);

    practice.lee.post(&visit.path("/cancel"), json!({})).await.ok();
    assert_eq!(sam.post("/api/v1/support/next", json!({})).await.code(), "nobody_waits");
}

#[tokio::test]
async fn the_line_is_told_honestly() {
    let practice = Practice::open().await;
    let sam = technician(&practice, "sam").await;
    for number in 0..5 {
        let visit = another_who_asks(&practice, &format!("Patient {number}"), &format!("2026-11-24T1{}:10", number + 5)).await;
        sam.post(&format!("/api/v1/support/visits/{}/claim", visit.id), json!({})).await.ok();
        practice.clinic.context.clock.advance(MINUTE * 2);
        sam.post("/api/v1/support/here", json!({})).await.ok();
        sam.post(&format!("/api/v1/support/visits/{}/outcome", visit.id), json!({ "outcome": "ready" })).await.ok();
    }
    let first = another_who_asks(&practice, "First", "2026-11-25T09:00").await;
    sam.post(&format!("/api/v1/support/visits/{}/claim", first.id), json!({})).await.ok();
    practice.clinic.context.clock.advance(MINUTE);
    another_who_asks(&practice, "Second", "2026-11-25T10:00").await;
    practice.clinic.context.clock.advance(MINUTE);
    let third = another_who_asks(&practice, "Third", "2026-11-25T11:00").await;
    let place = third.look(&practice.clinic.somebody()).await.ok()["help"].clone();
    assert_eq!((&place["ahead"], &place["about_minutes"]), (&json!(1), &json!(4)), "two turns of the usual two minutes");

    // The technician's window is closed: nobody is promised anything.
    practice.clinic.context.clock.advance(MINUTE * 4);
    let place = third.look(&practice.clinic.somebody()).await.ok()["help"].clone();
    assert_eq!((&place["at_desk"], place.get("about_minutes")), (&json!(false), None));
    let left = first.look(&practice.clinic.somebody()).await.ok()["help"].clone();
    assert_eq!(left["state"], "asked", "whoever had it has gone home");
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused_in_a_sentence() {
    let practice = Practice::open().await;
    let visit = practice.book("2026-11-24T14:10").await;
    let phone = practice.known_phone(&visit).await;
    phone.post(&help(&visit), json!({ "screen": "in_call" })).await.refused(422, "wrong_type");
    phone.post(&help(&visit), json!({ "screen": "check", "cause": "My knee hurts" })).await.refused(422, "wrong_cause");

    let seat = json!({ "role": "caregiver", "name": "Luz Díaz" });
    let added = practice.lee.post_with_key(&visit.path("/seats"), "a-key-of-16-letters", &seat).await.ok();
    let link = Visit { id: visit.id.clone(), seat: text(&added["link"]["seat"]), url: text(&added["link"]["url"]) };
    by_link(&practice.clinic.somebody(), &link, "").await.refused(409, "not_for_companions");

    for _ in 0..12 {
        by_link(&phone, &visit, "").await.ok();
        by_link(&phone, &visit, "/withdraw").await.ok();
    }
    by_link(&phone, &visit, "").await.refused(429, "too_many_requests");
    practice.lee.post(&visit.path("/cancel"), json!({})).await.ok();
    by_link(&phone, &visit, "").await.refused(409, "already_over");
}

fn text(value: &Value) -> String {
    value.as_str().expect("text").to_owned()
}

#[tokio::test]
async fn staff_sends_to_support_and_today_shows_who_helps() {
    let practice = Practice::open().await;
    let visit = practice.book("2026-11-24T14:10").await;
    let sam = technician(&practice, "sam").await;
    let sent = practice.lee.post(&visit.path("/help"), json!({})).await.ok();
    assert_eq!(sent["help"]["state"], "asked");
    sam.post(&format!("/api/v1/support/visits/{}/claim", visit.id), json!({})).await.ok();
    assert_eq!(practice.row(&visit).await["help"]["helper"], "sam");
    practice.clinic.context.clock.advance(MINUTE);
    let outcome = json!({ "outcome": "needs_another_device", "note": "Borrows a tablet" });
    sam.post(&format!("/api/v1/support/visits/{}/outcome", visit.id), outcome).await.ok();
    let row = practice.row(&visit).await;
    assert!(row.get("help").is_none());
    assert_eq!((&row["readiness"]["mode"], &row["readiness"]["cause"]), (&json!("phone"), &json!("needs_another_device")));
}

/// What was asked of the version before is still asked after the upgrade.
#[tokio::test]
async fn a_request_of_an_older_gateway_is_kept() {
    if crate::support::engine::is_postgres() {
        return;
    }
    let clinic = Clinic::open().await;
    let facility = clinic.facility("north").await;
    let lee = clinic.hire(&facility, "lee", housecall::identity::StaffRole::Clinician).await;
    clinic.visit(&facility, &lee, "old").await;
    clinic.sql("UPDATE visits SET help_asked_at = 5 WHERE id = 'visit-old'; DELETE FROM help_requests").await;
    let moved = include_str!("../../migrations/0004_desk.sql");
    let start = moved.find("INSERT INTO").expect("the requests are moved");
    let end = start + moved[start..].find(';').expect("whole");
    clinic.sql(&moved[start..end]).await;
    let sam = clinic.at_work(&facility, "sam", Support).await;
    assert_eq!(sam.read("/api/v1/support/visits").await.status, 200);
    let row = housecall::store::sql("SELECT asked_by, state FROM help_requests WHERE open_for = 'visit-old'")
        .fetch_one(clinic.context.store.reader())
        .await
        .expect("moved");
    assert_eq!((row.get::<&str>("asked_by").unwrap(), row.get::<&str>("state").unwrap()), ("staff", "asked"));
}
