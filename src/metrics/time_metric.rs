//! What lead, cycle and response time share: percentiles with bounds, histogram, breakdown by dimension.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::context::Context;
use super::scope::Finished;
use super::{Computed, lenses};
use crate::error::Result;
use crate::query::{PercentileMethod, Query};
use crate::report::{Bin, GroupTime, Percentile, TimeMetric};
use crate::stats;
use crate::worklog::{Dimension, NO_CODE, WorkLog};

/// Name of the clock on which every second counts.
pub const ELAPSED: &str = "elapsed";
/// Key of the tickets without a value.
pub const NONE: &str = "(none)";
/// Key of the groups that are too small to stand alone.
pub const OTHER: &str = "other";

/// Tickets of unlike outcome, by reason; what a [`TimeMetric`] leaves out.
pub type Excluded = BTreeMap<String, u64>;

/// The time of a finished ticket, or the reason why it has none.
pub type Timed = std::result::Result<u32, &'static str>;

/// The times of finished tickets, the shortest first.
#[derive(Debug)]
pub struct Times {
    /// The times.
    pub sorted: Vec<u32>,
    /// Whose they are, in the same order.
    pub tickets: Vec<u32>,
    /// Finished tickets that have none, by reason.
    pub excluded: Excluded,
}

/// A time metric and all its values, for further questions about the same distribution.
#[derive(Debug)]
pub struct Measured {
    /// What the report shows.
    pub metric: TimeMetric,
    /// The values.
    pub times: Rc<Times>,
}

/// The dimensions to break times down by: those asked for, else priority and group where the data have them.
///
/// # Errors
/// [`BadQuery`](crate::error::ErrorKind::BadQuery) for an unknown one, and for a lens without a dimension.
pub fn dimensions<'a>(log: &'a WorkLog, query: &Query) -> Result<Vec<&'a Dimension>> {
    if let Some(names) = &query.by {
        return names.iter().map(|name| lenses::dimension(log, name)).collect();
    }
    let group = log.group.and_then(|g| log.dimensions.get(g)).or_else(|| log.dimension("group"));
    Ok(log.dimension("priority").into_iter().chain(group).collect())
}

/// The times of the finished tickets.
pub fn times(cx: &Context<'_>, time: impl Fn(&Finished) -> Timed) -> Times {
    // Seconds above, ticket below: sorted once, every group's values come out sorted too.
    let mut entries: Vec<u64> = Vec::with_capacity(cx.scope.finished.len());
    let mut excluded = Excluded::new();
    for ticket in &cx.scope.finished {
        match time(ticket) {
            Ok(seconds) => entries.push(u64::from(seconds) << u32::BITS | u64::from(ticket.ticket)),
            Err(reason) => match excluded.get_mut(reason) {
                Some(count) => *count += 1,
                None => drop(excluded.insert(reason.to_owned(), 1)),
            },
        }
    }
    stats::sort_keyed(&mut entries);
    let seconds = |entry: &u64| u32::try_from(entry >> u32::BITS).unwrap_or(u32::MAX);
    let ticket = |entry: &u64| u32::try_from(entry & u64::from(u32::MAX)).unwrap_or(u32::MAX);
    Times { sorted: entries.iter().map(seconds).collect(), tickets: entries.iter().map(ticket).collect(), excluded }
}

/// Measures a time over the finished tickets.
///
/// # Errors
/// Where no finished ticket has it.
pub fn measure(cx: &Context<'_>, definition: &str, time: impl Fn(&Finished) -> Timed) -> Computed<Measured> {
    describe(cx, definition, Rc::new(times(cx, time)))
}

/// The metric of these times.
///
/// # Errors
/// Where there is none.
pub fn describe(cx: &Context<'_>, definition: &str, times: Rc<Times>) -> Computed<Measured> {
    let query = cx.query;
    let sorted = times.sorted.as_slice();
    let (Some(&min), Some(&max), Some(mean)) = (sorted.first(), sorted.last(), mean(sorted)) else {
        return Err(cx.scope.nothing());
    };
    let by = cx.dimensions.iter().map(|d| (d.name.clone(), groups(&times, query, d))).collect();
    let metric = TimeMetric {
        definition: definition.to_owned(),
        clock: cx.clock.name().to_owned(),
        percentile_method: query.percentile_method.name().to_owned(),
        n: sorted.len() as u64,
        excluded: times.excluded.clone(),
        mean_seconds: mean,
        min_seconds: i64::from(min),
        max_seconds: i64::from(max),
        percentiles: percentiles(sorted, &query.percentiles, query.percentile_method),
        histogram: histogram(sorted),
        by,
        points: None,
    };
    Ok(Measured { metric, times })
}

/// Clock and percentiles of a time, for its definition.
pub fn method(cx: &Context<'_>) -> String {
    format!("{}; {}", cx.clock.unit(), cx.query.percentile_method.words())
}

/// Percentiles of a sorted sample with their rank intervals; none for an empty one.
pub fn percentiles(sorted: &[u32], ps: &[f64], method: PercentileMethod) -> Vec<Percentile> {
    let n = sorted.len();
    let of = |p: f64| {
        let share = p / 100.0;
        let n_too_small = stats::too_small(n, share);
        let at = |rank: Option<usize>| sorted.get(rank?.checked_sub(1)?).map(|&v| f64::from(v));
        let bounds = (!n_too_small).then(|| stats::bounds(n, share));
        Some(Percentile {
            p,
            seconds: stats::quantile(method, sorted, share)?,
            lower_seconds: bounds.and_then(|b| at(b.lower)),
            upper_seconds: bounds.and_then(|b| at(b.upper)),
            n_too_small,
        })
    };
    ps.iter().filter_map(|&p| of(p)).collect()
}

