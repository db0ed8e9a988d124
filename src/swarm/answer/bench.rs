//! A bench on which ways of working are tried: the draws of efforts, and the desk as it is under each of them.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use super::super::case::Case;
use super::super::compare::Base;
use super::super::policy::{Assumptions, Policy, adjust, rules};
use super::super::replay::replay;
use super::super::reruns::Rerun;
use super::as_is::{AsIs, PERCENTILE_RESAMPLES};
use super::draw::Draw;
use super::inquiry::rounded;
use super::watch::Watch;
use crate::report::Change;
use crate::stats::{MIN_WEEKS, percentile_interval};

/// A change with its 95 % interval over weeks and draws.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Over all draws.
    pub point: f64,
    /// Lower bound.
    pub lower: f64,
    /// Upper bound.
    pub upper: f64,
}

impl Estimate {
    /// As reports say it.
    pub fn change(self) -> Change {
        let (chance_lower, chance_upper) = (Some(rounded(self.lower)), Some(rounded(self.upper)));
        Change { chance_lower, chance_upper, ..self.bare() }
    }

    /// The same where nothing is beside its interval.
    pub fn bare(self) -> Change {
        Change {
            point: rounded(self.point),
            lower: rounded(self.lower),
            upper: rounded(self.upper),
            unbounded: false,
            chance_lower: None,
            chance_upper: None,
            envelope_lower: None,
            envelope_upper: None,
            envelope_unbounded: false,
        }
    }
}

/// What a way of working gave.
#[derive(Clone, Debug)]
pub struct Trial {
    /// Mean lead time; none where scored tickets did not end, or there are too few weeks.
    pub lead: Option<Estimate>,
    /// 85th percentile.
    pub p85: Option<Estimate>,
    /// Time queued.
    pub wait: Option<Estimate>,
    /// Hours of work.
    pub work: Option<Estimate>,
    /// Tickets in progress.
    pub wip: Option<Estimate>,
    /// Mean lead time in seconds.
    pub lead_mean: f64,
    /// 85th percentile of it in seconds.
    pub lead_p85: f64,
    /// Scored tickets that did not end, on average over the draws.
    pub unfinished: f64,
    /// Work over the hours on duty.
    pub utilisation: f64,
    /// Lead times of the scored tickets, ascending, of each draw.
    pub leads: Vec<Vec<u32>>,
}

/// The bench of one model of the desk.
#[derive(Debug)]
pub struct Bench<'a> {
    case: &'a Case,
    watch: &'a Watch<'a>,
    desk: Rc<AsIs>,
    /// What was tried last: it is often asked for again, with fewer draws.
    last: RefCell<Option<Attempt>>,
}

/// A way of working, and what became of each draw.
#[derive(Debug)]
struct Attempt {
    policy: Policy,
    assumptions: Assumptions,
    draws: Rc<[Draw]>,
}

impl<'a> Bench<'a> {
    /// A bench with a desk as it is.
    pub fn new(case: &'a Case, watch: &'a Watch<'a>, desk: Rc<AsIs>) -> Self {
        Self { case, watch, desk, last: RefCell::default() }
    }

    /// The clock of lead times.
    pub fn watch(&self) -> &'a Watch<'a> {
        self.watch
    }

    /// A few samples of weeks to replay again, which are kept.
    pub fn reruns(&self) -> Rc<[Rerun]> {
        self.desk.reruns(self.case)
    }

    /// The desk as it is.
    pub fn base(&self) -> &Base {
        &self.desk.base
    }

    /// Tickets that are not scored because they do not end in the desk as it is.
    pub fn stuck(&self) -> &BTreeSet<u32> {
        &self.desk.stuck
    }

    /// Whether all scored tickets end in the desk as it is.
    pub fn drains(&self) -> bool {
        self.desk.drains()
    }

    /// Draws of efforts.
    pub fn draws(&self) -> usize {
        self.desk.efforts.len()
    }

    /// Tries a way of working with the first draws.
    pub fn attempt(&self, policy: Policy, assumptions: &Assumptions, draws: usize) -> Trial {
        self.tried(policy, assumptions, draws, |runs| self.judge(runs))
    }

    /// Mean seconds queued, every second counted; `None` where scored tickets did not end.
    pub fn wait(&self, policy: Policy, assumptions: &Assumptions, draws: usize) -> Option<f64> {
        let waited =
            |runs: &[Draw]| runs.iter().all(|run| run.unfinished == 0).then(|| self.mean(runs, |run| &run.wait));
        self.tried(policy, assumptions, draws, waited)
    }

