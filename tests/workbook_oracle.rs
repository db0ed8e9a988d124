//! The workbook reader against calamine, which reads the same files in its own way: every cell must say the same.
#![cfg(feature = "archives")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a failing test may panic")]

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, SheetVisible, open_workbook_auto_from_rs};
use flowgauge::ingest::{Choices, Input, Piece};

mod common;
use common::fixture;

/// Cells by sheet, row (from 1) and column (from 0); blank ones left out.
type Cells = BTreeMap<(String, u64, usize), String>;

fn ours(bytes: &[u8]) -> Cells {
    let mut cells = Cells::new();
    let mut sheet = String::new();
    let mut take = |piece: Piece<'_>| {
        let mut keep = |row: u64, texts: &mut dyn Iterator<Item = String>| {
            for (column, text) in texts.enumerate().filter(|(_, text)| !text.trim().is_empty()) {
                cells.insert((sheet.clone(), row, column), text.trim().to_owned());
            }
        };
        match piece {
            Piece::Table(name) => name.clone_into(&mut sheet),
            Piece::Header(header) => keep(header.rows.first().copied().unwrap_or(0), &mut header.names.iter().cloned()),
            Piece::Row(record) | Piece::Aside(record, _) => {
                keep(record.row(), &mut record.cells().map(|cell| String::from_utf8(cell.to_vec()).unwrap()));
            }
            _ => {}
        }
        Ok(())
    };
    let mut input = Input::new(&Choices::default());
    input.push(bytes, &mut take).unwrap();
    input.finish(&mut take).unwrap();
    cells
}

/// A cell as calamine has it, in the words of our reader.
fn text(data: &Data) -> String {
    match data {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) => text.trim().to_owned(),
        Data::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
        Data::Int(number) => number.to_string(),
        // What a sheet shows: at most 15 digits count.
        Data::Float(number) => number.to_string(),
        Data::DateTime(when) if when.is_duration() => {
            let seconds = (when.as_f64() * 86_400.0).round();
            format!("{:02}:{:02}:{:02}", (seconds / 3600.0).floor(), (seconds / 60.0).floor() % 60.0, seconds % 60.0)
        }
        Data::DateTime(when) => {
            let when = when.as_datetime().unwrap();
            // Seconds are all that a ticket's date has.
            let when = when + chrono::TimeDelta::milliseconds(500);
            when.format(if when.time() < chrono::NaiveTime::from_hms_opt(0, 0, 1).unwrap() {
                "%Y-%m-%d"
            } else {
                "%Y-%m-%d %H:%M:%S"
            })
            .to_string()
        }
        Data::DateTimeIso(iso) => iso.replace('T', " "),
        // PT41H15M00S
        Data::DurationIso(iso) => iso.trim_start_matches("PT").trim_end_matches('S').replace(['H', 'M'], ":"),
    }
}

fn theirs(bytes: &[u8]) -> Cells {
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes.to_vec())).unwrap();
    let mut cells = Cells::new();
    for sheet in book.sheets_metadata().to_vec() {
        assert!(matches!(sheet.visible, SheetVisible::Visible | SheetVisible::Hidden));
        let range = book.worksheet_range(&sheet.name).unwrap();
        let Some((top, left)) = range.start() else { continue };
        for (row, column, data) in range.used_cells() {
            let text = text(data);
            if !text.is_empty() {
                let place = (u64::from(top) + row as u64 + 1, left as usize + column);
                cells.insert((sheet.name.clone(), place.0, place.1), text);
            }
        }
    }
    cells
}

/// Numbers are compared by value: `1e21` and its 22 digits are one.
fn same(a: &str, b: &str) -> bool {
    a == b
        || matches!((a.parse::<f64>(), b.parse::<f64>()), (Ok(x), Ok(y)) if (x - y).abs() <= 1e-14 * x.abs().max(y.abs()))
}

#[test]
fn every_cell_says_what_calamine_says() {
    for name in ["workbook.xlsx", "rich_workbook.xlsx", "workbook.ods"] {
        let bytes = fixture(name);
        let (ours, theirs) = (ours(&bytes), theirs(&bytes));
        assert!(ours.len() > 70, "{name} has cells");
        let wrong: Vec<_> = theirs
            .iter()
            .filter(|(place, text)| !ours.get(place).is_some_and(|found| same(found, text)))
            .map(|(place, text)| (place, text, ours.get(place)))
            .collect();
        assert!(wrong.is_empty(), "{name}: {wrong:#?}");
    }
}
