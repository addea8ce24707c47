//! How a gateway tells a relay in another process what has ended: one signed datagram to the relay's own UDP port, repeated until
//! the relay's signed receipt comes back.
//!
//! The first byte, 0xC8, is neither STUN's, channel data's nor RTP's (RFC 7983). Then come text lines: the protocol's name, `scope` or
//! `seat`, the scope, the seat (empty for a scope), the UTC second up to which credentials are dead, the time of sending in UTC
//! milliseconds, and HMAC-SHA256 over all that, in hexadecimal. Ending twice is ending once, so a replayed order does no harm.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use ring::hmac;
use tokio::net::UdpSocket;
use tokio::time::timeout;

use crate::credentials::{CALL_LIFE, Holder, LEEWAY, RelaySecret};
use crate::ended::End;

const FIRST_BYTE: u8 = 0xc8;
const NAME: &str = "housecall-relay-1";
const MAC_DIGITS: usize = 64;
const TRY_FOR: Duration = Duration::from_millis(250);
const TRIES: u32 = 40;

/// An end, and up to which expiry (UTC seconds) it kills credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) end: End,
    pub(crate) cutoff_s: i64,
}

/// No relay confirmed within 10 s.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unheard {
    #[error("no socket to reach the relay with")]
    Socket(#[from] std::io::Error),
    #[error("the relay did not answer")]
    Silence,
}

/// Tells the relay at `relay`; comes back when it has confirmed.
pub(crate) async fn tell(secret: &RelaySecret, relay: SocketAddr, order: &Order, now_ms: i64) -> Result<(), Unheard> {
    let any: IpAddr = if relay.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    let socket = UdpSocket::bind((any, 0)).await?;
    socket.connect(relay).await?;
    let packet = write_order(secret, order, now_ms);
    let expected = receipt(secret, &packet);
    for _ in 0..TRIES {
        // A refused send is a relay that is not up yet: the next try may find it.
        let _ = socket.send(&packet).await;
        if timeout(TRY_FOR, wait_for(&socket, &expected)).await.is_ok() {
            return Ok(());
        }
    }
    Err(Unheard::Silence)
}

/// Never returns before `expected` came; what else comes is not for us.
async fn wait_for(socket: &UdpSocket, expected: &[u8]) {
    let mut buffer = [0; 256];
    loop {
        match socket.recv(&mut buffer).await {
            Ok(length) if buffer[..length] == *expected => return,
            Ok(_) => {}
            Err(_) => std::future::pending().await,
        }
    }
}

pub(crate) fn is_order(packet: &[u8]) -> bool {
    packet.first() == Some(&FIRST_BYTE)
}

fn write_order(secret: &RelaySecret, order: &Order, now_ms: i64) -> Vec<u8> {
    let (kind, scope, seat) = match &order.end {
        End::Scope(scope) => ("scope", scope.as_str(), ""),
        End::Seat(holder) => ("seat", holder.scope(), holder.seat()),
    };
    let text = format!("{NAME}\n{kind}\n{scope}\n{seat}\n{}\n{now_ms}\n", order.cutoff_s);
    let mac = mac(secret, text.as_bytes());
    [&[FIRST_BYTE], text.as_bytes(), mac.as_bytes()].concat()
}

/// `None` for what is not ours, edited, or sent at another time than now, within the leeway.
pub(crate) fn read_order(secret: &RelaySecret, packet: &[u8], now_ms: i64) -> Option<Order> {
    let text = std::str::from_utf8(packet.strip_prefix(&[FIRST_BYTE])?).ok()?;
    let (signed, tag) = text.split_at_checked(text.len().checked_sub(MAC_DIGITS)?)?;
    if !same(tag, &mac(secret, signed.as_bytes())) {
        return None;
    }
    let [NAME, kind, scope, seat, cutoff_s, sent_ms, ""] = signed.split('\n').collect::<Vec<_>>()[..] else { return None };
    let leeway_ms = u64::try_from(LEEWAY.as_millis()).ok()?;
    let (cutoff_s, sent_ms): (i64, i64) = (cutoff_s.parse().ok()?, sent_ms.parse().ok()?);
    let sane_cutoff = cutoff_s <= now_ms / 1000 + i64::try_from((CALL_LIFE + LEEWAY).as_secs()).ok()?;
    let end = match kind {
        "scope" => End::Scope(scope.to_owned()),
        "seat" => End::Seat(Holder::new(scope, seat).ok()?),
        _ => return None,
    };
    (now_ms.abs_diff(sent_ms) <= leeway_ms && sane_cutoff).then_some(Order { end, cutoff_s })
}

/// What the relay answers to an order it has carried out.
pub(crate) fn receipt(secret: &RelaySecret, order: &[u8]) -> Vec<u8> {
    let text = [b"ended\n", order].concat();
    [&[FIRST_BYTE], mac(secret, &text).as_bytes()].concat()
}

fn mac(secret: &RelaySecret, text: &[u8]) -> String {
    let root = hmac::Key::new(hmac::HMAC_SHA256, secret.reveal().as_bytes());
    let key = hmac::Key::new(hmac::HMAC_SHA256, hmac::sign(&root, b"housecall relay control").as_ref());
    hmac::sign(&key, text).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Takes the same time wherever the texts differ.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW_MS: i64 = 1_764_000_000_000;

    fn orders() -> [Order; 2] {
        let holder = Holder::new("visit1", "seat1").expect("plain names");
        let cutoff_s = NOW_MS / 1000 + 600;
        [Order { end: End::Scope("visit1".to_owned()), cutoff_s }, Order { end: End::Seat(holder), cutoff_s }]
    }

    #[test]
    fn an_order_reads_back() {
        let secret = RelaySecret::random();
        for order in orders() {
            let packet = write_order(&secret, &order, NOW_MS);
            assert!(is_order(&packet));
            assert_eq!(read_order(&secret, &packet, NOW_MS + 59_000), Some(order));
        }
    }

    #[test]
    fn an_edited_foreign_or_old_order_is_ignored() {
        let secret = RelaySecret::random();
        let packet = write_order(&secret, &orders()[1], NOW_MS);
        for at in 0..packet.len() {
            let mut edited = packet.clone();
            edited[at] ^= 1;
            assert_eq!(read_order(&secret, &edited, NOW_MS), None, "byte {at}");
            assert_eq!(read_order(&secret, &packet[..at], NOW_MS), None, "cut at {at}");
        }
        assert_eq!(read_order(&RelaySecret::random(), &packet, NOW_MS), None);
        assert_eq!(read_order(&secret, &packet, NOW_MS + 61_000), None);
        let endless = Order { cutoff_s: i64::MAX, ..orders()[0].clone() };
        assert_eq!(read_order(&secret, &write_order(&secret, &endless, NOW_MS), NOW_MS), None);
    }
}
