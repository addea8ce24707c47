//! Who has a request: never two, and never somebody who went home. What a technician does with it.

use futures_util::future::join_all;
use housecall::bus::News;
use housecall::identity::StaffRole::{Clinician, Support};
use housecall::store::sql;
use serde_json::{Value, json};

use crate::rooms;
use crate::support::Person;
use crate::support::visits::{MINUTE, Practice, Visit};
use signaling::message::ClientMessage;
use signaling::message::{CheckStep, Progress, RunCheck, Screen, ServerMessage};

/// A practice with one request, and two technicians with the desk open.
struct Desk {
    practice: Practice,
    visit: Visit,
    sam: Person,
    tess: Person,
}

impl Desk {
    async fn open() -> Self {
        let practice = Practice::open().await;
        let visit = practice.book("2026-11-24T14:10").await;
        practice.lee.post(&visit.path("/help"), json!({})).await.ok();
        let sam = practice.clinic.at_work(&practice.facility, "sam", Support).await;
        let tess = practice.clinic.at_work(&practice.facility, "tess", Support).await;
        for person in [&sam, &tess] {
            person.post("/api/v1/support/here", json!({})).await.ok();
        }
        Self { practice, visit, sam, tess }
    }

    fn path(&self, rest: &str) -> String {
        format!("/api/v1/support/visits/{}{rest}", self.visit.id)
    }

    async fn help(&self) -> Value {
        self.tess.read("/api/v1/support/visits").await.ok()["visits"][0]["help"].clone()
    }

