//! Work in progress: how many tickets are in hand, over time.

use super::daily::Day;
use super::days::Days;
use super::peak::{Stay, Stays, peak};
use super::scope::Scope;
use super::{Computed, unavailable};
use crate::report::{Little, Unavailable, Wip, WipDay};

const DEFINITION: &str = "Work in progress at an instant: tickets opened at or before it and not yet resolved then; a ticket \
    that is resolved or cancelled at that very instant no longer counts. Cancelled tickets count until they were closed; \
    those of unknown end are left out. The age of the work at a midnight is the sum of the elapsed time since each of these \
    tickets was opened. The time average runs from the first opened ticket to as-of.";

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
    Ok(present(scope, from).area as f64 / span as f64)
}

fn no_length() -> Unavailable {
    unavailable("The first ticket was opened at as-of itself: the window has no length.", "Choose a later as-of.")
}

/// Measures work in progress over the window.
///
/// # Errors
/// Where no ticket is selected, or the window has no length.
pub fn compute(scope: &Scope) -> Computed<Wip> {
    let (days, daily) = scope.daily()?;
    let from = scope.first_opened.unwrap_or(scope.as_of);
    let span = scope.as_of - from;
    if span <= 0 {
        return Err(no_length());
    }
    let present = present(scope, from);
    let levels = Levels::new(days, daily, scope.as_of);
    let average_wip = levels.area as f64 / span as f64;
    let midnights = levels.values.iter().zip(&levels.ages).enumerate();
    let daily = midnights.map(|(day, (value, age))| WipDay {
        date: days.date(day).to_string(),
        value: value.unsigned_abs(),
        age_seconds: age.unsigned_abs(),
    });
    Ok(Wip {
        definition: DEFINITION.to_owned(),
        daily: daily.collect(),
        time_average: present.area as f64 / span as f64,
        at_as_of: scope.open.len() as u64,
        peak: peak(scope, from, scope.as_of),
        excluded_cancelled: scope.cancelled.iter().filter(|t| t.left.is_none()).count() as u64,
        little: little(average_wip, &present, span),
    })
}

/// What stability compares with: the exact time average of work in progress, and how many tickets came into it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Average {
    /// Tickets that came.
    pub arrivals: u64,
    /// Seconds that they were in progress, in all.
    pub area: i128,
    /// In progress half way through the window.
    pub at_half: u64,
    /// Length of the window: from the first opened ticket to as-of.
    pub span: i64,
}

/// Averages over the window; `None` where it has no length.
pub fn average(scope: &Scope) -> Option<Average> {
    let from = scope.first_opened?;
    let span = scope.as_of - from;
    let half = from + span / 2;
    let mut sum = Average { arrivals: 0, area: 0, at_half: 0, span };
    scope.each_known(|(opened, left)| {
        sum.arrivals += 1;
        sum.area += i128::from(left.unwrap_or(scope.as_of) - opened);
        sum.at_half += u64::from(opened <= half && left.is_none_or(|left| left > half));
    });
    (span > 0).then_some(sum)
}

/// Work in progress at the midnights that begin the days of the window.
///
/// # Errors
/// Where no ticket is selected.
pub fn midnights(scope: &Scope) -> Computed<Vec<u64>> {
    let (days, daily) = scope.daily()?;
    Ok(Levels::new(days, daily, scope.as_of).values.into_iter().map(i64::unsigned_abs).collect())
}

impl Scope {
    /// Hands over the stays of all tickets whose end, if they ended, is known; in plain loops, since this runs over all
    /// tickets for each report.
    fn each_known(&self, mut visit: impl FnMut(Stay)) {
        for ticket in &self.finished {
            visit((ticket.opened(), Some(ticket.resolved())));
        }
        for ticket in &self.open {
            visit((ticket.opened(), None));
        }
        for ticket in self.cancelled.iter().filter(|t| t.left.is_some()) {
            visit((ticket.opened, ticket.left));
        }
    }
}

/// The stays of all tickets that were in progress at any instant: none of length 0.
impl Stays for Scope {
    fn each(&self, mut visit: impl FnMut(Stay)) {
        self.each_known(|(opened, left)| {
            if left.is_none_or(|left| left > opened) {
                visit((opened, left));
            }
        });
    }
}

