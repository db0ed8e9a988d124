//! A bench on which ways of working are tried: the draws of efforts, and the desk as it is under each of them.

use super::super::case::{Case, NEVER, WEEK};
use super::super::compare::{Base, week_of};
use super::super::draws::{Purpose, stream_seed};
use super::super::policy::{Assumptions, Policy, adjust, rules};
use super::super::replay::{Outcome, replay};
use super::super::uncertainty::{RESAMPLES, interval_of};
use super::inquiry::rounded;
use super::watch::Watch;
use crate::report::Change;
use crate::stats::{percentile_interval, type7, week_draws};

/// Resamples of weeks of a percentile's interval: each walks through all tickets.
const PERCENTILE_RESAMPLES: u32 = 400;
/// The percentile beside the mean.
const P85: f64 = 0.85;

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
    /// Mean seconds queued, every second counted.
    pub elapsed_wait: f64,
    /// Lead times of the scored tickets, ascending, of each draw.
    pub leads: Vec<Vec<u32>>,
}

/// One draw: sums by week of opening, and the scored tickets by lead time.
#[derive(Clone, Debug)]
struct Draw {
    lead: Vec<f64>,
    wait: Vec<f64>,
    work: Vec<f64>,
    /// Ticket-seconds in progress by week of the calendar, all tickets.
    area: Vec<f64>,
    /// (lead, week), ascending.
    sorted: Vec<(u32, u32)>,
    unfinished: usize,
    all_work: f64,
}

/// The bench of one model of the desk.
#[derive(Debug)]
pub struct Bench<'a> {
    case: &'a Case,
    watch: &'a Watch<'a>,
    /// The desk as it is.
    pub base: Base,
    efforts: Vec<Vec<u32>>,
    as_is: Vec<Draw>,
    first_week: i64,
    weeks: usize,
    seed: u64,
}

impl<'a> Bench<'a> {
    /// Draws the efforts, and replays the desk as it is.
    pub fn new(case: &'a Case, watch: &'a Watch<'a>, base: Base, seed: u64) -> Self {
        let opened = base.scored.iter().filter_map(|&t| case.routes.opened.get(t as usize));
        let first_week = opened.map(|&at| week_of(at)).min().unwrap_or(0);
        let weeks = base.weeks.iter().max().map_or(0, |&week| week as usize + 1);
        let efforts = (0..base.draws).map(|draw| base.drawn(case, draw)).collect();
        let mut made = Self { case, watch, base, efforts, as_is: Vec::new(), first_week, weeks, seed };
        made.as_is = made.run(Policy::AsIs, &Assumptions::default(), made.efforts.len());
        made
    }

    /// The clock of lead times.
    pub fn watch(&self) -> &'a Watch<'a> {
        self.watch
    }

    /// Whether all scored tickets end in the desk as it is.
    pub fn drains(&self) -> bool {
        self.as_is.iter().all(|draw| draw.unfinished == 0)
    }

    /// Draws of efforts.
    pub fn draws(&self) -> usize {
        self.efforts.len()
    }

    /// Tries a way of working with the first draws.
    pub fn attempt(&self, policy: Policy, assumptions: &Assumptions, draws: usize) -> Trial {
        let draws = draws.min(self.efforts.len());
        let own;
        let runs = if policy == Policy::AsIs {
            self.as_is.get(..draws).unwrap_or_default()
        } else {
            own = self.run(policy, assumptions, draws);
            &own
        };
        self.judge(runs)
    }

    fn run(&self, policy: Policy, assumptions: &Assumptions, draws: usize) -> Vec<Draw> {
        let rules = rules(policy, assumptions, &self.base, self.case);
        let one = |drawn: &Vec<u32>| {
            let mut sample = drawn.clone();
            adjust(self.case, policy, assumptions, &mut sample);
            self.sum(&replay(self.case, &sample, &rules))
        };
        self.efforts.iter().take(draws).map(one).collect()
    }

    fn sum(&self, out: &Outcome) -> Draw {
        let zero = vec![0.0; self.weeks];
        let mut draw = Draw {
            lead: zero.clone(),
            wait: zero.clone(),
            work: zero.clone(),
            area: zero,
            sorted: Vec::with_capacity(self.base.scored.len()),
            unfinished: 0,
            all_work: out.work_seconds() as f64,
        };
        for (&ticket, &week) in self.base.scored.iter().zip(&self.base.weeks) {
            let t = ticket as usize;
            let end = out.end.get(t).copied().unwrap_or(NEVER);
            if end == NEVER {
                draw.unfinished += 1;
                continue;
            }
            let opened = self.case.routes.opened.get(t).copied().unwrap_or(end);
            let lead = self.watch.between(t, opened, end);
            add(&mut draw.lead, week, f64::from(lead));
            add(&mut draw.wait, week, out.wait.get(t).map_or(0.0, |&s| s as f64));
            add(&mut draw.work, week, out.work.get(t).map_or(0.0, |&s| s as f64));
            draw.sorted.push((lead, week));
        }
        draw.sorted.sort_unstable();
        let start = |week: usize| (self.first_week + i64::try_from(week).unwrap_or(0)) * WEEK - 3 * 86_400;
        for (ticket, &end) in out.end.iter().enumerate() {
            let (mut from, to) = (self.case.enters(ticket).max(start(0)), end.min(start(self.weeks)));
            while from < to {
                let week = usize::try_from(week_of(from) - self.first_week).unwrap_or(0);
                let next = start(week + 1).min(to);
                if let Some(sum) = draw.area.get_mut(week) {
                    *sum += (next - from) as f64;
                }
                from = next;
            }
        }
        draw
    }

