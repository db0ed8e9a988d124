//! Lognormal and Weibull distributions fitted to times of which some are only known to be longer.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// Most steps of Newton's method; both likelihoods take some five.
const STEPS: u32 = 60;
/// A step that changes less than this, in standard deviations of the logarithms, is the last one.
const SETTLED: f64 = 1e-8;
/// Beyond this many standard deviations the tail of the normal distribution is told by its series.
const FAR: f64 = 30.0;

/// A family of distributions of times whose logarithm is a location plus a scale times a standard variable.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Family {
    /// The logarithm is normal: location `mu`, scale `sigma`.
    Lognormal,
    /// The logarithm is a smallest extreme value: location `ln scale`, scale `1 / shape`.
    Weibull,
}

/// A time as its natural logarithm, and how often it occurs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogTime {
    /// Logarithm of seconds.
    pub log: f64,
    /// How often.
    pub count: f64,
}

/// A distribution of a family.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fitted {
    /// Its family.
    pub family: Family,
    /// Location of the logarithm of seconds.
    pub location: f64,
    /// Scale of it.
    pub scale: f64,
}

impl Fitted {
    /// Shares below and beyond a time by its logarithm. Each is exact in its tail.
    pub fn shares(&self, log: f64) -> (f64, f64) {
        let z = (log - self.location) / self.scale;
        match self.family {
            Family::Lognormal if z < 0.0 => {
                let below = 0.5 * libm::erfc(-z * FRAC_1_SQRT_2);
                (below, 1.0 - below)
            }
            Family::Lognormal => {
                let beyond = 0.5 * libm::erfc(z * FRAC_1_SQRT_2);
                (1.0 - beyond, beyond)
            }
            Family::Weibull => {
                let hazard = libm::exp(z);
                (-libm::expm1(-hazard), libm::exp(-hazard))
            }
        }
    }
}

impl LogTime {
    /// Of ascending seconds, equal ones together. Those of 0 have no logarithm and are left out.
    pub fn of(seconds: &[u32]) -> Vec<Self> {
        let groups = seconds.chunk_by(|a, b| a == b).filter_map(|group| Some((*group.first()?, group.len())));
        groups.filter(|(s, _)| *s > 0).map(|(s, n)| Self { log: libm::log(f64::from(s)), count: n as f64 }).collect()
    }
}

/// The distribution of a family under which these times are most likely (maximum likelihood): `done` are times that ended,
/// `censored` such that were still running. `None` where all that ended are the same, or none did.
pub fn fit(family: Family, done: &[LogTime], censored: &[LogTime]) -> Option<Fitted> {
    let count: f64 = done.iter().map(|t| t.count).sum();
    if count <= 0.0 {
        return None;
    }
    let mean = done.iter().map(|t| t.count * t.log).sum::<f64>() / count;
    let square = |t: &LogTime| t.count * (t.log - mean) * (t.log - mean);
    let deviation = (done.iter().map(square).sum::<f64>() / count).sqrt();
    // Logarithms of different whole seconds differ by more.
    if deviation < 1e-12 {
        return None;
    }
    let fitted = match family {
        Family::Lognormal => lognormal(count, mean, deviation, censored)?,
        Family::Weibull => weibull(count, mean, deviation, done, censored)?,
    };
    (fitted.scale.is_finite() && fitted.location.is_finite() && fitted.scale > 0.0).then_some(fitted)
}

/// Newton's method for `theta = 1 / sigma` and `delta = mu / sigma`, in which the likelihood is concave (Olsen 1978, "Note on
/// the Uniqueness of the Maximum Likelihood Estimator for the Tobit Model"). Times count in deviations from the mean, so
/// that those that ended are told by their number alone.
fn lognormal(count: f64, mean: f64, deviation: f64, censored: &[LogTime]) -> Option<Fitted> {
    let found = |theta: f64, delta: f64| Fitted {
        family: Family::Lognormal,
        location: mean + deviation * delta / theta,
        scale: deviation / theta,
    };
    if censored.is_empty() {
        return Some(found(1.0, 0.0));
    }
    let seen = |theta, delta| Likelihood::at(count, mean, deviation, censored, theta, delta);
    let (mut theta, mut delta) = (1.0, 0.0);
    let mut now = seen(theta, delta);
    for _ in 0..STEPS {
        let (mut by_theta, mut by_delta) = now.step();
        if by_theta.abs() + by_delta.abs() < SETTLED {
            return Some(found(theta + by_theta, delta + by_delta));
        }
        let mut next = seen(theta + by_theta, delta + by_delta);
        // Half as far where it leads out of bounds or downhill.
        while !(theta + by_theta > 0.0 && next.value >= now.value) && by_theta.abs() + by_delta.abs() >= SETTLED {
            (by_theta, by_delta) = (by_theta / 2.0, by_delta / 2.0);
            next = seen(theta + by_theta, delta + by_delta);
        }
        (theta, delta, now) = (theta + by_theta, delta + by_delta, next);
    }
    None
}

