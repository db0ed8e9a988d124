//! Office Open XML workbooks (`.xlsx`, `.xlsm`).

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event};

use super::super::package::Package;
use super::format::{Formats, number};
use super::sheet::Book;
use super::strings::Strings;
use super::xml::{Relation, Xml, attribute, broken, numeric, relations};
use crate::error::Result;

/// A sheet as the workbook lists it.
pub(super) struct Listed {
    pub(super) name: String,
    pub(super) hidden: bool,
    /// Name of the relation to its part.
    pub(super) id: String,
}

/// Most sheets of a workbook.
pub(super) const SHEETS_CAP: usize = 1_024;

/// Reads the sheets of the workbook whose main part is at `path`.
pub(super) fn read(package: &mut Package<'_>, path: &str, book: &mut Book<'_, '_>) -> Result<()> {
    let relations = main_relations(package, path)?;
    let mut formats = Formats::default();
    let mut sheets = Vec::new();
    let Some(part) = package.by_name(path)? else { return Err(missing(path)) };
    list(Xml::new(part, "The list of sheets"), &mut sheets, &mut formats)?;
    if let Some(part) = related(package, &relations, "styles")? {
        styles(Xml::new(part, "The list of styles"), &mut formats)?;
    }
    let mut strings = Strings::default();
    if let Some(part) = related(package, &relations, "sharedStrings")? {
        shared(Xml::new(part, "The list of shared texts"), &mut strings)?;
    }
    for listed in sheets {
        let Some(relation) = relations.iter().find(|r| r.id == listed.id) else { return Err(missing(&listed.name)) };
        if relation.kind != "worksheet" {
            book.skip(&listed.name, "The sheet is a chart or a dialogue and has no cells.")?;
            continue;
        }
        let Some(part) = package.by_name(&relation.target)? else { return Err(missing(&relation.target)) };
        book.begin(&listed.name, listed.hidden);
        Cells { strings: &strings, formats: &formats }.read(Xml::new(part, "A sheet"), book)?;
        book.end()?;
    }
    Ok(())
}

/// The relations of the main part.
pub(super) fn main_relations(package: &mut Package<'_>, path: &str) -> Result<Vec<Relation>> {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let rels = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
    match package.by_name(&rels)? {
        Some(part) => relations(part, folder),
        None => Err(missing(&rels)),
    }
}

/// The part of a kind of relation, if there is one.
pub(super) fn related<'p>(
    package: &'p mut Package<'_>,
    relations: &[Relation],
    kind: &str,
) -> Result<Option<super::super::package::Part<'p>>> {
    match relations.iter().find(|r| r.kind == kind) {
        Some(relation) => package.by_name(&relation.target),
        None => Ok(None),
    }
}

/// The error for a part that is named and not there.
#[cold]
pub(super) fn missing(part: &str) -> crate::Error {
    broken(part, "it is named in the workbook and missing from it", 0)
}

