//! The two data channels: `records`, where every message comes back as it was, and `agent`, where the agent tells what it measures.

use std::time::Instant;

use rtc::data_channel::RTCDataChannelId;
use rtc::peer_connection::RTCPeerConnection;

use super::limits::{RECORD_BYTES, RECORD_WAITING};
use super::measured::{FromAgent, ToAgent};

#[derive(Debug, Default)]
pub(super) struct Channels {
    records: Option<RTCDataChannelId>,
    agent: Option<RTCDataChannelId>,
    echoed: usize,
}

impl Channels {
    pub(super) fn opened(&mut self, peer: &mut RTCPeerConnection, id: RTCDataChannelId) {
        match peer.data_channel(id).map(|channel| channel.label().to_owned()).as_deref() {
            Some("records") => self.records = Some(id),
            Some("agent") => self.agent = Some(id),
            _ => {}
        }
    }

    /// Whether it was the last: so a page's end shows, of which the crate tells nothing else.
    pub(super) fn closed(&mut self, id: RTCDataChannelId) -> bool {
        self.records = self.records.filter(|records| *records != id);
        self.agent = self.agent.filter(|agent| *agent != id);
        self.records.is_none() && self.agent.is_none()
    }

    pub(super) fn may_read(&self, peer: &mut RTCPeerConnection) -> bool {
        let records = self.records.and_then(|id| peer.data_channel(id));
        records.is_none_or(|channel| channel.outstanding_bytes() < RECORD_WAITING)
    }

    /// Echoes a record's piece; returns the word of a mark.
    pub(super) fn hear(
        &mut self,
        peer: &mut RTCPeerConnection,
        id: RTCDataChannelId,
        (is_text, data): (bool, &[u8]),
        now: Instant,
    ) -> Option<String> {
        if self.agent == Some(id) {
            let ToAgent::Mark { phase } = serde_json::from_slice(data).ok()?;
            return Some(phase);
        }
        if self.records != Some(id) || self.echoed + data.len() > RECORD_BYTES {
            return None;
        }
        self.echoed += data.len();
        let mut channel = peer.data_channel(id)?;
        // A channel that closes meanwhile needs no echo.
        let _ = match std::str::from_utf8(data) {
            Ok(text) if is_text => channel.send_text(now, text),
            _ => channel.send(now, data.into()),
        };
        None
    }

    pub(super) fn say(&self, peer: &mut RTCPeerConnection, words: &FromAgent, now: Instant) {
        let channel = self.agent.and_then(|id| peer.data_channel(id));
        if let (Some(mut channel), Ok(text)) = (channel, serde_json::to_string(words)) {
            // The same again comes in a second.
            let _ = channel.send_text(now, text);
        }
    }
}
