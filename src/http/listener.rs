//! Our own accept loop on hyper: every wait for the other side has an end, and connections are counted in all and by neighbourhood.
//! axum's `serve` leaves slow and silent connections open for ever.

mod admission;
mod stream;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

use self::admission::{Admission, Ticket};
use self::stream::Counted;
use super::forwarded::{self, Proxies};
use super::peer::Peer;

/// How long we wait for others, and how many of them.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// For the TLS handshake.
    pub handshake: Duration,
    /// For a request's headers, counted from when the connection falls idle: the keep-alive limit too.
    pub headers: Duration,
    /// For somebody to read on while we have something to send.
    pub stalled: Duration,
    /// Connections at once.
    pub connections: usize,
    /// Connections at once of one IPv4 address or IPv6 /64: behind one may be a hospital. Loopback is not counted: it is a proxy
    /// in front, or the operator.
    pub per_neighbourhood: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            handshake: Duration::from_secs(5),
            headers: Duration::from_secs(8),
            stalled: Duration::from_secs(20),
            connections: 20_000,
            per_neighbourhood: 4_096,
        }
    }
}

/// A request line with all headers fits in this.
const HEADER_BYTES: usize = 16 * 1024;

/// Connections that the kernel holds for us until we accept them. When a crowd comes back within a second the usual 128 are not
/// enough; whoever finds no place tries again a second later, or takes itself for connected and is forgotten.
const BEFORE_THE_DOOR: u32 = 4_096;

/// Binds here, also where an earlier gateway's last connections are not quite gone.
pub fn open(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BEFORE_THE_DOOR)
}

/// One listening socket and what it serves.
#[derive(Clone)]
pub struct Listener {
    service: Router,
    /// Absent on the loopback listener of `/metrics` and on the one for proxies.
    tls: Option<TlsAcceptor>,
    /// Where set, nobody else is spoken to.
    proxies: Option<Proxies>,
    limits: Limits,
    admission: Admission,
    /// Counts connections, upgraded ones too, so that draining knows when all are gone.
    open: TaskTracker,
}

impl Listener {
    pub fn new(service: Router, tls: Option<Arc<rustls::ServerConfig>>, limits: Limits) -> Self {
        let admission = Admission::new(limits.connections, limits.per_neighbourhood);
        Self { service, tls: tls.map(TlsAcceptor::from), proxies: None, limits, admission, open: TaskTracker::new() }
    }

    /// A plain listener for proxies that end TLS. Each of them speaks for many people, so it has no share of its own.
    pub fn for_proxies(proxies: Proxies, service: Router, limits: Limits) -> Self {
        let service = forwarded::behind(proxies.clone(), service);
        let limits = Limits { per_neighbourhood: limits.connections, ..limits };
        Self { proxies: Some(proxies), ..Self::new(service, None, limits) }
    }

    /// Serves until `closing`; then takes no more, lets open requests end, and returns when the last connection is gone.
    pub async fn run(self, socket: TcpListener, closing: CancellationToken) {
        loop {
            tokio::select! {
                () = closing.cancelled() => break,
                accepted = socket.accept() => match accepted {
                    Ok((stream, address)) => self.take(stream, Peer(address), &closing),
                    Err(error) => pause_after(&error).await,
                },
            }
        }
        drop(socket);
        self.open.close();
        self.open.wait().await;
    }

    fn take(&self, stream: TcpStream, peer: Peer, closing: &CancellationToken) {
        let is_known = self.proxies.as_ref().is_none_or(|proxies| proxies.includes(peer.0.ip()));
        let Some(ticket) = is_known.then(|| self.admission.admit(peer)).flatten() else {
            metrics::counter!("connections_refused_total").increment(1);
            return;
        };
        let (listener, closing) = (self.clone(), closing.clone());
        self.open.spawn(async move { listener.serve(stream, peer, ticket, closing).await });
    }

    async fn serve(self, stream: TcpStream, peer: Peer, ticket: Ticket, closing: CancellationToken) {
        // Signaling is small messages that must not wait for one another.
        let _ = stream.set_nodelay(true);
        let Some(tls) = &self.tls else {
            return self.speak(stream, peer, ticket, closing).await;
        };
        match timeout(self.limits.handshake, tls.accept(stream)).await {
            Ok(Ok(stream)) => self.speak(stream, peer, ticket, closing).await,
            Ok(Err(_)) => metrics::counter!("handshakes_failed_total", "cause" => "refused").increment(1),
            Err(_) => metrics::counter!("handshakes_failed_total", "cause" => "slow").increment(1),
        }
    }

    async fn speak<S>(&self, stream: S, peer: Peer, ticket: Ticket, closing: CancellationToken)
    where
        S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
    {
        let service = self.service.clone().map_request(move |mut request: hyper::Request<hyper::body::Incoming>| {
            request.extensions_mut().insert(peer);
            request.map(axum::body::Body::new)
        });
        // The stream carries the ticket, so that a WebSocket is counted for as long as it lives.
        let stream = TokioIo::new(Counted::new(stream, self.limits.stalled, ticket, self.open.token()));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.limits.headers)
            .max_buf_size(HEADER_BYTES)
            .serve_connection(stream, TowerToHyperService::new(service))
            .with_upgrades();
        tokio::pin!(connection);
        let ended = tokio::select! {
            ended = connection.as_mut() => ended,
            () = closing.cancelled() => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
        if let Err(error) = ended {
            // The other side went away or was slow: common on phones, so only counted and told at debug.
            tracing::debug!(timeout = error.is_timeout(), parse = error.is_parse(), "a connection ended early");
        }
    }
}

/// Errors of one connection pass at once; a lack of descriptors needs a moment, or the loop would spin.
#[expect(clippy::disallowed_methods, reason = "there is no event for descriptors becoming free")]
async fn pause_after(error: &io::Error) {
    let of_one = [io::ErrorKind::ConnectionAborted, io::ErrorKind::ConnectionReset, io::ErrorKind::ConnectionRefused];
    if !of_one.contains(&error.kind()) {
        tracing::warn!(cause = %error, "cannot accept connections");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
