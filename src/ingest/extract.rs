//! The second pass: the same bytes again, and out comes one of the file's tables, or the rows of it that were set aside.
//!
//! What is written is CSV as in RFC 4180, but with LF: UTF-8, comma, quoted where a cell needs it, a header first.

use std::borrow::Cow;

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
    encoding: TextEncoding,
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
        let writer =
            Writer { table: name.to_owned(), inside: false, encoding: TextEncoding::UTF_8, rows, done: 0, guard };
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
        input.push(bytes, &mut |piece| {
            writer.take(&piece, out);
            Ok(())
        })
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
            writer.take(&piece, out);
            if let (true, Piece::End(reading)) = (inside, piece) {
                found = Some(*reading);
            }
            Ok(())
        })?;
        Ok(found)
    }
}

impl Writer {
    fn take(&mut self, piece: &Piece<'_>, out: &mut Vec<u8>) {
        match piece {
            Piece::Table(name) => self.inside = *name == self.table,
            Piece::End(_) => self.inside = false,
            Piece::Header(header) if self.inside => self.header(header, out),
            Piece::Row(record) if self.inside => self.row(record, true, out),
            Piece::Aside(record, _) if self.inside => self.row(record, false, out),
            _ => {}
        }
    }

    fn header(&mut self, header: &Header, out: &mut Vec<u8>) {
        self.encoding = header.encoding;
        let own = if self.rows.is_some() { &["row", "reason"][..] } else { &[] };
        let names = own.iter().copied().chain(header.names.iter().map(String::as_str));
        self.line(names.map(Cow::Borrowed), out);
    }

    fn row(&mut self, record: &Record<'_>, is_row: bool, out: &mut Vec<u8>) {
        let encoding = self.encoding;
        let cells = || record.cells().map(|cell| encoding.decode(cell));
        let Some(rows) = &self.rows else {
            if is_row {
                self.line(cells(), out);
            }
            return;
        };
        let number = record.row();
        let mut done = self.done;
        while let Some((row, reason)) = rows.get(done).filter(|(row, _)| u64::from(*row) <= number) {
            if u64::from(*row) == number {
                let own = [row.to_string().into(), reason.as_str().into()];
                self.line(own.into_iter().chain(cells()), out);
            }
            done += 1;
        }
        self.done = done;
    }

    fn line<'c>(&self, cells: impl Iterator<Item = Cow<'c, str>>, out: &mut Vec<u8>) {
        write_line(cells.map(|cell| if self.guard { guard(cell) } else { cell }), out);
    }
}

/// Appends a record as CSV. A single empty cell is quoted: an empty line would be no record.
pub fn write_line<T: AsRef<str>>(cells: impl Iterator<Item = T>, out: &mut Vec<u8>) {
    let start = out.len();
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            out.push(b',');
        }
        let cell = cell.as_ref();
        if cell.contains([',', '"', '\n', '\r']) {
            out.push(b'"');
            out.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
            out.push(b'"');
        } else {
            out.extend_from_slice(cell.as_bytes());
        }
    }
    if out.len() == start {
        out.extend_from_slice(b"\"\"");
    }
    out.push(b'\n');
}

fn guard(cell: Cow<'_, str>) -> Cow<'_, str> {
    if is_formula(&cell) { format!("'{cell}").into() } else { cell }
}

/// Whether a spreadsheet may take a text for a formula.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n', '\0']) && !is_number(text)
}

/// Whether a text is a number and nothing else: a sign, digits with points and commas between them, an exponent.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = digits.split_once(['e', 'E']).map_or((digits, None), |(m, e)| (m, Some(e)));
    let all = |text: &str, more: &[char]| {
        text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || more.contains(&c))
    };
    all(mantissa, &['.', ',']) && exponent.is_none_or(|e| all(e.strip_prefix(['-', '+']).unwrap_or(e), &[]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_and_numbers() {
        for text in [
            "=1+1", "+cmd|x", "-2+3", "@SUM(A1)", "\tx", "\r=1", "\n=1", "\0", "－1", "-", "+", "-1e", "-e5", "--5",
            "-5;=1",
        ] {
            assert!(is_formula(text), "{text:?}");
        }
        for text in ["-5", "+5", "-1.5", "-1,234.50", "-1e5", "-1E-5", "5=5", "a", "", " =1"] {
            assert!(!is_formula(text), "{text:?}");
        }
    }
}
