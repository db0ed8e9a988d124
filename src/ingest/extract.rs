//! The second pass: the same bytes again, and out comes one of the file's tables, or the rows of it that were set aside.
//!
//! What is written is CSV as in RFC 4180, but with LF: UTF-8, comma, quoted where a cell needs it, a header first.

use super::TextEncoding;
use super::input::{Header, Input, Piece};
use super::reading::{Choices, Reading};
use super::record::Record;
use crate::error::Result;

/// Reads a file again and writes a part of it as CSV. The choices should be those that the first pass settled
/// ([`super::Dialect::choices`]); where the bytes are cut makes no difference.
///
/// ```
/// use flowgauge::ingest::{Choices, Extract};
///
/// let mut csv = Vec::new();
/// let mut extract = Extract::table("", &Choices::default());
/// extract.push("id;opened\nINC1;a \"b\", c\n".as_bytes(), &mut csv)?;
/// extract.finish(&mut csv)?;
/// assert_eq!(csv, b"id,opened\nINC1,\"a \"\"b\"\", c\"\n");
/// # Ok::<(), flowgauge::Error>(())
/// ```
#[derive(Debug)]
pub struct Extract {
    input: Input,
    writer: Writer,
}

/// Writes the pieces that are asked for; apart from the input, so that both can be borrowed at once.
#[derive(Debug)]
struct Writer {
    /// Name of the table within the file.
    table: String,
    /// Whether the pieces are those of this table.
    inside: bool,
    /// The rows to write, ascending, with what to say of each; all rows where there is none.
    rows: Option<Vec<(u32, String)>>,
    /// How many of them are written.
    done: usize,
    guard: bool,
}

impl Extract {
    /// Writes the rows of the table of this name (empty where the file is one table) as they were read.
    pub fn table(name: &str, choices: &Choices) -> Self {
        Self::new(name, choices, None, false)
    }

    /// Writes these rows of the table, as a spreadsheet counts them, each behind the columns `row` and `reason`. Rows that
    /// are no rows of the table (totals, remarks) are found as well. Cells are guarded, see [`Extract::guarded`].
    pub fn rejects(name: &str, choices: &Choices, mut rows: Vec<(u32, String)>) -> Self {
        rows.sort_by_key(|(row, _)| *row);
        Self::new(name, choices, Some(rows), true)
    }

    fn new(name: &str, choices: &Choices, rows: Option<Vec<(u32, String)>>, guard: bool) -> Self {
        let writer = Writer { table: name.to_owned(), inside: false, rows, done: 0, guard };
        Self { input: Input::new(choices), writer }
    }

    /// The same, but cells that a spreadsheet would take for a formula get a `'` in front: those that begin with `=`, `+`,
    /// `-`, `@` (also full-width), a tab, a line end or NUL and are no plain number.
    #[must_use]
    pub fn guarded(mut self) -> Self {
        self.writer.guard = true;
        self
    }

    /// Takes the next bytes and appends to `out` what is complete.
    ///
    /// # Errors
    /// As [`Input::push`].
    pub fn push(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<()> {
        let Self { input, writer } = self;
        input.push(bytes, &mut |piece, encoding| writer.take(&piece, encoding, out))
    }

    /// Ends the file and appends the rest; answers how the table was read, if the file has it.
    ///
    /// # Errors
    /// As [`Input::finish`].
    pub fn finish(&mut self, out: &mut Vec<u8>) -> Result<Option<Reading>> {
        let Self { input, writer } = self;
        let mut found = None;
        input.finish(&mut |piece| {
            let inside = writer.inside;
            writer.take(&piece, out)?;
            if let (true, Piece::End(reading)) = (inside, piece) {
                found = Some(*reading);
            }
            Ok(())
        })?;
        Ok(found)
    }
}
