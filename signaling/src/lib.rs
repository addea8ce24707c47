//! Wire messages and the live room of a visit. No clock, no sockets, no tasks: time and input are handed in.

pub mod candidate;
pub mod ids;
pub mod message;
pub mod quality;
pub mod room;
#[cfg(feature = "typescript")]
pub mod typescript;
pub mod wire;
pub mod words;
