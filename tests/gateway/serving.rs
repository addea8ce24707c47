//! One help desk for several clinics: a technician sees and does for those they serve what they do at home, and nothing elsewhere.

use axum::body::Body;
use axum::http::Method;
use futures_util::future::join_all;
use housecall::app::router;
use housecall::app::state::App;
use housecall::facilities::Facility;
use housecall::identity::StaffRole::{Admin, Clinician, Support};
use housecall::identity::command::{self, StaffError};
use housecall::store::sql;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::support::page::{Door, listen};
use crate::support::visits::{MINUTE, Practice, Visit, add_patient};
use crate::support::{Clinic, Person};

/// The practice in New York and one in Los Angeles, where somebody asks for help; and Sam of New York, whose desk is open.
struct Two {
    practice: Practice,
    south: Facility,
    sue: Person,
    sam: Person,
    visit: Visit,
}

impl Two {
    async fn clinics() -> Self {
        let practice = Practice::open_with(|config| config.notices.folder = Some(config.data.join("notices"))).await;
        let clinic = &practice.clinic;
        let south = clinic.facility("south").await;
        clinic.sql("UPDATE facilities SET time_zone = 'America/Los_Angeles', name = 'South Clinic' WHERE slug = 'south'").await;
        let sue_id = clinic.hire(&south, "sue", Clinician).await.0;
        let sue = clinic.signed_in("sue").await;
        let patient = add_patient(&sue, "Max Weber").await;
        let booking = json!({ "patient_id": patient, "clinician_id": sue_id, "reason": "follow_up",
                              "starts_at": "2026-11-24T11:10", "length_minutes": 20 });
        let visit = Visit::of(&sue.post("/api/v1/visits", booking).await.ok());
        sue.post(&visit.path("/help"), json!({})).await.ok();
        let sam = clinic.at_work(&practice.facility, "sam", Support).await;
        sam.post("/api/v1/support/here", json!({})).await.ok();
        Self { practice, south, sue, sam, visit }
    }

    async fn served_by(self, login: &str) -> Self {
        command::serve(&self.practice.clinic.context, login, "south").await.expect("a technician");
        self
    }

    fn path(&self, rest: &str) -> String {
        format!("/api/v1/support/visits/{}{rest}", self.visit.id)
    }

    /// How South's visit asks for help, as its own clinician reads it.
    async fn help(&self) -> Value {
        self.sue.read(&self.visit.path("")).await.ok()["help"].clone()
    }
}

async fn desk(person: &Person) -> Value {
    person.read("/api/v1/support/visits").await.ok()
}

