//! The relay over UDP: one socket, one client for each address that has an allocation. The gateway's word about ends comes here too.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use tokio::net::UdpSocket;
use tokio::time::{MissedTickBehavior, interval};

use super::Core;
use super::client::Client;
use super::control;
use super::way::{Carrier, Way};

const LARGEST: usize = 4096;
const SWEEP: Duration = Duration::from_secs(5);

/// Runs until the relay stops.
pub(super) async fn serve(core: Arc<Core>, socket: Arc<UdpSocket>, local: SocketAddr) {
    let mut desk = Desk { core, socket, local, clients: HashMap::new() };
    let mut buffer = vec![0; LARGEST];
    let mut sweep = interval(SWEEP);
    sweep.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let stopped = desk.core.stopped.clone();
    loop {
        tokio::select! {
            () = stopped.cancelled() => return,
            _ = sweep.tick() => desk.sweep(),
            received = desk.socket.recv_from(&mut buffer) => {
                // An error here is an earlier packet's that could not be delivered.
                if let Ok((length, from)) = received {
                    desk.take(&buffer[..length], from).await;
                }
            }
        }
    }
}

struct Desk {
    core: Arc<Core>,
    socket: Arc<UdpSocket>,
    local: SocketAddr,
    clients: HashMap<SocketAddr, Client>,
}

impl Desk {
    async fn take(&mut self, packet: &[u8], from: SocketAddr) {
        if control::is_order(packet) {
            return self.obey(packet, from).await;
        }
        let mut client = self.clients.remove(&from).unwrap_or_else(|| self.stranger(from));
        // A packet that makes the parser panic costs its sender's allocation and nobody else's.
        let handled = AssertUnwindSafe(client.handle(packet)).catch_unwind().await;
        if handled.is_ok() && client.slot().is_some() {
            self.clients.insert(from, client);
        }
    }

    async fn obey(&self, packet: &[u8], from: SocketAddr) {
        let now_ms = self.core.now_ms();
        if let Some(order) = control::read_order(&self.core.secret, packet, now_ms) {
            self.core.ended.mark_up_to(&order.end, order.cutoff_s, now_ms);
            self.core.table.end(&order.end);
            let _ = self.socket.send_to(&control::receipt(&self.core.secret, packet), from).await;
        }
    }

    fn stranger(&self, from: SocketAddr) -> Client {
        Client::new(Arc::clone(&self.core), Way::new(Carrier::Udp(Arc::clone(&self.socket)), from, self.local), from)
    }

    fn sweep(&mut self) {
        self.clients.retain(|_, client| client.slot().is_some());
        self.core.table.end_the_old();
    }
}
