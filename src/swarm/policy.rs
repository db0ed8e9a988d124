//! Other rules for the same work: what a policy changes against the desk as it is.
//!
//! Both are replayed, with the same arrivals, efforts, hours and holds, and compared with each other, never with what was observed: the
//! error of the replay itself then falls out to a large part. Efforts are drawn anew in each replication, the same ones for all policies.

use super::backlog;
use super::calibration::Model;
use super::case::{Case, NEVER, NONE, WEEK};
use super::draws::{Purpose, stream_seed};
use super::effort::{Efforts, estimate};
use super::models::swarm::stability_limit;
use super::replay::{Discipline, Lane, Outcome, Rules, Swarm, replay};
use crate::stats::type7;

/// A way to run the desk.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Policy {
    /// P0: as it is, by the calibrated model.
    AsIs,
    /// P1: one queue, the same people, each alone: the effect of queueing alone.
    Pooled,
    /// P1 with priorities first.
    PooledByPriority,
    /// P1 with people kept for short tickets.
    PooledWithLane,
    /// P2: P1 without the effort that handoffs cost.
    PooledLessRework,
    /// P3: P2 with a swarm of fixed size on the tickets of the subset.
    SwarmFixed,
    /// P4: P2 with swarms of those who are idle.
    SwarmAdaptive,
}

impl Policy {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::AsIs,
        Self::Pooled,
        Self::PooledByPriority,
        Self::PooledWithLane,
        Self::PooledLessRework,
        Self::SwarmFixed,
        Self::SwarmAdaptive,
    ];

    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::AsIs => "as_is",
            Self::Pooled => "pooled",
            Self::PooledByPriority => "pooled_by_priority",
            Self::PooledWithLane => "pooled_with_lane",
            Self::PooledLessRework => "pooled_less_rework",
            Self::SwarmFixed => "swarm_fixed",
            Self::SwarmAdaptive => "swarm_adaptive",
        }
    }

    /// Whether people work together, so that the speed-up matters.
    pub fn swarms(self) -> bool {
        matches!(self, Self::SwarmFixed | Self::SwarmAdaptive)
    }
}

/// What a policy assumes. The defaults assume nothing saved and nothing lost, but for the speed-up: nobody has measured that for desks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Assumptions {
    /// Speed-up of people together: `s` are `s^alpha` times as fast.
    pub alpha: f64,
    /// People of a swarm: all of them, or at most.
    pub size: u32,
    /// People that an adaptive swarm leaves free.
    pub reserve: u32,
    /// Effort outside the home group, as a multiple.
    pub penalty: f64,
    /// Share by which all work slows down without owners (Song, Tucker & Murrell 2015; Shunko, Niederhoff & Rosokha 2018).
    pub slowdown: f64,
    /// Share of the effort after the first handoff that is saved where there is none.
    pub rework: f64,
    /// Share of the effort before the first handoff that is still needed where there is none.
    pub kept: f64,
    /// People kept for short tickets.
    pub lane: u32,
    /// Whether only those take a ticket who know its category.
    pub skills: bool,
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            alpha: 0.8,
            size: 2,
            reserve: 0,
            penalty: 1.0,
            slowdown: 0.0,
            rework: 0.0,
            kept: 1.0,
            lane: 1,
            skills: false,
        }
    }
}

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
    /// Work of people against their hours on duty: see [`utilisation`].
    pub utilisation: f64,
}

/// The seed of a replication.
fn replication(seed: u64, draw: u32) -> u64 {
    stream_seed(seed, draw, 0, Purpose::Replication)
}

impl Base {
    /// Replays the desk as it is. Scored are the tickets of [`Case::scored`] after the warm-up.
    pub fn new(case: &Case, model: Model, draws: u32, seed: u64) -> Self {
        let known = estimate(&case.routes, &case.staff, model.estimator);
        let efforts = Efforts::new(&case.routes, &case.class_group, &known, case.until);
        let leads = case.leads();
        let scored = case.scored(case.from + case.warm_up(&leads), &leads);
        Self::with(case, model, efforts, scored, draws, seed)
    }

