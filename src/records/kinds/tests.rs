//! What a page gets, from resources as records hold them.

mod health;

use serde_json::{Value, json};

use super::{Flag, Shelf, lay_out};
use crate::records::fhir::bundle::read;
use crate::records::skip::Reason;
use crate::records::words::Language;

/// What can be shown of one patient with these resources.
fn shelf_in(language: Language, resources: &[Value]) -> Shelf {
    let mut entries = vec![json!({ "resource": { "resourceType": "Patient", "id": "p" } })];
    entries.extend(resources.iter().map(|resource| json!({ "resource": resource })));
    let bundle = json!({ "resourceType": "Bundle", "type": "collection", "entry": entries });
    let file = read(bundle.to_string().as_bytes()).unwrap_or_else(|problem| panic!("{problem}"));
    let mut facts = file.patients["p"].clone();
    facts.skipped.add_all(&file.unowned);
    lay_out(&facts, language)
}

fn shelf(resources: &[Value]) -> Shelf {
    shelf_in(Language::En, resources)
}

fn content(shelf: &Shelf, kind: &str) -> Value {
    let found = shelf.showable.iter().find(|showable| showable.item.kind.word() == kind);
    serde_json::to_value(&found.unwrap_or_else(|| panic!("no {kind}")).content).expect("content is JSON")
}

fn skipped(shelf: &Shelf, reason: Reason) -> usize {
    shelf.skipped.iter().filter(|(one, ..)| *one == reason).map(|(.., count)| count).sum()
}

/// An A1c with whatever is changed about it; `null` takes a field away.
fn a1c(day: &str, value: f64, change: Value) -> Value {
    let mut observation = json!({
        "resourceType": "Observation", "status": "final",
        "category": [{ "coding": [{ "code": "laboratory" }] }],
        "code": { "coding": [{ "system": "http://loinc.org", "code": "4548-4", "display": "Hemoglobin A1c" }] },
        "subject": { "reference": "Patient/p" }, "effectiveDateTime": day,
        "valueQuantity": { "value": value, "unit": "%", "code": "%" },
        "referenceRange": [{ "low": { "value": 4.0, "unit": "%" }, "high": { "value": 5.6, "unit": "%" } }]
    });
    merge(&mut observation, change);
    observation
}

fn merge(into: &mut Value, change: Value) {
    let Value::Object(change) = change else { return };
    for (name, value) in change {
        into.as_object_mut().expect("an object").insert(name, value);
    }
    into.as_object_mut().expect("an object").retain(|_, value| !value.is_null());
}

#[test]
fn a_trend_has_its_range_flags_and_points_in_order_of_time() {
    let shelf = shelf(&[a1c("2025-01-02", 5.4, json!({})), a1c("2026-01-02T09:00:00-05:00", 6.9, json!({}))]);
    let item = &shelf.showable[0].item;
    assert_eq!(
        (item.title.as_str(), item.subtitle.as_deref()),
        ("Blood sugar over three months (A1c)", Some("6.9 %, 2 results"))
    );
    assert_eq!((item.newest_at.as_deref(), item.flag), (Some("2026-01-02"), Some(Flag::High)));
    assert_eq!(
        content(&shelf, "lab_trend"),
        json!({
            "title": "Blood sugar over three months (A1c)", "code_words": "Hemoglobin A1c", "unit": "%", "unit_words": "percent",
            "reference": { "low": 4.0, "high": 5.6, "words": "Usual: 4 to 5.6 %" },
            "newest": { "value": 6.9, "at": "2026-01-02", "flag": "high" },
            "points": [
                { "value": 5.4, "at": "2025-01-02", "flag": "normal" },
                { "value": 6.9, "at": "2026-01-02", "flag": "high" }
            ]
        })
    );
}

#[test]
fn spanish_is_complete() {
    let trend = content(&shelf_in(Language::Es, &[a1c("2026-01-02", 6.9, json!({}))]), "lab_result");
    assert_eq!(trend["title"], "Azúcar en la sangre en tres meses (A1c)");
    assert_eq!(trend["reference"]["words"], "Habitual: de 4 a 5.6 %");
    assert_eq!(trend["unit_words"], "por ciento");
}

