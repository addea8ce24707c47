//! A visit with a clinician, a patient and an interpreter, their pages, and a clock. Checks on the way that facts come first
//! and that nothing is said on a closed connection.

use std::collections::BTreeMap;

use signaling::ids::{CommandId, SeatId, SnippetId};
use signaling::message::*;
use signaling::room::{Connect, ConnectionId, Fact, Input, Millis, Output, Plan, Room, SeatPlan, Standing};
use signaling::wire;

pub(crate) const CLINICIAN: &str = "clinician";
pub(crate) const PATIENT: &str = "patient";
pub(crate) const INTERPRETER: &str = "interpreter";

pub(crate) struct House {
    pub(crate) room: Room,
    pub(crate) now: Millis,
    pub(crate) facts: Vec<Fact>,
    /// Seats whose relay credentials were made or ended, in order.
    pub(crate) relay: Vec<(bool, SeatId)>,
    pub(crate) changes: usize,
    pub(crate) measured: Vec<PathLevel>,
    pages: BTreeMap<ConnectionId, Page>,
    last: u64,
}

/// One page's end of a connection.
#[derive(Default)]
pub(crate) struct Page {
    pub(crate) seat: String,
    pub(crate) heard: Vec<Envelope<ServerMessage>>,
    pub(crate) raw: Vec<String>,
    pub(crate) closed: Option<CloseWord>,
    said: u64,
    received: u64,
    pub(crate) token: String,
}

pub(crate) fn seat_plan(seat: &str, role: Role, state: Standing) -> SeatPlan {
    let name = format!("{seat}'s name");
    SeatPlan { seat: seat.into(), role, name, state, device: None, text_me: None, commands: vec![] }
}

pub(crate) fn plan(kind: VisitKind) -> Plan {
    let staff = if kind == VisitKind::Clinical { Role::Clinician } else { Role::Support };
    Plan {
        visit: "visit".into(),
        kind,
        node: "north-1".to_owned(),
        relay_only: false,
        late_minutes: 0,
        by_phone: false,
        consent: Consent::NotAsked,
        snippet_key: "key".into(),
        seats: vec![
            seat_plan(CLINICIAN, staff, Standing::Expected),
            seat_plan(PATIENT, Role::Patient, Standing::Expected),
            seat_plan(INTERPRETER, Role::Interpreter, Standing::Expected),
        ],
        snippets: vec![],
    }
}

pub(crate) fn hello(page: &str) -> Hello {
    Hello { versions: vec![1], features: vec![], page: page.into(), resume: None }
}

pub(crate) fn command(seat: &str) -> SeatRef {
    SeatRef { seat: seat.into() }
}

pub(crate) fn candidate_to(to: &str, number: usize) -> ClientMessage {
    let candidate = format!("candidate:{number} 1 udp 2122260223 192.168.1.7 54321 typ host");
    let candidate = Candidate { candidate, sdp_mid: None, sdp_m_line_index: None, username_fragment: None };
    ClientMessage::Candidate(CandidateTo { to: to.into(), page: None, candidate })
}

impl House {
    pub(crate) fn open(plan: Plan) -> Self {
        let now = 1_000_000;
        let room = Room::new(plan, 1, now);
        Self { room, now, facts: vec![], relay: vec![], changes: 0, measured: vec![], pages: BTreeMap::new(), last: 0 }
    }

    pub(crate) fn visit() -> Self {
        Self::open(plan(VisitKind::Clinical))
    }

    /// A clinic that can text the patient.
    pub(crate) fn texting() -> Self {
        let mut plan = plan(VisitKind::Clinical);
        plan.seats[1].text_me = Some(false);
        Self::open(plan)
    }

