//! Transfers of tickets between teams, and what waits after them.

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::context::Context;
use super::holders::{self, Holders, Level};
use super::scope::Scope;
use super::time_metric::NONE;
use super::{Computed, unavailable};
use crate::report::{Edge, Handoffs, HolderLead};
use crate::stats;
use crate::worklog::{NO_CODE, Spell, StateClass, WorkLog};

const DEFINITION: &str = "A handoff is a consecutive change of holder in a ticket's history up to as-of, where names are \
    compared without regard to case and space, moments without a holder are passed over and nobody hands over to himself. A \
    ticket ping-pongs where it comes back to an earlier holder. Queued is the time from a handoff until somebody holds the \
    ticket in a state that is not a queue, without hold, at most until the next handoff, the resolution or as-of.";

/// How a spell counts after a handoff.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Wait {
    /// Waiting for us.
    Queued,
    /// Waiting for others, or done for the time being.
    Held,
    /// Somebody has it in hand.
    Over,
}

/// What the history can tell about waiting after a handoff.
#[derive(Clone, Copy, Debug)]
struct Known {
    people: bool,
    states: bool,
    level: Level,
}

impl Known {
    fn any(self) -> bool {
        // Between people, the next one holds the ticket at once: only states could say that it waits.
        self.states || (self.people && self.level == Level::Group)
    }

    fn wait(self, log: &WorkLog, spell: &Spell) -> Wait {
        match log.class_of(spell.state) {
            StateClass::Hold | StateClass::Done | StateClass::Cancelled => Wait::Held,
            StateClass::Queue | StateClass::Planned => Wait::Queued,
            _ if self.people && spell.assignee == NO_CODE => Wait::Queued,
            _ => Wait::Over,
        }
    }
}

/// One handoff: its edge and the time queued after it.
type Transfer = (u32, u32);

#[derive(Debug, Default)]
struct Tally {
    total: u64,
    tickets: u64,
    ping_pong: u64,
    most: u64,
    edges: Vec<(u32, u32, u64)>,
    numbers: HashMap<u64, u32, FixedState>,
    transfers: Vec<Transfer>,
    /// Lead times by 1, 2, 3 or more holders.
    leads: [Vec<u32>; 3],
}

/// Measures transfers over all selected tickets.
///
/// # Errors
/// Where the input has no history that names groups or people, or no ticket is selected.
pub fn compute(cx: &Context<'_>) -> Computed<Handoffs> {
    let (log, scope) = (cx.log, cx.scope);
    let Some(holders) = Holders::new(log) else {
        return Err(unavailable(
            "The input says who holds each ticket now, but not who held it before.",
            "Add an export of changes: a row per update with ticket, time and assignment group or assignee.",
        ));
    };
    if scope.total() == 0 {
        return Err(scope.nothing());
    }
    let spells = log.spells.as_ref();
    let known = Known {
        people: spells.is_some_and(|s| holders::any(&s.assignee)),
        states: spells.is_some_and(|s| holders::any(&s.state)),
        level: holders.level,
    };
    let tally = tally(log, scope, &holders, known);
    let by_holders = tally.leads.into_iter().zip(1..).filter_map(|(mut leads, holders)| {
        stats::sort_seconds(&mut leads);
        Some(HolderLead { holders, n: leads.len() as u64, median_seconds: stats::type7(&leads, 0.5)? })
    });
    Ok(Handoffs {
        definition: DEFINITION.to_owned(),
        level: holders.level.name().to_owned(),
        total: tally.total,
        tickets: tally.tickets,
        ping_pong_tickets: tally.ping_pong,
        max_per_ticket: tally.most,
        by_holders: by_holders.collect(),
        edges: edges(&holders, &tally.edges, tally.transfers, known.any()),
    })
}

fn tally(log: &WorkLog, scope: &Scope, holders: &Holders<'_>, known: Known) -> Tally {
    let mut tally = Tally::default();
    let mut walk = Walk { seen: vec![0; holders.len()], number: 0 };
    for ticket in &scope.finished {
        let distinct = walk.ticket(log, scope, holders, known, (ticket.ticket as usize, ticket.resolved()), &mut tally);
        if let Some(leads) = distinct.checked_sub(1).and_then(|d| tally.leads.get_mut(d.min(2))) {
            leads.push(ticket.lead());
        }
    }
    let open = scope.open.iter().map(|t| (t.ticket, scope.as_of));
    let cancelled = scope.cancelled.iter().map(|t| (t.ticket, t.left.unwrap_or(scope.as_of)));
    for (ticket, end) in open.chain(cancelled) {
        walk.ticket(log, scope, holders, known, (ticket as usize, end), &mut tally);
    }
    tally
}

