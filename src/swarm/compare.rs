//! What a policy changes against the desk as it is.
//!
//! Both are replayed, with the same arrivals, efforts, hours and holds, and compared with each other, never with what was
//! observed: the error of the replay itself then falls out to a large part. Efforts are drawn anew in each replication, the
//! same ones for all policies.

use super::backlog;
use super::calibration::Model;
use super::case::{Case, WEEK};
use super::draws::{Purpose, stream_seed};
use super::effort::{Efforts, estimate};
use super::policy::{Assumptions, Policy, adjust, rules};
use super::replay::{Outcome, Rules, replay};
use crate::stats::type7;

/// What all policies are compared with: the desk as it is, and the efforts to draw.
#[derive(Clone, Debug)]
pub struct Base {
    /// How the desk works, and how efforts were read.
    pub model: Model,
    /// Efforts to draw from.
    pub efforts: Efforts,
    /// Tickets that are compared.
    pub scored: Vec<u32>,
    /// Of each of these, the week of its opening, counted from the first of them.
    pub weeks: Vec<u32>,
    /// Draws of efforts.
    pub draws: u32,
    seed: u64,
    /// Sums over the tickets of each week: of each draw.
    leads: Vec<Vec<f64>>,
    figures: Figures,
    /// Efforts drawn in all, in seconds.
    drawn: f64,
    /// Scored tickets that did not end, in all draws.
    unfinished: usize,
}

/// Means over the scored tickets and the draws.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// Mean lead in seconds.
    pub lead: f64,
    /// Median lead.
    pub median: f64,
    /// 85th percentile of leads.
    pub p85: f64,
    /// Mean wait for people.
    pub wait: f64,
    /// Mean work of people.
    pub work: f64,
}

/// A policy against the desk as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The policy.
    pub policy: Policy,
    /// What it assumes.
    pub assumptions: Assumptions,
    /// The desk as it is.
    pub base: Figures,
    /// The policy; `None` where scored tickets did not end in one of them.
    pub figures: Option<Figures>,
    /// `sum(lead) / sum(lead as it is) - 1` over tickets and draws; `None` as above.
    pub change: Option<f64>,
    /// Of each draw and week: (sum of leads less that of leads as it is, sum of leads as it is).
    pub weekly: Vec<Vec<(f64, f64)>>,
    /// Scored tickets that did not end, on average over the draws: of the policy and as it is.
    pub unfinished: (f64, f64),
    /// Where some did not end: tickets in progress each week, from the beginning, in the first draw.
    pub backlog: Option<Vec<u32>>,
    /// Work of people against their hours on duty in the window.
    pub utilisation: f64,
}

/// The seed of a replication.
fn replication(seed: u64, draw: u32) -> u64 {
    stream_seed(seed, draw, 0, Purpose::Replication)
}

impl Base {
    /// Replays the desk as it is. Scored are the tickets of [`Case::scored`] after the warm-up.
    pub fn new(case: &Case, model: Model, draws: u32, seed: u64) -> Self {
        Self::watched(case, model, scored(case), draws, seed, |_, _, _| {})
    }

    /// The same of some tickets, while somebody looks at the efforts of each draw and at what became of them.
    pub fn watched(
        case: &Case,
        model: Model,
        scored: Vec<u32>,
        draws: u32,
        seed: u64,
        look: impl FnMut(&Self, Vec<u32>, &Outcome),
    ) -> Self {
        let known = estimate(&case.routes, &case.staff, model.estimator);
        let efforts = Efforts::new(&case.routes, &case.class_group, &known, case.until);
        Self::made(case, model, efforts, scored, draws, seed, look)
    }

    /// The same with other efforts and other tickets to compare.
    pub fn with(case: &Case, model: Model, efforts: Efforts, scored: Vec<u32>, draws: u32, seed: u64) -> Self {
        Self::made(case, model, efforts, scored, draws, seed, |_, _, _| {})
    }

    fn made(
        case: &Case,
        model: Model,
        efforts: Efforts,
        scored: Vec<u32>,
        draws: u32,
        seed: u64,
        mut look: impl FnMut(&Self, Vec<u32>, &Outcome),
    ) -> Self {
        let week = |&t: &u32| week_of(case.routes.opened.get(t as usize).copied().unwrap_or(0));
        let first = scored.iter().map(week).min().unwrap_or(0);
        let weeks = scored.iter().map(|t| u32::try_from(week(t) - first).unwrap_or(0)).collect();
        let (leads, figures) = (Vec::new(), Figures::default());
        let mut made = Self { model, efforts, scored, weeks, draws, seed, leads, figures, drawn: 0.0, unfinished: 0 };
        let rules = Rules::new(model.discipline);
        let mut total = Totals::default();
        for draw in 0..draws {
            let sample = made.drawn(case, draw);
            let out = replay(case, &sample, &rules);
            made.leads.push(made.by_week(case, &out));
            made.drawn += sample.iter().map(|&e| f64::from(e)).sum::<f64>();
            total.add(case, &out, &made.scored);
            look(&made, sample, &out);
        }
        made.figures = total.figures(draws);
        made.unfinished = total.unfinished;
        made
    }

    /// The efforts of a draw.
    pub fn drawn(&self, case: &Case, draw: u32) -> Vec<u32> {
        self.efforts.draw(&case.routes, replication(self.seed, draw))
    }

    /// Efforts of all visits in seconds, on average over the draws.
    pub fn effort(&self) -> f64 {
        self.drawn / f64::from(self.draws.max(1))
    }

    /// Scored tickets that did not end as it is, on average.
    pub fn unfinished(&self) -> f64 {
        self.unfinished as f64 / f64::from(self.draws.max(1))
    }

