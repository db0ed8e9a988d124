//! How many transfers there are, and how many tickets come back: the counts of [`handoffs`](super::handoffs) without its
//! edges, for figures that are asked of many small selections.

use super::holders::Holders;
use super::scope::Scope;
use super::{Computed, unavailable};
use crate::worklog::WorkLog;

/// Counts of transfers.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Transfers {
    /// Tickets whose history names a holder by as-of.
    pub tickets: u64,
    /// Consecutive changes of holder.
    pub transfers: u64,
    /// Tickets that came back to an earlier holder.
    pub returned: u64,
}

/// Counts transfers over all selected tickets.
///
/// # Errors
/// Where the input has no history that names groups or people.
pub fn compute(log: &WorkLog, scope: &Scope) -> Computed<Transfers> {
    let (Some(holders), Some(spells)) = (Holders::new(log), log.spells.as_ref()) else {
        return Err(unavailable(
            "The input says who holds each ticket now, but not who held it before.",
            "Add an export of changes: a row per update with ticket, time and assignment group or assignee.",
        ));
    };
    let mut counts = Transfers::default();
    let mut seen: Vec<u32> = Vec::with_capacity(8);
    for ticket in scope.tickets() {
        seen.clear();
        let (mut last, mut returned) = (None, false);
        for holder in spells.of(ticket).take_while(|s| s.start <= scope.as_of).filter_map(|s| holders.of(&s)) {
            if last == Some(holder) {
                continue;
            }
            counts.transfers += u64::from(last.is_some());
            if seen.contains(&holder) {
                returned = true;
            } else {
                seen.push(holder);
            }
            last = Some(holder);
        }
        counts.tickets += u64::from(last.is_some());
        counts.returned += u64::from(returned);
    }
    Ok(counts)
}