/// Goes through histories; remembers for each holder the last ticket it had, so that "seen before" is a look-up.
struct Walk {
    seen: Vec<u32>,
    number: u32,
}

impl Walk {
    /// Counts a ticket's transfers. Answers how many distinct holders it had.
    fn ticket(
        &mut self,
        log: &WorkLog,
        scope: &Scope,
        holders: &Holders<'_>,
        known: Known,
        (ticket, end): (usize, i64),
        tally: &mut Tally,
    ) -> usize {
        self.number += 1;
        let (mut last, mut distinct, mut transfers, mut returned) = (None, 0, 0, false);
        let mut pending: Option<Transfer> = None;
        let mut queued = 0_i64;
        let spells = log.spells.as_ref().map(|s| s.of(ticket));
        for spell in spells.into_iter().flatten().take_while(|s| s.start <= scope.as_of) {
            if let Some(to) = holders.of(&spell)
                && last != Some(to)
            {
                let back = self.seen.get(to as usize) == Some(&self.number);
                if let Some(seen) = self.seen.get_mut(to as usize) {
                    *seen = self.number;
                }
                distinct += usize::from(!back);
                if let Some(from) = last {
                    tally.close(&mut pending, &mut queued);
                    pending = Some((tally.edge(from, to, back), 0));
                    transfers += 1;
                    returned |= back;
                }
                last = Some(to);
            }
            if pending.is_some() {
                match known.wait(log, &spell) {
                    Wait::Queued => queued += (spell.end.map_or(end, |e| e.min(end)) - spell.start).max(0),
                    Wait::Held => {}
                    Wait::Over => tally.close(&mut pending, &mut queued),
                }
            }
        }
        tally.close(&mut pending, &mut queued);
        tally.total += transfers;
        tally.tickets += u64::from(transfers > 0);
        tally.ping_pong += u64::from(returned);
        tally.most = tally.most.max(transfers);
        distinct
    }
}

impl Tally {
    /// The number of an edge, which is new where it was never seen; counts a transfer along it.
    fn edge(&mut self, from: u32, to: u32, back: bool) -> u32 {
        let next = u32::try_from(self.edges.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(u64::from(from) << 32 | u64::from(to)).or_insert(next);
        if number == next {
            self.edges.push((from, to, 0));
        }
        if let Some((_, _, returns)) = self.edges.get_mut(number as usize) {
            *returns += u64::from(back);
        }
        number
    }

    /// Ends the wait after the pending transfer, if there is one.
    fn close(&mut self, pending: &mut Option<Transfer>, queued: &mut i64) {
        if let Some((edge, _)) = pending.take() {
            self.transfers.push((edge, u32::try_from(*queued).unwrap_or(u32::MAX)));
        }
        *queued = 0;
    }
}

/// The report's rows: most frequent first.
fn edges(holders: &Holders<'_>, edges: &[(u32, u32, u64)], transfers: Vec<Transfer>, timed: bool) -> Vec<Edge> {
    let mut waits: Vec<Vec<u32>> = vec![Vec::new(); edges.len()];
    for (edge, queued) in transfers {
        if let Some(waits) = waits.get_mut(edge as usize) {
            waits.push(queued);
        }
    }
    let name = |code| Some(holders.name(code)).filter(|n| !n.is_empty()).unwrap_or(NONE).to_owned();
    let mut rows: Vec<Edge> = Vec::with_capacity(edges.len());
    for (&(from, to, returns), mut waits) in edges.iter().zip(waits) {
        stats::sort_seconds(&mut waits);
        rows.push(Edge {
            from: name(from),
            to: name(to),
            count: waits.len() as u64,
            queued_seconds: timed.then(|| waits.iter().map(|&w| i64::from(w)).sum()),
            median_queued_seconds: stats::type7(&waits, 0.5).filter(|_| timed),
            returns,
            mean_queued_seconds: None,
            lower_queued_seconds: None,
            upper_queued_seconds: None,
            bounce_rate: None,
            lead_share: None,
        });
    }
    rows.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| (&a.from, &a.to).cmp(&(&b.from, &b.to))));
    rows
}