#[test]
fn no_range_and_no_flag_is_made_up() {
    let for_some = json!([{ "low": { "value": 4 }, "appliesTo": [{ "text": "women" }] }]);
    let two = json!([{ "low": { "value": 4 } }, { "low": { "value": 5 } }]);
    let other_unit = json!([{ "high": { "value": 38, "unit": "mmol/mol" } }]);
    let upside_down = json!([{ "low": { "value": 9 }, "high": { "value": 3 } }]);
    for range in [Value::Null, for_some, two, other_unit, upside_down] {
        let trend = content(&shelf(&[a1c("2026-01-02", 6.9, json!({ "referenceRange": range }))]), "lab_result");
        assert_eq!(trend["reference"], json!({ "words": "The laboratory gave no usual range with this result." }), "{range}");
        assert_eq!(trend["result"]["flag"], Value::Null);
    }
}

#[test]
fn the_laboratory_s_own_judgement_goes_before_the_range() {
    let judged = |code: &str| {
        let change = json!({ "interpretation": [{ "coding": [{ "code": code }] }] });
        content(&shelf(&[a1c("2026-01-02", 6.9, change)]), "lab_result")["result"]["flag"].clone()
    };
    assert_eq!(judged("N"), "normal");
    assert_eq!(judged("LL"), "low");
    // Abnormal in no direction: the range has one.
    assert_eq!(judged("A"), "high");
}

#[test]
fn units_are_not_mixed_but_spellings_are() {
    let quantity = |value: f64, unit: &str| json!({ "valueQuantity": { "value": value, "unit": unit }, "referenceRange": null });
    let shelf = shelf(&[
        a1c("2026-01-02", 0.0, quantity(52.0, "mmol/mol")),
        a1c("2026-01-03", 0.0, quantity(6.9, "%")),
        a1c("2026-01-04", 0.0, quantity(100.0, "mg/dl")),
        a1c("2026-01-05", 0.0, quantity(101.0, "mg/dL")),
    ]);
    let trends: Vec<usize> = shelf
        .showable
        .iter()
        .filter(|one| one.item.kind.word() == "lab_trend")
        .map(|one| serde_json::to_value(&one.content).expect("JSON")["points"].as_array().map_or(0, Vec::len))
        .collect();
    assert_eq!(trends, [2]);
    assert_eq!(shelf.showable.iter().filter(|one| one.item.kind.word() == "lab_result").count(), 2);
    let ids: std::collections::HashSet<&str> = shelf.showable.iter().map(|one| one.item.id.as_str()).collect();
    assert_eq!(ids.len(), shelf.showable.len());
}

#[test]
fn results_that_cannot_be_drawn_are_skipped_with_a_reason() {
    let shelf = shelf(&[
        a1c("2026-01-02", 6.9, json!({ "status": "entered-in-error" })),
        a1c("2026-01-02", 6.9, json!({ "status": "preliminary" })),
        a1c("2026-01", 6.9, json!({})),
        a1c("2026-01-02", 6.9, json!({ "valueQuantity": null, "valueString": "high" })),
        a1c("2026-01-02", 6.9, json!({ "valueQuantity": { "value": 4.0, "comparator": "<", "unit": "%" } })),
        a1c("2026-01-02", 6.9, json!({ "category": [{ "coding": [{ "code": "survey" }] }] })),
        a1c("2026-01-02", 6.9, json!({ "code": null })),
    ]);
    for reason in [
        Reason::EnteredInError,
        Reason::NotFinal,
        Reason::NoDate,
        Reason::NoNumber,
        Reason::NotExact,
        Reason::OtherCategory,
        Reason::NoName,
    ] {
        assert_eq!(skipped(&shelf, reason), 1, "{reason:?}");
    }
    assert_eq!(shelf.skipped.losses(), 4);
}

