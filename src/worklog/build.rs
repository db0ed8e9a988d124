//! Settled rows to the work log.

use std::collections::BTreeMap;

use chrono_tz::Tz;

use super::history::{self, Histories, SpellColumns, SpellWriter};
use super::outcome::{self, Outcome, Recorded};
use super::reject::Reason;
use super::table::Table;
use super::{Codes, Dimension, Instants, NO_CODE, Shape, StateClass, Texts, WorkLog};
use crate::mapping::{Field, Profile, StateMapping, classify};

/// A work log, and what became of the rows that are not in it.
#[derive(Debug)]
pub struct Built {
    /// The log.
    pub log: WorkLog,
    /// By file, then by reason.
    pub set_aside: Vec<BTreeMap<Reason, u64>>,
    /// First rows (as a spreadsheet counts) of each reason.
    pub examples: BTreeMap<Reason, Vec<u64>>,
    /// The states with their classes.
    pub states: Vec<StateMapping>,
    /// Rows of events written before their ticket was opened.
    pub early_events: u64,
}

/// The dimensions that become part of the log; the others only served to understand the states.
fn reported(field: Option<Field>) -> bool {
    !matches!(field, Some(Field::StateFrom | Field::StateCategory | Field::StateFromCategory))
}

/// Builds the log. `chosen` are the user's own state classes.
pub fn build(mut table: Table, shape: Shape, profile: &Profile, chosen: &[StateMapping], zone: Tz) -> Built {
    table.ids.seal();
    let state = table.dimension(Field::State);
    let mut states = classes(&table, state, profile, chosen);
    let chosen_tickets = match shape {
        Shape::Snapshot => newest_rows(&mut table),
        Shape::Events => histories(&mut table, state, &mut states),
    };
    let mut draft = Draft::new(&table, shape, &states, chosen_tickets.len());
    for (id, row) in &chosen_tickets.tickets {
        draft.take(&mut table, *id, *row as usize, chosen_tickets.histories.as_ref());
    }
    draft.finish(table, shape, zone, states)
}

/// One entry a ticket: id code and the row that speaks for it.
struct Tickets {
    tickets: Vec<(u32, u32)>,
    histories: Option<Histories>,
}

impl Tickets {
    fn len(&self) -> usize {
        self.tickets.len()
    }
}

/// The class of every state in the file: the user's, else the profile's, else by words, else by the tool's category.
fn classes(table: &Table, state: Option<usize>, profile: &Profile, chosen: &[StateMapping]) -> Vec<StateMapping> {
    let Some((position, dimension)) = state.and_then(|d| table.dimensions.get(d).map(|dim| (d, dim))) else {
        return Vec::new();
    };
    let mut rows = vec![0_u64; dimension.interner.len()];
    for row in 0..table.len() {
        if let Some(count) = rows.get_mut(table.code(Some(position), row) as usize) {
            *count += 1;
        }
    }
    let texts = dimension.interner.texts();
    (0..texts.len())
        .map(|code| {
            let name = texts.get(code);
            let category = table.categories.get(code).and_then(Option::as_deref);
            let (class, confidence) = match chosen.iter().find(|s| s.state == name) {
                Some(s) => (s.class, s.confidence),
                None => classify(name, profile, category),
            };
            StateMapping { state: name.to_owned(), class, confidence, rows: rows.get(code).copied().unwrap_or(0) }
        })
        .collect()
}

/// Snapshot: the newest row of each id; the others are set aside as duplicates.
fn newest_rows(table: &mut Table) -> Tickets {
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
    let tickets = (0..).zip(&best).filter(|(_, row)| **row != NO_CODE).map(|(id, row)| (id, *row)).collect();
    Tickets { tickets, histories: None }
}

/// What makes one row of a ticket newer than another, whatever their order in the file.
fn newness(table: &Table, row: usize) -> (Option<i64>, Option<i64>, Option<i64>) {
    (table.instant(Field::Updated, row), table.instant(Field::Closed, row), table.instant(Field::Resolved, row))
}

