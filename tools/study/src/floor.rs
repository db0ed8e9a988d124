//! What happens on the floor: one simulation of the desk under one way of working. It shares nothing with the replay that it
//! is to judge.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use crate::desk::{Desk, Ticket};

/// A way of working.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rule {
    /// A queue a tier; who is free takes the next one.
    Pull,
    /// Tickets go to a person when they reach the tier; each works them off in turn.
    Push,
    /// The same, but each works on all of theirs at once.
    Juggle,
    /// One queue for everybody; who takes a ticket does all of its work, up to the next wait for somebody outside.
    Pooled,
    /// The same; tickets that go beyond the first tier take so many people at once, who are faster by `size^alpha`.
    Fixed {
        /// People a ticket.
        size: usize,
        /// How well they help each other.
        alpha: f64,
    },
    /// One queue; idle people join in as long as nobody waits.
    Adaptive {
        /// Most people a ticket.
        most: usize,
        /// How well they help each other.
        alpha: f64,
    },
}

/// One visit as it happened.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stay {
    /// Reached the tier.
    pub entered: i64,
    /// Was given to a person.
    pub assigned: i64,
    /// That person.
    pub person: usize,
    /// Left.
    pub left: i64,
}

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Event {
    /// A job ends: its number, and the version of the person's list where people juggle.
    Done(usize, u64),
    /// Somebody outside has answered.
    Back(usize, usize),
    /// A ticket reaches a tier.
    Enter(usize, usize),
}

/// A job: ticket, visit.
type Job = (usize, usize);
/// What one person juggles: what is left of each job, since when, and the version of that.
type Plates = (Vec<(f64, Job)>, i64, u64);

struct Floor<'a> {
    desk: &'a Desk,
    tickets: &'a [Ticket],
    rule: Rule,
    stays: Vec<Vec<Stay>>,
    events: BinaryHeap<Reverse<(i64, Event)>>,
    /// Waiting for a tier, or for everybody.
    queues: [VecDeque<Job>; 3],
    /// Waiting for one person.
    own: Vec<VecDeque<Job>>,
    busy: Vec<bool>,
    /// Who works on a job, by its number, and how many visits of the ticket it takes in.
    jobs: Vec<(Job, usize, Vec<usize>)>,
    /// Of people who juggle: what is left of each of theirs, since when, and the version of that.
    plates: Vec<Plates>,
}

/// Runs the desk; for every ticket, its stays.
pub fn run(desk: &Desk, tickets: &[Ticket], rule: Rule) -> Vec<Vec<Stay>> {
    let staff = desk.staff();
    let mut floor = Floor {
        desk,
        tickets,
        rule,
        stays: tickets.iter().map(|t| vec![Stay::default(); t.visits.len()]).collect(),
        events: tickets.iter().enumerate().map(|(n, t)| Reverse((t.opened, Event::Enter(n, 0)))).collect(),
        queues: Default::default(),
        own: vec![VecDeque::new(); staff],
        busy: vec![false; staff],
        jobs: Vec::new(),
        plates: vec![(Vec::new(), 0, 0); staff],
    };
    while let Some(Reverse((now, event))) = floor.events.pop() {
        floor.happen(now, event);
    }
    floor.stays
}

