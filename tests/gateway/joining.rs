//! Every answer to "why can't I join?", and what it takes to get in.

use futures_util::future::join_all;
use housecall::bus::News;
use housecall::identity::StaffRole::Clinician;
use housecall::store::sql;
use serde_json::json;

use crate::support::visits::{BORN, MINUTE, Practice};

#[tokio::test]
async fn rosa_is_early_and_the_door_opens_by_itself() {
    let practice = Practice::open().await;
    let visit = practice.book("2026-11-24T15:00").await;
    let phone = practice.clinic.somebody();
    let early = visit.redeem(&phone).await.ok();
    assert_eq!(early["state"], "too_early");
    assert_eq!(early["opens_at"].as_i64().unwrap(), early["starts_at"].as_i64().unwrap() - 30 * 60_000);
    assert_eq!(early["facility"]["phone"], "555-0100");
    assert!(early.get("seat").is_none() && phone.cookie("__Host-device").is_none(), "nothing is bound yet");

    practice.clinic.context.clock.advance(30 * MINUTE);
    assert_eq!(visit.look(&phone).await.ok()["state"], "open");
    let joined = visit.redeem(&phone).await.ok();
    assert_eq!((&joined["state"], &joined["step"], &joined["seat"]), (&json!("open"), &json!("identify"), &json!(visit.seat)));

    practice.clinic.context.clock.advance(30 * MINUTE + 20 * MINUTE + 15 * MINUTE);
    assert_eq!(visit.look(&phone).await.ok()["state"], "over");
    assert_eq!(visit.redeem(&practice.clinic.somebody()).await.ok()["state"], "over");
}

#[tokio::test]
async fn nothing_before_the_date_of_birth_names_anybody() {
    let practice = Practice::open().await;
    let visit = practice.book("2026-11-24T14:10").await;
    let phone = practice.phone(&visit).await;
    for answer in [visit.look(&phone).await, visit.redeem(&phone).await, visit.page(&phone).await] {
        let text = answer.ok().to_string();
        for canary in ["Rosa", "\"lee\"", "1961", "555-0123", "follow_up", "Follow"] {
            assert!(!text.contains(canary), "{canary} in {text}");
        }
    }
    assert_eq!(visit.page(&phone).await.ok()["who"], json!(null));
    let page = visit.identify(&phone, BORN).await.ok();
    assert_eq!((&page["step"], &page["who"]), (&json!("ready"), &json!("lee")));
}

#[tokio::test]
async fn a_mail_scanner_that_looks_changes_nothing() {
    let practice = Practice::open().await;
    let visit = practice.book("2026-11-24T14:10").await;
    let scanner = practice.clinic.somebody();
    for _ in 0..20 {
        visit.look(&scanner).await.ok();
    }
    assert!(scanner.cookie("__Host-device").is_none());
    assert_eq!(practice.row(&visit).await["seats"][1]["link_state"], "unopened");
    practice.known_phone(&visit).await;
    assert_eq!(practice.row(&visit).await["seats"][1]["link_state"], "opened");
}

#[tokio::test]
async fn bad_links_answer_alike_where_they_must() {
    let practice = Practice::open().await;
    let visit = practice.book("2026-11-24T14:10").await;
    let phone = practice.clinic.somebody();
    let wrong_secret = visit.redeem_guess(&phone).await;
    let unknown = phone.post("/api/v1/join/aaaaaaaaaaaaaaaa", json!({ "secret": "AAAAAAAAAAAAAAAAAAAAAA" })).await;
    assert_eq!((wrong_secret.status, &wrong_secret.text), (unknown.status, &unknown.text));
    unknown.refused(404, "link_unknown");

    let reissue = practice.lee.post(&visit.path(&format!("/seats/{}/link", visit.seat)), json!({})).await.ok();
    visit.redeem(&phone).await.refused(410, "link_superseded");
    visit.redeem_guess(&phone).await.refused(404, "link_unknown");
    let mut newer = visit.clone();
    newer.url = reissue["url"].as_str().unwrap().to_owned();
    assert_eq!(newer.redeem(&phone).await.ok()["state"], "open");

    practice.lee.post(&visit.path("/cancel"), json!({})).await.ok();
    assert_eq!(newer.look(&phone).await.ok()["state"], "cancelled");
    assert_eq!(newer.redeem(&practice.clinic.somebody()).await.ok()["state"], "cancelled");
}

#[tokio::test]
async fn a_new_link_ends_what_the_old_one_opened() {
    let practice = Practice::open().await;
    let visit = practice.book("2026-11-24T14:10").await;
    let phone = practice.known_phone(&visit).await;
    let mut news = practice.clinic.context.bus.listen();
    practice.lee.post(&visit.path(&format!("/seats/{}/link", visit.seat)), json!({})).await.ok();
    visit.page(&phone).await.refused(404, "not_found");
    assert!(matches!(news.recv().await, Ok(News::SeatRevoked { seat, .. }) if seat.0 == visit.seat));
}

