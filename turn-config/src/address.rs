//! Which address of this machine others reach it at, where nobody has said so.

use std::net::{IpAddr, Ipv4Addr, UdpSocket};

/// The address packets to the internet leave from, by the routing table; loopback where there is no way out. Sends nothing.
pub fn outward_ip() -> IpAddr {
    let route = || {
        let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))?;
        // Any public address will do: connecting a UDP socket only looks up the route.
        socket.connect((Ipv4Addr::new(8, 8, 8, 8), 9))?;
        Ok::<_, std::io::Error>(socket.local_addr()?.ip())
    };
    route().unwrap_or(Ipv4Addr::LOCALHOST.into())
}
