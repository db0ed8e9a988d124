//! Ranges of dates and ages that a query keeps.

use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;

use super::days::midnight;
use super::scope::Outcome;
use crate::error::{Error, ErrorKind, Result};
use crate::query::{Query, Span};
use crate::words;
use crate::worklog::WorkLog;

/// Which second of a date is meant.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Edge {
    /// The local midnight that begins it.
    First,
    /// The second before the local midnight that ends it.
    Last,
}

/// The instant that a text names: RFC 3339, or a date, of which an edge is taken. `what` names it in the error.
///
/// # Errors
/// [`ErrorKind::BadQuery`] where it is neither.
pub fn instant(text: &str, zone: Tz, edge: Edge, what: &str) -> Result<i64> {
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return Ok(instant.timestamp());
    }
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    let found = match edge {
        Edge::First => date.map(|d| midnight(zone, d)),
        Edge::Last => date.and_then(|d| d.succ_opt()).map(|next| midnight(zone, next) - 1),
    };
    found.ok_or_else(|| {
        Error::new(
            ErrorKind::BadQuery,
            format!("\"{text}\" is no instant for {what}."),
            "Write a date such as 2025-06-30 or an RFC 3339 instant such as 2025-06-30T17:00:00+02:00.",
        )
    })
}

/// From a first to a last instant, both included.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Range {
    from: i64,
    to: i64,
}

impl Range {
    const ALL: Self = Self { from: i64::MIN, to: i64::MAX };

    fn new(span: &Span, zone: Tz, what: &str) -> Result<Self> {
        let edge = |text: &Option<String>, edge, side: &str| {
            text.as_deref().map(str::trim).map(|t| instant(t, zone, edge, &format!("{what} {side}"))).transpose()
        };
        let from = edge(&span.from, Edge::First, "from")?.unwrap_or(i64::MIN);
        let to = edge(&span.to, Edge::Last, "to")?.unwrap_or(i64::MAX);
        if from > to {
            return Err(Error::new(
                ErrorKind::BadQuery,
                format!("{what} from {} lies after {what} to {}.", words::instant(from), words::instant(to)),
                "Exchange the two.",
            ));
        }
        Ok(Self { from, to })
    }

    /// Its first and last instant; `None` where it holds every instant.
    pub fn limits(&self) -> Option<(i64, i64)> {
        (*self != Self::ALL).then_some((self.from, self.to))
    }

    /// Whether an instant lies within.
    #[inline]
    pub fn holds(&self, instant: i64) -> bool {
        self.from <= instant && instant <= self.to
    }
}

/// The ranges of a query made ready.
#[derive(Clone, Copy, Debug)]
pub struct Ranges {
    /// Opened within.
    pub opened: Range,
    /// Resolved within.
    pub resolved: Range,
    age: Range,
    /// Whether it matters how a ticket ended.
    pub limit_ends: bool,
}

impl Ranges {
    /// Makes the ranges of a query ready.
    ///
    /// # Errors
    /// [`ErrorKind::BadQuery`] for an instant that cannot be read, and for a range that ends before it begins.
    pub fn new(log: &WorkLog, query: &Query) -> Result<Self> {
        let age = Range {
            from: query.age.at_least_seconds.unwrap_or(i64::MIN),
            to: query.age.at_most_seconds.unwrap_or(i64::MAX),
        };
        if age.from > age.to || age.to < 0 {
            return Err(Error::new(
                ErrorKind::BadQuery,
                "No ticket can have an age in the range asked for.",
                "Ask for an age of at least 0 seconds, and for no more at least than at most.",
            ));
        }
        let resolved = Range::new(&query.resolved, log.zone, "resolved")?;
        let limit_ends = resolved != Range::ALL || age != Range::ALL;
        Ok(Self { opened: Range::new(&query.opened, log.zone, "opened")?, resolved, age, limit_ends })
    }

    /// Whether a ticket that ended so, or has not ended, passes.
    pub fn keep(&self, opened: i64, outcome: Outcome, as_of: i64) -> bool {
        let (resolved, left) = match outcome {
            Outcome::Finished(at) => (Some(at), at),
            Outcome::Cancelled(at) => (None, at.unwrap_or(as_of)),
            Outcome::Open => (None, as_of),
        };
        let in_time = self.resolved == Range::ALL || resolved.is_some_and(|at| self.resolved.holds(at));
        in_time && self.age.holds(left - opened)
    }
}
