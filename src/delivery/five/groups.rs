//! The five by service, team and type.

use std::collections::BTreeMap;

use super::Figures;
use super::fail_rate;
use super::joins::value;
use super::{recovery, rework};
use crate::metrics::lenses;
use crate::metrics::time_metric::{NONE, OTHER};
use crate::query::Query;
use crate::report::DeliveryGroup;
use crate::stats;
use crate::worklog::{Dimension, WorkLog};

/// What deployments are broken down by unless the question names dimensions that they have.
const DEFAULT: [&str; 3] = ["service", "group", "kind"];

/// By dimension, then by value.
pub fn compute(figures: &Figures<'_>, query: &Query) -> BTreeMap<String, Vec<DeliveryGroup>> {
    let log = figures.all.log;
    dimensions(log, query).into_iter().map(|d| (d.name.clone(), of(figures, query, d))).collect()
}

fn dimensions<'a>(log: &'a WorkLog, query: &Query) -> Vec<&'a Dimension> {
    let asked: Vec<&Dimension> =
        query.by.iter().flatten().filter_map(|name| lenses::dimension(log, name).ok()).collect();
    if asked.is_empty() { DEFAULT.iter().filter_map(|name| log.dimension(name)).collect() } else { asked }
}

/// The rows of one dimension, most deployments first. Values of few deployments are one row, "other".
fn of(figures: &Figures<'_>, query: &Query, dimension: &Dimension) -> Vec<DeliveryGroup> {
    let mut by_value: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (n, deployment) in figures.all.list.iter().enumerate() {
        by_value.entry(value(dimension, deployment.row).unwrap_or(NONE)).or_default().push(n);
    }
    let mut kept: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (key, members) in by_value {
        let key = if members.len() < query.min_group as usize { OTHER } else { key };
        kept.entry(key).or_default().extend(members);
    }
    let mut rows: Vec<DeliveryGroup> = kept.iter().map(|(key, members)| row(figures, key, members)).collect();
    rows.sort_by(|a, b| b.deployments.cmp(&a.deployments).then_with(|| a.key.cmp(&b.key)));
    rows
}

fn row(figures: &Figures<'_>, key: &str, members: &[usize]) -> DeliveryGroup {
    let all = figures.all;
    let list = || members.iter().filter_map(|n| all.list.get(*n));
    let counting = list().filter(|d| all.counts_in(d)).count();
    let judged = members.iter().filter_map(|n| figures.judged.get(*n));
    let mut leads: Vec<u32> = members.iter().filter_map(|n| figures.leads.times.get(*n)?.ok()).collect();
    stats::sort_seconds(&mut leads);
    let recoveries = members.iter().filter_map(|n| figures.recoveries.each.get(*n)?.as_ref());
    DeliveryGroup {
        key: key.to_owned(),
        deployments: members.len() as u64,
        succeeded: list().filter(|d| d.result.succeeded()).count() as u64,
        failed: list().filter(|d| d.result.failed()).count() as u64,
        per_week: Some(counting as f64 / figures.days.len().max(1) as f64 * 7.0),
        change_fail_rate: figures.fail_rate.as_ref().ok().and_then(|whole| fail_rate::rate(&whole.definition, judged)),
        lead_median_seconds: stats::type7(&leads, 0.5),
        recovery_median_seconds: recovery::median(recoveries),
        rework: rework::rate(figures.repairs, members.iter().copied()),
    }
}
