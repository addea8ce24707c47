//! A small TURN client over UDP, TCP and TLS, with every message made by hand, so that wrong ones can be sent too.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::ServerName;
use stun::agent::TransactionId;
use stun::attributes::*;
use stun::error_code::ErrorCodeAttribute;
use stun::integrity::MessageIntegrity;
use stun::message::*;
use stun::textattrs::TextAttribute;
use stun::xoraddr::XorMappedAddress;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::timeout;
use turn::proto::lifetime::Lifetime;
use turn_config::credentials::Credential;

pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

enum Link {
    Udp(UdpSocket),
    Stream(Box<dyn Stream>),
}

pub(crate) struct TurnClient {
    link: Link,
    credential: Credential,
    realm: String,
    nonce: String,
    /// Data that came while an answer was awaited.
    early: Vec<(From, Vec<u8>)>,
}

/// Where relayed data came from: a peer's address, or a channel's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum From {
    Peer(SocketAddr),
    Channel(u16),
}

/// An error answer's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Refused(pub(crate) u16);

impl TurnClient {
    pub(crate) async fn udp(server: SocketAddr, credential: Credential) -> Self {
        let socket = UdpSocket::bind((server.ip(), 0)).await.expect("a local port");
        socket.connect(server).await.expect("a server address");
        Self::over(Link::Udp(socket), credential)
    }

    pub(crate) async fn tcp(server: SocketAddr, credential: Credential) -> Self {
        Self::over(Link::Stream(Box::new(TcpStream::connect(server).await.expect("a listener"))), credential)
    }

    pub(crate) async fn tls(server: SocketAddr, config: Arc<rustls::ClientConfig>, credential: Credential) -> Self {
        let tcp = TcpStream::connect(server).await.expect("a listener");
        let name = ServerName::try_from("localhost").expect("a name");
        let tls = tokio_rustls::TlsConnector::from(config).connect(name, tcp).await.expect("a handshake");
        Self::over(Link::Stream(Box::new(tls)), credential)
    }

    fn over(link: Link, credential: Credential) -> Self {
        Self { link, credential, realm: String::new(), nonce: String::new(), early: Vec::new() }
    }

    pub(crate) fn use_credential(&mut self, credential: Credential) {
        self.credential = credential;
    }

    pub(crate) fn spoil_nonce(&mut self) {
        self.nonce = "1-00".to_owned();
    }

    /// The relayed address.
    pub(crate) async fn allocate(&mut self) -> Result<SocketAddr, Refused> {
        self.allocate_with(Vec::new()).await
    }

    pub(crate) async fn allocate_with(&mut self, more: Vec<(AttrType, Vec<u8>)>) -> Result<SocketAddr, Refused> {
        let mut attributes = vec![(ATTR_REQUESTED_TRANSPORT, vec![17, 0, 0, 0])];
        attributes.extend(more);
        let answer = self.request(METHOD_ALLOCATE, &attributes).await?;
        let mut relayed = XorMappedAddress::default();
        relayed.get_from_as(&answer, ATTR_XOR_RELAYED_ADDRESS).expect("a relayed address");
        Ok(SocketAddr::new(relayed.ip, relayed.port))
    }

    pub(crate) async fn refresh(&mut self, seconds: u32) -> Result<Duration, Refused> {
        let answer = self.request(METHOD_REFRESH, &[(ATTR_LIFETIME, seconds.to_be_bytes().to_vec())]).await?;
        let mut life = Lifetime::default();
        life.get_from(&answer).expect("a lifetime");
        Ok(life.0)
    }

    pub(crate) async fn permit(&mut self, peer: SocketAddr) -> Result<(), Refused> {
        let transaction = TransactionId::new();
        let attributes = [(ATTR_XOR_PEER_ADDRESS, peer_value(peer, transaction))];
        self.request_as(transaction, METHOD_CREATE_PERMISSION, &attributes).await.map(drop)
    }