    /// The same with other efforts and other tickets to compare.
    pub fn with(case: &Case, model: Model, efforts: Efforts, scored: Vec<u32>, draws: u32, seed: u64) -> Self {
        let week = |&t: &u32| week_of(case.routes.opened.get(t as usize).copied().unwrap_or(0));
        let first = scored.iter().map(week).min().unwrap_or(0);
        let weeks = scored.iter().map(|t| u32::try_from(week(t) - first).unwrap_or(0)).collect();
        let mut made =
            Self { model, efforts, scored, weeks, draws, seed, leads: Vec::new(), figures: Figures::default() };
        let rules = Rules::new(model.discipline);
        let mut total = Totals::default();
        for draw in 0..draws {
            let drawn = made.efforts.draw(&case.routes, replication(seed, draw));
            let out = replay(case, &drawn, &rules);
            made.leads.push(made.by_week(case, &out));
            total.add(case, &out, &made.scored);
        }
        made.figures = total.figures(draws);
        made
    }

    /// Scored tickets that did not end as it is, on average.
    pub fn unfinished(&self) -> f64 {
        let lost = self.leads.iter().flatten().filter(|sum| sum.is_infinite()).count();
        lost as f64 / f64::from(self.draws.max(1))
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
            let mut drawn = self.efforts.draw(&case.routes, replication(self.seed, draw));
            adjust(case, policy, assumptions, &mut drawn);
            let out = replay(case, &drawn, &rules);
            let sums = self.by_week(case, &out);
            let base = self.leads.get(usize::try_from(draw).unwrap_or(0)).map_or(&[][..], Vec::as_slice);
            weekly.push(sums.iter().zip(base).map(|(&lead, &base)| (lead - base, base)).collect::<Vec<_>>());
            if path.is_none() && sums.iter().any(|sum| sum.is_infinite()) {
                path = Some(backlog::path(case, &out.end, case.from, case.until, WEEK));
            }
            total.add(case, &out, &self.scored);
        }
        let (sum, base) =
            weekly.iter().flatten().fold((0.0, 0.0), |(sum, base), &(change, lead)| (sum + change, base + lead));
        let change = (base > 0.0).then(|| sum / base).filter(|change| change.is_finite());
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

/// The rules of a policy.
pub fn rules(policy: Policy, assumptions: &Assumptions, base: &Base, case: &Case) -> Rules {
    let pooled = Rules {
        alpha: assumptions.alpha,
        penalty: assumptions.penalty,
        skills: assumptions.skills,
        ..Rules::new(Discipline::OneQueue)
    };
    match policy {
        Policy::AsIs => Rules::new(base.model.discipline),
        Policy::Pooled | Policy::PooledLessRework => pooled,
        Policy::PooledByPriority => Rules { priorities: true, ..pooled },
        Policy::PooledWithLane => {
            let short = short_classes(&base.efforts, case);
            Rules { lane: Some(Lane { people: assumptions.lane, short }), ..pooled }
        }
        Policy::SwarmFixed => Rules { swarm: Swarm::Fixed(assumptions.size), ..pooled },
        Policy::SwarmAdaptive => {
            let swarm = Swarm::Adaptive { most: assumptions.size, reserve: assumptions.reserve };
            Rules { swarm, ..pooled }
        }
    }
}

/// Which classes are short: those whose mean effort is at most half the mean of all.
fn short_classes(efforts: &Efforts, case: &Case) -> Vec<bool> {
    let classes = 0..u32::try_from(case.class_group.len()).unwrap_or(0);
    let all = efforts.mean_of_all().unwrap_or(0.0);
    classes.map(|class| efforts.mean(class).is_some_and(|mean| mean <= all / 2.0)).collect()
}

/// What a policy makes of the efforts.
///
/// Handoffs are changes of group or person; work that a hold interrupts is none. Before the first one, effort is multiplied by the share kept;
/// after it by 1 less the rework (where the policy saves handoffs at all); all of it by 1 and the slowdown.
fn adjust(case: &Case, policy: Policy, assumptions: &Assumptions, efforts: &mut [u32]) {
    if policy == Policy::AsIs {
        return;
    }
    let saves = matches!(policy, Policy::PooledLessRework | Policy::SwarmFixed | Policy::SwarmAdaptive);
    let (before, after) = if saves { (assumptions.kept, 1.0 - assumptions.rework) } else { (1.0, 1.0) };
    let pace = 1.0 + assumptions.slowdown;
    #[expect(clippy::float_cmp, reason = "1 is the setting for no change")]
    if before == 1.0 && after == 1.0 && pace == 1.0 {
        return;
    }
    let routes = &case.routes;
    for ticket in 0..routes.len() {
        let visits = routes.of(ticket);
        let who = |v: usize| routes.group.get(v).copied().zip(routes.person.get(v).copied());
        let works = |v: &usize| routes.class.get(*v).is_some_and(|&class| class != NONE);
        let first = visits.clone().find(works).and_then(who);
        let handoff = visits.clone().filter(works).find(|&v| who(v) != first);
        for visit in visits {
            let share = match handoff {
                None => 1.0,
                Some(handoff) if visit < handoff => before,
                Some(_) => after,
            };
            if let Some(effort) = efforts.get_mut(visit) {
                *effort = rounded(f64::from(*effort) * share * pace);
            }
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "not negative, and the conversion saturates"
)]
fn rounded(seconds: f64) -> u32 {
    (seconds + 0.5).floor() as u32
}

/// People on duty while anybody is, to the nearest: how many servers the one queue has.
pub fn people_at_once(case: &Case) -> u32 {
    let covered = case.staff.covered(case.from, case.until).max(1);
    rounded(case.staff.capacity(case.from, case.until) as f64 / covered as f64)
}

/// Utilisation of people who work alone: effort of all visits over hours on duty in the window.
pub fn utilisation(case: &Case, base: &Base) -> f64 {
    let drawn =
        |draw| base.efforts.draw(&case.routes, replication(base.seed, draw)).iter().map(|&e| f64::from(e)).sum::<f64>();
    let work: f64 = (0..base.draws).map(drawn).sum();
    work / f64::from(base.draws.max(1)) / case.staff.capacity(case.from, case.until).max(1) as f64
}

/// Utilisation with fixed swarms: what the subset takes of it is multiplied by `c / (s * floor(c / s)) * s^(1 - alpha)`, with the people at once
/// as `c`; there is a steady state only below 1. `None` where not even one swarm is on duty.
pub fn swarm_utilisation(case: &Case, base: &Base, assumptions: &Assumptions) -> Option<f64> {
    let limit = stability_limit(people_at_once(case), assumptions.size, assumptions.alpha)?;
    let drawn = base.efforts.draw(&case.routes, replication(base.seed, 0));
    let (mut all, mut subset) = (0.0, 0.0);
    for (ticket, &within) in case.routes.subset.iter().enumerate() {
        let work: f64 = case.routes.of(ticket).filter_map(|v| drawn.get(v)).map(|&e| f64::from(e)).sum();
        all += work;
        subset += if within { work } else { 0.0 };
    }
    let share = if all > 0.0 { subset / all } else { 0.0 };
    Some(utilisation(case, base) * (1.0 - share + share / limit))
}

/// Why a policy is not replayed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Refusal {
    /// The replay of the desk as it is is too far off.
    Uncalibrated,
    /// A fixed swarm needs hold states in the history: waits that nobody recorded turned its sign in tests.
    NoHolds,
    /// A fixed swarm would be too near to saturation: its utilisation, or none where not one swarm is on duty.
    Saturated(Option<f64>),
    /// The desk as it is does not come to an end in the replay: so many tickets on average.
    Unfinished(f64),
    /// No ticket is left to compare once the edges are taken off.
    Nothing,
}

/// Utilisation above which fixed swarms cannot be estimated: one desk gave +59 % in one sample of 40 weeks and +201 % in another.
pub const SATURATED: f64 = 0.85;

/// Whether a policy may be replayed: everything needs a calibration, fixed swarms also hold states (evidence E3) and room.
///
/// # Errors
/// What is missing.
pub fn allowed(
    case: &Case,
    base: &Base,
    policy: Policy,
    assumptions: &Assumptions,
    known: Known,
) -> Result<(), Refusal> {
    if !known.calibrated {
        return Err(Refusal::Uncalibrated);
    }
    if base.scored.is_empty() {
        return Err(Refusal::Nothing);
    }
    if base.unfinished() > 0.0 {
        return Err(Refusal::Unfinished(base.unfinished()));
    }
    if policy == Policy::SwarmFixed {
        if !known.holds {
            return Err(Refusal::NoHolds);
        }
        let load = swarm_utilisation(case, base, assumptions);
        if load.is_none_or(|load| load > SATURATED) {
            return Err(Refusal::Saturated(load));
        }
    }
    Ok(())
}

/// What is known of the data before a policy is replayed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Known {
    /// The grade of the calibration is not [`super::calibration::Grade::Refuse`].
    pub calibrated: bool,
    /// The evidence level is E3 or E4: the history has hold states.
    pub holds: bool,
}

