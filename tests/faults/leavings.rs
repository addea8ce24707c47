//! What many joins and leaves leave behind (R8): nothing.

use std::time::Duration;

use futures_util::future::join_all;
use signaling::message::{ClientMessage, Empty};
use tokio::time::Instant;

use crate::cluster::House;
use crate::gateway::Gateway;
use crate::page::{Page, Ways};
use crate::{alone, postgres, say, until, visits};

const AT_ONCE: usize = 25;

fn rounds() -> usize {
    std::env::var("FAULTS_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(20)
}

struct Holds {
    descriptors: usize,
    tasks: f64,
    /// MiB, resident.
    memory: f64,
}

async fn holds(node: &Gateway) -> Holds {
    let place = format!("/proc/{}", node.process());
    let descriptors = std::fs::read_dir(format!("{place}/fd")).expect("a process").count();
    let status = std::fs::read_to_string(format!("{place}/status")).expect("a process");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("resident memory");
    let memory = line.trim().trim_end_matches(" kB").parse::<f64>().expect("a number") / 1024.0;
    Holds { descriptors, tasks: node.metric("tasks_live").await, memory }
}

async fn round(ways: &Ways) {
    let people = (1..=AT_ONCE).map(|n| async move {
        let mut page = Page::patient(ways, n);
        page.enter(Duration::from_secs(30)).await;
        assert_eq!(page.check_in().await, Some(true));
        assert_eq!(page.does(ClientMessage::Leave(Empty {})).await, Some(true));
    });
    join_all(people).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_joins_and_leaves_leave_nothing_behind() {
    let _turn = alone().await;
    let database = postgres::server().database().await;
    let house = House::new(Some(database.url()), None);
    let node = house.node("a").await;
    visits::book(&database.url(), AT_ONCE).await;
    let ways = Ways::to(&[&node]);
    let is_empty = async || node.metric("sessions_live").await == 0.0 && node.metric("rooms_live").await == 0.0;
    // What is made once is made in the first rounds.
    for _ in 0..4 {
        round(&ways).await;
    }
    until("the rooms close", Duration::from_secs(30), is_empty).await;
    let (before, began) = (holds(&node).await, Instant::now());
    for _ in 0..rounds() {
        round(&ways).await;
    }
    until("the rooms close", Duration::from_secs(30), is_empty).await;
    let after = holds(&node).await;
    say(&format!(
        "{} joins and leaves in {:.0} s: descriptors {} and {}, tasks {} and {}, memory {:.1} and {:.1} MiB, no room and no session left",
        rounds() * AT_ONCE,
        began.elapsed().as_secs_f64(),
        before.descriptors,
        after.descriptors,
        before.tasks,
        after.tasks,
        before.memory,
        after.memory
    ));
    assert!(after.descriptors <= before.descriptors + 4, "descriptors");
    assert!(after.tasks <= before.tasks + 4.0, "tasks");
    assert!(after.memory <= before.memory * 1.2 + 4.0, "memory");
}
