//! The bootstrap: futures drawn from the days of the past.

use rand_xoshiro::Xoshiro256StarStar;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// Draws futures from a history: days one by one, or runs of consecutive days, which keep their rhythm.
///
/// Runs begin at any day and go round from the newest to the oldest, so that each day is as likely as any other: the
/// circular block bootstrap of Politis & Romano (1992). With runs of one day it is Efron's (1979).
#[derive(Clone, Debug)]
pub struct Futures<'a> {
    history: &'a [u64],
    block: usize,
    random: Xoshiro256StarStar,
}

/// Drawn numbers in ascending order.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn(Vec<u64>);

/// Stands for a sum that was not reached.
const NEVER: u64 = u64::MAX;

impl<'a> Futures<'a> {
    /// From daily counts in the order of time, `block` consecutive ones (no more than there are) drawn
    /// together. The same seed gives the same draws.
    pub fn new(history: &'a [u64], block: usize, seed: u64) -> Self {
        Self { history, block: block.clamp(1, history.len().max(1)), random: Xoshiro256StarStar::seed_from_u64(seed) }
    }

    /// What `days` days add up to, drawn `trials` times.
    pub fn sums(&mut self, days: u64, trials: u64) -> Drawn {
        let days = usize::try_from(days).unwrap_or(usize::MAX);
        Drawn::new((0..trials).map(|_| self.future().take(days).sum()).collect())
    }

    /// The day on which a sum reaches `items`, drawn `trials` times; where that takes more than `limit` days, never.
    pub fn passages(&mut self, items: u64, limit: u64, trials: u64) -> Drawn {
        let mut passage = || {
            let mut left = items;
            let mut days = 0;
            let mut future = self.future();
            while left > 0 {
                if days == limit {
                    return NEVER;
                }
                left = left.saturating_sub(future.next().unwrap_or(0));
                days += 1;
            }
            days
        };
        Drawn::new((0..trials).map(|_| passage()).collect())
    }

    /// Days without end; none where the history has none.
    fn future(&mut self) -> impl Iterator<Item = u64> + '_ {
        let (history, block, random) = (self.history, self.block, &mut self.random);
        let blocks = if history.is_empty() { 0 } else { usize::MAX };
        let starts = std::iter::repeat_with(|| below(random, history.len())).take(blocks);
        starts.flat_map(move |start| history.iter().skip(start).chain(history).take(block).copied())
    }
}

/// An index below `n`, uniform.
#[expect(clippy::cast_possible_truncation, reason = "the high half of a product by n is below n")]
fn below(random: &mut Xoshiro256StarStar, n: usize) -> usize {
    ((u128::from(random.next_u64()) * n as u128) >> 64) as usize
}

impl Drawn {
    fn new(mut draws: Vec<u64>) -> Self {
        draws.sort_unstable();
        Self(draws)
    }

    /// The share of draws of at least so many.
    pub fn at_least(&self, items: u64) -> f64 {
        self.share(self.0.len() - self.0.partition_point(|&drawn| drawn < items))
    }

    /// The share of draws of at most so many; those that never ended are in none.
    pub fn at_most(&self, days: u64) -> f64 {
        self.share(self.0.partition_point(|&drawn| drawn <= days && drawn != NEVER))
    }

    /// The largest number that this share of the draws reaches.
    pub fn most(&self, share: f64) -> u64 {
        let needed = self.needed(share);
        self.0.len().checked_sub(needed).and_then(|rank| self.0.get(rank)).copied().unwrap_or(0)
    }

    /// The smallest number that this share of the draws does not exceed. `None` where fewer ever ended.
    pub fn least(&self, share: f64) -> Option<u64> {
        self.0.get(self.needed(share) - 1).copied().filter(|&drawn| drawn != NEVER)
    }

    fn share(&self, count: usize) -> f64 {
        count as f64 / self.0.len().max(1) as f64
    }

