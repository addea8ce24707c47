//! The agent's UDP port and the thread that serves it. Signaling runs on other threads: it never waits for somebody's picture.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

use metrics::{counter, gauge};
use socket2::SockRef;
use tokio::net::UdpSocket;
use tokio::sync::{mpsc, oneshot};

use super::sessions::Sessions;
use super::{Asked, Ended, Refusal};

/// Room for what comes while the thread does something else; the system may give less.
const BUFFER: usize = 4 * 1024 * 1024;
const LARGEST: usize = 2048;
/// Datagrams that are taken before their senders are answered.
const AT_ONCE: usize = 64;
/// Timers that are this close together are served together.
const GRAIN: Duration = Duration::from_millis(2);
/// Without a session nothing is due.
const IDLE: Duration = Duration::from_secs(60);

pub(super) enum Order {
    Open(Asked, oneshot::Sender<Result<String, Refusal>>),
    End(String),
    Stop(oneshot::Sender<()>),
}

pub(super) struct Driver {
    pub(super) socket: UdpSocket,
    pub(super) sessions: Sessions,
    pub(super) orders: mpsc::Receiver<Order>,
    pub(super) ended: mpsc::Sender<Ended>,
}

pub(super) fn bind(address: SocketAddr) -> io::Result<std::net::UdpSocket> {
    let socket = std::net::UdpSocket::bind(address)?;
    let buffers = SockRef::from(&socket);
    buffers.set_recv_buffer_size(BUFFER)?;
    buffers.set_send_buffer_size(BUFFER)?;
    socket.set_nonblocking(true)?;
    Ok(socket)
}

impl Driver {
    /// Until it is told to stop, or nobody is left who could.
    pub(super) async fn run(mut self) {
        let mut buffer = vec![0; LARGEST];
        loop {
            let now = Instant::now();
            let wake = self.sessions.next().map_or(now + IDLE, |next| next.max(now + GRAIN));
            tokio::select! {
                order = self.orders.recv() => match order {
                    Some(Order::Stop(done)) => {
                        self.stop();
                        // Whoever asked may have gone.
                        let _ = done.send(());
                        return;
                    }
                    Some(order) => self.obey(order),
                    None => return self.stop(),
                },
                Ok(()) = self.socket.readable() => self.receive(&mut buffer),
                () = tokio::time::sleep_until(wake.into()) => {}
            }
            self.sessions.settle(Instant::now());
            self.flush();
        }
    }

    fn obey(&mut self, order: Order) {
        let now = Instant::now();
        match order {
            Order::Open(asked, answer) => {
                let opened = self.sessions.open(&asked, now);
                let outcome = match &opened {
                    Ok(_) => "begun",
                    Err(Refusal::Full { .. }) => "full",
                    Err(_) => "unfit",
                };
                counter!("media_sessions_total", "outcome" => outcome).increment(1);
                // A page that has gone is missed soon enough.
                let _ = answer.send(opened);
            }
            Order::End(test) => self.sessions.end_test(&test, now),
            Order::Stop(_) => {}
        }
    }

    fn receive(&mut self, buffer: &mut [u8]) {
        let now = Instant::now();
        for _ in 0..AT_ONCE {
            match self.socket.try_recv_from(buffer) {
                Ok((length, from)) => self.sessions.take(&buffer[..length], plain(from), now),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                // An earlier datagram's that could not be delivered.
                Err(_) => {}
            }
        }
    }

    /// Sends what is to be sent, and tells what has ended. Where the system takes no more, datagrams are lost as on any network.
    fn flush(&mut self) {
        let is_v6 = self.socket.local_addr().is_ok_and(|local| local.is_ipv6());
        for datagram in self.sessions.out.drain(..) {
            let to = if is_v6 { mapped(datagram.to) } else { datagram.to };
            let _ = self.socket.try_send_to(&datagram.bytes, to);
        }
        for ended in self.sessions.ended.drain(..) {
            counter!("media_sessions_ended_total", "cause" => ended.cause.word()).increment(1);
            counter!("media_packets_echoed_total").increment(ended.echoed);
            // The keeper is gone only when the gateway stops.
            let _ = self.ended.try_send(ended);
        }
        gauge!("media_sessions").set(u32::try_from(self.sessions.count()).map_or(f64::INFINITY, f64::from));
    }

    fn stop(&mut self) {
        self.sessions.end_all(Instant::now());
        self.flush();
    }
}

/// An IPv4 address that came to an IPv6 socket, as what it is.
fn plain(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}

fn mapped(address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(ip) => SocketAddr::new(ip.to_ipv6_mapped().into(), address.port()),
        IpAddr::V6(_) => address,
    }
}
