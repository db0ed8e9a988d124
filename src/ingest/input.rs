//! One file of any kind: bytes in, the pieces of its tables out.

use sha2::{Digest, Sha256};

use super::TextEncoding;
use super::container::Container;
use super::content::{About, Content};
use super::note::Note;
use super::reader::hexadecimal;
use super::reading::{Choices, Reading};
use super::record::Record;
use super::row_buffer::UTF8;
use crate::error::{Error, ErrorKind, Result};

/// The names of a table's columns.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Header {
    /// One name a column, trimmed; may be empty, may repeat.
    pub names: Vec<String>,
    /// The rows that it stands in, as a spreadsheet counts; none where the file has no header and the names are made up.
    pub rows: Vec<u64>,
    /// Encoding of the table's cells, as far as it is known.
    pub encoding: TextEncoding,
}

/// Why a record is neither header nor row.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Aside {
    /// A line of totals below the rows.
    Totals,
    /// The header once more, between the rows.
    RepeatedHeader,
    /// A title, a remark, a line of dashes: text that is not in columns.
    NotInColumns,
}

/// What a file hands over, in its order: for each table `Table`, `Header`, any number of `Row` and `Aside`, `End`.
#[derive(Debug)]
#[non_exhaustive]
pub enum Piece<'a> {
    /// A table begins. Its name within the file (a sheet, a member of an archive); empty where the file is one table.
    Table(&'a str),
    /// Its header.
    Header(&'a Header),
    /// A row.
    Row(&'a Record<'a>),
    /// A record that is no row, after the header.
    Aside(&'a Record<'a>, Aside),
    /// The table is complete.
    End(Box<Reading>),
    /// A part of the file that holds no table (a picture in an archive, a sheet of text), by name, and why.
    Skipped(&'a str, Error),
}

/// Takes pieces.
pub type PieceSink<'s> = dyn FnMut(Piece<'_>) -> Result<()> + 's;

/// Reads one file of any kind. Where its bytes are cut makes no difference.
#[derive(Debug)]
pub struct Input {
    digest: Sha256,
    bytes: u64,
    container: Container,
    /// Taken at the end and by errors: after them nothing more is read.
    content: Option<Content>,
}

impl Input {
    /// An input that decides everything by itself but what `choices` names.
    pub fn new(choices: &Choices) -> Self {
        Self {
            digest: Sha256::new(),
            bytes: 0,
            container: Container::Open(Vec::new()),
            content: Some(Content::new("", 0, choices)),
        }
    }

    /// Takes the next bytes and hands over what is complete.
    ///
    /// # Errors
    /// What is wrong with the bytes, as for [`super::Reader::push`]; [`ErrorKind::Malformed`] for JSON, XML and workbooks
    /// that break their own rules; [`ErrorKind::NeedsFullModule`] for archives in a build without them; whatever `sink`
    /// returns; and [`ErrorKind::BadCall`] after the end or an error.
    pub fn push(&mut self, bytes: &[u8], sink: &mut PieceSink<'_>) -> Result<()> {
        let mut content = self.content.take().ok_or_else(over)?;
        self.digest.update(bytes);
        self.bytes += bytes.len() as u64;
        self.container.push(bytes, &mut |unpacked| content.push(unpacked, sink))?;
        self.content = Some(content);
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// As [`Input::push`]: most of what is read as a whole shows its faults only here.
    pub fn finish(&mut self, sink: &mut PieceSink<'_>) -> Result<()> {
        let mut content = self.content.take().ok_or_else(over)?;
        let trailing = self.container.finish(&mut |unpacked| content.push(unpacked, sink))?;
        let about = About {
            container: self.container.name(),
            sha256: hexadecimal(&self.digest.finalize_reset()),
            bytes: self.bytes,
            notes: Note::trailing(trailing).into_iter().collect(),
            ..About::default()
        };
        content.finish(&about, sink)
    }

    /// The encoding as far as it is known, for texts that are shown before the end.
    pub fn encoding_so_far(&self) -> TextEncoding {
        self.content.as_ref().map_or(UTF8, Content::encoding_so_far)
    }
}

#[cold]
fn over() -> Error {
    let message = "The input was given more after the end of the file or after an error.";
    Error::new(ErrorKind::BadCall, message, "Start a new one for each file.")
}
