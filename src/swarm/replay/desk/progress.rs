//! How a ticket goes on: through holds and visits without work to the next queue.

use super::super::{Discipline, Kind};
use super::{Desk, Progress, set};
use crate::swarm::case::NONE;

impl Desk<'_> {
    /// A ticket is done with what came before its next visit; `back` where it is back from that visit's hold.
    pub(super) fn advance(&mut self, ticket: u32, now: i64, mut back: bool) {
        let t = ticket as usize;
        let end = self.case.routes.of(t).end;
        let Some(mut at) = self.tickets.get(t).map(|progress| progress.at) else { return };
        loop {
            let visit = at as usize;
            if visit >= end {
                set(&mut self.out.end, ticket, now);
                return;
            }
            let hold = if back { 0 } else { self.case.hold_left(t, visit) };
            if hold > 0 {
                self.go_on(ticket, at);
                self.events.push(now + hold, Kind::Back, ticket);
                return;
            }
            let after_hold = core::mem::replace(&mut back, false);
            let (upto, works) = self.stretch(visit, end);
            let next = u32::try_from(upto).unwrap_or(NONE);
            if works && let Some(pool) = self.pool_of(ticket, visit) {
                let owner = self.tickets.get(t).map_or(NONE, |progress| progress.owner);
                set(&mut self.tickets, ticket, Progress { since: now, at, upto: next, members: 0, owner });
                if after_hold && self.keeps(owner, pool, now) {
                    self.returning.push((owner, ticket));
                } else {
                    self.joining.push((pool, ticket));
                }
                return;
            }
            at = next;
            let delay: i64 = if works { (visit..upto).map(|v| self.effort(v)).sum() } else { 0 };
            if delay > 0 {
                self.go_on(ticket, at);
                self.events.push(now + delay, Kind::Passed, ticket);
                return;
            }
        }
    }

    /// Whether a ticket that comes back to a queue waits for who had it.
    fn keeps(&mut self, owner: u32, pool: u32, now: i64) -> bool {
        (owner as usize) < self.kept.len()
            && self.pool_of_person.get(owner as usize) == Some(&pool)
            && self.hours.comes_again(owner, now)
    }

    /// A ticket's next visit.
    fn go_on(&mut self, ticket: u32, at: u32) {
        if let Some(progress) = self.tickets.get_mut(ticket as usize) {
            progress.at = at;
        }
    }

    /// Where the work that begins with a visit ends, and whether there is any: with one queue, at the next hold.
    fn stretch(&self, visit: usize, end: usize) -> (usize, bool) {
        let works = |v: usize| self.case.routes.class.get(v).is_some_and(|&class| class != NONE);
        if self.rules.discipline != Discipline::OneQueue {
            return (visit + 1, works(visit));
        }
        let holds = |v: &usize| self.case.routes.hold.get(*v).is_some_and(|&hold| hold > 0);
        let upto = (visit + 1..end).find(holds).unwrap_or(end);
        (upto, (visit..upto).any(works))
    }

    #[inline]
    pub(super) fn effort(&self, visit: usize) -> i64 {
        self.efforts.get(visit).map_or(0, |&e| i64::from(e))
    }

    /// The queue for a visit.
    #[inline]
    fn pool_of(&self, ticket: u32, visit: usize) -> Option<u32> {
        let routes = &self.case.routes;
        let pool = match self.rules.discipline {
            Discipline::GroupQueue | Discipline::KeptQueue => {
                *self.pool_of_group.get(*routes.group.get(visit)? as usize)?
            }
            Discipline::OneQueue => self.lane(ticket),
            _ => *self.pool_of_person.get(*routes.person.get(visit)? as usize)?,
        };
        self.pools.get(pool as usize).filter(|pool| pool.most > 0)?;
        Some(pool)
    }

    fn lane(&self, ticket: u32) -> u32 {
        let Some(lane) = &self.rules.lane else { return 0 };
        let routes = &self.case.routes;
        let first = routes.of(ticket as usize).filter_map(|v| routes.class.get(v)).find(|&&class| class != NONE);
        u32::from(first.and_then(|&class| lane.short.get(class as usize)) == Some(&true))
    }
}
