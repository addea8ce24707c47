//! Those who are slow, silent or too many are let go; those who speak are served, also while the gateway closes.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::WebSocketUpgrade;
use axum::extract::ws::WebSocket;
use axum::routing::{get, post};
use futures_util::{SinkExt, StreamExt};
use housecall::app::router::guarded;
use housecall::base::clock::Clock;
use housecall::config::Config;
use housecall::http::forwarded::Proxies;
use housecall::http::json::Body;
use housecall::http::listener::{Limits, Listener};
use housecall::http::peer::Peer;
use housecall::http::tls::Identity;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;
use tokio_tungstenite::tungstenite::Message;
use tokio_util::sync::CancellationToken;

/// A test hands in short limits and then measures real time.
const SHORT: Duration = Duration::from_millis(300);
/// What a busy machine may add.
const BUSY: Duration = Duration::from_secs(8);

struct House {
    address: SocketAddr,
    closing: CancellationToken,
    done: JoinHandle<()>,
}

impl House {
    async fn open(router: Router, tls: Option<Arc<rustls::ServerConfig>>, limits: Limits) -> Self {
        Self::serve(Listener::new(router, tls, limits)).await
    }

    async fn serve(listener: Listener) -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = socket.local_addr().expect("bound");
        let closing = CancellationToken::new();
        let done = tokio::spawn(listener.run(socket, closing.clone()));
        Self { address, closing, done }
    }

    async fn plain(limits: Limits) -> Self {
        Self::open(routes(), None, limits).await
    }

    /// With one proxy in front, and a page that says who asked.
    async fn behind(proxy: &str) -> Self {
        let who = Router::new().route("/who", get(async |peer: Peer| peer.0.ip().to_string()));
        let proxies = Proxies::new(&[proxy.parse().expect("an address")]);
        Self::serve(Listener::for_proxies(proxies, who, limits())).await
    }

    async fn call(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("connected")
    }
}

