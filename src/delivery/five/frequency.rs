//! Deployment frequency.

use chrono::{Datelike, NaiveDate};

use super::deployments::Deployments;
use super::fail_rate::Judged;
use crate::metrics::days::{Days, monday};
use crate::report::{DeploymentFrequency, WeekOfDeployments};
use crate::stats;

const RULE: &str = "daily: on 3 days or more in the median week; weekly: on 1 day or more; monthly: 1 deployment or more in \
    the median month; else rarer. Whole ISO weeks and whole months of the window, those without a deployment as 0";

/// Days in the median week from which deployments are daily.
const DAILY: f64 = 3.0;

/// Counts what happened in one period.
#[derive(Clone, Copy, Debug, Default)]
struct Period {
    deployments: u64,
    failed: u64,
    days: u64,
}

/// How often something is deployed. The window has to hold a deployment.
pub fn compute(all: &Deployments<'_>, days: &Days, judged: &[Judged]) -> DeploymentFrequency {
    let mut daily = vec![Period::default(); days.len()];
    for (deployment, judged) in all.list.iter().zip(judged) {
        if let Some(day) = daily.get_mut(days.index(deployment.at)) {
            day.deployments += u64::from(all.counts_in(deployment));
            day.failed += u64::from(judged.failed);
        }
    }
    for day in &mut daily {
        day.days = u64::from(day.deployments > 0);
    }
    let n = daily.iter().map(|day| day.deployments).sum::<u64>();
    let weeks = periods(&daily, days, all.as_of, monday);
    let months = periods(&daily, days, all.as_of, |date| date.with_day(1).unwrap_or(date));
    let median_days_per_week = median(weeks.iter().filter(|week| week.2).map(|week| week.1.days));
    let median_per_month = median(months.iter().filter(|month| month.2).map(|month| month.1.deployments));
    let what = if all.results {
        "Deployments to production that succeeded, with issues or without"
    } else {
        "Deployments to production that were carried out: how they ended is not recorded"
    };
    let per_day = n as f64 / days.len().max(1) as f64;
    DeploymentFrequency {
        definition: format!(
            "{what}, a local day of the window from the first deployment to as-of; median time from one to the next."
        ),
        n,
        per_day,
        per_week: per_day * 7.0,
        median_gap_seconds: median_gap(all),
        weeks: weeks.iter().filter(|week| week.2).count() as u64,
        median_days_per_week,
        months: months.iter().filter(|month| month.2).count() as u64,
        median_per_month,
        bucket: bucket(median_days_per_week, median_per_month).map(str::to_owned),
        rule: RULE.to_owned(),
        weekly: weeks
            .into_iter()
            .map(|(date, week, complete)| WeekOfDeployments {
                date: date.to_string(),
                deployments: week.deployments,
                failed: week.failed,
                days: week.days,
                complete,
            })
            .collect(),
    }
}

/// `None` where no whole week lies in the window, and where only whole months could tell monthly from rarer.
fn bucket(days_per_week: Option<f64>, per_month: Option<f64>) -> Option<&'static str> {
    let days = days_per_week?;
    if days >= DAILY {
        return Some("daily");
    }
    if days >= 1.0 {
        return Some("weekly");
    }
    Some(if per_month? >= 1.0 { "monthly" } else { "rarer" })
}

/// Sums of runs of days that share a first day, with whether the whole run lies in the window.
fn periods(
    daily: &[Period],
    days: &Days,
    as_of: i64,
    first_of: impl Fn(NaiveDate) -> NaiveDate,
) -> Vec<(NaiveDate, Period, bool)> {
    let mut periods: Vec<(NaiveDate, Period, bool)> = Vec::new();
    for (n, day) in daily.iter().enumerate() {
        let date = days.date(n);
        let first = first_of(date);
        if periods.last().is_none_or(|last| last.0 != first) {
            periods.push((first, Period::default(), date == first));
        }
        if let Some((_, period, _)) = periods.last_mut() {
            period.deployments += day.deployments;
            period.failed += day.failed;
            period.days += day.days;
        }
    }
    let end = days.len();
    let cut = end > 0 && (first_of(days.date(end)) == first_of(days.date(end - 1)) || days.start(end) > as_of + 1);
    if let Some(last) = periods.last_mut().filter(|_| cut) {
        last.2 = false;
    }
    periods
}

fn median(values: impl Iterator<Item = u64>) -> Option<f64> {
    let mut values: Vec<u32> = values.map(|v| u32::try_from(v).unwrap_or(u32::MAX)).collect();
    stats::sort_seconds(&mut values);
    stats::type7(&values, 0.5)
}

fn median_gap(all: &Deployments<'_>) -> Option<f64> {
    let at: Vec<i64> = all.counting().map(|d| d.at).collect();
    let gaps = at.iter().zip(at.iter().skip(1)).map(|(a, b)| (b - a).unsigned_abs());
    median(gaps)
}

#[cfg(test)]
mod tests {
    use super::bucket;

    #[test]
    fn buckets_follow_their_rule() {
        for (days, months, expected) in [
            (Some(3.0), None, Some("daily")),
            (Some(2.5), Some(9.0), Some("weekly")),
            (Some(1.0), None, Some("weekly")),
            (Some(0.5), Some(1.0), Some("monthly")),
            (Some(0.0), Some(0.5), Some("rarer")),
            (Some(0.0), None, None),
            (None, Some(4.0), None),
        ] {
            assert_eq!(bucket(days, months), expected, "{days:?} {months:?}");
        }
    }
}