    /// The desk as it is.
    pub fn figures(&self) -> Figures {
        self.figures
    }

    /// Leads summed by week; infinite where one did not end.
    fn by_week(&self, case: &Case, out: &Outcome) -> Vec<f64> {
        let weeks = self.weeks.iter().max().map_or(0, |&w| w as usize + 1);
        let mut sums = vec![0.0; weeks];
        for (&ticket, &week) in self.scored.iter().zip(&self.weeks) {
            if let Some(sum) = sums.get_mut(week as usize) {
                *sum += out.lead(case, ticket).map_or(f64::INFINITY, |lead| lead as f64);
            }
        }
        sums
    }

    /// Replays a policy with the efforts of each draw.
    pub fn compare(&self, case: &Case, policy: Policy, assumptions: &Assumptions) -> Comparison {
        let rules = rules(policy, assumptions, self, case);
        let mut total = Totals::default();
        let mut weekly = Vec::new();
        let mut path = None;
        for draw in 0..self.draws {
            let mut sample = self.drawn(case, draw);
            adjust(case, policy, assumptions, &mut sample);
            let out = replay(case, &sample, &rules);
            let sums = self.by_week(case, &out);
            if path.is_none() && sums.iter().any(|sum| sum.is_infinite()) {
                path = Some(backlog::path(case, &out.end, case.from, case.until, WEEK));
            }
            weekly.push(self.against(draw, &sums));
            total.add(case, &out, &self.scored);
        }
        let change = change(&weekly);
        Comparison {
            policy,
            assumptions: *assumptions,
            base: self.figures,
            figures: change.map(|_| total.figures(self.draws)),
            change,
            weekly,
            unfinished: (total.unfinished as f64 / f64::from(self.draws.max(1)), self.unfinished()),
            backlog: path,
            utilisation: total.all_work
                / f64::from(self.draws.max(1))
                / (case.staff.capacity(case.from, case.until).max(1) as f64),
        }
    }

    /// The change of [`Base::compare`] alone, of efforts drawn before: for those who ask again and again.
    pub fn change(&self, case: &Case, drawn: &[Vec<u32>], policy: Policy, assumptions: &Assumptions) -> Option<f64> {
        let rules = rules(policy, assumptions, self, case);
        let weekly = |(draw, sample): (u32, &Vec<u32>)| {
            let mut sample = sample.clone();
            adjust(case, policy, assumptions, &mut sample);
            self.against(draw, &self.by_week(case, &replay(case, &sample, &rules)))
        };
        change(&(0..).zip(drawn).map(weekly).collect::<Vec<_>>())
    }

    /// Of each week: the sum of leads less that of a draw as it is, and the latter.
    fn against(&self, draw: u32, sums: &[f64]) -> Vec<(f64, f64)> {
        let base = self.leads.get(usize::try_from(draw).unwrap_or(0)).map_or(&[][..], Vec::as_slice);
        sums.iter().zip(base).map(|(&lead, &base)| (lead - base, base)).collect()
    }
}

/// The tickets to compare: those of [`Case::scored`] after the warm-up.
pub fn scored(case: &Case) -> Vec<u32> {
    let leads = case.leads();
    case.scored(case.from + case.warm_up(&leads), &leads)
}

/// The change over all draws and weeks; `None` where something did not end, or there is nothing.
fn change(weekly: &[Vec<(f64, f64)>]) -> Option<f64> {
    let (sum, base) =
        weekly.iter().flatten().fold((0.0, 0.0), |(sum, base), &(change, lead)| (sum + change, base + lead));
    (base > 0.0).then(|| sum / base).filter(|change| change.is_finite())
}

/// Sums over the draws.
#[derive(Clone, Copy, Debug, Default)]
struct Totals {
    sums: Figures,
    all_work: f64,
    unfinished: usize,
}

impl Totals {
    fn add(&mut self, case: &Case, out: &Outcome, scored: &[u32]) {
        let leads: Vec<i64> = scored.iter().filter_map(|&t| out.lead(case, t)).collect();
        self.unfinished += scored.len() - leads.len();
        let n = scored.len().max(1) as f64;
        let mean =
            |column: &[i64]| scored.iter().filter_map(|&t| column.get(t as usize)).map(|&s| s as f64).sum::<f64>() / n;
        self.sums.lead += leads.iter().map(|&l| l as f64).sum::<f64>() / n;
        let mut seconds: Vec<u32> = leads.iter().map(|&l| u32::try_from(l.max(0)).unwrap_or(u32::MAX)).collect();
        crate::stats::sort_seconds(&mut seconds);
        self.sums.median += type7(&seconds, 0.5).unwrap_or(0.0);
        self.sums.p85 += type7(&seconds, 0.85).unwrap_or(0.0);
        self.sums.wait += mean(&out.wait);
        self.sums.work += mean(&out.work);
        self.all_work += out.work_seconds() as f64;
    }

    fn figures(&self, draws: u32) -> Figures {
        let by = f64::from(draws.max(1));
        let Figures { lead, median, p85, wait, work } = self.sums;
        Figures { lead: lead / by, median: median / by, p85: p85 / by, wait: wait / by, work: work / by }
    }
}

/// The week of an instant, from Monday to Sunday in UTC, counted from that of 1970-01-01.
pub fn week_of(instant: i64) -> i64 {
    (instant + 3 * 86_400).div_euclid(WEEK)
}

#[cfg(test)]
mod tests {
    use super::week_of;

    /// 1970-01-01 was a Thursday: the next week began on the 5th.
    #[test]
    fn weeks_begin_on_monday() {
        assert_eq!([-4 * 86_400, -1, 0, 4 * 86_400 - 1, 4 * 86_400].map(week_of), [-1, 0, 0, 0, 1]);
    }
}
