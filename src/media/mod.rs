//! The media agent: the gateway's own end of a WebRTC connection, on one UDP port, for equipment tests. It sends sound, picture and
//! records back and measures what the page cannot. The only module that names the WebRTC crate.
//!
//! In the order a datagram meets them: `socket` (the port and its thread), `sessions` and `demux` (whose is it), `session` (one test over
//! one way), `tap` (what passes, written down), `echo` (back after a moment), `channels` (data). `offer` and `peer` make the answer.

mod channels;
mod delay;
mod demux;
mod downlink;
mod echo;
mod limits;
mod line;
mod measured;
mod offer;
mod pace;
mod peer;
mod sequence;
mod session;
mod sessions;
mod socket;
mod stun;
mod tap;
#[cfg(test)]
mod tests;
mod uplink;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::thread;

use rtc::crypto::{SignatureScheme, default_provider};
use rtc::peer_connection::certificate::{CertificateParams, RTCCertificate};
use tokio::sync::{mpsc, oneshot};
use turn_config::address::outward_ip;

pub use measured::{Cause, FromAgent, Measured, ToAgent};
pub use offer::Unfit;

use crate::base::dice::Dice;
use crate::config::MediaConfig;
use peer::House;
use sessions::Sessions;
use socket::{Driver, Order};

/// Seconds after which a page that found no place asks again.
pub const ASK_AGAIN_S: u64 = line::ASK_AGAIN.as_secs();
const ORDERS: usize = 64;
const ENDED: usize = 1024;

type Address = SocketAddr;

/// Which way the page means to take; the agent treats all alike and tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = MediaWay)]
pub enum Way {
    /// To the agent's own port.
    Direct,
    /// Through the relay.
    Udp,
    Tcp,
    Tls,
}

#[derive(Debug)]
pub struct Asked {
    pub test: String,
    pub way: Way,
    pub offer: String,
}

#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error(transparent)]
    Unfit(#[from] Unfit),
    #[error("all places are taken")]
    Full {
        /// 1 is the next.
        place: usize,
    },
    #[error("the agent has stopped")]
    Stopped,
}

/// A session that is over.
#[derive(Debug)]
pub struct Ended {
    pub test: String,
    pub way: Way,
    pub cause: Cause,
    /// Absent where nothing ever came.
    pub measured: Option<Measured>,
    pub echoed: u64,
}

struct Datagram {
    to: Address,
    bytes: bytes::Bytes,
}

/// The gateway's hold of its agent. Cheap to clone; the agent lives as long as one of them.
#[derive(Clone, Debug)]
pub struct MediaAgent(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    orders: mpsc::Sender<Order>,
    local: SocketAddr,
    announced: Vec<SocketAddr>,
}

impl MediaAgent {
    /// Listens and serves on a thread of its own. What ends is told through the receiver.
    pub fn start(config: &MediaConfig, dice: &Dice) -> io::Result<(Self, mpsc::Receiver<Ended>)> {
        let socket = socket::bind(config.listen)?;
        let local = socket.local_addr()?;
        let announced = announced(config, local);
        let house = House { certificate: certificate()?, announced: announced.clone(), dice: dice.clone() };
        let (orders, taken) = mpsc::channel(ORDERS);
        let (ended, told) = mpsc::channel(ENDED);
        let sessions = Sessions::new(house, config.sessions);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        thread::Builder::new().name("media".to_owned()).spawn(move || {
            runtime.block_on(async move {
                match tokio::net::UdpSocket::from_std(socket) {
                    Ok(socket) => Driver { socket, sessions, orders: taken, ended }.run().await,
                    Err(error) => tracing::error!(cause = %error, "the media agent cannot use its port"),
                }
            });
        })?;
        Ok((Self(Arc::new(Inner { orders, local, announced })), told))
    }

    /// The port, as this machine knows it.
    pub fn local(&self) -> SocketAddr {
        self.0.local
    }

    /// What pages are told.
    pub fn announced(&self) -> &[SocketAddr] {
        &self.0.announced
    }

    /// Answers a page's offer; the session begins, and a former one of the same test and way ends.
    pub async fn answer(&self, asked: Asked) -> Result<String, Refusal> {
        let (sender, answer) = oneshot::channel();
        self.0.orders.send(Order::Open(asked, sender)).await.map_err(|_| Refusal::Stopped)?;
        answer.await.map_err(|_| Refusal::Stopped)?
    }

    /// The test is over: its sessions end.
    pub async fn end(&self, test: &str) {
        // A stopped agent has no sessions.
        let _ = self.0.orders.send(Order::End(test.to_owned())).await;
    }

    /// Ends every session, each page told; returns when the port is closed.
    pub async fn stop(&self) {
        let (sender, done) = oneshot::channel();
        if self.0.orders.send(Order::Stop(sender)).await.is_ok() {
            // An error means that it has stopped.
            let _ = done.await;
        }
    }
}

/// The addresses of the settings, or the one this machine is reached at; each with the port.
pub fn announced(config: &MediaConfig, local: SocketAddr) -> Vec<SocketAddr> {
    let listen = config.listen.ip();
    let derived = || vec![if listen.is_unspecified() { outward_ip() } else { listen }];
    let ips: Vec<IpAddr> = if config.public_ips.is_empty() { derived() } else { config.public_ips.clone() };
    ips.into_iter().map(|ip| SocketAddr::new(ip, local.port())).collect()
}

/// Made anew at each start: a peer learns its fingerprint from the answer.
fn certificate() -> io::Result<RTCCertificate> {
    let provider = default_provider().map_err(io::Error::other)?;
    RTCCertificate::generate(provider.crypto(), SignatureScheme::EcdsaP256Sha256, CertificateParams::default())
        .map_err(io::Error::other)
}
