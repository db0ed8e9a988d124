//! Delimited text to records: RFC 4180 and what real exports make of it.
//!
//! Only delimiters, quotes and line ends are looked at one by one; [`specials`] finds them 64 bytes at a time. A chunk is
//! scanned where it lies: no more than the partial record at its end is copied. Read leniently:
//!
//! - LF, CRLF and CR end a record, mixed as they come; blank lines are no records but count as rows;
//! - a quote inside an unquoted cell is text, text after a closing quote is kept;
//! - a quote that opens a cell and is not closed within [`CELL_CAP`] or by the end of the file is text.
//!
//! The last rule reads bytes again, but none more than twice: between an opening quote and where it proves unclosed there
//! are only escaped quotes (any other would have closed it), and a cell that begins with a doubled quote closes at once.
//!
//! What quotes, and how a quote stands inside a quoted cell, is [`Quoting`]; everything but a doubled quote costs only files
//! that have it. A backslash escapes within quotes only: outside it is part of a path more often than not.

use std::mem;

use super::line_ends::LineEnds;
use super::mask::{BLOCK, BLOCK_LENGTH, QUOTE, specials};
use super::note::Rows;
use super::record::{Record, Span};
use crate::error::{Error, ErrorKind, Result};

/// Longest quoted cell, in bytes (4 MiB): a quote not closed by then is taken for text. `ServiceNow` crops cells at 32,000
/// characters, so this is far beyond what an export holds.
pub const CELL_CAP: u32 = 4 << 20;

/// Longest record, in bytes (64 MiB).
pub const RECORD_CAP: u32 = 64 << 20;

/// Most cells of a record; spreadsheets end at 16,384.
pub const CELLS_CAP: usize = 1 << 16;

/// Longest piece that is scanned at once, so that positions fit 31 bits.
const PIECE: usize = 1 << 30;

/// How many bytes are first added to a partial record in the hope that it ends there.
const FIRST_JOIN: usize = 256;

/// Most spaces between a delimiter and the quote behind it.
const SPACES: u32 = 8;

/// What quotes cells, and how.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Quoting {
    /// The quote; none where quotes are text.
    pub(super) quote: Option<u8>,
    /// Whether a backslash escapes quotes and itself in quoted cells. Doubled quotes are read all the same.
    pub(super) backslash: bool,
    /// Whether spaces may stand between a delimiter and a quote.
    pub(super) spaced: bool,
}

impl Quoting {
    /// As RFC 4180 has it.
    pub(super) const STANDARD: Self = Self { quote: Some(QUOTE), backslash: false, spaced: false };
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum State {
    /// At the start of a cell or in an unquoted one.
    Plain,
    /// Between quotes.
    Quoted,
    /// Right after a quote that closes the cell, unless another follows.
    Closing,
    /// In text after the closing quote.
    Tail,
}

/// Where the scanner stands; positions count from the start of the buffer.
#[derive(Clone, Copy, Debug)]
struct Place {
    state: State,
    /// Start of the record.
    start: u32,
    /// Start of the cell: its opening quote where it has one.
    cell: u32,
    /// The closing quote.
    close: u32,
    /// Whether the quoted cell has, or may have, escapes.
    escaped: bool,
    /// Whether the last record ended with CR, so that an LF here belongs to it.
    after_cr: bool,
}

impl Place {
    const START: Self = Self { state: State::Plain, start: 0, cell: 0, close: 0, escaped: false, after_cr: false };
}

/// Splits text that comes in pieces of any size into records.
#[derive(Debug)]
pub(super) struct Scanner {
    delimiter: u8,
    /// The quote; where nothing quotes, the delimiter, which is looked for first.
    quote: u8,
    quoting: Quoting,
    place: Place,
    spans: Vec<Span>,
    scratch: Vec<u8>,
    /// The partial record at the end of the last piece.
    carry: Vec<u8>,
    /// How much of `carry` was scanned.
    scanned: usize,
    /// Row of the last record.
    row: u64,
    /// Offset of the buffer's first byte in the text.
    offset: u64,
    /// Rows with a quote that never closes.
    pub(super) unclosed: Rows,
    /// Rows with text after a closing quote.
    pub(super) tails: Rows,
    /// Line ends that are, or begin with, a CR; those of them that are CRLF.
    returns: u64,
    pairs: u64,
    /// Whether the last record ended with the text.
    unended: bool,
}

impl Scanner {
    /// A scanner for text that begins at this offset, after this many rows.
    pub(super) fn new(delimiter: u8, quoting: Quoting, offset: u64, row: u64) -> Self {
        Self {
            delimiter,
            quote: quoting.quote.unwrap_or(delimiter),
            quoting,
            place: Place::START,
            spans: Vec::new(),
            scratch: Vec::new(),
            carry: Vec::new(),
            scanned: 0,
            row,
            offset,
            unclosed: Rows::default(),
            tails: Rows::default(),
            returns: 0,
            pairs: 0,
            unended: false,
        }
    }

