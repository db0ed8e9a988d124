//! The XML within workbooks: events of a part that is unpacked as it is read.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::super::package::{Part, from_io};
use crate::error::{Error, ErrorKind, Result};

/// A part of a workbook as XML.
pub(super) struct Xml<'a> {
    reader: Reader<Part<'a>>,
    buffer: Vec<u8>,
    path: &'static str,
}

impl<'a> Xml<'a> {
    /// `what` names the part in errors.
    pub(super) fn new(part: Part<'a>, what: &'static str) -> Self {
        Self { reader: Reader::from_reader(part), buffer: Vec::new(), path: what }
    }

    /// The next event.
    pub(super) fn next(&mut self) -> Result<Event<'_>> {
        self.reader.get_mut().made_sense();
        self.buffer.clear();
        let at = self.reader.buffer_position();
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => Ok(event),
            Err(quick_xml::Error::Io(error)) => Err(from_io(&error)),
            Err(error) => Err(broken(self.path, &error.to_string(), at)),
        }
    }

    /// Appends the text up to the end of the element that was opened, of elements called `wanted` or of all if that is
    /// empty; nothing of those called `unwanted`.
    pub(super) fn text(&mut self, wanted: &str, unwanted: &str, to: &mut String) -> Result<()> {
        let (mut depth, mut inside, mut barred) = (1_usize, usize::from(wanted.is_empty()), 0_usize);
        while depth > 0 {
            match self.next()? {
                Event::Start(tag) => {
                    depth += 1;
                    let name = tag.local_name();
                    if barred > 0 || name.as_ref() == unwanted {
                        barred += 1;
                    } else if inside > 0 || name.as_ref() == wanted {
                        inside += 1;
                    }
                }
                Event::End(_) => {
                    depth -= 1;
                    if barred > 0 {
                        barred -= 1;
                    } else {
                        inside = inside.saturating_sub(1);
                    }
                }
                Event::Text(text) if inside > 0 && barred == 0 => to.push_str(&text.xml10_content()),
                Event::CData(text) if inside > 0 && barred == 0 => to.push_str(&text.xml10_content()),
                Event::GeneralRef(reference) if inside > 0 && barred == 0 => push_reference(&reference, to),
                Event::Eof => return Err(self.ended()),
                _ => {}
            }
            if to.len() > TEXT_CAP {
                let message = format!("A text of the workbook has more than {} MiB.", TEXT_CAP >> 20);
                return Err(Error::new(ErrorKind::TooLarge, message, "Leave its column out."));
            }
        }
        Ok(())
    }

    /// Passes over what is left of an element that was opened.
    pub(super) fn skip(&mut self) -> Result<()> {
        let mut depth = 1_usize;
        while depth > 0 {
            match self.next()? {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Eof => return Err(self.ended()),
                _ => {}
            }
        }
        Ok(())
    }

    /// The error for a part that is cut short.
    #[cold]
    pub(super) fn ended(&self) -> Error {
        broken(self.path, "it ends before its elements are closed", self.reader.buffer_position())
    }
}

/// Longest text of a cell (4 MiB); spreadsheets end at 32,767 characters.
const TEXT_CAP: usize = 4 << 20;

/// Appends what a reference stands for. Only XML's own are known: one that a document defines stays as it is written.
pub(super) fn push_reference(reference: &BytesRef<'_>, to: &mut String) {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        to.push(c);
        return;
    }
    let name = reference.xml10_content();
    match name.as_ref() {
        "amp" => to.push('&'),
        "lt" => to.push('<'),
        "gt" => to.push('>'),
        "quot" => to.push('"'),
        "apos" => to.push('\''),
        other => {
            to.push('&');
            to.push_str(other);
            to.push(';');
        }
    }
}

/// The value of an attribute by its local name.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(match found.normalized_value(quick_xml::XmlVersion::Implicit1_0) {
        Ok(value) => value.into_owned(),
        Err(_) => found.value.to_string(),
    })
}

/// A number in an attribute.
pub(super) fn numeric<T: std::str::FromStr>(tag: &BytesStart<'_>, name: &str) -> Option<T> {
    attribute(tag, name)?.trim().parse().ok()
}

/// The error for a part of a workbook that breaks the rules.
#[cold]
pub(super) fn broken(part: &str, what: &str, at: u64) -> Error {
    let message = format!("{part} of the workbook is damaged: {what}.");
    let remedy = "Open it in the spreadsheet program, save it again, or save it as CSV (UTF-8).";
    Error::new(ErrorKind::Malformed, message, remedy).at_byte(at)
}

/// A relation of a part to another.
#[derive(Debug)]
pub(super) struct Relation {
    pub(super) id: String,
    /// The last word of its type.
    pub(super) kind: String,
    /// Path from the root of the package.
    pub(super) target: String,
}

/// Most relations of a part; each sheet is one.
const RELATIONS_CAP: usize = 4_096;

/// Reads the relations of a part that lies in `folder`.
pub(super) fn relations(part: Part<'_>, folder: &str) -> Result<Vec<Relation>> {
    let mut xml = Xml::new(part, "A list of relations");
    let mut relations = Vec::new();
    loop {
        match xml.next()? {
            Event::Start(tag) | Event::Empty(tag)
                if tag.local_name().as_ref() == "Relationship" && relations.len() < RELATIONS_CAP =>
            {
                let kind = attribute(&tag, "Type").unwrap_or_default();
                relations.push(Relation {
                    id: attribute(&tag, "Id").unwrap_or_default(),
                    kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                    target: resolve(folder, &attribute(&tag, "Target").unwrap_or_default()),
                });
            }
            Event::Eof => return Ok(relations),
            _ => {}
        }
    }
}

/// The path of a target as seen from a folder.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
