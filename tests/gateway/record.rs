//! The clinician's way to the record: what can be shown in a visit, to whom, and what becomes of it.

use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use housecall::base::ids::VisitId;
use housecall::config::RecordsAt;
use housecall::identity::StaffRole::{Admin, Clinician};
use housecall::store::sql;
use ring::signature::{ED25519, UnparsedPublicKey};
use serde_json::{Value, json};

use crate::support::{Clinic, Person};

/// A clinic with the demo's records, and Dr. Lee with a visit of María's that begins now.
async fn visit_of_maria() -> (Clinic, Person, VisitId) {
    let clinic = Clinic::open_with(|config| config.records = Some(RecordsAt::Folder("demo/records".into()))).await;
    let north = clinic.facility("north").await;
    let lee = clinic.hire(&north, "lee", Clinician).await;
    let (visit, _) = clinic.visit(&north, &lee, "maria").await;
    clinic.sql("UPDATE patients SET born = '1948-03-12', record_id = 'patient-1'").await;
    let ends = clinic.context.clock.now().plus(Duration::from_mins(30)).0;
    clinic.sql(&format!("UPDATE visits SET ends_at = {ends}")).await;
    let person = clinic.signed_in("lee").await;
    (clinic, person, visit)
}

async fn list(person: &Person, visit: &VisitId) -> Value {
    person.read(&format!("/api/v1/visits/{visit}/record")).await.ok()
}

fn item<'l>(list: &'l Value, title: &str) -> &'l str {
    let items = list["items"].as_array().expect("items");
    items.iter().find(|item| item["title"] == title).and_then(|item| item["id"].as_str()).expect("the item is on the list")
}

fn decoded(text: &Value) -> Vec<u8> {
    BASE64URL_NOPAD.decode(text.as_str().expect("text").as_bytes()).expect("base64url")
}

#[tokio::test]
async fn a_clinician_lists_the_record_and_prepares_a_signed_piece_of_it() {
    let (clinic, lee, visit) = visit_of_maria().await;
    let list = list(&lee, &visit).await;
    assert_eq!((&list["skipped"], &list["source_available"]), (&json!(0), &json!(true)));
    let a1c = item(&list, "Blood sugar over three months (A1c)");

    let answer = lee.post(&format!("/api/v1/visits/{visit}/snippets"), json!({ "item": a1c, "language": "es" })).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let snippet = answer.json();
    let manifest: Value = serde_json::from_str(snippet["manifest"].as_str().expect("text")).expect("JSON");
    assert_eq!(
        (&manifest["visit"], &manifest["language"], &manifest["kind"]),
        (&json!(visit), &json!("es"), &json!("lab_trend"))
    );
    let content: Value = serde_json::from_slice(&decoded(&snippet["content"])).expect("JSON");
    assert_eq!(
        (&content["title"], &content["newest"]["value"]),
        (&json!("Azúcar en la sangre en tres meses (A1c)"), &json!(6.9))
    );

    let public = decoded(&json!(clinic.app.snippet_key.public_base64url()));
    let signed = snippet["manifest"].as_str().expect("text").as_bytes();
    UnparsedPublicKey::new(&ED25519, public).verify(signed, &decoded(&snippet["signature"])).expect("the gateway signed it");

    let stored = sql("SELECT visit_id, state, expires_at FROM snippets WHERE id = $1").bind(manifest["id"].as_str());
    let row = &clinic.rows(stored).await[0];
    let (of, state, expires_at) = (row.get::<String>("visit_id"), row.get::<&str>("state"), row.get::<i64>("expires_at"));
    assert_eq!((of.expect("text"), state.expect("text")), (visit.0, "prepared"));
    assert_eq!(json!(expires_at.expect("a time")), manifest["expires_at"]);
    assert_eq!((clinic.audited("record.read").await, clinic.audited("snippet.prepared").await), (1, 1));
}

