//! Student's t: intervals of means of a few independent values.

/// Most halvings on the way to a quantile; 60 leave nothing of the first interval.
const STEPS: u32 = 60;

/// The quantile .975 of Student's t with so many degrees of freedom: a mean of `n` independent values lies with 95 % within
/// `t s / sqrt(n)` of its expectation, with `n - 1` degrees of freedom (Student 1908). `None` for none.
///
/// From the distribution function for whole degrees of freedom (Abramowitz & Stegun 1964, 26.7.3 and 26.7.4), halving.
///
/// ```
/// // Table: 12.706 for 1, 2.093 for 19.
/// assert!((flowgauge::stats::student_975(19).unwrap() - 2.093_024).abs() < 1e-6);
/// ```
pub fn student_975(freedom: u32) -> Option<f64> {
    if freedom == 0 {
        return None;
    }
    let (mut low, mut high) = (1.9, 12.8);
    for _ in 0..STEPS {
        let middle = f64::midpoint(low, high);
        if within(middle, freedom) < 0.95 { low = middle } else { high = middle }
    }
    Some(f64::midpoint(low, high))
}

/// The chance of a value between `-t` and `t`.
fn within(t: f64, freedom: u32) -> f64 {
    let n = f64::from(freedom);
    let angle = libm::atan(t / n.sqrt());
    let cosine = 1.0 / (1.0 + t * t / n).sqrt();
    let sine = t / (n + t * t).sqrt();
    let odd = freedom % 2 == 1;
    // Terms in cos^1, cos^3, ... for odd numbers, in cos^0, cos^2, ... for even ones, up to cos^(freedom - 2).
    let (mut power, mut term, mut sum) = if odd { (1, cosine, 0.0) } else { (0, 1.0, 0.0) };
    while power + 2 <= freedom {
        sum += term;
        term *= f64::from(power + 1) / f64::from(power + 2) * cosine * cosine;
        power += 2;
    }
    if odd { core::f64::consts::FRAC_2_PI * (angle + sine * sum) } else { sine * sum }
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{ContinuousCDF, StudentsT};

    use super::student_975;

    /// The quantiles of any table of t, and `statrs` for the others.
    #[test]
    fn quantiles_are_those_of_tables() {
        for (freedom, expected) in [(1, 12.706_205), (2, 4.302_653), (3, 3.182_446), (19, 2.093_024), (99, 1.984_217)] {
            assert!((student_975(freedom).unwrap() - expected).abs() < 1e-6, "{freedom}");
        }
        for freedom in 1..=120 {
            let t = StudentsT::new(0.0, 1.0, f64::from(freedom)).unwrap();
            assert!((t.cdf(student_975(freedom).unwrap()) - 0.975).abs() < 1e-9, "{freedom}");
        }
        assert_eq!(student_975(0), None);
    }
}
