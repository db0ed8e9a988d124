//! The exact distribution of what independent days add up to.

/// Mass that is cut off at either end of a distribution after each day. Over ten years less than 1e-11 is lost so.
const DUST: f64 = 1e-15;
/// Chances this far below a bound still reach it: rounding in the last digits must not decide.
pub const TOLERANCE: f64 = 1e-9;
/// Longest distribution that is held.
const LONGEST: usize = 1 << 21;

/// A day drawn from a history, each of its days equally likely: the distinct counts and how likely each is.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    least: usize,
    most: usize,
    /// Counts above the least, in ascending order.
    counts: Vec<(usize, f64)>,
}

/// Multiplications that may be spent; one budget may serve several distributions.
#[derive(Clone, Copy, Debug)]
pub struct Budget(u64);

/// Chances of sums, in the form in which they are asked for: of at least so many.
#[derive(Clone, Debug, PartialEq)]
pub struct AtLeastSums {
    least: u64,
    /// `chances[i]` is that of at least `least + i`; they never rise.
    chances: Vec<f64>,
}

#[derive(Clone, Debug)]
struct Sum {
    least: usize,
    mass: Vec<f64>,
}

impl Budget {
    /// So many multiplications.
    pub fn new(steps: u64) -> Self {
        Self(steps)
    }

    fn spend(&mut self, steps: usize) -> Option<()> {
        self.0 = self.0.checked_sub(steps as u64)?;
        Some(())
    }
}

impl Day {
    /// From daily counts in any order. `None` for no day.
    pub fn new(history: &[u64]) -> Option<Self> {
        let mut sorted: Vec<usize> = history.iter().map(|&c| usize::try_from(c).unwrap_or(usize::MAX)).collect();
        sorted.sort_unstable();
        let (&least, &most) = (sorted.first()?, sorted.last()?);
        let days = sorted.len() as f64;
        let counts = sorted
            .chunk_by(|a, b| a == b)
            .filter_map(|same| same.first().map(|count| (count - least, same.len() as f64 / days)));
        Some(Self { least, most, counts: counts.collect() })
    }

    /// The chances of what `days` such days add up to, independent of each other: the convolution of their distributions.
    /// `None` where that costs more than the budget.
    ///
    /// ```
    /// use flowgauge::stats::{Budget, Day};
    /// let day = Day::new(&[0, 1]).unwrap();
    /// let two = day.sums(2, &mut Budget::new(1_000)).unwrap();
    /// assert_eq!((two.at_least(1), two.at_least(2), two.at_least(3)), (0.75, 0.25, 0.0));
    /// assert_eq!((two.most(0.75), two.most(0.85)), (1, 0));
    /// ```
    pub fn sums(&self, days: u64, budget: &mut Budget) -> Option<AtLeastSums> {
        let mut sum = Sum::zero();
        for _ in 0..days {
            sum = sum.plus(self, budget)?;
            sum.trim();
        }
        let mut chances = sum.mass;
        let mut above = 0.0;
        for chance in chances.iter_mut().rev() {
            above += *chance;
            *chance = f64::min(above, 1.0);
        }
        Some(AtLeastSums { least: sum.least as u64, chances })
    }

    /// The chance that the sum of independent days has reached `items` by the end of day 0, 1, 2, ...: until it is
    /// at least `enough`, or for `limit` days. `None` where that costs more than the budget.
    ///
    /// What has arrived does not go on: only sums below `items` are carried from day to day.
    pub fn passage(&self, items: u64, limit: u64, enough: f64, budget: &mut Budget) -> Option<Vec<f64>> {
        let items = usize::try_from(items).ok()?;
        let mut done = if items == 0 { 1.0 } else { 0.0 };
        let mut by = vec![done];
        let mut sum = Sum::zero();
        for _ in 0..limit {
            if done >= enough - TOLERANCE {
                break;
            }
            sum = sum.plus(self, budget)?;
            done = f64::min(done + sum.take_from(items), 1.0);
            by.push(done);
            sum.trim();
        }
        Some(by)
    }
}

impl AtLeastSums {
    /// The chance of at least `items`.
    pub fn at_least(&self, items: u64) -> f64 {
        let Some(above) = items.checked_sub(self.least).filter(|&above| above > 0) else { return 1.0 };
        usize::try_from(above).ok().and_then(|i| self.chances.get(i)).copied().unwrap_or(0.0)
    }

    /// The largest number of which at least so many come with this chance.
    pub fn most(&self, chance: f64) -> u64 {
        let reached = self.chances.partition_point(|&c| c >= chance - TOLERANCE);
        self.least + reached.saturating_sub(1) as u64
    }
}

impl Sum {
    /// The sum of no days.
    fn zero() -> Self {
        Self { least: 0, mass: vec![1.0] }
    }

    /// The sum with one day more.
    fn plus(&self, day: &Day, budget: &mut Budget) -> Option<Self> {
        let length = self.mass.len().checked_add(day.most - day.least).filter(|&n| n <= LONGEST)?;
        budget.spend(self.mass.len().saturating_mul(day.counts.len()).saturating_add(length))?;
        let mut mass = vec![0.0; length];
        for &(above, chance) in &day.counts {
            let Some(from) = mass.get_mut(above..) else { continue };
            for (to, part) in from.iter_mut().zip(&self.mass) {
                *to += chance * part;
            }
        }
        Some(Self { least: self.least.checked_add(day.least)?, mass })
    }

