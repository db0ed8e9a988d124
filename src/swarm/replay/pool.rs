//! A queue and the people who serve it.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::super::staff::Staff;
use crate::swarm::availability::Availability;

/// The hours of people, by number.
#[derive(Debug)]
pub(super) struct Hours<'a>(Vec<Own<'a>>);

/// Those of one person, and where in them was looked last.
#[derive(Debug)]
struct Own<'a> {
    /// In which work is taken.
    taking: &'a Availability,
    /// In which it is done.
    doing: &'a Availability,
    taken: u32,
    done: u32,
}

impl<'a> Hours<'a> {
    /// Work is taken in the hours on duty, or where queues are personal in the person's own.
    pub(super) fn new(staff: &'a Staff, personal: bool) -> Self {
        let of = |person| {
            let doing = staff.own(person)?;
            let taking = if personal { doing } else { staff.duty(person)? };
            Some(Own { taking, doing, taken: 0, done: 0 })
        };
        Self(staff.people().filter_map(of).collect())
    }

    /// Whether a person ever takes work again.
    pub(super) fn comes_again(&mut self, person: u32, now: i64) -> bool {
        self.next(person, now).is_some()
    }

    /// From when until when a person can take work, from now on.
    #[inline]
    fn next(&mut self, person: u32, now: i64) -> Option<(i64, i64)> {
        let own = self.0.get_mut(person as usize)?;
        own.taking.stretch(&mut own.taken, now)
    }

    /// When so much work that begins now is done.
    #[inline]
    pub(super) fn done(&mut self, person: u32, now: i64, seconds: i64) -> Option<i64> {
        let own = self.0.get_mut(person as usize)?;
        own.doing.add(&mut own.done, now, seconds)
    }
}

/// A queue and its people. Who is free is looked at when somebody is needed, not when a shift ends.
#[derive(Debug)]
pub(super) struct Pool {
    /// Tickets that wait, by priority, each in the order in which they came.
    pub(super) waiting: Vec<VecDeque<u32>>,
    /// How many.
    pub(super) length: usize,
    /// Tickets that wait for one of its people.
    pub(super) kept: usize,
    /// People without work in the order in which they became free; some may be off duty.
    pub(super) ready: VecDeque<u32>,
    /// Until when all of these are known to be on duty; long past where that has to be looked up.
    sure: i64,
    /// People without work who are off duty, with the start of their next shift.
    off: BinaryHeap<Reverse<(i64, u32)>>,
    /// The most people who are ever on duty at once.
    pub(super) most: usize,
    /// The shift that is already waited for.
    pub(super) woken: i64,
}

impl Pool {
    pub(super) fn new(people: &[u32], ranks: usize, most: usize) -> Self {
        Self {
            waiting: vec![VecDeque::new(); ranks],
            length: 0,
            kept: 0,
            ready: people.iter().copied().collect(),
            sure: i64::MIN,
            off: BinaryHeap::new(),
            most,
            woken: i64::MIN,
        }
    }

    pub(super) fn join(&mut self, rank: usize, ticket: u32) {
        let last = self.waiting.len().saturating_sub(1);
        if let Some(queue) = self.waiting.get_mut(rank.min(last)) {
            queue.push_back(ticket);
            self.length += 1;
        }
    }

    /// The ticket that is next, with the position of its queue.
    #[inline]
    pub(super) fn head(&self) -> Option<(usize, u32)> {
        self.waiting.iter().enumerate().find_map(|(rank, queue)| Some((rank, *queue.front()?)))
    }

    #[inline]
    pub(super) fn leave(&mut self, rank: usize, position: usize) {
        if let Some(queue) = self.waiting.get_mut(rank) {
            if position == 0 {
                queue.pop_front();
            } else {
                queue.remove(position);
            }
            self.length -= 1;
        }
    }

    /// A person has no work any more.
    #[inline]
    pub(super) fn free(&mut self, person: u32) {
        self.ready.push_back(person);
        self.sure = i64::MIN;
    }

    /// The same, where it is looked up whether the person is on duty: what is known of the others stays so.
    #[inline]
    pub(super) fn free_until(&mut self, hours: &mut Hours<'_>, person: u32, now: i64) {
        self.ready.push_back(person);
        self.sure = match hours.next(person, now) {
            Some((from, to)) if from <= now => self.sure.min(to),
            _ => i64::MIN,
        };
    }

    /// Those whose shift has begun are ready.
    #[inline]
    fn arrive(&mut self, now: i64) {
        while let Some(&Reverse((shift, person))) = self.off.peek() {
            if shift > now {
                break;
            }
            self.off.pop();
            self.free(person);
        }
    }

    /// Until when a person is on duty; `None` where they are not, and it is noted when the next shift begins.
    #[inline]
    fn on_duty(&mut self, hours: &mut Hours<'_>, person: u32, now: i64) -> Option<i64> {
        let (from, to) = hours.next(person, now)?;
        if from <= now {
            return Some(to);
        }
        self.off.push(Reverse((from, person)));
        None
    }

    /// The person who has been free for longest and is on duty.
    #[inline]
    pub(super) fn take(&mut self, hours: &mut Hours<'_>, now: i64) -> Option<u32> {
        self.arrive(now);
        while let Some(person) = self.ready.pop_front() {
            if self.on_duty(hours, person, now).is_some() {
                return Some(person);
            }
        }
        None
    }

    /// Leaves only those ready who are on duty, and says how many.
    pub(super) fn settle(&mut self, hours: &mut Hours<'_>, now: i64) -> usize {
        self.arrive(now);
        if now >= self.sure {
            self.sure = i64::MAX;
            for _ in 0..self.ready.len() {
                let Some(person) = self.ready.pop_front() else { break };
                if let Some(until) = self.on_duty(hours, person, now) {
                    self.ready.push_back(person);
                    self.sure = self.sure.min(until);
                }
            }
        }
        self.ready.len()
    }

    /// When the next shift begins.
    pub(super) fn next_shift(&self) -> Option<i64> {
        self.off.peek().map(|Reverse((shift, _))| *shift)
    }
}
