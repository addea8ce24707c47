//! One browser: it keeps its cookies, sends its origin, and reads answers whole.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use housecall::http::peer::Peer;
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;

#[derive(Clone)]
pub struct Person {
    router: axum::Router,
    origin: String,
    address: SocketAddr,
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
}

/// What came back, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
    /// As sent, which is less than the text where it was packed.
    pub bytes: usize,
}

#[expect(clippy::wrong_self_convention, reason = "`somebody().from_origin(…)` reads as it is meant")]
impl Person {
    pub fn new(router: axum::Router, origin: &str) -> Self {
        Self { router, origin: origin.to_owned(), address: SocketAddr::from(([192, 0, 2, 10], 40000)), cookies: Arc::default() }
    }

    /// The same browser on another network.
    pub fn from_address(mut self, address: &str) -> Self {
        self.address = SocketAddr::new(address.parse().expect("an address"), 40000);
        self
    }

    /// The same browser led by a page of another site.
    pub fn from_origin(mut self, origin: &str) -> Self {
        self.origin = origin.to_owned();
        self
    }

    pub async fn read(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path).body(Body::empty()).expect("a request")).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.with_body(Method::POST, path, &body).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.with_body(Method::PUT, path, &body).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.with_body(Method::PATCH, path, &body).await
    }

    /// A request begun with the method, the path, the origin and the cookies; the caller adds the rest.
    pub fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let mut builder = Request::builder().method(method).uri(path).header(header::ORIGIN, &self.origin);
        let cookies = self.cookies.lock().expect("no panic while held");
        if !cookies.is_empty() {
            let pairs: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            builder = builder.header(header::COOKIE, pairs.join("; "));
        }
        builder.extension(Peer(self.address))
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("the router always answers");
        let (parts, body) = response.into_parts();
        for set in parts.headers.get_all(header::SET_COOKIE) {
            self.keep(set.to_str().expect("a cookie is text"));
        }
        let bytes = body.collect().await.expect("the answer arrives whole").to_bytes();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
            bytes: bytes.len(),
        }
    }

    /// The value of a cookie this browser holds.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().expect("no panic while held").get(name).cloned()
    }

    /// Puts a cookie there, as somebody who stole it would.
    pub fn hold_cookie(&self, name: &str, value: &str) {
        self.cookies.lock().expect("no panic while held").insert(name.to_owned(), value.to_owned());
    }

    async fn with_body(&self, method: Method, path: &str, body: &Value) -> Answer {
        let request = self.request(method, path).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_string())).expect("a request")).await
    }

    fn keep(&self, set: &str) {
        let (pair, attributes) = set.split_once(';').unwrap_or((set, ""));
        let (name, value) = pair.split_once('=').expect("a cookie has a name");
        let mut cookies = self.cookies.lock().expect("no panic while held");
        if attributes.to_ascii_lowercase().contains("max-age=0") {
            cookies.remove(name);
        } else {
            cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// The stable word of a problem.
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    /// This answer, after checking that it is a success.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, self.text);
        if self.text.is_empty() { Value::Null } else { self.json() }
    }

    /// Checks that it was refused with this status and word.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Value {
        assert_eq!((self.status.as_u16(), self.code().as_str()), (status, code), "{}", self.text);
        self.json()
    }
}
