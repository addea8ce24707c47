//! Who may begin when not everybody can: places are given in the order of asking, and who does not ask again loses theirs.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// A page asks again every three seconds.
pub(super) const ASK_AGAIN: Duration = Duration::from_secs(3);
const FORGOTTEN: Duration = Duration::from_secs(10);
/// Nobody waits for a place that comes this late.
const LONGEST: usize = 500;

#[derive(Debug, Default)]
pub(super) struct Line {
    waiting: VecDeque<(String, Instant)>,
}

impl Line {
    /// `Ok` when `who` may take one of the `free` places now; otherwise how many are before them, themselves included.
    pub(super) fn ask(&mut self, who: &str, free: usize, now: Instant) -> Result<(), usize> {
        self.waiting.retain(|(name, asked)| name == who || now.saturating_duration_since(*asked) < FORGOTTEN);
        let at = self.waiting.iter().position(|(name, _)| name == who);
        let place = at.unwrap_or(self.waiting.len());
        if place < free {
            if let Some(at) = at {
                self.waiting.remove(at);
            }
            return Ok(());
        }
        match at {
            Some(at) => self.waiting[at].1 = now,
            None if place < LONGEST => self.waiting.push_back((who.to_owned(), now)),
            None => {}
        }
        Err(place + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_to_ask_is_the_first_to_begin() {
        let (mut line, now) = (Line::default(), Instant::now());
        assert_eq!(line.ask("a", 1, now), Ok(()));
        assert_eq!(line.ask("b", 0, now), Err(1));
        assert_eq!(line.ask("c", 0, now), Err(2));
        assert_eq!(line.ask("c", 1, now), Err(2), "the free place is b's");
        assert_eq!(line.ask("d", 1, now), Err(3));
        assert_eq!(line.ask("b", 1, now), Ok(()));
        assert_eq!(line.ask("c", 1, now), Ok(()));
        assert_eq!(line.ask("d", 2, now), Ok(()));
        assert!(line.waiting.is_empty());
    }

    #[test]
    fn who_does_not_ask_again_loses_the_place() {
        let (mut line, start) = (Line::default(), Instant::now());
        assert_eq!(line.ask("a", 0, start), Err(1));
        assert_eq!(line.ask("b", 0, start), Err(2));
        let later = start + Duration::from_secs(9);
        assert_eq!(line.ask("b", 0, later), Err(2));
        assert_eq!(line.ask("b", 0, later + Duration::from_secs(9)), Err(1));
    }

    #[test]
    fn a_line_of_any_length_stays_small() {
        let (mut line, now) = (Line::default(), Instant::now());
        for number in 0..2_000 {
            let _ = line.ask(&number.to_string(), 0, now);
        }
        assert_eq!(line.waiting.len(), LONGEST);
    }
}
