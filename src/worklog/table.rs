//! The settled rows of all files of one log together.

use std::collections::BTreeMap;

use super::interner::Interner;
use super::reject::Reason;
use super::rows::{RawDimension, Rows};
use super::segments::{CodeSegments, Segments};
use super::settle::{MISSING, Settled};
use super::{NO_CODE, RecordedTime};
use crate::mapping::Field;

/// What the rows of a file are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// A row per ticket.
    Snapshot,
    /// A row per change, which says all about the ticket that its columns hold.
    Events,
    /// A row per change of one field.
    Fields,
}

/// The rows of one file within a table.
#[derive(Clone, Debug)]
pub struct Part {
    /// Name of the file, with that of the table in it.
    pub name: String,
    /// What its rows are.
    pub kind: Kind,
    /// Position of its first row.
    pub first: usize,
    /// Names of the dimensions that it has.
    pub dimensions: Vec<String>,
    /// Instants that it has.
    pub instants: Vec<Field>,
    /// Counts that it has.
    pub counts: Vec<Field>,
    /// The field whose column stands in for the opening, where that has none of its own.
    pub opened_as: Option<Field>,
    /// For [`Kind::Fields`]: whether its rows say what the value was before.
    pub old: bool,
}

impl Part {
    /// Whether it says something of a field.
    pub fn holds(&self, field: Field) -> bool {
        self.dimensions.iter().any(|d| d == field.name())
    }
}

/// The fields that make up a spell, in the order in which they are numbered.
pub const SPELL_FIELDS: [Field; 3] = [Field::State, Field::Group, Field::Assignee];

/// The field of a row that is not a change of a single one.
pub const WHOLE: u8 = u8::MAX;

/// Beside the columns of a table: what the rows that change one field add.
#[derive(Clone, Debug, Default)]
pub struct FieldChanges {
    /// Position of the field among [`SPELL_FIELDS`], or [`WHOLE`].
    pub field: Segments<u8>,
    /// The value before, in the codes of that field's dimension.
    pub old: CodeSegments,
}

/// All rows, with instants in UTC and every row's file known by its position.
#[derive(Debug)]
pub struct Table {
    /// Ticket ids.
    pub ids: Interner,
    /// Id code of each row; absent where it equals the row's position.
    pub row_ids: Option<Segments<u32>>,
    /// Row numbers in their files.
    pub numbers: Segments<u32>,
    /// Instants by field.
    pub instants: BTreeMap<Field, Segments<u32>>,
    /// Dimensions.
    pub dimensions: Vec<RawDimension>,
    /// Counts by field.
    pub counts: BTreeMap<Field, Segments<u16>>,
    /// Recorded lengths of time by field.
    pub lengths: BTreeMap<Field, Segments<u32>>,
    /// How these were recorded; without values.
    pub recorded: BTreeMap<Field, RecordedTime>,
    /// What the tool says of each state, by state code.
    pub categories: Vec<Option<String>>,
    /// Rows to set aside, by position.
    pub rejects: BTreeMap<u32, Reason>,
    /// The files, in the order of their rows.
    pub parts: Vec<Part>,
    /// Where some rows change one field only.
    pub changes: Option<FieldChanges>,
}

