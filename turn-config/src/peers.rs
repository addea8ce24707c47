//! Whom the relay may exchange packets with: public unicast addresses that are not the relay's own, on ports a browser may use, and the
//! media agents of its own house, each by one address and one port.
//!
//! Pure. The same table is rendered into coturn's configuration. Traffic between two allocations of one scope never meets this filter:
//! it is handed over inside the relay and touches no socket, so own addresses need no exception here.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// Below this, browsers refuse ICE candidates too: it is where name servers, mail and other services listen.
pub const LOWEST_PORT: u16 = 1024;

/// Why a peer is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refused {
    /// Unspecified, "this network".
    Unspecified,
    Loopback,
    /// RFC 1918 and RFC 4193.
    Private,
    /// RFC 6598: carriers' shared space.
    Shared,
    LinkLocal,
    /// Where clouds answer with a machine's credentials, outside the ranges above.
    Metadata,
    /// RFC 5737, RFC 3849, RFC 9637.
    Documentation,
    /// RFC 2544 and RFC 5180.
    Benchmark,
    Multicast,
    /// Reserved, unassigned or set apart for protocols; broadcast.
    Reserved,
    /// IPv6 that stands for or leads to an IPv4 address: mapped, compatible, NAT64, 6to4, Teredo, ISATAP.
    Embedded,
    /// An address of this machine, or the one others know it by.
    Own,
    /// Below `LOWEST_PORT`.
    Port,
}

/// IPv4 ranges nobody on the open internet answers from.
pub const FORBIDDEN_V4: &[(Ipv4Addr, u8, Refused)] = &[
    (Ipv4Addr::new(0, 0, 0, 0), 8, Refused::Unspecified),
    (Ipv4Addr::new(10, 0, 0, 0), 8, Refused::Private),
    (Ipv4Addr::new(100, 64, 0, 0), 10, Refused::Shared),
    (Ipv4Addr::new(127, 0, 0, 0), 8, Refused::Loopback),
    (Ipv4Addr::new(168, 63, 129, 16), 32, Refused::Metadata),
    (Ipv4Addr::new(169, 254, 0, 0), 16, Refused::LinkLocal),
    (Ipv4Addr::new(172, 16, 0, 0), 12, Refused::Private),
    (Ipv4Addr::new(192, 0, 0, 0), 24, Refused::Reserved),
    (Ipv4Addr::new(192, 0, 2, 0), 24, Refused::Documentation),
    (Ipv4Addr::new(192, 88, 99, 0), 24, Refused::Embedded),
    (Ipv4Addr::new(192, 168, 0, 0), 16, Refused::Private),
    (Ipv4Addr::new(198, 18, 0, 0), 15, Refused::Benchmark),
    (Ipv4Addr::new(198, 51, 100, 0), 24, Refused::Documentation),
    (Ipv4Addr::new(203, 0, 113, 0), 24, Refused::Documentation),
    (Ipv4Addr::new(224, 0, 0, 0), 4, Refused::Multicast),
    (Ipv4Addr::new(240, 0, 0, 0), 4, Refused::Reserved),
];

/// IPv6 ranges. Everything outside 2000::/3 is covered by the first and the last two; the others name what deserves its own word.
pub const FORBIDDEN_V6: &[(Ipv6Addr, u8, Refused)] = &[
    (Ipv6Addr::UNSPECIFIED, 128, Refused::Unspecified),
    (Ipv6Addr::LOCALHOST, 128, Refused::Loopback),
    (Ipv6Addr::UNSPECIFIED, 96, Refused::Embedded),
    (Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0, 0), 96, Refused::Embedded),
    (Ipv6Addr::new(0, 0, 0, 0, 0xffff, 0, 0, 0), 96, Refused::Embedded),
    (Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96, Refused::Embedded),
    (Ipv6Addr::new(0x64, 0xff9b, 1, 0, 0, 0, 0, 0), 48, Refused::Embedded),
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 32, Refused::Embedded),
    (Ipv6Addr::new(0x2001, 2, 0, 0, 0, 0, 0, 0), 48, Refused::Benchmark),
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23, Refused::Reserved),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32, Refused::Documentation),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16, Refused::Embedded),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20, Refused::Documentation),
    (Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7, Refused::Private),
    (Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 10, Refused::LinkLocal),
    (Ipv6Addr::new(0xfec0, 0, 0, 0, 0, 0, 0, 0), 10, Refused::Private),
    (Ipv6Addr::new(0xff00, 0, 0, 0, 0, 0, 0, 0), 8, Refused::Multicast),
    (Ipv6Addr::UNSPECIFIED, 3, Refused::Reserved),
    (Ipv6Addr::new(0x4000, 0, 0, 0, 0, 0, 0, 0), 2, Refused::Reserved),
    (Ipv6Addr::new(0x8000, 0, 0, 0, 0, 0, 0, 0), 1, Refused::Reserved),
];

