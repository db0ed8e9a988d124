//! Quantiles of a sorted sample.

use crate::query::PercentileMethod;

/// The quantile of a sorted sample by the method asked for; `p` is a fraction. `None` for an empty sample.
pub fn quantile<T: Copy + Into<f64>>(method: PercentileMethod, sorted: &[T], p: f64) -> Option<f64> {
    match method {
        PercentileMethod::HyndmanFan7 => type7(sorted, p),
        PercentileMethod::NearestRank => nearest_rank(sorted, p).map(Into::into),
    }
}

/// The value whose rank, from 1, is `n p` rounded up: the smallest of the sample that at least the fraction `p` does not
/// exceed. It always occurs in the sample. `None` for an empty one.
///
/// `p` is a fraction from 0 to 1; beyond them it counts as 0 or 1. Where it has at most six decimals, `n p` is computed in
/// integers: 0.07 of 100 is rank 7, which in binary would be a little more and give 8.
///
/// ```
/// // numpy.percentile([15, 20, 35, 40, 50], 40, method="inverted_cdf")
/// assert_eq!(flowgauge::stats::nearest_rank(&[15u32, 20, 35, 40, 50], 0.4), Some(20));
/// ```
pub fn nearest_rank<T: Copy>(sorted: &[T], p: f64) -> Option<T> {
    let (rank, rest, _) = position(sorted.len(), p.clamp(0.0, 1.0));
    let rank = if rest > 0.0 { rank + 1 } else { rank };
    sorted.get(rank.max(1) - 1).copied()
}

/// The quantile of type 7 of Hyndman & Fan (1996, "Sample Quantiles in Statistical Packages"), the default of R, `NumPy`
/// and of Excel's `PERCENTILE.INC`. `None` for an empty sample.
///
/// With `h = (n - 1) p`, it lies the fraction `h - floor(h)` of the way from the value of rank `floor(h)` (from 0) to the
/// next. `p` is a fraction from 0 to 1; beyond them it counts as 0 or 1. Where `p` has at most six decimals, `h` is
/// computed in integers, so that the quantile of whole seconds carries one rounding only: 2,441,052 and not
/// 2,441,051.999999999.
///
/// ```
/// // numpy.percentile([1, 2, 3, 4], 40, method="linear")
/// assert_eq!(flowgauge::stats::type7(&[1u32, 2, 3, 4], 0.4), Some(2.2));
/// ```
pub fn type7<T: Copy + Into<f64>>(sorted: &[T], p: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let (rank, rest, whole) = position(last, p.clamp(0.0, 1.0));
    let low: f64 = (*sorted.get(rank)?).into();
    let high: f64 = sorted.get(rank + 1).map_or(low, |&v| v.into());
    Some(low + (high - low) * rest / whole)
}

/// The same of values in any order, without sorting all of them; they are left in another one.
pub fn type7_unsorted(values: &mut [f64], p: f64) -> Option<f64> {
    let last = values.len().checked_sub(1)?;
    let (rank, rest, whole) = position(last, p.clamp(0.0, 1.0));
    let (_, &mut low, above) = values.select_nth_unstable_by(rank.min(last), f64::total_cmp);
    let high = above.iter().copied().min_by(f64::total_cmp).unwrap_or(low);
    Some(low + (high - low) * rest / whole)
}

/// `h = n * p` as its integer part and the fraction `rest / whole`.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 <= p <= 1: both are valid indices")]
fn position(n: usize, p: f64) -> (usize, f64, f64) {
    const WHOLE: u64 = 1_000_000;
    let millionths = (p * WHOLE as f64).round();
    if (millionths / WHOLE as f64 - p).abs() < 1e-12 {
        let h = n as u128 * millionths as u128;
        let whole = u128::from(WHOLE);
        return ((h / whole) as usize, (h % whole) as f64, WHOLE as f64);
    }
    let h = n as f64 * p;
    (h.floor() as usize, h - h.floor(), 1.0)
}

#[cfg(test)]
mod tests {
    use super::{nearest_rank, quantile, type7, type7_unsorted};
    use crate::query::PercentileMethod;

