//! Nonces that are not remembered: each carries its time and a MAC over it and the client's address (RFC 8489 section 9.2).
//! So their number is bounded by nothing and costs nothing.

use std::net::SocketAddr;

use ring::hmac;
use ring::rand::SystemRandom;

const LIFE_S: i64 = 3600;
const MAC_BYTES: usize = 12;

pub(super) struct Nonces(hmac::Key);

impl Nonces {
    pub(super) fn new() -> Self {
        Self(hmac::Key::generate(hmac::HMAC_SHA256, &SystemRandom::new()).expect("the operating system gives random bytes"))
    }

    pub(super) fn issue(&self, client: SocketAddr, now_ms: i64) -> String {
        let at = now_ms / 1000;
        format!("{at:x}-{}", self.mac(at, client))
    }

    pub(super) fn accepts(&self, nonce: &str, client: SocketAddr, now_ms: i64) -> bool {
        let Some((at, mac)) = nonce.split_once('-') else { return false };
        let Ok(at) = i64::from_str_radix(at, 16) else { return false };
        (0..=LIFE_S).contains(&(now_ms / 1000 - at)) && mac == self.mac(at, client)
    }

    fn mac(&self, at: i64, client: SocketAddr) -> String {
        let tag = hmac::sign(&self.0, format!("{at} {client}").as_bytes());
        tag.as_ref()[..MAC_BYTES].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_is_good_for_an_hour_from_one_address() {
        let nonces = Nonces::new();
        let client: SocketAddr = "8.8.8.8:5000".parse().expect("an address");
        let nonce = nonces.issue(client, 1_000_000);
        assert!(nonces.accepts(&nonce, client, 1_000_000 + 3_600_000));
        assert!(!nonces.accepts(&nonce, client, 1_000_000 + 3_602_000));
        assert!(!nonces.accepts(&nonce, client, 0), "from the future");
        assert!(!nonces.accepts(&nonce, "8.8.8.8:5001".parse().expect("an address"), 1_000_000));
        for edited in ["", "-", "3e8-", "3e9-000000000000000000000000", &nonce[1..]] {
            assert!(!nonces.accepts(edited, client, 1_000_000), "{edited}");
        }
    }
}