/// The logarithm of the likelihood of a lognormal distribution, and how it changes with `theta` and `delta`.
#[derive(Debug)]
struct Likelihood {
    value: f64,
    /// First derivatives.
    slope: (f64, f64),
    /// Second ones, negative: by `theta` twice, by both, by `delta` twice.
    curve: (f64, f64, f64),
}

impl Likelihood {
    fn at(count: f64, mean: f64, deviation: f64, censored: &[LogTime], theta: f64, delta: f64) -> Self {
        let mut out = Self {
            value: count * (libm::log(theta) - 0.5 * (theta * theta + delta * delta)),
            slope: (count / theta - count * theta, -count * delta),
            curve: (count / (theta * theta) + count, 0.0, count),
        };
        for t in censored {
            let x = (t.log - mean) / deviation;
            let u = theta * x - delta;
            let (log, hazard) = tail(u);
            let bend = t.count * hazard * (hazard - u);
            out.value += t.count * log;
            out.slope.0 -= t.count * hazard * x;
            out.slope.1 += t.count * hazard;
            out.curve.0 += bend * x * x;
            out.curve.1 -= bend * x;
            out.curve.2 += bend;
        }
        out
    }

    /// The step of Newton's method.
    fn step(&self) -> (f64, f64) {
        let ((a, b), (aa, ab, bb)) = (self.slope, self.curve);
        let determinant = aa * bb - ab * ab;
        ((bb * a - ab * b) / determinant, (aa * b - ab * a) / determinant)
    }
}

/// Newton's method for the shape, of which the scale follows: the root of `sum t^k ln t / sum t^k - 1 / k - mean ln t`, which
/// rises with `k` (Cohen 1965, "Maximum Likelihood Estimation in the Weibull Distribution Based On Complete and On Censored
/// Samples"). Between the bounds found so far, by halves where a step leaves them.
fn weibull(count: f64, mean: f64, deviation: f64, done: &[LogTime], censored: &[LogTime]) -> Option<Fitted> {
    let all = || done.iter().chain(censored);
    let longest = all().map(|t| t.log).fold(mean, f64::max);
    let sums = |shape: f64| {
        let add = |(a, b, c): (f64, f64, f64), t: &LogTime| {
            let x = (t.log - longest) / deviation;
            let w = t.count * libm::exp(shape * x);
            (a + w, b + w * x, c + w * x * x)
        };
        all().fold((0.0, 0.0, 0.0), add)
    };
    let centre = (mean - longest) / deviation;
    let (mut low, mut high) = (0.0, f64::INFINITY);
    // The logarithm of a Weibull time has a standard deviation of pi / sqrt(6) / shape.
    let mut shape = PI / 6.0_f64.sqrt();
    for _ in 0..STEPS {
        let (weights, first, second) = sums(shape);
        let average = first / weights;
        let off = average - 1.0 / shape - centre;
        if off > 0.0 {
            high = shape;
        } else {
            low = shape;
        }
        let slope = second / weights - average * average + 1.0 / (shape * shape);
        let next = shape - off / slope;
        if (next - shape).abs() < SETTLED * shape {
            let location = longest + deviation * libm::log(weights / count) / shape;
            return Some(Fitted { family: Family::Weibull, location, scale: deviation / shape });
        }
        shape = if next > low && next < high {
            next
        } else if high.is_finite() {
            f64::midpoint(low, high)
        } else {
            shape * 2.0
        };
    }
    None
}

