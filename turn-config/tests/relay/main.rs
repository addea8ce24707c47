//! The embedded relay with real sockets on loopback.

mod agents;
mod coturn;
mod credentials;
mod ends;
mod house;
mod limits;
mod peers;
mod turn_client;
mod visits;
