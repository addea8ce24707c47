//! A service for texts of the test's own: it answers HTTP, checks every signature as docs/PROTOCOL.md says, and keeps what it took.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use ring::hmac;
use serde_json::Value;
use tokio::sync::Notify;

pub const SECRET: &str = "a secret of the receiver's";

/// What it says next; when all of it was said, it takes everything.
#[derive(Clone, Copy)]
pub enum Mood {
    Says(u16),
    AsksToWait(&'static str),
    /// Reads and never answers.
    Hangs,
}

#[derive(Clone, Default)]
pub struct Receiver {
    moods: Arc<Mutex<Vec<Mood>>>,
    /// Every request whose signature was right: its Idempotency-Key and what it said.
    requests: Arc<Mutex<Vec<(String, Value)>>>,
    taken: Arc<Mutex<Vec<String>>>,
    came: Arc<Notify>,
    pub forged: Arc<Mutex<usize>>,
}

impl Receiver {
    pub async fn open(moods: impl IntoIterator<Item = Mood>) -> (Self, SocketAddr) {
        let receiver = Self { moods: Arc::new(Mutex::new(moods.into_iter().collect())), ..Self::default() };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("bound");
        let routes = Router::new().route("/texts", post(take)).with_state(receiver.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        (receiver, address)
    }

    pub fn requests(&self) -> Vec<(String, Value)> {
        self.requests.lock().expect("no panic while held").clone()
    }

    /// What reached people, each once: a service knows by the key what it has taken before.
    pub fn taken(&self) -> Vec<String> {
        self.taken.lock().expect("no panic while held").clone()
    }

    /// Waits until it has heard so many requests.
    pub async fn heard(&self, count: usize) {
        loop {
            let another = self.came.notified();
            if self.requests().len() >= count {
                return;
            }
            another.await;
        }
    }
}

async fn take(State(receiver): State<Receiver>, headers: HeaderMap, body: Bytes) -> Response {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let signed = [header("housecall-timestamp").as_bytes(), b".", &body].concat();
    let signature = header("housecall-signature");
    let given = signature.strip_prefix("v1=").and_then(|hex| data_encoding::HEXLOWER.decode(hex.as_bytes()).ok());
    let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
    if given.is_none_or(|given| hmac::verify(&key, &signed, &given).is_err()) {
        *receiver.forged.lock().expect("no panic while held") += 1;
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let id = header("idempotency-key");
    let said = serde_json::from_slice(&body).expect("JSON");
    receiver.requests.lock().expect("no panic while held").push((id.clone(), said));
    receiver.came.notify_waiters();
    let mood = {
        let mut moods = receiver.moods.lock().expect("no panic while held");
        (!moods.is_empty()).then(|| moods.remove(0))
    };
    match mood {
        Some(Mood::Says(status)) => StatusCode::from_u16(status).expect("a status").into_response(),
        Some(Mood::AsksToWait(how_long)) => (StatusCode::TOO_MANY_REQUESTS, [("retry-after", how_long)]).into_response(),
        Some(Mood::Hangs) => std::future::pending().await,
        None => {
            let mut taken = receiver.taken.lock().expect("no panic while held");
            if !taken.contains(&id) {
                taken.push(id);
            }
            StatusCode::ACCEPTED.into_response()
        }
    }
}
