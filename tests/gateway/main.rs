//! The gateway from outside: people speak to the built router over a database of their own and a clock that is moved.

#![expect(unreachable_pub, reason = "a test program has no outside")]
#![allow(dead_code, reason = "people know more sentences than every test needs")]

#[path = "../support/postgres.rs"]
mod postgres;
#[path = "../support/redis.rs"]
mod redis_server;
mod support;

mod assets;
mod audit;
mod beforehand;
mod claims;
mod cluster;
mod connections;
mod database_tls;
mod demo;
mod desk;
mod door;
mod facility;
mod flood;
mod help;
mod house;
mod joining;
mod lines;
mod links;
mod listener;
mod media;
mod nodes;
mod notices;
mod pages;
mod record;
mod record_server;
mod rooms;
mod schedule;
mod seats;
mod serving;
mod shared_store;
mod shown;
mod sign_in;
mod signed_out;
mod store;
mod test_report;
mod timeline;
mod upkeep;
mod websocket;
