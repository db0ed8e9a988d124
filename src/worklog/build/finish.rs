//! The last step to the work log: rows to tickets' columns.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono_tz::Tz;

use super::{Draft, Latest};
use crate::error::Warning;
use crate::mapping::{Field, FieldKind, StateMapping};
use crate::words::plural;
use crate::worklog::doubles::Doubles;
use crate::worklog::history::SpellWriter;
use crate::worklog::meanings::{Meanings, carried_out};
use crate::worklog::reject::Reason;
use crate::worklog::settle::MISSING;
use crate::worklog::table::{Kind, Part, SPELL_FIELDS, Table};
use crate::worklog::{Codes, Dimension, NO_CODE, Role, Shape, Texts, WorkLog};

/// A work log, and what became of the rows that are not in it. Files are those of the table, in its order.
#[derive(Debug)]
pub struct Built {
    /// The log.
    pub log: WorkLog,
    /// By file, every row that is not in the log, in the order of the file, and why.
    pub rejects: Vec<Vec<(u32, Reason)>>,
    /// By file, its rows that another row of the same ticket supersedes.
    pub doubles: Vec<Doubles>,
    /// The states with their classes.
    pub states: Vec<StateMapping>,
    /// Ids of changes, problems and other tickets, by the field that names them, one code a ticket; and the tickets' inner
    /// ids. Not for breaking anything down by.
    pub references: Vec<(Field, Dimension)>,
    /// What should be known.
    pub warnings: Vec<Warning>,
    /// When the newest row of a snapshot was written, where all rows say so.
    pub updated: Option<i64>,
}

/// The dimensions that become part of the log; the others link tickets, or only served to understand the states.
fn reported(field: Option<Field>) -> bool {
    use Field::{ChangedField, NewValue, OldValue, StateCategory, StateFrom, StateFromCategory};
    !matches!(field, Some(StateFrom | StateCategory | StateFromCategory | ChangedField | OldValue | NewValue))
        && field.is_none_or(|f| f.kind() != FieldKind::Link)
}

/// Dimensions, columns of ids by field, and the places of the dimensions by field.
type Sorted = (Vec<Dimension>, Vec<(Field, Dimension)>, BTreeMap<Field, usize>);

impl Draft {
    /// The log.
    pub(super) fn finish(
        mut self,
        mut table: Table,
        role: Role,
        shape: Shape,
        zone: Tz,
        states: Vec<StateMapping>,
        meanings: &Meanings,
    ) -> Built {
        let rejects = rejected(&table);
        let warnings = self.warnings(&table, role);
        let all = table.parts.iter().all(|p| p.kind == Kind::Snapshot && p.instants.contains(&Field::Updated));
        let updated = self.updated.filter(|_| all);
        table.instants = BTreeMap::new();
        let latest = self.latest.take().unwrap_or_default();
        let older = |ticket: usize| latest.get(ticket).map_or(NO_CODE, |l| l.row) as usize;
        let counts = |table: &mut Table, field: Field| -> Vec<u16> {
            let Some(column) = table.counts.remove(&field) else { return Vec::new() };
            let known = |row: usize| column.get(row).filter(|count| *count != u16::MAX);
            let count = |(ticket, row): (usize, &u32)| known(*row as usize).or_else(|| known(older(ticket)));
            self.rows.iter().enumerate().map(|entry| count(entry).unwrap_or(u16::MAX)).collect()
        };
        let reassignments = counts(&mut table, Field::Reassignments);
        let reopens = counts(&mut table, Field::Reopens);
        let mut recorded = std::mem::take(&mut table.recorded);
        for (field, time) in &mut recorded {
            let column = table.lengths.remove(field).unwrap_or_default();
            time.seconds = self.rows.iter().map(|r| column.get(*r as usize).unwrap_or(MISSING)).collect();
        }
        let texts = table.ids.texts();
        let id = |row: &u32| table.id(*row as usize);
        let in_order =
            self.rows.len() == texts.len() && self.rows.iter().map(id).eq(0..u32::try_from(texts.len()).unwrap_or(0));
        let ids: Texts = if in_order {
            std::mem::take(&mut table.ids).into_texts()
        } else {
            self.rows.iter().map(|row| texts.get(id(row) as usize)).collect()
        };
        table.row_ids = None;
        let (dimensions, references, places) = self.dimensions(&mut table, &latest);
        let numbers = &table.numbers;
        let result = places.get(&Field::Result).copied().filter(|_| carried_out(role));
        let files = if table.parts.len() < 2 {
            Vec::new()
        } else {
            let file = |row: &u32| u16::try_from(table.file_of(*row as usize)).unwrap_or(u16::MAX);
            self.rows.iter().map(file).collect()
        };
        let log = WorkLog {
            role,
            ids,
            opened: self.opened,
            assigned: self.assigned,
            started: self.started,
            responded: self.responded,
            resolved: self.resolved,
            closed: self.closed,
            planned_start: self.planned_start,
            planned_end: self.planned_end,
            approved: self.approved,
            committed: self.committed,
            reassignments,
            reopens,
            recorded,
            flags: self.flags,
            rows: self.rows.iter().map(|row| numbers.get(*row as usize).unwrap_or(u32::MAX)).collect(),
            files,
            file: 0,
            dimensions,
            state: places.get(&Field::State).copied(),
            group: places.get(&Field::Group).copied(),
            assignee: places.get(&Field::Assignee).copied(),
            classes: self.classes.iter().map(|(class, _)| *class).collect(),
            result,
            results: if result.is_some() { meanings.results() } else { meanings.states() },
            state_results: meanings.states(),
            environment: places.get(&Field::Environment).copied().filter(|_| carried_out(role)),
            production: meanings.production(),
            sides: meanings.sides(),
            spells: self.spells.map(SpellWriter::finish),
            shape,
            zone,
            newest: self.newest.or(self.newest_plan).unwrap_or(0),
            seen_from: OnceLock::new(),
        };
        Built { log, rejects, doubles: Vec::new(), states, references, warnings, updated }
    }

