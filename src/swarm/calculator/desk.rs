//! The desk in numbers: rates, what a ticket takes, and how near to saturation each way of working is.

use super::super::models::swarm::stability_limit;
use super::super::policy::{Assumptions, Policy};
use super::inputs;
use crate::query::{WhatIf, WhatIfSubset};

/// Seconds of an hour.
pub const HOUR: f64 = 3_600.0;

/// The ways of working that are answered.
pub const POLICIES: [Policy; 5] =
    [Policy::AsIs, Policy::Pooled, Policy::PooledLessRework, Policy::SwarmFixed, Policy::SwarmAdaptive];

/// A tier.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tier {
    /// People.
    pub people: u32,
    /// Mean work on a ticket, in seconds.
    pub work: f64,
    /// Coefficient of variation of that.
    pub cv: f64,
    /// Share of its tickets that goes on.
    pub goes_on: f64,
    /// Share of all tickets that comes to it.
    pub reached: f64,
}

/// The desk.
#[derive(Clone, Debug)]
pub struct Desk<'a> {
    /// As it was described.
    pub input: &'a WhatIf,
    /// What is assumed of a swarm.
    pub given: Assumptions,
    /// Tickets a second of working time.
    pub arrivals: f64,
    /// Its tiers.
    pub tiers: Vec<Tier>,
    /// People of all tiers.
    pub people: u32,
}

/// The work on a ticket, all its visits together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Work {
    /// Mean, in seconds.
    pub mean: f64,
    /// Variance over the square of the mean.
    pub scv: f64,
}

impl<'a> Desk<'a> {
    /// From a description that was checked.
    pub fn new(input: &'a WhatIf) -> Self {
        let mut reached = 1.0;
        let mut tiers = Vec::new();
        for tier in &input.tiers {
            tiers.push(Tier {
                people: tier.people,
                work: tier.handling_minutes * 60.0,
                cv: tier.handling_cv,
                goes_on: tier.escalated,
                reached,
            });
            reached *= tier.escalated;
        }
        Self {
            input,
            given: super::super::answer::assumptions(&inputs::assumed(input)),
            arrivals: input.arrivals_per_day / (input.hours_per_day * HOUR),
            people: tiers.iter().map(|tier| tier.people).sum(),
            tiers,
        }
    }

    /// Person-hours of work that come to a tier in an hour.
    pub fn offered(&self, tier: &Tier) -> f64 {
        self.arrivals * tier.reached * tier.work
    }

    /// Of each route, that is of each last tier: its position, and the share of tickets that take it.
    fn routes(&self) -> impl Iterator<Item = (usize, f64)> {
        self.tiers.iter().enumerate().map(|(n, tier)| (n, tier.reached * (1.0 - tier.goes_on)))
    }

    /// Mean work of a visit on a route under a policy: what [`super::super::policy`] makes of efforts, in the mean.
    fn work_at(&self, policy: Policy, at: usize, last: usize) -> f64 {
        let work = self.tiers.get(at).map_or(0.0, |tier| tier.work);
        let saves = !matches!(policy, Policy::AsIs | Policy::Pooled);
        let share = match (saves && last > 0, at) {
            (false, _) => 1.0,
            (true, 0) => self.given.kept,
            (true, _) => 1.0 - self.given.rework,
        };
        let pace = if policy == Policy::AsIs { 1.0 } else { 1.0 + self.given.slowdown };
        work * share * pace
    }

    /// The work of one person who does all of a ticket and is at home everywhere: a mixture over the routes of sums of independent visits.
    pub fn work(&self, policy: Policy) -> Work {
        let (mut mean, mut second) = (0.0, 0.0);
        for (last, share) in self.routes() {
            let (mut sum, mut variance) = (0.0, 0.0);
            for (at, tier) in self.tiers.iter().enumerate().take(last + 1) {
                let work = self.work_at(policy, at, last);
                sum += work;
                variance += work * work * tier.cv * tier.cv;
            }
            mean += share * sum;
            second += share * (sum * sum + variance);
        }
        Work { mean, scv: (second / (mean * mean) - 1.0).max(0.0) }
    }

    /// Share of the work that tickets of the subset take.
    pub fn subset_share(&self) -> f64 {
        if self.input.subset == WhatIfSubset::All {
            return 1.0;
        }
        let alone =
            self.tiers.first().map_or(0.0, |first| 1.0 - first.goes_on) * self.work_at(Policy::SwarmFixed, 0, 0);
        let all = self.work(Policy::SwarmFixed).mean;
        if all > 0.0 { (1.0 - alone / all).max(0.0) } else { 0.0 }
    }

    /// Mean work of all people on a ticket with fixed swarms, where everybody is at home everywhere.
    pub fn swarm_work(&self) -> f64 {
        let share = self.subset_share();
        let more = libm::pow(f64::from(self.given.size), 1.0 - self.given.alpha);
        self.work(Policy::SwarmFixed).mean * (1.0 - share + share * more)
    }