    pub(crate) async fn permit_without_answer(&mut self, peer: SocketAddr) {
        let transaction = TransactionId::new();
        let request =
            self.signed(transaction, METHOD_CREATE_PERMISSION, &[(ATTR_XOR_PEER_ADDRESS, peer_value(peer, transaction))]);
        self.write(&request).await;
    }

    pub(crate) async fn bind_channel(&mut self, number: u16, peer: SocketAddr) -> Result<(), Refused> {
        let transaction = TransactionId::new();
        let [high, low] = number.to_be_bytes();
        let attributes = [(ATTR_CHANNEL_NUMBER, vec![high, low, 0, 0]), (ATTR_XOR_PEER_ADDRESS, peer_value(peer, transaction))];
        self.request_as(transaction, METHOD_CHANNEL_BIND, &attributes).await.map(drop)
    }

    pub(crate) async fn send(&mut self, peer: SocketAddr, data: &[u8]) {
        let transaction = TransactionId::new();
        let mut message = start(transaction, MessageType::new(METHOD_SEND, CLASS_INDICATION));
        message.add(ATTR_XOR_PEER_ADDRESS, &peer_value(peer, transaction));
        message.add(ATTR_DATA, data);
        self.write(&message.raw).await;
    }

    pub(crate) async fn send_on(&mut self, channel: u16, data: &[u8]) {
        let mut bytes = channel.to_be_bytes().to_vec();
        bytes.extend_from_slice(&u16::try_from(data.len()).expect("small").to_be_bytes());
        bytes.extend_from_slice(data);
        bytes.resize(4 + data.len().next_multiple_of(4), 0);
        self.write(&bytes).await;
    }

    pub(crate) async fn receive(&mut self) -> (From, Vec<u8>) {
        if !self.early.is_empty() {
            return self.early.remove(0);
        }
        let bytes = self.read().await.expect("the relay is there");
        as_data(&bytes).expect("relayed data")
    }

    /// Waits until the relay closes the connection.
    pub(crate) async fn closed(&mut self) {
        while self.read().await.is_some() {}
    }

    pub(crate) async fn request(&mut self, method: Method, attributes: &[(AttrType, Vec<u8>)]) -> Result<Message, Refused> {
        self.request_as(TransactionId::new(), method, attributes).await
    }

    /// Authenticates when asked to; a new nonce is taken up once.
    async fn request_as(
        &mut self,
        mut id: TransactionId,
        method: Method,
        attributes: &[(AttrType, Vec<u8>)],
    ) -> Result<Message, Refused> {
        if self.nonce.is_empty() {
            let bare = self.exchange(&self.bare(TransactionId::new(), method, attributes)).await;
            assert_eq!(code(&bare), Some(Refused(401)), "a request without a credential is asked for one");
            self.take_challenge(&bare);
            // A peer's address is masked with the transaction's number, so that one stays.
            if !attributes.iter().any(|(kind, _)| *kind == ATTR_XOR_PEER_ADDRESS) {
                id = TransactionId::new();
            }
        }
        let answer = self.exchange(&self.signed(id, method, attributes)).await;
        match code(&answer) {
            Some(refused) => {
                self.take_challenge(&answer);
                Err(refused)
            }
            None => Ok(answer),
        }
    }

    /// The bytes of a signed request, for sending it more than once.
    pub(crate) fn signed(&self, id: TransactionId, method: Method, attributes: &[(AttrType, Vec<u8>)]) -> Vec<u8> {
        let mut message = Message { raw: self.bare(id, method, attributes), ..Default::default() };
        message.decode().expect("made here");
        let Credential { username, password } = self.credential.clone();
        for (kind, text) in [(ATTR_USERNAME, &username), (ATTR_REALM, &self.realm), (ATTR_NONCE, &self.nonce)] {
            TextAttribute::new(kind, text.clone()).add_to(&mut message).expect("short");
        }
        MessageIntegrity::new_long_term_integrity(username, self.realm.clone(), password).add_to(&mut message).expect("short");
        message.raw
    }

