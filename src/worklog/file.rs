//! One file on its way from bytes to its tables' settled rows.

use std::collections::BTreeMap;

use chrono_tz::Tz;

use super::assemble::Fate;
use super::forensics::warning;
use super::intake::{Intake, Preview};
use super::reject::Reason;
use super::table::{Kind, Table};
use crate::error::{Error, ErrorKind, Result, Warning};
use crate::ingest::{Choices, Input, Piece, Reading};
use crate::mapping::{DateOrder, Doubt, DoubtKind, Mapping, NumberDate, Profile, Shape, StateClass};

/// What is settled before reading.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Zone of timestamps that name none.
    pub zone: Option<Tz>,
    /// Answer for columns that leave the order of day and month open.
    pub date_order: Option<DateOrder>,
    /// Answer for columns whose numbers leave open what they count.
    pub number_dates: Option<NumberDate>,
    /// Mappings handed in.
    pub mappings: Vec<Mapping>,
    /// How to read the text of a file, by its name; `*` is every file without an entry of its own.
    pub reading: BTreeMap<String, Choices>,
}

/// A file that is being read.
pub struct FileReader {
    name: String,
    input: Input,
    tables: Tables,
}

/// The tables of a file; apart from the input, so that both can be borrowed at once.
struct Tables {
    settings: Settings,
    name: String,
    /// The table that is being read, and whether it is one of several parts of the file.
    open: Option<(Intake, bool)>,
    done: Vec<FileRead>,
    /// Parts that hold no table of tickets, and why.
    skipped: Vec<(String, Error)>,
}

/// A table that was read. Most files are one.
pub struct FileRead {
    /// Its rows, in UTC.
    pub table: Table,
    /// Numbers of the rows that were set aside before they were looked at.
    pub aside: BTreeMap<Reason, Vec<u64>>,
    /// What was decided.
    pub mapping: Mapping,
    /// The profile, for its states and caps.
    pub profile: Profile,
    /// A row per ticket or per change.
    pub shape: Shape,
    /// What its rows are.
    pub kind: Kind,
    /// Size, hash, dialect.
    pub reading: Reading,
    /// Data rows.
    pub rows_read: u64,
    /// What should be known.
    pub warnings: Vec<Warning>,
    /// Zone in use.
    pub zone: Tz,
}

impl FileReader {
    /// Begins a file.
    pub fn new(name: &str, settings: &Settings) -> Self {
        let choices = settings.reading.get(name).or_else(|| settings.reading.get("*")).cloned().unwrap_or_default();
        let tables = Tables {
            settings: settings.clone(),
            name: name.to_owned(),
            open: None,
            done: Vec::new(),
            skipped: Vec::new(),
        };
        Self { name: name.to_owned(), input: Input::new(&choices), tables }
    }

    /// Data rows so far.
    pub fn rows(&self) -> u64 {
        let done: u64 = self.tables.done.iter().map(|f| f.rows_read).sum();
        done + self.tables.open.as_ref().map_or(0, |(intake, _)| intake.rows())
    }

