//! The rows that were set aside, of all files in one table: `file`, `row`, `reason`, then every column that any of the
//! tables has. A column that a table lacks is empty in its rows.

use flowgauge::Error;
use flowgauge::ingest::{Choices, Input, Piece, Record, write_line};

/// Rejects of several tables.
#[derive(Default)]
pub struct Rejects {
    /// Each column: its name, and which of the columns of that name in its table it is.
    columns: Vec<(String, usize)>,
    /// File, then the cells with their columns.
    rows: Vec<(String, Vec<(usize, String)>)>,
}

impl Rejects {
    /// Adds the rejects of a table, as [`flowgauge::ingest::Extract`] wrote them.
    pub fn add(&mut self, file: &str, csv: &[u8]) -> Result<(), Error> {
        let some = |text: &str| Some(text.to_owned());
        let choices = Choices {
            encoding: some("utf-8"),
            delimiter: some(","),
            quote: some("\""),
            escape: some("\""),
            header_row: Some(1),
        };
        let mut own: Vec<(String, usize)> = Vec::new();
        let mut places = Vec::new();
        let mut take = |piece: Piece<'_>| {
            match piece {
                Piece::Header(header) => {
                    for name in &header.names {
                        let before = own.iter().filter(|(n, _)| n == name).count();
                        own.push((name.clone(), before));
                    }
                    places = own.iter().map(|column| self.place(column)).collect();
                }
                Piece::Row(record) | Piece::Aside(record, _) => self.row(file, record, &mut places),
                _ => {}
            }
            Ok(())
        };
        let mut input = Input::new(&choices);
        input.push(csv, &mut take)?;
        input.finish(&mut take)
    }

    fn row(&mut self, file: &str, record: &Record<'_>, places: &mut Vec<usize>) {
        // Cells beyond the header are kept in columns of their own.
        for extra in places.len()..record.len() {
            places.push(self.place(&(format!("Column {}", extra - 1), 0)));
        }
        let cells = record.cells().zip(places.iter());
        let text = |cell: &[u8]| String::from_utf8_lossy(cell).into_owned();
        self.rows.push((file.to_owned(), cells.map(|(cell, place)| (*place, text(cell))).collect()));
    }

    fn place(&mut self, column: &(String, usize)) -> usize {
        self.columns.iter().position(|known| known == column).unwrap_or_else(|| {
            self.columns.push(column.clone());
            self.columns.len() - 1
        })
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The table as CSV.
    pub fn csv(&self) -> Vec<u8> {
        let mut out = Vec::new();
        if self.columns.is_empty() {
            write_line(["file", "row", "reason"].into_iter(), &mut out);
            return out;
        }
        write_line(std::iter::once("file").chain(self.columns.iter().map(|(name, _)| name.as_str())), &mut out);
        for (file, cells) in &self.rows {
            let mut line = vec![""; self.columns.len()];
            for (place, text) in cells {
                if let Some(cell) = line.get_mut(*place) {
                    *cell = text;
                }
            }
            write_line(std::iter::once(file.as_str()).chain(line), &mut out);
        }
        out
    }
}
