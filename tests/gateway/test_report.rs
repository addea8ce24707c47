//! The report of one equipment test: staff of the clinic read it, nobody else, and it says which ways answered.

use housecall::identity::StaffRole;
use serde_json::json;

use crate::support::visits::Practice;

#[tokio::test]
async fn staff_of_the_clinic_read_a_test_and_others_find_none() {
    let practice = Practice::open().await;
    let visit = practice.book("2026-11-24T14:10").await;
    let phone = practice.known_phone(&visit).await;
    let path = format!("/api/v1/seats/{}/equipment-tests", visit.seat);
    let test = phone.post(&path, json!({})).await.ok()["id"].as_str().expect("an id").to_owned();
    let report = format!("/api/v1/support/equipment-tests/{test}");
    let running = practice.lee.read(&report).await.ok();
    assert!(running.get("finished_at").is_none(), "{running}");
    assert_eq!(running["ways"][1]["answer"], "not_checked", "nothing is called closed that was not tried");

    let checks = json!([
        { "name": "path", "outcome": "warn", "cause": "tcp_only", "values": { "udp": 0, "tcp": 1, "tcp_connect_ms": 180 } },
        { "name": "signaling", "outcome": "pass", "values": { "total_ms": 90 } },
    ]);
    let device = json!({ "system": "Android", "browser": "Chrome", "phone": true });
    phone.put(&format!("{path}/{test}"), json!({ "checks": checks, "device": device })).await.ok();
    let told = practice.lee.read(&report).await.ok();
    let ways: Vec<_> = told["ways"].as_array().expect("ways").iter().map(|way| way["answer"].as_str().expect("a word")).collect();
    assert_eq!(ways, ["yes", "no", "yes", "not_checked", "not_checked", "not_checked"]);
    assert_eq!(
        (told["device"]["system"].as_str(), told["checks"][0]["values"]["tcp_connect_ms"].as_f64()),
        (Some("Android"), Some(180.0))
    );
    assert!(told.get("reason").is_none() && !told.to_string().contains("Follow"), "nothing clinical: {told}");

    let south = practice.clinic.facility("south").await;
    let stranger = practice.clinic.at_work(&south, "tess", StaffRole::Support).await;
    stranger.read(&report).await.refused(404, "not_found");
}
