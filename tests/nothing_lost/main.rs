//! R1 and R6: real gateways that are killed at any moment, and many who want the same thing at once, on both stores.

#![expect(unreachable_pub, reason = "a test program has no outside")]
#![allow(dead_code, reason = "people know more sentences than these tests need")]

#[path = "../support/postgres.rs"]
mod postgres;
#[path = "../gateway/support/mod.rs"]
mod support;

mod browser;
mod desk;
mod kills;
mod node;
mod races;
mod room;
