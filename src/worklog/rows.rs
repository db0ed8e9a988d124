//! The rows of one file as they stream in: the cells that the plan asks for, in columns.

use std::collections::BTreeMap;

use super::forensics::ROWS_SHOWN;
use super::interner::Interner;
use super::lengths::RawLengths;
use super::segments::{CodeSegments, Segments};
use super::stamps::RawInstants;
use super::{NO_CODE, Texts};
use crate::mapping::{Field, FieldKind, Plan, Slot, change_number, count, is_null, plain_id};

/// One column of repeated text.
#[derive(Clone, Debug)]
pub struct RawDimension {
    /// The field it fills; `None` for the file's own.
    pub field: Option<Field>,
    /// Name in queries.
    pub name: String,
    /// Header.
    pub label: String,
    /// Its values.
    pub interner: Interner,
    /// One code a row.
    pub codes: CodeSegments,
    /// Given up: too many distinct values to group anything by.
    pub dropped: bool,
}

/// Most distinct values of a file's own dimension; beyond, it groups nothing and is given up.
const MOST_VALUES: usize = 5_000;

/// Where the cells of a column go, by position.
#[derive(Clone, Copy, Debug)]
enum Target {
    Id,
    Instant(usize),
    Dimension(usize),
    /// A dimension of ids.
    Link(usize),
    /// A dimension of the ids that stand in texts.
    Mention(usize),
    Count(usize),
    Length(usize),
}

/// The rows of one file.
#[derive(Clone, Debug)]
pub struct Rows {
    /// Columns in use, and where their cells go.
    targets: Vec<(usize, Target)>,
    /// Ticket ids.
    pub ids: Interner,
    /// Id code of each row; absent while every row has brought a new id, so that it equals the row's position.
    pub row_ids: Option<Segments<u32>>,
    /// Row number in the file, as a spreadsheet counts.
    pub numbers: Segments<u32>,
    /// Instants by field.
    pub instants: Vec<(Field, RawInstants)>,
    /// Dimensions in the plan's order.
    pub dimensions: Vec<RawDimension>,
    /// Counts by field; `u16::MAX` where blank or unreadable.
    pub counts: Vec<(Field, Segments<u16>)>,
    /// Recorded lengths of time by field.
    pub lengths: Vec<(Field, RawLengths)>,
    /// What the tool says of each state, by state code.
    pub categories: Vec<Option<String>>,
    state: Option<usize>,
    from: Option<usize>,
    category: Option<usize>,
    from_category: Option<usize>,
    /// Columns that hold the date of entry into a state each, with the state's code.
    stages: Vec<(usize, u32)>,
    /// Cells that name several ids, by the position of their dimension: how many, and the first rows.
    pub several: BTreeMap<usize, (u64, Vec<u64>)>,
    /// Without a column of ids each row is a case of its own, named by its number.
    numbered: bool,
}

/// What a tool would say of the stages of its workflow, by their place.
fn stage_category(place: usize, stages: usize) -> &'static str {
    match place {
        0 => "To Do",
        n if n + 1 == stages => "Done",
        _ => "In Progress",
    }
}

