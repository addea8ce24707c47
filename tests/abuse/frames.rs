//! Frames made to cost memory or time: too large, never finished, in a million pieces, no text, pings without end.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use crate::crowd::{Crowd, assert_unnoticed, memory, until};
use crate::support::page::Door;
use crate::support::raw::*;

const ATTACKERS: usize = 20;
/// All of the attackers have sent what they send by then.
const HELD: Duration = Duration::from_millis(700);
/// More memory than before, at most, in KiB.
const MORE: u64 = 2 * 1024;

#[derive(Clone, Copy, Debug)]
enum Attack {
    TenMegabytes,
    Unfinished,
    NoText,
    Pieces,
    Pings,
}

impl Attack {
    fn code(self) -> u16 {
        match self {
            Self::TenMegabytes => 1009,
            Self::NoText => 4400,
            Self::Pieces | Self::Pings => 4429,
            // Its frame could still become a message: it is closed for its silence.
            Self::Unfinished => 4408,
        }
    }

    async fn strike(self, door: Door) -> u16 {
        let mut raw = Raw::enter(&door).await;
        match self {
            Self::TenMegabytes => {
                raw.write(&header(TEXT, 10 << 20)).await;
                for _ in 0..160 {
                    raw.write(&[b' '; 64 * 1024]).await;
                }
            }
            Self::Unfinished => raw.write(&unfinished()).await,
            Self::NoText => raw.send(TEXT, &[0xff; 60_000]).await,
            Self::Pieces => {
                raw.send(TEXT_BEGINS, b"").await;
                let thousand = frame(GOES_ON, b"").repeat(1_000);
                // A million of them all together.
                for _ in 0..1_000 / ATTACKERS {
                    raw.write(&thousand).await;
                }
            }
            Self::Pings => raw.write(&frame(PING, &[0; 125]).repeat(20_000)).await,
        }
        raw.closed().await
    }
}

/// All but the last bytes of a frame.
fn unfinished() -> Vec<u8> {
    [header(TEXT, 64 * 1024), vec![b' '; 60_000]].concat()
}

async fn all_strike(crowd: &Crowd, attack: Attack) -> (Vec<u16>, u64) {
    let strikes: Vec<_> = crowd.doors[..ATTACKERS].iter().cloned().map(|door| tokio::spawn(attack.strike(door))).collect();
    let mut held = 0;
    if matches!(attack, Attack::Unfinished) {
        until(Instant::now() + HELD).await;
        held = memory();
    }
    let mut codes = vec![];
    for strike in strikes {
        codes.push(strike.await.expect("an attacker of ours does not fail"));
    }
    (codes, held.max(memory()))
}

/// All at once, for the codes and the memory; then one after the other, for what others notice.
async fn is_borne(attack: Attack) {
    let crowd = Crowd::gathers(ATTACKERS + 6).await;
    // Once unmeasured: what is held for the first time is not held because of the second.
    let first = if matches!(attack, Attack::Unfinished) { Attack::NoText } else { attack };
    all_strike(&crowd, first).await;
    let before = memory();
    let (codes, after) = all_strike(&crowd, attack).await;
    let more = after.saturating_sub(before);
    println!("{attack:?}: {ATTACKERS} at once, {more} KiB more");
    assert_eq!(codes, [attack.code(); ATTACKERS], "{attack:?}");
    assert!(more <= MORE, "{attack:?} cost {more} KiB");
    let talkers = crowd.talkers().await;
    let held = RefCell::new(vec![]);
    let one = async |number: usize| {
        let door = crowd.doors[number % ATTACKERS].clone();
        if matches!(attack, Attack::Unfinished) {
            let mut raw = Raw::enter(&door).await;
            raw.write(&unfinished()).await;
            // It takes long until it is closed for its silence: so many go on at once.
            return held.borrow_mut().push(raw);
        }
        assert_eq!(attack.strike(door).await, attack.code(), "{attack:?}");
    };
    assert_unnoticed(&format!("{attack:?}"), talkers, one).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn frames_of_ten_megabytes() {
    is_borne(Attack::TenMegabytes).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn frames_that_never_end() {
    is_borne(Attack::Unfinished).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn text_that_is_none() {
    is_borne(Attack::NoText).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_million_pieces() {
    is_borne(Attack::Pieces).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pings_without_end() {
    is_borne(Attack::Pings).await;
}
