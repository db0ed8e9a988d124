//! Bootstrap with weeks as blocks: intervals of ratios and means of tickets that share a backlog.
//!
//! Tickets of a week wait for the same people, so that drawing single tickets would give intervals that are too narrow.
//! Whole ISO weeks are drawn instead, with replacement: a block bootstrap (Künsch 1989) with fixed blocks.

use rand_xoshiro::Xoshiro256StarStar;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use super::quantile::type7_unsorted;

/// Fewer weeks than this give no interval.
pub const MIN_WEEKS: usize = 8;
/// Draws of an interval in a report.
pub const DRAWS: u32 = 1000;

/// A seed for one purpose, so that parts of a report draw independently of each other from the one seed of the query.
pub fn purpose_seed(seed: u32, purpose: u32) -> u64 {
    u64::from(purpose) << u32::BITS | u64::from(seed)
}

/// Draws as many weeks as there are, with replacement, `draws` times, and hands over how often each was drawn: one
/// multiplicity a week, which add up to `weeks`. The same seed gives the same draws on every platform.
pub fn week_draws(weeks: usize, draws: u32, seed: u64, mut each: impl FnMut(&[u32])) {
    let mut random = Xoshiro256StarStar::seed_from_u64(seed);
    let mut times = vec![0_u32; weeks];
    for _ in 0..draws {
        times.fill(0);
        for _ in 0..weeks {
            if let Some(count) = times.get_mut(pick(&mut random, weeks)) {
                *count += 1;
            }
        }
        each(&times);
    }
}

/// The 95 % interval of `sum(numerators) / sum(denominators)`, one entry a week: the 2.5 and 97.5 percentiles (type 7) of
/// that ratio over `draws` draws of weeks (percentile method, Efron & Tibshirani 1993, chapter 13).
///
/// A mean is the ratio of a sum to a count. Weeks whose denominator is not above 0 saw nothing and are no blocks. `None`
/// under [`MIN_WEEKS`] weeks, without draws, and where a figure is not finite.
///
/// ```
/// let hours = [3.0, 5.0, 4.0, 6.0, 2.0, 5.0, 4.0, 3.0];
/// let (lower, upper) = flowgauge::stats::week_ratio(&hours, &[1.0; 8], 1000, 1).unwrap();
/// assert!(lower < 4.0 && 4.0 < upper);
/// ```
pub fn week_ratio(numerators: &[f64], denominators: &[f64], draws: u32, seed: u64) -> Option<(f64, f64)> {
    let weeks: Vec<(f64, f64)> =
        numerators.iter().copied().zip(denominators.iter().copied()).filter(|&(_, below)| below > 0.0).collect();
    if weeks.len() < MIN_WEEKS {
        return None;
    }
    let mut ratios = Vec::with_capacity(draws as usize);
    week_draws(weeks.len(), draws, seed, |times| {
        let (above, below) = times.iter().zip(&weeks).fold((0.0, 0.0), |(above, below), (&times, week)| {
            (above + f64::from(times) * week.0, below + f64::from(times) * week.1)
        });
        ratios.push(above / below);
    });
    percentile_interval(ratios)
}

/// The 2.5 and 97.5 percentiles (type 7) of what the draws gave; `None` for nothing, and where one is not finite.
pub fn percentile_interval(mut drawn: Vec<f64>) -> Option<(f64, f64)> {
    if !drawn.iter().all(|value| value.is_finite()) {
        return None;
    }
    Some((type7_unsorted(&mut drawn, 0.025)?, type7_unsorted(&mut drawn, 0.975)?))
}

