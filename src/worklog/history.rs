//! Rows of events to tickets and spells.

use super::reject::Reason;
use super::spells::Spells;
use super::table::{Kind, SPELL_FIELDS, Table};
use super::{Codes, Instants, NO_CODE, StateClass};
use crate::mapping::Field;

/// The rows of each ticket in order of time, as flat arrays.
#[derive(Debug, Default)]
pub struct Histories {
    /// Where each id code's rows begin; one entry more than there are ids.
    first: Vec<u32>,
    /// Rows, ticket after ticket.
    rows: Vec<u32>,
}

impl Histories {
    /// Groups the rows of histories by ticket and orders them by event time; ties stay in file order. Rows that cannot
    /// be placed are set aside.
    pub fn of(table: &mut Table) -> Self {
        let ids = table.ids.len();
        let mut first = vec![0_u32; ids + 1];
        let mut usable = vec![false; table.len()];
        for file in 0..table.parts.len() {
            if table.parts.get(file).is_some_and(|p| p.kind != Kind::Snapshot) {
                for row in table.rows_of(file) {
                    if let Some(usable) = usable.get_mut(row) {
                        *usable = place(table, row);
                    }
                }
            }
        }
        let of_ticket = |row: usize| usable.get(row).is_some_and(|u| *u).then(|| table.id(row) as usize);
        for id in (0..table.len()).filter_map(of_ticket) {
            if let Some(count) = first.get_mut(id + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for entry in &mut first {
            sum += *entry;
            *entry = sum;
        }
        let mut next = first.clone();
        let mut rows = vec![0_u32; sum as usize];
        for row in 0..table.len() {
            let Some(slot) = of_ticket(row).and_then(|id| next.get_mut(id)) else { continue };
            if let (Some(place), Ok(row)) = (rows.get_mut(*slot as usize), u32::try_from(row)) {
                *place = row;
            }
            *slot += 1;
        }
        for pair in first.windows(2) {
            if let [from, to] = pair
                && let Some(slice) = rows.get_mut(*from as usize..*to as usize)
                && !slice.is_sorted_by_key(|row| event_time(table, *row as usize))
            {
                slice.sort_by_key(|row| event_time(table, *row as usize));
            }
        }
        Self { first, rows }
    }

    /// The rows of an id code, in order of time.
    pub fn of_id(&self, id: usize) -> &[u32] {
        let (Some(from), Some(to)) = (self.first.get(id), self.first.get(id + 1)) else { return &[] };
        self.rows.get(*from as usize..*to as usize).unwrap_or(&[])
    }
}

/// Whether a row has a ticket and a time; if not, it is set aside.
fn place(table: &mut Table, row: usize) -> bool {
    let Ok(position) = u32::try_from(row) else { return false };
    if table.rejects.contains_key(&position) {
        return false;
    }
    let reason = if table.id(row) == NO_CODE {
        Reason::NoId
    } else if event_time(table, row).is_none() {
        Reason::NoEventDate
    } else {
        return true;
    };
    table.rejects.insert(position, reason);
    false
}

/// When the row was written; a ticket that never changed has only its opening.
pub fn event_time(table: &Table, row: usize) -> Option<i64> {
    table.instant(Field::Updated, row).or_else(|| table.instant(Field::Opened, row))
}

/// One spell while a ticket's history is put together.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Draft {
    /// First second.
    pub start: i64,
    /// Codes of state, group and assignee, in the order of [`SPELL_FIELDS`].
    pub codes: [u32; 3],
}

impl Draft {
    /// State code.
    pub fn state(&self) -> u32 {
        self.codes[0]
    }

