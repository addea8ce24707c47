//! The live room of one visit, as a machine: `handle` an input, drain `poll`, come back at `deadline`.
//!
//! Nothing here waits, writes or knows what time it is. Facts come out before everything else that an input brings about, so
//! that whoever runs the room commits them first; a room is a value, so where that fails the one from before is still there.
//!
//! Verbs change the state and nothing more. What people are told follows from it: after each input `tell` compares
//! what every session may see with what it was told last, and sends the difference.

mod arrive;
mod call;
mod command;
mod door;
pub mod io;
mod leave;
mod paths;
pub mod plan;
mod receive;
mod record;
mod seat;
mod session;
mod takeover;
mod tell;
mod time;
mod view;

use std::collections::VecDeque;

use crate::ids::{SeatId, VisitId};
use crate::message::{Bye, CloseWord, Consent, Presence, Role, Screen, VisitKind};
use crate::wire::Body;

pub use io::{Connect, ConnectionId, Fact, Input, Millis, Output, PathRow};
use paths::Path;
pub use plan::{Plan, SeatPlan, SnippetPlan, Standing};
use record::Record;
use seat::{Gone, Hold, Seat, State};

/// Pages send something at least this often.
pub const HEARTBEAT_S: u32 = 4;
/// Others are told that somebody reconnects after so long without a word.
pub const RECONNECTING_MS: Millis = 6_000;
/// A session is dead after so long without a word.
pub const SILENT_MS: Millis = 15_000;
/// A lost seat, and what was not acknowledged, are kept so long.
pub const KEPT_MS: Millis = 120_000;
/// The same for somebody who waits and wants a text when it is their turn.
pub const TEXTED_KEPT_MS: Millis = 4 * 60 * 60_000;
/// And from the text until they have to be there.
pub const TEXTED_COMES_MS: Millis = 15 * 60_000;
/// A new connection says hello within this; kept by whoever runs the sockets.
pub const HELLO_MS: Millis = 10_000;
/// What is kept for a page that does not acknowledge.
pub const BUFFER_MESSAGES: usize = 256;
pub const BUFFER_BYTES: usize = 512 * 1024;
/// What a page may say, in messages.
pub const FLOOD_PER_S: i64 = 20;
pub const FLOOD_BURST: i64 = 100;
/// The longest announced delay.
pub const MAX_LATE_MINUTES: u32 = 240;
/// Finished commands remembered for each seat.
pub const COMMANDS_KEPT: usize = 256;

#[derive(Clone, Debug)]
pub struct Room {
    visit: VisitId,
    kind: VisitKind,
    node: String,
    relay_only: bool,
    late_minutes: u32,
    by_phone: bool,
    snippet_key: String,
    seats: Vec<Seat>,
    record: Record,
    paths: Vec<Path>,
    /// What happened on pages in the last minute and was stored.
    happenings: Vec<(SeatId, Millis)>,
    ended: Option<Role>,
    /// The number of the newest session of this visit: larger than every one of an earlier room.
    epoch: u64,
    now: Millis,
    /// Something changed that somebody may have to be told.
    stale: bool,
    glances: Vec<Glance>,
    facts: VecDeque<Fact>,
    outputs: VecDeque<Output>,
}

/// What lists outside the room show of a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glance {
    pub seat: SeatId,
    /// Absent when nobody is connected and no place is kept.
    pub presence: Option<Presence>,
    pub screen: Screen,
    standing: Standing,
}

impl Room {
    /// `epoch` rises each time the visit's room is opened anew.
    pub fn new(plan: Plan, epoch: u32, now: Millis) -> Self {
        let mut room = Self {
            visit: plan.visit,
            kind: plan.kind,
            node: plan.node,
            relay_only: plan.relay_only,
            late_minutes: plan.late_minutes,
            by_phone: plan.by_phone,
            snippet_key: plan.snippet_key,
            seats: plan.seats.into_iter().map(|seat| Seat::new(seat, now)).collect(),
            record: Record::restored(plan.consent, plan.snippets),
            paths: Vec::new(),
            happenings: Vec::new(),
            ended: None,
            // Room for a million sessions in one epoch, and still exact in JavaScript.
            epoch: u64::from(epoch) << 20,
            now,
            stale: false,
            glances: Vec::new(),
            facts: VecDeque::new(),
            outputs: VecDeque::new(),
        };
        room.glances = room.glance();
        room
    }

