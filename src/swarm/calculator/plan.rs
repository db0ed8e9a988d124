//! How long a run is: long enough to forget the empty desk that it begins with, short enough for a slider.

use super::super::policy::Policy;
use super::desk::Desk;

/// Tickets scored, at least and at most.
const SCORED: (f64, f64) = (2_000.0, 4_000.0);
/// Tickets that warm a run up, at least and at most.
const WARM_UP: (f64, f64) = (400.0, 4_000.0);
/// Relaxation times of the warm-up, and of the tickets scored.
const WARMING: f64 = 5.0;
const SCORING: f64 = 20.0;

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
    /// where it is not.
    pub fn new(desk: &Desk<'_>, replayed: impl Iterator<Item = Policy>) -> Self {
        let slowest = replayed.map(|policy| relaxation(desk, policy)).fold(0.0, f64::max);
        Self {
            warm_up: whole((WARMING * slowest).clamp(WARM_UP.0, WARM_UP.1)),
            scored: whole((SCORING * slowest).clamp(SCORED.0, SCORED.1)),
            tail: whole((slowest * WARMING / 2.0).clamp(WARM_UP.0 / 2.0, WARM_UP.1 / 2.0)),
            short: slowest * WARMING > WARM_UP.1,
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
    let queue = |load: f64, scv: f64| load * f64::midpoint(1.0, scv).max(1.0) / ((1.0 - load.sqrt()) * (1.0 - load.sqrt()));
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

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between the bounds of the plan"
)]
fn whole(tickets: f64) -> u32 {
    tickets.ceil() as u32
}
