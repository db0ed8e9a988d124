//! How unevenly tickets come and go.

use super::context::Context;
use super::throughput;
use crate::report::{Dispersion, PeriodFlow, Throughput};

const DEFINITION: &str = "Index of dispersion (Cox & Lewis 1966): variance (n - 1) over mean of the counts of whole local days, \
    those without a ticket included. About 1 where tickets come independently of each other at an even rate; weekends, peaks \
    and tickets closed in bulk raise it. The first day is left out where it begins before the first ticket, the last one \
    where as-of cuts it.";

/// Dispersion of the daily counts; `None` for fewer than two whole days.
pub fn compute(cx: &Context<'_>, throughput: &Throughput) -> Option<Dispersion> {
    let days = throughput::whole_days(throughput, cx.scope);
    if days.len() < 2 {
        return None;
    }
    Some(Dispersion {
        definition: DEFINITION.to_owned(),
        days: days.len() as u64,
        arrivals: index(days, |day| day.arrivals),
        departures: index(days, |day| day.departures),
        departures_per_business_day: None,
        arrivals_per_business_day: None,
        business_days: 0,
    })
}

/// Variance over mean, from whole numbers up to the one division: `(n sum(x^2) - sum(x)^2) / ((n - 1) sum(x))`. `None`
/// where all counts are 0.
fn index(days: &[PeriodFlow], count: impl Fn(&PeriodFlow) -> u64) -> Option<f64> {
    let n = days.len() as u128;
    let sum: u128 = days.iter().map(|day| u128::from(count(day))).sum();
    let squares: u128 = days.iter().map(|day| u128::from(count(day)).pow(2)).sum();
    (n > 1 && sum > 0).then(|| (n * squares - sum * sum) as f64 / ((n - 1) * sum) as f64)
}
