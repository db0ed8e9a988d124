//! A file as its tables, in texts to compare.

use flowgauge::Error;
use flowgauge::ingest::{Choices, Input, Piece, Reading, TextEncoding};

/// What an input handed over.
#[derive(Debug, Default, PartialEq)]
pub struct Tables {
    /// Names of the columns.
    pub names: Vec<String>,
    /// Rows of the header.
    pub header_rows: Vec<u64>,
    /// Rows, with their numbers.
    pub rows: Vec<(u64, Vec<String>)>,
    /// What is no row.
    pub aside: Vec<(u64, String)>,
    /// How it was read.
    pub reading: Option<Reading>,
}

/// Reads a file in pieces of this size.
pub fn tables(bytes: &[u8], choices: &Choices, chunk: usize) -> Result<Tables, Error> {
    let mut found = Tables::default();
    let mut raw: Vec<(u64, Vec<Vec<u8>>)> = Vec::new();
    let mut encoding = TextEncoding::UTF_8;
    let mut sink = |piece: Piece<'_>| {
        match piece {
            Piece::Header(header) => {
                found.names.clone_from(&header.names);
                found.header_rows.clone_from(&header.rows);
            }
            Piece::Row(record) => raw.push((record.row(), record.cells().map(<[u8]>::to_vec).collect())),
            Piece::Aside(record, why) => found.aside.push((record.row(), format!("{why:?}"))),
            Piece::End(reading) => {
                encoding = reading.encoding;
                found.reading = Some(*reading);
            }
            _ => {}
        }
        Ok(())
    };
    let mut input = Input::new(choices);
    for piece in bytes.chunks(chunk.max(1)) {
        input.push(piece, &mut sink)?;
    }
    input.finish(&mut sink)?;
    let text = |cells: Vec<Vec<u8>>| cells.iter().map(|cell| encoding.decode(cell).into_owned()).collect();
    found.rows = raw.into_iter().map(|(row, cells)| (row, text(cells))).collect();
    Ok(found)
}

impl Tables {
    /// Everything, for people and for snapshots.
    pub fn describe(&self) -> String {
        let mut lines = Vec::new();
        if let Some(reading) = &self.reading {
            let d = &reading.dialect;
            lines.push(format!("encoding   {} - {}", d.encoding, d.encoding_reason));
            lines.push(format!("delimiter  {:?} - {}", d.delimiter, d.delimiter_reason));
            lines.push(format!("quote      {:?} escape {:?} - {}", d.quote, d.escape, d.quote_reason));
            lines.push(format!("line ends  {}", d.line_ends));
            lines.push(format!("header     {:?} - {}", d.header_rows, d.header_reason));
            for note in &reading.notes {
                lines.push(format!(
                    "note       {} {:?} ({}) - {}",
                    note.code.name(),
                    note.rows,
                    note.count,
                    note.message
                ));
            }
        }
        let short = |text: &String| text.chars().take(40).collect::<String>();
        let cells = |cells: &[String]| cells.iter().map(short).collect::<Vec<_>>().join(" | ");
        lines.push(format!("names      {}", cells(&self.names)));
        lines.extend(self.rows.iter().map(|(row, texts)| format!("{row:>10} {}", cells(texts))));
        lines.extend(self.aside.iter().map(|(row, why)| format!("{row:>10} aside: {why}")));
        lines.join("\n")
    }
}
