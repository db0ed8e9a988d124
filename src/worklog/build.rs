//! Settled rows to the work log.

use std::collections::BTreeMap;

use chrono_tz::Tz;

use super::classes::{classes, infer_done};
use super::history::{self, Histories, SpellColumns, SpellWriter};
use super::outcome::{self, Outcome, Recorded};
use super::reject::Reason;
use super::segments::Segments;
use super::settle::MISSING;
use super::table::Table;
use super::{Codes, Dimension, Instants, NO_CODE, Shape, StateClass, Texts, WorkLog};
use crate::mapping::{Field, Profile, StateMapping};

/// A work log, and what became of the rows that are not in it.
#[derive(Debug)]
pub struct Built {
    /// The log.
    pub log: WorkLog,
    /// By file, then by reason.
    pub set_aside: Vec<BTreeMap<Reason, u64>>,
    /// First rows (as a spreadsheet counts) of each reason.
    pub examples: BTreeMap<Reason, Vec<u64>>,
    /// By file, every row that is not in the log, in the order of the file, and why.
    pub rejects: Vec<Vec<(u32, Reason)>>,
    /// The states with their classes.
    pub states: Vec<StateMapping>,
    /// Rows of events written before their ticket was opened.
    pub early_events: u64,
}

impl Built {
    /// Adds rows of a file that were set aside before they came into a table.
    pub fn add_aside(&mut self, file: usize, aside: &BTreeMap<Reason, Vec<u64>>) {
        let (Some(counts), Some(rejects)) = (self.set_aside.get_mut(file), self.rejects.get_mut(file)) else { return };
        for (reason, rows) in aside {
            *counts.entry(*reason).or_insert(0) += rows.len() as u64;
            rejects.extend(rows.iter().map(|row| (u32::try_from(*row).unwrap_or(u32::MAX), *reason)));
            let shown = self.examples.entry(*reason).or_default();
            let room = super::forensics::ROWS_SHOWN.saturating_sub(shown.len());
            shown.extend(rows.iter().take(room));
        }
        rejects.sort_unstable();
    }
}

/// The dimensions that become part of the log; the others only served to understand the states.
fn reported(field: Option<Field>) -> bool {
    use Field::{ChangedField, NewValue, OldValue, StateCategory, StateFrom, StateFromCategory};
    !matches!(field, Some(StateFrom | StateCategory | StateFromCategory | ChangedField | OldValue | NewValue))
}

/// Builds the log. `chosen` are the user's own state classes.
pub fn build(mut table: Table, shape: Shape, profile: &Profile, chosen: &[StateMapping], zone: Tz) -> Built {
    table.ids.seal();
    let state = table.dimension(Field::State);
    let mut states = classes(&table, state, profile, chosen);
    let histories = match shape {
        Shape::Snapshot => None,
        Shape::Events => Some(Histories::of(&mut table)),
    };
    let newest = match &histories {
        Some(histories) => {
            let last = |id: usize| histories.of_id(id).last().copied().unwrap_or(NO_CODE);
            let newest: Vec<u32> = (0..table.ids.len()).map(last).collect();
            infer_done(&table, state, &newest, &mut states);
            Some(newest)
        }
        None => newest_rows(&mut table),
    };
    let n = newest.as_ref().map_or(table.len(), Vec::len);
    let mut rejects = std::mem::take(&mut table.rejects);
    let mut draft = Draft::new(&table, shape, &states, n);
    let columns = Columns::of(&table);
    for id in 0..n {
        // Without a list every row is a ticket of its own.
        let row = newest.as_ref().map_or(id, |rows| rows.get(id).map_or(usize::MAX, |r| *r as usize));
        let usable = u32::try_from(row).is_ok_and(|r| r != NO_CODE && !rejects.contains_key(&r));
        if usable {
            let history = histories.as_ref().map_or(&[][..], |h| h.of_id(id));
            draft.take(&table, &columns, row, history, &mut rejects);
        }
    }
    table.rejects = rejects;
    draft.finish(table, shape, zone, states)
}

/// The instants of a table by field, looked up once.
struct Columns<'a> {
    opened: Option<&'a Segments<u32>>,
    updated: Option<&'a Segments<u32>>,
    resolved: Option<&'a Segments<u32>>,
    closed: Option<&'a Segments<u32>>,
    assigned: Option<&'a Segments<u32>>,
    started: Option<&'a Segments<u32>>,
    responded: Option<&'a Segments<u32>>,
    /// The recorded duration, where every second counts in it.
    lasting: Option<&'a Segments<u32>>,
}

impl<'a> Columns<'a> {
    fn of(table: &'a Table) -> Self {
        let of = |field| table.instants.get(&field);
        let elapsed = table.recorded.get(&Field::Duration).is_some_and(|r| r.elapsed);
        Self {
            opened: of(Field::Opened),
            updated: of(Field::Updated),
            resolved: of(Field::Resolved),
            closed: of(Field::Closed),
            assigned: of(Field::Assigned),
            started: of(Field::Started),
            responded: of(Field::Responded),
            lasting: table.lengths.get(&Field::Duration).filter(|_| elapsed),
        }
    }
}

