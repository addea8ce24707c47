//! Files as they come: of every bundle type, with references of every form, broken, hostile, and of other versions.

use proptest::prelude::*;

use super::bundle::read;
use crate::records::facts::FileFacts;
use crate::records::skip::{FileProblem, Reason};

fn bundle(kind: &str, entries: &str) -> String {
    format!(r#"{{"resourceType":"Bundle","type":"{kind}","entry":[{entries}]}}"#)
}

fn problem(bytes: &[u8]) -> &'static str {
    read(bytes).err().map_or("read", FileProblem::word)
}

fn file(text: &str) -> FileFacts {
    read(text.as_bytes()).unwrap_or_else(|problem| panic!("{problem}"))
}

/// How many were skipped for a reason, of those that belong to nobody in particular.
fn skipped(file: &FileFacts, reason: Reason) -> usize {
    file.unowned.iter().filter(|(one, ..)| *one == reason).map(|(.., count)| count).sum()
}

const PATIENT: &str = r#"{"fullUrl":"urn:uuid:0c2a","resource":{"resourceType":"Patient","id":"p1"}}"#;

#[test]
fn each_unreadable_file_has_its_own_word() {
    assert_eq!(problem(b""), "empty_file");
    assert_eq!(problem(b"\xEF\xBB\xBF \r\n"), "empty_file");
    for text in [&b"PK\x03\x04"[..], b"{", b"<Bundle/>", b"{\"resourceType\":\"Bundle\",}", b"\xFF\xFE{\x00", b"{\"a\":\"\xC3\"}"]
    {
        assert_eq!(problem(text), "not_json", "{text:?}");
    }
    for text in [
        "[]",
        "7",
        "{}",
        r#"{"resourceType":"Patient"}"#,
        r#"["Bundle","collection"]"#,
        r#"{"resourceType":"Bundle","entry":{}}"#,
    ] {
        assert_eq!(problem(text.as_bytes()), "not_a_bundle", "{text}");
    }
    assert_eq!(problem(bundle("history", PATIENT).as_bytes()), "other_bundle");
    assert_eq!(problem(br#"{"resourceType":"Bundle","type":"collection","fhirVersion":"3.0.1"}"#), "other_version");
    assert_eq!(problem(bundle("collection", r#"{"resource":7},{}"#).as_bytes()), "nothing_readable");
}

#[test]
fn every_kind_of_bundle_that_holds_a_record_is_read() {
    for kind in ["transaction", "batch", "collection", "searchset", "document"] {
        assert!(file(&bundle(kind, PATIENT)).patients.contains_key("p1"), "{kind}");
    }
}

#[test]
fn nesting_is_passed_over_without_recursion() {
    let deep = format!("{}{}", "[".repeat(2_000_000), "]".repeat(2_000_000));
    let hidden = format!(r#"{{"resource":{{"resourceType":"Patient","id":"p1","extension":{deep}}}}}"#);
    assert!(file(&bundle("collection", &hidden)).patients.contains_key("p1"));
    let in_the_way = format!(r#"{PATIENT},{{"resource":{{"resourceType":"Observation","code":{deep}}}}},{deep}"#);
    assert_eq!(skipped(&file(&bundle("collection", &in_the_way)), Reason::Malformed), 2);
    assert_eq!(problem(deep.as_bytes()), "not_a_bundle");
    assert_eq!(problem("[".repeat(2_000_000).as_bytes()), "not_a_bundle");
    // The one place where our own types look twice.
    let repeat = format!(
        r#"{{"resource":{{"resourceType":"MedicationRequest","subject":{{"reference":"Patient/p1"}},
            "dosageInstruction":[{{"timing":{{"repeat":{deep}}}}}]}}}}"#
    );
    assert_eq!(skipped(&file(&bundle("collection", &format!("{PATIENT},{repeat}"))), Reason::Malformed), 1);
}

#[test]
fn a_broken_entry_costs_only_itself() {
    let entries = format!(
        r#"{{"resource":{{"resourceType":"AllergyIntolerance","patient":{{"reference":"urn:uuid:0c2a"}}}}}},
           {{"resource":{{"resourceType":"Observation","status":7}}}},
           {{"resource":{{"resourceType":"Observation","status":"a","status":"b"}}}},
           {{"resource":{{"id":"x"}}}}, 5, null, {{"request":{{"method":"DELETE"}}}},
           {PATIENT}"#
    );
    let file = file(&bundle("transaction", &entries));
    assert_eq!(file.patients["p1"].allergies.len(), 1);
    assert_eq!(skipped(&file, Reason::Malformed), 6);
}

#[test]
fn references_lead_to_the_right_patient_or_to_nobody() {
    let allergy = |reference: &str| {
        format!(r#"{{"resource":{{"resourceType":"AllergyIntolerance","patient":{{"reference":"{reference}"}}}}}}"#)
    };
    let at_home = r#"{"fullUrl":"https://a.example/fhir/Patient/p2","resource":{"resourceType":"Patient","id":"p2"}}"#;
    let references = [
        "Patient/p1",
        "urn:uuid:0c2a",
        "Patient/p1/_history/3",
        "https://a.example/fhir/Patient/p2",
        "Patient/p3",
        // Of these nobody knows whose they are.
        "https://b.example/fhir/Patient/p1",
        "urn:uuid:ffff",
        "Group/p1",
        "Practitioner/p1",
        "p1",
        "Patient/",
        "Patient/p1/x",
        "",
    ];
    let allergies: Vec<String> = references.iter().map(|reference| allergy(reference)).collect();
    let file = file(&bundle("collection", &format!("{},{PATIENT},{at_home}", allergies.join(","))));
    let count = |id: &str| file.patients[id].allergies.len();
    assert_eq!((count("p1"), count("p2"), count("p3")), (3, 1, 1));
    assert_eq!(skipped(&file, Reason::NoPatient), 8);
}

#[test]
fn other_versions_are_known_by_their_shape() {
    let others = [
        r#"{"resourceType":"AllergyIntolerance","substance":{"text":"x"}}"#,
        r#"{"resourceType":"AllergyIntolerance","clinicalStatus":"active"}"#,
        r#"{"resourceType":"MedicationOrder"}"#,
        r#"{"resourceType":"MedicationRequest","context":{}}"#,
        r#"{"resourceType":"MedicationRequest","medication":{"concept":{}}}"#,
        r#"{"resourceType":"MedicationStatement","wasNotTaken":false}"#,
        r#"{"resourceType":"Observation","context":{}}"#,
        r#"{"resourceType":"Observation","fhirVersion":"5.0.0"}"#,
        r#"{"resourceType":"Observation","meta":{"profile":["http://hl7.org/fhir/STU3/StructureDefinition/Observation"]}}"#,
    ];
    let entries: Vec<String> = others.iter().map(|resource| format!(r#"{{"resource":{resource}}}"#)).collect();
    let file = file(&bundle("collection", &format!("{PATIENT},{}", entries.join(","))));
    assert_eq!(skipped(&file, Reason::OtherVersion), others.len());
}

/// JSON of any shape, with names that our types know so that they are tried.
fn any_json() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::Value;
    let word = prop::sample::select(vec![
        "Bundle",
        "Patient",
        "Observation",
        "MedicationRequest",
        "AllergyIntolerance",
        "collection",
        "final",
        "Patient/p1",
        "active",
        "order",
        "laboratory",
        "2024-02-30",
        "2024-01-01",
        "é",
        "<",
        "%",
        "http://loinc.org",
        "4548-4",
        "d",
    ]);
    let name = prop::sample::select(vec![
        "resourceType",
        "type",
        "entry",
        "resource",
        "id",
        "status",
        "code",
        "coding",
        "system",
        "display",
        "text",
        "category",
        "subject",
        "patient",
        "reference",
        "effectiveDateTime",
        "valueQuantity",
        "value",
        "unit",
        "referenceRange",
        "low",
        "high",
        "interpretation",
        "dosageInstruction",
        "timing",
        "repeat",
        "frequency",
        "period",
        "periodUnit",
        "doseAndRate",
        "doseQuantity",
        "reaction",
        "meta",
        "manifestation",
        "clinicalStatus",
        "medicationCodeableConcept",
        "authoredOn",
        "intent",
        "fullUrl",
        "contained",
        "birthDate",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word.prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((name.clone(), inner), 0..8)
                .prop_map(|fields| Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_json_makes_the_reader_panic(resources in prop::collection::vec(any_json(), 0..6)) {
        let entries: Vec<String> = resources.iter().map(|one| format!(r#"{{"resource":{one}}}"#)).collect();
        let text = bundle("collection", &format!("{PATIENT},{}", entries.join(",")));
        if let Ok(file) = read(text.trim_end_matches(",]}").as_bytes()) {
            for facts in file.patients.values() {
                crate::records::kinds::lay_out(facts, crate::records::words::Language::Es);
            }
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
    }

    #[test]
    fn no_cut_or_changed_byte_makes_the_reader_panic(at in 0_usize..400, byte in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = bundle("collection", PATIENT).into_bytes();
        let at = at % bytes.len();
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        let _ = read(&bytes);
    }
}
