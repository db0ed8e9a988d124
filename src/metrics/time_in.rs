//! Where finished tickets spent their time: by state, by group.

use super::context::Context;
use super::time_metric::NONE;
use super::{Computed, holders, unavailable};
use crate::query::ClockKind;
use crate::report::{TimeIn, TimeInRow};
use crate::worklog::{Codes, Dictionary, NO_CODE, Spell, StateClass};

/// Time by state.
///
/// # Errors
/// Where the input has no history of states, or no finished ticket took any time.
pub fn state(cx: &Context<'_>) -> Computed<TimeIn> {
    let log = cx.log;
    let codes = log.spells.as_ref().map(|s| &s.state);
    let dictionary = log.state.and_then(|d| log.dimensions.get(d)).map(|d| &d.dictionary);
    let class = |code| Some(log.class_of(code));
    compute(cx, "state", codes.zip(dictionary), |s| s.state, class)
}

/// Time by group.
///
/// # Errors
/// Where the input has no history of groups, or no finished ticket took any time.
pub fn group(cx: &Context<'_>) -> Computed<TimeIn> {
    let log = cx.log;
    let codes = log.spells.as_ref().map(|s| &s.group);
    let dictionary = log.group.and_then(|d| log.dimensions.get(d)).map(|d| &d.dictionary);
    compute(cx, "group", codes.zip(dictionary), |s| s.group, |_| None)
}

/// Divides the time between opened and resolved of each finished ticket among the values of its spells. What no spell
/// covers, and spells without a value, count as "(none)", so that the rows add up to the lead times exactly. For that the clock
/// of calendar days is of no use; every second counts instead.
fn compute(
    cx: &Context<'_>,
    what: &str,
    column: Option<(&Codes, &Dictionary)>,
    code_of: impl Fn(&Spell) -> u32,
    class: impl Fn(u32) -> Option<StateClass>,
) -> Computed<TimeIn> {
    let (Some((_, dictionary)), Some(spells)) = (column.filter(|(codes, _)| holders::any(codes)), &cx.log.spells)
    else {
        return Err(unavailable(
            format!("The input says in which {what} each ticket is now, but not since when or where it was before."),
            format!("Add an export of changes: a row per update with ticket, time and {what}."),
        ));
    };
    let scope = cx.scope;
    let kind = if cx.clock.adds_up() { cx.clock.kind() } else { ClockKind::Elapsed };
    let counted = |ticket: u32, from: i64, to: i64| match kind {
        ClockKind::Elapsed => to - from,
        _ => i64::from(cx.clock.between(ticket, from, to)),
    };
    // The last slot is for no value.
    let nobody = dictionary.len();
    let mut seconds = vec![0_i64; nobody + 1];
    let mut tickets = vec![0_u64; nobody + 1];
    let mut last = vec![0_usize; nobody + 1];
    let mut lead_seconds = 0_i64;
    for (number, ticket) in (1..).zip(&scope.finished) {
        let (opened, resolved) = (ticket.opened(), ticket.resolved());
        lead_seconds += counted(ticket.ticket, opened, resolved);
        let mut add = |slot: usize, from: i64, to: i64| {
            let slot = slot.min(nobody);
            let time = if to > from { counted(ticket.ticket, from, to) } else { 0 };
            if time == 0 {
                return;
            }
            if let (Some(sum), Some(count), Some(last)) =
                (seconds.get_mut(slot), tickets.get_mut(slot), last.get_mut(slot))
            {
                *sum += time;
                *count += u64::from(*last != number);
                *last = number;
            }
        };
        let mut reached = opened;
        for spell in spells.of(ticket.ticket as usize) {
            let (from, to) = (spell.start.max(opened), spell.end.unwrap_or(i64::MAX).min(resolved));
            if to > from {
                add(nobody, reached, from);
                let code = code_of(&spell);
                add(if code == NO_CODE { nobody } else { code as usize }, from, to);
                reached = to;
            }
        }
        add(nobody, reached, resolved);
    }
    if scope.finished.is_empty() {
        return Err(scope.nothing());
    }
    if lead_seconds == 0 {
        return Err(unavailable(
            match kind {
                ClockKind::Elapsed => "All finished tickets were resolved at the second they were opened.",
                _ => "No finished ticket was in work at any second of working hours.",
            },
            "Nothing to divide.",
        ));
    }
    let mut rows: Vec<TimeInRow> = Vec::new();
    for (slot, (&seconds, &tickets)) in seconds.iter().zip(&tickets).enumerate().filter(|(_, (s, _))| **s > 0) {
        let key = Some(dictionary.get(slot)).filter(|key| slot < nobody && !key.is_empty()).unwrap_or(NONE);
        let class = if slot < nobody { u32::try_from(slot).map_or(None, &class) } else { class(NO_CODE) };
        let share = seconds as f64 / lead_seconds as f64;
        rows.push(TimeInRow { key: key.to_owned(), class, tickets, seconds, share });
    }
    rows.sort_by(|a, b| b.seconds.cmp(&a.seconds).then_with(|| a.key.cmp(&b.key)));
    Ok(TimeIn {
        definition: format!(
            "Time that finished tickets spent in each {what} between opened and resolved, from the history; time without a \
             {what} is \"{NONE}\". Shares are ratios of sums.{}",
            note(cx)
        ),
        clock: kind.name().to_owned(),
        n: scope.finished.len() as u64,
        lead_seconds,
        rows,
    })
}

/// The clock, where it is not the plain one.
fn note(cx: &Context<'_>) -> String {
    match cx.clock.kind() {
        ClockKind::Elapsed => String::new(),
        ClockKind::Business => format!(" {}.", cx.clock.unit()),
        ClockKind::Days => {
            " Elapsed seconds: calendar days do not add up, since one in which a ticket moves on would count \
                            twice."
                .to_owned()
        }
    }
}
