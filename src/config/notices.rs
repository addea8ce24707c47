//! How texts and mail leave the house.

use std::net::IpAddr;
use std::path::PathBuf;

use serde::Deserialize;

use super::{Config, ConfigError};
use crate::base::private::Secret;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NoticesConfig {
    /// What nothing else sends becomes files in this folder. In the demo it is `notices` in the data folder.
    pub folder: Option<PathBuf>,
    /// Texts are handed to this service.
    pub text: Option<WebhookConfig>,
    /// Mail goes to this server.
    pub mail: Option<SmtpConfig>,
}

/// A service that takes a signed HTTP request for each text (docs/PROTOCOL.md).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebhookConfig {
    pub url: String,
    /// What requests are signed with, at least 16 letters.
    pub secret: Secret,
    /// A PEM file with an authority of your own, besides the system's.
    #[serde(default)]
    pub authority: Option<PathBuf>,
}

/// A mail server that takes mail from us.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmtpConfig {
    pub server: String,
    /// 587, 465 or 25 when absent, as `tls` says.
    #[serde(default)]
    pub port: Option<u16>,
    #[serde(default)]
    pub tls: SmtpTls,
    /// `Riverside Clinic <visits@clinic.example>`
    pub from: String,
    #[serde(default)]
    pub user: Option<String>,
    #[serde(default)]
    pub password: Option<Secret>,
    /// A PEM file with an authority of your own, besides the system's.
    #[serde(default)]
    pub authority: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SmtpTls {
    /// Plain at first, then TLS or nothing at all (port 587).
    #[default]
    Starttls,
    /// TLS from the first byte (port 465).
    Wrapped,
    /// Only to a server on this machine (port 25).
    None,
}

impl SmtpConfig {
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(match self.tls {
            SmtpTls::Starttls => 587,
            SmtpTls::Wrapped => 465,
            SmtpTls::None => 25,
        })
    }
}

impl Config {
    /// Where texts and mail are put that nothing else sends.
    pub fn notices_folder(&self) -> Option<PathBuf> {
        self.notices.folder.clone().or_else(|| self.demo.then(|| self.data.join("notices")))
    }
}

impl NoticesConfig {
    /// Nothing about a patient crosses a network in clear.
    pub(super) fn checked(&self) -> Result<(), ConfigError> {
        if let Some(text) = &self.text {
            let host = text.url.strip_prefix("http://").map(|rest| rest.split(['/', '?']).next().unwrap_or(rest));
            let here = host.is_some_and(|host| is_here(host.rsplit_once(':').map_or(host, |(host, _)| host)));
            if !(text.url.starts_with("https://") || here) || text.secret.reveal().len() < 16 {
                return Err(ConfigError::Webhook);
            }
        }
        let clear = self.mail.as_ref().is_some_and(|mail| mail.tls == SmtpTls::None && !is_here(&mail.server));
        if clear { Err(ConfigError::ClearMail) } else { Ok(()) }
    }
}

fn is_here(host: &str) -> bool {
    host == "localhost" || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(text: &str, secret: &str) -> bool {
        let text = WebhookConfig { url: text.into(), secret: Secret::new(secret), authority: None };
        NoticesConfig { text: Some(text), ..NoticesConfig::default() }.checked().is_ok()
    }

    #[test]
    fn texts_leave_this_machine_only_over_tls_and_signed() {
        let secret = "0123456789abcdef";
        for url in ["https://texts.example/send", "http://localhost:8080/", "http://127.0.0.1:1/x", "http://[::1]:80/"] {
            assert!(checked(url, secret), "{url}");
        }
        for url in ["http://texts.example/send", "http://10.0.0.1/", "http://localhost.evil.example/", "ftp://x"] {
            assert!(!checked(url, secret), "{url}");
        }
        assert!(!checked("https://texts.example/send", "short"));
    }

    #[test]
    fn mail_in_clear_stays_on_this_machine() {
        let mail = |server: &str| SmtpConfig {
            server: server.into(),
            port: None,
            tls: SmtpTls::None,
            from: "a@b.example".into(),
            user: None,
            password: None,
            authority: None,
        };
        let checked = |server: &str| NoticesConfig { mail: Some(mail(server)), ..NoticesConfig::default() }.checked().is_ok();
        assert!(checked("127.0.0.1") && checked("localhost") && !checked("mail.example"));
    }
}
