//! The input of a replay: tickets with their routes, and who works when.
//!
//! A route is a list of visits in order. A visit is a stretch of work by one group, with one person at most, and the pure
//! delay before it: time on hold since the visit before (or since the opening). Work that a hold interrupts makes two
//! visits, the second of which carries the hold; a hold from which a ticket was resolved is the delay of a last visit
//! without work. So holds occupy nobody, and no policy removes them.

use super::staff::Staff;

/// Nobody, or no class: in every column of codes.
pub const NONE: u32 = u32::MAX;
/// An end that did not come.
pub const NEVER: i64 = i64::MAX;

/// A ticket as it is added to [`Routes`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Ticket {
    /// When it was opened.
    pub opened: i64,
    /// When it was observed to end; [`NEVER`] while open.
    pub ended: i64,
    /// Priority: 0 is served first. Only policies with priorities look at it.
    pub rank: u8,
    /// What it is about, for the skills of [`Staff`]; [`NONE`] where unknown.
    pub category: u32,
    /// Whether a fixed swarm takes it.
    pub subset: bool,
    /// Whether its end counts; cancelled tickets take work but are not scored.
    pub counts: bool,
}

/// A visit as it is added to [`Routes`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Visit {
    /// Whose work it is.
    pub group: u32,
    /// Who did it; [`NONE`] where nobody took it.
    pub person: u32,
    /// Class from which its effort is drawn; [`NONE`] for a visit without work, which needs nobody and takes no time.
    pub class: u32,
    /// Seconds of hold before it.
    pub hold: u32,
    /// When it came to the group, or to the person where these changed within the group.
    pub entered: i64,
    /// When the person got it; the instant of leaving where nobody did.
    pub assigned: i64,
    /// When it left; the end of the window where it did not.
    pub left: i64,
}

impl Ticket {
    /// An open ticket of the first priority that counts.
    pub fn new(opened: i64) -> Self {
        Self { opened, ended: NEVER, rank: 0, category: NONE, subset: true, counts: true }
    }
}

impl Visit {
    /// A visit of class 0, without hold, to a person of a group.
    pub fn new(group: u32, person: u32) -> Self {
        Self { group, person, class: 0, hold: 0, entered: 0, assigned: 0, left: 0 }
    }
}

/// Tickets and visits in columns: memory is linear in visits.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "columns of what Ticket and Visit document")]
pub struct Routes {
    pub opened: Vec<i64>,
    pub ended: Vec<i64>,
    pub rank: Vec<u8>,
    pub category: Vec<u32>,
    pub subset: Vec<bool>,
    pub counts: Vec<bool>,
    /// Where each ticket's visits begin; one entry more than there are tickets.
    pub first: Vec<u32>,
    pub group: Vec<u32>,
    pub person: Vec<u32>,
    pub class: Vec<u32>,
    pub hold: Vec<u32>,
    pub entered: Vec<i64>,
    pub assigned: Vec<i64>,
    pub left: Vec<i64>,
    /// Seconds of work that the history itself tells, by states that say so; empty where it does not.
    pub recorded: Vec<u32>,
}

impl Default for Routes {
    fn default() -> Self {
        Self {
            opened: Vec::new(),
            ended: Vec::new(),
            rank: Vec::new(),
            category: Vec::new(),
            subset: Vec::new(),
            counts: Vec::new(),
            first: vec![0],
            group: Vec::new(),
            person: Vec::new(),
            class: Vec::new(),
            hold: Vec::new(),
            entered: Vec::new(),
            assigned: Vec::new(),
            left: Vec::new(),
            recorded: Vec::new(),
        }
    }
}

impl Routes {
    /// Appends a ticket with its visits, in order of time.
    pub fn push(&mut self, ticket: Ticket, visits: &[Visit]) {
        self.opened.push(ticket.opened);
        self.ended.push(ticket.ended);
        self.rank.push(ticket.rank);
        self.category.push(ticket.category);
        self.subset.push(ticket.subset);
        self.counts.push(ticket.counts);
        for visit in visits {
            self.group.push(visit.group);
            self.person.push(visit.person);
            self.class.push(visit.class);
            self.hold.push(visit.hold);
            self.entered.push(visit.entered);
            self.assigned.push(visit.assigned);
            self.left.push(visit.left);
        }
        self.first.push(u32::try_from(self.group.len()).unwrap_or(u32::MAX));
    }

