//! One file of any kind: bytes in, the pieces of its tables out.

use super::TextEncoding;
use super::layout::Layout;
use super::reader::Reader;
use super::reading::{Choices, Reading};
use super::record::Record;
use crate::error::{Error, Result};

/// The names of a table's columns.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Header {
    /// One name a column, trimmed; may be empty, may repeat.
    pub names: Vec<String>,
    /// The rows that it stands in, as a spreadsheet counts; none where the file has no header and the names are made up.
    pub rows: Vec<u64>,
    /// Encoding of the table's cells, as far as it is known.
    pub encoding: TextEncoding,
}

/// Why a record is neither header nor row.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Aside {
    /// A line of totals below the rows.
    Totals,
    /// The header once more, between the rows.
    RepeatedHeader,
    /// A title, a remark, a line of dashes: text that is not in columns.
    NotInColumns,
}

/// What a file hands over, in its order: for each table `Table`, `Header`, any number of `Row` and `Aside`, `End`.
#[derive(Debug)]
#[non_exhaustive]
pub enum Piece<'a> {
    /// A table begins. Its name within the file (a sheet, a member of an archive); empty where the file is one table.
    Table(&'a str),
    /// Its header.
    Header(&'a Header),
    /// A row.
    Row(&'a Record<'a>),
    /// A record that is no row, after the header.
    Aside(&'a Record<'a>, Aside),
    /// The table is complete.
    End(Box<Reading>),
    /// A part of the file that holds no table (a picture in an archive, a sheet of text), by name, and why.
    Skipped(&'a str, Error),
}

/// Takes pieces.
pub type PieceSink<'s> = dyn FnMut(Piece<'_>) -> Result<()> + 's;

/// Reads one file of any kind. Where its bytes are cut makes no difference.
#[derive(Debug)]
pub struct Input {
    reader: Reader,
    layout: Layout,
    begun: bool,
}

impl Input {
    /// An input that decides everything by itself but what `choices` names.
    pub fn new(choices: &Choices) -> Self {
        Self { reader: Reader::with(choices), layout: Layout::new(choices), begun: false }
    }

    /// Takes the next bytes and hands over what is complete.
    ///
    /// # Errors
    /// As [`Reader::push`], and whatever `sink` returns.
    pub fn push(&mut self, bytes: &[u8], sink: &mut PieceSink<'_>) -> Result<()> {
        self.begin(sink)?;
        let layout = &mut self.layout;
        self.reader.push_known(bytes, &mut |record, encoding| layout.push(record, encoding, sink))
    }

    /// Ends the file.
    ///
    /// # Errors
    /// As [`Reader::finish`], and whatever `sink` returns.
    pub fn finish(&mut self, sink: &mut PieceSink<'_>) -> Result<()> {
        self.begin(sink)?;
        let layout = &mut self.layout;
        let mut reading = self.reader.finish_known(&mut |record, encoding| layout.push(record, encoding, sink))?;
        layout.finish(sink)?;
        layout.describe(&mut reading);
        sink(Piece::End(Box::new(reading)))
    }

    /// The encoding as far as it is known, for texts that are shown before the end.
    pub fn encoding_so_far(&self) -> TextEncoding {
        self.reader.encoding_so_far()
    }

    fn begin(&mut self, sink: &mut PieceSink<'_>) -> Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        sink(Piece::Table(""))
    }
}
