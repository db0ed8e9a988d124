//! The columns of a table whose rows name their cells: the union of the names, in order of first appearance.

use std::collections::BTreeMap;

use super::delimited::CELLS_CAP;
use crate::error::{Error, ErrorKind, Result};

/// Most bytes of all names together (1 MiB): rows that repeat long names would otherwise cost more than their text.
const NAMES_CAP: usize = 1 << 20;

/// Most cells of a table, empty ones included (2^28).
const GRID_CAP: u64 = 1 << 28;

/// Names of columns and their places.
#[derive(Debug, Default)]
pub(super) struct Columns {
    names: Vec<String>,
    places: BTreeMap<String, usize>,
    bytes: usize,
    /// The column that comes next if this row is like the one before.
    next: usize,
}

impl Columns {
    /// A new row begins.
    pub(super) fn begin(&mut self) {
        self.next = 0;
    }

    /// The place of a name that is known.
    pub(super) fn find(&mut self, name: &str) -> Option<usize> {
        let guess = self.next;
        let place =
            if self.names.get(guess).is_some_and(|known| known == name) { guess } else { *self.places.get(name)? };
        self.next = place + 1;
        Some(place)
    }

    /// Makes a name known.
    pub(super) fn learn(&mut self, name: &str) -> Result<()> {
        if self.find(name).is_some() {
            return Ok(());
        }
        self.bytes += name.len();
        if self.names.len() >= CELLS_CAP || self.bytes > NAMES_CAP {
            let message = format!(
                "The rows name more than {CELLS_CAP} columns, or columns of more than {} MiB of names.",
                NAMES_CAP >> 20
            );
            return Err(Error::new(ErrorKind::TooLarge, message, "Check that this is an export of tickets."));
        }
        self.next = self.names.len() + 1;
        self.places.insert(name.to_owned(), self.names.len());
        self.names.push(name.to_owned());
        Ok(())
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The names, for a table of so many rows.
    pub(super) fn names(&self, rows: u64) -> Result<&[String]> {
        if rows.saturating_mul(self.names.len() as u64) > GRID_CAP {
            let message = format!("{rows} rows name {} columns; at most {GRID_CAP} cells are read.", self.names.len());
            return Err(Error::new(ErrorKind::TooLarge, message, "Export fewer columns, or fewer tickets at a time."));
        }
        Ok(&self.names)
    }
}
