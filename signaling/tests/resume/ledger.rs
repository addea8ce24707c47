//! What must hold, held against everything that a room says and stores: nothing taken is lost, one live session a seat,
//! no ghosts, bounded buffers, nothing of the visit to those outside, and no resync without a reason.
//! That nothing is heard twice, out of turn or with a hole is checked where it is heard, in `page`.

use std::collections::{BTreeMap, BTreeSet};

use signaling::ids::SeatId;
use signaling::message::*;
use signaling::room::{BUFFER_BYTES, BUFFER_MESSAGES, Fact, KEPT_MS, Millis, RECONNECTING_MS, Room, SILENT_MS};

use crate::database::Database;
use crate::page::{Page, number_of};
use crate::world::{RoomEnd, THIEF, Wire};

/// In fewer inputs than this no buffer fills.
const FEW: u64 = 40;

#[derive(Default)]
pub(crate) struct Ledger {
    /// The session of each seat that can be resumed, as far as can be told from outside.
    holders: BTreeMap<SeatId, Holder>,
    /// Sessions that nobody may go on with.
    over: BTreeSet<u64>,
    /// Sessions whose page has spoken.
    spoken: BTreeSet<u64>,
    /// Highest number that arrived in each session.
    taken: BTreeMap<u64, u64>,
    /// Candidates that a session owes its page, with the seats they come from.
    owed: BTreeMap<u64, Vec<(SeatId, u32)>>,
    handled: u64,
    /// When each page heard something last, in inputs handled.
    heard_at: BTreeMap<String, u64>,
    node_began: Millis,
    hello: Option<Expected>,
    pub(crate) tally: Tally,
}

/// That it was not all for nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) resumed: u64,
    pub(crate) resynced: u64,
    pub(crate) heard: u64,
}

struct Holder {
    epoch: u64,
    /// Somebody else used its token, or something it was told is void: it may have to begin anew.
    is_spoilt: bool,
}

/// What a hello must come to, and how much is said in answer.
struct Expected {
    wire: u64,
    must_resume: bool,
    /// An older try of a page that has gone on since.
    is_late: bool,
    said: usize,
    bytes: usize,
}

impl Ledger {
    /// `page` is whose name is said; `is_now` on the connection that it believes in; `is_fresh` when it was heard of lately.
    pub(crate) fn before_hello(&mut self, wire: u64, hello: &Hello, page: Option<&Page>, is_now: bool, is_fresh: bool) {
        let must_resume = is_now && hello.resume.is_some() && page.is_some_and(|page| self.must_resume(page));
        let goes_on = |page: &Page| {
            let holder = self.holders.get(&page.seat);
            holder.is_some_and(|holder| holder.epoch == page.epoch && self.spoken.contains(&page.epoch))
        };
        let is_late = !is_now && is_fresh && page.is_some_and(goes_on);
        self.hello = Some(Expected { wire, must_resume, is_late, said: 0, bytes: 0 });
    }

    fn must_resume(&self, page: &Page) -> bool {
        let is_fresh = self.heard_at.get(&page.name).is_some_and(|at| self.handled - at < FEW);
        let goes_on = |holder: &Holder| holder.epoch == page.epoch && !holder.is_spoilt;
        is_fresh && self.holders.get(&page.seat).is_some_and(goes_on)
    }

    pub(crate) fn after_hello(&mut self) {
        let Some(hello) = self.hello.take() else { return };
        assert!(!hello.must_resume, "could have gone on, and had to begin anew");
        assert!(hello.said <= BUFFER_MESSAGES + 8, "{} messages were kept", hello.said);
        assert!(hello.bytes <= BUFFER_BYTES + 64 * 1024, "{} bytes were kept", hello.bytes);
    }

    /// Whether the message is the next of its session.
    pub(crate) fn is_next(&mut self, wire: &Wire, envelope: &Envelope<ClientMessage>) -> bool {
        self.spoken.insert(wire.epoch);
        let taken = self.taken.entry(wire.epoch).or_default();
        let is_next = envelope.n == Some(*taken + 1);
        *taken += u64::from(is_next);
        is_next
    }

    /// Taken from one who is inside for another who is: to be heard there as long as that session lasts.
    pub(crate) fn owes(&mut self, from: &SeatId, to: &CandidateTo) {
        if let Some(holder) = self.holders.get(&to.to) {
            self.owed.entry(holder.epoch).or_default().push((from.clone(), number_of(&to.candidate)));
        }
    }

    pub(crate) fn page_heard(&mut self, page: &str) {
        self.heard_at.insert(page.to_owned(), self.handled);
    }

    pub(crate) fn room_says(
        &mut self,
        number: u64,
        wire: &mut Wire,
        envelope: &Envelope<ServerMessage>,
        bytes: usize,
        database: &Database,
    ) {
        if let Some(hello) = self.hello.as_mut().filter(|hello| hello.wire == number) {
            hello.said += 1;
            hello.bytes += bytes;
        }
        match &envelope.message {
            ServerMessage::Welcome(welcome) => self.welcomes(wire, welcome),
            ServerMessage::Outside(outside) => self.stands(wire, is_second(outside)),
            ServerMessage::Admitted(_) => self.stands(wire, false),
            ServerMessage::Bye(_) => return,
            _ => {}
        }
        let taken = self.taken.get(&wire.epoch).copied().unwrap_or(0);
        assert!(envelope.ack <= taken, "acknowledged {} of {taken}", envelope.ack);
        let is_inside = !wire.is_second && database.is_inside(&wire.seat);
        assert!(is_inside || is_for_outside(&envelope.message), "said to somebody outside: {:?}", envelope.message);
    }

