//! Who may not be here any more is out on every node: staff whose account the operator closed, a patient who was removed.

use housecall::base::private::Secret;
use signaling::ids::SeatId;
use signaling::message::{Admit, ClientMessage, CloseWord, SeatRef};

use crate::cluster::House;
use crate::gateway::Gateway;
use crate::page::{Page, Ways};
use crate::redis_server::Redis;
use crate::visits::{DEVICE, STAFF};
use crate::watch::Watch;
use crate::{JOIN, in_company, postgres, say, visits};

/// What the promise of a second may become on a machine that is busy with other things; without the promise it would be a minute.
const BUSY: std::time::Duration = std::time::Duration::from_secs(15);

#[tokio::test(flavor = "multi_thread")]
async fn who_is_disabled_at_a_shell_is_out_of_a_call_on_every_node() {
    let _turn = in_company().await;
    let (database, redis) = (postgres::server().database().await, Redis::start());
    let house = House::new(Some(database.url()), Some(&redis));
    let (a, b) = (house.node("a").await, house.node("b").await);
    visits::book(&database.url(), 2).await;
    let ways = Ways::to(&[&a, &b]);
    let (mut patient, mut elsewhere) = (Page::patient(&ways, 1).at(&a), Page::clinician(&ways, 1).at(&b));
    let mut here = Page::clinician(&ways, 2).at(&b);
    patient.enter(JOIN).await;
    elsewhere.enter(JOIN).await;
    here.enter(JOIN).await;
    assert_eq!(me(&b).await, 200);

    let mut shell = a.program();
    let shell = tokio::task::spawn_blocking(move || {
        let done = shell.args(["staff", "disable", "--login", "lee"]).output().expect("it runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        Watch::start()
    });
    let (began, (), ()) = tokio::join!(shell, elsewhere.stay(), here.stay());
    let began = began.expect("no panic");
    let took = began.elapsed();
    assert_eq!((elsewhere.ended, here.ended), (Some(CloseWord::SignedOut), Some(CloseWord::SignedOut)));
    assert_eq!((me(&a).await, me(&b).await), (401, 401), "no page opens any more");
    assert!(elsewhere.try_enter().await.is_none() && here.try_enter().await.is_none(), "nor with a resume token");
    patient.enter(JOIN).await;
    say(&format!("account closed at a shell: out of two calls on two nodes after {:.2} s", took.as_secs_f64()));
    assert!(took < BUSY, "{took:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patient_who_is_removed_finds_no_way_back_on_any_node() {
    let _turn = in_company().await;
    let (database, redis) = (postgres::server().database().await, Redis::start());
    let house = House::new(Some(database.url()), Some(&redis));
    let (a, b) = (house.node("a").await, house.node("b").await);
    visits::book(&database.url(), 1).await;
    let link = Secret::new("cccccccccccccccccccccc");
    let kept = format!("INSERT INTO join_links VALUES ('reference-of-rosa', 'p1', '{}', 0, NULL)", link.hash());
    visits::change(&database.url(), kept).await;
    let ways = Ways::to(&[&a, &b]);
    let (mut clinician, mut patient) = (Page::clinician(&ways, 1).at(&a), Page::patient(&ways, 1).at(&b));
    clinician.enter(JOIN).await;
    assert_eq!(patient.enter(JOIN).await.node, "a", "relayed");
    assert_eq!(patient.check_in().await, Some(true));
    let seat = SeatId::from("p1");
    let admit = Admit { seat: seat.clone(), identity_confirmed: true };
    assert_eq!(clinician.does(ClientMessage::Admit(admit)).await, Some(true));

    assert_eq!(clinician.does(ClientMessage::Remove(SeatRef { seat })).await, Some(true));
    let began = Watch::start();
    patient.stay().await;
    assert_eq!(patient.ended, Some(CloseWord::Removed));
    let took = began.elapsed();
    let cookie = format!("__Host-device={DEVICE}");
    for node in [&a, &b] {
        patient.node = Some(node.name.clone());
        assert!(patient.try_enter().await.is_none(), "the resume token is dead on {}", node.name);
        let asked = format!("{{\"secret\":\"{}\"}}", link.reveal());
        for (method, path, body) in [("GET", "/api/v1/seats/p1", ""), ("POST", "/api/v1/join/reference-of-rosa", &*asked)] {
            let (status, said) = node.answers(method, path, &cookie, body).await.expect("an answer");
            assert!((400..500).contains(&status), "{path} on {}: {status} {said}", node.name);
        }
    }
    say(&format!(
        "removed: hung up on through the other node after {:.2} s; link, cookie and token dead on both",
        took.as_secs_f64()
    ));
    assert!(took < BUSY, "{took:?}");
}

async fn me(node: &Gateway) -> u16 {
    let (status, _) = node.answers("GET", "/api/v1/staff/me", &format!("__Host-staff={STAFF}"), "").await.expect("an answer");
    status
}
