//! Work in progress: how many tickets are in hand, over time.

use super::days::Days;
use super::scope::Scope;
use super::{Computed, unavailable};
use crate::report::{Little, Unavailable, Wip, WipDay};

const DEFINITION: &str = "Work in progress at an instant: tickets opened at or before it and not yet resolved then; a ticket \
    that is resolved or cancelled at that very instant no longer counts. Cancelled tickets count until they were closed; \
    those of unknown end are left out. The time average runs from the first opened ticket to as-of.";

/// The exact time average from the first opened ticket of the window to as-of, without the daily values.
///
/// # Errors
/// Where the window has no length.
pub fn time_average(scope: &Scope) -> Computed<f64> {
    let from = scope.first_opened.ok_or_else(|| scope.nothing())?;
    let span = scope.as_of - from;
    if span <= 0 {
        return Err(no_length());
    }
    Ok(presence(stays(scope), from, scope.as_of).1 as f64 / span as f64)
}

fn no_length() -> Unavailable {
    unavailable("The first ticket was opened at as-of itself: the window has no length.", "Choose a later as-of.")
}

/// The stay of a ticket: from it was opened until it left; never, for open ones.
type Stay = (i64, Option<i64>);

/// Measures work in progress over the window.
///
/// # Errors
/// Where no ticket is selected, or the window has no length.
pub fn compute(scope: &Scope) -> Computed<Wip> {
    let days = scope.days()?;
    let from = scope.first_opened.unwrap_or(scope.as_of);
    let span = scope.as_of - from;
    if span <= 0 {
        return Err(no_length());
    }
    let (present, area) = presence(stays(scope), from, scope.as_of);
    let levels = Levels::new(scope, days);
    let average_wip = levels.area as f64 / span as f64;
    let values = levels.midnights.iter().map(|&v| v.unsigned_abs());
    Ok(Wip {
        definition: DEFINITION.to_owned(),
        daily: values
            .enumerate()
            .map(|(day, value)| WipDay { date: days.date(day).to_string(), value, age_seconds: 0 })
            .collect(),
        time_average: area as f64 / span as f64,
        at_as_of: scope.open.len() as u64,
        peak: levels.peak(scope, days),
        excluded_cancelled: scope.cancelled.iter().filter(|t| t.left.is_none()).count() as u64,
        little: little(average_wip, present, area, span),
    })
}

/// The stays of all tickets that were in progress at any instant: none of length 0.
fn stays(scope: &Scope) -> impl Iterator<Item = Stay> + '_ {
    let finished = scope.finished.iter().map(|t| (t.opened(), Some(t.resolved())));
    let open = scope.open.iter().map(|t| (t.opened(), None));
    let cancelled = scope.cancelled.iter().filter(|t| t.left.is_some()).map(|t| (t.opened, t.left));
    finished.chain(open).chain(cancelled).filter(|&(opened, left)| left.is_none_or(|left| left > opened))
}

/// How many stays overlap a window, and for how long in all.
fn presence(stays: impl Iterator<Item = Stay>, from: i64, to: i64) -> (u64, i128) {
    let (mut present, mut area) = (0, 0_i128);
    for (opened, left) in stays {
        let overlap = left.map_or(to, |left| left.min(to)) - opened.max(from);
        if overlap > 0 {
            present += 1;
            area += i128::from(overlap);
        }
    }
    (present, area)
}

/// The finite-window identity of Little (2011, "Little's Law as viewed on its 50th anniversary"): the time average of work
/// in progress equals the tickets present in the window, per second, times their mean time in it.
fn little(average_wip: f64, present: u64, area: i128, span: i64) -> Little {
    Little {
        average_wip,
        arrival_rate_per_second: present as f64 / span as f64,
        // With no ticket present for any time, the identity is 0 = 0.
        mean_seconds_in_window: if present == 0 { 0.0 } else { area as f64 / present as f64 },
    }
}

