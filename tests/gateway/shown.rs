//! Three people and a part of the record: who is asked, who may see it, who keeps a copy, and what is known of it afterwards.

use std::time::Duration;

use housecall::config::RecordsAt;
use housecall::identity::StaffRole::{Admin, Clinician, Support};
use serde_json::{Value, json};
use signaling::message::*;

use crate::seats::{booked_with_interpreter, doors};
use crate::support::Person;
use crate::support::page::{Door, Page};
use crate::support::visits::{BORN, Practice, Visit};

/// María with her interpreter and Dr. Lee, all three in the visit.
struct Three {
    practice: Practice,
    visit: Visit,
    companion: Visit,
    phone: Person,
    laptop: Person,
    lee: Page,
    maria: Page,
    rosa: Page,
}

impl Three {
    async fn meet() -> Self {
        let practice = Practice::open_with(|config| config.records = Some(RecordsAt::Folder("demo/records".into()))).await;
        let (visit, companion) = booked_with_interpreter(&practice).await;
        let phone = practice.phone(&visit).await;
        visit.identify(&phone, BORN).await.ok();
        practice.clinic.sql("UPDATE patients SET born = '1948-03-12', record_id = 'patient-1'").await;
        let laptop = practice.clinic.somebody();
        companion.redeem(&laptop).await.ok();
        let (seat, desk) = doors(&practice, &visit, &phone).await;
        let (other, _) = doors(&practice, &companion, &laptop).await;
        let (mut lee, _) = desk.enter("desk").await;
        let maria = admitted(&seat, &visit, &mut lee).await;
        let rosa = admitted(&other, &companion, &mut lee).await;
        Self { practice, visit, companion, phone, laptop, lee, maria, rosa }
    }

    async fn prepare(&self, title: &str) -> signaling::ids::SnippetId {
        let list = self.practice.lee.read(&self.visit.path("/record")).await.ok();
        let items = list["items"].as_array().expect("items");
        let item = items.iter().find(|item| item["title"] == title).expect("on the list");
        let wanted = json!({ "item": item["id"], "language": "en" });
        let prepared = self.practice.lee.post(&self.visit.path("/snippets"), wanted).await.json();
        let manifest: Value = serde_json::from_str(prepared["manifest"].as_str().expect("text")).expect("JSON");
        manifest["id"].as_str().expect("an id").into()
    }

    async fn shown(&self) -> Value {
        self.practice.lee.read(&self.visit.path("/shown")).await.ok()
    }
}

async fn admitted(door: &Door, seat: &Visit, lee: &mut Page) -> Page {
    let (mut page, _) = door.enter(&seat.seat).await;
    page.does(ClientMessage::CheckIn(Empty {})).await;
    lee.does(ClientMessage::Admit(Admit { seat: seat.seat.as_str().into(), identity_confirmed: true })).await;
    page
}

fn offer(snippet: &signaling::ids::SnippetId, seats: &[&str]) -> ClientMessage {
    let seats = seats.iter().map(|seat| (*seat).into()).collect();
    ClientMessage::SnippetOffer(SnippetOffer { snippet: snippet.clone(), seats })
}

fn named(snippet: &signaling::ids::SnippetId) -> SnippetRef {
    SnippetRef { snippet: snippet.clone() }
}

fn consent(agreed: bool) -> ClientMessage {
    ClientMessage::ConsentAnswer(ConsentAnswer { agreed })
}

async fn refused(page: &mut Page, message: ClientMessage) -> RefusalWord {
    page.say(message).await;
    match page.answer().await {
        ServerMessage::Refused(refused) => refused.word,
        other => panic!("not refused but {other:?}"),
    }
}

fn state(message: &ServerMessage) -> Option<SnippetView> {
    match message {
        ServerMessage::Snippet(view) => Some(view.clone()),
        _ => None,
    }
}

/// Less than a page may be silent.
const ON_SCREEN: Duration = Duration::from_secs(5);
const A1C: &str = "Blood sugar over three months (A1c)";

