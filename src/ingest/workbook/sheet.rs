//! Cells of sheets to rows of tables.

use super::super::content::About;
use super::super::input::{Piece, PieceSink};
use super::super::layout::Layout;
use super::super::note::{Note, NoteCode};
use super::super::reading::{Choices, Dialect};
use super::super::row_buffer::{RowBuffer, UTF8};
use crate::error::{Error, ErrorKind, Result};

/// Most cells of a workbook, the empty ones before the last of a row included.
pub const SHEET_CELLS_CAP: u64 = 20_000_000;

/// Last column of a spreadsheet, from 0.
const LAST_COLUMN: usize = (1 << 14) - 1;

/// A workbook whose sheets become tables.
pub(super) struct Book<'a, 's> {
    prefix: &'a str,
    choices: &'a Choices,
    about: &'a About,
    sink: &'a mut PieceSink<'s>,
    cells: u64,
    sheet: Option<Sheet>,
}

struct Sheet {
    name: String,
    hidden: bool,
    layout: Layout,
    buffer: RowBuffer,
    /// The row of the cells in the buffer, from 1.
    row: u64,
    width: u64,
    begun: bool,
}

impl<'a, 's> Book<'a, 's> {
    pub(super) fn new(prefix: &'a str, choices: &'a Choices, about: &'a About, sink: &'a mut PieceSink<'s>) -> Self {
        Self { prefix, choices, about, sink, cells: 0, sheet: None }
    }

    /// Begins a sheet.
    pub(super) fn begin(&mut self, name: &str, hidden: bool) {
        self.sheet = Some(Sheet {
            name: self.named(name),
            hidden,
            layout: Layout::new(self.choices),
            buffer: RowBuffer::default(),
            row: 0,
            width: 0,
            begun: false,
        });
    }

    /// The name of a sheet's table.
    fn named(&self, name: &str) -> String {
        let name = if name.is_empty() { "Sheet" } else { name };
        if self.prefix.is_empty() { name.to_owned() } else { format!("{}/{name}", self.prefix) }
    }

    /// A sheet without cells of its own: a chart.
    pub(super) fn skip(&mut self, name: &str, why: &str) -> Result<()> {
        let error = Error::new(ErrorKind::NotATable, why, "Nothing is missing unless tickets stand there.");
        let name = self.named(name);
        (self.sink)(Piece::Skipped(&name, error))
    }

    /// Takes a cell: row and column from 0, the text as it is to be read.
    pub(super) fn cell(&mut self, row: u64, column: usize, text: &[u8]) -> Result<()> {
        let Some(sheet) = &mut self.sheet else { return Ok(()) };
        if text.is_empty() {
            return Ok(());
        }
        let row = row + 1;
        if column > LAST_COLUMN {
            let message =
                format!("A cell stands in column {}; a spreadsheet ends at 16,384.", column.saturating_add(1));
            return Err(Error::new(ErrorKind::TooLarge, message, REMEDY).at_row(row));
        }
        if sheet.row != row {
            self.flush()?;
        }
        let Some(sheet) = &mut self.sheet else { return Ok(()) };
        sheet.row = row;
        let width = column as u64 + 1;
        let more = width.saturating_sub(sheet.width);
        sheet.width += more;
        sheet.buffer.add(column, text, row)?;
        self.charge(more)
    }

    /// Counts cells before they are made.
    fn charge(&mut self, cells: u64) -> Result<()> {
        self.cells = self.cells.saturating_add(cells);
        if self.cells > SHEET_CELLS_CAP {
            let message = format!("The workbook has more than {SHEET_CELLS_CAP} cells.");
            return Err(Error::new(ErrorKind::TooLarge, message, REMEDY));
        }
        Ok(())
    }

    /// Hands a row (from 0) over again as the ones below it, where a sheet says that it repeats.
    pub(super) fn repeat(&mut self, row: u64, times: u64) -> Result<()> {
        let Some(sheet) = &self.sheet else { return Ok(()) };
        // Nothing stands in it where the cells are those of a row above.
        if sheet.buffer.is_blank() || sheet.row != row + 1 {
            return Ok(());
        }
        let first = sheet.row;
        self.charge(sheet.width.saturating_mul(times))?;
        for row in first..first.saturating_add(times) {
            self.hand_over(row)?;
        }
        if let Some(sheet) = &mut self.sheet {
            sheet.row = first.saturating_add(times);
        }
        Ok(())
    }

    /// Hands over the row that is complete.
    fn flush(&mut self) -> Result<()> {
        let Some(sheet) = &self.sheet else { return Ok(()) };
        if !sheet.buffer.is_blank() {
            self.hand_over(sheet.row)?;
        }
        if let Some(sheet) = &mut self.sheet {
            sheet.buffer.reset();
            sheet.width = 0;
        }
        Ok(())
    }

    fn hand_over(&mut self, row: u64) -> Result<()> {
        let Some(sheet) = &mut self.sheet else { return Ok(()) };
        if !std::mem::replace(&mut sheet.begun, true) {
            (self.sink)(Piece::Table(&sheet.name))?;
        }
        sheet.layout.push(&sheet.buffer.record(row), UTF8, self.sink)
    }

    /// Ends the sheet.
    pub(super) fn end(&mut self) -> Result<()> {
        self.flush()?;
        let Some(mut sheet) = self.sheet.take() else { return Ok(()) };
        if !sheet.begun {
            let error = Error::new(ErrorKind::EmptyFile, "The sheet is empty.", "Nothing is missing without it.");
            return (self.sink)(Piece::Skipped(&sheet.name, error));
        }
        sheet.layout.finish(self.sink)?;
        let mut reading = self.about.reading(Dialect {
            container: self.about.container.to_owned(),
            format: "workbook".to_owned(),
            encoding: "UTF-8".to_owned(),
            encoding_reason: "Workbooks hold Unicode.".to_owned(),
            delimiter_reason: "The cells of the sheet; dates by the formats of their cells.".to_owned(),
            ..Dialect::default()
        });
        if sheet.hidden {
            let message = "The sheet is hidden in its workbook: it was read all the same.".to_owned();
            reading.notes.push(Note { code: NoteCode::HiddenSheet, message, rows: Vec::new(), count: 1 });
        }
        sheet.layout.describe(&mut reading);
        (self.sink)(Piece::End(Box::new(reading)))
    }
}

const REMEDY: &str = "Save the sheet with the tickets as CSV, which may be of any size.";
