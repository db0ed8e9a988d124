//! The selected tickets by the values of a dimension, or by blocks of time.

use std::collections::BTreeMap;

use super::scope::Scope;
use super::time_metric::{NONE, OTHER};
use crate::worklog::{Dimension, NO_CODE, WorkLog, flag};

/// The selected tickets by the values of a dimension.
#[derive(Debug)]
pub struct Split {
    /// Each value and its tickets, most tickets first. Together they are the selection.
    pub rows: Vec<(String, Scope)>,
    /// Values that were folded into "other".
    pub folded: u64,
}

/// Splits a selection by the values of a dimension, in one walk over its tickets.
///
/// Values stand as they are spelt; tickets without one are "(none)". Values of fewer than `min_group` tickets, and the
/// smallest beyond `most` rows, are one row, "other". The rows keep the window of the whole, so that figures per day can be
/// compared and add up.
pub fn by_dimension(log: &WorkLog, scope: &Scope, dimension: &Dimension, min_group: u32, most: usize) -> Split {
    // Slot 0 for no value, then one a code.
    let slot_of = |ticket: usize| match dimension.codes.get(ticket) {
        NO_CODE => 0,
        code => code as usize + 1,
    };
    let mut sizes = vec![0_u64; dimension.dictionary.len() + 1];
    for ticket in scope.tickets() {
        if let Some(size) = sizes.get_mut(slot_of(ticket)) {
            *size += 1;
        }
    }
    let key = |slot: usize| match slot.checked_sub(1).map(|code| dimension.dictionary.get(code)) {
        None | Some("") => NONE,
        Some(text) => text,
    };
    let mut totals: BTreeMap<&str, u64> = BTreeMap::new();
    for (slot, &size) in sizes.iter().enumerate().filter(|(_, size)| **size > 0) {
        *totals.entry(key(slot)).or_default() += size;
    }
    let names = Names::new(&totals, min_group, most);
    let row_of: Vec<usize> = (0..sizes.len()).map(|slot| names.row(key(slot))).collect();
    let scopes = by_block(log, scope, names.keys.len(), |ticket| row_of.get(slot_of(ticket)).copied().unwrap_or(0));
    let folded = names.folded;
    let mut rows: Vec<(String, Scope)> = names.keys.into_iter().map(str::to_owned).zip(scopes).collect();
    rows.sort_by(|a, b| b.1.total().cmp(&a.1.total()).then_with(|| a.0.cmp(&b.0)));
    Split { rows, folded }
}

/// Splits a selection into `blocks` parts, each ticket into that whose number `block` answers; tickets with a number beyond
/// them fall away. The parts keep the window of the whole.
pub fn by_block(log: &WorkLog, scope: &Scope, blocks: usize, block: impl Fn(usize) -> usize) -> Vec<Scope> {
    let mut parts: Vec<Scope> = (0..blocks).map(|_| scope.without_tickets()).collect();
    for ticket in &scope.finished {
        let number = ticket.ticket as usize;
        let Some(part) = parts.get_mut(block(number)) else { continue };
        part.finished.push(*ticket);
        part.resolved_from_closed += u64::from(stands_in(log, number, scope.as_of));
    }
    for ticket in &scope.open {
        if let Some(part) = parts.get_mut(block(ticket.ticket as usize)) {
            part.open.push(*ticket);
        }
    }
    for ticket in &scope.cancelled {
        if let Some(part) = parts.get_mut(block(ticket.ticket as usize)) {
            part.cancelled.push(*ticket);
        }
    }
    parts
}

/// Whether the closed instant stands in for the resolved one of a finished ticket.
pub fn stands_in(log: &WorkLog, ticket: usize, as_of: i64) -> bool {
    log.resolved.get(ticket).is_some_and(|r| r <= as_of) && log.has(ticket, flag::RESOLVED_FROM_CLOSED)
}

/// Which values have a row of their own.
#[derive(Debug)]
struct Names<'a> {
    /// The rows, in the order of their names.
    keys: Vec<&'a str>,
    folded: u64,
}

impl<'a> Names<'a> {
    fn new(totals: &BTreeMap<&'a str, u64>, min_group: u32, most: usize) -> Self {
        let mut kept: Vec<(&str, u64)> =
            totals.iter().map(|(&key, &size)| (key, size)).filter(|(_, size)| *size >= u64::from(min_group)).collect();
        kept.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        // The last row is for the rest, where there is any; a value that is itself called "other" goes with it.
        let others = usize::from(kept.len() < totals.len());
        if kept.len() + others > most {
            kept.truncate(most.saturating_sub(1));
        }
        let folded = totals.len() - kept.len();
        let mut keys: Vec<&str> = kept.into_iter().map(|(key, _)| key).collect();
        if folded > 0 && !keys.contains(&OTHER) {
            keys.push(OTHER);
        }
        keys.sort_unstable();
        Self { keys, folded: folded as u64 }
    }

    fn row(&self, key: &str) -> usize {
        self.keys.binary_search(&key).or_else(|_| self.keys.binary_search(&OTHER)).unwrap_or(usize::MAX)
    }
}
