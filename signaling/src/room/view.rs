//! What each session may see. A seat that is not admitted sees its own state, the delay, and whether staff are there: nothing else.

use crate::message::{
    Consent, ConsentState, DoorState, Inside, Outside, OutsideState, Person, Role, SnippetState, SnippetView, View, WaitingPerson,
};
use crate::room::Room;
use crate::room::seat::{Gone, Hold, Seat, State};

impl Room {
    pub(super) fn view(&self, at: usize, hold: Hold) -> View {
        let seat = &self.seats[at];
        match hold {
            Hold::Holder if seat.is_inside() => View::Inside(self.inside(at)),
            _ => View::Outside(self.outside(seat, hold)),
        }
    }

    fn outside(&self, seat: &Seat, hold: Hold) -> Outside {
        let state = match hold {
            Hold::Knocker if seat.knocker.as_ref().is_some_and(|knocker| knocker.refused) => OutsideState::TakeoverRefused,
            Hold::Knocker => OutsideState::AlreadyOpen,
            Hold::Holder if seat.state == State::Gone(Gone::Denied) => OutsideState::Denied,
            Hold::Holder if seat.is_waiting() => OutsideState::Waiting,
            Hold::Holder => OutsideState::Expected,
        };
        Outside {
            state,
            late_minutes: self.late_minutes,
            staff_present: self.is_staff_present(),
            text_me: seat.text_me.filter(|_| hold == Hold::Holder),
        }
    }

    fn is_staff_present(&self) -> bool {
        (0..self.seats.len()).any(|at| self.keeps_the_door(at) && self.seats[at].is_inside() && !self.seats[at].reconnecting)
    }

    fn inside(&self, at: usize) -> Inside {
        let staff = self.keeps_the_door(at);
        let concerned = staff || self.seats[at].role == Role::Patient;
        Inside {
            people: self.seats.iter().filter(|seat| seat.is_inside()).map(person).collect(),
            paths: self.paths_inside(),
            waiting: if staff { self.waiting_room() } else { Vec::new() },
            late_minutes: self.late_minutes,
            relay_only: self.relay_only,
            by_phone: self.by_phone,
            consent: ConsentState { consent: if concerned { self.consent() } else { Consent::NotAsked } },
            snippets: self.record.all().filter(|view| staff || is_for(view, &self.seats[at])).cloned().collect(),
            snippet_key: self.snippet_key.clone(),
        }
    }

    fn waiting_room(&self) -> Vec<WaitingPerson> {
        let others = (0..self.seats.len()).filter(|at| !self.keeps_the_door(*at));
        others.filter_map(|at| waiting_person(&self.seats[at])).collect()
    }
}

fn person(seat: &Seat) -> Person {
    Person {
        seat: seat.id.clone(),
        role: seat.role,
        name: seat.name.clone(),
        presence: seat.presence(),
        media: seat.media,
        page: seat.page.clone(),
    }
}

fn waiting_person(seat: &Seat) -> Option<WaitingPerson> {
    let since_ms = match seat.place() {
        Some(crate::room::seat::Place::Waiting(waiting)) => Some(waiting.since),
        _ => None,
    };
    let state = match seat.state {
        State::Expected if seat.is_connected() => DoorState::Arriving,
        _ if !seat.is_waiting() => return None,
        _ if seat.reconnecting => DoorState::Away,
        _ => DoorState::Waiting,
    };
    Some(WaitingPerson {
        seat: seat.id.clone(),
        role: seat.role,
        name: seat.name.clone(),
        state,
        since_ms,
        screen: seat.screen,
        takeover_asked: seat.knocker.as_ref().is_some_and(|knocker| knocker.asked),
        text_me: seat.text_me == Some(true),
    })
}

/// The audience knows of a snippet once it may see it.
fn is_for(view: &SnippetView, seat: &Seat) -> bool {
    view.state != SnippetState::Held && view.audience.contains(&seat.id)
}