#[tokio::test]
async fn a_technician_who_serves_a_second_clinic_has_both_queues_each_in_its_own_time() {
    let two = Two::clinics().await.served_by("sam").await;
    let here = two.practice.book("2026-11-24T14:05").await;
    let seen = desk(&two.sam).await;
    let names: Vec<&Value> = seen["facilities"].as_array().unwrap().iter().map(|facility| &facility["name"]).collect();
    assert_eq!(names, ["South Clinic", "north"]);
    let rows = seen["visits"].as_array().unwrap();
    assert_eq!((&rows[0]["id"], &rows[1]["id"]), (&json!(here.id), &json!(two.visit.id)), "by time, whichever clinic");
    assert_eq!(
        (&rows[0]["facility"]["time_zone"], &rows[1]["facility"]["time_zone"]),
        (&json!("America/New_York"), &json!("America/Los_Angeles"))
    );
    assert_eq!(rows[1]["facility"]["id"], json!(two.south.id));

    // A clinician and an administrator have the one clinic, and a technician of the other has theirs.
    let clinic = &two.practice.clinic;
    let admin = clinic.at_work(&two.practice.facility, "ada", Admin).await;
    assert_eq!(desk(&admin).await["facilities"].as_array().unwrap().len(), 1);
    let tess = clinic.at_work(&two.south, "tess", Support).await;
    let theirs = desk(&tess).await;
    assert_eq!((theirs["visits"].as_array().unwrap().len(), &theirs["visits"][0]["id"]), (1, &json!(two.visit.id)));
    let colleagues: Vec<&Value> = theirs["colleagues"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
    assert_eq!(colleagues, ["sam", "tess"], "whoever serves a clinic is a colleague there");
}

#[tokio::test]
async fn everything_that_helps_a_patient_works_at_the_second_clinic_and_is_written_down_as_its() {
    let two = Two::clinics().await.served_by("sam").await;
    let (sam, clinic) = (&two.sam, &two.practice.clinic);
    sam.post(&two.path("/claim"), json!({})).await.ok();
    assert_eq!(two.help().await["helper"], "sam");
    sam.post(&two.path("/run-check"), json!({ "check": "camera" })).await.refused(409, "page_closed");
    sam.post(&two.path("/text"), json!({})).await.ok();
    let session = sam.read(&two.path("")).await.ok();
    assert_eq!((&session["visit"]["facility"]["name"], &session["visit"]["state"]), (&json!("South Clinic"), &json!("texted")));

    // The report of a test, which its clinic's staff reads too.
    let phone = clinic.somebody();
    two.visit.redeem(&phone).await.ok();
    two.visit.identify(&phone, crate::support::visits::BORN).await.ok();
    let test = phone.post(&format!("/api/v1/seats/{}/equipment-tests", two.visit.seat), json!({})).await.ok();
    let report = format!("/api/v1/support/equipment-tests/{}", test["id"].as_str().unwrap());
    assert_eq!(sam.read(&report).await.ok()["time_zone"], "America/Los_Angeles");
    two.sue.read(&report).await.ok();
    two.practice.lee.read(&report).await.refused(404, "not_found");

    // The room of a test call, which is of the second clinic.
    let call = sam.post(&two.path("/test-call"), json!({})).await.ok();
    let room = door(clinic, sam, &format!("/api/v1/visits/{}/socket", call["visit"].as_str().unwrap())).await;
    room.enter("sam").await;
    let outcome = format!("/api/v1/support/test-calls/{}/outcome", call["visit"].as_str().unwrap());
    sam.post(&outcome, json!({ "outcome": "ready" })).await.ok();
    assert_eq!(two.sue.read(&two.visit.path("")).await.ok()["readiness"]["mode"], "video");

    let about = sql("SELECT DISTINCT facility_id FROM audit WHERE action LIKE 'help.%' OR action LIKE 'test_call.%'");
    assert_eq!(clinic.text(about, "facility_id").await, two.south.id.as_str());
    let notice = sql("SELECT DISTINCT facility_id FROM notices WHERE message = 'steps'");
    assert_eq!(clinic.text(notice, "facility_id").await, two.south.id.as_str());
    two.sue.read(&two.visit.path("/audit")).await.ok();
}

#[tokio::test]
async fn whoever_does_not_serve_a_clinic_is_told_that_nothing_is_there() {
    let two = Two::clinics().await;
    let (sam, clinic) = (&two.sam, &two.practice.clinic);
    assert_eq!(desk(sam).await["visits"], json!([]));
    let nowhere = sam.read("/api/v1/support/visits/nothing").await.refused(404, "not_found");
    assert_eq!(sam.read(&two.path("")).await.refused(404, "not_found"), nowhere);
    let bodies = [
        ("/claim", json!({})),
        ("/release", json!({})),
        ("/take-over", json!({})),
        ("/text", json!({})),
        ("/test-call", json!({})),
        ("/hand-over", json!({ "to": "x" })),
        ("/run-check", json!({ "check": "camera" })),
        ("/outcome", json!({ "outcome": "ready" })),
    ];
    for (rest, body) in &bodies {
        assert_eq!(sam.post(&two.path(rest), body.clone()).await.refused(404, "not_found"), nowhere, "{rest}");
    }
    sam.post("/api/v1/support/next", json!({})).await.refused(409, "nobody_waits");
    let of_south = format!("/api/v1/support/next?facility={}", two.south.id);
    sam.post(&of_south, json!({})).await.refused(404, "not_found");
    sam.post("/api/v1/support/next?facility=nothing", json!({})).await.refused(404, "not_found");

    // Served for a while, and then no more: what was in hand is free for colleagues at once.
    let tess = clinic.at_work(&two.south, "tess", Support).await;
    tess.post("/api/v1/support/here", json!({})).await.ok();
    let two = two.served_by("sam").await;
    two.sam.post(&of_south, json!({})).await.ok();
    let call = two.sam.post(&two.path("/test-call"), json!({})).await.ok();
    tess.post(&two.path("/take-over"), json!({})).await.refused(409, "claimed");
    command::stop_serving(&two.practice.clinic.context, "sam", "south").await.expect("a technician");
    for (rest, body) in bodies {
        two.sam.post(&two.path(rest), body).await.refused(404, "not_found");
    }
    let room = format!("/api/v1/visits/{}/socket", call["visit"].as_str().unwrap());
    assert_eq!(door(&two.practice.clinic, &two.sam, &room).await.open().await.err(), Some(404));
    let outcome = format!("/api/v1/support/test-calls/{}/outcome", call["visit"].as_str().unwrap());
    two.sam.post(&outcome, json!({ "outcome": "ready" })).await.refused(404, "not_found");
    assert_eq!(desk(&tess).await["visits"][0]["help"]["holder"]["at_desk"], false);
    tess.post(&two.path("/take-over"), json!({})).await.ok();
    assert_eq!(two.help().await["helper"], "tess");
}

#[tokio::test]
async fn only_a_technician_serves_another_clinic_and_each_change_is_written_once() {
    let two = Two::clinics().await;
    let clinic = &two.practice.clinic;
    clinic.hire(&two.practice.facility, "ada", Admin).await;
    let refused = async |login: &str, slug: &str| command::serve(&clinic.context, login, slug).await.expect_err("refused");
    assert!(matches!(refused("lee", "south").await, StaffError::NotATechnician));
    assert!(matches!(refused("ada", "south").await, StaffError::NotATechnician));
    assert!(matches!(refused("sam", "north").await, StaffError::OwnFacility));
    assert!(matches!(refused("sam", "west").await, StaffError::UnknownFacility));
    assert!(matches!(refused("nobody", "south").await, StaffError::UnknownLogin));
    for _ in 0..2 {
        command::serve(&clinic.context, "sam", "south").await.expect("a technician");
    }
    for _ in 0..2 {
        command::stop_serving(&clinic.context, "sam", "south").await.expect("a technician");
    }
    for action in ["staff.serves", "staff.stopped_serving"] {
        assert_eq!(clinic.audited(action).await, 1, "{action}");
    }
}

#[tokio::test]
async fn news_of_the_second_clinic_come_as_they_happen() {
    let two = Two::clinics().await.served_by("sam").await;
    let clinic = &two.practice.clinic;
    let mut to_sam = News::of(&clinic.app, &two.sam).await;
    let mut to_lee = News::of(&clinic.app, &two.practice.lee).await;
    two.sue.post(&two.visit.path("/late"), json!({ "minutes": 5 })).await.ok();
    assert!(to_sam.next().await.contains(&two.visit.id));
    let ours = two.practice.book("2026-11-24T15:00").await;
    assert!(to_sam.next().await.contains(&ours.id));
    assert!(to_lee.next().await.contains(&ours.id), "a clinician hears of their own clinic alone");
}

#[tokio::test]
async fn technicians_of_two_clinics_race_and_each_request_has_one() {
    let two = Two::clinics().await.served_by("sam").await;
    let clinic = &two.practice.clinic;
    let asks_too = two.practice.book("2026-11-24T14:15").await;
    two.practice.lee.post(&asks_too.path("/help"), json!({})).await.ok();
    clinic.hire(&two.south, "tess", Support).await;
    command::serve(&clinic.context, "tess", "north").await.expect("a technician");
    let cookie = |person: Person| person.cookie("__Host-staff").expect("signed in");
    let windows: Vec<(&str, Person)> =
        [("sam", cookie(clinic.signed_in("sam").await)), ("tess", cookie(clinic.signed_in("tess").await))]
            .into_iter()
            .flat_map(|(name, cookie)| (0..16).map(move |_| (name, cookie.clone())))
            .map(|(name, cookie)| {
                let window = clinic.somebody();
                window.hold_cookie("__Host-staff", &cookie);
                (name, window)
            })
            .collect();
    let path = two.path("/claim");
    let answers = join_all(windows.iter().map(|(_, window)| window.post(&path, json!({})))).await;
    let winners: Vec<&str> =
        answers.iter().zip(&windows).filter(|(answer, _)| answer.status == 204).map(|(_, (name, _))| *name).collect();
    assert!(winners.len() == 16 && winners.iter().all(|name| *name == winners[0]), "{winners:?}");
    assert_eq!(two.help().await["helper"], winners[0]);

    clinic.sql("UPDATE help_requests SET holder = NULL, state = 'asked', claimed_at = NULL").await;
    let answers = join_all(windows.iter().map(|(_, window)| window.post("/api/v1/support/next", json!({})))).await;
    let mut given: Vec<String> = answers
        .into_iter()
        .filter(|answer| answer.status == 200)
        .map(|answer| answer.ok()["visit"].as_str().unwrap().to_owned())
        .collect();
    given.sort();
    let mut all = vec![asks_too.id, two.visit.id.clone()];
    all.sort();
    assert_eq!(given, all, "of both clinics, each once");
}

#[tokio::test]
async fn the_patients_of_all_clinics_that_a_technician_serves_wait_in_one_line() {
    let two = Two::clinics().await.served_by("sam").await;
    two.practice.clinic.context.clock.advance(MINUTE);
    let later = two.practice.book("2026-11-24T15:00").await;
    two.practice.lee.post(&later.path("/help"), json!({})).await.ok();
    two.sam.post("/api/v1/support/here", json!({})).await.ok();
    let told = async |visit: &Visit| visit.look(&two.practice.clinic.somebody()).await.ok()["help"].clone();
    assert_eq!(
        (&told(&later).await["ahead"], &told(&later).await["at_desk"]),
        (&json!(1), &json!(true)),
        "Los Angeles came first"
    );
    assert_eq!((&told(&two.visit).await["ahead"], &told(&two.visit).await["at_desk"]), (&json!(0), &json!(true)));
    // Nobody there serves both: each clinic has its own line.
    two.sam.post("/api/v1/staff/sign-out", json!({})).await.ok();
    assert_eq!((&told(&later).await["ahead"], &told(&later).await["at_desk"]), (&json!(0), &json!(false)));
}

/// What the list of an open page hears.
pub(crate) struct News(Body);

impl News {
    pub(crate) async fn of(app: &App, person: &Person) -> Self {
        let request = person.request(Method::GET, "/api/v1/news").body(Body::empty()).unwrap();
        let mut news = Self(router::build(app.clone()).oneshot(request).await.unwrap().into_body());
        assert!(news.next().await.contains("listening"));
        news
    }

    pub(crate) async fn next(&mut self) -> String {
        let frame = tokio::time::timeout(MINUTE, self.0.frame()).await.expect("in time");
        String::from_utf8(frame.unwrap().unwrap().into_data().unwrap().to_vec()).unwrap()
    }
}

async fn door(clinic: &Clinic, person: &Person, path: &str) -> Door {
    let cookie = format!("__Host-staff={}", person.cookie("__Host-staff").expect("signed in"));
    let origin = clinic.context.config.public_url.clone();
    Door { address: listen(&clinic.app).await, path: path.to_owned(), origin, cookie }
}