/// An instant of a row.
fn at(column: Option<&Segments<u32>>, row: usize) -> Option<i64> {
    column?.get(row).filter(|s| *s != MISSING).map(i64::from)
}

/// Snapshot: the newest row of each id; the others are set aside as duplicates. Nothing where every row has its own id.
fn newest_rows(table: &mut Table) -> Option<Vec<u32>> {
    table.row_ids.as_ref()?;
    let mut best: Vec<u32> = vec![NO_CODE; table.ids.len()];
    let mut superseded = Vec::new();
    for row in 0..table.len() {
        let Ok(position) = u32::try_from(row) else { break };
        let id = table.id(row);
        if id == NO_CODE {
            table.rejects.entry(position).or_insert(Reason::NoId);
        }
        if table.rejects.contains_key(&position) {
            continue;
        }
        let Some(slot) = best.get_mut(id as usize) else { continue };
        if *slot == NO_CODE {
            *slot = position;
        } else if newness(table, row) >= newness(table, *slot as usize) {
            superseded.push(std::mem::replace(slot, position));
        } else {
            superseded.push(position);
        }
    }
    table.rejects.extend(superseded.into_iter().map(|row| (row, Reason::Duplicate)));
    Some(best)
}

/// What makes one row of a ticket newer than another, whatever their order in the file.
fn newness(table: &Table, row: usize) -> (Option<i64>, Option<i64>, Option<i64>) {
    (table.instant(Field::Updated, row), table.instant(Field::Closed, row), table.instant(Field::Resolved, row))
}

/// The log while it is put together.
struct Draft {
    rows: Vec<u32>,
    opened: Instants,
    assigned: Instants,
    started: Instants,
    responded: Instants,
    resolved: Instants,
    closed: Instants,
    flags: Vec<u8>,
    classes: Vec<(StateClass, f64)>,
    columns: SpellColumns,
    spells: Option<SpellWriter>,
    buffer: Vec<history::Draft>,
    early_events: u64,
    newest: Option<i64>,
}

impl Draft {
    fn new(table: &Table, shape: Shape, states: &[StateMapping], n: usize) -> Self {
        let columns = SpellColumns::of(table);
        let of = |field: Field, derived: bool| {
            let present = derived || table.instants.contains_key(&field);
            Instants::with_capacity(if present { n } else { 0 })
        };
        let events = shape == Shape::Events;
        Self {
            rows: Vec::with_capacity(n),
            opened: Instants::with_capacity(n),
            assigned: of(Field::Assigned, events),
            started: of(Field::Started, events),
            responded: of(Field::Responded, false),
            resolved: Instants::with_capacity(n),
            closed: Instants::with_capacity(n),
            flags: Vec::with_capacity(n),
            classes: states.iter().map(|s| (s.class, s.confidence)).collect(),
            columns,
            spells: events.then(|| SpellWriter::new(table, columns)),
            buffer: Vec::new(),
            early_events: 0,
            newest: None,
        }
    }

    fn class(&self, state: u32) -> Option<(StateClass, f64)> {
        self.classes.get(state as usize).copied()
    }

    fn take(
        &mut self,
        table: &Table,
        columns: &Columns<'_>,
        row: usize,
        history: &[u32],
        rejects: &mut BTreeMap<u32, Reason>,
    ) {
        // The newest row speaks; what it leaves out about the beginning, an older one may know.
        let beginning = |column: Option<&Segments<u32>>| {
            at(column, row).or_else(|| history.iter().rev().find_map(|r| at(column, *r as usize)))
        };
        let first_event = history.first().and_then(|r| history::event_time(table, *r as usize));
        let opened = beginning(columns.opened);
        let mut recorded = Recorded {
            opened,
            resolved: at(columns.resolved, row),
            closed: at(columns.closed, row),
            first_event,
            ended: None,
            lasting: columns.lasting.and_then(|c| c.get(row)).filter(|s| *s != MISSING),
            class: self.class(table.code(self.columns.state, row)),
        };
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        if let Some(start) = opened.or(first_event)
            && !history.is_empty()
        {
            history::spells(table, self.columns, history, start, &mut buffer);
            let class_of = |state| self.class(state).map_or(StateClass::Unknown, |(class, _)| class);
            recorded.ended = history::last_run(&buffer, class_of);
            // The last row may leave the state blank; the last spell carries it on.
            recorded.class = buffer.last().and_then(|s| self.class(s.state)).or(recorded.class);
        }
        match outcome::decide(&recorded) {
            Ok(outcome) => {
                let early = |r: &&u32| at(columns.updated, **r as usize).is_some_and(|t| t < outcome.opened);
                self.early_events += history.iter().filter(early).count() as u64;
                let begun = [columns.assigned, columns.started, columns.responded].map(beginning);
                let last_event = history.last().and_then(|r| history::event_time(table, *r as usize));
                let seen =
                    [Some(outcome.opened), outcome.resolved, outcome.closed, last_event, at(columns.updated, row)];
                self.newest = seen.into_iter().flatten().chain(self.newest).max();
                self.push(row, &outcome, begun, &buffer);
            }
            Err(reason) if history.is_empty() => {
                rejects.insert(u32::try_from(row).unwrap_or(u32::MAX), reason);
            }
            Err(reason) => rejects.extend(history.iter().map(|r| (*r, reason))),
        }
        self.buffer = buffer;
    }

