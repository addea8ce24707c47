//! The demo clinic: made once, found again, and its printed link always works.

use housecall::visits::demo;
use serde_json::json;

use crate::support::visits::{MINUTE, Visit};
use crate::support::{Clinic, Person};

async fn day(clinic: &Clinic, login: &str) -> (Person, Vec<serde_json::Value>) {
    let person = clinic.somebody();
    person.post("/api/v1/staff/sign-in", json!({ "login": login, "password": demo::PASSWORD })).await.ok();
    let day = person.read("/api/v1/visits").await.ok();
    let visits = day["visits"].as_array().unwrap().clone();
    (person, visits)
}

async fn joins(clinic: &Clinic, link: &str) -> serde_json::Value {
    let visit = Visit { id: String::new(), seat: String::new(), url: link.to_owned() };
    visit.redeem(&clinic.somebody()).await.ok()
}

#[tokio::test]
async fn the_printed_doors_open() {
    let clinic = Clinic::open().await;
    let doors = demo::open(&clinic.context).await.expect("the demo opens");
    let (_, visits) = day(&clinic, &doors.clinician_login).await;
    assert!(visits.iter().any(|visit| visit["patient"]["born"] == json!(doors.born)));
    assert!(visits.iter().any(|visit| visit["readiness"]["mode"] == "low_video"));
    assert_eq!(joins(&clinic, doors.patient_link.reveal()).await["state"], "open");
    assert!(demo::is_open(&clinic.context, &doors.patient_link).await.unwrap());
}

#[tokio::test]
async fn a_second_start_finds_everything_as_it_was() {
    let clinic = Clinic::open().await;
    let first = demo::open(&clinic.context).await.expect("the demo opens");
    let (_, before) = day(&clinic, &first.clinician_login).await;
    let phone = clinic.somebody();
    let old = Visit { id: String::new(), seat: String::new(), url: first.patient_link.reveal().to_owned() };
    let joined = old.redeem(&phone).await.ok();

    clinic.context.clock.advance(2 * MINUTE);
    let second = demo::open(&clinic.context).await.expect("the demo opens again");
    let (_, after) = day(&clinic, &second.clinician_login).await;
    let ids = |visits: &[serde_json::Value]| visits.iter().map(|visit| visit["id"].clone()).collect::<Vec<_>>();
    assert_eq!(ids(&before), ids(&after));
    assert_eq!(joins(&clinic, second.patient_link.reveal()).await["state"], "open");
    // Whoever was in stays in, even with the link they came by.
    phone.read(&format!("/api/v1/seats/{}", joined["seat"].as_str().unwrap())).await.ok();
    assert_eq!(old.look(&phone).await.ok()["seat"], joined["seat"]);
    old.look(&clinic.somebody()).await.refused(410, "link_superseded");
}

#[tokio::test]
async fn when_the_visit_is_over_another_is_booked() {
    let clinic = Clinic::open().await;
    let mut link = demo::open(&clinic.context).await.expect("the demo opens").patient_link;
    let mut anew = 0;
    for _ in 0..12 {
        clinic.context.clock.advance(50 * MINUTE);
        if !demo::is_open(&clinic.context, &link).await.unwrap() {
            link = demo::open(&clinic.context).await.expect("the demo opens later").patient_link;
            anew += 1;
        }
        assert_eq!(joins(&clinic, link.reveal()).await["state"], "open");
    }
    assert!(anew >= 6, "{anew}");
}
