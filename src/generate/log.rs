//! The log: rows in order of time and number, or the latest row of each ticket in order of number, handed on in chunks.

use std::collections::BTreeMap;

/// Size from which a chunk is handed on.
pub const CHUNK: usize = 64 * 1024;

/// Which rows are written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Keep {
    /// One per change.
    Every,
    /// The last one of each ticket.
    Latest,
}

/// Collects the rows of one second, orders them by ticket, and hands full chunks on.
pub struct Log<'a> {
    sink: &'a mut dyn FnMut(&[u8]),
    chunk: String,
    second: u64,
    rows: Vec<(u32, String)>,
    keep: Keep,
    latest: BTreeMap<u32, String>,
}

impl<'a> Log<'a> {
    /// A log that begins with the header.
    pub fn new(header: &str, keep: Keep, sink: &'a mut dyn FnMut(&[u8])) -> Self {
        Self { sink, chunk: header.to_owned(), second: 0, rows: Vec::new(), keep, latest: BTreeMap::new() }
    }

    /// Adds a row; `at` never goes back.
    pub fn add(&mut self, at: u64, number: u32, row: String) {
        if self.keep == Keep::Latest {
            self.latest.insert(number, row);
            return;
        }
        if at != self.second {
            self.settle();
            self.second = at;
        }
        self.rows.push((number, row));
    }

    fn settle(&mut self) {
        self.rows.sort_by_key(|&(number, _)| number);
        for (_, row) in std::mem::take(&mut self.rows) {
            self.write(&row);
        }
    }

    fn write(&mut self, row: &str) {
        self.chunk.push_str(row);
        if self.chunk.len() >= CHUNK {
            (self.sink)(self.chunk.as_bytes());
            self.chunk.clear();
        }
    }

    /// Hands the rest on.
    pub fn finish(mut self) {
        self.settle();
        for row in std::mem::take(&mut self.latest).into_values() {
            self.write(&row);
        }
        (self.sink)(self.chunk.as_bytes());
    }
}
