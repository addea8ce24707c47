//! One patient's test over one way: what comes is echoed and measured, and it ends by itself. No sockets, and time is handed in.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rtc::data_channel::RTCDataChannelId;
use rtc::peer_connection::RTCPeerConnection;
use rtc::peer_connection::event::{RTCDataChannelEvent, RTCPeerConnectionEvent, RTCTrackEvent};
use rtc::peer_connection::message::RTCMessage;
use rtc::peer_connection::state::RTCPeerConnectionState;
use rtc::rtcp::payload_feedbacks::picture_loss_indication::PictureLossIndication;
use rtc::rtp_transceiver::RTCRtpReceiverId;
use rtc::rtp_transceiver::rtp_sender::RtpCodecKind;
use rtc::sansio::Protocol;
use rtc::shared::{TaggedBytesMut, TransportContext, TransportProtocol};

use super::channels::Channels;
use super::echo::Echo;
use super::limits::{DATAGRAMS_A_SECOND, KEY_FRAME_EVERY, LONGEST_SESSION, SILENCE, TELL_EVERY};
use super::measured::{Cause, FromAgent, Ledger, Measured};
use super::peer::Opened;
use super::uplink::Kind;
use super::{Address, Datagram};

pub(super) struct Session {
    peer: RTCPeerConnection,
    ledger: Arc<Mutex<Ledger>>,
    sound: Echo,
    picture: Echo,
    /// The page's tracks.
    tracks: HashMap<String, Track>,
    channels: Channels,
    began: Instant,
    heard: Instant,
    tell_at: Instant,
    key_frame_at: Instant,
    /// The second that datagrams are counted in.
    second: (Instant, u32),
    ended: Option<Cause>,
    pub(super) echoed: u64,
}

#[derive(Clone, Copy)]
struct Track {
    kind: Kind,
    receiver: RTCRtpReceiverId,
    ssrc: u32,
}

impl Session {
    pub(super) fn new(opened: Opened, ledger: Arc<Mutex<Ledger>>, now: Instant) -> Self {
        Self {
            sound: Echo::of_sound(opened.sound),
            picture: Echo::of_picture(opened.picture, now),
            peer: opened.peer,
            ledger,
            tracks: HashMap::new(),
            channels: Channels::default(),
            began: now,
            heard: now,
            tell_at: now + TELL_EVERY,
            key_frame_at: now,
            second: (now, 0),
            ended: None,
            echoed: 0,
        }
    }

    /// A datagram from `from`, to the address that `local` announces.
    pub(super) fn take(&mut self, bytes: &[u8], (from, local): (Address, Address), now: Instant) {
        self.heard = now;
        if now.saturating_duration_since(self.second.0) > Duration::from_secs(1) {
            self.second = (now, 0);
        }
        self.second.1 += 1;
        if self.second.1 > DATAGRAMS_A_SECOND {
            self.ended = Some(Cause::Flood);
            return;
        }
        let transport =
            TransportContext { local_addr: local, peer_addr: from, ecn: None, transport_protocol: TransportProtocol::UDP };
        // What cannot be read is dropped, as the network might have dropped it.
        let _ = self.peer.handle_read(TaggedBytesMut { now, transport, message: bytes.into() });
    }

    /// Does everything that is due; then says when to come back, or why it is over.
    pub(super) fn settle(&mut self, now: Instant, out: &mut Vec<Datagram>) -> Result<Instant, Cause> {
        self.let_time_pass(now);
        while let Some(event) = self.peer.poll_event() {
            self.note(event, now);
        }
        self.read(now);
        self.ask_for_key_frame(now);
        self.keep_pace(now);
        let sent = self.sound.send_due(&mut self.peer, now) + self.picture.send_due(&mut self.peer, now);
        self.echoed += u64::try_from(sent).unwrap_or(0);
        if self.tell_at <= now {
            self.tell(now);
        }
        self.write(out);
        match self.over(now) {
            Some(cause) => Err(cause),
            None => Ok(self.next()),
        }
    }

    /// Says goodbye.
    pub(super) fn close(&mut self, cause: Cause, now: Instant, out: &mut Vec<Datagram>) {
        self.channels.say(&mut self.peer, &FromAgent::Ended { cause }, now);
        self.write(out);
        // Fails only where it is closed already.
        let _ = self.peer.close();
        self.write(out);
    }

    /// What was measured; nothing where nothing ever came.
    pub(super) fn measured(&self, now: Instant) -> Option<Measured> {
        Some(self.ledger().measured(now)).filter(|measured| measured.up.packets > 0)
    }

    fn let_time_pass(&mut self, now: Instant) {
        if self.peer.poll_timeout().is_some_and(|due| due <= now) && self.peer.handle_timeout(now).is_err() {
            self.ended = Some(Cause::Broken);
        }
    }

