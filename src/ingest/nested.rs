//! JSON in the cells of delimited text, as raw API exports have it: a column of objects is followed up by a column for each
//! of their keys. The column itself stays, so that keys which only later rows have are not lost.

use serde_json::value::RawValue;

use super::columns::Columns;
use super::flatten::{begins, cell, flatten};
use super::input::{Aside, Header, Piece, PieceSink};
use super::record::Record;
use super::row_buffer::RowBuffer;
use crate::error::Result;

/// How many rows are held to learn the keys.
const SAMPLE: usize = 100;

/// Follows up columns of objects; costs nothing where the first row has none.
#[derive(Debug)]
pub(super) enum Nested {
    /// The header was not seen, or no row below it.
    Open(Option<Header>),
    /// The first rows are held.
    Sampling(Box<Sampling>),
    /// There is nothing to follow up.
    Off,
    /// Rows are widened.
    On(Box<Widening>),
}

/// Rows held until the columns are known.
#[derive(Debug)]
pub(super) struct Sampling {
    header: Header,
    /// The columns that hold objects so far.
    columns: Vec<usize>,
    held: Vec<(u64, RowBuffer, Option<Aside>)>,
}

/// What rows are widened by.
#[derive(Debug)]
pub(super) struct Widening {
    /// How many columns the file has.
    width: usize,
    sources: Vec<(usize, String)>,
    added: Columns,
    buffer: RowBuffer,
}

impl Nested {
    /// Whether pieces may go past this.
    pub(super) fn is_off(&self) -> bool {
        matches!(self, Self::Off)
    }

    /// Takes the next piece of a table.
    pub(super) fn take(&mut self, piece: Piece<'_>, sink: &mut PieceSink<'_>) -> Result<()> {
        match (&mut *self, piece) {
            (Self::Open(header), Piece::Header(found)) => {
                *header = Some(found.clone());
                Ok(())
            }
            (Self::Open(header), Piece::Row(record)) => {
                let header = header.take().unwrap_or_default();
                let columns: Vec<usize> = (0..record.len()).filter(|&i| object(record.cell(i)).is_some()).collect();
                if columns.is_empty() {
                    sink(Piece::Header(&header))?;
                    *self = Self::Off;
                    return sink(Piece::Row(record));
                }
                *self = Self::Sampling(Box::new(Sampling { header, columns, held: Vec::new() }));
                self.take(Piece::Row(record), sink)
            }
            (Self::Open(header @ Some(_)), piece @ Piece::Aside(..)) => {
                sink(Piece::Header(&header.take().unwrap_or_default()))?;
                *self = Self::Off;
                sink(piece)
            }
            (Self::Sampling(sampling), Piece::Row(record)) => {
                sampling.columns.retain(|&i| record.cell(i).is_empty() || object(record.cell(i)).is_some());
                sampling.hold(record, None)?;
                if sampling.held.len() < SAMPLE { Ok(()) } else { self.settle(sink) }
            }
            (Self::Sampling(sampling), Piece::Aside(record, why)) => sampling.hold(record, Some(why)),
            (Self::On(widening), Piece::Row(record)) => widening.row(record, sink),
            (_, Piece::End(reading)) => {
                self.settle(sink)?;
                sink(Piece::End(reading))
            }
            (_, piece) => sink(piece),
        }
    }

    /// Lets go of what was held.
    fn settle(&mut self, sink: &mut PieceSink<'_>) -> Result<()> {
        match std::mem::replace(self, Self::Off) {
            Self::Open(Some(header)) => sink(Piece::Header(&header)),
            Self::Sampling(sampling) => {
                let Sampling { header, columns, held } = *sampling;
                let mut widening = Widening::new(&header, &columns, &held)?;
                let added = widening.added.names(1)?;
                if added.is_empty() {
                    sink(Piece::Header(&header))?;
                } else {
                    let names = header.names.iter().chain(added).cloned().collect();
                    sink(Piece::Header(&Header { names, rows: header.rows, encoding: header.encoding }))?;
                }
                for (row, buffer, aside) in &held {
                    match aside {
                        Some(why) => sink(Piece::Aside(&buffer.record(*row), *why))?,
                        None => widening.row(&buffer.record(*row), sink)?,
                    }
                }
                if widening.added.len() > 0 {
                    *self = Self::On(Box::new(widening));
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

impl Sampling {
    fn hold(&mut self, record: &Record<'_>, aside: Option<Aside>) -> Result<()> {
        let mut buffer = RowBuffer::default();
        copy(record, &mut buffer)?;
        self.held.push((record.row(), buffer, aside));
        Ok(())
    }
}

impl Widening {
    fn new(header: &Header, columns: &[usize], held: &[(u64, RowBuffer, Option<Aside>)]) -> Result<Self> {
        let name = |i: &usize| (*i, header.names.get(*i).cloned().unwrap_or_default());
        let sources: Vec<(usize, String)> = columns.iter().map(name).collect();
        let mut added = Columns::default();
        let mut path = String::new();
        for (row, buffer, _) in held.iter().filter(|(.., aside)| aside.is_none()) {
            added.begin();
            let record = buffer.record(*row);
            for (column, name) in &sources {
                if let Some(value) = object(record.cell(*column)) {
                    path.clone_from(name);
                    flatten(value, &mut path, &mut |name, _| added.learn(name))?;
                }
            }
        }
        Ok(Self { width: header.names.len(), sources, added, buffer: RowBuffer::default() })
    }

    fn row(&mut self, record: &Record<'_>, sink: &mut PieceSink<'_>) -> Result<()> {
        let Self { width, sources, added, buffer } = self;
        let row = record.row();
        buffer.reset();
        copy(record, buffer)?;
        added.begin();
        let mut path = String::new();
        // A row that is longer than the header has no room for more: it stays as it is.
        for (column, name) in sources.iter().filter(|_| record.len() <= *width) {
            if let Some(value) = object(record.cell(*column)) {
                path.clone_from(name);
                flatten(value, &mut path, &mut |name, value| match added.find(name) {
                    Some(place) => buffer.add(*width + place, &cell(value), row),
                    None => Ok(()),
                })?;
            }
        }
        sink(Piece::Row(&buffer.record(row)))
    }
}

/// A cell that is a JSON object.
fn object(cell: &[u8]) -> Option<&RawValue> {
    if cell.trim_ascii_start().first() != Some(&b'{') {
        return None;
    }
    serde_json::from_slice::<&RawValue>(cell).ok().filter(|value| begins(value, b'{'))
}

fn copy(record: &Record<'_>, to: &mut RowBuffer) -> Result<()> {
    to.widen(record.len(), record.row())?;
    for (column, text) in record.cells().enumerate() {
        to.add(column, text, record.row())?;
    }
    Ok(())
}
