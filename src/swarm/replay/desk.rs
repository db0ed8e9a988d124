//! Queues of groups, of people, and of everybody: first come first served within a priority.

use super::pool::{Hours, Pool};
use super::{Discipline, Events, Kind, Outcome, Rules, Swarm, whole};
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
    events: Events,
    pools: Vec<Pool>,
    /// The queue of each group; of each person.
    pool_of_group: Vec<u32>,
    pool_of_person: Vec<u32>,
    /// Of each ticket: its next visit, the one after its present work, when it began to wait, how many work on it.
    at: Vec<u32>,
    upto: Vec<u32>,
    since: Vec<i64>,
    members: Vec<u32>,
    /// Of each person: the ticket.
    serving: Vec<u32>,
    /// Who takes a ticket together.
    team: Vec<u32>,
    /// Tickets that join a queue at this instant.
    joining: Vec<(u32, u32)>,
    /// Queues at which something happened at this instant.
    touched: Vec<u32>,
    /// Whether any person is as good as the next, so that the head of the queue takes who is free.
    plain: bool,
    out: Outcome,
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
            Discipline::GroupQueue => group_pools(case, &groups),
            _ => Vec::new(),
        };
        let skilled = rules.skills && staff.skills().is_some();
        #[expect(clippy::float_cmp, reason = "1 is the setting for no penalty")]
        let plain = rules.swarm == Swarm::Alone && !skilled && rules.penalty == 1.0;
        Self {
            case,
            efforts,
            rules,
            hours: Hours::new(staff, rules.discipline == Discipline::PersonalQueue),
            speed: (1..=LARGEST).map(|s| libm::pow(f64::from(s), rules.alpha)).collect(),
            events: Events::default(),
            pools: groups.iter().map(|people| Pool::new(people, ranks, most(people))).collect(),
            pool_of_group,
            pool_of_person,
            at: case.begin.clone(),
            upto: vec![0; routes.len()],
            since: vec![0; routes.len()],
            members: vec![0; routes.len()],
            serving: vec![NONE; staff.len()],
            team: Vec::new(),
            joining: Vec::new(),
            touched: Vec::new(),
            plain,
            out: Outcome { visit_wait: vec![0; routes.visits()], ..Outcome::new(routes.len()) },
        }
    }

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
                    Kind::Done => self.done(number, now),
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
        let joining = core::mem::take(&mut self.joining);
        for &(pool, ticket) in &joining {
            let rank = if self.rules.priorities { self.case.routes.rank.get(ticket as usize).copied() } else { None };
            if let Some(queue) = self.pools.get_mut(pool as usize) {
                queue.join(rank.unwrap_or(0).into(), ticket);
                self.touched.push(pool);
            }
        }
        self.joining = joining;
        self.joining.clear();
        if self.touched.len() > 1 {
            self.touched.sort_unstable();
            self.touched.dedup();
        }
        let touched = core::mem::take(&mut self.touched);
        for &pool in &touched {
            if self.plain { self.dispatch_plain(pool, now) } else { self.dispatch(pool, now) }
        }
        self.touched = touched;
        self.touched.clear();
    }

    /// A ticket is done with what came before its next visit; `back` where it is back from that visit's hold.
    fn advance(&mut self, ticket: u32, now: i64, mut back: bool) {
        let t = ticket as usize;
        let end = self.case.routes.of(t).end;
        loop {
            let Some(&at) = self.at.get(t) else { return };
            let visit = at as usize;
            if visit >= end {
                set(&mut self.out.end, ticket, now);
                return;
            }
            let hold = if back { 0 } else { self.case.hold_left(t, visit) };
            if hold > 0 {
                self.events.push(now + hold, Kind::Back, ticket);
                return;
            }
            back = false;
            let (upto, works) = self.stretch(visit, end);
            if works && let Some(pool) = self.pool_of(ticket, visit) {
                set(&mut self.upto, ticket, u32::try_from(upto).unwrap_or(NONE));
                set(&mut self.since, ticket, now);
                self.joining.push((pool, ticket));
                return;
            }
            set(&mut self.at, ticket, u32::try_from(upto).unwrap_or(NONE));
            let delay: i64 = if works { (visit..upto).map(|v| self.effort(v)).sum() } else { 0 };
            if delay > 0 {
                self.events.push(now + delay, Kind::Passed, ticket);
                return;
            }
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
    fn effort(&self, visit: usize) -> i64 {
        self.efforts.get(visit).map_or(0, |&e| i64::from(e))
    }

    /// The queue for a visit.
    #[inline]
    fn pool_of(&self, ticket: u32, visit: usize) -> Option<u32> {
        let routes = &self.case.routes;
        let pool = match self.rules.discipline {
            Discipline::GroupQueue => *self.pool_of_group.get(*routes.group.get(visit)? as usize)?,
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

    /// A person is done with a share of a ticket.
    fn done(&mut self, person: u32, now: i64) {
        let Some(serving) = self.serving.get_mut(person as usize) else { return };
        let ticket = core::mem::replace(serving, NONE);
        if let Some(&pool) = self.pool_of_person.get(person as usize)
            && let Some(queue) = self.pools.get_mut(pool as usize)
        {
            queue.ready.push_back(person);
            self.touched.push(pool);
        }
        let Some(members) = self.members.get_mut(ticket as usize) else { return };
        *members = members.saturating_sub(1);
        if *members == 0 {
            let upto = self.upto.get(ticket as usize).copied().unwrap_or(0);
            set(&mut self.at, ticket, upto);
            self.advance(ticket, now, false);
        }
    }

    /// Whoever is free takes the head of the queue.
    fn dispatch_plain(&mut self, number: u32, now: i64) {
        while let Some(pool) = self.pools.get_mut(number as usize) {
            let Some((rank, ticket)) = pool.head() else { return };
            let Some(person) = pool.take(&mut self.hours, now) else { break };
            pool.leave(rank, 0);
            self.start(ticket, &[person], now);
        }
        self.wake(number, now);
    }

    /// The same with swarms, skills or a preference for the home group.
    fn dispatch(&mut self, number: u32, now: i64) {
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
            let last = (*self.upto.get(ticket as usize)? as usize).saturating_sub(1);
            let group = self.case.routes.group.get(last).copied();
            let home = ready.iter().position(|&person| Some(self.case.staff.home(person)) == group);
            return home.or(Some(0));
        }
        Some(0)
    }

    fn start(&mut self, ticket: u32, team: &[u32], now: i64) {
        let t = ticket as usize;
        let (from, upto) = (self.at.get(t).map_or(0, |&v| v as usize), self.upto.get(t).map_or(0, |&v| v as usize));
        let speed = self.speed.get(team.len().saturating_sub(1)).copied().unwrap_or(1.0);
        let since = self.since.get(t).copied().unwrap_or(now);
        if let Some(wait) = self.out.wait.get_mut(t) {
            *wait += now - since;
        }
        if let Some(wait) = self.out.visit_wait.get_mut(from) {
            *wait = now - since;
        }
        set(&mut self.members, ticket, u32::try_from(team.len()).unwrap_or(u32::MAX));
        for &person in team {
            let share = if self.plain {
                (from..upto).map(|v| self.effort(v)).sum()
            } else {
                whole(self.work_for(person, from..upto) / speed)
            };
            if let Some(work) = self.out.work.get_mut(t) {
                *work += share;
            }
            set(&mut self.serving, person, ticket);
            // What somebody has begun they go on with in their own hours, also where those on duty are over. Where these
            // end too, neither the person nor the ticket is seen again.
            if let Some(end) = self.hours.done(person, now, share) {
                self.events.push(end, Kind::Done, person);
            }
        }
    }

    /// What a stretch of work takes a person alone.
    fn work_for(&self, person: u32, visits: core::ops::Range<usize>) -> f64 {
        let home = self.case.staff.home(person);
        let seconds = |v: usize| {
            let away = self.case.routes.group.get(v).is_some_and(|&group| group != home);
            self.effort(v) as f64 * if away { self.rules.penalty } else { 1.0 }
        };
        visits.map(seconds).sum()
    }

    /// Makes sure that the next shift is noticed while somebody waits.
    fn wake(&mut self, number: u32, now: i64) {
        let Some(pool) = self.pools.get_mut(number as usize).filter(|pool| pool.length > 0) else { return };
        if let Some(shift) = pool.next_shift().filter(|&shift| shift > now && shift != pool.woken) {
            pool.woken = shift;
            self.events.push(shift, Kind::Shift, number);
        }
    }
}

/// The people of each queue.
fn members(case: &Case, rules: &Rules) -> Vec<Vec<u32>> {
    let staff = &case.staff;
    match rules.discipline {
        Discipline::GroupQueue => {
            let mut groups: Vec<Vec<u32>> = Vec::new();
            for person in staff.people().filter(|&p| staff.home(p) != NONE) {
                let home = staff.home(person) as usize;
                if groups.len() <= home {
                    groups.resize(home + 1, Vec::new());
                }
                if let Some(group) = groups.get_mut(home) {
                    group.push(person);
                }
            }
            groups
        }
        Discipline::OneQueue => {
            let mut people: Vec<u32> = staff.people().collect();
            let Some(lane) = &rules.lane else { return vec![people] };
            // The stable sort keeps the order of numbers among equals.
            people.sort_by_key(|&p| core::cmp::Reverse(staff.duty(p).map_or(0, |h| h.between(case.from, case.until))));
            let kept = (lane.people as usize).min(people.len());
            let mut rest = people.split_off(kept);
            rest.sort_unstable();
            vec![rest, people]
        }
        _ => staff.people().map(|person| vec![person]).collect(),
    }
}

/// The queue of each group: its own, or where it has nobody at home, that of those who worked for it most often.
fn group_pools(case: &Case, pools: &[Vec<u32>]) -> Vec<u32> {
    let routes = &case.routes;
    let groups = routes.group.iter().filter(|&&g| g != NONE).max().map_or(0, |&g| g as usize + 1);
    let mut found: Vec<u32> = (0..u32::try_from(groups).unwrap_or(0)).collect();
    let mut counts: std::collections::BTreeMap<(u32, u32), u32> = std::collections::BTreeMap::new();
    let lacks = |group: u32| pools.get(group as usize).is_none_or(Vec::is_empty);
    for (&group, &person) in routes.group.iter().zip(&routes.person).filter(|&(&g, &p)| p != NONE && lacks(g)) {
        *counts.entry((group, case.staff.home(person))).or_default() += 1;
    }
    for pool in found.iter_mut().filter(|group| lacks(**group)) {
        let homes = counts.range((*pool, 0)..=(*pool, NONE));
        let best = homes.max_by_key(|&(&(_, home), &n)| (n, core::cmp::Reverse(home)));
        *pool = best.map_or(NONE, |(&(_, home), _)| home);
    }
    found
}

/// Sets an entry, if there is one.
#[inline]
fn set<T>(column: &mut [T], number: u32, value: T) {
    if let Some(entry) = column.get_mut(number as usize) {
        *entry = value;
    }
}
