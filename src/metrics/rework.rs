//! Steps back in the flow: what was done is opened again, what was under way goes back to where it had been.

use std::collections::BTreeMap;

use super::context::Context;
use super::{Computed, holders, unavailable};
use crate::report::{Rate, Rework, ReworkEdge};
use crate::stats::wilson;
use crate::worklog::{NO_CODE, Spell, StateClass, WorkLog};

const DEFINITION: &str = "A step back is a change, up to as-of, out of a done state into one that is neither done nor \
    cancelled; or into a planned, queue or active state in which the ticket had been before, from another one of the same \
    class or from a later class (planned, queue, active). From queue or hold on to work is no step back, and neither is a \
    queue that the ticket enters for the first time: that is a further stage. Holds, cancelled and unknown states in between \
    are passed over. Rework is the time of finished tickets in active states after their first step back, and its share is \
    over all their time in active states; it is time in states, no time sheet.";
const TICKETS: &str = "Tickets with at least one step back, of those whose history has a state by as-of. Interval of Wilson \
    (1927), 95 %.";

/// A change from one state to another.
type Edge = (u32, u32);

/// Counts steps back over all selected tickets, and the time in active states after the first one over the finished ones.
///
/// # Errors
/// Where the input has no history of states.
pub fn compute(cx: &Context<'_>) -> Computed<Rework> {
    let log = cx.log;
    let (Some(_), Some(names)) = (
        log.spells.as_ref().filter(|s| holders::any(&s.state)),
        log.state.and_then(|d| log.dimensions.get(d)).map(|d| &d.dictionary),
    ) else {
        return Err(unavailable(
            "The input says in which state each ticket is now, but not through which it went.",
            "Add an export of changes: a row per update with ticket, time and state.",
        ));
    };
    let mut edges: BTreeMap<Edge, u64> = BTreeMap::new();
    let (mut n, mut tickets) = (0, 0);
    let mut walk = Walk { entered: vec![0; log.classes.len()], number: 0 };
    let mut add = |ticket: usize| {
        let mut first = None;
        let any = walk.ticket(log, ticket, cx.scope.as_of, |at, edge| {
            first = first.or(Some(at));
            *edges.entry(edge).or_default() += 1;
        });
        n += u64::from(any);
        tickets += u64::from(first.is_some());
        first
    };
    let (mut rework, mut active) = (0_u64, 0_u64);
    for ticket in &cx.scope.finished {
        let first = add(ticket.ticket as usize).unwrap_or(i64::MAX);
        let (after, all) = work(cx, ticket.ticket, (ticket.opened(), ticket.resolved()), first);
        rework += after;
        active += all;
    }
    let others = cx.scope.open.iter().map(|t| t.ticket).chain(cx.scope.cancelled.iter().map(|t| t.ticket));
    for ticket in others {
        add(ticket as usize);
    }
    let Some(w) = wilson(tickets, n) else {
        return Err(if cx.scope.total() == 0 {
            cx.scope.nothing()
        } else {
            unavailable(
                "None of the selected tickets has a state in its history by as-of.",
                "Export the changes of the same period as the tickets, or widen the filter.",
            )
        });
    };
    let mut rows: Vec<ReworkEdge> = edges
        .into_iter()
        .map(|((from, to), count)| ReworkEdge {
            from: names.get(from as usize).to_owned(),
            to: names.get(to as usize).to_owned(),
            count,
        })
        .collect();
    rows.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| (&a.from, &a.to).cmp(&(&b.from, &b.to))));
    Ok(Rework {
        definition: DEFINITION.to_owned(),
        clock: cx.stretch_clock().to_owned(),
        tickets: Rate {
            definition: TICKETS.to_owned(),
            n,
            count: tickets,
            rate: w.rate,
            lower: w.lower,
            upper: w.upper,
        },
        steps: rows.iter().map(|row| row.count).sum(),
        edges: rows,
        seconds: i64::try_from(rework).unwrap_or(i64::MAX),
        share: (active > 0).then(|| rework as f64 / active as f64),
    })
}

/// Time in active states between opened and resolved: after an instant, and in all.
fn work(cx: &Context<'_>, ticket: u32, (opened, resolved): (i64, i64), after: i64) -> (u64, u64) {
    let spells = cx.log.spells.as_ref().map(|s| s.of(ticket as usize));
    let active = spells.into_iter().flatten().filter(|s| cx.log.class_of(s.state) == StateClass::Active);
    let length = |s: &Spell, from: i64| {
        u64::from(cx.stretch(ticket, s.start.max(from), s.end.map_or(resolved, |e| e.min(resolved))))
    };
    active.fold((0, 0), |(later, all), s| {
        // A spell begins with the step or lies on one side of it.
        (later + if s.start >= after { length(&s, opened) } else { 0 }, all + length(&s, opened))
    })
}

/// Goes through histories; remembers for each state the last ticket that entered it.
struct Walk {
    entered: Vec<u32>,
    number: u32,
}

impl Walk {
    /// Tells each step back of a ticket up to an instant: when, from which state and to which. Answers whether the ticket
    /// has a state by then.
    fn ticket(&mut self, log: &WorkLog, ticket: usize, as_of: i64, mut step: impl FnMut(i64, Edge)) -> bool {
        self.number += 1;
        let mut any = false;
        // The last state of the flow, and the done state in which the ticket is.
        let (mut last, mut done): (Option<u32>, Option<u32>) = (None, None);
        let spells = log.spells.as_ref().map(|s| s.of(ticket).take_while(|s| s.start <= as_of));
        for spell in spells.into_iter().flatten().filter(|s| s.state != NO_CODE) {
            any = true;
            let to = spell.state;
            let class = log.class_of(to);
            if matches!(class, StateClass::Done | StateClass::Cancelled) {
                done = (class == StateClass::Done).then_some(to);
                continue;
            }
            let again = self.enters(to);
            if let Some(from) = done.take() {
                step(spell.start, (from, to));
                last = None;
            } else if let (Some(from), Some(rank)) = (last, rank(class))
                && from != to
                && again
                && rank_of(log, from).is_some_and(|before| rank <= before)
            {
                step(spell.start, (from, to));
            }
            if rank(class).is_some() {
                last = Some(to);
            }
        }
        any
    }

    /// Notes that the present ticket is in a state; answers whether it was before.
    fn enters(&mut self, state: u32) -> bool {
        let entered = self.entered.get_mut(state as usize);
        entered.is_some_and(|entered| std::mem::replace(entered, self.number) == self.number)
    }
}

/// The place of a class in the flow before the end; none for what lies beside it.
fn rank(class: StateClass) -> Option<u8> {
    match class {
        StateClass::Planned => Some(0),
        StateClass::Queue => Some(1),
        StateClass::Active => Some(2),
        StateClass::Hold | StateClass::Done | StateClass::Cancelled | StateClass::Unknown => None,
    }
}

fn rank_of(log: &WorkLog, state: u32) -> Option<u8> {
    rank(log.class_of(state))
}