    /// Clinician and patient in the call, with empty ears.
    pub(crate) fn call() -> (Self, ConnectionId, ConnectionId) {
        let mut house = Self::visit();
        let clinician = house.connect(CLINICIAN, "desk");
        let patient = house.connect(PATIENT, "phone");
        house.does(patient, ClientMessage::CheckIn(Empty {}));
        house.does(clinician, ClientMessage::Admit(Admit { seat: PATIENT.into(), identity_confirmed: true }));
        house.forget();
        (house, clinician, patient)
    }

    pub(crate) fn forget(&mut self) {
        self.pages.values_mut().for_each(|page| {
            page.heard.clear();
            page.raw.clear();
        });
        self.facts.clear();
        self.relay.clear();
        self.changes = 0;
    }

    pub(crate) fn handle(&mut self, input: Input) {
        let is_passed_on = matches!(&input, Input::Received { envelope, .. } if envelope.message.is_passed_on());
        self.room.handle(self.now, input);
        let mut facts_over = false;
        while let Some(output) = self.room.poll() {
            assert!(!is_passed_on || !matches!(output, Output::Store(_)), "what is only passed on waits for no disk: {output:?}");
            assert!(!(facts_over && matches!(output, Output::Store(_))), "a fact after something else: {output:?}");
            facts_over |= !matches!(output, Output::Store(_));
            self.carry_out(output);
        }
    }

    fn carry_out(&mut self, output: Output) {
        match output {
            Output::Store(fact) => self.facts.push(fact),
            Output::Send { connection, text } => self.pages.get_mut(&connection).expect("a known connection").hears(text),
            Output::Close { connection, word } => {
                let page = self.pages.get_mut(&connection).expect("a known connection");
                let said = page.heard.last().map(|envelope| envelope.message.clone());
                assert!(matches!(said, Some(ServerMessage::Bye(bye)) if bye.code == word), "closed without a bye");
                page.closed = Some(word);
            }
            Output::MintRelay { seat } => self.relay.push((true, seat)),
            Output::EndRelay { seat } => self.relay.push((false, seat)),
            Output::Changed => self.changes += 1,
            Output::Measured { level } => self.measured.push(level),
        }
    }

    pub(crate) fn connect(&mut self, seat: &str, device: &str) -> ConnectionId {
        self.connect_with(seat, device, hello(&format!("page of {device}")))
    }

    pub(crate) fn connect_with(&mut self, seat: &str, device: &str, hello: Hello) -> ConnectionId {
        self.last += 1;
        let connection = ConnectionId(self.last);
        self.pages.insert(connection, Page { seat: seat.into(), ..Page::default() });
        let token = format!("token {}", self.last);
        self.handle(Input::Connect(Connect { connection, seat: seat.into(), device: device.into(), token, hello }));
        connection
    }

    /// The same page comes back on a new connection, with what it has.
    pub(crate) fn come_back(&mut self, old: ConnectionId, device: &str) -> ConnectionId {
        let page = &self.pages[&old];
        let resume = Some(Resume { token: page.token.clone(), received: page.received });
        let (seat, said, received) = (page.seat.clone(), page.said, page.received);
        let new = ConnectionId(self.last + 1);
        let hello = Hello { resume, ..hello(&format!("page of {device}")) };
        // What was said and received belongs to the session: it goes on unless the welcome says otherwise.
        self.last += 1;
        self.pages.insert(new, Page { seat: seat.clone(), said, received, ..Page::default() });
        let token = format!("token {}", self.last);
        self.handle(Input::Connect(Connect { connection: new, seat: seat.as_str().into(), device: device.into(), token, hello }));
        new
    }

    /// Sends a message; commands get an id of their own.
    pub(crate) fn say(&mut self, connection: ConnectionId, message: ClientMessage) {
        let id = CommandId(format!("{}-{}", connection.0, self.pages[&connection].said + 1));
        self.say_as(connection, &id, message);
    }