#[tokio::test]
async fn five_wrong_dates_lock_the_seat_and_staff_can_vouch() {
    let practice = Practice::open().await;
    let visit = practice.book("2026-11-24T14:10").await;
    let phone = practice.phone(&visit).await;
    visit.identify(&phone, (61, 3, 4)).await.refused(422, "birth_incomplete");
    visit.identify(&phone, (1961, 2, 30)).await.refused(422, "birth_incomplete");
    let one_part_wrong = [(1962, 3, 4), (1961, 4, 4), (1961, 3, 5), (1961, 4, 3)];
    let mut sentences = std::collections::BTreeSet::new();
    for (tries, typed) in one_part_wrong.into_iter().enumerate() {
        let refusal = visit.identify(&phone, typed).await.refused(403, "birth_mismatch");
        assert_eq!(refusal["tries_left"], json!(4 - tries));
        sentences.insert(refusal["title"].to_string());
    }
    assert_eq!(sentences.len(), 1, "never says which part was wrong");
    // The last try may come from another device: the seat counts, not the device.
    let second = practice.phone(&visit).await;
    visit.identify(&second, (1900, 1, 1)).await.refused(403, "locked_out");
    visit.identify(&phone, BORN).await.refused(403, "locked_out");
    assert_eq!(visit.page(&phone).await.ok()["step"], "locked_out");
    assert_eq!(practice.row(&visit).await["arrival"], "locked_out");

    let vouched = practice.lee.post(&visit.path(&format!("/seats/{}/vouch", visit.seat)), json!({})).await.ok();
    assert_eq!(vouched["arrival"], "arriving");
    let page = visit.page(&phone).await.ok();
    assert_eq!((&page["step"], &page["who"]), (&json!("ready"), &json!("lee")));
}

#[tokio::test]
async fn of_many_racing_guesses_five_count() {
    let practice = Practice::open().await;
    let visit = practice.book("2026-11-24T14:10").await;
    let phone = practice.phone(&visit).await;
    let answers = join_all((1..=40).map(|year| visit.identify(&phone, (1900 + year, 3, 4)))).await;
    let mismatches = answers.iter().filter(|answer| answer.code() == "birth_mismatch").count();
    let locked = answers.iter().filter(|answer| answer.code() == "locked_out").count();
    assert_eq!((mismatches, locked), (4, 36));
    assert_eq!(practice.clinic.audited("seat.birth_mismatch").await, 5);
}

#[tokio::test]
async fn who_asks_for_help_is_seen() {
    let practice = Practice::open().await;
    let visit = practice.book("2026-11-24T14:10").await;
    let phone = practice.phone(&visit).await;
    phone.post(&format!("/api/v1/seats/{}/ask", visit.seat), json!({})).await.ok();
    assert_eq!(practice.row(&visit).await["arrival"], "locked_out");
    visit.identify(&phone, BORN).await.ok();
    assert_eq!(practice.row(&visit).await["arrival"], "arriving");
}

#[tokio::test]
async fn a_second_device_says_again_who_it_is() {
    let practice = Practice::open().await;
    let visit = practice.book("2026-11-24T14:10").await;
    practice.known_phone(&visit).await;
    let tablet = practice.phone(&visit).await;
    assert_eq!(visit.page(&tablet).await.ok()["step"], "identify");
}

#[tokio::test]
async fn a_link_of_one_visit_opens_nothing_of_another() {
    let practice = Practice::open().await;
    let (mine, other) = (practice.book("2026-11-24T14:10").await, practice.book("2026-11-24T14:30").await);
    let phone = practice.known_phone(&mine).await;
    let there = practice.clinic.at_work(&practice.facility, "kim", Clinician).await;
    let nobody = practice.clinic.somebody();
    let seat = |rest: &str| format!("/api/v1/seats/{}{rest}", other.seat);
    for person in [&phone, &there, &nobody] {
        let mut answers = vec![person.read(&seat("")).await];
        answers.push(person.post(&seat("/identify"), json!({ "year": 1961, "month": 3, "day": 4 })).await);
        answers.push(person.post(&seat("/ask"), json!({})).await);
        answers.push(person.post(&seat("/feedback"), json!({ "rating": 5 })).await);
        answers.push(person.post(&seat("/equipment-tests"), json!({})).await);
        let unlike =
            answers.iter().find(|answer| (answer.status.as_u16(), answer.text.as_str()) != (404, answers[0].text.as_str()));
        assert!(unlike.is_none(), "{unlike:?}");
    }
}

#[tokio::test]
async fn rosa_says_how_it_was() {
    let practice = Practice::open().await;
    let visit = practice.book("2026-11-24T14:10").await;
    let phone = practice.known_phone(&visit).await;
    let path = format!("/api/v1/seats/{}/feedback", visit.seat);
    phone.post(&path, json!({ "rating": 6 })).await.refused(422, "wrong_rating");
    phone.post(&path, json!({ "rating": 4 })).await.ok();
    phone.post(&path, json!({ "rating": 5 })).await.ok();
    let ratings = practice.clinic.rows(sql("SELECT rating FROM feedback")).await;
    assert_eq!(ratings.iter().map(|row| row.get("rating").expect("a number")).collect::<Vec<i64>>(), [5]);
}
