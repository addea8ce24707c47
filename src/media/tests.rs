//! Two ends and one clock: a page made of the same WebRTC core speaks with the agent's sessions over a network that is a function.
//! Nothing here waits; a second is 200 steps.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rtc::data_channel::RTCDataChannelId;
use rtc::interceptor::{Registry, Slot};
use rtc::peer_connection::configuration::interceptor_registry::{configure_nack, configure_rtcp_reports};
use rtc::peer_connection::event::{RTCDataChannelEvent, RTCPeerConnectionEvent};
use rtc::peer_connection::message::RTCMessage;
use rtc::peer_connection::sdp::RTCSessionDescription;
use rtc::peer_connection::transport::RTCIceCandidate;
use rtc::peer_connection::{RTCPeerConnection, RTCPeerConnectionBuilder};
use rtc::rtcp::payload_feedbacks::picture_loss_indication::PictureLossIndication;
use rtc::rtp;
use rtc::rtp_transceiver::rtp_sender::RtpCodecKind;
use rtc::sansio::Protocol;
use rtc::shared::{TaggedBytesMut, TransportContext, TransportProtocol};

use super::measured::{Cause, Ledger};
use super::offer::Picture;
use super::peer::{self, House, Sending};
use super::sessions::Sessions;
use super::tap::Tap;
use super::*;

const STEP: Duration = Duration::from_millis(5);

struct World {
    now: Instant,
    sessions: Sessions,
    page: Page,
    /// Lets a datagram through; the flag says that it goes up.
    network: fn(bool, &[u8], u64) -> bool,
    carried: u64,
    /// Bytes a second that the way down takes, and what stands before it.
    narrow: Option<u32>,
    queue: VecDeque<(Instant, bytes::Bytes)>,
}

struct Page {
    peer: RTCPeerConnection,
    address: Address,
    sound: Sending,
    picture: Sending,
    records: RTCDataChannelId,
    agent: RTCDataChannelId,
    is_open: bool,
    sent: u16,
    first_sent: Option<Instant>,
    first_back: Option<Instant>,
    back: Vec<u16>,
    echoed: Vec<u8>,
    said: Vec<serde_json::Value>,
    heard: Arc<Mutex<Ledger>>,
}

fn agent_at(most: usize) -> Sessions {
    let announced = vec!["10.0.0.1:3480".parse().expect("an address")];
    Sessions::new(House { certificate: certificate().expect("a key"), announced, dice: Dice::system() }, most)
}

impl Page {
    fn new(now: Instant) -> (Self, String) {
        let house = House { certificate: certificate().expect("a key"), announced: Vec::new(), dice: Dice::system() };
        let heard = Arc::new(Mutex::new(Ledger::new(now)));
        let mut media = peer::codecs(Picture::Vp8).expect("codecs");
        let registry = Registry::new().with(Slot::from(500), Tap::new(Arc::clone(&heard)));
        let registry = configure_rtcp_reports(configure_nack(registry, &mut media));
        let mut peer = RTCPeerConnectionBuilder::new()
            .with_media_engine(media)
            .with_interceptor_registry(registry)
            .build(now)
            .expect("a peer");
        let sound = house.send(&mut peer, RtpCodecKind::Audio, peer::opus()).expect("a track");
        let picture = house.send(&mut peer, RtpCodecKind::Video, peer::picture(Picture::Vp8).swap_remove(0)).expect("a track");
        let records = peer.create_data_channel("records", None).expect("a channel").id();
        let agent = peer.create_data_channel("agent", None).expect("a channel").id();
        let address = "10.0.0.2:5000".parse().expect("an address");
        let candidate = RTCIceCandidate::from(&peer::host(address).expect("a candidate")).to_json().expect("json");
        peer.add_local_candidate(candidate).expect("a candidate");
        let offer = peer.create_offer(None).expect("an offer");
        peer.set_local_description(now, offer.clone()).expect("an offer of ours");
        let page = Self {
            peer,
            address,
            sound,
            picture,
            records,
            agent,
            is_open: false,
            sent: 0,
            first_sent: None,
            first_back: None,
            back: Vec::new(),
            echoed: Vec::new(),
            said: Vec::new(),
            heard,
        };
        (page, offer.sdp)
    }

