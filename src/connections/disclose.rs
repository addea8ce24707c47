//! Small counts told apart from those that may be shown. A group with a count from 1 to 4 in it is put together with others until
//! no count of the sum is so small, so that no total gives it away by subtraction. What is shown is rounded to fives, so that
//! two tables, or one who knows that a phone has one browser only, cannot be subtracted either. Pure.

/// Counts of 1 up to this many less one are never shown.
const FEWEST: u64 = 5;

/// How many went well in a group, and how many did not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) good: u64,
    pub(super) bad: u64,
}

impl Counts {
    pub(super) fn plus(self, other: Self) -> Self {
        Self { good: self.good + other.good, bad: self.bad + other.bad }
    }

    fn all(self) -> u64 {
        self.good + self.bad
    }

    fn may_be_shown(self) -> bool {
        may_be_shown(self.good) && may_be_shown(self.bad)
    }

    pub(super) fn rounded(self) -> Self {
        Self { good: rounded(self.good), bad: rounded(self.bad) }
    }
}

fn may_be_shown(count: u64) -> bool {
    count == 0 || count >= FEWEST
}

/// To the nearest five; nothing that is there becomes nothing.
fn rounded(count: u64) -> u64 {
    if count == 0 { 0 } else { ((count + 2) / 5 * 5).max(FEWEST) }
}

/// Groups that may be shown, and the rest of them as one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shown<K, C> {
    pub(super) groups: Vec<(K, C)>,
    pub(super) together: Option<C>,
}

/// `None` where even all of them together are too few. The order of the groups stays.
pub(super) fn hold_back<K>(groups: Vec<(K, Counts)>) -> Option<Shown<K, Counts>> {
    let (mut shown, small): (Vec<_>, Vec<_>) =
        groups.into_iter().filter(|(_, counts)| counts.all() > 0).partition(|(_, counts)| counts.may_be_shown());
    let mut together = small.into_iter().map(|(_, counts)| counts).reduce(Counts::plus);
    while let Some(sum) = together.filter(|sum| !sum.may_be_shown()) {
        let smallest = (0..shown.len()).min_by_key(|at| shown[*at].1.all())?;
        together = Some(sum.plus(shown.remove(smallest).1));
    }
    Some(Shown {
        groups: shown.into_iter().map(|(key, counts)| (key, counts.rounded())).collect(),
        together: together.map(Counts::rounded),
    })
}

/// The same for single counts that add up to one that is shown.
pub(super) fn hold_back_counts<K>(counts: Vec<(K, u64)>) -> Option<Shown<K, u64>> {
    let pairs = counts.into_iter().map(|(key, bad)| (key, Counts { good: 0, bad })).collect();
    let Shown { groups, together } = hold_back(pairs)?;
    Some(Shown {
        groups: groups.into_iter().map(|(key, counts)| (key, counts.bad)).collect(),
        together: together.map(|counts| counts.bad),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn counts(good: u64, bad: u64) -> Counts {
        Counts { good, bad }
    }

    #[test]
    fn one_small_group_takes_another_with_it() {
        let shown = hold_back(vec![("a", counts(50, 20)), ("b", counts(10, 10)), ("c", counts(9, 1))]).expect("enough");
        assert_eq!(shown.groups, [("a", counts(50, 20))]);
        assert_eq!(shown.together, Some(counts(20, 10)));
    }

    #[test]
    fn where_all_together_are_too_few_nothing_is_shown() {
        assert_eq!(hold_back(vec![("a", counts(40, 1)), ("b", counts(10, 2))]), None);
        assert_eq!(hold_back(vec![("a", counts(3, 0))]), None);
    }

    #[test]
    fn what_is_large_enough_is_shown_in_fives_and_in_its_order() {
        let shown = hold_back(vec![("a", counts(7, 0)), ("b", counts(0, 0)), ("c", counts(98, 12))]).expect("enough");
        assert_eq!(shown, Shown { groups: vec![("a", counts(5, 0)), ("c", counts(100, 10))], together: None });
    }

    proptest! {
        /// Whatever the groups are: nobody who adds and subtracts what is shown gets a count from 1 to 4 of people.
        #[test]
        fn no_small_count_is_shown_or_left_over(groups in prop::collection::vec((0u64..30, 0u64..12), 0..9)) {
            let groups: Vec<_> = groups.into_iter().enumerate().map(|(at, (good, bad))| (at, counts(good, bad))).collect();
            let total = groups.iter().map(|(_, counts)| *counts).fold(Counts::default(), Counts::plus);
            match hold_back(groups.clone()) {
                None => prop_assert!(!total.may_be_shown()),
                Some(shown) => {
                    let named: Vec<_> = groups.iter().filter(|(key, _)| shown.groups.iter().any(|(other, _)| other == key)).collect();
                    prop_assert!(named.iter().all(|(_, counts)| counts.may_be_shown()));
                    let sum = named.iter().map(|(_, counts)| *counts).fold(Counts::default(), Counts::plus);
                    let rest = counts(total.good - sum.good, total.bad - sum.bad);
                    prop_assert!(rest.may_be_shown(), "{:?} is left over", rest);
                    prop_assert_eq!(shown.together.unwrap_or_default(), rest.rounded());
                    let fives = shown.groups.iter().all(|(_, counts)| counts.good % 5 == 0 && counts.bad % 5 == 0);
                    prop_assert!(fives);
                }
            }
        }
    }
}
