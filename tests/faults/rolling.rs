//! Both nodes are upgraded, one after the other, while people join (R11).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use crate::cluster::{self, House};
use crate::page::{Page, Ways};
use crate::redis_server::Redis;
use crate::watch::Watch;
use crate::{JOIN, alone, postgres, say, until, visits};

/// So many have joined before a node is stopped, and again once it is back, however fast the machine restarts it.
const BETWEEN: usize = 10;

#[tokio::test(flavor = "multi_thread")]
async fn nobody_fails_to_join_while_the_nodes_are_upgraded() {
    let _turn = alone().await;
    let (database, redis) = (postgres::server().database().await, Redis::start());
    let house = House::new(Some(database.url()), Some(&redis));
    let (a, b) = (house.node("a").await, house.node("b").await);
    visits::book(&database.url(), 2_000).await;
    let ways = Ways::to(&[&a, &b]);
    let (stop, joined) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let joins: Vec<_> = (0..4)
        .map(|door| {
            let (ways, stop, joined) = (ways.clone(), Arc::clone(&stop), Arc::clone(&joined));
            tokio::spawn(async move {
                let mut slowest = Duration::ZERO;
                for round in 0.. {
                    if stop.load(Ordering::SeqCst) {
                        break;
                    }
                    let began = Watch::start();
                    let mut page = Page::patient(&ways, 1 + door * 500 + round % 500);
                    loop {
                        page.enter(JOIN).await;
                        if page.check_in().await == Some(true) {
                            break;
                        }
                        assert!(began.elapsed() < JOIN, "a join failed");
                    }
                    slowest = slowest.max(began.elapsed());
                    joined.fetch_add(1, Ordering::SeqCst);
                }
                slowest
            })
        })
        .collect();
    let mut drains = Vec::new();
    for node in [&a, &b] {
        more_join(&joined).await;
        node.signal("TERM");
        let began = Watch::start();
        assert_eq!(node.death().await, None, "it ends by itself");
        drains.push(began.elapsed());
        cluster::start(node).await;
    }
    more_join(&joined).await;
    stop.store(true, Ordering::SeqCst);
    let mut slowest = Duration::ZERO;
    for join in joins {
        slowest = slowest.max(join.await.expect("no join failed"));
    }
    let joined = joined.load(Ordering::SeqCst);
    let drain = drains.iter().max().expect("two");
    say(&format!(
        "rolling restart: {joined} joins, none failed, slowest {:.1} s; longest drain {:.1} s",
        slowest.as_secs_f64(),
        drain.as_secs_f64()
    ));
    assert!(*drain <= Duration::from_secs(30), "a drain took {drain:?}");
}

async fn more_join(joined: &AtomicUsize) {
    let enough = joined.load(Ordering::SeqCst) + BETWEEN;
    until("people join", 2 * JOIN, async || joined.load(Ordering::SeqCst) >= enough).await;
}
