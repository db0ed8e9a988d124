//! How unevenly tickets come and go.

use chrono::NaiveDate;

use super::context::Context;
use super::throughput;
use crate::calendar::Calendar;
use crate::report::{Dispersion, PeriodFlow, Throughput};

const DEFINITION: &str = "Index of dispersion (Cox & Lewis 1966): variance (n - 1) over mean of the counts of whole local days, \
    those without a ticket included. About 1 where tickets come independently of each other at an even rate; weekends, peaks \
    and tickets closed in bulk raise it. The first day is left out where it begins before the first ticket, the last one \
    where as-of cuts it. Per business day: tickets of those days on which hours of the default calendar begin, over their number.";

/// Dispersion of the daily counts; `None` for fewer than two whole days.
pub fn compute(cx: &Context<'_>, throughput: &Throughput) -> Option<Dispersion> {
    let days = throughput::whole_days(throughput, cx.scope);
    if days.len() < 2 {
        return None;
    }
    let business = business_days(cx, days);
    let open = business.as_ref().map_or(0, Vec::len);
    let per_day = |count: fn(&PeriodFlow) -> u64| {
        let sum: u64 = business.as_ref()?.iter().map(|day| count(day)).sum();
        (open > 0).then(|| sum as f64 / open as f64)
    };
    Some(Dispersion {
        definition: DEFINITION.to_owned(),
        days: days.len() as u64,
        arrivals: index(days, |day| day.arrivals),
        departures: index(days, |day| day.departures),
        departures_per_business_day: per_day(|day| day.departures),
        arrivals_per_business_day: per_day(|day| day.arrivals),
        business_days: open as u64,
    })
}

/// Those of the days on which somebody works by the default calendar; `None` where it cannot be used.
fn business_days<'a>(cx: &Context<'_>, days: &'a [PeriodFlow]) -> Option<Vec<&'a PeriodFlow>> {
    let span = (cx.scope.first_opened?, cx.scope.as_of);
    let calendar = Calendar::new(&cx.query.calendars.default, cx.log.zone, span).ok()?;
    let open = |day: &&PeriodFlow| day.date.parse().is_ok_and(|date: NaiveDate| calendar.open_on(date));
    Some(days.iter().filter(open).collect())
}

/// Variance over mean, from whole numbers up to the one division: `(n sum(x^2) - sum(x)^2) / ((n - 1) sum(x))`. `None`
/// where all counts are 0.
fn index(days: &[PeriodFlow], count: impl Fn(&PeriodFlow) -> u64) -> Option<f64> {
    let n = days.len() as u128;
    let sum: u128 = days.iter().map(|day| u128::from(count(day))).sum();
    let squares: u128 = days.iter().map(|day| u128::from(count(day)).pow(2)).sum();
    (n > 1 && sum > 0).then(|| (n * squares - sum * sum) as f64 / ((n - 1) * sum) as f64)
}
