//! What reading a file has settled.

use serde::{Deserialize, Serialize};

use super::{Note, TextEncoding};

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
    /// The delimiter: `,`, `;`, a tab or `|`; empty where columns come about in another way.
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