/// How many stays overlap a window, and for how long in all.
#[derive(Debug, Default)]
struct Presence {
    stays: u64,
    area: i128,
}

fn present(scope: &Scope, from: i64) -> Presence {
    let mut present = Presence::default();
    scope.each(|stay| present.add(stay, from, scope.as_of));
    present
}

impl Presence {
    fn add(&mut self, (opened, left): Stay, from: i64, to: i64) {
        let overlap = left.map_or(to, |left| left.min(to)) - opened.max(from);
        if overlap > 0 {
            self.stays += 1;
            self.area += i128::from(overlap);
        }
    }
}

/// The finite-window identity of Little (2011, "Little's Law as viewed on its 50th anniversary"): the time average of work
/// in progress equals the tickets present in the window, per second, times their mean time in it.
fn little(average_wip: f64, present: &Presence, span: i64) -> Little {
    Little {
        average_wip,
        arrival_rate_per_second: present.stays as f64 / span as f64,
        // With no ticket present for any time, the identity is 0 = 0.
        mean_seconds_in_window: if present.stays == 0 { 0.0 } else { present.area as f64 / present.stays as f64 },
    }
}

/// Work in progress at the midnights that begin the days of the window.
#[derive(Debug)]
struct Levels {
    values: Vec<i64>,
    /// Sum of the ages of the tickets in progress.
    ages: Vec<i64>,
    /// The area under the curve of work in progress, day by day: the level at each midnight held until the next, plus what
    /// begins, minus what ends between them.
    area: i128,
}

impl Levels {
    fn new(days: &Days, daily: &[Day], as_of: i64) -> Self {
        let mut levels =
            Self { values: Vec::with_capacity(daily.len()), ages: Vec::with_capacity(daily.len()), area: 0 };
        // Tickets in progress, and the sum of their opened instants since the first midnight.
        let (mut level, mut opened) = (0_i64, 0_i64);
        for (n, day) in daily.iter().enumerate() {
            let since = days.start(n) - days.start(0);
            let length = days.start(n + 1).min(as_of) - days.start(n);
            let ends = [&day.resolved, &day.cancelled];
            let ended_at_midnight: i64 = ends.iter().map(|d| d.tally.at_midnight).sum();
            let value = level + day.opened.at_midnight - ended_at_midnight;
            let opened_then =
                opened + day.opened.at_midnight * since - ends.iter().map(|d| d.opened_at_midnight).sum::<i64>();
            levels.values.push(value);
            levels.ages.push(value * since - opened_then);
            let between = day.opened.until_end(length) - ends.iter().map(|d| d.tally.until_end(length)).sum::<i64>();
            levels.area += i128::from(value) * i128::from(length) + i128::from(between);
            level += day.opened.count - ends.iter().map(|d| d.tally.count).sum::<i64>();
            opened += day.opened.count * since + day.opened.offsets - ends.iter().map(|d| d.opened).sum::<i64>();
        }
        levels
    }
}

#[cfg(test)]
mod tests {
    use super::super::peak::{Stay, Stays};
    use super::{Presence, little};

    /// T14 of the method page, in half seconds to be whole: its window [0, 10) is [0, 20) here.
    #[test]
    fn the_worked_example_of_littles_law_is_met() {
        let stays: [Stay; 6] = [(-6, Some(4)), (2, Some(8)), (4, Some(18)), (10, Some(28)), (16, Some(17)), (18, None)];
        let mut present = Presence::default();
        stays[..].each(|stay| present.add(stay, 0, 20));
        assert_eq!((present.stays, present.area), (6, 37));
        let l = little(present.area as f64 / 20.0, &present, 20);
        assert!((l.average_wip - 1.85).abs() < 1e-12);
        assert!((l.arrival_rate_per_second * 2.0 - 0.6).abs() < 1e-12);
        assert!((l.mean_seconds_in_window / 2.0 - 3.083_33).abs() < 1e-5);
        assert!((l.arrival_rate_per_second * l.mean_seconds_in_window - l.average_wip).abs() < 1e-12);
    }
}