/// Counts of a sorted sample between 0, 1 min, 2 min, 4 min and so on, from the first bin that holds a value to the last.
pub fn histogram(sorted: &[u32]) -> Vec<Bin> {
    let mut bins = Vec::new();
    let (mut from, mut to, mut before) = (0_i64, 60_i64, 0);
    while before < sorted.len() {
        let below = sorted.partition_point(|&v| i64::from(v) < to);
        if below > 0 {
            bins.push(Bin { from_seconds: from, to_seconds: to, count: (below - before) as u64 });
        }
        before = below;
        (from, to) = (to, to * 2);
    }
    bins
}

/// Mean of whole seconds, from an exact sum.
pub fn mean(values: &[u32]) -> Option<f64> {
    let sum: u64 = values.iter().map(|&v| u64::from(v)).sum();
    (!values.is_empty()).then(|| sum as f64 / values.len() as f64)
}

/// The same time by the values of a dimension, the largest group first. Groups under the minimum size are one, "other".
fn groups(times: &Times, query: &Query, dimension: &Dimension) -> Vec<GroupTime> {
    // Slot 0 for no value, then one a code.
    let slot_of = |ticket: u32| match dimension.codes.get(ticket as usize) {
        NO_CODE => 0,
        code => code as usize + 1,
    };
    let mut sizes = vec![0_usize; dimension.dictionary.len() + 1];
    for &ticket in &times.tickets {
        if let Some(size) = sizes.get_mut(slot_of(ticket)) {
            *size += 1;
        }
    }
    let key = |slot: usize| match slot.checked_sub(1).map(|code| dimension.dictionary.get(code)) {
        None | Some("") => NONE,
        Some(text) => text,
    };
    // A value that is itself called "other" must not stand beside the folded rest under the same name.
    let small = |size: usize| size < query.min_group as usize;
    let mut totals: BTreeMap<&str, usize> = BTreeMap::new();
    for (slot, &size) in sizes.iter().enumerate().filter(|(_, size)| **size > 0) {
        *totals.entry(key(slot)).or_default() += size;
    }
    let name = |slot: usize| {
        let key = key(slot);
        if totals.get(key).copied().is_none_or(small) { OTHER } else { key }
    };
    let mut kept: BTreeMap<&str, usize> = BTreeMap::new();
    for (slot, &size) in sizes.iter().enumerate().filter(|(_, size)| **size > 0) {
        *kept.entry(name(slot)).or_default() += size;
    }
    let number: BTreeMap<&str, usize> = kept.keys().enumerate().map(|(i, &key)| (key, i)).collect();
    let bucket: Vec<usize> = (0..sizes.len()).map(|slot| number.get(name(slot)).copied().unwrap_or(0)).collect();
    let mut rows: Vec<(&str, Vec<u32>)> = kept.into_iter().map(|(key, size)| (key, Vec::with_capacity(size))).collect();
    for (&seconds, &ticket) in times.sorted.iter().zip(&times.tickets) {
        if let Some((_, values)) = bucket.get(slot_of(ticket)).and_then(|&bucket| rows.get_mut(bucket)) {
            values.push(seconds);
        }
    }
    let mut groups: Vec<GroupTime> = Vec::with_capacity(rows.len());
    for (key, values) in rows {
        let Some(mean_seconds) = mean(&values) else { continue };
        groups.push(GroupTime {
            key: key.to_owned(),
            n: values.len() as u64,
            mean_seconds,
            percentiles: percentiles(&values, &query.percentiles, query.percentile_method),
        });
    }
    groups.sort_by(|a, b| b.n.cmp(&a.n).then_with(|| a.key.cmp(&b.key)));
    groups
}

#[cfg(test)]
mod tests {
    use super::{histogram, mean, percentiles};
    use crate::query::PercentileMethod::HyndmanFan7;

    #[test]
    fn bins_double_from_a_minute_and_hold_everything() {
        let bins = histogram(&[0, 59, 60, 3599, 3600, 3840]);
        let shown: Vec<_> = bins.iter().map(|b| (b.from_seconds, b.to_seconds, b.count)).collect();
        let expected =
            [(0, 60, 2), (60, 120, 1), (120, 240, 0), (240, 480, 0), (480, 960, 0), (960, 1920, 0), (1920, 3840, 2)];
        assert_eq!(shown[..7], expected);
        assert_eq!(shown[7..], [(3840, 7680, 1)]);
        assert!(histogram(&[]).is_empty());
        assert_eq!(histogram(&[u32::MAX]).len(), 1);
    }

    #[test]
    fn means_are_exact_sums() {
        assert_eq!(mean(&[]), None);
        assert_eq!(mean(&[u32::MAX, u32::MAX]), Some(4_294_967_295.0));
    }

    /// T16 of the method page: ranks 37 and 48 of 50 for 85 %; below 19 no bound.
    #[test]
    fn bounds_are_order_statistics_or_absent() {
        let fifty: Vec<u32> = (1..=50).collect();
        let p = &percentiles(&fifty, &[85.0], HyndmanFan7)[0];
        assert_eq!((p.lower_seconds, p.upper_seconds, p.n_too_small), (Some(37.0), Some(48.0), false));
        let p = &percentiles(&fifty[..18], &[85.0], HyndmanFan7)[0];
        assert_eq!((p.lower_seconds, p.upper_seconds, p.n_too_small), (None, None, true));
        assert!(percentiles(&[], &[50.0], HyndmanFan7).is_empty());
    }
}
