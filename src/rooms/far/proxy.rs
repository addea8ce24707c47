//! Stands in for a room that another node runs: takes what sockets of this node say there, and brings back what the room says.

use std::collections::HashMap;
use std::time::Duration;

use signaling::message::{ClientMessage, CloseWord, Envelope};
use signaling::room::{Connect, ConnectionId};
use signaling::wire;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout};

use super::parcel::{Caller, Down, Parcel, Up};
use crate::base::ids::{NodeId, VisitId};
use crate::rooms::hub::Hub;
use crate::rooms::line::{Goodbye, Line, Outgoing};
use crate::rooms::task::Event;

/// An owner that has not answered a hello in this time does not hear us: the page is told where it is, before it gives us up.
const ANSWER: Duration = Duration::from_millis(4500);
/// How often that is looked at, and whether anybody is left.
const TICK: Duration = Duration::from_secs(1);

struct Proxy<'a> {
    hub: &'a Hub,
    visit: &'a VisitId,
    owner: NodeId,
    sockets: HashMap<ConnectionId, Socket>,
}

struct Socket {
    line: Line,
    /// Until the owner has answered.
    unanswered: Option<Connect>,
    /// Numbers of the last parcel each way.
    said: u64,
    heard: u64,
    came_at: Instant,
}

/// Why a proxy has ended.
pub(in crate::rooms) enum End {
    /// Nobody is here.
    Idle,
    /// The owner is gone: its room is free. These have said hello and nobody has answered them.
    OwnerGone(Vec<(Connect, Line)>),
    /// It cannot be reached, or is the owner no more.
    Elsewhere(Goodbye),
}

pub(in crate::rooms) async fn run(hub: &Hub, visit: &VisitId, owner: NodeId, inbox: &mut mpsc::Receiver<Event>) -> End {
    let mut proxy = Proxy { hub, visit, owner, sockets: HashMap::new() };
    let mut end = proxy.work(inbox).await;
    let goodbye = match &end {
        End::Idle => return end,
        End::OwnerGone(_) => Goodbye::elsewhere(None),
        End::Elsewhere(goodbye) => goodbye.clone(),
    };
    for (_, Socket { line, unanswered, .. }) in proxy.sockets.drain() {
        match (&mut end, unanswered) {
            (End::OwnerGone(waiting), Some(connect)) => waiting.push((connect, line)),
            _ => line.say_goodbye(&goodbye),
        }
    }
    end
}

impl Proxy<'_> {
    async fn work(&mut self, inbox: &mut mpsc::Receiver<Event>) -> End {
        let there = Goodbye::elsewhere(Some(self.owner.clone()));
        let context = self.hub.context().clone();
        let Some(mut is_up) = context.bus.is_up().filter(|is_up| *is_up.borrow()) else { return End::Elsewhere(there) };
        let owner = self.owner.clone();
        let mut gone = std::pin::pin!(context.nodes.gone(&owner));
        let mut down = std::pin::pin!(is_up.wait_for(|is_up| !is_up));
        loop {
            tokio::select! {
                () = &mut gone => return End::OwnerGone(Vec::new()),
                _ = &mut down => return End::Elsewhere(there),
                event = timeout(TICK, inbox.recv()) => match event {
                    Ok(Some(event)) => if let Some(goodbye) = self.take(event) { return End::Elsewhere(goodbye) },
                    Ok(None) => return End::Idle,
                    Err(_) if self.sockets.is_empty() && self.hub.close_room(self.visit, inbox) => return End::Idle,
                    Err(_) => {}
                },
            }
            self.send_away_unanswered();
        }
    }

    fn take(&mut self, event: Event) -> Option<Goodbye> {
        match event {
            Event::Connect(connect, line) => self.connect(*connect, line),
            Event::Received(connection, envelope) => self.pass_up(connection, *envelope),
            Event::Disconnected(connection) => {
                if let Some(mut socket) = self.sockets.remove(&connection) {
                    let _ = self.post(connection, &mut socket, Up::Gone);
                }
            }
            Event::Far { connection, n, said } => return self.pass_down(connection, n, said),
            // The rest is for the room, whose node hears it too.
            _ => {}
        }
        None
    }

    fn connect(&mut self, connect: Connect, line: Line) {
        let goodbye = Goodbye::elsewhere(Some(self.owner.clone()));
        if line.is_far {
            // From a third node, which took us for the owner.
            return line.say_goodbye(&goodbye);
        }
        let Connect { connection, seat, device, hello, .. } = connect.clone();
        let hello = wire::write(&Envelope { n: None, ack: 0, id: None, message: ClientMessage::Hello(hello) });
        let caller = Caller { seat, device, staff: line.staff.as_deref().cloned(), hello };
        let parcel = Parcel::Up { visit: self.visit.clone(), socket: connection.0, n: 0, said: Up::Connect(Box::new(caller)) };
        if !parcel.post(&self.hub.context().bus, &self.owner) {
            return line.say_goodbye(&goodbye);
        }
        metrics::counter!("sockets_relayed_total").increment(1);
        self.sockets.insert(connection, Socket { line, unanswered: Some(connect), said: 0, heard: 0, came_at: Instant::now() });
    }

    fn pass_up(&mut self, connection: ConnectionId, envelope: Envelope<ClientMessage>) {
        let Some(mut socket) = self.sockets.remove(&connection) else { return };
        if self.post(connection, &mut socket, Up::Text(wire::write(&envelope))) {
            self.sockets.insert(connection, socket);
        } else {
            socket.line.say_goodbye(&Goodbye::elsewhere(Some(self.owner.clone())));
        }
    }

    fn post(&self, connection: ConnectionId, socket: &mut Socket, said: Up) -> bool {
        socket.said += 1;
        let visit = self.visit.clone();
        Parcel::Up { visit, socket: connection.0, n: socket.said, said }.post(&self.hub.context().bus, &self.owner)
    }

    /// Ends the proxy where the owner says that it is none any more.
    fn pass_down(&mut self, connection: ConnectionId, n: u64, said: Down) -> Option<Goodbye> {
        let mut socket = self.sockets.remove(&connection)?;
        let is_next = n == socket.heard + 1;
        socket.heard = n;
        socket.unanswered = None;
        match said {
            Down::Text(text) if is_next => {
                if socket.line.put(Outgoing::Text(text)) {
                    self.sockets.insert(connection, socket);
                } else {
                    // The page does not keep up.
                    let _ = self.post(connection, &mut socket, Up::Gone);
                }
            }
            Down::Close(word) if is_next => {
                let _ = socket.line.put(Outgoing::Close(word));
                return (word == CloseWord::Elsewhere).then(|| Goodbye::elsewhere(None));
            }
            Down::Text(_) | Down::Close(_) | Down::Lost => {
                metrics::counter!("sockets_relayed_lost_total").increment(1);
                let _ = self.post(connection, &mut socket, Up::Gone);
                socket.line.say_goodbye(&Goodbye::elsewhere(Some(self.owner.clone())));
            }
        }
        None
    }

    fn send_away_unanswered(&mut self) {
        let goodbye = Goodbye::elsewhere(Some(self.owner.clone()));
        self.sockets.retain(|_, socket| {
            let waits = socket.unanswered.is_none() || socket.came_at.elapsed() < ANSWER;
            if !waits {
                socket.line.say_goodbye(&goodbye);
            }
            waits
        });
    }
}
