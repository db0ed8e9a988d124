//! Distribution-free confidence interval of a quantile by order statistics.

/// Two-sided error of the interval, one half on each side.
const ALPHA: f64 = 0.05;
/// Weights below this share of the largest are left out: all of them together stay far below one part in 10^15.
const NEGLIGIBLE: f64 = 1e-30;

/// Ranks (from 1) of the order statistics that bound a quantile with at least 95 % confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankBounds {
    /// Rank of the lower bound; `None` where the sample is too small for one.
    pub lower: Option<usize>,
    /// Rank of the upper bound; `None` where the sample is too small for one.
    pub upper: Option<usize>,
    /// Probability that the interval holds the quantile, for independent draws.
    pub coverage: f64,
}

/// The ranks `l` and `u` between whose order statistics the quantile `p` (a fraction, above 0 and below 1) lies with at
/// least 95 % confidence, whatever the distribution (Clopper & Pearson 1934; David & Nagaraja 2003, section 7.1).
///
/// `l` is the largest with `P(Bin(n, p) < l) <= 0.025`, `u` the smallest with `P(Bin(n, p) >= u) <= 0.025`. A rank of 0 or
/// of `n + 1` is no bound. Assumes independent draws: tickets that share a backlog make it too narrow.
pub fn bounds(n: usize, p: f64) -> RankBounds {
    let (first, weights) = weights(n, p);
    let total: f64 = weights.iter().sum();
    let limit = total * (ALPHA / 2.0);
    let tail = |weights: &mut dyn Iterator<Item = &f64>| {
        let mut sum = 0.0;
        weights
            .take_while(|&&w| {
                sum += w;
                sum <= limit
            })
            .count()
    };
    let below = tail(&mut weights.iter());
    let above = tail(&mut weights.iter().rev());
    let covered: f64 = weights.iter().take(weights.len() - above).skip(below).sum();
    let lower = first + below;
    let upper = first + weights.len() - above;
    RankBounds {
        lower: (lower > 0).then_some(lower),
        upper: (upper <= n).then_some(upper),
        coverage: if total > 0.0 { covered / total } else { 0.0 },
    }
}

/// Binomial probabilities relative to the largest, from the first that matters on. By the ratio of neighbours from the
/// mode outwards: exact to some units in the last place for any `n`, in a number of steps that grows with `sqrt(n)`.
fn weights(n: usize, p: f64) -> (usize, Vec<f64>) {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and n + 1")]
    let mode = (((n + 1) as f64 * p) as usize).min(n);
    let odds = p / (1.0 - p);
    let mut low = Vec::new();
    let (mut k, mut w) = (mode, 1.0);
    while k > 0 {
        w = w * (k as f64 / (n - k + 1) as f64) / odds;
        if w < NEGLIGIBLE {
            break;
        }
        low.push(w);
        k -= 1;
    }
    let first = mode - low.len();
    low.reverse();
    low.push(1.0);
    (k, w) = (mode, 1.0);
    while k < n {
        w = w * ((n - k) as f64 / (k + 1) as f64) * odds;
        if w < NEGLIGIBLE {
            break;
        }
        low.push(w);
        k += 1;
    }
    (first, low)
}

/// Whether `n` is below the least sample size at which a one-sided 95 % upper bound of the quantile `p` exists:
/// `p^n > 0.05`, that is n < 5, 19, 29, 59, 299 for 50, 85, 90, 95, 99 % (Wilks 1941). Below the median, by symmetry, of a
/// lower bound.
pub fn too_small(n: usize, p: f64) -> bool {
    // By squaring, not `powf`, which may differ in its last bit between platforms.
    let (mut power, mut square, mut left) = (1.0, p.max(1.0 - p), n);
    while left > 0 {
        if left & 1 == 1 {
            power *= square;
        }
        square *= square;
        left >>= 1;
    }
    power > ALPHA
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{Binomial, DiscreteCDF};
    use statrs::function::factorial::ln_binomial;

    use super::{bounds, too_small, weights};

    /// T16 of the method page.
    #[test]
    fn the_worked_examples_are_met() {
        let cases = [
            (30, 0.5, Some(10), Some(21), 0.957_226),
            (50, 0.85, Some(37), Some(48), 0.972_645),
            (100, 0.85, Some(78), Some(93), 0.965_693),
            (100, 0.95, Some(90), Some(100), 0.982_607),
        ];
        for (n, p, lower, upper, coverage) in cases {
            let b = bounds(n, p);
            assert_eq!((b.lower, b.upper), (lower, upper), "n {n} p {p}");
            assert!((b.coverage - coverage).abs() < 5e-7, "n {n} p {p}: {}", b.coverage);
        }
        let b = bounds(60, 0.95);
        assert_eq!((b.lower, b.upper), (Some(53), None));
    }

    /// The method page, section 5: least n for a one-sided 95 % upper bound.
    #[test]
    fn the_least_sizes_are_met() {
        for (p, least) in [(0.5, 5), (0.85, 19), (0.9, 29), (0.95, 59), (0.99, 299), (0.01, 299)] {
            assert!(too_small(least - 1, p), "p {p}");
            assert!(!too_small(least, p), "p {p}");
        }
        assert!(too_small(0, 0.5));
    }

    /// Ranks against the distribution function of `statrs`, by their definition.
    #[test]
    fn statrs_agrees_where_it_is_accurate() {
        for n in [1usize, 2, 5, 19, 58, 59, 100, 313, 1000, 4321] {
            for p in [0.05, 0.3, 0.5, 0.7, 0.85, 0.9, 0.95, 0.99] {
                let d = Binomial::new(p, n as u64).unwrap();
                let below = |l: usize| if l == 0 { 0.0 } else { d.cdf(l as u64 - 1) };
                let above = |u: usize| if u == 0 { 1.0 } else { d.sf(u as u64 - 1) };
                let l = (0..=n).rev().find(|&l| below(l) <= 0.025).unwrap();
                let u = (0..=n + 1).find(|&u| above(u) <= 0.025).unwrap();
                let b = bounds(n, p);
                assert_eq!((b.lower.unwrap_or(0), b.upper.unwrap_or(n + 1)), (l, u), "n {n} p {p}");
            }
        }
    }

    /// Each probability against `exp(ln C(n, k) + k ln p + (n - k) ln(1 - p))`, which is good to some 1e-9 at this n.
    #[test]
    fn the_weights_hold_for_a_million() {
        for (n, p) in [(1_000_000usize, 0.5), (1_000_000, 0.95), (100_000, 0.85), (1_000_000, 0.999)] {
            let (first, w) = weights(n, p);
            let total: f64 = w.iter().sum();
            for (i, w) in w.iter().enumerate().step_by(101) {
                let k = first + i;
                let ln = ln_binomial(n as u64, k as u64) + k as f64 * p.ln() + (n - k) as f64 * (-p).ln_1p();
                let exact = ln.exp();
                assert!((w / total - exact).abs() <= 1e-7 * exact + 1e-30, "n {n} p {p} k {k}");
            }
            let b = bounds(n, p);
            assert!(b.coverage >= 0.95 && b.coverage < 0.96, "n {n} p {p}: {}", b.coverage);
        }
    }
}
