//! What may happen, and how it happens to the world; and how everything comes to rest in the end.

use proptest::prelude::*;
use signaling::message::*;
use signaling::room::{Input, Millis};

use crate::database::{CLINICIAN, INTERPRETER, PATIENT};
use crate::page::candidate;
use crate::world::{Death, Down, PLACES, RoomEnd, THIEF, Up, Wire, World};

const SEATS: [&str; 3] = [CLINICIAN, PATIENT, INTERPRETER];

#[derive(Clone, Copy, Debug)]
pub(crate) enum Accident {
    /// A page is loaded, anew where there was one.
    Load(usize),
    /// A page that has no connection, or gives up the one it has, connects.
    Connect {
        place: usize,
        is_heard_of: bool,
    },
    Say(usize, Word),
    /// So much arrives on one of the place's connections, old ones too.
    Arrive {
        place: usize,
        pick: usize,
        up: u8,
        down: u8,
    },
    /// What is on the wire is lost, and what comes after; either end hears of it or not.
    Cut {
        place: usize,
        page_hears: bool,
        room_hears: bool,
    },
    /// The next numbered message of this direction arrives twice.
    Double {
        place: usize,
        is_up: bool,
    },
    /// All is well for a while: pages beat, everything arrives.
    Well(u8),
    Wait(Millis),
    /// The gateway is killed: in what it does next, or now.
    Kill(Option<Death>),
    /// Another device has the page's token.
    Steal(usize),
    /// Somebody with the page's device, name and token; who may also speak.
    Twin {
        place: usize,
        speaks: bool,
    },
    Disk {
        is_full: bool,
    },
    Revoke(usize),
    SignOut {
        home: bool,
    },
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Word {
    Candidate(usize),
    Media(bool),
    Progress(bool),
    Ping,
    Renew,
    CheckIn,
    Leave,
    Ask,
    Answer(bool),
    Allow(usize),
    Admit(usize),
    Deny(usize),
    SendBack(usize),
    Remove(usize),
    Late(u32),
    Offer(usize),
    Consent(bool),
}

pub(crate) fn accident() -> impl Strategy<Value = Accident> {
    let place = 0..PLACES.len();
    let usual = prop_oneof![6 => 0..2usize, 1 => place.clone()];
    prop_oneof![
        3 => usual.clone().prop_map(Accident::Load),
        8 => (place.clone(), any::<bool>()).prop_map(|(place, is_heard_of)| Accident::Connect { place, is_heard_of }),
        26 => (usual.clone(), word()).prop_map(|(place, word)| Accident::Say(place, word)),
        26 => (place.clone(), 0..4usize, 0..6u8, 0..6u8).prop_map(|(place, pick, up, down)| Accident::Arrive { place, pick, up, down }),
        6 => (usual.clone(), any::<bool>(), any::<bool>())
            .prop_map(|(place, page_hears, room_hears)| Accident::Cut { place, page_hears, room_hears }),
        2 => (place.clone(), any::<bool>()).prop_map(|(place, is_up)| Accident::Double { place, is_up }),
        12 => (1..4u8).prop_map(Accident::Well),
        3 => prop_oneof![10 => 10..3_000i64, 3 => 3_000..20_000i64, 1 => 100_000..140_000i64].prop_map(Accident::Wait),
        1 => prop_oneof![Just(None), Just(Some(Death::BeforeStoring)), Just(Some(Death::BeforeTelling))].prop_map(Accident::Kill),
        1 => usual.clone().prop_map(Accident::Steal),
        1 => (usual, any::<bool>()).prop_map(|(place, speaks)| Accident::Twin { place, speaks }),
        1 => prop_oneof![1 => Just(true), 3 => Just(false)].prop_map(|is_full| Accident::Disk { is_full }),
    ]
    .boxed()
    .prop_flat_map(rarely_worse)
}

/// What ends things for good is rare, or little else would happen.
fn rarely_worse(accident: Accident) -> impl Strategy<Value = Accident> {
    prop_oneof![
        150 => Just(accident),
        1 => (0..SEATS.len()).prop_map(Accident::Revoke),
        1 => any::<bool>().prop_map(|home| Accident::SignOut { home }),
        1 => (Just(0), (1..SEATS.len(), any::<bool>()).prop_map(|(seat, deny)| if deny { Word::Deny(seat) } else { Word::Remove(seat) }))
            .prop_map(|(place, word)| Accident::Say(place, word)),
    ]
}

fn word() -> impl Strategy<Value = Word> {
    let seat = prop_oneof![3 => 0..2usize, 1 => 0..SEATS.len()];
    prop_oneof![
        20 => seat.clone().prop_map(Word::Candidate),
        2 => any::<bool>().prop_map(Word::Media),
        2 => any::<bool>().prop_map(Word::Progress),
        3 => Just(Word::Ping),
        1 => Just(Word::Renew),
        6 => Just(Word::CheckIn),
        1 => Just(Word::Leave),
        2 => Just(Word::Ask),
        2 => any::<bool>().prop_map(Word::Answer),
        1 => seat.clone().prop_map(Word::Allow),
        8 => seat.clone().prop_map(Word::Admit),
        1 => seat.clone().prop_map(Word::SendBack),
        1 => (0..20u32).prop_map(Word::Late),
        1 => seat.prop_map(Word::Offer),
        1 => any::<bool>().prop_map(Word::Consent),
    ]
}

impl World {
    /// Clinician and patient are in the call.
    pub(crate) fn call() -> Self {
        let mut world = Self::begins();
        (0..2).for_each(|place| world.load(place));
        world.utter(1, Word::CheckIn);
        world.go_well(1_000);
        world.utter(0, Word::Admit(1));
        world.go_well(1_000);
        world
    }

