//! What must hold for every input. Each target makes inputs of its kind and holds them to these laws.

use flowgauge::ingest::{Choices, Input, Piece};
use flowgauge::{Options, Query, Session};

/// What a file was read as: its tables with their cells, or the error.
#[derive(Debug, PartialEq)]
pub struct Read {
    /// For each table its name, then its records: kind, row number, cells.
    tables: Vec<(String, Vec<(&'static str, u64, Vec<Vec<u8>>)>)>,
    error: Option<String>,
}

/// Reads bytes that come in pieces of this size.
pub fn read(bytes: &[u8], piece: usize) -> Read {
    let mut tables: Vec<(String, Vec<_>)> = Vec::new();
    let mut ended = 0;
    let mut take = |piece: Piece<'_>| {
        match piece {
            Piece::Table(name) => tables.push((name.to_owned(), Vec::new())),
            Piece::Header(header) => {
                let names = header.names.iter().map(|name| name.clone().into_bytes()).collect();
                tables.last_mut().expect("a header belongs to a table").1.push(("header", 0, names));
            }
            Piece::Row(record) => {
                let cells = record.cells().map(<[u8]>::to_vec).collect();
                tables.last_mut().expect("a row belongs to a table").1.push(("row", record.row(), cells));
            }
            Piece::Aside(record, _) => {
                let cells = record.cells().map(<[u8]>::to_vec).collect();
                tables.last_mut().expect("a row belongs to a table").1.push(("aside", record.row(), cells));
            }
            Piece::End(_) => ended += 1,
            _ => {}
        }
        Ok(())
    };
    let mut input = Input::new(&Choices::default());
    let mut outcome = Ok(());
    for part in bytes.chunks(piece.max(1)) {
        outcome = input.push(part, &mut take);
        if outcome.is_err() {
            break;
        }
    }
    let outcome = outcome.and_then(|()| input.finish(&mut take));
    if outcome.is_ok() {
        assert!(ended > 0 || tables.is_empty(), "a table that began has an end");
        for (_, records) in &tables {
            let rows: Vec<u64> = records.iter().filter(|(kind, ..)| *kind != "header").map(|(_, row, _)| *row).collect();
            assert!(rows.is_sorted(), "rows come in their order");
        }
    }
    Read { tables, error: outcome.err().map(|error| error.to_string()) }
}

/// Where the pieces are cut makes no difference to what was read; with an error, no difference to the error.
pub fn cuts_do_not_matter(bytes: &[u8], piece: usize) {
    let (whole, cut) = (read(bytes, usize::MAX), read(bytes, piece));
    assert_eq!(whole.error, cut.error);
    if whole.error.is_none() {
        assert_eq!(whole, cut);
    }
}

/// Files go in; a report comes out that accounts for every row, or an error that says what to do.
pub fn every_row_is_accounted_for(files: &[&[u8]]) {
    let run = || -> flowgauge::Result<()> {
        let mut session = Session::new(Options::default())?;
        for (number, bytes) in files.iter().enumerate() {
            session.start_file(&format!("{number}.csv"))?;
            for piece in bytes.chunks(4096) {
                session.push(piece)?;
            }
            session.finish_file()?;
        }
        let engine = session.finish()?;
        for mapping in engine.mappings() {
            assert!(mapping.profile.confidence.is_finite());
        }
        let report = engine.report(&Query::default())?;
        for (number, file) in report.input.files.iter().enumerate() {
            assert_eq!(file.rows_read, file.rows_used + file.rows_set_aside, "{}", file.name);
            assert_eq!(file.rows_set_aside, engine.rejects(number).len() as u64, "{}", file.name);
            assert_eq!(file.rows_set_aside, file.set_aside_by_reason.values().sum::<u64>(), "{}", file.name);
        }
        report.to_json()?;
        Ok(())
    };
    if let Err(error) = run() {
        assert!(!error.message.is_empty() && !error.remedy.is_empty(), "{error:?}");
    }
}
