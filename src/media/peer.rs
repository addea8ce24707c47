//! Makes the gateway's end of one WebRTC connection and its answer: what is negotiated, and with what limits.

use std::sync::{Arc, Mutex};
use std::time::Instant;

use rtc::interceptor::{NackGeneratorBuilder, NackResponderBuilder, Registry, Slot};
use rtc::media_stream::MediaStreamTrack;
use rtc::peer_connection::certificate::RTCCertificate;
use rtc::peer_connection::configuration::RTCConfigurationBuilder;
use rtc::peer_connection::configuration::interceptor_registry::{configure_rtcp_reports, configure_twcc_receiver_only};
use rtc::peer_connection::configuration::media_engine::{
    MIME_TYPE_H264, MIME_TYPE_OPUS, MIME_TYPE_RTX, MIME_TYPE_VP8, MediaEngine,
};
use rtc::peer_connection::configuration::setting_engine::{SctpMaxMessageSize, SettingEngine, SettingEngineBuilder};
use rtc::peer_connection::sdp::RTCSessionDescription;
use rtc::peer_connection::transport::{CandidateConfig, CandidateHostConfig, RTCIceCandidate};
use rtc::peer_connection::{RTCPeerConnection, RTCPeerConnectionBuilder};
use rtc::rtp_transceiver::RTCRtpSenderId;
use rtc::rtp_transceiver::rtp_sender::{
    RTCPFeedback, RTCRtpCodec, RTCRtpCodecParameters, RTCRtpCodingParameters, RTCRtpEncodingParameters,
    RTCRtpHeaderExtensionCapability, RTCRtpRtxParameters, RtpCodecKind,
};
use rtc::shared::error::Error;

use super::Address;
use super::limits::{LONGEST_MESSAGE, SCTP_BUFFER};
use super::measured::Ledger;
use super::offer::{Offer, Picture};
use super::tap::{LEVEL_URI, Tap};
use crate::base::dice::Dice;

/// Packets of the echo that can be sent again: two seconds of a picture.
const SENT_AGAIN: u16 = 256;
/// Closest to the network, before anything that repairs.
const TAP: usize = 500;

/// A connection that waits for its peer, and what the peer is answered.
pub(super) struct Opened {
    pub(super) peer: RTCPeerConnection,
    pub(super) answer: String,
    /// The receiver's part of the user name in the peer's STUN requests.
    pub(super) name: String,
    pub(super) sound: Sending,
    pub(super) picture: Sending,
}

/// Where the echo of one stream is written to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sending {
    pub(super) id: RTCRtpSenderId,
    pub(super) ssrc: u32,
}

/// What all sessions of an agent share.
pub(super) struct House {
    pub(super) certificate: RTCCertificate,
    /// The addresses peers are told, one of a family.
    pub(super) announced: Vec<Address>,
    pub(super) dice: Dice,
}

impl House {
    pub(super) fn open(&self, offer: Offer, ledger: &Arc<Mutex<Ledger>>, now: Instant) -> Result<Opened, Error> {
        let (name, password) = (self.dice.id(), self.dice.token());
        let mut media = codecs(offer.picture)?;
        let interceptors = interceptors(ledger, &mut media)?;
        let settings = settings(&name, password.reveal());
        let configuration = RTCConfigurationBuilder::new().with_certificates(vec![self.certificate.clone()]).build();
        let mut peer = RTCPeerConnectionBuilder::new()
            .with_configuration(configuration)
            .with_setting_engine(settings)
            .with_media_engine(media)
            .with_interceptor_registry(interceptors)
            .build(now)?;
        let sound = self.send(&mut peer, RtpCodecKind::Audio, opus())?;
        let picture = self.send(&mut peer, RtpCodecKind::Video, picture(offer.picture).swap_remove(0))?;
        peer.set_remote_description(now, RTCSessionDescription::offer(offer.sdp)?)?;
        for address in &self.announced {
            peer.add_local_candidate(RTCIceCandidate::from(&host(*address)?).to_json()?)?;
        }
        let answer = peer.create_answer(None)?;
        peer.set_local_description(now, answer)?;
        let answer = peer.local_description().ok_or(Error::ErrPeerConnLocalDescriptionNil)?.sdp;
        Ok(Opened { peer, answer, name, sound, picture })
    }

