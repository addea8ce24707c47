//! The record from a FHIR server: the same facts as from a folder, and a sentence where the server is slow, busy, strange or hostile.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use housecall::base::clock::Clock;
use housecall::base::private::Secret;
use housecall::config::{FhirClient, FhirConfig, RecordsAt};
use housecall::identity::StaffRole::Clinician;
use housecall::records::facts::Facts;
use housecall::records::kinds::lay_out;
use housecall::records::source::server::{Limits, Server};
use housecall::records::source::{RecordSource, SourceError};
use housecall::records::words::Language;
use serde_json::{Value, json};

use crate::support::fhir::{FhirServer, Mood};
use crate::support::{Clinic, START};

const DEMO: &str = "demo/records";

fn open(server: &FhirServer) -> Server {
    server.source(&server.settings(), Limits::default(), &Clock::stopped_at(START))
}

/// Why nothing is shown.
async fn trouble(server: &FhirServer, limits: Limits) -> Option<SourceError> {
    server.source(&server.settings(), limits, &Clock::stopped_at(START)).facts("patient-1").await.err()
}

/// What can be shown, and how much might be missed.
fn shown(facts: &Facts) -> Value {
    let shelf = lay_out(facts, Language::En);
    let items: Vec<Value> =
        shelf.showable.iter().map(|one| json!([one.item, serde_json::to_value(&one.content).expect("JSON")])).collect();
    json!({ "items": items, "losses": shelf.skipped.losses() })
}

#[tokio::test]
async fn a_server_and_a_folder_give_the_same_facts() {
    let server = FhirServer::of(DEMO).await;
    let (served, folder) = (open(&server), RecordSource::folder(DEMO.into()));
    for number in 1..=7 {
        let id = format!("patient-{number}");
        let here = folder.facts(&id).await.expect("read").expect("there");
        let there = served.facts(&format!("Patient/{id}")).await.expect("read").expect("there");
        assert_eq!(shown(&there), shown(&here), "{id}");
        assert!(there.born == here.born);
    }
    let asked = server.asked();
    assert!(asked.iter().any(|one| one.path.contains("_page=7")), "nothing came in pages: {asked:?}");
    for nobody in ["nobody", "..", "../x", "Patient/..", ""] {
        assert!(matches!(served.facts(nobody).await, Ok(None)), "{nobody}");
    }
    assert_eq!(server.asked().len(), 1, "what is no id is not asked for");
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let server = FhirServer::of(DEMO).await;
    let clock = Clock::stopped_at(START);
    let source = server.source(&server.settings(), Limits::default(), &clock);
    let first = shown(&source.facts("patient-1").await.expect("read").expect("there"));
    let requests = server.asked().len();
    source.facts("patient-1").await.expect("read").expect("there");
    assert_eq!(server.asked().len(), 0, "a list and what is chosen from it are one look");

    clock.advance(Duration::from_secs(21));
    let again = shown(&source.facts("patient-1").await.expect("read").expect("there"));
    let asked = server.asked();
    assert_eq!((again, asked.len()), (first, requests));
    assert!(asked.iter().all(|one| one.was_conditional && one.status == 304), "{asked:?}");

    clock.advance(Duration::from_mins(10));
    source.facts("patient-1").await.expect("read").expect("there");
    assert!(server.asked().iter().all(|one| !one.was_conditional), "nothing is kept for long");
}

#[tokio::test]
async fn a_busy_server_is_asked_again_when_it_says_and_not_for_ever() {
    let server = FhirServer::of(DEMO).await;
    for status in [429, 503] {
        server.is(Mood::Busy(status, "0", 2));
        assert!(matches!(open(&server).facts("patient-1").await, Ok(Some(_))), "{status}");
    }
    server.is(Mood::Busy(503, "0", 1000));
    assert_eq!(trouble(&server, Limits::default()).await, Some(SourceError::Busy));
    server.asked();
    server.is(Mood::Busy(429, "3600", 1000));
    assert_eq!(trouble(&server, Limits::default()).await, Some(SourceError::Busy));
    assert_eq!(server.asked().len(), 1, "who wants an hour is not waited for");
}

