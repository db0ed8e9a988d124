//! What was waiting: what can be proven without time sheets (the attention bound), and where lead time went.

mod pieces;
mod touch;
mod waste;

use std::collections::BTreeMap;

use super::context::Context;
use super::scope::Scope;
use super::time_metric::ELAPSED;
use super::{Computed, evidence, holders, unavailable};
use crate::report::Queue;
use crate::worklog::WorkLog;
use pieces::{Cutter, Kind, Piece};
use waste::Waste;

const DEFINITION: &str = "If a person works on at most one ticket at a time (1), and work on a ticket is done by its assignee \
    while assigned and not on hold (2), then work cannot exceed the time in which each person held at least one ticket that \
    was not on hold, summed over people: attended. So at least 1 - attended / (lead - hold) of the lead time was waiting. \
    Measured on finished tickets that had an assignee, between opened and resolved; time in done states before a reopening \
    counts as hold.";

/// Measures what was waiting: the attention bound, and where lead time went.
///
/// # Errors
/// As [`bound`].
pub fn compute(cx: &Context<'_>) -> Computed<Queue> {
    let mut pieces = Vec::new();
    let mut queue = bound_of(cx.log, cx.scope, &mut pieces)?;
    let level = evidence::compute(cx.log).level;
    let waste = Waste::new(cx, &pieces, &level);
    queue.share = waste.share();
    queue.by = waste.by();
    queue.edges = waste.edges();
    queue.waste = Some(waste.report(queue.attended_seconds));
    Ok(queue)
}

/// Measures the attention bound: the union of each person's held intervals, by elapsed time.
///
/// # Errors
/// Where the history names no people, or finished tickets that had one took no time outside hold.
pub fn bound(log: &WorkLog, scope: &Scope) -> Computed<Queue> {
    bound_of(log, scope, &mut Vec::new())
}

fn bound_of(log: &WorkLog, scope: &Scope, pieces: &mut Vec<Piece>) -> Computed<Queue> {
    if log.spells.as_ref().is_none_or(|s| !holders::any(&s.assignee)) {
        return Err(unavailable(
            "The history does not say which person held a ticket when.",
            "Add an export of changes: a row per update with ticket, time and assignee; hold states sharpen the result.",
        ));
    }
    if scope.finished.is_empty() {
        return Err(scope.nothing());
    }
    let cutter = Cutter::new(log, evidence::compute(log).level == "E4");
    let (mut n, mut lead_seconds) = (0, 0_i64);
    for ticket in &scope.finished {
        if cutter.cut(ticket, pieces) {
            n += 1;
            lead_seconds += ticket.resolved() - ticket.opened();
        }
    }
    let length = |p: &Piece| i64::from(p.to) - i64::from(p.from);
    let sum = |wanted: fn(Kind) -> bool| pieces.iter().filter(|p| wanted(p.kind)).map(length).sum::<i64>();
    let hold_seconds = sum(|kind| matches!(kind, Kind::Hold(_)));
    let unassigned_seconds = sum(|kind| kind == Kind::Group);
    let attended_seconds =
        touch::attended(pieces).iter().map(|&(_, from, to)| i64::from(to) - i64::from(from)).sum::<i64>();
    let open_seconds = lead_seconds - hold_seconds;
    if open_seconds <= 0 {
        return Err(unavailable(
            "No finished ticket that had an assignee spent any time outside hold.",
            "Widen the filter, or add an export of changes with assignees.",
        ));
    }
    Ok(Queue {
        definition: DEFINITION.to_owned(),
        clock: ELAPSED.to_owned(),
        n,
        share_lower_bound: (1.0 - attended_seconds as f64 / open_seconds as f64).clamp(0.0, 1.0),
        attended_seconds,
        lead_seconds,
        hold_seconds,
        unassigned_seconds,
        assumptions: vec![
            "A person works on at most one ticket at a time.".to_owned(),
            "Work on a ticket is done by its assignee, while it is assigned and not on hold.".to_owned(),
            "Waits for others that nobody recorded as hold are not taken out of the lead time.".to_owned(),
        ],
        share: None,
        waste: None,
        by: BTreeMap::new(),
        edges: Vec::new(),
    })
}
