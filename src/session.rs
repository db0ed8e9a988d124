//! From files to an engine: open a session, push bytes, finish, ask for reports.

mod input;

use std::cell::RefCell;
use std::collections::BTreeMap;

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::compute::{self, Memo};
use crate::error::{Error, ErrorKind, Result};
use crate::ingest::Extract;
use crate::mapping::{Choices, DateOrder, DoubtKind, Field, MAPPING_VERSION, Mapping, NumberDate, Role};
use crate::query::Query;
use crate::report::{
    DimensionInfo, Explanation, FileReport, Input, LinkDetail, LinkReport, Report, TicketDetail, Warning,
};
use crate::words;
use crate::worklog::{
    Assembled, Fate, FileRead, FileReader, Link, Preview, Reason, RoleLog, Settings, WorkLog, World, assemble,
    settle_meanings, sort_warnings,
};

/// What a caller can settle before reading.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// IANA zone of timestamps that name none, and of local midnights. Default: UTC.
    pub zone: Option<String>,
    /// Answer to the question whether 03/04 is 3 April or 4 March, for every column that leaves it open.
    pub date_order: Option<DateOrder>,
    /// Answer to the question what numbers in date columns count, for every column that leaves it open.
    pub number_dates: Option<NumberDate>,
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
        let Options { date_order, number_dates, mappings, reading, .. } = options;
        let settings = Settings { zone, date_order, number_dates, mappings, reading };
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
    /// What was read, of each log.
    inputs: Vec<Input>,
    logs: Vec<RoleLog>,
    files: Vec<Fate>,
    links: Vec<Link>,
    /// What the last report may spare the next one.
    memo: RefCell<Memo>,
}

impl Engine {
    fn new(files: Vec<FileRead>) -> Result<Self> {
        let names: Vec<String> = files.iter().map(FileRead::name).collect();
        let mut mappings: Vec<Mapping> = files.iter().map(|f| f.mapping.clone()).collect();
        let mut warnings: Vec<Warning> = files.iter().flat_map(|f| f.warnings.iter().cloned()).collect();
        let mut reports: Vec<FileReport> = files.iter().map(input::file_report).collect();
        let Assembled { logs, files, links } = assemble(files);
        for (report, fate) in reports.iter_mut().zip(&files) {
            for (_, reason) in &fate.rejects {
                *report.set_aside_by_reason.entry(reason.name().to_owned()).or_insert(0) += 1;
            }
            report.rows_set_aside = fate.rejects.len() as u64;
            report.rows_used = report.rows_read.saturating_sub(report.rows_set_aside);
        }
        let blocked = mappings.iter().any(|m| m.doubts.iter().any(|d| d.blocking));
        if logs.iter().all(|l| l.log.is_empty()) && !blocked {
            return Err(input::nothing_usable(&names, &files));
        }
        for (mapping, fate) in mappings.iter_mut().zip(&files) {
            FileRead::state_doubts(mapping, fate);
            settle_meanings(mapping, fate);
        }
        for (name, fate) in names.iter().zip(&files) {
            warnings.extend(input::set_aside_warnings(name, fate));
        }
        let reported: Vec<LinkReport> =
            links.iter().flat_map(|l| input::link_reports(l, &links, &logs, &names)).collect();
        let input_of = |of: &RoleLog| {
            let mut warnings: Vec<Warning> = warnings.iter().chain(&of.warnings).cloned().collect();
            sort_warnings(&mut warnings);
            let info = |d: &crate::worklog::Dimension| DimensionInfo {
                name: d.name.clone(),
                label: d.label.clone(),
                values: d.dictionary.len() as u64,
            };
            let dimensions = of.log.dimensions.iter().map(info).collect();
            Input { files: reports.clone(), links: reported.clone(), warnings, dimensions }
        };
        let inputs = logs.iter().map(input_of).collect();
        Ok(Self { mappings, inputs, logs, files, links, memo: RefCell::default() })
    }

    /// The mapping of each file, as settled, with the doubts that remain.
    pub fn mappings(&self) -> &[Mapping] {
        &self.mappings
    }

    /// Every row of a table that was set aside, in the order of the file: row (as a spreadsheet counts) and reason.
    /// `table` is the position among [`Engine::mappings`].
    pub fn rejects(&self, table: usize) -> &[(u32, Reason)] {
        self.files.get(table).map_or(&[], |f| f.rejects.as_slice())
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

    /// The work log that a report is about unless another one is asked for: tickets if there are any, else changes, else
    /// deployments.
    pub fn log(&self) -> Option<&WorkLog> {
        self.place(None).and_then(|n| self.logs.get(n)).map(|l| &l.log)
    }

    /// The work log of a role, where files of it were read.
    pub fn log_of(&self, role: Role) -> Option<&WorkLog> {
        self.logs.iter().find(|l| l.log.role == role).map(|l| &l.log)
    }

    /// The ids by which tickets name others: what caused them, what they belong to.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    fn place(&self, of: Option<Role>) -> Option<usize> {
        match of {
            Some(role) => self.logs.iter().position(|l| l.log.role == role),
            None => self.logs.iter().position(|l| !l.log.is_empty()).or((!self.logs.is_empty()).then_some(0)),
        }
    }

