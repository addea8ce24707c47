//! What waits in the queue holds a join link's secret, a phone number or a mail address: it lies there sealed (AES-256-GCM), each
//! bound to its own notice. A copy of the database alone opens nothing. Pure; the key's file is `store/key`.

use data_encoding::{BASE64, HEXLOWER};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::digest::{SHA256, digest};

use super::message::Letter;
use crate::base::dice::Dice;

pub(super) const KEY_LENGTH: usize = 32;

pub(super) struct Key {
    key: LessSafeKey,
    id: String,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Key").field(&self.id).finish()
    }
}

impl Key {
    pub(super) fn new(bytes: &[u8; KEY_LENGTH]) -> Self {
        let key = UnboundKey::new(&AES_256_GCM, bytes).expect("the length is the cipher's");
        let id = HEXLOWER.encode(&digest(&SHA256, &[b"notices key", &bytes[..]].concat()).as_ref()[..8]);
        Self { key: LessSafeKey::new(key), id }
    }

    /// Names the key: a node takes from the queue only what it can open.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn seal(&self, notice: &str, letter: &Letter, dice: &Dice) -> String {
        let nonce: [u8; NONCE_LEN] = dice.bytes();
        let mut sealed = serde_json::to_vec(letter).expect("three texts are JSON");
        self.key
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(notice), &mut sealed)
            .expect("a letter is far smaller than the cipher's limit");
        BASE64.encode(&[&nonce[..], &sealed].concat())
    }

    /// `None` where it was changed, or sealed for another notice or with another key.
    pub(super) fn open(&self, notice: &str, sealed: &str) -> Option<Letter> {
        let mut bytes = BASE64.decode(sealed.as_bytes()).ok()?;
        let (nonce, body) = bytes.split_first_chunk_mut::<NONCE_LEN>()?;
        let plain = self.key.open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(notice), body).ok()?;
        serde_json::from_slice(plain).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_key_opens_a_letter_and_only_as_its_own_notice() {
        let letter =
            Letter { to: "555-0123".to_owned().into(), subject: String::new(), words: "https://clinic/j/a#secret".into() };
        let (key, other) = (Key::new(&[1; KEY_LENGTH]), Key::new(&[2; KEY_LENGTH]));
        let sealed = key.seal("one", &letter, &Dice::system());
        assert!(key.open("one", &sealed) == Some(letter));
        assert!(key.open("two", &sealed).is_none() && other.open("one", &sealed).is_none());
        assert_ne!(key.id(), other.id());
        assert!(!sealed.contains("secret"));
    }
}
