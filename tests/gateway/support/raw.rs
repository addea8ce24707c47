//! A WebSocket client that writes every byte itself, so that it can write the wrong ones.

use std::time::Duration;

use signaling::message::{ClientMessage, Envelope, Hello};
use signaling::wire;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::page::Door;

const BUSY: Duration = Duration::from_secs(40);

/// First bytes of a frame: whole ones, and pieces of a message (RFC 6455, section 5.2).
pub const TEXT: u8 = 0x81;
pub const TEXT_BEGINS: u8 = 0x01;
pub const GOES_ON: u8 = 0x00;
pub const ENDS: u8 = 0x80;
pub const BINARY: u8 = 0x82;
pub const CLOSE: u8 = 0x88;
pub const PING: u8 = 0x89;
pub const PONG: u8 = 0x8a;

pub struct Raw {
    pub stream: TcpStream,
}

#[derive(Debug)]
pub struct Frame {
    pub first: u8,
    pub payload: Vec<u8>,
}

impl Raw {
    /// Connected and past the handshake.
    pub async fn open(door: &Door) -> Self {
        let mut stream = TcpStream::connect(door.address).await.expect("connected");
        let Door { path, origin, cookie, .. } = door;
        let ask = format!(
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nOrigin: {origin}\r\nCookie: {cookie}\r\nConnection: Upgrade\r\n\
             Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        );
        stream.write_all(ask.as_bytes()).await.expect("asked");
        let mut answer = Vec::new();
        while !answer.ends_with(b"\r\n\r\n") {
            answer.push(stream.read_u8().await.expect("answered"));
        }
        let answer = String::from_utf8_lossy(&answer).to_lowercase();
        assert!(answer.starts_with("http/1.1 101") && answer.contains("s3pplmbitxaq9kygzzhzrbk+xoo="), "{answer}");
        Self { stream }
    }

    /// In its seat.
    pub async fn enter(door: &Door) -> Self {
        let mut raw = Self::open(door).await;
        raw.send(TEXT, hello().as_bytes()).await;
        let welcome = raw.hear().await.expect("a welcome");
        assert_eq!(welcome.first, TEXT);
        raw
    }

    pub async fn send(&mut self, first: u8, payload: &[u8]) {
        self.write(&frame(first, payload)).await;
    }

    pub async fn write(&mut self, bytes: &[u8]) {
        // The gateway may have closed already.
        let _ = self.stream.write_all(bytes).await;
    }

    /// The next frame; none after the end of the stream.
    pub async fn hear(&mut self) -> Option<Frame> {
        tokio::time::timeout(BUSY, self.read()).await.expect("in time")
    }

    async fn read(&mut self) -> Option<Frame> {
        let first = self.stream.read_u8().await.ok()?;
        let length = match self.stream.read_u8().await.ok()? {
            126 => u64::from(self.stream.read_u16().await.ok()?),
            127 => self.stream.read_u64().await.ok()?,
            short => u64::from(short),
        };
        let mut payload = vec![0; usize::try_from(length).expect("small")];
        self.stream.read_exact(&mut payload).await.ok()?;
        Some(Frame { first, payload })
    }

    /// The next frame of this kind; others are let pass.
    pub async fn hear_a(&mut self, first: u8) -> Frame {
        loop {
            let frame = self.hear().await.expect("more frames");
            if frame.first == first {
                return frame;
            }
        }
    }

    /// The closing code; after it the stream ends.
    pub async fn closed(mut self) -> u16 {
        let close = self.hear_a(CLOSE).await;
        let code = u16::from_be_bytes([close.payload[0], close.payload[1]]);
        let _ = self.stream.shutdown().await;
        while self.hear().await.is_some() {}
        code
    }
}

/// A frame as a client sends it: masked.
pub fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    const MASK: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];
    let mut bytes = header(first, payload.len());
    bytes.extend(MASK);
    bytes.extend(payload.iter().zip(MASK.iter().cycle()).map(|(byte, mask)| byte ^ mask));
    bytes
}

/// First bytes of a masked frame of this size.
pub fn header(first: u8, length: usize) -> Vec<u8> {
    let mut bytes = vec![first];
    match length {
        0..=125 => bytes.push(0x80 | u8::try_from(length).expect("small")),
        126..=0xffff => {
            bytes.push(0x80 | 126);
            bytes.extend(u16::try_from(length).expect("fits").to_be_bytes());
        }
        _ => {
            bytes.push(0x80 | 127);
            bytes.extend((length as u64).to_be_bytes());
        }
    }
    bytes
}

pub fn hello() -> String {
    let hello = Hello { versions: vec![1], features: vec![], page: "raw".into(), resume: None };
    wire::write(&Envelope { n: None, ack: 0, id: None, message: ClientMessage::Hello(hello) })
}
