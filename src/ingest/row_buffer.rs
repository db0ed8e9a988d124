//! A row put together from cells that do not stand in the file one after another as text.

use super::TextEncoding;
use super::delimited::{CELL_CAP, CELLS_CAP, RECORD_CAP};
use super::record::{Record, Span};
use crate::error::{Error, ErrorKind, Result};

/// What the cells of such rows are written in.
pub(super) const UTF8: TextEncoding = TextEncoding::UTF_8;

/// The cells of one row, in UTF-8. Used again for each row.
#[derive(Debug, Default)]
pub(super) struct RowBuffer {
    text: Vec<u8>,
    spans: Vec<Span>,
    /// The columns that hold text, so that emptying the row costs what is in it and not its width.
    filled: Vec<usize>,
}

impl RowBuffer {
    /// Empties the row; it keeps its width.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        for column in self.filled.drain(..) {
            if let Some(span) = self.spans.get_mut(column) {
                *span = Span::default();
            }
        }
    }

    /// Empties the row and leaves it without columns.
    pub(super) fn reset(&mut self) {
        self.text.clear();
        self.filled.clear();
        self.spans.clear();
    }

    /// Gives the row at least so many columns. `row` is for the error.
    pub(super) fn widen(&mut self, columns: usize, row: u64) -> Result<()> {
        if columns > CELLS_CAP {
            let message = format!("The row has more than {CELLS_CAP} cells; a spreadsheet ends at 16,384.");
            return Err(
                Error::new(ErrorKind::TooLarge, message, "Check that this is an export of tickets.").at_row(row)
            );
        }
        if columns > self.spans.len() {
            self.spans.resize(columns, Span::default());
        }
        Ok(())
    }

    /// Puts text into a cell, behind what is in it already. `row` is for the error.
    pub(super) fn add(&mut self, column: usize, text: &[u8], row: u64) -> Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        if text.len() > CELL_CAP as usize || self.text.len() + text.len() > RECORD_CAP as usize {
            return Err(too_long(row, column));
        }
        let before = self.spans.get(column).copied().unwrap_or_default();
        let start = self.text.len();
        if !before.is_blank() {
            // Two values of one name: both are kept.
            let (from, to) = before.range();
            if to - from + text.len() > CELL_CAP as usize {
                return Err(too_long(row, column));
            }
            self.text.extend_from_within(from..to);
            self.text.extend_from_slice(b", ");
        }
        self.text.extend_from_slice(text);
        let end = self.text.len();
        self.widen(column + 1, row)?;
        if let Some(span) = self.spans.get_mut(column) {
            *span = Span::borrowed(u32::try_from(start).unwrap_or(0), u32::try_from(end).unwrap_or(0));
        }
        self.filled.push(column);
        Ok(())
    }

    /// Whether every cell is empty.
    #[cfg(feature = "archives")]
    pub(super) fn is_blank(&self) -> bool {
        self.filled.is_empty()
    }

    /// The row as a record.
    pub(super) fn record(&self, row: u64) -> Record<'_> {
        Record { row, offset: 0, raw: &self.text, input: &self.text, scratch: &[], spans: &self.spans }
    }
}

#[cold]
fn too_long(row: u64, column: usize) -> Error {
    let message = format!(
        "A cell is longer than {} MiB or its row longer than {} MiB; those of ticket exports are far shorter.",
        CELL_CAP >> 20,
        RECORD_CAP >> 20
    );
    Error::new(ErrorKind::TooLarge, message, "Leave this column out of the export.")
        .at_row(row)
        .in_column((column + 1).to_string())
}