    async fn id_of(&self, name: &str) -> String {
        let colleagues = self.sam.read("/api/v1/support/visits").await.ok()["colleagues"].clone();
        let found = colleagues.as_array().unwrap().iter().find(|colleague| colleague["name"] == name).cloned();
        found.expect("a colleague")["id"].as_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn of_64_who_claim_one_request_exactly_one_has_it() {
    let desk = Desk::open().await;
    let clinic = &desk.practice.clinic;
    let mut browsers = Vec::new();
    for login in ["ada", "bob", "cat", "dan"] {
        let first = clinic.at_work(&desk.practice.facility, login, Support).await;
        let cookie = first.cookie("__Host-staff").expect("signed in");
        browsers.extend((0..16).map(|_| {
            let window = clinic.somebody();
            window.hold_cookie("__Host-staff", &cookie);
            window
        }));
    }
    let path = desk.path("/claim");
    let answers = join_all(browsers.iter().map(|browser| browser.post(&path, json!({})))).await;
    let winners: Vec<usize> = (0..64).filter(|number| answers[*number].status == 204).collect();
    assert_eq!(winners.len(), 16, "the windows of one person are no rivals");
    assert!(winners.iter().all(|number| number / 16 == winners[0] / 16), "{winners:?}");
    for answer in answers.into_iter().filter(|answer| answer.status != 204) {
        answer.refused(409, "claimed");
    }
    assert_eq!(clinic.audited("help.claimed").await, 1);

    // The same with "next": one request, one winner.
    desk.practice.clinic.sql("UPDATE help_requests SET holder = NULL, state = 'asked', claimed_at = NULL").await;
    let answers = join_all(browsers.iter().map(|browser| browser.post("/api/v1/support/next", json!({})))).await;
    let won = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(won, 1);
    assert!(answers.iter().all(|answer| answer.status == 200 || answer.code() == "nobody_waits"));
}

#[tokio::test]
async fn next_gives_each_technician_another_request_the_nearest_visit_first() {
    let desk = Desk::open().await;
    let later = desk.practice.book("2026-11-24T16:00").await;
    desk.practice.lee.post(&later.path("/help"), json!({})).await.ok();
    let (one, two) =
        tokio::join!(desk.sam.post("/api/v1/support/next", json!({})), desk.tess.post("/api/v1/support/next", json!({})));
    let mut got = [one.ok()["visit"].clone(), two.ok()["visit"].clone()].map(|visit| visit.as_str().unwrap().to_owned());
    got.sort();
    let mut all = [desk.visit.id.clone(), later.id];
    all.sort();
    assert_eq!(got, all);
    desk.sam.post("/api/v1/support/next", json!({})).await.refused(409, "nobody_waits");
}

#[tokio::test]
async fn a_request_is_claimed_handed_over_and_given_back() {
    let desk = Desk::open().await;
    desk.sam.post(&desk.path("/claim"), json!({})).await.ok();
    desk.sam.post(&desk.path("/claim"), json!({})).await.ok();
    let refused = desk.tess.post(&desk.path("/claim"), json!({})).await.refused(409, "claimed");
    assert_eq!((&refused["holder"], &refused["left"]), (&json!("sam"), &json!(false)));
    desk.tess.post(&desk.path("/outcome"), json!({ "outcome": "ready" })).await.refused(409, "claimed");
    desk.tess.post(&desk.path("/release"), json!({})).await.refused(409, "not_yours");
    desk.tess.post(&desk.path("/take-over"), json!({})).await.refused(409, "claimed");

    let (tess, lee) = (desk.id_of("tess").await, desk.practice.lee_id.clone());
    desk.sam.post(&desk.path("/hand-over"), json!({ "to": lee })).await.refused(422, "unknown_colleague");
    let away = desk.practice.clinic.hire(&desk.practice.facility, "tom", Support).await;
    desk.sam.post(&desk.path("/hand-over"), json!({ "to": away })).await.refused(409, "not_at_desk");
    desk.sam.post(&desk.path("/hand-over"), json!({ "to": tess })).await.ok();
    assert_eq!(desk.help().await["holder"]["name"], "tess");
    desk.sam.post(&desk.path("/hand-over"), json!({ "to": tess })).await.refused(409, "not_yours");

    desk.tess.post(&desk.path("/release"), json!({})).await.ok();
    assert_eq!((&desk.help().await["state"], desk.help().await.get("holder")), (&json!("asked"), None));
    for action in ["help.claimed", "help.handed_over", "help.released"] {
        assert_eq!(desk.practice.clinic.audited(action).await, 1, "{action}");
    }
}

#[tokio::test]
async fn who_left_is_taken_over_from_openly() {
    let desk = Desk::open().await;
    desk.sam.post(&desk.path("/claim"), json!({})).await.ok();
    let call = desk.sam.post(&desk.path("/test-call"), json!({})).await.ok();
    // The window is gone for minutes.
    desk.practice.clinic.context.clock.advance(MINUTE * 4);
    desk.tess.post("/api/v1/support/here", json!({})).await.ok();
    let refused = desk.tess.post(&desk.path("/claim"), json!({})).await.refused(409, "claimed");
    assert_eq!(refused["left"], true);
    let mut news = desk.practice.clinic.context.bus.listen();
    desk.tess.post(&desk.path("/take-over"), json!({})).await.ok();
    assert_eq!(desk.help().await["holder"]["name"], "tess");
    let Ok(News::VisitOver { visit }) = news.recv().await else { panic!("sam's test call ends") };
    assert_eq!(json!(visit), call["visit"]);
    desk.tess.post(&desk.path("/test-call"), json!({})).await.ok();

    // And who signed out.
    desk.tess.post("/api/v1/staff/sign-out", json!({})).await.ok();
    desk.sam.post("/api/v1/support/here", json!({})).await.ok();
    desk.sam.post(&desk.path("/take-over"), json!({})).await.ok();
    assert_eq!(desk.practice.clinic.audited("help.taken_over").await, 2);
}

#[tokio::test]
async fn the_patients_page_is_asked_for_one_step_again() {
    let house = rooms::Visit::begins().await;
    let facility = house.clinic.facility("other").await;
    house.clinic.sql(&format!("UPDATE visits SET facility_id = '{}'", facility.id)).await;
    let sam = house.clinic.at_work(&facility, "sam", Support).await;
    let path = format!("/api/v1/support/visits/{}/run-check", house.visit);
    sam.post(&path, json!({ "check": "camera" })).await.refused(409, "page_closed");
    sam.post(&path, json!({ "check": "horoscope" })).await.refused(422, "wrong_type");

    let (mut patient, _) = house.phone.enter("page").await;
    patient.say(ClientMessage::Progress(Progress { screen: Screen::QuickCheck })).await;
    let session = format!("/api/v1/support/visits/{}", house.visit);
    until(async || sam.read(&session).await.ok()["visit"]["screen"] == "quick_check").await;
    sam.post(&path, json!({ "check": "loss_up" })).await.ok();
    let asked = ServerMessage::RunCheck(RunCheck { check: CheckStep::LossUp });
    while patient.hear().await != asked {}
    assert_eq!(house.clinic.audited("help.check_asked").await, 1);
}

#[tokio::test]
async fn the_steps_go_out_as_a_text_and_who_closed_the_page_is_called_back() {
    let practice = Practice::open_with(|config| config.notices.folder = Some(config.data.join("notices"))).await;
    let visit = practice.book("2026-11-24T14:10").await;
    practice.lee.post(&visit.path("/help"), json!({})).await.ok();
    let sam = practice.clinic.at_work(&practice.facility, "sam", Support).await;
    let path = |rest: &str| format!("/api/v1/support/visits/{}{rest}", visit.id);
    sam.post(&path("/claim"), json!({})).await.ok();
    sam.post(&path("/claim"), json!({})).await.ok();
    for _ in 0..2 {
        assert_eq!(sam.post(&path("/text"), json!({})).await.ok(), json!({ "channel": "text" }));
    }
    let queued = practice.clinic.rows(sql("SELECT message FROM notices WHERE message <> 'booked' ORDER BY message")).await;
    let words: Vec<String> = queued.iter().map(|row| row.get("message").unwrap()).collect();
    assert_eq!(words, ["call-back", "steps"], "each once, however often it is asked for");
    let row = sam.read("/api/v1/support/visits").await.ok()["visits"][0].clone();
    assert_eq!(row["state"], "texted");
    for _ in 0..2 {
        sam.post(&path("/test-call"), json!({})).await.ok();
    }
    let calls = practice.clinic.rows(sql("SELECT id FROM notices WHERE message = 'test-call'")).await;
    assert_eq!(calls.len(), 1, "somebody waits there for them");
    assert_eq!(practice.clinic.audited("help.texted").await, 2);

    // A clinic that can send nothing says so.
    let desk = Desk::open().await;
    desk.sam.post(&desk.path("/text"), json!({})).await.refused(409, "nowhere_to_text");
    assert!(desk.help().await.get("holder").is_none(), "a refusal leaves nothing");
}

#[tokio::test]
async fn strangers_have_no_desk() {
    let desk = Desk::open().await;
    let south = desk.practice.clinic.facility("south").await;
    let stranger = desk.practice.clinic.at_work(&south, "tom", Support).await;
    let clinician = desk.practice.clinic.at_work(&desk.practice.facility, "kim", Clinician).await;
    for rest in ["/claim", "/release", "/take-over", "/text", "/test-call"] {
        stranger.post(&desk.path(rest), json!({})).await.refused(404, "not_found");
        clinician.post(&desk.path(rest), json!({})).await.refused(404, "not_found");
    }
    stranger.post(&desk.path("/outcome"), json!({ "outcome": "ready" })).await.refused(404, "not_found");
    stranger.post(&desk.path("/run-check"), json!({ "check": "camera" })).await.refused(404, "not_found");
    stranger.post(&desk.path("/hand-over"), json!({ "to": "x" })).await.refused(404, "not_found");
    stranger.read(&desk.path("")).await.refused(404, "not_found");
    stranger.post("/api/v1/support/next", json!({})).await.refused(409, "nobody_waits");
    assert!(desk.help().await.get("holder").is_none());
}

#[tokio::test]
async fn a_patient_whose_page_is_open_is_led_to_the_test_call_without_a_text() {
    let house = rooms::Visit::begins_with(|config| config.notices.folder = Some(config.data.join("notices"))).await;
    let facility = house.clinic.facility("other").await;
    house.clinic.sql(&format!("UPDATE visits SET facility_id = '{}'; UPDATE patients SET phone = '555-0123'", facility.id)).await;
    let sam = house.clinic.at_work(&facility, "sam", Support).await;
    let (mut patient, _) = house.phone.enter("page").await;
    until(async || house.clinic.app.presence.of(&house.visit, &house.seat).is_some()).await;
    sam.post(&format!("/api/v1/support/visits/{}/test-call", house.visit), json!({})).await.ok();
    while !matches!(patient.hear().await, ServerMessage::TestCall(_)) {}
    assert!(house.clinic.rows(sql("SELECT id FROM notices")).await.is_empty());
}

async fn until(holds: impl AsyncFn() -> bool) {
    let mut tick = tokio::time::interval(std::time::Duration::from_millis(20));
    let met = async {
        while !holds().await {
            tick.tick().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), met).await.expect("in time");
}
