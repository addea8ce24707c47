//! Texts by a signed HTTP request to a service of the operator's choice (docs/PROTOCOL.md says how a receiver checks it).

use std::time::Duration;

use data_encoding::HEXLOWER;
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, StatusCode};
use ring::hmac;
use serde::Serialize;

use super::{Outgoing, SenderError, authority};
use crate::base::clock::Moment;
use crate::config::WebhookConfig;
use crate::notices::outcome::{Try, Why};

const CONNECT: Duration = Duration::from_secs(5);
const ANSWER: Duration = Duration::from_secs(10);

#[derive(Clone)]
pub(in crate::notices) struct Webhook {
    client: Client,
    url: String,
    key: hmac::Key,
}

impl std::fmt::Debug for Webhook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Webhook")
    }
}

/// What the receiver reads.
#[derive(Serialize)]
struct Text<'a> {
    id: &'a str,
    to: &'a str,
    text: &'a str,
    /// UTC milliseconds: not to be delivered after.
    expires_at: Moment,
}

impl Webhook {
    pub(super) fn open(config: &WebhookConfig) -> Result<Self, SenderError> {
        // The client takes the process's provider of cryptography. Where there is one already it is this one too.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut client = Client::builder()
            .redirect(Policy::none())
            .connect_timeout(CONNECT)
            .timeout(ANSWER)
            .no_proxy()
            .user_agent(concat!("housecall/", env!("CARGO_PKG_VERSION")));
        if let Some(file) = &config.authority {
            let certificate = Certificate::from_pem(&authority(file)?).map_err(|_| SenderError::NotACertificate(file.clone()))?;
            client = client.add_root_certificate(certificate);
        }
        let key = hmac::Key::new(hmac::HMAC_SHA256, config.secret.reveal().as_bytes());
        Ok(Self { client: client.build().map_err(|_| SenderError::Tls)?, url: config.url.clone(), key })
    }

    pub(super) async fn send(&self, outgoing: &Outgoing<'_>) -> Try {
        let Outgoing { id, letter, expires_at, now, .. } = outgoing;
        let text = Text { id, to: &letter.to.0, text: &letter.words, expires_at: *expires_at };
        let body = serde_json::to_string(&text).expect("three texts and a number are JSON");
        let seconds = (now.0 / 1000).to_string();
        let request = self
            .client
            .post(&self.url)
            .header(CONTENT_TYPE, "application/json")
            .header("Idempotency-Key", *id)
            .header("Housecall-Timestamp", &seconds)
            .header("Housecall-Signature", format!("v1={}", self.sign(&seconds, &body)))
            .body(body);
        match request.send().await {
            Ok(answer) => answered(answer.status(), answer.headers(), *now),
            Err(error) => Try::Later(failed(&error), None),
        }
    }

    fn sign(&self, seconds: &str, body: &str) -> String {
        HEXLOWER.encode(hmac::sign(&self.key, format!("{seconds}.{body}").as_bytes()).as_ref())
    }
}

fn answered(status: StatusCode, headers: &HeaderMap, now: Moment) -> Try {
    match status.as_u16() {
        200..=299 => Try::Sent,
        429 | 503 => Try::Later(Why::Busy, retry_after(headers, now)),
        // Ours to mend: the secret is wrong, or the address is.
        401 | 403 | 404 => Try::Later(Why::NotAllowed, None),
        408 | 425 => Try::Later(Why::TooSlow, None),
        400..=499 => Try::Never(Why::Refused),
        _ => Try::Later(Why::Failed, retry_after(headers, now)),
    }
}

/// Seconds, or a date (RFC 9110).
fn retry_after(headers: &HeaderMap, now: Moment) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
    Some(Moment(at.as_millisecond()).since(now))
}

/// The client's own words may name the address with its query: only their kind is kept.
fn failed(error: &reqwest::Error) -> Why {
    if is_about_tls(error) {
        Why::NotTrusted
    } else if error.is_timeout() {
        Why::TooSlow
    } else {
        Why::Unreachable
    }
}

fn is_about_tls(error: &reqwest::Error) -> bool {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(found) = cause {
        // rustls speaks through an io::Error, whose source passes over what it wraps.
        let wrapped = found.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        if found.is::<rustls::Error>() || wrapped.is_some_and(|inner| inner.is::<rustls::Error>()) {
            return true;
        }
        cause = found.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::private::Secret;

    #[test]
    fn the_signature_is_the_one_in_the_document() {
        let config = WebhookConfig { url: "http://localhost/".into(), secret: Secret::new("0123456789abcdef"), authority: None };
        let webhook = Webhook::open(&config).expect("a client");
        let body = r#"{"id":"abc","to":"555-0123","text":"Hello","expires_at":1795550400000}"#;
        assert_eq!(webhook.sign("1795546800", body), EXAMPLE);
    }

    /// As `printf '%s.%s' "$time" "$body" | openssl dgst -sha256 -hmac "$secret"` says.
    const EXAMPLE: &str = "3c0dae90d05c2dc332059f49e2cfa95c25cf8026ea29aa991e4a5b3f416b290d";

    #[test]
    fn a_receiver_asks_to_wait_in_seconds_or_until_a_date() {
        let headers = |text: &'static str| HeaderMap::from_iter([(RETRY_AFTER, text.parse().expect("a value"))]);
        let now = Moment(1_445_412_400_000);
        assert_eq!(retry_after(&headers("120"), now), Some(Duration::from_secs(120)));
        assert_eq!(retry_after(&headers("Wed, 21 Oct 2015 07:28:00 GMT"), now), Some(Duration::from_secs(80)));
        assert_eq!(retry_after(&headers("soon"), now), None);
    }

    #[test]
    fn what_a_receiver_may_still_take_is_kept() {
        let status = |code| StatusCode::from_u16(code).expect("a status");
        let answer = |code| answered(status(code), &HeaderMap::new(), Moment(0));
        assert_eq!(answer(202), Try::Sent);
        assert_eq!(answer(400), Try::Never(Why::Refused));
        for (code, why) in [(301, Why::Failed), (401, Why::NotAllowed), (408, Why::TooSlow), (429, Why::Busy), (500, Why::Failed)]
        {
            assert_eq!(answer(code), Try::Later(why, None), "{code}");
        }
    }
}
