//! One file, from its bytes to its records.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::container::Container;
use super::delimited::Scanner;
use super::dialect::{self, Split};
use super::encoding::{Kind, Tally, TextEncoding};
use super::mask::QUOTE;
use super::note::{Note, NoteCode, Rows};
use super::reading::{Dialect, Reading};
use super::record::Record;
use super::signature;
use super::utf16::{self, Transcoder};
use crate::error::{Error, ErrorKind, Result};

/// How much of the (unpacked) file is held back to settle what it is (1 MiB).
pub const WINDOW: usize = 1 << 20;

/// Text is counted and scanned in pieces of this size, so that the second pass finds it in the cache.
const PIECE: usize = 1 << 17;

/// One control character in this many bytes makes a file binary.
const BINARY: usize = 32;

const MARK: &[u8] = b"\xef\xbb\xbf";

/// Takes records.
type Sink<'a> = dyn FnMut(&Record<'_>) -> Result<()> + 'a;

/// Reads one file: bytes in pieces of any size in, records out. Where the pieces are cut makes no difference.
///
/// Holds back at most [`WINDOW`] bytes at the beginning, then no more than one partial record.
///
/// ```
/// use flowgauge::ingest::Reader;
///
/// let mut ids = Vec::new();
/// let mut sink = |record: &flowgauge::ingest::Record<'_>| {
///     ids.push(record.cell(0).to_vec());
///     Ok(())
/// };
/// let mut reader = Reader::new();
/// reader.push(b"number;state\nINC1;Clo", &mut sink)?;
/// reader.push(b"sed\n", &mut sink)?;
/// let reading = reader.finish(&mut sink)?;
/// assert_eq!(ids, [b"number".to_vec(), b"INC1".to_vec()]);
/// assert_eq!(reading.dialect.delimiter, ";");
/// # Ok::<(), flowgauge::Error>(())
/// ```
#[derive(Debug)]
pub struct Reader {
    digest: Option<Sha256>,
    bytes: u64,
    container: Container,
    text: Text,
    /// Set by the end and by errors: after them nothing more is taken.
    over: bool,
}

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}

impl Reader {
    /// A reader for one file.
    pub fn new() -> Self {
        let text = Text { window: Vec::new(), unpacked: 0, body: None };
        Self { digest: Some(Sha256::new()), bytes: 0, container: Container::Open(Vec::new()), text, over: false }
    }

    /// A reader of bytes that are unpacked and counted already.
    pub(super) fn plain() -> Self {
        Self { container: Container::Plain, ..Self::new().without_digest() }
    }

    /// The same reader, without the SHA-256 of the bytes: for where somebody else computes it faster.
    #[must_use]
    pub fn without_digest(mut self) -> Self {
        self.digest = None;
        self
    }

