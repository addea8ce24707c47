//! Where a request comes from, as coarse as one household or office: throttles count by it.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::Extensions;

/// A /24 of IPv4 or a /64 of IPv6. Never printed or stored: it would name a person's home.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Prefix {
    V4([u8; 3]),
    V6([u16; 4]),
    /// The listener did not say.
    Unknown,
}

impl Prefix {
    pub(super) fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(v4) => {
                let [a, b, c, _] = v4.octets();
                Self::V4([a, b, c])
            }
            IpAddr::V6(v6) => {
                let [a, b, c, d, ..] = v6.segments();
                Self::V6([a, b, c, d])
            }
        }
    }

    pub(super) fn of_request(extensions: &Extensions) -> Self {
        extensions.get::<ConnectInfo<SocketAddr>>().map_or(Self::Unknown, |peer| Self::of(peer.0.ip()))
    }
}

#[cfg(test)]
mod tests {
    use super::Prefix;

    fn prefix(text: &str) -> Prefix {
        Prefix::of(text.parse().expect("an address"))
    }

    #[test]
    fn neighbours_share_a_prefix_and_a_mapped_address_is_the_same_house() {
        assert!(prefix("192.0.2.1") == prefix("192.0.2.200"));
        assert!(prefix("192.0.2.1") != prefix("192.0.3.1"));
        assert!(prefix("::ffff:192.0.2.9") == prefix("192.0.2.1"));
        assert!(prefix("2001:db8:1:2::1") == prefix("2001:db8:1:2:ffff::9"));
        assert!(prefix("2001:db8:1:2::1") != prefix("2001:db8:1:3::1"));
    }
}
