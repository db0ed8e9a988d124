//! What became of the scored tickets with the efforts of one draw.

use super::super::case::{Case, NEVER, WEEK};
use super::super::compare::{Base, week_of};
use super::super::replay::Outcome;
use super::watch::Watch;
use crate::stats::{sort_keyed, type7};

/// The percentile beside the mean.
const P85: f64 = 0.85;

/// Sums by week of opening, and the scored tickets by lead time.
#[derive(Clone, Debug)]
pub struct Draw {
    /// Lead times.
    pub lead: Vec<f64>,
    /// Time queued.
    pub wait: Vec<f64>,
    /// Work.
    pub work: Vec<f64>,
    /// Ticket-seconds in progress by week of the calendar, all tickets.
    pub area: Vec<f64>,
    /// Lead times, ascending.
    pub leads: Vec<u32>,
    /// The week of each of these.
    week: Vec<u32>,
    /// How many of them each week has.
    ended: Vec<u64>,
    /// Scored tickets that did not end.
    pub unfinished: usize,
    /// Work on all tickets.
    pub all_work: f64,
}

impl Draw {
    /// Adds up an outcome by the weeks of a base.
    pub fn new(case: &Case, watch: &Watch<'_>, base: &Base, (first_week, weeks): (i64, usize), out: &Outcome) -> Self {
        let zero = vec![0.0; weeks];
        let mut draw = Self {
            lead: zero.clone(),
            wait: zero.clone(),
            work: zero.clone(),
            area: zero,
            leads: Vec::new(),
            week: Vec::new(),
            ended: vec![0; weeks],
            unfinished: 0,
            all_work: out.work_seconds() as f64,
        };
        // Lead time above, week below.
        let mut ended: Vec<u64> = Vec::with_capacity(base.scored.len());
        for (&ticket, &week) in base.scored.iter().zip(&base.weeks) {
            let t = ticket as usize;
            let end = out.end.get(t).copied().unwrap_or(NEVER);
            if end == NEVER {
                draw.unfinished += 1;
                continue;
            }
            let opened = case.routes.opened.get(t).copied().unwrap_or(end);
            let lead = watch.between(t, opened, end);
            add(&mut draw.lead, week, f64::from(lead));
            add(&mut draw.wait, week, out.wait.get(t).map_or(0.0, |&s| s as f64));
            add(&mut draw.work, week, out.work.get(t).map_or(0.0, |&s| s as f64));
            if let Some(n) = draw.ended.get_mut(week as usize) {
                *n += 1;
            }
            ended.push(u64::from(lead) << u32::BITS | u64::from(week));
        }
        sort_keyed(&mut ended);
        let half = |value: u64| u32::try_from(value & u64::from(u32::MAX)).unwrap_or(u32::MAX);
        draw.leads = ended.iter().map(|&entry| half(entry >> u32::BITS)).collect();
        draw.week = ended.iter().map(|&entry| half(entry)).collect();
        draw.progress(case, first_week, out);
        draw
    }

    /// Adds up the time in progress of all tickets.
    fn progress(&mut self, case: &Case, first_week: i64, out: &Outcome) {
        let start = |week: usize| (first_week + i64::try_from(week).unwrap_or(0)) * WEEK - 3 * 86_400;
        let (first, last) = (start(0), start(self.area.len()));
        for (ticket, &end) in out.end.iter().enumerate() {
            let (mut from, to) = (case.enters(ticket).max(first), end.min(last));
            while from < to {
                let week = usize::try_from(week_of(from) - first_week).unwrap_or(0);
                let next = start(week + 1).min(to);
                if let Some(sum) = self.area.get_mut(week) {
                    *sum += (next - from) as f64;
                }
                from = next;
            }
        }
    }

    /// The 85th percentile of lead times (type 7).
    pub fn percentile(&self) -> f64 {
        type7(&self.leads, P85).unwrap_or(0.0)
    }

    /// The same where each ticket occurs as often as its week was drawn.
    ///
    /// Tickets are counted from the longest lead time down: that is less than a fifth of the way.
    pub fn weighted(&self, times: &[u32]) -> Option<f64> {
        let n: u64 = self.ended.iter().zip(times).map(|(&n, &times)| n * u64::from(times)).sum();
        let last = n.checked_sub(1)?;
        let h = last as f64 * P85;
        let (part, below) = (h - h.floor(), whole(h));
        let (mut left, mut high) = (n, None);
        for (&lead, &week) in self.leads.iter().zip(&self.week).rev() {
            let often = u64::from(times.get(week as usize).copied().unwrap_or(0));
            // The copies of this ticket have the places from here on, counted from 0.
            left -= often;
            if often == 0 || left > (below + 1).min(last) {
                continue;
            }
            let high = *high.get_or_insert(f64::from(lead));
            if left <= below {
                let low = f64::from(lead);
                return Some(low + part * (high - low));
            }
        }
        None
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a position, which is not negative")]
fn whole(position: f64) -> u64 {
    position as u64
}

fn add(sums: &mut [f64], week: u32, value: f64) {
    if let Some(sum) = sums.get_mut(week as usize) {
        *sum += value;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Draw, P85, type7};

    fn draw(sorted: &[(u32, u32)], weeks: usize) -> Draw {
        let zero = vec![0.0; weeks];
        let mut ended = vec![0; weeks];
        for &(_, week) in sorted {
            ended[week as usize] += 1;
        }
        Draw {
            lead: zero.clone(),
            wait: zero.clone(),
            work: zero.clone(),
            area: zero,
            leads: sorted.iter().map(|&(lead, _)| lead).collect(),
            week: sorted.iter().map(|&(_, week)| week).collect(),
            ended,
            unfinished: 0,
            all_work: 0.0,
        }
    }

    /// Leads 10, 20, 30, 40, week 0 and 1 in turn. Each once: h = 3 * .85 = 2.55, 30 + .55 * 10. Week 1 alone, twice: 20, 20, 40, 40, h = 2.55, 40.
    /// Week 0 thrice: 10 x 3, 30 x 3, h = 5 * .85 = 4.25, 30.
    #[test]
    fn weighted_percentiles_by_hand() {
        let draw = draw(&[(10, 0), (20, 1), (30, 0), (40, 1)], 2);
        assert_eq!(draw.weighted(&[1, 1]), Some(35.5));
        assert!((draw.percentile() - 35.5).abs() < 1e-9);
        assert_eq!(draw.weighted(&[0, 2]), Some(40.0));
        assert_eq!(draw.weighted(&[3, 0]), Some(30.0));
        assert_eq!(draw.weighted(&[0, 0]), None);
    }

    proptest! {
        /// Against a list in which each ticket is written down as often as its week was drawn.
        #[test]
        fn weighted_percentiles_are_those_of_copies(
            mut sorted in prop::collection::vec((0..50_u32, 0..4_u32), 0..40),
            times in prop::collection::vec(0..4_u32, 4),
        ) {
            sorted.sort_unstable();
            let copies: Vec<u32> =
                sorted.iter().flat_map(|&(lead, week)| vec![lead; times[week as usize] as usize]).collect();
            match (draw(&sorted, 4).weighted(&times), type7(&copies, P85)) {
                (Some(found), Some(expected)) => prop_assert!((found - expected).abs() < 1e-9),
                (found, expected) => prop_assert_eq!(found, expected),
            }
        }
    }
}
