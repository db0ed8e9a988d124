//! One stream of unpacked bytes, a file or a member of an archive: its tables, whatever their form.

use std::cell::Cell;
use std::rc::Rc;

use super::form::{Form, HEAD, tell};
use super::input::PieceSink;
use super::layout::Layout;
use super::note::Note;
use super::reader::Reader;
use super::reading::{Choices, Dialect, Reading};
use super::row_buffer::UTF8;
use super::text_table::TextTable;
use super::whole::{Text, WHOLE_CAP, append};
use super::{TextEncoding, json, xes};
use crate::error::Result;

/// What is known of the file as it was given.
#[derive(Clone, Debug, Default)]
pub(super) struct About {
    /// What it is packed in.
    pub(super) container: &'static str,
    /// Of its bytes.
    pub(super) sha256: String,
    /// How many it has.
    pub(super) bytes: u64,
    /// What was odd about the packing.
    pub(super) notes: Vec<Note>,
    /// How many bytes were unpacked of its archives so far, over all their members.
    #[cfg_attr(not(feature = "archives"), expect(dead_code, reason = "only archives are counted so"))]
    pub(super) inflated: Rc<Cell<u64>>,
}

impl About {
    /// The end of a table whose cells are UTF-8.
    pub(super) fn reading(&self, dialect: Dialect) -> Reading {
        Reading { dialect, encoding: UTF8, sha256: self.sha256.clone(), bytes: self.bytes, notes: self.notes.clone() }
    }
}

/// Takes the bytes of one file, unpacked.
#[derive(Debug)]
pub(super) struct Content {
    /// Name of its table, or the first part of the names of its tables; empty for a file that is not in an archive.
    name: String,
    choices: Choices,
    /// How many archives it lies in.
    #[cfg_attr(not(feature = "archives"), expect(dead_code, reason = "only archives nest"))]
    depth: u8,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    /// Too little was seen to tell its form.
    Open(Vec<u8>),
    Text(Box<TextTable>),
    /// Has to be there as a whole.
    Whole(Form, Vec<u8>),
}

impl Content {
    pub(super) fn new(name: &str, depth: u8, choices: &Choices) -> Self {
        Self { name: name.to_owned(), choices: choices.clone(), depth, stage: Stage::Open(Vec::new()) }
    }

    /// Takes the next bytes and hands over what is complete.
    pub(super) fn push(&mut self, bytes: &[u8], sink: &mut PieceSink<'_>) -> Result<()> {
        match &mut self.stage {
            Stage::Text(table) => table.push(bytes, &self.name, sink),
            Stage::Whole(_, held) => append(held, bytes, WHOLE_CAP),
            Stage::Open(held) => {
                let (first, rest) = bytes.split_at(bytes.len().min(HEAD - held.len().min(HEAD)));
                held.extend_from_slice(first);
                if held.len() < HEAD {
                    return Ok(());
                }
                self.settle(sink)?;
                self.push(rest, sink)
            }
        }
    }

    /// Settles the form and passes on what was held back.
    fn settle(&mut self, sink: &mut PieceSink<'_>) -> Result<()> {
        let Stage::Open(held) = &mut self.stage else { return Ok(()) };
        let held = std::mem::take(held);
        self.stage = match tell(&held) {
            Form::Text => {
                Stage::Text(Box::new(TextTable::new(Reader::plain(&self.choices), Layout::new(&self.choices))))
            }
            #[cfg(not(feature = "archives"))]
            Form::Archive => return Err(needs_full_module()),
            form => Stage::Whole(form, Vec::new()),
        };
        self.push(&held, sink)
    }

    /// Ends the stream.
    pub(super) fn finish(mut self, about: &About, sink: &mut PieceSink<'_>) -> Result<()> {
        if matches!(self.stage, Stage::Open(_)) {
            self.settle(sink)?;
        }
        match self.stage {
            Stage::Text(table) => table.finish(&self.name, about, sink),
            Stage::Whole(Form::Json, held) => json::read(&Text::decode(held)?, &self.name, about, sink),
            Stage::Whole(Form::Xes, held) => xes::read(&Text::decode(held)?, &self.name, about, sink),
            #[cfg(feature = "archives")]
            Stage::Whole(Form::Archive, held) => {
                super::archive::read(held, &self.name, self.depth, &self.choices, about, sink)
            }
            Stage::Whole(..) | Stage::Open(_) => Ok(()),
        }
    }

    /// The encoding as far as it is known.
    pub(super) fn encoding_so_far(&self) -> TextEncoding {
        if let Stage::Text(table) = &self.stage { table.encoding_so_far() } else { UTF8 }
    }
}

#[cfg(not(feature = "archives"))]
#[cold]
fn needs_full_module() -> crate::Error {
    let message = "The file is an archive or a workbook, which this build does not read.";
    let remedy = "Load the full module, or unpack it and choose the file inside.";
    crate::Error::new(crate::ErrorKind::NeedsFullModule, message, remedy).at_byte(0)
}
