//! The way from a room to one socket: a queue that is bounded in messages and in bytes. A page that does not keep up loses its
//! connection, never its place.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use signaling::message::{Bye, CloseWord, Envelope, MAX_MESSAGE_BYTES, ServerMessage};
use signaling::room::{BUFFER_BYTES, BUFFER_MESSAGES};
use signaling::wire;
use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TryRecvError;

use crate::base::ids::NodeId;
use crate::identity::StaffActor;

/// A whole replay after a lost connection fits, and what comes meanwhile.
const MESSAGES: usize = BUFFER_MESSAGES + 64;
const BYTES: usize = BUFFER_BYTES + 2 * MAX_MESSAGE_BYTES;

#[derive(Debug)]
pub(super) enum Outgoing {
    Text(String),
    /// `bye` was the last text.
    Close(CloseWord),
}

impl Outgoing {
    fn bytes(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Close(_) => 0,
        }
    }
}

/// The room's end. Dropping it without a `Close` tells the socket that the room failed.
#[derive(Debug)]
pub(super) struct Line {
    queue: mpsc::Sender<Outgoing>,
    /// How much waits in the queue.
    bytes: Arc<AtomicUsize>,
    /// Who is signed in there, if it is staff. Boxed: a line travels through inboxes, whose places are as large as what is largest.
    pub(super) staff: Option<Box<StaffActor>>,
    /// The socket is another node's.
    pub(super) is_far: bool,
}

/// The socket's end.
#[derive(Debug)]
pub(super) struct LineEnd {
    queue: mpsc::Receiver<Outgoing>,
    bytes: Arc<AtomicUsize>,
}

impl LineEnd {
    /// `None` when the room dropped the line.
    pub(super) async fn recv(&mut self) -> Option<Outgoing> {
        let outgoing = self.queue.recv().await?;
        Some(self.taken(outgoing))
    }

    pub(super) fn try_recv(&mut self) -> Result<Outgoing, TryRecvError> {
        let outgoing = self.queue.try_recv()?;
        Ok(self.taken(outgoing))
    }

    fn taken(&self, outgoing: Outgoing) -> Outgoing {
        self.bytes.fetch_sub(outgoing.bytes(), Ordering::Relaxed);
        outgoing
    }
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
    pub(super) fn new(staff: Option<StaffActor>) -> (Self, LineEnd) {
        metrics::gauge!("sessions_live").increment(1.0);
        let (sender, receiver) = mpsc::channel(MESSAGES);
        let bytes = Arc::<AtomicUsize>::default();
        let end = LineEnd { queue: receiver, bytes: bytes.clone() };
        (Self { queue: sender, bytes, staff: staff.map(Box::new), is_far: false }, end)
    }

    pub(super) fn far(staff: Option<StaffActor>) -> (Self, LineEnd) {
        let (mut line, outgoing) = Self::new(staff);
        line.is_far = true;
        (line, outgoing)
    }

    /// False when the page is gone or does not keep up.
    #[must_use]
    pub(super) fn put(&self, outgoing: Outgoing) -> bool {
        let more = outgoing.bytes();
        let fits = self.bytes.fetch_add(more, Ordering::Relaxed) + more <= BYTES;
        let is_put = fits && self.queue.try_send(outgoing).is_ok();
        if !is_put {
            self.bytes.fetch_sub(more, Ordering::Relaxed);
        }
        is_put
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

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: usize) -> Outgoing {
        Outgoing::Text("x".repeat(bytes))
    }

    fn put_all(line: &Line, bytes: usize) -> usize {
        (0..10_000).take_while(|_| line.put(text(bytes))).count()
    }

    #[test]
    fn a_line_holds_a_whole_replay_and_little_more() {
        let (line, _end) = Line::new(None);
        assert_eq!(put_all(&line, 10), MESSAGES, "small ones are counted");
        let (line, _end) = Line::new(None);
        let held = put_all(&line, MAX_MESSAGE_BYTES) * MAX_MESSAGE_BYTES;
        assert!((BUFFER_BYTES..=BYTES).contains(&held), "large ones are weighed: {held}");
    }

    #[test]
    fn what_the_socket_has_taken_makes_room() {
        let (line, mut end) = Line::new(None);
        put_all(&line, MAX_MESSAGE_BYTES);
        assert!(!line.put(text(MAX_MESSAGE_BYTES)) && line.put(text(0)), "nothing is counted of what did not fit");
        for _ in 0..10 {
            assert!(matches!(end.try_recv(), Ok(Outgoing::Text(_))));
            assert!(line.put(text(MAX_MESSAGE_BYTES)));
        }
    }
}
