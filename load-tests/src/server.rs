//! What every server under measurement is to a scenario: people meet in pairs, say things to each other, and leave.

use crate::Failure;

/// Forty in all, half of them each way.
pub(crate) const CANDIDATES_EACH: u32 = 20;
/// What Chromium writes for one camera, one microphone and a data channel.
const SDP_BYTES: usize = 3 * 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    Offer,
    Answer,
    Candidate,
}

impl Said {
    /// What a message is whose `type` says it in so many words.
    pub(crate) fn by_type(text: &str) -> Option<Self> {
        let is = |word: &str| text.contains(&format!("\"type\":\"{word}\""));
        let words = [("candidate", Self::Candidate), ("offer", Self::Offer), ("answer", Self::Answer)];
        words.into_iter().find_map(|(word, said)| is(word).then_some(said))
    }
}

pub(crate) trait Server: Send + Sync + 'static {
    type End: End;

    /// The id of its process.
    fn process(&self) -> u32;

    /// Two people come together in room `lane`, which nobody else uses meanwhile. `call` was never used before.
    fn meet(&self, lane: u32, call: u32) -> impl Future<Output = Result<(Self::End, Self::End), Failure>> + Send;
}

/// One person's side. Both of its waits may be given up and taken up again.
pub(crate) trait End: Send + 'static {
    fn say(&mut self, what: Said) -> impl Future<Output = Result<(), Failure>> + Send;

    /// The next thing that the other person said.
    fn hear(&mut self) -> impl Future<Output = Result<Said, Failure>> + Send;

    fn leave(self) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// A description as large as a browser's, and one that a server which ends the media itself can read: audio alone is negotiated.
pub(crate) fn sdp(what: Said) -> String {
    let setup = if what == Said::Offer { "actpass" } else { "active" };
    let fingerprint = ["AB"; 32].join(":");
    let mut sdp = format!(
        "v=0\r\no=- 4611731400430051336 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\na=msid-semantic: WMS\r\n\
         m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\na=ice-ufrag:load\r\n\
         a=ice-pwd:aloadtestsicepasswordof22\r\na=ice-options:trickle\r\na=fingerprint:sha-256 {fingerprint}\r\na=setup:{setup}\r\n\
         a=mid:0\r\na=sendrecv\r\na=rtcp-mux\r\na=rtpmap:111 opus/48000/2\r\na=fmtp:111 minptime=10;useinbandfec=1\r\n"
    );
    let mut line = 0;
    while sdp.len() < SDP_BYTES {
        line += 1;
        sdp.push_str(&format!("a=ssrc:{} cname:load-tests-{line}\r\n", 100_000 + line));
    }
    sdp
}

/// A public address: others may be filtered out on the way.
pub(crate) const CANDIDATE: &str =
    "candidate:842163049 1 udp 1677729535 8.8.8.8 50001 typ srflx raddr 0.0.0.0 rport 0 generation 0 ufrag load network-cost 999";