    /// The first rows of the table that is being read, once its columns are chosen.
    pub fn preview(&self) -> Option<Preview> {
        let (intake, _) = self.tables.open.as_ref()?;
        intake.preview(&self.name, self.input.encoding_so_far())
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// What is wrong with them, with this file's name.
    pub fn push(&mut self, bytes: &[u8]) -> Result<()> {
        let tables = &mut self.tables;
        self.input.push(bytes, &mut |piece| tables.take(piece)).map_err(|e| e.in_file(&self.name))
    }

    /// Ends the file: its tables, at least one.
    ///
    /// # Errors
    /// What only shows at the end, with this file's name; where no part holds a table of tickets, why the first does not.
    pub fn finish(mut self) -> Result<Vec<FileRead>> {
        let tables = &mut self.tables;
        self.input.finish(&mut |piece| tables.take(piece)).map_err(|e| e.in_file(&self.name))?;
        let Tables { mut done, skipped, .. } = self.tables;
        let Some(first) = done.first_mut() else {
            let nothing = || Error::new(ErrorKind::EmptyFile, "The file holds no table.", "Export the tickets again.");
            return Err(skipped.into_iter().next().map_or_else(nothing, |(_, error)| error).in_file(&self.name));
        };
        first.warnings.extend(skipped.iter().map(|(part, error)| {
            let message = format!("{}/{part} was not read: {}", self.name, error.message);
            warning("part_skipped", message, 1, Vec::new()).in_file(&self.name)
        }));
        Ok(done)
    }
}

impl Tables {
    fn take(&mut self, piece: Piece<'_>) -> Result<()> {
        match piece {
            Piece::Table(name) => self.open = Some((Intake::new(name, &self.settings), !name.is_empty())),
            Piece::Skipped(name, error) => self.skipped.push((name.to_owned(), error)),
            Piece::Header(header) => {
                if let Some((intake, _)) = &mut self.open {
                    intake.header(header);
                }
            }
            Piece::Row(record) => {
                if let Some((intake, _)) = &mut self.open
                    && let Err(error) = intake.row(record)
                {
                    return self.skip_or_fail(error);
                }
            }
            Piece::Aside(record, why) => {
                if let Some((intake, _)) = &mut self.open {
                    intake.aside(record, why);
                }
            }
            Piece::End(reading) => {
                if let Some((intake, part)) = self.open.take() {
                    let name = intake.name().to_owned();
                    match intake.finish(&self.name, *reading, &self.settings) {
                        Ok(read) => self.done.push(read),
                        Err(error) if part && is_no_table(&error) => self.skipped.push((name, error)),
                        Err(error) => return Err(error),
                    }
                }
            }
        }
        Ok(())
    }

    /// One part of many may be something else than tickets; a file that is one table may not.
    fn skip_or_fail(&mut self, error: Error) -> Result<()> {
        match self.open.take() {
            Some((intake, true)) if is_no_table(&error) => {
                self.skipped.push((intake.name().to_owned(), error));
                Ok(())
            }
            _ => Err(error),
        }
    }
}

/// Whether an error says that something is no table of tickets, rather than a broken one.
fn is_no_table(error: &Error) -> bool {
    matches!(
        error.kind,
        ErrorKind::EmptyFile
            | ErrorKind::HeaderOnly
            | ErrorKind::NotATable
            | ErrorKind::NoIdColumn
            | ErrorKind::NoDateColumn
            | ErrorKind::DatesNeverParse
    )
}

impl FileRead {
    /// Name of the file, with that of the table in it.
    pub fn name(&self) -> String {
        display_name(&self.mapping.file, &self.mapping.table)
    }

    /// Puts the classes that the whole input settled into this file's mapping, and asks about the unknown ones and those
    /// that another file classes in another way.
    pub fn state_doubts(mapping: &mut Mapping, fate: &Fate) {
        mapping.states.clone_from(&fate.states);
        let doubt = |state: &str, question: String| Doubt {
            kind: DoubtKind::StateClass,
            blocking: false,
            subject: state.to_owned(),
            question,
            samples: Vec::new(),
            answers: Vec::new(),
        };
        let unknown = fate.states.iter().filter(|s| s.class == StateClass::Unknown && s.confidence < 1.0);
        mapping.doubts.extend(
            unknown
                .take(20)
                .map(|s| doubt(&s.state, format!("What does the state \"{}\" mean ({} rows)?", s.state, s.rows))),
        );
        mapping.doubts.extend(fate.conflicts.keys().take(20).map(|state| {
            doubt(state, format!("The files class the state \"{state}\" in different ways: which class is right?"))
        }));
    }
}

/// Name of a file, with that of the table in it.
pub(super) fn display_name(file: &str, table: &str) -> String {
    if table.is_empty() { file.to_owned() } else { format!("{file}/{table}") }
}
