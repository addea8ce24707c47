//! Coming back after a lost connection: in order, exactly once, whatever was in flight when it broke.

use std::collections::VecDeque;

use proptest::prelude::*;
use signaling::ids::SeatId;
use signaling::message::*;
use signaling::room::{Connect, ConnectionId, Input, Millis, Output, Room};
use signaling::wire;

use crate::house::*;

#[test]
fn a_page_that_returns_hears_what_it_missed_and_nothing_twice() {
    let (mut house, clinician, patient) = House::call();
    house.say(clinician, candidate_to(PATIENT, 1));
    house.disconnect(patient);
    house.say(clinician, candidate_to(PATIENT, 2));
    house.say(clinician, candidate_to(PATIENT, 3));
    let back = house.come_back(patient, "phone");
    assert_eq!((house.welcome(back).arrival, &house.welcome(back).view), (Arrival::Resumed, &None));
    let candidates = house.heard(back).into_iter().filter(|message| matches!(message, ServerMessage::Candidate(_)));
    assert_eq!(candidates.count(), 2);
    assert_eq!(house.heard(clinician), [], "two seconds away are nobody else's business");
}

#[test]
fn a_resume_token_works_once_and_on_its_own_device() {
    let (mut house, _, patient) = House::call();
    house.disconnect(patient);
    let stolen = house.come_back(patient, "thief");
    assert!(matches!(house.welcome(stolen).view, Some(View::Outside(outside)) if outside.state == OutsideState::AlreadyOpen));
    let first = house.come_back(patient, "phone");
    let second = house.come_back(patient, "phone");
    assert_eq!(house.welcome(first).arrival, Arrival::Resumed);
    assert_eq!((house.welcome(second).arrival, house.closed(first)), (Arrival::Resync, Some(CloseWord::Replaced)));
}

#[test]
fn more_than_is_kept_is_a_resync_under_a_new_epoch() {
    let (mut house, clinician, patient) = House::call();
    let epoch = house.welcome_epoch(PATIENT);
    house.disconnect(patient);
    for number in 0..20 {
        for part in 0..15 {
            house.say(clinician, candidate_to(PATIENT, number * 15 + part));
        }
        house.wait(1, &[clinician]);
    }
    let back = house.come_back(patient, "phone");
    let welcome = house.welcome(back);
    assert_eq!(welcome.arrival, Arrival::Resync);
    assert!(welcome.epoch > epoch && matches!(welcome.view, Some(View::Inside(_))));
}

impl House {
    fn welcome_epoch(&mut self, seat: &str) -> u64 {
        let probe = self.connect_with(seat, "phone", hello("probe"));
        let epoch = self.welcome(probe).epoch;
        self.disconnect(probe);
        self.connect(seat, "phone");
        epoch
    }
}

/// What may happen to the patient's line.
#[derive(Clone, Debug)]
enum Step {
    ClinicianSays(u8),
    PatientSays(u8),
    /// So many messages arrive, downwards and upwards.
    Arrive(u8, u8),
    /// The line breaks with all that is on it; the room notices or not.
    Cut {
        noticed: bool,
    },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (1..12u8).prop_map(Step::ClinicianSays),
        (1..12u8).prop_map(Step::PatientSays),
        (0..12u8, 0..12u8).prop_map(|(down, up)| Step::Arrive(down, up)),
        any::<bool>().prop_map(|noticed| Step::Cut { noticed }),
    ]
}

/// The patient's page and its line, which loses what is on it when it breaks.
struct Line {
    room: Room,
    now: Millis,
    clinician: ConnectionId,
    connection: ConnectionId,
    last: u64,
    down: VecDeque<String>,
    up: VecDeque<Envelope<ClientMessage>>,
    page: PatientPage,
    /// Numbers of the candidates that each side has taken, in the order of taking.
    patient_took: Vec<usize>,
    clinician_took: Vec<usize>,
    clinician_said: (u64, usize, u64),
    /// Candidates numbered so far by the patient.
    patient_made: usize,
    resyncs: usize,
    /// The room gave the line up, after 15 s without a word.
    is_closed: bool,
}

