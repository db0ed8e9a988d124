//! The desk at work: a discrete-event simulation in which people take one ticket at a time.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::Desk;
use super::arrivals::Arrivals;
use super::draw::Draw;
use super::hours::{DAY, HOUR, START, Shift};
use super::links::Links;
use super::log::Log;
use super::staff::{Member, SERVICE_DESK, TEAMS, Team, Tier};
use super::subject::{MONITORING, Subject};
use super::ticket::{Hold, Rank, State, Ticket};

/// Resolved tickets close after this time, at the next full hour.
const CLOSES_AFTER: u64 = 72 * HOUR;
/// Hours in which users and vendors answer.
const OFFICE: Shift = Shift::from_minute(480);
/// A ticket that moved this often stays where it is.
const MOST_MOVES: u32 = 7;

/// What happens next.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Event {
    Arrival,
    PickUp { person: usize },
    Stop { person: usize, ticket: u32 },
    Answer { ticket: u32 },
    Reopen { ticket: u32 },
    Close { ticket: u32 },
    Withdraw { ticket: u32 },
}

struct Person {
    member: &'static Member,
    team: usize,
    queue: BTreeSet<Rank>,
    /// Working on a ticket, or about to look for one.
    engaged: bool,
}

struct Crew {
    team: &'static Team,
    site: usize,
    people: std::ops::Range<usize>,
    queue: BTreeSet<Rank>,
}

/// What becomes of the changes of tickets.
pub enum Output<'a> {
    /// Rows of a log; with links, groups are named by their side of development and operations, too.
    Rows(Log<'a>, Option<&'a Links>),
    /// What became of each ticket.
    Seen(Vec<Seen>),
}

/// What became of a ticket.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// When it was opened.
    pub opened: u64,
    /// Position of its service.
    pub service: usize,
    /// Position of its priority.
    pub priority: usize,
    /// When it was resolved for the last time, or withdrawn.
    pub resolved: Option<u64>,
    /// When it last changed.
    pub updated: u64,
    /// Whether that was more than its opening.
    pub looked_at: bool,
}

/// A desk after its last day.
#[derive(Debug)]
pub struct Ended {
    /// The instant at which its log breaks off.
    pub end: u64,
    /// What became of each ticket, by number, where that was asked for.
    pub seen: Vec<Seen>,
}

/// The simulation.
pub struct Simulation<'a> {
    draw: Draw,
    arrivals: Arrivals,
    sites: usize,
    to_come: u32,
    next_number: u32,
    /// The instant at which the log breaks off.
    end: Option<u64>,
    clock: BinaryHeap<Reverse<(u64, u64, Event)>>,
    sequence: u64,
    people: Vec<Person>,
    crews: Vec<Crew>,
    tickets: BTreeMap<u32, Ticket>,
    output: Output<'a>,
}

impl<'a> Simulation<'a> {
    /// A desk with this many sites and tickets.
    pub fn new(desk: &Desk, sites: usize, output: Output<'a>) -> Self {
        let Desk { tickets, seed } = *desk;
        let mut people = Vec::new();
        let mut crews = Vec::new();
        for site in 0..sites {
            for team in &TEAMS {
                let first = people.len();
                let of_team = crews.len();
                people.extend(team.members.iter().map(|member| Person {
                    member,
                    team: of_team,
                    queue: BTreeSet::new(),
                    engaged: false,
                }));
                crews.push(Crew { team, site, people: first..people.len(), queue: BTreeSet::new() });
            }
        }
        Self {
            draw: Draw::new(seed),
            arrivals: Arrivals::new(sites as u64),
            sites,
            to_come: tickets,
            next_number: 0,
            end: None,
            clock: BinaryHeap::new(),
            sequence: 0,
            people,
            crews,
            tickets: BTreeMap::new(),
            output,
        }
    }

