//! Handoffs across the wall between development and operations.

use std::collections::{BTreeMap, BTreeSet};

use super::selection::{Selection, beside, refused};
use crate::metrics::clock::Clock;
use crate::metrics::context::Context;
use crate::metrics::handoffs::walk;
use crate::metrics::holders::{Holders, Level};
use crate::metrics::scope::Scope;
use crate::metrics::split;
use crate::metrics::waits::Waits;
use crate::metrics::{Computed, unavailable};
use crate::report::{Wall, WallCrossing, WallGroup};
use crate::stats;
use crate::worklog::{Role, Side, World};

const DEFINITION: &str = "A handoff is a consecutive change of group in the history of a ticket up to as-of, as in the price \
    list of handoffs. It crosses the wall where one group stands on the side of development and the other on that of \
    operations, as the mapping of the groups says. Queued is the time until somebody takes the ticket up, without hold.";

/// Handoffs in one direction, in the making.
#[derive(Debug, Default)]
struct Crossing(Vec<u32>);

/// Handoffs of tickets between the sides.
///
/// # Errors
/// Where there are no tickets, their history names no groups, or no group has a side.
pub fn compute(world: &World<'_>, cx: &Context<'_>) -> Computed<Wall> {
    let Some(log) = world.of(Role::Tickets) else {
        return Err(unavailable(
            "The input holds no tickets.",
            "Add an export of changes of tickets with their groups.",
        ));
    };
    if log.role == cx.log.role {
        return of(cx);
    }
    let query = beside(cx);
    let selection = Selection::new(log, cx)?;
    let scope = Scope::new(log, &query).map_err(|e| refused(&e))?;
    let clock = Clock::new(log, &query).map_err(|e| refused(&e))?;
    let kept = split::by_block(log, &scope, 1, |ticket| usize::from(!selection.keeps(ticket)));
    let scope = kept.into_iter().next().unwrap_or(scope);
    of(&Context { log, scope: &scope, query: &query, clock: &clock, dimensions: &[] })
}

fn of(cx: &Context<'_>) -> Computed<Wall> {
    let log = cx.log;
    let Some(holders) = Holders::at(log, Level::Group) else {
        return Err(unavailable(
            "The history does not say which group held a ticket when.",
            "Add an export of changes: a row per update with ticket, time and assignment group.",
        ));
    };
    if log.sides.iter().all(Option::is_none) {
        return Err(unavailable(
            "No group stands on a side of the wall between development and operations.",
            "Say in the mapping which groups develop and which operate.",
        ));
    }
    let waits = Waits::new(log);
    let tally = walk::tally(cx, &holders, waits, cx.scope.days()?);
    let timed = waits.states || waits.people;
    let (mut to_operations, mut to_development) = (Crossing::default(), Crossing::default());
    let (mut within, mut unknown, mut tickets) = (0, 0, BTreeSet::new());
    for transfer in &tally.transfers {
        let Some(pair) = tally.edges.get(transfer.edge as usize) else { continue };
        match (log.side_of(pair.from), log.side_of(pair.to)) {
            (Some(from), Some(to)) if from == to => within += 1,
            (Some(_), Some(to)) => {
                tickets.insert(transfer.ticket);
                if to == Side::Operations { &mut to_operations } else { &mut to_development }.0.push(transfer.queued);
            }
            _ => unknown += 1,
        }
    }
    let names = (0_u32..).zip(&log.sides).filter_map(|(code, side)| Some((holders.name(code).to_owned(), (*side)?)));
    let groups: BTreeMap<String, Side> = names.filter(|(name, _)| !name.is_empty()).collect();
    Ok(Wall {
        definition: DEFINITION.to_owned(),
        groups: groups.into_iter().map(|(group, side)| WallGroup { group, side }).collect(),
        to_operations: to_operations.shown(timed),
        to_development: to_development.shown(timed),
        within,
        unknown,
        tickets: tickets.len() as u64,
    })
}

impl Crossing {
    fn shown(mut self, timed: bool) -> WallCrossing {
        stats::sort_seconds(&mut self.0);
        WallCrossing {
            count: self.0.len() as u64,
            queued_seconds: timed.then(|| self.0.iter().map(|&s| i64::from(s)).sum()),
            median_seconds: if timed { stats::type7(&self.0, 0.5) } else { None },
        }
    }
}
