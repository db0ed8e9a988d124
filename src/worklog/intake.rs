//! One table on its way from records to settled rows.

use std::collections::BTreeMap;

use chrono_tz::Tz;

use super::cropped::{Cropped, Lengths};
use super::fields;
use super::file::{FileRead, Settings, display_name};
use super::reject::Reason;
use super::rows::Rows;
use super::settle::{self, Answers, Settled};
use super::shape::shape;
use super::table::{Kind, Table};
use crate::error::{Error, ErrorKind, Result, Warning};
use crate::ingest::{Aside, Header, Reading, Record, TextEncoding};
use crate::mapping::{
    Doubt, DoubtKind, Field, FieldMapping, MAPPING_VERSION, Mapping, Plan, ProfileMatch, Role, Sample, Shape,
    fingerprint, propose,
};
use crate::words::plural;

/// Rows sampled before the columns are chosen.
const SAMPLE_ROWS: usize = 1_000;

/// Bytes sampled at most.
const SAMPLE_BYTES: usize = 1 << 20;

/// Rows of a preview.
const PREVIEW_ROWS: usize = 10;

/// Longest text of a cell in a preview, in characters.
const PREVIEW_TEXT: usize = 120;

/// The first rows of a table, to be shown while the rest is read.
#[derive(Clone, Debug, serde::Deserialize, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
pub struct Preview {
    /// Name of the file.
    pub file: String,
    /// Name of the table within the file; empty where the file is one table.
    pub table: String,
    /// The tool, as it seems so far.
    pub profile: ProfileMatch,
    /// Names of the columns.
    pub headers: Vec<String>,
    /// Up to ten rows of cells, each cut to 120 characters.
    pub rows: Vec<Vec<String>>,
}

#[derive(Default)]
enum Stage {
    #[default]
    Header,
    Sampling {
        sample: Sample,
        numbers: Vec<u64>,
        bytes: usize,
    },
    Streaming {
        plan: Box<Plan>,
        rows: Box<Rows>,
        fingerprint: String,
        lengths: Lengths,
    },
}

/// Takes the pieces of one table.
#[derive(Default)]
pub(super) struct Intake {
    table: String,
    mappings: Vec<Mapping>,
    stage: Stage,
    headers: Vec<String>,
    rows: u64,
    aside: BTreeMap<Reason, Vec<u64>>,
    preview: Option<(ProfileMatch, Vec<Vec<Vec<u8>>>)>,
}

impl Intake {
    /// For a table of this name.
    pub(super) fn new(table: &str, settings: &Settings) -> Self {
        Self { table: table.to_owned(), mappings: settings.mappings.clone(), ..Self::default() }
    }

    /// Name of the table.
    pub(super) fn name(&self) -> &str {
        &self.table
    }

    /// Rows so far, those set aside included.
    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    /// The first rows, once the columns are chosen.
    pub(super) fn preview(&self, file: &str, encoding: TextEncoding) -> Option<Preview> {
        let (profile, rows) = self.preview.as_ref()?;
        let text = |cell: &Vec<u8>| encoding.decode(cell).chars().take(PREVIEW_TEXT).collect();
        Some(Preview {
            file: file.to_owned(),
            table: self.table.clone(),
            profile: profile.clone(),
            headers: self.headers.clone(),
            rows: rows.iter().map(|row| row.iter().map(text).collect()).collect(),
        })
    }

    /// Takes the header.
    pub(super) fn header(&mut self, header: &Header) {
        self.headers.clone_from(&header.names);
        let sample = Sample { headers: header.names.clone(), rows: Vec::new() };
        self.stage = Stage::Sampling { sample, numbers: Vec::new(), bytes: 0 };
    }

    /// Takes a record that is no row.
    pub(super) fn aside(&mut self, record: &Record<'_>, why: Aside) {
        self.rows += 1;
        self.aside.entry(Reason::of(why)).or_default().push(record.row());
    }

