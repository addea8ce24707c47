//! coturn's configuration for those who run it in place of the embedded relay: rendered from the same secret, ports and peer
//! ranges, and checked, since a hand-edited copy outlives good intentions.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::ops::RangeInclusive;
use std::path::PathBuf;

use askama::Template;

use crate::credentials::RelaySecret;
use crate::peers::{FORBIDDEN_V4, FORBIDDEN_V6, LOWEST_PORT, PeerFilter};
use crate::relay::{Limits, REALM};

/// The first version that honours every denied form.
pub const OLDEST: [u32; 3] = [4, 13, 1];

/// Switches that undo what the configuration is for.
const DANGEROUS: &[&str] =
    &["no-auth", "allow-loopback-peers", "server-relay", "cli", "web-admin", "stun-backward-compatibility", "no-tls"];

/// What a configuration is made of.
#[derive(Clone, Debug)]
pub struct Coturn {
    pub secret: RelaySecret,
    pub public_ip: IpAddr,
    /// The one local address to listen on and relay from, where that is not all of them.
    pub listening_ip: Option<IpAddr>,
    /// UDP and TCP.
    pub port: u16,
    pub tls_port: u16,
    pub ports: RangeInclusive<u16>,
    /// PEM files.
    pub certificate: PathBuf,
    pub key: PathBuf,
}

#[derive(Template)]
#[template(path = "coturn.conf", escape = "none")]
struct Page<'a> {
    secret: &'a RelaySecret,
    public_ip: IpAddr,
    listening_ip: Option<IpAddr>,
    port: u16,
    tls_port: u16,
    ports: &'a RangeInclusive<u16>,
    certificate: &'a PathBuf,
    key: &'a PathBuf,
    realm: &'static str,
    user_quota: usize,
    total_quota: usize,
    denied: Vec<(IpAddr, IpAddr)>,
    public_ip_is_denied: bool,
}

impl Coturn {
    /// The text of `turnserver.conf`. It holds the secret: keep the file to coturn's user.
    pub fn render(&self) -> String {
        let limits = Limits::default();
        let page = Page {
            secret: &self.secret,
            public_ip: self.public_ip,
            listening_ip: self.listening_ip,
            port: self.port,
            tls_port: self.tls_port,
            ports: &self.ports,
            certificate: &self.certificate,
            key: &self.key,
            realm: REALM,
            user_quota: limits.allocations_per_seat,
            total_quota: limits.allocations,
            denied: forbidden_ranges(),
            public_ip_is_denied: PeerFilter::default().refusal(SocketAddr::new(self.public_ip, LOWEST_PORT)).is_some(),
        };
        page.render().expect("text and numbers always render")
    }
}

/// What is wrong with a coturn, in words for its operator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("this is not a version of coturn that can be read: {0}")]
    NoVersion(String),
    #[error("coturn {}.{}.{} lets forbidden peers through; {}.{}.{} or newer does not", .0[0], .0[1], .0[2], OLDEST[0], OLDEST[1], OLDEST[2])]
    Old([u32; 3]),
    #[error("use-auth-secret is missing: without it anybody's credential, or nobody's, would do")]
    NoSecretMode,
    #[error("static-auth-secret is missing or too short")]
    NoSecret,
    #[error("realm must be {REALM}")]
    Realm,
    #[error("{0} to {1} is not denied")]
    Reachable(IpAddr, IpAddr),
    #[error("{0} must not be set")]
    Dangerous(String),
}

/// Checks a configuration against what `turnserver --version` prints.
pub fn check(config: &str, version: &str) -> Vec<Fault> {
    let mut faults = Vec::from_iter(version_fault(version));
    let settings: Vec<_> = config.lines().filter_map(setting).collect();
    let all = |name: &str| settings.iter().filter(|row| row.0 == name).map(|row| row.1).collect::<Vec<_>>();
    if all("use-auth-secret").is_empty() {
        faults.push(Fault::NoSecretMode);
    }
    if !all("static-auth-secret").iter().any(|text| RelaySecret::from_text(text).is_ok()) {
        faults.push(Fault::NoSecret);
    }
    if all("realm") != [REALM] {
        faults.push(Fault::Realm);
    }
    let denied: Vec<_> = all("denied-peer-ip").iter().filter_map(|text| read_range(text)).collect();
    let open = forbidden_ranges().into_iter().filter(|range| !denied.iter().any(|denied| covers(*denied, *range)));
    faults.extend(open.map(|(first, last)| Fault::Reachable(first, last)));
    let dangerous = settings.iter().filter(|row| DANGEROUS.contains(&row.0));
    faults.extend(dangerous.map(|row| Fault::Dangerous(row.0.to_owned())));
    faults
}

