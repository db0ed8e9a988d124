//! Confidence interval of a proportion.

use statrs::distribution::{ContinuousCDF, Normal};

/// A proportion with its bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wilson {
    /// `count / n`.
    pub rate: f64,
    /// Lower bound.
    pub lower: f64,
    /// Upper bound.
    pub upper: f64,
}

/// The score interval of Wilson (1927), 95 % two-sided. `None` for `n = 0`.
///
/// With `z` the normal quantile of 0.975: `(p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n)`.
///
/// ```
/// let w = flowgauge::stats::wilson(0, 10).unwrap();
/// assert_eq!(w.lower, 0.0);
/// assert!((w.upper - 0.277_532_8).abs() < 1e-7);
/// ```
pub fn wilson(count: u64, n: u64) -> Option<Wilson> {
    if n == 0 {
        return None;
    }
    let z = z();
    let (size, rate) = (n as f64, count as f64 / n as f64);
    let square = z * z / size;
    let centre = rate + square / 2.0;
    let half = z * (rate * (1.0 - rate) / size + square / (4.0 * size)).sqrt();
    let at = |x: f64| (x / (1.0 + square)).clamp(0.0, 1.0);
    Some(Wilson {
        rate,
        // The ends are exact; rounding would leave a dust of 1e-18.
        lower: if count == 0 { 0.0 } else { at(centre - half) },
        upper: if count >= n { 1.0 } else { at(centre + half) },
    })
}

/// The normal quantile of 0.975, rounded: its computation uses library functions whose last bit may differ.
pub(super) fn z() -> f64 {
    (Normal::standard().inverse_cdf(0.975) * 1e9).round() / 1e9
}

#[cfg(test)]
mod tests {
    use super::{wilson, z};

    #[test]
    fn z_is_the_tabulated_value() {
        assert!((z() - 1.959_963_985).abs() < f64::EPSILON);
    }

    /// Newcombe (1998), "Two-sided confidence intervals for the single proportion", Table I, score method; the last row
    /// is its 0/20 mirrored.
    #[test]
    fn published_values_are_met() {
        for (count, n, lower, upper) in [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (20, 20, 0.8389, 1.0)] {
            let w = wilson(count, n).unwrap();
            assert!((w.lower - lower).abs() < 5e-5 && (w.upper - upper).abs() < 5e-5, "{count}/{n}: {w:?}");
        }
        assert_eq!(wilson(0, 0), None);
    }
}
