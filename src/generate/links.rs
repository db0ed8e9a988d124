//! Which change caused an incident, and which one repairs it.

use std::collections::BTreeMap;

use super::change;
use super::ticket::{State, Ticket};

/// The links of incidents, by their numbers.
#[derive(Debug, Default)]
pub struct Links {
    /// The change that caused it.
    pub caused_by: BTreeMap<u32, u32>,
    /// The change that it led to, and since when.
    pub rfc: BTreeMap<u32, (u64, u32)>,
}

impl Links {
    /// The cells of an incident's row, `caused_by` and `rfc`. What caused it is known once somebody has looked at it.
    pub fn cells(&self, ticket: &Ticket, now: u64) -> [String; 2] {
        let looked_at = ticket.state != State::New;
        let caused_by = self.caused_by.get(&ticket.number).filter(|_| looked_at);
        let rfc = self.rfc.get(&ticket.number).filter(|(since, _)| *since <= now);
        let id = |number: Option<u32>| number.map(change::id).unwrap_or_default();
        [id(caused_by.copied()), id(rfc.map(|(_, number)| *number))]
    }
}