fn version_fault(text: &str) -> Option<Fault> {
    let numbers =
        text.split(|letter: char| !letter.is_ascii_digit() && letter != '.').find(|word| word.matches('.').count() == 2);
    let parsed: Option<Vec<u32>> = numbers.and_then(|word| word.split('.').map(|number| number.parse().ok()).collect());
    match parsed.and_then(|numbers| <[u32; 3]>::try_from(numbers).ok()) {
        None => Some(Fault::NoVersion(text.trim().to_owned())),
        Some(version) => (version < OLDEST).then_some(Fault::Old(version)),
    }
}

fn setting(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return None;
    }
    let (name, value) = line.split_once('=').unwrap_or((line, ""));
    Some((name.trim(), value.trim()))
}

fn read_range(text: &str) -> Option<(IpAddr, IpAddr)> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    Some((first.trim().parse().ok()?, last.trim().parse().ok()?))
}

fn covers(outer: (IpAddr, IpAddr), inner: (IpAddr, IpAddr)) -> bool {
    outer.0.is_ipv4() == inner.0.is_ipv4() && outer.0 <= inner.0 && inner.1 <= outer.1
}

/// The peer filter's ranges, first and last address. What they have inside each other is left out.
fn forbidden_ranges() -> Vec<(IpAddr, IpAddr)> {
    let v4 = FORBIDDEN_V4.iter().map(|&(net, length, _)| {
        let last = u32::from(net) | u32::MAX.checked_shr(u32::from(length)).unwrap_or(0);
        (IpAddr::V4(net), IpAddr::V4(Ipv4Addr::from(last)))
    });
    let v6 = FORBIDDEN_V6.iter().map(|&(net, length, _)| {
        let last = u128::from(net) | u128::MAX.checked_shr(u32::from(length)).unwrap_or(0);
        (IpAddr::V6(net), IpAddr::V6(Ipv6Addr::from(last)))
    });
    v4.chain(v6).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEW: &str = "4.13.1\n";

    fn coturn(ip: &str) -> Coturn {
        Coturn {
            secret: RelaySecret::from_text("correct-horse-battery").expect("long enough"),
            public_ip: ip.parse().expect("an address"),
            listening_ip: None,
            port: 3478,
            tls_port: 5349,
            ports: 49160..=49999,
            certificate: "/etc/housecall/chain.pem".into(),
            key: "/etc/housecall/key.pem".into(),
        }
    }

    #[test]
    fn what_is_rendered_is_without_fault() {
        let text = coturn("8.8.4.4").render();
        assert_eq!(check(&text, NEW), []);
        for line in [
            "static-auth-secret=correct-horse-battery",
            "external-ip=8.8.4.4",
            "min-port=49160",
            "denied-peer-ip=127.0.0.0-127.255.255.255",
            "denied-peer-ip=::ffff:0.0.0.0-::ffff:255.255.255.255",
            "denied-peer-ip=168.63.129.16-168.63.129.16",
            "cert=/etc/housecall/chain.pem",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
        assert!(!text.contains("allowed-peer-ip"));
        assert!(coturn("10.0.0.7").render().contains("\nallowed-peer-ip=10.0.0.7\n"));
    }

    #[test]
    fn an_old_coturn_is_named() {
        let text = coturn("8.8.4.4").render();
        assert_eq!(check(&text, "4.6.1\n0: : Config file found"), [Fault::Old([4, 6, 1])]);
        assert_eq!(check(&text, "Coturn-4.13.0 'Gorst'"), [Fault::Old([4, 13, 0])]);
        assert_eq!(check(&text, "Coturn-5.0.0"), []);
        assert_eq!(check(&text, "command not found"), [Fault::NoVersion("command not found".to_owned())]);
    }

    #[test]
    fn every_line_that_matters_is_missed() {
        let text = coturn("8.8.4.4").render();
        let mut missed = 0;
        for line in
            text.lines().filter(|line| line.contains("denied-peer-ip") || line.contains("secret") || line.contains("realm"))
        {
            let without: Vec<_> = text.lines().filter(|other| *other != line).collect();
            missed += usize::from(!check(&without.join("\n"), NEW).is_empty());
        }
        // Ranges inside another range are still denied without their own line.
        let nested = 16;
        assert!(missed >= 3 + FORBIDDEN_V4.len() + FORBIDDEN_V6.len() - nested, "{missed}");
    }

    #[test]
    fn a_switch_that_opens_the_relay_is_named() {
        for name in DANGEROUS {
            let text = format!("{}{name}\n", coturn("8.8.4.4").render());
            assert_eq!(check(&text, NEW), [Fault::Dangerous((*name).to_owned())]);
        }
    }
}
