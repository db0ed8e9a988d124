//! Planned windows against what happened.

use super::Notes;
use super::outcomes::rate;
use super::selection::Change;
use crate::metrics::unavailable;
use crate::report::ChangeWindow;
use crate::stats;
use crate::worklog::ResultClass;

const DEFINITION: &str = "Of changes that have a planned start and end and an actual start and end by as-of, without the cancelled \
    ones. Inside: began no earlier than planned and ended no later. Early: began before the planned start. Late: began after the \
    planned end. Overrun: actual end minus planned end of those that ended after it. Elapsed seconds; medians of type 7 of Hyndman \
    & Fan (1996).";
const INSIDE: &str =
    "Changes that began and ended within their planned window, both ends included. Interval of Wilson (1927), 95 %.";

/// A change with both windows.
struct Both {
    planned: (i64, i64),
    actual: (i64, i64),
}

/// Compares windows.
pub fn compute(changes: &[Change], notes: &mut Notes) -> Option<ChangeWindow> {
    let inverted = |c: &Change| c.planned.is_some_and(|(start, end)| end < start);
    notes.caution(
        changes.iter().filter(|c| inverted(c)).count() as u64,
        "is planned to end before it begins, and is in no figure of windows.",
        "are planned to end before they begin, and are in no figure of windows.",
    );
    if !changes.iter().any(|c| c.planned.is_some()) {
        let why = unavailable(
            "No change has a planned start and a planned end.",
            "Add the columns with the planned start and end (\"Planned start date\", \"Planned end date\") to the export of \
             changes.",
        );
        notes.missing.insert("window".to_owned(), why);
        return None;
    }
    let both = |c: &Change| {
        let actual = (c.started?, c.ended.filter(|_| !c.from_closed && c.result != ResultClass::Cancelled)?);
        let planned = c.planned.filter(|_| !inverted(c))?;
        (actual.0 <= actual.1).then_some(Both { planned, actual })
    };
    let seen: Vec<Both> = changes.iter().filter_map(both).collect();
    let inside = rate(INSIDE, seen.iter().map(|b| b.actual.0 >= b.planned.0 && b.actual.1 <= b.planned.1));
    let Some(inside) = inside else {
        let why = unavailable(
            "No change with a planned window has both an actual start and an actual end.",
            "Add the columns with the actual start and end (\"Actual start date\", \"Actual end date\") to the export of \
             changes.",
        );
        notes.missing.insert("window".to_owned(), why);
        return None;
    };
    let count = |asked: fn(&Both) -> bool| seen.iter().filter(|b| asked(b)).count() as u64;
    let length = |of: fn(&Both) -> (i64, i64)| median(seen.iter().map(of).map(|(from, to)| to - from));
    let late = |b: &Both| b.actual.1 > b.planned.1;
    Some(ChangeWindow {
        definition: DEFINITION.to_owned(),
        n: seen.len() as u64,
        inside,
        began_early: count(|b| b.actual.0 < b.planned.0),
        began_late: count(|b| b.actual.0 > b.planned.1),
        ended_late: count(late),
        overrun_median_seconds: median(seen.iter().filter(|b| late(b)).map(|b| b.actual.1 - b.planned.1)),
        planned_median_seconds: length(|b| b.planned)?,
        actual_median_seconds: length(|b| b.actual)?,
        without_plan: changes.iter().filter(|c| c.carried_out() && c.planned.is_none()).count() as u64,
    })
}

/// The median of lengths; none of none.
pub fn median(seconds: impl Iterator<Item = i64>) -> Option<f64> {
    let mut sorted: Vec<u32> = seconds.map(|s| u32::try_from(s.max(0)).unwrap_or(u32::MAX)).collect();
    stats::sort_seconds(&mut sorted);
    stats::type7(&sorted, 0.5)
}
