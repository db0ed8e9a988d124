//! `OpenDocument` spreadsheets (`.ods`).

use std::collections::BTreeSet;
use std::fmt::Write as _;

use quick_xml::events::{BytesStart, Event};

use super::super::package::Package;
use super::format::number;
use super::sheet::Book;
use super::xlsx::missing;
use super::xml::{Xml, attribute, numeric, push_reference};
use crate::error::{Error, ErrorKind, Result};

/// Longest text of a cell (4 MiB).
const TEXT_CAP: usize = 4 << 20;

/// Reads the sheets.
pub(super) fn read(package: &mut Package<'_>, book: &mut Book<'_, '_>) -> Result<()> {
    let Some(part) = package.by_name("content.xml")? else { return Err(missing("content.xml")) };
    let mut xml = Xml::new(part, "The content");
    let mut hidden = BTreeSet::new();
    let mut style = String::new();
    let mut is_spreadsheet = false;
    loop {
        match xml.next()? {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "style" => style = attribute(&tag, "name").unwrap_or_default(),
                "table-properties" if attribute(&tag, "display").is_some_and(|v| v == "false") => {
                    hidden.insert(std::mem::take(&mut style));
                }
                "spreadsheet" => is_spreadsheet = true,
                "table" if is_spreadsheet => {
                    let of = attribute(&tag, "style-name").is_some_and(|style| hidden.contains(&style));
                    book.begin(&attribute(&tag, "name").unwrap_or_default(), of);
                    sheet(&mut xml, book)?;
                    book.end()?;
                }
                _ => {}
            },
            Event::Eof if is_spreadsheet => return Ok(()),
            Event::Eof => {
                let message = "The file is an OpenDocument text or drawing, not a spreadsheet.";
                return Err(Error::new(
                    ErrorKind::NotATable,
                    message,
                    "Export the tickets from the tool itself as CSV.",
                ));
            }
            _ => {}
        }
    }
}

/// Reads the rows of a sheet up to its end.
fn sheet(xml: &mut Xml<'_>, book: &mut Book<'_, '_>) -> Result<()> {
    let (mut row, mut repeats) = (0_u64, 1_u64);
    let mut column = 0_usize;
    let (mut text, mut inner) = (String::new(), String::new());
    loop {
        match xml.next()? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "table-row" => {
                    repeats = numeric(&tag, "number-rows-repeated").unwrap_or(1);
                    column = 0;
                }
                "table-cell" | "covered-table-cell" => {
                    let times = numeric(&tag, "number-columns-repeated").unwrap_or(1);
                    let valued = value(&tag, &mut text);
                    inner.clear();
                    paragraphs(xml, &mut inner)?;
                    let text = if valued { &text } else { &inner };
                    column = cells(book, row, column, times, text)?;
                }
                // Pictures, remarks and the like on the sheet.
                "shapes" | "annotation" => xml.skip()?,
                _ => {}
            },
            Event::Empty(tag) => match tag.local_name().as_ref() {
                "table-row" => row = row.saturating_add(numeric(&tag, "number-rows-repeated").unwrap_or(1)),
                "table-cell" | "covered-table-cell" => {
                    let times = numeric(&tag, "number-columns-repeated").unwrap_or(1);
                    if !value(&tag, &mut text) {
                        text.clear();
                    }
                    column = cells(book, row, column, times, &text)?;
                }
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "table-row" => {
                    if repeats > 1 && column > 0 {
                        book.repeat(row, repeats - 1)?;
                    }
                    row = row.saturating_add(repeats);
                }
                "table" => return Ok(()),
                _ => {}
            },
            Event::Eof => return Err(xml.ended()),
            _ => {}
        }
    }
}

/// Hands over a cell as often as it says that it repeats; answers the column behind it.
fn cells(book: &mut Book<'_, '_>, row: u64, column: usize, times: usize, text: &str) -> Result<usize> {
    let behind = column.saturating_add(times.max(1));
    if !text.is_empty() {
        for column in column..behind {
            book.cell(row, column, text.as_bytes())?;
        }
    }
    Ok(behind)
}

