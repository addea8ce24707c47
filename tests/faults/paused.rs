//! A node stands still, its rooms are taken, and it wakes (R5): nothing that it still wanted to write is written, and nobody stays in its rooms.

use std::time::Duration;

use signaling::message::{Arrival, ClientMessage, Empty};
use tokio::time::Instant;

use crate::cluster::House;
use crate::page::{Page, Ways};
use crate::redis_server::Redis;
use crate::{beside, in_company, postgres, say, until, visits};

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_wakes_after_its_rooms_were_taken_writes_nothing() {
    let _turn = in_company().await;
    let (database, redis) = (postgres::server().database().await, Redis::start());
    let house = House::new(Some(database.url()), Some(&redis));
    let (a, b) = (house.node("a").await, house.node("b").await);
    visits::book(&database.url(), 1).await;
    let ways = Ways::to(&[&a, &b]);
    let (mut patient, mut clinician) = (Page::patient(&ways, 1).at(&a), Page::clinician(&ways, 1).at(&a));
    patient.enter(Duration::from_secs(20)).await;
    assert_eq!(patient.check_in().await, Some(true));
    clinician.enter(Duration::from_secs(20)).await;

    a.signal("STOP");
    let stopped_at = Instant::now();
    // Said to a node that does not hear it; it will find it when it wakes.
    clinician.say(ClientMessage::End(Empty {})).await.expect("it goes into the socket");
    let mut moved = Page::patient(&ways, 1).at(&b);
    let welcome = moved.enter(Duration::from_secs(30)).await;
    let taken = stopped_at.elapsed();
    assert_eq!((welcome.node.as_str(), welcome.arrival), ("b", Arrival::New));

    a.signal("CONT");
    let woke_at = Instant::now();
    let awake = async {
        while clinician.hear().await.is_some() {}
        while patient.hear().await.is_some() {}
        let cut = woke_at.elapsed();
        until("no room is left on the node that slept", Duration::from_secs(20), async || a.metric("rooms_live").await == 0.0)
            .await;
        cut
    };
    let cut = beside(&mut moved, awake).await;
    let state = visits::ask(&database.url(), "SELECT state || ' ' || node || ' ' || epoch FROM visits WHERE id = 'v1'").await;
    assert_eq!(state, "booked b 2", "the end that was asked of the old room did not happen");
    assert_eq!(moved.ping(5).await.map(|_| ()), Some(()), "the new room goes on");
    clinician.enter(Duration::from_secs(20)).await;
    assert_eq!(clinician.does(ClientMessage::End(Empty {})).await, Some(true), "and can be ended where it is");
    say(&format!(
        "node stopped for {:.1} s: its room taken after {:.1} s, its sockets closed {:.2} s after it woke, nothing written",
        stopped_at.elapsed().as_secs_f64(),
        taken.as_secs_f64(),
        cut.as_secs_f64()
    ));
}
