//! The floor: the least that a relay in axum can do. A room is a path; each text is checked to be JSON, wrapped again with who
//! sent it, and handed to everybody else in the room. No seats, no numbers, nothing kept, nothing stored.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::ws::{Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use axum::serve::{Listener, ListenerExt};
use clap::Args;
use futures_util::{SinkExt, StreamExt};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::Failure;

const BUFFER: usize = 8 * 1024;
const QUEUE: usize = 64;

#[derive(Args, Clone, Debug)]
pub(crate) struct Options {
    #[arg(long)]
    listen: SocketAddr,
    /// With a key: TLS.
    #[arg(long, requires = "key")]
    certificate: Option<PathBuf>,
    #[arg(long)]
    key: Option<PathBuf>,
}

type Line = mpsc::Sender<Utf8Bytes>;

/// Who is in each room.
type People = HashMap<String, Vec<(u64, Line)>>;

#[derive(Clone, Default)]
struct Rooms(Arc<Mutex<People>>);

#[derive(Deserialize)]
struct Came<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    #[serde(borrow)]
    data: &'a RawValue,
}

#[derive(Serialize)]
struct Goes<'a> {
    from: u64,
    #[serde(rename = "type")]
    kind: &'a str,
    data: &'a RawValue,
}

pub(crate) async fn run(options: Options) -> Result<(), Failure> {
    let routes = Router::new().route("/rooms/{room}/{person}", get(enter)).with_state(Rooms::default());
    let socket = TcpListener::bind(options.listen).await?.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    match (options.certificate, options.key) {
        (Some(certificate), Some(key)) => {
            let chain = CertificateDer::pem_file_iter(certificate)?.collect::<Result<Vec<_>, _>>()?;
            let provider = Arc::new(rustls::crypto::ring::default_provider());
            let config = rustls::ServerConfig::builder_with_provider(provider)
                .with_safe_default_protocol_versions()?
                .with_no_client_auth()
                .with_single_cert(chain, PrivateKeyDer::from_pem_file(key)?)?;
            axum::serve(Secure::over(socket, TlsAcceptor::from(Arc::new(config))), routes).await?;
        }
        _ => axum::serve(socket, routes).await?,
    }
    Ok(())
}

async fn enter(State(rooms): State<Rooms>, Path((room, person)): Path<(String, u64)>, upgrade: WebSocketUpgrade) -> Response {
    let upgrade = upgrade.read_buffer_size(BUFFER).write_buffer_size(BUFFER).max_message_size(64 * 1024);
    upgrade.on_upgrade(move |socket| stay(rooms, room, person, socket))
}

async fn stay(rooms: Rooms, room: String, me: u64, socket: WebSocket) {
    let (line, mut queue) = mpsc::channel(QUEUE);
    rooms.with(|rooms| rooms.entry(room.clone()).or_default().push((me, line)));
    let (mut sink, mut stream) = socket.split();
    loop {
        tokio::select! {
            came = stream.next() => match came {
                Some(Ok(Message::Text(text))) => rooms.pass_on(&room, me, text.as_str()),
                Some(Ok(Message::Close(_)) | Err(_)) | None => break,
                Some(Ok(_)) => {}
            },
            Some(text) = queue.recv() => if sink.send(Message::Text(text)).await.is_err() { break },
        }
    }
    rooms.with(|rooms| {
        let left = rooms.get_mut(&room).map_or(0, |people| {
            people.retain(|(person, _)| *person != me);
            people.len()
        });
        if left == 0 {
            rooms.remove(&room);
        }
    });
}

impl Rooms {
    fn with<T>(&self, act: impl FnOnce(&mut People) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn pass_on(&self, room: &str, me: u64, text: &str) {
        let Ok(Came { kind, data }) = serde_json::from_str(text) else { return };
        let Ok(text) = serde_json::to_string(&Goes { from: me, kind, data }) else { return };
        let text = Utf8Bytes::from(text);
        self.with(|rooms| {
            for (_, line) in rooms.get(room).into_iter().flatten().filter(|(person, _)| *person != me) {
                let _ = line.try_send(text.clone());
            }
        });
    }
}

/// Handshakes are made beside one another, so that none waits for another.
struct Secure {
    address: io::Result<SocketAddr>,
    ready: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
}

impl Secure {
    fn over(mut socket: impl Listener<Io = TcpStream, Addr = SocketAddr>, tls: TlsAcceptor) -> Self {
        let address = socket.local_addr();
        let (sender, ready) = mpsc::channel(QUEUE);
        tokio::spawn(async move {
            loop {
                let (stream, peer) = socket.accept().await;
                let (tls, sender) = (tls.clone(), sender.clone());
                tokio::spawn(async move {
                    if let Ok(stream) = tls.accept(stream).await {
                        let _ = sender.send((stream, peer)).await;
                    }
                });
            }
        });
        Self { address, ready }
    }
}

impl Listener for Secure {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        self.ready.recv().await.expect("the task that accepts runs as long as the program")
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.address.as_ref().copied().map_err(|error| error.kind().into())
    }
}
