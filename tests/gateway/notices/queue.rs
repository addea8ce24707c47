//! The queue: nothing lost, nothing kept that opens a visit, one sender at a time, an end.

use std::time::Duration;

use housecall::store::sql;

use super::receiver::{Mood, Receiver};
use super::{practice, send_texts, texts_to};
use crate::support::visits::{MINUTE, Practice};

#[tokio::test]
async fn a_booking_that_failed_tells_nobody() {
    let (receiver, address) = Receiver::open([]).await;
    let practice = practice(texts_to(address)).await;
    practice.book("2026-11-25T10:00").await;
    practice.try_book("2026-11-25T10:00").await.refused(409, "slot_taken");
    assert_eq!(send_texts(&practice.clinic.outbox()).await, 1);
    assert_eq!(receiver.taken().len(), 1);
}

#[tokio::test]
async fn a_link_is_nowhere_in_the_database_neither_before_nor_after_it_was_sent() {
    let (receiver, address) = Receiver::open([]).await;
    let practice = practice(texts_to(address)).await;
    let visit = practice.book("2026-11-25T10:00").await;
    let all = || sql("SELECT COALESCE(sealed, '') AS sealed, once, message FROM notices");
    let (_, secret) = visit.url.split_once('#').expect("a secret");
    for row in practice.clinic.rows(all()).await {
        let kept = ["sealed", "once", "message"].map(|column| row.get::<String>(column).expect("text")).join(" ");
        assert!(!kept.contains(secret) && !kept.contains("555"), "{kept}");
        assert!(kept.len() > 200, "the words are in there, sealed");
    }
    send_texts(&practice.clinic.outbox()).await;
    let (_, said) = &receiver.requests()[0];
    assert!(said["text"].as_str().expect("text").contains(&visit.url), "{said}");
    assert_eq!(said["to"], "555-0123");
    assert_eq!(practice.clinic.text(all(), "sealed").await, "", "nothing is kept of what was sent");
}

#[tokio::test]
async fn a_service_that_fails_and_asks_to_wait_gets_it_in_the_end_once() {
    let (receiver, address) = Receiver::open([Mood::Says(500), Mood::AsksToWait("120")]).await;
    let practice = practice(texts_to(address)).await;
    practice.book("2026-11-25T10:00").await;
    let (outbox, clock) = (practice.clinic.outbox(), &practice.clinic.context.clock);
    assert_eq!(send_texts(&outbox).await, 1);
    assert_eq!(send_texts(&outbox).await, 0, "not at once again");
    clock.advance(Duration::from_secs(10));
    assert_eq!(send_texts(&outbox).await, 1);
    clock.advance(Duration::from_secs(100));
    assert_eq!(send_texts(&outbox).await, 0, "the service asked for two minutes");
    clock.advance(Duration::from_secs(21));
    assert_eq!(send_texts(&outbox).await, 1);
    let names: Vec<_> = receiver.requests().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), 3);
    assert!(names.iter().all(|name| *name == names[0]), "one name at every try");
    assert_eq!((receiver.taken().len(), practice.clinic.notices("sent").await), (1, 1));
    assert_eq!(*receiver.forged.lock().expect("counted"), 0);
}

#[tokio::test]
async fn what_nobody_takes_is_given_up_in_the_end_and_staff_see_it() {
    let (receiver, address) = Receiver::open([Mood::Says(500); 30]).await;
    let practice = practice(texts_to(address)).await;
    let visit = practice.book("2026-12-24T10:00").await;
    let outbox = practice.clinic.outbox();
    let mut tries = 0;
    while practice.clinic.notices("waiting").await > 0 {
        tries += send_texts(&outbox).await;
        assert!(tries < 30, "there is an end");
        practice.clinic.context.clock.advance(4 * 60 * MINUTE);
    }
    assert_eq!((tries, receiver.requests().len()), (11, 11));
    // Time went by: Dr. Lee's session ended meanwhile.
    let lee = practice.clinic.signed_in("lee").await;
    let row = lee.read(&format!("/api/v1/visits/{}", visit.id)).await.ok();
    let patient = row["seats"].as_array().expect("seats").iter().find(|seat| seat["role"] == "patient").expect("a patient");
    assert_eq!((&patient["told"]["state"], &patient["told"]["channel"]), (&"failed".into(), &"text".into()));
    let kept = practice.clinic.rows(sql("SELECT sealed, why FROM notices")).await;
    assert_eq!(kept[0].get::<Option<String>>("sealed").expect("a column"), None);
    assert_eq!(kept[0].get::<String>("why").expect("a word"), "failed");
}

