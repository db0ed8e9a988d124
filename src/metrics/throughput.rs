//! Arrivals and departures per day, ISO week and month.

use chrono::{Datelike, NaiveDate};

use super::Computed;
use super::daily::Day;
use super::days::monday;
use super::scope::Scope;
use crate::report::{PeriodFlow, Throughput};

const DEFINITION: &str = "Arrivals are tickets opened, departures tickets resolved for the last time, in the local days from \
    the first opened ticket to as-of. Cancelled tickets arrive but are in no throughput: they leave on the day they were \
    cancelled, or, where that is unknown, on the day they came. Net is the change of work in progress: arrivals minus \
    departures minus cancelled.";

#[derive(Clone, Copy, Debug, Default)]
struct Flow {
    arrivals: u64,
    departures: u64,
    cancelled: u64,
}

/// Counts what came and what left.
///
/// # Errors
/// Where no ticket is selected.
pub fn compute(scope: &Scope) -> Computed<Throughput> {
    let (days, daily) = scope.daily()?;
    let flows: Vec<Flow> = daily.iter().map(flow).collect();
    let sum = |part: fn(&Flow) -> u64| flows.iter().map(part).sum::<u64>();
    let departures = sum(|f| f.departures);
    let period = |first: NaiveDate, flow: Flow, complete| PeriodFlow {
        date: first.to_string(),
        arrivals: flow.arrivals,
        departures: flow.departures,
        cancelled: flow.cancelled,
        net: flow.arrivals.cast_signed() - (flow.departures + flow.cancelled).cast_signed(),
        complete,
    };
    let by = |first_of: fn(NaiveDate) -> NaiveDate| {
        let mut periods: Vec<PeriodFlow> = Vec::new();
        let mut day = 0;
        while day < flows.len() {
            let first = first_of(days.date(day));
            let length = (day..flows.len()).take_while(|&d| first_of(days.date(d)) == first).count();
            let mut total = Flow::default();
            for flow in flows.iter().skip(day).take(length) {
                total.arrivals += flow.arrivals;
                total.departures += flow.departures;
                total.cancelled += flow.cancelled;
            }
            let next = day + length;
            let whole = days.date(day) == first && first_of(days.date(next)) != first;
            periods.push(period(first, total, whole && days.start(next) <= scope.as_of + 1));
            day = next;
        }
        periods
    };
    Ok(Throughput {
        definition: DEFINITION.to_owned(),
        arrivals: sum(|f| f.arrivals),
        departures,
        cancelled: sum(|f| f.cancelled),
        departures_per_day: departures as f64 / flows.len().max(1) as f64,
        daily: by(|date| date),
        weekly: by(monday),
        monthly: by(|date| date.with_day(1).unwrap_or(date)),
        dispersion: None,
    })
}

/// The last whole ISO weeks of the window, at most so many.
pub fn last_complete_weeks(throughput: &Throughput, most: usize) -> Vec<&PeriodFlow> {
    let mut weeks: Vec<&PeriodFlow> = throughput.weekly.iter().rev().filter(|w| w.complete).take(most).collect();
    weeks.reverse();
    weeks
}

/// The whole days of the window: the first one counts where it begins with the first ticket, the last one where as-of is its
/// last second.
pub fn whole_days<'a>(throughput: &'a Throughput, scope: &Scope) -> &'a [PeriodFlow] {
    let days = throughput.daily.as_slice();
    let cut = scope.days.as_ref().is_some_and(|all| scope.first_opened.is_some_and(|first| first > all.start(0)));
    let from = usize::from(cut).min(days.len());
    let to = days.len() - usize::from(days.last().is_some_and(|day| !day.complete));
    days.get(from..to).unwrap_or(&[])
}

fn flow(day: &Day) -> Flow {
    let count = |n: i64| n.unsigned_abs();
    Flow {
        arrivals: count(day.opened.count + day.unknown),
        departures: count(day.resolved.tally.count),
        cancelled: count(day.cancelled.tally.count + day.unknown),
    }
}