#[test]
fn a_machine_s_digits_are_rounded_after_they_are_judged() {
    let trend = content(&shelf(&[a1c("2026-01-02", 5.600_004_2, json!({}))]), "lab_result");
    assert_eq!((trend["result"]["value"].as_f64(), &trend["result"]["flag"]), (Some(5.6), &json!("high")));
}

fn order(name: &str, change: Value) -> Value {
    let mut request = json!({
        "resourceType": "MedicationRequest", "status": "active", "intent": "order", "authoredOn": "2025-01-02",
        "medicationCodeableConcept": { "coding": [{ "display": name }] }, "subject": { "reference": "Patient/p" },
        "dosageInstruction": [{
            "timing": { "repeat": { "frequency": 2, "period": 1, "periodUnit": "d", "when": ["C"] } },
            "route": { "coding": [{ "system": "http://snomed.info/sct", "code": "26643006" }] },
            "doseAndRate": [{ "doseQuantity": { "value": 1, "unit": "tablet" } }]
        }]
    });
    merge(&mut request, change);
    request
}

#[test]
fn medications_stand_active_first_and_say_their_dose() {
    let orders = [
        order("Old", json!({ "status": "stopped", "authoredOn": "2026-05-01" })),
        order("New", json!({})),
        order("New", json!({ "authoredOn": "2024-01-02" })),
        order("Wrong", json!({ "status": "entered-in-error" })),
        order("Proposed", json!({ "intent": "proposal" })),
        order("Forbidden", json!({ "doNotPerform": true })),
        order("Cancelled", json!({ "status": "cancelled" })),
    ];
    let list = content(&shelf(&orders), "medications");
    let dose = "1 tablet by mouth, 2 times a day, with meals";
    assert_eq!(
        list,
        json!({ "title": "Your medications", "items": [
            { "name": "New", "dose_words": dose, "since": "2024-01-02", "status": "active" },
            { "name": "Old", "dose_words": dose, "since": "2026-05-01", "status": "stopped" }
        ] })
    );
    let spanish = content(&shelf_in(Language::Es, &orders), "medications");
    assert_eq!(spanish["items"][0]["dose_words"], "1 tableta por la boca, 2 veces al día, con las comidas");
}

#[test]
fn a_dose_is_said_in_full_or_not_at_all() {
    let dose = |dosage: Value| {
        content(&shelf(&[order("X", json!({ "dosageInstruction": dosage }))]), "medications")["items"][0]["dose_words"].clone()
    };
    let amount = json!([{ "doseQuantity": { "value": 2, "unit": "puffs" } }]);
    assert_eq!(dose(json!([{ "asNeededBoolean": true, "doseAndRate": amount }])), "2 puffs, as needed");
    assert_eq!(dose(json!([{ "timing": { "code": { "coding": [{ "code": "Q8H" }] } } }])), "every 8 hours");
    for unsaid in [
        json!([{ "doseAndRate": amount }]),
        json!([{ "text": "CANARY free text" }]),
        json!([{ "timing": { "repeat": { "frequency": 1, "period": 1, "periodUnit": "d", "dayOfWeek": ["mon"] } }, "doseAndRate": amount }]),
        json!([{ "timing": { "event": ["2025-01-01"] }, "doseAndRate": amount }]),
        json!([{ "asNeededBoolean": true, "doseAndRate": [{ "rateQuantity": { "value": 1 } }] }]),
        json!([{ "asNeededBoolean": true, "doseAndRate": amount }, { "asNeededBoolean": true, "doseAndRate": amount }]),
    ] {
        assert_eq!(dose(unsaid.clone()), Value::Null, "{unsaid}");
    }
}

