//! Which scopes and seats have ended: remembered for as long as a credential minted before could still be tried.
//!
//! A scope ends for good. A seat may come back (sent to the waiting room and admitted again): what was minted up to its end stays dead,
//! what is minted afterwards works, even within the same second.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::credentials::{CALL_LIFE, Holder, LEEWAY, Username};

/// What ends.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// A visit or an equipment test, for everyone in it.
    Scope(String),
    /// One person's place.
    Seat(Holder),
}

impl End {
    pub fn covers(&self, holder: &Holder) -> bool {
        match self {
            Self::Scope(scope) => scope == holder.scope(),
            Self::Seat(seat) => seat == holder,
        }
    }
}

/// Remembers ends.
#[derive(Debug, Default)]
pub struct Ended(Mutex<HashMap<End, Mark>>);

#[derive(Clone, Copy, Debug)]
struct Mark {
    /// Credentials that expire up to this UTC second are dead.
    cutoff_s: i64,
    forget_s: i64,
}

impl Ended {
    /// Ends now; returns the UTC second up to which credentials are dead. `now_ms` is UTC milliseconds.
    pub fn mark(&self, end: &End, now_ms: i64) -> i64 {
        let newest_s = now_ms / 1000 + seconds(CALL_LIFE);
        let cutoff_s = self.lock().get(end).map_or(newest_s, |mark| newest_s.max(mark.cutoff_s + 1));
        self.mark_up_to(end, cutoff_s, now_ms);
        cutoff_s
    }

    /// The same with a cut-off decided elsewhere; an older one changes nothing.
    pub fn mark_up_to(&self, end: &End, cutoff_s: i64, now_ms: i64) {
        let mut marks = self.lock();
        marks.retain(|_, mark| mark.forget_s > now_ms / 1000);
        let mark = Mark { cutoff_s, forget_s: cutoff_s + seconds(LEEWAY) * 2 };
        let kept = marks.entry(end.clone()).or_insert(mark);
        if kept.cutoff_s < cutoff_s {
            *kept = mark;
        }
    }

    /// Whether a credential was taken back.
    pub fn refuses(&self, username: &Username) -> bool {
        let marks = self.lock();
        marks.contains_key(&End::Scope(username.holder.scope().to_owned()))
            || marks.get(&End::Seat(username.holder.clone())).is_some_and(|mark| username.expires_s <= mark.cutoff_s)
    }

    /// The first expiry, in UTC seconds, that is not dead for this seat.
    pub fn first_live_expiry_s(&self, holder: &Holder) -> i64 {
        self.lock().get(&End::Seat(holder.clone())).map_or(0, |mark| mark.cutoff_s + 1)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<End, Mark>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn seconds(span: std::time::Duration) -> i64 {
    i64::try_from(span.as_secs()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::RelaySecret;

    const NOW_MS: i64 = 1_764_000_000_000;

    fn minted(ended: &Ended, holder: &Holder, now_ms: i64) -> Username {
        let secret = RelaySecret::random();
        let credential = secret.mint(holder, now_ms, CALL_LIFE, ended.first_live_expiry_s(holder));
        Username::read(&credential.username).expect("minted")
    }

    #[test]
    fn a_scope_ends_for_good_and_only_itself() {
        let ended = Ended::default();
        let holder = Holder::new("visit1", "seat1").expect("plain names");
        let other = Holder::new("visit2", "seat1").expect("plain names");
        ended.mark(&End::Scope("visit1".to_owned()), NOW_MS);
        assert!(ended.refuses(&minted(&ended, &holder, NOW_MS + 5_000)));
        assert!(!ended.refuses(&minted(&ended, &other, NOW_MS)));
    }

    #[test]
    fn a_seat_comes_back_with_new_credentials_in_the_same_second() {
        let ended = Ended::default();
        let holder = Holder::new("visit1", "seat1").expect("plain names");
        for _ in 0..3 {
            let before = minted(&ended, &holder, NOW_MS);
            assert!(!ended.refuses(&before));
            ended.mark(&End::Seat(holder.clone()), NOW_MS);
            assert!(ended.refuses(&before));
        }
        assert!(!ended.refuses(&minted(&ended, &holder, NOW_MS)));
    }

    #[test]
    fn marks_are_forgotten_when_no_credential_is_left() {
        let ended = Ended::default();
        ended.mark(&End::Scope("visit1".to_owned()), NOW_MS);
        ended.mark(&End::Scope("visit2".to_owned()), NOW_MS + 3_600_000);
        assert_eq!(ended.lock().len(), 1);
    }
}
