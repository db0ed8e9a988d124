//! What came and what left, day by day: counted in one pass over the tickets, for every metric of flow.

use super::days::Days;
use super::scope::{Cancelled, Scope};

/// Events of one kind in one local day.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Tally {
    /// How many.
    pub count: i64,
    /// How many of them at the very midnight that begins the day.
    pub at_midnight: i64,
    /// Sum of the seconds from that midnight to each of them.
    pub offsets: i64,
}

/// Departures in one local day, with when those tickets had been opened.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Departures {
    /// The departures.
    pub tally: Tally,
    /// Sum of their opened instants, in seconds since the first midnight.
    pub opened: i64,
    /// The same of those at the very midnight that begins the day.
    pub opened_at_midnight: i64,
}

/// What happened in one local day.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Day {
    /// Opened; without the cancelled ones of unknown end.
    pub opened: Tally,
    /// Resolved.
    pub resolved: Departures,
    /// Cancelled at a known instant.
    pub cancelled: Departures,
    /// Opened, and cancelled at an unknown instant.
    pub unknown: i64,
}

/// Which departures of a day are meant.
type Kind = fn(&mut Day) -> &mut Departures;

const RESOLVED: Kind = |day| &mut day.resolved;
const CANCELLED: Kind = |day| &mut day.cancelled;

/// The days of a scope's window.
#[derive(Clone, Debug, Default)]
pub struct Daily {
    /// One entry a day.
    pub days: Vec<Day>,
}

impl Daily {
    /// Counts the tickets of a scope.
    pub fn new(scope: &Scope, days: &Days) -> Self {
        let mut daily = Self { days: vec![Day::default(); days.len()] };
        let first = days.start(0);
        let mut add = |opened: i64, left: Option<(i64, Kind)>| {
            let day = days.index(opened);
            let offset = opened - days.start(day);
            if let Some(day) = daily.days.get_mut(day) {
                day.opened.add(offset);
            }
            let Some((at, kind)) = left else { return };
            let day = days.index(at);
            let offset = at - days.start(day);
            if let Some(departures) = daily.days.get_mut(day).map(kind) {
                departures.tally.add(offset);
                departures.opened += opened - first;
                departures.opened_at_midnight += if offset <= 0 { opened - first } else { 0 };
            }
        };
        for ticket in &scope.finished {
            add(ticket.opened(), Some((ticket.resolved(), RESOLVED)));
        }
        for ticket in &scope.open {
            add(ticket.opened(), None);
        }
        let (known, unknown): (Vec<&Cancelled>, Vec<&Cancelled>) =
            scope.cancelled.iter().partition(|t| t.left.is_some());
        for ticket in known {
            add(ticket.opened, ticket.left.map(|at| (at, CANCELLED)));
        }
        for ticket in unknown {
            if let Some(day) = daily.days.get_mut(days.index(ticket.opened)) {
                day.unknown += 1;
            }
        }
        daily
    }
}

impl Tally {
    #[inline]
    fn add(&mut self, offset: i64) {
        self.count += 1;
        self.at_midnight += i64::from(offset <= 0);
        self.offsets += offset;
    }

    /// Sum of the seconds from the events after midnight to the end of the day, which lies `length` seconds after midnight.
    pub fn until_end(&self, length: i64) -> i64 {
        (self.count - self.at_midnight) * length - self.offsets
    }
}
