//! Vital signs, findings in words, conditions, vaccines, plans, goals and reports.

use serde_json::{Value, json};

use super::{content, merge, shelf, shelf_in, skipped};
use crate::records::skip::Reason;
use crate::records::words::Language;

fn of(kind: &str, own: Value) -> Value {
    let mut resource =
        json!({ "resourceType": kind, "subject": { "reference": "Patient/p" }, "patient": { "reference": "Patient/p" } });
    merge(&mut resource, own);
    resource
}

fn snomed(code: &str, display: &str) -> Value {
    json!({ "coding": [{ "system": "http://snomed.info/sct", "code": code, "display": display }] })
}

fn loinc(code: &str, display: &str) -> Value {
    json!({ "coding": [{ "system": "http://loinc.org", "code": code, "display": display }] })
}

fn cvx(code: &str) -> Value {
    json!({ "coding": [{ "system": "http://hl7.org/fhir/sid/cvx", "code": code, "display": format!("CVX {code}") }] })
}

fn vital(day: &str, code: &str, own: Value) -> Value {
    let mut observation = json!({ "status": "final", "category": [{ "coding": [{ "code": "vital-signs" }] }], "code": loinc(code, "A sign"), "effectiveDateTime": day });
    merge(&mut observation, own);
    of("Observation", observation)
}

fn pressure(day: &str, upper: Value, lower: Value) -> Value {
    let part = |code: &str, value: Value| json!({ "code": loinc(code, "x"), "valueQuantity": { "value": value, "unit": "mmHg", "code": "mm[Hg]" } });
    vital(day, "85354-9", json!({ "component": [part("8462-4", lower), part("8480-6", upper)] }))
}

#[test]
fn a_blood_pressure_has_two_lines_and_is_whole_or_not_there() {
    let resources = [
        pressure("2026-03-02", json!(132), json!(78)),
        pressure("2025-03-02", json!(151), json!(90)),
        pressure("2026-04-02", json!(140), Value::Null),
    ];
    let shelf_es = shelf_in(Language::Es, &resources);
    let shelf = shelf(&resources);
    assert_eq!(
        content(&shelf, "vital_signs"),
        json!({
            "title": "Blood pressure", "unit": "mmHg", "unit_words": "millimeters of mercury",
            "lines": ["Upper number (systolic)", "Lower number (diastolic)"],
            "newest": { "at": "2026-03-02", "values": [132.0, 78.0], "flag": null },
            "points": [
                { "at": "2025-03-02", "values": [151.0, 90.0], "flag": null },
                { "at": "2026-03-02", "values": [132.0, 78.0], "flag": null }
            ]
        })
    );
    assert_eq!(shelf.showable[0].item.subtitle.as_deref(), Some("132/78 mmHg, measured 2 times"));
    assert_eq!(skipped(&shelf, Reason::NoNumber), 1);
    assert_eq!(content(&shelf_es, "vital_signs")["lines"][0], "Número de arriba (sistólica)");
}

#[test]
fn one_sign_under_two_codes_is_one_line_and_units_are_not_mixed() {
    let weight = |day: &str, code: &str, value: f64, unit: &str| {
        vital(day, code, json!({ "valueQuantity": { "value": value, "unit": unit } }))
    };
    let shelf = shelf(&[
        weight("2026-01-02", "29463-7", 80.0, "kg"),
        weight("2026-02-02", "3141-9", 79.0, "kg"),
        weight("2026-03-02", "29463-7", 174.0, "[lb_av]"),
    ]);
    let counts: Vec<usize> = (shelf.showable.iter().filter(|one| one.item.kind.word() == "vital_signs"))
        .map(|one| serde_json::to_value(&one.content).expect("JSON")["points"].as_array().map_or(0, Vec::len))
        .collect();
    assert_eq!(counts, [1, 2]);
}

#[test]
fn a_finding_in_words_is_said_in_the_patient_s_language_with_the_earlier_ones() {
    let finding = |day: &str, code: &str| {
        of(
            "Observation",
            json!({ "status": "final", "category": [{ "coding": [{ "code": "laboratory" }] }], "code": loinc("80382-5", "Influenza virus A Ag [Presence] in Nose by Rapid immunoassay"),
            "effectiveDateTime": day, "valueCodeableConcept": snomed(code, "In the record's words") }),
        )
    };
    let resources = [finding("2025-12-15", "260373001"), finding("2026-01-04", "260415000"), finding("2026-01-01", "7")];
    let result = content(&shelf_in(Language::Es, &resources), "lab_result");
    assert_eq!(result["result"], json!({ "words": "No detectado", "at": "2026-01-04", "flag": null }));
    assert_eq!(result["earlier"][0]["words"], "In the record's words");
    assert_eq!(result["earlier"][1]["words"], "Detectado");
    assert_eq!(result["title"], "Influenza virus A Ag in Nose");
}