    fn welcomes(&mut self, wire: &mut Wire, welcome: &Welcome) {
        let is_late = self.hello.as_ref().is_some_and(|hello| hello.is_late);
        assert!(!is_late || welcome.view.is_none(), "an older try that was late ended a session");
        wire.epoch = welcome.epoch;
        match &welcome.view {
            None => {
                assert_ne!(wire.device, THIEF, "resumed with a stolen token");
                assert!(!self.over.contains(&welcome.epoch), "resumed what was over");
                self.stands(wire, false);
                self.tally.resumed += 1;
                if let Some(hello) = &mut self.hello {
                    hello.must_resume = false;
                }
            }
            Some(View::Outside(outside)) => self.stands(wire, is_second(outside)),
            Some(View::Inside(_)) => self.stands(wire, false),
        }
        self.tally.resynced += u64::from(welcome.arrival == Arrival::Resync);
    }

    fn stands(&mut self, wire: &mut Wire, is_second: bool) {
        wire.is_second = is_second;
        let is_holder = self.holders.get(&wire.seat).is_some_and(|holder| holder.epoch == wire.epoch);
        if !is_second && !is_holder {
            self.holders.insert(wire.seat.clone(), Holder { epoch: wire.epoch, is_spoilt: false });
        }
    }

    /// Somebody else spoke under the seat's token.
    pub(crate) fn spoil(&mut self, seat: &SeatId) {
        if let Some(holder) = self.holders.get_mut(seat) {
            holder.is_spoilt = true;
        }
    }

    pub(crate) fn stored(&mut self, facts: &[Fact]) {
        for fact in facts {
            match fact {
                Fact::Removed { seat, .. }
                | Fact::Denied { seat, .. }
                | Fact::Revoked { seat }
                | Fact::Left { seat, why: Departure::Lost }
                | Fact::TookOver { seat, .. } => {
                    self.over.extend(self.holders.remove(seat).map(|holder| holder.epoch));
                }
                // What was said inside is void outside.
                Fact::Left { seat, .. } | Fact::SentBack { seat, .. } => {
                    self.spoil(seat);
                    self.holders.get(seat).and_then(|holder| self.owed.remove(&holder.epoch));
                }
                _ => {}
            }
        }
    }

    /// A seat without a place is not kept.
    pub(crate) fn wire_closed(&mut self, wire: &Wire, has_place: bool) {
        let is_holder = self.holders.get(&wire.seat).is_some_and(|holder| holder.epoch == wire.epoch);
        if is_holder && !has_place {
            self.holders.remove(&wire.seat);
        }
    }

    pub(crate) fn node_died(&mut self, now: Millis) {
        self.over.extend(std::mem::take(&mut self.holders).into_values().map(|holder| holder.epoch));
        self.owed.clear();
        self.hello = None;
        self.node_began = now;
    }

    pub(crate) fn after_handling(&mut self, room: &Room, wires: &BTreeMap<u64, Wire>, database: &Database, now: Millis) {
        self.handled += 1;
        for glance in room.glance() {
            let of_seat = || wires.values().filter(|wire| wire.seat == glance.seat);
            let open = || of_seat().filter(|wire| wire.room == RoomEnd::Open);
            assert!(open().filter(|wire| !wire.is_second).count() <= 1, "two live sessions of {}", glance.seat);
            assert!(open().count() <= 2, "too many devices wait for {}", glance.seat);
            let Some(presence) = glance.presence else {
                assert_eq!(open().filter(|wire| !wire.is_second).count(), 0, "{} is there unseen", glance.seat);
                continue;
            };
            let sign = of_seat().map(|wire| wire.seen_at).max().unwrap_or(0).max(self.node_began);
            let silence = now - sign;
            let most = match (presence, open().any(|wire| !wire.is_second)) {
                (Presence::Here, _) if database.has_place(&glance.seat) => RECONNECTING_MS,
                (_, true) => SILENT_MS,
                (_, false) => KEPT_MS,
            };
            assert!(silence < most, "{} is a ghost: {presence:?}, unheard of for {silence} ms", glance.seat);
        }
    }

    /// When everything on its way has arrived: what a session owed its page was heard.
    pub(crate) fn settle<'a>(&mut self, pages: impl Iterator<Item = &'a Page>) {
        for page in pages.filter(|page| page.is_welcome) {
            for (from, number) in self.owed.remove(&page.epoch).unwrap_or_default() {
                let heard = page.heard.get(&from).is_some_and(|heard| heard.binary_search(&number).is_ok());
                assert!(heard, "{} never heard {number} of {from}", page.name);
                self.tally.heard += 1;
            }
        }
    }
}

fn is_second(outside: &Outside) -> bool {
    matches!(outside.state, OutsideState::AlreadyOpen | OutsideState::TakeoverRefused)
}

/// The whole of what may be said to a seat that is not admitted.
fn is_for_outside(message: &ServerMessage) -> bool {
    match message {
        ServerMessage::Welcome(welcome) => !matches!(welcome.view, Some(View::Inside(_))),
        ServerMessage::Pong(_)
        | ServerMessage::Done(_)
        | ServerMessage::Refused(_)
        | ServerMessage::Outside(_)
        | ServerMessage::TakeoverAsked(_)
        | ServerMessage::TestCall(_)
        | ServerMessage::RunCheck(_)
        | ServerMessage::Ended(_) => true,
        _ => false,
    }
}

impl std::ops::Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { resumed: self.resumed + other.resumed, resynced: self.resynced + other.resynced, heard: self.heard + other.heard }
    }
}
