//! One person's socket to a peer: the dialect writes and reads, this carries.

use std::net::Ipv4Addr;

use tokio::time::{Duration, timeout};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::{HeaderValue, header};

use crate::Failure;
use crate::server::{End, Said};
use crate::wire::{self, Socket, Way};

/// A server that says nothing for so long has failed.
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) trait Dialect: Send + 'static {
    fn write(&mut self, what: Said) -> String;
    /// What the other person said, if that is what this text is.
    fn read(&mut self, text: &str) -> Option<Said>;
    /// Said before the socket is closed.
    fn goodbye(&self) -> Option<String>;
}

pub(crate) struct Talker<D> {
    pub(super) socket: Socket,
    pub(super) dialect: D,
}

impl<D: Dialect> End for Talker<D> {
    async fn say(&mut self, what: Said) -> Result<(), Failure> {
        wire::say(&mut self.socket, self.dialect.write(what)).await
    }

    async fn hear(&mut self) -> Result<Said, Failure> {
        loop {
            let text = wire::text(&mut self.socket).await?;
            if let Some(said) = self.dialect.read(&text) {
                return Ok(said);
            }
        }
    }

    async fn leave(mut self) -> Result<(), Failure> {
        if let Some(text) = self.dialect.goodbye() {
            wire::say(&mut self.socket, text).await?;
        }
        // The server may have closed first.
        let _ = self.socket.close(None).await;
        Ok(())
    }
}

/// Opens a socket at `path`, with a subprotocol where the server wants one.
pub(super) async fn open(way: &Way, path: &str, protocol: Option<&'static str>) -> Result<Socket, Failure> {
    let scheme = if way.trust.is_some() { "wss" } else { "ws" };
    let mut request = format!("{scheme}://localhost:{}{path}", way.address.port()).into_client_request()?;
    if let Some(protocol) = protocol {
        request.headers_mut().insert(header::SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(protocol));
    }
    way.open(Ipv4Addr::LOCALHOST, request).await
}

/// The next text that `pick` wants; others are passed over.
pub(super) async fn until<T>(socket: &mut Socket, mut pick: impl FnMut(&str) -> Option<T>) -> Result<T, Failure> {
    let search = async {
        loop {
            let text = wire::text(socket).await?;
            if let Some(found) = pick(&text) {
                return Ok(found);
            }
        }
    };
    timeout(PATIENCE, search).await.unwrap_or_else(|_| Err("the server does not answer".into()))
}