    /// One frame in three packets and one word.
    fn speaks(&mut self, now: Instant) {
        self.first_sent.get_or_insert(now);
        for index in 0..4_u16 {
            let (to, kind) = if index == 3 { (self.sound, 111) } else { (self.picture, 96) };
            let number = if index == 3 { self.sent } else { self.sent * 3 + index };
            let clock = if index == 3 { 960 } else { 3_000 };
            let header = rtp::Header {
                version: 2,
                marker: index == 2,
                payload_type: kind,
                sequence_number: number,
                timestamp: u32::from(self.sent) * clock,
                ssrc: to.ssrc,
                ..Default::default()
            };
            let packet = rtp::Packet { header, payload: vec![7; 400].into() };
            self.peer.rtp_sender(to.id).expect("a sender").write_rtp(now, packet).expect("negotiated");
        }
        self.sent += 1;
    }

    fn looks(&mut self, now: Instant) {
        if self.peer.poll_timeout().is_some_and(|due| due <= now) {
            self.peer.handle_timeout(now).expect("time passes");
        }
        while let Some(event) = self.peer.poll_event() {
            if matches!(event, RTCPeerConnectionEvent::OnDataChannel(RTCDataChannelEvent::OnOpen(id)) if id == self.agent) {
                self.is_open = true;
            }
        }
        while let Some(message) = self.peer.poll_read() {
            match message.message {
                RTCMessage::RtpPacket(_, packet) if packet.header.payload_type == 96 => {
                    self.first_back.get_or_insert(now);
                    self.back.push(packet.header.sequence_number);
                }
                RTCMessage::DataChannelMessage(id, message) if id == self.agent => {
                    self.said.push(serde_json::from_slice(&message.data).expect("json"));
                }
                RTCMessage::DataChannelMessage(_, message) => self.echoed.extend_from_slice(&message.data),
                _ => {}
            }
        }
    }

    fn last_measured(&self) -> Option<&serde_json::Value> {
        self.said.iter().rev().find(|said| said["t"] == "measured")
    }
}

impl World {
    /// A page that has been answered; `everything` passes.
    fn new() -> Self {
        let now = Instant::now();
        let (mut page, offer) = Page::new(now);
        let mut sessions = agent_at(4);
        let answer = sessions.open(&asked("test", Way::Direct, &offer), now).expect("a place");
        page.peer.set_remote_description(now, RTCSessionDescription::answer(answer).expect("sdp")).expect("an answer");
        Self { now, sessions, page, network: |_, _, _| true, carried: 0, narrow: None, queue: VecDeque::new() }
    }

    fn connected() -> Self {
        let mut world = Self::new();
        world.until("the channel opens", |world| world.page.is_open);
        world
    }

    fn step(&mut self) {
        self.now += STEP;
        self.page.looks(self.now);
        while let Some(datagram) = self.page.peer.poll_write() {
            self.carried += 1;
            if (self.network)(true, &datagram.message, self.carried) {
                self.sessions.take(&datagram.message, self.page.address, self.now);
            }
        }
        self.sessions.settle(self.now);
        for datagram in std::mem::take(&mut self.sessions.out) {
            assert_eq!(datagram.to, self.page.address, "nobody else is spoken to");
            self.carried += 1;
            if (self.network)(false, &datagram.bytes, self.carried) {
                let free = self.queue.back().map_or(self.now, |(due, _)| *due);
                let takes = self.narrow.map_or(0.0, |rate| float(datagram.bytes.len()) / f64::from(rate));
                self.queue.push_back((free + Duration::from_secs_f64(takes), datagram.bytes));
            }
        }
        while self.queue.front().is_some_and(|(due, _)| *due <= self.now) {
            if let Some((_, bytes)) = self.queue.pop_front() {
                let transport = TransportContext {
                    local_addr: self.page.address,
                    peer_addr: "10.0.0.1:3480".parse().expect("an address"),
                    ecn: None,
                    transport_protocol: TransportProtocol::UDP,
                };
                let message = bytes.as_ref().into();
                self.page.peer.handle_read(TaggedBytesMut { now: self.now, transport, message }).expect("read");
            }
        }
    }

