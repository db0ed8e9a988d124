//! Who takes which ticket, and when they are done.

use std::collections::VecDeque;

use super::super::{Kind, Swarm, whole};
use super::{Desk, LARGEST, set};
use crate::swarm::case::NONE;

impl Desk<'_> {
    /// Whoever is free takes the head of the queue.
    pub(super) fn dispatch_plain(&mut self, number: u32, now: i64) {
        self.go_on_with_own(number, now);
        while let Some(pool) = self.pools.get_mut(number as usize) {
            let Some((rank, ticket)) = pool.head() else { break };
            let Some(person) = pool.take(&mut self.hours, now) else { break };
            pool.leave(rank, 0);
            self.start_plain(ticket, person, now);
        }
        self.wake(number, now);
    }

    /// Whoever is free and on duty goes on with what is back of theirs.
    fn go_on_with_own(&mut self, number: u32, now: i64) {
        let Some(pool) = self.pools.get_mut(number as usize).filter(|pool| pool.kept > 0) else { return };
        pool.settle(&mut self.hours, now);
        let mut place = 0;
        while let Some(pool) = self.pools.get_mut(number as usize)
            && let Some(&person) = pool.ready.get(place)
        {
            match self.kept.get_mut(person as usize).and_then(VecDeque::pop_front) {
                Some(ticket) => {
                    pool.ready.remove(place);
                    pool.kept -= 1;
                    self.start(ticket, &[person], now);
                }
                None => place += 1,
            }
        }
    }

    /// The same with swarms, skills or a preference for the home group.
    pub(super) fn dispatch(&mut self, number: u32, now: i64) {
        self.go_on_with_own(number, now);
        let mut team = core::mem::take(&mut self.team);
        while let Some(pool) = self.pools.get_mut(number as usize) {
            if pool.length == 0 {
                break;
            }
            let free = pool.settle(&mut self.hours, now);
            if free == 0 {
                break;
            }
            let Some((rank, position, ticket, lead)) = self.next(number) else { break };
            let Some(pool) = self.pools.get_mut(number as usize) else { break };
            let size = match self.rules.swarm {
                Swarm::Fixed(size) if self.case.routes.subset.get(ticket as usize) == Some(&true) => {
                    (size.clamp(1, LARGEST) as usize).min(pool.most)
                }
                Swarm::Adaptive { most, reserve } if pool.length == 1 => {
                    free.saturating_sub(reserve as usize).clamp(1, most.clamp(1, LARGEST) as usize)
                }
                // Alone, outside the subset, or while another ticket waits.
                _ => 1,
            };
            if free < size {
                break;
            }
            pool.leave(rank, position);
            team.clear();
            team.extend(pool.ready.remove(lead));
            while team.len() < size
                && let Some(at) = self.preferred(number, ticket)
                && let Some(pool) = self.pools.get_mut(number as usize)
            {
                team.extend(pool.ready.remove(at));
            }
            self.start(ticket, &team, now);
        }
        self.team = team;
        self.wake(number, now);
    }

    /// The next ticket that somebody may take, and who: (priority, position in its queue, ticket, position among those who
    /// are ready).
    fn next(&self, number: u32) -> Option<(usize, usize, u32, usize)> {
        let pool = self.pools.get(number as usize)?;
        let Some(skills) = self.case.staff.skills().filter(|_| self.rules.skills) else {
            let (rank, ticket) = pool.head()?;
            return Some((rank, 0, ticket, self.preferred(number, ticket)?));
        };
        pool.waiting.iter().enumerate().find_map(|(rank, queue)| {
            queue.iter().enumerate().find_map(|(position, &ticket)| {
                let category = self.case.routes.category.get(ticket as usize).copied().unwrap_or(NONE);
                let lead = pool.ready.iter().position(|&person| skills.may(person, category))?;
                Some((rank, position, ticket, lead))
            })
        })
    }

    /// Who of those ready takes a ticket: with a penalty for others, somebody whose home it is; else who has been free for
    /// longest.
    fn preferred(&self, number: u32, ticket: u32) -> Option<usize> {
        let ready = &self.pools.get(number as usize)?.ready;
        if ready.is_empty() {
            return None;
        }
        if self.rules.penalty > 1.0 {
            let last = (self.tickets.get(ticket as usize)?.upto as usize).saturating_sub(1);
            let group = self.case.routes.group.get(last).copied();
            let home = ready.iter().position(|&person| Some(self.case.staff.home(person)) == group);
            return home.or(Some(0));
        }
        Some(0)
    }

    /// People take a ticket: from when it waited, and which visits they do.
    #[inline]
    fn begin(&mut self, ticket: u32, members: usize, now: i64) -> core::ops::Range<usize> {
        let t = ticket as usize;
        let Some(progress) = self.tickets.get_mut(t) else { return 0..0 };
        progress.members = u32::try_from(members).unwrap_or(u32::MAX);
        if let Some(wait) = self.out.wait.get_mut(t) {
            *wait += now - progress.since;
        }
        if let Some(wait) = self.out.visit_wait.get_mut(progress.at as usize) {
            *wait = now - progress.since;
        }
        progress.at as usize..progress.upto as usize
    }

    /// A person takes a ticket alone.
    #[inline]
    fn start_plain(&mut self, ticket: u32, person: u32, now: i64) {
        let visits = self.begin(ticket, 1, now);
        let work = visits.map(|v| self.effort(v)).sum();
        self.serve(person, ticket, work, now);
    }

    /// People take a ticket together.
    fn start(&mut self, ticket: u32, team: &[u32], now: i64) {
        let visits = self.begin(ticket, team.len(), now);
        let speed = self.speed.get(team.len().saturating_sub(1)).copied().unwrap_or(1.0);
        for &person in team {
            let share = whole(self.work_for(person, visits.clone()) / speed);
            self.serve(person, ticket, share, now);
        }
    }

    /// What somebody has begun they go on with in their own hours, also where those on duty are over. Where these end too,
    /// neither the person nor the ticket is seen again.
    #[inline]
    fn serve(&mut self, person: u32, ticket: u32, seconds: i64, now: i64) {
        if let Some(work) = self.out.work.get_mut(ticket as usize) {
            *work += seconds;
        }
        set(&mut self.serving, person, ticket);
        if let Some(progress) = self.tickets.get_mut(ticket as usize) {
            progress.owner = person;
        }
        match self.hours.done(person, now, seconds) {
            Some(end) => self.alarms.set(person, end),
            None => self.gone(person),
        }
    }

    /// What a stretch of work takes a person alone.
    fn work_for(&self, person: u32, visits: core::ops::Range<usize>) -> f64 {
        let home = self.case.staff.home(person);
        let seconds = |v: usize| {
            let effort = self.effort(v) as f64;
            let away = !self.alike && self.case.routes.group.get(v).is_some_and(|&group| group != home);
            if away { effort * self.rules.penalty } else { effort }
        };
        visits.map(seconds).sum()
    }

    /// Makes sure that the next shift is noticed while somebody waits.
    fn wake(&mut self, number: u32, now: i64) {
        let Some(pool) = self.pools.get_mut(number as usize).filter(|pool| pool.length + pool.kept > 0) else { return };
        if let Some(shift) = pool.next_shift().filter(|&shift| shift > now && shift != pool.woken) {
            pool.woken = shift;
            self.events.push(shift, Kind::Shift, number);
        }
    }
}
