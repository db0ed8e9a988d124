//! A file that has to be there to its last byte before its columns are known.

use encoding_rs::{CoderResult, Encoding};

use super::form::encoding_mark;
use crate::error::{Error, ErrorKind, Result};

/// Most bytes of such a file, unpacked (1 GiB).
pub const WHOLE_CAP: usize = 1 << 30;

/// Appends bytes, with an error in place of an abort where memory does not suffice.
pub(super) fn append(to: &mut Vec<u8>, bytes: &[u8], cap: usize) -> Result<()> {
    let length = to.len() + bytes.len();
    if length > cap || to.try_reserve(bytes.len()).is_err() {
        return Err(too_large(length, cap));
    }
    to.extend_from_slice(bytes);
    Ok(())
}

#[cold]
fn too_large(length: usize, cap: usize) -> Error {
    let message = format!(
        "The file has more than {} MiB; files of its kind are held in memory as a whole, {} MiB at most.",
        length >> 20,
        cap >> 20
    );
    Error::new(ErrorKind::TooLarge, message, "Export fewer tickets at a time, or as CSV, which is read piece by piece.")
}

/// A whole text in UTF-8.
#[derive(Debug)]
pub(super) struct Text {
    utf8: String,
    /// Length of the byte order mark.
    mark: usize,
    /// WHATWG name of what it was.
    pub(super) encoding: &'static str,
    /// Why.
    pub(super) reason: String,
}

impl Text {
    /// Decodes a text: UTF-16 where it shows, UTF-8 where every byte fits, else as it says itself or as windows-1252.
    pub(super) fn decode(bytes: Vec<u8>) -> Result<Self> {
        let (wide, mark) = encoding_mark(&bytes);
        if let Some(encoding) = wide {
            let reason = if mark > 0 {
                "The file begins with the byte order mark of UTF-16.".to_owned()
            } else {
                "Every other byte is mostly NUL, as in UTF-16.".to_owned()
            };
            let text = convert(encoding, bytes.get(mark..).unwrap_or_default())?;
            return Ok(Self { utf8: text, mark: 0, encoding: encoding.name(), reason });
        }
        match String::from_utf8(bytes) {
            Ok(utf8) => {
                Ok(Self { utf8, mark, encoding: "UTF-8", reason: "Every byte is part of valid UTF-8.".to_owned() })
            }
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let bytes = error.into_bytes();
                let declared = declared(&bytes);
                let encoding = declared.unwrap_or(encoding_rs::WINDOWS_1252);
                let says = if declared.is_some() { "the file declares" } else { "exports are written in" };
                let reason = format!("Byte {at} is not UTF-8; {} is what {says}.", encoding.name());
                let text = convert(encoding, bytes.get(mark..).unwrap_or_default())?;
                Ok(Self { utf8: text, mark: 0, encoding: encoding.name(), reason })
            }
        }
    }

    /// The text without the byte order mark.
    pub(super) fn get(&self) -> &str {
        self.utf8.get(self.mark..).unwrap_or_default()
    }
}

/// Text in UTF-8; what makes no sense becomes the replacement character.
fn convert(encoding: &'static Encoding, mut bytes: &[u8]) -> Result<String> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::new();
    loop {
        // A unit of UTF-16 is three bytes at most, and of most texts one.
        let room = bytes.len().max(16);
        if text.len() + room > 3 * WHOLE_CAP || text.try_reserve(room).is_err() {
            return Err(too_large(bytes.len(), WHOLE_CAP));
        }
        let (result, read, _) = decoder.decode_to_string(bytes, &mut text, true);
        bytes = bytes.get(read..).unwrap_or_default();
        if result == CoderResult::InputEmpty {
            return Ok(text);
        }
    }
}

/// The encoding that an XML document declares.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(256))?;
    let declaration = head.strip_prefix(b"<?xml")?;
    let end = memchr::memmem::find(declaration, b"?>")?;
    let declaration = std::str::from_utf8(declaration.get(..end)?).ok()?;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let label = value.get(1..)?.split(quote).next()?;
    // A declaration of UTF-8 or UTF-16 does not help with bytes that are neither.
    Encoding::for_label(label.as_bytes()).filter(|e| *e != encoding_rs::UTF_8 && e.is_ascii_compatible())
}
