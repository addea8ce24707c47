//! Whatever happens in whatever order: one live session a seat, and to those outside nothing but what they may know.

use proptest::prelude::*;
use serde_json::{Value, json};
use signaling::message::*;
use signaling::room::{ConnectionId, Input};

use crate::house::*;

#[derive(Clone, Debug)]
enum Step {
    Connect { seat: usize, device: usize },
    ComeBack(usize),
    Disconnect(usize),
    Say(usize, Word),
    Wait(i64),
    Revoke(usize),
    SignOut,
}

#[derive(Clone, Copy, Debug)]
enum Word {
    CheckIn,
    Leave,
    Ask,
    Answer(bool),
    Allow,
    Admit,
    Deny,
    SendBack,
    Remove,
    Late(u32),
    Offer,
    Consent(bool),
    Candidate,
    Media,
    Progress,
    Quality,
    Happened,
    TextMe,
}

const SEATS: [&str; 3] = [CLINICIAN, PATIENT, INTERPRETER];
const DEVICES: [&str; 3] = ["phone", "tablet", "desk"];

fn step() -> impl Strategy<Value = Step> {
    let word = prop_oneof![
        3 => Just(Word::CheckIn),
        1 => Just(Word::Leave),
        2 => Just(Word::Ask),
        2 => any::<bool>().prop_map(Word::Answer),
        1 => Just(Word::Allow),
        4 => Just(Word::Admit),
        1 => Just(Word::SendBack),
        1 => (0..20u32).prop_map(Word::Late),
        2 => Just(Word::Offer),
        2 => any::<bool>().prop_map(Word::Consent),
        2 => Just(Word::Candidate),
        1 => Just(Word::Media),
        1 => Just(Word::Progress),
        2 => Just(Word::Quality),
        1 => Just(Word::Happened),
        1 => Just(Word::TextMe),
    ];
    let rare = prop_oneof![Just(Word::Deny), Just(Word::Remove)];
    prop_oneof![
        6 => (0..3usize, 0..3usize).prop_map(|(seat, device)| Step::Connect { seat, device }),
        2 => (0..40usize).prop_map(Step::ComeBack),
        2 => (0..40usize).prop_map(Step::Disconnect),
        20 => (0..40usize, word).prop_map(|(page, word)| Step::Say(page, word)),
        1 => (0..40usize, rare).prop_map(|(page, word)| Step::Say(page, word)),
        3 => (1..20i64).prop_map(Step::Wait),
        1 => (0..3usize).prop_map(Step::Revoke),
        1 => Just(Step::SignOut),
    ]
}

struct Pages {
    house: House,
    all: Vec<(ConnectionId, usize)>,
    gone: Vec<ConnectionId>,
}

impl Pages {
    fn step(&mut self, step: &Step) {
        match *step {
            Step::Connect { seat, device } => {
                let connection = self.house.connect(SEATS[seat], DEVICES[device]);
                self.all.push((connection, device));
            }
            Step::ComeBack(page) => {
                if let Some((old, device)) = self.pick(page) {
                    let connection = self.house.come_back(old, DEVICES[device]);
                    self.all.push((connection, device));
                }
            }
            Step::Disconnect(page) => {
                if let Some((connection, _)) = self.pick(page).filter(|(connection, _)| self.is_open(*connection)) {
                    self.gone.push(connection);
                    self.house.disconnect(connection);
                }
            }
            Step::Say(page, word) => {
                if let Some((connection, _)) = self.pick(page).filter(|(connection, _)| self.is_open(*connection)) {
                    let message = self.message(connection, word);
                    self.house.say(connection, message);
                }
            }
            Step::Wait(seconds) => {
                let open: Vec<_> = self.all.iter().map(|(connection, _)| *connection).filter(|c| c.0 % 2 == 0).collect();
                for _ in 0..seconds {
                    let alive: Vec<_> = open.iter().copied().filter(|connection| self.is_open(*connection)).collect();
                    self.house.wait(1, &alive);
                }
            }
            Step::Revoke(seat) => self.house.handle(Input::Revoke { seat: SEATS[seat].into() }),
            Step::SignOut => self.house.handle(Input::SignOut { seat: CLINICIAN.into(), device: None }),
        }
    }

    fn pick(&self, page: usize) -> Option<(ConnectionId, usize)> {
        (!self.all.is_empty()).then(|| self.all[page % self.all.len()])
    }

    fn is_open(&self, connection: ConnectionId) -> bool {
        self.house.closed(connection).is_none() && !self.gone.contains(&connection)
    }

