//! A person's browser, as far as the gateway can tell: one TLS connection from an address of its own, cookies, an Origin.

use std::net::{Ipv4Addr, SocketAddr};

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{self, SendRequest};
use hyper::header::{CONTENT_TYPE, COOKIE, HOST, ORIGIN, SET_COOKIE};
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::Failure;
use crate::gateway::Place;

pub(crate) struct Browser {
    place: Place,
    from: Ipv4Addr,
    requests: SendRequest<Full<Bytes>>,
    cookies: Vec<String>,
}

impl Browser {
    /// Connects from the `number`th address of 127.0.0.0/8: people have addresses of their own, and throttles go by address.
    pub(crate) async fn open(place: &Place, number: u32) -> Result<Self, Failure> {
        let from = Ipv4Addr::from(u32::from(Ipv4Addr::new(127, 1, 0, 1)) + number % 0x00fe_0000);
        let requests = connect(place, from).await?;
        Ok(Self { place: place.clone(), from, requests, cookies: Vec::new() })
    }

    pub(crate) async fn get(&mut self, path: &str) -> Result<Value, Failure> {
        self.ask(Method::GET, path, None).await
    }

    pub(crate) async fn post(&mut self, path: &str, body: &Value) -> Result<Value, Failure> {
        self.ask(Method::POST, path, Some(body)).await
    }

    pub(crate) async fn patch(&mut self, path: &str, body: &Value) -> Result<Value, Failure> {
        self.ask(Method::PATCH, path, Some(body)).await
    }

    /// Path without `/api/v1`. An answer that is not a success is an error with its stable word.
    async fn ask(&mut self, method: Method, path: &str, body: Option<&Value>) -> Result<Value, Failure> {
        if self.requests.is_closed() {
            self.requests = connect(&self.place, self.from).await?;
        }
        let request = Request::builder()
            .method(method.clone())
            .uri(format!("/api/v1{path}"))
            .header(HOST, self.place.origin.trim_start_matches("https://"))
            .header(ORIGIN, &self.place.origin)
            .header(COOKIE, self.cookies())
            .header(CONTENT_TYPE, "application/json")
            .body(Full::from(body.map(Value::to_string).unwrap_or_default()))?;
        let answer = self.requests.send_request(request).await?;
        let status = answer.status();
        for cookie in answer.headers().get_all(SET_COOKIE) {
            self.keep(cookie.to_str()?);
        }
        let bytes = answer.into_body().collect().await?.to_bytes();
        let value: Value = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes)? };
        if status.is_success() {
            return Ok(value);
        }
        Err(format!("{method} {}: {status} {}", shape(path), value["code"].as_str().unwrap_or_default()).into())
    }

    fn keep(&mut self, cookie: &str) {
        let Some(pair) = cookie.split(';').next() else { return };
        let name = pair.split('=').next().unwrap_or_default();
        self.cookies.retain(|kept| !kept.starts_with(&format!("{name}=")));
        self.cookies.push(pair.to_owned());
    }

    pub(crate) fn cookies(&self) -> String {
        self.cookies.join("; ")
    }

    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    /// A second connection from the same address, for a socket.
    pub(crate) async fn stream(&self) -> Result<TlsStream<TcpStream>, Failure> {
        secure(&self.place, self.from).await
    }
}

async fn connect(place: &Place, from: Ipv4Addr) -> Result<SendRequest<Full<Bytes>>, Failure> {
    let (requests, connection) = http1::handshake(TokioIo::new(secure(place, from).await?)).await?;
    // Ends with the connection; a request on it says what went wrong.
    tokio::spawn(connection);
    Ok(requests)
}

async fn secure(place: &Place, from: Ipv4Addr) -> Result<TlsStream<TcpStream>, Failure> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddr::from((from, 0)))?;
    let tcp = socket.connect(place.address).await?;
    tcp.set_nodelay(true)?;
    Ok(TlsConnector::from(place.trust.clone()).connect(ServerName::try_from("localhost")?, tcp).await?)
}

/// The path with what names a thing left out, so that failures of one kind read the same.
fn shape(path: &str) -> String {
    let word =
        |part: &str| if part.len() > 14 && part.bytes().any(|b| b.is_ascii_digit()) { "…".to_owned() } else { part.to_owned() };
    path.split('/').map(word).collect::<Vec<_>>().join("/")
}

/// The status of a plain HTTP answer; `None` while nobody answers.
pub(crate) async fn plain_status(address: SocketAddr, path: &str) -> Option<u16> {
    let mut stream = TcpStream::connect(address).await.ok()?;
    stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").as_bytes()).await.ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.ok()?;
    answer.split(' ').nth(1)?.parse().ok()
}
