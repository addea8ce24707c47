//! When a visit, a seat or a connection ends, what was relayed for it ends with it.

use std::time::Duration;

use turn_config::access::RelayAccess;

use crate::house::{House, PATHS, Path, holder};
use crate::turn_client::Refused;

#[tokio::test]
async fn an_ended_visit_closes_its_live_allocations_and_no_others() {
    let house = House::open().await;
    let mut people = Vec::new();
    for path in PATHS {
        let mut person = house.person(path, "visit1", "patient").await;
        person.allocate().await.expect("a fresh credential");
        people.push((path, person));
    }
    let mut other = house.person(Path::Udp, "visit2", "patient").await;
    other.allocate().await.expect("a fresh credential");

    house.access.end_scope("visit1", house.now_ms());
    house.until(|counts| counts.allocations == 1 && counts.allocations_ended == 3).await;
    for (path, mut person) in people {
        match path {
            Path::Udp => assert_eq!(person.refresh(600).await, Err(Refused(401))),
            Path::Tcp | Path::Tls => person.closed().await,
        }
    }
    assert_eq!(other.refresh(600).await, Ok(Duration::from_secs(600)));
    for seat in ["patient", "clinician"] {
        assert_eq!(house.person(Path::Udp, "visit1", seat).await.allocate().await, Err(Refused(401)));
    }
}

#[tokio::test]
async fn nothing_is_relayed_any_more_after_the_end() {
    let house = House::open().await;
    let ((mut patient, here), (mut clinician, there)) = house.two(Path::Udp, Path::Udp).await;
    patient.bind_channel(0x4001, there).await.expect("of the same visit");
    clinician.permit(here).await.expect("of the same visit");
    patient.send_on(0x4001, b"before").await;
    assert_eq!(clinician.receive().await.1, b"before");
    house.access.end_scope("visit1", house.now_ms());
    patient.send_on(0x4001, b"after").await;
    // Answered after the packet before it was looked at.
    assert_eq!(patient.refresh(600).await, Err(Refused(401)));
    assert_eq!(house.relay.counts().packets_relayed, 1);
}

#[tokio::test]
async fn a_removed_seat_loses_the_relay_and_comes_back_with_new_credentials_only() {
    let house = House::open().await;
    removes_a_seat(&house, &house.access).await;
}

#[tokio::test]
async fn a_gateway_in_another_process_ends_seats_and_visits_too() {
    let house = House::open().await;
    let gateway = house.reached_from_elsewhere();
    removes_a_seat(&house, &gateway).await;
    gateway.end_scope("visit1", house.now_ms());
    house.until(|counts| counts.allocations == 0).await;
    assert_eq!(house.person(Path::Udp, "visit1", "patient").await.allocate().await, Err(Refused(401)));
}

async fn removes_a_seat(house: &House, gateway: &RelayAccess) {
    let credential = house.credential("visit1", "patient");
    let mut patient = house.client(Path::Udp, credential.clone()).await;
    let mut clinician = house.person(Path::Udp, "visit1", "clinician").await;
    patient.allocate().await.expect("a fresh credential");
    clinician.allocate().await.expect("a fresh credential");

    gateway.end_seat(&holder("visit1", "patient"), house.now_ms());
    house.until(|counts| counts.allocations == 1).await;
    assert_eq!(patient.refresh(600).await, Err(Refused(401)));
    assert_eq!(house.client(Path::Udp, credential).await.allocate().await, Err(Refused(401)));
    assert_eq!(clinician.refresh(600).await, Ok(Duration::from_secs(600)));

    let renewed = gateway.for_call(&holder("visit1", "patient"), house.now_ms()).servers.remove(0);
    let renewed = turn_config::credentials::Credential { username: renewed.username, password: renewed.credential };
    assert!(house.client(Path::Udp, renewed).await.allocate().await.is_ok());
}

#[tokio::test]
async fn an_allocation_ends_with_its_connection_and_with_a_refresh_of_zero() {
    let house = House::open().await;
    for path in [Path::Tcp, Path::Tls] {
        let mut patient = house.person(path, "visit1", "patient").await;
        patient.allocate().await.expect("a fresh credential");
        assert_eq!(house.relay.counts().allocations, 1);
        drop(patient);
        house.until(|counts| counts.allocations == 0 && counts.connections == 0).await;
    }
    for path in PATHS {
        let mut patient = house.person(path, "visit1", "patient").await;
        patient.allocate().await.expect("a fresh credential");
        assert_eq!(patient.refresh(0).await, Ok(Duration::ZERO));
        house.until(|counts| counts.allocations == 0).await;
        patient.allocate().await.expect("the way is still open");
        assert_eq!(patient.refresh(0).await, Ok(Duration::ZERO));
        house.until(|counts| counts.allocations == 0).await;
    }
}

#[tokio::test]
async fn a_stopped_relay_leaves_nothing_behind() {
    let house = House::open().await;
    let mut people = Vec::new();
    for path in PATHS {
        let mut person = house.person(path, "visit1", "patient").await;
        person.allocate().await.expect("a fresh credential");
        people.push(person);
    }
    house.relay.stop().await;
    house.until(|counts| counts.allocations == 0 && counts.connections == 0).await;
    people[1].closed().await;
    assert!(tokio::net::UdpSocket::bind(house.relay.address()).await.is_ok(), "the port is free again");
}