impl Rows {
    /// No rows yet.
    pub fn new(plan: &Plan) -> Self {
        let mut dimensions: Vec<RawDimension> = plan
            .dimensions
            .iter()
            .map(|d| RawDimension {
                field: d.field,
                name: d.name.clone(),
                label: d.label.clone(),
                interner: Interner::default(),
                codes: CodeSegments::default(),
                dropped: false,
            })
            .collect();
        let at = |field| dimensions.iter().position(|d| d.field == Some(field));
        let (state, from) = (at(Field::State), at(Field::StateFrom));
        let (category, from_category) = (at(Field::StateCategory), at(Field::StateFromCategory));
        let (mut instants, mut counts, mut lengths) = (Vec::new(), Vec::new(), Vec::new());
        let link = |d: usize| plan.dimensions.get(d).and_then(|d| d.field).is_some_and(|f| f.kind() == FieldKind::Link);
        let mention = |d: usize| plan.dimensions.get(d).is_some_and(|d| d.field == Some(Field::Mention));
        let mut target = |slot: Slot| match slot {
            Slot::Id => Target::Id,
            Slot::Dimension(d) if mention(d) => Target::Mention(d),
            Slot::Dimension(d) if link(d) => Target::Link(d),
            Slot::Dimension(d) => Target::Dimension(d),
            Slot::Instant(field) => {
                instants.push((field, RawInstants::default()));
                Target::Instant(instants.len() - 1)
            }
            Slot::Count(field) => {
                counts.push((field, Segments::new()));
                Target::Count(counts.len() - 1)
            }
            Slot::Duration(field, unit) => {
                lengths.push((field, RawLengths::new(unit)));
                Target::Length(lengths.len() - 1)
            }
        };
        let targets: Vec<(usize, Target)> = plan.slots.iter().map(|(column, slot)| (*column, target(*slot))).collect();
        let numbered = !targets.iter().any(|(_, target)| matches!(target, Target::Id));
        let (mut stages, mut categories) = (Vec::new(), Vec::new());
        if let Some(states) = state.and_then(|d| dimensions.get_mut(d)).filter(|_| !plan.stages.is_empty()) {
            instants.push((Field::Updated, RawInstants::default()));
            for (place, stage) in plan.stages.iter().enumerate() {
                let (code, new) = states.interner.code(stage.header.as_bytes());
                stages.push((stage.column as usize, code));
                if new {
                    categories.push(Some(stage_category(place, plan.stages.len()).to_owned()));
                }
            }
        }
        Self {
            targets,
            ids: Interner::default(),
            row_ids: None,
            numbers: Segments::new(),
            instants,
            dimensions,
            counts,
            categories,
            lengths,
            state,
            from,
            category,
            from_category,
            stages,
            several: BTreeMap::new(),
            numbered,
        }
    }

    /// Number of rows taken.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether each stage has a column of its own; then a row of the file is several rows here, one for each stage entered.
    pub fn staged(&self) -> bool {
        !self.stages.is_empty()
    }

