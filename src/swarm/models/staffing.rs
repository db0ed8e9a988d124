//! How many people a load needs.

use super::positive;

/// Servers by the square-root rule: `a + beta sqrt(a)`, rounded up (Halfin & Whitt 1981). `beta` is the safety in standard deviations of
/// a Poisson load.
pub fn square_root(offered: f64, beta: f64) -> Option<f64> {
    let a = positive(offered)?;
    beta.is_finite().then(|| (a + beta * a.sqrt()).ceil())
}

/// Share of arrivals that wait in a large desk staffed so: `1 / (1 + beta Phi(beta) / phi(beta))` (Halfin & Whitt 1981).
pub fn waits(beta: f64) -> Option<f64> {
    let beta = positive(beta)?;
    let density = libm::exp(-beta * beta / 2.0) / (2.0 * core::f64::consts::PI).sqrt();
    let below = 0.5 * libm::erfc(-beta * core::f64::consts::FRAC_1_SQRT_2);
    Some(1.0 / (1.0 + beta * below / density))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::swarm::models::close;
    use crate::swarm::models::erlang::erlang_c;

    #[test]
    fn halfin_whitt() {
        close(waits(1.0), 0.223_361, 2e-6);
        // A desk of 110 with a load of 100 is large enough for the limit to hold within 2 points.
        let exact = erlang_c(110, 100.0).unwrap();
        assert!((waits(1.0).unwrap() - exact).abs() < 0.02, "{exact}");
        assert_eq!(square_root(100.0, 1.0), Some(110.0));
        assert_eq!(waits(0.0), None);
    }
}