/// Logarithm of the tail of the standard normal distribution, and density over tail.
fn tail(u: f64) -> (f64, f64) {
    if u > FAR {
        // The first terms of its asymptotic series; what is left out is below 1e-8 of it.
        let hazard = u + 1.0 / u - 2.0 / (u * u * u);
        return (-0.5 * u * u - 0.5 * libm::log(2.0 * PI) - libm::log(hazard), hazard);
    }
    let beyond = 0.5 * libm::erfc(u * FRAC_1_SQRT_2);
    (libm::log(beyond), libm::exp(-0.5 * u * u) / (2.0 * PI).sqrt() / beyond)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Family, LogTime, fit, tail};

    const DONE: [u32; 16] = [30, 75, 120, 180, 240, 300, 420, 600, 900, 1500, 2400, 3600, 7200, 14_400, 40_000, 90_000];
    const CENSORED: [u32; 6] = [60, 500, 4000, 20_000, 100_000, 300_000];

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() <= 1e-6 * b.abs()
    }

    /// `lognorm.fit(DONE, floc=0)` of scipy 1.17 for the first, whose scale is `exp(mu)`; `weibull_min.fit(DONE, floc=0)`
    /// gives 0.445869, 3418.83, its equation solved by `brentq` the digits here. With the censored ones, the likelihood of
    /// scipy's `norm.logpdf` and `norm.logsf` maximised to 1e-12, and the same equation; lifelines 0.30 stops a little
    /// before (`LogNormalFitter`: 8.152762, 2.999646; `WeibullFitter`: 0.3544756, 14361.352).
    #[test]
    fn scipy_agrees() {
        let (done, censored) = (LogTime::of(&DONE), LogTime::of(&CENSORED));
        let f = fit(Family::Lognormal, &done, &[]).unwrap();
        assert!(near(f.location, 6.991_830_476) && near(f.scale, 2.211_872_192), "{f:?}");
        let f = fit(Family::Weibull, &done, &[]).unwrap();
        assert!(near(1.0 / f.scale, 0.445_868_614) && near(f.location.exp(), 3_418.828_094), "{f:?}");
        let f = fit(Family::Lognormal, &done, &censored).unwrap();
        assert!(near(f.location, 8.152_770_835) && near(f.scale, 2.999_611_840), "{f:?}");
        let f = fit(Family::Weibull, &done, &censored).unwrap();
        assert!(near(1.0 / f.scale, 0.354_475_555) && near(f.location.exp(), 14_361.351_716), "{f:?}");
        let (below, beyond) = fit(Family::Weibull, &done, &[]).unwrap().shares(3_418.828_094_f64.ln());
        assert!(near(below, 1.0 - (-1.0_f64).exp()) && near(beyond, (-1.0_f64).exp()));
    }

    /// `norm.pdf(u) / norm.sf(u)` and `norm.logsf(u)` of scipy.
    #[test]
    fn tails_are_exact() {
        assert!(near(tail(5.0).1, 5.186_503_967) && near(tail(35.0).1, 35.028_524_971));
        assert!(near(tail(35.0).0, -616.975_101_262));
        let (near_by, far) = (tail(29.999_999_9), tail(30.000_000_1));
        assert!(near(near_by.0, far.0) && near(near_by.1, far.1));
        assert!(tail(-50.0).1 < 1e-300);
    }

    #[test]
    fn what_does_not_vary_has_no_fit() {
        for family in [Family::Lognormal, Family::Weibull] {
            assert_eq!(fit(family, &[], &LogTime::of(&CENSORED)), None);
            assert_eq!(fit(family, &LogTime::of(&[60, 60, 60]), &[]), None);
            assert_eq!(fit(family, &LogTime::of(&[0, 0, 60]), &LogTime::of(&CENSORED)), None);
        }
    }

    fn seconds() -> impl Strategy<Value = Vec<u32>> {
        prop::collection::vec(prop_oneof![0..500_u32, any::<u32>()], 0..40).prop_map(|mut all| {
            all.sort_unstable();
            all
        })
    }

    fn likelihood(family: Family, at: (f64, f64), done: &[LogTime], censored: &[LogTime]) -> f64 {
        let z = |t: &LogTime| (t.log - at.0) / at.1;
        match family {
            Family::Lognormal => {
                let ended = |t: &LogTime| t.count * (-0.5 * z(t) * z(t) - at.1.ln());
                done.iter().map(ended).sum::<f64>() + censored.iter().map(|t| t.count * tail(z(t)).0).sum::<f64>()
            }
            Family::Weibull => {
                let ended = |t: &LogTime| t.count * (z(t) - z(t).exp() - at.1.ln());
                done.iter().map(ended).sum::<f64>() - censored.iter().map(|t| t.count * z(t).exp()).sum::<f64>()
            }
        }
    }

    proptest! {
        /// No neighbour is more likely, whatever the times.
        #[test]
        fn it_is_a_maximum(done in seconds(), censored in seconds()) {
            let (done, censored) = (LogTime::of(&done), LogTime::of(&censored));
            for family in [Family::Lognormal, Family::Weibull] {
                let Some(f) = fit(family, &done, &censored) else {
                    prop_assert!(done.len() < 2, "{:?} {:?}", family, done);
                    continue;
                };
                let best = likelihood(family, (f.location, f.scale), &done, &censored);
                for (a, b) in [(0.01, 0.0), (-0.01, 0.0), (0.0, 0.01), (0.0, -0.01)] {
                    let other = likelihood(family, (f.location + a * f.scale, f.scale * (1.0 + b)), &done, &censored);
                    prop_assert!(other <= best + 1e-9 * best.abs(), "{:?}: {} {}", f, best, other);
                }
                let shares: Vec<f64> = [0.1, 1.0, 5.0, 20.0].iter().map(|&x| f.shares(x).0).collect();
                prop_assert!(shares.is_sorted() && shares.iter().all(|s| (0.0..=1.0).contains(s)));
            }
        }
    }
}
