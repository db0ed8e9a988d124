//! Changes that are planned at the same time for the same thing.

use std::collections::BTreeMap;

use super::selection::Change;
use crate::metrics::context::Context;
use crate::metrics::{Computed, unavailable};
use crate::report::{CollisionKey, Collisions};
use crate::worklog::{Dimension, NO_CODE, ResultClass, WorkLog};

/// Most values that are listed.
const LISTED: usize = 10;
/// Names under which the configuration item goes where it is no service.
const ITEMS: [&str; 4] = ["configuration_item", "cmdb_ci", "config_item", "ci"];

/// A planned window `[start, end)`.
#[derive(Clone, Copy, Debug)]
struct Window {
    start: i64,
    end: i64,
    /// Whether the change has not ended by as-of.
    open: bool,
}

/// What a sweep finds.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
struct Found {
    pairs: u64,
    most: u64,
}

/// Counts overlapping pairs.
///
/// # Errors
/// Where no change has a planned window, or no column says what it is for.
pub fn compute(cx: &Context<'_>, changes: &[Change]) -> Computed<Collisions> {
    let Some((name, dimension)) = thing(cx.log) else {
        return Err(unavailable(
            "No column says what a change is for.",
            "Add the column with the service, the configuration item or the group to the export of changes.",
        ));
    };
    let mut by_value: BTreeMap<&str, Vec<Window>> = BTreeMap::new();
    let planned = changes.iter().filter(|c| c.result != ResultClass::Cancelled);
    for (change, (start, end)) in planned.filter_map(|c| Some((c, c.planned?))).filter(|(_, (start, end))| start <= end)
    {
        let code = dimension.codes.get(change.index());
        let value = if code == NO_CODE { "" } else { dimension.dictionary.get(code as usize) };
        if !value.is_empty() {
            let open = change.result == ResultClass::Running;
            by_value.entry(value).or_default().push(Window { start, end, open });
        }
    }
    let n: usize = by_value.values().map(Vec::len).sum();
    if n == 0 {
        return Err(unavailable(
            "No change that was not cancelled has a planned start and end, and says what it is for.",
            "Add the columns with the planned start and end, and the service, to the export of changes.",
        ));
    }
    let as_of = cx.scope.as_of;
    let (mut pairs, mut ahead, mut touched) = (0, 0, 0);
    let mut busiest = Vec::new();
    for (value, windows) in &by_value {
        let found = sweep(windows);
        let to_come: Vec<Window> = windows.iter().filter(|w| w.open && w.end > as_of).copied().collect();
        pairs += found.pairs;
        ahead += sweep(&to_come).pairs;
        touched += overlapping(windows);
        if found.pairs > 0 {
            busiest.push(CollisionKey { key: (*value).to_owned(), pairs: found.pairs, most_at_once: found.most });
        }
    }
    busiest.sort_by(|a, b| b.pairs.cmp(&a.pairs).then_with(|| a.key.cmp(&b.key)));
    busiest.truncate(LISTED);
    Ok(Collisions {
        definition: format!(
            "Pairs of changes of the same {}, not cancelled by as-of, whose planned windows share at least a second: the start \
             belongs to a window, the end does not. Ahead: both have not ended by as-of, and the shared time reaches beyond it.",
            name.replace('_', " ")
        ),
        dimension: name.to_owned(),
        n: n as u64,
        changes: touched,
        pairs,
        ahead,
        busiest,
    })
}

/// The dimension by which two changes are for the same thing.
fn thing(log: &WorkLog) -> Option<(&str, &Dimension)> {
    let named = ["service"].iter().chain(&ITEMS).find_map(|name| log.dimension(name));
    let group = || log.group.and_then(|g| log.dimensions.get(g)).or_else(|| log.dimension("group"));
    named.or_else(group).map(|dimension| (dimension.name.as_str(), dimension))
}

/// Overlapping pairs, and the most windows at once: each start meets the windows that are open then.
fn sweep(windows: &[Window]) -> Found {
    let lasting = || windows.iter().filter(|w| w.start < w.end);
    let mut starts: Vec<i64> = lasting().map(|w| w.start).collect();
    let mut ends: Vec<i64> = lasting().map(|w| w.end).collect();
    starts.sort_unstable();
    ends.sort_unstable();
    let mut ended = ends.iter().peekable();
    let mut open = 0;
    let mut found = Found::default();
    for start in starts {
        // A window that ends when another begins does not meet it.
        while ended.next_if(|end| **end <= start).is_some() {
            open -= 1;
        }
        found.pairs += open;
        open += 1;
        found.most = found.most.max(open);
    }
    found
}

/// How many windows overlap at least one other.
fn overlapping(windows: &[Window]) -> u64 {
    let mut sorted: Vec<Window> = windows.iter().filter(|w| w.start < w.end).copied().collect();
    sorted.sort_unstable_by_key(|w| (w.start, w.end));
    let next = sorted.iter().skip(1).map(|w| w.start).chain([i64::MAX]);
    let mut reached = i64::MIN;
    let mut count = 0;
    for (window, next) in sorted.iter().zip(next) {
        count += u64::from(reached > window.start || next < window.end);
        reached = reached.max(window.end);
    }
    count
}
