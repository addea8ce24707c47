//! The way from a room to one socket: a bounded queue. A page that does not keep up loses its connection, never its place.

use signaling::message::{Bye, CloseWord, Envelope, ServerMessage};
use signaling::wire;
use tokio::sync::mpsc;

use crate::base::ids::NodeId;
use crate::identity::StaffActor;

/// A whole replay after a lost connection fits, and what comes meanwhile.
const QUEUE: usize = 320;

#[derive(Debug)]
pub(super) enum Outgoing {
    Text(String),
    /// `bye` was the last text.
    Close(CloseWord),
}

/// The room's end. Dropping it without a `Close` tells the socket that the room failed.
#[derive(Debug)]
pub(super) struct Line {
    queue: mpsc::Sender<Outgoing>,
    /// Who is signed in there, if it is staff.
    pub(super) staff: Option<StaffActor>,
    /// The socket is another node's.
    pub(super) is_far: bool,
}

/// What a connection is told that the gateway itself ends.
#[derive(Clone, Debug)]
pub(super) struct Goodbye {
    pub(super) word: CloseWord,
    pub(super) retry_after_s: Option<u32>,
    /// Who runs the room.
    pub(super) node: Option<NodeId>,
}

impl Goodbye {
    /// Another node runs the room, or will.
    pub(super) fn elsewhere(node: Option<NodeId>) -> Self {
        Self { word: CloseWord::Elsewhere, retry_after_s: Some(0), node }
    }
}

impl From<CloseWord> for Goodbye {
    fn from(word: CloseWord) -> Self {
        Self { word, retry_after_s: word.comes_back().then_some(2), node: None }
    }
}

impl Line {
    pub(super) fn new(staff: Option<StaffActor>) -> (Self, mpsc::Receiver<Outgoing>) {
        metrics::gauge!("sessions_live").increment(1.0);
        let (queue, outgoing) = mpsc::channel(QUEUE);
        (Self { queue, staff, is_far: false }, outgoing)
    }

    pub(super) fn far(staff: Option<StaffActor>) -> (Self, mpsc::Receiver<Outgoing>) {
        let (mut line, outgoing) = Self::new(staff);
        line.is_far = true;
        (line, outgoing)
    }

    /// False when the page is gone or does not keep up.
    #[must_use]
    pub(super) fn put(&self, outgoing: Outgoing) -> bool {
        self.queue.try_send(outgoing).is_ok()
    }

    /// For a connection that no room can say goodbye to. A page that does not take it is gone already.
    pub(super) fn say_goodbye(&self, goodbye: &Goodbye) {
        let Goodbye { word, retry_after_s, ref node } = *goodbye;
        let bye = ServerMessage::Bye(Bye { code: word, retry_after_s, node: node.as_ref().map(|node| node.0.clone()) });
        let _ = self.put(Outgoing::Text(wire::write(&Envelope { n: None, ack: 0, id: None, message: bye })));
        let _ = self.put(Outgoing::Close(word));
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        metrics::gauge!("sessions_live").decrement(1.0);
    }
}
