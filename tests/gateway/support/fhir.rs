//! A small FHIR R4 server over TLS: it serves the resources of bundles one by one, by search and in pages, and behaves as badly as it is told to.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use housecall::base::clock::Clock;
use housecall::base::dice::Dice;
use housecall::config::{Config, FhirConfig};
use housecall::http::listener::{Limits as ListenerLimits, Listener};
use housecall::http::tls::Identity;
use housecall::records::source::server::{Limits, Server};
use reqwest::Url;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// Resources on one page, however many are asked for.
const PAGE: usize = 7;

pub struct FhirServer {
    pub base: String,
    shared: Arc<Shared>,
    folder: tempfile::TempDir,
    closing: CancellationToken,
}

struct Shared {
    base: String,
    resources: BTreeMap<String, Vec<Value>>,
    mood: Mutex<Mood>,
    asked: Mutex<Vec<Asked>>,
}

/// One request as it came, and the status of its answer.
#[derive(Clone, Debug)]
pub struct Asked {
    pub path: String,
    pub authorization: Option<String>,
    pub was_conditional: bool,
    pub body: String,
    pub status: u16,
}

/// What the next answers are like.
#[derive(Clone, Default)]
pub enum Mood {
    #[default]
    Well,
    /// The next so many answers are this status, with this `Retry-After`.
    Busy(u16, &'static str, usize),
    Silent,
    /// A body without an end.
    Huge,
    Redirecting,
    /// A page for people.
    Html,
    CutOff,
    NextElsewhere,
    NextForEver,
    Without(&'static str),
    IgnoringThePatient,
    /// Lets in only with this token, and gives it at `/token`.
    Asking(&'static str),
}

impl FhirServer {
    /// With all resources of the folder's bundles.
    pub async fn of(folder: &str) -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base = format!("https://localhost:{}/fhir/r4", socket.local_addr().expect("bound").port());
        let folder = (resources(Path::new(folder), &base), tempfile::tempdir().expect("a folder"));
        let (resources, folder) = folder;
        let identity = Identity::load(&Config { data: folder.path().to_owned(), ..Config::default() }, &Clock::system());
        let tls = identity.expect("made").server(&["http/1.1"]).expect("fits");
        let shared = Arc::new(Shared { base: base.clone(), resources, mood: Mutex::default(), asked: Mutex::default() });
        let routes = Router::new().route("/token", post(token)).fallback(get(serve)).with_state(shared.clone());
        let closing = CancellationToken::new();
        tokio::spawn(Listener::new(routes, Some(tls), ListenerLimits::default()).run(socket, closing.clone()));
        Self { base, shared, folder, closing }
    }

    pub fn is(&self, mood: Mood) {
        *self.shared.mood() = mood;
    }

    /// What was asked since the last look.
    pub fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut *self.shared.asked())
    }

    pub fn url(&self) -> Url {
        Url::parse(&self.base).expect("an address")
    }

    pub fn token_url(&self) -> String {
        self.base.replace("/fhir/r4", "/token")
    }

    /// How the gateway trusts this server.
    pub fn settings(&self) -> FhirConfig {
        FhirConfig { authority: Some(self.authority()), ..FhirConfig::default() }
    }

    pub fn authority(&self) -> PathBuf {
        self.folder.path().join("tls/certificate.pem")
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The gateway's side of it.
    pub fn source(&self, config: &FhirConfig, limits: Limits, clock: &Clock) -> Server {
        Server::open(self.url(), config, limits, clock.clone(), Dice::system()).expect("settings that fit")
    }
}

impl Drop for FhirServer {
    fn drop(&mut self) {
        self.closing.cancel();
    }
}

impl Shared {
    fn mood(&self) -> MutexGuard<'_, Mood> {
        self.mood.lock().expect("no panic while held")
    }

    fn asked(&self) -> MutexGuard<'_, Vec<Asked>> {
        self.asked.lock().expect("no panic while held")
    }
}

