//! The settled rows of all files together.

use std::collections::BTreeMap;

use super::interner::Interner;
use super::reject::Reason;
use super::rows::{RawDimension, Rows};
use super::segments::{CodeSegments, Segments};
use super::settle::{MISSING, Settled};
use super::{NO_CODE, RecordedTime};
use crate::mapping::Field;

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
    /// Position of the first row of each file.
    pub starts: Vec<usize>,
}

impl Table {
    /// One file's rows.
    pub fn of(rows: Rows, settled: &mut Settled) -> Self {
        let Rows { ids, row_ids, numbers, mut dimensions, counts, lengths, categories, .. } = rows;
        dimensions.retain(|d| !d.dropped);
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
            starts: vec![0],
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
        self.starts.partition_point(|s| *s <= row).saturating_sub(1)
    }

    /// Appends another file's rows: equal texts get equal codes, missing columns are filled with nothing.
    pub fn append(&mut self, other: &Self) {
        let before = self.len();
        self.starts.push(before);
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
