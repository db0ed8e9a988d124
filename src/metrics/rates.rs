//! How many tickets came back: reopened, reassigned.

use super::holders::{self, Holders};
use super::scope::Scope;
use super::{Computed, history, unavailable};
use crate::report::Rate;
use crate::stats::wilson;
use crate::worklog::{WorkLog, flag};

/// A blank cell in a column of recorded counts.
const BLANK: u16 = u16::MAX;

/// Share of tickets that were reopened, among those that were resolved at least once.
///
/// # Errors
/// Where neither a recorded count nor a history of states says so, or no ticket was ever resolved.
pub fn reopens(log: &WorkLog, scope: &Scope) -> Computed<Rate> {
    let states = log.spells.as_ref().is_some_and(|s| holders::any(&s.state));
    let source = source(log, scope, &log.reopens, states).ok_or_else(|| {
        unavailable(
            "The input does not say whether a ticket was reopened.",
            "Add a column such as \"reopen count\", or an export of changes with states.",
        )
    })?;
    let asked = |ticket: usize| match source {
        Source::Recorded => recorded(&log.reopens, ticket).map(|count| count > 0),
        Source::History => {
            // What was not watched cannot be asked.
            log.spells.as_ref().filter(|s| s.of(ticket).len() > 0)?;
            let now_open = log.has(ticket, flag::REOPENED_OPEN) && scope.as_of >= log.newest;
            Some(now_open || history::was_reopened(log, ticket, scope.as_of))
        }
    };
    let finished = scope.finished.iter().map(|t| asked(t.ticket as usize));
    // An open ticket was resolved at least once if it was reopened; otherwise nothing can be asked of it.
    let open = scope.open.iter().map(|t| asked(t.ticket as usize).filter(|&reopened| reopened));
    let definition = match source {
        Source::Recorded => {
            "Reopened: the recorded number of reopenings is above 0. Among tickets with such a record that \
            were resolved at least once. Interval of Wilson (1927), 95 %."
        }
        Source::History => {
            "Reopened: the history leaves a done state by as-of. Among tickets that were resolved at least \
            once. Interval of Wilson (1927), 95 %."
        }
    };
    rate(scope, definition, finished.chain(open).flatten())
}

/// Share of tickets that changed hands.
///
/// # Errors
/// Where neither a recorded count nor a history of groups or people says so, or no ticket is selected.
pub fn reassignments(log: &WorkLog, scope: &Scope) -> Computed<Rate> {
    let holders = Holders::new(log);
    let source = source(log, scope, &log.reassignments, holders.is_some()).ok_or_else(|| {
        unavailable(
            "The input does not say whether a ticket changed hands.",
            "Add a column such as \"reassignment count\", or an export of changes with groups or assignees.",
        )
    })?;
    match (source, holders) {
        (Source::History, Some(holders)) => {
            let definition = format!(
                "Reassigned: the history up to as-of names a second {}. Among tickets whose history names one at all. \
                 Interval of Wilson (1927), 95 %.",
                holders.level.name()
            );
            let asked = |ticket| changed_hands(log, &holders, ticket, scope.as_of);
            rate(scope, &definition, scope.tickets().filter_map(asked))
        }
        _ => rate(
            scope,
            "Reassigned: the recorded number of reassignments is above 0. Among tickets with such a record. Interval of \
             Wilson (1927), 95 %.",
            scope.tickets().filter_map(|ticket| recorded(&log.reassignments, ticket).map(|count| count > 0)),
        ),
    }
}

/// Where the answer comes from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Source {
    /// A column of counts.
    Recorded,
    /// The spells.
    History,
}

/// Recorded counts come first, for they also know what the history of an export misses. They stand at the newest instant:
/// for an earlier as-of the history, where there is one, says what had happened by then.
fn source(log: &WorkLog, scope: &Scope, column: &[u16], history: bool) -> Option<Source> {
    let known = column.iter().any(|&count| count != BLANK);
    if history && (!known || scope.as_of < log.newest) {
        Some(Source::History)
    } else {
        known.then_some(Source::Recorded)
    }
}

fn recorded(column: &[u16], ticket: usize) -> Option<u16> {
    column.get(ticket).copied().filter(|&count| count != BLANK)
}

fn changed_hands(log: &WorkLog, holders: &Holders<'_>, ticket: usize, as_of: i64) -> Option<bool> {
    let spells = log.spells.as_ref()?;
    let mut seen = spells.of(ticket).take_while(|s| s.start <= as_of).filter_map(|s| holders.of(&s));
    let first = seen.next()?;
    Some(seen.any(|holder| holder != first))
}

fn rate(scope: &Scope, definition: &str, asked: impl Iterator<Item = bool>) -> Computed<Rate> {
    let (mut n, mut count) = (0, 0);
    for yes in asked {
        n += 1;
        count += u64::from(yes);
    }
    let w = wilson(count, n).ok_or_else(|| scope.nothing())?;
    Ok(Rate { definition: definition.to_owned(), n, count, rate: w.rate, lower: w.lower, upper: w.upper })
}