/// Wait in the one queue and observed leads of the scored tickets, for the interval without hold states; per ticket on average over the draws.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Partial {
    /// `(pooled wait + effort) / simulated lead as it is - 1`, with the calibrated efforts: all that is not work is avoidable.
    pub optimistic: f64,
    /// `(pooled wait with the attention bound as effort + observed time with people) / observed lead - 1`: only time without a person is avoidable.
    pub conservative: f64,
}

/// Partial identification where waits for others are not recorded (section 7.7 of the method): the truth lay between the two, to two points, in
/// five of five simulated regimes. `shared` is a base with [`super::effort::Estimator::Shared`]. `None` where something did not end.
pub fn partial(case: &Case, base: &Base, shared: &Base, assumptions: &Assumptions) -> Option<Partial> {
    let own = base.compare(case, Policy::Pooled, assumptions).figures?;
    let bound = shared.compare(case, Policy::Pooled, assumptions).figures?;
    let n = base.scored.len().max(1) as f64;
    let (mut held, mut lead) = (0.0, 0.0);
    for &ticket in &base.scored {
        let t = ticket as usize;
        let ended = case.routes.ended.get(t).copied().filter(|&end| end != NEVER)?;
        lead += (ended - case.routes.opened.get(t)?) as f64 / n;
        for visit in case.routes.of(t) {
            let with_person = case.routes.person.get(visit)? != &NONE;
            let held_for = (case.routes.left.get(visit)? - case.routes.assigned.get(visit)?) as f64;
            held += if with_person { held_for.max(0.0) / n } else { 0.0 };
        }
    }
    let figures = base.figures();
    (lead > 0.0 && figures.lead > 0.0).then(|| Partial {
        optimistic: (own.wait + own.work) / figures.lead - 1.0,
        conservative: (bound.wait + held) / lead - 1.0,
    })
}

