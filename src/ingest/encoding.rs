//! The encoding of 8-bit text, settled over the whole file: exports look like ASCII for hundreds of kilobytes before the
//! first byte that tells.

use std::borrow::Cow;

use encoding_rs::{MACINTOSH, WINDOWS_1252};

use super::note::{Note, NoteCode, Rows};
use super::record::Record;

/// How many invalid places there must be for each valid multi-byte character before the valid ones count as chance.
const CHANCE: u64 = 20;

/// Bytes that are tested for being plain ASCII at once.
const BLOCK: usize = 64;

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    Utf8,
    Utf16Le,
    Utf16Be,
    Windows1252,
    Macintosh,
}

/// The encoding of a file's text. Each cell is decoded by itself: as UTF-8 where it is valid UTF-8, otherwise by the
/// 8-bit encoding.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct TextEncoding(pub(super) Kind);

impl TextEncoding {
    /// The text of a cell. Copies only what is not UTF-8 already; every byte has a meaning, so this cannot fail.
    pub fn decode<'a>(&self, bytes: &'a [u8]) -> Cow<'a, str> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) if self.0 == Kind::Macintosh => MACINTOSH.decode_without_bom_handling(bytes).0,
            Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
        }
    }

    /// The WHATWG name: `UTF-8`, `UTF-16LE`, `UTF-16BE`, `windows-1252` or `macintosh`.
    pub fn name(&self) -> &'static str {
        match self.0 {
            Kind::Utf8 => "UTF-8",
            Kind::Utf16Le => "UTF-16LE",
            Kind::Utf16Be => "UTF-16BE",
            Kind::Windows1252 => "windows-1252",
            Kind::Macintosh => "macintosh",
        }
    }
}

/// Counts valid and invalid UTF-8 over text that comes in pieces, and gathers what tells the 8-bit encodings apart.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Whether a byte order mark says that the text is UTF-8.
    marked: bool,
    /// Valid characters of more than one byte.
    multibyte: u64,
    /// Places that are not UTF-8.
    invalid: u64,
    /// Offset of the first and the last such place.
    first_invalid: Option<u64>,
    last_invalid: Option<u64>,
    /// Offset of the last NUL.
    last_nul: Option<u64>,
    /// A character that the end of a piece cut.
    cut: Vec<u8>,
    /// Offset of the next byte.
    offset: u64,
    /// What speaks for Mac Roman, what for windows-1252.
    mac: u64,
    windows: u64,
    invalid_rows: Rows,
    nul_rows: Rows,
}

impl Tally {
    /// A tally for text that begins at this offset, behind a byte order mark or not.
    pub(super) fn starting_at(offset: u64, marked: bool) -> Self {
        Self { marked, offset, ..Self::default() }
    }

