//! Queues of groups, of people, and of everybody: first come first served within a priority.

mod members;
mod progress;
mod taking;

use std::collections::VecDeque;

use self::members::{group_pools, members};
use super::alarms::Alarms;
use super::pool::{Hours, Pool};
use super::{Discipline, Events, Kind, Outcome, Rules, Swarm};
use crate::swarm::case::{Case, NEVER, NONE};

/// People of a swarm, at most.
const LARGEST: u32 = 64;

pub(super) fn replay(case: &Case, efforts: &[u32], rules: &Rules) -> Outcome {
    let mut desk = Desk::new(case, efforts, rules);
    desk.run();
    desk.out
}

struct Desk<'a> {
    case: &'a Case,
    efforts: &'a [u32],
    rules: &'a Rules,
    hours: Hours<'a>,
    /// `s^alpha`, from one person on.
    speed: Vec<f64>,
    /// When people are done.
    alarms: Alarms,
    /// Everything else to come.
    events: Events,
    pools: Vec<Pool>,
    /// The queue of each group; of each person.
    pool_of_group: Vec<u32>,
    pool_of_person: Vec<u32>,
    tickets: Vec<Progress>,
    /// Of each person: the ticket.
    serving: Vec<u32>,
    /// Who takes a ticket together.
    team: Vec<u32>,
    /// Tickets that join a queue at this instant.
    joining: Vec<(u32, u32)>,
    /// Tickets that come back to a person at this instant.
    returning: Vec<(u32, u32)>,
    /// Of each person who keeps tickets, those that are back and wait; of nobody under other rules.
    kept: Vec<VecDeque<u32>>,
    /// Queues at which something happened at this instant.
    touched: Vec<u32>,
    /// Whether any person is as good as the next, so that the head of the queue takes who is free.
    plain: bool,
    /// Whether work takes everybody the same time.
    alike: bool,
    out: Outcome,
}

/// How far a ticket has come.
#[derive(Clone, Copy, Debug)]
struct Progress {
    /// When it began to wait.
    since: i64,
    /// Its next visit, and the one after its present work.
    at: u32,
    upto: u32,
    /// How many work on it.
    members: u32,
    /// Who began to work on it last.
    owner: u32,
}

impl<'a> Desk<'a> {
    fn new(case: &'a Case, efforts: &'a [u32], rules: &'a Rules) -> Self {
        let (routes, staff) = (&case.routes, &case.staff);
        let groups = members(case, rules);
        let ranks = if rules.priorities { routes.rank.iter().max().map_or(1, |&r| usize::from(r) + 1) } else { 1 };
        let most = |people: &Vec<u32>| match rules.swarm {
            Swarm::Fixed(_) if people.len() == staff.len() => staff.peak(),
            Swarm::Fixed(_) => staff.most_at_once(people),
            _ => people.len(),
        };
        let mut pool_of_person = vec![NONE; staff.len()];
        for (pool, people) in groups.iter().enumerate() {
            for &person in people {
                set(&mut pool_of_person, person, u32::try_from(pool).unwrap_or(NONE));
            }
        }
        let pool_of_group = match rules.discipline {
            Discipline::GroupQueue | Discipline::KeptQueue => group_pools(case, &groups),
            _ => Vec::new(),
        };
        let keeps = rules.discipline == Discipline::KeptQueue;
        let fresh = |&at: &u32| Progress { since: 0, at, upto: 0, members: 0, owner: NONE };
        let skilled = rules.skills && staff.skills().is_some();
        #[expect(clippy::float_cmp, reason = "1 is the setting for no penalty")]
        let alike = rules.penalty == 1.0;
        let plain = rules.swarm == Swarm::Alone && !skilled && alike;
        Self {
            case,
            efforts,
            rules,
            hours: Hours::new(staff, rules.discipline == Discipline::PersonalQueue),
            speed: (1..=LARGEST).map(|s| libm::pow(f64::from(s), rules.alpha)).collect(),
            alarms: Alarms::new(staff.len()),
            events: Events::default(),
            pools: groups.iter().map(|people| Pool::new(people, ranks, most(people))).collect(),
            pool_of_group,
            pool_of_person,
            tickets: case.begin.iter().map(fresh).collect(),
            serving: vec![NONE; staff.len()],
            team: Vec::new(),
            joining: Vec::new(),
            returning: Vec::new(),
            kept: if keeps { vec![VecDeque::new(); staff.len()] } else { Vec::new() },
            touched: Vec::new(),
            plain,
            alike,
            out: Outcome {
                visit_wait: if rules.each_visit { vec![0; routes.visits()] } else { Vec::new() },
                ..Outcome::new(routes.len())
            },
        }
    }

