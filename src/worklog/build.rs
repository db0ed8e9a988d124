//! Settled rows to the work log.

mod finish;

use std::collections::BTreeMap;

use chrono_tz::Tz;

pub use finish::Built;

use super::classes::infer_done;
use super::doubles::{Doubles, newest_rows};
use super::forensics::PerFile;
use super::history::{self, Histories, SpellColumns, SpellWriter, Teller};
use super::meanings::{Meanings, carried_out};
use super::outcome::{self, Carried, Outcome, Recorded};
use super::reject::Reason;
use super::segments::Segments;
use super::settle::MISSING;
use super::table::{Kind, Table};
use super::{Instants, NO_CODE, Role, Shape, StateClass};
use crate::mapping::{Field, StateMapping};

/// Builds the log from the rows of all its files. `states` are the classes of the state dimension's values.
pub fn build(mut table: Table, role: Role, mut states: Vec<StateMapping>, zone: Tz, meanings: &Meanings) -> Built {
    table.ids.seal();
    let state = table.dimension(Field::State);
    let events = table.parts.iter().any(|p| p.kind != Kind::Snapshot);
    let snapshot = table.parts.iter().any(|p| p.kind == Kind::Snapshot);
    let shape = if events { Shape::Events } else { Shape::Snapshot };
    let mut doubles = vec![Doubles::default(); table.parts.len()];
    let base = if snapshot { newest_rows(&mut table, events, &mut doubles) } else { None };
    if let Some(base) = base.as_deref().filter(|_| events) {
        set_unlinked_aside(&mut table, base);
    }
    let histories = events.then(|| Histories::of(&mut table));
    let base_of = |id: usize| base.as_ref().and_then(|b| b.get(id)).copied().filter(|row| *row != NO_CODE);
    if let Some(histories) = &histories {
        let last = |id: usize| base_of(id).or(histories.of_id(id).last().copied()).unwrap_or(NO_CODE);
        let newest: Vec<u32> = (0..table.ids.len()).map(last).collect();
        infer_done(&table, state, &newest, &mut states);
    }
    let n = if events || base.is_some() { table.ids.len() } else { table.len() };
    let mut rejects = std::mem::take(&mut table.rejects);
    let mut draft = Draft::new(&table, shape, snapshot, &states, n);
    let columns = Columns::of(&table, role, meanings);
    for id in 0..n {
        let history = histories.as_ref().map_or(&[][..], |h| h.of_id(id));
        // Without a list every row is a ticket of its own.
        let own = if events || base.is_some() { base_of(id) } else { u32::try_from(id).ok() };
        let own = own.filter(|row| !rejects.contains_key(row));
        if let Some(row) = own.or(history.last().copied()) {
            let own = own.map(|row| row as usize).filter(|_| snapshot);
            draft.take(&table, &columns, own, row as usize, history, &mut rejects);
        }
    }
    table.rejects = rejects;
    let mut built = draft.finish(table, role, shape, zone, states, meanings);
    built.doubles = doubles;
    built
}

/// Rows of a history whose ticket no snapshot holds. A log of whole tickets that shares none with the snapshots is
/// another part of the same export and stands on its own.
fn set_unlinked_aside(table: &mut Table, base: &[u32]) {
    let mut unlinked = Vec::new();
    for (file, part) in table.parts.iter().enumerate().filter(|(_, p)| p.kind != Kind::Snapshot) {
        let rows = table.rows_of(file);
        let held = |row: &usize| base.get(table.id(*row) as usize).is_some_and(|b| *b != NO_CODE);
        let own = part.kind == Kind::Events && part.instants.contains(&Field::Opened);
        if own && !rows.clone().any(|row| held(&row)) {
            continue;
        }
        let lost = rows.filter(|row| table.id(*row) != NO_CODE && !held(row));
        unlinked.extend(lost.filter_map(|row| u32::try_from(row).ok()));
    }
    for row in unlinked {
        table.rejects.entry(row).or_insert(Reason::NoTicket);
    }
}

/// The instants of a table by field, looked up once.
struct Columns<'a> {
    opened: Option<&'a Segments<u32>>,
    updated: Option<&'a Segments<u32>>,
    resolved: Option<&'a Segments<u32>>,
    closed: Option<&'a Segments<u32>>,
    cancelled: Option<&'a Segments<u32>>,
    assigned: Option<&'a Segments<u32>>,
    started: Option<&'a Segments<u32>>,
    responded: Option<&'a Segments<u32>>,
    planned_start: Option<&'a Segments<u32>>,
    planned_end: Option<&'a Segments<u32>>,
    approved: Option<&'a Segments<u32>>,
    committed: Option<&'a Segments<u32>>,
    /// Position of the dimension of results.
    result: Option<usize>,
    /// What results and states say, where the log holds what is carried out.
    carried: Option<(Role, &'a Meanings)>,
    /// The recorded duration, where every second counts in it.
    lasting: Option<&'a Segments<u32>>,
}

