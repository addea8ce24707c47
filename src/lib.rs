//! Housecall: a telehealth video visit gateway that a clinic runs itself.
//!
//! Arrows point down only: `app` → `rooms` → the domain → identity and its neighbours → the base.

pub mod app;

pub mod rooms;

pub mod connections;
pub mod equipment;
pub mod records;
pub mod support;
pub mod timeline;
pub mod visits;

pub mod audit;
pub mod facilities;
pub mod identity;
pub mod media;
pub mod notices;

pub mod base;
pub mod bus;
pub mod config;
pub mod http;
pub mod nodes;
pub mod store;
