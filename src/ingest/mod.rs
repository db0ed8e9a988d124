//! Bytes to records, streaming: a [`Reader`] takes a file in pieces of any size and hands over its records.
//!
//! The way of the bytes: container (gzip or plain) -> UTF-16 to UTF-8 where needed -> scanner -> records. What the
//! file is (its encoding, its delimiter, whether it is a table at all) is settled on the first MiB; the encoding
//! of 8-bit text over the whole file.

mod class;
mod container;
mod delimited;
mod dialect;
mod encoding;
mod extract;
mod footer;
mod head;
mod input;
mod layout;
mod legacy;
mod line_ends;
mod mask;
mod note;
mod reader;
mod reading;
mod record;
mod signature;
mod tally;
mod transcode;
mod trial;
mod utf16;

pub use container::{RATIO_CAP, RATIO_FREE, UNPACKED_CAP};
pub use delimited::{CELL_CAP, CELLS_CAP, RECORD_CAP};
pub use encoding::TextEncoding;
pub use extract::{Extract, write_line};
pub use input::{Aside, Header, Input, Piece, PieceSink};
pub use note::{Note, NoteCode};
pub use reader::{Reader, WINDOW};
pub use reading::{Choices, Dialect, Reading};
pub use record::Record;
