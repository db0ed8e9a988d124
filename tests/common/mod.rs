//! What the tests of the whole pipeline share: bytes in, engine out.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may panic and read files")]

use std::path::PathBuf;

use flowgauge::{Engine, Error, Options, Query, Report, Session};

/// Reads one file's bytes, handed over in pieces of `chunk` bytes.
pub fn read_chunked(name: &str, bytes: &[u8], chunk: usize, options: Options) -> Result<Engine, Error> {
    let mut session = Session::new(options)?;
    session.start_file(name)?;
    for piece in bytes.chunks(chunk.max(1)) {
        session.push(piece)?;
    }
    session.finish_file()?;
    session.finish()
}

/// Reads one file's bytes.
pub fn read(name: &str, bytes: &[u8]) -> Result<Engine, Error> {
    read_chunked(name, bytes, 1 << 16, Options::default())
}

/// The report of one file's bytes.
pub fn report(name: &str, bytes: &[u8]) -> Report {
    read(name, bytes).unwrap().report(&Query::default()).unwrap()
}

/// A file of `tests/fixtures`.
pub fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)).unwrap()
}

/// A file of the real data that `FLOWGAUGE_DATA` names; says so where it names none.
pub fn real(name: &str) -> Option<Vec<u8>> {
    let Ok(folder) = std::env::var("FLOWGAUGE_DATA") else {
        println!("not run: FLOWGAUGE_DATA names no folder of real ticket data");
        return None;
    };
    Some(std::fs::read(PathBuf::from(folder).join(name)).unwrap())
}