#[tokio::test]
async fn the_gateway_says_who_may_see_it_and_not_a_page() {
    let mut three = Three::meet().await;
    let (maria, rosa) = (three.visit.seat.clone(), three.companion.seat.clone());
    let a1c = three.prepare(A1C).await;
    let elsewhere = three.practice.clinic.visit(&three.practice.facility, &staff(&three), "elsewhere").await.1;

    assert_eq!(refused(&mut three.lee, offer(&a1c, &[&maria, elsewhere.as_str()])).await, RefusalWord::NoSuchSeat);
    assert_eq!(refused(&mut three.lee, offer(&a1c, &[&rosa])).await, RefusalWord::WithoutPatient);
    assert_eq!(refused(&mut three.rosa, offer(&a1c, &[&rosa, &maria])).await, RefusalWord::NotAllowed);
    assert_eq!(refused(&mut three.maria, offer(&a1c, &[&maria])).await, RefusalWord::NotAllowed);
    assert_eq!(refused(&mut three.rosa, consent(true)).await, RefusalWord::NotAllowed);
    assert_eq!(three.practice.clinic.audited("access.not_allowed").await, 4, "one entry each");

    three.lee.does(offer(&a1c, &[&maria])).await;
    three.maria.does(consent(true)).await;
    assert_eq!(refused(&mut three.rosa, ClientMessage::SnippetShown(named(&a1c))).await, RefusalWord::NotInAudience);
    three.maria.does(ClientMessage::SnippetSeen(named(&a1c))).await;

    three.lee.does(offer(&a1c, &[&rosa])).await;
    let view = three.rosa.hear_until(state).await;
    assert_eq!((view.audience.len(), view.keep), (2, false));
    three.rosa.does(ClientMessage::SnippetShown(named(&a1c))).await;
}

#[tokio::test]
async fn a_patient_stops_agrees_again_and_the_visit_s_page_says_what_was() {
    let mut three = Three::meet().await;
    let (maria, rosa) = (three.visit.seat.clone(), three.companion.seat.clone());
    let (a1c, list) = (three.prepare(A1C).await, three.prepare("Your allergies").await);
    let kept = |seat: &str| format!("/api/v1/seats/{seat}/snippets/{}/kept", a1c.as_str());
    three.lee.does(offer(&a1c, &[&maria, &rosa])).await;
    three.maria.does(consent(true)).await;
    three.maria.does(ClientMessage::SnippetSeen(named(&a1c))).await;
    three.phone.post(&kept(&maria), json!({})).await.refused(404, "not_found");
    three.lee.does(ClientMessage::SnippetKeep(named(&a1c))).await;
    for _ in 0..2 {
        assert_eq!(three.phone.post(&kept(&maria), json!({})).await.status, 204);
    }
    three.laptop.post(&kept(&rosa), json!({})).await.refused(404, "not_found");
    three.laptop.post(&kept(&maria), json!({})).await.refused(404, "not_found");
    assert_eq!(three.practice.clinic.audited("snippet.kept").await, 1);

    three.practice.clinic.context.clock.advance(ON_SCREEN);
    three.maria.does(consent(false)).await;
    let told = |message: &ServerMessage| match message {
        ServerMessage::Consent(ConsentState { consent: Consent::Stopped }) => Some(()),
        _ => None,
    };
    three.lee.hear_until(told).await;
    assert_eq!(refused(&mut three.lee, offer(&list, &[&maria])).await, RefusalWord::NoConsent);
    three.maria.does(consent(true)).await;
    three.lee.does(offer(&list, &[&maria])).await;
    three.maria.does(ClientMessage::SnippetShown(named(&list))).await;

    let shown = three.shown().await;
    let (first, second) = (&shown[0], &shown[1]);
    assert_eq!((&first["kind"], &first["keep"], &second["kind"]), (&json!("lab_trend"), &json!(true), &json!("allergies")));
    let (from, until) = (first["from"].as_i64().expect("a time"), first["until"].as_i64().expect("a time"));
    assert_eq!(Duration::from_millis(u64::try_from(until - from).expect("later")), ON_SCREEN);
    assert_eq!(second.get("until"), None, "it is on the screen");
    let (patient, interpreter) = (&first["people"][0], &first["people"][1]);
    assert_eq!((&patient["role"], patient["seen_at"].is_i64(), patient["kept_at"].is_i64()), (&json!("patient"), true, true));
    assert_eq!((&interpreter["name"], interpreter.get("seen_at")), (&json!("Rosa Ruiz"), None));

    three.lee.does(ClientMessage::End(Empty {})).await;
    assert!(three.shown().await[1]["until"].is_i64(), "nothing outlasts the visit");
    let events = three.practice.lee.read(&three.visit.path("/audit-events")).await;
    assert_eq!(events.headers["content-type"], "application/fhir+json; charset=utf-8");
    assert_eq!(events.json()["entry"].as_array().expect("entries").len(), 2, "nobody had the rest on the page");
    for content in [A1C, "Your allergies", "6.9", "enicillin"] {
        assert!(!shown.to_string().contains(content) && !events.text.contains(content), "{content}");
    }
    assert_eq!(three.phone.post(&kept(&maria), json!({})).await.status, 204, "also after the visit");
}

