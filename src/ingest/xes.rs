//! XES event logs (IEEE 1849, XML) as a table: a row per event, with the attributes of its trace as `case:` columns.
//!
//! Nothing is expanded but the five entities of XML itself and character references, so no entity can grow.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::columns::Columns;
use super::content::About;
use super::input::{Header, Piece, PieceSink};
use super::reading::Dialect;
use super::row_buffer::{RowBuffer, UTF8};
use super::whole::Text;
use crate::error::{Error, ErrorKind, Result};

/// Deepest nesting of attributes.
const DEPTH: usize = 64;

const REMEDY: &str = "Export the event log again, as XES or as CSV.";

/// Reads an event log as the one table that it holds.
pub(super) fn read(text: &Text, table: &str, about: &About, sink: &mut PieceSink<'_>) -> Result<()> {
    let mut columns = Columns::default();
    let mut rows = 0;
    Log::new(text.get()).each(&mut |event| {
        rows += 1;
        columns.begin();
        event.each(&mut |name, _| columns.learn(name))
    })?;
    if rows == 0 {
        let message = "The event log holds no event; expected traces with events.";
        return Err(Error::new(ErrorKind::EmptyFile, message, REMEDY).at_byte(0));
    }
    let names = columns.names(rows)?.to_vec();
    sink(Piece::Table(table))?;
    sink(Piece::Header(&Header { names, rows: vec![1], encoding: UTF8 }))?;
    let mut buffer = RowBuffer::default();
    buffer.widen(columns.len(), 1)?;
    let mut row = 1;
    Log::new(text.get()).each(&mut |event| {
        row += 1;
        buffer.clear();
        columns.begin();
        event.each(&mut |name, value| match columns.find(name) {
            Some(column) => buffer.add(column, value.as_bytes(), row),
            None => Ok(()),
        })?;
        sink(Piece::Row(&buffer.record(row)))
    })?;
    let dialect = Dialect {
        container: about.container.to_owned(),
        format: "xes".to_owned(),
        encoding: text.encoding.to_owned(),
        encoding_reason: text.reason.clone(),
        delimiter_reason: format!(
            "XES: the columns are the keys of {rows} events in order of first appearance; those of their traces begin with \
             case:."
        ),
        header_rows: vec![1],
        header_reason: "The keys count as row 1, the first event as row 2.".to_owned(),
        ..Dialect::default()
    };
    sink(Piece::End(Box::new(about.reading(dialect))))
}

/// Attributes, one after another: names and values in one text.
#[derive(Debug, Default)]
struct Attributes {
    text: String,
    /// Ends of name and value in the text.
    ends: Vec<(usize, usize)>,
}

impl Attributes {
    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    fn push(&mut self, prefix: &str, path: &str, value: &str) {
        self.text.push_str(prefix);
        self.text.push_str(path);
        let name = self.text.len();
        self.text.push_str(value);
        self.ends.push((name, self.text.len()));
    }

    /// Hands over those from `from` on, up to `to`.
    fn each(&self, from: usize, to: usize, take: &mut dyn FnMut(&str, &str) -> Result<()>) -> Result<()> {
        let mut start = from.checked_sub(1).and_then(|i| self.ends.get(i)).map_or(0, |(_, end)| *end);
        for (name, end) in self.ends.get(from..to).unwrap_or_default() {
            take(self.text.get(start..*name).unwrap_or_default(), self.text.get(*name..*end).unwrap_or_default())?;
            start = *end;
        }
        Ok(())
    }
}

/// One event with what its trace says.
struct EventRow<'a> {
    trace: &'a Attributes,
    events: &'a Attributes,
    from: usize,
    to: usize,
}

impl EventRow<'_> {
    fn each(&self, take: &mut dyn FnMut(&str, &str) -> Result<()>) -> Result<()> {
        self.trace.each(0, self.trace.ends.len(), take)?;
        self.events.each(self.from, self.to, take)
    }
}

/// Walks over a log. The events of a trace are held until it ends: its attributes may stand behind them.
struct Log<'a> {
    reader: Reader<&'a [u8]>,
    trace: Attributes,
    events: Attributes,
    /// Where each event of the trace ends among its attributes.
    bounds: Vec<usize>,
    path: String,
}

type Take<'s> = dyn FnMut(&EventRow<'_>) -> Result<()> + 's;