    /// How many draws are this share, one at least.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a length is a length")]
    fn needed(&self, share: f64) -> usize {
        let exactly = share.clamp(0.0, 1.0) * self.0.len() as f64;
        ((exactly - 1e-9).ceil() as usize).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::{Drawn, Futures};
    use crate::stats::{Budget, Day};

    const T18: [u64; 6] = [0, 1, 1, 2, 3, 5];

    /// Four standard errors of a share, `sqrt(p (1 - p) / trials)`.
    fn near(drawn: f64, exact: f64, trials: u64) -> bool {
        (drawn - exact).abs() <= 4.0 * (exact * (1.0 - exact) / trials as f64).sqrt() + 1e-12
    }

    #[test]
    fn single_days_draw_the_exact_distribution() {
        let exact = Day::new(&T18).unwrap();
        let sums = exact.sums(10, &mut Budget::new(1_000_000)).unwrap();
        let by = exact.passage(20, 60, 1.0, &mut Budget::new(1_000_000)).unwrap();
        for seed in 1..4 {
            let drawn = Futures::new(&T18, 1, seed).sums(10, 100_000);
            for k in 0..51 {
                assert!(near(drawn.at_least(k), sums.at_least(k), 100_000), "seed {seed}, {k}: {}", drawn.at_least(k));
            }
            let drawn = Futures::new(&T18, 1, seed).passages(20, 60, 100_000);
            for (day, &chance) in (0..).zip(&by) {
                assert!(near(drawn.at_most(day), chance, 100_000), "seed {seed}, day {day}: {}", drawn.at_most(day));
            }
        }
    }

    /// Blocks of the whole history's length add up to its total, wherever they begin.
    #[test]
    fn blocks_are_consecutive_days_that_go_round() {
        let drawn = Futures::new(&T18, 6, 1).sums(6, 500);
        assert_eq!((drawn.most(1.0), drawn.most(0.01)), (12, 12));
        // Two days in a row of 0 1 1 2 3 5, round: 1, 2, 3, 5, 8, 5.
        let pairs = Futures::new(&T18, 2, 1).sums(2, 60_000);
        for (least, share) in [(2, 5.0 / 6.0), (3, 4.0 / 6.0), (4, 3.0 / 6.0), (6, 1.0 / 6.0), (9, 0.0)] {
            assert!(near(pairs.at_least(least), share, 60_000), "{least}: {}", pairs.at_least(least));
        }
    }

    #[test]
    fn a_seed_decides_everything() {
        let of = |seed| (Futures::new(&T18, 2, seed).sums(9, 1000), Futures::new(&T18, 2, seed).passages(9, 50, 1000));
        assert_eq!(of(7), of(7));
        assert_ne!(of(7), of(8));
    }

    #[test]
    fn ranks_of_draws_are_those_of_the_definition() {
        let drawn = Drawn::new(vec![4, 1, 3, 2]);
        assert_eq!((drawn.most(0.5), drawn.most(0.75), drawn.most(0.76), drawn.most(1.0)), (3, 2, 1, 1));
        assert_eq!((drawn.least(0.5), drawn.least(0.51)), (Some(2), Some(3)));
        assert!((drawn.at_least(2) - 0.75).abs() < 1e-12 && (drawn.at_most(2) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn no_history_no_trials_and_no_end_do_no_harm() {
        assert_eq!(Futures::new(&[], 1, 1).sums(5, 3), Drawn(vec![0; 3]));
        let never = Futures::new(&[0, 0], 1, 1).passages(1, 5, 3);
        assert_eq!((never.least(0.5), never.at_most(u64::MAX)), (None, 0.0));
        assert_eq!(Futures::new(&[], 1, 1).passages(1, 5, 3).least(0.5), None);
        let none = Drawn::new(Vec::new());
        assert_eq!((none.most(0.5), none.least(0.5), none.at_least(0)), (0, None, 0.0));
    }
}
