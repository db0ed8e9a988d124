//! One file on its way from records to settled rows.

use chrono_tz::Tz;

use super::rows::Rows;
use super::settle::{self, Settled};
use super::shape::shape;
use super::table::Table;
use crate::error::{Error, ErrorKind, Result, Warning};
use crate::ingest::{Reader, Reading, Record, TextEncoding};
use crate::mapping::{
    DateOrder, Doubt, DoubtKind, MAPPING_VERSION, Mapping, Plan, Profile, Sample, Shape, StateMapping, fingerprint,
    propose,
};

/// Rows sampled before the columns are chosen.
const SAMPLE_ROWS: usize = 1_000;

/// Bytes sampled at most.
const SAMPLE_BYTES: usize = 1 << 20;

/// What is settled before reading.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Zone of timestamps that name none.
    pub zone: Option<Tz>,
    /// Answer for columns that leave the order of day and month open.
    pub date_order: Option<DateOrder>,
    /// Mappings handed in.
    pub mappings: Vec<Mapping>,
}

enum Stage {
    Header,
    Sampling { sample: Sample, numbers: Vec<u64>, bytes: usize },
    Streaming { plan: Box<Plan>, rows: Box<Rows>, fingerprint: String },
}

/// A file that is being read.
pub struct FileReader {
    name: String,
    reader: Reader,
    taker: Taker,
}

/// Takes records; apart from the reader, so that both can be borrowed at once.
struct Taker {
    stage: Stage,
    mappings: Vec<Mapping>,
    rows: u64,
}

/// A file that was read.
pub struct FileRead {
    /// Its rows, in UTC.
    pub table: Table,
    /// A row per ticket or per change.
    pub shape: Shape,
    /// What was decided.
    pub mapping: Mapping,
    /// The profile, for its states and caps.
    pub profile: Profile,
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
        let taker = Taker { stage: Stage::Header, mappings: settings.mappings.clone(), rows: 0 };
        Self { name: name.to_owned(), reader: Reader::new(), taker }
    }

    /// Data rows so far.
    pub fn rows(&self) -> u64 {
        self.taker.rows
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// What is wrong with them, with this file's name.
    pub fn push(&mut self, bytes: &[u8]) -> Result<()> {
        let encoding = self.reader.encoding_so_far();
        let taker = &mut self.taker;
        self.reader.push(bytes, &mut |record| taker.take(record, encoding)).map_err(|e| e.in_file(&self.name))
    }

    /// Ends the file.
    ///
    /// # Errors
    /// What only shows at the end, with this file's name.
    pub fn finish(self, settings: &Settings) -> Result<FileRead> {
        let name = self.name.clone();
        self.finish_unnamed(settings).map_err(|e| e.in_file(&name))
    }

    fn finish_unnamed(self, settings: &Settings) -> Result<FileRead> {
        let Self { name, mut reader, mut taker } = self;
        let encoding = reader.encoding_so_far();
        let reading = reader.finish(&mut |record| taker.take(record, encoding))?;
        taker.settle_columns()?;
        let rows_read = taker.rows;
        let Stage::Streaming { mut plan, mut rows, fingerprint } = taker.stage else {
            return Err(Error::new(
                ErrorKind::EmptyFile,
                "The file holds no row.",
                "Export again and check that the filter matches tickets.",
            ));
        };
        if rows_read == 0 {
            return Err(Error::new(
                ErrorKind::HeaderOnly,
                format!(
                    "The file has a header ({} columns) and no row below it.",
                    plan.slots.len() + plan.ignored.len()
                ),
                "Export again and check that the filter matches tickets.",
            )
            .at_row(1));
        }
        rows.decode(|bytes| reading.encoding.decode(bytes).into_owned());
        for field in &mut plan.fields {
            redecode(field, &rows);
        }
        let given = taker.mappings.iter().find(|m| m.fingerprint == fingerprint);
        let (zone, zone_reason, stated) = zone(settings, given);
        let (shape, shape_reason) = shape(&rows);
        let mut settled = settle::settle(&mut rows, &mut plan.fields, settings.date_order, zone)?;
        let mut doubts = std::mem::take(&mut settled.doubts);
        if settled.wall_clock > 0 && !stated {
            doubts.push(zone_doubt(&settled, zone));
        }
        let warnings = warnings(&name, &reading, &settled, rows_read, &plan);
        for dropped in rows.dimensions.iter().filter(|d| d.dropped) {
            plan.ignored.push(dropped.label.clone());
            plan.extras.retain(|e| e.header != dropped.label);
        }
        let mapping = Mapping {
            version: MAPPING_VERSION,
            file: name,
            fingerprint,
            profile: plan.matched,
            shape,
            shape_reason,
            dialect: reading.dialect.clone(),
            zone: zone.name().to_owned(),
            zone_reason,
            fields: plan.fields,
            dimensions: plan.extras,
            ignored: plan.ignored,
            states: given.map(|m| m.states.clone()).unwrap_or_default(),
            doubts,
        };
        let table = Table::of(*rows, &mut settled);
        Ok(FileRead { table, shape, mapping, profile: plan.profile, reading, rows_read, warnings, zone })
    }
}

/// Samples were taken before the encoding was sure.
fn redecode(field: &mut crate::mapping::FieldMapping, rows: &Rows) {
    let dimension = rows.dimensions.iter().find(|d| d.field == Some(field.field));
    if let Some(dimension) = dimension
        && field.samples.iter().any(|s| s.contains('\u{FFFD}'))
    {
        field.samples = dimension.interner.texts().iter().take(3).map(str::to_owned).collect();
    }
}

