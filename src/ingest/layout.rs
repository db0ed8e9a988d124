//! Which records of a table are its header, its rows, and neither.
//!
//! The first records are held back until the header can be told from what stands above and below it ([`head`]); from then
//! on a row costs no more than a look at its first byte and its number of cells.

use super::TextEncoding;
use super::class::{Class, class};
use super::footer;
use super::head::{self, Head};
use super::input::{Aside, Header, Piece, PieceSink};
use super::note::{Note, NoteCode, Rows};
use super::reading::{Choices, Reading};
use super::record::{Owned, Record};
use crate::error::{Error, ErrorKind, Result};

/// Most records that are held back.
const HELD: usize = 32;

/// Most text of records that is held back, in bytes (256 KiB).
const HELD_BYTES: usize = 1 << 18;

/// Longest text of a line above the header that is quoted, in characters, and most lines that are.
const QUOTED: (usize, usize) = (60, 3);

/// Tells header and rows apart as records come in.
#[derive(Debug)]
pub(super) struct Layout {
    /// The row of the header that was chosen; 0 for none.
    chosen: Option<u64>,
    encoding: TextEncoding,
    held: Vec<Owned>,
    held_bytes: usize,
    /// Set once the header is known.
    judge: Option<Judge>,
    header_rows: Vec<u64>,
    reason: String,
    /// Rows above the header, and what the first of them say.
    above: Rows,
    titles: Vec<String>,
}

/// Tells rows from what stands between and below them.
#[derive(Debug)]
struct Judge {
    /// Cells of the records of the header.
    headers: Vec<Vec<Vec<u8>>>,
    width: usize,
    /// By its first byte: whether a record can be something else than a row.
    suspects: Box<[bool; 256]>,
    /// Whether rows have dates, how many cells they fill, and whether their first cells have spaces.
    dated: bool,
    /// Whether a first cell that looks like an id is enough: it is not where the header's does as well.
    ids_are_rows: bool,
    filled: usize,
    spaced: bool,
    encoding: TextEncoding,
    short: Rows,
    long: Rows,
}

impl Layout {
    /// For one table.
    pub(super) fn new(choices: &Choices) -> Self {
        Self {
            chosen: choices.header_row,
            encoding: TextEncoding::UTF_8,
            held: Vec::new(),
            held_bytes: 0,
            judge: None,
            header_rows: Vec::new(),
            reason: String::new(),
            above: Rows::default(),
            titles: Vec::new(),
        }
    }

    /// Takes the next record. `encoding` is what is known of the text's encoding.
    #[inline]
    pub(super) fn push(&mut self, record: &Record<'_>, encoding: TextEncoding, sink: &mut PieceSink<'_>) -> Result<()> {
        match &mut self.judge {
            Some(judge) => judge.pass(record, sink),
            None => self.hold(record, encoding, sink),
        }
    }

    /// Ends the table.
    pub(super) fn finish(&mut self, sink: &mut PieceSink<'_>) -> Result<()> {
        if self.judge.is_some() || (self.held.is_empty() && self.above.count() == 0) {
            Ok(())
        } else {
            self.settle(sink)
        }
    }

    /// Says what was decided.
    pub(super) fn describe(&self, reading: &mut Reading) {
        reading.dialect.header_rows.clone_from(&self.header_rows);
        reading.dialect.header_reason.clone_from(&self.reason);
        reading.notes.extend(self.notes());
    }

    fn notes(&self) -> impl Iterator<Item = Note> {
        let titles: Vec<String> = self.titles.iter().map(|title| format!("\"{title}\"")).collect();
        let above = format!("Rows above the header are neither header nor tickets: {}.", titles.join(", "));
        let short = "Rows have fewer cells than the header: the missing ones were read as empty.";
        let long = "Rows have more cells than the header: the further ones were not used.";
        let ragged = self.judge.iter().flat_map(|judge| {
            [judge.short.note(NoteCode::ShortRows, short), judge.long.note(NoteCode::LongRows, long)]
        });
        self.above.note(NoteCode::AboveHeader, &above).into_iter().chain(ragged.flatten())
    }