impl<'a> Log<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            reader: Reader::from_str(text),
            trace: Attributes::default(),
            events: Attributes::default(),
            bounds: Vec::new(),
            path: String::new(),
        }
    }

    /// Hands over each event of the log.
    fn each(mut self, take: &mut Take<'_>) -> Result<()> {
        let mut in_log = false;
        loop {
            match self.next()? {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "log" if !in_log => in_log = true,
                    "trace" if in_log => {
                        self.trace()?;
                        self.hand_over(take)?;
                    }
                    "event" if in_log => {
                        self.attributes(true)?;
                        self.bounds.push(self.events.ends.len());
                        self.hand_over(take)?;
                    }
                    _ => self.skip()?,
                },
                Event::End(_) => return Ok(()),
                Event::Eof => return Err(self.broken("it ends before its log is closed")),
                _ => {}
            }
        }
    }

    /// Hands over the events that were held, or the trace alone where it has none.
    fn hand_over(&mut self, take: &mut Take<'_>) -> Result<()> {
        if self.bounds.is_empty() {
            self.bounds.push(0);
        }
        let mut from = 0;
        for &to in &self.bounds {
            take(&EventRow { trace: &self.trace, events: &self.events, from, to })?;
            from = to;
        }
        self.trace.clear();
        self.events.clear();
        self.bounds.clear();
        Ok(())
    }

    fn trace(&mut self) -> Result<()> {
        loop {
            match self.next()? {
                Event::Start(tag) if tag.local_name().as_ref() == "event" => {
                    self.attributes(true)?;
                    self.bounds.push(self.events.ends.len());
                }
                Event::Empty(tag) if tag.local_name().as_ref() == "event" => self.bounds.push(self.events.ends.len()),
                Event::Start(tag) => self.attribute(&tag, false, true, 0)?,
                Event::Empty(tag) => self.attribute(&tag, false, false, 0)?,
                Event::End(_) => return Ok(()),
                Event::Eof => return Err(self.broken("it ends within a trace")),
                _ => {}
            }
        }
    }

    /// Takes the attributes up to the end of the element.
    fn attributes(&mut self, of_event: bool) -> Result<()> {
        self.level(of_event, 0)
    }

    fn level(&mut self, of_event: bool, depth: usize) -> Result<()> {
        loop {
            match self.next()? {
                Event::Start(tag) => self.attribute(&tag, of_event, true, depth)?,
                Event::Empty(tag) => self.attribute(&tag, of_event, false, depth)?,
                Event::End(_) => return Ok(()),
                Event::Eof => return Err(self.broken("it ends within an event")),
                _ => {}
            }
        }
    }

    /// Takes one attribute, and those within it under its name. What a list holds goes by the name of the list.
    fn attribute(&mut self, tag: &BytesStart<'_>, of_event: bool, open: bool, depth: usize) -> Result<()> {
        if depth > DEPTH {
            return Err(self.broken("its attributes are nested too deep"));
        }
        let key = self.value(tag, "key")?;
        let value = self.value(tag, "value")?;
        let before = self.path.len();
        let listed = tag.local_name().as_ref() == "values";
        if let Some(key) = key.as_deref().filter(|_| !self.path.ends_with(LISTED)) {
            if before > 0 {
                self.path.push('.');
            }
            self.path.push_str(key);
        }
        if let Some(value) = value {
            let path = self.path.trim_end_matches(LISTED);
            if of_event {
                self.events.push("", path, &value);
            } else {
                self.trace.push("case:", path, &value);
            }
        }
        if open {
            if listed {
                self.path.push(LISTED);
            }
            self.level(of_event, depth + 1)?;
        }
        self.path.truncate(before);
        Ok(())
    }

    fn value(&self, tag: &BytesStart<'_>, name: &str) -> Result<Option<String>> {
        let found = tag.try_get_attribute(name).map_err(|e| self.broken(&e.to_string()))?;
        Ok(found.map(|attribute| {
            // What names an entity that XML does not know stays as it is written.
            attribute
                .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                .map_or_else(|_| attribute.value.to_string(), Cow::into_owned)
        }))
    }

    /// Passes over an element that was opened.
    fn skip(&mut self) -> Result<()> {
        let mut depth = 1_usize;
        while depth > 0 {
            match self.next()? {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Eof => return Err(self.broken("it ends before its log is closed")),
                _ => {}
            }
        }
        Ok(())
    }

    fn next(&mut self) -> Result<Event<'a>> {
        self.reader.read_event().map_err(|e| self.broken(&e.to_string()))
    }

    #[cold]
    fn broken(&self, what: &str) -> Error {
        let byte = self.reader.buffer_position();
        let message = format!("The event log is broken XML: {what}; expected traces with events, each closed.");
        Error::new(ErrorKind::Malformed, message, REMEDY).at_byte(byte)
    }
}

/// Stands in a path for the values of a list, whose keys are left out. No key can be this.
const LISTED: char = '\u{0}';
