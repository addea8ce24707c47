//! The embedded relay: TURN (RFC 8656) over UDP, TCP and TLS for the seats of visits and equipment tests, and for nobody else.
//!
//! The `turn` crate keeps allocations, permissions and channels. Around it stand, in the order a packet meets them: `udp` and
//! `stream` (listeners), `gate` (who may), `client` (one five-tuple), `outlet` (the relayed socket and the peer filter), `table` (what is
//! live, and its end). TCP allocations (RFC 6062), reserved ports and IPv6 beside IPv4 are not offered.

mod client;
pub(crate) mod control;
mod counters;
mod frame;
mod gate;
mod nonce;
mod outlet;
mod replies;
mod settings;
mod stream;
mod table;
mod udp;
mod way;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use tokio::net::{TcpListener, UdpSocket};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub use counters::Counts;
pub use replies::REALM;
pub use settings::{Limits, Now, Settings};

use crate::credentials::RelaySecret;
use crate::ended::{End, Ended};
use crate::peers::PeerFilter;
use counters::Counters;
use nonce::Nonces;
use table::Table;

/// Tries to find one free number for UDP and TCP.
const PORT_TRIES: usize = 16;

/// A running relay. Dropping it does not stop it: call `stop`.
#[derive(Clone)]
pub struct Relay {
    core: Arc<Core>,
    address: SocketAddr,
    tls_address: SocketAddr,
}

/// What all listeners and allocations share.
struct Core {
    secret: RelaySecret,
    ended: Arc<Ended>,
    now: Now,
    filter: PeerFilter,
    nonces: Nonces,
    table: Table,
    limits: Limits,
    connections: Arc<Semaphore>,
    counters: Arc<Counters>,
    stopped: CancellationToken,
    tasks: TaskTracker,
}

impl Core {
    fn now_ms(&self) -> i64 {
        (self.now)()
    }

    /// Whether an allocation of `scope` may exchange packets with `peer`.
    fn may_meet(&self, peer: SocketAddr, scope: &str) -> bool {
        self.table.scope_of(peer, scope).unwrap_or_else(|| self.filter.refusal(peer).is_none())
    }
}

impl Relay {
    /// Listens and serves on tasks of the current runtime until `stop`.
    ///
    /// # Errors
    /// When an address cannot be listened on.
    pub async fn start(settings: Settings, secret: RelaySecret, ended: Arc<Ended>, now: Now) -> io::Result<Self> {
        let (udp, tcp) = listen(settings.listen).await?;
        let tls = TcpListener::bind(settings.tls_listen).await?;
        let (address, tls_address) = (udp.local_addr()?, tls.local_addr()?);
        let acceptor = TlsAcceptor::from(Arc::clone(&settings.tls));
        let core = Arc::new(core(&settings, secret, ended, now));
        core.tasks.spawn(udp::serve(Arc::clone(&core), Arc::new(udp), address));
        core.tasks.spawn(stream::serve(Arc::clone(&core), tcp, None));
        core.tasks.spawn(stream::serve(Arc::clone(&core), tls, Some(acceptor)));
        Ok(Self { core, address, tls_address })
    }

    /// The UDP and TCP listener.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn tls_address(&self) -> SocketAddr {
        self.tls_address
    }

    /// Closes live allocations at once; returns how many there were. Their credentials are `Ended`'s matter.
    pub(crate) fn close(&self, end: &End) -> usize {
        self.core.table.end(end)
    }

    pub fn counts(&self) -> Counts {
        self.core.counters.read()
    }

    /// Closes every connection and allocation, and comes back when nothing runs any more.
    pub async fn stop(&self) {
        self.core.stopped.cancel();
        self.core.table.end_all();
        self.core.tasks.close();
        self.core.tasks.wait().await;
    }
}

impl std::fmt::Debug for Relay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Relay").field("address", &self.address).field("tls_address", &self.tls_address).finish_non_exhaustive()
    }
}

fn core(settings: &Settings, secret: RelaySecret, ended: Arc<Ended>, now: Now) -> Core {
    let counters = Arc::new(Counters::default());
    Core {
        secret,
        ended,
        now,
        filter: PeerFilter::new(own_addresses(settings)).permitting(settings.agents.clone()),
        nonces: Nonces::new(),
        table: Table::new(settings, Arc::clone(&counters)),
        limits: settings.limits,
        connections: Arc::new(Semaphore::new(settings.limits.connections)),
        counters,
        stopped: CancellationToken::new(),
        tasks: TaskTracker::new(),
    }
}

/// This machine's addresses and the public one.
fn own_addresses(settings: &Settings) -> Vec<IpAddr> {
    let interfaces = webrtc_util::ifaces::ifaces().unwrap_or_default();
    let local = interfaces.into_iter().filter_map(|interface| interface.addr).map(|address| address.ip());
    local.chain([settings.public_ip, settings.listen.ip(), settings.tls_listen.ip()]).collect()
}

/// UDP and TCP on one number; where the system chooses, until it chose one that is free for both.
async fn listen(address: SocketAddr) -> io::Result<(UdpSocket, TcpListener)> {
    let mut tries = if address.port() == 0 { PORT_TRIES } else { 1 };
    loop {
        let udp = UdpSocket::bind(address).await?;
        match TcpListener::bind(udp.local_addr()?).await {
            Ok(tcp) => return Ok((udp, tcp)),
            Err(error) if tries == 1 => return Err(error),
            Err(_) => tries -= 1,
        }
    }
}
