//! The elements that FHIR R4 requires of a Bundle and of an AuditEvent, and what must not be in them.

use super::*;
use crate::base::ids::{SeatId, SnippetId};
use crate::base::private::Personal;

const NOW: Moment = Moment(1_795_347_000_000);

fn person(seat: &str, role: &str, shown_at: Option<i64>, seen_at: Option<i64>) -> ShownTo {
    let at = |at: Option<i64>| at.map(|after| Moment(NOW.0 + after));
    let (seat, role, name) = (SeatId(seat.to_owned()), role.to_owned(), Personal(format!("Name of {seat}")));
    ShownTo { seat, role, name, shown_at: at(shown_at), seen_at: at(seen_at), gone_at: None, kept_at: None }
}

fn item(people: Vec<ShownTo>) -> ShownItem {
    let until = Some(Moment(NOW.0 + 60_000));
    ShownItem { snippet: SnippetId("s1".to_owned()), kind: "lab_trend".to_owned(), from: NOW, until, keep: false, people }
}

fn exported(items: &[ShownItem]) -> Value {
    let (visit, staff) = (VisitId("v1".to_owned()), StaffId("lee".to_owned()));
    let (clinician, patient) = ((&staff, "Dr. Lee"), (Some("patient-1"), "María Santos"));
    let disclosed = Disclosed { gateway: "https://clinic.example", clinic: "North", visit: &visit, clinician, patient };
    collection(&disclosed, items, NOW)
}

fn is_coding(value: &Value) -> bool {
    value["system"].as_str().is_some_and(|system| system.starts_with("http://")) && value["code"].is_string()
}

#[test]
fn each_event_has_what_the_specification_requires() {
    let people = vec![person("p", "patient", Some(0), Some(700)), person("i", "interpreter", Some(5_000), None)];
    let bundle = exported(&[item(people)]);
    assert_eq!((&bundle["resourceType"], &bundle["type"]), (&json!("Bundle"), &json!("collection")));
    let entries = bundle["entry"].as_array().expect("entries");
    assert_eq!(entries.len(), 2, "one for each person");
    assert_ne!(entries[0]["fullUrl"], entries[1]["fullUrl"], "a name of its own");
    for entry in entries {
        assert!(entry["fullUrl"].as_str().expect("text").starts_with("urn:uuid:"));
        let event = &entry["resource"];
        assert_eq!(event["resourceType"], "AuditEvent");
        // type 1..1, recorded 1..1 instant, agent 1..* with requestor 1..1, source 1..1 with observer 1..1, entity.detail with type and value
        assert!(is_coding(&event["type"]) && is_coding(&event["subtype"][0]), "{event}");
        let recorded = event["recorded"].as_str().expect("an instant");
        assert!(recorded.parse::<Timestamp>().is_ok() && recorded.ends_with('Z'), "{recorded}");
        assert!(["C", "R", "U", "D", "E"].contains(&event["action"].as_str().expect("a code")));
        assert!(["0", "4", "8", "12"].contains(&event["outcome"].as_str().expect("a code")));
        let agents = event["agent"].as_array().expect("agents");
        assert!(agents.iter().all(|agent| agent["requestor"].is_boolean() && is_coding(&agent["type"]["coding"][0])));
        assert_eq!(agents.iter().filter(|agent| agent["requestor"] == true).count(), 1);
        assert!(event["source"]["observer"].is_object() && is_coding(&event["source"]["type"][0]));
        let details = event["entity"][1]["detail"].as_array().expect("details");
        assert!(details.iter().all(|detail| detail["type"].is_string() && detail["valueString"].is_string()));
        assert_eq!(event["entity"][0]["what"]["reference"], "Patient/patient-1");
    }
    let second = &entries[1]["resource"];
    assert_eq!(second["agent"][1]["role"][0]["text"], "interpreter");
    assert_eq!(second["period"], json!({ "start": "2026-11-22T11:30:05.000Z", "end": "2026-11-22T11:31:00.000Z" }));
    assert_eq!(exported(&[]).get("entry"), None, "no empty list");
}

#[test]
fn who_was_taken_out_earlier_has_an_earlier_end() {
    let out = ShownTo { gone_at: Some(Moment(NOW.0 + 9_000)), ..person("i", "interpreter", Some(5_000), None) };
    let bundle = exported(&[item(vec![person("p", "patient", Some(0), None), out])]);
    let ends = [0, 1].map(|at| bundle["entry"][at]["resource"]["period"]["end"].clone());
    assert_eq!(ends, [json!("2026-11-22T11:31:00.000Z"), json!("2026-11-22T11:30:09.000Z")]);
}

#[test]
fn who_never_had_it_on_the_page_has_no_event() {
    let bundle = exported(&[item(vec![person("p", "patient", Some(0), None), person("c", "caregiver", None, None)])]);
    let entries = bundle["entry"].as_array().expect("entries");
    assert_eq!(entries.len(), 1);
    assert!(!bundle.to_string().contains("Name of c"));
    let details = entries[0]["resource"]["entity"][1]["detail"].to_string();
    assert!(details.contains(r#"{"type":"seen","valueString":"no"}"#), "{details}");
}