fn routes() -> Router {
    let router = Router::new()
        .route("/", get(async || "hello"))
        .route("/body", post(async |Body(_): Body<serde_json::Value>| "read"))
        .route("/large", get(async || vec![0_u8; 16 << 20]))
        .route("/panic", get(async || -> &'static str { panic!("a bug with a name in it") }))
        .route("/socket", get(async |upgrade: WebSocketUpgrade| upgrade.on_upgrade(echo)));
    guarded(router, "https://localhost", SHORT)
}

async fn echo(mut socket: WebSocket) {
    while let Some(Ok(message)) = socket.recv().await {
        if socket.send(message).await.is_err() {
            return;
        }
    }
}

fn limits() -> Limits {
    Limits { handshake: SHORT, headers: SHORT, stalled: SHORT, ..Limits::default() }
}

/// Everything until the other side closes, and how long that took.
async fn until_closed(stream: &mut (impl tokio::io::AsyncRead + Unpin)) -> (String, Duration) {
    let (began, mut bytes) = (Instant::now(), Vec::new());
    // A reset is a close too.
    let _ = tokio::time::timeout(BUSY, stream.read_to_end(&mut bytes)).await.expect("closed in time");
    (String::from_utf8_lossy(&bytes).into_owned(), began.elapsed())
}

const ASK: &[u8] = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
const ASK_AND_CLOSE: &[u8] = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

#[tokio::test]
async fn headers_that_never_end_are_not_waited_for() {
    let house = House::plain(limits()).await;
    let mut slow = house.call().await;
    slow.write_all(b"GET / HTTP/1.1\r\nHost: loc").await.expect("sent");
    let (_, took) = until_closed(&mut slow).await;
    assert!(took >= SHORT.mul_f32(0.9), "{took:?}");
}

#[tokio::test]
async fn a_connection_that_falls_silent_after_a_request_is_closed() {
    let house = House::plain(limits()).await;
    let mut idle = house.call().await;
    idle.write_all(ASK).await.expect("sent");
    let (text, took) = until_closed(&mut idle).await;
    assert!(text.ends_with("hello"), "{text}");
    assert!(took >= SHORT.mul_f32(0.9), "{took:?}");
}

#[tokio::test]
async fn a_body_that_never_ends_is_answered_and_closed() {
    let house = House::plain(limits()).await;
    let mut slow = house.call().await;
    let head = b"POST /body HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{";
    slow.write_all(head).await.expect("sent");
    let (text, _) = until_closed(&mut slow).await;
    assert!(text.starts_with("HTTP/1.1 503") && text.contains("too_slow"), "{text}");
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused() {
    let house = House::plain(limits()).await;
    let mut large = house.call().await;
    let body = format!("\"{}\"", "x".repeat(70_000));
    let head = format!(
        "POST /body HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    large.write_all(head.as_bytes()).await.expect("sent");
    // The answer may come before the body is through.
    let _ = large.write_all(body.as_bytes()).await;
    let (text, _) = until_closed(&mut large).await;
    assert!(text.starts_with("HTTP/1.1 413") && text.contains("too_large"), "{text}");
}

#[tokio::test]
async fn somebody_who_asks_and_does_not_read_is_let_go() {
    let house = House::plain(limits()).await;
    let mut deaf = house.call().await;
    deaf.write_all(b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n").await.expect("sent");
    deaf.readable().await.expect("answered");
    house.closing.cancel();
    // The listener is done when its last connection is: this one is open at our end and full.
    tokio::time::timeout(BUSY, house.done).await.expect("let go in time").expect("no panic");
}

#[tokio::test]
async fn a_panic_is_answered_without_its_message() {
    let house = House::plain(limits()).await;
    let mut caller = house.call().await;
    caller.write_all(b"GET /panic HTTP/1.1\r\nHost: localhost\r\n\r\n").await.expect("sent");
    let (text, _) = until_closed(&mut caller).await;
    assert!(text.starts_with("HTTP/1.1 500") && text.contains("\"internal\"") && !text.contains("bug"), "{text}");
    assert!(text.contains("content-security-policy"), "{text}");
}

#[tokio::test]
async fn a_silent_socket_does_not_hold_a_handshake_open() {
    let (server, _, _folder) = certificate();
    let house = House::open(routes(), Some(server), limits()).await;
    let mut silent = house.call().await;
    let (text, took) = until_closed(&mut silent).await;
    assert_eq!(text, "");
    assert!(took >= SHORT.mul_f32(0.9), "{took:?}");
}

#[tokio::test]
async fn a_browser_that_trusts_the_development_certificate_reads_a_page() {
    let (server, connector, _folder) = certificate();
    let house = House::open(routes(), Some(server), limits()).await;
    let name = "localhost".try_into().expect("a name");
    let mut stream = connector.connect(name, house.call().await).await.expect("trusted");
    stream.write_all(ASK_AND_CLOSE).await.expect("sent");
    let (text, _) = until_closed(&mut stream).await;
    assert!(text.ends_with("hello"), "{text}");
}

#[tokio::test]
async fn a_crowd_that_comes_back_shakes_hands_in_short() {
    let (server, connector, _folder) = certificate();
    let house = House::open(routes(), Some(server), limits()).await;
    let visit = async |connector: &TlsConnector| {
        let name = "localhost".try_into().expect("a name");
        let mut stream = connector.connect(name, house.call().await).await.expect("trusted");
        stream.write_all(ASK_AND_CLOSE).await.expect("sent");
        // Its ticket comes with the answer.
        until_closed(&mut stream).await;
        stream.get_ref().1.handshake_kind()
    };
    assert_eq!(visit(&connector).await, Some(rustls::HandshakeKind::Full));
    // More than a list of sessions in memory would hold.
    let mut stranger = connector.config().as_ref().clone();
    stranger.resumption = rustls::client::Resumption::disabled();
    let stranger = TlsConnector::from(Arc::new(stranger));
    for _ in 0..300 {
        assert_eq!(visit(&stranger).await, Some(rustls::HandshakeKind::Full));
    }
    assert_eq!(visit(&connector).await, Some(rustls::HandshakeKind::Resumed));
}

#[tokio::test]
async fn one_too_many_is_turned_away_and_let_in_when_another_leaves() {
    let house = House::plain(Limits { connections: 2, headers: BUSY, ..limits() }).await;
    let (mut first, mut second) = (house.call().await, house.call().await);
    for caller in [&mut first, &mut second] {
        caller.write_all(ASK).await.expect("sent");
        caller.read_u8().await.expect("answered");
    }
    let (text, _) = until_closed(&mut house.call().await).await;
    assert_eq!(text, "");
    first.write_all(ASK_AND_CLOSE).await.expect("sent");
    until_closed(&mut first).await;
    // The place is free once the other side's end is dropped, which the caller cannot see: so it calls until it is let in.
    let let_in = async {
        loop {
            let mut third = house.call().await;
            let _ = third.write_all(ASK_AND_CLOSE).await;
            if until_closed(&mut third).await.0.ends_with("hello") {
                return;
            }
        }
    };
    tokio::time::timeout(BUSY, let_in).await.expect("let in");
}

#[tokio::test]
async fn closing_lets_an_open_request_end_and_waits_for_a_socket() {
    let (arrived, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (here, wait) = (arrived.clone(), go.clone());
    let slow = async move || {
        here.notify_one();
        wait.notified().await;
        "done"
    };
    let house = House::open(routes().route("/slow", get(slow)), None, limits()).await;
    let url = format!("ws://{}/socket", house.address);
    let (mut socket, _) = tokio_tungstenite::connect_async(url).await.expect("upgraded");
    let mut caller = house.call().await;
    caller.write_all(b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n").await.expect("sent");
    arrived.notified().await;

    house.closing.cancel();
    go.notify_one();
    let (text, _) = until_closed(&mut caller).await;
    assert!(text.ends_with("done"), "{text}");
    socket.send(Message::text("still here?")).await.expect("sent");
    assert_eq!(socket.next().await.expect("an answer").expect("whole"), Message::text("still here?"));
    assert!(!house.done.is_finished());

    let (told, heard) = oneshot::channel();
    tokio::spawn(async move {
        house.done.await.expect("no panic");
        told.send(()).expect("the test waits");
    });
    drop(socket);
    tokio::time::timeout(BUSY, heard).await.expect("closed in time").expect("closed");
}

/// A development certificate, and a client that trusts it and nothing else.
fn certificate() -> (Arc<rustls::ServerConfig>, TlsConnector, tempfile::TempDir) {
    use rustls::pki_types::pem::PemObject;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let config = Config { data: folder.path().to_owned(), ..Config::default() };
    let identity = Identity::load(&config, &Clock::system()).expect("made");
    let mut roots = rustls::RootCertStore::empty();
    let pem = folder.path().join("tls/certificate.pem");
    roots.add(rustls::pki_types::CertificateDer::from_pem_file(pem).expect("there")).expect("a certificate");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let client = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring speaks them")
        .with_root_certificates(roots)
        .with_no_client_auth();
    (identity.server(&["http/1.1"]).expect("fits"), TlsConnector::from(Arc::new(client)), folder)
}

#[tokio::test]
async fn a_proxy_says_who_asks() {
    let house = House::behind("127.0.0.1").await;
    let mut proxy = house.call().await;
    let asked = b"GET /who HTTP/1.1\r\nhost: x\r\nx-forwarded-for: 198.51.100.1, 192.0.2.7\r\nconnection: close\r\n\r\n";
    proxy.write_all(asked).await.expect("asked");
    assert!(until_closed(&mut proxy).await.0.ends_with("192.0.2.7"));

    let mut proxy = house.call().await;
    proxy.write_all(b"GET /who HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.expect("asked");
    let (answer, _) = until_closed(&mut proxy).await;
    assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("not_forwarded"), "{answer}");
}

#[tokio::test]
async fn a_stranger_at_the_door_for_proxies_is_hung_up_on() {
    let house = House::behind("192.0.2.1").await;
    let mut stranger = house.call().await;
    // It may be closed before it is written to.
    let _ = stranger.write_all(b"GET /who HTTP/1.1\r\nhost: x\r\nx-forwarded-for: 192.0.2.7\r\n\r\n").await;
    assert_eq!(until_closed(&mut stranger).await.0, "");
}