    /// Takes one row: `cell` gives the raw bytes of a column, `number` is the row's number in the file.
    pub fn take<'a>(&mut self, number: u64, cell: impl Fn(usize) -> &'a [u8]) {
        if !self.staged() {
            return self.take_cells(number, &cell);
        }
        let mut entered = false;
        for place in 0..self.stages.len() {
            let Some(&(column, code)) = self.stages.get(place) else { continue };
            let date = cell(column).trim_ascii();
            if !is_null(date) {
                entered = true;
                self.take_stage(number, code, date, &cell);
            }
        }
        if !entered {
            self.take_stage(number, NO_CODE, &[], &cell);
        }
    }

    /// One stage that a row says it entered.
    fn take_stage<'a>(&mut self, number: u64, code: u32, date: &[u8], cell: &impl Fn(usize) -> &'a [u8]) {
        self.take_cells(number, cell);
        if let Some((_, updated)) = self.instants.last_mut() {
            updated.take(date, number);
        }
        if let Some(states) = self.state.and_then(|d| self.dimensions.get_mut(d)) {
            states.codes.push(code);
        }
    }

    fn take_cells<'a>(&mut self, number: u64, cell: &impl Fn(usize) -> &'a [u8]) {
        let n = self.len();
        self.numbers.push(u32::try_from(number).unwrap_or(u32::MAX));
        for i in 0..self.targets.len() {
            let Some(&(column, target)) = self.targets.get(i) else { continue };
            let bytes = cell(column).trim_ascii();
            match target {
                Target::Id => match plain_id(bytes) {
                    Some(id) => self.take_id(n, &id),
                    None => self.take_id(n, bytes),
                },
                Target::Instant(at) => {
                    if let Some((_, instants)) = self.instants.get_mut(at) {
                        instants.take(bytes, number);
                    }
                }
                Target::Dimension(d) => self.take_value(d, bytes),
                Target::Link(d) => {
                    if let Some(id) = plain_id(bytes) {
                        self.take_value(d, &id);
                    } else {
                        let first = self.first_id(d, bytes, number);
                        self.take_value(d, first);
                    }
                }
                Target::Mention(d) => self.take_value(d, &change_number(bytes).unwrap_or_default()),
                Target::Length(at) => {
                    if let Some((_, lengths)) = self.lengths.get_mut(at) {
                        lengths.take(bytes, number);
                    }
                }
                Target::Count(at) => {
                    if let Some((_, counts)) = self.counts.get_mut(at) {
                        counts.push(count(bytes).unwrap_or(u16::MAX));
                    }
                }
            }
        }
        if self.numbered {
            self.take_id(n, format!("row {number}").as_bytes());
        }
        if self.category.is_some() {
            self.note_category(n, self.state, self.category);
            self.note_category(n, self.from, self.from_category);
        }
    }

    fn take_id(&mut self, n: usize, bytes: &[u8]) {
        let (code, new) = if is_null(bytes) { (NO_CODE, false) } else { self.ids.code(bytes) };
        if !new && self.row_ids.is_none() {
            let mut ids = Segments::new();
            (0..n).for_each(|row| ids.push(u32::try_from(row).unwrap_or(NO_CODE)));
            self.row_ids = Some(ids);
        }
        if let Some(ids) = &mut self.row_ids {
            ids.push(code);
        }
    }

    fn take_value(&mut self, d: usize, bytes: &[u8]) {
        // The state before a change is a state too: both columns share one dictionary.
        let dictionary = if Some(d) == self.from { self.state.unwrap_or(d) } else { d };
        let code = match self.dimensions.get_mut(dictionary) {
            Some(dimension) if !dimension.dropped && !is_null(bytes) => dimension.interner.code(bytes).0,
            _ => NO_CODE,
        };
        if let Some(dimension) = self.dimensions.get_mut(d)
            && !dimension.dropped
        {
            if dimension.field.is_none() && dimension.interner.len() > MOST_VALUES {
                dimension.dropped = true;
                dimension.interner = Interner::default();
                dimension.codes = CodeSegments::default();
            } else {
                dimension.codes.push(code);
            }
        }
    }

    /// The first of several ids in a cell, `CHG1, CHG2`; that there are more is counted.
    fn first_id<'a>(&mut self, d: usize, bytes: &'a [u8], number: u64) -> &'a [u8] {
        let between = |b: &u8| matches!(b, b',' | b';' | b'|' | b'\n');
        if !bytes.iter().any(between) {
            return bytes;
        }
        let brackets = |b: u8| b.is_ascii_whitespace() || matches!(b, b'[' | b']' | b'"' | b'\'');
        let bare = |part: &'a [u8]| {
            let from = part.iter().position(|b| !brackets(*b)).unwrap_or(part.len());
            let to = part.iter().rposition(|b| !brackets(*b)).map_or(from, |last| last + 1);
            part.get(from..to).unwrap_or_default()
        };
        let mut ids = bytes.split(|b| between(b)).map(bare).filter(|id| !id.is_empty());
        // "52,267" is one number.
        let is_id = |id: &[u8]| id.len() > 3 || id.iter().any(u8::is_ascii_alphabetic);
        let (Some(first), Some(second)) = (ids.next(), ids.next()) else { return bytes };
        if !is_id(first) || !is_id(second) {
            return bytes;
        }
        let (count, rows) = self.several.entry(d).or_default();
        *count += 1;
        if rows.len() < ROWS_SHOWN {
            rows.push(number);
        }
        first
    }

    fn note_category(&mut self, n: usize, state: Option<usize>, category: Option<usize>) {
        let code = |d: Option<usize>| d.and_then(|d| self.dimensions.get(d)).map_or(NO_CODE, |d| d.codes.get(n));
        let (state, value) = (code(state), code(category));
        if state == NO_CODE || value == NO_CODE {
            return;
        }
        let slot = state as usize;
        if self.categories.len() <= slot {
            self.categories.resize(slot + 1, None);
        }
        let text =
            || category.and_then(|d| self.dimensions.get(d)).map(|d| d.interner.texts().get(value as usize).to_owned());
        if self.categories.get(slot).is_some_and(Option::is_none) {
            let text = text();
            if let Some(slot) = self.categories.get_mut(slot) {
                *slot = text;
            }
        }
    }

    /// The instants of a field.
    pub fn instants_of(&self, field: Field) -> Option<&RawInstants> {
        self.instants.iter().find(|(f, _)| *f == field).map(|(_, raw)| raw)
    }

    /// The lengths of a field.
    pub fn lengths_of(&self, field: Field) -> Option<&RawLengths> {
        self.lengths.iter().find(|(f, _)| *f == field).map(|(_, raw)| raw)
    }

    /// Ends reading: decodes the texts from the file's encoding, where they are not UTF-8 already.
    pub fn decode(&mut self, decode: impl Fn(&[u8]) -> String) {
        let fix = |interner: &mut Interner| {
            let texts = interner.texts();
            if (0..texts.len()).any(|n| std::str::from_utf8(texts.bytes(n)).is_err()) {
                let decoded: Texts = (0..texts.len()).map(|n| decode(texts.bytes(n))).collect();
                interner.replace_texts(decoded);
            }
        };
        fix(&mut self.ids);
        self.dimensions.iter_mut().for_each(|d| fix(&mut d.interner));
    }
}
