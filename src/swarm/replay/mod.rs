//! The replay: the same arrivals, routes, efforts and hours under other rules, event by event in whole seconds.
//!
//! Deterministic: events are ordered by (time, kind, number), those waiting by (priority, time, ticket); nothing that
//! decides this order is computed with functions whose last bit differs between platforms. All that happens at one instant
//! happens before anybody takes the next ticket.

mod alarms;
mod desk;
mod pool;
mod sharing;

use super::case::{Case, NEVER};

/// Who may take which ticket.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Discipline {
    /// Each group has a queue; its people pull from it, first come first served. A ticket that comes back from a hold joins it again.
    GroupQueue,
    /// The same, but who took a ticket keeps it: back from a hold it waits for that person, who takes it alone and
    /// before any of the group's queue. Once that person does not work any more it joins the group's queue.
    KeptQueue,
    /// Each person has a queue of what was theirs, first come first served.
    PersonalQueue,
    /// Each person works on all that is theirs at once, in equal shares (processor sharing: Kleinrock 1967).
    PersonalSharing,
    /// One queue for everybody; who takes a ticket does all of its work up to the next hold.
    OneQueue,
}

/// How many people take a ticket together.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Swarm {
    /// One.
    Alone,
    /// So many for tickets of the subset, one for others. It waits until so many are free, and nobody overtakes it. Where a
    /// queue never has so many people on duty at once, as many as it has at most.
    Fixed(u32),
    /// As many as are free less a reserve, up to the most; one as soon as another ticket waits.
    Adaptive {
        /// The most people.
        most: u32,
        /// People left free.
        reserve: u32,
    },
}

/// People kept for short tickets.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Lane {
    /// How many: those with the most hours on duty.
    pub people: u32,
    /// Of each class of efforts, whether it is short. A ticket is as short as the class of its first visit: more is not
    /// known when it comes.
    pub short: Vec<bool>,
}

/// The rules of a replay.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// Who may take what.
    pub discipline: Discipline,
    /// Whether a ticket of higher priority goes first.
    pub priorities: bool,
    /// How many people take a ticket.
    pub swarm: Swarm,
    /// Speed-up of people together: `s` people are `s^alpha` times as fast as one (Berg, Vesilo & Harchol-Balter 2020).
    pub alpha: f64,
    /// Effort of a person outside the home group, as a multiple.
    pub penalty: f64,
    /// People kept for short tickets; one queue only.
    pub lane: Option<Lane>,
    /// Whether only those take a ticket who know its category; one queue only. Of a swarm, one has to.
    pub skills: bool,
    /// Whether waits are noted visit by visit too.
    pub each_visit: bool,
}

impl Rules {
    /// A discipline, one person a ticket.
    pub fn new(discipline: Discipline) -> Self {
        Self {
            discipline,
            priorities: false,
            swarm: Swarm::Alone,
            alpha: 1.0,
            penalty: 1.0,
            lane: None,
            skills: false,
            each_visit: false,
        }
    }

    /// One queue, and swarms.
    pub fn swarming(swarm: Swarm, alpha: f64) -> Self {
        Self { swarm, alpha, ..Self::new(Discipline::OneQueue) }
    }
}

/// What became of each ticket in a replay.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Outcome {
    /// When it ended; [`NEVER`] where the hours of the staff ended before.
    pub end: Vec<i64>,
    /// Seconds in which it waited for people: from joining a queue to the start of work, nights and weekends included.
    /// Under processor sharing, the seconds with a person beyond its effort.
    pub wait: Vec<i64>,
    /// The same at each visit at which a ticket joined a queue, where the rules ask for it; empty under processor sharing.
    pub visit_wait: Vec<i64>,
    /// Seconds of people's work it took.
    pub work: Vec<i64>,
}

impl Outcome {
    fn new(tickets: usize) -> Self {
        Self { end: vec![NEVER; tickets], wait: vec![0; tickets], visit_wait: Vec::new(), work: vec![0; tickets] }
    }

    /// The lead time of a ticket; `None` where it did not end.
    #[inline]
    pub fn lead(&self, case: &Case, ticket: u32) -> Option<i64> {
        let end = self.end.get(ticket as usize).copied().filter(|&end| end != NEVER)?;
        Some(end - case.routes.opened.get(ticket as usize)?)
    }

    /// How many tickets did not end.
    pub fn unfinished(&self) -> usize {
        self.end.iter().filter(|&&end| end == NEVER).count()
    }

    /// Seconds of people's work in all.
    pub fn work_seconds(&self) -> i64 {
        self.work.iter().sum()
    }
}

/// Replays a case with one effort, in seconds, a visit.
///
/// Work goes on in the hours of who does it; work that is not done at the end of a shift goes on with the next one. In a
/// swarm each does an equal share within the own hours and is free afterwards; the ticket ends with the last of them. Holds
/// are pure delays. A visit of a group without people, or under personal disciplines without a person, is a delay of its
/// effort.
///
/// One server: Lindley's recursion (1952); several: that of Kiefer & Wolfowitz (1955), which tests compare.
pub fn replay(case: &Case, efforts: &[u32], rules: &Rules) -> Outcome {
    match rules.discipline {
        Discipline::PersonalSharing => sharing::replay(case, efforts),
        _ => desk::replay(case, efforts, rules),
    }
}

/// Kinds of events in the order in which those of one instant happen, after those of people who are done ([`alarms`]).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    /// A visit that needs nobody is over.
    Passed = 1,
    /// A hold is over.
    Back = 2,
    /// A shift begins that somebody waits for.
    Shift = 3,
}

/// Events to come: time, kind and number in one key, which compares at once.
#[derive(Debug, Default)]
struct Events(std::collections::BinaryHeap<core::cmp::Reverse<i128>>);

impl Events {
    #[inline]
    fn push(&mut self, time: i64, kind: Kind, number: u32) {
        let code = (kind as i128) << u32::BITS | i128::from(number);
        self.0.push(core::cmp::Reverse(i128::from(time) << u64::BITS | code));
    }

    #[inline]
    fn next_time(&self) -> i64 {
        self.0.peek().map_or(NEVER, |event| (event.0 >> u64::BITS) as i64)
    }

    /// The next event, if it happens at this time.
    #[inline]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the number is the lowest quarter")]
    fn pop_at(&mut self, time: i64) -> Option<(Kind, u32)> {
        if self.next_time() != time {
            return None;
        }
        let code = self.0.pop()?.0 as u64;
        let kind = match code >> u32::BITS {
            1 => Kind::Passed,
            2 => Kind::Back,
            _ => Kind::Shift,
        };
        Some((kind, code as u32))
    }
}

/// Seconds from a number that is not negative, to the nearest.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "cut off below, and the conversion saturates")]
fn whole(seconds: f64) -> i64 {
    (seconds + 0.5) as i64
}
