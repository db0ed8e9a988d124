//! Binary workbooks (`.xlsb`, MS-XLSB): records of a number, a length and bytes.

use std::io::Read;

use super::super::package::{Package, Part, from_io};
use super::format::{Class, Formats};
use super::sheet::Book;
use super::strings::Strings;
use super::xlsx::{Listed, SHEETS_CAP, main_relations, missing, related};
use super::xml::broken;
use crate::error::Result;

/// Longest record (16 MiB).
const RECORD_CAP: u32 = 16 << 20;

// Numbers of records.
const ROW: u32 = 0;
const CELL_RK: u32 = 2;
const CELL_BOOL: u32 = 4;
const CELL_REAL: u32 = 5;
const CELL_TEXT: u32 = 6;
const CELL_SHARED: u32 = 7;
const FORMULA_TEXT: u32 = 8;
const FORMULA_NUMBER: u32 = 9;
const FORMULA_BOOL: u32 = 10;
const SHARED_TEXT: u32 = 19;
const FORMAT: u32 = 44;
const STYLE: u32 = 47;
const CELL_RICH_TEXT: u32 = 62;
const SHEET_DATA_END: u32 = 146;
const BOOK_PROPERTIES: u32 = 153;
const SHEET: u32 = 156;
const CELL_STYLES_BEGIN: u32 = 617;
const CELL_STYLES_END: u32 = 618;

/// Reads the sheets of the workbook whose main part is at `path`.
pub(super) fn read(package: &mut Package<'_>, path: &str, book: &mut Book<'_, '_>) -> Result<()> {
    let relations = main_relations(package, path)?;
    let mut formats = Formats::default();
    let Some(part) = package.by_name(path)? else { return Err(missing(path)) };
    let sheets = list(Records::new(part), &mut formats)?;
    if let Some(part) = related(package, &relations, "styles")? {
        styles(Records::new(part), &mut formats)?;
    }
    let mut strings = Strings::default();
    if let Some(part) = related(package, &relations, "sharedStrings")? {
        let mut records = Records::new(part);
        while let Some((number, mut fields)) = records.next()? {
            if number == SHARED_TEXT {
                fields.u8();
                strings.push(fields.text().unwrap_or_default().as_bytes())?;
            }
        }
    }
    for listed in sheets {
        let Some(relation) = relations.iter().find(|r| r.id == listed.id) else { return Err(missing(&listed.name)) };
        if relation.kind != "worksheet" {
            book.skip(&listed.name, "The sheet is a chart or a dialogue and has no cells.")?;
            continue;
        }
        let Some(part) = package.by_name(&relation.target)? else { return Err(missing(&relation.target)) };
        book.begin(&listed.name, listed.hidden);
        cells(Records::new(part), &strings, &formats, book)?;
        book.end()?;
    }
    Ok(())
}

fn list(mut records: Records<'_>, formats: &mut Formats) -> Result<Vec<Listed>> {
    let mut sheets = Vec::new();
    while let Some((number, mut fields)) = records.next()? {
        match number {
            BOOK_PROPERTIES => formats.from_1904 = fields.u32().is_some_and(|flags| flags & 1 == 1),
            SHEET if sheets.len() < SHEETS_CAP => {
                let hidden = fields.u32().is_some_and(|state| state != 0);
                fields.u32();
                let id = fields.text().unwrap_or_default();
                let name = fields.text().unwrap_or_default();
                sheets.push(Listed { name, hidden, id });
            }
            _ => {}
        }
    }
    Ok(sheets)
}

fn styles(mut records: Records<'_>, formats: &mut Formats) -> Result<()> {
    let mut in_cells = false;
    while let Some((number, mut fields)) = records.next()? {
        match number {
            FORMAT => {
                if let (Some(id), Some(code)) = (fields.u16(), fields.text()) {
                    formats.define(u32::from(id), &code);
                }
            }
            CELL_STYLES_BEGIN => in_cells = true,
            CELL_STYLES_END => in_cells = false,
            STYLE if in_cells => {
                fields.u16();
                formats.style(fields.u16().map_or(0, u32::from));
            }
            _ => {}
        }
    }
    Ok(())
}

fn cells(mut records: Records<'_>, strings: &Strings, formats: &Formats, book: &mut Book<'_, '_>) -> Result<()> {
    let mut row = 0;
    let mut written = String::new();
    while let Some((number, mut fields)) = records.next()? {
        match number {
            ROW => row = u64::from(fields.u32().unwrap_or(0)),
            SHEET_DATA_END => return Ok(()),
            CELL_RK..=FORMULA_BOOL | CELL_RICH_TEXT => {
                let (Some(column), Some(style)) = (fields.u32(), fields.u32()) else { return Err(records.cut()) };
                let class = formats.class((style & 0x00ff_ffff) as usize);
                let column = usize::try_from(column).unwrap_or(usize::MAX);
                written.clear();
                match cell(number, &mut fields, class, formats, strings, &mut written) {
                    Some(text) => book.cell(row, column, text)?,
                    None => return Err(records.cut()),
                }
            }
            _ => {}
        }
    }
    Err(records.cut())
}

