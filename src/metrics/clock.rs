//! Clocks: which seconds between two instants count.

use super::scope;
use crate::calendar::{Calendar, Calendars, Offsets, of_group};
use crate::error::{Error, ErrorKind, Result};
use crate::query::{ClockKind, Query};
use crate::words::plural;
use crate::worklog::{Dimension, WorkLog};

/// Seconds of a calendar day on the clock of days.
const DAY: i64 = 86_400;
/// Most groups that an error lists.
const LISTED: usize = 10;

/// A clock made ready for a log.
#[derive(Debug)]
pub struct Clock {
    kind: ClockKind,
    /// The calendar of everybody first, then those of groups; none unless business time is asked for.
    calendars: Vec<Calendar>,
    /// For each ticket the position of its calendar; empty where all have the first.
    calendar_of: Vec<u32>,
    /// Local days; none unless days are asked for.
    days: Option<Offsets>,
    words: String,
}

impl Clock {
    /// The clock of a query.
    ///
    /// # Errors
    /// [`ErrorKind::BadQuery`] for a calendar that cannot be read, or that has no hours, or of a group that the data do not
    /// have; [`ErrorKind::UnknownZone`] for a calendar's zone. Calendars count for business time only: on another clock
    /// they are not looked at.
    pub fn new(log: &WorkLog, query: &Query) -> Result<Self> {
        Self::of(log, query, query.clock)
    }

    /// Another clock than that of the query, on its calendars.
    ///
    /// # Errors
    /// As [`Clock::new`].
    pub fn of(log: &WorkLog, query: &Query, kind: ClockKind) -> Result<Self> {
        let bare = Self { kind, calendars: Vec::new(), calendar_of: Vec::new(), days: None, words: String::new() };
        let zone = log.zone.name();
        Ok(match kind {
            ClockKind::Elapsed => Self { words: "every second".to_owned(), ..bare },
            ClockKind::Days => {
                let (from, to) = span(log, query)?;
                let words = format!("calendar days in {zone}, the first and the last one included");
                Self { days: Some(Offsets::new(log.zone, from, to)), words, ..bare }
            }
            ClockKind::Business => {
                let (calendars, calendar_of) = calendars(log, &query.calendars, span(log, query)?)?;
                let default = calendars.first().map_or_else(String::new, Calendar::words);
                let words = match calendars.len().saturating_sub(1) {
                    0 => format!("working hours {default}"),
                    n => {
                        let groups = plural(n as u64, "group has hours of its own", "groups have hours of their own");
                        format!("working hours {default}; {groups}")
                    }
                };
                Self { calendars, calendar_of, words, ..bare }
            }
        })
    }

    /// Which one it is.
    pub fn kind(&self) -> ClockKind {
        self.kind
    }

    /// Its name in reports.
    pub fn name(&self) -> &'static str {
        self.kind.name()
    }

    /// What counts, in words.
    pub fn words(&self) -> String {
        self.words.clone()
    }

    /// The unit of its figures, as a definition says it.
    pub fn unit(&self) -> String {
        match self.kind {
            ClockKind::Elapsed => "Elapsed seconds".to_owned(),
            ClockKind::Business => format!("Seconds of {}", self.words),
            ClockKind::Days => {
                format!("Whole days of 86,400 seconds, date of the end minus date of the start plus 1: {}", self.words)
            }
        }
    }

    /// Whether times that follow each other add up to the whole. Days do not: a day in which one ends and the next begins
    /// counts in both.
    pub fn adds_up(&self) -> bool {
        self.kind != ClockKind::Days
    }

    /// The calendar of a ticket: that of its latest group, else that of everybody. None unless this is business time.
    #[inline]
    pub fn calendar(&self, ticket: u32) -> Option<&Calendar> {
        self.calendars.get(self.calendar_of.get(ticket as usize).map_or(0, |&c| c as usize))
    }

    /// Seconds that count between two instants of a ticket's life; 0 where the second is earlier. Of calendar days, both the
    /// first and the last count whole, as 86,400 seconds each: a ticket that ends when it begins takes one.
    #[inline]
    pub fn between(&self, ticket: u32, from: i64, to: i64) -> u32 {
        if self.kind == ClockKind::Elapsed {
            return stored((to - from).max(0));
        }
        if let Some(days) = self.days.as_ref().filter(|_| from <= to) {
            // The longest span of a work log in whole days is a few minutes more than four bytes hold.
            return stored(((days.day(to) - days.day(from) + 1) * DAY).min(i64::from(u32::MAX) / DAY * DAY));
        }
        self.calendar(ticket).map_or(0, |calendar| stored(calendar.between(from, to)))
    }
}

/// Seconds in four bytes.
#[inline]
fn stored(seconds: i64) -> u32 {
    u32::try_from(seconds).unwrap_or(u32::MAX)
}

/// The instants that a report is about: from the first ticket to the newest instant or as-of, whichever is later.
fn span(log: &WorkLog, query: &Query) -> Result<(i64, i64)> {
    let last = scope::as_of(log, query)?.max(log.newest);
    let first = (0..log.len()).filter_map(|t| log.opened.get(t)).min();
    Ok((first.unwrap_or(last).min(last), last))
}

/// The calendars made ready, that of everybody first, and which of them each ticket has.
fn calendars(log: &WorkLog, asked: &Calendars, span: (i64, i64)) -> Result<(Vec<Calendar>, Vec<u32>)> {
    let mut ready = vec![Calendar::new(&asked.default, log.zone, span)?];
    if asked.groups.is_empty() {
        return Ok((ready, Vec::new()));
    }
    let Some(groups) = log.group.and_then(|g| log.dimensions.get(g)).or_else(|| log.dimension("group")) else {
        return Err(Error::new(
            ErrorKind::BadQuery,
            "The data name no groups, so that none can have working hours of its own.",
            "Map the column of groups, or take the groups out of the calendars.",
        ));
    };
    let number = |group: &str| asked.groups.keys().position(|name| name == group);
    let by_code: Vec<Option<usize>> = groups.dictionary.iter().map(number).collect();
    for (at, (name, calendar)) in asked.groups.iter().enumerate() {
        if !by_code.contains(&Some(at)) {
            return Err(no_group(groups, name));
        }
        ready.push(Calendar::new(calendar, log.zone, span).map_err(|error| of_group(error, name))?);
    }
    let slot = |at: usize| u32::try_from(at + 1).unwrap_or(0);
    let by_code: Vec<u32> = by_code.into_iter().map(|at| at.map_or(0, slot)).collect();
    let of = |ticket| by_code.get(groups.codes.get(ticket) as usize).copied().unwrap_or(0);
    Ok((ready, (0..log.len()).map(of).collect()))
}

fn no_group(groups: &Dimension, name: &str) -> Error {
    let mut names: Vec<&str> = groups.dictionary.iter().filter(|name| !name.is_empty()).collect();
    names.sort_unstable();
    let more = names.len().saturating_sub(LISTED);
    names.truncate(LISTED);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    Error::new(
        ErrorKind::BadQuery,
        format!("There are working hours for a group \"{name}\", and no such group in the data."),
        format!("Use a group's name as it stands in the data: {}{rest}.", names.join(", ")),
    )
}
