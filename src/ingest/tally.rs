//! Counts what tells encodings apart, over the whole file: exports look like ASCII for hundreds of kilobytes before the first
//! byte that tells.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::encoding::TextEncoding;
use super::legacy::Evidence;
use super::note::{Note, NoteCode, Rows};
use super::record::Record;

/// How many invalid places there must be for each valid multi-byte character before the valid ones count as chance.
const CHANCE: u64 = 20;

/// The same where the words are likely ones in another encoding than windows-1252.
const FEWER: u64 = 4;

/// Bytes that are tested for being plain ASCII at once.
const BLOCK: usize = 64;

/// Counts valid and invalid UTF-8 over text that comes in pieces, and gathers what tells the 8-bit encodings apart.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Whether a byte order mark says that the text is UTF-8.
    marked: bool,
    /// The encoding that was asked for.
    chosen: Option<&'static Encoding>,
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
    /// What the places that are not UTF-8 may be, of the text before `studied` and of the records behind it.
    evidence: Evidence,
    studied: u64,
    invalid_rows: Rows,
    nul_rows: Rows,
}

impl Tally {
    /// A tally for text that begins at this offset, behind a byte order mark or not.
    pub(super) fn starting_at(offset: u64, marked: bool, chosen: Option<&'static Encoding>) -> Self {
        Self { marked, chosen, offset, ..Self::default() }
    }

    /// Counts the beginning of the text, so that its encoding is known before its first record is handed over. `whole` says
    /// that nothing follows.
    pub(super) fn begin(&mut self, text: &[u8], whole: bool) {
        self.push(text);
        if whole {
            self.finish();
        }
        if self.invalid > 0 && self.chosen.is_none() {
            for line in text.split(|byte| *byte == b'\n').filter(|line| std::str::from_utf8(line).is_err()) {
                self.evidence.study(line);
            }
        }
        self.studied = self.offset;
    }

    /// Whether anything was found that is not UTF-8.
    pub(super) fn has_invalid(&self) -> bool {
        self.invalid > 0
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
            if record.offset >= self.studied && self.chosen.is_none() {
                self.evidence.study(record.raw);
            }
        }
    }

    /// What the bytes so far are taken for.
    pub(super) fn encoding(&self) -> TextEncoding {
        TextEncoding::of(match self.chosen {
            Some(chosen) => chosen,
            None if self.invalid == 0 || self.is_mixed() => UTF_8,
            None => self.evidence.verdict().0,
        })
    }

    /// The encoding, if it is one whose characters are pairs of bytes.
    pub(super) fn in_pairs(&self) -> Option<&'static Encoding> {
        let legacy = self.invalid > 0 && self.chosen.is_none() && !self.is_mixed();
        legacy.then(|| self.evidence.verdict().0).filter(|encoding| !encoding.is_single_byte())
    }

    /// Whether the text is UTF-8 all the same. Text of another encoding has valid characters too, by chance.
    fn is_mixed(&self) -> bool {
        if self.invalid == 0 || self.chosen.is_some_and(|chosen| chosen != UTF_8) {
            return false;
        }
        let by_chance = || self.invalid > FEWER * self.multibyte && self.evidence.verdict().0 != WINDOWS_1252;
        self.marked
            || self.chosen.is_some()
            || (self.multibyte > 0 && self.invalid / CHANCE < self.multibyte && !by_chance())
    }

    /// Why.
    pub(super) fn reason(&self) -> String {
        let (invalid, multibyte) = (self.invalid, self.multibyte);
        let first = self.first_invalid.unwrap_or(0);
        if let Some(chosen) = self.chosen {
            format!("{} as chosen.", chosen.name())
        } else if invalid == 0 && self.marked {
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
        } else {
            let (_, why) = self.evidence.verdict();
            format!("{invalid} places are not UTF-8 (the first at byte {first}); they {why}.")
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
