//! What is said on a visit's WebSocket, in both directions, as types.
//!
//! A message travels in one JSON envelope, `{"v":1,"n":7,"ack":4,"id":"c3","type":"admit","data":{…}}`:
//! `n` numbers what must arrive in order and exactly once, `ack` confirms everything received up to it,
//! `id` marks a command that may be repeated without harm. Reading and writing the envelope is in `wire`.

mod call;
mod check;
mod client;
mod door;
mod ending;
mod people;
mod quality;
mod record;
mod server;

use serde::{Deserialize, Serialize};

use crate::ids::CommandId;

pub use call::*;
pub use check::*;
pub use client::*;
pub use door::*;
pub use ending::*;
pub use people::*;
pub use quality::*;
pub use record::*;
pub use server::*;

/// The one protocol version of this build.
pub const VERSION: u32 = 1;
/// The largest message either side may send, in bytes.
pub const MAX_MESSAGE_BYTES: usize = 64 * 1024;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Empty {}

/// The envelope of a message as both sides write it.
#[derive(Clone, Debug, PartialEq)]
pub struct Envelope<M> {
    /// Contiguous from 1; absent on messages of the connection itself.
    pub n: Option<u64>,
    /// Everything up to this number has been received.
    pub ack: u64,
    /// Names a command, and the command that `done` and `refused` answer.
    pub id: Option<CommandId>,
    pub message: M,
}
