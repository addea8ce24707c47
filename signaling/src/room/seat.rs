//! A seat and its states. A state has the facts that belong to it; a seat has at most one session, its holder,
//! and at most one other device that knocks.

use std::collections::VecDeque;

use crate::ids::{CommandId, SeatId};
use crate::message::{Departure, MediaState, Permission, Presence, Role, Screen, VisitKind};
use crate::room::io::{ConnectionId, Millis};
use crate::room::plan::{SeatPlan, Standing};
use crate::room::session::Session;
use crate::room::{COMMANDS_KEPT, KEPT_MS, TEXTED_KEPT_MS};

#[derive(Clone, Debug)]
pub(super) struct Seat {
    pub(super) id: SeatId,
    pub(super) role: Role,
    pub(super) name: String,
    pub(super) state: State,
    /// The device whose seat this is now, connected or not.
    pub(super) device: Option<String>,
    pub(super) holder: Option<Session>,
    pub(super) knocker: Option<Knocker>,
    /// Not heard of for a while, as the others see it.
    pub(super) reconnecting: bool,
    pub(super) page: Option<String>,
    pub(super) screen: Screen,
    pub(super) media: MediaState,
    /// Wants a text when let in; absent where the clinic cannot text.
    pub(super) text_me: Option<bool>,
    done: VecDeque<CommandId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Expected,
    Waiting(Waiting),
    Admitted(Admitted),
    /// Lost, with its place kept until then.
    Away {
        place: Place,
        until: Millis,
    },
    Gone(Gone),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Waiting {
    pub(super) since: Millis,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Admitted {
    pub(super) at: Millis,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Waiting(Waiting),
    Admitted(Admitted),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gone {
    Left,
    Lost,
    Denied,
    Removed,
}

/// A second device at a held seat.
#[derive(Clone, Debug)]
pub(super) struct Knocker {
    pub(super) session: Session,
    pub(super) asked: bool,
    pub(super) refused: bool,
}

/// Which of a seat's two devices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hold {
    Holder,
    Knocker,
}

impl Seat {
    pub(super) fn new(plan: SeatPlan, now: Millis) -> Self {
        let is_waiting = matches!(plan.state, Standing::Waiting { .. });
        let until = now + kept_ms(is_waiting && plan.text_me == Some(true));
        let state = match plan.state {
            Standing::Expected => State::Expected,
            Standing::Waiting { since } => State::Away { place: Place::Waiting(Waiting { since }), until },
            Standing::Admitted { at } => State::Away { place: Place::Admitted(Admitted { at }), until },
            Standing::Left => State::Gone(Gone::Left),
            Standing::Denied => State::Gone(Gone::Denied),
            Standing::Removed => State::Gone(Gone::Removed),
        };
        let kept = matches!(state, State::Away { .. });
        Self {
            id: plan.seat,
            role: plan.role,
            name: plan.name,
            state,
            device: plan.device.filter(|_| kept),
            holder: None,
            knocker: None,
            reconnecting: kept,
            page: None,
            screen: Screen::default(),
            media: MediaState::default(),
            text_me: plan.text_me,
            done: plan.commands.into(),
        }
    }

    pub(super) fn place(&self) -> Option<Place> {
        match self.state {
            State::Waiting(waiting) => Some(Place::Waiting(waiting)),
            State::Admitted(admitted) => Some(Place::Admitted(admitted)),
            State::Away { place, .. } => Some(place),
            State::Expected | State::Gone(_) => None,
        }
    }

    /// In the visit, connected or with the place kept.
    pub(super) fn is_inside(&self) -> bool {
        matches!(self.place(), Some(Place::Admitted(_)))
    }

    pub(super) fn is_waiting(&self) -> bool {
        matches!(self.place(), Some(Place::Waiting(_)))
    }

    /// How long the place is kept once the person is lost.
    pub(super) fn kept_ms(&self) -> Millis {
        kept_ms(self.is_waiting() && self.text_me == Some(true))
    }

    pub(super) fn is_connected(&self) -> bool {
        self.holder.as_ref().is_some_and(|session| session.connection.is_some())
    }

    pub(super) fn presence(&self) -> Presence {
        if self.reconnecting { Presence::Reconnecting } else { Presence::Here }
    }

    /// Why somebody who was inside is not any more.
    pub(super) fn departure(&self) -> Departure {
        match self.state {
            State::Gone(Gone::Lost) => Departure::Lost,
            State::Gone(Gone::Left) => Departure::Left,
            State::Waiting(_) | State::Away { .. } => Departure::SentBack,
            State::Admitted(_) | State::Expected | State::Gone(Gone::Denied | Gone::Removed) => Departure::Removed,
        }
    }

    pub(super) fn session(&self, hold: Hold) -> Option<&Session> {
        match hold {
            Hold::Holder => self.holder.as_ref(),
            Hold::Knocker => self.knocker.as_ref().map(|knocker| &knocker.session),
        }
    }

    pub(super) fn session_mut(&mut self, hold: Hold) -> Option<&mut Session> {
        match hold {
            Hold::Holder => self.holder.as_mut(),
            Hold::Knocker => self.knocker.as_mut().map(|knocker| &mut knocker.session),
        }
    }

    pub(super) fn hold_of(&self, connection: ConnectionId) -> Option<Hold> {
        [Hold::Holder, Hold::Knocker]
            .into_iter()
            .find(|hold| self.session(*hold).is_some_and(|session| session.connection == Some(connection)))
    }

    /// A page that is new to the others: the call with it starts from nothing.
    pub(super) fn turn_page(&mut self, page: &str) {
        if self.page.as_deref() != Some(page) {
            self.page = Some(page.to_owned());
            self.media = MediaState::default();
        }
    }

    pub(super) fn has_done(&self, command: &CommandId) -> bool {
        self.done.contains(command)
    }

    pub(super) fn note_done(&mut self, command: CommandId) {
        if self.done.len() == COMMANDS_KEPT {
            self.done.pop_front();
        }
        self.done.push_back(command);
    }
}

/// Who waits for a text need not keep the page open.
fn kept_ms(waits_for_text: bool) -> Millis {
    if waits_for_text { TEXTED_KEPT_MS } else { KEPT_MS }
}

/// Whether this role has the visit in its hands: the clinician, and in a test call the technician.
pub(super) fn keeps_the_door(role: Role, kind: VisitKind) -> bool {
    matches!((role, kind), (Role::Clinician, VisitKind::Clinical) | (Role::Support, VisitKind::TestCall))
}

/// What a role may do in a room of this kind.
pub(super) fn permissions(role: Role, kind: VisitKind) -> &'static [Permission] {
    match (role, kind) {
        (Role::Clinician, VisitKind::Clinical) => &[
            Permission::KeepTheDoor,
            Permission::RunningLate,
            Permission::EndForEveryone,
            Permission::ShowRecord,
            Permission::GoByPhone,
        ],
        (Role::Support, VisitKind::TestCall) => &[Permission::KeepTheDoor, Permission::RunningLate, Permission::EndForEveryone],
        (Role::Patient, VisitKind::Clinical) => &[Permission::AnswerConsent, Permission::GoByPhone],
        _ => &[],
    }
}