#[tokio::test]
async fn a_refused_number_is_not_tried_again_and_a_visit_that_is_over_not_at_all() {
    let (receiver, address) = Receiver::open([Mood::Says(400)]).await;
    let practice = practice(texts_to(address)).await;
    practice.book("2026-11-25T10:00").await;
    let outbox = practice.clinic.outbox();
    send_texts(&outbox).await;
    assert_eq!((receiver.requests().len(), practice.clinic.notices("failed").await), (1, 1));
    practice.book("2026-11-24T14:10").await;
    practice.clinic.context.clock.advance(60 * MINUTE);
    send_texts(&outbox).await;
    assert_eq!((receiver.requests().len(), practice.clinic.notices("failed").await), (1, 2), "too late to be of use");
}

/// Its request is out and nothing is written yet: the worst moment.
async fn dies_while_it_sends(practice: &Practice, receiver: &Receiver) {
    let outbox = practice.clinic.outbox();
    let sending = tokio::spawn(async move { send_texts(&outbox).await });
    receiver.heard(1).await;
    sending.abort();
    sending.await.expect_err("it is gone");
}

#[tokio::test]
async fn a_gateway_killed_while_it_sends_loses_nothing_and_doubles_nothing() {
    let (receiver, address) = Receiver::open([Mood::Hangs]).await;
    let practice = practice(texts_to(address)).await;
    practice.book("2026-11-25T10:00").await;
    dies_while_it_sends(&practice, &receiver).await;

    let other = practice.clinic.node("other");
    assert_eq!(send_texts(&other).await, 0, "another node cannot know that it died, and waits");
    practice.clinic.context.clock.advance(Duration::from_secs(76));
    assert_eq!(send_texts(&other).await, 1);
    let names: Vec<_> = receiver.requests().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), 2);
    assert_eq!(names[0], names[1], "the service knows that it is the same");
    assert_eq!((receiver.taken().len(), practice.clinic.notices("sent").await), (1, 1));
}

#[tokio::test]
async fn a_gateway_that_starts_again_goes_on_with_what_it_was_sending_at_once() {
    let (receiver, address) = Receiver::open([Mood::Hangs]).await;
    let practice = practice(texts_to(address)).await;
    practice.book("2026-11-25T10:00").await;
    dies_while_it_sends(&practice, &receiver).await;
    let mut news = practice.clinic.context.bus.listen();
    let running = tokio::spawn(practice.clinic.outbox().run());
    receiver.heard(2).await;
    while practice.clinic.notices("sent").await == 0 {
        // Lists are told when a text has arrived.
        news.recv().await.expect("news");
    }
    practice.clinic.context.closing.cancel();
    running.await.expect("it stops when the gateway does");
    assert_eq!(receiver.taken().len(), 1);
}

#[tokio::test]
async fn two_nodes_never_send_the_same_one_at_once() {
    let (receiver, address) = Receiver::open([]).await;
    let practice = practice(texts_to(address)).await;
    for hour in 8..20 {
        practice.book(&format!("2026-11-25T{hour:02}:00")).await;
    }
    let (one, other) = (practice.clinic.node("one"), practice.clinic.node("other"));
    while practice.clinic.notices("waiting").await > 0 {
        tokio::join!(send_texts(&one), send_texts(&other));
    }
    assert_eq!((receiver.requests().len(), receiver.taken().len()), (12, 12));
}

#[tokio::test]
async fn a_gateway_with_another_key_leaves_alone_what_it_cannot_open() {
    let (receiver, address) = Receiver::open([]).await;
    let practice = practice(texts_to(address)).await;
    practice.book("2026-11-25T10:00").await;
    practice.clinic.sql("UPDATE notices SET key_id = 'of another gateway'").await;
    assert_eq!(send_texts(&practice.clinic.outbox()).await, 0);
    assert_eq!((receiver.requests().len(), practice.clinic.notices("waiting").await), (0, 1));
}

#[tokio::test]
async fn a_service_that_never_answers_and_a_port_where_nobody_is() {
    if crate::support::engine::is_postgres() {
        return; // The wait is long, and it asks nothing of the store that the other engine would answer otherwise.
    }
    let (_receiver, address) = Receiver::open([Mood::Hangs]).await;
    let slow = practice(texts_to(address)).await;
    let nobody = practice(texts_to(([127, 0, 0, 1], 9).into())).await;
    for practice in [&slow, &nobody] {
        practice.book("2026-11-25T10:00").await;
    }
    let (slows, nobodys) = (slow.clinic.outbox(), nobody.clinic.outbox());
    tokio::join!(send_texts(&slows), send_texts(&nobodys));
    let why = || sql("SELECT why FROM notices");
    assert_eq!(slow.clinic.text(why(), "why").await, "too_slow");
    assert_eq!(nobody.clinic.text(why(), "why").await, "unreachable");
    assert_eq!(slow.clinic.notices("waiting").await, 1, "it is tried again");
}
