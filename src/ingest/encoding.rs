//! The encoding of a file's text.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::error::{Error, ErrorKind, Result};

/// The encoding of a file's text, which decodes its cells. In UTF-8 each cell is decoded by itself: one that is not UTF-8
/// is read as windows-1252.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct TextEncoding {
    /// Of the file.
    file: &'static Encoding,
    /// Of the cells: UTF-8 where the text was converted before it was split.
    cells: &'static Encoding,
}

impl Default for TextEncoding {
    fn default() -> Self {
        Self::UTF_8
    }
}

impl TextEncoding {
    /// Text in UTF-8.
    pub const UTF_8: Self = Self { file: UTF_8, cells: UTF_8 };

    /// Text that is split as it stands in the file.
    pub(super) fn of(encoding: &'static Encoding) -> Self {
        Self { file: encoding, cells: encoding }
    }

    /// Text that is converted to UTF-8 before it is split.
    pub(super) fn converted(encoding: &'static Encoding) -> Self {
        Self { file: encoding, cells: UTF_8 }
    }

    /// The text of a cell. Copies only what is not ASCII or UTF-8 already; every byte has a meaning, if only as the
    /// replacement character, so this cannot fail.
    pub fn decode<'a>(&self, bytes: &'a [u8]) -> Cow<'a, str> {
        if self.cells != UTF_8 {
            return self.cells.decode_without_bom_handling(bytes).0;
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
        }
    }

    /// The WHATWG name: `UTF-8`, `UTF-16LE`, `windows-1252`, `macintosh`.
    pub fn name(&self) -> &'static str {
        self.file.name()
    }
}

/// The encoding of this name.
///
/// # Errors
/// [`ErrorKind::BadMapping`] for a name that is none.
pub(super) fn named(name: &str) -> Result<&'static Encoding> {
    Encoding::for_label_no_replacement(name.trim().as_bytes()).ok_or_else(|| {
        Error::new(
            ErrorKind::BadMapping,
            format!("\"{name}\" is no encoding that is known; expected a name of the WHATWG encoding standard."),
            "Write for instance utf-8, windows-1252, iso-8859-2, macintosh, utf-16le or shift_jis.",
        )
    })
}
