//! Real gateways with a real Redis and PostgreSQL, all of them children of this program, and what becomes of visits when one is hurt.
//! Each test says what it measured; `FAULTS_SOCKETS` makes the crowd larger (`make soak`).

#![expect(unreachable_pub, reason = "a test program has no outside")]
#![allow(dead_code, reason = "the servers can do more than every test needs")]

#[path = "../support/postgres.rs"]
mod postgres;
#[path = "../support/redis.rs"]
mod redis_server;

mod cluster;
mod page;
mod visits;

mod database;
mod killed;
mod leavings;
mod paused;
mod redis;
mod rolling;

use std::io::Write;
use std::time::Duration;

/// A figure for the person who runs the tests; libtest would keep what is printed otherwise.
fn say(figure: &str) {
    let _ = writeln!(std::io::stderr(), "faults: {figure}");
}

/// Waits for a condition that somebody else brings about.
async fn until(what: &str, limit: Duration, mut holds: impl AsyncFnMut() -> bool) -> Duration {
    let began = tokio::time::Instant::now();
    let mut tick = tokio::time::interval(Duration::from_millis(20));
    while !holds().await {
        assert!(began.elapsed() < limit, "{what}: not within {limit:?}");
        tick.tick().await;
    }
    began.elapsed()
}

/// One at a time: they measure.
async fn alone() -> tokio::sync::MutexGuard<'static, ()> {
    static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
    TURN.lock().await
}