/// By type, as a server keeps them: with ids, and references that lead to them. Every second resource names the server too.
fn resources(folder: &Path, base: &str) -> BTreeMap<String, Vec<Value>> {
    let mut by_type: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for file in housecall::records::source::folder::list(folder).expect("a folder") {
        let bundle: Value = serde_json::from_slice(&std::fs::read(file).expect("read")).expect("JSON");
        let entries = bundle["entry"].as_array().expect("entries");
        let known: BTreeMap<&str, String> =
            entries.iter().filter_map(|entry| Some((entry["fullUrl"].as_str()?, place(entry)))).collect();
        for (index, entry) in entries.iter().enumerate() {
            let mut resource = entry["resource"].clone();
            let place = place(entry);
            let (kind, id) = place.split_once('/').expect("a type and an id");
            resource["id"] = json!(id);
            lead(&mut resource, &known, if index % 2 == 0 { base } else { "" });
            by_type.entry(kind.to_owned()).or_default().push(resource);
        }
    }
    by_type
}

/// `Patient/7`.
fn place(entry: &Value) -> String {
    let resource = &entry["resource"];
    let uuid = || entry["fullUrl"].as_str()?.strip_prefix("urn:uuid:");
    let id = resource["id"].as_str().or_else(uuid).expect("an id");
    format!("{}/{id}", resource["resourceType"].as_str().expect("a type"))
}

fn lead(value: &mut Value, known: &BTreeMap<&str, String>, base: &str) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|one| lead(one, known, base)),
        Value::Object(fields) => {
            for (name, value) in fields {
                match value.as_str().filter(|text| name == "reference" && !text.starts_with('#')) {
                    Some(text) => {
                        let to = known.get(text).map_or(text, String::as_str);
                        *value = json!(if base.is_empty() { to.to_owned() } else { format!("{base}/{to}") });
                    }
                    None => lead(value, known, base),
                }
            }
        }
        _ => {}
    }
}

async fn serve(State(shared): State<Arc<Shared>>, uri: Uri, headers: HeaderMap) -> Response {
    let answer = answer(&shared, &uri, &headers).await;
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    shared.asked().push(Asked {
        path: uri.to_string(),
        authorization: text(header::AUTHORIZATION),
        was_conditional: headers.contains_key(header::IF_NONE_MATCH),
        body: String::new(),
        status: answer.status().as_u16(),
    });
    answer
}

