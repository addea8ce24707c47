//! Redis killed, stopped, flushed, away (R4): visits on one node do not notice, joins go on, and all is well soon after it is back.

use std::time::Duration;

use tokio::time::Instant;

use crate::cluster::House;
use crate::gateway::Gateway;
use crate::page::{Page, Ways};
use crate::redis_server::Redis;
use crate::{aside, beside, in_company, postgres, say, until, visits};

const AWAY: Duration = Duration::from_secs(4);

struct Clinic {
    a: Gateway,
    b: Gateway,
    ways: Ways,
    joined: usize,
    slowest: Duration,
}

impl Clinic {
    /// A call on one node goes on for so long, while somebody joins each node again and again.
    async fn goes_on(&mut self, patient: &mut Page, for_so_long: Duration) {
        let began = Instant::now();
        // As often as a page may speak for long.
        let mut turn = tokio::time::interval(Duration::from_millis(60));
        while began.elapsed() < for_so_long {
            turn.tick().await;
            let took = patient
                .ping(3)
                .await
                .unwrap_or_else(|| panic!("the call on one node goes on: {:?} after {} joins", patient.ended, self.joined));
            self.slowest = self.slowest.max(took);
            self.joined += 1;
            let at = if self.joined.is_multiple_of(2) { &self.a } else { &self.b };
            let mut new = Page::patient(&self.ways, 1 + self.joined).at(at);
            new.enter(Duration::from_secs(10)).await;
            assert_eq!(new.check_in().await, Some(true), "joins go on");
        }
    }

    async fn is_well(&self) -> Duration {
        let nodes = [&self.a, &self.b];
        // 5 s where nothing else is to be done.
        until("the bus is back", Duration::from_secs(20), async || {
            for node in nodes {
                if node.metric("bus_up").await != 1.0 {
                    return false;
                }
            }
            true
        })
        .await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn visits_and_joins_go_on_whatever_becomes_of_redis() {
    let _turn = in_company().await;
    let (database, mut redis) = (postgres::server().database().await, Redis::start());
    let house = House::new(Some(database.url()), Some(&redis));
    let (a, b) = (house.node("a").await, house.node("b").await);
    visits::book(&database.url(), 2_000).await;
    let ways = Ways::to(&[&a, &b]);
    let mut clinic = Clinic { a, b, ways, joined: 0, slowest: Duration::ZERO };
    clinic.is_well().await;
    let mut patient = Page::patient(&clinic.ways, 1).at(&clinic.a);
    patient.enter(Duration::from_secs(20)).await;
    let mut relayed = Page::clinician(&clinic.ways, 1).at(&clinic.b);
    relayed.enter(Duration::from_secs(20)).await;
    assert!(clinic.b.metric("sockets_relayed_total").await >= 1.0);

    redis.kill();
    clinic.goes_on(&mut patient, AWAY).await;
    let started = async {
        relayed.enter(Duration::from_secs(20)).await;
        let started = move || {
            redis.start_again();
            redis
        };
        (aside(started).await, clinic.is_well().await)
    };
    let (redis, after_kill) = beside(&mut patient, started).await;

    redis.signal("STOP");
    clinic.goes_on(&mut patient, AWAY).await;
    redis.signal("CONT");
    let after_stop = beside(&mut patient, clinic.is_well()).await;

    let client = ::redis::Client::open(redis.url()).expect("an address");
    let mut stranger = client.get_multiplexed_async_connection().await.expect("connected");
    let () = ::redis::cmd("FLUSHALL").query_async(&mut stranger).await.expect("flushed");
    clinic.goes_on(&mut patient, Duration::from_secs(1)).await;
    clinic.is_well().await;
    let mut again = Page::clinician(&clinic.ways, 1).at(&clinic.b);
    again.enter(Duration::from_secs(20)).await;
    say(&format!(
        "Redis killed and stopped: {} joins went on, slowest message on one node {} ms; well {:.1} s and {:.1} s after it was back",
        clinic.joined,
        clinic.slowest.as_millis(),
        after_kill.as_secs_f64(),
        after_stop.as_secs_f64()
    ));
}