#[derive(Default)]
struct PatientPage {
    token: Option<String>,
    received: u64,
    said: u64,
    unacknowledged: VecDeque<(u64, ClientMessage)>,
    welcomed: bool,
}

impl Line {
    fn open() -> Self {
        let mut plan = plan(VisitKind::Clinical);
        for seat in &mut plan.seats[..2] {
            seat.state = signaling::room::Standing::Admitted { at: 1 };
        }
        let now = 1_000_000;
        let mut line = Self {
            room: Room::new(plan, 1, now),
            now,
            clinician: ConnectionId(1),
            connection: ConnectionId(1),
            last: 1,
            down: VecDeque::new(),
            up: VecDeque::new(),
            page: PatientPage::default(),
            patient_took: vec![],
            clinician_took: vec![],
            clinician_said: (0, 0, 0),
            patient_made: 0,
            resyncs: 0,
            is_closed: false,
        };
        let seat: SeatId = CLINICIAN.into();
        let token = "of the clinician".to_owned();
        line.handle(Input::Connect(Connect { connection: ConnectionId(1), seat, device: "d".into(), token, hello: hello("c") }));
        line.connect();
        line.arrive(99, 99);
        line
    }

    fn handle(&mut self, input: Input) {
        self.room.handle(self.now, input);
        while let Some(output) = self.room.poll() {
            if matches!(output, Output::Close { connection, .. } if connection == self.connection) {
                self.is_closed = true;
            }
            let Output::Send { connection, text } = output else { continue };
            if connection == self.clinician {
                self.clinician_hears(&text);
            } else if connection == self.connection {
                self.down.push_back(text);
            }
        }
    }

    fn clinician_hears(&mut self, text: &str) {
        let envelope: Envelope<ServerMessage> = wire::read(text).expect("readable");
        self.clinician_said.2 = envelope.n.unwrap_or(self.clinician_said.2);
        if let ServerMessage::Candidate(candidate) = envelope.message {
            self.clinician_took.push(number_of(&candidate.candidate));
        }
    }

    fn clinician_says(&mut self, message: ClientMessage) {
        let n = message.is_numbered().then(|| {
            self.clinician_said.0 += 1;
            self.clinician_said.0
        });
        let envelope = Envelope { n, ack: self.clinician_said.2, id: None, message };
        self.handle(Input::Received { connection: self.clinician, envelope });
    }

    fn step(&mut self, step: &Step) {
        // The clinician's own session stays alive, and nobody is a flood.
        self.now += 1000;
        self.clinician_says(ClientMessage::Ping(Ping { nonce: 1 }));
        match *step {
            Step::ClinicianSays(count) => (0..count).for_each(|_| {
                self.clinician_said.1 += 1;
                self.clinician_says(candidate_to(PATIENT, self.clinician_said.1));
            }),
            Step::PatientSays(count) => (0..count).for_each(|_| self.patient_says()),
            Step::Arrive(down, up) => self.arrive(down, up),
            Step::Cut { noticed } => self.cut(noticed),
        }
        if std::mem::take(&mut self.is_closed) {
            self.cut(false);
            self.arrive(1, 0);
        }
    }

    fn patient_says(&mut self) {
        self.patient_made += 1;
        self.page.said += 1;
        let message = candidate_to(CLINICIAN, self.patient_made);
        self.page.unacknowledged.push_back((self.page.said, message));
        if self.page.welcomed {
            self.transmit(self.page.said);
        }
    }

    fn transmit(&mut self, n: u64) {
        let message = self.page.unacknowledged.iter().find(|(other, _)| *other == n).expect("kept").1.clone();
        self.up.push_back(Envelope { n: Some(n), ack: self.page.received, id: None, message });
    }

    fn arrive(&mut self, down: u8, up: u8) {
        for _ in 0..up {
            let Some(envelope) = self.up.pop_front() else { break };
            self.handle(Input::Received { connection: self.connection, envelope });
        }
        for _ in 0..down {
            let Some(text) = self.down.pop_front() else { break };
            self.patient_hears(&text);
        }
    }

