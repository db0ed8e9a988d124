//! What every metric is given: the log, the selected tickets, the question, and the clock.

use super::clock::Clock;
use super::scope::Scope;
use super::time_metric::ELAPSED;
use crate::query::{ClockKind, Query};
use crate::worklog::{Dimension, WorkLog};

/// What every metric is given. Cheap to copy; another scope gives the same metric of other tickets.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// All tickets.
    pub log: &'a WorkLog,
    /// Those selected, and how they stand at as-of.
    pub scope: &'a Scope,
    /// The question.
    pub query: &'a Query,
    /// Which seconds count.
    pub clock: &'a Clock,
    /// The dimensions to break figures down by.
    pub dimensions: &'a [&'a Dimension],
}

impl Context<'_> {
    /// Seconds of a stretch within a ticket's life, such as one wait: on the clock of the query. Whole days are counted from
    /// the opening of a ticket to its end and would count every stretch as a day at least: with that clock, elapsed time.
    #[inline]
    pub fn stretch(&self, ticket: u32, from: i64, to: i64) -> u32 {
        match self.query.clock {
            ClockKind::Days => u32::try_from(to.saturating_sub(from).max(0)).unwrap_or(u32::MAX),
            ClockKind::Elapsed | ClockKind::Business => self.clock.between(ticket, from, to),
        }
    }

    /// The name of the clock on which stretches are counted.
    pub fn stretch_clock(&self) -> &'static str {
        match self.query.clock {
            ClockKind::Days => ELAPSED,
            ClockKind::Elapsed | ClockKind::Business => self.clock.name(),
        }
    }
}
