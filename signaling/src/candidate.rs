//! Which ICE candidates are passed on. Loopback, link-local and cloud metadata addresses never are, in any spelling;
//! names of mDNS (`….local`) are, since browsers hide their own addresses behind them. With *relay only* nothing but relays.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::borrow::Cow;

/// The candidate as it may be passed on; `None` to drop it. An empty one ends the candidates and is kept.
pub fn filter(candidate: &str, relay_only: bool) -> Option<Cow<'_, str>> {
    if candidate.trim().is_empty() {
        return Some(Cow::Borrowed(candidate));
    }
    // foundation component transport priority address port "typ" type …  (RFC 8839, section 5.1)
    let mut fields = candidate.split_ascii_whitespace();
    let address = fields.nth(4)?;
    let (_port, typ, kind) = (fields.next()?, fields.next()?, fields.next()?);
    if typ != "typ" || !may_pass(address) || (relay_only && kind != "relay") {
        return None;
    }
    Some(if relay_only { without_related_address(candidate) } else { Cow::Borrowed(candidate) })
}

/// The description's candidates, filtered line by line.
pub fn filter_description(sdp: &str, relay_only: bool) -> Cow<'_, str> {
    const LINE: &str = "a=candidate:";
    if !sdp.contains(LINE) {
        return Cow::Borrowed(sdp);
    }
    let kept = sdp.split_inclusive('\n').filter_map(|line| match line.strip_prefix("a=") {
        Some(candidate) if line.starts_with(LINE) => {
            filter(candidate.trim_end(), relay_only).map(|candidate| Cow::Owned(format!("a={candidate}\r\n")))
        }
        _ => Some(Cow::Borrowed(line)),
    });
    Cow::Owned(kept.collect())
}

fn may_pass(address: &str) -> bool {
    match address.parse() {
        Ok(ip) => !is_forbidden(ip),
        Err(_) => address.to_ascii_lowercase().ends_with(".local"),
    }
}

fn is_forbidden(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(v4) => is_forbidden_v4(v4),
        IpAddr::V6(v6) => is_forbidden_v6(v6) || embedded(v6).is_some_and(is_forbidden_v4),
    }
}

fn is_forbidden_v4(ip: Ipv4Addr) -> bool {
    // Alibaba's and Oracle's metadata services live outside the link-local block.
    const METADATA: [Ipv4Addr; 2] = [Ipv4Addr::new(100, 100, 100, 200), Ipv4Addr::new(192, 0, 0, 192)];
    ip.is_loopback()
        || ip.is_link_local()
        || ip.octets()[0] == 0
        || ip.is_multicast()
        || ip.is_broadcast()
        || METADATA.contains(&ip)
}

fn is_forbidden_v6(ip: Ipv6Addr) -> bool {
    // Amazon's metadata service.
    const METADATA: Ipv6Addr = Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254);
    ip.is_loopback() || ip.is_unspecified() || ip.is_unicast_link_local() || ip.is_multicast() || ip == METADATA
}

/// The IPv4 address inside a compatible, 6to4 or NAT64 address.
fn embedded(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let join = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match ip.segments() {
        [0, 0, 0, 0, 0, 0, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => Some(join(high, low)),
        _ => None,
    }
}

/// A relay candidate names the address it was reached from: with *relay only* nobody is to learn that.
fn without_related_address(candidate: &str) -> Cow<'_, str> {
    let mut fields: Vec<&str> = candidate.split_ascii_whitespace().collect();
    for at in 0..fields.len().saturating_sub(1) {
        match fields[at] {
            "raddr" => fields[at + 1] = "0.0.0.0",
            "rport" => fields[at + 1] = "0",
            _ => {}
        }
    }
    Cow::Owned(fields.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(address: &str) -> String {
        format!("candidate:1 1 udp 2122260223 {address} 54321 typ host generation 0 ufrag abcd")
    }

    #[test]
    fn addresses_of_the_machine_itself_are_dropped_in_every_spelling() {
        let forbidden = "127.0.0.1 127.8.8.8 ::1 ::ffff:127.0.0.1 169.254.1.1 169.254.169.254 fe80::1 ::ffff:169.254.169.254 \
                         0.0.0.0 :: 64:ff9b::7f00:1 2002:7f00:1:: ::7f00:1 224.0.0.1 ff02::1 255.255.255.255 fd00:ec2::254 \
                         100.100.100.200 localhost metadata.google.internal";
        for address in forbidden.split_whitespace() {
            assert_eq!(filter(&host(address), false), None, "{address}");
        }
    }

    #[test]
    fn addresses_of_a_network_and_hidden_names_are_kept() {
        for address in ["192.168.1.7", "10.0.0.5", "203.0.113.9", "2001:db8::7", "5b1f0c1e-8d6f.local"] {
            assert!(filter(&host(address), false).is_some(), "{address}");
        }
        assert_eq!(filter("", true).as_deref(), Some(""));
    }

    #[test]
    fn relay_only_passes_relays_and_hides_where_they_were_reached_from() {
        assert_eq!(filter(&host("203.0.113.9"), true), None);
        let relay = "candidate:3 1 udp 41885439 198.51.100.4 50000 typ relay raddr 203.0.113.9 rport 61000 generation 0";
        let passed = filter(relay, true).unwrap();
        assert_eq!(passed, "candidate:3 1 udp 41885439 198.51.100.4 50000 typ relay raddr 0.0.0.0 rport 0 generation 0");
    }

    #[test]
    fn candidates_inside_a_description_are_filtered_too() {
        let sdp = format!("v=0\r\na=mid:0\r\na={}\r\na={}\r\na=end\r\n", host("127.0.0.1"), host("10.0.0.5"));
        let passed = filter_description(&sdp, false);
        assert!(!passed.contains("127.0.0.1") && passed.contains("10.0.0.5") && passed.ends_with("a=end\r\n"));
    }

    #[test]
    fn what_is_no_candidate_is_dropped() {
        for text in ["candidate:", "nonsense", "candidate:1 1 udp 5 10.0.0.1 9 host"] {
            assert_eq!(filter(text, false), None, "{text}");
        }
    }
}
