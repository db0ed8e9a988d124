//! The priorities of tickets.

use super::super::time_metric::NONE;
use crate::worklog::{Dimension, NO_CODE, WorkLog};

/// The dimension that service levels go by.
const NAME: &str = "priority";

/// The latest priority of each ticket.
#[derive(Clone, Copy, Debug)]
pub struct Priorities<'a>(Option<&'a Dimension>);

impl<'a> Priorities<'a> {
    /// Those of a log.
    pub fn new(log: &'a WorkLog) -> Self {
        Self(log.dimension(NAME))
    }

    /// Whether the data have them.
    pub fn known(self) -> bool {
        self.0.is_some()
    }

    /// How many values there are.
    pub fn len(self) -> usize {
        self.0.map_or(0, |d| d.dictionary.len())
    }

    /// Position of a ticket's value; [`Priorities::len`] for none.
    pub fn slot(self, ticket: u32) -> usize {
        match self.0.map_or(NO_CODE, |d| d.codes.get(ticket as usize)) {
            NO_CODE => self.len(),
            code => code as usize,
        }
    }

    /// The value at a position; "(none)" for none.
    pub fn name(self, slot: usize) -> &'a str {
        self.0.map(|d| d.dictionary.get(slot)).filter(|name| slot < self.len() && !name.is_empty()).unwrap_or(NONE)
    }

    /// Its values, sorted.
    pub fn names(self) -> Vec<&'a str> {
        let mut names: Vec<&str> = (0..self.len()).map(|slot| self.name(slot)).collect();
        names.sort_unstable();
        names
    }
}
