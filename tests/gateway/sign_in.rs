//! Signing in: who may, how often, for how long, and how it ends.

use std::time::Duration;

use housecall::bus::News;
use housecall::identity::StaffRole::{Admin, Clinician, Support};
use housecall::identity::{self, StaffActor};
use housecall::store::sql;
use serde_json::json;

use crate::support::{Clinic, PASSWORD, Person};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);

async fn tries(person: &Person, login: &str, password: &str) -> crate::support::person::Answer {
    person.post("/api/v1/staff/sign-in", json!({ "login": login, "password": password })).await
}

#[tokio::test]
async fn ana_signs_in_and_sees_where_she_works() {
    let clinic = Clinic::open().await;
    let north = clinic.facility("north").await;
    clinic.hire(&north, "ana", Clinician).await;
    let ana = clinic.somebody();
    ana.read("/api/v1/staff/me").await.refused(401, "signed_out");

    let answer = ana.sign_in(" Ana ").await;
    let cookie = answer.headers["set-cookie"].to_str().expect("text").to_owned();
    assert!(cookie.starts_with("__Host-staff=") && cookie.ends_with("; Path=/; Secure; HttpOnly; SameSite=Strict"), "{cookie}");
    let me = answer.ok();
    assert_eq!((&me["role"], &me["facility"]["slug"]), (&json!("clinician"), &json!("north")));
    assert_eq!(ana.read("/api/v1/staff/me").await.ok(), me);
    let stored = clinic.text(sql("SELECT token_hash FROM staff_sessions"), "token_hash").await;
    assert!(!cookie.contains(&stored), "only the hash is stored");
}

#[tokio::test]
async fn an_unknown_login_a_wrong_password_and_a_closed_account_are_the_same() {
    let clinic = Clinic::open().await;
    let north = clinic.facility("north").await;
    clinic.hire(&north, "ana", Clinician).await;
    clinic.hire(&north, "bob", Clinician).await;
    identity::command::disable(&clinic.context, "bob").await.expect("disabled");
    let somebody = clinic.somebody();
    let wrong = tries(&somebody, "ana", "not the password").await;
    let unknown = tries(&somebody, "nobody", PASSWORD).await;
    let closed = tries(&somebody, "bob", PASSWORD).await;
    let strange = tries(&somebody, "bob' OR 1=1 --", PASSWORD).await;
    for other in [&unknown, &closed, &strange] {
        assert_eq!((other.status, &other.text), (wrong.status, &wrong.text));
    }
    wrong.refused(401, "sign_in_failed");
    assert_eq!(clinic.audited("staff.sign_in_failed").await, 4);
}

#[tokio::test]
async fn guessing_at_one_account_is_slowed_down_from_everywhere() {
    let clinic = Clinic::open().await;
    let north = clinic.facility("north").await;
    clinic.hire(&north, "ana", Clinician).await;
    for guess in 0..60 {
        let guesser = clinic.somebody().from_address(&format!("198.51.100.{}", guess / 10));
        tries(&guesser, "ana", "a wrong password").await.refused(401, "sign_in_failed");
    }
    let elsewhere = clinic.somebody().from_address("203.0.113.1");
    let throttled = elsewhere.sign_in("ana").await;
    assert_eq!(throttled.headers["retry-after"], "15");
    throttled.refused(429, "too_many_tries");
    clinic.context.clock.advance(Duration::from_secs(15));
    elsewhere.sign_in("ana").await.ok();
}

#[tokio::test]
async fn whoever_guesses_from_one_place_does_not_keep_ana_out_at_another() {
    let clinic = Clinic::open().await;
    let north = clinic.facility("north").await;
    clinic.hire(&north, "ana", Clinician).await;
    let guesser = clinic.somebody().from_address("198.51.100.1");
    for _ in 0..10 {
        tries(&guesser, "ana", "a wrong password").await.refused(401, "sign_in_failed");
    }
    let throttled = guesser.sign_in("ana").await;
    assert_eq!(throttled.headers["retry-after"], "90");
    throttled.refused(429, "too_many_tries");
    clinic.somebody().from_address("203.0.113.1").sign_in("ana").await.ok();
    clinic.context.clock.advance(Duration::from_secs(90));
    guesser.sign_in("ana").await.ok();
}

#[tokio::test]
async fn guessing_at_many_accounts_from_one_network_is_slowed_down() {
    let clinic = Clinic::open().await;
    let north = clinic.facility("north").await;
    clinic.hire(&north, "ana", Clinician).await;
    for account in 0..30 {
        let guesser = clinic.somebody().from_address(&format!("2001:db8:1:2::{account:x}"));
        tries(&guesser, &format!("login{account}"), "a wrong password").await.refused(401, "sign_in_failed");
    }
    clinic.somebody().from_address("2001:db8:1:2:ffff::1").sign_in("ana").await.refused(429, "too_many_tries");
    clinic.somebody().from_address("2001:db8:1:3::1").sign_in("ana").await.ok();
}

#[tokio::test]
async fn a_right_password_is_never_counted() {
    let clinic = Clinic::open().await;
    let north = clinic.facility("north").await;
    clinic.hire(&north, "ana", Clinician).await;
    for _ in 0..12 {
        clinic.somebody().sign_in("ana").await.ok();
    }
}

#[tokio::test]
async fn half_an_hour_of_nothing_signs_out() {
    let clinic = Clinic::open().await;
    let north = clinic.facility("north").await;
    let ana = clinic.at_work(&north, "ana", Clinician).await;
    for _ in 0..4 {
        clinic.context.clock.advance(29 * MINUTE);
        ana.read("/api/v1/facility").await.ok();
    }
    clinic.context.clock.advance(30 * MINUTE);
    ana.read("/api/v1/facility").await.refused(401, "signed_out");
}