#[tokio::test]
async fn what_is_slow_endless_or_strange_costs_the_record_only() {
    let server = FhirServer::of(DEMO).await;
    let small = Limits { bytes: 1024 * 1024, ..Limits::default() };
    for (mood, limits, expected) in [
        (Mood::Silent, Limits { answer: Duration::from_millis(200), ..Limits::default() }, SourceError::TooSlow),
        (Mood::Huge, small, SourceError::TooLarge),
        (Mood::NextForEver, Limits { pages: 20, ..Limits::default() }, SourceError::TooLarge),
        (Mood::Well, Limits { resources: 10, ..Limits::default() }, SourceError::TooLarge),
        (Mood::Redirecting, Limits::default(), SourceError::Unreadable),
        (Mood::Html, Limits::default(), SourceError::Unreadable),
        (Mood::CutOff, Limits::default(), SourceError::Unreadable),
        (Mood::NextElsewhere, Limits::default(), SourceError::Unreadable),
        (Mood::Busy(500, "0", 1000), Limits::default(), SourceError::Unreadable),
        (Mood::Asking("a token that we do not have"), Limits::default(), SourceError::Refused),
    ] {
        server.is(mood);
        assert_eq!(trouble(&server, limits).await, Some(expected));
    }
    let stranger = FhirConfig::default();
    let untrusted = server.source(&stranger, Limits::default(), &Clock::stopped_at(START));
    assert_eq!(untrusted.facts("patient-1").await.err(), Some(SourceError::Unreadable), "a certificate nobody vouches for");
}

#[tokio::test]
async fn what_the_server_does_not_give_is_said_and_not_taken_for_none() {
    let server = FhirServer::of(DEMO).await;
    server.is(Mood::Without("AllergyIntolerance"));
    let facts = open(&server).facts("patient-1").await.expect("read").expect("there");
    let shelf = lay_out(&facts, Language::En);
    assert!(shelf.skipped.losses() > 0);
    assert!(shelf.showable.iter().all(|one| one.item.kind.word() != "allergies"), "no list is better than an empty one");

    server.is(Mood::Without("MedicationStatement"));
    let facts = open(&server).facts("patient-1").await.expect("read").expect("there");
    assert_eq!(lay_out(&facts, Language::En).skipped.losses(), 0, "many servers do not know it, and nothing is missing");
}

#[tokio::test]
async fn a_server_that_answers_with_everybody_s_record_shows_one_patient_s() {
    let server = FhirServer::of(DEMO).await;
    let expected = shown(&open(&server).facts("patient-2").await.expect("read").expect("there"));
    server.is(Mood::IgnoringThePatient);
    assert_eq!(shown(&open(&server).facts("patient-2").await.expect("read").expect("there")), expected);
}

#[tokio::test]
async fn a_token_is_asked_for_with_a_signed_assertion_and_kept() {
    let server = FhirServer::of(DEMO).await;
    let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P384_SHA384).expect("made");
    std::fs::write(server.folder().join("key.pem"), key.serialize_pem()).expect("written");
    let client = FhirClient {
        id: "housecall".to_owned(),
        key: server.folder().join("key.pem"),
        key_id: "2026".to_owned(),
        token_url: server.token_url(),
        scope: "system/*.read".to_owned(),
    };
    let config = FhirConfig { client: Some(client), ..server.settings() };
    let clock = Clock::stopped_at(START);
    let source = server.source(&config, Limits::default(), &clock);

    server.is(Mood::Asking("first"));
    source.facts("patient-1").await.expect("read").expect("there");
    let asked = server.asked();
    let tokens: Vec<_> = asked.iter().filter(|one| one.path == "/token").collect();
    assert_eq!(tokens.len(), 1, "one token for all questions");
    assert!(asked.iter().filter(|one| one.path != "/token").all(|one| one.authorization.as_deref() == Some("Bearer first")));
    let form: std::collections::BTreeMap<String, String> =
        reqwest::Url::parse(&format!("x:?{}", tokens[0].body)).expect("a form").query_pairs().into_owned().collect();
    assert_eq!((form["grant_type"].as_str(), form["scope"].as_str()), ("client_credentials", "system/*.read"));
    let claims = form["client_assertion"].split('.').nth(1).expect("a JWT");
    let claims: Value = serde_json::from_slice(&BASE64URL_NOPAD.decode(claims.as_bytes()).expect("base64url")).expect("JSON");
    assert_eq!((&claims["aud"], &claims["iss"]), (&json!(server.token_url()), &json!("housecall")));

    // The server forgets the token before its time: another is asked for, once.
    server.is(Mood::Asking("second"));
    source.facts("patient-2").await.expect("read").expect("there");
    assert!(server.asked().iter().filter(|one| one.path == "/token").count() >= 1);

    // Shortly before its end it is renewed unasked.
    clock.advance(Duration::from_secs(239));
    source.facts("patient-3").await.expect("read").expect("there");
    assert!(server.asked().iter().all(|one| one.path != "/token"));
    clock.advance(Duration::from_secs(2));
    source.facts("patient-4").await.expect("read").expect("there");
    assert_eq!(server.asked().iter().filter(|one| one.path == "/token").count(), 1);

    server.is(Mood::Well);
    clock.advance(Duration::from_mins(5));
    assert_eq!(source.facts("patient-5").await.err(), Some(SourceError::Refused), "no token is given any more");
}

