//! Relay credentials: short-lived, bound to one seat of one scope, verifiable without a database.
//!
//! The form is the "TURN REST" one that coturn's `use-auth-secret` reads (draft-uberti-behave-turn-rest-00), used as long-term
//! credentials of RFC 8489 section 9.2: the username is `expiry:scope:seat`, the password is base64(HMAC-SHA1(secret, username)).

use std::fmt;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ring::hmac;
use ring::rand::{SecureRandom, SystemRandom};

/// How long a call's credential may start new allocations; a live allocation is kept past it until its scope ends.
pub const CALL_LIFE: Duration = Duration::from_secs(10 * 60);
/// The same for an equipment test.
pub const TEST_LIFE: Duration = Duration::from_secs(5 * 60);
/// Allowed difference between the clocks of gateway and relay.
pub const LEEWAY: Duration = Duration::from_secs(60);

const SHORTEST_SECRET: usize = 16;
const LONGEST_NAME: usize = 64;

/// What gateway and relay share. Printing it shows nothing.
#[derive(Clone)]
pub struct RelaySecret(String);

/// The text is too short, or not printable ASCII without spaces, so it could not stand in coturn's configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the relay's secret must be at least {SHORTEST_SECRET} letters or digits, without spaces")]
pub struct UnfitSecret;

impl RelaySecret {
    /// Takes a secret as an operator keeps it in a file; surrounding white space does not count.
    pub fn from_text(text: &str) -> Result<Self, UnfitSecret> {
        let text = text.trim();
        if text.len() < SHORTEST_SECRET || !text.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(UnfitSecret);
        }
        Ok(Self(text.to_owned()))
    }

    /// 256 random bits, as 64 hexadecimal digits.
    ///
    /// # Panics
    /// When the operating system gives no random bytes.
    pub fn random() -> Self {
        let mut bytes = [0_u8; 32];
        SystemRandom::new().fill(&mut bytes).expect("the operating system gives random bytes");
        Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The text itself, for the file it is kept in and for coturn's configuration.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The password that belongs to `username`, base64.
    pub fn password(&self, username: &str) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, self.0.as_bytes());
        BASE64_STANDARD.encode(hmac::sign(&key, username.as_bytes()))
    }

    /// A credential for `holder` that ends `life` (at most `CALL_LIFE`) after `now_ms` (UTC milliseconds), but not before
    /// `at_least_s` (UTC seconds): what `Ended` asks of a seat that comes back.
    pub fn mint(&self, holder: &Holder, now_ms: i64, life: Duration, at_least_s: i64) -> Credential {
        let life = life.min(CALL_LIFE);
        let expires_s = (now_ms / 1000 + i64::try_from(life.as_secs()).unwrap_or(0)).max(at_least_s);
        let username = Username { expires_s, holder: holder.clone() }.to_string();
        let password = self.password(&username);
        Credential { username, password }
    }
}

impl fmt::Debug for RelaySecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RelaySecret(…)")
    }
}

/// Who an allocation belongs to: one seat of one scope. A scope is a visit's or an equipment test's id.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Holder {
    scope: String,
    seat: String,
}

/// A scope or seat is empty, longer than 64 bytes, or has other characters than letters, digits, `-` and `_`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a relay scope or seat must be 1 to {LONGEST_NAME} letters, digits, - or _")]
pub struct UnfitName;

impl Holder {
    pub fn new(scope: impl Into<String>, seat: impl Into<String>) -> Result<Self, UnfitName> {
        let holder = Self { scope: scope.into(), seat: seat.into() };
        if fits(&holder.scope) && fits(&holder.seat) { Ok(holder) } else { Err(UnfitName) }
    }

    pub fn scope(&self) -> &str {
        &self.scope
    }

    pub fn seat(&self) -> &str {
        &self.seat
    }
}

fn fits(name: &str) -> bool {
    (1..=LONGEST_NAME).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// What a page hands to its ICE agent. Printing it shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Credential {
    pub username: String,
    pub password: String,
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credential(…)")
    }
}

/// A username taken apart. Reading one proves nothing: the message's integrity has to be checked with the password that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Username {
    /// UTC seconds.
    pub expires_s: i64,
    pub holder: Holder,
}

/// Where a credential stands in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    Fresh,
    /// Starts nothing new, but may keep what it started.
    Expired,
    /// Ends later than any credential that was minted until now could: not ours.
    Impossible,
}

impl Username {
    /// `None` when the text is not of the form `expiry:scope:seat`.
    pub fn read(text: &str) -> Option<Self> {
        let (expiry, rest) = text.split_once(':')?;
        let (scope, seat) = rest.split_once(':')?;
        if expiry.is_empty() || expiry.len() > 12 || !expiry.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        Some(Self { expires_s: expiry.parse().ok()?, holder: Holder::new(scope, seat).ok()? })
    }

    /// `now_ms` is UTC milliseconds; the leeway is given on both ends.
    pub fn age(&self, now_ms: i64) -> Age {
        let leeway = i64::try_from(LEEWAY.as_secs()).unwrap_or(0);
        let longest = i64::try_from(CALL_LIFE.as_secs()).unwrap_or(0);
        let now_s = now_ms / 1000;
        if self.expires_s < now_s - leeway {
            Age::Expired
        } else if self.expires_s > now_s + longest + leeway {
            Age::Impossible
        } else {
            Age::Fresh
        }
    }
}

impl fmt::Display for Username {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.expires_s, self.holder.scope, self.holder.seat)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW_MS: i64 = 1_764_000_000_000;

    fn holder() -> Holder {
        Holder::new("visit1", "seat1").expect("plain names")
    }

    #[test]
    fn a_credential_is_what_coturn_computes() {
        // printf '1764000600:visit1:seat1' | openssl dgst -sha1 -hmac 'correct-horse-battery' -binary | base64
        let secret = RelaySecret::from_text("correct-horse-battery\n").expect("long enough");
        let minted = secret.mint(&holder(), NOW_MS, CALL_LIFE, 0);
        assert_eq!(minted.username, "1764000600:visit1:seat1");
        assert_eq!(minted.password, "jDH/dl51SKNHLlCxtfmK4hMnfAw=");
    }

    #[test]
    fn a_username_reads_back_and_ages() {
        let name = Username::read("1764000600:visit1:seat1").expect("well formed");
        assert_eq!(name.holder, holder());
        assert_eq!(name.age(NOW_MS), Age::Fresh);
        assert_eq!(name.age(NOW_MS + 660_000), Age::Fresh, "the leeway");
        assert_eq!(name.age(NOW_MS + 661_000), Age::Expired);
        assert_eq!(name.age(NOW_MS - 61_000), Age::Impossible);
    }

    #[test]
    fn what_is_not_a_username_is_refused() {
        for text in
            ["", "1", "1:a", "1:a:", ":a:b", "x:a:b", "-1:a:b", "+1:a:b", "1:a:b:c", "1:a b:c", "9999999999999:a:b", "1:ä:b"]
        {
            assert_eq!(Username::read(text), None, "{text}");
        }
    }

    #[test]
    fn nothing_secret_is_printed() {
        let secret = RelaySecret::from_text("correct-horse-battery").expect("long enough");
        let printed = format!("{secret:?} {:?}", secret.mint(&holder(), NOW_MS, CALL_LIFE, 0));
        assert!(!printed.contains("horse") && !printed.contains("visit1"), "{printed}");
        assert!(RelaySecret::from_text("short").is_err());
        assert!(RelaySecret::from_text("long enough but with spaces").is_err());
        assert_eq!(RelaySecret::random().reveal().len(), 64);
    }
}
