//! How the gateway is let in: not at all, with the operator's token, or with one that it asks for and keeps until shortly before it ends.

use std::time::Duration;

use reqwest::{Client, StatusCode, Url, header};
use serde::Deserialize;
use tokio::sync::Mutex;

use super::assertion::Signer;
use super::body;
use crate::base::clock::{Clock, Moment};
use crate::base::private::Secret;
use crate::records::source::SourceError;

/// A token is renewed so long before it ends, and is believed for this long where the server does not say.
const BEFORE_THE_END: Duration = Duration::from_secs(60);
const UNSAID: Duration = Duration::from_mins(5);
const LARGEST_ANSWER: usize = 64 * 1024;

pub(super) enum Access {
    Open,
    Token(Secret),
    Signed(Box<Signed>),
}

pub(super) struct Signed {
    pub signer: Signer,
    pub token_url: Url,
    pub scope: String,
    pub clock: Clock,
    /// Held while a token is asked for, so that only one is.
    pub held: Mutex<Option<Held>>,
}

pub(super) struct Held {
    token: Secret,
    renewed_at: Moment,
}

#[derive(Deserialize)]
struct Granted {
    access_token: Secret,
    token_type: String,
    expires_in: Option<u64>,
}

impl Access {
    pub(super) async fn token(&self, client: &Client) -> Result<Option<Secret>, SourceError> {
        match self {
            Self::Open => Ok(None),
            Self::Token(token) => Ok(Some(token.clone())),
            Self::Signed(signed) => signed.token(client).await.map(Some),
        }
    }

    /// The server did not take this token. `true` where a new one can be had.
    pub(super) async fn renew(&self, refused: Option<&Secret>) -> bool {
        let Self::Signed(signed) = self else { return false };
        let mut held = signed.held.lock().await;
        // Somebody else may have renewed it meanwhile.
        if held.as_ref().map(|held| &held.token) == refused {
            *held = None;
        }
        true
    }
}

impl Signed {
    async fn token(&self, client: &Client) -> Result<Secret, SourceError> {
        let mut held = self.held.lock().await;
        let now = self.clock.now();
        if let Some(held) = held.as_ref().filter(|held| now < held.renewed_at) {
            return Ok(held.token.clone());
        }
        let granted = self.ask(client, now).await?;
        let lives = granted.expires_in.map_or(UNSAID, Duration::from_secs).min(Duration::from_hours(24));
        let renewed_at = now.plus(lives.saturating_sub(BEFORE_THE_END).max(lives / 2));
        *held = Some(Held { token: granted.access_token.clone(), renewed_at });
        Ok(granted.access_token)
    }

    async fn ask(&self, client: &Client, now: Moment) -> Result<Granted, SourceError> {
        let assertion = self.signer.assertion(self.token_url.as_str(), now);
        let mut form = Url::parse("form:").expect("an address");
        form.query_pairs_mut()
            .append_pair("grant_type", "client_credentials")
            .append_pair("scope", &self.scope)
            .append_pair("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
            .append_pair("client_assertion", &assertion);
        let request = client
            .post(self.token_url.clone())
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "application/json")
            .body(form.query().unwrap_or_default().to_owned());
        let answer = request.send().await.map_err(|error| body::trouble(&error))?;
        match answer.status() {
            StatusCode::OK => {}
            StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => return Err(SourceError::Refused),
            status => {
                tracing::warn!(status = status.as_u16(), "the token server of the record gave no token");
                return Err(SourceError::Unreadable);
            }
        }
        let granted = body::read(answer, LARGEST_ANSWER).await?;
        let granted: Granted = serde_json::from_slice(&granted).map_err(|_| SourceError::Unreadable)?;
        if granted.token_type.eq_ignore_ascii_case("bearer") { Ok(granted) } else { Err(SourceError::Unreadable) }
    }
}