    fn patient_hears(&mut self, text: &str) {
        let envelope: Envelope<ServerMessage> = wire::read(text).expect("readable");
        self.page.unacknowledged.retain(|(n, _)| *n > envelope.ack || matches!(envelope.message, ServerMessage::Welcome(_)));
        if let Some(n) = envelope.n {
            assert_eq!(n, self.page.received + 1, "in order and without a hole");
            self.page.received = n;
        }
        match envelope.message {
            ServerMessage::Welcome(welcome) => self.patient_is_welcome(&welcome),
            ServerMessage::Candidate(candidate) => self.patient_took.push(number_of(&candidate.candidate)),
            _ => {}
        }
    }

    fn patient_is_welcome(&mut self, welcome: &Welcome) {
        let first = self.page.token.is_none();
        self.page.token = Some(welcome.resume_token.clone());
        self.page.welcomed = true;
        if welcome.arrival == Arrival::Resumed {
            self.page.unacknowledged.retain(|(n, _)| *n > welcome.received);
            let again: Vec<u64> = self.page.unacknowledged.iter().map(|(n, _)| *n).collect();
            again.into_iter().for_each(|n| self.transmit(n));
        } else if !first {
            // A new epoch: what was on its way is void on both sides.
            self.resyncs += 1;
            self.page.unacknowledged.clear();
            (self.page.said, self.page.received) = (0, 0);
        }
    }

    fn cut(&mut self, noticed: bool) {
        self.down.clear();
        self.up.clear();
        self.page.welcomed = false;
        if noticed {
            self.handle(Input::Disconnected { connection: self.connection });
        }
        self.connect();
    }

    fn connect(&mut self) {
        self.last += 1;
        let connection = ConnectionId(self.last);
        self.connection = connection;
        let resume = self.page.token.clone().map(|token| Resume { token, received: self.page.received });
        let hello = Hello { resume, ..hello("the patient's page") };
        let token = format!("token {}", self.last);
        self.handle(Input::Connect(Connect { connection, seat: PATIENT.into(), device: "phone".into(), token, hello }));
    }

    /// Everything on its way arrives, no faster than a seat may speak.
    fn flush(&mut self) {
        while !self.up.is_empty() || !self.down.is_empty() || self.is_closed {
            self.step(&Step::Arrive(255, 15));
        }
    }
}

fn number_of(candidate: &Candidate) -> usize {
    let foundation = candidate.candidate.strip_prefix("candidate:").and_then(|rest| rest.split(' ').next());
    foundation.and_then(|number| number.parse().ok()).expect("a numbered candidate")
}

fn is_ascending(numbers: &[usize]) -> bool {
    numbers.windows(2).all(|pair| pair[0] < pair[1])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn however_the_line_breaks_everything_arrives_in_order_and_once(steps in prop::collection::vec(step(), 1..60)) {
        let mut line = Line::open();
        for step in &steps {
            line.step(step);
        }
        line.flush();
        prop_assert!(is_ascending(&line.patient_took), "{:?}", line.patient_took);
        prop_assert!(is_ascending(&line.clinician_took), "{:?}", line.clinician_took);
        if line.resyncs == 0 {
            prop_assert_eq!(line.patient_took.len(), line.clinician_said.1);
            prop_assert_eq!(line.clinician_took.len(), line.patient_made);
        }
    }

    #[test]
    fn when_every_welcome_arrives_nothing_is_ever_lost(steps in prop::collection::vec(step(), 1..60)) {
        let mut line = Line::open();
        for step in &steps {
            line.step(step);
            if matches!(step, Step::Cut { .. }) {
                line.arrive(1, 0);
            }
        }
        line.flush();
        prop_assert_eq!(line.resyncs, 0);
        prop_assert_eq!(line.patient_took.len(), line.clinician_said.1);
        prop_assert_eq!(line.clinician_took.len(), line.patient_made);
    }
}
