//! From files to an engine: open a session, push bytes, finish, ask for reports.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::compute;
use crate::error::{Error, ErrorKind, Result};
use crate::ingest::Extract;
use crate::mapping::{Choices, DateOrder, MAPPING_VERSION, Mapping};
use crate::query::Query;
use crate::report::{DimensionInfo, FileReport, Input, Report, TicketDetail, Warning};
use crate::worklog::{Built, FileRead, FileReader, Preview, Reason, Settings, WorkLog, assemble};

/// What a caller can settle before reading.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// IANA zone of timestamps that name none, and of local midnights. Default: UTC.
    pub zone: Option<String>,
    /// Answer to the question whether 03/04 is 3 April or 4 March, for every column that leaves it open.
    pub date_order: Option<DateOrder>,
    /// Mappings to use instead of a proposal; each applies to the files that have its fingerprint.
    pub mappings: Vec<Mapping>,
    /// How to read the text of a file where what would be decided from it is wrong, by the file's name; `*` stands for
    /// every file without an entry of its own.
    pub reading: BTreeMap<String, Choices>,
}

/// How far reading has come.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
pub struct Progress {
    /// Bytes taken in, as given (packed), over all files.
    pub bytes: u64,
    /// Data rows read, over all files.
    pub rows: u64,
}

/// Reads files chunk by chunk: `start_file`, `push` any number of times, `finish_file`; again for more files; `finish`.
pub struct Session {
    settings: Settings,
    open: Option<FileReader>,
    files: Vec<FileRead>,
    bytes: u64,
}

fn bad_call(message: &str) -> Error {
    Error::new(ErrorKind::BadCall, message, "Call start_file, push, finish_file and finish in this order.")
}

impl Session {
    /// A session without files.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownZone`] for a zone that is not in the IANA database; [`ErrorKind::BadMapping`] for a mapping
    /// of another version.
    pub fn new(options: Options) -> Result<Self> {
        let parse = |name: &str| {
            name.parse::<Tz>().map_err(|_| {
                Error::new(
                    ErrorKind::UnknownZone,
                    format!("\"{name}\" is no time zone."),
                    "Use a name of the IANA database, such as Europe/Berlin or UTC.",
                )
            })
        };
        let zone = options.zone.as_deref().map(parse).transpose()?;
        for mapping in &options.mappings {
            parse(&mapping.zone)?;
            if mapping.version != MAPPING_VERSION {
                return Err(Error::new(
                    ErrorKind::BadMapping,
                    format!("The mapping has version {}, expected {MAPPING_VERSION}.", mapping.version),
                    "Make a new one from the file.",
                ));
            }
        }
        let settings =
            Settings { zone, date_order: options.date_order, mappings: options.mappings, reading: options.reading };
        Ok(Self { settings, open: None, files: Vec::new(), bytes: 0 })
    }

    /// Begins a file.
    ///
    /// # Errors
    /// [`ErrorKind::BadCall`] while another file is open.
    pub fn start_file(&mut self, name: &str) -> Result<()> {
        if self.open.is_some() {
            return Err(bad_call("A file is still open."));
        }
        self.open = Some(FileReader::new(name, &self.settings));
        Ok(())
    }

    /// Takes the next bytes of the file, in pieces of any size.
    ///
    /// # Errors
    /// What is wrong with the bytes, with file, row and column where known. The session is of no use afterwards.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Progress> {
        let Some(file) = &mut self.open else { return Err(bad_call("No file is open.")) };
        file.push(bytes)?;
        self.bytes += bytes.len() as u64;
        Ok(self.progress())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// What only shows at the end: an empty file, a truncated archive, no rows, dates that never parse.
    pub fn finish_file(&mut self) -> Result<Progress> {
        let Some(file) = self.open.take() else { return Err(bad_call("No file is open.")) };
        self.files.extend(file.finish()?);
        Ok(self.progress())
    }

