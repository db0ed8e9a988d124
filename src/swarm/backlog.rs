//! How many tickets are in progress over time: what remains to be said where a replay does not come to an end.

use super::case::{Case, NEVER};

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Tickets in progress at an instant and each `step` seconds after it, up to another: those that entered by then and did
/// not end.
pub fn path(case: &Case, ends: &[i64], from: i64, to: i64, step: i64) -> Vec<u32> {
    let step = step.max(1);
    let Ok(points) = usize::try_from((to - from) / step + 1) else { return Vec::new() };
    let mut changes = vec![0_i64; points];
    // The first point that is not before an instant.
    let point = |instant: i64| usize::try_from((instant - from).max(0).saturating_add(step - 1) / step).ok();
    for (ticket, &end) in ends.iter().enumerate() {
        if let Some(change) = point(case.enters(ticket)).and_then(|p| changes.get_mut(p)) {
            *change += 1;
        }
        if end != NEVER
            && let Some(change) = point(end).and_then(|p| changes.get_mut(p))
        {
            *change -= 1;
        }
    }
    let mut now = 0;
    let add = |change: &i64| {
        now += change;
        u32::try_from(now).unwrap_or(0)
    };
    changes.iter().map(add).collect()
}

/// Mean absolute relative error of the daily number of tickets in progress between two instants, over days on which any
/// was; `None` without such a day.
pub fn error(case: &Case, ends: &[i64], from: i64, to: i64) -> Option<f64> {
    let observed = path(case, &case.routes.ended, from, to, DAY);
    let replayed = path(case, ends, from, to, DAY);
    let pairs = observed.iter().zip(&replayed).filter(|&(&o, _)| o > 0);
    let (mut sum, mut n) = (0.0, 0);
    for (&o, &r) in pairs {
        sum += (f64::from(r) - f64::from(o)).abs() / f64::from(o);
        n += 1;
    }
    (n > 0).then(|| sum / f64::from(n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::swarm::case::{Routes, Ticket};
    use crate::swarm::staff::Staff;

    /// 0-30, 10-20, 15-never: at 0, 10, 20, 30: 1, 2, 2, 1.
    #[test]
    fn by_hand() {
        let mut routes = Routes::default();
        for (opened, ended) in [(0, 30), (10, 20), (15, NEVER)] {
            routes.push(Ticket { ended, ..Ticket::new(opened) }, &[]);
        }
        let case = Case::new(routes, Staff::default(), Vec::new(), 0, 40);
        assert_eq!(path(&case, &case.routes.ended, 0, 39, 10), [1, 2, 2, 1]);
        assert_eq!(path(&case, &case.routes.ended, 12, 12, 10), [2]);
        assert_eq!(error(&case, &case.routes.ended, 0, 40), Some(0.0));
        // On the one day seen, at instant 12: one instead of two.
        assert_eq!(error(&case, &[11, 20, NEVER], 12, 12), Some(0.5));
    }
}
