//! Which tickets are scored, and how long they took in fact.

use std::collections::BTreeMap;

use super::super::case::NEVER;
use super::inquiry::Inquiry;
use crate::report::Bin;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// Edges of the distributions; the last bin ends a year after the longest lead time would fit.
const EDGES: [i64; 22] = [
    0,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    4 * HOUR,
    8 * HOUR,
    16 * HOUR,
    DAY,
    2 * DAY,
    3 * DAY,
    5 * DAY,
    7 * DAY,
    10 * DAY,
    14 * DAY,
    21 * DAY,
    28 * DAY,
    42 * DAY,
    56 * DAY,
    91 * DAY,
    182 * DAY,
    365 * DAY,
];

/// The scored tickets as they were observed.
#[derive(Debug)]
pub struct Observed {
    /// Their lead times, ascending.
    pub leads: Vec<u32>,
    /// First opening.
    pub first: Option<i64>,
    /// Last opening.
    pub last: Option<i64>,
    /// Tickets that are not scored, by reason.
    pub excluded: BTreeMap<String, u64>,
}

impl Observed {
    /// Looks at the scored tickets.
    pub fn new(inquiry: &Inquiry<'_>) -> Self {
        let (case, watch) = (inquiry.case, inquiry.watch());
        let scored = &inquiry.bench.base().scored;
        let times = |&t: &u32| {
            let t = t as usize;
            Some((t, *case.routes.opened.get(t)?, *case.routes.ended.get(t)?))
        };
        let mut leads: Vec<u32> =
            scored.iter().filter_map(times).map(|(t, from, to)| watch.between(t, from, to)).collect();
        crate::stats::sort_seconds(&mut leads);
        let opened = || scored.iter().filter_map(times).map(|(_, opened, _)| opened);
        Self { leads, first: opened().min(), last: opened().max(), excluded: excluded(inquiry) }
    }

    /// The bins, with the observed tickets in each.
    pub fn bins(&self) -> Vec<Bin> {
        let counts = counts(std::slice::from_ref(&self.leads));
        let edges = EDGES.iter().zip(EDGES.iter().skip(1).copied().chain([i64::from(u32::MAX)]));
        edges.zip(counts).map(|((&from_seconds, to_seconds), count)| Bin { from_seconds, to_seconds, count }).collect()
    }
}

/// How many of ascending lead times lie in each bin, on average over draws, to the nearest.
pub fn counts(draws: &[Vec<u32>]) -> Vec<u64> {
    let n = draws.len().max(1) as u64;
    let below = |leads: &Vec<u32>, edge: i64| leads.partition_point(|&lead| i64::from(lead) < edge) as u64;
    let sum = |edge: i64| draws.iter().map(|leads| below(leads, edge)).sum::<u64>();
    let all = draws.iter().map(|leads| leads.len() as u64).sum::<u64>();
    let next = EDGES.iter().skip(1).map(|&edge| sum(edge)).chain([all]);
    EDGES.iter().zip(next).map(|(&from, to)| (2 * (to - sum(from)) + n) / (2 * n)).collect()
}

/// Tickets of the selection that are not scored, each by the first reason that holds.
fn excluded(inquiry: &Inquiry<'_>) -> BTreeMap<String, u64> {
    let case = inquiry.case;
    let mut reasons: BTreeMap<String, u64> = BTreeMap::new();
    let mut add = |reason: &str, n: usize| {
        if n > 0 {
            *reasons.entry(reason.to_owned()).or_default() += n as u64;
        }
    };
    add("before_window", inquiry.cx.scope.total().saturating_sub(case.routes.len()));
    let since = case.from + case.warm_up(&case.leads());
    let mut scored = inquiry.bench.base().scored.iter().peekable();
    for (t, ((&opened, &ended), &counts)) in
        case.routes.opened.iter().zip(&case.routes.ended).zip(&case.routes.counts).enumerate()
    {
        if scored.next_if(|&&ticket| ticket as usize == t).is_some() {
            continue;
        }
        let reason = match (counts, ended) {
            (false, _) => "cancelled",
            (true, _) if opened < since => "warm_up",
            (true, NEVER) => "open",
            _ if u32::try_from(t).is_ok_and(|t| inquiry.bench.stuck().contains(&t)) => "no_end_in_replay",
            _ => "too_late",
        };
        add(reason, 1);
    }
    reasons
}

#[cfg(test)]
mod tests {
    use super::{EDGES, counts};

    /// Two draws: 0 s and 20 min; 20 min and 25 min: in the first bin 1 of 2 draws, .5 rounds up; in the second 3 of 2, 1.5 rounds up.
    #[test]
    fn means_over_draws_are_rounded() {
        let found = counts(&[vec![0, 1200], vec![1200, 1500]]);
        assert_eq!((found[0], found[1], found.len()), (1, 2, EDGES.len()));
        assert_eq!(found.iter().skip(2).sum::<u64>(), 0);
        assert_eq!(counts(&[vec![u32::MAX]]).last(), Some(&1));
    }
}
