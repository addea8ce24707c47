//! What happens because nothing happened: reconnecting after 6 s, dead after 15 s, lost after 120 s.

use crate::message::CloseWord;
use crate::room::io::Millis;
use crate::room::seat::{Hold, Seat, State};
use crate::room::{RECONNECTING_MS, Room, SILENT_MS};

impl Room {
    pub(super) fn pass_time(&mut self) {
        for at in 0..self.seats.len() {
            self.end_the_silent(at);
            if turns_at(&self.seats[at]).is_some_and(|due| due <= self.now) {
                self.seats[at].reconnecting = true;
                self.stale = true;
            }
        }
    }

    /// Stored, and so only at a tick: where nothing can be stored, what people say goes on without it.
    pub(super) fn give_up_the_lost(&mut self) {
        for at in 0..self.seats.len() {
            if given_up_at(&self.seats[at]).is_some_and(|due| due <= self.now) {
                self.give_up(at);
            }
        }
    }

    fn end_the_silent(&mut self, at: usize) {
        for hold in [Hold::Knocker, Hold::Holder] {
            if silent_at(&self.seats[at], hold).is_some_and(|due| due <= self.now) {
                self.cut(at, hold, CloseWord::Silent);
            }
        }
    }

    pub(super) fn next_deadline(&self) -> Option<Millis> {
        let deadlines =
            |seat: &Seat| [given_up_at(seat), turns_at(seat), silent_at(seat, Hold::Holder), silent_at(seat, Hold::Knocker)];
        self.seats.iter().flat_map(deadlines).flatten().min()
    }
}

/// When nobody has to come back to this seat any more: after a while where it has a place, at once where it has none.
fn given_up_at(seat: &Seat) -> Option<Millis> {
    match seat.state {
        State::Away { until, .. } => Some(until),
        _ if seat.place().is_some() => None,
        _ => seat.holder.as_ref().filter(|session| session.connection.is_none()).map(|session| session.heard_at),
    }
}

/// When the others are to be told that this person reconnects.
fn turns_at(seat: &Seat) -> Option<Millis> {
    let session = seat.holder.as_ref()?;
    (!seat.reconnecting && seat.place().is_some()).then_some(session.heard_at + RECONNECTING_MS)
}

/// When a connection that says nothing is given up.
fn silent_at(seat: &Seat, hold: Hold) -> Option<Millis> {
    let session = seat.session(hold)?;
    session.connection.map(|_| session.heard_at + SILENT_MS)
}
