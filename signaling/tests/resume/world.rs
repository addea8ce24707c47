//! The world around a room: wires that delay, double and lose what is on them, a database, a clock, and gateways that die.

use std::collections::{BTreeMap, VecDeque};

use signaling::ids::SeatId;
use signaling::message::*;
use signaling::room::{Connect, ConnectionId, Input, Millis, Output, Room, SILENT_MS};
use signaling::wire;

use crate::database::{CLINICIAN, Database, INTERPRETER, PATIENT};
use crate::ledger::Ledger;
use crate::page::Page;

/// Who may open a page, and where.
pub(crate) const PLACES: [(&str, &str); 5] =
    [(CLINICIAN, "desk"), (PATIENT, "phone"), (PATIENT, "tablet"), (INTERPRETER, "laptop"), (CLINICIAN, "home")];

/// A device that has a page's token and nothing else.
pub(crate) const THIEF: &str = "thief";

pub(crate) struct World {
    pub(crate) room: Room,
    pub(crate) now: Millis,
    pub(crate) database: Database,
    pub(crate) wires: BTreeMap<u64, Wire>,
    pub(crate) pages: [Option<Page>; PLACES.len()],
    pub(crate) ledger: Ledger,
    /// What the gateway dies of next, if it is to die.
    pub(crate) death: Option<Death>,
    pub(crate) disk_is_full: bool,
    again: Vec<Input>,
    nodes: u32,
    last: u64,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Death {
    BeforeStoring,
    /// Stored, and nobody was told.
    BeforeTelling,
}

/// One connection, with what is on its way.
pub(crate) struct Wire {
    pub(crate) place: usize,
    pub(crate) seat: SeatId,
    pub(crate) device: String,
    pub(crate) up: VecDeque<Up>,
    pub(crate) down: VecDeque<Down>,
    pub(crate) room: RoomEnd,
    /// Nothing that is put on it arrives any more.
    pub(crate) is_cut: bool,
    /// Whether it is a second device's, as the room last said.
    pub(crate) is_second: bool,
    pub(crate) epoch: u64,
    /// When the gateway last heard something on it.
    pub(crate) seen_at: Millis,
    /// When it last heard a message.
    pub(crate) heard_at: Millis,
    /// Somebody else's, who has the page's device and token.
    pub(crate) is_twin: bool,
}

impl Wire {
    pub(crate) fn is_busy(&self) -> bool {
        !(self.up.is_empty() && self.down.is_empty())
    }
}

#[derive(Clone, Debug)]
pub(crate) enum Up {
    Hello(Hello),
    Say(Envelope<ClientMessage>),
    Closed,
}

#[derive(Clone, Debug)]
pub(crate) enum Down {
    Say(Envelope<ServerMessage>),
    Closed,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum RoomEnd {
    /// Its hello is still on the way.
    Unknown,
    Open,
    /// The room has closed it.
    Closed,
    /// It ended without the room, which may not know yet.
    Gone,
}

impl World {
    pub(crate) fn begins() -> Self {
        let (now, database) = (1_000_000, Database::booked());
        Self {
            room: Room::new(database.plan(), 1, now),
            now,
            database,
            wires: BTreeMap::new(),
            pages: Default::default(),
            ledger: Ledger::default(),
            death: None,
            disk_is_full: false,
            again: vec![],
            nodes: 1,
            last: 0,
        }
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    /// A page is loaded here; one that was here before is gone.
    pub(crate) fn load(&mut self, place: usize) {
        self.drop_wire(place, true);
        let (seat, device) = PLACES[place];
        let name = format!("page {}", self.next());
        self.pages[place] = Some(Page::load(seat, device, name));
        self.connect(place);
    }

    /// The page's own connection, if it believes in one.
    pub(crate) fn wire_of(&self, place: usize) -> Option<u64> {
        self.pages[place].as_ref()?.wire
    }

    pub(crate) fn connect(&mut self, place: usize) {
        let Some(page) = self.pages[place].as_ref().filter(|page| page.closed.is_none() && page.wire.is_none()) else { return };
        let (hello, device) = (page.hello(), page.device.clone());
        let wire = self.open_wire(place, device, hello);
        if let Some(page) = &mut self.pages[place] {
            page.wire = Some(wire);
        }
    }

    pub(crate) fn open_wire(&mut self, place: usize, device: String, hello: Hello) -> u64 {
        let number = self.next();
        let wire = Wire {
            place,
            seat: PLACES[place].0.into(),
            device,
            up: VecDeque::from([Up::Hello(hello)]),
            down: VecDeque::new(),
            room: RoomEnd::Unknown,
            is_cut: false,
            is_second: false,
            epoch: 0,
            seen_at: 0,
            heard_at: Millis::MIN / 2,
            is_twin: false,
        };
        self.wires.insert(number, wire);
        number
    }

    /// The page gives its connection up, whether or not the gateway ever hears of that.
    pub(crate) fn drop_wire(&mut self, place: usize, is_heard_of: bool) {
        let Some(number) = self.wire_of(place) else { return };
        if let Some(page) = &mut self.pages[place] {
            page.lost();
        }
        if let Some(wire) = self.wires.get_mut(&number).filter(|wire| is_heard_of && !wire.is_cut) {
            wire.up.push_back(Up::Closed);
        }
    }

    pub(crate) fn say(&mut self, place: usize, message: ClientMessage) {
        let Some(page) = self.pages[place].as_mut().filter(|page| page.closed.is_none()) else { return };
        let said = page.say(message);
        self.put(place, said);
    }

    fn put(&mut self, place: usize, said: impl IntoIterator<Item = Envelope<ClientMessage>>) {
        let Some(wire) = self.wire_of(place).and_then(|number| self.wires.get_mut(&number)) else { return };
        if !wire.is_cut {
            wire.up.extend(said.into_iter().map(Up::Say));
        }
    }

    /// One thing arrives at the gateway.
    pub(crate) fn arrive_up(&mut self, number: u64) {
        let (now, token) = (self.now, format!("token {}", self.next()));
        let Some(wire) = self.wires.get_mut(&number) else { return };
        let (connection, seat) = (ConnectionId(number), wire.seat.clone());
        match wire.up.pop_front() {
            Some(Up::Hello(hello)) if wire.room == RoomEnd::Unknown => {
                wire.seen_at = now;
                let device = wire.device.clone();
                let honest = wire.device != THIEF && !wire.is_twin && !self.disk_is_full;
                let page = self.pages[wire.place].as_ref().filter(|page| honest && page.name == hello.page);
                let is_now = page.is_some_and(|page| page.wire == Some(number));
                let holds = |wire: &Wire| page.is_some_and(|page| wire.epoch == page.epoch && now - wire.heard_at < SILENT_MS);
                let is_fresh = self.wires.values().any(holds);
                self.ledger.before_hello(number, &hello, page, is_now, is_fresh);
                self.handle(Input::Connect(Connect { connection, seat, device, token, hello }));
                self.ledger.after_hello();
            }
            Some(Up::Say(envelope)) if wire.room == RoomEnd::Open => {
                (wire.seen_at, wire.heard_at) = (now, now);
                let is_next = self.ledger.is_next(wire, &envelope);
                if wire.is_twin {
                    self.ledger.spoil(&seat);
                }
                self.handle(Input::Received { connection, envelope: envelope.clone() });
                if let (true, ClientMessage::Candidate(candidate)) = (is_next, &envelope.message) {
                    self.owe(number, candidate);
                }
            }
            Some(Up::Closed) if wire.room == RoomEnd::Open => {
                wire.seen_at = now;
                self.close_room_end(number, RoomEnd::Gone);
                self.handle(Input::Disconnected { connection });
            }
            _ => {}
        }
    }

    /// What was taken from one person for another has to be heard there.
    fn owe(&mut self, number: u64, candidate: &CandidateTo) {
        let Some(wire) = self.wires.get(&number).filter(|wire| wire.room == RoomEnd::Open && !wire.is_second) else { return };
        if self.database.is_inside(&wire.seat) && self.database.is_inside(&candidate.to) && wire.seat != candidate.to {
            self.ledger.owes(&wire.seat, candidate);
        }
    }

    /// One thing arrives at the page; a page that gave the connection up does not hear it.
    pub(crate) fn arrive_down(&mut self, number: u64) {
        let Some(wire) = self.wires.get_mut(&number) else { return };
        let place = wire.place;
        let Some(said) = wire.down.pop_front() else { return };
        let Some(page) = self.pages[place].as_mut().filter(|page| page.wire == Some(number)) else { return };
        match said {
            Down::Say(envelope) => {
                let answers = page.hears(envelope);
                self.ledger.page_heard(&page.name);
                self.put(place, answers);
            }
            Down::Closed => page.lost(),
        }
    }

    /// As the task of a room does it: facts are stored before anybody is told, and where that fails nothing happened.
    pub(crate) fn handle(&mut self, input: Input) {
        let before = self.disk_is_full.then(|| self.room.clone());
        let is_passed_on = matches!(&input, Input::Received { envelope, .. } if envelope.message.is_passed_on());
        self.room.handle(self.now, input.clone());
        let (mut facts, mut rest) = (vec![], vec![]);
        while let Some(output) = self.room.poll() {
            match output {
                Output::Store(fact) => facts.push(fact),
                output => rest.push(output),
            }
        }
        assert!(!is_passed_on || facts.is_empty(), "what is only passed on waits for no disk: {facts:?}");
        match self.death.take() {
            Some(Death::BeforeStoring) => return self.die(),
            Some(Death::BeforeTelling) => {
                self.store(&facts);
                return self.die();
            }
            None => {}
        }
        if let Some(before) = before.filter(|_| !facts.is_empty()) {
            self.room = before;
            return self.not_stored(input);
        }
        self.store(&facts);
        let answers: Vec<Input> = rest.into_iter().filter_map(|output| self.carry_out(output)).collect();
        if !self.disk_is_full {
            self.ledger.after_handling(&self.room, &self.wires, &self.database, self.now);
        }
        answers.into_iter().for_each(|input| self.handle(input));
    }

    fn store(&mut self, facts: &[signaling::room::Fact]) {
        for fact in facts {
            self.database.store(fact);
        }
        self.ledger.stored(facts);
    }

    fn not_stored(&mut self, input: Input) {
        match input {
            Input::Connect(connect) => self.hang_up(connect.connection.0, CloseWord::Overloaded),
            Input::Received { connection, envelope: Envelope { n: Some(n), id: Some(id), .. } } => {
                self.handle(Input::NotStored { connection, n, id });
            }
            Input::Received { connection, .. } => {
                self.hang_up(connection.0, CloseWord::InternalError);
                self.handle(Input::Disconnected { connection });
            }
            Input::Tick => {}
            input => self.again.push(input),
        }
    }

    /// The gateway closes a connection that the room cannot say goodbye on.
    fn hang_up(&mut self, number: u64, code: CloseWord) {
        let bye = ServerMessage::Bye(Bye { code, retry_after_s: Some(1), node: None });
        if let Some(wire) = self.wires.get_mut(&number).filter(|wire| !wire.is_cut) {
            wire.down.push_back(Down::Say(Envelope { n: None, ack: 0, id: None, message: bye }));
            wire.down.push_back(Down::Closed);
        }
        self.close_room_end(number, RoomEnd::Gone);
    }

    fn carry_out(&mut self, output: Output) -> Option<Input> {
        match output {
            Output::Send { connection, text } => self.send(connection.0, &text),
            Output::Close { connection, .. } => {
                if let Some(wire) = self.wires.get_mut(&connection.0).filter(|wire| !wire.is_cut) {
                    wire.down.push_back(Down::Closed);
                }
                self.close_room_end(connection.0, RoomEnd::Closed);
            }
            Output::MintRelay { seat } => {
                return Some(Input::IceServers { seat, servers: IceServers { servers: vec![], expires_in_s: 600 } });
            }
            Output::Store(_) | Output::EndRelay { .. } | Output::Changed | Output::Measured { .. } => {}
        }
        None
    }

    fn send(&mut self, number: u64, text: &str) {
        let envelope: Envelope<ServerMessage> = wire::read(text).expect("the room writes what the wire reads");
        let wire = self.wires.get_mut(&number).expect("a known connection");
        assert_ne!(wire.room, RoomEnd::Closed, "said on a closed connection: {text}");
        if wire.room == RoomEnd::Gone {
            return;
        }
        wire.room = RoomEnd::Open;
        self.ledger.room_says(number, wire, &envelope, text.len(), &self.database);
        if !wire.is_cut {
            wire.down.push_back(Down::Say(envelope));
        }
    }

    fn close_room_end(&mut self, number: u64, end: RoomEnd) {
        if let Some(wire) = self.wires.get_mut(&number) {
            wire.room = end;
            wire.up.clear();
            self.ledger.wire_closed(wire, self.database.has_place(&wire.seat));
        }
    }

    /// Everything that was not stored is lost; what was already sent may still arrive.
    pub(crate) fn die(&mut self) {
        self.again.clear();
        for wire in self.wires.values_mut() {
            wire.room = RoomEnd::Gone;
            wire.up.clear();
            if !wire.is_cut {
                wire.down.push_back(Down::Closed);
            }
        }
        self.nodes += 1;
        self.room = Room::new(self.database.plan(), self.nodes, self.now);
        self.ledger.node_died(self.now);
    }

    /// Time passes, with a tick whenever the room wants one.
    pub(crate) fn wait(&mut self, span: Millis) {
        let until = self.now + span;
        while let Some(due) = self.room.deadline().filter(|due| *due <= until) {
            let stuck = due <= self.now && self.disk_is_full;
            self.now = self.now.max(due);
            self.handle(Input::Tick);
            if stuck {
                break;
            }
        }
        self.now = until;
    }

    pub(crate) fn fill_disk(&mut self, is_full: bool) {
        self.disk_is_full = is_full;
        if !is_full {
            for input in std::mem::take(&mut self.again) {
                self.handle(input);
            }
            self.wait(0);
        }
    }
}
