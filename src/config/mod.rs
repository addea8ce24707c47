//! The operator's settings: defaults that work, a TOML file, then `HOUSECALL_…` variables. One struct, read once at start.

mod notices;
mod records;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::{Deserialize, Serialize};

pub use self::notices::{NoticesConfig, SmtpConfig, SmtpTls, WebhookConfig};
pub use self::records::{FhirClient, FhirConfig, RecordsAt, UnfitAddress, address};
use crate::base::private::Secret;

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where the database, keys and certificates live.
    pub data: PathBuf,
    /// A PostgreSQL database, `postgres://user:password@host/name`, for several gateways; a SQLite file in the data folder when absent.
    #[serde(skip_serializing)]
    pub database: Option<Secret>,
    /// The address patients type: used in links, in the Origin check and in the relay's URLs.
    pub public_url: String,
    /// HTTPS listener.
    pub listen: SocketAddr,
    /// Plain listener for `/livez`, `/readyz` and `/metrics`.
    pub health_listen: SocketAddr,
    /// Certificate and key of the HTTPS listener and of the relay; a development certificate is made when absent.
    pub tls: Option<TlsFiles>,
    /// A second listener, for proxies that end TLS.
    pub proxy: Option<ProxyConfig>,
    /// The demo clinic and the `/demo` page.
    pub demo: bool,
    /// A folder of FHIR R4 bundles, or the address of a FHIR R4 server.
    pub records: Option<RecordsAt>,
    /// How a FHIR server lets the gateway in.
    #[serde(skip_serializing)]
    pub fhir: FhirConfig,
    /// Signed checkpoints of the audit are appended to this file; keep it on another disk. In the data folder when absent.
    pub audit_checkpoints: Option<PathBuf>,
    pub relay: RelayConfig,
    pub media: MediaConfig,
    /// Texts and mail to people.
    #[serde(skip_serializing)]
    pub notices: NoticesConfig,
    pub node: NodeConfig,
    /// How several gateways hear of each other; one alone needs none.
    #[serde(skip_serializing)]
    pub bus: Option<BusConfig>,
}

/// PEM files.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TlsFiles {
    /// The chain, the gateway's own certificate first.
    pub certificate: PathBuf,
    pub key: PathBuf,
}

/// Proxies that end TLS in front of the gateway.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProxyConfig {
    /// Plain HTTP: on loopback, or on a network that only the proxies are on.
    pub listen: SocketAddr,
    /// The proxies' own addresses. Nobody else is spoken to there, and nobody else is believed about `X-Forwarded-For`.
    #[serde(default = "this_machine")]
    pub from: Vec<IpAddr>,
}