/// A gateway's media agent: the one peer behind a refused address that packets may pass to and from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agent {
    /// As clients name it.
    pub announced: SocketAddr,
    /// As the relay's machine reaches it: the same, or an address of this machine where the announced one is a router's.
    pub reached_at: SocketAddr,
}

/// The filter of one relay.
#[derive(Clone, Debug, Default)]
pub struct PeerFilter {
    own: Vec<IpAddr>,
    agents: Vec<Agent>,
}

impl PeerFilter {
    /// `own` are this machine's addresses and the one it is reached at from outside; all their ports are refused.
    pub fn new(own: impl IntoIterator<Item = IpAddr>) -> Self {
        Self { own: own.into_iter().map(|ip| ip.to_canonical()).collect(), agents: Vec::new() }
    }

    /// The same filter, which lets packets pass to and from `agents` too.
    pub fn permitting(self, agents: Vec<Agent>) -> Self {
        Self { agents, ..self }
    }

    /// Where packets to `peer` are sent; an error when they may not be.
    pub fn outward(&self, peer: SocketAddr) -> Result<SocketAddr, Refused> {
        match self.agents.iter().find(|agent| agent.announced == peer) {
            Some(agent) => Ok(agent.reached_at),
            None => self.refusal(peer).map_or(Ok(peer), Err),
        }
    }

    /// Whom packets from `source` are from, as clients name them; an error when they may not pass.
    pub fn inward(&self, source: SocketAddr) -> Result<SocketAddr, Refused> {
        match self.agents.iter().find(|agent| agent.reached_at == source) {
            Some(agent) => Ok(agent.announced),
            None => self.refusal(source).map_or(Ok(source), Err),
        }
    }

    /// `None` when packets may pass to and from `peer`.
    pub fn refusal(&self, peer: SocketAddr) -> Option<Refused> {
        if self.agents.iter().any(|agent| agent.announced == peer) {
            return None;
        }
        if self.own.contains(&peer.ip().to_canonical()) {
            return Some(Refused::Own);
        }
        let by_address = match peer.ip() {
            IpAddr::V4(ip) => refusal_v4(ip),
            IpAddr::V6(ip) => refusal_v6(ip),
        };
        by_address.or_else(|| (peer.port() < LOWEST_PORT).then_some(Refused::Port))
    }
}

fn refusal_v4(ip: Ipv4Addr) -> Option<Refused> {
    let bits = u32::from(ip);
    FORBIDDEN_V4.iter().find(|(net, length, _)| (bits ^ u32::from(*net)) >> (32 - u32::from(*length)) == 0).map(|row| row.2)
}

fn refusal_v6(ip: Ipv6Addr) -> Option<Refused> {
    let bits = u128::from(ip);
    let in_table = FORBIDDEN_V6
        .iter()
        .find(|(net, length, _)| (bits ^ u128::from(*net)) >> (128 - u32::from(*length)) == 0)
        .map(|row| row.2);
    in_table.or_else(|| is_isatap(ip).then_some(Refused::Embedded))
}

