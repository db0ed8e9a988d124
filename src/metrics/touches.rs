//! People and groups per ticket.

use super::context::Context;
use super::holders::{Holders, Level};
use super::scope::Finished;
use super::{Computed, unavailable};
use crate::report::{Rate, TouchCount, Touches};
use crate::stats::{self, wilson};

const DEFINITION: &str = "Distinct people and groups that held a finished ticket, from its first record until it was resolved \
    for the last time (and the minute after, for tools write the two a moment apart). Names are compared without regard to \
    case and space. Tickets whose history names no person, or no group, are left out of that count. The median is that of \
    lead times.";
const FIRST_OWNER: &str = "Solved by the first owner: the person who held the ticket when it was resolved is the first who \
    ever held it, and nobody else did. Among finished tickets whose history names a person until then. That is not \
    first-contact resolution, which needs a record of the contacts. Interval of Wilson (1927), 95 %.";
const FIRST_GROUP: &str = "Solved by the first group: the group that held the ticket when it was resolved is the first that \
    ever held it, and no other did. Among finished tickets whose history names a group until then. Interval of Wilson \
    (1927), 95 %.";
/// Tickets of so many touches and more are one row.
const MOST: usize = 10;
/// Tools write the resolution and the change that goes with it a moment apart.
const SLACK: i64 = 60;

/// Counts the distinct people and groups of each finished ticket.
///
/// # Errors
/// Where the history names nobody, or no finished ticket has one.
pub fn compute(cx: &Context<'_>) -> Computed<Touches> {
    let people = Holders::at(cx.log, Level::Assignee);
    let groups = Holders::at(cx.log, Level::Group);
    if people.is_none() && groups.is_none() {
        return Err(unavailable(
            "The input says who holds each ticket now, but not who held it before. A number of reassignments, where the \
             input has one, does not say how many different people or groups they were.",
            "Add an export of changes: a row per update with ticket, time, assignment group and assignee.",
        ));
    }
    let spells = cx.log.spells.as_ref();
    let watched = |t: &&Finished| spells.is_some_and(|s| s.of(t.ticket as usize).len() > 0);
    let n = cx.scope.finished.iter().filter(watched).count() as u64;
    if n == 0 {
        return Err(if cx.scope.finished.is_empty() {
            cx.scope.nothing()
        } else {
            unavailable(
                "No finished ticket has a history.",
                "Export the changes of the same period as the tickets, or widen the filter.",
            )
        });
    }
    let people = people.map(|holders| count(cx, &holders));
    let groups = groups.map(|holders| count(cx, &holders));
    Ok(Touches {
        definition: DEFINITION.to_owned(),
        clock: cx.clock.name().to_owned(),
        n,
        mean_people: people.as_ref().and_then(Touched::mean),
        mean_groups: groups.as_ref().and_then(Touched::mean),
        first_owner: people.as_ref().and_then(|p| p.single(FIRST_OWNER)),
        first_group: groups.as_ref().and_then(|g| g.single(FIRST_GROUP)),
        people: people.map_or_else(Vec::new, Touched::rows),
        groups: groups.map_or_else(Vec::new, Touched::rows),
    })
}

/// Finished tickets by their number of distinct holders.
#[derive(Debug, Default)]
struct Touched {
    /// Lead times of the tickets with 1, 2, ... holders; the last entry is for [`MOST`] and more.
    leads: [Vec<u32>; MOST],
    /// Sum of the numbers of holders.
    holders: u64,
}

fn count(cx: &Context<'_>, holders: &Holders<'_>) -> Touched {
    let mut touched = Touched::default();
    // For each holder the last ticket it had: "seen before" is a look-up.
    let mut seen = vec![0_usize; holders.len()];
    for (number, ticket) in (1..).zip(&cx.scope.finished) {
        let spells = cx.log.spells.as_ref().map(|s| s.of(ticket.ticket as usize));
        let until = spells.into_iter().flatten().take_while(|s| s.start <= ticket.resolved() + SLACK);
        let mut fresh = |holder: u32| {
            let seen = seen.get_mut(holder as usize);
            seen.is_some_and(|seen| std::mem::replace(seen, number) != number)
        };
        let distinct = until.filter_map(|s| holders.of(&s)).filter(|&h| fresh(h)).count();
        if let Some(leads) = distinct.checked_sub(1).and_then(|d| touched.leads.get_mut(d.min(MOST - 1))) {
            leads.push(cx.clock.between(ticket.ticket, ticket.opened(), ticket.resolved()));
            touched.holders += distinct as u64;
        }
    }
    touched
}

impl Touched {
    fn tickets(&self) -> u64 {
        self.leads.iter().map(|leads| leads.len() as u64).sum()
    }

    fn mean(&self) -> Option<f64> {
        let tickets = self.tickets();
        (tickets > 0).then(|| self.holders as f64 / tickets as f64)
    }

    /// The rate of tickets that had one holder only.
    fn single(&self, definition: &str) -> Option<Rate> {
        let count = self.leads.first().map_or(0, |leads| leads.len() as u64);
        let n = self.tickets();
        let w = wilson(count, n)?;
        Some(Rate { definition: definition.to_owned(), n, count, rate: w.rate, lower: w.lower, upper: w.upper })
    }

    fn rows(self) -> Vec<TouchCount> {
        let row = |(touches, mut leads): (u32, Vec<u32>)| {
            stats::sort_seconds(&mut leads);
            Some(TouchCount { touches, tickets: leads.len() as u64, median_seconds: stats::type7(&leads, 0.5)? })
        };
        (1..).zip(self.leads).filter_map(row).collect()
    }
}
