//! From request to approval, to the start, to the end.

use super::Notes;
use super::selection::Change;
use crate::metrics::context::Context;
use crate::metrics::{Computed, time_metric, unavailable};
use crate::report::{DeliveryTime, Unavailable};
use crate::stats;
use crate::worklog::ResultClass;

/// The times of changes.
#[derive(Debug, Default)]
pub struct Times {
    /// From request to approval.
    pub approval: Option<DeliveryTime>,
    /// To the actual start.
    pub start: Option<DeliveryTime>,
    /// From the actual start to the end.
    pub end: Option<DeliveryTime>,
}

/// Measures the times, and tells from where that to the start is taken: `approved` where any change says when it was approved,
/// else `opened`. Cancelled changes are in the time to approval and start as far as they came, and in no time to the end.
pub fn compute(cx: &Context<'_>, changes: &[Change], notes: &mut Notes) -> (&'static str, Times) {
    let approvals = changes.iter().any(|change| change.approved.is_some());
    let from = if approvals { "approved" } else { "opened" };
    let requested = requested(changes);
    let to_approval = if approvals {
        requested.clone().and_then(|()| {
            measure(cx, changes, |c| Some((c.opened, c.approved?)))
                .ok_or_else(|| no_pair("approved after it was opened"))
        })
    } else {
        Err(unavailable(
            "No column says when changes were approved.",
            "Add the column with the instant of approval to the export of changes.",
        ))
    };
    let no_start = || {
        unavailable(
            "No change says when work on it actually began.",
            "Add the column with the actual start (\"Actual start date\", work_start) to the export of changes.",
        )
    };
    let to_start = match (changes.iter().any(|c| c.started.is_some()), approvals) {
        (false, _) => Err(no_start()),
        (true, true) => measure(cx, changes, |c| Some((c.approved?, c.started?)))
            .ok_or_else(|| no_pair("started after it was approved")),
        (true, false) => requested.and_then(|()| {
            measure(cx, changes, |c| Some((c.opened, c.started?))).ok_or_else(|| no_pair("started after it was opened"))
        }),
    };
    let to_end = match (changes.iter().any(|c| c.started.is_some()), changes.iter().any(|c| ends(c).is_some())) {
        (false, _) => Err(no_start()),
        (true, false) => Err(unavailable(
            "No change says when it ended.",
            "Add the column with the actual end (\"Actual end date\", work_end) to the export of changes.",
        )),
        (true, true) => {
            measure(cx, changes, |c| Some((c.started?, ends(c)?))).ok_or_else(|| no_pair("ended after it was started"))
        }
    };
    say_what_is_left_out(changes, approvals, notes);
    let times = Times {
        approval: notes.take("to_approval", to_approval),
        start: notes.take("to_start", to_start),
        end: notes.take("to_end", to_end),
    };
    (from, times)
}

fn ends(change: &Change) -> Option<i64> {
    change.ended.filter(|_| change.result != ResultClass::Cancelled)
}

/// Whether the openings are those of requests. Where a file has no such column, reading takes the start for it, and times from
/// request would be those of nothing.
///
/// # Errors
/// Where each change that has a start, actual or planned, was opened at that very second.
pub fn requested(changes: &[Change]) -> Computed<()> {
    let stands_in = |c: &&Change| c.started == Some(c.opened) || c.planned.is_some_and(|(start, _)| start == c.opened);
    let mut begun = changes.iter().filter(|c| c.started.is_some() || c.planned.is_some()).peekable();
    if begun.peek().is_none() || !begun.all(|c| stands_in(&c)) {
        return Ok(());
    }
    Err(unavailable(
        "Each change was opened when it began: its start stands in for the request.",
        "Add the column with the instant at which changes were requested (\"Opened\", \"Created\").",
    ))
}

fn no_pair(what: &str) -> Unavailable {
    unavailable(format!("No change was {what}."), "Check which columns of the mapping fill these instants.")
}

/// The time between two instants of each change that has both in this order; none where none has.
fn measure(cx: &Context<'_>, changes: &[Change], pair: impl Fn(&Change) -> Option<(i64, i64)>) -> Option<DeliveryTime> {
    let time = |change: &Change| {
        let (from, to) = pair(change)?;
        (from <= to).then(|| cx.stretch(change.ticket, from, to))
    };
    let mut sorted: Vec<u32> = changes.iter().filter_map(time).collect();
    stats::sort_seconds(&mut sorted);
    Some(DeliveryTime {
        n: sorted.len() as u64,
        mean_seconds: time_metric::mean(&sorted)?,
        percentiles: time_metric::percentiles(&sorted, &cx.query.percentiles, cx.query.percentile_method),
    })
}

fn say_what_is_left_out(changes: &[Change], approvals: bool, notes: &mut Notes) {
    let count = |asked: &dyn Fn(&Change) -> Option<bool>| {
        changes.iter().filter(|change| asked(change) == Some(true)).count() as u64
    };
    notes.caution(
        count(&|c| Some(c.approved? < c.opened)),
        "was approved before it was opened, and is not in the time to approval.",
        "were approved before they were opened, and are not in the time to approval.",
    );
    notes.caution(
        count(&|c| Some(c.started? < c.approved?)),
        "began before it was approved, and is not in the time to the start.",
        "began before they were approved, and are not in the time to the start.",
    );
    notes.caution(
        if approvals { count(&|c| Some(c.started.is_some() && c.approved.is_none())) } else { 0 },
        "began and says nothing of an approval, and is not in the time to the start.",
        "began and say nothing of an approval, and are not in the time to the start.",
    );
    notes.caution(
        if approvals { 0 } else { count(&|c| Some(c.started? < c.opened)) },
        "began before it was opened, and is not in the time to the start.",
        "began before they were opened, and are not in the time to the start.",
    );
    notes.caution(
        count(&|c| Some(ends(c)? < c.started?)),
        "ended before it began, and is in no time to the end and no comparison with its window.",
        "ended before they began, and are in no time to the end and no comparison with their windows.",
    );
}