    fn asked(&self, query: &Query) -> Result<(&RoleLog, &Input)> {
        self.answered()?;
        let place = self.place(query.of);
        let found = place.and_then(|n| self.logs.get(n).zip(self.inputs.get(n))).filter(|(l, _)| !l.log.is_empty());
        found.ok_or_else(|| {
            let wanted = query.of.unwrap_or_default();
            let there: Vec<&str> = self.logs.iter().filter(|l| !l.log.is_empty()).map(|l| l.log.role.words()).collect();
            Error::new(
                ErrorKind::BadQuery,
                format!("The input holds no {}; it holds {}.", wanted.words(), there.join(" and ")),
                "Ask for what is there, add a file, or change the role of a file in its mapping.",
            )
        })
    }

    /// Answers a query.
    ///
    /// # Errors
    /// [`ErrorKind::DateOrderOpen`], [`ErrorKind::NumberDateOpen`] while a blocking doubt is open; [`ErrorKind::BadQuery`] for a query that names
    /// what does not exist.
    pub fn report(&self, query: &Query) -> Result<Report> {
        let (of, input) = self.asked(query)?;
        let world = World { logs: self.logs.iter().map(|l| &l.log).collect(), links: &self.links };
        let mut report = match self.memo.try_borrow_mut() {
            Ok(mut memo) => compute::report_of(&world, &of.log, input, query, &mut memo)?,
            Err(_) => compute::report_of(&world, &of.log, input, query, &mut Memo::default())?,
        };
        if !query.include.ids {
            for example in report.input.links.iter_mut().flat_map(|l| &mut l.examples) {
                example.value = None;
            }
        }
        Ok(report)
    }

    /// One figure with everything that stands behind it, by its name: `lead_time.p85`.
    ///
    /// # Errors
    /// [`ErrorKind::BadQuery`] for an unknown figure, with those that there are, and as for [`Engine::report`].
    pub fn explain(&self, figure: &str, query: &Query) -> Result<Explanation> {
        let (of, input) = self.asked(query)?;
        compute::explain(&of.log, input, figure, query)
    }

    /// One ticket's timeline, by its number in `points.ticket`.
    ///
    /// # Errors
    /// [`ErrorKind::BadQuery`] for a number out of range, and as for [`Engine::report`].
    pub fn ticket(&self, ticket: u32, query: &Query) -> Result<TicketDetail> {
        let (of, input) = self.asked(query)?;
        let mut detail = compute::ticket(&of.log, ticket as usize, query)?;
        detail.file = input.files.get(of.log.file_of(ticket as usize)).map(|f| f.name.clone());
        let as_of = compute::as_of(&of.log, query)?;
        let own = self.links.iter().filter(|l| l.from == of.log.role);
        detail.links = own.filter_map(|l| self.link_detail(l, ticket as usize, as_of)).collect();
        Ok(detail)
    }

    fn link_detail(&self, link: &Link, ticket: usize, as_of: i64) -> Option<LinkDetail> {
        let (id, target) = link.of(ticket)?;
        // A commit that no other log names is no link.
        if link.field == Field::Commit && target.is_none() {
            return None;
        }
        let found = target.and_then(|(role, n)| Some((role, n, self.log_of(role)?)));
        let ended = found.and_then(|(_, n, log)| {
            let at = log.resolved.get(n as usize).or(log.closed.get(n as usize)).filter(|at| *at <= as_of)?;
            Some(words::date(at, log.zone))
        });
        let id = found.map_or(id, |(_, n, log)| log.ids.get(n as usize));
        let what = match link.field {
            Field::CausedBy => "caused by",
            Field::Rfc => "led to",
            Field::Parent => "part of",
            Field::Change => "carries out",
            Field::Mention => "mentions",
            Field::Commit => "same commit as",
            _ => "due to",
        };
        let state = match (&found, ended) {
            (None, _) => ", which no file holds".to_owned(),
            (Some(_), Some(date)) => format!(", closed {date}"),
            (Some(_), None) => ", still open".to_owned(),
        };
        Some(LinkDetail {
            field: link.field.name().to_owned(),
            id: id.to_owned(),
            to: found.map(|(role, ..)| role),
            ticket: found.map(|(_, n, _)| n),
            text: format!("{what} {id}{state}"),
        })
    }

    fn answered(&self) -> Result<()> {
        for mapping in &self.mappings {
            if let Some(doubt) = mapping.doubts.iter().find(|d| d.blocking) {
                let header =
                    mapping.fields.iter().find(|f| f.field.name() == doubt.subject).and_then(|f| f.header.clone());
                let (kind, remedy) = if doubt.kind == DoubtKind::NumberDate {
                    (
                        ErrorKind::NumberDateOpen,
                        "Answer it in the mapping (number_date), or with --number-dates and one of its answers.",
                    )
                } else {
                    (
                        ErrorKind::DateOrderOpen,
                        "Answer it in the mapping (date_order), or with --date-order day-first or month-first.",
                    )
                };
                return Err(Error::new(kind, doubt.question.clone(), remedy)
                    .in_file(&mapping.file)
                    .in_column(header.unwrap_or_else(|| doubt.subject.clone())));
            }
        }
        Ok(())
    }
}
