//! What somebody reads who opens an address, before any script has run.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Method, header};
use housecall::app::router;
use housecall::http::problem::Problem;
use housecall::store::sql;
use housecall::visits::demo;

use crate::support::{Clinic, Person};

/// A booked visit at 2:30 pm in New York, behind the address `known`.
const BOOKED: &[&str] = &[
    "INSERT INTO facilities (id, slug, name, time_zone, phone, emergency_number, join_window_minutes, languages, reasons, created_at)
     VALUES ('f', 'riverside', 'Riverside <Clinic>', 'America/New_York', '555-0100', '911', 30, '[]', '[]', 0)",
    "INSERT INTO staff (id, facility_id, login, name, role, password_hash, created_at)
     VALUES ('d', 'f', 'dr.vega', 'Dr. Canary', 'clinician', '', 0)",
    "INSERT INTO patients (id, facility_id, name, born, language, created_at) VALUES ('p', 'f', 'Pat Canary', '1960-01-02', 'en', 0)",
    "INSERT INTO visits (id, facility_id, kind, reason, staff_id, patient_id, starts_at, ends_at, state, created_at)
     VALUES ('v', 'f', 'clinical', 'canary_reason', 'd', 'p', 1795548600000, 1795549500000, 'booked', 0)",
    "INSERT INTO seats (id, visit_id, role, name) VALUES ('s', 'v', 'patient', 'Pat Canary')",
    "INSERT INTO join_links (ref, seat_id, secret_hash, created_at) VALUES ('known', 's', 'canary_hash', 0)",
];

async fn clinic() -> Clinic {
    let clinic = Clinic::open().await;
    let booked = clinic.context.store.write::<(), Problem, _>(|connection| {
        Box::pin(async move {
            for statement in BOOKED {
                sql(statement).execute(&mut *connection).await?;
            }
            Ok(())
        })
    });
    booked.await.expect("booked");
    clinic
}

#[tokio::test]
async fn a_link_shows_the_clinic_and_the_hour_and_nobodys_name() {
    let clinic = clinic().await;
    let page = clinic.somebody().read("/j/known").await;
    assert_eq!(page.status, 200);
    for words in [
        "Riverside &#60;Clinic&#62;",
        "Your video visit",
        "Tuesday, November 24 at 2:30 pm (EST)",
        "Call 555-0100",
        "tel:5550100",
    ] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    assert!(!page.text.to_lowercase().contains("canary"));
    assert!(page.text.len() < 40 * 1024, "{}", page.text.len());
}

#[tokio::test]
async fn a_link_speaks_the_phones_language() {
    let clinic = clinic().await;
    let spanish = clinic.somebody().request(Method::GET, "/j/known").header(header::ACCEPT_LANGUAGE, "es-MX,es;q=0.9,en;q=0.8");
    let page = clinic.somebody().send(spanish.body(Body::empty()).expect("a request")).await;
    assert!(page.text.contains(r#"<html lang="es">"#) && page.text.contains("martes, 24 de noviembre"), "{}", page.text);
    let page = clinic.somebody().read("/j/known?lang=es").await;
    assert!(page.text.contains("martes, 24 de noviembre"), "{}", page.text);
}

#[tokio::test]
async fn an_unknown_link_says_what_to_do() {
    let clinic = clinic().await;
    let page = clinic.somebody().read("/j/unknown").await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("Open the newest text from the clinic"), "{}", page.text);
    assert!(!page.text.contains("data-clinic"));
}

#[tokio::test]
async fn nothing_in_a_page_is_run_but_our_own_files() {
    let clinic = clinic().await;
    for path in ["/j/known", "/j/%3Cscript%3E", "/staff", "/support/visits/x"] {
        let page = clinic.somebody().read(path).await;
        for script in page.text.split("<script").skip(1) {
            let opening = script.split('>').next().unwrap_or_default();
            assert!(opening.contains("src=\"/assets/") || opening.contains("application/json"), "{path}: {opening}");
        }
        assert!(!page.text.contains("<style") && !page.text.contains(" style=") && !page.text.contains("http://"), "{path}");
    }
}

#[tokio::test]
async fn a_page_arrives_packed_within_its_budget() {
    let clinic = clinic().await;
    let packed = clinic.somebody().request(Method::GET, "/j/known").header(header::ACCEPT_ENCODING, "gzip");
    let page = clinic.somebody().send(packed.body(Body::empty()).expect("a request")).await;
    assert_eq!(page.headers[header::CONTENT_ENCODING], "gzip");
    let length: usize = page.bytes;
    assert!(length <= 14 * 1024, "{length} bytes");
}

#[tokio::test]
async fn the_bare_address_leads_staff_in() {
    let clinic = clinic().await;
    let door = clinic.somebody().read("/").await;
    assert_eq!((door.status.as_u16(), door.headers["location"].to_str().expect("text")), (303, "/staff"));
}

#[tokio::test]
async fn the_demo_shows_its_doors_only_where_it_is_on() {
    let clinic = clinic().await;
    clinic.somebody().read("/demo").await.refused(404, "not_found");

    let doors = demo::open(&clinic.context).await.expect("the demo opens");
    let link = doors.patient_link.clone();
    let mut app = clinic.app.clone();
    app.doors = Some(Arc::new(doors));
    let somebody = Person::new(router::build(app), "https://localhost:8443");
    assert!(somebody.read("/demo?lang=es").await.text.contains("La clínica de prueba"));
    let page = somebody.read("/demo").await;
    assert_eq!(page.status, 200);
    for words in [">lee<", ">sam<", link.reveal(), "1948-03-12", "<svg", "</svg>"] {
        assert!(page.text.contains(words), "{words}");
    }
    assert!(!page.text.contains("<?xml") && !page.text.contains("<script"));
}
