//! Mail by SMTP. A mail has the same Message-ID and date at every try, so that a mail server can tell a second one.

use std::time::{Duration, UNIX_EPOCH};

use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use super::{Outgoing, SenderError, authority};
use crate::config::{SmtpConfig, SmtpTls};
use crate::notices::outcome::{Try, Why};

/// For each step of the conversation; the whole of it has its own limit.
const STEP: Duration = Duration::from_secs(8);
/// The server wants to know who we are (RFC 4954): ours to mend, so the mail is kept.
const WRONG_CREDENTIALS: [&str; 4] = ["530", "534", "535", "538"];

#[derive(Clone)]
pub(in crate::notices) struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    /// The gateway's own name, in HELO and in Message-IDs.
    host: String,
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Smtp")
    }
}

impl Smtp {
    pub(super) fn open(config: &SmtpConfig, public_url: &str) -> Result<Self, SenderError> {
        let from = config.from.parse().map_err(|_| SenderError::From)?;
        let host = host_of(public_url);
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&config.server)
            .port(config.port())
            .tls(tls(config)?)
            .timeout(Some(STEP))
            .hello_name(ClientId::Domain(host.clone()));
        if let (Some(user), Some(password)) = (&config.user, &config.password) {
            builder = builder.credentials(Credentials::new(user.clone(), password.reveal().to_owned()));
        }
        Ok(Self { transport: builder.build(), from, host })
    }

    pub(super) async fn send(&self, outgoing: &Outgoing<'_>) -> Try {
        let Some(mail) = self.mail(outgoing) else { return Try::Never(Why::Refused) };
        match self.transport.send(mail).await {
            Ok(_) => Try::Sent,
            Err(error) => failed(&error),
        }
    }

    /// `None` where the address is none that mail can be sent to.
    fn mail(&self, outgoing: &Outgoing<'_>) -> Option<Message> {
        let at = u64::try_from(outgoing.created_at.0).unwrap_or(0);
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, outgoing.letter.to.0.parse().ok()?))
            .message_id(Some(format!("<{}@{}>", outgoing.id, self.host)))
            .date(UNIX_EPOCH + Duration::from_millis(at))
            .subject(&outgoing.letter.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(outgoing.letter.words.clone())
            .ok()
    }
}

fn host_of(public_url: &str) -> String {
    let rest = public_url.trim_start_matches("https://");
    rest.rsplit_once(':')
        .filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()))
        .map_or(rest, |(host, _)| host)
        .to_owned()
}

fn tls(config: &SmtpConfig) -> Result<Tls, SenderError> {
    if config.tls == SmtpTls::None {
        return Ok(Tls::None);
    }
    let mut parameters = TlsParameters::builder(config.server.clone());
    if let Some(file) = &config.authority {
        let certificate = Certificate::from_pem(&authority(file)?).map_err(|_| SenderError::NotACertificate(file.clone()))?;
        parameters = parameters.add_root_certificate(certificate);
    }
    let parameters = parameters.build_rustls().map_err(|_| SenderError::Tls)?;
    Ok(if config.tls == SmtpTls::Wrapped { Tls::Wrapper(parameters) } else { Tls::Required(parameters) })
}

/// The server's own words may name the recipient: only their kind is kept.
fn failed(error: &Error) -> Try {
    let code = error.status().map(|code| code.to_string());
    if code.is_some_and(|code| WRONG_CREDENTIALS.contains(&code.as_str())) {
        return Try::Later(Why::NotAllowed, None);
    }
    if error.is_permanent() {
        return Try::Never(Why::Refused);
    }
    let why = if error.is_transient() {
        Why::Busy
    } else if error.is_timeout() {
        Why::TooSlow
    } else if error.is_tls() {
        Why::NotTrusted
    } else {
        Why::Unreachable
    };
    Try::Later(why, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gateways_own_name_comes_from_its_address() {
        assert_eq!(host_of("https://visits.clinic.example"), "visits.clinic.example");
        assert_eq!(host_of("https://localhost:8443"), "localhost");
        assert_eq!(host_of("https://[::1]"), "[::1]");
    }
}
