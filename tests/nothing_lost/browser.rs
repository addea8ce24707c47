//! A browser that speaks HTTPS to a gateway process and says honestly when no answer came.

use std::io::{self, ErrorKind};
use std::net::SocketAddr;

use rustls::pki_types::ServerName;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::gateway::{Gateway, request};
use crate::support::PASSWORD;

pub struct Browser {
    address: SocketAddr,
    connector: TlsConnector,
    line: Option<BufReader<TlsStream<TcpStream>>>,
    pub cookie: String,
}

pub struct Reply {
    pub status: u16,
    pub body: Value,
    cookie: Option<String>,
}

impl Reply {
    /// For what is not asked over HTTP.
    pub fn done() -> Self {
        Self { status: 200, body: Value::Null, cookie: None }
    }
}

impl Browser {
    pub fn new(gateway: &Gateway) -> Self {
        Self { address: gateway.address, connector: TlsConnector::from(gateway.trust()), line: None, cookie: String::new() }
    }

    pub async fn sign_in(&mut self, login: &str) {
        let reply = self.post("/api/v1/staff/sign-in", None, &json!({ "login": login, "password": PASSWORD })).await;
        let cookie = reply.expect("an answer").cookie.expect("signed in");
        self.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
    }

    /// The same person in front of another node.
    pub fn at(&self, gateway: &Gateway) -> Self {
        Self { address: gateway.address, connector: self.connector.clone(), line: None, cookie: self.cookie.clone() }
    }

    /// The next request finds a new line, to a gateway in its next life.
    pub fn hang_up(&mut self) {
        self.line = None;
    }

    /// An error means that nobody knows whether it was done.
    pub async fn post(&mut self, path: &str, key: Option<&str>, body: &Value) -> io::Result<Reply> {
        let key = key.map(|key| format!("Idempotency-Key: {key}\r\n")).unwrap_or_default();
        let request = request("POST", path, &self.cookie, &key, &body.to_string());
        // A line that broke is not taken up again by itself.
        let mut line = match self.line.take() {
            Some(line) => line,
            None => BufReader::new(self.connect().await?),
        };
        line.write_all(request.as_bytes()).await?;
        line.flush().await?;
        let reply = read(&mut line).await?;
        self.line = Some(line);
        Ok(reply)
    }

    async fn connect(&self) -> io::Result<TlsStream<TcpStream>> {
        let socket = TcpStream::connect(self.address).await?;
        let name = ServerName::try_from("localhost").expect("a name");
        self.connector.connect(name, socket).await
    }
}

async fn read(line: &mut BufReader<TlsStream<TcpStream>>) -> io::Result<Reply> {
    let first = header(line).await?;
    let status = first.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or(ErrorKind::InvalidData)?;
    let (mut length, mut cookie) = (0, None);
    loop {
        let header = header(line).await?;
        let Some((name, value)) = header.split_once(':') else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse().map_err(|_| ErrorKind::InvalidData)?,
            "set-cookie" => cookie = Some(value.trim().to_owned()),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    line.read_exact(&mut body).await?;
    Ok(Reply { status, body: serde_json::from_slice(&body).unwrap_or_default(), cookie })
}

async fn header(line: &mut BufReader<TlsStream<TcpStream>>) -> io::Result<String> {
    let mut text = String::new();
    match line.read_line(&mut text).await? {
        0 => Err(ErrorKind::UnexpectedEof.into()),
        _ => Ok(text.trim_end().to_owned()),
    }
}
