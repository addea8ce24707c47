//! People and programs that mean harm, and what the others notice of it: memory, answers, closing codes. One attack at a time,
//! each measured against the calm before it in the same run; the figures are printed.

#![expect(unreachable_pub, reason = "a test program has no outside")]
#![allow(dead_code, reason = "people know more sentences than every test needs")]
#![expect(clippy::print_stdout, reason = "the figures are for the reader")]

#[path = "../support/postgres.rs"]
mod postgres;
#[path = "../gateway/support/mod.rs"]
#[allow(unused_imports, reason = "people know more words than these tests need")]
mod support;
#[path = "../support/watch.rs"]
mod watch;

mod connections;
mod crowd;
mod frames;
mod messages;