impl<'a> Columns<'a> {
    fn of(table: &'a Table, role: Role, meanings: &'a Meanings) -> Self {
        let of = |field| table.instants.get(&field);
        let elapsed = table.recorded.get(&Field::Duration).is_some_and(|r| r.elapsed);
        Self {
            opened: of(Field::Opened),
            updated: of(Field::Updated),
            resolved: of(Field::Resolved),
            closed: of(Field::Closed),
            cancelled: of(Field::Cancelled),
            assigned: of(Field::Assigned),
            started: of(Field::Started),
            responded: of(Field::Responded),
            planned_start: of(Field::PlannedStart),
            planned_end: of(Field::PlannedEnd),
            approved: of(Field::Approved),
            committed: of(Field::Committed),
            result: table.dimension(Field::Result),
            carried: carried_out(role).then_some((role, meanings)),
            lasting: table.lengths.get(&Field::Duration).filter(|_| elapsed),
        }
    }
}

/// An instant of a row.
fn at(column: Option<&Segments<u32>>, row: usize) -> Option<i64> {
    column?.get(row).filter(|s| *s != MISSING).map(i64::from)
}

/// Where the latest values of a ticket stand, beside its own row.
#[derive(Clone, Copy)]
struct Latest {
    /// The last row of its history, or [`NO_CODE`].
    row: u32,
    /// State, group and assignee of its last spell.
    codes: [u32; 3],
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
    planned_start: Instants,
    planned_end: Instants,
    approved: Instants,
    committed: Instants,
    flags: Vec<u8>,
    classes: Vec<(StateClass, f64)>,
    columns: SpellColumns,
    spells: Option<SpellWriter>,
    teller: Teller,
    /// Where a ticket's own row does not say all.
    latest: Option<Vec<Latest>>,
    early: PerFile,
    begun_late: PerFile,
    untold: PerFile,
    /// Ended before they started: the start is dropped.
    backwards: PerFile,
    /// Planned to end before they are planned to start.
    plans_backwards: PerFile,
    /// With a result but no date at which they ended.
    endless: PerFile,
    newest: Option<i64>,
    /// The latest opening that is only planned.
    newest_plan: Option<i64>,
    updated: Option<i64>,
}

