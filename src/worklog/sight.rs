//! What an export could not see: tickets that ended before it began to look, and those that are still open.

use super::forensics::warning;
use super::{WorkLog, flag};
use crate::error::Warning;
use crate::words::{count, date, plural};

/// Longer than any night, weekend or holiday in which nothing ends, in seconds.
const WEEK: i64 = 7 * 86_400;
/// Fewest tickets that could show it.
const FEWEST: usize = 10;
/// Tickets in progress below which a desk may well come to an end of its work.
const FEW_IN_PROGRESS: i64 = 5;

/// Since when the export sees what becomes of tickets, where it does not see all of it: the first instant at which any
/// ticket ended or, in a history, changed.
///
/// Some tickets are always older than that. It says that the export begins in the middle of things where at least ten of
/// them were opened longer before it than half of all tickets take, and than a week (each had an even chance to end
/// earlier, and none did), and at least ten after it (all was not closed at once). Then tickets that were opened and ended
/// before it are missing, so that those opened before it may only count from it on (delayed entry).
pub fn seen_from(log: &WorkLog) -> Option<i64> {
    *log.seen_from.get_or_init(|| find(log))
}

fn find(log: &WorkLog) -> Option<i64> {
    let opened = || (0..log.len()).filter_map(|t| log.opened.get(t));
    let opened_by = |limit: i64| opened().filter(|&o| o < limit).count();
    // Changes can only move it to earlier, where fewer were opened before it: most logs need no look at them.
    let ended = first_end(log);
    if ended.is_some_and(|at| opened_by(at - WEEK) < FEWEST) {
        return None;
    }
    let first = ended.into_iter().chain(first_change(log)).min()?;
    if opened_by(first - WEEK) < FEWEST || opened().filter(|&o| o > first).count() < FEWEST {
        return None;
    }
    let mut leads: Vec<i64> = (0..log.len()).filter_map(|t| lead(log, t)).collect();
    let middle = leads.len() / 2;
    let median = if leads.is_empty() { 0 } else { *leads.select_nth_unstable(middle).1 };
    (opened_by(first - median.max(WEEK)) >= FEWEST).then_some(first)
}

/// Whether any ticket is neither resolved nor cancelled at the end of the data.
pub fn any_open(log: &WorkLog) -> bool {
    (0..log.len()).any(|t| log.resolved.get(t).is_none() && !log.has(t, flag::CANCELLED))
}

/// A warning where the file looks as if it was filtered to closed tickets.
///
/// That no ticket is open is no sign: a small desk may have done all its work, and an export by date of opening may be taken
/// when the last one is long done. Two things tell. Either arrivals fade in and ends set in at once ([`seen_from`]): an
/// export by date of resolution. Or tickets were opened up to the end, so that by how long they take at least ten should
/// still be open, though the desk never before came near the end of its work.
pub fn closed_only(log: &WorkLog) -> Option<Warning> {
    if log.is_empty() || any_open(log) {
        return None;
    }
    let since = seen_from(log);
    let expected = expected_open(log).filter(|&n| n >= FEWEST as u64 && !came_to_an_end(log));
    let from = since.map(|at| {
        let before = (0..log.len()).filter(|&t| log.opened.get(t).is_some_and(|o| o < at)).count() as u64;
        format!(
            "{} opened before {}, and none of them ended before it: those that took long are over-represented there.",
            plural(before, "ticket was", "tickets were"),
            date(at, log.zone)
        )
    });
    let to = expected.map(|n| {
        format!(
            "By how long tickets take, about {} should be open at the end: those opened last look faster than they are.",
            count(n)
        )
    });
    let reasons: Vec<String> = from.into_iter().chain(to).collect();
    (!reasons.is_empty()).then(|| {
        warning(
            "closed_only",
            format!(
                "The file holds no open ticket and looks as if it was filtered to closed ones. {} Export by date of opening, \
                 the open ones too.",
                reasons.join(" ")
            ),
            log.len() as u64,
            Vec::new(),
        )
    })
}

/// The first instant at which any ticket ended.
fn first_end(log: &WorkLog) -> Option<i64> {
    (0..log.len()).filter_map(|t| [log.resolved.get(t), log.closed.get(t)].into_iter().flatten().min()).min()
}

/// The first instant at which a history tells of a change.
fn first_change(log: &WorkLog) -> Option<i64> {
    let spells = log.spells.as_ref()?;
    // A ticket's first spell begins with its opening, whatever the history knows.
    let second = |pair: &[u32]| match *pair {
        [from, to] if from + 1 < to => spells.start.get(from as usize + 1),
        _ => None,
    };
    spells.first.windows(2).filter_map(second).min()
}

fn lead(log: &WorkLog, ticket: usize) -> Option<i64> {
    Some((log.resolved.get(ticket)? - log.opened.get(ticket)?).max(0))
}

/// How many tickets would be open at the end of the data if each took as long as any other, without those that ended at its
/// very last instant: they were open right before it.
fn expected_open(log: &WorkLog) -> Option<u64> {
    let mut leads: Vec<i64> = (0..log.len()).filter_map(|t| lead(log, t)).collect();
    let ended = (0..log.len()).filter(|&t| log.resolved.get(t).is_some());
    let mut ages: Vec<i64> = ended.filter_map(|t| Some(log.newest - log.opened.get(t)?)).collect();
    leads.sort_unstable();
    ages.sort_unstable();
    let mut shorter = 0;
    let mut longer = 0_u64;
    for age in ages {
        shorter += leads.get(shorter..).map_or(0, |rest| rest.iter().take_while(|&&l| l <= age).count());
        longer += (leads.len() - shorter) as u64;
    }
    let at_once = (0..log.len()).filter(|&t| log.resolved.get(t) == Some(log.newest)).count() as u64;
    Some(longer.checked_div(leads.len() as u64)?.saturating_sub(at_once))
}

/// Whether hardly a ticket was in progress at some instant while the middle half of them was opened.
fn came_to_an_end(log: &WorkLog) -> bool {
    let mut steps: Vec<(i64, i64)> = Vec::with_capacity(2 * log.len());
    for ticket in 0..log.len() {
        let left = log.resolved.get(ticket).or_else(|| log.closed.get(ticket));
        // Who leaves goes first, so that one that left at once would be missing before it came.
        if let (Some(opened), Some(left)) = (log.opened.get(ticket), left)
            && opened < left
        {
            steps.extend([(opened, 1), (left, -1)]);
        }
    }
    steps.sort_unstable_by_key(|&(at, step)| (at, step));
    let tickets = steps.len() / 2;
    let (mut arrived, mut in_progress) = (0, 0);
    for (_, step) in steps {
        arrived += usize::from(step > 0);
        in_progress += step;
        if arrived > tickets / 4 && arrived <= tickets * 3 / 4 && in_progress < FEW_IN_PROGRESS {
            return true;
        }
    }
    false
}