    /// Takes the next bytes and hands over each record that is complete, the header included.
    ///
    /// # Errors
    /// [`ErrorKind::EmptyFile`], [`ErrorKind::NotATable`] (each as soon as [`WINDOW`] bytes are there, or at the end),
    /// [`ErrorKind::BrokenArchive`], [`ErrorKind::TooLarge`] (a record above [`super::RECORD_CAP`] or
    /// [`super::CELLS_CAP`], an archive above [`super::UNPACKED_CAP`] or [`super::RATIO_CAP`]), whatever `sink` returns,
    /// and [`ErrorKind::BadCall`] after the end or an error.
    pub fn push(&mut self, bytes: &[u8], sink: &mut dyn FnMut(&Record<'_>) -> Result<()>) -> Result<()> {
        self.open()?;
        if let Some(digest) = &mut self.digest {
            digest.update(bytes);
        }
        self.bytes += bytes.len() as u64;
        let text = &mut self.text;
        self.container.push(bytes, &mut |unpacked| text.push(unpacked, sink))?;
        self.over = false;
        Ok(())
    }

    /// Ends the file: hands over the last record and says how the file was read.
    ///
    /// # Errors
    /// As [`Reader::push`]; [`ErrorKind::BrokenArchive`] also where the packed data ends too early.
    pub fn finish(&mut self, sink: &mut dyn FnMut(&Record<'_>) -> Result<()>) -> Result<Reading> {
        self.open()?;
        let text = &mut self.text;
        let trailing = self.container.finish(&mut |unpacked| text.push(unpacked, sink))?;
        let body = self.text.finish(sink)?;
        let sha256 = self.digest.take().map_or_else(String::new, |digest| hexadecimal(&digest.finalize()));
        Ok(body.reading(self.container.name(), sha256, self.bytes, trailing))
    }

    /// The encoding as far as it is known, for a preview while the file is being read.
    pub fn encoding_so_far(&self) -> TextEncoding {
        self.text.body.as_ref().map_or(TextEncoding(Kind::Utf8), |body| body.encoding())
    }

    /// Lets one call in. It counts as failed until it says otherwise.
    fn open(&mut self) -> Result<()> {
        if std::mem::replace(&mut self.over, true) {
            let message = "The reader was given more after the end of the file or after an error.";
            return Err(Error::new(ErrorKind::BadCall, message, "Start a new reader for each file."));
        }
        Ok(())
    }
}

/// The unpacked file: held back until there is enough to tell what it is, then passed on.
#[derive(Debug)]
struct Text {
    window: Vec<u8>,
    unpacked: u64,
    body: Option<Box<Body>>,
}

impl Text {
    fn push(&mut self, bytes: &[u8], sink: &mut Sink<'_>) -> Result<()> {
        self.unpacked += bytes.len() as u64;
        if let Some(body) = &mut self.body {
            return body.push(bytes, sink);
        }
        let (held, rest) = bytes.split_at(bytes.len().min(WINDOW - self.window.len().min(WINDOW)));
        self.window.extend_from_slice(held);
        if self.window.len() < WINDOW {
            return Ok(());
        }
        self.settle(false, sink)?.push(rest, sink)
    }

    fn finish(&mut self, sink: &mut Sink<'_>) -> Result<Box<Body>> {
        if self.body.is_none() {
            self.settle(true, sink)?;
        }
        let mut body = self.body.take().ok_or_else(|| empty(self.unpacked))?;
        body.finish(sink)?;
        Ok(body)
    }

    /// Settles what the file is and passes on what was held back.
    fn settle(&mut self, whole: bool, sink: &mut Sink<'_>) -> Result<&mut Body> {
        let window = std::mem::take(&mut self.window);
        let (wide, mark) = if window.starts_with(b"\xff\xfe") {
            (Some(Kind::Utf16Le), 2)
        } else if window.starts_with(b"\xfe\xff") {
            (Some(Kind::Utf16Be), 2)
        } else if window.starts_with(MARK) {
            (None, MARK.len())
        } else {
            (utf16::byte_order(&window), 0)
        };
        let unmarked = window.get(mark..).unwrap_or_default();
        let transcoded = wide.map(|kind| transcode(kind, unmarked, whole)).transpose()?;
        let text = transcoded.as_deref().unwrap_or(unmarked);
        if let Some(error) = signature::refuse(&window, text) {
            return Err(error);
        }
        if text.trim_ascii().is_empty() {
            return Err(empty(self.unpacked));
        }
        if is_binary(text) {
            return Err(signature::not_text());
        }
        let split = dialect::sniff(text, whole);
        let start = mark as u64;
        let source = match wide {
            Some(kind) => Source::Wide { kind, marked: mark > 0, stream: Transcoder::new(kind) },
            None => Source::Narrow(Tally::starting_at(start, mark > 0)),
        };
        let skip = split.skip;
        let offset = if wide.is_some() { 0 } else { start };
        let scanner = Scanner::new(split.delimiter, offset + skip as u64, 0);
        let inner =
            split.quoted_twice.then(|| Inner { scanner: Scanner::new(split.delimiter, 0, 0), rows: Rows::default() });
        let body = self.body.insert(Box::new(Body { source, scanner, inner, split, skip }));
        body.push(unmarked, sink)?;
        Ok(body)
    }
}

/// The text of a file whose kind is settled.
#[derive(Debug)]
struct Body {
    source: Source,
    scanner: Scanner,
    inner: Option<Inner>,
    split: Split,
    /// Bytes of text to leave out before the first record.
    skip: usize,
}

#[derive(Debug)]
enum Source {
    /// UTF-8 or another 8-bit encoding.
    Narrow(Tally),
    /// UTF-16.
    Wide { kind: Kind, marked: bool, stream: Transcoder },
}

/// Splits records that are quoted as a whole.
#[derive(Debug)]
struct Inner {
    scanner: Scanner,
    rows: Rows,
}

impl Body {
    fn push(&mut self, bytes: &[u8], sink: &mut Sink<'_>) -> Result<()> {
        let Self { source, scanner, inner, skip, .. } = self;
        match source {
            Source::Narrow(tally) => bytes.chunks(PIECE).try_for_each(|piece| {
                tally.push(piece);
                scanner.push(behind(piece, skip), &mut |record| {
                    tally.watch(record);
                    deliver(record, inner, sink)
                })
            }),
            Source::Wide { stream, .. } => stream.push(bytes, false, &mut |stream, text| {
                scanner.push(behind(text, skip), &mut |record| {
                    stream.watch(record);
                    deliver(record, inner, sink)
                })
            }),
        }
    }

    fn finish(&mut self, sink: &mut Sink<'_>) -> Result<()> {
        let Self { source, scanner, inner, skip, .. } = self;
        match source {
            Source::Narrow(tally) => {
                tally.finish();
                scanner.finish(&mut |record| {
                    tally.watch(record);
                    deliver(record, inner, sink)
                })
            }
            Source::Wide { stream, .. } => {
                stream.push(&[], true, &mut |stream, text| {
                    scanner.push(behind(text, skip), &mut |record| {
                        stream.watch(record);
                        deliver(record, inner, sink)
                    })
                })?;
                scanner.finish(&mut |record| {
                    stream.watch(record);
                    deliver(record, inner, sink)
                })
            }
        }
    }

    fn encoding(&self) -> TextEncoding {
        match &self.source {
            Source::Narrow(tally) => tally.encoding(),
            Source::Wide { kind, .. } => TextEncoding(*kind),
        }
    }

    fn reading(self: Box<Self>, container: &str, sha256: String, bytes: u64, trailing: u64) -> Reading {
        let encoding = self.encoding();
        let mut notes = Vec::new();
        let encoding_reason = match &self.source {
            Source::Narrow(tally) => {
                notes.extend(tally.notes());
                tally.reason()
            }
            Source::Wide { marked, stream, .. } => {
                notes.extend(stream.note());
                if *marked {
                    "The file begins with the byte order mark of UTF-16.".to_owned()
                } else {
                    "Every other byte is mostly NUL, as in UTF-16.".to_owned()
                }
            }
        };
        let scanned = &self.scanner;
        let inner = self.inner.as_ref();
        notes.extend(scanned.unclosed.note(
            NoteCode::UnclosedQuote,
            "A quote opens a cell and is never closed: it was read as part of the text.",
        ));
        notes.extend(
            scanned.tails.note(NoteCode::TextAfterQuote, "Text follows a closing quote in the same cell: it was kept."),
        );
        notes.extend(inner.and_then(|inner| {
            inner
                .rows
                .note(NoteCode::QuotedTwice, "The record is quoted once more as a whole: the inner cells were read.")
        }));
        notes.extend(Note::trailing(trailing));
        let dialect = Dialect {
            container: container.to_owned(),
            encoding: encoding.name().to_owned(),
            encoding_reason,
            delimiter: char::from(self.split.delimiter).to_string(),
            delimiter_reason: self.split.reason,
            ..Dialect::default()
        };
        Reading { dialect, encoding, sha256, bytes, notes }
    }
}

/// Hands a record on, or the records inside it.
#[inline]
fn deliver(record: &Record<'_>, inner: &mut Option<Inner>, sink: &mut Sink<'_>) -> Result<()> {
    match inner {
        Some(inner) if record.len() == 1 && record.raw.first() == Some(&QUOTE) => {
            inner.rows.add(record.row);
            inner.scanner.restart(record.offset, record.row.saturating_sub(1));
            inner.scanner.push(record.cell(0), &mut |within| sink(within))?;
            inner.scanner.finish(&mut |within| sink(within))
        }
        _ => sink(record),
    }
}

/// What of a piece lies behind the bytes that are still to be left out.
fn behind<'a>(piece: &'a [u8], skip: &mut usize) -> &'a [u8] {
    let (left_out, rest) = piece.split_at(piece.len().min(*skip));
    *skip -= left_out.len();
    rest
}

/// The beginning of a file in UTF-16 as UTF-8, for a look at it.
fn transcode(kind: Kind, bytes: &[u8], whole: bool) -> Result<Vec<u8>> {
    let mut text = Vec::with_capacity(bytes.len());
    Transcoder::new(kind).push(bytes, whole, &mut |_, piece| {
        text.extend_from_slice(piece);
        Ok(())
    })?;
    Ok(text)
}

/// Whether there are too many control characters for text.
fn is_binary(text: &[u8]) -> bool {
    let odd = text.iter().filter(|b| matches!(b, 0..=8 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f)).count();
    odd > text.len() / BINARY
}

#[cold]
fn empty(unpacked: u64) -> Error {
    let message = match unpacked {
        0 => "The file holds no bytes; expected a header and rows.".to_owned(),
        n if n < WINDOW as u64 => format!("The {n} bytes of the file are all white space; expected a header and rows."),
        _ => format!("The first {} MiB of the file are all white space; expected a header and rows.", WINDOW >> 20),
    };
    Error::new(ErrorKind::EmptyFile, message, "Check that the export finished and holds tickets.").at_byte(0)
}

/// Bytes as they are written in a report.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
