//! Inputs that once broke something, or that are made to: each is read in pieces of several sizes, ends in a report that
//! accounts for every row or in an error with a remedy, and does the same every time.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a failing test may panic")]

use std::path::Path;

use flowgauge::{Options, Query, Session};

fn outcome(bytes: &[u8], piece: usize) -> Result<String, String> {
    let run = || -> flowgauge::Result<String> {
        let mut session = Session::new(Options::default())?;
        session.start_file("input")?;
        for part in bytes.chunks(piece) {
            session.push(part)?;
        }
        session.finish_file()?;
        let engine = session.finish()?;
        let report = engine.report(&Query::default())?;
        for (number, file) in report.input.files.iter().enumerate() {
            assert_eq!(file.rows_read, file.rows_used + file.rows_set_aside);
            assert_eq!(file.rows_set_aside, engine.rejects(number).len() as u64);
        }
        report.to_json()
    };
    run().map_err(|error| {
        assert!(!error.message.is_empty() && !error.remedy.is_empty(), "{error:?}");
        error.to_string()
    })
}

#[test]
fn nothing_breaks_twice() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/regressions");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let whole = outcome(&bytes, usize::MAX);
        for piece in [1, 7, 4096] {
            assert_eq!(outcome(&bytes, piece), whole, "{} in pieces of {piece}", path.display());
        }
        count += 1;
    }
    assert!(count >= 15, "the corpus is where it belongs");
}