    /// T16 of the method page.
    #[test]
    fn the_worked_example_is_met() {
        let x = [1u32, 2, 3, 4, 5, 6, 7, 8, 9, 20];
        assert!((type7(&x, 0.85).unwrap() - 8.65).abs() < 1e-12);
    }

    /// In whatever order they come, also with equal ones.
    #[test]
    fn sorting_is_not_needed() {
        let shuffled = [55.0, 3.0, 8.0, 8.0, -0.0, 144.0, 5.0, 0.0, 21.0];
        let mut sorted = shuffled;
        sorted.sort_unstable_by(f64::total_cmp);
        for p in [0.0, 0.025, 0.3, 0.5, 0.85, 0.975, 1.0] {
            assert_eq!(type7_unsorted(&mut shuffled.clone(), p), type7(&sorted, p), "{p}");
        }
        assert_eq!((type7_unsorted(&mut [], 0.5), type7_unsorted(&mut [7.0], 0.5)), (None, Some(7.0)));
    }

    #[test]
    fn the_median_of_five_is_the_third() {
        assert_eq!(type7(&[1u32, 2, 3, 4, 5], 0.5), Some(3.0));
    }

    /// `numpy.percentile([3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377], [1, 5, 10, 33.3, 66.6, 90, 99, 99.9])`
    #[test]
    fn numpy_agrees() {
        let x = [3u32, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377];
        let expected = [
            (1.0, 3.2),
            (5.0, 4.0),
            (10.0, 5.0),
            (33.3, 15.639_999_999_999_997),
            (66.6, 77.439_999_999_999_97),
            (90.0, 233.0),
            (99.0, 362.6),
            (99.9, 375.560_000_000_000_3),
        ];
        for (p, value) in expected {
            assert!((type7(&x, p / 100.0).unwrap() - value).abs() < 1e-9, "p {p}");
        }
    }

    #[test]
    fn whole_seconds_keep_their_last_digit() {
        // 24,917 * 0.95 = 23,671.15 exactly; in binary it is a little more.
        let mut x = vec![0_u32; 24_918];
        x[23_671] = 2_441_040;
        x[23_672] = 2_441_120;
        assert_eq!(type7(&x, 0.95), Some(2_441_052.0));
        assert!((type7(&x, 1.0 / 3.0).unwrap() - 0.0).abs() < 1e-9);
    }

    /// `numpy.percentile(range(1, 101), [1, 7, 50, 99, 99.1], method="inverted_cdf")` but for the 7, where NumPy 2.4 computes
    /// `100 * 0.07` in binary and gives 8; the definition says 7.
    #[test]
    fn ranks_are_rounded_up_without_slips() {
        let hundred: Vec<u32> = (1..=100).collect();
        for (p, value) in [(1.0, 1), (7.0, 7), (50.0, 50), (99.0, 99), (99.1, 100), (0.001, 1)] {
            assert_eq!(nearest_rank(&hundred, p / 100.0), Some(value), "p {p}");
        }
        for n in 1..=400_usize {
            let sample: Vec<u32> = (1..=400).take(n).collect();
            for p in 1..100_usize {
                let rank = (p * n).div_ceil(100);
                assert_eq!(nearest_rank(&sample, p as f64 / 100.0), Some(u32::try_from(rank).unwrap()), "p {p} n {n}");
            }
        }
    }

    #[test]
    fn the_method_asked_for_is_taken() {
        let x = [10u32, 20];
        assert_eq!(quantile(PercentileMethod::HyndmanFan7, &x, 0.5), Some(15.0));
        assert_eq!(quantile(PercentileMethod::NearestRank, &x, 0.5), Some(10.0));
        assert_eq!(
            (nearest_rank(&x, 0.0), nearest_rank(&x, 1.0), nearest_rank::<u32>(&[], 0.5)),
            (Some(10), Some(20), None)
        );
    }

    #[test]
    fn the_ends_are_the_extremes_and_nothing_has_no_quantile() {
        assert_eq!(type7(&[7u32], 0.95), Some(7.0));
        assert_eq!(type7(&[7u32, 9], 0.0), Some(7.0));
        assert_eq!(type7(&[7u32, 9], 1.0), Some(9.0));
        assert_eq!(type7::<u32>(&[], 0.5), None);
    }
}