/// Events: each ticket's rows in order of time; states that end most tickets are taken as done where none is known to be.
fn histories(table: &mut Table, state: Option<usize>, states: &mut [StateMapping]) -> Tickets {
    let histories = Histories::of(table);
    let tickets: Vec<(u32, u32)> =
        (0..).zip(0..table.ids.len()).filter_map(|(code, id)| Some((code, *histories.of_id(id).last()?))).collect();
    if state.is_some() && !states.iter().any(|s| s.class == StateClass::Done) {
        let mut finals = vec![0_u64; states.len()];
        for (_, row) in &tickets {
            if let Some(count) = finals.get_mut(table.code(state, *row as usize) as usize) {
                *count += 1;
            }
        }
        for (s, count) in states.iter_mut().zip(finals) {
            if s.class == StateClass::Unknown && count * 20 >= tickets.len() as u64 && count * 10 >= s.rows * 8 {
                (s.class, s.confidence) = (StateClass::Done, 0.6);
            }
        }
    }
    Tickets { tickets, histories: Some(histories) }
}

/// The log while it is put together.
struct Draft {
    ids: Vec<u32>,
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
            ids: Vec::with_capacity(n),
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

    fn take(&mut self, table: &mut Table, id: u32, row: usize, histories: Option<&Histories>) {
        let history: &[u32] = histories.map_or(&[], |h| h.of_id(id as usize));
        // The newest row speaks; what it leaves out about the beginning, an older one may know.
        let beginning = |field: Field| {
            table.instant(field, row).or_else(|| history.iter().rev().find_map(|r| table.instant(field, *r as usize)))
        };
        let first_event = history.first().and_then(|r| history::event_time(table, *r as usize));
        let opened = beginning(Field::Opened);
        let class = self.class(table.code(self.columns.state, row));
        let mut recorded = Recorded {
            opened,
            resolved: table.instant(Field::Resolved, row),
            closed: table.instant(Field::Closed, row),
            first_event,
            ended: None,
            class,
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
                let early = |r: &&u32| table.instant(Field::Updated, **r as usize).is_some_and(|t| t < outcome.opened);
                self.early_events += history.iter().filter(early).count() as u64;
                let assigned = beginning(Field::Assigned);
                let started = beginning(Field::Started);
                let responded = beginning(Field::Responded);
                let last_event = history.last().and_then(|r| history::event_time(table, *r as usize));
                let seen = [
                    Some(outcome.opened),
                    outcome.resolved,
                    outcome.closed,
                    last_event,
                    table.instant(Field::Updated, row),
                ];
                self.newest = seen.into_iter().flatten().chain(self.newest).max();
                self.push(id, row, &outcome, [assigned, started, responded], &buffer);
            }
            Err(reason) if history.is_empty() => {
                table.rejects.insert(u32::try_from(row).unwrap_or(u32::MAX), reason);
            }
            Err(reason) => table.rejects.extend(history.iter().map(|r| (*r, reason))),
        }
        self.buffer = buffer;
    }

    fn push(
        &mut self,
        id: u32,
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
        self.ids.push(id);
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
        let (set_aside, examples) = rejected(&table);
        table.instants = BTreeMap::new();
        let counts = |table: &mut Table, field: Field| -> Vec<u16> {
            match table.counts.remove(&field) {
                Some(column) => self.rows.iter().map(|r| column.get(*r as usize).unwrap_or(u16::MAX)).collect(),
                None => Vec::new(),
            }
        };
        let reassignments = counts(&mut table, Field::Reassignments);
        let reopens = counts(&mut table, Field::Reopens);
        let texts = table.ids.texts();
        let identity = self.ids.len() == texts.len() && self.ids.iter().zip(0..).all(|(id, n)| *id == n);
        let ids: Texts = if identity {
            std::mem::take(&mut table.ids).into_texts()
        } else {
            self.ids.iter().map(|id| texts.get(*id as usize)).collect()
        };
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
        Built { log, set_aside, examples, states, early_events: self.early_events }
    }
}

/// Rows set aside by file and reason, and the first rows of each reason.
type Rejected = (Vec<BTreeMap<Reason, u64>>, BTreeMap<Reason, Vec<u64>>);

fn rejected(table: &Table) -> Rejected {
    let mut set_aside = vec![BTreeMap::new(); table.starts.len()];
    let mut examples: BTreeMap<Reason, Vec<u64>> = BTreeMap::new();
    for (row, reason) in &table.rejects {
        let row = *row as usize;
        if let Some(file) = set_aside.get_mut(table.file_of(row)) {
            *file.entry(*reason).or_insert(0) += 1;
        }
        let shown = examples.entry(*reason).or_default();
        if shown.len() < super::forensics::ROWS_SHOWN {
            shown.extend(table.numbers.get(row).map(u64::from));
        }
    }
    (set_aside, examples)
}
