//! Text to UTF-8, piece by piece, before it is scanned: UTF-16, and encodings whose characters may hold delimiters.

use encoding_rs::{Decoder, DecoderResult, Encoding};

use super::note::{Note, NoteCode, Rows};
use super::record::Record;
use crate::error::Result;

/// Size of the pieces that come out.
const PIECE: usize = 1 << 16;

/// What stands for what cannot be read, in UTF-8.
const REPLACEMENT: &[u8] = "\u{fffd}".as_bytes();

/// A stream to UTF-8. What cannot be read (broken pairs of UTF-16, a last odd byte) becomes the replacement character.
pub(super) struct Transcoder {
    decoder: Decoder,
    buffer: Vec<u8>,
    /// UTF-8 bytes made.
    made: u64,
    /// Where the last replacement stands in them.
    last_broken: Option<u64>,
    broken_rows: Rows,
}

impl std::fmt::Debug for Transcoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Transcoder").field("made", &self.made).finish_non_exhaustive()
    }
}

impl Transcoder {
    /// A stream for text whose byte order mark, if any, was removed.
    pub(super) fn new(encoding: &'static Encoding) -> Self {
        Self {
            decoder: encoding.new_decoder_without_bom_handling(),
            buffer: vec![0; PIECE],
            made: 0,
            last_broken: None,
            broken_rows: Rows::default(),
        }
    }

    /// Takes the next bytes and hands over UTF-8.
    pub(super) fn push<F>(&mut self, mut bytes: &[u8], last: bool, out: &mut F) -> Result<()>
    where
        F: FnMut(&mut Self, &[u8]) -> Result<()>,
    {
        // The buffer moves out so that the receiver may look at the rest of `self`.
        let mut buffer = std::mem::take(&mut self.buffer);
        loop {
            let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(bytes, &mut buffer, last);
            bytes = bytes.get(read..).unwrap_or_default();
            let text = buffer.get(..written).unwrap_or_default();
            self.made += text.len() as u64;
            let broken = matches!(result, DecoderResult::Malformed(..));
            if !text.is_empty() {
                out(self, text)?;
            }
            if broken {
                self.last_broken = Some(self.made);
                self.made += REPLACEMENT.len() as u64;
                out(self, REPLACEMENT)?;
            }
            if result == DecoderResult::InputEmpty {
                break;
            }
        }
        self.buffer = buffer;
        Ok(())
    }

    /// Looks closer at a record where something broken may be in it.
    #[inline]
    pub(super) fn watch(&mut self, record: &Record<'_>) {
        if self.last_broken.is_some_and(|at| at >= record.offset)
            && memchr::memmem::find(record.raw, REPLACEMENT).is_some()
        {
            self.broken_rows.add(record.row);
        }
    }

    /// What was odd.
    pub(super) fn note(&self) -> Option<Note> {
        self.broken_rows.note(
            NoteCode::BrokenText,
            "Text that cannot be read in this encoding was replaced by the replacement character.",
        )
    }
}
