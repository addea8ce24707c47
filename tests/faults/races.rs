//! Many want one thing at once on two nodes: to let somebody in (R6). One does.

use std::time::Duration;

use futures_util::future::join_all;
use housecall::base::dice::Dice;
use housecall::base::private::Secret;
use signaling::ids::SeatId;
use signaling::message::{Admit, ClientMessage, Empty, OutsideState, Ping, ServerMessage, View, Welcome};

use crate::cluster::House;
use crate::page::{Page, Ways};
use crate::redis_server::Redis;
use crate::{JOIN, in_company, postgres, say, visits};

fn is_open_elsewhere(welcome: &Welcome) -> bool {
    matches!(&welcome.view, Some(View::Outside(outside)) if outside.state == OutsideState::AlreadyOpen)
}

#[tokio::test(flavor = "multi_thread")]
async fn of_64_who_admit_one_patient_on_two_nodes_one_does() {
    let _turn = in_company().await;
    let (database, redis) = (postgres::server().database().await, Redis::start());
    let house = House::new(Some(database.url()), Some(&redis));
    let nodes = [house.node("a").await, house.node("b").await];
    visits::book(&database.url(), 1).await;
    let desks: Vec<Secret> = (0..64).map(|_| Dice::system().token()).collect();
    let signed_in = desks.iter().map(|desk| {
        let columns = "(token_hash, staff_id, created_at, last_seen_at)";
        format!(
            "INSERT INTO staff_sessions {columns} SELECT '{}', 'lee', created_at, last_seen_at FROM staff_sessions LIMIT 1;",
            desk.hash()
        )
    });
    visits::change(&database.url(), signed_in.collect()).await;
    let ways = Ways::to(&[&nodes[0], &nodes[1]]);
    let mut patient = Page::patient(&ways, 1).at(&nodes[0]);
    patient.enter(JOIN).await;
    assert_eq!(patient.check_in().await, Some(true));

    let admits = desks.iter().enumerate().map(|(at, desk)| {
        let cookie = format!("__Host-staff={}", desk.reveal());
        let page = Page::new(&ways, "/api/v1/visits/v1/socket?visit=v1".into(), cookie).at(&nodes[at % 2]);
        tokio::spawn(admits(page))
    });
    let answers = tokio::select! {
        answers = join_all(admits) => answers,
        never = hears(&mut patient) => never,
    };
    let answers: Vec<_> = answers.into_iter().map(|answer| answer.expect("no panic")).collect();
    let count = |what| answers.iter().filter(|answer| **answer == what).count();
    let audited =
        visits::ask(&database.url(), "SELECT count(*) FROM audit WHERE action = 'seat.admitted' AND seat_id = 'p1'").await;
    assert_eq!(audited, "1", "admitted once");
    // Who was moved aside between the deed and its answer does not hear of it.
    assert!(count(Some(true)) <= 1 && count(Some(true)) + count(None) >= 1, "{answers:?}");
    let anew = Page::patient(&ways, 1).enter(6 * JOIN).await;
    assert!(matches!(anew.view, Some(View::Inside(_))), "and is inside");
    let (refused, aside) = (count(Some(false)), count(None));
    say(&format!("64 desks on two nodes admit one patient: one did, {refused} were refused, {aside} were moved aside"));
}

/// Being let in is heard once, over however many connections: a node that stands still sends its people elsewhere.
async fn hears(patient: &mut Page) -> ! {
    let (mut beat, mut admitted) = (tokio::time::interval(Duration::from_secs(4)), 0);
    loop {
        let goes_on = tokio::select! {
            heard = patient.hear() => {
                admitted += usize::from(matches!(heard, Some(ServerMessage::Admitted(_))));
                heard.is_some()
            }
            _ = beat.tick() => patient.say(ClientMessage::Ping(Ping { nonce: 1 })).await.is_some(),
        };
        assert!(admitted <= 1, "let in twice");
        if !goes_on {
            patient.enter(6 * JOIN).await;
        }
    }
}

/// True when done, false when refused, `None` when another desk had the seat.
async fn admits(mut page: Page) -> Option<bool> {
    let welcome = page.enter(6 * JOIN).await;
    if is_open_elsewhere(&welcome) {
        page.does(ClientMessage::TakeoverAsk(Empty {})).await?;
    }
    page.does(ClientMessage::Admit(Admit { seat: SeatId::from("p1"), identity_confirmed: true })).await
}
