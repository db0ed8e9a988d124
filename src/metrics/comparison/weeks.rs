//! The weeks of one side of a comparison.

use super::bins::Bins;
use crate::metrics::context::Context;
use crate::metrics::days::{Days, monday};
use crate::metrics::figures::{Figure, Flow, Kind, Ratio, Sample, Time};
use crate::metrics::scope::Scope;
use crate::metrics::split;
use crate::query::PercentileMethod;
use crate::stats::{MIN_WEEKS, week_draws};

/// What puts a ticket into a week.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Anchor {
    /// When it was opened.
    Opened,
    /// When it was resolved.
    Resolved,
}

/// The ISO weeks of a window.
#[derive(Debug, PartialEq)]
pub struct Weeks {
    /// The Monday of the first one, which tells whether two sides have the same weeks.
    first: chrono::NaiveDate,
    /// The week of each day.
    week: Vec<usize>,
    /// Days of the window in each week.
    pub days: Vec<f64>,
}

impl Weeks {
    /// The weeks of these days.
    pub fn new(days: &Days) -> Self {
        let first = monday(days.date(0));
        let mut weeks = Self { first, week: Vec::with_capacity(days.len()), days: Vec::new() };
        let mut last = None;
        for day in 0..days.len() {
            let of = monday(days.date(day));
            if last != Some(of) {
                weeks.days.push(0.0);
                last = Some(of);
            }
            if let Some(length) = weeks.days.last_mut() {
                *length += 1.0;
            }
            weeks.week.push(weeks.days.len() - 1);
        }
        weeks
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.days.len()
    }

    /// The week of an instant of the window.
    fn of(&self, days: &Days, instant: i64) -> usize {
        self.week.get(days.index(instant)).copied().unwrap_or(usize::MAX)
    }
}

/// The tickets of a selection by week. Those that never were resolved are in no week of resolution.
pub fn split(cx: &Context<'_>, days: &Days, weeks: &Weeks, anchor: Anchor) -> Vec<Scope> {
    let mut resolved = match anchor {
        Anchor::Opened => Vec::new(),
        Anchor::Resolved => vec![None; cx.log.len()],
    };
    for ticket in &cx.scope.finished {
        if let Some(slot) = resolved.get_mut(ticket.ticket as usize) {
            *slot = Some(ticket.resolved());
        }
    }
    let at = |ticket: usize| match anchor {
        Anchor::Opened => cx.log.opened.get(ticket),
        Anchor::Resolved => resolved.get(ticket).copied().flatten(),
    };
    split::by_block(cx.log, cx.scope, weeks.len(), |t| at(t).map_or(usize::MAX, |at| weeks.of(days, at)))
}

/// What came and went in each week, whatever week the ticket belongs to.
pub fn flows(scope: &Scope, days: &Days, weeks: &Weeks) -> Vec<Flow> {
    // The days of each are 1: a figure of it is then a sum, to be divided by the days of all.
    let none = Flow { arrivals: 0.0, departures: 0.0, cancelled: 0.0, days: 1.0 };
    let mut flows = vec![none; weeks.len()];
    let mut add = |instant: i64, count: fn(&mut Flow) -> &mut f64| {
        if let Some(flow) = flows.get_mut(weeks.of(days, instant)) {
            *count(flow) += 1.0;
        }
    };
    for ticket in &scope.finished {
        add(ticket.opened(), |f| &mut f.arrivals);
        add(ticket.resolved(), |f| &mut f.departures);
    }
    for ticket in &scope.open {
        add(ticket.opened(), |f| &mut f.arrivals);
    }
    for ticket in &scope.cancelled {
        add(ticket.opened, |f| &mut f.arrivals);
        add(ticket.left.unwrap_or(ticket.opened), |f| &mut f.cancelled);
    }
    flows
}

/// A figure as its weeks give it.
#[derive(Debug)]
pub enum Series {
    /// Above and below, a pair a week.
    Ratio(Vec<(f64, f64)>),
    /// Tickets in each bin, a row a week, and the percentile that is asked of them.
    Times(Time, f64),
}

/// Why a figure has no series.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum NoSeries {
    /// Fewer than eight weeks have a ticket that it can be asked of.
    FewWeeks,
    /// Its weeks do not add up to the whole.
    Unlike,
    /// The figure itself says so.
    Stock(&'static str),
}

