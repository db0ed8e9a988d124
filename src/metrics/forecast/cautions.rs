//! What speaks against a forecast.

use super::super::context::Context;
use super::Basis;
use super::backtest::too_sure;
use crate::query::{AgeSpan, Span};
use crate::report::{Backtest, PeriodFlow, Throughput};
use crate::words::{count, plural};

/// Weeks whose mean is held against the earlier ones.
const NEW_WEEKS: usize = 4;
/// Fewest earlier weeks.
const OLD_WEEKS: usize = 8;
/// Newest days of which arrivals and departures are held against each other.
const BALANCE_DAYS: usize = 56;
/// Fewest days with a departure.
const FEWEST_ACTIVE: usize = 10;

/// Sentences on what makes the past a doubtful guide.
pub fn compute(
    cx: &Context<'_>,
    basis: &Basis<'_>,
    throughput: &Throughput,
    backtest: Option<&Backtest>,
) -> Vec<String> {
    [
        backtest.filter(|b| too_sure(b)).map(|b| {
            format!("In the past, statements at {} % came true less often than that: see the backtest.", b.confidence)
        }),
        shift(basis, throughput),
        growing(basis, throughput),
        cleared(basis),
        few(basis),
        rhythm(basis),
        days_off(basis),
        filtered(cx),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The mean of the last four whole weeks against natural process limits from the earlier ones: their mean, give or take
/// 2.660 mean moving ranges (three sigma of one week: Wheeler 2000) times `sqrt(1/4 + 1/m)`, because both are means, of
/// four and of `m` weeks.
fn shift(basis: &Basis<'_>, throughput: &Throughput) -> Option<String> {
    let (from, to) = (basis.past.first().to_string(), basis.past.last().to_string());
    let within = |week: &&PeriodFlow| week.complete && week.date >= from && week.date <= to;
    let weeks: Vec<f64> = throughput.weekly.iter().filter(within).map(|w| w.departures as f64).collect();
    let (old, new) = weeks.split_at_checked(weeks.len().checked_sub(NEW_WEEKS)?)?;
    if old.len() < OLD_WEEKS {
        return None;
    }
    let (before, now) = (mean(old), mean(new));
    let ranges: f64 = old.iter().zip(old.iter().skip(1)).map(|(a, b)| (a - b).abs()).sum();
    let range = ranges / (old.len() - 1) as f64;
    let margin = 2.66 * range * (1.0 / new.len() as f64 + 1.0 / old.len() as f64).sqrt();
    let (low, high) = ((before - margin).max(0.0), before + margin);
    (now < low || now > high).then(|| {
        format!(
            "Throughput has shifted: the last {} whole weeks had {now:.1} departures each, outside the natural limits {low:.1} \
             to {high:.1} of such a mean by the {} weeks before (mean {before:.1}). Use a shorter history.",
            new.len(),
            old.len()
        )
    })
}

/// Came against left in the newest days: a difference of more than a twentieth is said.
fn growing(basis: &Basis<'_>, throughput: &Throughput) -> Option<String> {
    let flows: Vec<&PeriodFlow> = basis.past.flows(throughput).collect();
    let newest = flows.get(flows.len().saturating_sub(BALANCE_DAYS)..)?;
    let came: u64 = newest.iter().map(|f| f.arrivals).sum();
    let left: u64 = newest.iter().map(|f| f.departures + f.cancelled).sum();
    (came * 20 > left * 21).then(|| {
        format!(
            "In the newest {} of the history {} tickets came and {} left: the backlog grows. When so many are done, new ones will \
             be waiting.",
            plural(newest.len() as u64, "day", "days"),
            count(came),
            count(left)
        )
    })
}

/// A fifth of everything on one day is clearing up, or an import.
fn cleared(basis: &Basis<'_>) -> Option<String> {
    let (day, &most) = basis.past.used().iter().enumerate().max_by_key(|(_, c)| **c)?;
    let items = basis.past.items();
    (most > 1 && most * 5 >= items).then(|| {
        let date = basis.past.dates().get(day).copied().unwrap_or_default();
        format!(
            "{} of {} departures fell on one day, {date}: a clean-up or an import is drawn like any other day.",
            count(most),
            count(items)
        )
    })
}

fn few(basis: &Basis<'_>) -> Option<String> {
    let used = basis.past.used();
    let active = used.iter().filter(|c| **c > 0).count();
    (active < FEWEST_ACTIVE).then(|| {
        format!(
            "Only {} of {} had a departure: the chances rest on these few.",
            count(active as u64),
            plural(used.len() as u64, "day", "days")
        )
    })
}

/// Days that follow each other are alike (or unlike): their correlation lies beyond `2 / sqrt(n)` (Bartlett 1946).
fn rhythm(basis: &Basis<'_>) -> Option<String> {
    let days: Vec<f64> = basis.past.used().iter().map(|&c| c as f64).collect();
    let centre = mean(&days);
    let spread: f64 = days.iter().map(|d| (d - centre) * (d - centre)).sum();
    if !basis.independent() || spread <= 0.0 {
        return None;
    }
    let together: f64 = days.iter().zip(days.iter().skip(1)).map(|(a, b)| (a - centre) * (b - centre)).sum();
    let correlation = together / spread;
    (correlation.abs() > 2.0 / (days.len() as f64).sqrt()).then(|| {
        format!(
            "Days are not independent (correlation of each with the next: {correlation:.2}): blocks of 5 or 7 days would keep \
             their rhythm."
        )
    })
}

fn days_off(basis: &Basis<'_>) -> Option<String> {
    let off = basis.past.off_days;
    (off * 20 > basis.past.all().iter().sum::<u64>()).then(|| {
        format!(
            "{} fell on days that do not count as working days, and are left out.",
            plural(off, "departure", "departures")
        )
    })
}

fn filtered(cx: &Context<'_>) -> Option<String> {
    let query = cx.query;
    (query.opened != Span::default() || query.resolved != Span::default() || query.age != AgeSpan::default()).then(|| {
        "Only tickets of the range of dates or ages asked for count: others, finished on the same days, are in no day's \
         count."
            .to_owned()
    })
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}