/// Values at midnights, by differences: a stay adds 1 from the first midnight at or after its start on, and takes it away
/// from the first at or after its end on.
#[derive(Debug)]
struct Levels {
    midnights: Vec<i64>,
    /// Stays that begin after the midnight of each day.
    begun: Vec<i64>,
    /// The area under the curve of work in progress, day by day: the level at each midnight held until the next, plus what
    /// begins, minus what ends between them.
    area: i128,
}

impl Levels {
    fn new(scope: &Scope, days: &Days) -> Self {
        let mut midnights = vec![0_i64; days.len()];
        let mut begun = vec![0_i64; days.len()];
        let end = |day: usize| days.start(day).min(scope.as_of);
        let mut between = 0_i128;
        // Adds at the first midnight at or after the instant; answers the day of an instant after its midnight.
        let mut change = |instant: i64, by: i64| {
            let day = days.index(instant);
            let within = days.start(day) < instant;
            let from = day + usize::from(within);
            if let Some(slot) = midnights.get_mut(from) {
                *slot += by;
            }
            between += i128::from(by * (end(from) - instant));
            within.then_some(day)
        };
        for (opened, left) in stays(scope) {
            if let Some(count) = change(opened, 1).and_then(|day| begun.get_mut(day)) {
                *count += 1;
            }
            if let Some(left) = left {
                change(left, -1);
            }
        }
        let mut level = 0;
        for slot in &mut midnights {
            level += *slot;
            *slot = level;
        }
        let held = midnights.iter().enumerate().map(|(day, &v)| i128::from(v) * i128::from(end(day + 1) - end(day)));
        let area = held.sum::<i128>() + between;
        Self { midnights, begun, area }
    }

    /// The highest value at any instant, departures before arrivals where they coincide. Only days that could beat the best
    /// midnight are swept: a day rises above its midnight by at most what begins in it.
    fn peak(&self, scope: &Scope, days: &Days) -> u64 {
        let best = self.midnights.iter().copied().max().unwrap_or(0);
        let candidate: Vec<bool> = self.midnights.iter().zip(&self.begun).map(|(v, new)| v + new > best).collect();
        let within = |instant: i64| {
            let day = days.index(instant);
            days.start(day) < instant && candidate.get(day).copied().unwrap_or(false)
        };
        let (mut begins, mut ends) = (Vec::new(), Vec::new());
        for (opened, left) in stays(scope) {
            if within(opened) {
                begins.push(opened);
            }
            ends.extend(left.filter(|&left| within(left)));
        }
        begins.sort_unstable();
        ends.sort_unstable();
        let mut peak = best;
        let mut ends = ends.into_iter().peekable();
        let mut begins = begins.into_iter().peekable();
        for (day, &midnight) in self.midnights.iter().enumerate().filter(|(day, _)| candidate.get(*day) == Some(&true))
        {
            let (mut level, next) = (midnight, days.start(day + 1));
            while let Some(begin) = begins.next_if(|&t| t < next) {
                while ends.next_if(|&t| t <= begin).is_some() {
                    level -= 1;
                }
                level += 1;
                peak = peak.max(level);
            }
            while ends.next_if(|&t| t < next).is_some() {}
        }
        peak.unsigned_abs()
    }
}

#[cfg(test)]
mod tests {
    use super::{little, presence};

    /// T14 of the method page, in half seconds to be whole: its window [0, 10) is [0, 20) here.
    #[test]
    fn the_worked_example_of_littles_law_is_met() {
        let stays = [(-6, Some(4)), (2, Some(8)), (4, Some(18)), (10, Some(28)), (16, Some(17)), (18, None)];
        let (present, area) = presence(stays.into_iter(), 0, 20);
        assert_eq!((present, area), (6, 37));
        let l = little(area as f64 / 20.0, present, area, 20);
        assert!((l.average_wip - 1.85).abs() < 1e-12);
        assert!((l.arrival_rate_per_second * 2.0 - 0.6).abs() < 1e-12);
        assert!((l.mean_seconds_in_window / 2.0 - 3.083_33).abs() < 1e-5);
        assert!((l.arrival_rate_per_second * l.mean_seconds_in_window - l.average_wip).abs() < 1e-12);
    }
}
