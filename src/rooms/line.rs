//! The way from a room to one socket: a bounded queue. A page that does not keep up loses its connection, never its place.

use signaling::message::{Bye, CloseWord, Envelope, ServerMessage};
use signaling::wire;
use tokio::sync::mpsc;

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
}

impl Line {
    pub(super) fn new(staff: Option<StaffActor>) -> (Self, mpsc::Receiver<Outgoing>) {
        metrics::gauge!("sessions_live").increment(1.0);
        let (queue, outgoing) = mpsc::channel(QUEUE);
        (Self { queue, staff }, outgoing)
    }

    /// False when the page is gone or does not keep up.
    #[must_use]
    pub(super) fn put(&self, outgoing: Outgoing) -> bool {
        self.queue.try_send(outgoing).is_ok()
    }

    /// For a connection that no room can say goodbye to. A page that does not take it is gone already.
    pub(super) fn say_goodbye(&self, word: CloseWord) {
        let bye = ServerMessage::Bye(Bye { code: word, retry_after_s: word.comes_back().then_some(2) });
        let _ = self.put(Outgoing::Text(wire::write(&Envelope { n: None, ack: 0, id: None, message: bye })));
        let _ = self.put(Outgoing::Close(word));
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        metrics::gauge!("sessions_live").decrement(1.0);
    }
}
