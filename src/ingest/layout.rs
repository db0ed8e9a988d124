//! Which records of a table are its header, its rows, and neither.

use super::TextEncoding;
use super::input::{Header, Piece, PieceSink};
use super::reading::{Choices, Reading};
use super::record::Record;
use crate::error::Result;

/// Tells header and rows apart as records come in.
#[derive(Debug, Default)]
pub(super) struct Layout {
    header_seen: bool,
}

impl Layout {
    /// For one table.
    pub(super) fn new(_choices: &Choices) -> Self {
        Self { header_seen: false }
    }

    /// Takes the next record. `encoding` is what is known of the text's encoding.
    pub(super) fn push(&mut self, record: &Record<'_>, encoding: TextEncoding, sink: &mut PieceSink<'_>) -> Result<()> {
        if self.header_seen {
            return sink(Piece::Row(record));
        }
        self.header_seen = true;
        let names = record.cells().map(|cell| encoding.decode(cell).trim().to_owned()).collect();
        sink(Piece::Header(&Header { names, rows: vec![record.row()] }))
    }

    /// Ends the table.
    pub(super) fn finish(&mut self, _sink: &mut PieceSink<'_>) -> Result<()> {
        Ok(())
    }

    /// Says what was decided.
    pub(super) fn describe(&self, _reading: &mut Reading) {}
}