#[expect(clippy::indexing_slicing, reason = "all numbers are its own")]
impl Floor<'_> {
    fn happen(&mut self, now: i64, event: Event) {
        match event {
            Event::Enter(t, v) => self.enter(now, (t, v)),
            Event::Back(t, v) => self.back(now, (t, v)),
            Event::Done(person, version) if self.rule == Rule::Juggle => self.drop_plate(now, person, version),
            Event::Done(job, _) => {
                let (done, visits, people) = self.jobs[job].clone();
                self.leave(now, done, visits);
                for &person in &people {
                    self.busy[person] = false;
                }
                self.next(now, &people);
            }
        }
    }

    fn enter(&mut self, now: i64, (t, v): Job) {
        let visit = self.tickets[t].visits[v];
        self.stays[t][v].entered = now;
        match self.rule {
            Rule::Pull => {
                self.queues[visit.tier].push_back((t, v));
                self.pull(now, visit.tier);
            }
            Rule::Push | Rule::Juggle => {
                let person = self.desk.first(visit.tier) + visit.person;
                self.give(now, (t, v), person);
                self.wait_outside(now, (t, v));
            }
            _ => self.wait_outside(now, (t, v)),
        }
    }

    fn give(&mut self, now: i64, (t, v): Job, person: usize) {
        let stay = &mut self.stays[t][v];
        (stay.assigned, stay.person) = (now, person);
    }

    fn wait_outside(&mut self, now: i64, (t, v): Job) {
        let outside = self.tickets[t].visits[v].outside;
        if outside > 0 { self.events.push(Reverse((now + outside, Event::Back(t, v)))) } else { self.back(now, (t, v)) }
    }

    /// Nothing outside keeps the job any more.
    fn back(&mut self, now: i64, job: Job) {
        let person = self.stays[job.0][job.1].person;
        match self.rule {
            Rule::Pull | Rule::Push => {
                self.own[person].push_back(job);
                self.next(now, &[person]);
            }
            Rule::Juggle => self.add_plate(now, person, job),
            _ => {
                self.queues[0].push_back(job);
                self.pool(now);
            }
        }
    }

    /// Free people look for work.
    fn next(&mut self, now: i64, people: &[usize]) {
        if !matches!(self.rule, Rule::Pull | Rule::Push) {
            return self.pool(now);
        }
        for &person in people {
            if !self.busy[person]
                && let Some(job) = self.own[person].pop_front()
            {
                self.start(now, job, vec![person], 1.0);
            }
            if self.rule == Rule::Pull {
                self.pull(now, self.tier(person));
            }
        }
    }

    fn tier(&self, person: usize) -> usize {
        (0..3).rev().find(|tier| person >= self.desk.first(*tier)).unwrap_or(0)
    }

    fn pull(&mut self, now: i64, tier: usize) {
        let first = self.desk.first(tier);
        let people = first..first + self.desk.people[tier];
        while let Some(person) = people.clone().find(|p| !self.busy[*p]) {
            let Some((t, v)) = self.queues[tier].pop_front() else { return };
            self.give(now, (t, v), person);
            if self.tickets[t].visits[v].outside > 0 {
                self.wait_outside(now, (t, v));
            } else {
                self.start(now, (t, v), vec![person], 1.0);
            }
        }
    }

    fn pool(&mut self, now: i64) {
        while let Some(&(t, v)) = self.queues[0].front() {
            let idle: Vec<usize> = (0..self.busy.len()).filter(|p| !self.busy[*p]).collect();
            let (need, alpha) = match self.rule {
                Rule::Fixed { size, alpha } if self.tickets[t].visits.len() > 1 => (size, alpha),
                Rule::Adaptive { most, alpha } => {
                    let spare = idle.len().saturating_sub(self.queues[0].len() - 1);
                    (spare.clamp(1, most), alpha)
                }
                _ => (1, 1.0),
            };
            if idle.len() < need {
                return;
            }
            self.queues[0].pop_front();
            let speed = (need as f64).powf(alpha);
            let people: Vec<usize> = idle.into_iter().take(need).collect();
            self.give(now, (t, v), people[0]);
            self.start(now, (t, v), people, speed);
        }
    }

    fn start(&mut self, now: i64, job: Job, people: Vec<usize>, speed: f64) {
        for &person in &people {
            self.busy[person] = true;
        }
        let visits = self.stretch(job);
        let work: i64 = self.tickets[job.0].visits[job.1..][..visits].iter().map(|visit| visit.effort).sum();
        let effort = work as f64 / speed;
        self.jobs.push((job, visits, people));
        self.events.push(Reverse((now + (whole(effort)).max(1), Event::Done(self.jobs.len() - 1, 0))));
    }

    /// How many visits are done in one go.
    fn stretch(&self, (t, v): Job) -> usize {
        if matches!(self.rule, Rule::Pull | Rule::Push | Rule::Juggle) {
            return 1;
        }
        let later = self.tickets[t].visits.iter().skip(v + 1);
        1 + later.take_while(|visit| visit.outside == 0).count()
    }

    fn leave(&mut self, now: i64, (t, v): Job, visits: usize) {
        for stay in self.stays[t].iter_mut().skip(v).take(visits) {
            stay.left = now;
        }
        if v + visits < self.tickets[t].visits.len() {
            self.events.push(Reverse((now, Event::Enter(t, v + visits))));
        }
    }

    fn turn(&mut self, now: i64, person: usize) {
        let (plates, since, _) = &mut self.plates[person];
        let share = (now - *since) as f64 / plates.len().max(1) as f64;
        for (left, _) in plates.iter_mut() {
            *left -= share;
        }
        *since = now;
    }

    fn plan(&mut self, now: i64, person: usize) {
        let (plates, _, version) = &mut self.plates[person];
        *version += 1;
        let least = plates.iter().map(|(left, _)| *left).fold(f64::INFINITY, f64::min);
        if least.is_finite() {
            let wait = whole((least.max(0.0) * plates.len() as f64).ceil());
            self.events.push(Reverse((now + wait, Event::Done(person, *version))));
        }
    }

    fn add_plate(&mut self, now: i64, person: usize, job: Job) {
        self.turn(now, person);
        let effort = self.tickets[job.0].visits[job.1].effort as f64;
        self.plates[person].0.push((effort, job));
        self.plan(now, person);
    }

    fn drop_plate(&mut self, now: i64, person: usize, version: u64) {
        if self.plates[person].2 != version {
            return;
        }
        self.turn(now, person);
        let (done, kept): (Vec<_>, Vec<_>) = self.plates[person].0.iter().partition(|(left, _)| *left <= 0.5);
        self.plates[person].0 = kept;
        for (_, job) in done {
            self.leave(now, job, 1);
        }
        self.plan(now, person);
    }
}