    pub(crate) fn say_as(&mut self, connection: ConnectionId, id: &CommandId, message: ClientMessage) {
        let page = self.pages.get_mut(&connection).expect("a known connection");
        let n = message.is_numbered().then(|| {
            page.said += 1;
            page.said
        });
        let envelope = Envelope { n, ack: page.received, id: message.is_command().then(|| id.clone()), message };
        self.handle(Input::Received { connection, envelope });
    }

    /// A command that must be done.
    pub(crate) fn does(&mut self, connection: ConnectionId, message: ClientMessage) {
        self.say(connection, message);
        assert_eq!(self.answer(connection), Ok(()));
    }

    /// A command that must be refused, without a trace in the facts but that of a forbidden try.
    pub(crate) fn is_refused(&mut self, connection: ConnectionId, message: ClientMessage, word: RefusalWord) {
        let facts = self.facts.len();
        self.say(connection, message);
        assert_eq!(self.answer(connection), Err(word));
        let left = &self.facts[facts..];
        assert!(left.iter().all(|fact| matches!(fact, Fact::NotAllowed { .. })), "{left:?}");
    }

    /// The newest `done` or `refused`.
    pub(crate) fn answer(&self, connection: ConnectionId) -> Result<(), RefusalWord> {
        let answers = self.pages[&connection].heard.iter().rev();
        let mut answers = answers.filter_map(|envelope| match &envelope.message {
            ServerMessage::Done(_) => Some(Ok(())),
            ServerMessage::Refused(refused) => Some(Err(refused.word)),
            _ => None,
        });
        answers.next().expect("an answer")
    }

    pub(crate) fn page(&self, connection: ConnectionId) -> &Page {
        &self.pages[&connection]
    }

    /// What was heard since `forget`, without the answers to commands and pings.
    pub(crate) fn heard(&self, connection: ConnectionId) -> Vec<ServerMessage> {
        let news = |message: &ServerMessage| {
            !matches!(message, ServerMessage::Done(_) | ServerMessage::Refused(_) | ServerMessage::Pong(_))
        };
        self.pages[&connection].heard.iter().map(|envelope| envelope.message.clone()).filter(news).collect()
    }

    pub(crate) fn closed(&self, connection: ConnectionId) -> Option<CloseWord> {
        self.pages[&connection].closed
    }

    pub(crate) fn welcome(&self, connection: ConnectionId) -> Welcome {
        let welcome = self.pages[&connection].heard.iter().find_map(|envelope| match &envelope.message {
            ServerMessage::Welcome(welcome) => Some((**welcome).clone()),
            _ => None,
        });
        welcome.expect("a welcome")
    }

    /// Time passes for a page that is gone; the others keep their sessions alive.
    pub(crate) fn wait(&mut self, seconds: i64, alive: &[ConnectionId]) {
        for _ in 0..seconds {
            self.now += 1000;
            for connection in alive {
                self.say(*connection, ClientMessage::Ping(Ping { nonce: 1 }));
            }
            self.handle(Input::Tick);
        }
    }

    pub(crate) fn disconnect(&mut self, connection: ConnectionId) {
        self.handle(Input::Disconnected { connection });
    }

    pub(crate) fn prepare(&mut self, snippet: &str) -> SnippetId {
        self.handle(Input::Prepared { snippet: snippet.into(), expires_at: self.now + 600_000 });
        snippet.into()
    }
}

impl Page {
    fn hears(&mut self, text: String) {
        assert_eq!(self.closed, None, "said on a closed connection: {text}");
        let envelope: Envelope<ServerMessage> = wire::read(&text).expect("the room writes what the wire reads");
        if let ServerMessage::Welcome(welcome) = &envelope.message {
            self.token = welcome.resume_token.clone();
            if welcome.arrival != Arrival::Resumed {
                (self.said, self.received) = (0, 0);
            }
        }
        if let Some(n) = envelope.n {
            assert_eq!(n, self.received + 1, "in order and without a hole");
            self.received = n;
        }
        self.raw.push(text);
        self.heard.push(envelope);
    }
}
