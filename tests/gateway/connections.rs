//! What the organisation's administrator sees of visits and tests, and what stays hidden.

use housecall::identity::StaffRole;
use serde_json::Value;

use crate::support::Clinic;

const WEEK: i64 = 604_800_000;

/// Visits of past weeks with a test each, straight in the tables: so many of a kind.
async fn held(
    clinic: &Clinic,
    facility: &str,
    staff: &str,
    kind: &str,
    count: i64,
    connected: bool,
    found: (&str, Option<&str>, &str),
) {
    let (mode, cause, system) = found;
    let at = clinic.context.clock.now().0 - 2 * WEEK;
    let started = if connected { at.to_string() } else { "NULL".to_owned() };
    let cause = cause.map_or("NULL".to_owned(), |cause| format!("'{cause}'"));
    for number in 0..count {
        let id = format!("{kind}-{number}");
        clinic
            .sql(&format!(
                "INSERT INTO patients (id, facility_id, name, born, language, created_at) VALUES ('p-{id}', '{facility}', 'Rosa', '1961-03-04', 'es', 0);
                 INSERT INTO visits (id, facility_id, kind, reason, staff_id, patient_id, starts_at, ends_at, state, created_at, started_at)
                 VALUES ('v-{id}', '{facility}', 'clinical', 'follow_up', '{staff}', 'p-{id}', {at}, {at}, 'ended', 0, {started});
                 INSERT INTO seats (id, visit_id, role, name, patient_id) VALUES ('s-{id}', 'v-{id}', 'patient', 'Rosa', 'p-{id}');
                 INSERT INTO equipment_tests (id, seat_id, started_at, finished_at, mode, cause, checks, device)
                 VALUES ('first-{id}', 's-{id}', {at}, {at} - 5, 'phone', 'path_blocked', '[]', '{{}}');
                 INSERT INTO equipment_tests (id, seat_id, started_at, finished_at, mode, cause, checks, device)
                 VALUES ('last-{id}', 's-{id}', {at}, {at}, '{mode}', {cause}, '[]', '{{\"system\":\"{system}\",\"browser\":\"Chrome\",\"phone\":true}}')"
            ))
            .await;
    }
}

#[tokio::test]
async fn an_administrator_sees_how_many_connect_at_each_clinic_and_nobody_who_did_not() {
    let clinic = Clinic::open().await;
    let (north, south) = (clinic.facility("north").await, clinic.facility("south").await);
    let lee = clinic.hire(&north, "lee", StaffRole::Clinician).await;
    let sue = clinic.hire(&south, "sue", StaffRole::Clinician).await;
    let admin = clinic.at_work(&north, "ada", StaffRole::Admin).await;
    let nothing = admin.read("/api/v1/connections").await.ok();
    assert!(nothing["visits"].get("total").is_none(), "{nothing}");

    held(&clinic, north.id.as_str(), lee.as_str(), "good", 21, true, ("video", None, "Android")).await;
    held(&clinic, north.id.as_str(), lee.as_str(), "bad", 9, false, ("sound_only", Some("camera_blocked"), "Android")).await;
    held(&clinic, south.id.as_str(), sue.as_str(), "rare", 2, false, ("phone", Some("old_browser"), "Haiku")).await;
    let seen = admin.read("/api/v1/connections").await.ok();
    let total = &seen["visits"]["total"];
    assert_eq!((&total["good"], &total["bad"]), (&20.into(), &10.into()), "in fives: {seen}");
    assert_eq!(
        (&seen["tests"]["total"]["good"], &seen["tests"]["total"]["bad"]),
        (&20.into(), &10.into()),
        "the last test counts"
    );
    let text = seen.to_string();
    assert!(!text.contains("south") && !text.contains("old_browser"), "two patients of a clinic are hidden: {text}");
    assert!(!text.contains("other\""), "so is their phone: {text}");
    let phones = by(&seen["tests"], "phone");
    assert!(phones.iter().all(|line| line["good"].as_u64().expect("a number") % 5 == 0), "{phones:?}");

    let csv = admin.read("/api/v1/connections.csv").await;
    assert!(
        csv.text.starts_with("what,by,name,good,bad,cause,count\r\n") && csv.text.contains("visits,all,,20,10,,\r\n"),
        "{}",
        csv.text
    );
    let clinician = clinic.signed_in("lee").await;
    clinician.read("/api/v1/connections").await.refused(404, "not_found");

    // Where enough came to the second clinic too, the two stand beside each other, with the causes of each.
    held(&clinic, south.id.as_str(), sue.as_str(), "fine", 10, true, ("video", None, "iOS")).await;
    held(&clinic, south.id.as_str(), sue.as_str(), "blocked", 8, false, ("phone", Some("path_blocked"), "iOS")).await;
    let seen = admin.read("/api/v1/connections").await.ok();
    for part in ["visits", "tests"] {
        let clinics = by(&seen[part], "facility");
        let told: Vec<_> = clinics.iter().map(|line| (&line["name"], line["good"].as_u64(), line["bad"].as_u64())).collect();
        assert_eq!(told, [(&"north".into(), Some(20), Some(10)), (&"south".into(), Some(10), Some(10))], "{part}");
    }
    assert_eq!(by(&seen["tests"], "facility")[0]["causes"][0]["cause"], "camera_blocked");
}

fn by(part: &Value, name: &str) -> Vec<Value> {
    let tables = part["tables"].as_array().expect("tables");
    let table = tables.iter().find(|table| table["by"] == name).expect("the table");
    table["lines"].as_array().expect("lines").clone()
}
