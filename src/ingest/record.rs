//! One record: cells borrowed from the input.

/// Where a cell's text lies. Scanned buffers are below 2 GiB, so the top bit is free to tell the two places apart.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Span {
    start: u32,
    end: u32,
}

/// Set in `start` where the text lies in the scratch buffer, unescaped.
const IN_SCRATCH: u32 = 1 << 31;

impl Span {
    /// A cell that stands in the input as it is.
    #[inline]
    pub(super) fn borrowed(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// A cell that was unescaped into the scratch buffer.
    pub(super) fn unescaped(start: usize, end: usize) -> Self {
        let (start, end) = (u32::try_from(start).unwrap_or(0), u32::try_from(end).unwrap_or(0));
        Self { start: start | IN_SCRATCH, end }
    }

    /// Whether the cell is empty.
    pub(super) fn is_blank(self) -> bool {
        self.start & !IN_SCRATCH == self.end
    }

    /// Where the text of a cell lies in its buffer.
    pub(super) fn range(self) -> (usize, usize) {
        ((self.start & !IN_SCRATCH) as usize, self.end as usize)
    }

    /// The same cell after the first `by` bytes of the input went away.
    pub(super) fn moved_down(self, by: u32) -> Self {
        if self.start & IN_SCRATCH == 0 {
            Self { start: self.start.saturating_sub(by), end: self.end.saturating_sub(by) }
        } else {
            self
        }
    }
}

/// One record: borrowed cells, unquoted and unescaped, in the 8-bit encoding of the file (UTF-8 where it was UTF-16).
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    pub(super) row: u64,
    /// Offset of the record's first byte in the text.
    pub(super) offset: u64,
    /// The record as it stands in the text, without its line end.
    pub(super) raw: &'a [u8],
    pub(super) input: &'a [u8],
    pub(super) scratch: &'a [u8],
    pub(super) spans: &'a [Span],
}

impl<'a> Record<'a> {
    /// The row, from 1, as a spreadsheet counts: blank lines count, a record whose quoted cells span lines is one row,
    /// a leading `sep=` line is not a row.
    #[inline]
    pub fn row(&self) -> u64 {
        self.row
    }

    /// Number of cells.
    #[inline]
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there is no cell; never so for records that a reader hands over.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The bytes of a cell, from 0; empty beyond the end. [`super::TextEncoding::decode`] makes text of them.
    #[inline]
    pub fn cell(&self, i: usize) -> &'a [u8] {
        self.spans.get(i).map_or(&[], |span| self.text(*span))
    }

    /// The cells in order.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = &'a [u8]> + '_ {
        self.spans.iter().map(|span| self.text(*span))
    }

    /// Whether a cell was quoted.
    pub(super) fn is_quoted(&self, i: usize, quote: u8) -> bool {
        self.spans.get(i).is_some_and(|span| {
            let before = (span.start as usize).checked_sub(1).and_then(|at| self.input.get(at));
            span.start & IN_SCRATCH != 0 || before == Some(&quote)
        })
    }

    #[inline]
    fn text(&self, span: Span) -> &'a [u8] {
        let place = if span.start & IN_SCRATCH == 0 { self.input } else { self.scratch };
        place.get((span.start & !IN_SCRATCH) as usize..span.end as usize).unwrap_or_default()
    }
}

/// A record that owns its cells, to be kept for later.
#[derive(Clone, Debug, Default)]
pub(super) struct Owned {
    row: u64,
    offset: u64,
    raw: Vec<u8>,
    cells: Vec<u8>,
    spans: Vec<Span>,
}

impl Owned {
    /// A copy of a record.
    pub(super) fn of(record: &Record<'_>) -> Self {
        let mut cells = Vec::with_capacity(record.raw.len());
        let spans = record
            .cells()
            .map(|cell| {
                let start = cells.len();
                cells.extend_from_slice(cell);
                Span::unescaped(start, cells.len())
            })
            .collect();
        Self { row: record.row, offset: record.offset, raw: record.raw.to_vec(), cells, spans }
    }

    /// The record.
    pub(super) fn record(&self) -> Record<'_> {
        Record {
            row: self.row,
            offset: self.offset,
            raw: &self.raw,
            input: &[],
            scratch: &self.cells,
            spans: &self.spans,
        }
    }

    /// How much memory its text takes.
    pub(super) fn size(&self) -> usize {
        self.raw.len() + self.cells.len()
    }
}
