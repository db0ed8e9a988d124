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
//! are only doubled quotes (any other would have closed it), and a cell that begins with a doubled quote closes at once.

use std::mem;

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
    /// Whether the quoted cell has doubled quotes.
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
}

impl Scanner {
    /// A scanner for text that begins at this offset, after this many rows.
    pub(super) fn new(delimiter: u8, offset: u64, row: u64) -> Self {
        Self {
            delimiter,
            place: Place::START,
            spans: Vec::new(),
            scratch: Vec::new(),
            carry: Vec::new(),
            scanned: 0,
            row,
            offset,
            unclosed: Rows::default(),
            tails: Rows::default(),
        }
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
            self.spans.push(end_cell(&place, end, &carry, &mut self.scratch));
            self.row += 1;
            self.hand_over(&carry, &place, end, sink)?;
        }
        self.place = Place::START;
        Ok(())
    }

    /// Scans a buffer from a position on. With the first record that ends at or behind `enough` it stops and answers where
    /// the next record begins; otherwise it goes on to the end of the buffer and answers nothing.
    fn scan<F>(&mut self, buffer: &[u8], mut from: usize, enough: u32, sink: &mut F) -> Result<Option<usize>>
    where
        F: FnMut(&Record<'_>) -> Result<()>,
    {
        let delimiter = self.delimiter;
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
                let mut mask = specials(block, delimiter);
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
                        State::Plain if byte == QUOTE => {
                            if p == at.cell {
                                at.state = State::Quoted;
                                at.escaped = false;
                            }
                            continue;
                        }
                        State::Plain if p == at.start => {
                            // A blank line, or the second half of a CRLF.
                            self.row += u64::from(byte == b'\r' || !at.after_cr);
                            at.after_cr = byte == b'\r';
                            at.start = p + 1;
                            at.cell = p + 1;
                            continue;
                        }
                        State::Quoted => {
                            if byte == QUOTE {
                                if p - at.cell > CELL_CAP {
                                    self.place = at;
                                    from = self.reopen();
                                    at = self.place;
                                    continue 'again;
                                }
                                at.close = p;
                                at.state = State::Closing;
                            }
                            continue;
                        }
                        State::Closing if p > at.close + 1 => {
                            self.tails.add(self.row + 1);
                            at.state = State::Tail;
                            if byte == QUOTE {
                                continue;
                            }
                        }
                        State::Closing if byte == QUOTE => {
                            at.escaped = true;
                            at.state = State::Quoted;
                            continue;
                        }
                        State::Tail if byte == QUOTE => continue,
                        State::Plain | State::Closing | State::Tail => {}
                    }
                    // The cell ends here.
                    self.spans.push(end_cell(&at, p, buffer, &mut self.scratch));
                    at.state = State::Plain;
                    at.cell = p + 1;
                    if byte != delimiter {
                        self.row += 1;
                        self.hand_over(buffer, &at, p, sink)?;
                        at.start = p + 1;
                        at.after_cr = byte == b'\r';
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

/// The text of the cell that ends before `end`.
#[inline]
fn end_cell(at: &Place, end: u32, buffer: &[u8], scratch: &mut Vec<u8>) -> Span {
    match at.state {
        State::Plain | State::Quoted => Span::borrowed(at.cell, end),
        State::Closing if !at.escaped => Span::borrowed(at.cell + 1, at.close),
        State::Closing | State::Tail => {
            let start = scratch.len();
            unescape(buffer.get(at.cell as usize + 1..at.close as usize).unwrap_or_default(), scratch);
            if at.state == State::Tail {
                scratch.extend_from_slice(buffer.get(at.close as usize + 1..end as usize).unwrap_or_default());
            }
            Span::unescaped(start, scratch.len())
        }
    }
}

/// Appends the text with each doubled quote once.
fn unescape(mut text: &[u8], to: &mut Vec<u8>) {
    while let Some((before, after)) = memchr::memchr(QUOTE, text).and_then(|quote| text.split_at_checked(quote + 1)) {
        to.extend_from_slice(before);
        text = after.strip_prefix(&[QUOTE]).unwrap_or(after);
    }
    to.extend_from_slice(text);
}