    /// The dimensions, the columns of ids, and the places of the dimensions that fill a field.
    fn dimensions(&self, table: &mut Table, latest: &[Latest]) -> Sorted {
        let (mut dimensions, mut references) = (Vec::new(), Vec::new());
        let mut places: BTreeMap<Field, usize> = BTreeMap::new();
        for raw in std::mem::take(&mut table.dimensions) {
            let linking = raw.field.filter(|f| f.kind() == FieldKind::Link);
            if !reported(raw.field) && linking.is_none() {
                continue;
            }
            let spell_field = SPELL_FIELDS.iter().position(|f| raw.field == Some(*f));
            let mut codes = Codes::for_values(raw.interner.len(), self.rows.len());
            for (ticket, row) in self.rows.iter().map(|r| *r as usize).enumerate() {
                let mut code = raw.codes.get(row);
                if let (NO_CODE, Some(latest)) = (code, latest.get(ticket)) {
                    code = match spell_field {
                        // A blank cell of a snapshot says that nobody has it.
                        Some(_) if table.part(row).is_some_and(|p| blank_in_snapshot(p, &raw.name)) => NO_CODE,
                        Some(field) => latest.codes.get(field).copied().unwrap_or(NO_CODE),
                        None => raw.codes.get(latest.row as usize),
                    };
                }
                codes.push(code);
            }
            let dimension =
                Dimension { name: raw.name, label: raw.label, dictionary: raw.interner.into_texts(), codes };
            match (linking, raw.field) {
                (Some(field), _) => references.push((field, dimension)),
                (None, field) => {
                    places.extend(field.map(|f| (f, dimensions.len())));
                    dimensions.push(dimension);
                }
            }
        }
        (dimensions, references, places)
    }

    fn warnings(&self, table: &Table, role: Role) -> Vec<Warning> {
        let early = self.early.warnings(table, "events_before_opened", |count| {
            let (changes, are) = if count == 1 { ("change", "is") } else { ("changes", "are") };
            format!("{count} {changes} {are} dated before their ticket was opened; their history starts there.")
        });
        let late = self.begun_late.warnings(table, "opened_from_first_event", |count| {
            format!(
                "{} without an opening date: the first recorded change stands in for it, so they look younger than they \
                 are. Add an export of the tickets themselves.",
                plural(count, "ticket", "tickets")
            )
        });
        let untold = self.untold.warnings(table, "without_history", |count| {
            format!(
                "{} without a row in the history: how they waited is unknown, their dates count.",
                plural(count, "ticket", "tickets")
            )
        });
        let all = early.into_iter().chain(late).chain(untold);
        all.chain(self.warnings_of_what_is_carried_out(table, role)).collect()
    }

    fn warnings_of_what_is_carried_out(&self, table: &Table, role: Role) -> Vec<Warning> {
        let counted = |count: u64| match role {
            Role::Deployments => plural(count, "deployment", "deployments"),
            _ => plural(count, "change", "changes"),
        };
        let backwards = self.backwards.warnings(table, "finished_before_started", |count| {
            format!("{} finished before they started: the start is dropped, the end counts.", counted(count))
        });
        let plans = self.plans_backwards.warnings(table, "planned_end_before_start", |count| {
            format!("{} planned to end before they are planned to start: both dates stand as they are.", counted(count))
        });
        let endless = self.endless.warnings(table, "result_without_end", |count| {
            format!(
                "{} with a result but no date at which they ended: they count by their result, and as open.",
                counted(count)
            )
        });
        backwards.into_iter().chain(plans).chain(endless).collect()
    }
}

fn rejected(table: &Table) -> Vec<Vec<(u32, Reason)>> {
    let mut rejects = vec![Vec::new(); table.parts.len()];
    for (row, reason) in &table.rejects {
        let row = *row as usize;
        let number = table.numbers.get(row).unwrap_or(u32::MAX);
        if let Some(rows) = rejects.get_mut(table.file_of(row)) {
            // A record with a column for each stage is several rows here, and one to count.
            if rows.last().is_none_or(|(last, _)| *last != number) {
                rows.push((number, *reason));
            }
        }
    }
    rejects
}

/// Whether a blank cell means that there is no value: a snapshot that has the column.
fn blank_in_snapshot(part: &Part, dimension: &str) -> bool {
    part.kind == Kind::Snapshot && part.dimensions.iter().any(|name| name == dimension)
}
