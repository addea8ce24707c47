//! A person's browser, as far as the gateway can tell: one TLS connection from an address of its own, cookies, an Origin.

use std::net::Ipv4Addr;

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{self, SendRequest};
use hyper::header::{CONTENT_TYPE, COOKIE, HOST, ORIGIN, RETRY_AFTER, SET_COOKIE};
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::time::Instant;

use super::{Place, Refused};
use crate::Failure;

pub(crate) struct Browser {
    place: Place,
    from: Ipv4Addr,
    requests: SendRequest<Full<Bytes>>,
    cookies: Vec<String>,
}

/// What opens a socket again without the browser: where from, as whom, to which seat.
#[derive(Clone)]
pub(crate) struct Pass {
    pub(super) from: Ipv4Addr,
    pub(super) cookies: String,
    /// Without `/api/v1`.
    pub(super) path: String,
}

impl Pass {
    /// Through a proxy people come from the proxy's address.
    pub(super) fn address(&self, place: &Place) -> Ipv4Addr {
        if place.way.trust.is_some() { self.from } else { Ipv4Addr::LOCALHOST }
    }
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
        // The gateway lets idle connections go.
        if self.requests.ready().await.is_err() {
            self.requests = connect(&self.place, self.from).await?;
        }
        let request = Request::builder()
            .method(method.clone())
            .uri(format!("/api/v1{path}"))
            .header(HOST, self.place.host())
            .header(ORIGIN, &self.place.origin)
            .header(COOKIE, self.cookies())
            .header(CONTENT_TYPE, "application/json")
            .body(Full::from(body.map(Value::to_string).unwrap_or_default()))?;
        let asked = Instant::now();
        let answer = self.requests.send_request(request).await?;
        let (status, after) = (answer.status(), asked.elapsed());
        let says_when = answer.headers().contains_key(RETRY_AFTER);
        for cookie in answer.headers().get_all(SET_COOKIE) {
            self.keep(cookie.to_str()?);
        }
        let bytes = answer.into_body().collect().await?.to_bytes();
        let value: Value = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes)? };
        if status.is_success() {
            return Ok(value);
        }
        let word = value["code"].as_str().unwrap_or_default().to_owned();
        if [StatusCode::SERVICE_UNAVAILABLE, StatusCode::TOO_MANY_REQUESTS].contains(&status) {
            return Err(Refused { word, after, says_when }.into());
        }
        Err(format!("{method} {}: {status} {word}", shape(path)).into())
    }

    fn keep(&mut self, cookie: &str) {
        let Some(pair) = cookie.split(';').next() else { return };
        let name = pair.split('=').next().unwrap_or_default();
        self.cookies.retain(|kept| !kept.starts_with(&format!("{name}=")));
        self.cookies.push(pair.to_owned());
    }

    fn cookies(&self) -> String {
        self.cookies.join("; ")
    }

    pub(crate) fn pass(&self, path: String) -> Pass {
        Pass { from: self.from, cookies: self.cookies(), path }
    }
}

async fn connect(place: &Place, from: Ipv4Addr) -> Result<SendRequest<Full<Bytes>>, Failure> {
    let (requests, connection) = http1::handshake(TokioIo::new(place.way.connect(from).await?)).await?;
    // Ends with the connection; a request on it says what went wrong.
    tokio::spawn(connection);
    Ok(requests)
}

/// The path with what names a thing left out, so that failures of one kind read the same.
fn shape(path: &str) -> String {
    let word =
        |part: &str| if part.len() > 14 && part.bytes().any(|b| b.is_ascii_digit()) { "…".to_owned() } else { part.to_owned() };
    path.split('/').map(word).collect::<Vec<_>>().join("/")
}
