//! What the embedded relay is told at start.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::Duration;

use crate::peers::Agent;

/// Tells UTC milliseconds. Handed in, so that credentials age with the gateway's clock.
pub type Now = Arc<dyn Fn() -> i64 + Send + Sync>;

#[derive(Clone)]
pub struct Settings {
    /// UDP and TCP. With port 0 the system chooses one number for both.
    pub listen: SocketAddr,
    /// TURN over TLS.
    pub tls_listen: SocketAddr,
    pub tls: Arc<rustls::ServerConfig>,
    /// The address peers see relayed traffic come from; it need not be on this machine.
    pub public_ip: IpAddr,
    /// Ports for relayed traffic.
    pub ports: RangeInclusive<u16>,
    /// The house's own media agents.
    pub agents: Vec<Agent>,
    pub limits: Limits,
}

#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// A page makes one allocation per network, path and peer connection, and doubles them when it restarts ICE.
    pub allocations_per_seat: usize,
    pub allocations: usize,
    /// TCP and TLS connections at once.
    pub connections: usize,
    /// For the TLS handshake.
    pub handshake: Duration,
    /// For a TCP or TLS connection without an allocation.
    pub idle: Duration,
    /// However often it is refreshed.
    pub longest_allocation: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            allocations_per_seat: 32,
            allocations: 4096,
            connections: 4096,
            handshake: Duration::from_secs(5),
            idle: Duration::from_secs(10),
            longest_allocation: Duration::from_secs(8 * 3600),
        }
    }
}

impl Settings {
    /// The local address relayed sockets are bound to: the listener's, or any of the public address's family.
    pub(super) fn bind_ip(&self) -> IpAddr {
        let listen = self.listen.ip();
        if !listen.is_unspecified() && listen.is_ipv4() == self.public_ip.is_ipv4() {
            listen
        } else if self.public_ip.is_ipv4() {
            Ipv4Addr::UNSPECIFIED.into()
        } else {
            Ipv6Addr::UNSPECIFIED.into()
        }
    }
}
