//! The database keeps the words of the wire.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::store::StoreError;

pub(super) fn word<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_value(Value::from(text)).map_err(StoreError::strange)
}

pub(super) fn spelled(value: impl Serialize) -> Result<String, StoreError> {
    serde_json::from_value(serde_json::to_value(value).map_err(StoreError::strange)?).map_err(StoreError::strange)
}

#[cfg(test)]
mod tests {
    use super::*;
    use signaling::message::Consent;

    #[test]
    fn what_was_spelled_can_be_read() {
        for consent in [Consent::NotAsked, Consent::Asked, Consent::Agreed, Consent::Refused, Consent::Stopped] {
            let text = spelled(consent).expect("a word");
            assert_eq!(word::<Consent>(&text).expect("read"), consent);
        }
        assert!(spelled(7).is_err(), "no word");
    }
}
