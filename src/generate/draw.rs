//! Random draws from integers alone.
//!
//! `ln` and `exp` differ in their last bit between a native libm and the one inside wasm, so no draw uses them: the same
//! seed must give the same bytes on every platform.

use rand_xoshiro::Xoshiro256StarStar;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// Quantiles of a lognormal with median 1,000 and sigma 1, at 0.002, 1/64, 2/64, ... 63/64, 0.998.
const LOGNORMAL: [u64; 65] = [
    56, 116, 155, 187, 216, 242, 268, 292, 317, 340, 364, 388, 412, //
    436, 460, 485, 509, 535, 560, 587, 613, 641, 669, 698, 727, 758, //
    789, 821, 854, 889, 925, 962, 1000, 1040, 1082, 1125, 1170, 1218, 1268, //
    1320, 1375, 1434, 1495, 1561, 1630, 1705, 1784, 1870, 1963, 2064, 2174, 2294, //
    2428, 2577, 2746, 2937, 3159, 3421, 3736, 4128, 4637, 5344, 6441, 8618, 17782,
];

/// A seeded source of draws.
#[derive(Debug)]
pub struct Draw(Xoshiro256StarStar);

impl Draw {
    /// The same seed gives the same draws.
    pub fn new(seed: u64) -> Self {
        Self(Xoshiro256StarStar::seed_from_u64(seed))
    }

    /// 32 random bits.
    fn word(&mut self) -> u64 {
        self.0.next_u64() >> 32
    }

    /// An integer below `n`, uniform; 0 for n = 0. `n` has to fit 32 bits.
    pub fn below(&mut self, n: u64) -> u64 {
        (self.word() * n) >> 32
    }

    /// An integer from `low` to `high`, both included.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// True in so many cases of a thousand.
    pub fn chance(&mut self, per_mille: u64) -> bool {
        self.below(1000) < per_mille
    }

    /// Position of an entry, each as likely as its weight says.
    pub fn weighted(&mut self, weights: impl Iterator<Item = u64> + Clone) -> usize {
        let mut left = self.below(weights.clone().sum());
        for (position, weight) in weights.enumerate() {
            if left < weight {
                return position;
            }
            left -= weight;
        }
        0
    }

    /// An entry of a list, all equally likely.
    pub fn pick(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap_or(0)
    }

    /// Exponential with mean 1, as a fixed-point number with 32 bits after the point.
    ///
    /// Von Neumann's comparison method (1951): a descending run that starts at x has odd length with probability e^-x.
    pub fn exponential(&mut self) -> u64 {
        let mut whole = 0;
        loop {
            let first = self.word();
            let mut last = first;
            let mut odd = true;
            loop {
                let next = self.word();
                if next >= last {
                    break;
                }
                last = next;
                odd = !odd;
            }
            if odd {
                return (whole << 32) | first;
            }
            whole += 1;
        }
    }

    /// Exponential with this mean, rounded down.
    pub fn exponential_of(&mut self, mean: u64) -> u64 {
        scale(self.exponential(), mean)
    }

    /// Lognormal with this median and sigma 1 (mean 1.6 medians), cut at 0.06 and 18 medians.
    pub fn lognormal_of(&mut self, median: u64) -> u64 {
        let at = self.word() * 64;
        let knot = usize::try_from(at >> 32).unwrap_or(0);
        let low = LOGNORMAL.get(knot).copied().unwrap_or(1000);
        let high = LOGNORMAL.get(knot + 1).copied().unwrap_or(low);
        let within = at & 0xFFFF_FFFF;
        (low * 1000 + (((high - low) * 1000 * within) >> 32)) * median / 1_000_000
    }
}

/// A fixed-point number times an integer, rounded down.
pub fn scale(fixed: u64, by: u64) -> u64 {
    u64::try_from((u128::from(fixed) * u128::from(by)) >> 32).unwrap_or(u64::MAX)
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn exponential_has_mean_and_variance_of_one() {
        let mut draw = Draw::new(1);
        let n = 100_000_u32;
        let (mut sum, mut squares) = (0.0, 0.0);
        for _ in 0..n {
            let x = draw.exponential() as f64 / 4_294_967_296.0;
            sum += x;
            squares += x * x;
        }
        let mean = sum / f64::from(n);
        assert!((mean - 1.0).abs() < 0.02, "{mean}");
        assert!((squares / f64::from(n) - mean * mean - 1.0).abs() < 0.04);
    }

    #[test]
    fn lognormal_has_its_median_and_the_tabled_mean() {
        let mut draw = Draw::new(2);
        let mut values: Vec<u64> = (0..50_001).map(|_| draw.lognormal_of(10_000)).collect();
        values.sort_unstable();
        let median = values[25_000];
        assert!((9_800..=10_200).contains(&median), "{median}");
        let mean = values.iter().sum::<u64>() / 50_001;
        assert!((15_700..=17_300).contains(&mean), "{mean}");
        assert!(values[0] >= 560 && values[50_000] <= 177_900);
    }

    #[test]
    fn weights_are_respected() {
        let mut draw = Draw::new(3);
        let mut counts = [0_u32; 3];
        for _ in 0..10_000 {
            counts[draw.weighted([1, 0, 3].into_iter())] += 1;
        }
        assert_eq!(counts[1], 0);
        assert!((2_300..2_700).contains(&counts[0]));
    }
}
