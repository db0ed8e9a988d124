//! How a file was read, for people: what was decided and why, and the first rows.

use std::collections::BTreeMap;

use flowgauge::ingest::{Aside, Input, Piece, Reading, TextEncoding};
use flowgauge::words::{count, plural};
use flowgauge::{Error, ErrorKind};

use super::failure::Failure;
use super::summary::Page;
use super::terminal::{table, value};

/// Rows that are shown.
const ROWS: usize = 10;

/// Most columns that are shown.
const COLUMNS: usize = 12;

/// A table of the file.
#[derive(Default)]
pub struct Seen {
    /// Its name; empty where the file is one table.
    pub name: String,
    /// How it was read.
    pub reading: Option<Box<Reading>>,
    names: Vec<String>,
    encoding: TextEncoding,
    first: Vec<Vec<Vec<u8>>>,
    rows: u64,
    aside: BTreeMap<Aside, (u64, Vec<u64>)>,
}

/// The tables of a file, and the parts that are none.
#[derive(Default)]
pub struct Tables {
    /// In the order of the file.
    pub tables: Vec<Seen>,
    skipped: Vec<(String, Error)>,
}

impl Tables {
    /// Takes what reading hands over.
    fn take(&mut self, piece: Piece<'_>) {
        if let Piece::Table(name) = piece {
            self.tables.push(Seen { name: name.to_owned(), ..Seen::default() });
            return;
        }
        let Some(seen) = self.tables.last_mut() else { return };
        match piece {
            Piece::Header(header) => {
                seen.names.clone_from(&header.names);
                seen.encoding = header.encoding;
            }
            Piece::Row(record) => {
                seen.rows += 1;
                if seen.first.len() < ROWS {
                    seen.first.push(record.cells().map(<[u8]>::to_vec).collect());
                }
            }
            Piece::Aside(record, why) => {
                let (times, rows) = seen.aside.entry(why).or_default();
                *times += 1;
                if rows.len() < ROWS {
                    rows.push(record.row());
                }
            }
            Piece::End(reading) => {
                seen.encoding = reading.encoding;
                seen.reading = Some(reading);
            }
            Piece::Skipped(name, error) => self.skipped.push((name.to_owned(), error)),
            _ => {}
        }
    }

    /// Takes the next bytes of the file.
    pub fn push(&mut self, input: &mut Input, bytes: &[u8]) -> Result<(), Error> {
        input.push(bytes, &mut |piece| {
            self.take(piece);
            Ok(())
        })
    }

    /// Ends the file; `wanted` names the only table of interest.
    pub fn finish(mut self, input: &mut Input, wanted: Option<&str>, file: &str) -> Result<Self, Failure> {
        input
            .finish(&mut |piece| {
                self.take(piece);
                Ok(())
            })
            .map_err(|error| error.in_file(file))?;
        let names: Vec<String> = self.tables.iter().map(|seen| format!("\"{}\"", seen.name)).collect();
        self.tables.retain(|seen| seen.reading.is_some() && wanted.is_none_or(|name| seen.name == name));
        if self.tables.is_empty() {
            let message = format!("The file has no such table; its tables are {}.", names.join(", "));
            return Err(Error::new(ErrorKind::BadQuery, message, "Name one of them with --table.")
                .in_file(file)
                .into());
        }
        Ok(self)
    }

    /// All of it, ready to print.
    pub fn summary(&self, file: &str) -> String {
        let mut page = Page::new();
        for seen in &self.tables {
            seen.write(file, &mut page);
        }
        for (name, error) in &self.skipped {
            page.quote(&format!("! {name} was not read: {}", error.message));
        }
        page.text()
    }
}

impl Seen {
    fn write(&self, file: &str, page: &mut Page) {
        let Some(reading) = &self.reading else { return };
        let name = if self.name.is_empty() { file.to_owned() } else { format!("{file}/{}", self.name) };
        page.quoted_heading(&name);
        let dialect = &reading.dialect;
        let rows: Vec<String> = dialect.header_rows.iter().map(u64::to_string).collect();
        for (what, found, why) in [
            ("Container", dialect.container.clone(), ""),
            ("Encoding", dialect.encoding.clone(), dialect.encoding_reason.as_str()),
            ("Delimiter", spelled(&dialect.delimiter), dialect.delimiter_reason.as_str()),
            ("Quote", spelled(&dialect.quote), dialect.quote_reason.as_str()),
            ("Escape", spelled(&dialect.escape), ""),
            ("Line ends", spelled(&dialect.line_ends), ""),
            (
                "Header",
                if rows.is_empty() { "none".to_owned() } else { rows.join(", ") },
                dialect.header_reason.as_str(),
            ),
        ] {
            page.quote(format!("{what:<10} {found}  {why}").trim_end());
        }
        page.line(&format!(
            "{:<10} {} and {}",
            "Size",
            plural(self.rows, "row", "rows"),
            plural(self.names.len() as u64, "column", "columns")
        ));
        for (why, (times, rows)) in &self.aside {
            let what = match why {
                Aside::Totals => "hold totals",
                Aside::RepeatedHeader => "repeat the header",
                _ => "are text that is not in columns",
            };
            let rows: Vec<String> = rows.iter().map(u64::to_string).collect();
            page.line(&format!("! {} {what} (rows {})", count(*times), rows.join(", ")));
        }
        for note in &reading.notes {
            let rows: Vec<String> = note.rows.iter().map(u64::to_string).collect();
            let at = if rows.is_empty() { String::new() } else { format!(" (rows {})", rows.join(", ")) };
            page.quote(&format!("! {}{at}", note.message));
        }
        page.line("");
        let head = self.names.iter().take(COLUMNS).map(|name| value(name).content());
        let mut shown = table(head);
        for cells in &self.first {
            shown.add_row(
                cells.iter().take(COLUMNS.min(self.names.len())).map(|cell| value(&self.encoding.decode(cell))),
            );
        }
        page.table(&shown, 0);
        if self.names.len() > COLUMNS {
            page.line(&format!("  and {} more columns", self.names.len() - COLUMNS));
        }
    }
}

/// A character as it is named; those that cannot be seen by their names.
fn spelled(text: &str) -> String {
    match text {
        "" => "none".to_owned(),
        "\t" => "tab".to_owned(),
        " " => "space".to_owned(),
        other => other.to_owned(),
    }
}
