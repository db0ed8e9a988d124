//! Quantiles of a sorted sample.

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

/// `h = last * p` as its integer part and the fraction `rest / whole`.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 <= p <= 1: both are valid indices")]
fn position(last: usize, p: f64) -> (usize, f64, f64) {
    const WHOLE: u64 = 1_000_000;
    let millionths = (p * WHOLE as f64).round();
    if (millionths / WHOLE as f64 - p).abs() < 1e-12 {
        let h = last as u128 * millionths as u128;
        let whole = u128::from(WHOLE);
        return ((h / whole) as usize, (h % whole) as f64, WHOLE as f64);
    }
    let h = last as f64 * p;
    (h.floor() as usize, h - h.floor(), 1.0)
}

#[cfg(test)]
mod tests {
    use super::type7;

    /// T16 of the method page.
    #[test]
    fn the_worked_example_is_met() {
        let x = [1u32, 2, 3, 4, 5, 6, 7, 8, 9, 20];
        assert!((type7(&x, 0.85).unwrap() - 8.65).abs() < 1e-12);
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

    #[test]
    fn the_ends_are_the_extremes_and_nothing_has_no_quantile() {
        assert_eq!(type7(&[7u32], 0.95), Some(7.0));
        assert_eq!(type7(&[7u32, 9], 0.0), Some(7.0));
        assert_eq!(type7(&[7u32, 9], 1.0), Some(9.0));
        assert_eq!(type7::<u32>(&[], 0.5), None);
    }
}
