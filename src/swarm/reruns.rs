//! How sure a change is near saturation: samples of weeks are replayed again, because there a week changes those after it, which
//! differences by week do not show.

use super::availability::Availability;
use super::case::{Case, NEVER, NONE, Routes, WEEK};
use super::compare::Base;
use super::draws::{Purpose, stream_seed};
use super::policy::{Assumptions, Policy};
use super::staff::Staff;
use crate::stats::{MIN_WEEKS, nearest_rank, week_draws};

/// Samples of weeks that are replayed again.
pub const RERUNS: u32 = 100;
/// The same in a quick answer, which has to come while somebody moves a slider: the least and the most of these are the interval.
pub const QUICK_RERUNS: u32 = 20;
/// Utilisation above which weeks are replayed again.
pub const NEAR: f64 = 0.9;

/// A sample of weeks with their arrivals and their hours, and the desk as it is in them. Nothing in it depends on what is assumed.
#[derive(Debug)]
pub struct Rerun {
    case: Case,
    base: Base,
    /// Efforts of each draw.
    drawn: Vec<Vec<u32>>,
}

impl Rerun {
    fn new(case: &Case, base: &Base, weeks: &[usize], seed: u64) -> Self {
        let sample = resampled(case, weeks);
        let leads = case.leads();
        let scored = sample.scored(sample.from + case.warm_up(&leads), &leads);
        let base = Base::with(&sample, base.model, base.efforts.clone(), scored, 1, seed);
        let drawn = (0..base.draws).map(|draw| base.drawn(&sample, draw)).collect();
        Self { case: sample, base, drawn }
    }

    /// The change of the mean lead time; without bound where tickets did not end.
    pub fn change(&self, policy: Policy, assumptions: &Assumptions) -> f64 {
        self.base.change(&self.case, &self.drawn, policy, assumptions).unwrap_or(f64::INFINITY)
    }
}

/// Makes so many samples and hands over one after the other; none under [`MIN_WEEKS`] weeks.
pub fn reruns(case: &Case, base: &Base, samples: u32, seed: u64, mut each: impl FnMut(Rerun)) {
    let weeks = usize::try_from((case.until - case.from) / WEEK).unwrap_or(0);
    if weeks < MIN_WEEKS {
        return;
    }
    let mut number = 0;
    week_draws(weeks, samples, stream_seed(seed, 1, 0, Purpose::Weeks), |times| {
        number += 1;
        // The drawn weeks in an order of their own: by a hash of sample and place, so that neighbours do not stay together.
        let mut drawn: Vec<(u64, usize)> = Vec::with_capacity(weeks);
        for (week, &times) in times.iter().enumerate() {
            for _ in 0..times {
                let place = u32::try_from(drawn.len()).unwrap_or(NONE);
                drawn.push((stream_seed(seed, number, place, Purpose::Weeks), week));
            }
        }
        drawn.sort_unstable();
        let drawn: Vec<usize> = drawn.into_iter().map(|(_, week)| week).collect();
        each(Rerun::new(case, base, &drawn, stream_seed(seed, number, 1, Purpose::Replication)));
    });
}

/// The 95 % interval of the changes of samples (nearest ranks); where those without bound reach it there is none.
pub fn interval(mut changes: Vec<f64>) -> Option<(f64, f64)> {
    changes.sort_unstable_by(f64::total_cmp);
    let at = |p: f64| nearest_rank(&changes, p).filter(|change| change.is_finite());
    Some((at(0.025)?, at(0.975)?))
}

/// A case of whole weeks, counted from the beginning of another one, in the order given; each with the arrivals and the
/// hours it had.
pub fn resampled(case: &Case, weeks: &[usize]) -> Case {
    let span = |week: usize| {
        let from = case.from + i64::try_from(week).unwrap_or(0) * WEEK;
        (from, from + WEEK)
    };
    let mut by_week: Vec<Vec<u32>> = Vec::new();
    for &ticket in &case.order {
        let week = case.routes.opened.get(ticket as usize).map_or(-1, |opened| (opened - case.from).div_euclid(WEEK));
        let Ok(week) = usize::try_from(week) else { continue };
        if by_week.len() <= week {
            by_week.resize(week + 1, Vec::new());
        }
        if let Some(tickets) = by_week.get_mut(week) {
            tickets.push(ticket);
        }
    }
    let mut routes = Routes::default();
    let mut visits = Vec::new();
    for (slot, &week) in weeks.iter().enumerate() {
        let shift = span(slot).0 - span(week).0;
        for &ticket in by_week.get(week).into_iter().flatten() {
            let Some(mut copy) = case.routes.ticket(ticket as usize) else { continue };
            copy.opened += shift;
            copy.ended = if copy.ended == NEVER { NEVER } else { copy.ended + shift };
            visits.clear();
            visits.extend(case.routes.of(ticket as usize).filter_map(|v| case.routes.visit(v)).map(|mut visit| {
                visit.entered += shift;
                visit.assigned += shift;
                visit.left += shift;
                visit
            }));
            routes.push(copy, &visits);
            let recorded = case.routes.recorded.get(case.routes.of(ticket as usize));
            routes.recorded.extend_from_slice(recorded.unwrap_or_default());
        }
    }
    let last = span(weeks.len()).0;
    let hours = |table: &Availability| {
        let own = table.intervals();
        let mut moved = Vec::new();
        for (slot, &week) in weeks.iter().enumerate() {
            let ((from, to), shift) = (span(week), span(slot).0 - span(week).0);
            let first = own.partition_point(|&(_, end)| end <= from);
            let within = own.iter().skip(first).take_while(|&&(start, _)| start < to);
            moved.extend(within.map(|&(start, end)| (start.max(from) + shift, end.min(to) + shift)));
        }
        // What comes after the data stays as it is.
        moved.extend(own.iter().filter(|&&(_, end)| end > case.until).map(|&(start, end)| {
            let shift = last - case.until;
            (start.max(case.until) + shift, end + shift)
        }));
        Availability::new(moved)
    };
    let mut staff = Staff::default();
    for person in case.staff.people() {
        let (Some(duty), Some(own)) = (case.staff.duty(person), case.staff.own(person)) else { continue };
        let (duty, own) = (hours(duty), (duty != own).then(|| hours(own)));
        staff.push(case.staff.home(person), duty, own);
    }
    if let Some(skills) = case.staff.skills() {
        staff = staff.with_skills(skills.clone());
    }
    Case::new(routes, staff, case.class_group.clone(), case.from, last)
}