    /// Runs until the night after the last ticket came in.
    pub fn run(mut self) -> Ended {
        self.expect_arrival();
        while let Some(Reverse((now, _, event))) = self.clock.pop() {
            if self.end.is_some_and(|end| now >= end) {
                break;
            }
            match event {
                Event::Arrival => self.arrive(now),
                Event::PickUp { person } => self.pick_up(now, person),
                Event::Stop { person, ticket } => self.stop(now, person, ticket),
                Event::Answer { ticket } => self.answer(now, ticket),
                Event::Reopen { ticket } => self.reopen(now, ticket),
                Event::Close { ticket } => self.close(now, ticket),
                Event::Withdraw { ticket } => self.withdraw(now, ticket),
            }
        }
        let end = self.end.unwrap_or(START);
        match self.output {
            Output::Rows(log, _) => {
                log.finish();
                Ended { end, seen: Vec::new() }
            }
            Output::Seen(seen) => Ended { end, seen },
        }
    }

    fn at(&mut self, at: u64, event: Event) {
        self.sequence += 1;
        self.clock.push(Reverse((at, self.sequence, event)));
    }

    fn expect_arrival(&mut self) {
        if self.to_come > 0 {
            let at = self.arrivals.advance(&mut self.draw);
            self.at(at, Event::Arrival);
        }
    }

    /// Saves a change: a row, and the ticket where it is still to live.
    fn save(&mut self, now: u64, mut ticket: Ticket) {
        ticket.changes += 1;
        match &mut self.output {
            Output::Rows(log, links) => {
                let mut group = String::new();
                let mut assignee = String::new();
                if let Some(crew) = self.crews.get(ticket.team) {
                    let name = if links.is_some() { crew.team.side_name } else { crew.team.name };
                    full_name(name, crew.site, &mut group);
                }
                if let Some(person) = ticket.person.and_then(|person| self.people.get(person)) {
                    let site = self.crews.get(person.team).map_or(0, |crew| crew.site);
                    full_name(person.member.name, site, &mut assignee);
                }
                let links = links.map(|links| links.cells(&ticket, now));
                let mut row = String::new();
                ticket.write(now, &group, &assignee, links, &mut row);
                log.add(now, ticket.number, row);
            }
            Output::Seen(seen) => {
                let Subject { service, priority, .. } = ticket.subject;
                let latest = Seen {
                    opened: ticket.opened,
                    service,
                    priority,
                    resolved: ticket.resolved.or(ticket.closed),
                    updated: now,
                    looked_at: ticket.state != State::New,
                };
                match usize::try_from(ticket.number).ok().and_then(|number| seen.get_mut(number)) {
                    Some(known) => *known = latest,
                    // Numbers are given in the order of arrival.
                    None => seen.push(latest),
                }
            }
        }
        if !matches!(ticket.state, State::Closed | State::Canceled) {
            self.tickets.insert(ticket.number, ticket);
        }
    }

    fn arrive(&mut self, now: u64) {
        self.to_come -= 1;
        if self.to_come == 0 {
            self.end = Some(now - now % DAY + DAY);
        }
        self.expect_arrival();
        let hour = now / HOUR % 24;
        let subject = Subject::draw(&mut self.draw, !(6..20).contains(&hour));
        let site = self.draw.pick(self.sites) * TEAMS.len();
        let direct = subject.channel == MONITORING;
        let team =
            site + if direct { subject.service().map_or(SERVICE_DESK, |service| service.second) } else { SERVICE_DESK };
        let number = self.next_number;
        self.next_number += 1;
        if self.draw.chance(34) {
            let patience = self.draw.exponential_of(8 * HOUR);
            self.at(OFFICE.after(now, 60 + patience), Event::Withdraw { ticket: number });
        }
        let mut ticket = Ticket {
            number,
            opened: now,
            subject,
            state: State::New,
            team,
            person: None,
            rank: (subject.priority, 0, number),
            left: 0,
            hold: None,
            reassignments: 0,
            reopens: 0,
            changes: 0,
            resolved: None,
            closed: None,
        };
        self.plan(&mut ticket, 100);
        self.enqueue(now, &mut ticket);
        self.save(now, ticket);
    }

