//! Random values of the distributions that a described desk is sampled from, made of a stream of bits alone.

use rand_xoshiro::Xoshiro256StarStar;
use rand_xoshiro::rand_core::Rng;

/// A value above 0 and up to 1, each of `2^53` as likely.
pub fn uniform(random: &mut Xoshiro256StarStar) -> f64 {
    ((random.next_u64() >> 11) + 1) as f64 * (1.0 / (1_u64 << 53) as f64)
}

/// An exponential value of mean 1, by inversion.
pub fn exponential(random: &mut Xoshiro256StarStar) -> f64 {
    -libm::log(uniform(random))
}

/// A standard normal value by the polar method (Marsaglia & Bray 1964).
fn normal(random: &mut Xoshiro256StarStar) -> f64 {
    loop {
        let (x, y) = (2.0 * uniform(random) - 1.0, 2.0 * uniform(random) - 1.0);
        let square = x * x + y * y;
        if square > 0.0 && square < 1.0 {
            return x * (-2.0 * libm::log(square) / square).sqrt();
        }
    }
}

/// A value of mean 1 with this coefficient of variation: gamma with the shape `1 / cv^2` (Marsaglia & Tsang 2000), which is exponential
/// where it is 1; always 1 where it is 0.
pub fn gamma(random: &mut Xoshiro256StarStar, cv: f64) -> f64 {
    if cv <= 0.0 {
        return 1.0;
    }
    let shape = 1.0 / (cv * cv);
    #[expect(clippy::float_cmp, reason = "1 is the setting for exponential work")]
    if shape == 1.0 {
        return exponential(random);
    }
    if shape < 1.0 {
        // A value of shape + 1, times a uniform one to the power of 1 / shape.
        let small = libm::pow(uniform(random), 1.0 / shape);
        return tsang(random, shape + 1.0) * small / shape;
    }
    tsang(random, shape) / shape
}

/// Gamma with a shape from 1 on and the scale 1.
fn tsang(random: &mut Xoshiro256StarStar, shape: f64) -> f64 {
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let x = normal(random);
        let root = 1.0 + c * x;
        if root <= 0.0 {
            continue;
        }
        let v = root * root * root;
        if libm::log(uniform(random)) < 0.5 * x * x + d - d * v + d * libm::log(v) {
            return d * v;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::swarm::draws::{Purpose, stream};

    /// 200,000 draws: the mean is 1 and the standard deviation the coefficient, within five standard errors (of a gamma value
    /// of shape k the excess kurtosis is 6 / k: Johnson, Kotz & Balakrishnan 1994, chapter 17).
    #[test]
    fn moments_are_those_asked_for() {
        for cv in [0.3, 0.7, 1.0, 1.4, 2.5] {
            let n = 200_000_u32;
            let draws: Vec<f64> = (0..n).map(|i| gamma(&mut stream(3, i, 0, Purpose::Effort), cv)).collect();
            let mean = draws.iter().sum::<f64>() / f64::from(n);
            let square = draws.iter().map(|x| (x - 1.0) * (x - 1.0)).sum::<f64>() / f64::from(n);
            assert!((mean - 1.0).abs() < 5.0 * cv / f64::from(n).sqrt(), "{cv}: {mean}");
            let spread = cv * cv * ((2.0 + 6.0 * cv * cv) / f64::from(n)).sqrt();
            assert!((square - cv * cv).abs() < 5.0 * spread, "{cv}: {square}");
        }
        assert_eq!(gamma(&mut stream(1, 1, 1, Purpose::Effort), 0.0).to_bits(), 1.0_f64.to_bits());
    }

    /// `P(X > 2)`: `e^-2` of an exponential value; `e^-8 (1 + 8 + 32 + 256/3)` of shape 4, where `P(X > x)` is a Poisson sum.
    #[test]
    fn tails_are_those_of_the_distributions() {
        let n = 200_000_u32;
        for (cv, tail) in [(1.0, 0.135_335), (0.5, 0.042_380)] {
            let above = (0..n).filter(|&i| gamma(&mut stream(8, i, 0, Purpose::Effort), cv) > 2.0).count();
            assert!((above as f64 / f64::from(n) - tail).abs() < 0.004, "{cv}: {above}");
        }
    }
}