    /// Assignee code.
    pub fn assignee(&self) -> u32 {
        self.codes[2]
    }
}

/// Positions of the dimensions that make up a spell.
#[derive(Clone, Copy, Debug, Default)]
pub struct SpellColumns {
    /// State, group and assignee, in the order of [`SPELL_FIELDS`].
    pub of: [Option<usize>; 3],
    /// State before the change.
    pub from: Option<usize>,
    /// Which of the three some history tells of: what only a snapshot holds has no past.
    pub told: [bool; 3],
}

impl SpellColumns {
    /// Those of a table.
    pub fn of(table: &Table) -> Self {
        let told = |field| table.parts.iter().any(|p| p.kind != Kind::Snapshot && p.holds(field));
        Self {
            of: SPELL_FIELDS.map(|field| table.dimension(field)),
            from: table.dimension(Field::StateFrom),
            told: SPELL_FIELDS.map(told),
        }
    }

    fn codes(&self, table: &Table, row: usize) -> [u32; 3] {
        self.of.map(|dimension| table.code(dimension, row))
    }
}

/// Turns histories into spells; keeps its memory from ticket to ticket.
#[derive(Debug, Default)]
pub struct Teller {
    /// The spells of the last ticket.
    pub spells: Vec<Draft>,
    steps: Vec<Step>,
}

/// One moment of a history: a value begins, or ends without another one known.
#[derive(Clone, Copy, Debug)]
struct Step {
    at: i64,
    begins: bool,
    row: u32,
}

impl Teller {
    /// Tells the spells of a ticket from its ordered rows: neighbours differ, the first one starts at the opening.
    /// `base` is the ticket's row in a snapshot, where there is one.
    pub fn tell(&mut self, table: &Table, columns: SpellColumns, base: Option<usize>, rows: &[u32], opened: i64) {
        self.spells.clear();
        if rows.iter().any(|row| table.changed(*row as usize).is_some()) {
            self.fields(table, columns, base, rows, opened);
        } else {
            self.whole(table, columns, rows, opened);
        }
    }

    /// Each row says how the ticket stood after it.
    fn whole(&mut self, table: &Table, columns: SpellColumns, rows: &[u32], opened: i64) {
        let out = &mut self.spells;
        for row in rows.iter().map(|r| *r as usize) {
            let start = event_time(table, row).unwrap_or(opened);
            let last = out.last().copied();
            let codes = after(table, columns, row, last);
            if last.is_none() {
                let from = table.code(columns.from, row);
                if from != NO_CODE && start > opened {
                    out.push(Draft { start: opened, codes: [from, codes[1], codes[2]] });
                }
            }
            let start = if out.is_empty() { start.min(opened) } else { start };
            if out.last().is_none_or(|last| last.codes != codes) {
                out.push(Draft { start, codes });
            }
        }
    }

