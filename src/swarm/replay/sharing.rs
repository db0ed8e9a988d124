//! Personal processor sharing: each person works on all that is theirs at once, in equal shares of their hours.
//!
//! With `n` tickets, each gets `1 / n` of the attention, so that a person's virtual time goes on by `1 / n` a second worked, and a ticket is
//! done once it went on by the ticket's effort (Parekh & Gallager 1993). Virtual time has 24 binary digits after the point; ends are the
//! first whole second by which the work is done.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{Events, Kind, Outcome};
use crate::swarm::case::{Case, NEVER, NONE};

/// Binary digits of virtual time after the point.
const DIGITS: u32 = 24;

/// What a person has in hand.
#[derive(Clone, Debug, Default)]
struct Desk {
    /// Virtual time, and the time worked when it was that, both in parts of a second.
    time: i64,
    worked: i64,
    /// Virtual time at which each ticket is done.
    tickets: BinaryHeap<Reverse<(i64, u32)>>,
    /// Tickets that are done and did not leave yet.
    done: Vec<u32>,
    /// When the next one is.
    next: i64,
    /// Where to look among the hours.
    hint: u32,
}

struct Sharing<'a> {
    case: &'a Case,
    efforts: &'a [u32],
    events: Events,
    desks: Vec<Desk>,
    at: Vec<u32>,
    since: Vec<i64>,
    out: Outcome,
}

pub(super) fn replay(case: &Case, efforts: &[u32]) -> Outcome {
    let tickets = case.routes.len();
    let mut sharing = Sharing {
        case,
        efforts,
        events: Events::default(),
        desks: vec![Desk { next: NEVER, ..Desk::default() }; case.staff.len()],
        at: case.begin.clone(),
        since: vec![0; tickets],
        out: Outcome::new(tickets),
    };
    sharing.run();
    sharing.out
}

impl Sharing<'_> {
    fn run(&mut self) {
        let case = self.case;
        let mut arrivals = case.order.iter().map(|&t| (case.enters(t as usize), t)).peekable();
        loop {
            let arrival = arrivals.peek().map_or(NEVER, |a| a.0);
            let now = arrival.min(self.events.next_time());
            if now == NEVER {
                return;
            }
            while let Some((kind, number)) = self.events.pop_at(now) {
                match kind {
                    Kind::Done => self.check(number, now),
                    Kind::Back => self.advance(number, now, true),
                    Kind::Passed | Kind::Shift => self.advance(number, now, false),
                }
            }
            while let Some(&(time, ticket)) = arrivals.peek() {
                if time != now {
                    break;
                }
                arrivals.next();
                self.advance(ticket, now, false);
            }
        }
    }

    /// A ticket is done with what came before its next visit; `back` where it is back from that visit's hold.
    fn advance(&mut self, ticket: u32, now: i64, mut back: bool) {
        let t = ticket as usize;
        let routes = &self.case.routes;
        let end = routes.of(t).end;
        loop {
            let Some(at) = self.at.get_mut(t) else { return };
            let visit = *at as usize;
            if visit >= end {
                if let Some(ended) = self.out.end.get_mut(t) {
                    *ended = now;
                }
                return;
            }
            let hold = if back { 0 } else { self.case.hold_left(t, visit) };
            if hold > 0 {
                self.events.push(now + hold, Kind::Back, ticket);
                return;
            }
            back = false;
            *at += 1;
            if routes.class.get(visit).is_none_or(|&class| class == NONE) {
                continue;
            }
            let effort = self.efforts.get(visit).map_or(0, |&e| i64::from(e));
            let person = routes.person.get(visit).copied().unwrap_or(NONE);
            if (person as usize) < self.desks.len() {
                self.join(person, ticket, effort, now);
                return;
            }
            if effort > 0 {
                self.events.push(now + effort, Kind::Passed, ticket);
                return;
            }
        }
    }

    fn join(&mut self, person: u32, ticket: u32, effort: i64, now: i64) {
        let t = ticket as usize;
        if let (Some(wait), Some(work), Some(since)) =
            (self.out.wait.get_mut(t), self.out.work.get_mut(t), self.since.get_mut(t))
        {
            *wait -= effort;
            *work += effort;
            *since = now;
        }
        self.keep_up(person, now);
        if let Some(desk) = self.desks.get_mut(person as usize) {
            desk.tickets.push(Reverse((desk.time + (effort << DIGITS), ticket)));
        }
        self.plan(person, now);
    }

    /// Brings a person's virtual time up to now. Tickets that are done on the way leave the sharing at their fraction of a second.
    fn keep_up(&mut self, person: u32, now: i64) {
        let (Some(desk), Some(hours)) = (self.desks.get_mut(person as usize), self.case.staff.own(person)) else {
            return;
        };
        let worked = hours.passed_at(&mut desk.hint, now) << DIGITS;
        let mut passed = worked - desk.worked;
        desk.worked = worked;
        while let Some(&Reverse((done, ticket))) = desk.tickets.peek() {
            let needed = desk.until(done);
            if needed > i128::from(passed) {
                desk.time += passed / i64::try_from(desk.tickets.len()).unwrap_or(1);
                return;
            }
            desk.tickets.pop();
            desk.done.push(ticket);
            desk.time = desk.time.max(done);
            passed -= i64::try_from(needed).unwrap_or(passed);
        }
    }

    /// Notes when the next ticket of a person is done.
    fn plan(&mut self, person: u32, now: i64) {
        let (Some(desk), Some(hours)) = (self.desks.get_mut(person as usize), self.case.staff.own(person)) else {
            return;
        };
        let next = match desk.tickets.peek() {
            _ if !desk.done.is_empty() => now,
            None => NEVER,
            Some(&Reverse((done, _))) => {
                let seconds = (desk.until(done) + (1 << DIGITS) - 1) >> DIGITS;
                let seconds = i64::try_from(seconds).unwrap_or(NEVER / 4);
                let at =
                    if seconds > 0 { hours.add(&mut desk.hint, now, seconds) } else { hours.next(&mut desk.hint, now) };
                at.unwrap_or(NEVER)
            }
        };
        if next != desk.next {
            desk.next = next;
            if next != NEVER {
                self.events.push(next, Kind::Done, person);
            }
        }
    }

    /// What a person has done by now leaves.
    fn check(&mut self, person: u32, now: i64) {
        if self.desks.get(person as usize).is_none_or(|desk| desk.next != now) {
            return;
        }
        self.keep_up(person, now);
        let Some(desk) = self.desks.get_mut(person as usize) else { return };
        desk.next = NEVER;
        for ticket in core::mem::take(&mut desk.done) {
            let t = ticket as usize;
            if let (Some(wait), Some(since)) = (self.out.wait.get_mut(t), self.since.get(t)) {
                *wait += now - since;
            }
            self.advance(ticket, now, false);
        }
        self.plan(person, now);
    }
}

impl Desk {
    /// Time to work until virtual time reaches a value, in parts of a second.
    fn until(&self, done: i64) -> i128 {
        i128::from((done - self.time).max(0)) * self.tickets.len() as i128
    }
}