#[tokio::test]
async fn to_everybody_else_and_at_any_other_time_there_is_nothing() {
    let (clinic, lee, visit) = visit_of_maria().await;
    let allergies = item(&list(&lee, &visit).await, "Your allergies").to_owned();
    let (path, snippets) = (format!("/api/v1/visits/{visit}/record"), format!("/api/v1/visits/{visit}/snippets"));
    let wanted = json!({ "item": allergies, "language": "en" });
    let unknown = lee.read("/api/v1/visits/none/record").await.text;

    let south = clinic.facility("south").await;
    let other = clinic.at_work(&south, "okafor", Clinician).await;
    assert_eq!(other.read(&path).await.text, unknown);
    assert_eq!(other.post(&snippets, wanted.clone()).await.text, unknown);
    let admin = clinic.at_work(&south, "admin", Admin).await;
    assert_eq!(admin.read(&path).await.status, 404);

    for (change, back) in [
        ("state = 'ended'", "state = 'booked'"),
        ("state = 'cancelled'", "state = 'booked'"),
        ("kind = 'test_call'", "kind = 'clinical'"),
    ] {
        clinic.sql(&format!("UPDATE visits SET {change}")).await;
        assert_eq!(lee.read(&path).await.text, unknown, "{change}");
        assert_eq!(lee.post(&snippets, wanted.clone()).await.text, unknown, "{change}");
        clinic.sql(&format!("UPDATE visits SET {back}")).await;
    }
    lee.post(&snippets, json!({ "item": "lab-0", "language": "en" })).await.refused(404, "not_found");
    lee.post(&snippets, json!({ "item": allergies, "language": "fr" })).await.refused(422, "wrong_type");
    assert_eq!(clinic.audited("snippet.prepared").await, 0);
    lee.post(&snippets, wanted).await.ok();
}

#[tokio::test]
async fn where_there_is_no_record_the_clinician_reads_why() {
    let (clinic, lee, visit) = visit_of_maria().await;
    for (change, word) in [
        ("record_id = NULL", "no_record_linked"),
        ("record_id = 'nobody'", "record_not_found"),
        ("record_id = 'patient-2'", "record_of_another"),
    ] {
        clinic.sql(&format!("UPDATE patients SET {change}")).await;
        let list = list(&lee, &visit).await;
        assert_eq!((&list["items"], &list["note"]["word"]), (&json!([]), &json!(word)));
        let wanted = json!({ "item": "allergies", "language": "en" });
        lee.post(&format!("/api/v1/visits/{visit}/snippets"), wanted).await.refused(404, "not_found");
    }
    assert_eq!(clinic.audited("record.read").await, 0);
}

#[tokio::test]
async fn a_source_that_fails_costs_a_sentence_only() {
    let clinic = Clinic::open_with(|config| config.records = Some(RecordsAt::Folder("/there/is/no/such/folder".into()))).await;
    let north = clinic.facility("north").await;
    let lee = clinic.hire(&north, "lee", Clinician).await;
    let (visit, _) = clinic.visit(&north, &lee, "maria").await;
    let ends = clinic.context.clock.now().0;
    clinic.sql(&format!("UPDATE patients SET record_id = 'patient-1'; UPDATE visits SET ends_at = {ends}")).await;
    let lee = clinic.signed_in("lee").await;
    let list = list(&lee, &visit).await;
    assert_eq!((&list["source_available"], &list["note"]["word"]), (&json!(false), &json!("record_unavailable")));
    let wanted = json!({ "item": "allergies", "language": "en" });
    lee.post(&format!("/api/v1/visits/{visit}/snippets"), wanted).await.refused(503, "record_unavailable");
}

/// A record with a canary in every field that may not be shown: read whole, and every piece of it prepared.
#[tokio::test]
async fn nothing_outside_the_allow_list_reaches_a_page_or_the_audit() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("p.json"), include_str!("../support/canary-record.json")).expect("written");
    let at = RecordsAt::Folder(folder.path().to_owned());
    let clinic = Clinic::open_with(move |config| config.records = Some(at)).await;
    let north = clinic.facility("north").await;
    let lee = clinic.hire(&north, "lee", Clinician).await;
    let (visit, _) = clinic.visit(&north, &lee, "maria").await;
    let ends = clinic.context.clock.now().plus(Duration::from_mins(30)).0;
    clinic.sql(&format!("UPDATE patients SET born = '1950-01-01', record_id = 'p'; UPDATE visits SET ends_at = {ends}")).await;
    let lee = clinic.signed_in("lee").await;
    let list = list(&lee, &visit).await;
    let items = list["items"].as_array().expect("items");
    assert_eq!(items.len(), 11, "{list}");
    let mut all = list.to_string();
    for item in items {
        for language in ["en", "es"] {
            let wanted = json!({ "item": item["id"], "language": language });
            let snippet = lee.post(&format!("/api/v1/visits/{visit}/snippets"), wanted).await.ok();
            all.push_str(&String::from_utf8_lossy(&decoded(&snippet["content"])));
            all.push_str(&snippet["manifest"].to_string());
        }
    }
    for row in clinic.rows(sql("SELECT action, detail FROM audit")).await {
        all.push_str(&row.get::<String>("detail").expect("text"));
    }
    for row in clinic.rows(sql("SELECT kind, item FROM snippets")).await {
        all.push_str(&row.get::<String>("item").expect("text"));
    }
    assert!(all.contains("Shown conclusion") && all.contains("snippet"), "all is looked at: {all}");
    assert!(!all.contains("CANARY"), "{all}");
}

