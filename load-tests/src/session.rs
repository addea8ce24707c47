//! A page's side of the signaling socket: numbers, acknowledges, keeps the heartbeat, and waits for what should come.

use std::collections::VecDeque;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use hyper::header::{COOKIE, HOST, ORIGIN};
use signaling::ids::CommandId;
use signaling::message::{ClientMessage, Empty, Envelope, Hello, Ping, ServerMessage, VERSION, Welcome};
use signaling::wire;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::client::TlsStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use crate::Failure;
use crate::http::Browser;

/// A visit in which nothing happens for so long has failed.
const PATIENCE: Duration = Duration::from_secs(30);
const HEARTBEAT: Duration = Duration::from_secs(4);

pub(crate) struct Session {
    socket: WebSocketStream<TlsStream<TcpStream>>,
    sent: u64,
    received: u64,
    commands: u32,
    /// Came while something else was waited for.
    early: VecDeque<Envelope<ServerMessage>>,
}

impl Session {
    /// Opens the socket at `path` (without `/api/v1`), says hello and is welcomed.
    pub(crate) async fn open(browser: &Browser, path: &str) -> Result<(Self, Welcome), Failure> {
        let place = browser.place();
        let host = place.origin.trim_start_matches("https://");
        let mut request = format!("wss://{host}/api/v1{path}").into_client_request()?;
        let headers = request.headers_mut();
        headers.insert(HOST, host.parse()?);
        headers.insert(ORIGIN, place.origin.parse()?);
        headers.insert(COOKIE, browser.cookies().parse()?);
        let (socket, _) = tokio_tungstenite::client_async(request, browser.stream().await?).await?;
        let mut session = Self { socket, sent: 0, received: 0, commands: 0, early: VecDeque::new() };
        let hello = Hello { versions: vec![VERSION], features: Vec::new(), page: "load".to_owned(), resume: None };
        session.send(ClientMessage::Hello(hello)).await?;
        let welcome =
            session.until(|message| if let ServerMessage::Welcome(welcome) = message { Some(*welcome) } else { None }).await?;
        Ok((session, welcome))
    }

    /// Sends a command and waits until it is done.
    pub(crate) async fn command(&mut self, message: ClientMessage) -> Result<(), Failure> {
        self.commands += 1;
        let id = CommandId(format!("c{}", self.commands));
        self.write(message, Some(id.clone())).await?;
        let answer = self.until_envelope(|envelope| envelope.id.as_ref() == Some(&id)).await?;
        match answer.message {
            ServerMessage::Done(Empty {}) => Ok(()),
            ServerMessage::Refused(refused) => Err(format!("refused: {:?}", refused.word).into()),
            _ => Err("a command was answered with something else".into()),
        }
    }

    pub(crate) async fn send(&mut self, message: ClientMessage) -> Result<(), Failure> {
        self.write(message, None).await
    }

    /// The next message that `pick` wants; others are kept for later.
    pub(crate) async fn until<T>(&mut self, mut pick: impl FnMut(ServerMessage) -> Option<T>) -> Result<T, Failure> {
        let mut found = None;
        self.until_envelope(|envelope| {
            found = pick(envelope.message.clone());
            found.is_some()
        })
        .await?;
        found.ok_or_else(|| "nothing was found".into())
    }

    async fn until_envelope(
        &mut self,
        mut wanted: impl FnMut(&Envelope<ServerMessage>) -> bool,
    ) -> Result<Envelope<ServerMessage>, Failure> {
        if let Some(at) = self.early.iter().position(&mut wanted) {
            return self.early.remove(at).ok_or_else(|| "it was there".into());
        }
        let search = async {
            loop {
                let envelope = self.next().await?;
                if wanted(&envelope) {
                    return Ok(envelope);
                }
                self.early.push_back(envelope);
            }
        };
        timeout(PATIENCE, search).await.unwrap_or_else(|_| Err(format!("nothing came for {} s", PATIENCE.as_secs()).into()))
    }

    async fn next(&mut self) -> Result<Envelope<ServerMessage>, Failure> {
        loop {
            let Ok(came) = timeout(HEARTBEAT, self.socket.next()).await else {
                self.send(ClientMessage::Ping(Ping { nonce: 0 })).await?;
                continue;
            };
            let text = match came.ok_or("the socket ended")?? {
                Message::Text(text) => text,
                Message::Close(frame) => {
                    return Err(format!("closed: {}", frame.map_or_else(String::new, |frame| frame.reason.to_string())).into());
                }
                _ => continue,
            };
            let envelope: Envelope<ServerMessage> = wire::read(&text)?;
            self.received = envelope.n.unwrap_or(self.received);
            match envelope.message {
                ServerMessage::Pong(_) => {}
                ServerMessage::Bye(bye) => return Err(format!("bye: {:?}", bye.code).into()),
                _ => return Ok(envelope),
            }
        }
    }

    async fn write(&mut self, message: ClientMessage, id: Option<CommandId>) -> Result<(), Failure> {
        let n = message.is_numbered().then(|| {
            self.sent += 1;
            self.sent
        });
        let text = wire::write(&Envelope { n, ack: self.received, id, message });
        Ok(self.socket.send(Message::text(text)).await?)
    }

    pub(crate) async fn close(mut self) {
        // The gateway may have closed first.
        let _ = self.socket.close(None).await;
    }
}