    #[cold]
    fn hold(&mut self, record: &Record<'_>, encoding: TextEncoding, sink: &mut PieceSink<'_>) -> Result<()> {
        self.encoding = encoding;
        if self.chosen.is_some_and(|row| record.row() <= row) {
            // Of what is above a chosen header only the line right above it can matter.
            let keep = self.held.len().saturating_sub(1);
            for above in std::mem::take(&mut self.held).into_iter().enumerate() {
                if above.0 < keep { self.leave_out(&above.1) } else { self.held.push(above.1) }
            }
            self.held_bytes = 0;
        }
        let owned = Owned::of(record);
        self.held_bytes += owned.size();
        self.held.push(owned);
        let full = self.held.len() >= HELD || self.held_bytes >= HELD_BYTES;
        if full && self.chosen.is_none_or(|row| record.row() >= row) { self.settle(sink) } else { Ok(()) }
    }

    /// Counts a record above the header.
    fn leave_out(&mut self, owned: &Owned) {
        let record = owned.record();
        self.above.add(record.row());
        if self.titles.len() < QUOTED.1 {
            let cells = record.cells().map(|cell| self.encoding.decode(cell).trim().to_owned());
            let text = cells.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
            self.titles.push(text.chars().take(QUOTED.0).collect());
        }
    }

    /// Decides what the records held back are, and hands them over.
    fn settle(&mut self, sink: &mut PieceSink<'_>) -> Result<()> {
        let held = std::mem::take(&mut self.held);
        if let Some(row) = self.chosen.filter(|row| *row > 0)
            && !held.iter().any(|owned| owned.record().row() == row)
        {
            return Err(no_such_row(row));
        }
        let found = head::find(&held, self.chosen);
        let header_at = [found.group, found.names, found.units];
        let headers: Vec<&Owned> = header_at.iter().flatten().filter_map(|at| held.get(*at)).collect();
        for (at, owned) in held.iter().enumerate().take(found.first_row) {
            if !header_at.contains(&Some(at)) {
                self.leave_out(owned);
            }
        }
        let rows = held.get(found.first_row..).unwrap_or_default();
        let names = names(&held, &found, rows, self.encoding);
        self.header_rows = headers.iter().map(|owned| owned.record().row()).collect();
        self.reason.clone_from(&found.reason);
        let mut judge = Judge::new(&headers, names.len(), rows, self.encoding);
        sink(Piece::Header(&Header { names, rows: self.header_rows.clone(), encoding: self.encoding }))?;
        rows.iter().try_for_each(|owned| judge.pass(&owned.record(), sink))?;
        self.judge = Some(judge);
        Ok(())
    }
}

/// The names of the columns.
fn names(records: &[Owned], head: &Head, rows: &[Owned], encoding: TextEncoding) -> Vec<String> {
    let texts = |at: Option<usize>| -> Vec<String> {
        let record = at.and_then(|at| records.get(at)).map(Owned::record);
        let text =
            |cell: &[u8]| encoding.decode(cell).trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').to_owned();
        record.map(|record| record.cells().map(text).collect()).unwrap_or_default()
    };
    let mut names = texts(head.names);
    if head.group.is_some() {
        let repeated: Vec<bool> =
            names.iter().map(|name| name.is_empty() || names.iter().filter(|n| *n == name).count() > 1).collect();
        let mut group = String::new();
        let groups = texts(head.group);
        for (column, name) in names.iter_mut().enumerate() {
            // A cell that was merged in a spreadsheet stands in its first column only.
            if let Some(text) = groups.get(column).filter(|text| !text.is_empty()) {
                group.clone_from(text);
            }
            if repeated.get(column) == Some(&true) {
                format!("{group} {name}").trim().clone_into(name);
            }
        }
    }
    for (name, unit) in names.iter_mut().zip(texts(head.units)) {
        format!("{name} {unit}").trim().clone_into(name);
    }
    // Columns that every row has are columns, also where the header does not name them.
    let filled = |row: &Owned| {
        let record = row.record();
        record
            .cells()
            .zip(1..)
            .filter(|(cell, _)| !cell.trim_ascii().is_empty())
            .map(|(_, end)| end)
            .last()
            .unwrap_or(0)
    };
    let width = if head.names.is_none() { rows.iter().map(filled).max() } else { rows.iter().map(filled).min() };
    for column in names.len()..width.unwrap_or(0) {
        names.push(format!("Column {}", column + 1));
    }
    names
}

#[cold]
fn no_such_row(row: u64) -> Error {
    let message = format!("Row {row} was chosen as the header, and the table has no record there.");
    let remedy = "Choose the row that names the columns, counted as a spreadsheet does, or 0 where there is none.";
    Error::new(ErrorKind::BadMapping, message, remedy).at_row(row)
}

/// Whether a text is a word that ends with a digit, which no line of totals begins with.
#[inline]
fn is_id(text: &[u8]) -> bool {
    text.last().is_some_and(u8::is_ascii_digit) && text.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-')
}