    pub(crate) fn suffer(&mut self, accident: &Accident) {
        match *accident {
            Accident::Load(place) => self.load(place),
            Accident::Connect { place, is_heard_of } => {
                self.drop_wire(place, is_heard_of);
                self.connect(place);
            }
            Accident::Say(place, word) => self.utter(place, word),
            Accident::Arrive { place, pick, up, down } => self.arrive(place, pick, up, down),
            Accident::Cut { place, page_hears, room_hears } => self.cut(place, page_hears, room_hears),
            Accident::Double { place, is_up } => self.double(place, is_up),
            Accident::Well(seconds) => (0..seconds).for_each(|_| self.go_well(1_000)),
            Accident::Wait(span) => self.wait(span),
            Accident::Kill(None) => self.die(),
            Accident::Kill(death) => self.death = death,
            Accident::Steal(place) => self.copy(place, true, false),
            Accident::Twin { place, speaks } => self.copy(place, false, speaks),
            Accident::Disk { is_full } => self.fill_disk(is_full),
            Accident::Revoke(seat) => self.handle(Input::Revoke { seat: SEATS[seat].into() }),
            Accident::SignOut { home } => {
                let device = home.then(|| "home".to_owned());
                self.handle(Input::SignOut { seat: CLINICIAN.into(), device });
            }
        }
    }

    fn utter(&mut self, place: usize, word: Word) {
        let seat = |at: usize| SeatRef { seat: SEATS[at].into() };
        let message = match word {
            Word::Candidate(to) => candidate(SEATS[to], u32::try_from(self.next()).expect("few")),
            Word::Media(camera) => ClientMessage::MediaState(MediaState { camera, ..MediaState::default() }),
            Word::Progress(checks) => {
                ClientMessage::Progress(Progress { screen: if checks { Screen::QuickCheck } else { Screen::default() } })
            }
            Word::Ping => ClientMessage::Ping(Ping { nonce: 1 }),
            Word::Renew => ClientMessage::RenewRelay(Empty {}),
            Word::CheckIn => ClientMessage::CheckIn(Empty {}),
            Word::Leave => ClientMessage::Leave(Empty {}),
            Word::Ask => ClientMessage::TakeoverAsk(Empty {}),
            Word::Answer(allow) => ClientMessage::TakeoverAnswer(TakeoverAnswer { allow }),
            Word::Allow(at) => ClientMessage::AllowTakeover(seat(at)),
            Word::Admit(at) => ClientMessage::Admit(Admit { seat: SEATS[at].into(), identity_confirmed: true }),
            Word::Deny(at) => ClientMessage::Deny(seat(at)),
            Word::SendBack(at) => ClientMessage::SendBack(seat(at)),
            Word::Remove(at) => ClientMessage::Remove(seat(at)),
            Word::Late(minutes) => ClientMessage::RunningLate(RunningLate { minutes }),
            Word::Offer(to) => {
                let snippet = signaling::ids::SnippetId(format!("snippet {}", self.next()));
                self.handle(Input::Prepared { snippet: snippet.clone(), expires_at: self.now + 600_000 });
                ClientMessage::SnippetOffer(SnippetOffer { snippet, seats: vec![SEATS[to].into()] })
            }
            Word::Consent(agreed) => ClientMessage::ConsentAnswer(ConsentAnswer { agreed }),
        };
        self.say(place, message);
    }

