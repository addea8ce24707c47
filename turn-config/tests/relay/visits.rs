//! Two people of one visit meet through the relay, whatever way each comes; people of two visits never do.

use std::net::{Ipv4Addr, SocketAddr};

use stun::agent::TransactionId;
use stun::attributes::{ATTR_REQUESTED_ADDRESS_FAMILY, ATTR_REQUESTED_TRANSPORT};
use stun::message::METHOD_ALLOCATE;
use tokio::net::UdpSocket;

use crate::house::{House, PATHS, Path};
use crate::turn_client::{From, Refused};

#[tokio::test]
async fn two_people_of_one_visit_meet_over_every_pair_of_paths() {
    let house = House::open().await;
    for ours in PATHS {
        for theirs in PATHS {
            let ((mut patient, here), (mut clinician, there)) = house.two(ours, theirs).await;
            patient.permit(there).await.expect("of the same visit");
            clinician.permit(here).await.expect("of the same visit");
            patient.send(there, b"hello").await;
            assert_eq!(clinician.receive().await, (From::Peer(here), b"hello".to_vec()), "{ours:?} to {theirs:?}");
            clinician.bind_channel(0x4001, here).await.expect("of the same visit");
            patient.bind_channel(0x4002, there).await.expect("of the same visit");
            clinician.send_on(0x4001, b"hello, you").await;
            assert_eq!(patient.receive().await, (From::Channel(0x4002), b"hello, you".to_vec()));
        }
    }
    assert_eq!(house.relay.counts().packets_relayed, 18);
}

#[tokio::test]
async fn nothing_is_received_from_somebody_without_permission() {
    let house = House::open().await;
    let ((mut patient, here), (mut clinician, there)) = house.two(Path::Udp, Path::Udp).await;
    patient.permit(there).await.expect("of the same visit");
    patient.send(there, b"too early").await;
    house.until(|counts| counts.packets_relayed == 1).await;
    clinician.permit(here).await.expect("of the same visit");
    patient.send(there, b"in time").await;
    assert_eq!(clinician.receive().await.1, b"in time");
}

#[tokio::test]
async fn two_visits_on_one_relay_cannot_reach_each_other() {
    let house = House::open().await;
    let ((mut patient, here), (mut clinician, there)) = house.two(Path::Udp, Path::Udp).await;
    let mut stranger = house.person(Path::Udp, "visit2", "patient").await;
    let elsewhere = stranger.allocate().await.expect("a fresh credential");
    // The stranger would let them in, were he reachable.
    assert_eq!(stranger.permit(here).await, Err(Refused(403)));
    assert_eq!(patient.permit(elsewhere).await, Err(Refused(403)));
    assert_eq!(patient.bind_channel(0x4001, elsewhere).await, Err(Refused(403)));
    // Permissions go by address alone, and all relayed addresses here share one: the port has to be looked at too.
    patient.permit(there).await.expect("of the same visit");
    clinician.permit(here).await.expect("of the same visit");
    patient.send(elsewhere, b"not yours").await;
    patient.send(there, b"yours").await;
    assert_eq!(clinician.receive().await.1, b"yours");
    let counts = house.relay.counts();
    assert_eq!((counts.scopes_crossed, counts.packets_relayed), (1, 1));
}

#[tokio::test]
async fn packets_from_a_refused_peer_do_not_arrive() {
    let house = House::open().await;
    let ((mut patient, here), (mut clinician, there)) = house.two(Path::Udp, Path::Udp).await;
    patient.permit(there).await.expect("of the same visit");
    let local = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a local port");
    // The permission for 127.0.0.1 is there, for the clinician's relayed address.
    local.send_to(b"from this machine", here).await.expect("loopback");
    house.until(|counts| counts.peers_refused == 1).await;
    clinician.permit(here).await.expect("of the same visit");
    clinician.send(here, b"from the visit").await;
    assert_eq!(patient.receive().await, (From::Peer(there), b"from the visit".to_vec()));
}

#[tokio::test]
async fn an_allocate_sent_twice_gets_the_same_answer() {
    let house = House::open().await;
    let mut patient = house.person(Path::Udp, "visit1", "patient").await;
    let relayed = patient.allocate().await.expect("a fresh credential");
    patient.refresh(0).await.expect("its own");
    let attributes = [(ATTR_REQUESTED_TRANSPORT, vec![17, 0, 0, 0])];
    let request = patient.signed(TransactionId::new(), METHOD_ALLOCATE, &attributes);
    let first = patient.exchange(&request).await;
    let again = patient.exchange(&request).await;
    assert_eq!(first.raw, again.raw);
    assert_eq!(house.relay.counts().allocations, 1);
    // Another Allocate is a mistake.
    assert_eq!(patient.allocate().await, Err(Refused(437)));
    assert!(relayed.port() >= 20_000);
}

#[tokio::test]
async fn what_the_relay_does_not_offer_is_refused_with_its_own_number() {
    let house = House::open().await;
    let mut patient = house.person(Path::Tcp, "visit1", "patient").await;
    assert_eq!(patient.refresh(600).await, Err(Refused(437)));
    assert_eq!(patient.permit(SocketAddr::from(([8, 8, 8, 8], 4000))).await, Err(Refused(437)));
    for (attribute, code) in [(0x0018, 420), (0x001a, 420), (0x0022, 420)] {
        let value = if attribute == 0x001a { Vec::new() } else { vec![0x80; 8] };
        assert_eq!(patient.allocate_with(vec![(stun::attributes::AttrType(attribute), value)]).await, Err(Refused(code)));
    }
    assert_eq!(patient.allocate_with(vec![(ATTR_REQUESTED_ADDRESS_FAMILY, vec![2, 0, 0, 0])]).await, Err(Refused(440)));
    assert!(patient.allocate_with(vec![(ATTR_REQUESTED_ADDRESS_FAMILY, vec![1, 0, 0, 0])]).await.is_ok());
}
