//! Clocks: which seconds between two instants count.

use crate::error::{Error, ErrorKind, Result};
use crate::query::{ClockKind, Query};
use crate::worklog::WorkLog;

/// A clock made ready for a log.
#[derive(Debug)]
pub struct Clock {
    kind: ClockKind,
}

impl Clock {
    /// The clock of a query.
    ///
    /// # Errors
    /// [`ErrorKind::BadQuery`] for a calendar that cannot be read, or that has no hours.
    pub fn new(log: &WorkLog, query: &Query) -> Result<Self> {
        Self::of(log, query, query.clock)
    }

    /// Another clock than that of the query, on its calendars.
    ///
    /// # Errors
    /// As [`Clock::new`].
    pub fn of(_log: &WorkLog, _query: &Query, kind: ClockKind) -> Result<Self> {
        if kind != ClockKind::Elapsed {
            return Err(Error::new(ErrorKind::BadQuery, "This clock is not there yet.", "Use elapsed."));
        }
        Ok(Self { kind })
    }

    /// Its name in reports.
    pub fn name(&self) -> &'static str {
        match self.kind {
            ClockKind::Elapsed => "elapsed",
            ClockKind::Business => "business",
            ClockKind::Days => "days",
        }
    }

    /// What counts, in words.
    pub fn words(&self) -> String {
        "every second".to_owned()
    }

    /// Seconds that count between two instants of a ticket's life; 0 where the second is not later.
    #[inline]
    pub fn between(&self, _ticket: u32, from: i64, to: i64) -> u32 {
        u32::try_from((to - from).max(0)).unwrap_or(u32::MAX)
    }
}