/// Seconds to the nearest.
#[expect(clippy::cast_possible_truncation, reason = "seconds of weeks")]
pub fn whole(seconds: f64) -> i64 {
    seconds.round() as i64
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test may panic")]
mod tests {
    use super::*;
    use crate::desk::Visit;

    fn tickets(list: &[(i64, &[i64])]) -> Vec<Ticket> {
        let visit = |(tier, effort): (usize, &i64)| Visit { tier, effort: *effort, outside: 0, person: 0 };
        let ticket = |(opened, efforts): &(i64, &[i64])| Ticket {
            opened: *opened,
            priority: 1,
            visits: efforts.iter().enumerate().map(visit).collect(),
        };
        list.iter().map(ticket).collect()
    }

    fn ends(people: [usize; 3], list: &[(i64, &[i64])], rule: Rule) -> Vec<i64> {
        let desk = Desk { people, ..Desk::new(0.0) };
        run(&desk, &tickets(list), rule).iter().map(|stays| stays[stays.len() - 1].left).collect()
    }

    /// By hand: one person a tier; the second ticket waits for the first at tier 1, and overtakes nobody.
    #[test]
    fn each_rule_does_what_it_says() {
        let list: [(i64, &[i64]); 3] = [(0, &[10, 20]), (1, &[10]), (2, &[30])];
        assert_eq!(ends([1, 1, 1], &list, Rule::Pull), [30, 20, 50]);
        assert_eq!(ends([1, 1, 1], &list, Rule::Push), [30, 20, 50]);
        // Three people, one queue: each is taken at once.
        assert_eq!(ends([1, 1, 1], &list, Rule::Pooled), [30, 11, 32]);
        // Juggled: 1 s alone, then halves, then thirds: 10 = 1 + .5 + t / 3 and so on.
        assert_eq!(ends([1, 1, 1], &[(0, &[4]), (2, &[2])], Rule::Juggle), [6, 6]);
        // Two at once, twice as fast: the escalated one takes (10 + 20) / 2, the third waits for whoever is free first.
        assert_eq!(ends([1, 1, 1], &list, Rule::Fixed { size: 2, alpha: 1.0 }), [15, 11, 41]);
        assert_eq!(ends([1, 1, 1], &[(0, &[30])], Rule::Adaptive { most: 3, alpha: 1.0 }), [10]);
    }
}
