//! Dates that are there and readable and yet wrong, by the other dates: nothing here asks a clock.

use chrono::{Offset, TimeZone};

use super::forensics::PerFile;
use super::{Instants, WorkLog};
use crate::error::Warning;
use crate::words::{count as grouped, date, plural};

const DAY: i64 = 86_400;

/// Days from 1970 to the end of the instants.
const DAYS: usize = 49_711;

/// 1 January 1990: no ticket of today's tools is older.
const OLD: i64 = 631_152_000;

/// What a single date may lie ahead of nearly all others: a planned end, a clock that runs fast.
const AHEAD: i64 = 7 * DAY;

/// Dates from which one in a thousand is one at all.
const MANY: u64 = 1_000;

/// Dates below which nothing can be said.
const FEW: u64 = 20;

/// Looks at all dates of a log. `updated` is when its newest row was written, where rows say so.
pub fn inspect(log: &WorkLog, names: &[String], updated: Option<i64>) -> Vec<Warning> {
    let mut warnings = out_of_time(log, names, updated);
    warnings.extend(gaps(log, names));
    warnings.extend(midnights(log, names));
    warnings.extend(zero_leads(log, names));
    warnings
}

fn columns(log: &WorkLog) -> [&Instants; 3] {
    [&log.opened, &log.resolved, &log.closed]
}

fn day(instant: i64) -> usize {
    usize::try_from(instant.div_euclid(DAY)).unwrap_or(0).min(DAYS - 1)
}

/// Dates long before or after all others.
fn out_of_time(log: &WorkLog, names: &[String], updated: Option<i64>) -> Vec<Warning> {
    let mut days = vec![0_u32; DAYS];
    let (mut n, mut first, mut last) = (0_u64, i64::MAX, i64::MIN);
    for instant in columns(log).into_iter().flat_map(|c| (0..c.len()).filter_map(|t| c.get(t))) {
        if let Some(count) = days.get_mut(day(instant)) {
            *count += 1;
        }
        n += 1;
        first = first.min(instant);
        last = last.max(instant);
    }
    let mut warnings = Vec::new();
    if first < OLD {
        let found = tickets(log, |instant| instant < OLD);
        warnings.extend(found.told(names, "old_dates", |count| {
            format!("{} with a date before 1990: a typing error or a default.", plural(count, "ticket", "tickets"))
        }));
    }
    if let Some(limit) = limit(&days, n, first).into_iter().chain(updated.map(|u| u + DAY)).min()
        && last > limit
    {
        let found = tickets(log, |instant| instant > limit);
        warnings.extend(found.told(names, "future_dates", |count| {
            format!(
                "{} with a date after {}, long after all others or after the file was written: a typing error or a plan. \
                 The newest date is taken as now: choose as-of yourself.",
                plural(count, "ticket", "tickets"),
                date(limit, log.zone),
            )
        }));
    }
    warnings
}

/// After this instant a date is in the future: a week behind the 99.9th percentile of all dates. Where there are fewer than
/// a thousand the last one stands apart only where it lies as far behind the others as these reach, and 30 days.
fn limit(days: &[u32], n: u64, first: i64) -> Option<i64> {
    if n < FEW {
        return None;
    }
    let above = if n < MANY { 1 } else { n / 1_000 };
    let mut left = above;
    let at = days.iter().rposition(|count| {
        let more = u64::from(*count);
        let passed = more > left;
        left = left.saturating_sub(more);
        passed
    })?;
    let end = (i64::try_from(at).ok()? + 1) * DAY;
    Some(end + if n < MANY { (end - first).max(30 * DAY) } else { AHEAD })
}

fn tickets(log: &WorkLog, test: impl Fn(i64) -> bool) -> PerFile {
    let mut found = PerFile::default();
    let any = |t: &usize| columns(log).into_iter().any(|c| c.get(*t).is_some_and(&test));
    (0..log.len()).filter(any).for_each(|t| found.ticket(log, t));
    found
}

