//! Join links and the devices that hold seats, as the join endpoints use them.

use std::collections::BTreeSet;

use housecall::base::ids::SeatId;
use housecall::base::private::Secret;
use housecall::identity::StaffRole::Clinician;
use housecall::identity::links::{self, Found, NewLink};
use housecall::identity::sessions::{self, SeatSession};
use housecall::identity::{Device, device};
use housecall::store::{StoreError, sql};
use serde_json::json;

use crate::support::Clinic;

async fn clinic_with_seat() -> (Clinic, SeatId) {
    let clinic = Clinic::open().await;
    let north = clinic.facility("north").await;
    let ana = clinic.hire(&north, "ana", Clinician).await;
    let (_, seat) = clinic.visit(&north, &ana, "one").await;
    (clinic, seat)
}

async fn issue(clinic: &Clinic, seat: &SeatId) -> NewLink {
    let (seat, now, dice) = (seat.clone(), clinic.context.clock.now(), clinic.context.dice.clone());
    let write = clinic
        .context
        .store
        .write::<_, StoreError, _>(move |c| Box::pin(async move { links::issue(c, &seat, now, &dice).await }));
    write.await.expect("issued")
}

async fn redeem(clinic: &Clinic, seat: &SeatId, device: &Device) -> Option<SeatSession> {
    let (seat, device) = (seat.clone(), device.clone());
    let (now, dice) = (clinic.context.clock.now(), clinic.context.dice.clone());
    let write = clinic
        .context
        .store
        .write::<_, StoreError, _>(move |c| Box::pin(async move { sessions::redeem(c, &seat, &device, now, &dice).await }));
    write.await.expect("redeemed or refused")
}

async fn end(clinic: &Clinic, seat: &SeatId) {
    let (seat, now) = (seat.clone(), clinic.context.clock.now());
    let write = clinic
        .context
        .store
        .write::<_, StoreError, _>(move |c| Box::pin(async move { sessions::end_of_seat(c, &seat, now).await }));
    write.await.expect("ended");
}

fn phone(clinic: &Clinic) -> Device {
    Device::known_or_new(None, &clinic.context.dice).0
}

#[tokio::test]
async fn a_link_opens_its_seat_until_a_newer_one_is_sent() {
    let (clinic, seat) = clinic_with_seat().await;
    let reader = clinic.context.store.reader();
    let old = issue(&clinic, &seat).await;
    assert_eq!(links::find(reader, &old.reference, &old.secret).await.expect("read"), Found::Seat(seat.clone()));
    let new = issue(&clinic, &seat).await;
    assert_eq!(links::find(reader, &old.reference, &old.secret).await.expect("read"), Found::Superseded(seat.clone()));
    assert_eq!(links::find(reader, &new.reference, &new.secret).await.expect("read"), Found::Seat(seat));
    for (reference, secret) in [(&old.reference, &new.secret), (&new.reference, &old.secret), (&"x".to_owned(), &new.secret)] {
        assert_eq!(links::find(reader, reference, secret).await.expect("read"), Found::Unknown);
    }
    let guess = Secret::new("");
    assert_eq!(links::find(reader, &new.reference, &guess).await.expect("read"), Found::Unknown);
}

#[tokio::test]
async fn the_secret_is_in_the_fragment_and_nowhere_else() {
    let (clinic, seat) = clinic_with_seat().await;
    let link = issue(&clinic, &seat).await;
    let url = link.url("https://clinic.example/");
    let (path, fragment) = url.reveal().split_once('#').expect("a fragment");
    assert_eq!(path, format!("https://clinic.example/j/{}", link.reference));
    assert_eq!((fragment, fragment.len()), (link.secret.reveal(), 22));
    assert!(!format!("{link:?} {url:?}").contains(fragment), "Debug shows nothing");
    let stored = clinic.text(sql("SELECT secret_hash FROM join_links"), "secret_hash").await;
    assert!(!stored.contains(fragment));
}

#[tokio::test]
async fn a_thousand_phones_race_and_one_holds_the_seat() {
    let (clinic, seat) = clinic_with_seat().await;
    let phones: Vec<Device> = (0..1000).map(|_| phone(&clinic)).collect();
    let races = phones.iter().map(|phone| redeem(&clinic, &seat, phone));
    let sessions = futures_util::future::join_all(races).await;
    let live: Vec<_> = sessions.iter().flatten().filter(|session| session.live).collect();
    assert_eq!(live.len(), 1);
    let ids: BTreeSet<_> = sessions.iter().flatten().map(|session| session.id.clone()).collect();
    assert_eq!(ids.len(), 1000, "each has a session of its own and waits");
    let held = sql("SELECT live_session FROM seats WHERE id = $1").bind(seat.as_str());
    let holder = clinic.text(held, "live_session").await;
    assert_eq!(holder, live[0].id.0);
}

#[tokio::test]
async fn the_same_phone_keeps_its_session() {
    let (clinic, seat) = clinic_with_seat().await;
    let phone = phone(&clinic);
    let first = redeem(&clinic, &seat, &phone).await.expect("a session");
    assert!(first.live);
    assert_eq!(redeem(&clinic, &seat, &phone).await.expect("a session"), first);
    let found = sessions::find(clinic.context.store.reader(), &seat, &phone).await.expect("read");
    assert_eq!(found, Some(first));
}