    /// The first rows of the open file, once its columns are chosen: within the first two MiB of its text.
    pub fn preview(&self) -> Option<Preview> {
        self.open.as_ref()?.preview()
    }

    fn progress(&self) -> Progress {
        let done: u64 = self.files.iter().map(|f| f.rows_read).sum();
        Progress { bytes: self.bytes, rows: done + self.open.as_ref().map_or(0, FileReader::rows) }
    }

    /// Settles what needed the whole input and builds the engine. With a blocking doubt the engine has mappings and
    /// nothing else: answer the doubt and read again.
    ///
    /// # Errors
    /// [`ErrorKind::NothingUsable`] where every row was set aside; [`ErrorKind::BadCall`] without a file.
    pub fn finish(self) -> Result<Engine> {
        if self.open.is_some() || self.files.is_empty() {
            return Err(bad_call("No file was read to its end."));
        }
        Engine::new(self.files)
    }
}

/// A parsed input that answers any number of queries.
#[derive(Debug)]
pub struct Engine {
    mappings: Vec<Mapping>,
    input: Input,
    log: WorkLog,
    rejects: Vec<Vec<(u32, Reason)>>,
}

impl Engine {
    fn new(files: Vec<FileRead>) -> Result<Self> {
        let names: Vec<String> = files.iter().map(|f| f.mapping.file.clone()).collect();
        let mut mappings: Vec<Mapping> = files.iter().map(|f| f.mapping.clone()).collect();
        let mut warnings: Vec<Warning> = files.iter().flat_map(|f| f.warnings.iter().cloned()).collect();
        let mut reports: Vec<FileReport> = files.iter().map(file_report).collect();
        let Some(Built { log, set_aside, examples, rejects, states, early_events }) = assemble(files) else {
            return Err(bad_call("No file was read."));
        };
        let blocked = mappings.iter().any(|m| m.doubts.iter().any(|d| d.blocking));
        for (report, reasons) in reports.iter_mut().zip(&set_aside) {
            report.set_aside_by_reason = reasons.iter().map(|(r, n)| (r.name().to_owned(), *n)).collect();
            report.rows_set_aside = reasons.values().sum();
            report.rows_used = report.rows_read.saturating_sub(report.rows_set_aside);
        }
        if log.is_empty() && !blocked {
            let why = set_aside
                .iter()
                .flatten()
                .map(|(reason, count)| format!("{count} {}", reason.words()))
                .collect::<Vec<_>>()
                .join(", ");
            let row = examples.values().flatten().min().copied();
            let mut error = Error::new(
                ErrorKind::NothingUsable,
                format!("Every row was set aside: {why}."),
                "Check the columns and dates in the mapping.",
            )
            .in_file(&names.join(", "));
            error.position.row = row;
            return Err(error);
        }
        for mapping in &mut mappings {
            FileRead::state_doubts(mapping, &states);
        }
        warnings.extend(examples.iter().map(|(reason, rows)| set_aside_warning(*reason, &set_aside, rows)));
        if early_events > 0 {
            warnings.push(Warning {
                code: "events_before_opened".to_owned(),
                message: format!(
                    "{early_events} changes are dated before their ticket was opened; their history starts there."
                ),
                count: early_events,
                rows: Vec::new(),
            });
        }
        warnings.extend(crate::worklog::inspect(&log));
        let dimensions = log
            .dimensions
            .iter()
            .map(|d| DimensionInfo { name: d.name.clone(), label: d.label.clone(), values: d.dictionary.len() as u64 })
            .collect();
        Ok(Self { mappings, input: Input { files: reports, warnings, dimensions }, log, rejects })
    }

    /// The mapping of each file, as settled, with the doubts that remain.
    pub fn mappings(&self) -> &[Mapping] {
        &self.mappings
    }

    /// Every row of a table that was set aside, in the order of the file: row (as a spreadsheet counts) and reason.
    /// `table` is the position among [`Engine::mappings`].
    pub fn rejects(&self, table: usize) -> &[(u32, Reason)] {
        self.rejects.get(table).map_or(&[], Vec::as_slice)
    }

