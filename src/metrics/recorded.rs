//! Lengths of time as the tool recorded them. They are shown beside our own figures, never mixed with them.

use super::scope::Scope;
use super::{Computed, unavailable};
use crate::mapping::{DurationUnit, Field};
use crate::report::Recorded;
use crate::stats;
use crate::worklog::WorkLog;

/// What each field holds, for people.
const MEANINGS: [(Field, &str); 4] = [
    (Field::Duration, "from opening to end"),
    (Field::OnHold, "on hold"),
    (Field::Waiting, "waiting for us"),
    (Field::Worked, "of work"),
];

/// Median, 85th percentile and sum of each recorded length, over the selected tickets that have one.
///
/// # Errors
/// Where the data have none.
pub fn compute(log: &WorkLog, scope: &Scope) -> Computed<Vec<Recorded>> {
    let mut found = Vec::new();
    for (field, meaning) in MEANINGS {
        let Some(recorded) = log.recorded.get(&field) else { continue };
        let mut values: Vec<u32> = scope.tickets().filter_map(|ticket| recorded.get(ticket)).collect();
        values.sort_unstable();
        let (Some(median), Some(p85)) = (stats::type7(&values, 0.5), stats::type7(&values, 0.85)) else { continue };
        found.push(Recorded {
            field: field.name().to_owned(),
            label: recorded.label.clone(),
            definition: format!(
                "Time {meaning} as the tool recorded it in \"{}\", of the selected tickets that have a value. Percentiles \
                 of type 7 (Hyndman & Fan 1996).",
                recorded.label
            ),
            clock: "as recorded by the tool".to_owned(),
            unit: recorded.unit.map_or("as written", DurationUnit::name).to_owned(),
            n: values.len() as u64,
            median_seconds: median,
            p85_seconds: p85,
            sum_seconds: values.iter().map(|v| u64::from(*v)).sum(),
        });
    }
    if found.is_empty() {
        return Err(unavailable(
            "The data record no length of time.",
            "Add a column such as the duration, the time on hold or the time worked, and name its unit in the mapping where \
             its header does not.",
        ));
    }
    Ok(found)
}