    /// Replays a way of working with the first draws, unless it was tried just before.
    fn tried<T>(&self, policy: Policy, given: &Assumptions, draws: usize, judge: impl FnOnce(&[Draw]) -> T) -> T {
        let draws = draws.min(self.draws());
        if policy == Policy::AsIs {
            return judge(self.desk.draws.get(..draws).unwrap_or_default());
        }
        let same = |last: &&Attempt| last.policy == policy && last.assumptions == *given && last.draws.len() >= draws;
        let known = self.last.borrow().as_ref().filter(same).map(|last| Rc::clone(&last.draws));
        let runs = known.unwrap_or_else(|| self.run(policy, given, draws).into());
        *self.last.borrow_mut() = Some(Attempt { policy, assumptions: *given, draws: Rc::clone(&runs) });
        judge(runs.get(..draws).unwrap_or_default())
    }

    fn run(&self, policy: Policy, assumptions: &Assumptions, draws: usize) -> Vec<Draw> {
        let rules = rules(policy, assumptions, self.base(), self.case);
        let one = |drawn: &Vec<u32>| {
            let mut sample = drawn.clone();
            adjust(self.case, policy, assumptions, &mut sample);
            Draw::new(self.case, self.watch, self.base(), self.desk.weeks, &replay(self.case, &sample, &rules))
        };
        self.desk.efforts.iter().take(draws).map(one).collect()
    }

    fn judge(&self, runs: &[Draw]) -> Trial {
        let draws = runs.len().max(1) as f64;
        let unfinished = runs.iter().map(|draw| draw.unfinished).sum::<usize>() as f64 / draws;
        let done = unfinished <= 0.0;
        let ratio = |of: fn(&Draw) -> &[f64]| {
            let pairs = |(run, base): (&Draw, &Draw)| {
                of(run).iter().zip(of(base)).map(|(&run, &base)| (run - base, base)).collect::<Vec<_>>()
            };
            let weekly: Vec<Vec<(f64, f64)>> = runs.iter().zip(&self.desk.draws).map(pairs).collect();
            let (sum, base) =
                weekly.iter().flatten().fold((0.0, 0.0), |(s, b), &(change, base)| (s + change, b + base));
            if !done || base <= 0.0 {
                return None;
            }
            let (lower, upper) = self.desk.resamples().interval(&weekly)?;
            Some(Estimate { point: sum / base, lower, upper })
        };
        let p85 = runs.iter().map(Draw::percentile).sum::<f64>() / draws;
        let capacity = self.case.staff.capacity(self.case.from, self.case.until).max(1) as f64;
        Trial {
            lead: ratio(|draw| &draw.lead),
            p85: if done { self.percentile_change(runs, p85) } else { None },
            wait: ratio(|draw| &draw.wait),
            work: ratio(|draw| &draw.work),
            wip: ratio(|draw| &draw.area),
            lead_mean: self.mean(runs, |draw| &draw.lead),
            lead_p85: p85,
            unfinished,
            utilisation: runs.iter().map(|draw| draw.all_work).sum::<f64>() / draws / capacity,
            leads: runs.iter().map(|draw| draw.leads.clone()).collect(),
        }
    }

    /// A figure of a ticket, over draws and scored tickets.
    fn mean(&self, runs: &[Draw], of: fn(&Draw) -> &[f64]) -> f64 {
        let n = self.base().scored.len().max(1) as f64;
        runs.iter().flat_map(of).sum::<f64>() / runs.len().max(1) as f64 / n
    }

    /// The 85th percentile of resampled weeks against that of the desk as it is with the same ones.
    fn percentile_change(&self, runs: &[Draw], p85: f64) -> Option<Estimate> {
        let as_is = &self.desk.draws;
        let base = as_is.iter().take(runs.len()).map(Draw::percentile).sum::<f64>() / runs.len().max(1) as f64;
        // Too few weeks for the mean are too few here.
        if as_is.first()?.lead.iter().filter(|&&sum| sum > 0.0).count() < MIN_WEEKS || base <= 0.0 {
            return None;
        }
        let samples = self.desk.resamples().samples().take(PERCENTILE_RESAMPLES);
        let bases = self.desk.percentiles(runs.len());
        let pairs = samples.zip(runs.iter().cycle()).zip(bases.iter().copied());
        let change = |((times, run), base): ((&[u32], &Draw), Option<f64>)| {
            let base = base.filter(|&base| base > 0.0)?;
            Some(run.weighted(times)? / base - 1.0)
        };
        let (lower, upper) = percentile_interval(pairs.filter_map(change).collect())?;
        Some(Estimate { point: p85 / base - 1.0, lower, upper })
    }
}
