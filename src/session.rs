//! From files to an engine: open a session, push bytes, finish, ask for reports.

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::mapping::{DateOrder, Mapping};
use crate::query::Query;
use crate::report::{Report, TicketDetail};

/// What a caller can settle before reading.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(from_wasm_abi))]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// IANA zone of timestamps that name none, and of local midnights. Default: UTC.
    pub zone: Option<String>,
    /// Answer to the question whether 03/04 is 3 April or 4 March, for every column that leaves it open.
    pub date_order: Option<DateOrder>,
    /// Mappings to use instead of a proposal; each applies to the files that have its fingerprint.
    pub mappings: Vec<Mapping>,
}

/// How far reading has come.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Progress {
    /// Bytes taken in, as given (packed), over all files.
    pub bytes: u64,
    /// Data rows read, over all files.
    pub rows: u64,
}

/// Reads files chunk by chunk. `start_file`, `push` any number of times, `finish_file`; again for more files; `finish`.
#[derive(Debug)]
pub struct Session {
    progress: Progress,
}

impl Session {
    /// A session without files.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownZone`] for a zone that is not in the IANA database; [`ErrorKind::BadMapping`].
    pub fn new(_options: Options) -> Result<Self> {
        Ok(Self { progress: Progress::default() })
    }

    /// Begins a file.
    ///
    /// # Errors
    /// [`ErrorKind::BadCall`] while another file is open.
    pub fn start_file(&mut self, _name: &str) -> Result<()> {
        Ok(())
    }

    /// Takes the next bytes of the file, in pieces of any size.
    ///
    /// # Errors
    /// What is wrong with the bytes, with file, row and column where known.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Progress> {
        self.progress.bytes += bytes.len() as u64;
        Ok(self.progress)
    }

    /// Ends the file.
    ///
    /// # Errors
    /// What only shows at the end: an empty file, a truncated archive, no rows, dates that never parse.
    pub fn finish_file(&mut self) -> Result<Progress> {
        Ok(self.progress)
    }

    /// Settles what needed the whole input and builds the engine.
    ///
    /// # Errors
    /// [`ErrorKind::NothingUsable`] where every row was set aside; [`ErrorKind::BadCall`] without a file.
    pub fn finish(self) -> Result<Engine> {
        Ok(Engine { mappings: Vec::new() })
    }
}

/// A parsed input that answers any number of queries.
#[derive(Debug)]
pub struct Engine {
    mappings: Vec<Mapping>,
}

impl Engine {
    /// The mapping of each file, as settled, with the doubts that remain.
    pub fn mappings(&self) -> &[Mapping] {
        &self.mappings
    }

    /// Answers a query.
    ///
    /// # Errors
    /// [`ErrorKind::DateOrderOpen`] while a blocking doubt is open; [`ErrorKind::BadQuery`] for a query that names
    /// what does not exist.
    pub fn report(&self, _query: &Query) -> Result<Report> {
        Err(Error::new(ErrorKind::BadCall, "Nothing was read.", "Read a file first."))
    }

    /// One ticket's timeline, by its number in `points.ticket`.
    ///
    /// # Errors
    /// [`ErrorKind::BadQuery`] for a number out of range.
    pub fn ticket(&self, _ticket: u32, _query: &Query) -> Result<TicketDetail> {
        Err(Error::new(ErrorKind::BadCall, "Nothing was read.", "Read a file first."))
    }
}
