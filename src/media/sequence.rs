//! RTP sequence numbers without their turning over at 65,536.

/// Follows one stream.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sequence(Option<i64>);

impl Sequence {
    /// The whole number of a packet: the one nearest to the highest so far.
    pub(super) fn extend(&mut self, number: u16) -> i64 {
        let whole = match self.0 {
            None => i64::from(number),
            Some(highest) => {
                let step = number.wrapping_sub(low(highest)).cast_signed();
                highest + i64::from(step)
            }
        };
        self.0 = Some(self.0.map_or(whole, |highest| highest.max(whole)));
        whole
    }

    pub(super) fn highest(self) -> Option<i64> {
        self.0
    }
}

/// As it stands in a packet.
pub(super) fn low(whole: i64) -> u16 {
    u16::try_from(whole.rem_euclid(1 << 16)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_on_past_the_turn_and_late_ones_stay_behind() {
        let mut sequence = Sequence::default();
        let whole: Vec<_> = [65_534, 65_535, 0, 65_533, 1].map(|number| sequence.extend(number)).into();
        assert_eq!(whole, [65_534, 65_535, 65_536, 65_533, 65_537]);
        assert_eq!(sequence.highest(), Some(65_537));
        assert_eq!(low(65_537), 1);
    }
}
