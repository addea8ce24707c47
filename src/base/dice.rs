//! Chance, from the operating system through ring. Handed in like the clock.

use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD};
use ring::rand::{SecureRandom, SystemRandom};

#[derive(Clone, Debug)]
pub struct Dice(SystemRandom);

impl Dice {
    pub fn system() -> Self {
        Self(SystemRandom::new())
    }

    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill(&mut bytes).expect("the operating system gives random bytes");
        bytes
    }

    /// For libraries that draw for themselves.
    pub fn random(&self) -> &SystemRandom {
        &self.0
    }

    /// A fresh name for a row: 16 letters and digits, 80 bits, safe in a URL and read out loud.
    pub fn id(&self) -> String {
        BASE32_NOPAD.encode(&self.bytes::<10>()).to_ascii_lowercase()
    }

    /// A fresh bearer secret: 22 letters, 128 bits.
    pub fn token(&self) -> crate::base::private::Secret {
        crate::base::private::Secret::new(BASE64URL_NOPAD.encode(&self.bytes::<16>()))
    }
}