/// The value that a cell states beside its text; answers whether there is one.
fn value(tag: &BytesStart<'_>, to: &mut String) -> bool {
    to.clear();
    let mut put = |name: &str| match attribute(tag, name) {
        Some(value) => {
            to.push_str(&value);
            true
        }
        None => false,
    };
    match attribute(tag, "value-type").as_deref() {
        Some("float" | "percentage" | "currency") => {
            let Some(stated) = attribute(tag, "value") else { return false };
            match stated.parse::<f64>() {
                Ok(parsed) if parsed.is_finite() => number(parsed, to),
                _ => to.push_str(&stated),
            }
            true
        }
        Some("date") => {
            let Some(stated) = attribute(tag, "date-value") else { return false };
            // Whole seconds, and a space as in every other export.
            to.push_str(&stated.split(['.', ',']).next().unwrap_or_default().replacen('T', " ", 1));
            true
        }
        Some("time") => attribute(tag, "time-value").is_some_and(|stated| {
            if !elapsed(&stated, to) {
                to.push_str(&stated);
            }
            true
        }),
        Some("boolean") => attribute(tag, "boolean-value").is_some_and(|stated| {
            to.push_str(if stated == "true" { "TRUE" } else { "FALSE" });
            true
        }),
        Some("string") => put("string-value"),
        _ => false,
    }
}

/// An ISO 8601 duration of hours, minutes and seconds as `HH:MM:SS`.
fn elapsed(text: &str, to: &mut String) -> bool {
    let (sign, text) = text.strip_prefix('-').map_or(("", text), |text| ("-", text));
    let Some(mut rest) = text.strip_prefix("PT") else { return false };
    let mut seconds = 0_u64;
    for (unit, worth) in [('H', 3_600), ('M', 60), ('S', 1)] {
        if let Some((amount, behind)) = rest.split_once(unit) {
            let Ok(amount) = amount.split(['.', ',']).next().unwrap_or_default().parse::<u32>() else { return false };
            seconds += u64::from(amount) * worth;
            rest = behind;
        }
    }
    // Writing to a string cannot fail.
    let _ = write!(to, "{sign}{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60);
    rest.is_empty()
}

/// Appends the paragraphs up to the end of the cell, a line each; no remarks, no pictures.
fn paragraphs(xml: &mut Xml<'_>, to: &mut String) -> Result<()> {
    let (mut depth, mut in_paragraph, mut first) = (1_usize, 0_usize, true);
    while depth > 0 {
        match xml.next()? {
            Event::Start(tag) => {
                match tag.local_name().as_ref() {
                    "annotation" | "frame" | "shapes" => {
                        xml.skip()?;
                        continue;
                    }
                    "p" | "h" if in_paragraph == 0 => {
                        if !std::mem::replace(&mut first, false) {
                            to.push('\n');
                        }
                        in_paragraph = depth + 1;
                    }
                    _ => {}
                }
                depth += 1;
            }
            Event::Empty(tag) if in_paragraph > 0 => match tag.local_name().as_ref() {
                "s" => {
                    let count: usize = numeric(&tag, "c").unwrap_or(1);
                    to.extend(std::iter::repeat_n(' ', count.min(TEXT_CAP)));
                }
                "tab" => to.push('\t'),
                "line-break" => to.push('\n'),
                _ => {}
            },
            Event::Empty(tag)
                if matches!(tag.local_name().as_ref(), "p" | "h") && !std::mem::replace(&mut first, false) =>
            {
                to.push('\n');
            }
            Event::End(_) => {
                if depth == in_paragraph {
                    in_paragraph = 0;
                }
                depth -= 1;
            }
            Event::Text(text) if in_paragraph > 0 => to.push_str(&text.xml10_content()),
            Event::CData(text) if in_paragraph > 0 => to.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) if in_paragraph > 0 => push_reference(&reference, to),
            Event::Eof => return Err(xml.ended()),
            _ => {}
        }
        if to.len() > TEXT_CAP {
            let message = format!("A text of the workbook has more than {} MiB.", TEXT_CAP >> 20);
            return Err(Error::new(ErrorKind::TooLarge, message, "Leave its column out."));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_become_hours() {
        for (iso, is) in [("PT08H30M00S", "08:30:00"), ("PT49H30M00.5S", "49:30:00"), ("-PT5M", "-00:05:00")] {
            let mut text = String::new();
            assert!(elapsed(iso, &mut text), "{iso}");
            assert_eq!(text, is);
        }
        assert!(!elapsed("P3D", &mut String::new()));
    }
}
