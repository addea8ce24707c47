//! What happens because nothing happened: reconnecting after 6 s, dead after 15 s, lost after 120 s.

use crate::message::CloseWord;
use crate::room::io::Millis;
use crate::room::seat::{Hold, Seat, State};
use crate::room::{RECONNECTING_MS, Room, SILENT_MS};

impl Room {
    pub(super) fn pass_time(&mut self) {
        for at in 0..self.seats.len() {
            self.end_the_silent(at);
            if matches!(self.seats[at].state, State::Away { until, .. } if until <= self.now) {
                self.give_up(at);
            }
            if turns_at(&self.seats[at]).is_some_and(|due| due <= self.now) {
                self.seats[at].reconnecting = true;
                self.stale = true;
            }
        }
    }

    /// Seats that were lost without a place while another device knocks.
    pub(super) fn hand_on(&mut self) {
        for at in 0..self.seats.len() {
            if lost_at(&self.seats[at]).is_some() {
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
        let deadlines = |seat: &Seat| {
            let until = match seat.state {
                State::Away { until, .. } => Some(until),
                _ => None,
            };
            [until, lost_at(seat), turns_at(seat), silent_at(seat, Hold::Holder), silent_at(seat, Hold::Knocker)]
        };
        self.seats.iter().flat_map(deadlines).flatten().min()
    }
}

/// Since when a seat without a place has no connection.
fn lost_at(seat: &Seat) -> Option<Millis> {
    let session = seat.holder.as_ref().filter(|session| session.connection.is_none() && seat.place().is_none())?;
    Some(session.heard_at)
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