#[tokio::test]
async fn one_person_is_taken_out_and_administrators_read_of_every_visit() {
    let mut three = Three::meet().await;
    let (maria, rosa) = (three.visit.seat.clone(), three.companion.seat.clone());
    let a1c = three.prepare(A1C).await;
    three.lee.does(offer(&a1c, &[&maria, &rosa])).await;
    three.maria.does(consent(true)).await;
    three.maria.does(ClientMessage::SnippetShown(named(&a1c))).await;
    three.practice.clinic.context.clock.advance(ON_SCREEN);
    three.rosa.does(ClientMessage::SnippetShown(named(&a1c))).await;
    let out = |seat: &str| ClientMessage::SnippetWithdrawFrom(SnippetSeat { snippet: a1c.clone(), seat: seat.into() });
    assert_eq!(refused(&mut three.lee, out(&maria)).await, RefusalWord::WithoutPatient);
    three.lee.does(out(&rosa)).await;
    assert_eq!(refused(&mut three.rosa, ClientMessage::SnippetSeen(named(&a1c))).await, RefusalWord::NotInAudience);
    let shown = three.shown().await;
    let (patient, interpreter) = (&shown[0]["people"][0], &shown[0]["people"][1]);
    assert_eq!((patient.get("gone_at"), shown[0].get("until")), (None, None), "it is on the patient's screen");
    assert!(interpreter["gone_at"].is_i64());

    let clinic = &three.practice.clinic;
    let admin = clinic.at_work(&three.practice.facility, "ada", Admin).await;
    let first = admin.read("/api/v1/audit-events?date=ge2020-01-01&_count=1").await.ok();
    assert_eq!((&first["type"], first["entry"].as_array().map(Vec::len)), (&json!("searchset"), Some(1)));
    let next = first["link"][1]["url"].as_str().expect("another page");
    let second = admin.read(&next[next.find("/api/").expect("ours")..]).await.ok();
    assert_eq!((second["entry"].as_array().map(Vec::len), second["link"].as_array().map(Vec::len)), (Some(1), Some(1)));
    let roles = [&first, &second].map(|page| page["entry"][0]["resource"]["agent"][1]["role"][0]["text"].clone());
    assert_eq!(roles, [json!("patient"), json!("interpreter")]);
    assert!(second["entry"][0]["resource"]["period"]["end"].is_string());
    assert_eq!(admin.read("/api/v1/audit-events?date=lt2020-01-01").await.ok().get("entry"), None);
    admin.read("/api/v1/audit-events?date=soon").await.refused(422, "search_unreadable");
    let stranger = clinic.at_work(&clinic.facility("south").await, "sam", Admin).await;
    assert_eq!(stranger.read("/api/v1/audit-events").await.ok().get("entry"), None, "another clinic's");
}

#[tokio::test]
async fn what_was_shown_is_for_the_visit_s_clinician_and_for_administrators() {
    let three = Three::meet().await;
    let clinic = &three.practice.clinic;
    let other = clinic.at_work(&three.practice.facility, "okafor", Clinician).await;
    let admin = clinic.at_work(&three.practice.facility, "ada", Admin).await;
    let technician = clinic.at_work(&three.practice.facility, "tech", Support).await;
    let south = clinic.facility("south").await;
    let stranger = clinic.at_work(&south, "sam", Admin).await;
    for path in [three.visit.path("/shown"), three.visit.path("/audit-events")] {
        assert_eq!(admin.read(&path).await.status, 200);
        for refused in [other.read(&path).await, stranger.read(&path).await] {
            refused.refused(404, "not_found");
        }
        technician.read(&path).await.refused(404, "not_found");
    }
}

#[tokio::test]
async fn the_list_knows_what_was_shown_before_and_by_which_words_it_is_found() {
    let mut three = Three::meet().await;
    let maria = three.visit.seat.clone();
    let a1c = three.prepare(A1C).await;
    three.lee.does(offer(&a1c, &[&maria])).await;
    three.maria.does(consent(true)).await;
    three.maria.does(ClientMessage::SnippetShown(named(&a1c))).await;
    let at = three.practice.clinic.context.clock.now();

    let again = three.practice.lee.read(&three.visit.path("/record")).await.ok();
    assert!(again["items"].as_array().expect("items").iter().all(|item| item.get("shown_at").is_none()), "another visit's alone");
    assert_eq!(again["offered"][0]["snippet"], json!(a1c.as_str()));

    let next = Visit::of(&three.practice.lee.post("/api/v1/visits", three.practice.booking("2026-11-24T16:00")).await.ok());
    let list = three.practice.lee.read(&next.path("/record")).await.ok();
    let items = list["items"].as_array().expect("items");
    let (shown, others): (Vec<&Value>, Vec<&Value>) = items.iter().partition(|item| item.get("shown_at").is_some());
    assert_eq!((shown.len(), &shown[0]["title"], &shown[0]["shown_at"]), (1, &json!(A1C), &json!(at)));
    assert_eq!(list["offered"], json!([]));
    let medicines = others.iter().find(|item| item["kind"] == "medications").expect("medications");
    assert!(medicines["found_by"].to_string().contains("etformin"), "{medicines}");
}

fn staff(three: &Three) -> housecall::base::ids::StaffId {
    housecall::base::ids::StaffId(three.practice.lee_id.clone())
}