    fn judge(&self, runs: &[Draw]) -> Trial {
        let n = self.base.scored.len().max(1) as f64;
        let draws = runs.len().max(1) as f64;
        let unfinished = runs.iter().map(|draw| draw.unfinished).sum::<usize>() as f64 / draws;
        let done = unfinished <= 0.0;
        let ratio = |of: fn(&Draw) -> &[f64]| {
            let pairs = |(run, base): (&Draw, &Draw)| {
                of(run).iter().zip(of(base)).map(|(&run, &base)| (run - base, base)).collect::<Vec<_>>()
            };
            let weekly: Vec<Vec<(f64, f64)>> = runs.iter().zip(&self.as_is).map(pairs).collect();
            let (sum, base) =
                weekly.iter().flatten().fold((0.0, 0.0), |(s, b), &(change, base)| (s + change, b + base));
            let (lower, upper) = interval_of(&weekly, RESAMPLES, self.seed)?;
            (done && base > 0.0).then(|| Estimate { point: sum / base, lower, upper })
        };
        let total = |of: fn(&Draw) -> &[f64]| runs.iter().flat_map(of).sum::<f64>() / draws / n;
        let p85 = |of: &[Draw]| of.iter().map(|draw| percentile(&draw.sorted)).sum::<f64>() / draws;
        let capacity = self.case.staff.capacity(self.case.from, self.case.until).max(1) as f64;
        Trial {
            lead: ratio(|draw| &draw.lead),
            p85: if done { self.percentile_change(runs, p85(runs)) } else { None },
            wait: ratio(|draw| &draw.wait),
            work: ratio(|draw| &draw.work),
            wip: ratio(|draw| &draw.area),
            lead_mean: total(|draw| &draw.lead),
            lead_p85: p85(runs),
            unfinished,
            utilisation: runs.iter().map(|draw| draw.all_work).sum::<f64>() / draws / capacity,
            elapsed_wait: total(|draw| &draw.wait),
            leads: runs.iter().map(|draw| draw.sorted.iter().map(|&(lead, _)| lead).collect()).collect(),
        }
    }

    /// The 85th percentile of resampled weeks against that of the desk as it is with the same ones.
    fn percentile_change(&self, runs: &[Draw], p85: f64) -> Option<Estimate> {
        let base = self.as_is.iter().take(runs.len()).map(|draw| percentile(&draw.sorted)).sum::<f64>()
            / runs.len().max(1) as f64;
        let mut changes = Vec::with_capacity(PERCENTILE_RESAMPLES as usize);
        let mut pairs = runs.iter().zip(&self.as_is).cycle();
        let seed = stream_seed(self.seed, 0, 0, Purpose::Weeks);
        week_draws(self.weeks, PERCENTILE_RESAMPLES, seed, |times| {
            let Some((run, base)) = pairs.next() else { return };
            if let (Some(run), Some(base)) = (weighted(&run.sorted, times), weighted(&base.sorted, times))
                && base > 0.0
            {
                changes.push(run / base - 1.0);
            }
        });
        // Too few weeks for the mean are too few here.
        if self.as_is.first()?.lead.iter().filter(|&&sum| sum > 0.0).count() < crate::stats::MIN_WEEKS || base <= 0.0 {
            return None;
        }
        let (lower, upper) = percentile_interval(changes)?;
        Some(Estimate { point: p85 / base - 1.0, lower, upper })
    }
}

fn add(sums: &mut [f64], week: u32, value: f64) {
    if let Some(sum) = sums.get_mut(week as usize) {
        *sum += value;
    }
}

fn percentile(sorted: &[(u32, u32)]) -> f64 {
    let leads: Vec<u32> = sorted.iter().map(|&(lead, _)| lead).collect();
    type7(&leads, P85).unwrap_or(0.0)
}

/// The 85th percentile (type 7) where each ticket occurs as often as its week was drawn.
fn weighted(sorted: &[(u32, u32)], times: &[u32]) -> Option<f64> {
    let often = |week: u32| u64::from(times.get(week as usize).copied().unwrap_or(0));
    let n: u64 = sorted.iter().map(|&(_, week)| often(week)).sum();
    let h = n.checked_sub(1)? as f64 * P85;
    let (below, part) = (h.floor(), h - h.floor());
    let (mut seen, mut low) = (0_u64, None);
    for &(lead, week) in sorted {
        seen += often(week);
        if low.is_none() && seen as f64 > below {
            low = Some(f64::from(lead));
        }
        if let Some(low) = low
            && (seen as f64 > below + 1.0 || seen == n)
        {
            return Some(low + part * (f64::from(lead) - low));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{percentile, weighted};

    /// Leads 10, 20, 30, 40, week 0 and 1 in turn. Each once: h = 3 * .85 = 2.55, 30 + .55 * 10. Week 1 alone, twice: 20, 20, 40, 40, h = 2.55, 40.
    /// Week 0 thrice: 10 x 3, 30 x 3, h = 5 * .85 = 4.25, 30.
    #[test]
    fn weighted_percentiles_by_hand() {
        let sorted = [(10, 0), (20, 1), (30, 0), (40, 1)];
        assert_eq!(weighted(&sorted, &[1, 1]), Some(35.5));
        assert!((percentile(&sorted) - 35.5).abs() < 1e-9);
        assert_eq!(weighted(&sorted, &[0, 2]), Some(40.0));
        assert_eq!(weighted(&sorted, &[3, 0]), Some(30.0));
        assert_eq!(weighted(&sorted, &[0, 0]), None);
    }
}
