//! The audit cannot be changed unseen: not an entry, not its order, not its end, not the whole database.

use housecall::audit::checkpoint_store::Checkpoints;
use housecall::audit::command::{AuditError, Verified, verify};
use housecall::identity::StaffRole::{Admin, Clinician};
use serde_json::json;

use crate::support::Clinic;

/// A clinic with six entries.
async fn busy() -> Clinic {
    let clinic = Clinic::open().await;
    let north = clinic.facility("north").await;
    for login in ["ana", "bob", "eve"] {
        clinic.at_work(&north, login, Clinician).await;
    }
    clinic
}

async fn complaint(clinic: &Clinic) -> String {
    match verify(&clinic.context).await.expect_err("something is wrong") {
        AuditError::Broken(broken) => broken.to_string(),
        other => other.to_string(),
    }
}

#[tokio::test]
async fn an_untouched_audit_is_whole() {
    let clinic = busy().await;
    assert_eq!(verify(&clinic.context).await.expect("whole"), Verified { entries: 6, checkpoints: 0 });
}

#[tokio::test]
async fn an_edit_shows() {
    for edit in ["actor = 'gateway'", "at = at + 1", "detail = '{}'", "facility_id = NULL", "visit_id = 'v'", "action = 'x'"] {
        let clinic = busy().await;
        clinic.sql(&format!("UPDATE audit SET {edit} WHERE seq = 3")).await;
        assert_eq!(complaint(&clinic).await, "entry 3 was edited", "{edit}");
    }
}

#[tokio::test]
async fn cuts_and_swaps_show() {
    let clinic = busy().await;
    clinic.sql("DELETE FROM audit WHERE seq = 3").await;
    assert!(complaint(&clinic).await.starts_with("entry 4 stands where entry 3 should be"));

    let clinic = busy().await;
    clinic.sql("DELETE FROM audit WHERE seq > 4").await;
    assert_eq!(complaint(&clinic).await, "the newest entry is 4, but 6 were written: the end was cut");

    let clinic = busy().await;
    clinic.sql("UPDATE audit SET seq = 99 WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = 4; UPDATE audit SET seq = 4 WHERE seq = 99").await;
    assert!(complaint(&clinic).await.starts_with("entry 3 does not follow"));
}

#[tokio::test]
async fn a_database_that_was_put_back_shows() {
    let clinic = busy().await;
    let mut checkpoints = Checkpoints::open(&clinic.context.config).expect("a key");
    checkpoints.write(&clinic.context).await.expect("written");
    checkpoints.write(&clinic.context).await.expect("nothing new");
    assert_eq!(verify(&clinic.context).await.expect("whole"), Verified { entries: 6, checkpoints: 1 });

    // Cut together with the head: the chain itself is whole again.
    clinic
        .sql("DELETE FROM audit WHERE seq > 4; UPDATE audit_head SET seq = 4, hash = (SELECT hash FROM audit WHERE seq = 4)")
        .await;
    assert!(complaint(&clinic).await.starts_with("The audit was rolled back"));
    // Written on after that.
    clinic.signed_in("ana").await;
    clinic.signed_in("ana").await;
    assert!(complaint(&clinic).await.starts_with("The audit was replaced: entry 6"));
}

#[tokio::test]
async fn a_forged_checkpoint_shows() {
    let clinic = busy().await;
    Checkpoints::open(&clinic.context.config).expect("a key").write(&clinic.context).await.expect("written");
    let file = clinic.folder().join("audit-checkpoints.jsonl");
    let forged = std::fs::read_to_string(&file).expect("the file").replace("\"seq\":6", "\"seq\":5");
    std::fs::write(&file, forged).expect("written");
    assert_eq!(complaint(&clinic).await, "The checkpoints cannot be trusted");
}

#[tokio::test]
async fn a_visits_entries_are_for_its_clinician_and_for_administrators() {
    let clinic = Clinic::open().await;
    let (north, south) = (clinic.facility("north").await, clinic.facility("south").await);
    let ana_id = clinic.hire(&north, "ana", Clinician).await;
    let (visit, _) = clinic.visit(&north, &ana_id, "one").await;
    let ana = clinic.signed_in("ana").await;
    let bob = clinic.at_work(&north, "bob", Clinician).await;
    let ada = clinic.at_work(&north, "ada", Admin).await;
    let sam = clinic.at_work(&south, "sam", Admin).await;
    clinic.writes_about(&visit).await;

    let path = format!("/api/v1/visits/{visit}/audit");
    let entries = ana.read(&path).await.ok();
    assert_eq!((&entries[0]["action"], &entries[0]["detail"]), (&json!("visit.booked"), &json!({ "length_minutes": 20 })));
    assert_eq!(ada.read(&path).await.ok(), entries);
    let unknown = bob.read("/api/v1/visits/visit-none/audit").await;
    for refused in [bob.read(&path).await, sam.read(&path).await] {
        assert_eq!((refused.status, &refused.text), (unknown.status, &unknown.text));
    }
    unknown.refused(404, "not_found");
    assert_eq!(clinic.audited("access.not_found").await, 3, "one entry each");
}
