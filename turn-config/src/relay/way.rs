//! The way back to one client, over UDP, TCP or TLS, as the `turn` crate's `Conn`.

use std::any::Any;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use tokio::net::UdpSocket;
use tokio::sync::mpsc;
use webrtc_util::Conn;

use super::outlet::unsupported;

const CHANNEL_DATA: std::ops::RangeInclusive<u8> = 0x40..=0x7f;
const DATA_INDICATION: [u8; 2] = [0x00, 0x17];
const ALLOCATE_SUCCESS: [u8; 2] = [0x01, 0x03];
const TRANSACTION: std::ops::Range<usize> = 8..20;

pub(super) enum Carrier {
    Udp(Arc<UdpSocket>),
    /// To the task that writes the connection.
    Stream(mpsc::Sender<Vec<u8>>),
}

pub(super) struct Way {
    carrier: Carrier,
    client: SocketAddr,
    local: SocketAddr,
    allocated: Mutex<Option<Vec<u8>>>,
}

impl Way {
    pub(super) fn new(carrier: Carrier, client: SocketAddr, local: SocketAddr) -> Self {
        Self { carrier, client, local, allocated: Mutex::default() }
    }

    /// The success this client's Allocate got, when `request` is the same one again (RFC 8656 section 7.2: it may have been lost).
    pub(super) fn answered_before(&self, request: &[u8]) -> Option<Vec<u8>> {
        let allocated = self.allocated.lock().unwrap_or_else(PoisonError::into_inner);
        allocated.clone().filter(|answer| request.get(TRANSACTION) == answer.get(TRANSACTION))
    }

    /// Data is dropped where it would have to wait, as a network does; answers wait.
    pub(super) async fn send(&self, bytes: &[u8]) {
        if bytes.starts_with(&ALLOCATE_SUCCESS) {
            *self.allocated.lock().unwrap_or_else(PoisonError::into_inner) = Some(bytes.to_vec());
        }
        match &self.carrier {
            Carrier::Udp(socket) => {
                // A client that cannot be reached shows when it stops refreshing.
                let _ = socket.send_to(bytes, self.client).await;
            }
            Carrier::Stream(queue) if is_data(bytes) => {
                let _ = queue.try_send(bytes.to_vec());
            }
            Carrier::Stream(queue) => {
                // Fails only when the connection is being closed.
                let _ = queue.send(bytes.to_vec()).await;
            }
        }
    }
}

fn is_data(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(|first| CHANNEL_DATA.contains(first)) || bytes.starts_with(&DATA_INDICATION)
}

#[async_trait]
impl Conn for Way {
    async fn connect(&self, _: SocketAddr) -> webrtc_util::Result<()> {
        Err(unsupported())
    }

    async fn recv(&self, _: &mut [u8]) -> webrtc_util::Result<usize> {
        Err(unsupported())
    }

    async fn recv_from(&self, _: &mut [u8]) -> webrtc_util::Result<(usize, SocketAddr)> {
        Err(unsupported())
    }

    async fn send(&self, _: &[u8]) -> webrtc_util::Result<usize> {
        Err(unsupported())
    }

    async fn send_to(&self, buf: &[u8], _: SocketAddr) -> webrtc_util::Result<usize> {
        Way::send(self, buf).await;
        Ok(buf.len())
    }

    fn local_addr(&self) -> webrtc_util::Result<SocketAddr> {
        Ok(self.local)
    }

    fn remote_addr(&self) -> Option<SocketAddr> {
        Some(self.client)
    }

    /// An allocation's end does not end the way: it may be allocated on again.
    async fn close(&self) -> webrtc_util::Result<()> {
        Ok(())
    }

    fn as_any(&self) -> &(dyn Any + Send + Sync) {
        self
    }
}