    /// What ended the lines so far, those within quoted cells left out.
    pub(super) fn line_ends(&self) -> LineEnds {
        let feeds = self.row.saturating_sub(self.returns + u64::from(self.unended));
        LineEnds { lf: feeds, crlf: self.pairs, cr: self.returns.saturating_sub(self.pairs) }
    }

    /// Makes the next records count from here: another text begins.
    pub(super) fn restart(&mut self, offset: u64, row: u64) {
        self.offset = offset;
        self.row = row;
    }

    /// The row of the last record.
    pub(super) fn row(&self) -> u64 {
        self.row
    }

    /// Scans the next bytes and hands over the records that end in them.
    pub(super) fn push<F>(&mut self, bytes: &[u8], sink: &mut F) -> Result<()>
    where
        F: FnMut(&Record<'_>) -> Result<()>,
    {
        bytes.chunks(PIECE).try_for_each(|piece| self.piece(piece, sink))
    }

    fn piece<F>(&mut self, mut bytes: &[u8], sink: &mut F) -> Result<()>
    where
        F: FnMut(&Record<'_>) -> Result<()>,
    {
        while !self.carry.is_empty() {
            if bytes.is_empty() {
                return Ok(());
            }
            // Joining as much as there already is keeps both the copying and the number of rounds small.
            let (joined, rest) = bytes.split_at(bytes.len().min(self.carry.len().max(FIRST_JOIN)));
            let joint = self.carry.len();
            let mut carry = mem::take(&mut self.carry);
            carry.extend_from_slice(joined);
            if let Some(next) = self.scan(&carry, self.scanned, position(joint), sink)? {
                bytes = bytes.get(next.saturating_sub(joint)..).unwrap_or_default();
                carry.clear();
                self.move_down(position(next));
            } else {
                bytes = rest;
                let start = self.place.start;
                carry.drain(..(start as usize).min(carry.len()));
                self.move_down(start);
            }
            self.keep(carry)?;
        }
        self.scan(bytes, 0, u32::MAX, sink)?;
        let start = self.place.start;
        let mut carry = mem::take(&mut self.carry);
        carry.extend_from_slice(bytes.get(start as usize..).unwrap_or_default());
        self.move_down(start);
        self.keep(carry)
    }

    /// Flushes the last record.
    pub(super) fn finish<F>(&mut self, sink: &mut F) -> Result<()>
    where
        F: FnMut(&Record<'_>) -> Result<()>,
    {
        let carry = mem::take(&mut self.carry);
        let end = position(carry.len());
        while self.place.state == State::Quoted {
            let from = self.reopen();
            self.scan(&carry, from, u32::MAX, sink)?;
        }
        let mut place = self.place;
        if place.start < end {
            if place.state == State::Closing && place.close + 1 < end {
                place.state = State::Tail;
                self.tails.add(self.row + 1);
            }
            self.spans.push(self.quoting.end_cell(&place, end, &carry, &mut self.scratch));
            self.row += 1;
            self.unended = true;
            self.hand_over(&carry, &place, end, sink)?;
        }
        self.place = Place::START;
        Ok(())
    }

    #[allow(clippy::too_many_lines, reason = "one state machine, whose state has to stay in registers")]
    /// Scans a buffer from a position on. With the first record that ends at or behind `enough` it stops and answers where
    /// the next record begins; otherwise it goes on to the end of the buffer and answers nothing.
    fn scan<F>(&mut self, buffer: &[u8], mut from: usize, enough: u32, sink: &mut F) -> Result<Option<usize>>
    where
        F: FnMut(&Record<'_>) -> Result<()>,
    {
        let (delimiter, quote, quoting) = (self.delimiter, self.quote, self.quoting);
        // Kept apart from `self` so that it can live in registers.
        let mut at = self.place;
        'again: loop {
            let (blocks, rest) = buffer.get(from..).unwrap_or_default().as_chunks::<BLOCK>();
            let mut last = [0_u8; BLOCK];
            for (to, byte) in last.iter_mut().zip(rest) {
                *to = *byte;
            }
            let mut base = position(from);
            for block in blocks.iter().chain(std::iter::once(&last)) {
                let mut mask = specials(block, delimiter, quote);
                while mask != 0 {
                    let bit = mask.trailing_zeros();
                    mask &= mask - 1;
                    let p = base + bit;
                    let byte = block.get(bit as usize).copied().unwrap_or(0);
                    match at.state {
                        State::Plain if byte == delimiter => {
                            self.spans.push(Span::borrowed(at.cell, p));
                            at.cell = p + 1;
                            continue;
                        }
                        State::Plain if byte == quote => {
                            if p == at.cell || quoting.spaced && p - at.cell <= SPACES && is_blank(buffer, at.cell, p) {
                                at.cell = p;
                                at.state = State::Quoted;
                                at.escaped = quoting.backslash;
                            }
                            continue;
                        }
                        State::Plain if p == at.start => {
                            // A blank line, or the second half of a CRLF.
                            let second = byte == b'\n' && at.after_cr;
                            self.row += u64::from(!second);
                            self.pairs += u64::from(second);
                            at.after_cr = byte == b'\r';
                            self.returns += u64::from(at.after_cr);
                            at.start = p + 1;
                            at.cell = p + 1;
                            continue;
                        }
                        State::Quoted => {
                            if byte == quote {
                                if p - at.cell > CELL_CAP {
                                    self.place = at;
                                    from = self.reopen();
                                    at = self.place;
                                    continue 'again;
                                }
                                if quoting.backslash && is_escaped(buffer, at.cell, p) {
                                    continue;
                                }
                                at.close = p;
                                at.state = State::Closing;
                            }
                            continue;
                        }
                        State::Closing
                            if p > at.close + 1
                                && !(quoting.spaced && byte != quote && is_blank(buffer, at.close + 1, p)) =>
                        {
                            self.tails.add(self.row + 1);
                            at.state = State::Tail;
                            if byte == quote {
                                continue;
                            }
                        }
                        State::Closing if byte == quote => {
                            at.escaped = true;
                            at.state = State::Quoted;
                            continue;
                        }
                        State::Tail if byte == quote => continue,
                        State::Plain | State::Closing | State::Tail => {}
                    }
                    // The cell ends here.
                    self.spans.push(quoting.end_cell(&at, p, buffer, &mut self.scratch));
                    at.state = State::Plain;
                    at.cell = p + 1;
                    if byte != delimiter {
                        self.row += 1;
                        self.hand_over(buffer, &at, p, sink)?;
                        at.start = p + 1;
                        at.after_cr = byte == b'\r';
                        self.returns += u64::from(at.after_cr);
                        if at.start >= enough {
                            self.place = at;
                            return Ok(Some(at.start as usize));
                        }
                    }
                }
                if self.spans.len() > CELLS_CAP {
                    return Err(too_many_cells(self.row + 1));
                }
                base += BLOCK_LENGTH;
            }
            if at.state == State::Quoted && position(buffer.len()) - at.cell > CELL_CAP {
                self.place = at;
                from = self.reopen();
                at = self.place;
                continue;
            }
            self.place = at;
            return Ok(None);
        }
    }

    /// Takes the quote that opened the cell for text; answers where to scan on.
    fn reopen(&mut self) -> usize {
        self.unclosed.add(self.row + 1);
        self.place.state = State::Plain;
        self.place.cell as usize + 1
    }

    #[inline]
    fn hand_over<F>(&mut self, buffer: &[u8], at: &Place, end: u32, sink: &mut F) -> Result<()>
    where
        F: FnMut(&Record<'_>) -> Result<()>,
    {
        if self.spans.len() > CELLS_CAP {
            return Err(too_many_cells(self.row));
        }
        if end - at.start > RECORD_CAP {
            return Err(self.too_long(self.row));
        }
        sink(&Record {
            row: self.row,
            offset: self.offset + u64::from(at.start),
            raw: buffer.get(at.start as usize..end as usize).unwrap_or_default(),
            input: buffer,
            scratch: &self.scratch,
            spans: &self.spans,
        })?;
        self.spans.clear();
        self.scratch.clear();
        Ok(())
    }

    /// Keeps the partial record for the next piece.
    fn keep(&mut self, carry: Vec<u8>) -> Result<()> {
        self.carry = carry;
        self.scanned = self.carry.len();
        if position(self.scanned) > RECORD_CAP { Err(self.too_long(self.row + 1)) } else { Ok(()) }
    }

    /// Forgets the first bytes of the buffer.
    fn move_down(&mut self, by: u32) {
        for span in &mut self.spans {
            *span = span.moved_down(by);
        }
        self.place.start = self.place.start.saturating_sub(by);
        self.place.cell = self.place.cell.saturating_sub(by);
        self.place.close = self.place.close.saturating_sub(by);
        self.offset += u64::from(by);
    }

    #[cold]
    fn too_long(&self, row: u64) -> Error {
        let message =
            format!("The record is longer than {} MiB; records of a ticket export are far shorter.", RECORD_CAP >> 20);
        let remedy = "Check that the file is a delimited text export with one record a line.";
        Error::new(ErrorKind::TooLarge, message, remedy).at_row(row).at_byte(self.offset + u64::from(self.place.start))
    }
}

#[cold]
fn too_many_cells(row: u64) -> Error {
    let message = format!("The record has more than {CELLS_CAP} cells; a spreadsheet ends at 16,384.");
    let remedy = "Check that the file is a delimited text export with one record a line.";
    Error::new(ErrorKind::TooLarge, message, remedy).at_row(row)
}

/// A position in a buffer; buffers are shorter than 2 GiB.
#[inline]
fn position(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Whether there are only spaces between two positions of a buffer.
#[cold]
fn is_blank(buffer: &[u8], from: u32, to: u32) -> bool {
    buffer.get(from as usize..to as usize).unwrap_or_default().iter().all(|byte| *byte == b' ')
}

/// Whether an odd number of backslashes stands before the quote at `p` of the cell that a quote at `cell` opened. No
/// backslash is counted for two quotes, so that this is linear.
#[cold]
fn is_escaped(buffer: &[u8], cell: u32, p: u32) -> bool {
    let inside = buffer.get(cell as usize + 1..p as usize).unwrap_or_default();
    inside.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

impl Quoting {
    /// The text of the cell that ends before `end`.
    #[inline]
    fn end_cell(self, at: &Place, end: u32, buffer: &[u8], scratch: &mut Vec<u8>) -> Span {
        match at.state {
            State::Plain | State::Quoted => Span::borrowed(at.cell, end),
            State::Closing if !at.escaped => Span::borrowed(at.cell + 1, at.close),
            State::Closing | State::Tail => {
                let start = scratch.len();
                self.unescape(buffer.get(at.cell as usize + 1..at.close as usize).unwrap_or_default(), scratch);
                if at.state == State::Tail {
                    scratch.extend_from_slice(buffer.get(at.close as usize + 1..end as usize).unwrap_or_default());
                }
                Span::unescaped(start, scratch.len())
            }
        }
    }

    /// Appends the text with each doubled quote once and, where backslashes escape, what they escape without them.
    fn unescape(self, mut text: &[u8], to: &mut Vec<u8>) {
        let quote = self.quote.unwrap_or(QUOTE);
        let escape = if self.backslash { b'\\' } else { quote };
        while let Some((before, after)) =
            memchr::memchr2(quote, escape, text).and_then(|found| text.split_at_checked(found + 1))
        {
            let (escaped, after) = match (before.last(), after.split_first()) {
                (Some(&first), Some((&next, behind))) if next == quote || (next == escape && first == escape) => {
                    (Some(next), behind)
                }
                _ => (None, after),
            };
            match escaped {
                Some(next) => {
                    to.extend_from_slice(before.get(..before.len() - 1).unwrap_or_default());
                    to.push(next);
                }
                None => to.extend_from_slice(before),
            }
            text = after;
        }
        to.extend_from_slice(text);
    }
}