fn condition(code: &str, own: Value) -> Value {
    let mut condition = json!({ "code": snomed(code, "Some illness (disorder)"), "onsetDateTime": "2020" });
    merge(&mut condition, own);
    of("Condition", condition)
}

#[test]
fn conditions_of_now_stand_first_and_what_is_suspected_does_not_stand() {
    let is = |field: &str, word: &str| json!({ field: { "coding": [{ "code": word }] } });
    let resources = [
        condition("444814009", json!({ "abatementDateTime": "2025-02-03" })),
        condition("44054006", is("clinicalStatus", "active")),
        condition("1", is("clinicalStatus", "remission")),
        condition("2", is("verificationStatus", "differential")),
        condition("3", is("verificationStatus", "refuted")),
        condition("4", is("verificationStatus", "entered-in-error")),
        condition("44054006", is("clinicalStatus", "active")),
    ];
    let shelf = shelf(&resources);
    assert_eq!(
        content(&shelf, "conditions")["items"],
        json!([
            { "name": "Type 2 diabetes", "status": "now", "since": "2020" },
            { "name": "Sinus infection from a virus", "status": "past", "since": "2020", "until": "2025-02-03" },
            { "name": "Some illness", "status": "past", "since": "2020" }
        ])
    );
    for reason in [Reason::NotConfirmed, Reason::Refuted, Reason::EnteredInError, Reason::Repeated] {
        assert_eq!(skipped(&shelf, reason), 1, "{reason:?}");
    }
    assert_eq!(shelf.skipped.losses(), 0);
    assert_eq!(content(&shelf_in(Language::Es, &resources), "conditions")["items"][0]["name"], "Diabetes tipo 2");
}

fn vaccine(day: &str, code: &str, status: &str) -> Value {
    of("Immunization", json!({ "status": status, "vaccineCode": cvx(code), "occurrenceDateTime": day }))
}

fn advice(day: &str, due: &[(&str, &str)]) -> Value {
    let recommendation: Vec<Value> = due
        .iter()
        .map(|(code, status)| {
            json!({ "vaccineCode": [cvx(code)], "forecastStatus": { "coding": [{ "code": status }] },
                "dateCriterion": [{ "code": loinc("30981-5", "Earliest"), "value": "2020-01-01" }, { "code": loinc("30980-7", "Due"), "value": "2026-10-01" }] })
        })
        .collect();
    of("ImmunizationRecommendation", json!({ "date": day, "recommendation": recommendation }))
}

#[test]
fn a_vaccine_is_due_if_the_newest_recommendation_says_so_and_it_was_not_given_since() {
    let resources = [
        vaccine("2024-10-01", "140", "completed"),
        vaccine("2025-10-07", "141", "completed"),
        vaccine("2026-09-20", "187", "completed"),
        vaccine("2026-09-20", "33", "not-done"),
        advice("2020-01-01", &[("21", "due")]),
        advice("2026-09-08", &[("140", "due"), ("187", "due"), ("113", "overdue"), ("33", "complete"), ("999", "due")]),
    ];
    let shelf = shelf(&resources);
    assert_eq!(
        content(&shelf, "immunizations"),
        json!({ "title": "Your vaccines",
            "due": [
                { "name": "Tetanus and diphtheria (Td)", "status": "overdue", "by": "2026-10-01" },
                { "name": "CVX 999", "status": "due", "by": "2026-10-01" },
                { "name": "Flu", "status": "due", "by": "2026-10-01" }
            ],
            "given": [{ "name": "Shingles", "dates": ["2026-09-20"] }, { "name": "Flu", "dates": ["2025-10-07", "2024-10-01"] }]
        })
    );
    assert_eq!(skipped(&shelf, Reason::NotDone), 1);
    assert_eq!(content(&shelf_in(Language::Es, &resources), "immunizations")["due"][2]["name"], "Gripe (influenza)");
}

