//! What was heard of each node: which packets are new, and whether news are missing between two of them. A decision without I/O.

use std::collections::HashMap;
use std::time::Duration;

use super::wire::{Packet, Said};
use crate::base::clock::Moment;
use crate::base::ids::NodeId;

/// A node that has just started takes no packet older than this for new; clocks may differ by as much.
const LEEWAY: Duration = Duration::from_secs(60);

#[derive(Debug, Default)]
pub(super) struct Numbers(HashMap<NodeId, Heard>);

#[derive(Debug)]
struct Heard {
    run: i64,
    n: u64,
    news: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    Next,
    /// Good, but news before it were lost.
    AfterGap,
    /// Heard before, or of an earlier run, or kept back: somebody repeats what was said.
    Stale,
}

impl Numbers {
    pub(super) fn take(&mut self, packet: &Packet, now: Moment) -> Turn {
        let Packet { from, run, n, at, said } = packet;
        if now.since(*at).max(at.since(now)) > LEEWAY {
            return Turn::Stale;
        }
        let Some(heard) = self.0.get_mut(from).filter(|heard| heard.run >= *run) else {
            let news = news_before(said).unwrap_or(0);
            let known = self.0.insert(from.clone(), Heard { run: *run, n: *n, news });
            self.count(from, said);
            // A node that started again may have said something before we heard of it.
            return if known.is_some() { Turn::AfterGap } else { Turn::Next };
        };
        if heard.run > *run || *n <= heard.n {
            return Turn::Stale;
        }
        heard.n = *n;
        let is_whole = news_before(said).is_none_or(|before| before == heard.news);
        self.count(from, said);
        if is_whole { Turn::Next } else { Turn::AfterGap }
    }

    fn count(&mut self, from: &NodeId, said: &Said) {
        if let (Some(heard), Said::News { number, .. } | Said::Beat { number }) = (self.0.get_mut(from), said) {
            heard.news = *number;
        }
    }
}

/// The number of the news that came before.
fn news_before(said: &Said) -> Option<u64> {
    match said {
        Said::News { number, .. } => Some(number.saturating_sub(1)),
        Said::Beat { number } => Some(*number),
        Said::Letter(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bus::News;

    const NOW: Moment = Moment(1_000_000_000);

    fn packet(run: i64, n: u64, said: Said) -> Packet {
        Packet { from: NodeId("a".into()), run, n, at: NOW, said }
    }

    fn news(number: u64) -> Said {
        Said::News { number, news: News::WhoIsThere }
    }

    #[test]
    fn news_in_turn_are_taken_once() {
        let mut numbers = Numbers::default();
        assert_eq!(numbers.take(&packet(1, 5, news(3)), NOW), Turn::Next, "whatever it begins with");
        assert_eq!(numbers.take(&packet(1, 6, Said::Letter(String::new())), NOW), Turn::Next);
        assert_eq!(numbers.take(&packet(1, 9, news(4)), NOW), Turn::Next, "letters to others are no gap");
        assert_eq!(numbers.take(&packet(1, 9, news(4)), NOW), Turn::Stale, "replayed");
        assert_eq!(numbers.take(&packet(1, 5, news(3)), NOW), Turn::Stale, "replayed");
    }

    #[test]
    fn a_hole_is_found_at_the_latest_by_the_next_beat() {
        let mut numbers = Numbers::default();
        numbers.take(&packet(1, 1, news(1)), NOW);
        assert_eq!(numbers.take(&packet(1, 3, news(3)), NOW), Turn::AfterGap);
        assert_eq!(numbers.take(&packet(1, 4, Said::Beat { number: 3 }), NOW), Turn::Next);
        assert_eq!(numbers.take(&packet(1, 6, Said::Beat { number: 4 }), NOW), Turn::AfterGap, "the last one was lost");
    }

    #[test]
    fn an_earlier_run_and_an_old_packet_are_void() {
        let mut numbers = Numbers::default();
        let old = Packet { at: NOW.minus(LEEWAY * 2), ..packet(2, 1, news(1)) };
        assert_eq!(numbers.take(&old, NOW), Turn::Stale, "kept back and played to a node that has just started");
        numbers.take(&packet(2, 1, news(1)), NOW);
        assert_eq!(numbers.take(&packet(1, 900, news(2)), NOW), Turn::Stale);
        assert_eq!(numbers.take(&packet(3, 1, news(1)), NOW), Turn::AfterGap, "it started again");
        assert_eq!(numbers.take(&packet(3, 2, news(2)), NOW), Turn::Next);
    }
}