    /// Takes a row.
    pub(super) fn row(&mut self, record: &Record<'_>) -> Result<()> {
        self.rows += 1;
        match &mut self.stage {
            Stage::Header => Ok(()),
            Stage::Sampling { sample, numbers, bytes } => {
                let cells: Vec<Vec<u8>> = record.cells().map(<[u8]>::to_vec).collect();
                *bytes += cells.iter().map(Vec::len).sum::<usize>();
                sample.rows.push(cells);
                numbers.push(record.row());
                if sample.rows.len() < SAMPLE_ROWS && *bytes < SAMPLE_BYTES { Ok(()) } else { self.settle_columns() }
            }
            Stage::Streaming { rows, .. } => {
                rows.take(record.row(), |c| record.cell(c));
                Ok(())
            }
        }
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
            let lengths = Lengths::default();
            self.stage = Stage::Streaming { plan: Box::new(plan), rows: Box::new(rows), fingerprint, lengths };
            return Ok(());
        }
        let mut plan = propose(sample, given)?;
        if given.map_or(plan.profile.role, |m| m.role) == Role::FieldHistory {
            plan.drop_extras();
        }
        let lengths = Lengths::of(sample, numbers);
        self.preview = Some((plan.matched.clone(), sample.rows.iter().take(PREVIEW_ROWS).cloned().collect()));
        let mut rows = Rows::new(&plan);
        for (cells, number) in sample.rows.iter().zip(numbers.iter()) {
            rows.take(*number, |c| cells.get(c).map_or(&[][..], Vec::as_slice));
        }
        self.stage = Stage::Streaming { plan: Box::new(plan), rows: Box::new(rows), fingerprint, lengths };
        Ok(())
    }

    /// Ends the table. `name` is the file's.
    pub(super) fn finish(mut self, name: &str, reading: Reading, settings: &Settings) -> Result<FileRead> {
        self.settle_columns()?;
        let rows_read = self.rows;
        let Stage::Streaming { mut plan, mut rows, fingerprint, lengths } = self.stage else {
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
        let given = self.mappings.iter().find(|m| m.fingerprint == fingerprint);
        let (zone, zone_reason, stated) = zone(settings, given, plan.profile.zone.as_deref());
        let role = given.map_or(plan.profile.role, |m| m.role);
        let (shape, shape_reason) = shape(&rows, role);
        let kind = match (role, shape) {
            (Role::FieldHistory, _) => Kind::Fields,
            (_, Shape::Events) => Kind::Events,
            (_, Shape::Snapshot) => Kind::Snapshot,
        };
        let mut settled = settle::settle(
            &mut rows,
            &mut plan.fields,
            Answers { date_order: settings.date_order, number_dates: settings.number_dates, zone },
        )?;
        let mut doubts = std::mem::take(&mut settled.doubts);
        doubts.append(&mut plan.doubts);
        if settled.wall_clock > 0 && !stated {
            doubts.push(zone_doubt(&settled, zone));
        }
        let shown = display_name(name, &self.table);
        let mut warnings = warnings(&shown, &reading, &settled, rows_read, &plan);
        let cropped = Cropped { file: &shown, headers: &self.headers, cap: plan.profile.cell_cap };
        warnings.extend(cropped.warnings(&lengths, &rows));
        warnings.extend(several_ids(&shown, &rows));
        for dropped in rows.dimensions.iter().filter(|d| d.dropped) {
            plan.ignored.push(dropped.label.clone());
            plan.extras.retain(|e| e.header != dropped.label);
        }
        let mapping = Mapping {
            version: MAPPING_VERSION,
            file: name.to_owned(),
            table: self.table,
            fingerprint,
            profile: plan.matched,
            role,
            shape,
            shape_reason,
            dialect: reading.dialect.clone(),
            zone: zone.name().to_owned(),
            zone_reason,
            fields: plan.fields,
            dimensions: plan.extras,
            stages: plan.stages,
            ignored: plan.ignored,
            states: given.map(|m| m.states.clone()).unwrap_or_default(),
            results: given.map(|m| m.results.clone()).unwrap_or_default(),
            environments: given.map(|m| m.environments.clone()).unwrap_or_default(),
            sides: given.map(|m| m.sides.clone()).unwrap_or_default(),
            doubts,
        };
        let mut table = Table::of(*rows, &mut settled, shown, kind);
        if let Some(part) = table.parts.first_mut() {
            part.opened_as = opened_as(&mapping.fields);
        }
        if kind == Kind::Fields {
            fields::convert(&mut table);
        }
        Ok(FileRead {
            table,
            aside: self.aside,
            mapping,
            profile: plan.profile,
            shape,
            kind,
            reading,
            rows_read,
            warnings,
            zone,
        })
    }
}

/// The field whose column stands in for the opening.
fn opened_as(fields: &[FieldMapping]) -> Option<Field> {
    let column = fields.iter().find(|f| f.field == Field::Opened)?.column?;
    fields.iter().find(|f| f.field != Field::Opened && f.column == Some(column)).map(|f| f.field)
}

/// Cells that name several ids, of which the first one links.
fn several_ids(name: &str, rows: &Rows) -> impl Iterator<Item = Warning> {
    let told = |(d, (count, shown)): (&usize, &(u64, Vec<u64>))| {
        let label = rows.dimensions.get(*d).map_or("", |d| d.label.as_str());
        let message = format!(
            "{name}: \"{label}\" names several ids in {}: the first one links, the others do not.",
            plural(*count, "cell", "cells")
        );
        super::forensics::warning("several_ids", message, *count, shown.clone()).in_file(name)
    };
    rows.several.iter().map(told).collect::<Vec<_>>().into_iter()
}

/// Samples were taken before the encoding was sure.
fn redecode(field: &mut FieldMapping, rows: &Rows) {
    let dimension = rows.dimensions.iter().find(|d| d.field == Some(field.field));
    if let Some(dimension) = dimension
        && field.samples.iter().any(|s| s.contains('\u{FFFD}'))
    {
        field.samples = dimension.interner.texts().iter().take(3).map(str::to_owned).collect();
    }
}

fn zone(settings: &Settings, given: Option<&Mapping>, profile: Option<&str>) -> (Tz, String, bool) {
    if let Some(zone) = settings.zone {
        return (zone, "as asked for".to_owned(), true);
    }
    // A mapping that was proposed under the default and handed back unchanged has not answered the question.
    match given.and_then(|m| m.zone.parse::<Tz>().ok()) {
        Some(zone) if zone != Tz::UTC => (zone, "from the mapping".to_owned(), true),
        _ => match profile.and_then(|zone| zone.parse::<Tz>().ok()) {
            Some(zone) => (zone, "the zone in which this tool writes its times".to_owned(), true),
            None => (Tz::UTC, "assumed: none was named".to_owned(), false),
        },
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
            .in_file(name)
    }));
    let of_file = |w: &Warning| Warning { message: format!("{name}: {}", w.message), ..w.clone() }.in_file(name);
    warnings.extend(settled.warnings.iter().map(of_file));
    warnings
}
