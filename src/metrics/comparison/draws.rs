//! Weeks drawn with replacement, and the interval of what the draws give.

use rand_xoshiro::Xoshiro256StarStar;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use crate::stats;

/// Fewer weeks than this give no interval.
pub const MIN_WEEKS: usize = 8;
/// Draws of an interval.
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
            let pick = ((random.next_u64() >> u32::BITS) * weeks as u64) >> u32::BITS;
            if let Some(count) = usize::try_from(pick).ok().and_then(|pick| times.get_mut(pick)) {
                *count += 1;
            }
        }
        each(&times);
    }
}

/// The 2.5 and 97.5 percentiles (type 7) of what the draws gave; `None` for nothing, and where one is not finite.
pub fn percentile_interval(mut drawn: Vec<f64>) -> Option<(f64, f64)> {
    if !drawn.iter().all(|value| value.is_finite()) {
        return None;
    }
    drawn.sort_unstable_by(f64::total_cmp);
    Some((stats::type7(&drawn, 0.025)?, stats::type7(&drawn, 0.975)?))
}

#[cfg(test)]
mod tests {
    use super::week_draws;

    #[test]
    fn each_draw_takes_as_many_weeks_as_there_are() {
        let mut draws = Vec::new();
        week_draws(9, 50, 1, |times| draws.push(times.to_vec()));
        assert_eq!(draws.len(), 50);
        assert!(draws.iter().all(|times| times.iter().sum::<u32>() == 9));
        let mut again = Vec::new();
        week_draws(9, 50, 1, |times| again.push(times.to_vec()));
        assert_eq!(draws, again);
        week_draws(9, 50, 2, |times| again.push(times.to_vec()));
        assert_ne!(draws[..], again[50..]);
        week_draws(0, 3, 1, |times| assert!(times.is_empty()));
    }
}