/// The weeks of a figure.
///
/// # Errors
/// Where it has none that could be drawn.
pub fn series(
    figure: &Figure,
    whole: &Sample<'_>,
    weekly: &[Sample<'_>],
    flows: &[Flow],
    weeks: &Weeks,
) -> Result<Series, NoSeries> {
    let pairs: Vec<(f64, f64)> = match figure.kind {
        Kind::Stock(_, why) => return Err(NoSeries::Stock(why)),
        Kind::Flow(of) => flows.iter().zip(&weeks.days).map(|(flow, &days)| (of(flow), days)).collect(),
        Kind::Percentile(time, _) | Kind::Mean(time) => {
            let sum = |values: &[u32]| values.iter().map(|&v| u64::from(v)).sum::<u64>() as f64;
            let pair = |values: &[u32]| (sum(values), values.len() as f64);
            add_up(weekly.iter().map(|s| s.times(time).map_or((0.0, 0.0), |m| pair(&m.times.sorted))), || {
                whole.times(time).map(|m| pair(&m.times.sorted)).ok()
            })?
        }
        Kind::Ratio(of) => {
            let pair = |ratio: Ratio| (ratio.sum, ratio.of);
            add_up(weekly.iter().map(|s| of(s).map_or((0.0, 0.0), pair)), || of(whole).map(pair).ok())?
        }
    };
    if pairs.iter().filter(|(_, below)| *below > 0.0).count() < MIN_WEEKS {
        return Err(NoSeries::FewWeeks);
    }
    Ok(match figure.kind {
        Kind::Percentile(time, p) => Series::Times(time, p),
        _ => Series::Ratio(pairs),
    })
}

/// The pairs, if they add up to the whole: a figure whose parts do not cannot be drawn by its parts.
fn add_up(
    pairs: impl Iterator<Item = (f64, f64)>,
    whole: impl Fn() -> Option<(f64, f64)>,
) -> Result<Vec<(f64, f64)>, NoSeries> {
    let pairs: Vec<(f64, f64)> = pairs.collect();
    let (above, below) = pairs.iter().fold((0.0, 0.0), |(a, b), pair| (a + pair.0, b + pair.1));
    let like = |a: f64, b: f64| (a - b).abs() <= 1e-6 * (1.0 + b.abs());
    match whole() {
        Some((all, of)) if like(above, all) && like(below, of) => Ok(pairs),
        _ => Err(NoSeries::Unlike),
    }
}

/// The same draws of weeks for all figures of a side: a list of drawn values for each series, empty for those without.
pub fn draw(
    series: &[Option<&Series>],
    weekly: &[Sample<'_>],
    bins: &[(Time, Bins)],
    method: PercentileMethod,
    (draws, seed): (u32, u64),
) -> Vec<Vec<f64>> {
    let rows: Vec<Vec<Vec<u32>>> = bins
        .iter()
        .map(|(time, bins)| {
            let row = |sample: &Sample<'_>| sample.times(*time).map_or(Vec::new(), |m| bins.counts(&m.times.sorted));
            weekly.iter().map(row).collect()
        })
        .collect();
    let mut values: Vec<Vec<f64>> = series.iter().map(|_| Vec::new()).collect();
    let mut counts: Vec<Vec<u64>> = bins.iter().map(|(_, bins)| vec![0; bins.len()]).collect();
    week_draws(weekly.len(), draws, seed, |times| {
        for (counts, rows) in counts.iter_mut().zip(&rows) {
            tally(counts, rows, times);
        }
        for (out, series) in values.iter_mut().zip(series) {
            match series {
                None => {}
                Some(Series::Ratio(pairs)) => out.push(ratio(pairs, times)),
                Some(Series::Times(time, p)) => {
                    let found = bins.iter().zip(&counts).find(|((of, _), _)| of == time);
                    let value = found.and_then(|((_, bins), counts)| bins.percentile(counts, *p, method));
                    out.push(value.unwrap_or(f64::NAN));
                }
            }
        }
    });
    values
}

/// Tickets in each bin, over the weeks of a draw.
fn tally(counts: &mut [u64], rows: &[Vec<u32>], times: &[u32]) {
    counts.fill(0);
    for (row, &times) in rows.iter().zip(times).filter(|(_, times)| **times > 0) {
        for (sum, &count) in counts.iter_mut().zip(row) {
            *sum += u64::from(times) * u64::from(count);
        }
    }
}

fn ratio(pairs: &[(f64, f64)], times: &[u32]) -> f64 {
    let (above, below) = pairs.iter().zip(times).fold((0.0, 0.0), |(above, below), (pair, &times)| {
        (above + f64::from(times) * pair.0, below + f64::from(times) * pair.1)
    });
    above / below
}
