//! The operator's settings: defaults that work, a TOML file, then `HOUSECALL_…` variables. One struct, read once at start.

use std::net::SocketAddr;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where the database, keys and certificates live.
    pub data: PathBuf,
    /// The address patients type: used in links, in the Origin check and in the relay's URLs.
    pub public_url: String,
    /// HTTPS listener.
    pub listen: SocketAddr,
    /// Plain listener for `/livez`, `/readyz` and `/metrics`.
    pub health_listen: SocketAddr,
    /// The demo clinic and the `/demo` page.
    pub demo: bool,
    /// A folder of FHIR R4 bundles.
    pub records: Option<PathBuf>,
    pub relay: RelayConfig,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RelayConfig {
    /// Start the relay inside `serve`. Off where `housecall relay` runs as its own process.
    pub embedded: bool,
    /// UDP and TCP listener.
    pub listen: SocketAddr,
    /// TURN over TLS listener.
    pub tls_listen: SocketAddr,
    /// The address other machines reach the relay at; found from the routing table when absent.
    pub public_ip: Option<std::net::IpAddr>,
    /// Ports for relayed traffic, both ends included.
    pub ports: (u16, u16),
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data: "data".into(),
            public_url: "https://localhost:8443".into(),
            listen: SocketAddr::from(([0, 0, 0, 0], 8443)),
            health_listen: SocketAddr::from(([127, 0, 0, 1], 9443)),
            demo: false,
            records: None,
            relay: RelayConfig::default(),
        }
    }
}

impl Default for RelayConfig {
    fn default() -> Self {
        Self {
            embedded: true,
            listen: SocketAddr::from(([0, 0, 0, 0], 3478)),
            tls_listen: SocketAddr::from(([0, 0, 0, 0], 5349)),
            public_ip: None,
            ports: (49160, 49999),
        }
    }
}
