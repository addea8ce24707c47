//! A page as the shipped one behaves: numbers, resumes, comes back after jittered waits, and goes to the node it was told of.
//! The choice of a node is the load balancer's: the named one where it answers, any other otherwise.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use housecall::base::dice::Dice;
use signaling::ids::CommandId;
use signaling::message::{Arrival, Bye, ClientMessage, CloseWord, Empty, Envelope, Hello, Resume, ServerMessage, Welcome};
use signaling::wire;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{WebSocketStream, client_async};

use crate::backoff::delay_before;
use crate::gateway::{Gateway, ORIGIN};
use crate::watch::Watch;

type Socket = WebSocketStream<TlsStream<TcpStream>>;

/// As the shipped page waits for an answer.
const ANSWER: Duration = Duration::from_secs(5);

/// The nodes as a load balancer knows them.
#[derive(Clone)]
pub struct Ways(Arc<Vec<(String, SocketAddr, Arc<rustls::ClientConfig>)>>, Arc<AtomicUsize>);

impl Ways {
    pub fn to(nodes: &[&Gateway]) -> Self {
        let ways = nodes.iter().map(|node| (node.name.clone(), node.address, node.trust()));
        Self(Arc::new(ways.collect()), Arc::default())
    }

    /// To a real one, which chooses by what stands in the page's address.
    pub fn through(balancer: SocketAddr, trust: Arc<rustls::ClientConfig>) -> Self {
        Self(Arc::new(vec![(String::new(), balancer, trust)]), Arc::default())
    }

    /// A connection to the named node, or to the next that takes one.
    pub async fn connect(&self, named: Option<&str>) -> Option<TlsStream<TcpStream>> {
        let first = self.0.iter().position(|(name, ..)| Some(name.as_str()) == named);
        let first = first.unwrap_or_else(|| self.1.fetch_add(1, Ordering::Relaxed));
        for at in first..first + self.0.len() {
            let (_, address, trust) = &self.0[at % self.0.len()];
            let connecting = async {
                let stream = TcpStream::connect(*address).await.ok()?;
                stream.set_nodelay(true).ok()?;
                let host = "localhost".try_into().expect("a name");
                TlsConnector::from(Arc::clone(trust)).connect(host, stream).await.ok()
            };
            if let Ok(Some(stream)) = timeout(Duration::from_secs(3), connecting).await {
                return Some(stream);
            }
        }
        None
    }
}

pub struct Page {
    path: String,
    cookie: String,
    name: String,
    ways: Ways,
    socket: Option<Socket>,
    said: u64,
    received: u64,
    commands: u64,
    token: Option<String>,
    pub node: Option<String>,
    /// Why the last connection was closed, where that was said.
    pub ended: Option<CloseWord>,
    tries: u32,
    wait: Option<u32>,
}

impl Page {
    /// `path` is the address of its socket.
    pub fn new(ways: &Ways, path: String, cookie: String) -> Self {
        let name = Dice::system().id();
        let ways = ways.clone();
        Self {
            path,
            cookie,
            name,
            ways,
            socket: None,
            said: 0,
            received: 0,
            commands: 0,
            token: None,
            node: None,
            ended: None,
            tries: 0,
            wait: None,
        }
    }

    /// Keeps to one node until told otherwise.
    pub fn at(mut self, node: &Gateway) -> Self {
        self.node = Some(node.name.clone());
        self
    }

    /// A page of this name gives its commands the same ids each time.
    pub fn named(mut self, name: &str) -> Self {
        self.name = name.to_owned();
        self
    }

    /// Comes in, and tries again as the shipped page does, for so long.
    pub async fn enter(&mut self, limit: Duration) -> Welcome {
        let began = Watch::start();
        loop {
            if let Some(welcome) = self.try_enter().await {
                return welcome;
            }
            assert!(began.elapsed() < limit, "{} is not let in within {limit:?}", self.path);
            self.pause().await;
        }
    }

    #[expect(clippy::disallowed_methods, reason = "the shipped page waits exactly like this")]
    async fn pause(&mut self) {
        let chance = f64::from(u16::from_be_bytes(Dice::system().bytes())) / 65_536.0;
        let wait = delay_before(self.tries, chance, self.wait.take().unwrap_or(0));
        self.tries += 1;
        tokio::time::sleep(wait).await;
    }