/// Long times in which no ticket was opened: a queue that stood still, or a part of the export that is missing.
fn gaps(log: &WorkLog, names: &[String]) -> Vec<Warning> {
    let mut opened = vec![false; DAYS];
    for instant in (0..log.len()).filter_map(|t| log.opened.get(t)) {
        if let Some(day) = opened.get_mut(day(instant)) {
            *day = true;
        }
    }
    let days: Vec<usize> = opened.iter().enumerate().filter(|(_, o)| **o).map(|(d, _)| d).collect();
    let mut usual: Vec<usize> = days.windows(2).map(gap).collect();
    usual.sort_unstable();
    let Some(usual) = usual.get(usual.len() / 2).copied().filter(|_| days.len() >= 10) else { return Vec::new() };
    let wide: Vec<(usize, usize)> = days
        .windows(2)
        .filter(|w| gap(w) > 30.max(10 * usual))
        .filter_map(|w| Some((*w.first()?, *w.last()?)))
        .collect();
    let mut warnings = Vec::new();
    for (from, to) in wide.iter().take(super::forensics::ROWS_SHOWN) {
        let at = |day: usize| i64::try_from(day).unwrap_or(0) * DAY + DAY / 2;
        let mut found = PerFile::default();
        let bounds = |t: &usize| log.opened.get(*t).is_some_and(|o| day(o) == *from || day(o) == *to);
        (0..log.len()).filter(bounds).for_each(|t| found.ticket(log, t));
        let told = found.told(names, "arrival_gap", |_| {
            format!(
                "No ticket was opened between {} and {} ({} days; {} usual): means and trends across it say little.",
                date(at(*from), log.zone),
                date(at(*to), log.zone),
                grouped((to - from) as u64),
                plural(usual as u64, "is", "are"),
            )
        });
        warnings.extend(told);
    }
    warnings
}

fn gap(window: &[usize]) -> usize {
    window.last().zip(window.first()).map_or(0, |(b, a)| b - a)
}

/// Many ends at exactly midnight are dates without a time.
fn midnights(log: &WorkLog, names: &[String]) -> Vec<Warning> {
    // All offsets are multiples of a quarter of an hour: only such instants can be a midnight.
    let candidate = |instant: &i64| instant % 900 == 0;
    let ends = || (0..log.len()).filter_map(|t| Some((t, log.resolved.get(t)?)));
    let n = ends().count() as u64;
    let enough = |count: u64| count >= FEW && count * 4 > n;
    if !enough(ends().filter(|(_, i)| candidate(i)).count() as u64) {
        return Vec::new();
    }
    let midnight = |instant: i64| {
        let utc = chrono::DateTime::from_timestamp(instant, 0).unwrap_or_default().naive_utc();
        let offset = log.zone.offset_from_utc_datetime(&utc).fix().local_minus_utc();
        (instant + i64::from(offset)).rem_euclid(DAY) == 0
    };
    let mut found = PerFile::default();
    let mut count = 0;
    for (ticket, _) in ends().filter(|(_, i)| candidate(i) && midnight(*i)) {
        found.ticket(log, ticket);
        count += 1;
    }
    if !enough(count) {
        return Vec::new();
    }
    found.told(names, "date_only_ends", |count| {
        format!(
            "{} resolved at exactly midnight: dates without a time. Their lead times are up to a day too short.",
            plural(count, "ticket was", "tickets were")
        )
    })
}

/// Many tickets resolved in the second in which they were opened were written down afterwards.
fn zero_leads(log: &WorkLog, names: &[String]) -> Vec<Warning> {
    let mut found = PerFile::default();
    let (mut ends, mut zero) = (0_u64, 0_u64);
    for ticket in 0..log.len() {
        let Some(resolved) = log.resolved.get(ticket) else { continue };
        ends += 1;
        if log.opened.get(ticket) == Some(resolved) {
            zero += 1;
            found.ticket(log, ticket);
        }
    }
    if zero < FEW || zero * 10 <= ends {
        return Vec::new();
    }
    found.told(names, "zero_lead", |count| {
        format!(
            "{} resolved in the second of the opening: written down afterwards or brought in from elsewhere, they pull \
             lead times down.",
            plural(count, "ticket was", "tickets were")
        )
    })
}
