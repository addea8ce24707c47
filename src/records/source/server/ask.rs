//! One question to the FHIR server: who we are, what we hold already, when to ask again, and how much may come back.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use reqwest::{Client, Response, StatusCode, Url, header};

use super::access::Access;
use super::body;
use super::held::{Held, Pages};
use crate::base::clock::Clock;
use crate::records::fhir::attachment::Binary;
use crate::records::fhir::bundle::{self, Page};
use crate::records::source::SourceError;

/// How long, how often and how much.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// For one answer.
    pub answer: Duration,
    /// How often a question is asked again that the server had no time for.
    pub again: u32,
    /// The longest wait for that; a server that wants more is not waited for.
    pub longest_wait: Duration,
    /// For one patient's record, in all.
    pub bytes: usize,
    pub pages: usize,
    pub resources: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            answer: Duration::from_secs(8),
            again: 2,
            longest_wait: Duration::from_secs(4),
            bytes: 64 * 1024 * 1024,
            pages: 200,
            resources: 20_000,
        }
    }
}

/// What is left of the limits while one record is read; its questions share it.
pub(super) struct Purse {
    bytes: AtomicUsize,
    pages: AtomicUsize,
    resources: AtomicUsize,
}

impl Purse {
    pub(super) fn new(limits: &Limits) -> Self {
        Self { bytes: limits.bytes.into(), pages: limits.pages.into(), resources: limits.resources.into() }
    }

    fn pay(from: &AtomicUsize, amount: usize) -> Result<(), SourceError> {
        let paid = from.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(amount));
        paid.map(drop).map_err(|_| SourceError::TooLarge)
    }
}

pub(super) struct Line {
    pub client: Client,
    pub access: Access,
    pub limits: Limits,
    pub clock: Clock,
    pub pages: Pages,
}

pub(super) enum Answer {
    Page(Arc<Page>),
    /// There is no such resource, or no longer.
    Absent,
    /// The server does not know the question.
    Unknown,
    /// The server does not let us ask it.
    Forbidden,
}

pub enum Fetched {
    File(Vec<u8>),
    Binary(Binary),
}

impl Line {
    pub(super) async fn ask(&self, url: &Url, purse: &Purse) -> Result<Answer, SourceError> {
        Purse::pay(&purse.pages, 1)?;
        let held = self.pages.find(url.as_str(), self.clock.now());
        let answer = self.send(url, held.as_ref()).await?;
        let page = match (answer.status(), held) {
            (StatusCode::OK, _) => self.take(url, answer, purse).await?,
            (StatusCode::NOT_MODIFIED, Some(held)) => held.page,
            (StatusCode::NOT_FOUND | StatusCode::GONE, _) => return Ok(Answer::Absent),
            (StatusCode::FORBIDDEN, _) => return Ok(Answer::Forbidden),
            (status, _) if is_unknown(status) => return Ok(Answer::Unknown),
            (status, _) => return Err(unexpected(status)),
        };
        Purse::pay(&purse.resources, page.resources)?;
        Ok(Answer::Page(page))
    }

    /// A Binary, as itself or as the file that it holds: servers differ.
    pub(super) async fn fetch(&self, url: &Url, largest: usize) -> Result<Fetched, SourceError> {
        let answer = self.send(url, None).await?;
        if answer.status() != StatusCode::OK {
            return Err(unexpected(answer.status()));
        }
        let is_resource = is_json(&answer);
        let bytes = body::read(answer, largest).await?;
        if !is_resource {
            return Ok(Fetched::File(bytes.into()));
        }
        serde_json::from_slice(&bytes).map(Fetched::Binary).map_err(|_| SourceError::Unreadable)
    }

    /// Asks until the server has time, and once more where the token had ended before its time.
    async fn send(&self, url: &Url, held: Option<&Held>) -> Result<Response, SourceError> {
        let (mut renewed, mut again) = (false, 0);
        loop {
            let token = self.access.token(&self.client).await?;
            let mut request = self.client.get(url.clone()).header(header::ACCEPT, "application/fhir+json");
            if let Some(token) = &token {
                request = request.bearer_auth(token.reveal());
            }
            if let Some(held) = held {
                request = request.header(header::IF_NONE_MATCH, &held.etag);
            }
            let answer = request.send().await.map_err(|error| body::trouble(&error))?;
            match answer.status() {
                StatusCode::UNAUTHORIZED if !renewed && self.access.renew(token.as_ref()).await => renewed = true,
                StatusCode::UNAUTHORIZED => return Err(SourceError::Refused),
                StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
                    again += 1;
                    let wait = retry_after(&answer).unwrap_or(Duration::from_millis(500) * again);
                    if again > self.limits.again || wait > self.limits.longest_wait {
                        return Err(SourceError::Busy);
                    }
                    pause(wait).await;
                }
                _ => return Ok(answer),
            }
        }
    }

    async fn take(&self, url: &Url, answer: Response, purse: &Purse) -> Result<Arc<Page>, SourceError> {
        if !is_json(&answer) {
            tracing::warn!("the record server answered with something that is not JSON");
            return Err(SourceError::Unreadable);
        }
        let etag = answer.headers().get(header::ETAG).and_then(|etag| etag.to_str().ok()).map(str::to_owned);
        let bytes = body::read(answer, purse.bytes.load(Ordering::Relaxed)).await?;
        Purse::pay(&purse.bytes, bytes.len())?;
        let page = bundle::read_page(&bytes).map_err(|problem| {
            tracing::warn!(problem = problem.word(), "the record server's answer could not be read");
            SourceError::Unreadable
        })?;
        let page = Arc::new(page);
        if let Some(etag) = etag {
            let held = Held { page: page.clone(), etag, size: bytes.len(), at: self.clock.now() };
            self.pages.keep(url.as_str(), held);
        }
        Ok(page)
    }
}

fn is_unknown(status: StatusCode) -> bool {
    [StatusCode::BAD_REQUEST, StatusCode::METHOD_NOT_ALLOWED, StatusCode::UNPROCESSABLE_ENTITY, StatusCode::NOT_IMPLEMENTED]
        .contains(&status)
}

/// Redirects are among them: the record is asked for where the operator said, and nowhere else.
fn unexpected(status: StatusCode) -> SourceError {
    tracing::warn!(status = status.as_u16(), "the record server gave no answer that can be used");
    SourceError::Unreadable
}

fn is_json(answer: &Response) -> bool {
    let kind = answer.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(kind.as_str(), "application/fhir+json" | "application/json" | "application/json+fhir")
}

/// In seconds. A date is a wait that we do not know without believing the server's clock.
fn retry_after(answer: &Response) -> Option<Duration> {
    answer.headers().get(header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok().map(Duration::from_secs)
}

#[expect(clippy::disallowed_methods, reason = "the server said how long to wait; there is no event to wait for")]
async fn pause(wait: Duration) {
    tokio::time::sleep(wait).await;
}
