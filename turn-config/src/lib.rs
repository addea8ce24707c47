//! Everything about the relay (TURN, RFC 8656): credentials, ICE server lists, the peer filter, the embedded relay, coturn's configuration.
//!
//! Depends on nothing else of the house. Time is handed in as UTC milliseconds.

pub mod access;
pub mod address;
pub mod coturn;
pub mod credentials;
pub mod ended;
pub mod ice;
pub mod peers;
pub mod relay;