fn this_machine() -> Vec<IpAddr> {
    vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RelayConfig {
    /// Start the relay inside `serve`. Off where `housecall relay` runs as its own process.
    pub embedded: bool,
    /// UDP and TCP listener.
    pub listen: SocketAddr,
    /// TURN over TLS listener.
    pub tls_listen: SocketAddr,
    /// The address other machines reach the relay at; found from the routing table when absent.
    pub public_ip: Option<IpAddr>,
    /// Ports for relayed traffic, both ends included.
    pub ports: (u16, u16),
    /// Media agents of other machines' gateways that pages may reach through this relay; this machine's own is known.
    pub agents: Vec<SocketAddr>,
}

/// The gateway's own end of an equipment test.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MediaConfig {
    /// One UDP port; a firewall in front has to let it through.
    pub listen: SocketAddr,
    /// The addresses patients reach it at, at most one IPv4 and one IPv6; found from the routing table when there is none.
    pub public_ips: Vec<IpAddr>,
    /// Tests at once; whoever comes later waits in line.
    pub sessions: usize,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NodeConfig {
    /// What this gateway is called among several on one database; a load balancer finds it by this name.
    pub name: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BusConfig {
    /// `redis://…`, with its password.
    pub redis: Secret,
    /// A file with the secret that the gateways share; what they say to each other is sealed under it.
    pub key: PathBuf,
}

#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("there is no settings file {0}")]
    NoFile(PathBuf),
    #[error("the settings cannot be used")]
    Unfit(#[from] Box<figment::Error>),
    #[error("public_url must be an address such as https://visits.clinic.example or https://localhost:8443, without a path")]
    PublicUrl,
    #[error("database must be an address such as postgres://housecall:password@db.clinic.example/housecall")]
    Database,
    #[error("node.name must be 1 to 32 small letters, digits and dashes")]
    NodeName,
    #[error("notices.text.url must be https:// (http:// only on this machine), and notices.text.secret at least 16 letters")]
    Webhook,
    #[error("notices.mail.tls = 'none' is for a server on this machine: mail would cross the network in clear")]
    ClearMail,
    #[error("fhir has either a token or a client, not both")]
    FhirAccess,
}

impl Config {
    /// Defaults, then the file, then the environment: `HOUSECALL_RELAY__PUBLIC_IP` is `public_ip` of `[relay]`.
    pub fn read(file: Option<&Path>) -> Result<Self, ConfigError> {
        let mut sources = Figment::from(Serialized::defaults(Self::default()));
        if let Some(file) = file {
            // figment passes over a missing file in silence; a wrong name should be heard.
            if !file.is_file() {
                return Err(ConfigError::NoFile(file.to_owned()));
            }
            sources = sources.merge(Toml::file_exact(file));
        }
        let config: Self =
            sources.merge(Env::prefixed("HOUSECALL_").ignore(&["config"]).split("__")).extract().map_err(Box::new)?;
        config.checked()
    }

    fn checked(mut self) -> Result<Self, ConfigError> {
        self.public_url.truncate(self.public_url.trim_end_matches('/').len());
        let host = self.public_url.strip_prefix("https://").ok_or(ConfigError::PublicUrl)?;
        let plain = |letter: char| letter.is_ascii_alphanumeric() || ".-:[]".contains(letter);
        if host.is_empty() || !host.chars().all(plain) {
            return Err(ConfigError::PublicUrl);
        }
        let is_postgres = |url: &Secret| ["postgres://", "postgresql://"].iter().any(|scheme| url.reveal().starts_with(scheme));
        if !self.database.as_ref().is_none_or(is_postgres) {
            return Err(ConfigError::Database);
        }
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if !(1..=32).contains(&self.node.name.len()) || !self.node.name.bytes().all(fits) {
            return Err(ConfigError::NodeName);
        }
        self.notices.checked()?;
        if self.fhir.token.is_some() && self.fhir.client.is_some() {
            return Err(ConfigError::FhirAccess);
        }
        Ok(self)
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data: "data".into(),
            database: None,
            public_url: "https://localhost:8443".into(),
            listen: SocketAddr::from(([0, 0, 0, 0], 8443)),
            health_listen: SocketAddr::from(([127, 0, 0, 1], 9443)),
            tls: None,
            proxy: None,
            demo: false,
            records: None,
            fhir: FhirConfig::default(),
            audit_checkpoints: None,
            relay: RelayConfig::default(),
            media: MediaConfig::default(),
            notices: NoticesConfig::default(),
            node: NodeConfig::default(),
            bus: None,
        }
    }
}

impl Default for NodeConfig {
    fn default() -> Self {
        Self { name: "main".to_owned() }
    }
}

impl Default for RelayConfig {
    fn default() -> Self {
        Self {
            embedded: true,
            listen: SocketAddr::from(([0, 0, 0, 0], 3478)),
            tls_listen: SocketAddr::from(([0, 0, 0, 0], 5349)),
            public_ip: None,
            ports: (49160, 49999),
            agents: Vec::new(),
        }
    }
}

impl Default for MediaConfig {
    fn default() -> Self {
        Self { listen: SocketAddr::from(([0, 0, 0, 0], 3480)), public_ips: Vec::new(), sessions: 60 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_file(text: &str) -> Result<Config, String> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("housecall.toml");
        std::fs::write(&file, text).expect("written");
        Config::read(Some(&file)).map_err(|error| format!("{error:?}"))
    }

    #[test]
    fn a_file_changes_what_it_names_and_leaves_the_rest() {
        let config = from_file("public_url = 'https://visits.clinic.example/'\n[relay]\nports = [50000, 50100]").expect("read");
        assert_eq!(config.public_url, "https://visits.clinic.example");
        assert_eq!((config.relay.ports, config.relay.embedded), ((50000, 50100), true));
    }

    #[test]
    fn proxies_are_on_this_machine_unless_named() {
        let proxy = |text: &str| from_file(text).expect("read").proxy.expect("a proxy");
        assert_eq!(proxy("[proxy]\nlisten = '127.0.0.1:8080'").from, this_machine());
        let named = proxy("[proxy]\nlisten = '10.0.0.1:8080'\nfrom = ['10.0.0.2']").from;
        assert_eq!(named, ["10.0.0.2".parse::<IpAddr>().expect("an address")]);
    }

    #[test]
    fn a_misspelt_setting_is_named() {
        assert!(from_file("publik_url = 'https://x.example'").expect_err("refused").contains("publik_url"));
    }

    #[test]
    fn an_address_that_links_cannot_be_built_on_is_refused() {
        for bad in
            ["http://clinic.example", "https://", "https://clinic.example/path", "https://clinic.example?x", "clinic.example"]
        {
            assert!(from_file(&format!("public_url = '{bad}'")).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_node_has_a_name_that_fits_in_an_address() {
        assert_eq!(from_file("[node]\nname = 'north-2'").expect("read").node.name, "north-2");
        for bad in ["", "North", "a b", "a&b", "a23456789012345678901234567890123"] {
            assert!(from_file(&format!("[node]\nname = '{bad}'")).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_fhir_server_is_reached_with_a_token_or_with_a_key() {
        let server = "records = 'https://fhir.clinic.example/r4'\n[fhir]\n";
        let client = "[fhir.client]\nid = 'a'\nkey = 'b'\nkey_id = 'c'\ntoken_url = 'https://d.example'\n";
        assert!(from_file(&format!("{server}token = 'secret'")).expect("read").fhir.token.is_some());
        assert_eq!(from_file(&format!("{server}{client}")).expect("read").fhir.client.expect("there").scope, "system/*.read");
        assert!(from_file(&format!("{server}token = 'secret'\n{client}")).is_err());
        assert!(from_file(&format!("{server}[fhir.client]\nid = 'a'")).is_err());
        assert!(from_file("records = 'http://fhir.clinic.example/r4'").is_err());
    }

    #[test]
    fn a_missing_file_is_said() {
        assert!(matches!(Config::read(Some(Path::new("/nowhere/housecall.toml"))), Err(ConfigError::NoFile(_))));
    }
}
