//! The certificate we show: the operator's files, or one made at the first start for development. TLS 1.2 and 1.3 by rustls with ring.

mod made;
mod trust;
mod validity;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

pub use self::trust::client;
use crate::base::clock::{Clock, Moment};
use crate::config::Config;

#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    #[error("cannot read the certificate {0}")]
    Certificate(PathBuf, #[source] rustls::pki_types::pem::Error),
    #[error("cannot read the private key {0}")]
    Key(PathBuf, #[source] rustls::pki_types::pem::Error),
    #[error("{0} holds no certificate")]
    Empty(PathBuf),
    #[error("the certificate and the private key do not fit together")]
    Unfit(#[from] rustls::Error),
    #[error("cannot keep the development certificate in {0}")]
    Keep(PathBuf, #[source] io::Error),
    #[error("cannot make a development certificate")]
    Make(#[from] rcgen::Error),
}

/// A certificate chain with its key. The relay's TLS listener shows the same one.
#[derive(Debug)]
pub struct Identity {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
}

impl Identity {
    /// The operator's files where the settings name them; otherwise the development certificate, made when it is missing or old.
    pub fn load(config: &Config, clock: &Clock) -> Result<Self, TlsError> {
        let (certificate, key) = match &config.tls {
            Some(files) => (files.certificate.clone(), files.key.clone()),
            None => made::ensure(config, clock)?,
        };
        Self::read(certificate, key)
    }

    fn read(certificate: PathBuf, key: PathBuf) -> Result<Self, TlsError> {
        let chain = CertificateDer::pem_file_iter(&certificate)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|error| TlsError::Certificate(certificate.clone(), error))?;
        if chain.is_empty() {
            return Err(TlsError::Empty(certificate));
        }
        let key = PrivateKeyDer::from_pem_file(&key).map_err(|error| TlsError::Key(key, error))?;
        Ok(Self { chain, key })
    }

    /// Until when the gateway's own certificate is good.
    pub fn not_after(&self) -> Option<Moment> {
        validity::not_after(self.chain.first()?)
    }

    /// A server's side of TLS that speaks these protocols (ALPN); none for the relay.
    pub fn server(&self, protocols: &[&str]) -> Result<Arc<rustls::ServerConfig>, TlsError> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut server = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(self.chain.clone(), self.key.clone_key())?;
        // Tickets instead of a list of 256 sessions: a whole crowd that comes back does so without a signature for each.
        server.ticketer = rustls::crypto::ring::Ticketer::new()?;
        server.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
        Ok(Arc::new(server))
    }
}
