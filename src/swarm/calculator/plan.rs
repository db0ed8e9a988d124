//! How long a run is: long enough to forget the empty desk that it begins with, short enough for a slider.

use super::super::policy::Policy;
use super::desk::Desk;

/// Tickets scored: where queues forget their beginning soon, and else.
const SCORED: (u32, u32) = (2_000, 4_000);
/// Arrivals within which that is soon.
const SOON: f64 = 200.0;
/// Tickets that warm a run up, at least and at most.
const WARM_UP: (u32, u32) = (500, 4_000);
/// Relaxation times that the warm-up lasts.
const WARMING: f64 = 4.0;

/// The tickets of a run, in the order of their arrival.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Plan {
    /// That come first and are not scored.
    pub warm_up: u32,
    /// That are scored.
    pub scored: u32,
    /// That come last and keep the desk as busy as it was for those scored.
    pub tail: u32,
    /// Whether a run may be too short to forget its beginning.
    pub short: bool,
}

impl Plan {
    /// By the slowest of the ways of working that are replayed: a queue forgets its beginning within about
    /// `1 / (c mu (1 - sqrt(rho))^2)` where it is busy (Cohen 1982, M/M/1; counted here in arrivals), and a ticket's work
    /// where it is not. Lengths double, so that most small changes of the inputs meet the same tickets.
    pub fn new(desk: &Desk<'_>, replayed: impl Iterator<Item = Policy>) -> Self {
        let slowest = replayed.map(|policy| relaxation(desk, policy)).fold(0.0, f64::max);
        let mut warm_up = WARM_UP.0;
        while warm_up < WARM_UP.1 && f64::from(warm_up) < WARMING * slowest {
            warm_up *= 2;
        }
        Self {
            warm_up,
            scored: if slowest <= SOON { SCORED.0 } else { SCORED.1 },
            tail: warm_up / 2,
            short: f64::from(warm_up) < WARMING * slowest,
        }
    }

    /// Tickets in all.
    pub fn tickets(&self) -> u32 {
        self.warm_up + self.scored + self.tail
    }

    /// Which are scored.
    pub fn range(&self) -> core::ops::Range<u32> {
        self.warm_up..self.warm_up + self.scored
    }
}

/// Arrivals within which a way of working forgets its beginning.
fn relaxation(desk: &Desk<'_>, policy: Policy) -> f64 {
    let queue =
        |load: f64, scv: f64| load * f64::midpoint(1.0, scv).max(1.0) / ((1.0 - load.sqrt()) * (1.0 - load.sqrt()));
    if policy == Policy::AsIs {
        let tiers = desk.tiers.iter().filter(|tier| tier.reached > 0.0);
        let arrivals = tiers.map(|tier| {
            let load = desk.offered(tier) / f64::from(tier.people);
            queue(load, tier.cv * tier.cv) / tier.reached + desk.arrivals * tier.work
        });
        return arrivals.sum();
    }
    let work = desk.work(policy);
    queue(desk.load(policy).unwrap_or(0.0), work.scv) + desk.arrivals * work.mean
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{WhatIf, WhatIfTier};

    /// One person, a ticket an hour: with 25 minutes of work the desk forgets soon; with 54 it takes
    /// `.9 / (1 - sqrt(.9))^2 + .9 = 342` arrivals, four of which are more than 1,000; with 59.9 more than any warm-up.
    #[test]
    fn busy_desks_run_longer() {
        let plan = |minutes| {
            let tiers = vec![WhatIfTier::new("a", 1, minutes, 0.0)];
            let input = WhatIf { arrivals_per_day: 8.0, tiers, ..WhatIf::default() };
            Plan::new(&Desk::new(&input), std::iter::once(Policy::AsIs))
        };
        assert_eq!(plan(25.0), Plan { warm_up: 500, scored: 2_000, tail: 250, short: false });
        assert_eq!(plan(54.0), Plan { warm_up: 2_000, scored: 4_000, tail: 1_000, short: false });
        assert_eq!(plan(59.9), Plan { warm_up: 4_000, scored: 4_000, tail: 2_000, short: true });
        assert_eq!((plan(25.0).tickets(), plan(25.0).range()), (2_750, 500..2_500));
    }
}
