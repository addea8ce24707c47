//! What the two ends of a relayed socket say to each other. The bus seals it.

use serde::{Deserialize, Serialize};
use signaling::message::CloseWord;

use crate::base::ids::{NodeId, SeatId, VisitId};
use crate::bus::Bus;
use crate::identity::StaffActor;

#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Parcel {
    /// To the node that runs the room. `n` rises by one with every parcel of a socket, from 0.
    Up { visit: VisitId, socket: u64, n: u64, said: Up },
    /// To the node that has the socket. `n` rises by one, from 1.
    Down { visit: VisitId, socket: u64, n: u64, said: Down },
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Up {
    Connect(Box<Caller>),
    Text(String),
    Gone,
}

#[derive(Debug, Serialize, Deserialize)]
pub(in crate::rooms) enum Down {
    Text(String),
    /// `bye` was the last text.
    Close(CloseWord),
    /// There is no such socket here, or not any more; said under any number.
    Lost,
}

/// Who is at the door, as the node with the socket has found.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Caller {
    pub(super) seat: SeatId,
    pub(super) device: String,
    pub(super) staff: Option<StaffActor>,
    /// As the page said it.
    pub(super) hello: String,
}

impl Parcel {
    /// False when it certainly does not arrive.
    #[must_use]
    pub(super) fn post(&self, bus: &Bus, to: &NodeId) -> bool {
        let text = serde_json::to_string(self).expect("a parcel is plain data and always serializes");
        bus.post(to, text)
    }
}
