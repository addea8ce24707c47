//! The ways out: leaving, being lost, being shut out, signed out or revoked, and the end for everyone.

use crate::ids::SeatId;
use crate::message::{CloseWord, Departure, Role};
use crate::room::Room;
use crate::room::command::Outcome;
use crate::room::io::{ConnectionId, Fact, Millis, Output};
use crate::room::seat::{Gone, Hold, Knocker, State};

impl Room {
    pub(super) fn leave(&mut self, at: usize) -> Outcome {
        if matches!(self.seats[at].state, State::Gone(_)) {
            return Ok(());
        }
        self.end_relay_if_inside(at);
        self.seats[at].state = State::Gone(Gone::Left);
        self.store(Fact::Left { seat: self.id(at), why: Departure::Left });
        Ok(())
    }

    pub(super) fn disconnected(&mut self, connection: ConnectionId) {
        if let Some((at, hold)) = self.by_connection(connection) {
            self.lose(at, hold, self.now);
        }
    }

    /// Ends a connection for what it did or did not do; its seat is kept as for any lost one.
    pub(super) fn cut(&mut self, at: usize, hold: Hold, word: CloseWord) {
        let Some(session) = self.seats[at].session(hold) else { return };
        let heard_at = session.heard_at;
        if let Some(connection) = session.connection {
            self.hang_up(connection, word);
        }
        self.lose(at, hold, heard_at);
    }

    /// The connection is gone since `since`. A place is kept for a while; without a place the seat is free.
    fn lose(&mut self, at: usize, hold: Hold, since: Millis) {
        self.stale = true;
        if hold == Hold::Knocker {
            self.seats[at].knocker = None;
            return;
        }
        if let Some(session) = self.seats[at].holder.as_mut() {
            session.connection = None;
        }
        match self.seats[at].place() {
            Some(place) => self.seats[at].state = State::Away { place, until: since + self.seats[at].kept_ms() },
            // The device that knocks has it at the next tick: that is stored.
            None if self.seats[at].knocker.is_some() => {}
            None => self.free(at),
        }
    }

    /// Nobody came back in time.
    pub(super) fn give_up(&mut self, at: usize) {
        if self.seats[at].place().is_some() {
            self.end_relay_if_inside(at);
            self.seats[at].state = State::Gone(Gone::Lost);
            self.store(Fact::Left { seat: self.id(at), why: Departure::Lost });
        }
        self.free(at);
    }

    /// Takes the seat from its device; the one that knocks, if any, has it now.
    fn free(&mut self, at: usize) {
        let seat = &mut self.seats[at];
        seat.holder = None;
        seat.device = None;
        seat.page = None;
        seat.reconnecting = false;
        if let Some(knocker) = seat.knocker.take() {
            let device = knocker.session.device.clone();
            self.seat_device(at, knocker);
            self.store(Fact::SeatHeld { seat: self.id(at), device });
            self.mint_if_inside(at);
        }
    }

    /// Ends everything of a seat at once, and for good.
    pub(super) fn shut_out(&mut self, at: usize, gone: Gone, word: CloseWord) {
        self.end_relay_if_inside(at);
        self.seats[at].state = State::Gone(gone);
        self.close_sessions(at, word);
    }

    /// The link was replaced: whoever sits here has to come with the new one.
    pub(super) fn revoke(&mut self, seat: &SeatId) {
        let Some(at) = self.index(seat) else { return };
        if self.seats[at].state == State::Gone(Gone::Denied) {
            self.seats[at].state = State::Expected;
            self.stale = true;
        }
        if self.seats[at].device.is_none() && self.seats[at].knocker.is_none() {
            return;
        }
        self.end_relay_if_inside(at);
        if !matches!(self.seats[at].state, State::Gone(_)) {
            self.seats[at].state = State::Expected;
        }
        self.close_sessions(at, CloseWord::Removed);
        self.store(Fact::Revoked { seat: seat.clone() });
    }

    pub(super) fn sign_out(&mut self, seat: &SeatId, device: Option<&str>) {
        let Some(at) = self.index(seat) else { return };
        if device.is_some_and(|device| self.seats[at].device.as_deref() != Some(device)) {
            return self.sign_out_second(at, device);
        }
        if self.seats[at].place().is_some() {
            // `leave` refuses nothing.
            let _ = self.leave(at);
        }
        if device.is_none() {
            return self.close_sessions(at, CloseWord::SignedOut);
        }
        let session = self.seats[at].holder.take();
        if let Some(connection) = session.and_then(|session| session.connection) {
            self.hang_up(connection, CloseWord::SignedOut);
        }
        self.stale = true;
        self.free(at);
    }

    /// Signed out where the seat is not held: that device stops waiting for it, the one that holds it stays.
    fn sign_out_second(&mut self, at: usize, device: Option<&str>) {
        let signed_out = |knocker: &mut Knocker| Some(knocker.session.device.as_str()) == device;
        let Some(knocker) = self.seats[at].knocker.take_if(signed_out) else { return };
        self.stale = true;
        if let Some(connection) = knocker.session.connection {
            self.hang_up(connection, CloseWord::SignedOut);
        }
    }

    pub(super) fn end_from_outside(&mut self, by: Role) {
        self.ended.get_or_insert(by);
        self.stale = true;
    }

    pub(super) fn close_sessions(&mut self, at: usize, word: CloseWord) {
        let seat = &mut self.seats[at];
        let sessions = [seat.holder.take(), seat.knocker.take().map(|knocker| knocker.session)];
        seat.device = None;
        seat.page = None;
        seat.reconnecting = false;
        self.stale = true;
        for connection in sessions.into_iter().flatten().filter_map(|session| session.connection) {
            self.hang_up(connection, word);
        }
    }

    fn end_relay_if_inside(&mut self, at: usize) {
        if self.seats[at].is_inside() {
            self.outputs.push_back(Output::EndRelay { seat: self.id(at) });
        }
    }
}