    /// Plans the visit to the ticket's team: its work, and the hold on the way.
    fn plan(&mut self, ticket: &mut Ticket, percent: u64) {
        let Some(tier) = self.crews.get(ticket.team).map(|crew| crew.team.tier) else { return };
        let effort = (self.draw.lognormal_of(tier.effort()) * percent / 100).max(120);
        ticket.left = effort;
        ticket.hold = None;
        let luck = self.draw.below(1000);
        let state = if luck < tier.waits_for_user() {
            State::AwaitingUser
        } else if luck < tier.waits_for_user() + tier.waits_for_vendor() {
            State::AwaitingVendor
        } else {
            return;
        };
        let median = if state == State::AwaitingUser { 5 * HOUR } else { 20 * HOUR };
        let wait = self.draw.lognormal_of(median).max(600);
        let before = (effort * self.draw.between(20, 70) / 100).max(60);
        ticket.left = before;
        ticket.hold = Some(Hold { state, wait, rest: (effort - before.min(effort)).max(60) });
    }

    /// Puts a ticket into the queue of its person or its team and wakes who is idle there.
    fn enqueue(&mut self, now: u64, ticket: &mut Ticket) {
        self.sequence += 1;
        ticket.rank = (ticket.subject.priority, self.sequence, ticket.number);
        if let Some(person) = ticket.person {
            if let Some(person) = self.people.get_mut(person) {
                person.queue.insert(ticket.rank);
            }
            self.wake(now, person);
        } else if let Some(crew) = self.crews.get_mut(ticket.team) {
            crew.queue.insert(ticket.rank);
            for person in crew.people.clone() {
                self.wake(now, person);
            }
        }
    }

    fn dequeue(&mut self, ticket: &Ticket) {
        let queue = match ticket.person {
            Some(person) => self.people.get_mut(person).map(|person| &mut person.queue),
            None => self.crews.get_mut(ticket.team).map(|crew| &mut crew.queue),
        };
        if let Some(queue) = queue {
            queue.remove(&ticket.rank);
        }
    }

    /// An idle person looks at the queue after a breather, within working hours.
    fn wake(&mut self, now: u64, person: usize) {
        let breather = self.draw.between(30, 300);
        let Some(who) = self.people.get_mut(person) else { return };
        if !who.engaged {
            who.engaged = true;
            let at = who.member.shift.after(now, breather);
            self.at(at, Event::PickUp { person });
        }
    }

    fn pick_up(&mut self, now: u64, person: usize) {
        let Some(who) = self.people.get_mut(person) else { return };
        let shift = who.member.shift;
        let next = who.queue.pop_first().or_else(|| self.crews.get_mut(who.team)?.queue.pop_first());
        let Some(mut ticket) = next.and_then(|(_, _, number)| self.tickets.remove(&number)) else {
            who.engaged = false;
            return;
        };
        ticket.state = State::InProgress;
        ticket.person = Some(person);
        let stop = Event::Stop { person, ticket: ticket.number };
        self.at(shift.after(now, ticket.left), stop);
        self.save(now, ticket);
    }

    /// The person puts the ticket down: on hold, on to somebody else, or done.
    fn stop(&mut self, now: u64, person: usize, number: u32) {
        if let Some(who) = self.people.get_mut(person) {
            who.engaged = false;
        }
        if let Some(mut ticket) = self.tickets.remove(&number) {
            if let Some(hold) = ticket.hold.take() {
                ticket.state = hold.state;
                ticket.left = hold.rest;
                self.at(OFFICE.after(now, hold.wait), Event::Answer { ticket: number });
            } else if let Some(team) = self.next_team(&ticket) {
                self.hand_over(now, &mut ticket, team);
            } else {
                self.resolve(now, &mut ticket);
            }
            self.save(now, ticket);
        }
        self.wake(now, person);
    }