    /// Takes out what has reached a number, and says how much that is.
    fn take_from(&mut self, items: usize) -> f64 {
        let kept = items.saturating_sub(self.least).min(self.mass.len());
        self.mass.drain(kept..).rev().sum()
    }

    /// Cuts dust off both ends.
    fn trim(&mut self) {
        let dust = |mass: &mut dyn Iterator<Item = &f64>| {
            let mut lost = 0.0;
            mass.take_while(|&&part| {
                lost += part;
                lost < DUST
            })
            .count()
        };
        let high = dust(&mut self.mass.iter().rev());
        self.mass.truncate(self.mass.len() - high);
        let low = dust(&mut self.mass.iter());
        self.mass.drain(..low);
        self.least += low;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Budget, Day};

    /// T18 of the method page: this many came on six days.
    const T18: [u64; 6] = [0, 1, 1, 2, 3, 5];

    fn plenty() -> Budget {
        Budget::new(1_000_000_000)
    }

    /// T18: 51,749,280 of the 6^10 ways to draw ten days add up to 15 or more.
    #[test]
    fn ten_days_of_the_worked_example() {
        let sums = Day::new(&T18).unwrap().sums(10, &mut plenty()).unwrap();
        assert!((sums.at_least(15) - 51_749_280.0 / 6_f64.powi(10)).abs() < 1e-12);
        assert!((sums.at_least(15) - 0.855_838).abs() < 5e-7);
        assert!((sums.at_least(16) - 0.803_085).abs() < 5e-7);
        assert!((sums.at_least(20) - 0.523_270).abs() < 5e-7);
        assert_eq!(sums.most(0.85), 15);
        assert!((sums.at_least(0) - 1.0).abs() < f64::EPSILON && sums.at_least(51) == 0.0);
    }

    /// T18: twenty are done by day 10, 13 and 15 with 50, 85 and 95 %.
    #[test]
    fn twenty_items_of_the_worked_example() {
        let by = Day::new(&T18).unwrap().passage(20, 100, 0.999, &mut plenty()).unwrap();
        let first = |c: f64| by.iter().position(|&p| p >= c).unwrap();
        assert_eq!((first(0.5), first(0.85), first(0.95)), (10, 13, 15));
        assert!((by[10] - 0.523_270).abs() < 5e-7 && (by[13] - 0.865_497).abs() < 5e-7);
        assert!(by[by.len() - 2] < 0.999 && by[by.len() - 1] >= 0.999);
    }

    #[test]
    fn what_costs_too_much_is_refused() {
        let day = Day::new(&[0, 1, 7, 1_000]).unwrap();
        assert_eq!(day.sums(30, &mut Budget::new(10_000)), None);
        assert_eq!(day.passage(100_000, 1_000, 0.999, &mut Budget::new(10_000)), None);
        assert_eq!(Day::new(&[0, 1 << 40]).unwrap().sums(1, &mut plenty()), None);
        assert_eq!(Day::new(&[u64::MAX]).unwrap().sums(2, &mut plenty()), None);
        assert_eq!(Day::new(&[]), None);
    }

    #[test]
    fn nothing_to_do_is_done_on_day_0_and_nothing_done_never() {
        assert_eq!(Day::new(&[3, 4]).unwrap().passage(0, 10, 0.999, &mut plenty()), Some(vec![1.0]));
        assert_eq!(Day::new(&[0, 0]).unwrap().passage(1, 3, 0.5, &mut plenty()), Some(vec![0.0; 4]));
    }

    proptest! {
        #[test]
        fn chances_fall_with_items_and_rise_with_days(history in prop::collection::vec(0..9_u64, 1..30), days in 0..40_u64) {
            let day = Day::new(&history).unwrap();
            let (now, next) = (day.sums(days, &mut plenty()).unwrap(), day.sums(days + 1, &mut plenty()).unwrap());
            for k in 0..days * 9 + 10 {
                prop_assert!(now.at_least(k) >= now.at_least(k + 1));
                prop_assert!(next.at_least(k) >= now.at_least(k) - 1e-12);
            }
            prop_assert!(now.most(0.5) >= now.most(0.85));
            let mean = history.iter().sum::<u64>() as f64 / history.len() as f64 * days as f64;
            let of_tails: f64 = (1..=days * 9).map(|k| now.at_least(k)).sum();
            prop_assert!((of_tails - mean).abs() < 1e-9, "{of_tails} is not {mean}");
        }

        /// Both ways to the same chance: sums of so many days, and days until the sum is reached.
        #[test]
        fn passage_agrees_with_sums(history in prop::collection::vec(0..9_u64, 1..30), items in 1..60_u64) {
            let day = Day::new(&history).unwrap();
            let by = day.passage(items, 30, 2.0, &mut plenty()).unwrap();
            prop_assert_eq!(by.len(), 31);
            for (days, chance) in (0..).zip(by) {
                prop_assert!((day.sums(days, &mut plenty()).unwrap().at_least(items) - chance).abs() < 1e-12);
            }
        }
    }
}