    /// Counts the next bytes.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        let (blocks, rest) = bytes.as_chunks::<BLOCK>();
        for block in blocks {
            if highest(block) > 126 || !self.cut.is_empty() {
                self.odd_block(block);
            }
            self.offset += BLOCK as u64;
        }
        self.odd_block(rest);
        self.offset += rest.len() as u64;
    }

    fn odd_block(&mut self, block: &[u8]) {
        if let Some(behind) = memchr::memrchr(0, block) {
            self.last_nul = Some(self.offset + behind as u64);
        }
        self.count(block);
    }

    fn count(&mut self, piece: &[u8]) {
        let mut rest = piece;
        while !self.cut.is_empty() {
            let Some((byte, behind)) = rest.split_first() else { return };
            let start = self.offset + (piece.len() - rest.len()) as u64 - self.cut.len() as u64;
            self.cut.push(*byte);
            match std::str::from_utf8(&self.cut) {
                Ok(_) => {
                    self.multibyte += 1;
                    self.cut.clear();
                    rest = behind;
                }
                Err(error) if error.error_len().is_none() => rest = behind,
                // What was cut does not go on like this: this byte begins something else.
                Err(_) => {
                    self.found_invalid(start);
                    self.cut.clear();
                }
            }
        }
        loop {
            let valid = match std::str::from_utf8(rest) {
                Ok(_) => rest.len(),
                Err(error) => error.valid_up_to(),
            };
            let (good, bad) = rest.split_at(valid);
            self.multibyte += good.iter().map(|byte| u64::from(*byte >= 0xc0)).sum::<u64>();
            let Err(error) = std::str::from_utf8(bad) else { return };
            let Some(length) = error.error_len() else {
                self.cut.extend_from_slice(bad);
                return;
            };
            self.found_invalid(self.offset + (piece.len() - bad.len()) as u64);
            rest = bad.get(length..).unwrap_or_default();
        }
    }

    fn found_invalid(&mut self, at: u64) {
        self.invalid += 1;
        self.first_invalid.get_or_insert(at);
        self.last_invalid = Some(at);
    }

    /// Ends the text: what was cut stays so.
    pub(super) fn finish(&mut self) {
        if !self.cut.is_empty() {
            self.found_invalid(self.offset - self.cut.len() as u64);
            self.cut.clear();
        }
    }

    /// Looks closer at a record, all of whose bytes were counted, where something odd may be in it.
    #[inline]
    pub(super) fn watch(&mut self, record: &Record<'_>) {
        if self.last_invalid.is_some_and(|at| at >= record.offset)
            || self.last_nul.is_some_and(|at| at >= record.offset)
        {
            self.examine(record);
        }
    }

    #[cold]
    fn examine(&mut self, record: &Record<'_>) {
        if memchr::memchr(0, record.raw).is_some() {
            self.nul_rows.add(record.row);
        }
        if std::str::from_utf8(record.raw).is_err() {
            self.invalid_rows.add(record.row);
            let mut before = b' ';
            let mut bytes = record.raw.iter().copied().peekable();
            while let Some(byte) = bytes.next() {
                let after = bytes.peek().copied().unwrap_or(b' ');
                match leaning(before, byte, after) {
                    Leaning::Mac => self.mac += 1,
                    Leaning::Windows => self.windows += 1,
                    Leaning::Neither => {}
                }
                before = byte;
            }
        }
    }

    /// What the bytes so far are taken for.
    pub(super) fn encoding(&self) -> TextEncoding {
        TextEncoding(if self.invalid == 0 || self.is_mixed() {
            Kind::Utf8
        } else if self.mac > 4 * self.windows {
            Kind::Macintosh
        } else {
            Kind::Windows1252
        })
    }

    fn is_mixed(&self) -> bool {
        self.invalid > 0 && (self.marked || (self.multibyte > 0 && self.invalid / CHANCE < self.multibyte))
    }

    /// Why.
    pub(super) fn reason(&self) -> String {
        let (invalid, multibyte) = (self.invalid, self.multibyte);
        let first = self.first_invalid.unwrap_or(0);
        if invalid == 0 && self.marked {
            "The file begins with the byte order mark of UTF-8, and every byte fits.".to_owned()
        } else if invalid == 0 && multibyte == 0 {
            "Every byte is ASCII, which reads the same in all 8-bit encodings.".to_owned()
        } else if invalid == 0 {
            format!("Every byte is part of valid UTF-8; {multibyte} characters are beyond ASCII.")
        } else if self.is_mixed() {
            format!(
                "{multibyte} characters beyond ASCII are valid UTF-8, {invalid} places are not (the first at byte {first}): \
                 cells that are not UTF-8 are read as windows-1252."
            )
        } else if self.encoding().0 == Kind::Macintosh {
            format!(
                "{invalid} places are not UTF-8 (the first at byte {first}), and their letters make sense only as Mac Roman."
            )
        } else {
            format!(
                "{invalid} places are not UTF-8 (the first at byte {first}) and {multibyte} are; \
                 windows-1252 is what exports are written in where it is not UTF-8."
            )
        }
    }

    /// What was odd.
    pub(super) fn notes(&self) -> impl Iterator<Item = Note> {
        let mixed = self.is_mixed().then(|| {
            let message =
                "Cells that are not UTF-8 stand in a file that is otherwise UTF-8: they were read as windows-1252.";
            self.invalid_rows.note(NoteCode::MixedEncoding, message)
        });
        let nul = self.nul_rows.note(NoteCode::NulBytes, "Text holds NUL characters: they were kept.");
        mixed.flatten().into_iter().chain(nul)
    }
}

/// One below NUL is 255, one below the last ASCII character 126: a single maximum finds both kinds of odd bytes.
#[inline]
fn highest(block: &[u8; BLOCK]) -> u8 {
    block.iter().fold(0, |highest, byte| highest.max(byte.wrapping_sub(1)))
}

enum Leaning {
    Mac,
    Windows,
    Neither,
}

/// Which encoding makes sense of a byte between its neighbours. In windows-1252 the accented small letters are 0xE0 and
/// up, in Mac Roman 0x87 to 0x9F, where windows-1252 has capitals, symbols and gaps that do not stand next to a small
/// letter; 0xD0 and 0xD1 are dashes in Mac Roman, 0xD5 the apostrophe.
fn leaning(before: u8, byte: u8, after: u8) -> Leaning {
    let small = |b: u8| b.is_ascii_lowercase();
    let apart = |b: u8| b == b' ' || b.is_ascii_digit();
    match byte {
        0x87 | 0x88 | 0x8a | 0x8b | 0x8d..=0x90 | 0x9d | 0x9f | 0xd5 if small(before) && small(after) => Leaning::Mac,
        // Gaps of windows-1252.
        0x8d | 0x8f | 0x90 | 0x9d => Leaning::Mac,
        0xd0 | 0xd1 if apart(before) && apart(after) => Leaning::Mac,
        0x80 | 0x85 | 0x91..=0x97 => Leaning::Windows,
        0xdf..=0xff if small(before) || small(after) => Leaning::Windows,
        _ => Leaning::Neither,
    }
}