    /// What writes a table as it was read, given its file's bytes again. `table` is the position among
    /// [`Engine::mappings`].
    ///
    /// # Errors
    /// [`ErrorKind::BadQuery`] for a position out of range.
    pub fn extract_table(&self, table: usize) -> Result<Extract> {
        let mapping = self.mapping(table)?;
        Ok(Extract::table(&mapping.table, &mapping.dialect.choices()))
    }

    /// What writes the rows of a table that were set aside, with their reasons, given its file's bytes again.
    ///
    /// # Errors
    /// As [`Engine::extract_table`].
    pub fn extract_rejects(&self, table: usize) -> Result<Extract> {
        let mapping = self.mapping(table)?;
        let rows = self.rejects(table).iter().map(|(row, reason)| (*row, reason.name().to_owned())).collect();
        Ok(Extract::rejects(&mapping.table, &mapping.dialect.choices(), rows))
    }

    fn mapping(&self, table: usize) -> Result<&Mapping> {
        self.mappings.get(table).ok_or_else(|| {
            let message = format!("There is no table {table}; expected a number below {}.", self.mappings.len());
            Error::new(ErrorKind::BadQuery, message, "Take the position of its mapping among the mappings.")
        })
    }

    /// The work log, for callers that compute figures of their own.
    pub fn log(&self) -> &WorkLog {
        &self.log
    }

    /// Answers a query.
    ///
    /// # Errors
    /// [`ErrorKind::DateOrderOpen`] while a blocking doubt is open; [`ErrorKind::BadQuery`] for a query that names
    /// what does not exist.
    pub fn report(&self, query: &Query) -> Result<Report> {
        self.answered()?;
        compute::report(&self.log, &self.input, query)
    }

    /// One ticket's timeline, by its number in `points.ticket`.
    ///
    /// # Errors
    /// [`ErrorKind::BadQuery`] for a number out of range, and as for [`Engine::report`].
    pub fn ticket(&self, ticket: u32, query: &Query) -> Result<TicketDetail> {
        self.answered()?;
        compute::ticket(&self.log, ticket as usize, query)
    }

    fn answered(&self) -> Result<()> {
        for mapping in &self.mappings {
            if let Some(doubt) = mapping.doubts.iter().find(|d| d.blocking) {
                let header =
                    mapping.fields.iter().find(|f| f.field.name() == doubt.subject).and_then(|f| f.header.clone());
                return Err(Error::new(
                    ErrorKind::DateOrderOpen,
                    doubt.question.clone(),
                    "Answer it in the mapping (date_order), or with --date-order day-first or month-first.",
                )
                .in_file(&mapping.file)
                .in_column(header.unwrap_or_else(|| doubt.subject.clone())));
            }
        }
        Ok(())
    }
}

fn file_report(file: &FileRead) -> FileReport {
    let Mapping { file: name, table, .. } = &file.mapping;
    FileReport {
        name: if table.is_empty() { name.clone() } else { format!("{name}/{table}") },
        bytes: file.reading.bytes,
        sha256: file.reading.sha256.clone(),
        profile: file.mapping.profile.id.clone(),
        shape: file.shape,
        rows_read: file.rows_read,
        rows_used: 0,
        rows_set_aside: 0,
        set_aside_by_reason: BTreeMap::new(),
    }
}

fn set_aside_warning(reason: Reason, set_aside: &[BTreeMap<Reason, u64>], rows: &[u64]) -> Warning {
    let count: u64 = set_aside.iter().filter_map(|f| f.get(&reason)).sum();
    let code =
        if reason == Reason::Duplicate { "duplicates".to_owned() } else { format!("set_aside_{}", reason.name()) };
    Warning { code, message: format!("{count} rows set aside: {}.", reason.words()), count, rows: rows.to_vec() }
}
