//! Stands between the network and the rest of the WebRTC crate and writes down what passes, before anything is repaired or hidden.
//!
//! The crate's own statistics do not do: of what the other side reports they know neither loss nor round trip, jitter is in units of
//! the stream's clock, and a packet that was sent again counts like one that came.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use rtc::interceptor::{Interceptor, Packet, StreamInfo, TaggedPacket};
use rtc::rtcp::payload_feedbacks::full_intra_request::FullIntraRequest;
use rtc::rtcp::payload_feedbacks::picture_loss_indication::PictureLossIndication;
use rtc::rtcp::receiver_report::ReceiverReport;
use rtc::rtcp::reception_report::ReceptionReport;
use rtc::rtcp::sender_report::SenderReport;
use rtc::rtp;
use rtc::sansio::Protocol;
use rtc::shared::error::Error;
use rtc::shared::marshal::MarshalSize;

use super::downlink::Report;
use super::measured::Ledger;
use super::uplink::{Arrival, Kind};

/// RFC 6464.
pub(super) const LEVEL_URI: &str = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";

pub(super) struct Tap {
    ledger: Arc<Mutex<Ledger>>,
    streams: HashMap<u32, Heard>,
    inward: VecDeque<TaggedPacket>,
    outward: VecDeque<TaggedPacket>,
}

/// A stream of the page's.
#[derive(Clone, Copy)]
enum Heard {
    First {
        kind: Kind,
        level: Option<u8>,
    },
    /// What is sent again (RFC 4588).
    Again,
}

impl Tap {
    pub(super) fn new(ledger: Arc<Mutex<Ledger>>) -> Self {
        Self { ledger, streams: HashMap::new(), inward: VecDeque::new(), outward: VecDeque::new() }
    }

    fn hear(&self, packet: &Packet, now: Instant) {
        let mut ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        match packet {
            Packet::Rtp(packet) => match self.streams.get(&packet.header.ssrc) {
                Some(Heard::First { kind, level }) => ledger.up.arrived(*kind, arrival(packet, *level), now),
                Some(Heard::Again) => ledger.up.arrived_again(packet.marshal_size()),
                None => {}
            },
            Packet::Rtcp(packets) => {
                for packet in packets {
                    let any = packet.as_any();
                    ledger.wants_key_frame |= any.is::<PictureLossIndication>() || any.is::<FullIntraRequest>();
                    let of_sender = any.downcast_ref::<SenderReport>().map(|report| &report.reports);
                    let of_receiver = any.downcast_ref::<ReceiverReport>().map(|report| &report.reports);
                    for block in of_sender.or(of_receiver).into_iter().flatten() {
                        ledger.down.reported(block.ssrc, report(block), now);
                    }
                }
            }
            _ => {}
        }
    }

    fn say(&self, packet: &Packet, now: Instant) {
        let mut ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        match packet {
            Packet::Rtp(packet) => ledger.down.sent(packet.header.ssrc, packet.header.sequence_number, packet.marshal_size()),
            Packet::Rtcp(packets) => {
                for report in packets.iter().filter_map(|packet| packet.as_any().downcast_ref::<SenderReport>()) {
                    ledger.down.sent_report(middle(report.ntp_time), now);
                }
            }
            _ => {}
        }
    }
}

fn arrival(packet: &rtp::Packet, level: Option<u8>) -> Arrival {
    let header = &packet.header;
    let level = level.and_then(|id| header.get_extension(id)).and_then(|bytes| bytes.first().map(|byte| byte & 0x7f));
    Arrival { sequence: header.sequence_number, timestamp: header.timestamp, bytes: packet.marshal_size(), level }
}

fn report(block: &ReceptionReport) -> Report {
    let ReceptionReport { last_sequence_number, total_lost, last_sender_report, delay, .. } = *block;
    Report { highest: last_sequence_number, lost: total_lost, last_sender_report, delay }
}

fn middle(ntp: u64) -> u32 {
    u32::try_from((ntp >> 16) & u64::from(u32::MAX)).unwrap_or(0)
}

impl Protocol<TaggedPacket, TaggedPacket, ()> for Tap {
    type Rout = TaggedPacket;
    type Wout = TaggedPacket;
    type Eout = ();
    type Error = Error;
    type Time = Instant;

    fn handle_read(&mut self, packet: TaggedPacket) -> Result<(), Error> {
        self.hear(&packet.message.packet, packet.now);
        self.inward.push_back(packet);
        Ok(())
    }

    fn poll_read(&mut self) -> Option<TaggedPacket> {
        self.inward.pop_front()
    }

    fn handle_write(&mut self, packet: TaggedPacket) -> Result<(), Error> {
        self.say(&packet.message.packet, packet.now);
        self.outward.push_back(packet);
        Ok(())
    }

    fn poll_write(&mut self) -> Option<TaggedPacket> {
        self.outward.pop_front()
    }
}

impl Interceptor for Tap {
    fn bind_local_stream(&mut self, _: &StreamInfo) {}

    fn unbind_local_stream(&mut self, _: &StreamInfo) {}

    fn bind_remote_stream(&mut self, stream: &StreamInfo) {
        // What is sent again is told of twice: with the stream it belongs to, and then by itself, under that one's codec.
        if matches!(self.streams.get(&stream.ssrc), Some(Heard::Again)) {
            return;
        }
        let kind = if stream.mime_type.starts_with("audio") { Kind::Sound } else { Kind::Picture };
        let level = stream.rtp_header_extensions.iter().find(|extension| extension.uri == LEVEL_URI);
        let level = level.and_then(|extension| u8::try_from(extension.id).ok());
        self.streams.insert(stream.ssrc, Heard::First { kind, level });
        if let Some(again) = stream.ssrc_rtx {
            self.streams.insert(again, Heard::Again);
        }
    }

    fn unbind_remote_stream(&mut self, stream: &StreamInfo) {
        self.streams.remove(&stream.ssrc);
    }
}
