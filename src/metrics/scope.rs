//! Which tickets a report is about and how each of them stands at the as-of instant.

use std::cell::OnceCell;

use super::daily::{Daily, Day};
use super::days::Days;
use super::filter::Filter;
use super::history;
use super::range::{Edge, Ranges, instant};
use super::{Computed, cost, lenses, sla, split, unavailable};
use crate::error::{Error, ErrorKind, Result};
use crate::query::Query;
use crate::report::{Tickets, Unavailable};
use crate::words;
use crate::worklog::{Instants, StateClass, WorkLog, flag};

/// How a ticket stands at an instant.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Outcome {
    /// Resolved then.
    Finished(i64),
    /// In progress.
    Open,
    /// Cancelled; it left at that instant, where known.
    Cancelled(Option<i64>),
}

/// A ticket that is resolved by as-of.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Finished {
    /// Its number.
    pub ticket: u32,
    opened: u32,
    resolved: u32,
}

impl Finished {
    /// When it was opened.
    #[inline]
    pub fn opened(&self) -> i64 {
        i64::from(self.opened)
    }

    /// When it was resolved.
    #[inline]
    pub fn resolved(&self) -> i64 {
        i64::from(self.resolved)
    }

    /// Lead time: resolved minus opened, never negative.
    #[inline]
    pub fn lead(&self) -> u32 {
        self.resolved.saturating_sub(self.opened)
    }
}

/// A ticket in progress at as-of.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Open {
    /// Its number.
    pub ticket: u32,
    opened: u32,
}

impl Open {
    /// When it was opened.
    #[inline]
    pub fn opened(&self) -> i64 {
        i64::from(self.opened)
    }
}

/// A ticket that ended without being done.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Cancelled {
    /// Its number.
    pub ticket: u32,
    /// When it was opened.
    pub opened: i64,
    /// When it left, where known.
    pub left: Option<i64>,
}

/// The tickets of a report: those opened by as-of that pass the filter. Built once; every metric reads it.
#[derive(Debug)]
pub struct Scope {
    /// "Now": later events are unknown.
    pub as_of: i64,
    /// The zone of local days.
    pub zone: chrono_tz::Tz,
    /// Resolved by as-of.
    pub finished: Vec<Finished>,
    /// In progress.
    pub open: Vec<Open>,
    /// Cancelled by as-of, or at an unknown instant.
    pub cancelled: Vec<Cancelled>,
    /// Finished tickets for which the closed instant stands in for the resolved one.
    pub resolved_from_closed: u64,
    /// When the first of them was opened.
    pub first_opened: Option<i64>,
    /// The local days of the window, from that of the first opened ticket to that of as-of.
    pub days: Option<Days>,
    daily: OnceCell<Daily>,
}

impl Scope {
    /// Selects the tickets of a query.
    ///
    /// # Errors
    /// [`ErrorKind::BadQuery`] for an as-of that cannot be read or lies before the first ticket, and for a filter on what
    /// does not exist.
    pub fn new(log: &WorkLog, query: &Query) -> Result<Self> {
        let as_of = as_of(log, query)?;
        let filter = Filter::new(log, query)?;
        let ranges = Ranges::new(log, query)?;
        let mut scope = Self {
            as_of,
            zone: log.zone,
            finished: Vec::with_capacity(log.len()),
            open: Vec::new(),
            cancelled: Vec::new(),
            resolved_from_closed: 0,
            first_opened: None,
            days: None,
            daily: OnceCell::new(),
        };
        let mut first = i64::MAX;
        for ticket in 0..log.len() {
            let Some(opened) = log.opened.get(ticket) else { continue };
            if opened > as_of || !ranges.opened.holds(opened) || !filter.keeps(ticket) {
                continue;
            }
            let outcome = outcome(log, ticket, opened, as_of);
            if ranges.limit_ends && !ranges.keep(opened, outcome, as_of) {
                continue;
            }
            first = first.min(opened);
            let number = stored(ticket);
            match outcome {
                Outcome::Finished(resolved) => {
                    scope.finished.push(Finished {
                        ticket: number,
                        opened: seconds(opened),
                        resolved: seconds(resolved),
                    });
                    scope.resolved_from_closed += u64::from(split::stands_in(log, ticket, as_of));
                }
                Outcome::Open => scope.open.push(Open { ticket: number, opened: seconds(opened) }),
                Outcome::Cancelled(left) => scope.cancelled.push(Cancelled { ticket: number, opened, left }),
            }
        }
        if first <= as_of {
            scope.first_opened = Some(first);
            scope.days = Some(Days::new(log.zone, first, as_of));
        }
        Ok(scope)
    }

    /// The same as-of, zone and window, with no ticket selected yet: what parts of a selection begin with.
    #[must_use]
    pub fn without_tickets(&self) -> Self {
        Self {
            as_of: self.as_of,
            zone: self.zone,
            finished: Vec::new(),
            open: Vec::new(),
            cancelled: Vec::new(),
            resolved_from_closed: 0,
            first_opened: self.first_opened,
            days: self.days.clone(),
            daily: OnceCell::new(),
        }
    }