    fn message(&mut self, connection: ConnectionId, word: Word) -> ClientMessage {
        let other = if self.house.page(connection).seat == CLINICIAN { PATIENT } else { CLINICIAN };
        match word {
            Word::CheckIn => ClientMessage::CheckIn(Empty {}),
            Word::Leave => ClientMessage::Leave(Empty {}),
            Word::Ask => ClientMessage::TakeoverAsk(Empty {}),
            Word::Answer(allow) => ClientMessage::TakeoverAnswer(TakeoverAnswer { allow }),
            Word::Allow => ClientMessage::AllowTakeover(command(other)),
            Word::Admit => ClientMessage::Admit(Admit { seat: other.into(), identity_confirmed: true }),
            Word::Deny => ClientMessage::Deny(command(other)),
            Word::SendBack => ClientMessage::SendBack(command(other)),
            Word::Remove => ClientMessage::Remove(command(other)),
            Word::Late(minutes) => ClientMessage::RunningLate(RunningLate { minutes }),
            Word::Offer => {
                let snippet = self.house.prepare("snippet");
                ClientMessage::SnippetOffer(SnippetOffer { snippet, seats: vec![PATIENT.into()] })
            }
            Word::Consent(agreed) => ClientMessage::ConsentAnswer(ConsentAnswer { agreed }),
            Word::Candidate => candidate_to(other, 1),
            Word::Media => ClientMessage::MediaState(MediaState { camera: true, ..MediaState::default() }),
            Word::Progress => ClientMessage::Progress(Progress { screen: Screen::QuickCheck }),
            Word::TextMe => ClientMessage::TextMe(TextMe { wanted: true }),
            Word::Quality => ClientMessage::Quality(PathReport { with: other.into(), measured: PathNumbers::default() }),
            Word::Happened => ClientMessage::Happened(Happened { what: Happening::Stall }),
        }
    }

    /// At most one open connection of a seat is anything but a second device that waits.
    fn one_session_a_seat(&self) -> Result<(), TestCaseError> {
        for seat in SEATS {
            let of_seat = self.all.iter().map(|(connection, _)| *connection).filter(|c| self.house.page(*c).seat == seat);
            let holders = of_seat.filter(|connection| self.is_open(*connection) && !self.waits_as_second(*connection));
            prop_assert!(holders.count() <= 1, "two live sessions of {seat}");
        }
        Ok(())
    }

    fn waits_as_second(&self, connection: ConnectionId) -> bool {
        let second = |outside: &Outside| matches!(outside.state, OutsideState::AlreadyOpen | OutsideState::TakeoverRefused);
        let newest = self.house.page(connection).heard.iter().rev().find_map(|envelope| match &envelope.message {
            ServerMessage::Welcome(welcome) => Some(match &welcome.view {
                Some(View::Outside(outside)) => second(outside),
                _ => false,
            }),
            ServerMessage::Outside(outside) => Some(second(outside)),
            ServerMessage::Admitted(_) => Some(false),
            _ => None,
        });
        newest.unwrap_or(false)
    }

    fn outside_hears_only_what_it_may(&self) -> Result<(), TestCaseError> {
        for (connection, _) in &self.all {
            let page = self.house.page(*connection);
            let mut inside = false;
            for text in &page.raw {
                let message: Value = serde_json::from_str(text).expect("JSON");
                inside = match message["type"].as_str() {
                    Some("admitted") => true,
                    Some("outside") => false,
                    // A resumed session goes on as it was; its page knows.
                    Some("welcome") => message["data"]["view"]["where"] == "inside" || message["data"]["arrival"] == "resumed",
                    _ => inside,
                };
                prop_assert!(inside || is_allowed_outside(&message), "heard outside: {message}");
            }
        }
        Ok(())
    }
}

/// The whole of what may be said to a seat that is not admitted, field by field.
fn is_allowed_outside(message: &Value) -> bool {
    let is_outside = |view: &Value| {
        let known = ["where", "state", "late_minutes", "staff_present", "text_me"];
        let states = ["expected", "waiting", "already_open", "takeover_refused", "denied"];
        has_only(view, &known) && states.iter().any(|state| view["state"] == *state)
    };
    let data = &message["data"];
    let fits = match message["type"].as_str() {
        Some("welcome") => {
            let known = "version arrival seat visit role kind may resume_token heartbeat_s received epoch node view";
            has_only(data, &known.split(' ').collect::<Vec<_>>()) && is_outside(&data["view"])
        }
        Some("outside") => is_outside(data),
        Some("pong") => has_only(data, &["nonce"]),
        Some("bye") => has_only(data, &["code", "retry_after_s"]),
        Some("done") => *data == json!({}),
        Some("refused") => has_only(data, &["word", "sentence"]),
        Some("takeover_asked") => has_only(data, &["seat"]),
        Some("test_call") => has_only(data, &["seat", "visit"]),
        Some("run_check") => has_only(data, &["check"]),
        Some("ended") => has_only(data, &["by"]),
        _ => false,
    };
    fits && has_only(message, &["v", "n", "ack", "id", "type", "data"])
}

fn has_only(value: &Value, known: &[&str]) -> bool {
    value.as_object().is_some_and(|fields| fields.keys().all(|field| known.contains(&field.as_str())))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_live_session_a_seat_and_nothing_of_the_visit_outside(steps in prop::collection::vec(step(), 1..120)) {
        let mut pages = Pages { house: House::texting(), all: vec![], gone: vec![] };
        for step in &steps {
            pages.step(step);
            pages.one_session_a_seat()?;
        }
        pages.outside_hears_only_what_it_may()?;
    }
}