#[tokio::test]
async fn a_page_that_refreshes_itself_is_nobody_at_work() {
    let clinic = Clinic::open().await;
    let north = clinic.facility("north").await;
    let ana = clinic.at_work(&north, "ana", Clinician).await;
    clinic.context.clock.advance(20 * MINUTE);
    ana.read("/api/v1/staff/me").await.ok();
    clinic.context.clock.advance(10 * MINUTE);
    ana.read("/api/v1/staff/me").await.refused(401, "signed_out");
}

#[tokio::test]
async fn a_call_in_progress_is_activity() {
    let clinic = Clinic::open().await;
    let north = clinic.facility("north").await;
    let staff = clinic.hire(&north, "ana", Clinician).await;
    let ana = clinic.signed_in("ana").await;
    let token = housecall::base::private::Secret::new(ana.cookie("__Host-staff").expect("signed in"));
    let actor = StaffActor {
        staff,
        role: Clinician,
        facility: north.id.clone(),
        name: "ana".into(),
        session: housecall::base::ids::SessionId(token.hash()),
    };
    clinic.context.clock.advance(25 * MINUTE);
    assert_eq!(identity::is_still_signed_in(&clinic.context, &actor, true).await.ok(), Some(true));
    clinic.context.clock.advance(25 * MINUTE);
    ana.read("/api/v1/facility").await.ok();
    clinic.context.clock.advance(31 * MINUTE);
    assert_eq!(identity::is_still_signed_in(&clinic.context, &actor, true).await.ok(), Some(false), "too late");
    ana.read("/api/v1/facility").await.refused(401, "signed_out");
}

#[tokio::test]
async fn twelve_hours_are_enough_for_anybody() {
    let clinic = Clinic::open().await;
    let north = clinic.facility("north").await;
    let ana = clinic.at_work(&north, "ana", Clinician).await;
    for _ in 0..35 {
        clinic.context.clock.advance(20 * MINUTE);
        ana.read("/api/v1/facility").await.ok();
    }
    clinic.context.clock.advance(20 * MINUTE);
    ana.read("/api/v1/facility").await.refused(401, "signed_out");
    assert_eq!(clinic.context.clock.now(), crate::support::START.plus(12 * HOUR));
}

#[tokio::test]
async fn signing_out_ends_this_computer_and_no_other() {
    let clinic = Clinic::open().await;
    let north = clinic.facility("north").await;
    let desk = clinic.at_work(&north, "ana", Clinician).await;
    let ward = clinic.signed_in("ana").await;
    let stolen = desk.cookie("__Host-staff").expect("signed in");
    let mut news = clinic.context.bus.listen();

    desk.post("/api/v1/staff/sign-out", json!({})).await.ok();
    assert_eq!(desk.cookie("__Host-staff"), None);
    desk.hold_cookie("__Host-staff", &stolen);
    desk.read("/api/v1/staff/me").await.refused(401, "signed_out");
    ward.read("/api/v1/staff/me").await.ok();
    assert!(matches!(news.try_recv(), Ok(News::StaffSignedOut { session: Some(_), .. })));
    assert!(news.try_recv().is_err(), "still at work elsewhere");
}

#[tokio::test]
async fn signing_out_everywhere_ends_everything_of_hers_alone() {
    let clinic = Clinic::open().await;
    let north = clinic.facility("north").await;
    let desk = clinic.at_work(&north, "ana", Clinician).await;
    let (ward, home) = (clinic.signed_in("ana").await, clinic.signed_in("ana").await);
    let tim = clinic.at_work(&north, "tim", Support).await;
    let mut news = clinic.context.bus.listen();

    ward.post("/api/v1/staff/sign-out-everywhere", json!({})).await.ok();
    for computer in [&desk, &home] {
        computer.read("/api/v1/staff/me").await.refused(401, "signed_out");
    }
    tim.read("/api/v1/staff/me").await.ok();
    assert!(matches!(news.try_recv(), Ok(News::StaffSignedOut { session: None, .. })));
    assert_eq!(clinic.audited("staff.signed_out_everywhere").await, 1);
}

#[tokio::test]
async fn a_closed_account_is_out_at_once() {
    let clinic = Clinic::open().await;
    let north = clinic.facility("north").await;
    let ana = clinic.at_work(&north, "ana", Clinician).await;
    identity::command::disable(&clinic.context, "ana").await.expect("disabled");
    ana.read("/api/v1/staff/me").await.refused(401, "signed_out");
    ana.sign_in("ana").await.refused(401, "sign_in_failed");
}

#[tokio::test]
async fn colleagues_are_those_of_my_facility() {
    let clinic = Clinic::open().await;
    let (north, south) = (clinic.facility("north").await, clinic.facility("south").await);
    let ada = clinic.at_work(&north, "ada", Admin).await;
    clinic.hire(&north, "ana", Clinician).await;
    clinic.hire(&south, "sue", Clinician).await;
    let names = |list: serde_json::Value| -> Vec<String> {
        list.as_array().expect("a list").iter().map(|member| member["name"].as_str().expect("a name").to_owned()).collect()
    };
    assert_eq!(names(ada.read("/api/v1/staff").await.ok()), ["ada", "ana"]);
    assert_eq!(names(ada.read("/api/v1/staff?role=clinician").await.ok()), ["ana"]);
    ada.read("/api/v1/staff?role=wizard").await.refused(422, "wrong_query");
}
