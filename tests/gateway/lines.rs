//! Two pages talk through lines that break at random bytes. Their journals agree in the end: everything arrived, in order, once.

#![expect(clippy::print_stdout, reason = "how often the lines broke is for the reader")]

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use signaling::message::*;
use signaling::wire;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;

use crate::rooms::Visit;
use crate::support::page::Door;

const MESSAGES: usize = 250;
const BUSY: Duration = Duration::from_secs(60);
/// The clinic's clock goes this much faster, or a limit of 20 messages a second would make the test slow.
const FASTER: u32 = 4;
const TICK: Duration = Duration::from_millis(10);

/// A way to the gateway on which no connection lives long.
struct BadNetwork {
    address: SocketAddr,
    cuts: Arc<AtomicUsize>,
}

impl BadNetwork {
    async fn to(gateway: SocketAddr, seed: u64) -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let (address, cuts) = (socket.local_addr().expect("bound"), Arc::new(AtomicUsize::new(0)));
        let counted = cuts.clone();
        tokio::spawn(async move {
            let mut chance = seed;
            while let Ok((near, _)) = socket.accept().await {
                let far = TcpStream::connect(gateway).await.expect("the gateway listens");
                let (up, down) = (800 + next(&mut chance) % 9_000, 1_200 + next(&mut chance) % 13_000);
                let cuts = counted.clone();
                tokio::spawn(async move {
                    carry(near, far, up, down).await;
                    cuts.fetch_add(1, Ordering::Relaxed);
                });
            }
        });
        Self { address, cuts }
    }
}

/// Knuth's linear congruence: chance enough for a line, and the same at each run.
fn next(chance: &mut u64) -> usize {
    *chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*chance >> 40) as usize
}

/// Carries so many bytes each way, then breaks both ends, in the middle of whatever is on the way.
async fn carry(near: TcpStream, far: TcpStream, up: usize, down: usize) {
    let ((mut near_in, mut near_out), (mut far_in, mut far_out)) = (near.into_split(), far.into_split());
    tokio::select! {
        () = pump(&mut near_in, &mut far_out, up) => {}
        () = pump(&mut far_in, &mut near_out, down) => {}
    }
}

async fn pump(from: &mut (impl AsyncReadExt + Unpin), to: &mut (impl AsyncWriteExt + Unpin), mut left: usize) {
    let mut buffer = [0; 512];
    while left > 0 {
        let most = left.min(buffer.len());
        let Ok(read @ 1..) = from.read(&mut buffer[..most]).await else { return };
        if to.write_all(&buffer[..read]).await.is_err() {
            return;
        }
        left -= read;
    }
}

/// A page that says `MESSAGES` candidates and keeps a journal of those it hears, through as many connections as it takes.
struct Talker {
    door: Door,
    name: &'static str,
    to: String,
    heard: Vec<u32>,
    said: u64,
    unacknowledged: Vec<Envelope<ClientMessage>>,
    received: u64,
    token: Option<String>,
    resumed: usize,
}

impl Talker {
    fn new(door: Door, name: &'static str, to: &str) -> Self {
        let (heard, unacknowledged) = (vec![], vec![]);
        Self { door, name, to: to.into(), heard, said: 0, unacknowledged, received: 0, token: None, resumed: 0 }
    }

    fn is_done(&self) -> bool {
        self.heard.len() == MESSAGES && self.said == MESSAGES as u64 && self.unacknowledged.is_empty()
    }

