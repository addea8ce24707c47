//! The gateway's own key for snippets. Pages check with its public half that a snippet comes from the gateway and not from
//! whoever sits at the other end of the channel.

mod store;

use std::sync::Arc;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use ring::digest::{SHA256, digest};
use ring::signature::{Ed25519KeyPair, KeyPair};

#[derive(Clone)]
pub struct SnippetKey(Arc<Ed25519KeyPair>);

#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("the key file could not be read or made")]
    File(#[from] std::io::Error),
    #[error("the key file does not hold an Ed25519 key")]
    NotAKey,
    #[error("a key could not be made")]
    NotMade,
}

impl SnippetKey {
    /// The raw 32 bytes of the public key.
    pub fn public_base64url(&self) -> String {
        BASE64URL_NOPAD.encode(self.0.public_key().as_ref())
    }

    /// Names the key, so that a page can tell a changed key from a wrong signature.
    pub fn id(&self) -> String {
        HEXLOWER.encode(&digest(&SHA256, self.0.public_key().as_ref()).as_ref()[..8])
    }

    /// Signs text; the signature is base64url.
    pub fn sign(&self, text: &str) -> String {
        BASE64URL_NOPAD.encode(self.0.sign(text.as_bytes()).as_ref())
    }

    fn from_pkcs8(bytes: &[u8]) -> Result<Self, KeyError> {
        Ed25519KeyPair::from_pkcs8(bytes).map(|pair| Self(Arc::new(pair))).map_err(|_| KeyError::NotAKey)
    }
}

impl std::fmt::Debug for SnippetKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("SnippetKey").field(&self.id()).finish()
    }
}
