//! What makes the bus ours alone: every message is sealed under a key that the nodes share. Redis sees neither words nor ids, and what
//! somebody else puts there does not open. AES-256-GCM (ring); the key of each run of a node is its own, so that a counter is a nonce.

use std::fmt;
use std::path::{Path, PathBuf};

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, Prk, Salt};

/// Names this use of the key, and the form of what is sealed.
const PURPOSE: &[u8] = b"housecall bus 1";
const VERSION: u8 = 1;
const SALT: usize = 16;
const COUNTER: usize = 8;
const HEAD: usize = 1 + SALT + COUNTER;
/// 32 random bytes in base64 are 43 letters or more.
const LETTERS: usize = 43;

/// Printing it shows nothing.
#[derive(Clone)]
pub struct ClusterKey(Prk);

#[derive(Debug, thiserror::Error)]
pub enum UnfitKey {
    #[error("cannot read the cluster's key in {0}")]
    Unreadable(PathBuf, #[source] std::io::Error),
    #[error("the cluster's key in {0} is too short: make one with `openssl rand -base64 32`")]
    Short(PathBuf),
}

impl ClusterKey {
    pub fn read(file: &Path) -> Result<Self, UnfitKey> {
        let text = std::fs::read_to_string(file).map_err(|error| UnfitKey::Unreadable(file.to_owned(), error))?;
        Self::from_text(&text).ok_or_else(|| UnfitKey::Short(file.to_owned()))
    }

    fn from_text(text: &str) -> Option<Self> {
        let text = text.trim();
        (text.len() >= LETTERS).then(|| Self(Salt::new(HKDF_SHA256, PURPOSE).extract(text.as_bytes())))
    }

    fn of_run(&self, salt: &[u8]) -> LessSafeKey {
        let salts = [salt];
        let bytes = self.0.expand(&salts, &AES_256_GCM).expect("32 bytes can be expanded");
        LessSafeKey::new(UnboundKey::from(bytes))
    }

    /// What was sealed for this channel by somebody who has the key; `None` for everything else.
    pub(super) fn open(&self, channel: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (head, body) = sealed.split_at_checked(HEAD)?;
        let (salt, counter) = head.strip_prefix(&[VERSION])?.split_at_checked(SALT)?;
        let mut body = body.to_vec();
        let plain = self.of_run(salt).open_in_place(nonce(counter), aad(channel, head), &mut body).ok()?;
        let length = plain.len();
        body.truncate(length);
        Some(body)
    }
}

impl fmt::Debug for ClusterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClusterKey(…)")
    }
}

/// Seals what one run of a node says.
pub(super) struct Sealer {
    key: LessSafeKey,
    salt: [u8; SALT],
    counter: u64,
}

impl Sealer {
    /// `salt` is fresh chance: with it, a run that a restored database counts twice has another key all the same.
    pub(super) fn new(key: &ClusterKey, salt: [u8; SALT]) -> Self {
        Self { key: key.of_run(&salt), salt, counter: 0 }
    }

    pub(super) fn seal(&mut self, channel: &str, mut body: Vec<u8>) -> Vec<u8> {
        self.counter += 1;
        let mut sealed = Vec::with_capacity(HEAD + body.len() + AES_256_GCM.tag_len());
        sealed.push(VERSION);
        sealed.extend_from_slice(&self.salt);
        sealed.extend_from_slice(&self.counter.to_be_bytes());
        let aad = aad(channel, &sealed);
        let nonce = nonce(&self.counter.to_be_bytes());
        self.key.seal_in_place_append_tag(nonce, aad, &mut body).expect("a message is shorter than 64 GiB");
        sealed.extend_from_slice(&body);
        sealed
    }
}

fn nonce(counter: &[u8]) -> Nonce {
    let mut bytes = [0; NONCE_LEN];
    bytes[NONCE_LEN - COUNTER..].copy_from_slice(counter);
    Nonce::assume_unique_for_key(bytes)
}

fn aad(channel: &str, head: &[u8]) -> Aad<Vec<u8>> {
    Aad::from([channel.as_bytes(), head].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(letter: &str) -> ClusterKey {
        ClusterKey::from_text(&letter.repeat(LETTERS)).expect("long enough")
    }

    #[test]
    fn what_is_sealed_shows_nothing_and_opens_only_for_the_cluster_and_its_channel() {
        let body = br#"{"patient":"Rosa"}"#.to_vec();
        let sealed = Sealer::new(&key("k"), [7; SALT]).seal("news:1", body.clone());
        assert!(!sealed.windows(4).any(|four| four == b"Rosa"));
        assert_eq!(key("k").open("news:1", &sealed), Some(body));
        assert_eq!(key("x").open("news:1", &sealed), None, "another cluster");
        assert_eq!(key("k").open("news:2", &sealed), None, "put into another channel");
    }

    #[test]
    fn whatever_bit_is_changed_it_does_not_open() {
        let sealed = Sealer::new(&key("k"), [7; SALT]).seal("news:1", b"go".to_vec());
        for bit in 0..sealed.len() * 8 {
            let mut forged = sealed.clone();
            forged[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(key("k").open("news:1", &forged), None, "bit {bit}");
        }
        for length in 0..sealed.len() {
            assert_eq!(key("k").open("news:1", &sealed[..length]), None, "cut to {length}");
        }
    }

    #[test]
    fn the_same_words_are_never_sealed_twice_alike() {
        let mut sealer = Sealer::new(&key("k"), [7; SALT]);
        assert_ne!(sealer.seal("a", b"go".to_vec()), sealer.seal("a", b"go".to_vec()));
    }

    #[test]
    fn a_short_key_is_refused_and_none_is_printed() {
        assert!(ClusterKey::from_text("short").is_none());
        assert_eq!(format!("{:?}", key("k")), "ClusterKey(…)");
    }
}