    fn push(
        &mut self,
        row: usize,
        outcome: &Outcome,
        [assigned, started, responded]: [Option<i64>; 3],
        spells: &[history::Draft],
    ) {
        let first = |test: &dyn Fn(&history::Draft) -> bool| {
            spells.iter().find(|s| test(s)).map(|s| s.start.max(outcome.opened))
        };
        let active = |s: &history::Draft| self.class(s.state).is_some_and(|(class, _)| class == StateClass::Active);
        let assigned = assigned.or_else(|| first(&|s| s.assignee != NO_CODE));
        let started = started.or_else(|| first(&active));
        // A start after the end is a late entry: it starts nothing.
        let before_end = |t: &i64| *t >= outcome.opened && outcome.resolved.is_none_or(|end| *t <= end);
        self.rows.push(u32::try_from(row).unwrap_or(u32::MAX));
        self.opened.push(Some(outcome.opened));
        self.resolved.push(outcome.resolved);
        self.closed.push(outcome.closed);
        self.flags.push(outcome.flags);
        for (column, value) in
            [(&mut self.assigned, assigned), (&mut self.started, started), (&mut self.responded, responded)]
        {
            if column.capacity() > 0 {
                column.push(value.filter(before_end));
            }
        }
        if let Some(writer) = &mut self.spells {
            writer.push(spells);
        }
    }

    fn finish(self, mut table: Table, shape: Shape, zone: Tz, states: Vec<StateMapping>) -> Built {
        let Rejected { set_aside, examples, rejects } = rejected(&table);
        table.instants = BTreeMap::new();
        let counts = |table: &mut Table, field: Field| -> Vec<u16> {
            match table.counts.remove(&field) {
                Some(column) => self.rows.iter().map(|r| column.get(*r as usize).unwrap_or(u16::MAX)).collect(),
                None => Vec::new(),
            }
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
        let mut dimensions = Vec::new();
        let mut places: BTreeMap<Field, usize> = BTreeMap::new();
        for raw in table.dimensions.into_iter().filter(|d| reported(d.field)) {
            let mut codes = Codes::for_values(raw.interner.len(), self.rows.len());
            self.rows.iter().for_each(|row| codes.push(raw.codes.get(*row as usize)));
            if let Some(field) = raw.field {
                places.insert(field, dimensions.len());
            }
            dimensions.push(Dimension {
                name: raw.name,
                label: raw.label,
                dictionary: raw.interner.into_texts(),
                codes,
            });
        }
        let numbers = &table.numbers;
        let log = WorkLog {
            ids,
            opened: self.opened,
            assigned: self.assigned,
            started: self.started,
            responded: self.responded,
            resolved: self.resolved,
            closed: self.closed,
            reassignments,
            reopens,
            recorded,
            flags: self.flags,
            rows: self.rows.iter().map(|row| numbers.get(*row as usize).unwrap_or(u32::MAX)).collect(),
            dimensions,
            state: places.get(&Field::State).copied(),
            group: places.get(&Field::Group).copied(),
            assignee: places.get(&Field::Assignee).copied(),
            classes: self.classes.iter().map(|(class, _)| *class).collect(),
            spells: self.spells.map(SpellWriter::finish),
            shape,
            zone,
            newest: self.newest.unwrap_or(0),
        };
        Built { log, set_aside, examples, rejects, states, early_events: self.early_events }
    }
}

/// The rows that were set aside, as [`Built`] holds them.
struct Rejected {
    set_aside: Vec<BTreeMap<Reason, u64>>,
    examples: BTreeMap<Reason, Vec<u64>>,
    rejects: Vec<Vec<(u32, Reason)>>,
}

fn rejected(table: &Table) -> Rejected {
    let files = table.starts.len();
    let (mut set_aside, mut rejects) = (vec![BTreeMap::new(); files], vec![Vec::new(); files]);
    let mut examples: BTreeMap<Reason, Vec<u64>> = BTreeMap::new();
    for (row, reason) in &table.rejects {
        let row = *row as usize;
        let (file, number) = (table.file_of(row), table.numbers.get(row).unwrap_or(u32::MAX));
        if let (Some(counts), Some(rows)) = (set_aside.get_mut(file), rejects.get_mut(file)) {
            *counts.entry(*reason).or_insert(0) += 1;
            rows.push((number, *reason));
        }
        let shown = examples.entry(*reason).or_default();
        if shown.len() < super::forensics::ROWS_SHOWN {
            shown.push(u64::from(number));
        }
    }
    Rejected { set_aside, examples, rejects }
}