async fn answer(shared: &Shared, uri: &Uri, headers: &HeaderMap) -> Response {
    let mood = shared.mood().clone();
    let fhir = [(header::CONTENT_TYPE, "application/fhir+json;charset=utf-8")];
    match mood {
        Mood::Busy(status, after, left) if left > 0 => {
            *shared.mood() = Mood::Busy(status, after, left - 1);
            return (StatusCode::from_u16(status).expect("a status"), [(header::RETRY_AFTER, after)]).into_response();
        }
        Mood::Silent => std::future::pending().await,
        Mood::Huge => return (fhir, endless()).into_response(),
        Mood::Redirecting => return (StatusCode::FOUND, [(header::LOCATION, "https://elsewhere.example/")]).into_response(),
        Mood::Html => return ([(header::CONTENT_TYPE, "text/html")], "<h1>CANARY Sign in</h1>").into_response(),
        Mood::CutOff => return (fhir, r#"{"resourceType":"Bundle","type":"sear"#).into_response(),
        Mood::Asking(token) => {
            let wanted = format!("Bearer {token}");
            if headers.get(header::AUTHORIZATION).is_none_or(|given| given.as_bytes() != wanted.as_bytes()) {
                return StatusCode::UNAUTHORIZED.into_response();
            }
        }
        _ => {}
    }
    let Some(body) = found(shared, uri) else { return StatusCode::NOT_FOUND.into_response() };
    let body = body.to_string();
    let etag = format!("W/\"{:x}\"", crc(&body));
    if headers.get(header::IF_NONE_MATCH).is_some_and(|held| held.as_bytes() == etag.as_bytes()) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    ([(header::CONTENT_TYPE, "application/fhir+json;charset=utf-8".to_owned()), (header::ETAG, etag)], body).into_response()
}

/// A body that never ends; the reader has to stop by itself.
fn endless() -> axum::body::Body {
    let pieces = futures_util::stream::repeat_with(|| Ok::<_, std::io::Error>(Bytes::from_static(&[b' '; 64 * 1024])));
    axum::body::Body::from_stream(pieces)
}

/// Not for secrets: a page that differs has another tag.
fn crc(text: &str) -> u64 {
    text.bytes().fold(14_695_981_039_346_656_037, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(1_099_511_628_211))
}

fn found(shared: &Shared, uri: &Uri) -> Option<Value> {
    let path = uri.path().strip_prefix("/fhir/r4/")?;
    if let Some((kind, id)) = path.split_once('/') {
        return shared.resources.get(kind)?.iter().find(|resource| resource["id"] == id).cloned();
    }
    let asked: BTreeMap<String, String> = Url::parse(&format!("x:?{}", uri.query()?)).ok()?.query_pairs().into_owned().collect();
    let mood = shared.mood().clone();
    if matches!(mood, Mood::Without(kind) if kind == path) {
        return None;
    }
    let patient = asked.get("patient")?;
    let is_asked_for = |resource: &&Value| {
        let of =
            |field: &str| resource[field]["reference"].as_str().is_some_and(|of| of.ends_with(&format!("Patient/{patient}")));
        let category = |wanted: &String| wanted.split(',').any(|wanted| resource["category"][0]["coding"][0]["code"] == wanted);
        (matches!(mood, Mood::IgnoringThePatient) || of("subject") || of("patient")) && asked.get("category").is_none_or(category)
    };
    let all: Vec<&Value> = shared.resources.get(path).into_iter().flatten().filter(is_asked_for).collect();
    let from: usize = asked.get("_page").map_or(0, |page| page.parse().expect("our own number"));
    let page = all.iter().skip(from).take(PAGE);
    let mut entries: Vec<Value> = page
        .map(|resource| json!({ "fullUrl": format!("{}/{path}/{}", shared.base, resource["id"].as_str().expect("an id")), "resource": resource }))
        .collect();
    if asked.contains_key("_include") {
        let drugs = shared.resources.get("Medication").into_iter().flatten();
        entries.extend(drugs.map(|drug| {
            json!({ "fullUrl": format!("{}/Medication/{}", shared.base, drug["id"].as_str().expect("an id")), "resource": drug, "search": { "mode": "include" } })
        }));
    }
    let mut bundle = json!({ "resourceType": "Bundle", "type": "searchset", "total": all.len(), "entry": entries });
    let next = match mood {
        Mood::NextElsewhere => Some("https://elsewhere.example/fhir/r4/Observation?_page=1".to_owned()),
        Mood::NextForEver => Some(next_page(path, &asked, from)),
        _ => (all.len() > from + PAGE).then(|| next_page(path, &asked, from + PAGE)),
    };
    bundle["link"] = json!([{ "relation": "self", "url": shared.base }]);
    if let Some(next) = next {
        bundle["link"].as_array_mut().expect("a list").push(json!({ "relation": "next", "url": next }));
    }
    Some(bundle)
}

/// Relative to the server, which a client has to understand too.
fn next_page(path: &str, asked: &BTreeMap<String, String>, from: usize) -> String {
    let mut url = Url::parse("https://x.example").expect("an address");
    let kept = asked.iter().filter(|(name, _)| *name != "_page");
    url.query_pairs_mut().extend_pairs(kept).append_pair("_page", &from.to_string());
    format!("{path}?{}", url.query().unwrap_or_default())
}

async fn token(State(shared): State<Arc<Shared>>, body: String) -> Response {
    let mood = shared.mood().clone();
    let answer = match mood {
        Mood::Asking(token) => {
            axum::Json(json!({ "access_token": token, "token_type": "bearer", "expires_in": 300, "scope": "system/*.read" }))
                .into_response()
        }
        _ => (StatusCode::BAD_REQUEST, axum::Json(json!({ "error": "invalid_client" }))).into_response(),
    };
    let status = answer.status().as_u16();
    shared.asked().push(Asked { path: "/token".to_owned(), authorization: None, was_conditional: false, body, status });
    answer
}