    /// How long what leaves now stands in the queue.
    fn queued(&self) -> Duration {
        self.queue.back().map_or(Duration::ZERO, |(due, _)| due.saturating_duration_since(self.now))
    }

    fn until(&mut self, what: &str, done: impl Fn(&Self) -> bool) {
        for _ in 0..4_000 {
            if done(self) {
                return;
            }
            self.step();
        }
        panic!("in 20 s not seen: {what}");
    }

    /// The page speaks, 30 frames a second.
    fn speaks_for(&mut self, frames: u16) {
        for _ in 0..frames {
            self.page.speaks(self.now);
            for _ in 0..7 {
                self.step();
            }
        }
    }

    fn cause(&self) -> Option<Cause> {
        self.sessions.ended.first().map(|ended| ended.cause)
    }
}

fn float(bytes: usize) -> f64 {
    f64::from(u32::try_from(bytes).expect("a datagram"))
}

fn asked(test: &str, way: Way, offer: &str) -> Asked {
    Asked { test: test.to_owned(), way, offer: offer.to_owned() }
}

/// Media, as its first byte says (RFC 7983), and not its control (RFC 5761).
fn is_media(bytes: &[u8]) -> bool {
    bytes.len() > 1 && (128..192).contains(&bytes[0]) && !(192..224).contains(&bytes[1])
}

#[test]
fn a_page_gets_back_what_it_sends_a_moment_later_and_is_told_how_it_came() {
    let mut world = World::connected();
    world.speaks_for(90);
    world.until("everything is back", |world| world.page.back.len() >= 270);
    let (sent, back) = (world.page.first_sent.expect("sent"), world.page.first_back.expect("back"));
    let delay = back.duration_since(sent);
    assert!((300..=330).contains(&delay.as_millis()), "{delay:?}");
    assert!(world.page.back.is_sorted(), "in order");
    let measured = world.page.last_measured().expect("told once a second");
    assert_eq!(measured["up"]["lost"], 0);
    assert!(measured["up"]["frames"].as_u64() > Some(60) && measured["up"]["kbps"].as_f64() > Some(200.0), "{measured}");
    assert!(measured["up"].get("silent").is_none(), "this page says nothing of its loudness");
    world.until("the round trip is known", |world| {
        world.page.last_measured().is_some_and(|measured| measured["down"].get("round_trip_ms").is_some())
    });
}

#[test]
fn records_come_back_whole_and_in_order() {
    let mut world = World::connected();
    let sent: Vec<u8> = (0..65_536_u32).map(|number| u8::try_from(number % 251).expect("small")).collect();
    for piece in sent.chunks(15_360) {
        let now = world.now;
        world.page.peer.data_channel(world.page.records).expect("open").send(now, piece.into()).expect("taken");
    }
    world.until("all of it", |world| world.page.echoed.len() >= sent.len());
    assert!(world.page.echoed == sent);
}

