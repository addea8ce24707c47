//! About how long somebody waits for a technician: from those before them, those at the desk, and how long helping took lately.

use std::time::Duration;

/// Fewer than so many handled requests say nothing about the next.
const ENOUGH: usize = 5;
const MINUTE: u64 = 60;

/// What the estimate rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Older requests that nobody has yet.
    pub ahead: u32,
    /// Technicians at the desk.
    pub technicians: u32,
    /// Requests that they have in hand.
    pub in_hand: u32,
    /// How long the newest handled requests took, from claim to outcome.
    pub handled: Vec<Duration>,
}

/// In minutes; nothing where nobody is at the desk, or too little is known.
pub fn about_minutes(line: &Line) -> Option<u32> {
    if line.technicians == 0 {
        return None;
    }
    let free = line.technicians.saturating_sub(line.in_hand);
    if free > line.ahead {
        return Some(1);
    }
    let usual = median(&line.handled)?;
    // So many have to be done with somebody before there is time for this one, all technicians working side by side.
    let turns = u64::from(line.ahead + 1 - free).div_ceil(u64::from(line.technicians));
    let minutes = (usual.as_secs() * turns).div_ceil(MINUTE).max(1);
    u32::try_from(rounded(minutes)).ok()
}

fn median(handled: &[Duration]) -> Option<Duration> {
    let mut sorted = handled.to_vec();
    sorted.sort_unstable();
    (sorted.len() >= ENOUGH).then(|| sorted[sorted.len() / 2])
}

/// Nobody believes "17 minutes".
fn rounded(minutes: u64) -> u64 {
    if minutes <= 5 { minutes } else { minutes.div_ceil(5) * 5 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(ahead: u32, technicians: u32, in_hand: u32) -> Line {
        Line { ahead, technicians, in_hand, handled: [4, 9, 6, 5, 30].map(|minutes| Duration::from_secs(minutes * 60)).to_vec() }
    }

    #[test]
    fn a_free_technician_comes_at_once_and_a_busy_desk_takes_its_usual_time() {
        assert_eq!(about_minutes(&line(0, 1, 0)), Some(1));
        assert_eq!(about_minutes(&line(0, 1, 1)), Some(10), "the median of six minutes, rounded up");
        assert_eq!(about_minutes(&line(1, 2, 2)), Some(10), "two at once");
        assert_eq!(about_minutes(&line(5, 2, 2)), Some(20));
        assert_eq!(about_minutes(&line(2, 2, 0)), Some(10));
    }

    #[test]
    fn what_is_not_known_is_not_said() {
        assert_eq!(about_minutes(&line(3, 0, 0)), None, "nobody is at the desk");
        let new = Line { handled: vec![Duration::from_secs(60); 4], ..line(1, 1, 1) };
        assert_eq!(about_minutes(&new), None, "too few were helped to know");
    }
}
