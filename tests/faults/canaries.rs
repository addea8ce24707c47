//! Nothing else leaves: a record with a canary in every field that may not be shown, read by real gateways from a folder and from a FHIR
//! server, over both kinds of bus, with the log as talkative as an operator can make it. Of what may be shown, only the clinician's page hears.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};
use signaling::ids::SnippetId;
use signaling::message::{Admit, ClientMessage, ConsentAnswer, Rejection, SnippetOffer, SnippetRef, SnippetRejected};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::fhir::FhirServer;
use crate::gateway::Gateway;
use crate::page::{Page, Ways};
use crate::redis_server::Redis;
use crate::{cluster, in_company, postgres, until, visits};

const RECORD: &str = include_str!("../support/canary-record.json");
const LINKED: &str = "UPDATE patients SET born = '1950-01-01', record_id = 'p'";
/// Of the canary's own words: in a field that nobody may see, and in one that may be shown.
const SECRET: &str = "CANARY";
const SHOWN: &str = "Shown conclusion";

#[tokio::test(flavor = "multi_thread")]
async fn from_a_folder_on_one_node() {
    let _turn = in_company().await;
    let (records, data) = (record_folder(), tempfile::tempdir().expect("a folder"));
    let node = Gateway::new("a", data.path().to_owned(), talkative(records.path().display().to_string()));
    cluster::start(&node).await;
    node.kill();
    node.death().await;
    let file = data.path().join("housecall.db");
    visits::book_in_file(&file, 1).await;
    visits::change_file(&file, LINKED).await;
    cluster::start(&node).await;

    let pages = whole_visit(&node, &node).await;
    expect_quiet("the log", &node.said());
    node.kill();
    node.death().await;
    for entry in std::fs::read_dir(data.path()).expect("a folder") {
        let path = entry.expect("an entry").path();
        let bytes = std::fs::read(&path).unwrap_or_default();
        expect_quiet(&path.display().to_string(), &String::from_utf8_lossy(&bytes));
    }
    assert!(!pages.contains(SECRET) && pages.contains(SHOWN), "{pages}");
}

#[tokio::test(flavor = "multi_thread")]
async fn from_a_server_on_two_nodes() {
    let _turn = in_company().await;
    let (database, redis, folder) = (postgres::server().database().await, Redis::start(), tempfile::tempdir().expect("a folder"));
    let key = folder.path().join("cluster.key");
    std::fs::write(&key, "of forty-three letters or more, as the gateway asks").expect("written");
    let server = FhirServer::of(record_folder().path().to_str().expect("plain")).await;
    let bus = eavesdrop(&redis).await;
    let node = |name: &str| {
        let mut settings = talkative(server.url().to_string());
        settings.extend([
            ("HOUSECALL_FHIR__AUTHORITY", server.authority().display().to_string()),
            ("HOUSECALL_DATABASE", database.url()),
            ("HOUSECALL_BUS__REDIS", redis.url()),
            ("HOUSECALL_BUS__KEY", key.display().to_string()),
        ]);
        Gateway::new(name, folder.path().join(name), settings)
    };
    let (a, b) = (node("a"), node("b"));
    cluster::start(&a).await;
    cluster::start(&b).await;
    visits::book(&database.url(), 1).await;
    visits::change(&database.url(), LINKED.to_owned()).await;

    let pages = whole_visit(&a, &b).await;
    assert!(server.asked().iter().any(|asked| asked.path.contains("Observation")), "the server was asked");
    assert!(!pages.contains(SECRET) && pages.contains(SHOWN), "{pages}");
    let heard = String::from_utf8_lossy(&bus.lock().expect("no panic while held")).into_owned();
    assert!(heard.to_uppercase().contains("PUBLISH"), "the bus is listened to: {heard}");
    expect_quiet("the bus", &heard);
    expect_quiet("the log of a", &a.said());
    expect_quiet("the log of b", &b.said());
    for table in ["audit", "snippets", "snippet_audience", "commands", "visits"] {
        let question = format!("SELECT string_agg(row.said, ' ') FROM (SELECT CAST(t AS TEXT) AS said FROM {table} t) row");
        expect_quiet(table, &visits::ask(&database.url(), &question).await);
    }
}

