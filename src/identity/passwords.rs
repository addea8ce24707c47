//! Hashing and checking passwords with argon2id, off the async threads and a few at a time: each takes 19 MiB and some ten milliseconds.

use std::sync::Arc;
use std::time::Duration;

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

use super::staff::PasswordHash;
use crate::base::dice::Dice;
use crate::base::private::Secret;

const AT_ONCE: usize = 2;
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// Stands in for the hash of an account that does not exist, so that a wrong login takes as long as a wrong password.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5LW5vYm9keS0xMg$7l1oLr8cPpDGcYf1m6oFHPq0p3Xh2eQJcXb8a0vVZ0M";

#[derive(Clone, Debug)]
pub struct Passwords(Arc<Semaphore>);

impl Default for Passwords {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

#[derive(Clone, Copy, Debug, thiserror::Error)]
pub enum PasswordError {
    #[error("too many passwords are being checked at once")]
    Busy,
    #[error("the password could not be hashed")]
    Failed,
}

impl Passwords {
    pub async fn hash(&self, password: Secret, dice: &Dice) -> Result<PasswordHash, PasswordError> {
        let salt = dice.bytes::<16>();
        self.run(move || {
            let hash = Argon2::default().hash_password_with_salt(password.reveal().as_bytes(), &salt);
            hash.map(|hash| PasswordHash::stored(hash.to_string())).map_err(|_| PasswordError::Failed)
        })
        .await?
    }

    /// Is it the password of this hash? Without a hash it is not, after the same time.
    pub(super) async fn check(&self, password: Secret, hash: Option<PasswordHash>) -> Result<bool, PasswordError> {
        self.run(move || {
            let against = hash.as_ref().map_or(NOBODY, PasswordHash::as_str);
            let right = Argon2::default().verify_password(password.reveal().as_bytes(), against).is_ok();
            right && hash.is_some()
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Result<T, PasswordError> {
        let turn = tokio::time::timeout(LONGEST_WAIT, self.0.clone().acquire_owned()).await;
        let turn = turn.map_err(|_| PasswordError::Busy)?.map_err(|_| PasswordError::Failed)?;
        let done = tokio::task::spawn_blocking(move || {
            let done = job();
            drop(turn);
            done
        });
        done.await.map_err(|_| PasswordError::Failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_of_an_account_opens() {
        let passwords = Passwords::default();
        let hash = passwords.hash(Secret::new("correct horse battery"), &Dice::system()).await.expect("a hash");
        assert!(hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        let check = async |text: &str, hash: Option<&PasswordHash>| {
            passwords.check(Secret::new(text), hash.cloned()).await.expect("an answer")
        };
        assert!(check("correct horse battery", Some(&hash)).await);
        assert!(!check("correct horse batter", Some(&hash)).await);
        assert!(!check("correct horse battery", None).await);
    }

    #[test]
    fn the_hash_of_nobody_costs_the_same() {
        let hash = argon2::password_hash::phc::PasswordHash::new(NOBODY).expect("a hash in PHC form");
        let params = argon2::Params::try_from(&hash).expect("parameters");
        assert_eq!(params, argon2::Params::try_from(&hash_of_somebody()).expect("parameters"));
    }

    fn hash_of_somebody() -> argon2::password_hash::phc::PasswordHash {
        Argon2::default().hash_password_with_salt(b"somebody", &[7; 16]).expect("a hash")
    }
}
