//! A WebSocket to a server on loopback, plain or in TLS, with buffers so small that ten thousand fit.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use futures_util::{SinkExt, StreamExt};
use rustls::pki_types::ServerName;
use tokio::net::{TcpSocket, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::client::Request;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_util::either::Either;

use crate::Failure;

pub(crate) type Stream = Either<TcpStream, TlsStream<TcpStream>>;
pub(crate) type Socket = WebSocketStream<Stream>;

const BUFFER: usize = 4 * 1024;

/// Where a server is, and how to trust it where it speaks TLS.
#[derive(Clone)]
pub(crate) struct Way {
    pub(crate) address: SocketAddr,
    pub(crate) trust: Option<Arc<rustls::ClientConfig>>,
}

impl Way {
    pub(crate) async fn connect(&self, from: Ipv4Addr) -> Result<Stream, Failure> {
        let socket = TcpSocket::new_v4()?;
        socket.bind(SocketAddr::from((from, 0)))?;
        let tcp = socket.connect(self.address).await?;
        tcp.set_nodelay(true)?;
        let Some(trust) = &self.trust else { return Ok(Either::Left(tcp)) };
        Ok(Either::Right(TlsConnector::from(trust.clone()).connect(ServerName::try_from("localhost")?, tcp).await?))
    }

    pub(crate) async fn open(&self, from: Ipv4Addr, request: Request) -> Result<Socket, Failure> {
        let small = WebSocketConfig::default().read_buffer_size(BUFFER).write_buffer_size(BUFFER);
        let stream = self.connect(from).await?;
        Ok(tokio_tungstenite::client_async_with_config(request, stream, Some(small)).await?.0)
    }
}

/// The next text. The end of the connection is a failure with the other side's reason.
pub(crate) async fn text(socket: &mut Socket) -> Result<String, Failure> {
    loop {
        match socket.next().await.ok_or("the socket ended")?? {
            Message::Text(text) => return Ok(text.as_str().to_owned()),
            Message::Close(frame) => {
                return Err(format!("closed: {}", frame.map_or_else(String::new, |frame| frame.reason.to_string())).into());
            }
            _ => {}
        }
    }
}

pub(crate) async fn say(socket: &mut Socket, text: String) -> Result<(), Failure> {
    Ok(socket.send(Message::text(text)).await?)
}
