//! A connection arrives: it goes on with its session, starts a new one, or finds the seat open elsewhere and knocks.

use crate::ids::SeatId;
use crate::message::{Arrival, CheckStep, CloseWord, RunCheck, ServerMessage, TestCallInvite, VERSION, Welcome};
use crate::room::io::{Connect, Fact, Output};
use crate::room::seat::{Admitted, Gone, Hold, Knocker, Place, State, Waiting, permissions};
use crate::room::session::Session;
use crate::room::{HEARTBEAT_S, Room};
use crate::wire::{Body, MAX_NAME_BYTES, frame};

impl Room {
    pub(super) fn arrive(&mut self, connect: Connect) {
        let at = match self.lets_in(&connect) {
            Ok(at) => at,
            Err(word) => return self.hang_up(connect.connection, word),
        };
        self.stale = true;
        if self.can_resume(at, &connect) {
            self.resume(at, connect);
        } else if self.is_overtaken(at, &connect) {
            self.hang_up(connect.connection, CloseWord::Silent);
        } else if self.seats[at].device.as_ref().is_some_and(|device| *device != connect.device) {
            self.knock(at, connect);
        } else {
            self.hold(at, connect);
        }
    }

    fn lets_in(&self, connect: &Connect) -> Result<usize, CloseWord> {
        if !connect.hello.versions.contains(&VERSION) {
            return Err(CloseWord::UnsupportedVersion);
        }
        if connect.hello.page.is_empty() || connect.hello.page.len() > MAX_NAME_BYTES {
            return Err(CloseWord::BadMessage);
        }
        if self.ended.is_some() {
            return Err(CloseWord::VisitEnded);
        }
        let at = self.index(&connect.seat).ok_or(CloseWord::Removed)?;
        match self.seats[at].state {
            State::Gone(Gone::Removed) => Err(CloseWord::Removed),
            State::Gone(Gone::Denied) => Err(CloseWord::Denied),
            _ => Ok(at),
        }
    }

    /// The right token, on the right device and page, and nothing forgotten in between.
    fn can_resume(&self, at: usize, connect: &Connect) -> bool {
        match (&self.seats[at].holder, &connect.hello.resume) {
            (Some(session), Some(resume)) => session.accepts(connect) && session.outbox.can_go_on_from(resume.received),
            _ => false,
        }
    }

    fn is_overtaken(&self, at: usize, connect: &Connect) -> bool {
        self.seats[at].holder.as_ref().is_some_and(|session| session.has_overtaken(connect, self.now))
    }

    fn resume(&mut self, at: usize, connect: Connect) {
        let now = self.now;
        self.back(at);
        let received = connect.hello.resume.as_ref().map_or(0, |resume| resume.received);
        let Some(session) = self.seats[at].holder.as_mut() else { return };
        let old = session.go_on(&connect, now);
        // `can_resume` has seen that so much was sent.
        let _ = session.outbox.acknowledge(received);
        if let Some(old) = old {
            self.hang_up(old, CloseWord::Silent);
        }
        self.welcome(at, Hold::Holder, Arrival::Resumed);
        let Some(session) = self.seats[at].holder.as_ref() else { return };
        let missed: Vec<String> = session.outbox.texts(session.received).collect();
        for text in missed {
            self.outputs.push_back(Output::Send { connection: connect.connection, text });
        }
        self.mint_if_inside(at);
    }

    /// The device's own seat, or a free one: a new session.
    fn hold(&mut self, at: usize, connect: Connect) {
        let device = connect.device.clone();
        if self.seats[at].device.as_ref() != Some(&device) {
            self.store(Fact::SeatHeld { seat: self.id(at), device: device.clone() });
            self.seats[at].device = Some(device);
        }
        self.back(at);
        if matches!(self.seats[at].state, State::Gone(_)) {
            self.seats[at].state = State::Expected;
        }
        self.admit_staff(at);
        let arrival = if connect.hello.resume.is_some() { Arrival::Resync } else { Arrival::New };
        let mut session = Session::new(&connect, self.next_epoch(), self.now);
        let seat = &mut self.seats[at];
        seat.turn_page(&connect.hello.page);
        let old = seat.holder.take();
        if let Some(old) = &old {
            session.allowance = old.allowance;
        }
        seat.holder = Some(session);
        self.hang_up_replaced(old, &connect);
        self.welcome(at, Hold::Holder, arrival);
        self.mint_if_inside(at);
        self.remind(at);
    }

