//! A patient's page in an equipment test, with a real WebRTC client: it sends sound and picture to the media agent and counts what
//! comes back. Frames are not pictures, and the agent does not look.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rtc::media_stream::MediaStreamTrack;
use rtc::peer_connection::configuration::interceptor_registry::register_default_interceptors;
use rtc::peer_connection::configuration::media_engine::{MIME_TYPE_OPUS, MIME_TYPE_VP8, MediaEngine};
use rtc::peer_connection::sdp::RTCSessionDescription;
use rtc::rtp;
use rtc::rtp_transceiver::rtp_sender::{
    RTCRtpCodec, RTCRtpCodecParameters, RTCRtpCodingParameters, RTCRtpEncodingParameters, RtpCodecKind,
};
use serde_json::json;
use tokio::sync::Notify;
use tokio::time::{MissedTickBehavior, interval, timeout};
use tokio_util::sync::CancellationToken;
use webrtc::media_stream::track_local::TrackLocal;
use webrtc::media_stream::track_local::static_rtp::TrackLocalStaticRTP;
use webrtc::media_stream::track_remote::{TrackRemote, TrackRemoteEvent};
use webrtc::peer_connection::{
    PeerConnection, PeerConnectionBuilder, PeerConnectionEventHandler, RTCIceGatheringState, RTCPeerConnectionState, Registry,
};
use webrtc::runtime::default_runtime;

use super::Browser;
use crate::Failure;

const PATIENCE: Duration = Duration::from_secs(30);
/// One word and two packets of a picture: 150 packets a second, about 860 kbit/s.
const TICK: Duration = Duration::from_millis(20);
const PICTURE_BYTES: usize = 1_000;
const SOUND_BYTES: usize = 80;

/// What all pages of a run count together.
#[derive(Debug, Default)]
pub(crate) struct Counted {
    pub(crate) sent: AtomicU64,
    pub(crate) back: AtomicU64,
}

/// Connected; sends until it is closed.
pub(crate) struct TestPage {
    peer: Arc<dyn PeerConnection>,
    sound: Arc<TrackLocalStaticRTP>,
    picture: Arc<TrackLocalStaticRTP>,
    counted: Arc<Counted>,
}

struct Watcher {
    gathered: Notify,
    connected: Notify,
    counted: Arc<Counted>,
}

#[async_trait::async_trait]
impl PeerConnectionEventHandler for Watch {
    async fn on_ice_gathering_state_change(&self, state: RTCIceGatheringState) {
        if state == RTCIceGatheringState::Complete {
            self.0.gathered.notify_one();
        }
    }

    async fn on_connection_state_change(&self, state: RTCPeerConnectionState) {
        if state == RTCPeerConnectionState::Connected {
            self.0.connected.notify_one();
        }
    }