    fn bare(&self, id: TransactionId, method: Method, attributes: &[(AttrType, Vec<u8>)]) -> Vec<u8> {
        let mut message = start(id, MessageType::new(method, CLASS_REQUEST));
        for (kind, value) in attributes {
            message.add(*kind, value);
        }
        message.raw
    }

    fn take_challenge(&mut self, answer: &Message) {
        if let (Ok(nonce), Ok(realm)) = (answer.get(ATTR_NONCE), answer.get(ATTR_REALM)) {
            self.nonce = String::from_utf8(nonce).expect("text");
            self.realm = String::from_utf8(realm).expect("text");
        }
    }

    /// Sends, and waits for the answer with the same number.
    pub(crate) async fn exchange(&mut self, request: &[u8]) -> Message {
        self.write(request).await;
        loop {
            let bytes = self.read().await.expect("the relay answers");
            if let Some(data) = as_data(&bytes) {
                self.early.push(data);
                continue;
            }
            let mut answer = Message { raw: bytes, ..Default::default() };
            answer.decode().expect("a STUN message");
            if answer.transaction_id.0 == request[8..20] {
                return answer;
            }
        }
    }

    pub(crate) async fn write(&mut self, bytes: &[u8]) {
        match &mut self.link {
            Link::Udp(socket) => drop(socket.send(bytes).await),
            Link::Stream(stream) => drop(stream.write_all(bytes).await),
        }
    }

    /// One message; `None` at the end of a connection.
    async fn read(&mut self) -> Option<Vec<u8>> {
        timeout(PATIENCE, async {
            match &mut self.link {
                Link::Udp(socket) => {
                    let mut bytes = vec![0; 2048];
                    let length = socket.recv(&mut bytes).await.ok()?;
                    bytes.truncate(length);
                    Some(bytes)
                }
                Link::Stream(stream) => {
                    let mut bytes = vec![0; 4];
                    stream.read_exact(&mut bytes).await.ok()?;
                    let stated = usize::from(u16::from_be_bytes([bytes[2], bytes[3]]));
                    let rest = if bytes[0] < 0x40 { 16 + stated } else { stated.next_multiple_of(4) };
                    bytes.resize(4 + rest, 0);
                    stream.read_exact(&mut bytes[4..]).await.ok()?;
                    Some(bytes)
                }
            }
        })
        .await
        .expect("the relay answers in time")
    }
}

fn start(id: TransactionId, kind: MessageType) -> Message {
    let mut message = Message { transaction_id: id, typ: kind, ..Default::default() };
    message.write_header();
    message
}

/// The value of XOR-PEER-ADDRESS.
pub(crate) fn peer_value(peer: SocketAddr, id: TransactionId) -> Vec<u8> {
    let mut message = Message { transaction_id: id, ..Default::default() };
    let address = XorMappedAddress { ip: peer.ip(), port: peer.port() };
    address.add_to_as(&mut message, ATTR_XOR_PEER_ADDRESS).expect("an address");
    message.get(ATTR_XOR_PEER_ADDRESS).expect("just added")
}

pub(crate) fn code(answer: &Message) -> Option<Refused> {
    let mut error = ErrorCodeAttribute::default();
    error.get_from(answer).ok()?;
    Some(Refused(error.code.0))
}

fn as_data(bytes: &[u8]) -> Option<(From, Vec<u8>)> {
    if bytes.first().is_some_and(|first| (0x40..0x80).contains(first)) {
        let length = usize::from(u16::from_be_bytes([bytes[2], bytes[3]]));
        return Some((From::Channel(u16::from_be_bytes([bytes[0], bytes[1]])), bytes[4..4 + length].to_vec()));
    }
    let mut message = Message { raw: bytes.to_vec(), ..Default::default() };
    message.decode().ok()?;
    if message.typ != MessageType::new(METHOD_DATA, CLASS_INDICATION) {
        return None;
    }
    let mut peer = XorMappedAddress::default();
    peer.get_from_as(&message, ATTR_XOR_PEER_ADDRESS).ok()?;
    Some((From::Peer(SocketAddr::new(peer.ip, peer.port)), message.get(ATTR_DATA).ok()?))
}