#[test]
fn a_plan_says_what_is_to_be_done_and_a_goal_how_much_by_when() {
    let step =
        |code: &str, status: &str| json!({ "detail": { "code": snomed(code, "Walk daily (regime/therapy)"), "status": status } });
    let plan = |own: Value| {
        let mut plan = json!({ "status": "active", "intent": "plan", "category": [snomed("698360004", "x")], "period": { "start": "2025-03-11" } });
        merge(&mut plan, own);
        of("CarePlan", plan)
    };
    let avoid = json!({ "detail": { "code": snomed("9", "Avoid this"), "doNotPerform": true, "status": "in-progress" } });
    let goal = |own: Value| {
        let mut goal = json!({ "lifecycleStatus": "active", "description": { "text": "Lower my sugar" } });
        merge(&mut goal, own);
        of("Goal", goal)
    };
    let target = json!([{ "measure": loinc("4548-4", "x"), "detailQuantity": { "value": 7, "comparator": "<", "unit": "%" }, "dueDate": "2026-12-31" },
        { "measure": loinc("29463-7", "x"), "detailRange": { "low": { "value": 70 }, "high": { "value": 80, "unit": "kg" } } },
        { "detailQuantity": { "value": 9 } }]);
    let resources = [
        plan(
            json!({ "activity": [step("160670007", "in-progress"), step("7", "scheduled"), step("8", "cancelled"), avoid, { "reference": {} }] }),
        ),
        plan(json!({ "status": "completed" })),
        plan(json!({ "intent": "proposal" })),
        goal(json!({ "target": target })),
        goal(json!({ "achievementStatus": { "coding": [{ "code": "achieved" }] }, "lifecycleStatus": "completed" })),
        goal(json!({ "lifecycleStatus": "cancelled" })),
    ];
    let shelf = shelf(&resources);
    assert_eq!(
        content(&shelf, "care_plan"),
        json!({ "title": "Your care plan",
            "plans": [{ "name": "Diabetes care", "since": "2025-03-11", "steps": [
                { "name": "Eat as the diabetes diet says", "status": "doing" }, { "name": "Walk daily", "status": "to_do" }
            ] }],
            "goals": [
                { "name": "Lower my sugar", "targets": ["Blood sugar over three months (A1c): below 7 %", "Weight: 70 to 80 kg"], "by": "2026-12-31", "reached": false },
                { "name": "Lower my sugar", "targets": [], "reached": true }
            ] })
    );
    assert_eq!((skipped(&shelf, Reason::NotCurrent), skipped(&shelf, Reason::NotAnOrder)), (2, 1));
    let spanish = content(&shelf_in(Language::Es, &resources), "care_plan");
    assert_eq!(spanish["goals"][0]["targets"][1], "Peso: de 70 a 80 kg");
}

fn report(own: Value) -> Value {
    let mut report = json!({ "status": "final", "id": "r", "code": loinc("36643-5", "XR Chest 2 Views"), "effectiveDateTime": "2025-01-22T10:00:00Z" });
    merge(&mut report, own);
    of("DiagnosticReport", report)
}

#[test]
fn a_report_s_text_is_shown_as_it_was_written() {
    let text = data_encoding::BASE64.encode("CHEST X-RAY\r\n\r\n  Clear lungs.\u{7} \nDone.".as_bytes());
    let form = json!([{ "contentType": "application/pdf", "data": "JVBERg==" }, { "contentType": "text/plain; charset=utf-8", "data": text }]);
    let shelf = shelf(&[
        report(json!({ "conclusion": "No pneumonia.", "presentedForm": form })),
        report(json!({ "conclusion": "Not yet.", "status": "preliminary" })),
        report(json!({})),
        report(json!({ "presentedForm": [{ "contentType": "text/html", "url": "Binary/1" }] })),
        report(json!({ "conclusion": "x".repeat(20_001) })),
        report(json!({ "conclusion": "When?", "effectiveDateTime": null })),
    ]);
    assert_eq!(
        content(&shelf, "report"),
        json!({ "title": "Chest X-ray", "at": "2025-01-22", "conclusion": ["No pneumonia."], "paragraphs": ["CHEST X-RAY", "Clear lungs.", "Done."] })
    );
    for reason in [Reason::NotFinal, Reason::NoText, Reason::OtherForm, Reason::TooLong, Reason::NoDate] {
        assert_eq!(skipped(&shelf, reason), 1, "{reason:?}");
    }
    assert_eq!(shelf.skipped.losses(), 3, "a text that cannot be shown might be missed");
}