/// What the demo clinic says of its patients and what their records say must be the same people.
#[tokio::test]
async fn the_demo_s_patients_are_the_people_of_their_records() {
    let clinic = std::fs::read_to_string("demo/clinic.toml").expect("the demo clinic");
    for file in std::fs::read_dir("demo/records").expect("the demo's records") {
        let path = file.expect("a file").path();
        let bundle: Value = serde_json::from_slice(&std::fs::read(&path).expect("read")).expect("JSON");
        let patient = &bundle["entry"][0]["resource"];
        let (id, born) = (patient["id"].as_str().expect("an id"), patient["birthDate"].as_str().expect("a date"));
        let name = format!(
            "{} {}",
            patient["name"][0]["given"][0].as_str().expect("a name"),
            patient["name"][0]["family"].as_str().expect("a name")
        );
        assert!(clinic.contains(&format!("record_id = \"{id}\"\nname = \"{name}\"\nborn = \"{born}\"\n")), "{id}");
    }
}

#[tokio::test]
async fn a_scanned_document_comes_as_pictures_of_its_pages() {
    let (_clinic, lee, visit) = visit_of_maria().await;
    let list = list(&lee, &visit).await;
    for (title, pages, kind) in [("Hospital discharge summary", 2, "image/png"), ("Forearm", 1, "image/jpeg")] {
        let wanted = json!({ "item": item(&list, title), "language": "es" });
        let snippet = lee.post(&format!("/api/v1/visits/{visit}/snippets"), wanted).await.ok();
        let manifest: Value = serde_json::from_str(snippet["manifest"].as_str().expect("text")).expect("JSON");
        assert_eq!((&manifest["kind"], &manifest["content_type"]), (&json!("image"), &json!("application/vnd.housecall.pages")));

        let content = decoded(&snippet["content"]);
        let end = content.iter().position(|byte| *byte == b'\n').expect("a line of JSON");
        let head: Value = serde_json::from_slice(&content[..end]).expect("JSON");
        let sizes: usize =
            head["pages"].as_array().expect("pages").iter().map(|page| page["size"].as_u64().expect("a size") as usize).sum();
        assert_eq!((head["pages"].as_array().map(Vec::len), &head["pages"][0]["type"]), (Some(pages), &json!(kind)));
        assert_eq!(content.len(), end + 1 + sizes);
        for secret in ["Invented Person", "Example Phone", "Exif"] {
            assert!(!content.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret}");
        }
    }
}

#[tokio::test]
async fn what_a_clinician_types_is_signed_and_kept_nowhere() {
    let (clinic, lee, visit) = visit_of_maria().await;
    let path = format!("/api/v1/visits/{visit}/instructions");
    let typed = json!({ "title": "Canary title", "text": "Canary text\n- one\n- two", "language": "es" });
    let snippet = lee.post(&path, typed).await.ok();
    let manifest: Value = serde_json::from_str(snippet["manifest"].as_str().expect("text")).expect("JSON");
    assert_eq!(
        (&manifest["kind"], &manifest["title"], &manifest["language"]),
        (&json!("instructions"), &json!("Canary title"), &json!("es"))
    );
    let content: Value = serde_json::from_slice(&decoded(&snippet["content"])).expect("JSON");
    assert_eq!(content["parts"], json!([{ "paragraph": ["Canary text"] }, { "bullets": ["one", "two"] }]));
    let public = decoded(&json!(clinic.app.snippet_key.public_base64url()));
    let signed = snippet["manifest"].as_str().expect("text").as_bytes();
    UnparsedPublicKey::new(&ED25519, public).verify(signed, &decoded(&snippet["signature"])).expect("the gateway signed it");

    for row in
        clinic.rows(sql("SELECT action || detail AS said FROM audit UNION ALL SELECT kind || item || state FROM snippets")).await
    {
        assert!(!row.get::<String>("said").expect("text").contains("Canary"));
    }
    for (title, text, word) in
        [("", "Rest.", "no_title"), ("At home", " ", "no_text"), ("At home", &*"a".repeat(4_001), "text_too_long")]
    {
        lee.post(&path, json!({ "title": title, "text": text, "language": "en" })).await.refused(422, word);
    }
    assert_eq!(clinic.audited("snippet.prepared").await, 1);
    let south = clinic.facility("south").await;
    let other = clinic.at_work(&south, "okafor", Clinician).await;
    other.post(&path, json!({ "title": "a", "text": "b", "language": "en" })).await.refused(404, "not_found");
}
