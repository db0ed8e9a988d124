//! Personal processor sharing: each person works on all that is theirs at once, in equal shares of their hours.
//!
//! With `n` tickets, each gets `1 / n` of the attention, so that a person's virtual time goes on by `1 / n` a second
//! worked, and a ticket is done once it went on by the ticket's effort (Parekh & Gallager 1993). Virtual time has 24 binary
//! digits after the point; ends are the first whole second by which the work is done.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::alarms::Alarms;
use super::{Events, Kind, Outcome};
use crate::swarm::availability::Availability;
use crate::swarm::case::{Case, NEVER, NONE};

/// Binary digits of virtual time after the point.
const DIGITS: u32 = 24;

/// What a person has in hand.
#[derive(Debug)]
struct Desk<'a> {
    /// Virtual time, and the time worked when it was that, both in parts of a second.
    time: i64,
    worked: i64,
    /// Virtual time at which each ticket is done.
    tickets: BinaryHeap<Reverse<(i64, u32)>>,
    /// Tickets that are done and did not leave yet.
    done: Vec<u32>,
    hours: &'a Availability,
    /// Where to look among the hours.
    hint: u32,
}

struct Sharing<'a> {
    case: &'a Case,
    efforts: &'a [u32],
    /// When the next ticket of each person is done.
    alarms: Alarms,
    /// Holds, and visits that need nobody.
    events: Events,
    desks: Vec<Desk<'a>>,
    at: Vec<u32>,
    since: Vec<i64>,
    out: Outcome,
}

pub(super) fn replay(case: &Case, efforts: &[u32]) -> Outcome {
    let tickets = case.routes.len();
    let desk = |hours| Desk { time: 0, worked: 0, tickets: BinaryHeap::new(), done: Vec::new(), hours, hint: 0 };
    let mut sharing = Sharing {
        case,
        efforts,
        alarms: Alarms::new(case.staff.len()),
        events: Events::default(),
        desks: case.staff.people().filter_map(|person| case.staff.own(person)).map(desk).collect(),
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
            let now = arrival.min(self.alarms.next()).min(self.events.next_time());
            if now == NEVER {
                return;
            }
            // Whoever gets a ticket that takes no time is done with it before another hold is over.
            loop {
                if let Some(person) = self.alarms.at(now) {
                    self.check(person, now);
                } else if let Some((kind, number)) = self.events.pop_at(now) {
                    self.advance(number, now, kind == Kind::Back);
                } else {
                    break;
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
        let Some(desk) = self.desks.get_mut(person as usize) else { return };
        desk.keep_up(now);
        desk.tickets.push(Reverse((desk.time + (effort << DIGITS), ticket)));
        self.alarms.set(person, desk.next(now));
    }

    /// What a person has done by now leaves.
    fn check(&mut self, person: u32, now: i64) {
        self.alarms.set(person, NEVER);
        let Some(desk) = self.desks.get_mut(person as usize) else { return };
        desk.keep_up(now);
        let mut done = core::mem::take(&mut desk.done);
        for ticket in done.drain(..) {
            let t = ticket as usize;
            if let (Some(wait), Some(since)) = (self.out.wait.get_mut(t), self.since.get(t)) {
                *wait += now - since;
            }
            self.advance(ticket, now, false);
        }
        let Some(desk) = self.desks.get_mut(person as usize) else { return };
        // What came back at once and took no time is done as well.
        if desk.done.is_empty() {
            desk.done = done;
        }
        self.alarms.set(person, desk.next(now));
    }
}

impl Desk<'_> {
    /// Brings virtual time up to now. Tickets that are done on the way leave the sharing at their fraction of a second.
    fn keep_up(&mut self, now: i64) {
        let worked = self.hours.passed_at(&mut self.hint, now) << DIGITS;
        let mut passed = worked - self.worked;
        self.worked = worked;
        while let Some(&Reverse((done, ticket))) = self.tickets.peek() {
            let needed = self.until(done);
            if needed > i128::from(passed) {
                self.time += passed / i64::try_from(self.tickets.len()).unwrap_or(1);
                return;
            }
            self.tickets.pop();
            self.done.push(ticket);
            self.time = self.time.max(done);
            passed -= i64::try_from(needed).unwrap_or(passed);
        }
    }

    /// When the next ticket is done.
    fn next(&mut self, now: i64) -> i64 {
        if !self.done.is_empty() {
            return now;
        }
        let Some(&Reverse((done, _))) = self.tickets.peek() else { return NEVER };
        let seconds = (self.until(done) + (1 << DIGITS) - 1) >> DIGITS;
        let seconds = i64::try_from(seconds).unwrap_or(NEVER / 4);
        let hint = &mut self.hint;
        let at = if seconds > 0 { self.hours.add(hint, now, seconds) } else { self.hours.next(hint, now) };
        at.unwrap_or(NEVER)
    }

    /// Time to work until virtual time reaches a value, in parts of a second.
    #[inline]
    fn until(&self, done: i64) -> i128 {
        let ahead = (done - self.time).max(0);
        // Less than 48 days of work for each of 65,535 tickets: their product is a plain number, which is cheaper.
        match u16::try_from(self.tickets.len()) {
            Ok(n) if ahead < 1 << 46 => i128::from(ahead * i64::from(n)),
            _ => i128::from(ahead) * self.tickets.len() as i128,
        }
    }
}
