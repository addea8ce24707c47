//! What was shown as FHIR R4 AuditEvents, after the pattern "Privacy Disclosure at Source" of IHE's Basic Audit Log Patterns: one
//! event for each person who had an item on the page. It names people and the item's kind, never the item's title or content.

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};

use super::{ShownItem, ShownTo};
use crate::base::clock::Moment;
use crate::base::ids::{StaffId, VisitId};

const DICOM: &str = "http://dicom.nema.org/resources/ontology/DCM";
const LIFECYCLE: &str = "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle";
const ENTITY_TYPE: &str = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
const ENTITY_ROLE: &str = "http://terminology.hl7.org/CodeSystem/object-role";
const SOURCE_TYPE: &str = "http://terminology.hl7.org/CodeSystem/security-source-type";

/// What all events of a visit have in common.
pub struct Disclosed<'a> {
    /// The gateway's address: it names the ids of this clinic apart from everybody else's.
    pub gateway: &'a str,
    pub clinic: &'a str,
    pub visit: &'a VisitId,
    pub clinician: (&'a StaffId, &'a str),
    /// The id in the record source, where one is linked, and the name.
    pub patient: (Option<&'a str>, &'a str),
}

/// All of one visit.
pub fn collection(disclosed: &Disclosed, items: &[ShownItem], now: Moment) -> Value {
    let shown = items.iter().flat_map(|item| item.people.iter().map(move |person| (item, person)));
    let bundle = json!({ "resourceType": "Bundle", "type": "collection", "timestamp": instant(now) });
    with_entries(bundle, shown.filter_map(|(item, person)| entry(disclosed, item, person)).collect())
}

/// One page of an answer to a search, and where the next one is.
pub fn searchset(mut entries: Vec<Value>, asked: &str, next: Option<&str>, now: Moment) -> Value {
    for entry in &mut entries {
        entry["search"] = json!({ "mode": "match" });
    }
    let mut links = vec![json!({ "relation": "self", "url": asked })];
    links.extend(next.map(|url| json!({ "relation": "next", "url": url })));
    let bundle = json!({ "resourceType": "Bundle", "type": "searchset", "timestamp": instant(now), "link": links });
    with_entries(bundle, entries)
}

/// FHIR knows no empty list.
fn with_entries(mut bundle: Value, entries: Vec<Value>) -> Value {
    if !entries.is_empty() {
        bundle["entry"] = entries.into();
    }
    bundle
}

/// Nothing for somebody whose page never had it.
pub fn entry(disclosed: &Disclosed, item: &ShownItem, person: &ShownTo) -> Option<Value> {
    let event = event(disclosed, item, person)?;
    Some(json!({ "fullUrl": full_url(item, person), "resource": event }))
}

fn event(disclosed: &Disclosed, item: &ShownItem, person: &ShownTo) -> Option<Value> {
    let shown_at = person.shown_at?;
    let mut period = json!({ "start": instant(shown_at) });
    if let Some(until) = person.gone_at.or(item.until) {
        period["end"] = instant(until).into();
    }
    Some(json!({
        "resourceType": "AuditEvent",
        "type": coding(DICOM, "110106", "Export"),
        "subtype": [coding(LIFECYCLE, "disclose", "Disclose Record Lifecycle Event")],
        "action": "R",
        "period": period,
        "recorded": instant(shown_at),
        "outcome": "0",
        "agent": agents(disclosed, person),
        "source": {
            "site": disclosed.clinic,
            "observer": { "display": "Housecall", "identifier": { "system": "urn:ietf:rfc:3986", "value": disclosed.gateway } },
            "type": [coding(SOURCE_TYPE, "4", "Application Server")],
        },
        "entity": [patient(disclosed), data(disclosed, item, person)],
    }))
}

/// The clinician, who chose it and whose page sent it; and the person whose page received it.
fn agents(disclosed: &Disclosed, person: &ShownTo) -> Value {
    let (staff, name) = disclosed.clinician;
    json!([
        {
            "type": concept(coding(DICOM, "110153", "Source Role ID")),
            "role": [{ "text": "clinician" }],
            "who": { "identifier": identifier(disclosed, "staff", staff.as_str()), "display": name },
            "requestor": true,
        },
        {
            "type": concept(coding(DICOM, "110152", "Destination Role ID")),
            "role": [{ "text": person.role }],
            "who": { "identifier": identifier(disclosed, "seats", person.seat.as_str()), "display": person.name.0 },
            "requestor": false,
        },
    ])
}

fn patient(disclosed: &Disclosed) -> Value {
    let (record_id, name) = disclosed.patient;
    let mut what = json!({ "type": "Patient", "display": name });
    if let Some(id) = record_id {
        what["reference"] = format!("Patient/{id}").into();
    }
    json!({ "what": what, "type": coding(ENTITY_TYPE, "1", "Person"), "role": coding(ENTITY_ROLE, "1", "Patient") })
}

/// The item by its id and its kind, and what became of it on this person's page.
fn data(disclosed: &Disclosed, item: &ShownItem, person: &ShownTo) -> Value {
    let yes = |yes: bool| if yes { "yes" } else { "no" };
    let details = [
        ("visit", disclosed.visit.as_str()),
        ("kind", item.kind.as_str()),
        ("seen", yes(person.seen_at.is_some())),
        ("copy saved", yes(person.kept_at.is_some())),
    ];
    let detail = details.map(|(name, value)| json!({ "type": name, "valueString": value }));
    json!({
        "what": { "identifier": identifier(disclosed, "snippets", item.snippet.as_str()) },
        "type": coding(ENTITY_TYPE, "2", "System Object"),
        "role": coding(ENTITY_ROLE, "4", "Domain Resource"),
        "detail": detail,
    })
}

fn identifier(disclosed: &Disclosed, of: &str, id: &str) -> Value {
    json!({ "system": format!("{}/{of}", disclosed.gateway), "value": id })
}

fn coding(system: &str, code: &str, display: &str) -> Value {
    json!({ "system": system, "code": code, "display": display })
}

fn concept(coding: Value) -> Value {
    json!({ "coding": [coding] })
}

fn instant(at: Moment) -> String {
    format!("{:.3}", Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH))
}

/// The same event has the same name at every export: a UUID (RFC 9562, version 8) of whose page had what.
fn full_url(item: &ShownItem, person: &ShownTo) -> String {
    let name = format!("{} {}", item.snippet.as_str(), person.seat.as_str());
    let hash = digest(&SHA256, name.as_bytes());
    let mut bytes: [u8; 16] = std::array::from_fn(|at| hash.as_ref()[at]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = HEXLOWER.encode(&bytes);
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

#[cfg(test)]
mod tests;
