//! Rows of events to tickets and spells.

use super::reject::Reason;
use super::spells::Spells;
use super::table::Table;
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
    /// Groups the rows by ticket and orders them by event time; ties stay in file order. Rows that cannot be placed
    /// are set aside.
    pub fn of(table: &mut Table) -> Self {
        let ids = table.ids.len();
        let mut first = vec![0_u32; ids + 1];
        let usable: Vec<bool> = (0..table.len()).map(|row| place(table, row)).collect();
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
    /// State code.
    pub state: u32,
    /// Group code.
    pub group: u32,
    /// Assignee code.
    pub assignee: u32,
}

/// Positions of the dimensions that make up a spell.
#[derive(Clone, Copy, Debug, Default)]
pub struct SpellColumns {
    /// State.
    pub state: Option<usize>,
    /// State before the change.
    pub from: Option<usize>,
    /// Group.
    pub group: Option<usize>,
    /// Assignee.
    pub assignee: Option<usize>,
}

impl SpellColumns {
    /// Those of a table.
    pub fn of(table: &Table) -> Self {
        Self {
            state: table.dimension(Field::State),
            from: table.dimension(Field::StateFrom),
            group: table.dimension(Field::Group),
            assignee: table.dimension(Field::Assignee),
        }
    }
}

/// Turns the ordered rows of a ticket into spells: neighbours differ, the first one starts at the opening.
pub fn spells(table: &Table, columns: SpellColumns, rows: &[u32], opened: i64, out: &mut Vec<Draft>) {
    out.clear();
    for row in rows.iter().map(|r| *r as usize) {
        let start = event_time(table, row).unwrap_or(opened);
        let mut state = table.code(columns.state, row);
        if out.is_empty() {
            let from = table.code(columns.from, row);
            if from != NO_CODE && start > opened {
                out.push(Draft {
                    start: opened,
                    state: from,
                    group: table.code(columns.group, row),
                    assignee: table.code(columns.assignee, row),
                });
            }
        }
        // A blank state is one that was not written down, not one that was left.
        if let (NO_CODE, Some(last)) = (state, out.last()) {
            state = last.state;
        }
        let draft = Draft {
            start: if out.is_empty() { start.min(opened) } else { start },
            state,
            group: table.code(columns.group, row),
            assignee: table.code(columns.assignee, row),
        };
        let same = |a: &Draft| (a.state, a.group, a.assignee) == (draft.state, draft.group, draft.assignee);
        if !out.last().is_some_and(same) {
            out.push(draft);
        }
    }
}

/// Entry into the last run of spells whose class is that of the last one.
pub fn last_run(spells: &[Draft], class_of: impl Fn(u32) -> StateClass) -> Option<i64> {
    let class = class_of(spells.last()?.state);
    spells.iter().rev().take_while(|s| class_of(s.state) == class).last().map(|s| s.start)
}

/// Collects the spells of all tickets.
#[derive(Debug)]
pub struct SpellWriter {
    spells: Spells,
    columns: SpellColumns,
}

impl SpellWriter {
    /// Nothing yet; code columns are as wide as the table's dictionaries need.
    pub fn new(table: &Table, columns: SpellColumns) -> Self {
        let codes = |d: Option<usize>| {
            Codes::for_values(d.and_then(|d| table.dimensions.get(d)).map_or(0, |d| d.interner.len()), 0)
        };
        let spells = Spells {
            first: vec![0],
            start: Instants::default(),
            state: codes(columns.state),
            group: codes(columns.group),
            assignee: codes(columns.assignee),
        };
        Self { spells, columns }
    }

    /// Appends the spells of the next ticket.
    pub fn push(&mut self, drafts: &[Draft]) {
        for draft in drafts {
            self.spells.start.push(Some(draft.start));
            if self.columns.state.is_some() {
                self.spells.state.push(draft.state);
            }
            if self.columns.group.is_some() {
                self.spells.group.push(draft.group);
            }
            if self.columns.assignee.is_some() {
                self.spells.assignee.push(draft.assignee);
            }
        }
        self.spells.first.push(u32::try_from(self.spells.start.len()).unwrap_or(u32::MAX));
    }

    /// All spells.
    pub fn finish(self) -> Spells {
        self.spells
    }
}
