//! The database keeps the words of the wire.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::StoreError;

/// A word that was read.
pub fn word<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_value(Value::from(text)).map_err(StoreError::strange)
}

/// A word to be written.
pub fn spelled(value: impl Serialize) -> String {
    let word = serde_json::to_value(value).ok();
    word.and_then(|word| word.as_str().map(str::to_owned)).expect("words of the wire are text")
}

#[cfg(test)]
mod tests {
    use super::*;
    use signaling::message::Consent;

    #[test]
    fn what_was_spelled_can_be_read() {
        for consent in [Consent::NotAsked, Consent::Asked, Consent::Agreed, Consent::Refused, Consent::Stopped] {
            assert_eq!(word::<Consent>(&spelled(consent)).expect("read"), consent);
        }
        assert!(word::<Consent>("perhaps").is_err());
    }
}
