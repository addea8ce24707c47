//! R1 and R6: real gateways that are killed at any moment, and many who want the same thing at once, on both stores.

#![expect(unreachable_pub, reason = "a test program has no outside")]
#![allow(dead_code, reason = "people know more sentences than these tests need")]

#[path = "../../load-tests/src/backoff.rs"]
mod backoff;
#[path = "../support/gateway.rs"]
mod gateway;
#[path = "../support/page.rs"]
mod page;
#[path = "../support/postgres.rs"]
mod postgres;
#[path = "../support/redis.rs"]
mod redis_server;
#[path = "../gateway/support/mod.rs"]
mod support;
#[path = "../support/watch.rs"]
mod watch;

mod browser;
mod desk;
mod kills;
mod races;
mod room;