/// The clinician, on one node, reads the record, prepares every piece of it in both languages and shows one; the patient, on another,
/// sees it and refuses one. Gives all that the clinician's page was told.
async fn whole_visit(desk: &Gateway, phone: &Gateway) -> String {
    let ways = Ways::to(&[desk, phone]);
    let (mut clinician, mut patient) = (Page::clinician(&ways, 1).at(desk), Page::patient(&ways, 1).at(phone));
    clinician.enter(Duration::from_secs(20)).await;
    patient.enter(Duration::from_secs(20)).await;
    assert_eq!(patient.check_in().await, Some(true));
    let admit = Admit { seat: "p1".into(), identity_confirmed: true };
    assert_eq!(clinician.does(ClientMessage::Admit(admit)).await, Some(true));

    let cookie = format!("__Host-staff={}", visits::STAFF);
    let (status, list) = desk.answers("GET", "/api/v1/visits/v1/record", &cookie, "").await.expect("an answer");
    assert_eq!(status, 200, "{list}");
    let items = serde_json::from_str::<Value>(&list).expect("JSON")["items"].clone();
    let (mut pages, mut snippets) = (list, Vec::new());
    for item in items.as_array().expect("items") {
        for language in ["en", "es"] {
            let wanted = json!({ "item": item["id"], "language": language }).to_string();
            let (status, answer) = desk.answers("POST", "/api/v1/visits/v1/snippets", &cookie, &wanted).await.expect("an answer");
            assert_eq!(status, 201, "{answer}");
            let answer: Value = serde_json::from_str(&answer).expect("JSON");
            let manifest: Value = serde_json::from_str(answer["manifest"].as_str().expect("text")).expect("JSON");
            snippets.push(SnippetId(manifest["id"].as_str().expect("a name").to_owned()));
            let content = BASE64URL_NOPAD.decode(answer["content"].as_str().expect("text").as_bytes()).expect("base64url");
            pages.push_str(&manifest.to_string());
            pages.push_str(&String::from_utf8_lossy(&content));
        }
    }
    assert!(snippets.len() >= 20, "every kind is prepared: {pages}");

    let (shown, refused) = (snippets[0].clone(), snippets[1].clone());
    for snippet in [&shown, &refused] {
        let offer = SnippetOffer { snippet: snippet.clone(), seats: vec!["p1".into()] };
        assert_eq!(clinician.does(ClientMessage::SnippetOffer(offer)).await, Some(true));
    }
    let agreed = ClientMessage::ConsentAnswer(ConsentAnswer { agreed: true });
    let seen = ClientMessage::SnippetSeen(SnippetRef { snippet: shown.clone() });
    let why = Rejection::BadHash;
    let rejected = ClientMessage::SnippetRejected(SnippetRejected { snippet: refused, why });
    let strange = ClientMessage::SnippetRejected(SnippetRejected { snippet: format!("{SECRET} {SHOWN}").as_str().into(), why });
    for message in [agreed, seen, rejected, strange] {
        assert_eq!(patient.does(message).await, Some(true));
    }
    assert_eq!(clinician.does(ClientMessage::SnippetWithdraw(SnippetRef { snippet: shown })).await, Some(true));
    pages
}

fn talkative(records: String) -> Vec<(&'static str, String)> {
    vec![("RUST_LOG", "trace".to_owned()), ("HOUSECALL_RECORDS", records)]
}

fn record_folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("p.json"), RECORD).expect("written");
    folder
}

fn expect_quiet(what: &str, said: &str) {
    for words in [SECRET, SHOWN] {
        let around = said.find(words).map(|at| {
            let from = said.floor_char_boundary(at.saturating_sub(300));
            &said[from..said.ceil_char_boundary((at + 200).min(said.len()))]
        });
        assert_eq!(around, None, "{words} is in {what}");
    }
}

/// Hears whatever anybody says to this Redis.
async fn eavesdrop(redis: &Redis) -> Arc<Mutex<Vec<u8>>> {
    let address = redis.url().replace("redis://", "");
    let mut line = TcpStream::connect(address).await.expect("connected");
    line.write_all(b"MONITOR\r\n").await.expect("asked");
    let heard = Arc::new(Mutex::new(Vec::new()));
    let kept = heard.clone();
    tokio::spawn(async move {
        let mut some = [0; 4096];
        while let Ok(read @ 1..) = line.read(&mut some).await {
            kept.lock().expect("no panic while held").extend_from_slice(&some[..read]);
        }
    });
    until("Redis tells what it hears", Duration::from_secs(20), async || !heard.lock().expect("no panic while held").is_empty())
        .await;
    heard
}
