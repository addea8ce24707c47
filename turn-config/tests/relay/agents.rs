//! The one exception of the peer filter: a media agent of the house, by its address and port, and nothing beside it.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};

use tokio::net::UdpSocket;
use tokio::time::timeout;
use turn_config::peers::Agent;
use turn_config::relay::Limits;

use crate::house::{House, PATHS};
use crate::turn_client::{From, PATIENCE, Refused};

async fn ear() -> (UdpSocket, SocketAddr) {
    let ear = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
    let address = ear.local_addr().expect("bound");
    (ear, address)
}

#[tokio::test]
async fn an_agent_is_reached_over_every_path_and_its_neighbours_over_none() {
    let ((agent, reached_at), (neighbour, beside)) = (ear().await, ear().await);
    // Known by an address that leads nowhere from here, as behind a router.
    let announced = SocketAddr::new([10, 9, 8, 7].into(), reached_at.port());
    let house = House::open_for(Limits::default(), vec![Agent { announced, reached_at }]).await;
    for path in PATHS {
        let mut page = house.person(path, "test1", "patient").await;
        page.allocate().await.expect("a fresh credential");
        page.permit(announced).await.expect("the house's own");
        page.send(announced, b"hello").await;
        let mut heard = [0; 16];
        let (length, from) = timeout(PATIENCE, agent.recv_from(&mut heard)).await.expect("in time").expect("heard");
        assert_eq!(&heard[..length], b"hello");
        agent.send_to(b"back", from).await.expect("sent");
        assert_eq!(page.receive().await, (From::Peer(announced), b"back".to_vec()), "under the name it was asked for by");

        let at_its_address = SocketAddr::new(announced.ip(), beside.port());
        for refused in [reached_at, beside, at_its_address, SocketAddr::new(announced.ip(), 22)] {
            assert_eq!(page.permit(refused).await, Err(Refused(403)), "{refused}");
            assert_eq!(page.bind_channel(0x4000, refused).await, Err(Refused(403)), "{refused}");
            // The permission for the agent's address does not carry its other ports.
            page.send(refused, b"knock").await;
            page.send_on(0x4000, b"knock").await;
        }
        // What the neighbour sends to the relayed address does not pass either.
        neighbour.send_to(b"knock", from).await.expect("sent");
        page.send(announced, b"done").await;
        let (length, _) = timeout(PATIENCE, agent.recv_from(&mut heard)).await.expect("in time").expect("heard");
        assert_eq!(&heard[..length], b"done", "what was sent before it was dropped");
    }
    let heard = neighbour.try_recv_from(&mut [0; 64]);
    assert!(heard.is_err_and(|error| error.kind() == ErrorKind::WouldBlock), "the neighbour heard something");
}
