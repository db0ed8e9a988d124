//! Changes week by week.

use super::selection::Change;
use crate::metrics::context::Context;
use crate::metrics::process_behaviour::{FEWEST, Series, Unit, chart};
use crate::metrics::{Computed, throughput, unavailable};
use crate::report::BehaviourChart;
use crate::words::plural;
use crate::worklog::ResultClass;

/// Charts of changes that ended in each whole week, and of the share of them that succeeded.
///
/// # Errors
/// Where there are fewer than 12 whole weeks, or no series has limits.
pub fn compute(cx: &Context<'_>, changes: &[Change]) -> Computed<Vec<BehaviourChart>> {
    let days = cx.scope.days()?;
    let weeks = throughput::compute(cx.scope)?.weekly;
    let whole = weeks.iter().filter(|week| week.complete).count();
    if whole < FEWEST {
        return Err(unavailable(
            format!(
                "Limits need {FEWEST} whole weeks; there are {}.",
                plural(whole as u64, "whole week", "whole weeks")
            ),
            "Add changes of a longer time, or widen the filter.",
        ));
    }
    let mut ended = vec![(0_u64, 0_u64, 0_u64); weeks.len()];
    for change in changes.iter().filter(|change| change.result != ResultClass::Cancelled) {
        // The first of the weeks is that of the first day.
        if let Some((all, known, succeeded)) = change.ended.and_then(|at| ended.get_mut(days.week(at))) {
            *all += 1;
            *known += u64::from(change.is_known());
            *succeeded += u64::from(change.result.succeeded());
        }
    }
    let complete = || weeks.iter().zip(&ended).filter(|(week, _)| week.complete);
    let series = |id, label, unit, values| Series {
        id,
        label,
        unit,
        floor: Some(0.0),
        dates: complete().map(|(week, _)| week.date.clone()).collect(),
        values,
    };
    let closed = complete().map(|(_, (all, ..))| Some(*all as f64)).collect();
    let share = |known: u64, succeeded: u64| (known > 0).then(|| succeeded as f64 / known as f64);
    let success = complete().map(|(_, (_, known, succeeded))| share(*known, *succeeded)).collect();
    let all = [
        series("changes_weekly", "Changes ended per week", Unit::Changes, closed),
        series("change_success_weekly", "Share of successful changes of the week", Unit::Share, success),
    ];
    let (charts, without): (Vec<_>, Vec<_>) =
        all.into_iter().map(|s| chart(cx.query.limits, s, "week")).partition(Result::is_ok);
    let charts: Vec<BehaviourChart> = charts.into_iter().filter_map(Result::ok).collect();
    if charts.is_empty() {
        let without: Vec<String> = without.into_iter().filter_map(Result::err).collect();
        return Err(unavailable(without.join(" "), "Take limits from means, add changes, or widen the filter."));
    }
    Ok(charts)
}
