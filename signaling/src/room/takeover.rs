//! A second device takes a seat over when the person on the first one, or staff, says so; never by itself.

use crate::ids::SeatId;
use crate::message::{CloseWord, RefusalWord, SeatRef, ServerMessage};
use crate::room::Room;
use crate::room::command::Outcome;
use crate::room::io::Fact;
use crate::room::seat::{Hold, Knocker, State};

impl Room {
    pub(super) fn ask_takeover(&mut self, at: usize) -> Outcome {
        if self.keeps_the_door(at) {
            // Signed in as this member of staff: that is staff saying so.
            return self.take_over(at, at);
        }
        let Some(knocker) = self.seats[at].knocker.as_mut() else { return Err(RefusalWord::NothingToTakeOver) };
        if knocker.asked {
            return Ok(());
        }
        (knocker.asked, knocker.refused) = (true, false);
        self.store(Fact::TakeoverAsked { seat: self.id(at) });
        let asked = ServerMessage::TakeoverAsked(SeatRef { seat: self.id(at) });
        for other in 0..self.seats.len() {
            if other == at || (self.keeps_the_door(other) && self.seats[other].is_inside()) {
                self.say(other, Hold::Holder, &asked);
            }
        }
        Ok(())
    }

    pub(super) fn answer_takeover(&mut self, at: usize, allow: bool) -> Outcome {
        let Some(knocker) = self.seats[at].knocker.as_mut().filter(|knocker| knocker.asked) else {
            return Err(RefusalWord::NothingToTakeOver);
        };
        if allow {
            return self.take_over(at, at);
        }
        (knocker.asked, knocker.refused) = (false, true);
        self.store(Fact::TakeoverRefused { seat: self.id(at) });
        Ok(())
    }

    pub(super) fn allow_takeover(&mut self, by: usize, seat: &SeatId) -> Outcome {
        let at = self.index(seat).ok_or(RefusalWord::NoSuchSeat)?;
        if self.seats[at].knocker.as_ref().is_none_or(|knocker| !knocker.asked) {
            return Err(RefusalWord::NothingToTakeOver);
        }
        self.take_over(at, by)
    }

    fn take_over(&mut self, at: usize, by: usize) -> Outcome {
        let Some(knocker) = self.seats[at].knocker.take() else { return Err(RefusalWord::NothingToTakeOver) };
        let device = knocker.session.device.clone();
        let first = self.seats[at].holder.take();
        self.seat_device(at, knocker);
        if let Some(connection) = first.and_then(|first| first.connection) {
            self.hang_up(connection, CloseWord::TakenOver);
        }
        self.store(Fact::TookOver { seat: self.id(at), by: self.id(by), device });
        self.mint_if_inside(at);
        Ok(())
    }

    /// The device that knocked has the seat now, where the seat was.
    pub(super) fn seat_device(&mut self, at: usize, knocker: Knocker) {
        let seat = &mut self.seats[at];
        seat.turn_page(&knocker.session.page.clone());
        seat.device = Some(knocker.session.device.clone());
        seat.holder = Some(knocker.session);
        self.back(at);
        if matches!(self.seats[at].state, State::Gone(_)) {
            self.seats[at].state = State::Expected;
        }
        self.admit_staff(at);
        self.stale = true;
    }
}