    /// One connection, until it breaks or everything is said and heard.
    async fn connect(&mut self) {
        let Ok(Ok(mut socket)) = timeout(BUSY, self.door.try_open()).await else { return };
        let resume = self.token.clone().map(|token| Resume { token, received: self.received });
        let hello = Hello { versions: vec![1], features: vec![], page: self.name.into(), resume };
        let hello = Envelope { n: None, ack: 0, id: None, message: ClientMessage::Hello(hello) };
        if socket.send(Message::text(wire::write(&hello))).await.is_err() {
            return;
        }
        let mut is_welcome = false;
        while !self.is_done() {
            let said = match timeout(TICK * 5, socket.next()).await {
                Ok(Some(Ok(Message::Text(text)))) => self.hears(&text, &mut is_welcome),
                Ok(Some(Ok(_))) => vec![],
                Ok(_) => return,
                // A beat, with the acknowledgement of what came.
                Err(_) if is_welcome => {
                    vec![Envelope { n: None, ack: 0, id: None, message: ClientMessage::Ping(Ping { nonce: 1 }) }]
                }
                Err(_) => vec![],
            };
            for envelope in said.into_iter().chain(self.next_word(is_welcome)) {
                let text = wire::write(&Envelope { ack: self.received, ..envelope });
                if socket.send(Message::text(text)).await.is_err() {
                    return;
                }
            }
        }
    }

    fn next_word(&mut self, is_welcome: bool) -> Option<Envelope<ClientMessage>> {
        if !is_welcome || self.said == MESSAGES as u64 {
            return None;
        }
        self.said += 1;
        let number = u32::try_from(self.said).expect("few");
        let envelope = Envelope { n: Some(self.said), ack: 0, id: None, message: crate::rooms::candidate(&self.to, number) };
        self.unacknowledged.push(envelope.clone());
        Some(envelope)
    }

    /// What is to be said in answer.
    fn hears(&mut self, text: &str, is_welcome: &mut bool) -> Vec<Envelope<ClientMessage>> {
        let Envelope { n, ack, message, .. } = wire::read::<ServerMessage>(text).expect("readable");
        if let ServerMessage::Welcome(welcome) = message {
            self.unacknowledged.retain(|envelope| envelope.n.is_some_and(|n| n > welcome.received));
            assert_eq!(welcome.arrival, Arrival::Resumed, "{} had to begin anew after {} connections", self.name, self.resumed);
            self.token = Some(welcome.resume_token);
            (*is_welcome, self.resumed) = (true, self.resumed + 1);
            return self.unacknowledged.clone();
        }
        self.unacknowledged.retain(|envelope| envelope.n.is_some_and(|n| n > ack));
        if let Some(n) = n {
            assert!(n <= self.received + 1, "{} hears {n} after {}", self.name, self.received);
            if n <= self.received {
                return vec![];
            }
            self.received = n;
        }
        self.heard.extend(crate::rooms::number(&message));
        vec![]
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_said_through_lines_that_break_arrives_in_order_and_once() {
    let visit = Visit::begins().await;
    let _call = visit.call().await;
    let clock = visit.clinic.context.clock.clone();
    let ticking = tokio::spawn(async move {
        let mut tick = tokio::time::interval(TICK);
        loop {
            tick.tick().await;
            clock.advance(TICK * FASTER);
        }
    });
    let mut talks = vec![];
    let mut networks = vec![];
    for (door, name, to, seed) in [(&visit.phone, "phone talks", "desk", 1), (&visit.desk, "desk talks", visit.seat.as_str(), 2)]
    {
        let (door, resume) = door.enter(name).await.0.cut();
        let network = BadNetwork::to(door.address, seed).await;
        let mut talker = Talker::new(Door { address: network.address, ..door }, name, to);
        (talker.token, talker.received) = (Some(resume.token), resume.received);
        networks.push(network);
        talks.push(talker);
    }
    let [phone, desk] = talks.try_into().ok().expect("two");
    let (phone, desk) = timeout(BUSY, async { tokio::join!(talk(phone), talk(desk)) }).await.expect("in time");
    ticking.abort();

    let all: Vec<u32> = (1..=u32::try_from(MESSAGES).expect("few")).collect();
    assert_eq!((&phone.heard, &desk.heard), (&all, &all));
    let cuts: usize = networks.iter().map(|network| network.cuts.load(Ordering::Relaxed)).sum();
    println!("{} cuts, {} times resumed, {MESSAGES} messages each way", cuts, phone.resumed + desk.resumed);
    assert!(cuts > 10, "a line that does not break proves nothing");
}

async fn talk(mut talker: Talker) -> Talker {
    let mut patience = tokio::time::interval(TICK * 5);
    while !talker.is_done() {
        patience.tick().await;
        talker.connect().await;
    }
    talker
}