    fn knock(&mut self, at: usize, connect: Connect) {
        let mut knocker = Knocker { session: Session::new(&connect, self.next_epoch(), self.now), asked: false, refused: false };
        let old = self.seats[at].knocker.take();
        // What a device asked for stands, whatever happens to its connections and pages.
        let same_device = old.as_ref().filter(|old| old.session.device == connect.device);
        if let Some(old) = same_device {
            (knocker.asked, knocker.refused) = (old.asked, old.refused);
            knocker.session.allowance = old.session.allowance;
        }
        let is_new = same_device.is_none();
        self.seats[at].knocker = Some(knocker);
        self.hang_up_replaced(old.map(|old| old.session), &connect);
        if is_new {
            self.store(Fact::Knocked { seat: self.id(at) });
        }
        let arrival = if connect.hello.resume.is_some() { Arrival::Resync } else { Arrival::New };
        self.welcome(at, Hold::Knocker, arrival);
    }

    /// The older connection of this very page comes back if it is the one that lives; another window does not.
    fn hang_up_replaced(&mut self, old: Option<Session>, by: &Connect) {
        let Some(old) = old else { return };
        let word = if old.is_of(by) { CloseWord::Silent } else { CloseWord::Replaced };
        if let Some(connection) = old.connection {
            self.hang_up(connection, word);
        }
    }

    /// The seat is connected again, where it was.
    pub(super) fn back(&mut self, at: usize) {
        let seat = &mut self.seats[at];
        seat.reconnecting = false;
        seat.state = match seat.state {
            State::Away { place: Place::Waiting(waiting), .. } => State::Waiting(Waiting { since: waiting.since }),
            State::Away { place: Place::Admitted(admitted), .. } => State::Admitted(Admitted { at: admitted.at }),
            state => state,
        };
    }

    /// Who has the visit in their hands waits for nobody.
    pub(super) fn admit_staff(&mut self, at: usize) {
        if self.keeps_the_door(at) && !self.seats[at].is_inside() {
            let now = self.now;
            self.seats[at].state = State::Admitted(Admitted { at: now });
            let seat = self.id(at);
            self.store(Fact::Admitted { by: seat.clone(), seat, identity_confirmed: false, at: now });
        }
    }

    fn next_epoch(&mut self) -> u64 {
        self.epoch += 1;
        self.epoch
    }

    fn welcome(&mut self, at: usize, hold: Hold, arrival: Arrival) {
        let view = (arrival != Arrival::Resumed).then(|| self.view(at, hold));
        let seat = &self.seats[at];
        let Some(session) = seat.session(hold) else { return };
        let Some(connection) = session.connection else { return };
        let may = match hold {
            Hold::Holder => permissions(seat.role, self.kind).to_vec(),
            Hold::Knocker => Vec::new(),
        };
        let welcome = Welcome {
            version: VERSION,
            arrival,
            seat: seat.id.clone(),
            visit: self.visit.clone(),
            role: seat.role,
            kind: self.kind,
            may,
            resume_token: session.newest_token(),
            heartbeat_s: HEARTBEAT_S,
            received: session.received,
            epoch: session.epoch,
            node: self.node.clone(),
            view: view.clone(),
        };
        let text = frame(None, session.received, None, &Body::of(&ServerMessage::Welcome(Box::new(welcome))));
        self.outputs.push_back(Output::Send { connection, text });
        if let (Some(view), Some(session)) = (view, self.seats[at].session_mut(hold)) {
            session.told = Some(view);
        }
    }

    /// What a new session has to know beside its view.
    pub(super) fn remind(&mut self, at: usize) {
        if self.seats[at].knocker.as_ref().is_some_and(|knocker| knocker.asked) {
            let asked = ServerMessage::TakeoverAsked(crate::message::SeatRef { seat: self.id(at) });
            self.say(at, Hold::Holder, &asked);
        }
        if let Some(asked) = self.consent_asked(at) {
            self.say(at, Hold::Holder, &asked);
        }
    }

    /// Said to the session that is there; whoever runs the room says it again to a later one while the test call is open.
    pub(super) fn invite_to_test_call(&mut self, seat: &SeatId, invite: TestCallInvite) {
        if let Some(at) = self.index(seat).filter(|at| !self.seats[*at].is_inside()) {
            self.say(at, Hold::Holder, &ServerMessage::TestCall(invite));
        }
    }

    /// Only before the visit: in it the devices are the call's.
    pub(super) fn ask_to_run_check(&mut self, seat: &SeatId, check: CheckStep) {
        if let Some(at) = self.index(seat).filter(|at| !self.seats[*at].is_inside()) {
            self.say(at, Hold::Holder, &ServerMessage::RunCheck(RunCheck { check }));
        }
    }
}
