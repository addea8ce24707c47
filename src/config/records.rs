//! Where the record comes from: a folder of FHIR bundles, or a FHIR server and how the gateway is let in there.

use std::net::IpAddr;
use std::path::PathBuf;

use reqwest::Url;
use serde::{Deserialize, Serialize};

use crate::base::private::Secret;

/// `records`: a folder, or the base address of a FHIR R4 server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum RecordsAt {
    Folder(PathBuf),
    Server(Url),
}

/// `[fhir]`: how the gateway is let in by a FHIR server. Without a token and a client the server has to be open to it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FhirConfig {
    /// Sent as it is, as `Authorization: Bearer`.
    pub token: Option<Secret>,
    pub client: Option<FhirClient>,
    /// PEM: a certificate authority to trust beside those of this machine.
    pub authority: Option<PathBuf>,
}

/// SMART backend services: the gateway asks for tokens with an assertion that it signs.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FhirClient {
    /// As the server knows the gateway.
    pub id: String,
    /// PEM, PKCS #8: a key on P-384 (ES384) or an RSA key (RS384), whose public half the server has.
    pub key: PathBuf,
    /// As the server knows the key.
    pub key_id: String,
    pub token_url: String,
    #[serde(default = "all_that_may_be_read")]
    pub scope: String,
}

fn all_that_may_be_read() -> String {
    "system/*.read".to_owned()
}

#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error(
    "an address must be https://… without a name, a password, a query or a fragment in it; plain http is for this machine alone"
)]
pub struct UnfitAddress;

/// An address that the record, or the right to read it, may travel to.
pub fn address(text: &str) -> Result<Url, UnfitAddress> {
    let url = Url::parse(text).map_err(|_| UnfitAddress)?;
    let is_here = match url.host_str() {
        Some("localhost") => true,
        Some(host) => host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|address| address.is_loopback()),
        None => return Err(UnfitAddress),
    };
    let is_private = url.scheme() == "https" || (url.scheme() == "http" && is_here);
    let is_bare = url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
    if is_private && is_bare { Ok(url) } else { Err(UnfitAddress) }
}

impl TryFrom<String> for RecordsAt {
    type Error = UnfitAddress;

    fn try_from(text: String) -> Result<Self, UnfitAddress> {
        if text.contains("://") { Ok(Self::Server(address(&text)?)) } else { Ok(Self::Folder(text.into())) }
    }
}

impl From<RecordsAt> for String {
    fn from(at: RecordsAt) -> Self {
        match at {
            RecordsAt::Folder(path) => path.display().to_string(),
            RecordsAt::Server(url) => url.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_and_a_server_are_told_apart() {
        let at = |text: &str| RecordsAt::try_from(text.to_owned());
        assert!(matches!(at("demo/records"), Ok(RecordsAt::Folder(_))));
        for good in ["https://fhir.clinic.example/r4", "http://localhost:8080/fhir", "http://127.0.0.1/fhir", "http://[::1]/fhir"]
        {
            assert!(matches!(at(good), Ok(RecordsAt::Server(_))), "{good}");
        }
        for bad in [
            "http://fhir.clinic.example/r4",
            "ftp://fhir.clinic.example",
            "https://",
            "https://name:word@fhir.clinic.example",
            "https://fhir.clinic.example/r4?tenant=1",
            "https://fhir.clinic.example/r4#x",
        ] {
            assert!(at(bad).is_err(), "{bad}");
        }
    }
}
