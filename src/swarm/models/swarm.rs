//! Swarming in theory: one queue, and several people on each ticket at once.

use super::erlang::Mmc;
use super::{positive, share};

/// What a fixed swarm does to a desk in which everybody can do everything.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FixedSwarm {
    /// Mean time of a ticket from arrival to its end.
    pub sojourn: f64,
    /// Of it, waiting.
    pub wait: f64,
    /// Person-time a ticket, as a multiple of what one person alone would need: `s^(1 - alpha)`.
    pub person_time: f64,
    /// Utilisation of the people: above 1 there is no steady state.
    pub utilisation: f64,
}

/// People in teams of `size` that take each ticket together: `floor(c / s)` servers, on each of which work takes `1 / s^alpha` of the time
/// of one person. `alpha` is 1 where twice the people take half the time, 0 where they are no faster
/// (speed-up `s^p` of parallel jobs: Berg, Vesilo & Harchol-Balter 2020).
pub fn fixed(people: u32, size: u32, arrivals: f64, mean_work: f64, alpha: f64) -> Option<FixedSwarm> {
    let (arrivals, mean_work) = (positive(arrivals)?, positive(mean_work)?);
    let teams = people.checked_div(size)?;
    let speed = libm::pow(f64::from(size), share(alpha)?);
    let queue = Mmc::new(teams, arrivals, speed / mean_work)?;
    Some(FixedSwarm {
        sojourn: queue.sojourn(),
        wait: queue.wait(),
        person_time: f64::from(size) / speed,
        utilisation: queue.utilisation(),
    })
}

/// The utilisation of people (working alone) up to which fixed swarms are stable: `s^(alpha - 1)`, less what does not fill a
/// team.
pub fn stability_limit(people: u32, size: u32, alpha: f64) -> Option<f64> {
    let teams = people.checked_div(size).filter(|teams| *teams > 0)?;
    Some(f64::from(teams) * libm::pow(f64::from(size), share(alpha)?) / f64::from(people))
}

/// The utilisation at which a fixed swarm and the same people in one queue, each alone, take equally long: below it swarming
/// is faster, above slower. `None` where one of them always is.
pub fn break_even(people: u32, size: u32, alpha: f64) -> Option<f64> {
    let limit = stability_limit(people, size, alpha)?.min(1.0);
    let gain = |rho: f64| {
        let arrivals = rho * f64::from(people);
        let alone = fixed(people, 1, arrivals, 1.0, alpha)?.sojourn;
        // Where the swarm has no steady state it is infinitely worse.
        Some(fixed(people, size, arrivals, 1.0, alpha).map_or(f64::NEG_INFINITY, |swarm| alone - swarm.sojourn))
    };
    let (mut low, mut high) = (1e-9, limit * (1.0 - 1e-9));
    if gain(low)? <= 0.0 || gain(high)? >= 0.0 {
        return None;
    }
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if gain(middle)? > 0.0 { low = middle } else { high = middle }
    }
    Some(f64::midpoint(low, high))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::swarm::models::close;

    /// Closed form = birth-death chain (simulated by Ciw: .6692 +- .0054), twelve people with 7.2 arrivals.
    #[test]
    fn swarms_of_two_to_four() {
        let two = fixed(12, 2, 7.2, 1.0, 0.8).unwrap();
        close(Some(two.sojourn), 0.672_573, 1e-6);
        close(Some(two.wait), 0.098_223_7, 1e-6);
        close(Some(two.person_time), 1.148_698, 1e-6);
        close(fixed(12, 1, 7.2, 1.0, 0.8).map(|s| s.sojourn), 1.015_56, 3e-6);
        close(fixed(12, 3, 7.2, 1.0, 0.7).map(|s| s.sojourn), 0.924_372, 1e-6);
        close(fixed(12, 4, 7.2, 1.0, 0.7).map(|s| s.sojourn), 1.541_73, 3e-6);
        assert_eq!(fixed(12, 4, 7.2, 1.0, 0.5), None);
    }

    /// Section 9 of the method: (size, alpha, break-even, stability limit) of twelve people.
    #[test]
    fn break_even_table() {
        for (size, rows) in [
            (
                2,
                [
                    (0.5, 0.565_054, core::f64::consts::FRAC_1_SQRT_2),
                    (0.6, 0.626_097, 0.757_858),
                    (0.7, 0.691_122, 0.812_252),
                    (0.8, 0.762_604, 0.870_551),
                    (0.9, 0.846_123, 0.933_033),
                ],
            ),
            (
                3,
                [
                    (0.5, 0.460_893, 0.577_350),
                    (0.6, 0.533_861, 0.644_394),
                    (0.7, 0.614_499, 0.719_223),
                    (0.8, 0.705_527, 0.802_742),
                    (0.9, 0.812_939, 0.895_958),
                ],
            ),
            (
                4,
                [
                    (0.5, 0.394_965, 0.500_000),
                    (0.6, 0.473_396, 0.574_349),
                    (0.7, 0.562_607, 0.659_754),
                    (0.8, 0.665_712, 0.757_858),
                    (0.9, 0.789_225, 0.870_551),
                ],
            ),
        ] {
            for (alpha, even, limit) in rows {
                close(break_even(12, size, alpha), even, 2e-6);
                close(stability_limit(12, size, alpha), limit, 1e-6);
            }
        }
    }

    #[test]
    fn no_answer() {
        assert_eq!(break_even(12, 1, 0.8), None);
        assert_eq!(break_even(12, 13, 0.8), None);
        assert_eq!(fixed(12, 0, 1.0, 1.0, 0.8), None);
        assert_eq!(fixed(12, 2, 1.0, 1.0, 1.8), None);
    }
}
