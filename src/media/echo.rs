//! The way back of one stream: what came is held for the delay and leaves under our own stream's name, at a pace the network takes.

use std::time::Instant;

use rtc::peer_connection::RTCPeerConnection;
use rtc::rtp;
use rtc::shared::marshal::MarshalSize;

use super::delay::DelayLine;
use super::limits::PICTURE_RATE;
use super::pace::Pace;
use super::peer::Sending;
use super::sequence::{Sequence, low};

pub(super) struct Echo {
    to: Sending,
    sequence: Sequence,
    line: DelayLine<rtp::Packet>,
    /// Sound is never held up: it is little, and a late word is a lost one.
    pace: Option<Pace>,
}

impl Echo {
    pub(super) fn of_sound(to: Sending) -> Self {
        Self { to, sequence: Sequence::default(), line: DelayLine::default(), pace: None }
    }

    pub(super) fn of_picture(to: Sending, now: Instant) -> Self {
        Self { pace: Some(Pace::new(PICTURE_RATE, now)), ..Self::of_sound(to) }
    }

    /// The name of the stream that goes back.
    pub(super) fn ssrc(&self) -> u32 {
        self.to.ssrc
    }

    /// The page has told which share of what left since the last time it received.
    pub(super) fn came_through(&mut self, share: f64, now: Instant) {
        if let Some(pace) = &mut self.pace {
            pace.came_through(share, now);
        }
    }

    pub(super) fn take(&mut self, packet: rtp::Packet, now: Instant) {
        let (number, bytes) = (self.sequence.extend(packet.header.sequence_number), packet.marshal_size());
        self.line.push(number, packet, bytes, now);
    }

    /// When the next packet leaves.
    pub(super) fn next(&self) -> Option<Instant> {
        let (due, _) = self.line.next()?;
        Some(self.pace.as_ref().map_or(due, |pace| due.max(pace.free_at())))
    }

    /// Sends what is due; returns how many packets that were.
    pub(super) fn send_due(&mut self, peer: &mut RTCPeerConnection, now: Instant) -> usize {
        let mut sent = 0;
        while self.next().is_some_and(|due| due <= now) {
            let Some((number, packet)) = self.line.pop() else { break };
            if let Some(pace) = &mut self.pace {
                pace.leave(packet.marshal_size(), now);
            }
            // Refused where the page took no echo of this kind into its offer.
            if let Some(mut sender) = peer.rtp_sender(self.to.id) {
                sent += usize::from(sender.write_rtp(now, self.renamed(packet, number)).is_ok());
            }
        }
        sent
    }

    /// Numbers stay, with their gaps: a decoder has to know what is missing. Header extensions speak of the way up.
    fn renamed(&self, mut packet: rtp::Packet, number: i64) -> rtp::Packet {
        let header = &mut packet.header;
        (header.ssrc, header.sequence_number) = (self.to.ssrc, low(number));
        (header.extension, header.extension_profile, header.extensions_padding) = (false, 0, 0);
        header.extensions.clear();
        header.csrc.clear();
        header.padding = false;
        packet
    }
}