/// RFC 5214: `…:0:5efe:a.b.c.d`, with the universal bit set or not.
fn is_isatap(ip: Ipv6Addr) -> bool {
    let [.., high, low, _, _] = ip.segments();
    low == 0x5efe && high & !0x0200 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &[&str] = &["8.8.4.4", "2a00:1450::7"];

    const FORBIDDEN: &[(&str, Refused)] = &[
        ("0.0.0.0", Refused::Unspecified),
        ("0.1.2.3", Refused::Unspecified),
        ("127.0.0.1", Refused::Loopback),
        ("127.255.255.254", Refused::Loopback),
        ("10.0.0.1", Refused::Private),
        ("10.255.255.255", Refused::Private),
        ("172.16.0.1", Refused::Private),
        ("172.31.255.255", Refused::Private),
        ("192.168.0.1", Refused::Private),
        ("192.168.255.255", Refused::Private),
        ("100.64.0.1", Refused::Shared),
        ("100.100.100.200", Refused::Shared),
        ("100.127.255.255", Refused::Shared),
        ("169.254.1.1", Refused::LinkLocal),
        ("169.254.169.254", Refused::LinkLocal),
        ("169.254.170.2", Refused::LinkLocal),
        ("168.63.129.16", Refused::Metadata),
        ("192.0.0.1", Refused::Reserved),
        ("192.0.0.192", Refused::Reserved),
        ("192.0.2.2", Refused::Documentation),
        ("198.51.100.9", Refused::Documentation),
        ("203.0.113.9", Refused::Documentation),
        ("192.88.99.1", Refused::Embedded),
        ("198.18.0.1", Refused::Benchmark),
        ("198.19.255.255", Refused::Benchmark),
        ("224.0.0.1", Refused::Multicast),
        ("239.255.255.250", Refused::Multicast),
        ("240.0.0.1", Refused::Reserved),
        ("255.255.255.255", Refused::Reserved),
        ("::", Refused::Unspecified),
        ("::1", Refused::Loopback),
        ("::127.0.0.1", Refused::Embedded),
        ("::10.0.0.1", Refused::Embedded),
        ("::8.8.8.8", Refused::Embedded),
        ("::ffff:127.0.0.1", Refused::Embedded),
        ("::ffff:169.254.169.254", Refused::Embedded),
        ("::ffff:10.0.0.1", Refused::Embedded),
        ("::ffff:8.8.8.8", Refused::Embedded),
        ("::ffff:0:127.0.0.1", Refused::Embedded),
        ("64:ff9b::127.0.0.1", Refused::Embedded),
        ("64:ff9b::a9fe:a9fe", Refused::Embedded),
        ("64:ff9b:1::10.0.0.1", Refused::Embedded),
        ("2001::1", Refused::Embedded),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", Refused::Embedded),
        ("2001:2::1", Refused::Benchmark),
        ("2001:10::1", Refused::Reserved),
        ("2001:20::1", Refused::Reserved),
        ("2001:db8::1", Refused::Documentation),
        ("3fff::1", Refused::Documentation),
        ("2002:7f00:1::", Refused::Embedded),
        ("2002:a9fe:a9fe::1", Refused::Embedded),
        ("2002:c0a8:1::1", Refused::Embedded),
        ("fc00::1", Refused::Private),
        ("fd00:ec2::254", Refused::Private),
        ("fdff::1", Refused::Private),
        ("fe80::1", Refused::LinkLocal),
        ("febf::1", Refused::LinkLocal),
        ("fec0::1", Refused::Private),
        ("ff02::1", Refused::Multicast),
        ("ff0e::1", Refused::Multicast),
        ("100::1", Refused::Reserved),
        ("5f00::1", Refused::Reserved),
        ("4000::1", Refused::Reserved),
        ("9000::1", Refused::Reserved),
        ("2a02::5efe:10.0.0.1", Refused::Embedded),
        ("2a02::200:5efe:10.0.0.1", Refused::Embedded),
        ("8.8.4.4", Refused::Own),
        ("::ffff:8.8.4.4", Refused::Own),
        ("2a00:1450::7", Refused::Own),
    ];

    const ALLOWED: &[&str] = &[
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2600::1",
        "2001:200::1",
        "2001:4860:4860::8888",
        "2a00:1450::8",
        "2003::1",
    ];

    fn filter() -> PeerFilter {
        PeerFilter::new(OWN.iter().map(|ip| ip.parse().expect("an address")))
    }

    #[test]
    fn every_forbidden_form_is_refused_on_every_port() {
        assert!(FORBIDDEN.len() >= 40);
        for (ip, why) in FORBIDDEN {
            for port in [0, 53, 80, 3478, 49160, 65535] {
                let peer = SocketAddr::new(ip.parse().expect("an address"), port);
                assert_eq!(filter().refusal(peer), Some(*why), "{peer}");
            }
        }
    }

    #[test]
    fn an_agent_is_one_address_and_one_port_and_nothing_beside_it() {
        for announced in ["10.0.0.7:3480", "8.8.4.4:3480", "[fd00::7]:3480"] {
            let announced: SocketAddr = announced.parse().expect("an address");
            let reached_at: SocketAddr = "127.0.0.1:3480".parse().expect("an address");
            let filter = filter().permitting(vec![Agent { announced, reached_at }]);
            assert_eq!((filter.refusal(announced), filter.outward(announced)), (None, Ok(reached_at)));
            assert_eq!(filter.inward(reached_at), Ok(announced));
            assert!(filter.outward(reached_at).is_err(), "nobody asks for it by that name");
            for port in [0, 22, 3478, 3479, 3481, 65535] {
                assert!(filter.refusal(SocketAddr::new(announced.ip(), port)).is_some());
                assert!(filter.inward(SocketAddr::new(reached_at.ip(), port)).is_err());
            }
            for (ip, why) in FORBIDDEN {
                let peer = SocketAddr::new(ip.parse().expect("an address"), 3480);
                assert!(peer == announced || filter.refusal(peer) == Some(*why), "{peer}");
            }
        }
    }

    #[test]
    fn public_neighbours_of_the_ranges_pass_on_high_ports_only() {
        for ip in ALLOWED {
            let peer = SocketAddr::new(ip.parse().expect("an address"), 40_000);
            assert_eq!(filter().refusal(peer), None, "{peer}");
            for port in [0, 22, 53, 1023] {
                assert_eq!(filter().refusal(SocketAddr::new(peer.ip(), port)), Some(Refused::Port));
            }
        }
    }
}