    fn arrive(&mut self, place: usize, pick: usize, up: u8, down: u8) {
        let busy = self.wires.iter().filter(|(_, wire)| wire.place == place && wire.is_busy());
        let wires: Vec<u64> = busy.map(|(number, _)| *number).collect();
        let Some(number) = wires.get(pick % wires.len().max(1)).copied() else { return };
        (0..up).for_each(|_| self.arrive_up(number));
        (0..down).for_each(|_| self.arrive_down(number));
    }

    fn cut(&mut self, place: usize, page_hears: bool, room_hears: bool) {
        let Some(wire) = self.wire_of(place).and_then(|number| self.wires.get_mut(&number)) else { return };
        wire.is_cut = true;
        wire.up.clear();
        wire.down.clear();
        if page_hears {
            wire.down.push_back(Down::Closed);
        }
        if room_hears {
            wire.up.push_back(Up::Closed);
        }
    }

    fn double(&mut self, place: usize, is_up: bool) {
        let Some(wire) = self.wire_of(place).and_then(|number| self.wires.get_mut(&number)) else { return };
        match (is_up, wire.up.front(), wire.down.front()) {
            (true, Some(Up::Say(envelope)), _) if envelope.n.is_some() => wire.up.push_front(Up::Say(envelope.clone())),
            (false, _, Some(Down::Say(envelope))) if envelope.n.is_some() => wire.down.push_front(Down::Say(envelope.clone())),
            _ => {}
        }
    }

    /// Somebody says hello with what the page has, on the page's device or on another.
    fn copy(&mut self, place: usize, is_thief: bool, speaks: bool) {
        let Some(page) = &self.pages[place] else { return };
        let device = if is_thief { THIEF.to_owned() } else { page.device.clone() };
        let hello = page.hello();
        let number = self.open_wire(place, device, hello);
        self.arrive_up(number);
        let Some(wire) = self.wires.get_mut(&number) else { return };
        wire.is_twin = !is_thief;
        if speaks && wire.room == RoomEnd::Open {
            let message = ClientMessage::Ping(Ping { nonce: 1 });
            wire.up.push_back(Up::Say(Envelope { n: None, ack: 0, id: None, message }));
            self.arrive_up(number);
        }
    }

    /// Pages beat, those without a connection come back, and everything arrives.
    fn go_well(&mut self, span: Millis) {
        self.wait(span);
        for place in 0..PLACES.len() {
            let is_dead = |number: u64| self.wires.get(&number).is_none_or(|wire| wire.is_cut);
            if self.wire_of(place).is_some_and(is_dead) {
                self.drop_wire(place, true);
            }
            self.connect(place);
            self.say(place, ClientMessage::Ping(Ping { nonce: 1 }));
        }
        // What one end hears may make it speak.
        loop {
            let busy: Vec<u64> = self.wires.iter().filter(|(_, wire)| wire.is_busy()).map(|(number, _)| *number).collect();
            if busy.is_empty() {
                break;
            }
            for number in busy {
                self.arrive_up(number);
                self.arrive_down(number);
            }
        }
        self.ledger.settle(self.pages.iter().flatten());
        let is_over = |wire: &Wire| matches!(wire.room, RoomEnd::Closed | RoomEnd::Gone) || wire.is_cut;
        let believed: Vec<u64> = (0..PLACES.len()).filter_map(|place| self.wire_of(place)).collect();
        let since = self.now;
        self.wires.retain(|number, wire| believed.contains(number) || !is_over(wire) || since - wire.seen_at < 200_000);
    }

    /// After the last accident everything comes to rest, and then all that was owed has been heard.
    pub(crate) fn heal(&mut self) {
        self.death = None;
        self.fill_disk(false);
        for _ in 0..90 {
            self.go_well(1_000);
            if self.is_at_rest() {
                break;
            }
        }
        for page in self.pages.iter().flatten().filter(|page| page.closed.is_none()) {
            assert!(page.is_welcome, "{} never came back", page.name);
            assert!(page.has_nothing_left(), "{} still waits for an answer", page.name);
        }
    }

    fn is_at_rest(&self) -> bool {
        self.pages.iter().flatten().all(|page| page.closed.is_some() || (page.is_welcome && page.has_nothing_left()))
    }
}
