//! What was odd about a file without stopping the reading of it.

use serde::Serialize;

/// How many row numbers a note names.
pub(super) const NAMED_ROWS: usize = 10;

/// What kind of oddity a note is about. The names are stable.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum NoteCode {
    /// A quote opens a cell and nothing closes it: it was read as part of the text.
    UnclosedQuote,
    /// Text follows a closing quote in the same cell: it was kept.
    TextAfterQuote,
    /// Some cells are UTF-8, others are not: each was read by itself.
    MixedEncoding,
    /// Text holds NUL characters: they were kept.
    NulBytes,
    /// UTF-16 text with broken pairs: the replacement character stands for each.
    BrokenText,
    /// Each record is quoted as a whole, a table within a table: the inner one was read.
    QuotedTwice,
    /// Bytes follow the end of the compressed data: they were not read.
    TrailingBytes,
    /// Titles and remarks stand above the header.
    AboveHeader,
    /// Rows have fewer cells than the header: the missing ones were read as empty.
    ShortRows,
    /// Rows have more cells than the header: the further ones were not used.
    LongRows,
    /// The sheet is hidden in its workbook: it was read all the same.
    HiddenSheet,
}

impl NoteCode {
    /// Stable name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::UnclosedQuote => "unclosed_quote",
            Self::TextAfterQuote => "text_after_quote",
            Self::MixedEncoding => "mixed_encoding",
            Self::NulBytes => "nul_bytes",
            Self::BrokenText => "broken_text",
            Self::QuotedTwice => "quoted_twice",
            Self::TrailingBytes => "trailing_bytes",
            Self::AboveHeader => "above_header",
            Self::ShortRows => "short_rows",
            Self::LongRows => "long_rows",
            Self::HiddenSheet => "hidden_sheet",
        }
    }
}

/// An oddity, with the rows it was seen in.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Note {
    /// Stable code.
    pub code: NoteCode,
    /// One sentence for people.
    pub message: String,
    /// The first ten rows concerned; none where it concerns the file as a whole.
    pub rows: Vec<u64>,
    /// How many rows are concerned (for [`NoteCode::TrailingBytes`] how many bytes).
    pub count: u64,
}

impl Note {
    /// A note about bytes behind the end of the compressed data, if there are any.
    pub(super) fn trailing(bytes: u64) -> Option<Self> {
        let message = format!("{bytes} bytes follow the end of the compressed data: they were not read.");
        (bytes > 0).then_some(Self { code: NoteCode::TrailingBytes, message, rows: Vec::new(), count: bytes })
    }
}

/// Collects the rows of one kind of oddity.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    first: Vec<u64>,
    last: u64,
    count: u64,
}

impl Rows {
    /// Adds a row; the same row twice in a row counts once.
    pub(super) fn add(&mut self, row: u64) {
        if row == self.last {
            return;
        }
        self.last = row;
        self.count += 1;
        if self.first.len() < NAMED_ROWS {
            self.first.push(row);
        }
    }

    /// How many rows there are.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// A note about these rows, if there are any.
    pub(super) fn note(&self, code: NoteCode, message: &str) -> Option<Note> {
        (self.count > 0).then(|| Note {
            code,
            message: message.to_owned(),
            rows: self.first.clone(),
            count: self.count,
        })
    }
}