#[test]
fn losses_are_told_by_their_way() {
    let mut world = World::connected();
    world.network = |up, bytes, count| !(up && is_media(bytes) && count % 10 == 3);
    let now = world.now;
    world.page.peer.data_channel(world.page.agent).expect("open").send_text(now, r#"{"t":"mark","phase":"up"}"#).expect("taken");
    world.speaks_for(150);
    let measured = world.page.last_measured().expect("told").clone();
    assert_eq!(measured["phase"], "up");
    let loss = |way: &str| measured[way]["loss"].as_f64().unwrap_or_else(|| panic!("{way} is known: {measured}"));
    assert!((0.02..0.3).contains(&loss("up")), "{measured}");
    assert!(loss("down") < 0.03, "{measured}");
}

#[test]
fn a_narrow_way_down_is_filled_and_not_flooded() {
    let mut world = World::connected();
    world.speaks_for(60);
    let wide = world.page.last_measured().expect("told")["down"]["kbps"].as_f64().expect("a rate");
    // Half of what the page sends.
    world.narrow = Some(25_000);
    world.speaks_for(300);
    assert!(world.queued() < Duration::from_secs(5), "ten seconds of flood would make it ten: {:?}", world.queued());
    let now = world.now;
    world
        .page
        .peer
        .data_channel(world.page.agent)
        .expect("open")
        .send_text(now, r#"{"t":"mark","phase":"narrow"}"#)
        .expect("taken");
    world.speaks_for(150);
    let narrow = world.page.last_measured().expect("told").clone();
    assert_eq!(narrow["phase"], "narrow");
    let sent = narrow["down"]["kbps"].as_f64().expect("a rate");
    assert!((50.0..0.8 * wide).contains(&sent), "{sent} of {wide} kbit/s");

    world.narrow = None;
    let came = world.page.back.len();
    world.speaks_for(300);
    assert!(world.page.back.len() - came > 600, "it grows back: {} of 900", world.page.back.len() - came);
}

#[test]
fn a_key_frame_that_the_page_asks_for_is_asked_of_the_page() {
    let mut world = World::connected();
    world.speaks_for(5);
    assert!(!world.page.heard.lock().expect("whole").wants_key_frame);
    let (now, receivers) = (world.now, world.page.peer.get_receivers().collect::<Vec<_>>());
    let ask = PictureLossIndication { sender_ssrc: 0, media_ssrc: 1 };
    world.page.peer.rtp_receiver(receivers[1]).expect("a picture").write_rtcp(now, vec![Box::new(ask)]).expect("sent");
    world.until("the page's encoder is asked", |world| world.page.heard.lock().expect("whole").wants_key_frame);
}

#[test]
fn a_page_that_closes_is_gone_at_once_and_leaves_what_was_measured() {
    let mut world = World::connected();
    world.speaks_for(30);
    world.page.peer.close().expect("closed");
    world.until("the session ends", |world| world.sessions.count() == 0);
    assert_eq!(world.cause(), Some(Cause::Closed));
    assert!(world.sessions.ended[0].measured.as_ref().is_some_and(|measured| measured.up.packets > 20));
    assert_eq!(world.sessions.next(), None);
}

#[test]
fn the_end_of_a_test_and_of_the_gateway_are_told() {
    let mut world = World::connected();
    let now = world.now;
    world.sessions.end_test("test", now);
    world.until("the page is told", |world| world.page.said.iter().any(|said| said["cause"] == "finished"));
    assert_eq!((world.sessions.count(), world.cause()), (0, Some(Cause::Finished)));

    let mut world = World::connected();
    let now = world.now;
    world.sessions.end_all(now);
    world.until("the page is told", |world| world.page.said.iter().any(|said| said["cause"] == "stopping"));
}

#[test]
fn a_session_lasts_a_minute_and_no_longer() {
    let mut world = World::connected();
    let began = world.now;
    while world.sessions.count() > 0 {
        world.step();
        assert!(world.now < began + Duration::from_secs(61));
    }
    assert_eq!(world.cause(), Some(Cause::TooLong));
}

#[test]
fn a_network_that_breaks_off_ends_the_session_after_ten_seconds() {
    let mut world = World::connected();
    world.network = |_, _, _| false;
    let began = world.now;
    world.until("the session ends", |world| world.sessions.count() == 0);
    assert_eq!(world.cause(), Some(Cause::Silent));
    assert!((9..=11).contains(&world.now.duration_since(began).as_secs()));
}

#[test]
fn a_peer_that_never_comes_is_never_spoken_to() {
    let (mut world, start) = (World::new(), Instant::now());
    world.network = |_, _, _| false;
    let mut spoken = 0;
    while world.sessions.count() > 0 {
        world.now += STEP;
        world.sessions.settle(world.now);
        spoken += world.sessions.out.len();
        assert!(world.now < start + Duration::from_secs(20));
    }
    assert_eq!((spoken, world.cause()), (0, Some(Cause::Silent)));
}

#[test]
fn garbage_and_forged_names_get_no_answer_and_disturb_nobody() {
    let mut world = World::connected();
    let name = world.sessions.names().remove(0);
    let dice = Dice::system();
    for number in 0..5_000_u16 {
        let from = Address::new([192, 0, 2, 7].into(), number.max(1));
        let mut bytes = dice.bytes::<64>().to_vec();
        bytes[0] = [0, 20, 63, 128, 144, 255][usize::from(number % 6)];
        world.sessions.take(&bytes, from, world.now);
        // The right name, and no way to know the password.
        world.sessions.take(&stun::tests::request(&format!("{name}:x")), from, world.now);
        // And from the page's own address.
        world.sessions.take(&bytes[..usize::from(number % 64)], world.page.address, world.now);
        world.sessions.settle(world.now);
        assert!(world.sessions.out.iter().all(|datagram| datagram.to == world.page.address));
        world.sessions.out.clear();
        world.now += STEP;
    }
    // Keep-alives went unanswered for 25 s of this clock.
    assert_eq!(world.sessions.count(), 1, "{:?}", world.cause());
    world.speaks_for(30);
    world.until("the echo goes on", |world| world.page.back.len() > 60);
}

#[test]
fn a_flood_ends_its_own_session() {
    let mut world = World::connected();
    for _ in 0..limits::DATAGRAMS_A_SECOND + 10 {
        world.sessions.take(&[128; 1_200], world.page.address, world.now);
    }
    world.sessions.settle(world.now);
    assert_eq!((world.sessions.count(), world.cause()), (0, Some(Cause::Flood)));
}

#[test]
fn one_session_a_test_and_way_and_a_place_in_line_for_the_rest() {
    let now = Instant::now();
    let (mut sessions, offer) = (agent_at(2), Page::new(now).1);
    let mut open = |test: &str, way, now| sessions.open(&asked(test, way, &offer), now).map(drop);
    open("anna", Way::Direct, now).expect("a place");
    open("anna", Way::Direct, now).expect("the same place");
    open("anna", Way::Tls, now).expect("another way");
    assert!(matches!(open("bert", Way::Direct, now), Err(Refusal::Full { place: 1 })));
    assert!(matches!(open("carl", Way::Direct, now), Err(Refusal::Full { place: 2 })));
    open("anna", Way::Tls, now).expect("its own place");
    assert_eq!(sessions.count(), 2);
    sessions.end_test("anna", now);
    assert!(sessions.open(&asked("bert", Way::Direct, &offer), now).is_ok());
    let ended: Vec<_> = sessions.ended.iter().map(|ended| (ended.cause, ended.measured.is_none())).collect();
    assert_eq!(ended, [(Cause::Finished, true); 4]);
}

#[test]
fn an_offer_with_anything_in_it_is_answered_or_refused() {
    let now = Instant::now();
    let (mut sessions, offer) = (agent_at(1_000), Page::new(now).1);
    let lines: Vec<&str> = offer.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        for edited in ["", "a=", "m=video 9 UDP/TLS/RTP/SAVPF 96", &line[..line.len() / 2], &line.replace('9', "-1"), "ä"] {
            let mut edited_lines = lines.clone();
            edited_lines[at] = edited;
            let text = edited_lines.join("\r\n") + "\r\n";
            // Either is right; a panic is not, and is caught and told as not understood.
            let _ = sessions.open(&asked(&at.to_string(), Way::Direct, &text), now);
        }
    }
    sessions.settle(now + Duration::from_secs(11));
    assert_eq!((sessions.count(), sessions.out.len(), sessions.next()), (0, 0, None));
}
