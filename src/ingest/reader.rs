//! One file, from its bytes to its records.

use std::fmt::Write as _;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use sha2::{Digest, Sha256};

use super::container::Container;
use super::delimited::{Quoting, Scanner};
use super::dialect::{self, Split};
use super::encoding::TextEncoding;
use super::mask::QUOTE;
use super::note::{Note, NoteCode, Rows};
use super::reading::{Choices, Chosen, Dialect, Reading};
use super::record::Record;
use super::signature;
use super::tally::Tally;
use super::transcode::Transcoder;
use super::utf16;
use crate::error::{Error, ErrorKind, Result};

/// How much of the (unpacked) file is held back to settle what it is (1 MiB).
pub const WINDOW: usize = 1 << 20;

/// Text is counted and scanned in pieces of this size, so that the second pass finds it in the cache.
const PIECE: usize = 1 << 17;

/// One control character in this many bytes makes a file binary.
const BINARY: usize = 32;

/// Takes records, with what is known of their encoding.
pub(super) type Sink<'a> = dyn FnMut(&Record<'_>, TextEncoding) -> Result<()> + 'a;

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
        Self::with(&Choices::default())
    }

    /// A reader that decides by itself only what is not chosen. Choices that make no sense are an error of the first push.
    /// The row of the header means nothing here: to a reader all records are alike.
    pub fn with(choices: &Choices) -> Self {
        let text = Text { choices: choices.clone(), window: Vec::new(), unpacked: 0, body: None };
        Self { digest: Some(Sha256::new()), bytes: 0, container: Container::Open(Vec::new()), text, over: false }
    }

    /// A reader of bytes that are unpacked and counted already.
    pub(super) fn plain(choices: &Choices) -> Self {
        Self { container: Container::Plain, ..Self::with(choices).without_digest() }
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
    /// [`ErrorKind::BadMapping`] for choices that make no sense, [`ErrorKind::EmptyFile`], [`ErrorKind::NotATable`] (each as soon as [`WINDOW`] bytes are there, or at the end),
    /// [`ErrorKind::BrokenArchive`], [`ErrorKind::TooLarge`] (a record above [`super::RECORD_CAP`] or
    /// [`super::CELLS_CAP`], an archive above [`super::UNPACKED_CAP`] or [`super::RATIO_CAP`]), whatever `sink` returns,
    /// and [`ErrorKind::BadCall`] after the end or an error.
    pub fn push(&mut self, bytes: &[u8], sink: &mut dyn FnMut(&Record<'_>) -> Result<()>) -> Result<()> {
        self.push_known(bytes, &mut |record, _| sink(record))
    }

    /// The same with the encoding as far as it is known.
    pub(super) fn push_known(&mut self, bytes: &[u8], sink: &mut Sink<'_>) -> Result<()> {
        self.open()?;
        if self.bytes == 0 {
            self.text.choices.check()?;
        }
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
        self.finish_known(&mut |record, _| sink(record))
    }

    /// The same with the encoding as far as it is known.
    pub(super) fn finish_known(&mut self, sink: &mut Sink<'_>) -> Result<Reading> {
        self.open()?;
        let text = &mut self.text;
        let trailing = self.container.finish(&mut |unpacked| text.push(unpacked, sink))?;
        let body = self.text.finish(sink)?;
        let sha256 = self.digest.take().map_or_else(String::new, |digest| hexadecimal(&digest.finalize()));
        body.reading(self.container.name(), sha256, self.bytes, trailing)
    }

    /// The encoding as far as it is known, for a preview while the file is being read.
    pub fn encoding_so_far(&self) -> TextEncoding {
        self.text.body.as_ref().map_or(TextEncoding::UTF_8, |body| body.source.encoding())
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
    choices: Choices,
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
        let chosen = self.choices.chosen()?;
        let (marked, mark) = byte_order_mark(&window);
        let unmarked = window.get(mark..).unwrap_or_default();
        let found = chosen.encoding.or(marked).or_else(|| utf16::byte_order(unmarked));
        // Characters of several bytes may hold bytes that look like delimiters.
        let convert = found.filter(|encoding| *encoding != UTF_8 && !encoding.is_single_byte());
        let transcoded = convert.map(|encoding| transcode(encoding, unmarked, whole)).transpose()?;
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
        let start = mark as u64;
        let mut tally = Tally::starting_at(start, mark > 0, chosen.encoding);
        if convert.is_none() {
            tally.begin(unmarked, whole);
        }
        let (split, convert) = match convert {
            Some(_) => (dialect::sniff(text, whole, &chosen), convert),
            None => split(text, &tally, whole, &chosen)?,
        };
        let source = match convert {
            Some(encoding) => Source::Wide { encoding, why: why(&chosen, mark), stream: Transcoder::new(encoding) },
            None => Source::Narrow { tally: Box::new(tally), tallied: unmarked.len() },
        };
        let skip = split.skip;
        let offset = if convert.is_some() { 0 } else { start };
        let scanner = Scanner::new(split.delimiter, split.quoting, offset + skip as u64, 0);
        let inner = split
            .quoted_twice
            .then(|| Inner { scanner: Scanner::new(split.delimiter, Quoting::STANDARD, 0, 0), rows: Rows::default() });
        let known = source.encoding();
        let body = self.body.insert(Box::new(Body { source, scanner, inner, split, skip, known }));
        body.push(unmarked, sink)?;
        Ok(body)
    }
}

/// How text that is not UTF-16 is split; with its encoding, where it has to be converted for that.
fn split(text: &[u8], tally: &Tally, whole: bool, chosen: &Chosen) -> Result<(Split, Option<&'static Encoding>)> {
    if let Some(encoding) = tally.in_pairs() {
        let split = dialect::sniff(&transcode(encoding, text, whole)?, whole, chosen);
        if split.looks_into_pairs() {
            return Ok((split, Some(encoding)));
        }
    }
    Ok((dialect::sniff(text, whole, chosen), None))
}

/// The encoding that a byte order mark names, and the length of the mark.
fn byte_order_mark(bytes: &[u8]) -> (Option<&'static Encoding>, usize) {
    Encoding::for_bom(bytes).map_or((None, 0), |(encoding, length)| (Some(encoding), length))
}

/// Why text is converted before it is split.
fn why(chosen: &Chosen, mark: usize) -> &'static str {
    match (chosen.encoding, mark) {
        (Some(_), _) => "As chosen.",
        (None, 0) => "",
        (None, _) => "The file begins with the byte order mark of UTF-16.",
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
    /// The encoding as it was known when the beginning, or the first byte that tells, was seen.
    known: TextEncoding,
}

#[derive(Debug)]
enum Source {
    /// UTF-8 or another encoding that can be split as it stands; with how much at the beginning was tallied before.
    Narrow { tally: Box<Tally>, tallied: usize },
    /// UTF-16, or another encoding that has to be converted; with why, where it is not what its bytes look like.
    Wide { encoding: &'static Encoding, why: &'static str, stream: Transcoder },
}

/// Splits records that are quoted as a whole.
#[derive(Debug)]
struct Inner {
    scanner: Scanner,
    rows: Rows,
}

impl Source {
    fn encoding(&self) -> TextEncoding {
        match self {
            Self::Narrow { tally, .. } => tally.encoding(),
            Self::Wide { encoding, .. } => TextEncoding::converted(encoding),
        }
    }
}

impl Body {
    fn push(&mut self, bytes: &[u8], sink: &mut Sink<'_>) -> Result<()> {
        let Self { source, scanner, inner, skip, known, .. } = self;
        match source {
            Source::Narrow { tally, tallied } => bytes.chunks(PIECE).try_for_each(|piece| {
                let certain = tally.has_invalid();
                tally.push(behind(piece, tallied));
                if tally.has_invalid() != certain {
                    *known = tally.encoding();
                }
                let known = *known;
                scanner.push(behind(piece, skip), &mut |record| {
                    tally.watch(record);
                    deliver(record, known, inner, sink)
                })
            }),
            Source::Wide { stream, .. } => stream.push(bytes, false, &mut |stream, text| {
                scanner.push(behind(text, skip), &mut |record| {
                    stream.watch(record);
                    deliver(record, *known, inner, sink)
                })
            }),
        }
    }

    fn finish(&mut self, sink: &mut Sink<'_>) -> Result<()> {
        if let Source::Narrow { tally, .. } = &mut self.source {
            tally.finish();
        }
        let known = self.source.encoding();
        let Self { source, scanner, inner, skip, .. } = self;
        match source {
            Source::Narrow { tally, .. } => scanner.finish(&mut |record| {
                tally.watch(record);
                deliver(record, known, inner, sink)
            }),
            Source::Wide { stream, .. } => {
                stream.push(&[], true, &mut |stream, text| {
                    scanner.push(behind(text, skip), &mut |record| {
                        stream.watch(record);
                        deliver(record, known, inner, sink)
                    })
                })?;
                scanner.finish(&mut |record| {
                    stream.watch(record);
                    deliver(record, known, inner, sink)
                })
            }
        }
    }

    fn reading(self: Box<Self>, container: &str, sha256: String, bytes: u64, trailing: u64) -> Result<Reading> {
        let encoding = self.source.encoding();
        let mut notes = Vec::new();
        let encoding_reason = match &self.source {
            Source::Narrow { tally, .. } => {
                if let Some(encoding) = tally.in_pairs().filter(|_| self.split.looks_into_pairs()) {
                    return Err(pairs_split(encoding, &self.split));
                }
                notes.extend(tally.notes());
                tally.reason()
            }
            Source::Wide { encoding, why, stream } => {
                notes.extend(stream.note());
                match *why {
                    "" if encoding.is_single_byte() || [UTF_16LE, UTF_16BE].contains(encoding) => {
                        "Every other byte is mostly NUL, as in UTF-16.".to_owned()
                    }
                    "" => format!("The characters beyond ASCII make the most likely words in {}.", encoding.name()),
                    why => why.to_owned(),
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
        let quoting = self.split.quoting;
        let dialect = Dialect {
            container: container.to_owned(),
            encoding: encoding.name().to_owned(),
            encoding_reason,
            delimiter: char::from(self.split.delimiter).to_string(),
            delimiter_reason: self.split.reason,
            quote: quoting.quote.map(|quote| char::from(quote).to_string()).unwrap_or_default(),
            escape: match quoting.quote {
                None => String::new(),
                Some(_) if quoting.backslash => "\\".to_owned(),
                Some(quote) => char::from(quote).to_string(),
            },
            quote_reason: self.split.quote_reason,
            line_ends: scanned.line_ends().name(),
            ..Dialect::default()
        };
        Ok(Reading { dialect, encoding, sha256, bytes, notes })
    }
}

/// Hands a record on, or the records inside it.
#[inline]
fn deliver(record: &Record<'_>, known: TextEncoding, inner: &mut Option<Inner>, sink: &mut Sink<'_>) -> Result<()> {
    match inner {
        Some(inner) if record.len() == 1 && record.raw.first() == Some(&QUOTE) => {
            inner.rows.add(record.row);
            inner.scanner.restart(record.offset, record.row.saturating_sub(1));
            inner.scanner.push(record.cell(0), &mut |within| sink(within, known))?;
            inner.scanner.finish(&mut |within| sink(within, known))
        }
        _ => sink(record, known),
    }
}

/// What of a piece lies behind the bytes that are still to be left out.
fn behind<'a>(piece: &'a [u8], skip: &mut usize) -> &'a [u8] {
    let (left_out, rest) = piece.split_at(piece.len().min(*skip));
    *skip -= left_out.len();
    rest
}

/// The beginning of a file as UTF-8, for a look at it.
fn transcode(encoding: &'static Encoding, bytes: &[u8], whole: bool) -> Result<Vec<u8>> {
    let mut text = Vec::with_capacity(bytes.len());
    Transcoder::new(encoding).push(bytes, whole, &mut |_, piece| {
        text.extend_from_slice(piece);
        Ok(())
    })?;
    Ok(text)
}

/// Whether there are too many control characters for text. The unit separator is one that delimits cells.
fn is_binary(text: &[u8]) -> bool {
    let odd = text.iter().filter(|b| matches!(b, 0..=8 | 0x0e..=0x1a | 0x1c..=0x1e | 0x7f)).count();
    odd > text.len() / BINARY
}

#[cold]
fn pairs_split(encoding: &'static Encoding, split: &Split) -> Error {
    let message = format!(
        "The text is probably {}, which only shows late in the file; its characters hold bytes that look like {:?}, and were cut there.",
        encoding.name(),
        char::from(if split.quoting.backslash { b'\\' } else { split.delimiter })
    );
    let remedy = format!("Read the file again with the encoding {} chosen.", encoding.name());
    Error::new(ErrorKind::BadMapping, message, remedy)
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
