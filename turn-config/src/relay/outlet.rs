//! The relayed side of one allocation: the socket the `turn` crate sends to peers with, and the filter around it.
//!
//! To and from refused peers nothing passes, whatever permissions or channels the client made. Packets to another allocation of
//! the same scope are handed over inside the relay, so two people of one visit meet even where the relay's own address is private.

use std::any::Any;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};

use async_trait::async_trait;
use tokio::net::UdpSocket;
use tokio::sync::{Mutex, mpsc};
use turn::relay::RelayAddressGenerator;
use webrtc_util::Conn;

use super::Core;
use super::counters::up;
use super::table::{Claim, Handover, Parcel, Slot};
use crate::credentials::Holder;

pub(super) struct Outlet {
    core: Arc<Core>,
    slot: Arc<Slot>,
    socket: UdpSocket,
    inbox: Mutex<mpsc::Receiver<Parcel>>,
}

impl Drop for Outlet {
    fn drop(&mut self) {
        self.slot.closed.cancel();
        self.core.table.release(self.slot.port);
    }
}

impl Outlet {
    async fn next(&self, buf: &mut [u8]) -> io::Result<(usize, SocketAddr)> {
        let mut inbox = self.inbox.lock().await;
        loop {
            tokio::select! {
                () = self.slot.closed.cancelled() => return Err(closed()),
                Some((bytes, from)) = inbox.recv() => {
                    let length = bytes.len().min(buf.len());
                    buf[..length].copy_from_slice(&bytes[..length]);
                    return Ok((length, from));
                }
                received = self.socket.recv_from(buf) => {
                    let (length, from) = received?;
                    if let Ok(from) = self.core.filter.inward(from) {
                        return Ok((length, from));
                    }
                    up(&self.core.counters.peers_refused);
                }
            }
        }
    }

    async fn pass(&self, bytes: &[u8], peer: SocketAddr) {
        let counters = &self.core.counters;
        match self.core.table.hand_over(&self.slot, peer, bytes) {
            Handover::Delivered => return up(&counters.packets_relayed),
            Handover::Full => return up(&counters.packets_dropped),
            Handover::OtherScope => return up(&counters.scopes_crossed),
            Handover::NobodyThere => {}
        }
        let Ok(address) = self.core.filter.outward(peer) else { return up(&counters.peers_refused) };
        match self.socket.send_to(bytes, address).await {
            Ok(_) => up(&counters.packets_relayed),
            Err(_) => up(&counters.packets_dropped),
        }
    }
}

#[async_trait]
impl Conn for Outlet {
    async fn connect(&self, _: SocketAddr) -> webrtc_util::Result<()> {
        Err(unsupported())
    }

    async fn recv(&self, _: &mut [u8]) -> webrtc_util::Result<usize> {
        Err(unsupported())
    }

    async fn recv_from(&self, buf: &mut [u8]) -> webrtc_util::Result<(usize, SocketAddr)> {
        Ok(self.next(buf).await?)
    }

    async fn send(&self, _: &[u8]) -> webrtc_util::Result<usize> {
        Err(unsupported())
    }

    /// Always says that everything was sent: a refused peer is a silent one.
    async fn send_to(&self, buf: &[u8], target: SocketAddr) -> webrtc_util::Result<usize> {
        if self.slot.closed.is_cancelled() {
            return Err(closed().into());
        }
        self.pass(buf, target).await;
        Ok(buf.len())
    }

    fn local_addr(&self) -> webrtc_util::Result<SocketAddr> {
        Ok(SocketAddr::new(self.core.table.public_ip(), self.slot.port))
    }

    fn remote_addr(&self) -> Option<SocketAddr> {
        None
    }

    async fn close(&self) -> webrtc_util::Result<()> {
        self.slot.closed.cancel();
        Ok(())
    }

    fn as_any(&self) -> &(dyn Any + Send + Sync) {
        self
    }
}

fn closed() -> io::Error {
    io::Error::new(io::ErrorKind::ConnectionAborted, "the allocation has ended")
}

pub(super) fn unsupported() -> webrtc_util::Error {
    io::Error::from(io::ErrorKind::Unsupported).into()
}

/// Makes the one outlet of an allocation, in the name of its holder.
pub(super) struct Opening {
    pub(super) core: Arc<Core>,
    pub(super) holder: Holder,
    /// Filled when the allocation was made.
    pub(super) slot: Arc<OnceLock<Arc<Slot>>>,
}

#[async_trait]
impl RelayAddressGenerator for Opening {
    fn validate(&self) -> Result<(), turn::Error> {
        Ok(())
    }

    async fn allocate_conn(&self, _: bool, _: u16) -> Result<(Arc<dyn Conn + Send + Sync>, SocketAddr), turn::Error> {
        let Claim { slot, inbox, socket } = self.core.table.claim(&self.holder).await?;
        let address = SocketAddr::new(self.core.table.public_ip(), slot.port);
        let outlet = Outlet { core: Arc::clone(&self.core), slot: Arc::clone(&slot), socket, inbox: Mutex::new(inbox) };
        if self.slot.set(slot).is_err() {
            return Err(turn::Error::Other("one allocation has one outlet".to_owned()));
        }
        Ok((Arc::new(outlet), address))
    }
}