    fn run(&mut self) {
        let case = self.case;
        let mut arrivals = case.order.iter().map(|&t| (case.enters(t as usize), t)).peekable();
        loop {
            let arrival = arrivals.peek().map_or(NEVER, |a| a.0);
            let now = arrival.min(self.alarms.next()).min(self.events.next_time());
            if now == NEVER {
                return;
            }
            while let Some(person) = self.alarms.at(now) {
                self.alarms.set(person, NEVER);
                self.done(person, now);
            }
            while let Some((kind, number)) = self.events.pop_at(now) {
                match kind {
                    Kind::Passed => self.advance(number, now, false),
                    Kind::Back => self.advance(number, now, true),
                    Kind::Shift => self.touched.push(number),
                }
            }
            while let Some(&(time, ticket)) = arrivals.peek() {
                if time != now {
                    break;
                }
                arrivals.next();
                self.advance(ticket, now, false);
            }
            self.settle(now);
        }
    }

    /// All that happened at an instant is known: tickets join their queues in the order of their numbers, then people take
    /// them.
    fn settle(&mut self, now: i64) {
        if self.joining.len() > 1 {
            self.joining.sort_unstable_by_key(|&(_, ticket)| ticket);
        }
        let mut next = 0;
        while let Some(&(pool, ticket)) = self.joining.get(next) {
            next += 1;
            if self.join(pool, ticket) {
                self.touched.push(pool);
            }
        }
        self.joining.clear();
        self.come_back();
        if self.touched.len() > 1 {
            self.touched.sort_unstable();
            self.touched.dedup();
        }
        let mut next = 0;
        while let Some(&pool) = self.touched.get(next) {
            next += 1;
            if self.plain { self.dispatch_plain(pool, now) } else { self.dispatch(pool, now) }
        }
        self.touched.clear();
    }

    /// A ticket joins a queue, if there is that queue.
    fn join(&mut self, pool: u32, ticket: u32) -> bool {
        let rank = if self.rules.priorities { self.case.routes.rank.get(ticket as usize).copied() } else { None };
        let queue = self.pools.get_mut(pool as usize);
        queue.map(|queue| queue.join(rank.unwrap_or(0).into(), ticket)).is_some()
    }

    /// Tickets join the queues of those who keep them.
    fn come_back(&mut self) {
        self.returning.sort_unstable_by_key(|&(_, ticket)| ticket);
        for (person, ticket) in self.returning.drain(..) {
            let pool = self.pool_of_person.get(person as usize).copied().unwrap_or(NONE);
            if let (Some(queue), Some(kept)) = (self.pools.get_mut(pool as usize), self.kept.get_mut(person as usize)) {
                queue.kept += 1;
                kept.push_back(ticket);
                self.touched.push(pool);
            }
        }
    }

    /// What waits for somebody who does not work any more joins the group's queue.
    fn hand_over(&mut self, person: u32) {
        let pool = self.pool_of_person.get(person as usize).copied().unwrap_or(NONE);
        while let Some(ticket) = self.kept.get_mut(person as usize).and_then(VecDeque::pop_front) {
            if let Some(queue) = self.pools.get_mut(pool as usize) {
                queue.kept -= 1;
            }
            self.join(pool, ticket);
        }
    }

    /// Somebody began what they never finish: nobody waits for them.
    fn gone(&mut self, person: u32) {
        if (person as usize) < self.kept.len() {
            self.hand_over(person);
            set(&mut self.pool_of_person, person, NONE);
        }
    }

    /// A person is done with a share of a ticket.
    fn done(&mut self, person: u32, now: i64) {
        let Some(serving) = self.serving.get_mut(person as usize) else { return };
        let ticket = core::mem::replace(serving, NONE);
        if let Some(&pool) = self.pool_of_person.get(person as usize)
            && let Some(queue) = self.pools.get_mut(pool as usize)
        {
            if self.plain {
                queue.free(person);
            } else {
                queue.free_until(&mut self.hours, person, now);
            }
            self.touched.push(pool);
        }
        let waited_for = self.kept.get(person as usize).is_some_and(|own| !own.is_empty());
        if waited_for && !self.hours.comes_again(person, now) {
            self.hand_over(person);
        }
        let Some(progress) = self.tickets.get_mut(ticket as usize) else { return };
        progress.members = progress.members.saturating_sub(1);
        if progress.members == 0 {
            progress.at = progress.upto;
            self.advance(ticket, now, false);
        }
    }
}

/// Sets an entry, if there is one.
#[inline]
fn set<T>(column: &mut [T], number: u32, value: T) {
    if let Some(entry) = column.get_mut(number as usize) {
        *entry = value;
    }
}