/// A position below `n`, each as likely, by multiplication (Lemire 2019): with 32 bits, off by at most `n / 2^32`.
fn pick(random: &mut Xoshiro256StarStar, n: usize) -> usize {
    usize::try_from(((random.next_u64() >> u32::BITS) * n as u64) >> u32::BITS).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand_xoshiro::Xoshiro256StarStar;
    use rand_xoshiro::rand_core::SeedableRng as _;

    use super::{MIN_WEEKS, percentile_interval, purpose_seed, week_draws, week_ratio};

    /// Twelve weeks: hours queued, and transfers.
    const HOURS: [f64; 12] = [31.0, 12.5, 40.0, 8.0, 22.0, 65.0, 17.0, 9.5, 28.0, 33.0, 14.0, 51.0];
    const COUNTS: [f64; 12] = [10.0, 6.0, 12.0, 5.0, 9.0, 14.0, 7.0, 4.0, 10.0, 11.0, 6.0, 13.0];

    /// The algorithm written again with `NumPy` in `tests/reference/bootstrap.py`, on the same stream: splitmix64 of the
    /// seed, xoshiro256**, `(word >> 32) * 12 >> 32`, `numpy.percentile(ratios, [2.5, 97.5])`.
    #[test]
    fn numpy_agrees() {
        for (seed, lower, upper) in REPLICA {
            let (low, high) = week_ratio(&HOURS, &COUNTS, 1000, seed).unwrap();
            assert!((low - lower).abs() < 1e-12 && (high - upper).abs() < 1e-12, "seed {seed}: {low} {high}");
        }
    }

    const REPLICA: [(u64, f64, f64); 3] = [
        (1, 2.566_578_947_368_421_3, 3.540_221_804_511_278),
        (2, 2.590_032_709_708_975_4, 3.563_043_339_094_808),
        (4_294_967_297, 2.589_204_109_062_98, 3.5667),
    ];

    #[test]
    fn the_same_seed_gives_the_same_draws_and_another_one_others() {
        let of = |seed| {
            let mut all = Vec::new();
            week_draws(9, 20, seed, |times| all.extend_from_slice(times));
            all
        };
        assert_eq!(of(1), of(1));
        assert_ne!(of(1), of(2));
        assert_ne!(of(purpose_seed(1, 1)), of(purpose_seed(1, 2)));
    }

    /// Over 2,000 simulated series of 40 weeks the 95 % interval holds the true ratio in 92 to 97 of a hundred: percentile
    /// intervals of so few blocks are a little short (Efron & Tibshirani 1993, section 13.7).
    #[test]
    fn the_interval_covers_the_truth_about_as_often_as_it_says() {
        let mut random = Xoshiro256StarStar::seed_from_u64(7);
        let mut uniform = || (random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
        let mut held = 0;
        for series in 0..2000 {
            // Each week has its own level, which all its tickets share; the mean level is 10.
            let (mut sums, mut counts) = (Vec::new(), Vec::new());
            for _ in 0..40 {
                let count = (1.0 + 9.0 * uniform()).floor();
                sums.push(count * 20.0 * uniform());
                counts.push(count);
            }
            let (lower, upper) = week_ratio(&sums, &counts, 200, series).unwrap();
            held += u32::from(lower <= 10.0 && 10.0 <= upper);
        }
        assert!((1840..=1940).contains(&held), "{held} of 2000");
    }

    #[test]
    fn few_weeks_and_bad_figures_have_no_interval() {
        assert_eq!(week_ratio(&[1.0; 7], &[1.0; 7], 100, 1), None);
        assert_eq!(week_ratio(&[1.0; 8], &[1.0; 8], 100, 1), Some((1.0, 1.0)));
        // Two of nine weeks saw nothing.
        let counts = [1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0];
        assert_eq!(week_ratio(&[1.0; 9], &counts, 100, 1), None);
        assert_eq!(week_ratio(&[f64::NAN; 8], &[1.0; 8], 100, 1), None);
        assert_eq!(week_ratio(&[1.0; 8], &[1.0; 8], 0, 1), None);
        assert_eq!(percentile_interval(Vec::new()), None);
        week_draws(0, 3, 1, |times| assert!(times.is_empty()));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn every_draw_has_as_many_weeks(weeks in 0..70_usize, seed in any::<u64>()) {
            let mut draws = 0;
            week_draws(weeks, 25, seed, |times| {
                draws += 1;
                assert_eq!(times.len(), weeks);
                assert_eq!(times.iter().sum::<u32>() as usize, weeks);
            });
            prop_assert_eq!(draws, 25);
        }

        #[test]
        fn the_interval_lies_between_the_extreme_weeks(
            pairs in prop::collection::vec((0.0..1e6_f64, 1.0..100.0_f64), MIN_WEEKS..60),
            seed in any::<u64>(),
        ) {
            let (above, below): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
            let (lower, upper) = week_ratio(&above, &below, 100, seed).unwrap();
            let ratios = || pairs.iter().map(|p| p.0 / p.1);
            let (least, most) = (ratios().fold(f64::MAX, f64::min), ratios().fold(0.0, f64::max));
            prop_assert!(least * (1.0 - 1e-9) <= lower && lower <= upper && upper <= most * (1.0 + 1e-9));
        }
    }
}