#[cfg(test)]
mod tests {
    use super::super::case::{Routes, Ticket, Visit};
    use super::super::staff::Staff;
    use super::*;

    /// A visit of person 0, the same after a hold, then person 1 of group 1, then 0 again: the handoff comes before the third. Half of what is
    /// before is kept, a quarter of what follows saved, all of it a tenth slower. The second ticket has no handoff.
    #[test]
    fn savings_are_counted_from_the_first_handoff() {
        let mut routes = Routes::default();
        let hold = Visit { hold: 5, ..Visit::new(0, 0) };
        routes.push(Ticket::new(0), &[Visit::new(0, 0), hold, Visit::new(1, 1), Visit::new(0, 0)]);
        routes.push(Ticket::new(1), &[Visit::new(0, 0), hold]);
        let case = Case::new(routes, Staff::always(&[0, 1]), vec![0], 0, 10);
        let given = Assumptions { kept: 0.5, rework: 0.25, slowdown: 0.1, ..Assumptions::default() };
        let after = |policy, given: &Assumptions| {
            let mut efforts = vec![100, 200, 400, 40, 60, 20];
            adjust(&case, policy, given, &mut efforts);
            efforts
        };
        assert_eq!(after(Policy::PooledLessRework, &given), [55, 110, 330, 33, 66, 22]);
        // One queue alone saves nothing.
        assert_eq!(after(Policy::Pooled, &given), [110, 220, 440, 44, 66, 22]);
        assert_eq!(after(Policy::AsIs, &given), [100, 200, 400, 40, 60, 20]);
        assert_eq!(after(Policy::SwarmFixed, &Assumptions::default()), [100, 200, 400, 40, 60, 20]);
    }

    /// 1970-01-01 was a Thursday: the next week began on the 5th.
    #[test]
    fn weeks_begin_on_monday() {
        assert_eq!([-4 * 86_400, -1, 0, 4 * 86_400 - 1, 4 * 86_400].map(week_of), [-1, 0, 0, 0, 1]);
    }
}