#[tokio::test]
async fn a_clinician_reads_the_server_s_record_and_a_sentence_when_it_fails() {
    let server = FhirServer::of(DEMO).await;
    let (url, settings) = (server.url(), server.settings());
    let clinic = Clinic::open_with(move |config| {
        config.records = Some(RecordsAt::Server(url));
        config.fhir = FhirConfig { token: Some(Secret::new("CANARY-token")), ..settings };
    })
    .await;
    let north = clinic.facility("north").await;
    let lee = clinic.hire(&north, "lee", Clinician).await;
    let (visit, _) = clinic.visit(&north, &lee, "maria").await;
    let ends = clinic.context.clock.now().plus(Duration::from_mins(30)).0;
    clinic.sql("UPDATE patients SET born = '1948-03-12', record_id = 'patient-1'").await;
    clinic.sql(&format!("UPDATE visits SET ends_at = {ends}")).await;
    let lee = clinic.signed_in("lee").await;
    let path = format!("/api/v1/visits/{visit}/record");

    server.is(Mood::Asking("CANARY-token"));
    let list = lee.read(&path).await.ok();
    assert_eq!((&list["skipped"], &list["source_available"]), (&json!(0), &json!(true)));
    lee.post(&format!("/api/v1/visits/{visit}/snippets"), json!({ "item": "allergies", "language": "es" })).await.ok();

    clinic.context.clock.advance(Duration::from_secs(21));
    for (mood, word) in [
        (Mood::Busy(503, "60", 1000), "record_unavailable"),
        (Mood::Html, "record_unavailable"),
        (Mood::Asking("CANARY another token"), "record_refused"),
    ] {
        server.is(mood);
        let answer = lee.read(&path).await;
        assert!(!answer.text.contains("CANARY"), "{}", answer.text);
        let list = answer.ok();
        assert_eq!((&list["source_available"], &list["note"]["word"]), (&json!(false), &json!(word)));
        let wanted = json!({ "item": "allergies", "language": "en" });
        lee.post(&format!("/api/v1/visits/{visit}/snippets"), wanted).await.refused(503, word);
    }
    lee.read("/api/v1/visits").await.ok();
}

/// A log that is kept in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("no panic while held").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_log_names_neither_the_patient_nor_the_token() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::DEBUG).with_writer(move || writer.clone()).finish();
    let server = FhirServer::of(DEMO).await;
    let config = FhirConfig { token: Some(Secret::new("CANARY-token")), ..server.settings() };
    let source = RecordSource::server(server.source(&config, Limits::default(), &Clock::stopped_at(START)));
    let _kept = tracing::subscriber::set_default(subscriber);
    source.facts("patient-1").await.expect("read").expect("there");
    for mood in [Mood::Html, Mood::CutOff, Mood::Redirecting, Mood::NextElsewhere, Mood::Busy(503, "60", 1000)] {
        server.is(mood);
        source.facts("patient-2").await.err().expect("nothing is read");
    }
    let log = String::from_utf8_lossy(&log.0.lock().expect("no panic while held")).into_owned();
    assert!(log.contains("a record could not be read"), "the log is looked at: {log}");
    for secret in ["CANARY", "patient-1", "patient-2"] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}
