//! A page as it behaves by the rules of docs/PROTOCOL.md, and the journal of what it has heard.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use signaling::ids::{CommandId, SeatId};
use signaling::message::*;

pub(crate) struct Page {
    pub(crate) seat: SeatId,
    pub(crate) device: String,
    pub(crate) name: String,
    /// The connection that the page believes in.
    pub(crate) wire: Option<u64>,
    pub(crate) is_welcome: bool,
    /// It stays away from now on.
    pub(crate) closed: Option<CloseWord>,
    pub(crate) token: Option<String>,
    pub(crate) epoch: u64,
    pub(crate) received: u64,
    said: u64,
    unacknowledged: VecDeque<Envelope<ClientMessage>>,
    /// In the order of asking.
    unanswered: Vec<(CommandId, ClientMessage)>,
    answered: BTreeSet<CommandId>,
    commands: u64,
    /// Numbers of what each of the others said, in the order of hearing.
    pub(crate) heard: BTreeMap<SeatId, Vec<u32>>,
}

impl Page {
    pub(crate) fn load(seat: &str, device: &str, name: String) -> Self {
        Self {
            seat: seat.into(),
            device: device.to_owned(),
            name,
            wire: None,
            is_welcome: false,
            closed: None,
            token: None,
            epoch: 0,
            received: 0,
            said: 0,
            unacknowledged: VecDeque::new(),
            unanswered: vec![],
            answered: BTreeSet::new(),
            commands: 0,
            heard: BTreeMap::new(),
        }
    }

    pub(crate) fn hello(&self) -> Hello {
        let resume = self.token.clone().map(|token| Resume { token, received: self.received });
        Hello { versions: vec![1], features: vec![], page: self.name.clone(), resume }
    }

    /// Everything it said was taken and answered.
    pub(crate) fn has_nothing_left(&self) -> bool {
        self.unacknowledged.is_empty() && self.unanswered.is_empty()
    }

    /// Says something, now or when it can.
    pub(crate) fn say(&mut self, message: ClientMessage) -> Option<Envelope<ClientMessage>> {
        let id = message.is_command().then(|| {
            self.commands += 1;
            CommandId(format!("{}-{}", self.name, self.commands))
        });
        if let Some(id) = &id {
            self.unanswered.push((id.clone(), message.clone()));
        }
        self.put(id, message)
    }

    fn put(&mut self, id: Option<CommandId>, message: ClientMessage) -> Option<Envelope<ClientMessage>> {
        if !message.is_numbered() {
            return self.is_welcome.then_some(Envelope { n: None, ack: self.received, id: None, message });
        }
        self.said += 1;
        let envelope = Envelope { n: Some(self.said), ack: self.received, id, message };
        self.unacknowledged.push_back(envelope.clone());
        self.is_welcome.then_some(envelope)
    }

    pub(crate) fn lost(&mut self) {
        (self.wire, self.is_welcome) = (None, false);
    }

    /// Takes what arrived; gives what is to be said at once.
    pub(crate) fn hears(&mut self, envelope: Envelope<ServerMessage>) -> Vec<Envelope<ClientMessage>> {
        match envelope.message {
            ServerMessage::Welcome(welcome) => return self.is_welcomed(&welcome),
            ServerMessage::Bye(bye) => {
                if !bye.code.comes_back() {
                    self.closed = Some(bye.code);
                }
                return vec![];
            }
            _ => {}
        }
        self.acknowledge(envelope.ack);
        if let Some(n) = envelope.n {
            if n <= self.received {
                return vec![];
            }
            assert_eq!(n, self.received + 1, "a hole in what {} hears", self.name);
            self.received = n;
        }
        self.take(envelope.id, envelope.message);
        vec![]
    }

    fn take(&mut self, id: Option<CommandId>, message: ServerMessage) {
        match message {
            ServerMessage::Done(_) | ServerMessage::Refused(_) => {
                let id = id.expect("an answer names its command");
                let asked = self.unanswered.iter().position(|(other, _)| *other == id);
                self.unanswered.remove(asked.unwrap_or_else(|| panic!("answered without a question: {id}")));
                assert!(self.answered.insert(id), "answered twice");
            }
            ServerMessage::Candidate(candidate) => {
                let number = number_of(&candidate.candidate);
                let heard = self.heard.entry(candidate.from).or_default();
                assert!(heard.last().is_none_or(|last| *last < number), "{number} after {heard:?}");
                heard.push(number);
            }
            _ => {}
        }
    }

    fn is_welcomed(&mut self, welcome: &Welcome) -> Vec<Envelope<ClientMessage>> {
        let is_first = self.token.is_none();
        self.token = Some(welcome.resume_token.clone());
        self.is_welcome = true;
        if welcome.arrival == Arrival::Resumed {
            assert_eq!(welcome.epoch, self.epoch, "resumed into another session");
        } else {
            assert!(welcome.epoch > self.epoch, "an epoch is used once");
            (self.epoch, self.received) = (welcome.epoch, 0);
        }
        if welcome.arrival == Arrival::Resumed || is_first {
            self.acknowledge(welcome.received);
        } else {
            self.said = 0;
            self.unacknowledged.clear();
            for (id, message) in self.unanswered.clone() {
                self.put(Some(id), message);
            }
        }
        self.unacknowledged.iter().map(|envelope| Envelope { ack: self.received, ..envelope.clone() }).collect()
    }

    fn acknowledge(&mut self, up_to: u64) {
        self.unacknowledged.retain(|envelope| envelope.n.is_some_and(|n| n > up_to));
    }
}

pub(crate) fn candidate(to: &str, number: u32) -> ClientMessage {
    let candidate = format!("candidate:{number} 1 udp 2122260223 192.168.1.7 54321 typ host");
    let candidate = Candidate { candidate, sdp_mid: None, sdp_m_line_index: None, username_fragment: None };
    ClientMessage::Candidate(CandidateTo { to: to.into(), page: None, candidate })
}

pub(crate) fn number_of(candidate: &Candidate) -> u32 {
    let foundation = candidate.candidate.strip_prefix("candidate:").and_then(|rest| rest.split(' ').next());
    foundation.and_then(|number| number.parse().ok()).expect("a numbered candidate")
}
