//! What staff tells others before a visit begins: that it starts late, and that the patient needs a technician.

use housecall::identity::StaffRole::Support;
use serde_json::json;

use crate::support::visits::Practice;

#[tokio::test]
async fn a_late_start_is_on_the_list_and_said_once_in_the_audit() {
    let practice = Practice::open().await;
    let visit = practice.book("2026-11-24T14:10").await;
    let path = format!("/api/v1/visits/{}/late", visit.id);
    practice.lee.post(&path, json!({ "minutes": 10 })).await.ok();
    let again = practice.lee.post(&path, json!({ "minutes": 10 })).await.ok();
    assert_eq!(again["late_minutes"], 10);
    assert_eq!(practice.row(&visit).await["late_minutes"], 10);
    assert_eq!(practice.clinic.audited("visit.running_late").await, 1);

    practice.lee.post(&path, json!({ "minutes": 241 })).await.refused(422, "wrong_minutes");
    assert_eq!(practice.lee.post(&path, json!({ "minutes": 0 })).await.ok()["late_minutes"], 0);
    practice.lee.post("/api/v1/visits/unknown/late", json!({ "minutes": 5 })).await.refused(404, "not_found");
}

#[tokio::test]
async fn a_patient_sent_to_support_stands_out_on_the_desk_until_a_test_call_ended() {
    let practice = Practice::open().await;
    let visit = practice.book("2026-11-24T14:10").await;
    let sam = practice.clinic.at_work(&practice.facility, "sam", Support).await;
    let desk = async || sam.read("/api/v1/support/visits").await.ok()["visits"][0].clone();
    assert_eq!(desk().await["state"], "new");

    practice.lee.post(&format!("/api/v1/visits/{}/help", visit.id), json!({})).await.ok();
    assert_eq!((&desk().await["state"], &desk().await["help"]["asked_by"]), (&json!("needs_help"), &json!("staff")));
    sam.post(&format!("/api/v1/visits/{}/help", visit.id), json!({})).await.refused(404, "not_found");

    let call = sam.post(&format!("/api/v1/support/visits/{}/test-call", visit.id), json!({})).await.ok();
    let outcome = format!("/api/v1/support/test-calls/{}/outcome", call["visit"].as_str().unwrap());
    sam.post(&outcome, json!({ "outcome": "ready", "note": "" })).await.ok();
    assert_eq!((&desk().await["state"], &desk().await["help"]["state"]), (&json!("passed"), &json!("done")));
}
