//! One mark per ticket, thinned by a stated rule where there are too many to draw.

use crate::query::Query;
use crate::report::Points;
use crate::stats;
use crate::words;
use crate::worklog::WorkLog;

/// Most of the longest that are kept in any case.
const LONGEST: usize = 50;

/// A ticket to draw.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// When: finished, or opened.
    pub at: u32,
    /// The time in question.
    pub seconds: u32,
    /// Number of the ticket.
    pub ticket: u32,
}

/// Chooses at most `query.max_points` marks, in order of time. Neither choice nor order depends on the order of rows.
pub fn choose(log: &WorkLog, query: &Query, marks: &[Mark], state: Option<impl Fn(u32) -> String>) -> Points {
    let total = marks.len();
    let most = query.max_points as usize;
    let (marks, rule) = thin(sorted(log, marks), most);
    Points {
        total: total as u64,
        rule,
        at: marks.iter().map(|m| i64::from(m.at)).collect(),
        seconds: marks.iter().map(|m| i64::from(m.seconds)).collect(),
        ticket: marks.iter().map(|m| m.ticket).collect(),
        id: query.include.ids.then(|| marks.iter().map(|m| log.ids.get(m.ticket as usize).to_owned()).collect()),
        state: state.map(|state| marks.iter().map(|m| state(m.ticket)).collect()),
    }
}

/// By time, then length, then id. Times are sorted in linear time; only marks of the same second are compared.
fn sorted(log: &WorkLog, marks: &[Mark]) -> Vec<Mark> {
    let mut order: Vec<u64> = marks.iter().zip(0_u64..).map(|(m, n)| u64::from(m.at) << u32::BITS | n).collect();
    stats::sort_keyed(&mut order);
    let mark = |n: &u64| usize::try_from(n & u64::from(u32::MAX)).ok().and_then(|n| marks.get(n)).copied();
    let mut sorted: Vec<Mark> = order.iter().filter_map(mark).collect();
    let id = |m: &Mark| log.ids.get(m.ticket as usize);
    for same in sorted.chunk_by_mut(|a, b| a.at == b.at).filter(|run| run.len() > 1) {
        same.sort_unstable_by(|a, b| a.seconds.cmp(&b.seconds).then_with(|| id(a).cmp(id(b))));
    }
    sorted
}

/// Every k-th in order of time, and the longest.
fn thin(marks: Vec<Mark>, most: usize) -> (Vec<Mark>, String) {
    let n = marks.len();
    if n <= most {
        return (marks, format!("All {}.", words::plural(n as u64, "ticket", "tickets")));
    }
    let longest = LONGEST.min(most / 10);
    let step = n.div_ceil((most - longest).max(1));
    let mut chosen: Vec<usize> = if most > longest { (0..n).step_by(step).collect() } else { Vec::new() };
    if let Some(last) = longest.checked_sub(1) {
        let mut order: Vec<(u32, usize)> = marks.iter().map(|m| u32::MAX - m.seconds).zip(0..).collect();
        let _ = order.select_nth_unstable(last);
        chosen.extend(order.iter().take(longest).map(|&(_, i)| i));
    }
    chosen.sort_unstable();
    chosen.dedup();
    let marks = chosen.into_iter().filter_map(|i| marks.get(i).copied()).collect();
    let rule = format!(
        "every {} of {} in order of time, and the longest {longest}",
        words::ordinal(step as u64),
        words::count(n as u64)
    );
    (marks, rule)
}

#[cfg(test)]
mod tests {
    use super::{Mark, thin};

    fn marks(n: u32) -> Vec<Mark> {
        (0..n).map(|i| Mark { at: i, seconds: (i * 7919) % 1009, ticket: i }).collect()
    }

    #[test]
    fn few_are_all_kept_and_many_are_thinned_with_the_longest() {
        assert_eq!(thin(marks(100), 100).0.len(), 100);
        let (kept, rule) = thin(marks(1000), 100);
        assert!(kept.len() <= 100 && kept.len() >= 80, "{}", kept.len());
        assert!(kept.is_sorted_by_key(|m| m.at));
        assert_eq!(rule, "every 12th of 1,000 in order of time, and the longest 10");
        let mut longest: Vec<u32> = marks(1000).iter().map(|m| m.seconds).collect();
        longest.sort_unstable();
        assert!(longest.iter().rev().take(10).all(|s| kept.iter().any(|m| m.seconds == *s)));
        assert!(thin(marks(10), 0).0.is_empty());
        assert_eq!(thin(marks(10), 1).0.len(), 1);
    }
}
