//! Holds packets back for the echo's delay, in the order of their numbers: one that was sent again and comes late still finds its place.

use std::collections::VecDeque;
use std::time::Instant;

use super::limits::{DELAY, HELD_BYTES};

#[derive(Debug)]
pub(super) struct DelayLine<T> {
    held: VecDeque<Held<T>>,
    bytes: usize,
    /// The number that left last.
    gone: Option<i64>,
}

#[derive(Debug)]
struct Held<T> {
    number: i64,
    due: Instant,
    bytes: usize,
    packet: T,
}

impl<T> Default for DelayLine<T> {
    fn default() -> Self {
        Self { held: VecDeque::new(), bytes: 0, gone: None }
    }
}

impl<T> DelayLine<T> {
    /// Takes a packet, unless it is too late, here already, or more than the line may hold.
    pub(super) fn push(&mut self, number: i64, packet: T, bytes: usize, now: Instant) {
        let at = self.held.partition_point(|held| held.number < number);
        let too_late = self.gone.is_some_and(|gone| number <= gone);
        let is_here = self.held.get(at).is_some_and(|held| held.number == number);
        if too_late || is_here || self.bytes + bytes > HELD_BYTES {
            return;
        }
        let due = self.held.get(at).map_or(now + DELAY, |next| next.due);
        self.bytes += bytes;
        self.held.insert(at, Held { number, due, bytes, packet });
    }

    /// When the next packet leaves, and how large it is.
    pub(super) fn next(&self) -> Option<(Instant, usize)> {
        self.held.front().map(|held| (held.due, held.bytes))
    }

    /// The next packet with its number, due or not.
    pub(super) fn pop(&mut self) -> Option<(i64, T)> {
        let Held { number, bytes, packet, .. } = self.held.pop_front()?;
        self.bytes -= bytes;
        self.gone = Some(number);
        Some((number, packet))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn packets_leave_in_order_after_the_delay() {
        let start = Instant::now();
        let later = start + Duration::from_millis(50);
        let mut line = DelayLine::default();
        line.push(1, 'a', 10, start);
        line.push(3, 'c', 10, start);
        line.push(2, 'b', 10, later);
        line.push(2, 'x', 10, later);
        let mut left = Vec::new();
        while let Some((due, _)) = line.next() {
            assert_eq!(due, start + DELAY, "the late one leaves with the one it belongs before");
            left.extend(line.pop());
        }
        assert_eq!(left, [(1, 'a'), (2, 'b'), (3, 'c')]);
        line.push(3, 'y', 10, later);
        assert!(line.next().is_none(), "it has left before");
    }

    #[test]
    fn a_flood_is_not_held() {
        let start = Instant::now();
        let mut line = DelayLine::default();
        for number in 0..10_000 {
            line.push(number, (), 1_200, start);
        }
        assert_eq!(line.held.len(), HELD_BYTES / 1_200);
        while line.pop().is_some() {}
        assert_eq!(line.bytes, 0);
    }
}
