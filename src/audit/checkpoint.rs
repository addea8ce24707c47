//! A signed note of how long the chain was and how it ended. Kept outside the database, it shows that a whole database was put back.

use data_encoding::BASE64URL_NOPAD;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use serde::{Deserialize, Serialize};

use super::chain::Head;
use crate::base::clock::Moment;

/// One line of the checkpoint file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checkpoint {
    pub seq: i64,
    pub hash: String,
    pub at: Moment,
    /// Ed25519 over `text`, base64url.
    signature: String,
}

impl Checkpoint {
    pub fn sign(head: Head, at: Moment, key: &Ed25519KeyPair) -> Self {
        let unsigned = Self { seq: head.seq, hash: head.hash, at, signature: String::new() };
        let signature = BASE64URL_NOPAD.encode(key.sign(unsigned.text().as_bytes()).as_ref());
        Self { signature, ..unsigned }
    }

    pub fn is_signed_by(&self, key: &Ed25519KeyPair) -> bool {
        let public = UnparsedPublicKey::new(&ED25519, key.public_key().as_ref());
        let signature = BASE64URL_NOPAD.decode(self.signature.as_bytes());
        signature.is_ok_and(|signature| public.verify(self.text().as_bytes(), &signature).is_ok())
    }

    fn text(&self) -> String {
        format!("housecall audit checkpoint 1\n{}\n{}\n{}\n", self.seq, self.hash, self.at.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(seed: u8) -> Ed25519KeyPair {
        Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).expect("a seed of 32 bytes")
    }

    #[test]
    fn no_field_can_be_changed_and_no_other_key_will_do() {
        let head = Head { seq: 7, hash: "ab".into() };
        let signed = Checkpoint::sign(head, Moment(9), &key(1));
        assert!(signed.is_signed_by(&key(1)));
        assert!(!signed.is_signed_by(&key(2)));
        for changed in [
            Checkpoint { seq: 8, ..signed.clone() },
            Checkpoint { hash: "ac".into(), ..signed.clone() },
            Checkpoint { at: Moment(10), ..signed.clone() },
            Checkpoint { signature: "?".into(), ..signed.clone() },
        ] {
            assert!(!changed.is_signed_by(&key(1)), "{changed:?}");
        }
    }
}
