//! Deployments, failures and lead times over time, with the limits of chance.

use super::Figures;
use crate::metrics::process_behaviour::{FEWEST, Series, Unit, chart};
use crate::metrics::{Computed, unavailable};
use crate::query::Query;
use crate::report::{BehaviourChart, WeekOfDeployments};
use crate::stats;
use crate::words::plural;

/// What one week adds up to.
#[derive(Clone, Debug, Default)]
struct Week {
    known: u64,
    failed: u64,
    leads: Vec<u32>,
}

/// Charts of the whole weeks of the window. Weeks in which nothing was deployed have no fail rate and no lead time.
///
/// # Errors
/// Where there are too few whole weeks.
pub fn compute(figures: &Figures<'_>, weekly: &[WeekOfDeployments], query: &Query) -> Computed<Vec<BehaviourChart>> {
    let whole: Vec<(usize, &WeekOfDeployments)> = weekly.iter().enumerate().filter(|(_, week)| week.complete).collect();
    if whole.len() < FEWEST {
        return Err(unavailable(
            format!(
                "Limits need {FEWEST} whole weeks; the window has {}.",
                plural(whole.len() as u64, "whole week", "whole weeks")
            ),
            "Add deployments of a longer time, or widen the filter.",
        ));
    }
    let mut weeks = vec![Week::default(); weekly.len()];
    for (n, deployment) in figures.all.list.iter().enumerate() {
        let Some(week) = weeks.get_mut(figures.days.week(deployment.at)) else { continue };
        let judged = figures.judged.get(n).copied().unwrap_or_default();
        week.known += u64::from(judged.known);
        week.failed += u64::from(judged.failed);
        week.leads.extend(figures.leads.times.get(n).and_then(|time| time.ok()));
    }
    let dates = || whole.iter().map(|(_, week)| week.date.clone()).collect();
    let value = |of: &dyn Fn(&mut Week) -> Option<f64>, weeks: &mut [Week]| {
        whole.iter().map(|(n, _)| weeks.get_mut(*n).and_then(of)).collect::<Vec<Option<f64>>>()
    };
    let series = |id, label, unit, values| Series { id, label, unit, floor: Some(0.0), dates: dates(), values };
    let rates = value(&|w| (w.known > 0).then(|| w.failed as f64 / w.known as f64), &mut weeks);
    let leads = value(
        &|w| {
            stats::sort_seconds(&mut w.leads);
            stats::type7(&w.leads, 0.5)
        },
        &mut weeks,
    );
    let counts = whole.iter().map(|(_, week)| Some(week.deployments as f64)).collect();
    let mut all = vec![series("deployments_weekly", "Deployments per week", Unit::Deployments, counts)];
    if figures.fail_rate.is_ok() {
        all.push(series("fail_rate_weekly", "Change fail rate per week", Unit::Share, rates));
    }
    if figures.leads.report.is_ok() {
        all.push(series("lead_weekly", "Median change lead time per week", Unit::Seconds, leads));
    }
    let (charts, without): (Vec<_>, Vec<_>) =
        all.into_iter().map(|series| chart(query.limits, series, "week")).partition(Result::is_ok);
    let charts: Vec<BehaviourChart> = charts.into_iter().filter_map(Result::ok).collect();
    if charts.is_empty() {
        let why: Vec<String> = without.into_iter().filter_map(Result::err).collect();
        return Err(unavailable(why.join(" "), "Take limits from means, or add deployments of a longer time."));
    }
    Ok(charts)
}
