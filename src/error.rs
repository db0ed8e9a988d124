//! The one error type: what went wrong, where, what was expected and what to do about it; and the warning, which stops
//! nothing.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A result of the core.
pub type Result<T> = std::result::Result<T, Error>;

/// What kind of thing went wrong. The names are stable: pages and scripts may branch on them.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ErrorKind {
    /// The file holds no bytes, or nothing but white space.
    EmptyFile,
    /// The file holds a header and no row below it.
    HeaderOnly,
    /// The bytes are not a table of text (an image, a PDF, a program).
    NotATable,
    /// The compressed data ends too early or does not check out.
    BrokenArchive,
    /// The file is JSON, XML, a workbook or a calendar, and breaks the rules of its format.
    Malformed,
    /// The file is an archive or a workbook, and this build reads neither: the browser's full module does.
    NeedsFullModule,
    /// A record or cell exceeds a documented cap.
    TooLarge,
    /// No column identifies the tickets.
    NoIdColumn,
    /// No column says when tickets were opened or changed.
    NoDateColumn,
    /// A column that should hold dates has none that can be read.
    DatesNeverParse,
    /// The order of day and month is open and must be answered before any figure is computed.
    DateOrderOpen,
    /// What numbers in a date column count is open and must be answered before any figure is computed.
    NumberDateOpen,
    /// Every row was set aside: nothing is left to measure.
    NothingUsable,
    /// A mapping handed in does not fit the file (unknown column, wrong version, no JSON).
    BadMapping,
    /// A query names something that does not exist (dimension, instant, percentile).
    BadQuery,
    /// A time zone name is not in the IANA database.
    UnknownZone,
    /// Calls came in an order that makes no sense (push after finish).
    BadCall,
}

/// Where in the input an error was found. Every part is optional: say what is known.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Position {
    /// Name of the file as it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Row number as a spreadsheet shows it: the header is row 1 where it is the first record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u64>,
    /// Header of the column, or its number from 1 where it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Offset of the byte from the start of the (unpacked) file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byte: Option<u64>,
}

/// An error that says where it was found, what was expected and what to do.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Error {
    /// Stable kind.
    pub kind: ErrorKind,
    /// One sentence: what was found and what was expected.
    pub message: String,
    /// One sentence: what the user can do.
    pub remedy: String,
    /// Where.
    pub position: Position,
}

impl Error {
    /// A new error without a position.
    pub fn new(kind: ErrorKind, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { kind, message: message.into(), remedy: remedy.into(), position: Position::default() }
    }

    /// The same error, in this file.
    #[must_use]
    pub fn in_file(mut self, file: &str) -> Self {
        self.position.file.get_or_insert_with(|| file.to_owned());
        self
    }

    /// The same error, at this row (as a spreadsheet counts).
    #[must_use]
    pub fn at_row(mut self, row: u64) -> Self {
        self.position.row = Some(row);
        self
    }

    /// The same error, in this column.
    #[must_use]
    pub fn in_column(mut self, column: impl Into<String>) -> Self {
        self.position.column = Some(column.into());
        self
    }

    /// The same error, at this byte of the unpacked file.
    #[must_use]
    pub fn at_byte(mut self, byte: u64) -> Self {
        self.position.byte = Some(byte);
        self
    }
}

impl fmt::Display for Error {
    /// `file, row 7, column "Opened": message remedy`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lead = String::new();
        let mut part = |text: String| {
            if !lead.is_empty() {
                lead.push_str(", ");
            }
            lead.push_str(&text);
        };
        if let Some(file) = &self.position.file {
            part(file.clone());
        }
        if let Some(row) = self.position.row {
            part(format!("row {row}"));
        }
        if let Some(column) = &self.position.column {
            part(format!("column \"{column}\""));
        }
        if let Some(byte) = self.position.byte {
            part(format!("byte {byte}"));
        }
        if !lead.is_empty() {
            write!(f, "{lead}: ")?;
        }
        write!(f, "{} {}", self.message, self.remedy)
    }
}

impl std::error::Error for Error {}

/// Something about the data that a reader of the figures should know.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Warning {
    /// Stable name: `truncated_export`, `duplicates`, `bulk_close`, `resolved_from_closed`, ...
    pub code: String,
    /// One sentence.
    pub message: String,
    /// How many rows or tickets.
    pub count: u64,
    /// Rows that show it, as a spreadsheet counts, ten at most.
    pub rows: Vec<u64>,
    /// The file that these rows are in, or that it is about; none where it concerns the input as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
}

impl Warning {
    /// The same warning, about this file.
    #[must_use]
    pub fn in_file(mut self, file: &str) -> Self {
        self.file = Some(file.to_owned());
        self
    }
}
