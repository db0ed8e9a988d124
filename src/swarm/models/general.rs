//! Waiting where work is not exponential.

use super::erlang::Mmc;
use super::{below, not_negative, positive};

/// Most terms of Crommelin's series. They fall by a factor of `(rho e^(1 - rho))^c` each, the more slowly the nearer to saturation.
const MOST_TERMS: u32 = 20_000;

/// Mean wait of the M/G/1 queue: `lambda E[S^2] / (2 (1 - rho))` (Pollaczek 1930, Khinchine 1932). `scv` is the squared
/// coefficient of variation of work: 1 where exponential, 0 where constant.
pub fn pollaczek_khinchine(arrivals: f64, mean_work: f64, scv: f64) -> Option<f64> {
    let rho = positive(arrivals)? * positive(mean_work)?;
    let second = mean_work * mean_work * (1.0 + not_negative(scv)?);
    (rho < 1.0).then(|| arrivals * second / (2.0 * (1.0 - rho)))
}

/// Mean wait of the GI/G/c queue, approximately: `(ca^2 + cs^2) / 2` times that of M/M/c (Allen & Cunneen; Allen 1990). Exact for
/// M/M/c and M/G/1; some per cent off elsewhere.
pub fn allen_cunneen(servers: u32, arrivals: f64, mean_work: f64, scv_arrivals: f64, scv_work: f64) -> Option<f64> {
    let queue = Mmc::new(servers, arrivals, 1.0 / positive(mean_work)?)?;
    Some(f64::midpoint(not_negative(scv_arrivals)?, not_negative(scv_work)?) * queue.wait())
}

/// Mean wait of the M/D/c queue, where all work takes the same time: the series of Crommelin (1932),
/// `D sum_k e^(-ka) [ sum_(j >= kc) (ka)^j / j! - (c/a) sum_(j > kc) (ka)^j / j! ]` with `a = lambda D`.
/// It ends in time up to a utilisation of about .95 for one server and nearer to 1 for more.
pub fn constant_work(servers: u32, arrivals: f64, work: f64) -> Option<f64> {
    let c = f64::from(servers);
    let a = below(c, positive(arrivals)? * positive(work)?)?;
    let mut sum = 0.0;
    for k in 1..=MOST_TERMS {
        let mean = f64::from(k) * a;
        let first = f64::from(k) * c;
        let at = libm::exp(first * libm::log(mean) - mean - libm::lgamma(first + 1.0));
        let above = tail_above(mean, first, at);
        let term = (at + above) - c / a * above;
        sum += term;
        if term.abs() <= 1e-13 * sum {
            return Some(work * sum);
        }
    }
    None
}

/// `P(X > n)` of a Poisson variable with a mean below `n`, given `P(X = n)`.
fn tail_above(mean: f64, n: f64, at: f64) -> f64 {
    let (mut term, mut sum, mut j) = (at, 0.0, n);
    loop {
        j += 1.0;
        term *= mean / j;
        sum += term;
        if term <= 1e-17 * sum || term < f64::MIN_POSITIVE {
            return sum;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::swarm::models::close;

    /// Pollaczek-Khinchine = continuous-time Markov chain; = embedded chain = Crommelin.
    #[test]
    fn one_server() {
        close(pollaczek_khinchine(0.7, 1.0, 4.0), 5.833_33, 1e-6);
        close(pollaczek_khinchine(0.8, 1.0, 0.0), 2.0, 1e-12);
        close(constant_work(1, 0.8, 1.0), 2.0, 1e-9);
        close(constant_work(1, 0.95, 1.0), pollaczek_khinchine(0.95, 1.0, 0.0).unwrap(), 1e-9);
    }

    /// Crommelin's series = embedded chain: M/D/3 with lambda 2.55; the approximation is 1.9 % low.
    #[test]
    fn constant_work_of_three() {
        close(constant_work(3, 2.55, 1.0), 0.826_924, 1e-6);
        close(allen_cunneen(3, 2.55, 1.0, 1.0, 0.0), 0.811_530, 1e-6);
    }

    #[test]
    fn allen_cunneen_of_four() {
        close(allen_cunneen(4, 3.4, 1.0, 1.0, 2.25), 1.866_90, 3e-6);
    }

    #[test]
    fn no_steady_state_is_no_answer() {
        assert_eq!(pollaczek_khinchine(1.0, 1.0, 0.0), None);
        assert_eq!(constant_work(2, 2.0, 1.0), None);
        assert_eq!(constant_work(0, 2.0, 1.0), None);
        assert_eq!(allen_cunneen(2, 1.0, 1.0, -1.0, 1.0), None);
        assert_eq!(constant_work(2, 1.999, 1.0), None);
    }
}