fn list(mut xml: Xml<'_>, sheets: &mut Vec<Listed>, formats: &mut Formats) -> Result<()> {
    loop {
        match xml.next()? {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "workbookPr" => {
                    formats.from_1904 = attribute(&tag, "date1904").is_some_and(|v| v == "1" || v == "true");
                }
                "sheet" if sheets.len() < SHEETS_CAP => sheets.push(Listed {
                    name: attribute(&tag, "name").unwrap_or_default(),
                    hidden: attribute(&tag, "state").is_some_and(|state| state != "visible"),
                    id: attribute(&tag, "id").unwrap_or_default(),
                }),
                _ => {}
            },
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn styles(mut xml: Xml<'_>, formats: &mut Formats) -> Result<()> {
    let mut in_cells = false;
    loop {
        match xml.next()? {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "numFmt" => {
                    if let (Some(id), Some(code)) = (numeric(&tag, "numFmtId"), attribute(&tag, "formatCode")) {
                        formats.define(id, &code);
                    }
                }
                "cellXfs" => in_cells = true,
                "xf" if in_cells => formats.style(numeric(&tag, "numFmtId").unwrap_or(0)),
                _ => {}
            },
            Event::End(tag) if tag.local_name().as_ref() == "cellXfs" => in_cells = false,
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn shared(mut xml: Xml<'_>, strings: &mut Strings) -> Result<()> {
    let mut text = String::new();
    loop {
        match xml.next()? {
            Event::Start(tag) if tag.local_name().as_ref() == "si" => {
                text.clear();
                // Phonetic runs say how the text is spoken.
                xml.text("t", "rPh", &mut text)?;
                strings.push(unescape(&text).as_bytes())?;
            }
            Event::Empty(tag) if tag.local_name().as_ref() == "si" => strings.push(b"")?,
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// What the cells of a sheet refer to.
struct Cells<'a> {
    strings: &'a Strings,
    formats: &'a Formats,
}

/// How a cell's value is to be understood.
#[derive(Clone, Copy, Default, Eq, PartialEq)]
enum Type {
    #[default]
    Number,
    Shared,
    Text,
    Inline,
    Bool,
    Error,
    /// Text as ISO 8601.
    Date,
}

impl Cells<'_> {
    fn read(&self, mut xml: Xml<'_>, book: &mut Book<'_, '_>) -> Result<()> {
        let (mut next_row, mut row, mut next_column) = (0_u64, 0_u64, 0_usize);
        let (mut value, mut written) = (String::new(), String::new());
        let mut in_data = false;
        loop {
            match xml.next()? {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "sheetData" => in_data = true,
                    "row" if in_data => {
                        row = numeric::<u64>(&tag, "r").and_then(|r| r.checked_sub(1)).unwrap_or(next_row);
                        next_row = row.saturating_add(1);
                        next_column = 0;
                    }
                    "c" if in_data => {
                        let (place, style, kind) = cell_attributes(&tag);
                        // A cell may stand in another row than the one around it says: the cell is believed.
                        let (at, column) = place.unwrap_or((row, next_column));
                        next_column = column.saturating_add(1);
                        value.clear();
                        value_of(&mut xml, kind, &mut value)?;
                        written.clear();
                        let text = self.text(kind, style, &value, &mut written);
                        book.cell(at, column, text)?;
                    }
                    _ => {}
                },
                Event::Empty(tag) if in_data => match tag.local_name().as_ref() {
                    "row" => next_row = numeric::<u64>(&tag, "r").unwrap_or(next_row.saturating_add(1)),
                    "c" => {
                        let column = cell_attributes(&tag).0.map_or(next_column, |(_, column)| column);
                        next_column = column.saturating_add(1);
                    }
                    _ => {}
                },
                Event::End(tag) if tag.local_name().as_ref() == "sheetData" => return Ok(()),
                Event::Eof if in_data => return Err(xml.ended()),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    /// The text of a cell with this value.
    fn text<'t>(&'t self, kind: Type, style: usize, value: &'t str, written: &'t mut String) -> &'t [u8] {
        match kind {
            Type::Shared => value.trim().parse().ok().and_then(|i| self.strings.get(i)).unwrap_or_default(),
            Type::Text | Type::Inline => {
                if let Cow::Owned(text) = unescape(value) {
                    *written = text;
                    return written.as_bytes();
                }
                value.as_bytes()
            }
            Type::Bool => match value.trim() {
                "" => b"",
                "0" | "false" => b"FALSE",
                _ => b"TRUE",
            },
            // #N/A and its like: there is no value.
            Type::Error => b"",
            Type::Date => value.trim().as_bytes(),
            Type::Number => {
                let value = value.trim();
                let class = self.formats.class(style);
                match value.parse::<f64>() {
                    Ok(parsed) if class != super::format::Class::Number => self.formats.write(parsed, class, written),
                    // Most numbers are short and whole, and need no look at all.
                    Ok(_) if value.len() <= 15 && value.bytes().all(|b| b.is_ascii_digit()) => return value.as_bytes(),
                    Ok(parsed) if parsed.is_finite() => number(parsed, written),
                    _ => return value.as_bytes(),
                }
                written.as_bytes()
            }
        }
    }
}

/// Reads what stands in a cell up to its end.
fn value_of(xml: &mut Xml<'_>, kind: Type, value: &mut String) -> Result<()> {
    loop {
        match xml.next()? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "v" if kind != Type::Inline => xml.text("", "", value)?,
                "is" => xml.text("t", "rPh", value)?,
                _ => xml.skip()?,
            },
            Event::End(_) => return Ok(()),
            Event::Eof => return Err(xml.ended()),
            _ => {}
        }
    }
}

/// Row and column of a cell (from 0), its style and its type.
fn cell_attributes(tag: &BytesStart<'_>) -> (Option<(u64, usize)>, usize, Type) {
    let (mut place, mut style, mut kind) = (None, 0, Type::Number);
    for attribute in tag.attributes().with_checks(false).flatten() {
        match attribute.key.local_name().as_ref() {
            "r" => place = reference(&attribute.value),
            "s" => style = attribute.value.parse().unwrap_or(0),
            "t" => {
                kind = match attribute.value.as_ref() {
                    "s" => Type::Shared,
                    "str" => Type::Text,
                    "inlineStr" => Type::Inline,
                    "b" => Type::Bool,
                    "e" => Type::Error,
                    "d" => Type::Date,
                    _ => Type::Number,
                }
            }
            _ => {}
        }
    }
    (place, style, kind)
}

/// Row and column (from 0) of a reference such as `XFD1048576`.
fn reference(text: &str) -> Option<(u64, usize)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    if letters == 0 || letters > 4 {
        return None;
    }
    let (letters, digits) = text.split_at_checked(letters)?;
    let column = letters.bytes().fold(0, |n, b| n * 26 + usize::from(b.to_ascii_uppercase() - b'A') + 1);
    let row: u64 = digits.parse().ok()?;
    Some((row.checked_sub(1)?, column - 1))
}

/// Characters that XML cannot hold stand in workbooks as `_x000D_`.
fn unescape(text: &str) -> Cow<'_, str> {
    if memchr::memmem::find(text.as_bytes(), b"_x").is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let code = from.get(2..6).filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit()));
        let c = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        if let Some(c) = c.filter(|_| from.get(6..7) == Some("_")) {
            out.push(c);
            rest = from.get(7..).unwrap_or_default();
        } else {
            out.push_str("_x");
            rest = from.get(2..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_name_cells() {
        assert_eq!(reference("A1"), Some((0, 0)));
        assert_eq!(reference("XFD1048576"), Some((1_048_575, 16_383)));
        assert_eq!(reference("aa10"), Some((9, 26)));
        for bad in ["", "1", "A", "A0", "ABCDE1", "A1B", "A99999999999999999999"] {
            assert_eq!(reference(bad), None, "{bad}");
        }
    }

    #[test]
    fn escaped_characters_come_back() {
        assert_eq!(unescape("a_x000D_\nb_x0041__x"), "a\r\nbA_x");
        assert_eq!(unescape("_x00_x005F_x000D_"), "_x00_x000D_");
        assert_eq!(unescape("plain_text"), "plain_text");
    }
}
