//! Sockets that came to another node than the one that runs their room. There a `proxy` stands in for the room, here a `host` for the
//! socket; between them every message is numbered, and a hole closes the socket in a way that makes the page resume.

pub(super) mod host;
mod parcel;
pub(super) mod proxy;

pub(super) use parcel::Down;
