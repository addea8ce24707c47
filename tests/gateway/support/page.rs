//! A page with its socket: says things in turn, and hears the gateway on a real connection.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use housecall::app::router;
use housecall::app::state::App;
use housecall::http::listener::{self, Limits, Listener};
use signaling::ids::CommandId;
use signaling::message::{Arrival, Bye, ClientMessage, Envelope, Hello, Resume, ServerMessage, Welcome};
use signaling::wire;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// What a busy machine may add.
const BUSY: Duration = Duration::from_secs(20);

/// The gateway on a real socket, without TLS.
pub async fn listen(app: &App) -> SocketAddr {
    let socket = listener::open((Ipv4Addr::LOCALHOST, 0).into()).expect("a free port");
    let address = socket.local_addr().expect("bound");
    let listener = Listener::new(router::build(app.clone()), None, Limits::default());
    tokio::spawn(listener.run(socket, app.context.closing.clone()));
    address
}

/// Where a page connects, and as whom.
#[derive(Clone)]
pub struct Door {
    pub address: SocketAddr,
    pub path: String,
    pub origin: String,
    pub cookie: String,
}

/// Why there is no connection.
#[derive(Debug)]
pub enum Closed {
    Refused(u16),
    Broken,
}

pub struct Page {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    door: Door,
    name: String,
    said: u64,
    pub received: u64,
    pub token: String,
}

impl Door {
    pub async fn open(&self) -> Result<WebSocketStream<MaybeTlsStream<TcpStream>>, u16> {
        self.try_open().await.map_err(|closed| match closed {
            Closed::Refused(status) => status,
            Closed::Broken => panic!("the line broke"),
        })
    }

    /// The same over a line that may break.
    pub async fn try_open(&self) -> Result<WebSocketStream<MaybeTlsStream<TcpStream>>, Closed> {
        let mut request = format!("ws://{}{}", self.address, self.path).into_client_request().expect("an address");
        let headers = request.headers_mut();
        headers.insert("origin", self.origin.parse().expect("plain"));
        headers.insert("cookie", self.cookie.parse().expect("plain"));
        match connect_async(request).await {
            Ok((socket, _)) => Ok(socket),
            Err(Error::Http(response)) => Err(Closed::Refused(response.status().as_u16())),
            Err(_) => Err(Closed::Broken),
        }
    }

    /// Connects and says hello as a page of this name.
    pub async fn enter(&self, name: &str) -> (Page, Welcome) {
        self.enter_with(name, None).await
    }

    pub async fn enter_with(&self, name: &str, resume: Option<Resume>) -> (Page, Welcome) {
        self.knock(name, resume).await.expect("a welcome")
    }

    /// The same where it may be turned away.
    pub async fn try_enter(&self, name: &str) -> Result<(Page, Welcome), Bye> {
        self.knock(name, None).await
    }

    async fn knock(&self, name: &str, resume: Option<Resume>) -> Result<(Page, Welcome), Bye> {
        let received = resume.as_ref().map_or(0, |resume| resume.received);
        let socket = self.open().await.expect("let in");
        let (door, name) = (self.clone(), name.to_owned());
        let mut page = Page { socket, door, name, said: 0, received, token: String::new() };
        let hello = Hello { versions: vec![1], features: vec![], page: page.name.clone(), resume };
        page.say(ClientMessage::Hello(hello)).await;
        let welcome = match page.hear().await {
            ServerMessage::Welcome(welcome) => welcome,
            ServerMessage::Bye(bye) => return Err(bye),
            other => panic!("no welcome but {other:?}"),
        };
        page.token = welcome.resume_token.clone();
        page.said = welcome.received;
        if welcome.arrival != Arrival::Resumed {
            page.received = 0;
        }
        Ok((page, *welcome))
    }
}

impl Page {
    pub async fn say(&mut self, message: ClientMessage) {
        let n = message.is_numbered().then(|| {
            self.said += 1;
            self.said
        });
        let id = message.is_command().then(|| CommandId(format!("{}-{}", self.name, self.said)));
        let text = wire::write(&Envelope { n, ack: self.received, id, message });
        self.say_raw(Message::text(text)).await;
    }

    pub async fn say_raw(&mut self, message: Message) {
        // The gateway may already have closed.
        let _ = self.socket.send(message).await;
    }

    pub async fn hear(&mut self) -> ServerMessage {
        let heard = tokio::time::timeout(BUSY, self.socket.next()).await.expect("in time");
        let Some(Ok(Message::Text(text))) = heard else { panic!("no message but {heard:?}") };
        let envelope: Envelope<ServerMessage> = wire::read(&text).expect("readable");
        if let Some(n) = envelope.n {
            assert_eq!(n, self.received + 1, "in order");
            self.received = n;
        }
        envelope.message
    }

    /// The next message that fits; those before it are let pass.
    pub async fn hear_until<T>(&mut self, mut fits: impl FnMut(&ServerMessage) -> Option<T>) -> T {
        loop {
            let message = self.hear().await;
            if let Some(found) = fits(&message) {
                return found;
            }
        }
    }

    /// The answer to a ping, or that the gateway closes.
    pub async fn hear_until_pong(&mut self) -> Result<(), Bye> {
        self.hear_until(|message| match message {
            ServerMessage::Pong(_) => Some(Ok(())),
            ServerMessage::Bye(bye) => Some(Err(bye.clone())),
            _ => None,
        })
        .await
    }

    /// A command that must be done.
    pub async fn does(&mut self, message: ClientMessage) {
        self.say(message).await;
        let answer = self.answer().await;
        assert!(matches!(answer, ServerMessage::Done(_)), "{answer:?}");
    }

    pub async fn answer(&mut self) -> ServerMessage {
        let is_answer = |message: &ServerMessage| matches!(message, ServerMessage::Done(_) | ServerMessage::Refused(_));
        self.hear_until(|message| is_answer(message).then(|| message.clone())).await
    }

    /// The closing code, after whatever else is said.
    pub async fn closed(mut self) -> u16 {
        loop {
            match tokio::time::timeout(BUSY, self.socket.next()).await.expect("in time") {
                Some(Ok(Message::Close(frame))) => return frame.expect("a coded close").code.into(),
                Some(Ok(_)) => {}
                other => panic!("no close but {other:?}"),
            }
        }
    }

    /// The line breaks; gives what the page needs to come back.
    pub fn cut(self) -> (Door, Resume) {
        (self.door, Resume { token: self.token, received: self.received })
    }
}
