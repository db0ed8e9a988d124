//! Delimited text as the one table that it is.

use super::TextEncoding;
use super::content::About;
use super::input::{Piece, PieceSink};
use super::layout::Layout;
use super::nested::Nested;
use super::reader::Reader;
use crate::error::Result;

/// Takes delimited text.
#[derive(Debug)]
pub(super) struct TextTable {
    reader: Reader,
    layout: Layout,
    nested: Nested,
    /// Whether the table was begun: only once there is a record, so that what is no table never seems one.
    begun: bool,
}

impl TextTable {
    pub(super) fn new(reader: Reader, layout: Layout) -> Self {
        Self { reader, layout, nested: Nested::Open(None), begun: false }
    }

    pub(super) fn push(&mut self, bytes: &[u8], name: &str, sink: &mut PieceSink<'_>) -> Result<()> {
        let Self { reader, layout, nested, begun } = self;
        reader.push_known(bytes, &mut |record, encoding| {
            begin(begun, name, sink)?;
            if nested.is_off() {
                layout.push(record, encoding, sink)
            } else {
                layout.push(record, encoding, &mut |piece| nested.take(piece, sink))
            }
        })
    }

    pub(super) fn finish(mut self, name: &str, about: &About, sink: &mut PieceSink<'_>) -> Result<()> {
        let Self { reader, layout, nested, begun } = &mut self;
        let mut reading = reader.finish_known(&mut |record, encoding| {
            begin(begun, name, sink)?;
            layout.push(record, encoding, &mut |piece| nested.take(piece, sink))
        })?;
        layout.finish(&mut |piece| nested.take(piece, sink))?;
        layout.describe(&mut reading);
        begin(begun, name, sink)?;
        about.container.clone_into(&mut reading.dialect.container);
        reading.sha256.clone_from(&about.sha256);
        reading.bytes = about.bytes;
        reading.notes.extend(about.notes.iter().cloned());
        nested.take(Piece::End(Box::new(reading)), sink)
    }

    pub(super) fn encoding_so_far(&self) -> TextEncoding {
        self.reader.encoding_so_far()
    }
}

fn begin(begun: &mut bool, name: &str, sink: &mut PieceSink<'_>) -> Result<()> {
    if std::mem::replace(begun, true) { Ok(()) } else { sink(Piece::Table(name)) }
}
