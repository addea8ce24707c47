//! Real gateways with a real Redis and PostgreSQL, all of them children of this program, and what becomes of visits when one is hurt.
//! Each test says what it measured; `FAULTS_SOCKETS`, `FAULTS_ROUNDS` and `FAULTS_RACES` make the crowd larger (`make soak`).
//! Times leave out what the machine's host took (`tests/support/watch.rs`).
//!
//! | what is promised | where it is shown |
//! | --- | --- |
//! | R1 nothing acknowledged lost, doubled or half applied | `tests/nothing_lost/kills.rs`, on both stores |
//! | R2 signaling in order, exactly once | `signaling/tests/resume` (property), `tests/gateway/lines.rs` (lines cut at random bytes) |
//! | R3 media runs on while the gateway is killed and started | `tests/stories/07-gateway-dies.story.ts`, `20-two-nodes.story.ts` |
//! | R4 Redis killed, stopped, flushed, away | `redis.rs` |
//! | R5 one live session a seat, no ghosts; a paused node comes back | `killed.rs`, `paused.rs`; `signaling/tests/resume` |
//! | R6 exactly one wins | `tests/nothing_lost/races.rs`; of 64 admissions one: `races.rs` |
//! | R7 2,000 sockets back within 10 s | `killed.rs` |
//! | R8 memory, tasks, descriptors return | `leavings.rs`; `load-tests soak` |
//! | R9 calls go on while the disk is full or the database away | `database.rs`; `src/rooms/tests.rs`, `tests/gateway/rooms.rs` (somebody is lost meanwhile) |
//! | R11 nobody fails to join during a rolling upgrade | `rolling.rs`; media: `tests/stories/07-gateway-dies.story.ts` |
//! | R12 three times the load | `overload.rs`; `tests/gateway/flood.rs`; `load-tests overload` |
//! | nothing of a record leaves but what is shown | `canaries.rs` |
//! | R17 a panic closes that session alone | `src/rooms/tests.rs` |

#![expect(unreachable_pub, reason = "a test program has no outside")]
#![allow(dead_code, reason = "the servers can do more than every test needs")]

#[path = "../../load-tests/src/backoff.rs"]
mod backoff;
#[path = "../gateway/support/fhir.rs"]
mod fhir;
#[path = "../support/gateway.rs"]
mod gateway;
#[path = "../support/page.rs"]
mod page;
#[path = "../support/postgres.rs"]
mod postgres;
#[path = "../support/redis.rs"]
mod redis_server;
#[path = "../support/watch.rs"]
mod watch;

mod cluster;
mod visits;

mod balancers;
mod canaries;
mod database;
mod killed;
mod leavings;
mod overload;
mod paused;
mod races;
mod redis;
mod revoked;
mod rolling;

use std::io::Write;
use std::time::Duration;

use tokio::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::page::Page;
use crate::watch::Watch;

/// A person who joins waits no longer.
const JOIN: Duration = Duration::from_secs(10);

/// A figure for the person who runs the tests; libtest would keep what is printed otherwise.
fn say(figure: &str) {
    let _ = writeln!(std::io::stderr(), "faults: {figure}");
}

/// Waits for a condition that somebody else brings about.
async fn until(what: &str, limit: Duration, mut holds: impl AsyncFnMut() -> bool) -> Duration {
    let began = Watch::start();
    let mut tick = tokio::time::interval(Duration::from_millis(20));
    while !holds().await {
        assert!(began.elapsed() < limit, "{what}: not within {limit:?}");
        tick.tick().await;
    }
    began.elapsed()
}

/// Something that may take longer than a page is kept that says nothing; this one goes on saying that it is there.
async fn beside<T>(page: &mut Page, work: impl Future<Output = T>) -> T {
    tokio::select! {
        done = work => done,
        () = page.stay() => panic!("the line holds: {:?}", page.ended),
    }
}

/// Work that blocks, while others go on.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.expect("no panic")
}

static TURN: RwLock<()> = RwLock::const_new(());

/// One at a time: they measure, or hurt what all of them stand on.
async fn alone() -> RwLockWriteGuard<'static, ()> {
    TURN.write().await
}

/// Most of their time they wait for something to happen, and may do so side by side.
async fn in_company() -> RwLockReadGuard<'static, ()> {
    TURN.read().await
}