    pub fn handle(&mut self, now: Millis, input: Input) {
        self.now = self.now.max(now);
        let is_tick = matches!(input, Input::Tick);
        match input {
            Input::Connect(connect) => self.arrive(connect),
            Input::Received { connection, envelope } => self.receive(connection, envelope),
            Input::NotStored { connection, n, id } => self.not_stored(connection, n, id),
            Input::Disconnected { connection } => self.disconnected(connection),
            Input::Tick => {}
            Input::Revoke { seat } => self.revoke(&seat),
            Input::SignOut { seat, device } => self.sign_out(&seat, device.as_deref()),
            Input::TestCall { seat, invite } => self.invite_to_test_call(&seat, invite),
            Input::RunCheck { seat, check } => self.ask_to_run_check(&seat, check),
            Input::IceServers { seat, servers } => self.hand_out_ice_servers(&seat, servers),
            Input::Prepared { snippet, expires_at } => self.record.prepared(snippet, expires_at),
            Input::NewPlan(plan) => self.follow(*plan),
            Input::End { by } => self.end_from_outside(by),
        }
        self.pass_time();
        if is_tick {
            self.give_up_the_lost();
        }
        self.end_paths();
        self.tell();
    }

    /// What is to be done, facts first. Drain it after every `handle`.
    pub fn poll(&mut self) -> Option<Output> {
        self.facts.pop_front().map(Output::Store).or_else(|| self.outputs.pop_front())
    }

    /// When to come back with a `Tick` if nothing else happens before.
    pub fn deadline(&self) -> Option<Millis> {
        self.next_deadline()
    }

    /// Nobody is connected and no place is kept: the room may be closed and made again from the database.
    pub fn is_idle(&self) -> bool {
        self.seats.iter().all(|seat| seat.holder.is_none() && seat.knocker.is_none() && seat.place().is_none())
    }

    pub fn is_over(&self) -> bool {
        self.ended.is_some()
    }

    /// Whether somebody else than staff is in the visit: a call is going on.
    pub fn is_in_call(&self) -> bool {
        self.seats.iter().filter(|seat| seat.is_inside()).count() > 1
    }

    /// What lists outside the room show.
    pub fn glance(&self) -> Vec<Glance> {
        let glance = |seat: &Seat| Glance {
            seat: seat.id.clone(),
            presence: (seat.is_connected() || seat.place().is_some()).then(|| seat.presence()),
            screen: seat.screen,
            standing: match (seat.place(), seat.state) {
                (Some(seat::Place::Waiting(waiting)), _) => Standing::Waiting { since: waiting.since },
                (Some(seat::Place::Admitted(admitted)), _) => Standing::Admitted { at: admitted.at },
                (None, State::Gone(Gone::Left | Gone::Lost)) => Standing::Left,
                (None, State::Gone(Gone::Denied)) => Standing::Denied,
                (None, State::Gone(Gone::Removed)) => Standing::Removed,
                (None, _) => Standing::Expected,
            },
        };
        self.seats.iter().map(glance).collect()
    }

    fn index(&self, seat: &SeatId) -> Option<usize> {
        self.seats.iter().position(|other| &other.id == seat)
    }

    fn by_connection(&self, connection: ConnectionId) -> Option<(usize, Hold)> {
        self.seats.iter().enumerate().find_map(|(at, seat)| Some((at, seat.hold_of(connection)?)))
    }

    fn keeps_the_door(&self, at: usize) -> bool {
        seat::keeps_the_door(self.seats[at].role, self.kind)
    }

    fn store(&mut self, fact: Fact) {
        self.facts.push_back(fact);
        self.stale = true;
    }

    fn id(&self, at: usize) -> SeatId {
        self.seats[at].id.clone()
    }

    /// Says goodbye on a connection and closes it.
    fn hang_up(&mut self, connection: ConnectionId, word: CloseWord) {
        let retry_after_s = match word {
            CloseWord::Flood => Some(5),
            word => word.comes_back().then_some(0),
        };
        let bye = Body::of(&crate::message::ServerMessage::Bye(Bye { code: word, retry_after_s, node: None }));
        self.outputs.push_back(Output::Send { connection, text: crate::wire::frame(None, 0, None, &bye) });
        self.outputs.push_back(Output::Close { connection, word });
    }

    /// Settings and seats as they are now in the database; who is in the room stays.
    fn follow(&mut self, plan: Plan) {
        self.relay_only = plan.relay_only;
        self.late_minutes = plan.late_minutes;
        for seat in plan.seats {
            match self.index(&seat.seat) {
                None => self.seats.push(Seat::new(seat, self.now)),
                Some(at) => {
                    let known = &mut self.seats[at];
                    known.name = seat.name;
                    known.text_me = seat.text_me;
                    let shut_out = matches!(known.state, State::Gone(Gone::Denied | Gone::Removed));
                    if shut_out && seat.state == Standing::Expected {
                        known.state = State::Expected;
                    } else if !shut_out && seat.state == Standing::Removed {
                        self.shut_out(at, Gone::Removed, CloseWord::Removed);
                    }
                }
            }
        }
        self.stale = true;
    }

    fn consent(&self) -> Consent {
        self.record.consent
    }
}