    /// Work that comes over what the people can do: from 1 on the backlog grows without end. `None` where not one swarm can be formed.
    ///
    /// As it is, that of the busiest tier. With one queue a desk that is never idle finishes `sum over people of 1 / mean work
    /// of a ticket in their hands` a second (saturation rule: Baccelli & Foss 1995). With fixed swarms what the subset takes of
    /// it is divided by their stability limit.
    pub fn load(&self, policy: Policy) -> Option<f64> {
        match policy {
            Policy::AsIs => {
                let loads = self.tiers.iter().map(|tier| self.offered(tier) / f64::from(tier.people));
                Some(loads.fold(0.0, f64::max))
            }
            Policy::SwarmFixed => {
                let share = self.subset_share();
                let alone = self.shared_load(policy);
                if share <= 0.0 {
                    return Some(alone);
                }
                let limit = stability_limit(self.people, self.given.size, self.given.alpha)?;
                Some(alone * (1.0 - share + share / limit))
            }
            _ => Some(self.shared_load(policy)),
        }
    }

    fn shared_load(&self, policy: Policy) -> f64 {
        let mut finished = 0.0;
        for (home, tier) in self.tiers.iter().enumerate() {
            let mut work = 0.0;
            for (last, share) in self.routes() {
                let visit = |at: usize| {
                    let away = if at == home { 1.0 } else { self.given.penalty };
                    self.work_at(policy, at, last) * away
                };
                work += share * (0..=last).map(visit).sum::<f64>();
            }
            finished += f64::from(tier.people) / work;
        }
        self.arrivals / finished
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::WhatIfTier;

    fn near(value: f64, expected: f64) {
        assert!((value - expected).abs() < 1e-9 * expected.abs().max(1.0), "{value} is not {expected}");
    }

    /// 6 an hour; tier 1: 10 minutes, tier 2: 30 minutes for half of them. Total: exponential 10 for half; 10 + 30 for half: mean 25,
    /// second moment .5 * 200 + .5 * (1600 + 100 + 900) = 1400, scv 1400 / 625 - 1 = 1.24.
    #[test]
    fn work_of_a_mixture_of_routes() {
        let input = WhatIf {
            arrivals_per_day: 48.0,
            tiers: vec![WhatIfTier::new("a", 2, 10.0, 0.5), WhatIfTier::new("b", 3, 30.0, 0.0)],
            ..WhatIf::default()
        };
        let desk = Desk::new(&input);
        let work = desk.work(Policy::Pooled);
        near(work.mean, 25.0 * 60.0);
        near(work.scv, 1.24);
        near(desk.load(Policy::AsIs).unwrap(), 0.5);
        near(desk.load(Policy::Pooled).unwrap(), 0.5);
        // Of 25 minutes the subset has 20. Two teams of five people, each 2^.8 as fast: limit 2 * 2^.8 / 5.
        near(desk.subset_share(), 0.8);
        near(desk.load(Policy::SwarmFixed).unwrap(), 0.5 * (0.2 + 0.8 / (2.0 * libm::pow(2.0, 0.8) / 5.0)));
    }

    /// The same with twice the effort away from home: in the hands of the first tier a ticket takes 10 + 30 = 40 minutes, in those of the
    /// second 20 + 15 = 35; 2/40 + 3/35 tickets a minute are done, .1 come.
    #[test]
    fn work_away_from_home_takes_longer() {
        let input = WhatIf {
            arrivals_per_day: 48.0,
            kappa: 2.0,
            tiers: vec![WhatIfTier::new("a", 2, 10.0, 0.5), WhatIfTier::new("b", 3, 30.0, 0.0)],
            ..WhatIf::default()
        };
        near(Desk::new(&input).load(Policy::Pooled).unwrap(), 0.1 / (2.0 / 40.0 + 3.0 / 35.0));
    }

    /// A tenth slower, half of the first visit kept and a fifth of the second saved where there are two: .5 * 11 + .5 * (5.5 + 26.4).
    #[test]
    fn what_is_assumed_changes_the_work() {
        let input = WhatIf {
            pi: 0.1,
            q: 0.5,
            h: 0.2,
            tiers: vec![WhatIfTier::new("a", 2, 10.0, 0.5), WhatIfTier::new("b", 3, 30.0, 0.0)],
            ..WhatIf::default()
        };
        let desk = Desk::new(&input);
        near(desk.work(Policy::PooledLessRework).mean, 21.45 * 60.0);
        near(desk.work(Policy::Pooled).mean, 27.5 * 60.0);
        near(desk.work(Policy::AsIs).mean, 25.0 * 60.0);
    }

    #[test]
    fn nobody_can_swarm_alone() {
        let tiers = vec![WhatIfTier::new("a", 1, 1.0, 0.0)];
        let input = WhatIf { tiers, subset: WhatIfSubset::All, ..WhatIf::default() };
        assert_eq!(Desk::new(&input).load(Policy::SwarmFixed), None);
        let input = WhatIf { subset: WhatIfSubset::Escalated, ..input };
        assert!(Desk::new(&input).load(Policy::SwarmFixed).is_some());
    }
}