/// The text of a cell; nothing where its record is too short.
fn cell<'t>(
    number: u32,
    fields: &mut Fields<'_>,
    class: Class,
    formats: &Formats,
    strings: &'t Strings,
    written: &'t mut String,
) -> Option<&'t [u8]> {
    match number {
        CELL_RK => formats.write(rk(fields.u32()?), class, written),
        CELL_REAL | FORMULA_NUMBER => formats.write(f64::from_bits(fields.u64()?), class, written),
        CELL_BOOL | FORMULA_BOOL => written.push_str(if fields.u8()? == 0 { "FALSE" } else { "TRUE" }),
        CELL_TEXT | FORMULA_TEXT => *written = fields.text()?,
        CELL_RICH_TEXT => {
            fields.u8();
            *written = fields.text()?;
        }
        CELL_SHARED => return Some(strings.get(fields.u32()? as usize).unwrap_or_default()),
        // #N/A and its like : there is no value.
        _ => {}
    }
    Some(written.as_bytes())
}

/// A number in 30 bits: whole or the upper half of a float, perhaps a hundredth of it.
fn rk(bits: u32) -> f64 {
    let value =
        if bits & 2 == 0 { f64::from_bits(u64::from(bits & !3) << 32) } else { f64::from(bits.cast_signed() >> 2) };
    if bits & 1 == 1 { value / 100.0 } else { value }
}

/// The records of a part.
struct Records<'a> {
    part: Part<'a>,
    payload: Vec<u8>,
    read: u64,
}

impl<'a> Records<'a> {
    fn new(part: Part<'a>) -> Self {
        Self { part, payload: Vec::new(), read: 0 }
    }

    /// The next record; nothing at the end of the part.
    fn next(&mut self) -> Result<Option<(u32, Fields<'_>)>> {
        self.part.made_sense();
        let Some(first) = self.byte()? else { return Ok(None) };
        let mut number = u32::from(first);
        if first & 0x80 != 0 {
            let Some(second) = self.byte()? else { return Err(self.cut()) };
            number = (number & 0x7f) | u32::from(second & 0x7f) << 7;
        }
        let mut length = 0_u32;
        for shift in [0, 7, 14, 21] {
            let Some(byte) = self.byte()? else { return Err(self.cut()) };
            length |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        if length > RECORD_CAP {
            return Err(broken("A part", &format!("a record of {length} bytes"), self.read));
        }
        self.payload.clear();
        let part = &mut self.part;
        let got = part.take(u64::from(length)).read_to_end(&mut self.payload);
        let got = got.map_err(|e| from_io(&e))?;
        self.read += got as u64;
        if got < length as usize {
            return Err(self.cut());
        }
        Ok(Some((number, Fields(&self.payload))))
    }

    fn byte(&mut self) -> Result<Option<u8>> {
        let mut byte = [0];
        let read = self.part.read(&mut byte).map_err(|e| from_io(&e))?;
        self.read += read as u64;
        let [byte] = byte;
        Ok((read == 1).then_some(byte))
    }

    #[cold]
    fn cut(&self) -> crate::Error {
        broken("A part", "a record is cut short", self.read)
    }
}

/// The fields of a record, from its beginning on.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*first)
    }

    fn u8(&mut self) -> Option<u8> {
        self.array().map(u8::from_le_bytes)
    }

    fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }

    /// A text: its length in UTF-16 units, then these.
    fn text(&mut self) -> Option<String> {
        let length = self.u32()? as usize;
        let (units, rest) = self.0.split_at_checked(length.checked_mul(2)?)?;
        self.0 = rest;
        let (units, _) = units.as_chunks::<2>();
        Some(
            char::decode_utf16(units.iter().map(|u| u16::from_le_bytes(*u))).map(|c| c.unwrap_or('\u{fffd}')).collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::float_cmp, reason = "these are exact")]
    fn packed_numbers_unfold() {
        assert_eq!(rk(0x3ff0_0000), 1.0);
        assert_eq!(rk((7 << 2) | 2), 7.0);
        assert_eq!(rk(((-5_i32) << 2).cast_unsigned() | 2), -5.0);
        assert_eq!(rk((1234 << 2) | 3), 12.34);
    }
}
