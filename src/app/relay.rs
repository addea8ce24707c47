//! The relay as the gateway runs or reaches it: embedded by default, `housecall relay` beside it in production.
//!
//! Both share a secret kept in the data folder; a relay on another machine needs a copy of that file.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use metrics::{counter, gauge};
use tokio_util::sync::CancellationToken;
use turn_config::access::{Reach, RelayAccess};
use turn_config::address::outward_ip;
use turn_config::credentials::{RelaySecret, UnfitSecret};
use turn_config::ended::Ended;
use turn_config::ice::RelayPlace;
use turn_config::peers::Agent;
use turn_config::relay::{Limits, Relay, Settings};

use crate::base::clock::Clock;
use crate::base::kept;
use crate::config::{Config, RelayConfig};
use crate::http::tls::{Identity, TlsError};
use crate::media;

pub(super) const SECRET_FILE: &str = "relay.secret";
const COUNT_EVERY: Duration = Duration::from_secs(5);

#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    #[error("cannot keep the relay's secret in {0}")]
    Secret(PathBuf, #[source] io::Error),
    #[error("the relay's secret in {0} cannot be used")]
    Unfit(PathBuf, #[source] UnfitSecret),
    #[error("the relay cannot listen on {0} and {1}; another program may use them")]
    Listen(SocketAddr, SocketAddr, #[source] io::Error),
    #[error("relay.ports must be two numbers from 1024 up, the lower one first")]
    Ports,
    #[error(transparent)]
    Tls(#[from] TlsError),
}

/// The gateway's hold of the relay, and the relay itself where it is embedded.
pub async fn open(
    config: &Config,
    identity: &Identity,
    clock: &Clock,
    agents: Vec<Agent>,
) -> Result<(RelayAccess, Option<Relay>), RelayError> {
    if !config.relay.embedded {
        return Ok((elsewhere(config)?, None));
    }
    let (secret, ended) = (secret(&config.data)?, Arc::default());
    let relay = start(config, identity, clock, (secret.clone(), Arc::clone(&ended)), agents).await?;
    let ports = (relay.address().port(), relay.tls_address().port());
    let access = RelayAccess::new(secret, place(config, ports), ended, Reach::Embedded(relay.clone()));
    Ok((access, Some(relay)))
}

/// The relay is another process: it is told what ends at its UDP port.
pub fn elsewhere(config: &Config) -> Result<RelayAccess, RelayError> {
    let place = place(config, (config.relay.listen.port(), config.relay.tls_listen.port()));
    let address = SocketAddr::new(place.ip, place.port);
    Ok(RelayAccess::new(secret(&config.data)?, place, Arc::default(), Reach::Elsewhere(address)))
}

/// The relay alone.
pub async fn alone(config: &Config, identity: &Identity, clock: &Clock) -> Result<Relay, RelayError> {
    let listen = config.media.listen;
    let agents = if listen.port() == 0 { Vec::new() } else { agents(config, listen, &media::announced(&config.media, listen)) };
    start(config, identity, clock, (secret(&config.data)?, Arc::default()), agents).await
}

async fn start(
    config: &Config,
    identity: &Identity,
    clock: &Clock,
    (secret, ended): (RelaySecret, Arc<Ended>),
    agents: Vec<Agent>,
) -> Result<Relay, RelayError> {
    let RelayConfig { listen, tls_listen, ports: (first, last), .. } = config.relay;
    if first < 1024 || first > last {
        return Err(RelayError::Ports);
    }
    let settings = Settings {
        listen,
        tls_listen,
        tls: identity.server(&[])?,
        public_ip: public_ip(&config.relay),
        ports: first..=last,
        agents,
        limits: Limits::default(),
    };
    let clock = clock.clone();
    let now = Arc::new(move || clock.now().0);
    Relay::start(settings, secret, ended, now).await.map_err(|error| RelayError::Listen(listen, tls_listen, error))
}

/// Whom the relay lets pages reach beside public addresses: this machine's media agent, at its port `local`, and those the settings name.
pub fn agents(config: &Config, local: SocketAddr, announced: &[SocketAddr]) -> Vec<Agent> {
    let near = |announced: IpAddr| {
        // Where the address is this machine's own, both ends know each other by it; a router's cannot be bound here, or reached from inside.
        if local.ip().is_unspecified() && UdpSocket::bind((announced, 0)).is_ok() {
            return announced;
        }
        let bound = [local.ip(), config.relay.listen.ip()].into_iter().find(|ip| !ip.is_unspecified());
        let loopback = if announced.is_ipv4() { Ipv4Addr::LOCALHOST.into() } else { Ipv6Addr::LOCALHOST.into() };
        bound.filter(|ip| ip.is_ipv4() == announced.is_ipv4()).unwrap_or(loopback)
    };
    let here = announced
        .iter()
        .map(|announced| Agent { announced: *announced, reached_at: SocketAddr::new(near(announced.ip()), local.port()) });
    here.chain(config.relay.agents.iter().map(|agent| Agent { announced: *agent, reached_at: *agent })).collect()
}

/// Puts the relay's counts into `/metrics` until the gateway closes.
pub async fn count(relay: Relay, closing: CancellationToken) {
    let mut tick = tokio::time::interval(COUNT_EVERY);
    while closing.run_until_cancelled(tick.tick()).await.is_some() {
        let counts = relay.counts();
        gauge!("relay_allocations").set(precise(counts.allocations));
        gauge!("relay_connections").set(precise(counts.connections));
        for (name, count) in [
            ("relay_allocations_made_total", counts.allocations_made),
            ("relay_allocations_ended_total", counts.allocations_ended),
            ("relay_connections_refused_total", counts.connections_refused),
            ("relay_credentials_refused_total", counts.credentials_refused),
            ("relay_peers_refused_total", counts.peers_refused),
            ("relay_scopes_crossed_total", counts.scopes_crossed),
            ("relay_over_quota_total", counts.over_quota),
            ("relay_packets_relayed_total", counts.packets_relayed),
            ("relay_packets_dropped_total", counts.packets_dropped),
        ] {
            counter!(name).absolute(count);
        }
    }
}

fn precise(count: u64) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

/// The address pages are given, and peers see.
pub fn public_ip(relay: &RelayConfig) -> IpAddr {
    let listen = relay.listen.ip();
    relay.public_ip.unwrap_or_else(|| if listen.is_unspecified() { outward_ip() } else { listen })
}

fn place(config: &Config, (port, tls_port): (u16, u16)) -> RelayPlace {
    let ip = public_ip(&config.relay);
    RelayPlace { ip, port, tls_host: tls_host(&config.public_url, ip), tls_port }
}

/// The name in the certificate. `localhost` would be another machine to a phone: there the address stands in.
fn tls_host(public_url: &str, ip: IpAddr) -> String {
    let uri = public_url.parse::<axum::http::Uri>().ok();
    let host =
        uri.as_ref().and_then(|uri| uri.host()).map(|host| host.trim_matches(['[', ']'])).filter(|host| *host != "localhost");
    host.map_or_else(|| ip.to_string(), str::to_owned)
}

/// What gateway and relay share; made by whichever starts first.
pub fn secret(folder: &Path) -> Result<RelaySecret, RelayError> {
    let file = folder.join(SECRET_FILE);
    let made = kept::made_once(&file, || Ok(format!("{}\n", RelaySecret::random().reveal()).into_bytes()));
    let text = made.and_then(|bytes| String::from_utf8(bytes).map_err(io::Error::other));
    let text = text.map_err(|error| RelayError::Secret(file.clone(), error))?;
    RelaySecret::from_text(&text).map_err(|error| RelayError::Unfit(file, error))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_secret_is_made_once_and_kept_to_its_owner() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let first = secret(folder.path()).expect("made");
        let second = secret(folder.path()).expect("read");
        assert_eq!(first.reveal(), second.reveal());
        let kept = fs::metadata(folder.path().join(SECRET_FILE)).expect("it is there");
        assert_eq!(kept.permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "no draft stays");
        fs::write(folder.path().join(SECRET_FILE), "short").expect("written");
        assert!(matches!(secret(folder.path()), Err(RelayError::Unfit(..))));
    }

    #[test]
    fn pages_reach_tls_by_the_certificates_name() {
        let ip: IpAddr = "10.0.0.7".parse().expect("an address");
        for (url, host) in [
            ("https://visits.clinic.example", "visits.clinic.example"),
            ("https://visits.clinic.example:8443", "visits.clinic.example"),
            ("https://localhost:8443", "10.0.0.7"),
            ("https://10.1.1.1:8443", "10.1.1.1"),
            ("https://[fd00::1]:8443", "fd00::1"),
        ] {
            assert_eq!(tls_host(url, ip), host, "{url}");
        }
    }
}
