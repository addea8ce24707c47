//! Whom we believe where the gateway itself is the client: this machine's authorities, and one of the operator's own.

use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

use super::TlsError;

/// A client's side of TLS, by the same rustls and ring as the server's.
pub fn client(authority: Option<&Path>) -> Result<ClientConfig, TlsError> {
    let mut roots = RootCertStore::empty();
    // Broken ones among this machine's certificates are passed over: some always are.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(file) = authority {
        let wrong = |error| TlsError::Certificate(file.to_owned(), error);
        for certificate in CertificateDer::pem_file_iter(file).map_err(wrong)? {
            roots.add(certificate.map_err(wrong)?)?;
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth())
}
