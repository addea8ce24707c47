//! Both nodes are upgraded, one after the other, while people join (R11).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::time::Instant;

use crate::cluster::House;
use crate::page::{Page, Ways};
use crate::redis_server::Redis;
use crate::{alone, postgres, say, visits};

/// A person who joins waits no longer.
const JOIN: Duration = Duration::from_secs(10);

#[tokio::test(flavor = "multi_thread")]
async fn nobody_fails_to_join_while_the_nodes_are_upgraded() {
    let _turn = alone().await;
    let (database, redis) = (postgres::server().database().await, Redis::start());
    let house = House::new(Some(database.url()), Some(&redis));
    let (mut a, mut b) = (house.node("a").await, house.node("b").await);
    visits::book(&database.url(), 2_000).await;
    let ways = Ways::to(&[&a, &b]);
    let stop = Arc::new(AtomicBool::new(false));
    let joins: Vec<_> = (0..4)
        .map(|door| {
            let (ways, stop) = (ways.clone(), Arc::clone(&stop));
            tokio::spawn(async move {
                let (mut slowest, mut joined) = (Duration::ZERO, 0_usize);
                while !stop.load(Ordering::SeqCst) {
                    let began = Instant::now();
                    let mut page = Page::patient(&ways, 1 + door * 500 + joined % 500);
                    loop {
                        page.enter(JOIN).await;
                        if page.check_in().await == Some(true) {
                            break;
                        }
                        assert!(began.elapsed() < JOIN, "a join failed");
                    }
                    slowest = slowest.max(began.elapsed());
                    joined += 1;
                }
                (joined, slowest)
            })
        })
        .collect();
    let mut drains = Vec::new();
    for node in [&mut a, &mut b] {
        drains.push(node.stop().await);
        house.start_again(node).await;
    }
    stop.store(true, Ordering::SeqCst);
    let (mut joined, mut slowest) = (0, Duration::ZERO);
    for join in joins {
        let (count, took) = join.await.expect("no join failed");
        (joined, slowest) = (joined + count, slowest.max(took));
    }
    let drain = drains.iter().max().expect("two");
    say(&format!(
        "rolling restart: {joined} joins, none failed, slowest {:.1} s; longest drain {:.1} s",
        slowest.as_secs_f64(),
        drain.as_secs_f64()
    ));
    assert!(*drain <= Duration::from_secs(30) && joined > 20);
}
