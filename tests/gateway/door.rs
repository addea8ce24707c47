//! Who gets in: the policy table against the router, where requests come from, and what refusals leave behind.

use axum::body::Body;
use axum::http::Method;
use housecall::app::router;
use housecall::identity::StaffRole::{Admin, Clinician, Support};
use housecall::identity::policy::{self, TABLE, Who};
use housecall::store::sql;
use serde_json::json;

use crate::support::Clinic;

/// Every route as (method, path).
fn routes() -> Vec<(String, String)> {
    let document = serde_json::to_value(router::every_route()).expect("the document is JSON");
    let paths = document["paths"].as_object().expect("paths");
    let methods_of = |(path, item): (&String, &serde_json::Value)| {
        let methods: Vec<String> = item.as_object().expect("methods").keys().cloned().collect();
        methods.into_iter().map({
            let path = path.clone();
            move |method| (method.to_ascii_uppercase(), path.clone())
        })
    };
    paths.iter().flat_map(methods_of).collect()
}

#[test]
fn every_route_has_its_row() {
    let routes = routes();
    assert!(!routes.is_empty());
    for (method, path) in routes {
        let row = policy::find(&method.parse().expect("a method"), &path);
        assert!(row.is_some(), "{method} {path} has no row in the policy table: nobody can use it");
    }
}

#[test]
fn every_row_has_its_route() {
    let routes = routes();
    let has_route = |row: &&policy::Row| routes.contains(&(row.method.to_owned(), row.path.to_owned()));
    let lonely: Vec<_> = TABLE.iter().filter(|row| !has_route(row)).map(|row| format!("{} {}", row.method, row.path)).collect();
    assert!(lonely.is_empty(), "rows without a route: {lonely:#?}");
}

#[tokio::test]
async fn a_stranger_gets_nothing_from_any_route_of_the_api() {
    let clinic = Clinic::open().await;
    let routes: Vec<_> = routes().into_iter().filter(|(_, path)| path.starts_with("/api/")).collect();
    for (method, path) in routes {
        let row = policy::find(&method.parse().expect("a method"), &path).expect("a row");
        if row.who == Who::Anyone {
            continue;
        }
        let stranger = clinic.somebody();
        let path = row.path.replace(['{', '}'], "");
        let request = stranger.request(row.method.parse().expect("a method"), &path).body(Body::empty()).expect("a request");
        let answer = stranger.send(request).await;
        let expected = if matches!(row.who, Who::Staff(_)) { (401, "signed_out") } else { (404, "not_found") };
        answer.refused(expected.0, expected.1);
    }
}

#[tokio::test]
async fn another_site_cannot_make_our_staff_do_anything() {
    let clinic = Clinic::open().await;
    let north = clinic.facility("north").await;
    let admin = clinic.at_work(&north, "ada", Admin).await;
    let looks_alike =
        ["null", "", "https://localhost", "http://localhost:8443", "https://localhost:8443.evil.example", "https://evil.example"];
    for origin in looks_alike {
        let led = admin.clone().from_origin(origin);
        led.patch("/api/v1/facility", json!({ "relay_only": true })).await.refused(403, "wrong_origin");
    }
    let missing = admin.request(Method::POST, "/api/v1/staff/sign-out-everywhere");
    let mut missing = missing.body(Body::empty()).expect("a request");
    missing.headers_mut().remove("origin");
    admin.send(missing).await.refused(403, "wrong_origin");
    let socket =
        admin.clone().from_origin("https://evil.example").request(Method::GET, "/api/v1/facility").header("upgrade", "websocket");
    admin.send(socket.body(Body::empty()).expect("a request")).await.refused(403, "wrong_origin");

    assert_eq!(admin.read("/api/v1/facility").await.ok()["relay_only"], false, "nothing changed");
    assert_eq!(clinic.audited("access.wrong_origin").await, 8, "one entry each");
}

#[tokio::test]
async fn a_role_that_may_not_gets_the_answer_of_what_does_not_exist() {
    let clinic = Clinic::open().await;
    let north = clinic.facility("north").await;
    let technician = clinic.at_work(&north, "tim", Support).await;
    let clinician = clinic.at_work(&north, "ana", Clinician).await;

    let unknown = clinician.read("/api/v1/nothing/here").await;
    let patients = technician.read("/api/v1/patients").await;
    assert_eq!((patients.status, &patients.text), (unknown.status, &unknown.text));
    clinician.patch("/api/v1/facility", json!({ "name": "Mine now" })).await.refused(404, "not_found");

    assert_eq!(clinic.audited("access.wrong_role").await, 2);
    assert_eq!(clinician.read("/api/v1/facility").await.ok()["name"], "north");
}

#[tokio::test]
async fn a_patients_phone_at_a_door_for_staff_is_written_down() {
    let clinic = Clinic::open().await;
    let phone = clinic.somebody();
    phone.hold_cookie("__Host-device", "abcdefghijklmnopqrstuv");
    phone.read("/api/v1/patients").await.refused(401, "signed_out");
    phone.hold_cookie("__Host-staff", "abcdefghijklmnopqrstuv");
    phone.read("/api/v1/patients").await.refused(401, "signed_out");
    assert_eq!(clinic.audited("access.not_staff").await, 2);
}

#[tokio::test]
async fn refusals_cannot_flood_the_audit() {
    let clinic = Clinic::open().await;
    let evil = clinic.somebody().from_origin("https://evil.example");
    for _ in 0..200 {
        evil.post("/api/v1/staff/sign-in", json!({})).await.refused(403, "wrong_origin");
    }
    assert_eq!(clinic.audited("access.wrong_origin").await, 30);
    clinic.context.clock.advance(std::time::Duration::from_secs(60));
    evil.post("/api/v1/staff/sign-in", json!({})).await.refused(403, "wrong_origin");
    let detail = clinic.text(sql("SELECT detail FROM audit ORDER BY seq DESC LIMIT 1"), "detail").await;
    assert!(detail.contains(r#""unwritten_before":170"#), "{detail}");
}