    /// Which team has to see the ticket next; none where it is solved.
    fn next_team(&mut self, ticket: &Ticket) -> Option<usize> {
        let crew = self.crews.get(ticket.team)?;
        let (tier, own) = (crew.team.tier, ticket.team % TEAMS.len());
        let site = ticket.team - own;
        let service = ticket.subject.service()?;
        if ticket.reassignments >= MOST_MOVES {
            return None;
        }
        let luck = self.draw.below(1000);
        let to = match tier {
            Tier::First => {
                let solves = if ticket.reassignments == 0 { 640 } else { 420 };
                if luck < solves {
                    return None;
                }
                // One escalation in ten goes to the wrong door.
                if luck >= 964 { 1 + self.draw.pick(4) } else { service.second }
            }
            Tier::Second if own != service.second => {
                if luck < 750 {
                    service.second
                } else {
                    SERVICE_DESK
                }
            }
            Tier::Second => match luck {
                0..730 => return None,
                730..810 => SERVICE_DESK,
                _ => service.third,
            },
            Tier::Third => match luck {
                0..880 => return None,
                _ => service.second,
            },
        };
        Some(site + to)
    }

    fn hand_over(&mut self, now: u64, ticket: &mut Ticket, team: usize) {
        ticket.state = State::Assigned;
        ticket.reassignments += 1;
        ticket.team = team;
        ticket.person = None;
        if let Some(crew) = self.crews.get(team).filter(|crew| crew.team.hands_out) {
            // Half the time the dispatcher looks who has least to do.
            let people = crew.people.clone();
            let looks = self.draw.chance(500);
            let at_random = people.start + self.draw.pick(people.len());
            let load = |person: &usize| self.people.get(*person).map(|who| who.queue.len() + usize::from(who.engaged));
            ticket.person = if looks { people.min_by_key(load) } else { Some(at_random) };
        }
        let knows_it = ticket.subject.service().is_some_and(|service| {
            let own = team % TEAMS.len();
            own == service.second || own == service.third
        });
        // A team that is not in charge sees that soon.
        self.plan(ticket, if knows_it || team % TEAMS.len() == SERVICE_DESK { 100 } else { 20 });
        self.enqueue(now, ticket);
    }

    fn resolve(&mut self, now: u64, ticket: &mut Ticket) {
        ticket.state = State::Resolved;
        ticket.resolved = Some(now);
        let closes = (now + CLOSES_AFTER).next_multiple_of(HOUR);
        if self.draw.chance(44) {
            let delay = self.draw.exponential_of(6 * HOUR);
            let reopens = OFFICE.after(now, 600 + delay);
            if reopens < closes {
                self.at(reopens, Event::Reopen { ticket: ticket.number });
                return;
            }
        }
        self.at(closes, Event::Close { ticket: ticket.number });
    }

    fn answer(&mut self, now: u64, number: u32) {
        if let Some(mut ticket) = self.tickets.remove(&number) {
            ticket.state = State::Assigned;
            self.enqueue(now, &mut ticket);
            self.save(now, ticket);
        }
    }

    fn reopen(&mut self, now: u64, number: u32) {
        if let Some(mut ticket) = self.tickets.remove(&number) {
            ticket.state = State::Assigned;
            ticket.reopens += 1;
            ticket.resolved = None;
            self.plan(&mut ticket, 60);
            self.enqueue(now, &mut ticket);
            self.save(now, ticket);
        }
    }

    fn close(&mut self, now: u64, number: u32) {
        if let Some(mut ticket) = self.tickets.remove(&number) {
            ticket.state = State::Closed;
            ticket.closed = Some(now);
            self.save(now, ticket);
        }
    }

    fn withdraw(&mut self, now: u64, number: u32) {
        let waits = |ticket: &Ticket| {
            matches!(ticket.state, State::New | State::Assigned | State::AwaitingUser | State::AwaitingVendor)
        };
        if !self.tickets.get(&number).is_some_and(waits) {
            return;
        }
        if let Some(mut ticket) = self.tickets.remove(&number) {
            self.dequeue(&ticket);
            ticket.state = State::Canceled;
            ticket.closed = Some(now);
            self.save(now, ticket);
        }
    }
}

/// Every further site has its number behind the name.
fn full_name(name: &str, site: usize, out: &mut String) {
    out.push_str(name);
    if site > 0 {
        out.push(' ');
        out.push_str(&(site + 1).to_string());
    }
}