    fn note(&mut self, event: RTCPeerConnectionEvent, now: Instant) {
        use RTCPeerConnectionState::{Closed, Failed};
        match event {
            RTCPeerConnectionEvent::OnConnectionStateChangeEvent(Closed | Failed) => {
                self.ended = self.ended.or(Some(Cause::Closed));
            }
            RTCPeerConnectionEvent::OnTrack(RTCTrackEvent::OnOpen(open)) => self.begin(open.track_id, open.receiver_id),
            RTCPeerConnectionEvent::OnDataChannel(RTCDataChannelEvent::OnOpen(id)) => {
                self.channels.opened(&mut self.peer, id);
                self.tell_at = now;
            }
            RTCPeerConnectionEvent::OnDataChannel(RTCDataChannelEvent::OnClose(id)) if self.channels.closed(id) => {
                self.ended = self.ended.or(Some(Cause::Closed));
            }
            _ => {}
        }
    }

    fn begin(&mut self, track: String, id: RTCRtpReceiverId) {
        let Some(receiver) = self.peer.rtp_receiver(id) else { return };
        let kind = if receiver.track().kind() == RtpCodecKind::Audio { Kind::Sound } else { Kind::Picture };
        let Some(ssrc) = receiver.track().ssrcs().last() else { return };
        self.tracks.insert(track, Track { kind, receiver: id, ssrc });
    }

    fn read(&mut self, now: Instant) {
        while let Some(message) = self.next_message() {
            match message {
                RTCMessage::RtpPacket(track, packet) => match self.tracks.get(&track).map(|track| track.kind) {
                    Some(Kind::Sound) => self.sound.take(packet, now),
                    Some(Kind::Picture) => self.picture.take(packet, now),
                    None => {}
                },
                RTCMessage::DataChannelMessage(id, message) => self.hear(id, message.is_string, &message.data, now),
                _ => {}
            }
        }
    }

    /// Data waits while the peer has not taken what was echoed before: then its own sending is held up, and not our memory filled.
    fn next_message(&mut self) -> Option<RTCMessage> {
        let next = if self.channels.may_read(&mut self.peer) { self.peer.poll_read() } else { self.peer.poll_media_read() };
        next.map(|tagged| tagged.message)
    }

    fn hear(&mut self, id: RTCDataChannelId, is_text: bool, data: &[u8], now: Instant) {
        if let Some(phase) = self.channels.hear(&mut self.peer, id, (is_text, data), now) {
            self.ledger().mark(&phase, now);
            self.tell(now);
        }
    }

    fn tell(&mut self, now: Instant) {
        let measured = self.ledger().measured(now);
        self.channels.say(&mut self.peer, &FromAgent::Measured(measured), now);
        self.tell_at = now + TELL_EVERY;
    }

    /// The page's decoder asks the echo for a key frame, and only the page's own encoder can make one.
    fn ask_for_key_frame(&mut self, now: Instant) {
        if self.key_frame_at > now || !std::mem::take(&mut self.ledger().wants_key_frame) {
            return;
        }
        let Some(track) = self.tracks.values().find(|track| track.kind == Kind::Picture).copied() else { return };
        let Some(mut receiver) = self.peer.rtp_receiver(track.receiver) else { return };
        let ask = PictureLossIndication { sender_ssrc: 0, media_ssrc: track.ssrc };
        // Refused only by a connection that is not up yet; the decoder asks again.
        let _ = receiver.write_rtcp(now, vec![Box::new(ask)]);
        self.key_frame_at = now + KEY_FRAME_EVERY;
    }

    /// The picture goes back as fast as the way down takes it.
    fn keep_pace(&mut self, now: Instant) {
        let share = self.ledger().down.came_through(self.picture.ssrc());
        if let Some(share) = share {
            self.picture.came_through(share, now);
        }
    }

    fn write(&mut self, out: &mut Vec<Datagram>) {
        while let Some(datagram) = self.peer.poll_write() {
            out.push(Datagram { to: datagram.transport.peer_addr, bytes: datagram.message.freeze() });
        }
    }

    fn over(&self, now: Instant) -> Option<Cause> {
        let too_long = now >= self.began + LONGEST_SESSION;
        let silent = now >= self.heard + SILENCE;
        self.ended.or(too_long.then_some(Cause::TooLong)).or(silent.then_some(Cause::Silent))
    }

    fn next(&mut self) -> Instant {
        let bound = (self.began + LONGEST_SESSION).min(self.heard + SILENCE).min(self.tell_at);
        let others = [self.peer.poll_timeout(), self.sound.next(), self.picture.next()];
        others.into_iter().flatten().fold(bound, Instant::min)
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
