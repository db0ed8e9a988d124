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
    /// Waited for somebody outside, from and to; equal where it did not.
    pub outside: (i64, i64),
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

/// Work without interruption: all that a visit takes, or what comes before and after its wait for somebody outside.
#[derive(Clone, Copy, Debug)]
struct Piece {
    visit: usize,
    effort: i64,
    /// Seconds of waiting before it.
    outside: i64,
}

/// What of a visit's work shows that somebody outside has to be asked.
const ASKED: f64 = 0.25;

/// A job: ticket, piece.
type Job = (usize, usize);
/// What one person juggles: what is left of each job, since when, and the version of that.
type Plates = (Vec<(f64, Job)>, i64, u64);

struct Floor<'a> {
    desk: &'a Desk,
    tickets: &'a [Ticket],
    pieces: Vec<Vec<Piece>>,
    rule: Rule,
    stays: Vec<Vec<Stay>>,
    events: BinaryHeap<Reverse<(i64, Event)>>,
    /// Waiting for a tier, or for everybody.
    queues: [VecDeque<Job>; 3],
    /// Waiting for one person.
    own: Vec<VecDeque<Job>>,
    busy: Vec<bool>,
    /// Who works on a job, by its number, and how many pieces of the ticket it takes in.
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
        pieces: tickets.iter().map(pieces).collect(),
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

fn pieces(ticket: &Ticket) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (visit, v) in ticket.visits.iter().enumerate() {
        let asked = if v.outside > 0 { whole(v.effort as f64 * ASKED) } else { 0 };
        if v.outside > 0 {
            pieces.push(Piece { visit, effort: asked, outside: 0 });
        }
        pieces.push(Piece { visit, effort: v.effort - asked, outside: v.outside });
    }
    pieces
}

#[expect(clippy::indexing_slicing, reason = "all numbers are its own")]
impl Floor<'_> {
    fn happen(&mut self, now: i64, event: Event) {
        match event {
            Event::Enter(t, v) => self.enter(now, (t, v)),
            Event::Back(t, v) => self.back(now, (t, v)),
            Event::Done(person, version) if self.rule == Rule::Juggle => self.drop_plate(now, person, version),
            Event::Done(job, _) => {
                let (done, pieces, people) = self.jobs[job].clone();
                for &person in &people {
                    self.busy[person] = false;
                }
                self.go_on(now, done, pieces);
                self.next(now, &people);
            }
        }
    }

    /// A ticket reaches the tier of its next piece.
    fn enter(&mut self, now: i64, (t, p): Job) {
        let v = self.pieces[t][p].visit;
        let visit = self.tickets[t].visits[v];
        self.stays[t][v].entered = now;
        match self.rule {
            Rule::Pull => {
                self.queues[visit.tier].push_back((t, p));
                self.pull(now, visit.tier);
            }
            Rule::Push | Rule::Juggle => {
                let person = self.desk.first(visit.tier) + visit.person;
                self.give(now, (t, p), person);
                self.back(now, (t, p));
            }
            _ => self.back(now, (t, p)),
        }
    }

    fn give(&mut self, now: i64, (t, p): Job, person: usize) {
        let stay = &mut self.stays[t][self.pieces[t][p].visit];
        (stay.assigned, stay.person) = (now, person);
    }

    /// Nothing outside keeps the job any more.
    fn back(&mut self, now: i64, (t, p): Job) {
        let stay = &mut self.stays[t][self.pieces[t][p].visit];
        if self.pieces[t][p].outside > 0 {
            stay.outside.1 = now;
        }
        let person = stay.person;
        match self.rule {
            Rule::Pull | Rule::Push => {
                self.own[person].push_back((t, p));
                self.next(now, &[person]);
            }
            Rule::Juggle => self.add_plate(now, person, (t, p)),
            _ => {
                self.queues[0].push_back((t, p));
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
            let Some(job) = self.queues[tier].pop_front() else { return };
            self.give(now, job, person);
            self.start(now, job, vec![person], 1.0);
        }
    }

    fn pool(&mut self, now: i64) {
        while let Some(&(t, p)) = self.queues[0].front() {
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
            self.start(now, (t, p), people, speed);
        }
    }

    fn start(&mut self, now: i64, job: Job, people: Vec<usize>, speed: f64) {
        for &person in &people {
            self.busy[person] = true;
        }
        let pieces = self.stretch(job);
        let work: i64 = self.pieces[job.0][job.1..][..pieces].iter().map(|piece| piece.effort).sum();
        let effort = work as f64 / speed;
        self.jobs.push((job, pieces, people));
        self.events.push(Reverse((now + (whole(effort)).max(1), Event::Done(self.jobs.len() - 1, 0))));
    }

    /// How many pieces are done in one go.
    fn stretch(&self, (t, p): Job) -> usize {
        if matches!(self.rule, Rule::Pull | Rule::Push | Rule::Juggle) {
            return 1;
        }
        1 + self.pieces[t].iter().skip(p + 1).take_while(|piece| piece.outside == 0).count()
    }

    /// So many pieces are done: the ticket waits for somebody outside, or leaves the tier.
    fn go_on(&mut self, now: i64, (t, p): Job, pieces: usize) {
        for piece in self.pieces[t].iter().skip(p).take(pieces) {
            self.stays[t][piece.visit].left = now;
        }
        let Some(next) = self.pieces[t].get(p + pieces).copied() else { return };
        if next.outside > 0 {
            self.stays[t][next.visit].outside.0 = now;
            self.events.push(Reverse((now + next.outside, Event::Back(t, p + pieces))));
        } else {
            self.events.push(Reverse((now, Event::Enter(t, p + pieces))));
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
        let effort = self.pieces[job.0][job.1].effort as f64;
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
            self.go_on(now, job, 1);
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

    /// One person, 8 s of work with 20 s outside after the first 2, and 10 s of another ticket meanwhile: 2 + 20 + 6, and the other from 2 to 12.
    #[test]
    fn waits_outside_keep_nobody_busy() {
        let visit = |effort, outside| Visit { tier: 0, effort, outside, person: 0 };
        let ticket = |opened, visit| Ticket { opened, priority: 1, visits: vec![visit] };
        let list = [ticket(0, visit(8, 20)), ticket(1, visit(10, 0))];
        for rule in [Rule::Pull, Rule::Push, Rule::Juggle, Rule::Pooled] {
            let stays = run(&Desk { people: [1, 0, 0], ..Desk::new(0.0) }, &list, rule);
            // Juggling, the first two seconds of the one are shared with the other from 1 on.
            let asked = if rule == Rule::Juggle { 3 } else { 2 };
            assert_eq!((stays[0][0].outside, stays[0][0].left), ((asked, asked + 20), asked + 26), "{rule:?}");
            assert_eq!(stays[1][0].left, 12, "{rule:?}");
        }
    }

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
