//! Finds the room of a visit, or opens it. One task runs each room; rooms without anybody close and are made again from the database.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use signaling::message::Hello;
use signaling::room::{Connect, ConnectionId};
use tokio::sync::mpsc;
use turn_config::access::RelayAccess;

use super::guest::Guest;
use super::line::Line;
use super::store::late::Tell;
use super::store::owner;
use super::store::plan::Known;
use super::task::{self, Event};
use super::{far, heart, news};
use crate::base::ids::{NodeId, VisitId};
use crate::bus::Letter;
use crate::http::context::Context;
use crate::notices::Notices;
use crate::store::StoreError;
use crate::visits::presence::Presence;

/// Messages that may wait for a room; more wait at their sockets.
const INBOX: usize = 256;
/// A room that closes just now is opened again; so often at most.
const TRIES: usize = 3;

/// Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Hub(Arc<Inner>);

struct Inner {
    context: Context,
    presence: Presence,
    relay: RelayAccess,
    notices: Notices,
    known: Known,
    rooms: Mutex<HashMap<VisitId, Room>>,
    connections: AtomicU64,
}

/// The way into a room's task.
#[derive(Clone)]
pub(super) struct Room(mpsc::Sender<Event>);

impl Room {
    /// Waits while the room is busy. A room that is gone has nothing to be told.
    pub(super) async fn tell(&self, event: Event) {
        let _ = self.0.send(event).await;
    }

    /// False where it does not fit in just now.
    pub(super) fn tell_now(&self, event: Event) -> bool {
        self.0.try_send(event).is_ok()
    }

    /// The same for who has other rooms to tell and does not wait for this one.
    pub(super) fn tell_soon(&self, event: Event) {
        if let Err(mpsc::error::TrySendError::Full(event)) = self.0.try_send(event) {
            let room = self.clone();
            tokio::spawn(async move { room.tell(event).await });
        }
    }
}

impl std::fmt::Debug for Hub {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hub").field("rooms", &self.lock().len()).finish_non_exhaustive()
    }
}

impl Hub {
    /// Listens to the bus from now on. `snippet_key` is the Ed25519 public key that signs snippets, base64url.
    pub fn new(context: Context, presence: Presence, relay: RelayAccess, notices: Notices, snippet_key: String) -> Self {
        let known = Known { snippet_key, can_text: notices.can_text() };
        let (rooms, connections) = (Mutex::default(), AtomicU64::new(0));
        let hub = Self(Arc::new(Inner { context, presence, relay, notices, known, rooms, connections }));
        tokio::spawn(news::follow(hub.clone()));
        hub
    }

    /// This node is among the others from now on: it takes up the rooms that it had before it stopped, since places are kept for a while.
    pub async fn reopen(&self) -> Result<(), StoreError> {
        let nodes = &self.context().nodes;
        nodes.run().await?;
        self.take_up(nodes.me()).await?;
        tokio::spawn(heart::beat(self.clone()));
        Ok(())
    }

    /// Takes in the sockets that other nodes have for rooms of this one.
    pub fn host(&self, letters: mpsc::Receiver<Letter>) {
        tokio::spawn(far::host::follow(self.clone(), letters));
    }

    /// Opens the rooms that a node left with somebody in them. False where there is none.
    pub(super) async fn take_up(&self, node: &NodeId) -> Result<bool, StoreError> {
        let visits = owner::left_by(self.context(), node).await?;
        for visit in &visits {
            self.room(visit);
        }
        Ok(!visits.is_empty())
    }

    /// The last thing before the process ends, or earlier: others may have the rooms.
    pub async fn leave(&self) -> Result<(), StoreError> {
        self.context().nodes.leave().await
    }

    /// Brings a connection to its room. `None` when that cannot be done now.
    pub(super) async fn come_in(&self, guest: Guest, hello: Hello, line: Line) -> Option<(Room, ConnectionId)> {
        let connection = ConnectionId(self.0.connections.fetch_add(1, Ordering::Relaxed));
        let token = self.0.context.dice.token().reveal().to_owned();
        let connect = Connect { connection, seat: guest.seat, device: guest.device, token, hello };
        let mut event = Event::Connect(Box::new(connect), line);
        for _ in 0..TRIES {
            let room = self.room(&guest.visit);
            match room.0.send(event).await {
                Ok(()) => return Some((room, connection)),
                Err(mpsc::error::SendError(back)) => event = back,
            }
        }
        None
    }

    /// The room of a visit, opened if it is not.
    fn room(&self, visit: &VisitId) -> Room {
        let mut rooms = self.lock();
        if let Some(room) = rooms.get(visit).filter(|room| !room.0.is_closed()) {
            return room.clone();
        }
        let (sender, inbox) = mpsc::channel(INBOX);
        let room = Room(sender);
        rooms.insert(visit.clone(), room.clone());
        tokio::spawn(task::run(self.clone(), visit.clone(), inbox));
        room
    }

    /// The room of a visit if it is open.
    pub(super) fn open_room(&self, visit: &VisitId) -> Option<Room> {
        self.lock().get(visit).cloned()
    }

    pub(super) fn tell_all(&self, event: impl Fn() -> Event) {
        let rooms: Vec<Room> = self.lock().values().cloned().collect();
        for room in rooms {
            room.tell_soon(event());
        }
    }

    /// Closes a room that nobody has a word for. False when something has just arrived.
    pub(super) fn close_room(&self, visit: &VisitId, inbox: &mut mpsc::Receiver<Event>) -> bool {
        let mut rooms = self.lock();
        if !inbox.is_empty() {
            return false;
        }
        inbox.close();
        rooms.remove(visit);
        inbox.is_empty()
    }

    /// After a panic: only if it is not already another room.
    pub(super) fn forget_room(&self, visit: &VisitId) {
        let mut rooms = self.lock();
        if rooms.get(visit).is_some_and(|room| room.0.is_closed()) {
            rooms.remove(visit);
        }
    }

    /// For what a room tells people who are not here.
    pub(super) fn tell(&self) -> Tell {
        let Inner { context, presence, notices, .. } = &*self.0;
        Tell { notices: notices.clone(), presence: presence.clone(), dice: context.dice.clone() }
    }

    pub(super) fn context(&self) -> &Context {
        &self.0.context
    }

    pub(super) fn presence(&self) -> &Presence {
        &self.0.presence
    }

    pub(super) fn relay(&self) -> &RelayAccess {
        &self.0.relay
    }

    pub(super) fn known(&self) -> &Known {
        &self.0.known
    }

    pub(super) async fn closing(&self) {
        self.0.context.closing.cancelled().await;
    }

    /// Spread over a few seconds, so that not everybody comes back at once.
    pub(super) fn comes_back_after_s(&self) -> u32 {
        let [chance] = self.0.context.dice.bytes::<1>();
        1 + u32::from(chance) % 5
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<VisitId, Room>> {
        // Whoever panicked while holding it left a whole map.
        self.0.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