impl Judge {
    fn new(headers: &[&Owned], width: usize, rows: &[Owned], encoding: TextEncoding) -> Self {
        let trimmed = |owned: &&Owned| owned.record().cells().map(|cell| cell.trim_ascii().to_vec()).collect();
        let headers: Vec<Vec<Vec<u8>>> = headers.iter().map(trimmed).collect();
        let begins = |byte: u8| headers.iter().any(|h| h.first().is_some_and(|cell| cell.first() == Some(&byte)));
        let mut suspects = Box::new([false; 256]);
        for (suspect, byte) in suspects.iter_mut().zip(0..=u8::MAX) {
            *suspect = footer::may_begin(byte) || begins(byte);
        }
        let filled = |owned: &Owned| owned.record().cells().filter(|cell| !cell.trim_ascii().is_empty()).count();
        let mut usual: Vec<usize> = rows.iter().map(filled).collect();
        usual.sort_unstable();
        let of =
            |test: fn(&Record<'_>) -> bool| 2 * rows.iter().filter(|o| test(&o.record())).count() >= rows.len().max(1);
        let ids_are_rows = !headers.iter().any(|header| header.first().is_some_and(|cell| is_id(cell)));
        Self {
            headers,
            width,
            suspects,
            ids_are_rows,
            dated: of(|record| record.cells().any(|cell| class(cell) == Class::Date)),
            filled: usual.get(usual.len() / 2).copied().unwrap_or(0),
            spaced: rows
                .iter()
                .any(|owned| owned.record().cell(0).trim_ascii().contains(&b' ') && owned.record().len() > 1),
            encoding,
            short: Rows::default(),
            long: Rows::default(),
        }
    }

    /// Hands a record on as what it is.
    #[inline]
    fn pass(&mut self, record: &Record<'_>, sink: &mut PieceSink<'_>) -> Result<()> {
        let first = record.cell(0);
        let suspect = first.first().is_none_or(|byte| self.suspects.get(usize::from(*byte)) == Some(&true));
        if (suspect && !(self.ids_are_rows && is_id(first)))
            || record.len() != self.width
            || (self.width > 2 && record.cell(1).is_empty())
        {
            if let Some(why) = self.aside(record) {
                return sink(Piece::Aside(record, why));
            }
            self.measure(record);
        }
        sink(Piece::Row(record))
    }

    /// Why a record is no row, if it is none. A row is given the benefit of every doubt: it needs only a date.
    #[inline(never)]
    fn aside(&self, record: &Record<'_>) -> Option<Aside> {
        let same = |header: &Vec<Vec<u8>>| {
            record.len() >= header.len()
                && record
                    .cells()
                    .enumerate()
                    .all(|(c, cell)| cell.trim_ascii() == header.get(c).map_or(&[][..], Vec::as_slice))
        };
        if self.headers.iter().any(same) {
            return Some(Aside::RepeatedHeader);
        }
        let filled = || record.cells().map(<[u8]>::trim_ascii).enumerate().filter(|(_, cell)| !cell.is_empty());
        let (at, label) = filled().next()?;
        if footer::is_rule(label) && filled().all(|(_, cell)| footer::is_rule(cell)) {
            return Some(Aside::NotInColumns);
        }
        let may_sum = footer::may_sum_up(label);
        let alone = filled().nth(1).is_none();
        if self.width < 2 || !(may_sum || alone) || filled().skip(1).any(|(_, cell)| class(cell) == Class::Date) {
            return None;
        }
        if !self.dated && 2 * filled().count() > self.filled {
            return None;
        }
        let text = self.encoding.decode(label);
        if footer::is_total(&text) || (alone && footer::is_count(&text)) {
            return Some(Aside::Totals);
        }
        let remark = alone && at == 0 && self.width > 2 && self.filled > 2 && !self.spaced && label.contains(&b' ');
        (remark && class(label) == Class::Text).then_some(Aside::NotInColumns)
    }

    /// Notes a row that has not as many cells as the header.
    fn measure(&mut self, record: &Record<'_>) {
        if record.len() < self.width {
            let unnamed =
                |header: &Vec<Vec<u8>>| header.len() == self.width && header.last().is_some_and(Vec::is_empty);
            if record.len() + 1 < self.width || !self.headers.iter().any(unnamed) {
                self.short.add(record.row());
            }
        } else if record.cells().skip(self.width).any(|cell| !cell.trim_ascii().is_empty()) {
            self.long.add(record.row());
        }
    }
}
