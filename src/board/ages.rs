//! Ages, against what finished tickets took.

use super::columns::Item;
use crate::metrics::ageing::older;
use crate::metrics::context::Context;
use crate::metrics::time_metric::percentiles;
use crate::report::{AgeReference, OlderThan, Percentile};
use crate::stats;

/// Percentiles of the lead times of what was finished by as-of, ascending; none where nothing was.
pub fn reference(cx: &Context<'_>, leads: &[u32]) -> Option<AgeReference> {
    (!leads.is_empty()).then(|| AgeReference {
        n: leads.len() as u64,
        percentiles: percentiles(leads, &cx.query.percentiles, cx.query.percentile_method),
    })
}

/// Ages of a column, ascending.
pub fn sorted(ages: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut ages: Vec<u32> = ages.collect();
    stats::sort_seconds(&mut ages);
    ages
}

/// Percentiles of a sorted sample.
pub fn described(cx: &Context<'_>, ages: &[u32]) -> Vec<Percentile> {
    percentiles(ages, &cx.query.percentiles, cx.query.percentile_method)
}

/// How many of the sorted ages exceed each percentile of finished lead times, as `ageing.older_than` counts them.
pub fn older_than(reference: &[Percentile], ages: &[u32]) -> Vec<OlderThan> {
    reference.iter().map(|p| OlderThan { p: p.p, seconds: p.seconds, count: older(ages, p.seconds) }).collect()
}

/// Median time since these entered their column, and of how many that is known.
pub fn in_column(cx: &Context<'_>, items: &[Item]) -> (Option<f64>, u64) {
    let times = sorted(items.iter().filter_map(|item| item.in_column(cx)));
    (stats::quantile(cx.query.percentile_method, &times, 0.5), times.len() as u64)
}

/// Share of the sorted lead times that are shorter than an age: their empirical distribution function right before it.
pub fn percentile(leads: &[u32], age: u32) -> Option<f64> {
    let shorter = leads.partition_point(|&lead| lead < age);
    (!leads.is_empty()).then(|| shorter as f64 / leads.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::percentile;

    /// Of 10, 20, 20, 40: nothing is shorter than 10, one than 20, three than 21, all four than 41.
    #[test]
    fn the_share_of_shorter_leads() {
        let leads = [10, 20, 20, 40];
        for (age, share) in [(0, 0.0), (10, 0.0), (20, 0.25), (21, 0.75), (40, 0.75), (41, 1.0)] {
            assert_eq!(percentile(&leads, age), Some(share), "{age}");
        }
        assert_eq!(percentile(&[], 5), None);
    }
}
