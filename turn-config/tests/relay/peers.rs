//! Every forbidden peer, by every method: refused, and where something could listen, nothing arrives.

use std::net::{IpAddr, SocketAddr};

use tokio::net::UdpSocket;
use turn_config::peers::{FORBIDDEN_V4, FORBIDDEN_V6};

use crate::house::{House, Path};
use crate::turn_client::{Refused, TurnClient};

/// Forms of one address that have fooled relays before, beside the first address of every forbidden range.
const FORMS: &[&str] = &[
    "127.0.0.1",
    "127.1.2.3",
    "0.0.0.0",
    "10.1.2.3",
    "172.20.1.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.100.100.200",
    "255.255.255.255",
    "239.1.1.1",
    "::1",
    "::",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b:1::7f00:1",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::",
    "2001:0:7f00:1::",
    "fd00:ec2::254",
    "fe80::1",
    "ff02::1",
];

fn forbidden() -> Vec<IpAddr> {
    let v4 = FORBIDDEN_V4.iter().map(|row| IpAddr::V4(row.0));
    let v6 = FORBIDDEN_V6.iter().map(|row| IpAddr::V6(row.0));
    v4.chain(v6).chain(FORMS.iter().map(|form| form.parse().expect("an address"))).collect()
}

#[tokio::test]
async fn every_forbidden_peer_is_refused_by_permission_and_by_channel() {
    let house = House::open().await;
    for path in [Path::Udp, Path::Tls] {
        let mut patient = house.person(path, "visit1", "patient").await;
        patient.allocate().await.expect("a fresh credential");
        for (number, ip) in (0x4000..).zip(forbidden()) {
            for port in [80, 40_000] {
                let peer = SocketAddr::new(ip, port);
                assert_eq!(patient.permit(peer).await, Err(Refused(403)), "{peer}");
                assert_eq!(patient.bind_channel(number, peer).await, Err(Refused(403)), "{peer}");
                // Nothing stops a client from sending all the same.
                patient.send(peer, b"knock").await;
                patient.send_on(number, b"knock").await;
            }
        }
    }
    assert_eq!(house.relay.counts().packets_relayed, 0);
}

#[tokio::test]
async fn nothing_arrives_on_this_machine() {
    let house = House::open().await;
    let ((mut patient, here), (mut clinician, there)) = house.two(Path::Udp, Path::Udp).await;
    // 127.0.0.1 is now permitted as an address, for the clinician's relayed port.
    patient.permit(there).await.expect("of the same visit");
    clinician.permit(here).await.expect("of the same visit");

    let ears = ears().await;
    assert!(!ears.is_empty());
    for (number, (_, address)) in (0x4000..).zip(&ears) {
        knock(&mut patient, *address, number).await;
    }
    for own in [house.relay.address(), house.relay.tls_address(), here] {
        knock(&mut patient, own, 0x4fff).await;
    }
    patient.send(there, b"done").await;
    assert_eq!(clinician.receive().await.1, b"done");
    for (ear, address) in ears {
        let heard = ear.try_recv_from(&mut [0; 64]);
        assert!(heard.is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock), "{address} heard something");
    }
}

async fn knock(client: &mut TurnClient, peer: SocketAddr, channel: u16) {
    let _ = client.permit(peer).await;
    let _ = client.bind_channel(channel, peer).await;
    client.send(peer, b"knock").await;
    client.send_on(channel, b"knock").await;
}

/// A listener on every address this machine has, by every name that leads to it.
async fn ears() -> Vec<(UdpSocket, SocketAddr)> {
    let mut ears = Vec::new();
    let interfaces = webrtc_util::ifaces::ifaces().expect("interfaces");
    let own = interfaces.into_iter().filter_map(|interface| interface.addr).map(|address| address.ip());
    for ip in own.chain(["127.0.0.1", "127.1.2.3", "::1"].map(|ip| ip.parse().expect("an address"))) {
        let Ok(ear) = UdpSocket::bind((ip, 0)).await else { continue };
        let address = ear.local_addr().expect("bound");
        ears.push((ear, address));
    }
    ears
}
