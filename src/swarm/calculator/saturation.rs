//! Which ways of working can do the work that comes.

use super::super::policy::Policy;
use super::desk::{Desk, POLICIES};
use super::runs::run_of;
use super::sample::Sample;
use crate::query::WhatIfSubset;

/// Sampled desks that are tried.
const DESKS: u32 = 3;
/// Tickets of each, and how many more for each of the people.
const TICKETS: (u32, u32) = (2_000, 10);

/// Of each policy, the work that comes over what its people can do; `None` where no swarm can be formed.
#[derive(Clone, Debug)]
pub struct Loads(Vec<Option<f64>>);

impl Loads {
    /// By formula, but for fixed swarms among other tickets or people: there also by trying.
    pub fn new(desk: &Desk<'_>) -> Self {
        let load = |policy| {
            let load = desk.load(policy)?;
            // Where the formula already says no, nothing has to be tried.
            let open = policy == Policy::SwarmFixed && load < 1.0 && is_mixed(desk);
            Some(if open { load.max(tried(desk)) } else { load })
        };
        Self(POLICIES.into_iter().map(load).collect())
    }

    /// Of a policy.
    pub fn of(&self, policy: Policy) -> Option<f64> {
        POLICIES.iter().zip(&self.0).find(|(p, _)| **p == policy).and_then(|(_, load)| *load)
    }

    /// Whether its people can do the work.
    pub fn bears(&self, policy: Policy) -> bool {
        self.of(policy).is_some_and(|load| load < 1.0)
    }
}

/// Whether teams differ from each other, by their size or by who is in them.
fn is_mixed(desk: &Desk<'_>) -> bool {
    let share = desk.subset_share();
    share > 0.0 && (desk.input.subset == WhatIfSubset::Escalated || desk.given.penalty > 1.0)
}

/// The load of fixed swarms, by trying. Where a swarm waits until so many are free, some are idle although tickets wait. What a
/// desk gets done to which all tickets came at once, until the last of them is begun, is the most that it can do (saturation rule: Baccelli &
/// Foss 1995).
fn tried(desk: &Desk<'_>) -> f64 {
    let tickets = TICKETS.0 + TICKETS.1 * desk.people;
    let (mut done, mut time, mut work) = (0.0, 0.0, 0.0);
    for run in 0..DESKS {
        // Other desks than those of the runs.
        let sample = Sample::new(desk, tickets, u32::MAX - run).at_once();
        let outcome = run_of(&sample, Policy::SwarmFixed, &desk.given);
        let last = outcome.wait.iter().copied().max().unwrap_or(0);
        for ((&start, &end), &seconds) in outcome.wait.iter().zip(&outcome.end).zip(&outcome.work) {
            let until = (last - start) as f64 / (end - start).max(1) as f64;
            done += seconds as f64 * until.min(1.0);
            work += seconds as f64;
        }
        time += f64::from(desk.people) * last as f64;
    }
    // With one penalty for all the mean work is known, so that chance does not come into it.
    let mean = if desk.given.penalty > 1.0 { work / f64::from(DESKS * tickets) } else { desk.swarm_work() };
    let busy = if time > 0.0 { done / time } else { 1.0 };
    desk.arrivals * mean / f64::from(desk.people) / busy
}
