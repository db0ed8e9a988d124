//! What reading a file has settled.

use encoding_rs::Encoding;
use serde::{Deserialize, Serialize};

use super::{Note, TextEncoding, encoding};
use crate::error::{Error, ErrorKind, Result};

/// How the text of the file was split into cells.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Dialect {
    /// What the file is packed in: `plain`, `gzip`, `zip`; of a workbook `xlsx`, `xlsb` or `ods`.
    pub container: String,
    /// What it is where it is not delimited text: `json`, `ndjson`, `xes`, `workbook`. Absent otherwise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub format: String,
    /// WHATWG name: `UTF-8`, `UTF-16LE`, `windows-1252`.
    pub encoding: String,
    /// Why this encoding.
    pub encoding_reason: String,
    /// The delimiter: `,`, `;`, a tab or `|`, seldom another; empty where columns come about in another way.
    pub delimiter: String,
    /// Why this delimiter, or how columns came about.
    pub delimiter_reason: String,
    /// What quotes cells: `"`, `'`, or empty where quotes are text.
    #[serde(default)]
    pub quote: String,
    /// What lets a quote stand inside a quoted cell: the quote itself (doubled) or a backslash.
    #[serde(default)]
    pub escape: String,
    /// Why these.
    #[serde(default)]
    pub quote_reason: String,
    /// `LF`, `CRLF`, `CR`, or which of them are mixed and how often; empty where there are none.
    #[serde(default)]
    pub line_ends: String,
    /// The rows that the header stands in, as a spreadsheet counts; none where there is no header.
    #[serde(default)]
    pub header_rows: Vec<u64>,
    /// Why these.
    #[serde(default)]
    pub header_reason: String,
}

/// What the user decides about the reading of a file, in place of what would be decided from it.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Choices {
    /// Any name of the WHATWG encoding standard: `windows-1252`, `utf-8`.
    pub encoding: Option<String>,
    /// A single ASCII character.
    pub delimiter: Option<String>,
    /// `"`, `'`, or empty: quotes are text.
    pub quote: Option<String>,
    /// The quote itself, or a backslash.
    pub escape: Option<String>,
    /// Row of the header (its last row, where it has several), as a spreadsheet counts; 0 where there is none.
    pub header_row: Option<u64>,
}

impl Dialect {
    /// The choices that read the same file the same way again.
    pub fn choices(&self) -> Choices {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Choices {
            encoding: some(&self.encoding),
            delimiter: some(&self.delimiter),
            // Without a delimiter the file is no delimited text, and has no quotes to choose.
            quote: some(&self.delimiter).map(|_| self.quote.clone()),
            escape: some(&self.escape),
            header_row: Some(self.header_rows.last().copied().unwrap_or(0)),
        }
    }
}

/// Choices that make sense.
#[allow(clippy::option_option, reason = "no quote is a choice too")]
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Chosen {
    pub(super) encoding: Option<&'static Encoding>,
    pub(super) delimiter: Option<u8>,
    /// The quote, or that there is none.
    pub(super) quote: Option<Option<u8>>,
    /// Whether a backslash escapes.
    pub(super) backslash: Option<bool>,
}

impl Choices {
    /// Whether each choice makes sense by itself.
    ///
    /// # Errors
    /// [`ErrorKind::BadMapping`] for an encoding that is unknown, a delimiter that is no single ASCII character or is the
    /// quote, and quotes and escapes that are not supported.
    pub fn check(&self) -> Result<()> {
        self.chosen().map(|_| ())
    }

    pub(super) fn chosen(&self) -> Result<Chosen> {
        let encoding = self.encoding.as_deref().map(encoding::named).transpose()?;
        let delimiter = self.delimiter.as_deref().map(delimiter).transpose()?;
        let quote = self.quote.as_deref().map(quote).transpose()?;
        let backslash = match self.escape.as_deref() {
            None | Some("") => None,
            Some("\\") => Some(true),
            Some("\"" | "'") => Some(false),
            Some(other) => {
                let expected = "expected the quote itself (doubled) or a backslash";
                return Err(bad("escape", other, expected, "Write \" or \\, or leave the choice out."));
            }
        };
        if quote.flatten().is_some() && delimiter == quote.flatten() {
            let found = self.delimiter.as_deref().unwrap_or_default();
            return Err(bad(
                "delimiter",
                found,
                "it is the quote as well",
                "Choose another delimiter or another quote.",
            ));
        }
        Ok(Chosen { encoding, delimiter, quote, backslash })
    }
}

fn delimiter(text: &str) -> Result<u8> {
    match text.as_bytes() {
        [byte] if byte.is_ascii() && !matches!(byte, 0 | b'\n' | b'\r' | b'"') => Ok(*byte),
        _ => Err(bad(
            "delimiter",
            text,
            "expected a single ASCII character other than a quote or a line end",
            "Write the character between the cells, for instance ; or a tab.",
        )),
    }
}

fn quote(text: &str) -> Result<Option<u8>> {
    match text {
        "" => Ok(None),
        "\"" | "'" => Ok(text.bytes().next()),
        _ => Err(bad("quote", text, "expected \", ' or nothing", "Write \" or ', or nothing where quotes are text.")),
    }
}

fn bad(what: &str, found: &str, expected: &str, remedy: &str) -> Error {
    Error::new(ErrorKind::BadMapping, format!("The {what} {found:?} cannot be used: {expected}."), remedy)
}

/// How a file was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Container, encoding, delimiter, and why.
    pub dialect: Dialect,
    /// Decodes the cells of this file, also those handed over before it was settled.
    pub encoding: TextEncoding,
    /// SHA-256 of the bytes as given (packed), hexadecimal; empty where [`Reader::without_digest`] was asked for.
    pub sha256: String,
    /// Number of bytes as given (packed).
    pub bytes: u64,
    /// What was odd.
    pub notes: Vec<Note>,
}