#[test]
fn a_drug_is_named_by_the_resource_it_points_to() {
    let pointing = |reference: &str, contained: Value| {
        let reference = json!({ "reference": reference });
        order("", json!({ "medicationCodeableConcept": null, "medicationReference": reference, "contained": contained }))
    };
    let inside = json!([{ "resourceType": "Medication", "id": "m", "code": { "text": "Inside" } }]);
    let beside = json!({ "resourceType": "Medication", "id": "m2", "code": { "text": "Beside" } });
    let shelf =
        shelf(&[pointing("#m", inside), pointing("Medication/m2", json!([])), beside, pointing("Medication/gone", json!([]))]);
    let list = content(&shelf, "medications");
    let names: Vec<&str> = list["items"].as_array().expect("items").iter().filter_map(|item| item["name"].as_str()).collect();
    assert_eq!(names, ["Beside", "Inside"]);
    assert_eq!(skipped(&shelf, Reason::NoName), 1);
    assert!(shelf.showable[0].item.subtitle.as_deref().is_some_and(|words| words.contains("1 could not be read")));
}

fn allergy(code: &str, change: Value) -> Value {
    let mut allergy = json!({
        "resourceType": "AllergyIntolerance", "patient": { "reference": "Patient/p" },
        "code": { "coding": [{ "system": "http://snomed.info/sct", "code": code, "display": format!("Allergy to {code}") }] },
        "clinicalStatus": { "coding": [{ "code": "active" }] }, "verificationStatus": { "coding": [{ "code": "confirmed" }] }
    });
    merge(&mut allergy, change);
    allergy
}

#[test]
fn allergies_are_current_and_severe_first() {
    let reacting = |severity: &str| {
        json!({ "onsetDateTime": "1971", "reaction": [{ "severity": severity,
            "manifestation": [{ "coding": [{ "system": "http://snomed.info/sct", "code": "247472004" }] }, { "text": "Feeling odd" }] }] })
    };
    let status = |field: &str, word: &str| json!({ field: { "coding": [{ "code": word }] } });
    let resources = [
        allergy("zinc", json!({})),
        allergy("91936005", reacting("severe")),
        allergy("1", status("verificationStatus", "refuted")),
        allergy("2", status("verificationStatus", "entered-in-error")),
        allergy("3", status("clinicalStatus", "resolved")),
        allergy("4", status("clinicalStatus", "inactive")),
    ];
    assert_eq!(
        content(&shelf(&resources), "allergies"),
        json!({ "title": "Your allergies", "none_recorded": false, "items": [
            { "substance": "Penicillin", "reactions": ["Hives", "Feeling odd"], "severity": "severe", "since": "1971" },
            { "substance": "Zinc", "reactions": [] }
        ] })
    );
    let spanish = content(&shelf_in(Language::Es, &resources), "allergies");
    assert_eq!(spanish["items"][0]["reactions"], json!(["Ronchas", "Feeling odd"]));
}

#[test]
fn none_recorded_is_said_only_of_a_record_that_was_read_whole() {
    assert_eq!(content(&shelf(&[]), "allergies")["none_recorded"], true);
    assert_eq!(content(&shelf(&[allergy("716186003", json!({}))]), "allergies")["none_recorded"], true);
    let no_known_drug_allergy = content(&shelf(&[allergy("409137002", json!({}))]), "allergies");
    assert_eq!(no_known_drug_allergy["none_recorded"], false);
    let broken = shelf(&[allergy("1", json!({ "reaction": 7 }))]);
    assert!(!broken.showable.iter().any(|showable| showable.item.kind.word() == "allergies"));
    let nobody_s = shelf(&[allergy("1", json!({ "patient": { "reference": "https://elsewhere.example/Patient/p" } }))]);
    assert!(!nobody_s.showable.iter().any(|showable| showable.item.kind.word() == "allergies"));
}

#[test]
fn names_of_unknown_tests_are_made_readable() {
    use super::lab_names::readable;
    assert_eq!(readable("Platelet mean volume [Entitic volume] in Blood by Automated count"), "Platelet mean volume");
    assert_eq!(readable("Peanut IgE Ab in Serum"), "Peanut IgE Ab");
    assert_eq!(readable("Hemoglobin [Presence] in Stool by Immunologic method"), "Hemoglobin in Stool");
    assert_eq!(readable("[Unnamed]"), "[Unnamed]");
}