impl Draft {
    fn new(table: &Table, shape: Shape, snapshot: bool, states: &[StateMapping], n: usize) -> Self {
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
            planned_start: of(Field::PlannedStart, false),
            planned_end: of(Field::PlannedEnd, false),
            approved: of(Field::Approved, false),
            committed: of(Field::Committed, false),
            flags: Vec::with_capacity(n),
            classes: states.iter().map(|s| (s.class, s.confidence)).collect(),
            columns,
            spells: events.then(|| SpellWriter::new(table, columns)),
            teller: Teller::default(),
            latest: ((events && snapshot) || table.changes.is_some()).then(Vec::new),
            early: PerFile::default(),
            begun_late: PerFile::default(),
            untold: PerFile::default(),
            backwards: PerFile::default(),
            plans_backwards: PerFile::default(),
            endless: PerFile::default(),
            newest: None,
            newest_plan: None,
            updated: None,
        }
    }

    fn class(&self, state: u32) -> Option<(StateClass, f64)> {
        self.classes.get(state as usize).copied()
    }

    /// Takes a ticket: its row, which is that of a snapshot where `base` says so, and its history.
    fn take(
        &mut self,
        table: &Table,
        columns: &Columns<'_>,
        base: Option<usize>,
        row: usize,
        history: &[u32],
        rejects: &mut BTreeMap<u32, Reason>,
    ) {
        // The newest row speaks; what it leaves out about the beginning, an older one may know.
        let beginning = |column: Option<&Segments<u32>>| {
            at(column, row).or_else(|| history.iter().rev().find_map(|r| at(column, *r as usize)))
        };
        // Of the end, a snapshot says all that it has a column for.
        let end = |column: Option<&Segments<u32>>, field: Field| {
            let silent = || base.is_some_and(|b| table.part(b).is_some_and(|p| !p.instants.contains(&field)));
            at(column, row).or_else(|| at(column, history.last().filter(|_| silent()).map(|r| *r as usize)?))
        };
        let first_event = history.first().and_then(|r| history::event_time(table, *r as usize));
        let opened = beginning(columns.opened);
        let state = self.columns.of.first().copied().flatten();
        let mut recorded = Recorded {
            opened,
            resolved: end(columns.resolved, Field::Resolved),
            closed: end(columns.closed, Field::Closed),
            cancelled: end(columns.cancelled, Field::Cancelled),
            first_event,
            ended: None,
            lasting: columns.lasting.and_then(|c| c.get(row)).filter(|s| *s != MISSING),
            class: self.class(table.code(state, row)),
            carried: None,
        };
        let begun = [columns.assigned, columns.started, columns.responded].map(beginning);
        let mut teller = std::mem::take(&mut self.teller);
        teller.spells.clear();
        if let Some(start) = opened.or(first_event)
            && !history.is_empty()
        {
            teller.tell(table, self.columns, base, history, start);
            let written = base.map(|b| at(columns.updated, b).unwrap_or(i64::MAX));
            self.judge(&mut recorded, &teller.spells, written);
        }
        let stands_in = table.part(row).and_then(|p| p.opened_as);
        recorded.carried = columns.carried.map(|(role, meanings)| {
            let result = std::iter::once(row).chain(history.iter().rev().map(|r| *r as usize));
            let result = result.map(|row| table.code(columns.result, row)).find(|code| *code != NO_CODE);
            let told = teller.spells.last().map_or(NO_CODE, history::Draft::state);
            let state = Some(table.code(state, row)).filter(|code| *code != NO_CODE).unwrap_or(told);
            Carried {
                role,
                started: begun[1],
                result: result.and_then(|code| meanings.result(code)).map(|(class, _)| class),
                by_state: meanings.state(state).map(|(class, _)| class),
                stand_in: stands_in.is_some(),
            }
        });
        match outcome::decide(&recorded) {
            Ok(outcome) => {
                // The opening of a change may have moved back to its work: its history begins there.
                if let Some(first) = teller.spells.first_mut() {
                    first.start = first.start.min(outcome.opened);
                }
                for early in history.iter().map(|r| *r as usize) {
                    if at(columns.updated, early).is_some_and(|t| t < outcome.opened) {
                        self.early.add(table, early);
                    }
                }
                if opened.is_none() && table.changed(row).is_some() {
                    self.begun_late.add(table, row);
                }
                if base.is_some() && history.is_empty() && self.spells.is_some() {
                    self.untold.add(table, row);
                }
                let planned = [columns.planned_start, columns.planned_end].map(beginning);
                let last_event = history.last().and_then(|r| history::event_time(table, *r as usize));
                let updated = at(columns.updated, row);
                self.updated = self.updated.max(updated);
                // A plan is no event, not even where it stands in for the opening.
                let plan = matches!(stands_in, Some(Field::PlannedStart | Field::PlannedEnd))
                    && Some(outcome.opened) == opened;
                let happened = Some(outcome.opened).filter(|_| !plan);
                self.newest_plan = self.newest_plan.max(Some(outcome.opened).filter(|_| plan));
                let started = begun[1].filter(|_| recorded.carried.is_some());
                let seen = [happened, started, outcome.resolved, outcome.closed, last_event, updated];
                self.newest = seen.into_iter().flatten().chain(self.newest).max();
                if let Some(carried) = &recorded.carried {
                    self.note(table, row, &outcome, carried, planned);
                }
                for (column, value) in [
                    (&mut self.planned_start, planned[0]),
                    (&mut self.planned_end, planned[1]),
                    (&mut self.approved, beginning(columns.approved)),
                    (&mut self.committed, beginning(columns.committed)),
                ] {
                    if column.capacity() > 0 {
                        column.push(value);
                    }
                }
                if let Some(latest) = &mut self.latest {
                    let codes = teller.spells.last().map_or([NO_CODE; 3], |s| s.codes);
                    latest.push(Latest { row: history.last().copied().unwrap_or(NO_CODE), codes });
                }
                self.push(row, &outcome, begun, &teller.spells);
            }
            Err(reason) => {
                let own = u32::try_from(row).ok().filter(|_| base.is_some() || history.is_empty());
                rejects.extend(history.iter().copied().chain(own).map(|row| (row, reason)));
            }
        }
        self.teller = teller;
    }

    /// Counts what is odd about a change or deployment.
    fn note(
        &mut self,
        table: &Table,
        row: usize,
        outcome: &Outcome,
        carried: &Carried,
        [planned_start, planned_end]: [Option<i64>; 2],
    ) {
        let before = |end: Option<i64>, start: Option<i64>| end.zip(start).is_some_and(|(end, start)| end < start);
        if before(outcome.resolved, carried.started) {
            self.backwards.add(table, row);
        }
        if before(planned_end, planned_start) {
            self.plans_backwards.add(table, row);
        }
        let said = carried.result.is_some_and(|r| r.succeeded() || r.failed());
        if said && outcome.resolved.is_none() && outcome.closed.is_none() {
            self.endless.add(table, row);
        }
    }

    /// What the history adds to the record. `written` is when the ticket's row in a snapshot was written, where it has one.
    fn judge(&self, recorded: &mut Recorded, spells: &[history::Draft], written: Option<i64>) {
        let last = history::last_state(spells);
        let told = last.and_then(|(state, _)| self.class(state));
        let newer = written.is_none_or(|written| last.is_some_and(|(_, since)| since > written));
        // The last row may leave the state blank; the last spell carries it on.
        recorded.class = if newer { told.or(recorded.class) } else { recorded.class.or(told) };
        let class_of = |state| self.class(state).map_or(StateClass::Unknown, |(class, _)| class);
        let same = told.map(|(class, _)| class) == recorded.class.map(|(class, _)| class);
        recorded.ended = history::last_run(spells, class_of).filter(|_| same);
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
        let active = |s: &history::Draft| self.class(s.state()).is_some_and(|(class, _)| class == StateClass::Active);
        let assigned = assigned.or_else(|| first(&|s| s.assignee() != NO_CODE));
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
}
