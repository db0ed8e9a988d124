//! The runs of the replay, and what is measured in each.

use super::super::policy::{Assumptions, Policy, adjust, one_queue};
use super::super::replay::{Discipline, Outcome, Rules, replay};
use super::desk::{Desk, POLICIES};
use super::plan::Plan;
use super::sample::Sample;
use crate::stats::type7;

/// Runs in which break-evens are looked for.
const KEPT: u32 = 4;

/// What a way of working gives in each run.
#[derive(Clone, Debug, Default)]
pub struct Series {
    /// Mean lead time of the scored tickets, in seconds.
    pub lead: Vec<f64>,
    /// Its 85th percentile.
    pub p85: Vec<f64>,
    /// Mean wait.
    pub wait: Vec<f64>,
    /// Mean work of people.
    pub work: Vec<f64>,
    /// Tickets in progress while the scored ones came, time average.
    pub wip: Vec<f64>,
}

/// All runs.
#[derive(Clone, Debug)]
pub struct Runs {
    /// Of each policy of [`POLICIES`]; empty where it was not replayed.
    pub series: Vec<Series>,
    /// Of each tier, the mean wait as it is in each run in which a scored ticket came to it.
    pub tier_waits: Vec<Vec<f64>>,
    /// The first runs.
    kept: Vec<Sample>,
}

impl Runs {
    /// Replays each policy that is asked for on the same sampled desks.
    pub fn new(desk: &Desk<'_>, plan: &Plan, wanted: impl Fn(Policy) -> bool) -> Self {
        let mut made = Self {
            series: vec![Series::default(); POLICIES.len()],
            tier_waits: vec![Vec::new(); desk.tiers.len()],
            kept: Vec::new(),
        };
        for run in 0..desk.input.runs {
            let sample = Sample::new(desk, plan.tickets(), run);
            for (policy, series) in POLICIES.into_iter().zip(&mut made.series).filter(|(policy, _)| wanted(*policy)) {
                let outcome = run_of(&sample, policy, &desk.given);
                series.add(&sample, plan, &outcome);
                if policy == Policy::AsIs {
                    waits_of_tiers(&sample, plan, &outcome, &mut made.tier_waits);
                }
            }
            if run < KEPT {
                made.kept.push(sample);
            }
        }
        made
    }

    /// The series of a policy.
    pub fn of(&self, policy: Policy) -> Option<&Series> {
        POLICIES.iter().zip(&self.series).find(|(p, _)| **p == policy).map(|(_, series)| series)
    }

    /// The mean lead time of a policy under other assumptions less that of the desk as it is, in the runs that are kept.
    pub fn slower_by(&self, plan: &Plan, policy: Policy, given: &Assumptions) -> f64 {
        let as_is = self.of(Policy::AsIs).map_or(0.0, |series| series.lead.iter().take(self.kept.len()).sum());
        let lead = |sample: &Sample| mean_lead(sample, plan, &run_of(sample, policy, given));
        self.kept.iter().map(lead).sum::<f64>() - as_is
    }
}

/// Replays a sampled desk under a policy.
pub fn run_of(sample: &Sample, policy: Policy, given: &Assumptions) -> Outcome {
    if policy == Policy::AsIs {
        return replay(&sample.case, &sample.efforts, &Rules::new(Discipline::GroupQueue));
    }
    let mut efforts = sample.efforts.clone();
    adjust(&sample.case, policy, given, &mut efforts);
    replay(&sample.case, &efforts, &one_queue(policy, given))
}

fn leads(sample: &Sample, plan: &Plan, outcome: &Outcome) -> Vec<f64> {
    // Everybody is always there, so that every ticket ends.
    plan.range().filter_map(|ticket| outcome.lead(&sample.case, ticket)).map(|lead| lead as f64).collect()
}

fn mean_lead(sample: &Sample, plan: &Plan, outcome: &Outcome) -> f64 {
    let leads = leads(sample, plan, outcome);
    leads.iter().sum::<f64>() / leads.len().max(1) as f64
}

impl Series {
    fn add(&mut self, sample: &Sample, plan: &Plan, outcome: &Outcome) {
        let mut leads = leads(sample, plan, outcome);
        let n = leads.len().max(1) as f64;
        self.lead.push(leads.iter().sum::<f64>() / n);
        let mean = |column: &[i64]| {
            let scored = plan.range().filter_map(|ticket| column.get(ticket as usize));
            scored.map(|&seconds| seconds as f64).sum::<f64>() / n
        };
        self.wait.push(mean(&outcome.wait));
        self.work.push(mean(&outcome.work));
        self.wip.push(in_progress(sample, plan, outcome));
        leads.sort_unstable_by(f64::total_cmp);
        self.p85.extend(type7(&leads, 0.85));
    }
}

/// Tickets in progress, time average from the arrival of the first scored ticket to that of the last.
fn in_progress(sample: &Sample, plan: &Plan, outcome: &Outcome) -> f64 {
    let opened = &sample.case.routes.opened;
    let at = |ticket: u32| opened.get(ticket as usize).copied().unwrap_or(0);
    let (from, to) = (at(plan.range().start), at(plan.range().end.saturating_sub(1)));
    let inside = opened.iter().zip(&outcome.end).map(|(&o, &e)| (e.min(to) - o.max(from)).max(0));
    inside.sum::<i64>() as f64 / (to - from).max(1) as f64
}

fn waits_of_tiers(sample: &Sample, plan: &Plan, outcome: &Outcome, tiers: &mut [Vec<f64>]) {
    let mut sums = vec![(0.0, 0_u32); tiers.len()];
    for ticket in plan.range() {
        for (visit, (sum, n)) in sample.case.routes.of(ticket as usize).zip(&mut sums) {
            *sum += outcome.visit_wait.get(visit).map_or(0.0, |&wait| wait as f64);
            *n += 1;
        }
    }
    for (waits, (sum, n)) in tiers.iter_mut().zip(sums).filter(|(_, (_, n))| *n > 0) {
        waits.push(sum / f64::from(n));
    }
}
