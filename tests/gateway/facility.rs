//! A facility's settings and its patients.

use housecall::identity::StaffRole::{Admin, Clinician};
use serde_json::json;

use crate::support::Clinic;

#[tokio::test]
async fn the_administrator_changes_what_the_facility_decides_for_itself() {
    let clinic = Clinic::open().await;
    let north = clinic.facility("north").await;
    let ada = clinic.at_work(&north, "ada", Admin).await;
    let before = ada.read("/api/v1/facility").await.ok();
    let change = json!({ "name": "North Clinic", "join_window_minutes": 45, "relay_only": true });
    let after = ada.patch("/api/v1/facility", change.clone()).await.ok();
    assert_eq!((&after["name"], &after["join_window_minutes"]), (&json!("North Clinic"), &json!(45)));
    assert_eq!((&after["phone"], &after["id"]), (&before["phone"], &before["id"]));
    ada.patch("/api/v1/facility", change).await.ok();
    assert_eq!(clinic.audited("facility.changed").await, 1, "the second time changed nothing");
}

#[tokio::test]
async fn a_bad_field_is_named_and_nothing_changes() {
    let clinic = Clinic::open().await;
    let north = clinic.facility("north").await;
    let ada = clinic.at_work(&north, "ada", Admin).await;
    let refused = ada.patch("/api/v1/facility", json!({ "name": "New", "time_zone": "Mars/Olympus" })).await;
    assert_eq!(refused.refused(422, "unknown_time_zone")["field"], "time_zone");
    ada.patch("/api/v1/facility", json!({ "slug": "mine" })).await.refused(422, "unknown_field");
    ada.patch("/api/v1/facility", json!({ "join_window_minutes": 3 })).await.refused(422, "bad_join_window");
    assert_eq!(ada.read("/api/v1/facility").await.ok()["name"], "north");
}

#[tokio::test]
async fn patients_are_found_by_words_of_their_name_or_their_date_of_birth() {
    let clinic = Clinic::open().await;
    let (north, south) = (clinic.facility("north").await, clinic.facility("south").await);
    let ana = clinic.at_work(&north, "ana", Clinician).await;
    let sue = clinic.at_work(&south, "sue", Clinician).await;
    for (name, born) in [("Rosa Díaz Vega", "1961-03-04"), ("Ron 100% Case", "1970-01-01"), ("Rosalind Park", "1980-05-06")] {
        let answer = ana.post("/api/v1/patients", json!({ "name": name, "born": born, "phone": "555-0123" })).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
    }
    let found = async |query: &str| -> Vec<String> {
        let list = ana.read(&format!("/api/v1/patients?q={query}")).await.ok();
        list.as_array().expect("a list").iter().map(|patient| patient["name"].as_str().expect("a name").to_owned()).collect()
    };
    assert_eq!(found("vega%20ROSA").await, ["Rosa Díaz Vega"]);
    assert_eq!(found("ros").await, ["Rosa Díaz Vega", "Rosalind Park"]);
    assert_eq!(found("1980-05-06").await, ["Rosalind Park"]);
    assert_eq!(found("%25").await, ["Ron 100% Case"], "% is a letter like any other");
    assert_eq!(found("").await.len(), 3);
    assert_eq!(sue.read("/api/v1/patients?q=rosa").await.ok(), json!([]), "another facility's patients do not exist");
    assert!(clinic.audited("patients.read").await >= 6);
}

#[tokio::test]
async fn a_patient_who_cannot_be_is_refused_in_words() {
    let clinic = Clinic::open().await;
    let north = clinic.facility("north").await;
    let ana = clinic.at_work(&north, "ana", Clinician).await;
    for (body, code) in [
        (json!({ "name": "Rosa", "born": "2026-11-25" }), "born_in_future"),
        (json!({ "name": "Rosa", "born": "1961-02-30" }), "bad_born"),
        (json!({ "name": " ", "born": "1961-03-04" }), "bad_name"),
        (json!({ "name": "Rosa", "born": "1961-03-04", "phone": "12" }), "bad_phone"),
        (json!({ "name": "Rosa", "born": "1961-03-04", "mail": "rosa" }), "bad_mail"),
        (json!({ "name": "Rosa", "born": "1961-03-04", "record_id": "a/b" }), "bad_record_id"),
        (json!({ "name": "Rosa", "born": "1961-03-04", "language": "fr" }), "wrong_type"),
        (json!({ "name": "Rosa" }), "missing_field"),
        (json!({ "name": "Rosa", "born": "1961-03-04", "notes": "x" }), "unknown_field"),
    ] {
        ana.post("/api/v1/patients", body).await.refused(422, code);
    }
    assert_eq!(ana.read("/api/v1/patients").await.ok(), json!([]));
}