    /// Some rows change one field and leave the others as they were.
    fn fields(&mut self, table: &Table, columns: SpellColumns, base: Option<usize>, rows: &[u32], opened: i64) {
        self.steps.clear();
        for row in rows {
            let begin = event_time(table, *row as usize).unwrap_or(opened);
            self.steps.push(Step { at: begin, begins: true, row: *row });
            let end = table.instant(Field::SpellEnd, *row as usize).filter(|end| *end > begin);
            self.steps.extend(end.map(|at| Step { at, begins: false, row: *row }));
        }
        // What ends at an instant goes before what begins at it.
        self.steps.sort_by_key(|s| (s.at, s.begins));
        let first = self.steps.first().map_or(opened, |s| s.at.min(opened));
        let mut now = Draft { start: first, codes: [NO_CODE; 3] };
        for (field, code) in now.codes.iter_mut().enumerate() {
            *code = before(table, columns, base, rows, field);
        }
        self.spells.push(now);
        let mut since = [u32::MAX; 3];
        for step in &self.steps {
            let row = step.row as usize;
            if let Some(field) = table.changed(row) {
                let (Some(code), Some(since)) = (now.codes.get_mut(field), since.get_mut(field)) else { continue };
                if step.begins {
                    *code = table.code(columns.of.get(field).copied().flatten(), row);
                    *since = step.row;
                } else if *since == step.row {
                    *code = NO_CODE;
                }
            } else {
                now.codes = after(table, columns, row, Some(now));
                since = [step.row; 3];
            }
            now.start = step.at;
            // Fields that change in the same second change together.
            if self.spells.last().is_some_and(|last| last.start == now.start) {
                self.spells.pop();
            }
            if self.spells.last().is_none_or(|last| last.codes != now.codes) {
                self.spells.push(now);
            }
        }
    }
}

/// How a ticket stands after a row that says all about it.
fn after(table: &Table, columns: SpellColumns, row: usize, last: Option<Draft>) -> [u32; 3] {
    let mut codes = columns.codes(table, row);
    let part = table.part(row);
    for (n, (code, field)) in codes.iter_mut().zip(SPELL_FIELDS).enumerate() {
        // A blank state is one that was not written down, not one that was left; a blank group or assignee is nobody. A
        // file without the column says nothing of it.
        let silent = *code == NO_CODE && (n == 0 || part.is_some_and(|p| !p.holds(field)));
        if let (true, Some(last)) = (silent, last.and_then(|l| l.codes.get(n).copied())) {
            *code = last;
        }
    }
    codes
}

/// The value of a field between the opening and the first row that says anything of it.
fn before(table: &Table, columns: SpellColumns, base: Option<usize>, rows: &[u32], field: usize) -> u32 {
    let (Some(wanted), Some(dimension)) = (SPELL_FIELDS.get(field), columns.of.get(field).copied()) else {
        return NO_CODE;
    };
    let mut changes_told = false;
    for row in rows.iter().map(|r| *r as usize) {
        let Some(part) = table.part(row) else { continue };
        match table.changed(row) {
            Some(changed) if changed == field => return table.old(row),
            Some(_) => changes_told |= part.old && part.holds(*wanted),
            None if part.holds(*wanted) && field == 0 => return table.code(columns.from, row),
            None if part.holds(*wanted) => return table.code(dimension, row),
            None => {}
        }
    }
    // A history that records changes of this field and has none for this ticket says that it never changed.
    match base {
        Some(base) if changes_told => table.code(dimension, base),
        _ => NO_CODE,
    }
}

/// The latest known state of a ticket's spells, and since when.
pub fn last_state(spells: &[Draft]) -> Option<(u32, i64)> {
    let known = || spells.iter().rev().filter(|s| s.state() != NO_CODE);
    let state = known().next()?.state();
    known().take_while(|s| s.state() == state).last().map(|s| (state, s.start))
}

/// Entry into the last run of spells whose class is that of the last known state.
pub fn last_run(spells: &[Draft], class_of: impl Fn(u32) -> StateClass) -> Option<i64> {
    let known = || spells.iter().rev().filter(|s| s.state() != NO_CODE);
    let class = class_of(known().next()?.state());
    known().take_while(|s| class_of(s.state()) == class).last().map(|s| s.start)
}

/// Collects the spells of all tickets.
#[derive(Debug)]
pub struct SpellWriter {
    spells: Spells,
    told: [bool; 3],
}

impl SpellWriter {
    /// Nothing yet; code columns are as wide as the table's dictionaries need.
    pub fn new(table: &Table, columns: SpellColumns) -> Self {
        let codes = |field: usize| {
            let dimension = columns.of.get(field).copied().flatten().and_then(|d| table.dimensions.get(d));
            Codes::for_values(dimension.map_or(0, |d| d.interner.len()), 0)
        };
        let spells =
            Spells { first: vec![0], start: Instants::default(), state: codes(0), group: codes(1), assignee: codes(2) };
        Self { spells, told: columns.told }
    }

    /// Appends the spells of the next ticket.
    pub fn push(&mut self, drafts: &[Draft]) {
        let [state, group, assignee] = self.told;
        for draft in drafts {
            self.spells.start.push(Some(draft.start));
            for (told, column, code) in [
                (state, &mut self.spells.state, draft.codes[0]),
                (group, &mut self.spells.group, draft.codes[1]),
                (assignee, &mut self.spells.assignee, draft.codes[2]),
            ] {
                if told {
                    column.push(code);
                }
            }
        }
        self.spells.first.push(u32::try_from(self.spells.start.len()).unwrap_or(u32::MAX));
    }

    /// All spells.
    pub fn finish(self) -> Spells {
        self.spells
    }
}