impl Table {
    /// One file's rows.
    pub fn of(rows: Rows, settled: &mut Settled, name: String, kind: Kind) -> Self {
        if rows.staged() {
            back_fill(&rows.numbers, settled);
        }
        let Rows { ids, row_ids, numbers, mut dimensions, counts, lengths, categories, .. } = rows;
        dimensions.retain(|d| !d.dropped);
        let part = Part {
            name,
            kind,
            first: 0,
            dimensions: dimensions.iter().map(|d| d.name.clone()).collect(),
            instants: settled.instants.keys().copied().collect(),
            counts: counts.iter().map(|(field, _)| *field).collect(),
            opened_as: None,
            old: false,
        };
        let recorded = std::mem::take(&mut settled.recorded);
        let lengths = lengths.into_iter().filter(|(f, _)| recorded.contains_key(f)).map(|(f, raw)| (f, raw.seconds));
        Self {
            ids,
            row_ids,
            numbers,
            instants: std::mem::take(&mut settled.instants),
            dimensions,
            counts: counts.into_iter().collect(),
            lengths: lengths.collect(),
            recorded,
            categories,
            rejects: std::mem::take(&mut settled.rejects),
            parts: vec![part],
            changes: None,
        }
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The id code of a row, or [`NO_CODE`].
    pub fn id(&self, row: usize) -> u32 {
        match &self.row_ids {
            Some(ids) => ids.get(row).unwrap_or(NO_CODE),
            None => u32::try_from(row).unwrap_or(NO_CODE),
        }
    }

    /// An instant of a row.
    pub fn instant(&self, field: Field, row: usize) -> Option<i64> {
        self.instants.get(&field)?.get(row).filter(|s| *s != MISSING).map(i64::from)
    }

    /// Position of the dimension that a field fills.
    pub fn dimension(&self, field: Field) -> Option<usize> {
        self.dimensions.iter().position(|d| d.field == Some(field))
    }

    /// The code of a row in a dimension given by its position; [`NO_CODE`] without one.
    pub fn code(&self, dimension: Option<usize>, row: usize) -> u32 {
        dimension.and_then(|d| self.dimensions.get(d)).map_or(NO_CODE, |d| d.codes.get(row))
    }

    /// The file of a row, by its position among the files.
    pub fn file_of(&self, row: usize) -> usize {
        self.parts.partition_point(|p| p.first <= row).saturating_sub(1)
    }

    /// What the file of a row is.
    pub fn part(&self, row: usize) -> Option<&Part> {
        match self.parts.as_slice() {
            [single] => Some(single),
            parts => parts.get(self.file_of(row)),
        }
    }

    /// The rows of a file.
    pub fn rows_of(&self, file: usize) -> std::ops::Range<usize> {
        let from = self.parts.get(file).map_or(self.len(), |p| p.first);
        from..self.parts.get(file + 1).map_or(self.len(), |p| p.first)
    }

    /// Position among [`SPELL_FIELDS`] of the one field that a row changes; `None` for a row that says all.
    pub fn changed(&self, row: usize) -> Option<usize> {
        self.changes.as_ref()?.field.get(row).filter(|f| *f != WHOLE).map(usize::from)
    }

    /// The value before the change of a row, in the codes of the field that it changes.
    pub fn old(&self, row: usize) -> u32 {
        self.changes.as_ref().map_or(NO_CODE, |c| c.old.get(row))
    }

    /// Gives ids, by their codes, other texts; equal ones are then one ticket.
    pub fn rename(&mut self, names: &BTreeMap<u32, Vec<u8>>) {
        let mut ids = Interner::default();
        let texts = self.ids.texts();
        let codes: Vec<u32> = (0_u32..)
            .take(texts.len())
            .map(|code| ids.code(names.get(&code).map_or_else(|| texts.bytes(code as usize), Vec::as_slice)).0)
            .collect();
        let mut row_ids = Segments::new();
        for row in 0..self.len() {
            row_ids.push(codes.get(self.id(row) as usize).copied().unwrap_or(NO_CODE));
        }
        self.ids = ids;
        self.row_ids = Some(row_ids);
    }

    /// Appends another file's rows: equal texts get equal codes, missing columns are filled with nothing.
    pub fn append(&mut self, other: &Self) {
        let before = self.len();
        let mut row_ids = Segments::new();
        (0..before).for_each(|row| row_ids.push(self.id(row)));
        for row in 0..other.len() {
            let code = other.id(row);
            row_ids.push(if code == NO_CODE {
                NO_CODE
            } else {
                self.ids.code(other.ids.texts().bytes(code as usize)).0
            });
        }
        self.row_ids = Some(row_ids);
        other.numbers.iter().for_each(|n| self.numbers.push(n));
        self.append_dimensions(other, before);
        self.parts.extend(other.parts.iter().map(|p| Part { first: p.first + before, ..p.clone() }));
        for field in Field::ALL {
            append_column(&mut self.instants, &other.instants, field, before, other.len(), MISSING);
            append_column(&mut self.counts, &other.counts, field, before, other.len(), u16::MAX);
            append_column(&mut self.lengths, &other.lengths, field, before, other.len(), MISSING);
        }
        for (field, theirs) in &other.recorded {
            let ours = self.recorded.entry(*field).or_insert_with(|| theirs.clone());
            ours.elapsed &= theirs.elapsed;
        }
        let shift = u32::try_from(before).unwrap_or(u32::MAX);
        self.rejects.extend(other.rejects.iter().map(|(row, reason)| (row.saturating_add(shift), *reason)));
    }

    fn append_dimensions(&mut self, other: &Self, before: usize) {
        for theirs in &other.dimensions {
            if !self.dimensions.iter().any(|ours| ours.name == theirs.name) {
                let mut codes = CodeSegments::default();
                (0..before).for_each(|_| codes.push(NO_CODE));
                let interner = Interner::default();
                self.dimensions.push(RawDimension { interner, codes, ..theirs.clone() });
            }
        }
        let from_state = |table: &Self| (table.dimension(Field::StateFrom), table.dimension(Field::State));
        let (their_from, their_state) = from_state(other);
        let (our_from, our_state) = from_state(self);
        let mut translations: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        for (d, theirs) in other.dimensions.iter().enumerate() {
            let Some(ours) = self.dimensions.iter_mut().find(|ours| ours.name == theirs.name) else { continue };
            let texts = theirs.interner.texts();
            let translation = (0..texts.len()).map(|n| ours.interner.code(texts.bytes(n)).0).collect();
            translations.insert(d, translation);
        }
        for d in 0..self.dimensions.len() {
            let Some(name) = self.dimensions.get(d).map(|ours| ours.name.clone()) else { continue };
            let theirs = other.dimensions.iter().position(|x| x.name == name);
            // The states before a change use the dictionary of the states.
            let dictionary = if theirs.is_some() && theirs == their_from && Some(d) == our_from && our_state.is_some() {
                their_state
            } else {
                theirs
            };
            let translation = dictionary.and_then(|t| translations.get(&t));
            for row in 0..other.len() {
                let code =
                    translation.and_then(|t| t.get(other.code(theirs, row) as usize)).copied().unwrap_or(NO_CODE);
                if let Some(ours) = self.dimensions.get_mut(d) {
                    ours.codes.push(code);
                }
            }
        }
        self.append_changes(other, before, &translations);
        if let (Some(theirs), Some(translation)) = (their_state, their_state.and_then(|s| translations.get(&s))) {
            let known = other.dimensions.get(theirs).map_or(0, |d| d.interner.len()).min(translation.len());
            for (code, ours) in translation.iter().enumerate().take(known) {
                let Some(category) = other.categories.get(code).cloned().flatten() else { continue };
                let slot = *ours as usize;
                if self.categories.len() <= slot {
                    self.categories.resize(slot + 1, None);
                }
                if let Some(empty) = self.categories.get_mut(slot) {
                    empty.get_or_insert(category);
                }
            }
        }
    }
}

/// Of the rows that one record with a column for each stage became: work that came back to a stage, or skipped it, entered
/// it no later than the next one; and a record with a date that cannot be used is set aside as a whole.
fn back_fill(numbers: &Segments<u32>, settled: &mut Settled) {
    let mut next: Option<(Option<u32>, u32)> = None;
    let mut reject: Option<(Option<u32>, Reason)> = None;
    let mut spread = |row: usize, number: Option<u32>, rejects: &mut BTreeMap<u32, Reason>| {
        let Ok(position) = u32::try_from(row) else { return };
        match (rejects.get(&position), reject) {
            (Some(reason), _) => reject = Some((number, *reason)),
            (None, Some((of, reason))) if of == number => {
                rejects.insert(position, reason);
            }
            _ => {}
        }
    };
    for row in (0..numbers.len()).rev() {
        spread(row, numbers.get(row), &mut settled.rejects);
    }
    for row in 0..numbers.len() {
        spread(row, numbers.get(row), &mut settled.rejects);
    }
    let Some(entered) = settled.instants.get_mut(&Field::Updated) else { return };
    for row in (0..numbers.len()).rev() {
        let number = numbers.get(row);
        let Some(at) = entered.get_mut(row).filter(|at| **at != MISSING) else { continue };
        if let Some((_, later)) = next.filter(|(of, _)| *of == number) {
            *at = later.min(*at);
        }
        next = Some((number, *at));
    }
}

impl Table {
    fn append_changes(&mut self, other: &Self, before: usize, translations: &BTreeMap<usize, Vec<u32>>) {
        if self.changes.is_none() && other.changes.is_none() {
            return;
        }
        let changes = self.changes.get_or_insert_with(|| {
            let mut none = FieldChanges::default();
            (0..before).for_each(|_| none.push(WHOLE, NO_CODE));
            none
        });
        for row in 0..other.len() {
            let field = other.changed(row);
            let dimension = field.and_then(|f| SPELL_FIELDS.get(f)).and_then(|f| other.dimension(*f));
            let old = dimension.and_then(|d| translations.get(&d)?.get(other.old(row) as usize)).copied();
            changes.push(field.and_then(|f| u8::try_from(f).ok()).unwrap_or(WHOLE), old.unwrap_or(NO_CODE));
        }
    }
}

impl FieldChanges {
    /// Appends a row.
    pub fn push(&mut self, field: u8, old: u32) {
        self.field.push(field);
        self.old.push(old);
    }
}

fn append_column<T: Copy>(
    ours: &mut BTreeMap<Field, Segments<T>>,
    theirs: &BTreeMap<Field, Segments<T>>,
    field: Field,
    before: usize,
    more: usize,
    missing: T,
) {
    let column = theirs.get(&field);
    if column.is_none() && !ours.contains_key(&field) {
        return;
    }
    let ours = ours.entry(field).or_insert_with(|| {
        let mut empty = Segments::new();
        (0..before).for_each(|_| empty.push(missing));
        empty
    });
    (0..more).for_each(|row| ours.push(column.and_then(|c| c.get(row)).unwrap_or(missing)));
}
