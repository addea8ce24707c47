//! The door of the visit: checking in, and what staff do about those who wait.

use crate::ids::SeatId;
use crate::message::{Admit, CloseWord, RefusalWord, VisitKind};
use crate::room::command::Outcome;
use crate::room::io::{Fact, Output};
use crate::room::seat::{Admitted, Gone, Place, State, Waiting};
use crate::room::{MAX_LATE_MINUTES, Room, TEXTED_COMES_MS};

impl Room {
    pub(super) fn check_in(&mut self, at: usize) -> Outcome {
        if self.seats[at].place().is_some() {
            return Ok(());
        }
        if self.keeps_the_door(at) {
            self.admit_staff(at);
            self.mint_if_inside(at);
            return Ok(());
        }
        let now = self.now;
        self.seats[at].state = State::Waiting(Waiting { since: now });
        self.store(Fact::CheckedIn { seat: self.id(at), at: now });
        Ok(())
    }

    pub(super) fn admit(&mut self, by: usize, admit: &Admit) -> Outcome {
        let at = self.other(by, &admit.seat)?;
        if !self.seats[at].is_waiting() {
            return Err(RefusalWord::NotWaiting);
        }
        if self.kind == VisitKind::Clinical && !admit.identity_confirmed {
            return Err(RefusalWord::IdentityNotConfirmed);
        }
        let now = self.now;
        self.put(at, Place::Admitted(Admitted { at: now }));
        let (seat, by, identity_confirmed) = (self.id(at), self.id(by), admit.identity_confirmed);
        self.store(Fact::Admitted { seat, by, identity_confirmed, at: now });
        self.text_if_asked(at);
        self.mint_if_inside(at);
        Ok(())
    }

    /// Who is away and gets a text now needs more time than somebody whose line broke.
    fn text_if_asked(&mut self, at: usize) {
        let now = self.now;
        let seat = &mut self.seats[at];
        if seat.text_me != Some(true) {
            return;
        }
        seat.text_me = Some(false);
        if let State::Away { until, .. } = &mut seat.state {
            *until = now + TEXTED_COMES_MS;
        }
        self.store(Fact::TextDue { seat: self.id(at) });
    }

    /// Asked for by the person who waits.
    pub(super) fn text_me(&mut self, at: usize, wanted: bool) -> Outcome {
        let seat = &mut self.seats[at];
        if !seat.is_waiting() {
            return Err(RefusalWord::NotWaiting);
        }
        let known = seat.text_me.ok_or(RefusalWord::NowhereToText)?;
        if known != wanted {
            seat.text_me = Some(wanted);
            self.store(Fact::TextMe { seat: self.id(at), wanted, at: self.now });
        }
        Ok(())
    }

    pub(super) fn deny(&mut self, by: usize, seat: &SeatId) -> Outcome {
        let at = self.other(by, seat)?;
        if !self.seats[at].is_waiting() {
            return Err(RefusalWord::NotWaiting);
        }
        self.shut_out(at, Gone::Denied, CloseWord::Denied);
        self.store(Fact::Denied { seat: self.id(at), by: self.id(by) });
        Ok(())
    }

    pub(super) fn send_back(&mut self, by: usize, seat: &SeatId) -> Outcome {
        let at = self.other(by, seat)?;
        if !self.seats[at].is_inside() {
            return Err(RefusalWord::NotAdmitted);
        }
        let now = self.now;
        self.put(at, Place::Waiting(Waiting { since: now }));
        self.outputs.push_back(Output::EndRelay { seat: self.id(at) });
        self.store(Fact::SentBack { seat: self.id(at), by: self.id(by), at: now });
        Ok(())
    }

    pub(super) fn remove(&mut self, by: usize, seat: &SeatId) -> Outcome {
        let at = self.other(by, seat)?;
        if self.seats[at].state == State::Gone(Gone::Removed) {
            return Ok(());
        }
        self.shut_out(at, Gone::Removed, CloseWord::Removed);
        self.store(Fact::Removed { seat: self.id(at), by: self.id(by) });
        Ok(())
    }

    pub(super) fn run_late(&mut self, by: usize, minutes: u32) -> Outcome {
        if minutes > MAX_LATE_MINUTES {
            return Err(RefusalWord::OutOfRange);
        }
        if self.late_minutes != minutes {
            self.late_minutes = minutes;
            self.store(Fact::RunningLate { by: self.id(by), minutes });
            self.outputs.push_back(Output::Changed);
        }
        Ok(())
    }

    pub(super) fn end(&mut self, by: usize) -> Outcome {
        self.ended = Some(self.seats[by].role);
        self.store(Fact::Ended { by: self.id(by) });
        Ok(())
    }

    /// Staff act on others, never on their own seat.
    fn other(&self, by: usize, seat: &SeatId) -> Result<usize, RefusalWord> {
        match self.index(seat) {
            None => Err(RefusalWord::NoSuchSeat),
            Some(at) if at == by => Err(RefusalWord::NotAllowed),
            Some(at) => Ok(at),
        }
    }

    /// Moves somebody, who may be away just now, to another place.
    fn put(&mut self, at: usize, place: Place) {
        let seat = &mut self.seats[at];
        seat.state = match (seat.state, place) {
            (State::Away { until, .. }, place) => State::Away { place, until },
            (_, Place::Waiting(waiting)) => State::Waiting(waiting),
            (_, Place::Admitted(admitted)) => State::Admitted(admitted),
        };
    }
}
