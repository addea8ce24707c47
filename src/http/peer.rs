//! Where a connection comes from. The listener puts it into every request; it is for limits and never for a log.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::problem::Problem;

/// The other end of the connection.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Peer(pub SocketAddr);

/// What limits count by: an IPv4 address or the /64 of an IPv6 address, since one person has the whole of that.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Neighbourhood(IpAddr);

impl Peer {
    pub fn neighbourhood(self) -> Neighbourhood {
        Neighbourhood(match self.0.ip().to_canonical() {
            IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
            v4 => v4,
        })
    }
}

impl fmt::Debug for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Peer(…)")
    }
}

impl fmt::Debug for Neighbourhood {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Neighbourhood(…)")
    }
}

impl<S: Sync> FromRequestParts<S> for Peer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get().copied().ok_or_else(|| Problem::internal(&std::io::Error::other("the listener named no peer")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(address: &str) -> Neighbourhood {
        Peer(address.parse().expect("an address")).neighbourhood()
    }

    #[test]
    fn one_ipv6_network_is_one_neighbourhood() {
        assert!(of("[2001:db8:1:2::1]:1") == of("[2001:db8:1:2:ffff::9]:2"));
        assert!(of("[2001:db8:1:2::1]:1") != of("[2001:db8:1:3::1]:1"));
    }

    #[test]
    fn a_mapped_address_is_the_ipv4_address() {
        assert!(of("[::ffff:192.0.2.7]:1") == of("192.0.2.7:99"));
        assert!(of("192.0.2.7:1") != of("192.0.2.8:1"));
    }
}