fn zone(settings: &Settings, given: Option<&Mapping>) -> (Tz, String, bool) {
    if let Some(zone) = settings.zone {
        return (zone, "as asked for".to_owned(), true);
    }
    // A mapping that was proposed under the default and handed back unchanged has not answered the question.
    match given.and_then(|m| m.zone.parse::<Tz>().ok()) {
        Some(zone) if zone != Tz::UTC => (zone, "from the mapping".to_owned(), true),
        _ => (Tz::UTC, "assumed: none was named".to_owned(), false),
    }
}

fn zone_doubt(settled: &Settled, zone: Tz) -> Doubt {
    Doubt {
        kind: DoubtKind::Zone,
        blocking: false,
        subject: zone.name().to_owned(),
        question: format!(
            "{} times name no zone and are read as {}. Durations are right unless daylight saving changed in between; days may be off.",
            settled.wall_clock,
            zone.name()
        ),
        samples: Vec::new(),
        answers: Vec::new(),
    }
}

fn warnings(name: &str, reading: &Reading, settled: &Settled, rows_read: u64, plan: &Plan) -> Vec<Warning> {
    let mut warnings: Vec<Warning> =
        super::forensics::truncated(name, rows_read, &plan.profile.row_caps).into_iter().collect();
    warnings.extend(reading.notes.iter().map(|note| {
        super::forensics::warning(note.code.name(), format!("{name}: {}", note.message), note.count, note.rows.clone())
    }));
    for (code, count, what) in [
        (
            "clock_gap",
            settled.gaps,
            "fall into an hour that daylight saving skipped; they are read with the offset from before",
        ),
        (
            "clock_fold",
            settled.folds,
            "fall into an hour that daylight saving repeated; they are read as the first of the two",
        ),
    ] {
        if count > 0 {
            warnings.push(super::forensics::warning(code, format!("{name}: {count} times {what}."), count, Vec::new()));
        }
    }
    warnings
}

impl Taker {
    fn take(&mut self, record: &Record<'_>, encoding: TextEncoding) -> Result<()> {
        match &mut self.stage {
            Stage::Header => {
                let headers = (0..record.len()).map(|c| encoding.decode(record.cell(c)).trim().to_owned()).collect();
                let sample = Sample { headers, rows: Vec::new() };
                self.stage = Stage::Sampling { sample, numbers: Vec::new(), bytes: 0 };
                return Ok(());
            }
            Stage::Sampling { sample, numbers, bytes } => {
                let cells: Vec<Vec<u8>> = (0..record.len()).map(|c| record.cell(c).to_vec()).collect();
                *bytes += cells.iter().map(Vec::len).sum::<usize>();
                sample.rows.push(cells);
                numbers.push(record.row());
                self.rows += 1;
                if sample.rows.len() < SAMPLE_ROWS && *bytes < SAMPLE_BYTES {
                    return Ok(());
                }
            }
            Stage::Streaming { rows, .. } => {
                rows.take(record.row(), |c| record.cell(c));
                self.rows += 1;
                return Ok(());
            }
        }
        self.settle_columns()
    }

    /// Chooses the columns once the sample is large enough, or the file ends.
    fn settle_columns(&mut self) -> Result<()> {
        let Stage::Sampling { sample, numbers, .. } = &mut self.stage else { return Ok(()) };
        let fingerprint = fingerprint(&sample.headers);
        let given = self.mappings.iter().find(|m| m.fingerprint == fingerprint);
        if sample.rows.is_empty() && given.is_none() {
            // Without rows the header alone must still be told apart from a file that is no table of tickets.
            let plan = propose(sample, None);
            let rows = plan.as_ref().map(Rows::new).map_err(Clone::clone);
            let header_only = |_| {
                Error::new(
                    ErrorKind::HeaderOnly,
                    format!(
                        "The file has one row, taken as its header ({} columns), and no row below it.",
                        sample.headers.len()
                    ),
                    "Export again and check that the filter matches tickets.",
                )
                .at_row(1)
            };
            let (plan, rows) = (plan.map_err(header_only)?, rows.map_err(header_only)?);
            self.stage = Stage::Streaming { plan: Box::new(plan), rows: Box::new(rows), fingerprint };
            return Ok(());
        }
        let plan = propose(sample, given)?;
        let mut rows = Rows::new(&plan);
        for (cells, number) in sample.rows.iter().zip(numbers.iter()) {
            rows.take(*number, |c| cells.get(c).map_or(&[][..], Vec::as_slice));
        }
        self.stage = Stage::Streaming { plan: Box::new(plan), rows: Box::new(rows), fingerprint };
        Ok(())
    }
}

impl FileRead {
    /// Puts the classes that the whole input settled into this file's mapping, and asks about the unknown ones.
    pub fn state_doubts(mapping: &mut Mapping, states: &[StateMapping]) {
        mapping.states = states.to_vec();
        let unknown: Vec<&StateMapping> =
            states.iter().filter(|s| s.class == crate::mapping::StateClass::Unknown && s.confidence < 1.0).collect();
        for state in unknown.iter().take(20) {
            mapping.doubts.push(Doubt {
                kind: DoubtKind::StateClass,
                blocking: false,
                subject: state.state.clone(),
                question: format!("What does the state \"{}\" mean ({} rows)?", state.state, state.rows),
                samples: Vec::new(),
                answers: Vec::new(),
            });
        }
    }
}
