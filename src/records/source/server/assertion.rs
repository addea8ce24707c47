//! The assertion with which the gateway proves who it is (SMART backend services; RFC 7523): a JWT that lives four minutes, signed with
//! ES384 or RS384, whichever the key is for.

use std::path::Path;
use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use ring::signature::{ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, RSA_PKCS1_SHA384, RsaKeyPair};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::pki_types::pem::PemObject;
use serde_json::{Value, json};

use crate::base::clock::Moment;
use crate::base::dice::Dice;

/// SMART allows five minutes; one is left for clocks that differ.
const LIVES: Duration = Duration::from_mins(4);

pub(super) struct Signer {
    key: Key,
    key_id: String,
    client: String,
    dice: Dice,
}

enum Key {
    Curve(Box<EcdsaKeyPair>),
    Rsa(Box<RsaKeyPair>),
}

/// The key cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the key of the FHIR client is not a PEM file (PKCS #8) with a key on P-384 or an RSA key of 2048 bits or more")]
pub struct UnfitKey;

impl Signer {
    pub(super) fn open(file: &Path, key_id: &str, client: &str, dice: Dice) -> Result<Self, UnfitKey> {
        let der = PrivatePkcs8KeyDer::from_pem_file(file).map_err(|_| UnfitKey)?;
        let der = der.secret_pkcs8_der();
        let curve =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, der, dice.random()).map(|key| Key::Curve(Box::new(key)));
        let rsa = || RsaKeyPair::from_pkcs8(der).map(|key| Key::Rsa(Box::new(key)));
        let key = curve.or_else(|_| rsa()).map_err(|_| UnfitKey)?;
        Ok(Self { key, key_id: key_id.to_owned(), client: client.to_owned(), dice })
    }

    /// For the token server at this address, and for nobody else.
    pub(super) fn assertion(&self, token_url: &str, now: Moment) -> String {
        let seconds = |moment: Moment| moment.0 / 1000;
        let head = json!({ "alg": self.key.algorithm(), "kid": self.key_id, "typ": "JWT" });
        let claims = json!({
            "iss": self.client, "sub": self.client, "aud": token_url, "jti": self.dice.token().reveal(),
            "iat": seconds(now), "exp": seconds(now.plus(LIVES)),
        });
        let signed = format!("{}.{}", encoded(&head), encoded(&claims));
        let signature = BASE64URL_NOPAD.encode(&self.key.sign(signed.as_bytes(), &self.dice));
        format!("{signed}.{signature}")
    }
}

fn encoded(json: &Value) -> String {
    BASE64URL_NOPAD.encode(json.to_string().as_bytes())
}

impl Key {
    fn algorithm(&self) -> &'static str {
        match self {
            Self::Curve(_) => "ES384",
            Self::Rsa(_) => "RS384",
        }
    }

    fn sign(&self, text: &[u8], dice: &Dice) -> Vec<u8> {
        match self {
            Self::Curve(key) => key.sign(dice.random(), text).expect("a key that was taken signs").as_ref().to_vec(),
            Self::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(&RSA_PKCS1_SHA384, dice.random(), text, &mut signature).expect("a key that was taken signs");
                signature
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use ring::signature::{ECDSA_P384_SHA384_FIXED, KeyPair, RSA_PKCS1_2048_8192_SHA384, UnparsedPublicKey};

    use super::*;

    const NOW: Moment = Moment(1_800_000_000_000);

    fn signer(pem: &str) -> Result<Signer, UnfitKey> {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("key.pem");
        std::fs::write(&file, pem).expect("written");
        Signer::open(&file, "2026", "housecall", Dice::system())
    }

    /// The head, the claims, what was signed, and the signature.
    fn parts(assertion: &str) -> (Value, Value, &str, Vec<u8>) {
        let (signed, signature) = assertion.rsplit_once('.').expect("three parts");
        let (head, claims) = signed.split_once('.').expect("three parts");
        let open =
            |part: &str| serde_json::from_slice(&BASE64URL_NOPAD.decode(part.as_bytes()).expect("base64url")).expect("JSON");
        (open(head), open(claims), signed, BASE64URL_NOPAD.decode(signature.as_bytes()).expect("base64url"))
    }

    #[test]
    fn a_key_on_the_curve_signs_for_one_token_server() {
        let made = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P384_SHA384).expect("made");
        let signer = signer(&made.serialize_pem()).expect("a key");
        let assertion = signer.assertion("https://auth.example/token", NOW);
        let (head, claims, signed, signature) = parts(&assertion);
        assert_eq!(head, json!({ "alg": "ES384", "kid": "2026", "typ": "JWT" }));
        assert_eq!((&claims["iss"], &claims["sub"]), (&json!("housecall"), &json!("housecall")));
        assert_eq!((&claims["aud"], &claims["exp"]), (&json!("https://auth.example/token"), &json!(NOW.0 / 1000 + 240)));
        assert_ne!(claims["jti"], parts(&signer.assertion("https://auth.example/token", NOW)).1["jti"]);
        let Key::Curve(key) = &signer.key else { panic!("a key on the curve") };
        let public = UnparsedPublicKey::new(&ECDSA_P384_SHA384_FIXED, key.public_key().as_ref().to_vec());
        public.verify(signed.as_bytes(), &signature).expect("signed");
    }

    #[test]
    fn an_rsa_key_signs_too() {
        let signer = signer(include_str!("rsa-for-tests.pem")).expect("a key");
        let assertion = signer.assertion("https://auth.example/token", NOW);
        let (head, _, signed, signature) = parts(&assertion);
        assert_eq!(head["alg"], "RS384");
        let Key::Rsa(key) = &signer.key else { panic!("an RSA key") };
        let public = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA384, key.public().as_ref().to_vec());
        public.verify(signed.as_bytes(), &signature).expect("signed");
    }

    #[test]
    fn other_keys_are_refused() {
        let other = rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519).expect("made");
        assert_eq!(signer(&other.serialize_pem()).err(), Some(UnfitKey));
        assert_eq!(signer("not a key").err(), Some(UnfitKey));
    }
}
