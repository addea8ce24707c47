//! What a try to send came to, and when to try again. Pure.

use std::time::Duration;

use crate::base::dice::Dice;

/// What a sender says of one try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Try {
    /// The receiver has taken it.
    Sent,
    /// It may work another time; not before so long, where the receiver says so.
    Later(Why, Option<Duration>),
    /// The receiver will never take this one.
    Never(Why),
}

/// Stable words, for the log, the metrics and staff; none says to whom or what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Nobody answers at the address.
    Unreachable,
    /// The answer did not come in time.
    TooSlow,
    /// The certificate is not the receiver's.
    NotTrusted,
    /// Our credentials or signature are not taken.
    NotAllowed,
    /// The receiver asks to wait.
    Busy,
    /// The receiver failed.
    Failed,
    /// This message or this recipient is not taken.
    Refused,
    /// It waited until it was of no use any more.
    Expired,
    /// Something that happened since says it better.
    Overtaken,
    /// It does not open with the key that it names.
    Damaged,
}

impl Why {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::TooSlow => "too_slow",
            Self::NotTrusted => "not_trusted",
            Self::NotAllowed => "not_allowed",
            Self::Busy => "busy",
            Self::Failed => "failed",
            Self::Refused => "refused",
            Self::Expired => "expired",
            Self::Overtaken => "overtaken",
            Self::Damaged => "damaged",
        }
    }
}

/// Waits between tries, in seconds: eleven tries in about eight hours, then it is given up.
const WAITS: [u64; 10] = [5, 15, 60, 180, 600, 1_200, 2_400, 4_800, 9_600, 9_600];
/// Whatever a receiver asks for.
const LONGEST: Duration = Duration::from_secs(4 * 3_600);

/// How long to wait after the try of this number (1 is the first); `None` when it was the last.
pub(super) fn wait(tries: i64, asked: Option<Duration>, dice: &Dice) -> Option<Duration> {
    let planned = WAITS.get(usize::try_from(tries - 1).ok()?)?;
    let [chance] = dice.bytes::<1>();
    // From three quarters to five quarters, so that those who failed together do not come back together.
    let jittered = Duration::from_millis(planned * (750 + u64::from(chance) * 500 / 255));
    Some(jittered.max(asked.unwrap_or_default().min(LONGEST)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_scatter_and_end() {
        let dice = Dice::system();
        for (tries, planned) in WAITS.iter().enumerate() {
            let tries = i64::try_from(tries).expect("few") + 1;
            let waits: Vec<_> = (0..50).map(|_| wait(tries, None, &dice).expect("another try").as_millis()).collect();
            let (least, most) = (u128::from(*planned) * 750, u128::from(*planned) * 1250);
            assert!(waits.iter().all(|wait| (least..=most).contains(wait)));
            assert!(waits.iter().any(|wait| *wait != waits[0]), "they scatter");
        }
        assert_eq!(wait(11, None, &dice), None);
    }

    #[test]
    fn a_receiver_who_asks_to_wait_is_obeyed_within_reason() {
        let dice = Dice::system();
        assert_eq!(wait(1, Some(Duration::from_secs(120)), &dice), Some(Duration::from_secs(120)));
        assert_eq!(wait(1, Some(Duration::from_secs(1_000_000)), &dice), Some(LONGEST));
        assert!(
            wait(3, Some(Duration::from_secs(1)), &dice).expect("another") >= Duration::from_secs(45),
            "never sooner than planned"
        );
    }
}
