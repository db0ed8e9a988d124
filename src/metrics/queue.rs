//! What can be proven about waiting without time sheets: the attention bound.

use super::scope::Scope;
use super::time_metric::ELAPSED;
use super::{Computed, holders, unavailable};
use crate::report::Queue;
use crate::worklog::{NO_CODE, StateClass, WorkLog};

const DEFINITION: &str = "If a person works on at most one ticket at a time (1), and work on a ticket is done by its assignee \
    while assigned and not on hold (2), then work cannot exceed the time in which each person held at least one ticket that \
    was not on hold, summed over people: attended. So at least 1 - attended / (lead - hold) of the lead time was waiting. \
    Measured on finished tickets that had an assignee, between opened and resolved; time in done states before a reopening \
    counts as hold.";

/// Measures the attention bound: the union of each person's held intervals, by elapsed time.
///
/// # Errors
/// Where the history names no people, or finished tickets that had one took no time outside hold.
pub fn compute(log: &WorkLog, scope: &Scope) -> Computed<Queue> {
    let (Some(spells), Some(people)) = (
        log.spells.as_ref().filter(|s| holders::any(&s.assignee)),
        log.assignee.and_then(|d| log.dimensions.get(d)).map(|d| d.dictionary.len()),
    ) else {
        return Err(unavailable(
            "The history does not say which person held a ticket when.",
            "Add an export of changes: a row per update with ticket, time and assignee; hold states sharpen the result.",
        ));
    };
    if scope.finished.is_empty() {
        return Err(scope.nothing());
    }
    let mut held: Vec<Vec<(u32, u32)>> = vec![Vec::new(); people];
    let (mut n, mut lead_seconds, mut hold_seconds, mut with_person) = (0, 0_i64, 0_i64, 0_i64);
    let mut own: Vec<(u32, u32, u32)> = Vec::new();
    for ticket in &scope.finished {
        let (opened, resolved) = (ticket.opened(), ticket.resolved());
        let (mut paused, mut assigned) = (0, false);
        own.clear();
        for spell in spells.of(ticket.ticket as usize).take_while(|s| s.start < resolved) {
            let (from, to) = (spell.start.max(opened), spell.end.unwrap_or(resolved).min(resolved));
            if to <= from {
                continue;
            }
            assigned |= spell.assignee != NO_CODE;
            match log.class_of(spell.state) {
                StateClass::Hold | StateClass::Done | StateClass::Cancelled => paused += to - from,
                _ if spell.assignee != NO_CODE => {
                    let second = |t: i64| u32::try_from(t).unwrap_or(u32::MAX);
                    own.push((spell.assignee, second(from), second(to)));
                }
                _ => {}
            }
        }
        if !assigned {
            continue;
        }
        n += 1;
        lead_seconds += resolved - opened;
        hold_seconds += paused;
        for &(person, from, to) in &own {
            with_person += i64::from(to) - i64::from(from);
            if let Some(intervals) = held.get_mut(person as usize) {
                intervals.push((from, to));
            }
        }
    }
    let attended_seconds: i64 = held.iter_mut().map(|intervals| union(intervals)).sum();
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
        unassigned_seconds: open_seconds - with_person,
        assumptions: vec![
            "A person works on at most one ticket at a time.".to_owned(),
            "Work on a ticket is done by its assignee, while it is assigned and not on hold.".to_owned(),
            "Waits for others that nobody recorded as hold are not taken out of the lead time.".to_owned(),
        ],
    })
}

/// Length of the union of intervals.
fn union(intervals: &mut [(u32, u32)]) -> i64 {
    intervals.sort_unstable();
    let (mut total, mut reached) = (0, 0);
    for &mut (from, to) in intervals {
        let from = from.max(reached);
        if to > from {
            total += i64::from(to) - i64::from(from);
            reached = to;
        }
    }
    total
}

#[cfg(test)]
mod tests {
    use super::union;

    #[test]
    fn overlaps_count_once() {
        assert_eq!(union(&mut [(5, 9), (0, 3), (2, 4), (6, 7), (9, 10)]), 9);
        assert_eq!(union(&mut []), 0);
    }
}
