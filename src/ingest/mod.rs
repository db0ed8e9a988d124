//! Bytes to records, streaming: an [`Input`] takes a file of any kind in pieces of any size and hands over the rows of its
//! tables; a [`Reader`] takes delimited text and hands over its records.
//!
//! The way of the bytes: container (gzip or plain) -> UTF-16 to UTF-8 where needed -> scanner -> records. What the
//! file is (its encoding, its delimiter, whether it is a table at all) is settled on the first MiB; the encoding
//! of 8-bit text over the whole file.

#[cfg(feature = "archives")]
mod archive;
mod class;
mod columns;
mod container;
mod content;
mod delimited;
mod dialect;
mod encoding;
mod extract;
mod flatten;
mod footer;
mod form;
mod head;
mod input;
mod json;
mod layout;
mod legacy;
mod line_ends;
mod mask;
mod nested;
mod note;
#[cfg(feature = "archives")]
mod package;
mod reader;
mod reading;
mod record;
mod row_buffer;
mod signature;
mod tally;
mod text_table;
mod transcode;
mod trial;
mod utf16;
mod whole;
#[cfg(feature = "archives")]
mod workbook;
mod xes;

pub use container::{RATIO_CAP, RATIO_FREE, UNPACKED_CAP};
pub use delimited::{CELL_CAP, CELLS_CAP, RECORD_CAP};
pub use encoding::TextEncoding;
pub use extract::{Extract, write_line};
pub use input::{Aside, Header, Input, Piece, PieceSink};
pub use note::{Note, NoteCode};
#[cfg(feature = "archives")]
pub use package::{ENTRIES_CAP, INFLATED_CAP, INFLATED_FREE, INFLATED_RATIO_CAP};
pub use reader::{Reader, WINDOW};
pub use reading::{Choices, Dialect, Reading};
pub use record::Record;
pub use whole::WHOLE_CAP;
#[cfg(feature = "archives")]
pub use workbook::SHEET_CELLS_CAP;
