//! Signing holds, and nothing but the allow-list gets through.

use std::io;
use std::sync::{Arc, Mutex};

use proptest::prelude::*;
use ring::signature::{ED25519, UnparsedPublicKey};
use serde_json::{Value, json};

use super::*;
use crate::base::dice::Dice;
use crate::records::facts::Facts;
use crate::records::fhir::bundle::read;
use crate::records::kinds::lay_out;

const NOW: Moment = Moment(1_800_000_000_000);

fn key() -> SnippetKey {
    let folder = tempfile::tempdir().expect("a folder");
    SnippetKey::open(folder.path(), &Dice::system()).expect("a key")
}

/// What a page does before it shows anything.
fn is_genuine(manifest: &[u8], signature: &[u8], content: &[u8], key: &SnippetKey) -> bool {
    let public = BASE64URL_NOPAD.decode(key.public_base64url().as_bytes()).expect("base64url");
    let signed = UnparsedPublicKey::new(&ED25519, public).verify(manifest, signature).is_ok();
    let hash = serde_json::from_slice::<Value>(manifest).ok().and_then(|manifest| Some(manifest["sha256"].as_str()?.to_owned()));
    signed && hash == Some(HEXLOWER.encode(digest(&SHA256, content).as_ref()))
}

fn facts(bundle: &Value) -> Facts {
    let mut file = read(bundle.to_string().as_bytes()).unwrap_or_else(|problem| panic!("{problem}"));
    file.patients.remove("p").expect("the patient is there")
}

fn allergies_snippet(key: &SnippetKey) -> Snippet {
    let bundle = json!({ "resourceType": "Bundle", "type": "collection", "entry": [{ "resource": { "resourceType": "Patient", "id": "p" } }] });
    prepared(&facts(&bundle), key).remove(0)
}

fn prepared(facts: &Facts, key: &SnippetKey) -> Vec<Snippet> {
    let (id, visit) = (SnippetId::from("s1"), VisitId::from("v1"));
    let occasion = Occasion { id: &id, visit: &visit, visit_ends_at: NOW, language: Language::En, now: NOW };
    let shelf = lay_out(facts, Language::En);
    shelf
        .showable
        .iter()
        .map(|showable| prepare(&showable.item, Matter::of(&showable.content), &occasion, key).expect("small"))
        .collect()
}

#[test]
fn the_manifest_binds_the_content_to_the_visit() {
    let key = key();
    let snippet = allergies_snippet(&key);
    let manifest: Value = serde_json::from_str(&snippet.manifest).expect("JSON");
    assert_eq!(
        manifest,
        json!({
            "id": "s1", "visit": "v1", "kind": "allergies", "language": "en", "title": "Your allergies",
            "content_type": "application/json", "size": snippet.content.len(), "sha256": snippet.sha256,
            "prepared_at": NOW.0, "expires_at": NOW.0 + 15 * 60_000, "key_id": key.id()
        })
    );
    let signature = BASE64URL_NOPAD.decode(snippet.signature.as_bytes()).expect("base64url");
    assert!(is_genuine(snippet.manifest.as_bytes(), &signature, &snippet.content, &key));
    assert!(!is_genuine(snippet.manifest.as_bytes(), &signature, &snippet.content, &self::key()));
}

#[test]
fn a_snippet_lives_until_shortly_after_the_visit_and_four_hours_at_most() {
    let hour = Duration::from_hours(1);
    assert_eq!(expiry(NOW.plus(hour), NOW), NOW.plus(hour).plus(AFTER_THE_END));
    assert_eq!(expiry(NOW.plus(hour * 48), NOW), NOW.plus(LONGEST));
    assert_eq!(expiry(NOW.minus(hour), NOW), NOW.plus(AFTER_THE_END));
}

proptest! {
    #[test]
    fn any_changed_byte_is_found(part in 0..3, at in any::<prop::sample::Index>(), flip in 1_u8..) {
        let key = key();
        let snippet = allergies_snippet(&key);
        let signature = BASE64URL_NOPAD.decode(snippet.signature.as_bytes()).expect("base64url");
        let mut parts = [snippet.manifest.into_bytes(), signature, snippet.content];
        let index = usize::try_from(part).expect("small");
        let at = at.index(parts[index].len());
        parts[index][at] ^= flip;
        prop_assert!(!is_genuine(&parts[0], &parts[1], &parts[2], &key));
    }
}

/// A log that is kept in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no panic while held").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Every resource with a canary in every field that is not on the allow-list; the other patient is one canary altogether.
const PLANTED: &str = include_str!("../../../tests/support/canary-record.json");

#[test]
fn nothing_outside_the_allow_list_reaches_a_snippet_or_the_log() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).finish();
    let snippets = tracing::subscriber::with_default(subscriber, || {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("CANARY name.json"), PLANTED).expect("written");
        std::fs::write(folder.path().join("CANARY broken.json"), "{ CANARY").expect("written");
        let mut source = crate::records::source::folder::Folder::new(folder.path().to_owned());
        let facts = source.facts("p").expect("the source is read").expect("the patient is there");
        prepared(&facts, &key())
    });
    assert_eq!(snippets.len(), 11);
    for snippet in &snippets {
        let content = String::from_utf8_lossy(&snippet.content);
        assert!(content.to_lowercase().contains("shown") || content.contains("Blood pressure"), "{content}");
        assert!(!content.contains("CANARY") && !snippet.manifest.contains("CANARY"), "{content} {}", snippet.manifest);
    }
    let log = String::from_utf8_lossy(&log.0.lock().expect("no panic while held")).into_owned();
    assert!(log.contains("not_json"), "the log is looked at: {log}");
    assert!(!log.contains("CANARY"), "{log}");
}