    pub(super) fn send(
        &self,
        peer: &mut RTCPeerConnection,
        kind: RtpCodecKind,
        codec: RTCRtpCodecParameters,
    ) -> Result<Sending, Error> {
        let [ssrc, again] = [(); 2].map(|()| u32::from_be_bytes(self.dice.bytes()));
        let rtx = (kind == RtpCodecKind::Video).then_some(RTCRtpRtxParameters { ssrc: again });
        let coding = RTCRtpCodingParameters { ssrc: Some(ssrc), rtx, ..Default::default() };
        let encoding = RTCRtpEncodingParameters {
            rtp_coding_parameters: coding,
            codec: codec.rtp_codec,
            active: true,
            ..Default::default()
        };
        let track = MediaStreamTrack::new("echo".into(), format!("echo-{kind}"), String::new(), kind, vec![encoding]);
        Ok(Sending { id: peer.add_track(track)?, ssrc })
    }
}

fn settings(name: &str, password: &str) -> SettingEngine {
    SettingEngineBuilder::new()
        .with_ice_credentials(name.to_owned(), password.to_owned())
        .with_multicast_dns_mode(rtc::ice::mdns::MulticastDnsMode::Disabled)
        .with_sctp_max_receive_buffer_size(SCTP_BUFFER)
        .with_sctp_max_message_size(SctpMaxMessageSize::Bounded(LONGEST_MESSAGE))
        .build()
}

/// Repairs the way up (NACK), answers the page's own requests for repair, lets its rate control see how its packets come (transport
/// feedback), and reports both ways.
fn interceptors(ledger: &Arc<Mutex<Ledger>>, media: &mut MediaEngine) -> Result<Registry, Error> {
    let registry = Registry::new().with(Slot::from(TAP), Tap::new(Arc::clone(ledger)));
    let registry = registry
        .with(Slot::NackResponder, NackResponderBuilder::new().with_size(SENT_AGAIN).build())
        .with(Slot::NackGenerator, NackGeneratorBuilder::new().build());
    for (kind, parameter) in [("nack", ""), ("nack", "pli"), ("ccm", "fir"), ("goog-remb", "")] {
        media.register_feedback(RTCPFeedback { typ: kind.to_owned(), parameter: parameter.to_owned() }, RtpCodecKind::Video);
    }
    let registry = configure_twcc_receiver_only(registry, media)?;
    let level = RTCRtpHeaderExtensionCapability { uri: LEVEL_URI.to_owned() };
    media.register_header_extension(level, RtpCodecKind::Audio, None)?;
    Ok(configure_rtcp_reports(registry))
}

pub(super) fn codecs(chosen: Picture) -> Result<MediaEngine, Error> {
    let mut media = MediaEngine::default();
    media.register_codec(opus(), RtpCodecKind::Audio)?;
    for codec in picture(chosen) {
        media.register_codec(codec, RtpCodecKind::Video)?;
    }
    Ok(media)
}

pub(super) fn opus() -> RTCRtpCodecParameters {
    codec(MIME_TYPE_OPUS, (48_000, 2), "minptime=10;useinbandfec=1", 111)
}

/// The codec and its retransmissions; H.264 in the profiles that browsers offer.
pub(super) fn picture(chosen: Picture) -> Vec<RTCRtpCodecParameters> {
    let again = |number: u8| codec(MIME_TYPE_RTX, (90_000, 0), &format!("apt={number}"), number + 1);
    match chosen {
        Picture::Vp8 => vec![codec(MIME_TYPE_VP8, (90_000, 0), "", 96), again(96)],
        Picture::H264 => [("1", "42e01f"), ("1", "42001f"), ("0", "42e01f"), ("0", "42001f")]
            .into_iter()
            .zip((102..).step_by(2))
            .flat_map(|((mode, profile), number)| {
                let format = format!("level-asymmetry-allowed=1;packetization-mode={mode};profile-level-id={profile}");
                [codec(MIME_TYPE_H264, (90_000, 0), &format, number), again(number)]
            })
            .collect(),
    }
}

fn codec(mime: &str, (clock_rate, channels): (u32, u16), format: &str, payload_type: u8) -> RTCRtpCodecParameters {
    let rtcp_feedback = Vec::new();
    let rtp_codec =
        RTCRtpCodec { mime_type: mime.to_owned(), clock_rate, channels, sdp_fmtp_line: format.to_owned(), rtcp_feedback };
    RTCRtpCodecParameters { rtp_codec, payload_type }
}

pub(super) fn host(address: Address) -> Result<rtc::ice::candidate::Candidate, Error> {
    let base_config = CandidateConfig {
        network: "udp".to_owned(),
        address: address.ip().to_string(),
        port: address.port(),
        component: 1,
        ..Default::default()
    };
    CandidateHostConfig { base_config, ..Default::default() }.new_candidate_host()
}
