//! A queue and the people who serve it.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::super::staff::Staff;
use crate::swarm::availability::Availability;

/// The hours of people, by number, and where each was looked at last.
#[derive(Debug)]
pub(super) struct Hours<'a> {
    /// In which they take work.
    taking: Vec<&'a Availability>,
    /// In which they do it.
    doing: Vec<&'a Availability>,
    hints: Vec<u32>,
}

impl<'a> Hours<'a> {
    /// Work is taken in the hours on duty, or where queues are personal in the person's own.
    pub(super) fn new(staff: &'a Staff, personal: bool) -> Self {
        let doing: Vec<&Availability> = staff.people().filter_map(|p| staff.own(p)).collect();
        let duty = || staff.people().filter_map(|p| staff.duty(p)).collect();
        Self { taking: if personal { doing.clone() } else { duty() }, doing, hints: vec![0; staff.len()] }
    }

    /// When a person can take work, from now on.
    #[inline]
    fn next(&mut self, person: u32, now: i64) -> Option<i64> {
        let p = person as usize;
        self.taking.get(p)?.next(self.hints.get_mut(p)?, now)
    }

    /// When so much work that begins now is done.
    #[inline]
    pub(super) fn done(&mut self, person: u32, now: i64, seconds: i64) -> Option<i64> {
        let p = person as usize;
        self.doing.get(p)?.add(self.hints.get_mut(p)?, now, seconds)
    }
}

/// A queue and its people. Who is free is looked at when somebody is needed, not when a shift ends.
#[derive(Debug)]
pub(super) struct Pool {
    /// Tickets that wait, by priority, each in the order in which they came.
    pub(super) waiting: Vec<VecDeque<u32>>,
    /// How many.
    pub(super) length: usize,
    /// People without work in the order in which they became free; some may be off duty.
    pub(super) ready: VecDeque<u32>,
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
            ready: people.iter().copied().collect(),
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

    /// Those whose shift has begun are ready.
    #[inline]
    fn arrive(&mut self, now: i64) {
        while let Some(&Reverse((shift, person))) = self.off.peek() {
            if shift > now {
                break;
            }
            self.off.pop();
            self.ready.push_back(person);
        }
    }

    /// Whether a person is on duty now; else it is noted when the next shift begins.
    #[inline]
    fn on_duty(&mut self, hours: &mut Hours<'_>, person: u32, now: i64) -> bool {
        match hours.next(person, now) {
            Some(next) if next <= now => true,
            Some(next) => {
                self.off.push(Reverse((next, person)));
                false
            }
            None => false,
        }
    }

    /// The person who has been free for longest and is on duty.
    #[inline]
    pub(super) fn take(&mut self, hours: &mut Hours<'_>, now: i64) -> Option<u32> {
        self.arrive(now);
        while let Some(person) = self.ready.pop_front() {
            if self.on_duty(hours, person, now) {
                return Some(person);
            }
        }
        None
    }

    /// Leaves only those ready who are on duty, and says how many.
    pub(super) fn settle(&mut self, hours: &mut Hours<'_>, now: i64) -> usize {
        self.arrive(now);
        for _ in 0..self.ready.len() {
            let Some(person) = self.ready.pop_front() else { break };
            if self.on_duty(hours, person, now) {
                self.ready.push_back(person);
            }
        }
        self.ready.len()
    }

    /// When the next shift begins.
    pub(super) fn next_shift(&self) -> Option<i64> {
        self.off.peek().map(|Reverse((shift, _))| *shift)
    }
}
