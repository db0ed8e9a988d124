//! Bootstrap with weeks as blocks.

use rand_xoshiro::Xoshiro256StarStar;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use super::type7;

/// Fewer weeks than this give no interval.
const MIN_WEEKS: usize = 8;

/// A seed for one purpose, so that parts of a report draw independently of each other from the one seed of the query.
pub fn purpose_seed(seed: u32, purpose: u32) -> u64 {
    u64::from(purpose) << u32::BITS | u64::from(seed)
}

/// The 95 % interval of `sum(numerators) / sum(denominators)`, one entry a week: percentiles 2.5 and 97.5 (type 7) over
/// draws of weeks with replacement (Künsch 1989; Efron & Tibshirani 1993, chapter 13). Weeks whose denominator is not above
/// 0 saw nothing. `None` under eight weeks.
pub fn week_ratio(numerators: &[f64], denominators: &[f64], draws: u32, seed: u64) -> Option<(f64, f64)> {
    let pairs = numerators.iter().copied().zip(denominators.iter().copied());
    let weeks: Vec<(f64, f64)> = pairs.filter(|week| week.1 > 0.0).collect();
    if weeks.len() < MIN_WEEKS {
        return None;
    }
    let mut random = Xoshiro256StarStar::seed_from_u64(seed);
    let mut pick = || {
        let at = ((random.next_u64() >> u32::BITS) * weeks.len() as u64) >> u32::BITS;
        usize::try_from(at).ok().and_then(|at| weeks.get(at)).copied().unwrap_or_default()
    };
    let mut ratio = |_| {
        let (above, below) = (0..weeks.len()).map(|_| pick()).fold((0.0, 0.0), |sum, w| (sum.0 + w.0, sum.1 + w.1));
        above / below
    };
    let mut ratios: Vec<f64> = (0..draws).map(&mut ratio).collect();
    ratios.sort_unstable_by(f64::total_cmp);
    Some((type7(&ratios, 0.025)?, type7(&ratios, 0.975)?))
}
