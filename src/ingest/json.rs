//! JSON as a table: a row per object, a column per key, nested keys joined by dots.
//!
//! The text is walked twice, once for the union of the keys and once for the rows; no tree is built of it.

use serde_json::value::RawValue;

use super::columns::Columns;
use super::content::About;
use super::flatten::{begins, cell, elements, flatten, members};
use super::input::{Header, Piece, PieceSink};
use super::reading::Dialect;
use super::row_buffer::{RowBuffer, UTF8};
use super::whole::Text;
use crate::error::{Error, ErrorKind, Result};

/// Deepest nesting of a JSON text.
const DEPTH: usize = 128;

/// How deep the list of objects is looked for.
const SEARCHED: usize = 4;

const EXPECTED: &str = "expected an array of objects, an object around one, or one object a line";
const REMEDY: &str = "Export the tickets again, as JSON with an object per ticket or as CSV.";

/// Where the objects stand.
enum Place<'a> {
    /// One after another.
    Stream(&'a str),
    /// In an array.
    Array(&'a RawValue),
    /// There is one.
    Single(&'a RawValue),
}

/// Reads a JSON text as the one table that it holds.
pub(super) fn read(text: &Text, table: &str, about: &About, sink: &mut PieceSink<'_>) -> Result<()> {
    if let Some(at) = too_deep(text.get()) {
        let message = format!("The JSON is nested deeper than {DEPTH} levels; {EXPECTED}.");
        return Err(Error::new(ErrorKind::Malformed, message, REMEDY).at_byte(at));
    }
    let (place, how) = locate(text.get())?;
    let mut columns = Columns::default();
    let mut path = String::new();
    let (mut rows, mut objects) = (0_u64, 0_u64);
    place.each(&mut |value| {
        rows += 1;
        columns.begin();
        if begins(value, b'{') {
            objects += 1;
            flatten(value, &mut path, &mut |name, _| columns.learn(name))?;
        }
        Ok(())
    })?;
    if objects == 0 {
        let message = format!("The JSON holds {rows} values and no object; {EXPECTED}.");
        return Err(Error::new(ErrorKind::NotATable, message, REMEDY).at_byte(0));
    }
    let names = columns.names(rows)?.to_vec();
    sink(Piece::Table(table))?;
    sink(Piece::Header(&Header { names, rows: vec![1], encoding: UTF8 }))?;
    let mut buffer = RowBuffer::default();
    buffer.widen(columns.len(), 1)?;
    let mut row = 1;
    place.each(&mut |value| {
        row += 1;
        buffer.clear();
        columns.begin();
        if begins(value, b'{') {
            flatten(value, &mut path, &mut |name, value| match columns.find(name) {
                Some(column) => buffer.add(column, &cell(value), row),
                None => Ok(()),
            })
            .map_err(|error| error.at_byte(offset(text.get(), value)))?;
        }
        sink(Piece::Row(&buffer.record(row)))
    })?;
    let dialect = Dialect {
        container: about.container.to_owned(),
        format: if matches!(place, Place::Stream(_)) { "ndjson" } else { "json" }.to_owned(),
        encoding: text.encoding.to_owned(),
        encoding_reason: text.reason.clone(),
        delimiter_reason: format!(
            "JSON: {how}. The columns are the keys of {objects} objects in order of first appearance; \
             nested keys are joined by dots, lists by commas."
        ),
        header_rows: vec![1],
        header_reason: "The keys count as row 1, the first object as row 2.".to_owned(),
        ..Dialect::default()
    };
    sink(Piece::End(Box::new(about.reading(dialect))))
}

/// Finds the objects that are the rows, and says where.
fn locate(text: &str) -> Result<(Place<'_>, String)> {
    let mut values = stream(text);
    let first = values.next();
    let Some(first) = first.transpose().map_err(|e| malformed(text, &e))? else {
        return Err(Error::new(ErrorKind::EmptyFile, "The file holds no JSON value.", REMEDY));
    };
    // A second value, be it broken, makes this a stream: its error is told where the stream is read.
    if values.next().is_some() {
        return Ok((Place::Stream(text), "objects one after another".to_owned()));
    }
    if begins(first, b'[') {
        if first.get().get(1..).is_some_and(|rest| rest.trim_start().starts_with(']')) {
            return Err(Error::new(ErrorKind::EmptyFile, "The list in the JSON is empty; expected tickets.", REMEDY));
        }
        return Ok((Place::Array(first), "an array of objects".to_owned()));
    }
    let mut lists = Lists::default();
    lists.search(first, &mut String::new(), 0)?;
    match (lists.largest, lists.empty) {
        (Some((_, path, array)), _) => {
            Ok((Place::Array(array), format!("the array at {path}, the longest of the file")))
        }
        (None, Some(path)) => {
            let message = format!("The list at {path} in the JSON is empty; expected tickets.");
            Err(Error::new(ErrorKind::EmptyFile, message, "Export again and check that the filter matches tickets."))
        }
        (None, None) => Ok((Place::Single(first), "a single object".to_owned())),
    }
}

/// The arrays within an object.
#[derive(Default)]
struct Lists<'a> {
    /// Number of objects, path, array.
    largest: Option<(u64, String, &'a RawValue)>,
    /// The first one without elements.
    empty: Option<String>,
}

impl<'a> Lists<'a> {
    fn search(&mut self, object: &'a RawValue, path: &mut String, depth: usize) -> Result<()> {
        let before = path.len();
        members(object, &mut |key, value| {
            path.truncate(before);
            if before > 0 {
                path.push('.');
            }
            path.push_str(&key);
            if begins(value, b'[') {
                let (mut any, mut objects) = (false, 0);
                elements(value, &mut |element| {
                    any = true;
                    objects += u64::from(begins(element, b'{'));
                    Ok(())
                })?;
                if objects > self.largest.as_ref().map_or(0, |(most, ..)| *most) {
                    self.largest = Some((objects, path.clone(), value));
                }
                if !any && self.empty.is_none() {
                    self.empty = Some(path.clone());
                }
            } else if depth < SEARCHED && begins(value, b'{') {
                self.search(value, path, depth + 1)?;
            }
            path.truncate(before);
            Ok(())
        })
    }
}

impl Place<'_> {
    fn each(&self, take: &mut dyn FnMut(&RawValue) -> Result<()>) -> Result<()> {
        match self {
            Self::Stream(text) => {
                for value in stream(text) {
                    take(value.map_err(|e| malformed(text, &e))?)?;
                }
                Ok(())
            }
            Self::Array(array) => elements(array, &mut |element| take(element)),
            Self::Single(object) => take(object),
        }
    }
}

fn stream(text: &str) -> serde_json::StreamDeserializer<'_, serde_json::de::StrRead<'_>, &RawValue> {
    serde_json::Deserializer::from_str(text).into_iter()
}

/// Where the nesting becomes too deep, if it does.
fn too_deep(text: &str) -> Option<u64> {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = quoted,
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => {
                depth += 1;
                if depth > DEPTH {
                    return Some(at as u64);
                }
            }
            b']' | b'}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// Where in the text a value stands.
fn offset(text: &str, value: &RawValue) -> u64 {
    value.get().as_ptr().addr().saturating_sub(text.as_ptr().addr()) as u64
}

#[cold]
fn malformed(text: &str, error: &serde_json::Error) -> Error {
    let mut byte = 0;
    for _ in 1..error.line() {
        byte += memchr::memchr(b'\n', text.as_bytes().get(byte..).unwrap_or_default()).map_or(0, |end| end + 1);
    }
    byte += error.column().saturating_sub(1);
    let message = format!("The JSON is broken: {error}; {EXPECTED}.");
    let remedy = "Export the file again; it was probably cut short or edited.";
    Error::new(ErrorKind::Malformed, message, remedy).at_byte(byte as u64)
}