    /// Number of tickets.
    pub fn len(&self) -> usize {
        self.opened.len()
    }

    /// Whether there is no ticket.
    pub fn is_empty(&self) -> bool {
        self.opened.is_empty()
    }

    /// Number of visits.
    pub fn visits(&self) -> usize {
        self.group.len()
    }

    /// The visits of a ticket, as positions in the columns.
    #[inline]
    pub fn of(&self, ticket: usize) -> core::ops::Range<usize> {
        let at = |t: usize| self.first.get(t).copied().unwrap_or(0) as usize;
        at(ticket)..at(ticket + 1)
    }

    /// A ticket as it was added.
    pub fn ticket(&self, ticket: usize) -> Option<Ticket> {
        Some(Ticket {
            opened: *self.opened.get(ticket)?,
            ended: *self.ended.get(ticket)?,
            rank: *self.rank.get(ticket)?,
            category: *self.category.get(ticket)?,
            subset: *self.subset.get(ticket)?,
            counts: *self.counts.get(ticket)?,
        })
    }

    /// A visit as it was added.
    pub fn visit(&self, visit: usize) -> Option<Visit> {
        Some(Visit {
            group: *self.group.get(visit)?,
            person: *self.person.get(visit)?,
            class: *self.class.get(visit)?,
            hold: *self.hold.get(visit)?,
            entered: *self.entered.get(visit)?,
            assigned: *self.assigned.get(visit)?,
            left: *self.left.get(visit)?,
        })
    }
}

/// What is replayed: routes within a window, and the staff.
#[derive(Clone, Debug)]
pub struct Case {
    /// Tickets and their visits.
    pub routes: Routes,
    /// Who works when.
    pub staff: Staff,
    /// Group of each class of efforts: where a class has too few, those of its group are drawn.
    pub class_group: Vec<u32>,
    /// First instant. Tickets opened before it are in progress then.
    pub from: i64,
    /// Last instant of the data.
    pub until: i64,
    /// Tickets in the order in which they enter: by the later of opening and `from`, then by number.
    pub(crate) order: Vec<u32>,
    /// The first visit that is still to be done at `from`.
    pub(crate) begin: Vec<u32>,
}

impl Case {
    /// Puts a case together.
    ///
    /// Of tickets opened before `from`, visits that were over by then are done, and the one in progress is done anew from
    /// its beginning: its remaining work is not known, so that it takes what a visit of its class takes. That makes the
    /// first weeks a warm-up, which [`Case::warm_up`] tells how long to leave out.
    pub fn new(routes: Routes, staff: Staff, class_group: Vec<u32>, from: i64, until: i64) -> Self {
        let mut order: Vec<u32> = (0..u32::try_from(routes.len()).unwrap_or(u32::MAX)).collect();
        order.sort_by_key(|&t| routes.opened.get(t as usize).copied().unwrap_or(from).max(from));
        let begin = |ticket: usize| {
            let visits = routes.of(ticket);
            let opened = routes.opened.get(ticket).copied().unwrap_or(from);
            let done = visits
                .clone()
                .take_while(|&v| opened < from && routes.left.get(v).is_some_and(|&left| left <= from))
                .count();
            u32::try_from(visits.start + done).unwrap_or(u32::MAX)
        };
        let begin = (0..routes.len()).map(begin).collect();
        Self { routes, staff, class_group, from, until, order, begin }
    }

    /// When a ticket enters the replay.
    #[inline]
    pub fn enters(&self, ticket: usize) -> i64 {
        self.routes.opened.get(ticket).copied().unwrap_or(self.from).max(self.from)
    }

    /// The hold that is left before a visit when its ticket enters: what lies behind `from` of the one in progress then.
    #[inline]
    pub(crate) fn hold_left(&self, ticket: usize, visit: usize) -> i64 {
        let hold = i64::from(self.routes.hold.get(visit).copied().unwrap_or(0));
        if hold == 0 {
            return 0;
        }
        if self.routes.opened.get(ticket).is_some_and(|&opened| opened < self.from) {
            return self.routes.entered.get(visit).map_or(0, |&e| e - self.from).clamp(0, hold);
        }
        hold
    }

