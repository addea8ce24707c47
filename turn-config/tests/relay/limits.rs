//! Bounds: of allocations, connections and time; and what nonsense does to the relay.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::timeout;
use turn_config::relay::Limits;

use crate::house::{House, Path};
use crate::turn_client::{PATIENCE, Refused};

#[tokio::test]
async fn a_seat_and_the_relay_have_so_many_allocations_and_no_more() {
    let house = House::with(Limits { allocations_per_seat: 2, allocations: 3, ..Limits::default() }).await;
    let mut kept = Vec::new();
    for _ in 0..2 {
        let mut patient = house.person(Path::Udp, "visit1", "patient").await;
        patient.allocate().await.expect("room for it");
        kept.push(patient);
    }
    assert_eq!(house.person(Path::Udp, "visit1", "patient").await.allocate().await, Err(Refused(486)));
    let mut clinician = house.person(Path::Udp, "visit1", "clinician").await;
    clinician.allocate().await.expect("room for it");
    assert_eq!(house.person(Path::Udp, "visit2", "patient").await.allocate().await, Err(Refused(508)));
    kept[0].refresh(0).await.expect("its own");
    house.until(|counts| counts.allocations == 2).await;
    assert!(house.person(Path::Udp, "visit2", "patient").await.allocate().await.is_ok());
    assert_eq!(house.relay.counts().over_quota, 2);
}

#[tokio::test]
async fn a_connection_that_does_nothing_or_stalls_its_handshake_is_closed() {
    let short = Duration::from_millis(100);
    let house = House::with(Limits { idle: short, handshake: short, ..Limits::default() }).await;
    for address in [house.relay.address(), house.relay.tls_address()] {
        let mut silent = TcpStream::connect(address).await.expect("a listener");
        let mut nothing = [0];
        let end = timeout(PATIENCE, silent.read(&mut nothing)).await.expect("it is closed in time");
        assert!(!matches!(end, Ok(1..)), "closed without a word");
    }
    // One with an allocation stays.
    let mut patient = house.person(Path::Tcp, "visit1", "patient").await;
    patient.allocate().await.expect("a fresh credential");
    let mut silent = TcpStream::connect(house.relay.address()).await.expect("a listener");
    let _ = silent.read(&mut [0]).await;
    assert_eq!(patient.refresh(600).await, Ok(Duration::from_secs(600)));
}

#[tokio::test]
async fn connections_over_the_bound_are_closed_at_once() {
    let house = House::with(Limits { connections: 1, ..Limits::default() }).await;
    let mut patient = house.person(Path::Tcp, "visit1", "patient").await;
    patient.allocate().await.expect("a fresh credential");
    let mut second = TcpStream::connect(house.relay.address()).await.expect("accepted, then closed");
    assert!(!matches!(second.read(&mut [0]).await, Ok(1..)));
    house.until(|counts| counts.connections_refused == 1).await;
}

#[tokio::test]
async fn who_asks_for_hundreds_of_peers_loses_the_allocation() {
    let house = House::open().await;
    let mut scanner = house.person(Path::Udp, "visit1", "patient").await;
    scanner.allocate().await.expect("a fresh credential");
    for last in 0..=255 {
        for port in [5000, 5001] {
            let peer = std::net::SocketAddr::from(([8, 8, 8, last], port));
            assert_eq!(scanner.permit(peer).await, Ok(()));
        }
    }
    scanner.permit_without_answer("8.8.9.1:5000".parse().expect("an address")).await;
    house.until(|counts| counts.allocations == 0 && counts.over_quota == 1).await;
}

#[tokio::test]
async fn nonsense_costs_its_sender_only() {
    let house = House::open().await;
    let mut patient = house.person(Path::Udp, "visit1", "patient").await;
    patient.allocate().await.expect("a fresh credential");
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed.to_le_bytes()
    };
    let template = patient.signed(
        stun::agent::TransactionId::new(),
        stun::message::METHOD_CHANNEL_BIND,
        &[
            (stun::attributes::ATTR_CHANNEL_NUMBER, vec![0x40, 1, 0, 0]),
            (stun::attributes::ATTR_XOR_PEER_ADDRESS, vec![0, 1, 0x21, 0x12, 8, 8, 8, 8]),
        ],
    );
    let stranger = UdpSocket::bind("127.0.0.1:0").await.expect("a local port");
    for round in 0..4000_usize {
        let mut bytes = template.clone();
        for _ in 0..=round % 6 {
            let [a, b, value, ..] = random();
            let at = (usize::from(a) * 256 + usize::from(b)) % bytes.len();
            bytes[at] = value;
        }
        bytes.truncate(if round % 5 == 0 { round % template.len() } else { bytes.len() });
        stranger.send_to(&bytes, house.relay.address()).await.expect("loopback");
        patient.write(&bytes).await;
        if round % 50 == 0 {
            // Paces the flood: answered when everything before it was looked at.
            let mut tcp = TcpStream::connect(house.relay.address()).await.expect("a listener");
            tcp.write_all(&bytes).await.expect("loopback");
            house.person(Path::Udp, "visit2", "patient").await.refresh(0).await.expect_err("no allocation");
        }
    }
    assert_eq!(house.person(Path::Udp, "visit1", "clinician").await.allocate().await.map(|_| ()), Ok(()));
    assert_eq!(house.relay.counts().allocations, 2, "the allocation that nonsense was sent on is untouched");
}
