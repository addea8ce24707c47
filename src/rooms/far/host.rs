//! Takes in the sockets that other nodes have for rooms of this one. To the room they are lines like any other.

use std::collections::HashMap;

use signaling::message::{ClientMessage, Envelope};
use signaling::room::{ConnectionId, FLOOD_BURST};
use signaling::wire;
use tokio::sync::mpsc;

use super::parcel::{Caller, Down, Parcel, Up};
use crate::base::ids::{NodeId, VisitId};
use crate::bus::{Bus, Letter};
use crate::rooms::guest::Guest;
use crate::rooms::hub::Hub;
use crate::rooms::line::{Line, Outgoing};
use crate::rooms::task::Event;

/// What may wait for one socket's turn: a whole burst, and what a page may say in the seconds until it is through. A socket with more is
/// closed, and its page resumes.
const INBOX: usize = 2 * FLOOD_BURST.unsigned_abs() as usize;

/// A socket of another node: numbers begin anew when that node does.
type Key = (NodeId, i64, u64);

struct Way {
    inbox: mpsc::Sender<Up>,
    next: u64,
}

/// Until the gateway closes.
pub(in crate::rooms) async fn follow(hub: Hub, mut letters: mpsc::Receiver<Letter>) {
    let Some(mut is_up) = hub.context().bus.is_up() else { return };
    let mut ways = HashMap::new();
    loop {
        let letter = tokio::select! {
            letter = letters.recv() => letter,
            () = hub.closing() => None,
            Ok(()) = is_up.changed() => {
                if !*is_up.borrow_and_update() {
                    // Their sockets have been sent here; each task sees the end of its inbox.
                    ways.clear();
                }
                continue;
            }
        };
        let Some(letter) = letter else { return };
        let Letter { from, run, text } = letter;
        match serde_json::from_str(&text) {
            Ok(Parcel::Up { visit, socket, n, said }) => take(&hub, &mut ways, (from, run, socket), visit, n, said),
            Ok(Parcel::Down { visit, socket, n, said }) => {
                let far = Event::Far { connection: ConnectionId(socket), n, said };
                // One that does not fit leaves a hole, which closes the socket.
                let _ = hub.open_room(&visit).is_some_and(|room| room.tell_now(far));
            }
            // A node of another version; its sockets are told by the silence.
            Err(error) => tracing::warn!(%error, %from, "a letter that is none"),
        }
    }
}

fn take(hub: &Hub, ways: &mut HashMap<Key, Way>, key: Key, visit: VisitId, n: u64, said: Up) {
    if let Up::Connect(caller) = said {
        ways.retain(|_, way| !way.inbox.is_closed());
        let (inbox, words) = mpsc::channel(INBOX);
        let back = Back { bus: hub.context().bus.clone(), to: key.0.clone(), visit, socket: key.2, n: 0 };
        tokio::spawn(serve(hub.clone(), back, *caller, words));
        ways.insert(key, Way { inbox, next: n + 1 });
        return;
    }
    let is_taken = ways.get_mut(&key).is_some_and(|way| {
        let is_next = n == way.next;
        way.next += 1;
        is_next && way.inbox.try_send(said).is_ok()
    });
    if !is_taken {
        // Its task sees the end of its inbox and says so; for one that we do not know nobody else does.
        let known = ways.remove(&key).is_some_and(|way| !way.inbox.is_closed());
        if !known {
            let (to, _, socket) = key;
            let lost = Parcel::Down { visit, socket, n: 0, said: Down::Lost };
            let _ = lost.post(&hub.context().bus, &to);
        }
    }
}

/// One socket's stay in a room.
async fn serve(hub: Hub, mut back: Back, caller: Caller, mut words: mpsc::Receiver<Up>) {
    let Ok(Envelope { message: ClientMessage::Hello(hello), .. }) = wire::read(&caller.hello) else { return back.lost() };
    let Caller { seat, device, staff, .. } = caller;
    let (line, mut outgoing) = Line::far(staff.clone());
    let guest = Guest { visit: back.visit.clone(), seat, device, staff, is_over: false };
    let Some((room, connection)) = hub.come_in(guest, hello, line).await else { return back.lost() };
    loop {
        tokio::select! {
            said = words.recv() => match said {
                Some(Up::Text(text)) => match wire::read(&text) {
                    Ok(envelope) => room.tell(Event::Received(connection, Box::new(envelope))).await,
                    // The other node has read it before.
                    Err(_) => break back.lost(),
                },
                Some(Up::Gone | Up::Connect(_)) => break,
                None => break back.lost(),
            },
            said = outgoing.recv() => {
                let more = match said {
                    Some(Outgoing::Text(text)) => back.say(Down::Text(text)),
                    Some(Outgoing::Close(word)) => {
                        back.say(Down::Close(word));
                        false
                    }
                    None => {
                        back.lost();
                        false
                    }
                };
                if !more {
                    break;
                }
            }
        }
    }
    room.tell(Event::Disconnected(connection)).await;
}

/// The way back to the socket.
struct Back {
    bus: Bus,
    to: NodeId,
    visit: VisitId,
    socket: u64,
    n: u64,
}

impl Back {
    fn say(&mut self, said: Down) -> bool {
        self.n += 1;
        Parcel::Down { visit: self.visit.clone(), socket: self.socket, n: self.n, said }.post(&self.bus, &self.to)
    }

    fn lost(&mut self) {
        self.say(Down::Lost);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::ids::SeatId;
    use crate::rooms::tests::{House, hello};

    #[tokio::test]
    async fn a_burst_that_a_page_may_send_waits_for_its_turn() {
        let (house, mut ways) = (House::open().await, HashMap::new());
        let key = (NodeId("b".into()), 1, 1);
        let hello = Envelope { n: None, ack: 0, id: None, message: ClientMessage::Hello(hello(None)) };
        let (seat, device, hello) = (SeatId("desk one".into()), "desk".into(), wire::write(&hello));
        let caller = Box::new(Caller { seat, device, staff: None, hello });
        let mut says = |n, said| take(&house.hub, &mut ways, key.clone(), VisitId("one".into()), n, said);
        says(0, Up::Connect(caller));
        for n in 1..=FLOOD_BURST.unsigned_abs() {
            says(n, Up::Text("{}".into()));
        }
        assert!(ways.contains_key(&key));
    }
}