    pub async fn try_enter(&mut self) -> Option<Welcome> {
        self.socket = None;
        let node = self.node.take();
        let stream = self.ways.connect(node.as_deref()).await?;
        let named = node.map(|node| format!("&node={node}")).unwrap_or_default();
        let mut request =
            format!("{}{}{named}", ORIGIN.replacen("https", "wss", 1), self.path).into_client_request().expect("an address");
        request.headers_mut().insert("origin", ORIGIN.parse().expect("plain"));
        request.headers_mut().insert("cookie", self.cookie.parse().expect("plain"));
        let (socket, _) = timeout(ANSWER, client_async(request, stream)).await.ok()?.ok()?;
        self.socket = Some(socket);
        let resume = self.token.clone().map(|token| Resume { token, received: self.received });
        let hello = Hello { versions: vec![1], features: vec![], page: self.name.clone(), resume };
        self.put(None, None, ClientMessage::Hello(hello), 0).await?;
        match self.hear().await? {
            ServerMessage::Welcome(welcome) => {
                if welcome.arrival != Arrival::Resumed {
                    self.received = 0;
                }
                self.said = welcome.received;
                (self.token, self.node, self.tries) = (Some(welcome.resume_token.clone()), Some(welcome.node.clone()), 0);
                Some(*welcome)
            }
            _ => None,
        }
    }

    pub async fn say(&mut self, message: ClientMessage) -> Option<()> {
        let n = message.is_numbered().then(|| {
            self.said += 1;
            self.said
        });
        let id = message.is_command().then(|| {
            self.commands += 1;
            CommandId(format!("{}-{}", self.name, self.commands))
        });
        self.put(n, id, message, self.received).await
    }

    async fn put(&mut self, n: Option<u64>, id: Option<CommandId>, message: ClientMessage, ack: u64) -> Option<()> {
        let text = wire::write(&Envelope { n, ack, id, message });
        timeout(ANSWER, self.socket.as_mut()?.send(Message::text(text))).await.ok()?.ok()
    }

    /// `None` when the connection is over.
    pub async fn hear(&mut self) -> Option<ServerMessage> {
        loop {
            let heard = timeout(ANSWER * 3, self.socket.as_mut()?.next()).await.ok()??.ok()?;
            let text = match heard {
                Message::Text(text) => text,
                Message::Close(Some(frame)) => {
                    self.ended = CloseWord::ALL.into_iter().find(|word| word.code() == u16::from(frame.code));
                    return None;
                }
                _ => continue,
            };
            let envelope: Envelope<ServerMessage> = wire::read(&text).expect("readable");
            if let Some(n) = envelope.n {
                assert_eq!(n, self.received + 1, "in order");
                self.received = n;
            }
            if let ServerMessage::Bye(Bye { code, retry_after_s, node }) = &envelope.message {
                (self.wait, self.node, self.ended) = (*retry_after_s, node.clone(), Some(*code));
                return None;
            }
            return Some(envelope.message);
        }
    }

    /// True when done, false when refused, `None` when the connection ended first.
    pub async fn does(&mut self, message: ClientMessage) -> Option<bool> {
        self.say(message).await?;
        loop {
            match self.hear().await? {
                ServerMessage::Done(_) => return Some(true),
                ServerMessage::Refused(_) => return Some(false),
                _ => {}
            }
        }
    }

    pub async fn check_in(&mut self) -> Option<bool> {
        self.does(ClientMessage::CheckIn(Empty {})).await
    }

    /// A round trip through the room.
    pub async fn ping(&mut self, nonce: u32) -> Option<Duration> {
        let began = Instant::now();
        self.say(ClientMessage::Ping(signaling::message::Ping { nonce })).await?;
        loop {
            if matches!(self.hear().await?, ServerMessage::Pong(pong) if pong.nonce == nonce) {
                return Some(began.elapsed());
            }
        }
    }

    /// Keeps the connection alive until it ends.
    pub async fn stay(&mut self) {
        let mut beat = tokio::time::interval(Duration::from_secs(4));
        loop {
            tokio::select! {
                heard = self.hear() => if heard.is_none() { return },
                _ = beat.tick() => {
                    let ping = ClientMessage::Ping(signaling::message::Ping { nonce: 1 });
                    if self.say(ping).await.is_none() { return }
                }
            }
        }
    }

    pub fn cut(&mut self) {
        self.socket = None;
    }
}