#[tokio::test]
async fn an_ended_session_is_not_found_and_comes_back_only_as_a_stranger() {
    let (clinic, seat) = clinic_with_seat().await;
    let phone = phone(&clinic);
    let first = redeem(&clinic, &seat, &phone).await.expect("a session");
    let (session, now) = (first.id.clone(), clinic.context.clock.now());
    let write = clinic
        .context
        .store
        .write::<_, StoreError, _>(move |c| Box::pin(async move { sessions::identified(c, &session, now).await }));
    write.await.expect("identified");
    end(&clinic, &seat).await;
    assert_eq!(sessions::find(clinic.context.store.reader(), &seat, &phone).await.expect("read"), None);
    let again = redeem(&clinic, &seat, &phone).await.expect("a session");
    assert!(again.live && again.identified_at.is_none());
    assert_ne!(again.id, first.id);
}

#[tokio::test]
async fn a_removed_or_denied_seat_takes_nobody() {
    let (clinic, seat) = clinic_with_seat().await;
    for state in ["removed", "denied"] {
        clinic.sql(&format!("UPDATE seats SET state = '{state}'")).await;
        assert_eq!(redeem(&clinic, &seat, &phone(&clinic)).await, None);
    }
}

#[tokio::test]
async fn a_seat_is_handed_over_only_to_a_session_of_its_own_that_lives() {
    let (clinic, seat) = clinic_with_seat().await;
    let (old, new) = (phone(&clinic), phone(&clinic));
    redeem(&clinic, &seat, &old).await.expect("a session");
    let second = redeem(&clinic, &seat, &new).await.expect("a session");
    assert!(!second.live);
    let take = async |seat: &SeatId, session: &housecall::base::ids::SessionId| {
        let (seat, session) = (seat.clone(), session.clone());
        let write = clinic
            .context
            .store
            .write::<_, StoreError, _>(move |c| Box::pin(async move { sessions::take_over(c, &seat, &session).await }));
        write.await.expect("an answer")
    };
    assert!(!take(&SeatId("seat-of-others".into()), &second.id).await);
    assert!(take(&seat, &second.id).await);
    let reader = clinic.context.store.reader();
    assert!(sessions::find(reader, &seat, &new).await.expect("read").expect("lives").live);
    assert!(!sessions::find(reader, &seat, &old).await.expect("read").expect("waits").live);
    end(&clinic, &seat).await;
    assert!(!take(&seat, &second.id).await);
}

#[tokio::test]
async fn a_device_keeps_its_cookie() {
    let dice = housecall::base::dice::Dice::system();
    let (made, cookie) = device::Device::known_or_new(None, &dice);
    let line = cookie.expect("a new one is set");
    let text = line.to_str().expect("text");
    assert!(text.starts_with("__Host-device=") && text.contains("; Max-Age=2592000"), "{text}");
    let (same, none) = Device::known_or_new(Some(made.clone()), &dice);
    assert!(same == made && none.is_none());
    assert!(!format!("{made:?}").contains(&made.hash));
}

#[tokio::test]
async fn guessing_at_links_is_slowed_down_by_network_and_the_answer_tells_nothing() {
    let (clinic, seat) = clinic_with_seat().await;
    let link = issue(&clinic, &seat).await;
    let look = async |address: &str, reference: &str, secret: &str| {
        let person = clinic.somebody().from_address(address);
        person.post(&format!("/api/v1/join/{reference}/look"), json!({ "secret": secret })).await
    };
    let wrong = look("2001:db8:1:2::1", &link.reference, "abcdefghijklmnopqrstuv").await;
    let unknown = look("2001:db8:1:2::2", "aaaaaaaaaaaaaaaa", link.secret.reveal()).await;
    assert_eq!((wrong.status, &wrong.text), (unknown.status, &unknown.text));
    wrong.refused(404, "link_unknown");
    for guess in 0..28 {
        look(&format!("2001:db8:1:2::{guess:x}"), &format!("{guess:016}"), "abcdefghijklmnopqrstuv")
            .await
            .refused(404, "link_unknown");
    }
    look("2001:db8:1:2:ffff::1", &link.reference, link.secret.reveal()).await.refused(429, "too_many_tries");
    look("2001:db8:1:3::1", &link.reference, link.secret.reveal()).await.ok();
    assert_eq!(
        (clinic.audited("link.unknown").await, clinic.audited("link.throttled").await),
        (30, 0),
        "one entry each, up to the lid"
    );
}

#[tokio::test]
async fn guessing_at_one_link_is_slowed_down_from_everywhere() {
    let (clinic, seat) = clinic_with_seat().await;
    let link = issue(&clinic, &seat).await;
    let look = async |address: String, secret: &str| {
        let person = clinic.somebody().from_address(&address);
        person.post(&format!("/api/v1/join/{}/look", link.reference), json!({ "secret": secret })).await
    };
    for guess in 0..60 {
        look(format!("198.51.100.{guess}"), "abcdefghijklmnopqrstuv").await.refused(404, "link_unknown");
    }
    look("203.0.113.1".into(), link.secret.reveal()).await.refused(429, "too_many_tries");
    clinic.context.clock.advance(std::time::Duration::from_secs(10));
    look("203.0.113.1".into(), link.secret.reveal()).await.ok();
}