    async fn on_track(&self, track: Arc<dyn TrackRemote>) {
        let counted = Arc::clone(&self.0.counted);
        tokio::spawn(async move {
            while let Some(event) = track.poll().await {
                if matches!(event, TrackRemoteEvent::OnRtpPacket(_)) {
                    counted.back.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
    }
}

#[derive(Clone)]
struct Watch(Arc<Watcher>);

impl TestPage {
    /// Begins a test on the seat, offers, and comes back when it is connected.
    pub(crate) async fn open(browser: &mut Browser, seat: &str, counted: Arc<Counted>) -> Result<Self, Failure> {
        let watch = Watch(Arc::new(Watcher { gathered: Notify::new(), connected: Notify::new(), counted: Arc::clone(&counted) }));
        let mut media = MediaEngine::default();
        media.register_codec(sound_codec(), RtpCodecKind::Audio)?;
        media.register_codec(picture_codec(), RtpCodecKind::Video)?;
        let registry = register_default_interceptors(Registry::new(), &mut media)?;
        let peer: Arc<dyn PeerConnection> = Arc::new(
            PeerConnectionBuilder::new()
                .with_media_engine(media)
                .with_interceptor_registry(registry)
                .with_handler(Arc::new(watch.clone()))
                .with_runtime(default_runtime().ok_or("no runtime")?)
                .with_udp_addrs(vec!["127.0.0.1:0".to_owned()])
                .build()
                .await?,
        );
        let sound = track(RtpCodecKind::Audio, sound_codec(), 1);
        let picture = track(RtpCodecKind::Video, picture_codec(), 2);
        peer.add_track(Arc::clone(&sound) as Arc<dyn TrackLocal>).await?;
        peer.add_track(Arc::clone(&picture) as Arc<dyn TrackLocal>).await?;
        peer.create_data_channel("records", None).await?;
        peer.create_data_channel("agent", None).await?;

        let offer = peer.create_offer(None).await?;
        peer.set_local_description(offer).await?;
        timeout(PATIENCE, watch.0.gathered.notified()).await.map_err(|_| "no candidates were found")?;
        let offer = peer.local_description().await.ok_or("no offer")?.sdp;
        let test = browser.post(&format!("/seats/{seat}/equipment-tests"), &json!({})).await?;
        let id = test["id"].as_str().ok_or("a test without a number")?;
        let path = format!("/seats/{seat}/equipment-tests/{id}/media");
        let answer = browser.post(&path, &json!({ "offer": offer, "way": "direct" })).await?;
        let answer = answer["answer"].as_str().ok_or("no answer")?.to_owned();
        peer.set_remote_description(RTCSessionDescription::answer(answer)?).await?;
        timeout(PATIENCE, watch.0.connected.notified()).await.map_err(|_| "the agent was not reached")?;
        Ok(Self { peer, sound, picture, counted })
    }

    /// Sends until `stop`, then closes.
    pub(crate) async fn send(self, stop: CancellationToken) -> Result<(), Failure> {
        let mut tick = interval(TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Burst);
        let mut number = 0_u32;
        while stop.run_until_cancelled(tick.tick()).await.is_some() {
            self.sound.write_rtp(packet(1, 111, number, number * 960, SOUND_BYTES)).await?;
            for half in 0..2 {
                self.picture.write_rtp(packet(2, 96, number * 2 + half, number * 1_800, PICTURE_BYTES)).await?;
            }
            self.counted.sent.fetch_add(3, Ordering::Relaxed);
            number += 1;
        }
        self.peer.close().await?;
        Ok(())
    }
}

fn packet(ssrc: u32, payload_type: u8, number: u32, timestamp: u32, bytes: usize) -> rtp::Packet {
    let sequence_number = u16::try_from(number % 65_536).unwrap_or(0);
    let header = rtp::Header { version: 2, payload_type, sequence_number, timestamp, ssrc, ..Default::default() };
    rtp::Packet { header, payload: vec![7; bytes].into() }
}

fn track(kind: RtpCodecKind, codec: RTCRtpCodecParameters, ssrc: u32) -> Arc<TrackLocalStaticRTP> {
    let coding = RTCRtpCodingParameters { ssrc: Some(ssrc), ..Default::default() };
    let encoding =
        RTCRtpEncodingParameters { rtp_coding_parameters: coding, codec: codec.rtp_codec, active: true, ..Default::default() };
    let track = MediaStreamTrack::new("test".into(), format!("test-{kind}"), String::new(), kind, vec![encoding]);
    Arc::new(TrackLocalStaticRTP::new(track))
}

fn sound_codec() -> RTCRtpCodecParameters {
    codec(MIME_TYPE_OPUS, 48_000, 2, "minptime=10;useinbandfec=1", 111)
}

fn picture_codec() -> RTCRtpCodecParameters {
    codec(MIME_TYPE_VP8, 90_000, 0, "", 96)
}

fn codec(mime: &str, clock_rate: u32, channels: u16, format: &str, payload_type: u8) -> RTCRtpCodecParameters {
    let rtcp_feedback = Vec::new();
    let rtp_codec =
        RTCRtpCodec { mime_type: mime.to_owned(), clock_rate, channels, sdp_fmtp_line: format.to_owned(), rtcp_feedback };
    RTCRtpCodecParameters { rtp_codec, payload_type }
}