    /// Numbers of all selected tickets: the finished, the open, the cancelled ones.
    pub fn tickets(&self) -> impl Iterator<Item = usize> + '_ {
        let finished = self.finished.iter().map(|t| t.ticket);
        let open = self.open.iter().map(|t| t.ticket);
        let cancelled = self.cancelled.iter().map(|t| t.ticket);
        finished.chain(open).chain(cancelled).map(|t| t as usize)
    }

    /// How many tickets are selected.
    pub fn total(&self) -> usize {
        self.finished.len() + self.open.len() + self.cancelled.len()
    }

    /// The counts of the report.
    pub fn counts(&self) -> Tickets {
        Tickets {
            total: self.total() as u64,
            open: self.open.len() as u64,
            resolved: self.finished.len() as u64,
            cancelled: self.cancelled.len() as u64,
            resolved_from_closed: self.resolved_from_closed,
        }
    }

    /// The local days of the window, or why there are none.
    ///
    /// # Errors
    /// Where no ticket is selected.
    pub fn days(&self) -> Computed<&Days> {
        self.days.as_ref().ok_or_else(|| self.nothing())
    }

    /// What came and what left on each of them, or why there are none.
    ///
    /// # Errors
    /// Where no ticket is selected.
    pub fn daily(&self) -> Computed<(&Days, &[Day])> {
        let days = self.days()?;
        Ok((days, &self.daily.get_or_init(|| Daily::new(self, days)).days))
    }

    /// Why there is no finished ticket to measure.
    pub fn nothing(&self) -> Unavailable {
        if self.total() == 0 {
            unavailable(
                format!("No ticket opened by {} passes the filter.", words::instant(self.as_of)),
                "Widen the filter or choose a later as-of.",
            )
        } else {
            unavailable(
                format!(
                    "None of the {} selected is finished at {}.",
                    words::plural(self.total() as u64, "ticket", "tickets"),
                    words::instant(self.as_of)
                ),
                "Widen the filter, choose a later as-of, or export the column that says when tickets were resolved.",
            )
        }
    }
}

/// How a ticket stands at an instant.
///
/// Resolved where the recorded instant lies by then; else where its history then is in a done state, since the start of
/// that run. A cancelled ticket leaves when it was closed, else when its history entered the cancelled state; where
/// neither is known it counts as cancelled at an unknown instant.
pub fn outcome(log: &WorkLog, ticket: usize, opened: i64, as_of: i64) -> Outcome {
    if log.has(ticket, flag::CANCELLED) {
        let entered = || {
            let last = history::run_at(log, ticket, i64::MAX).filter(|run| run.class == StateClass::Cancelled);
            last.map(|run| run.start)
        };
        match log.closed.get(ticket).or_else(entered) {
            None => return Outcome::Cancelled(None),
            Some(left) if left <= as_of => return Outcome::Cancelled(Some(left.max(opened))),
            // Not cancelled yet: its history says how it stood.
            Some(_) => {}
        }
    } else if let Some(resolved) = log.resolved.get(ticket).filter(|&r| r <= as_of) {
        return Outcome::Finished(resolved.max(opened));
    }
    match history::run_at(log, ticket, as_of) {
        Some(run) if run.class == StateClass::Done => Outcome::Finished(run.start.max(opened)),
        Some(run) if run.class == StateClass::Cancelled => Outcome::Cancelled(Some(run.start.max(opened))),
        _ => Outcome::Open,
    }
}

/// The as-of instant of a query: an RFC 3339 instant, the last second of a date in the log's zone, or by default the newest
/// instant in the data.
///
/// # Errors
/// [`ErrorKind::BadQuery`] where it cannot be read, lies before the first ticket was opened, or beyond 2106.
pub fn as_of(log: &WorkLog, query: &Query) -> Result<i64> {
    let Some(text) = query.as_of.as_deref().map(str::trim) else { return Ok(log.newest) };
    let instant = instant(text, log.zone, Edge::Last, "as-of")?;
    if instant >= Instants::END {
        return Err(Error::new(
            ErrorKind::BadQuery,
            format!("As-of {text} lies beyond the year 2106."),
            "Choose an as-of near the end of the data.",
        ));
    }
    let first = (0..log.len()).filter_map(|t| log.opened.get(t)).min();
    match first {
        Some(first) if instant < first => Err(Error::new(
            ErrorKind::BadQuery,
            format!("As-of {text} lies before the first ticket, which was opened at {}.", words::instant(first)),
            "Choose an as-of within the data.",
        )),
        _ => Ok(instant),
    }
}

/// Checks what a query asks for besides as-of and filter.
///
/// # Errors
/// [`ErrorKind::BadQuery`] for a percentile that is not above 0 and below 100, for an unknown dimension, and for targets and
/// rates that make no sense for these data.
pub fn check(log: &WorkLog, query: &Query) -> Result<()> {
    if let Some(p) = query.percentiles.iter().find(|p| !(**p > 0.0 && **p < 100.0)) {
        return Err(Error::new(
            ErrorKind::BadQuery,
            format!("{p} is no percentile."),
            "Percentiles lie above 0 and below 100; the median is 50.",
        ));
    }
    sla::check(log, query)?;
    cost::check(query)?;
    query.by.iter().flatten().try_for_each(|name| lenses::dimension(log, name).map(drop))
}

/// An instant in the four bytes of the work log.
#[inline]
fn seconds(instant: i64) -> u32 {
    u32::try_from(instant.clamp(0, i64::from(u32::MAX))).unwrap_or(u32::MAX)
}

/// A ticket's number in four bytes; the work log's own row numbers have no more.
#[inline]
fn stored(ticket: usize) -> u32 {
    u32::try_from(ticket).unwrap_or(u32::MAX)
}
