//! What reading a file has settled.

use serde::{Deserialize, Serialize};

use super::{Note, TextEncoding};

/// How the text of the file was split into cells.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Dialect {
    /// `plain` or `gzip`.
    pub container: String,
    /// WHATWG name: `UTF-8`, `UTF-16LE`, `windows-1252`.
    pub encoding: String,
    /// Why this encoding.
    pub encoding_reason: String,
    /// The delimiter: `,`, `;`, a tab or `|`.
    pub delimiter: String,
    /// Why this delimiter.
    pub delimiter_reason: String,
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