    /// Observed lead times of tickets that count and ended, in seconds, ascending.
    pub fn leads(&self) -> Vec<u32> {
        let tickets = self.routes.opened.iter().zip(&self.routes.ended).zip(&self.routes.counts);
        let ended = tickets.filter(|&((_, &ended), &counts)| counts && ended != NEVER);
        let mut leads: Vec<u32> = ended.map(|((o, e), _)| u32::try_from((e - o).max(0)).unwrap_or(u32::MAX)).collect();
        crate::stats::sort_seconds(&mut leads);
        leads
    }

    /// How long the first tickets are left out, because they found the desk as the replay began and not as it was: two
    /// weeks, or twice the 85th percentile of observed leads where that is longer.
    pub fn warm_up(&self, leads: &[u32]) -> i64 {
        let p85 = crate::stats::nearest_rank(leads, 0.85).map_or(0, i64::from);
        (2 * WEEK).max(2 * p85)
    }

    /// Which tickets are scored: those that count, opened from `since` on and no later than the 95th percentile of observed
    /// leads before the end of the data, and observed to end. Later ones would be scored by those alone that ended early.
    pub fn scored(&self, since: i64, leads: &[u32]) -> Vec<u32> {
        let p95 = crate::stats::nearest_rank(leads, 0.95).map_or(0, i64::from);
        let last = self.until - p95;
        let scored = |&ticket: &u32| {
            let t = ticket as usize;
            self.routes.opened.get(t).is_some_and(|&o| since <= o && o <= last && o >= self.from)
                && self.routes.counts.get(t) == Some(&true)
                && self.routes.ended.get(t).is_some_and(|&e| e != NEVER)
        };
        let mut tickets: Vec<u32> = self.order.iter().copied().filter(scored).collect();
        tickets.sort_unstable();
        tickets
    }
}

/// Seconds of a week.
pub const WEEK: i64 = 7 * 86_400;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::swarm::staff::Staff;

    fn visit(entered: i64, left: i64, hold: u32) -> Visit {
        Visit { entered, assigned: entered, left, hold, ..Visit::new(0, 0) }
    }

    /// Opened at -100; the first visit is over at 0, the second one's hold (from 0 to 60) has 40 left at 20.
    #[test]
    fn tickets_in_progress_go_on_where_they_are() {
        let mut routes = Routes::default();
        routes.push(Ticket::new(30), &[visit(30, 50, 0)]);
        routes.push(Ticket::new(-100), &[visit(-100, 0, 0), visit(60, 80, 60)]);
        let case = Case::new(routes, Staff::always(&[0]), vec![0], 20, 1000);
        assert_eq!(case.order, [1, 0]);
        assert_eq!(case.begin, [0, 2]);
        assert_eq!(case.enters(1), 20);
        assert_eq!(case.hold_left(1, 2), 40);
        assert_eq!(case.hold_left(0, 0), 0);
    }

    /// Leads 1 to 20 days; p85 by nearest rank is the 17th, p95 the 19th.
    #[test]
    fn edges_are_left_out() {
        let day = 86_400;
        let mut routes = Routes::default();
        for n in 1..=20 {
            let opened = (n - 1) * 2 * day;
            routes
                .push(Ticket { ended: opened + n * day, ..Ticket::new(opened) }, &[visit(opened, opened + n * day, 0)]);
        }
        routes.push(Ticket::new(day), &[]);
        routes.push(Ticket { counts: false, ended: 2 * day, ..Ticket::new(day) }, &[]);
        let case = Case::new(routes, Staff::always(&[0]), vec![0], 0, 40 * day);
        let leads = case.leads();
        assert_eq!(leads.len(), 20);
        assert_eq!(case.warm_up(&leads), 34 * day);
        assert_eq!(case.warm_up(&leads[..3]), 2 * WEEK);
        // Opened on day 0, 2, ... 38; no later than 40 - 19 = 21.
        assert_eq!(case.scored(3 * day, &leads), (2..=10).collect::<Vec<u32>>());
    }
}
