//! Bins that both sides of a comparison share, so that a percentile of drawn weeks costs a walk over bins, not tickets.

use crate::query::PercentileMethod;

/// Consecutive ranges of values that occur, about as many tickets in each. Where there are no more distinct values than
/// bins, each has one of its own, and percentiles are exact.
#[derive(Clone, Debug, PartialEq)]
pub struct Bins {
    /// Smallest value of each.
    low: Vec<u32>,
    /// Largest value of each.
    high: Vec<u32>,
}

impl Bins {
    /// At most `most` bins (and one) of a sorted sample.
    pub fn new(sorted: &[u32], most: usize) -> Self {
        let distinct = sorted.chunk_by(|a, b| a == b).count();
        // With few values each is a bin; else a bin ends where it holds its part of the tickets.
        let part = if distinct <= most { 1 } else { sorted.len().div_ceil(most.max(1)) };
        let mut bins = Self { low: Vec::new(), high: Vec::new() };
        let mut held = 0;
        for run in sorted.chunk_by(|a, b| a == b) {
            let Some(&value) = run.first() else { continue };
            if held == 0 {
                bins.low.push(value);
                bins.high.push(value);
            } else if let Some(high) = bins.high.last_mut() {
                *high = value;
            }
            held += run.len();
            if held >= part {
                held = 0;
            }
        }
        bins
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.high.len()
    }

    /// How many of these sorted values are in each bin.
    pub fn counts(&self, sorted: &[u32]) -> Vec<u32> {
        let mut from = 0;
        let mut count = |high: &u32| {
            let to = sorted.partition_point(|value| value <= high);
            let count = to - from;
            from = to;
            u32::try_from(count).unwrap_or(u32::MAX)
        };
        self.high.iter().map(&mut count).collect()
    }

    /// The percentile of so many tickets in each bin; within a bin they are taken to lie evenly between its ends. `None`
    /// where there is no ticket.
    pub fn percentile(&self, counts: &[u64], p: f64, method: PercentileMethod) -> Option<f64> {
        let n: u64 = counts.iter().sum();
        let last = n.checked_sub(1)?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 <= p < 100: a valid rank")]
        let (rank, rest) = match method {
            PercentileMethod::HyndmanFan7 => {
                let h = last as f64 * p / 100.0;
                (h.floor() as u64, h - h.floor())
            }
            // A hair less, so that 85 % of 20 is the 17th although 0.85 in binary is a little more.
            PercentileMethod::NearestRank => (((n as f64 * p / 100.0 - 1e-9).ceil().max(1.0) as u64) - 1, 0.0),
        };
        let low = self.at(counts, rank)?;
        if rest <= 0.0 {
            return Some(low);
        }
        let high = self.at(counts, (rank + 1).min(last))?;
        Some(low + (high - low) * rest)
    }

    /// The value at a rank from 0.
    fn at(&self, counts: &[u64], rank: u64) -> Option<f64> {
        let mut before = 0;
        for ((&count, &low), &high) in counts.iter().zip(&self.low).zip(&self.high) {
            if rank < before + count {
                let place = ((rank - before) as f64 + 0.5) / count as f64;
                let (low, high) = (f64::from(low), f64::from(high));
                return Some(if low < high { low + (high - low) * place } else { low });
            }
            before += count;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Bins;
    use crate::query::PercentileMethod::{HyndmanFan7, NearestRank};

    fn wide(counts: &[u32]) -> Vec<u64> {
        counts.iter().map(|&c| u64::from(c)).collect()
    }

    /// `numpy.percentile([1, 1, 2, 3, 5, 8, 8, 8, 13, 21], [50, 85, 95])` -> 6.5, 11.25, 17.4; with
    /// `method="inverted_cdf"` -> 5, 13, 21.
    #[test]
    fn few_values_are_numpys() {
        let values = [1, 1, 2, 3, 5, 8, 8, 8, 13, 21];
        let bins = Bins::new(&values, 100);
        let counts = wide(&bins.counts(&values));
        assert_eq!(counts, [2, 1, 1, 1, 3, 1, 1]);
        for (p, type7, nearest) in [(50.0, 6.5, 5.0), (85.0, 11.25, 13.0), (95.0, 17.4, 21.0)] {
            assert!((bins.percentile(&counts, p, HyndmanFan7).unwrap() - type7).abs() < 1e-12, "{p}");
            assert_eq!(bins.percentile(&counts, p, NearestRank), Some(nearest), "{p}");
        }
        assert_eq!(bins.percentile(&[0; 7], 50.0, HyndmanFan7), None);
        assert_eq!(Bins::new(&[], 10).len(), 0);
    }

    proptest! {
        /// Many values in few bins: nothing is lost, and a percentile is off by less than a bin is wide.
        #[test]
        fn bins_hold_everything(mut values in prop::collection::vec(0..100_000_u32, 1..800), most in 1..60_usize) {
            values.sort_unstable();
            let bins = Bins::new(&values, most);
            let counts = wide(&bins.counts(&values));
            prop_assert_eq!(counts.iter().sum::<u64>(), values.len() as u64);
            prop_assert!(bins.len() <= most.max(1) + 1);
            for p in [50.0, 85.0, 95.0] {
                let exact = crate::stats::type7(&values, p / 100.0).unwrap();
                let found = bins.percentile(&counts, p, HyndmanFan7).unwrap();
                let width = bins.high.iter().zip(&bins.low).map(|(h, l)| h - l).max().unwrap();
                prop_assert!((exact - found).abs() <= f64::from(width) + 1e-6, "{} {}", exact, found);
            }
        }
    }
}
