//! How often somebody may do something: a burst, then a steady drip, per key, in bounded memory. Time is handed in.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hash};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::base::clock::Moment;

/// At most so many keys are remembered; beyond it the ones that are nearest to being forgiven go first.
const KEYS: usize = 16_384;

#[derive(Debug)]
pub(super) struct Throttle {
    burst: u32,
    /// One more becomes free after each of these.
    drip: Duration,
    hasher: RandomState,
    /// When each key's count will be all forgiven.
    forgiven_at: Mutex<HashMap<u64, Moment>>,
}

/// Said no; ask again after so long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooMany {
    pub(super) retry_after: Duration,
}

impl Throttle {
    /// `burst` at once, and all of them again after `span`.
    pub(super) fn new(burst: u32, span: Duration) -> Self {
        Self { burst, drip: span / burst, hasher: RandomState::new(), forgiven_at: Mutex::default() }
    }

    /// Would one more be too many? Counts nothing.
    pub(super) fn check(&self, key: impl Hash, now: Moment) -> Result<(), TooMany> {
        let key = self.hasher.hash_one(key);
        self.with(|keys| self.room(keys.get(&key).copied(), now))
    }

    /// Counts one, or says that it is one too many.
    pub(super) fn take(&self, key: impl Hash, now: Moment) -> Result<(), TooMany> {
        let key = self.hasher.hash_one(key);
        self.with(|keys| {
            self.room(keys.get(&key).copied(), now)?;
            make_room(keys, now);
            let forgiven_at = keys.entry(key).or_insert(now);
            *forgiven_at = (*forgiven_at).max(now).plus(self.drip);
            Ok(())
        })
    }

    /// Takes back one that was counted before it was known to be harmless.
    pub(super) fn give_back(&self, key: impl Hash) {
        let key = self.hasher.hash_one(key);
        self.with(|keys| {
            if let Some(forgiven_at) = keys.get_mut(&key) {
                *forgiven_at = forgiven_at.minus(self.drip);
            }
        });
    }

    fn room(&self, forgiven_at: Option<Moment>, now: Moment) -> Result<(), TooMany> {
        let owed = forgiven_at.unwrap_or(now).since(now);
        let most = self.drip * (self.burst - 1);
        if owed <= most { Ok(()) } else { Err(TooMany { retry_after: owed - most }) }
    }

    fn with<T>(&self, job: impl FnOnce(&mut HashMap<u64, Moment>) -> T) -> T {
        // Nothing in a job can panic half-way through a change.
        job(&mut self.forgiven_at.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn make_room(keys: &mut HashMap<u64, Moment>, now: Moment) {
    if keys.len() < KEYS {
        return;
    }
    keys.retain(|_, forgiven_at| *forgiven_at > now);
    if keys.len() > KEYS / 2 {
        let mut moments: Vec<Moment> = keys.values().copied().collect();
        let (_, middle, _) = moments.select_nth_unstable(KEYS / 4);
        let middle = *middle;
        keys.retain(|_, forgiven_at| *forgiven_at > middle);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn a_burst_then_a_drip() {
        let throttle = Throttle::new(3, 3 * MINUTE);
        let now = Moment(1_000);
        for _ in 0..3 {
            assert_eq!(throttle.take("a", now), Ok(()));
        }
        assert_eq!(throttle.take("a", now), Err(TooMany { retry_after: MINUTE }));
        assert_eq!(throttle.take("b", now), Ok(()), "another key is not touched");
        assert_eq!(throttle.check("a", now.plus(MINUTE)), Ok(()));
        assert_eq!(throttle.take("a", now.plus(MINUTE)), Ok(()));
        assert!(throttle.take("a", now.plus(MINUTE)).is_err());
    }

    #[test]
    fn what_was_harmless_is_given_back() {
        let throttle = Throttle::new(1, MINUTE);
        for _ in 0..100 {
            assert_eq!(throttle.take("a", Moment(0)), Ok(()));
            throttle.give_back("a");
        }
    }

    #[test]
    fn memory_stays_bounded_while_a_hard_guesser_stays_known() {
        let throttle = Throttle::new(10, 10 * MINUTE);
        for _ in 0..10 {
            throttle.take("guesser", Moment(0)).expect("within the burst");
        }
        for passer_by in 0..100_000 {
            let _ = throttle.take(passer_by, Moment(0));
        }
        assert!(throttle.with(|keys| keys.len()) <= KEYS);
        assert!(throttle.check("guesser", Moment(0)).is_err());
    }
}
