//! What is read of a file: which column goes where.

use std::collections::BTreeSet;

use super::columns::Columns;
use super::evidence::ColumnEvidence;
use super::header::{dimension_name, header_zone, key};
use super::profile::Profile;
use super::propose::Sample;
use super::{
    Doubt, DurationUnit, ExtraDimension, Field, FieldKind, FieldMapping, Mapping, ProfileMatch, StageColumn, StateClass,
};

/// Where the cells of a column go.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Slot {
    /// The ticket's id.
    Id,
    /// An instant.
    Instant(Field),
    /// A dimension, by its position in [`Plan::dimensions`].
    Dimension(usize),
    /// A recorded count.
    Count(Field),
    /// A recorded length of time, with the unit of plain numbers where it is known before they are read.
    Duration(Field, Option<DurationUnit>),
}

/// A dimension to read.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedDimension {
    /// The field it fills; `None` for the file's own dimensions.
    pub field: Option<Field>,
    /// Name in queries.
    pub name: String,
    /// Header.
    pub label: String,
}

/// What to read, and why.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Columns in use with their slots, by position.
    pub slots: Vec<(usize, Slot)>,
    /// Dimensions in use.
    pub dimensions: Vec<PlannedDimension>,
    /// The profile, for its states and caps.
    pub profile: Profile,
    /// How sure it is, for people.
    pub matched: ProfileMatch,
    /// Fields and their columns.
    pub fields: Vec<FieldMapping>,
    /// The file's own dimensions.
    pub extras: Vec<ExtraDimension>,
    /// Columns that hold the date of entry into a state each; where there are any, they are the times and states of a
    /// history.
    pub stages: Vec<StageColumn>,
    /// Headers not read.
    pub ignored: Vec<String>,
    /// What the choice of columns leaves open.
    pub doubts: Vec<Doubt>,
}

/// Most dimensions of a file's own.
const MOST_EXTRAS: usize = 16;

/// Columns that name people beside the assignee: not offered as dimensions, since nobody should be ranked by default.
const PEOPLE: [&str; 10] = [
    "caller",
    "requester",
    "openedby",
    "createdby",
    "updatedby",
    "resolvedby",
    "closedby",
    "reporter",
    "creator",
    "requestedby",
];

impl Plan {
    /// Gives every field its column and picks the dimensions of the file's own; `given` is a mapping to follow.
    pub(super) fn new(
        sample: &Sample,
        columns: &Columns,
        mut fields: Vec<FieldMapping>,
        mut profile: Profile,
        matched: ProfileMatch,
        stages: Vec<StageColumn>,
        given: Option<&Mapping>,
    ) -> Self {
        for f in &mut fields {
            told(f, &profile);
        }
        let mut slots: Vec<(usize, Slot)> = Vec::new();
        let mut dimensions = Vec::new();
        let mut used: BTreeSet<usize> = stages.iter().map(|s| s.column as usize).collect();
        for f in &fields {
            let stage = |column: &usize| stages.iter().any(|s| s.column as usize == *column);
            let Some(column) = f.column.map(|c| c as usize).filter(|c| !stage(c)) else { continue };
            let slot = match f.field.kind() {
                FieldKind::Id => Slot::Id,
                FieldKind::Instant => Slot::Instant(f.field),
                FieldKind::Count => Slot::Count(f.field),
                FieldKind::Duration => Slot::Duration(f.field, f.duration_unit),
                FieldKind::Dimension | FieldKind::Link => {
                    dimensions.push(PlannedDimension {
                        field: Some(f.field),
                        name: f.field.name().to_owned(),
                        label: f.header.clone().unwrap_or_default(),
                    });
                    Slot::Dimension(dimensions.len() - 1)
                }
            };
            used.insert(column);
            slots.push((column, slot));
        }
        let extras = match given {
            Some(mapping) => mapping
                .dimensions
                .iter()
                .filter(|d| sample.headers.get(d.column as usize) == Some(&d.header))
                .cloned()
                .collect(),
            None => extra_dimensions(sample, columns, &used, &fields),
        };
        for extra in &extras {
            let label = extra.header.clone();
            dimensions.push(PlannedDimension { field: None, name: extra.name.clone(), label });
            slots.push((extra.column as usize, Slot::Dimension(dimensions.len() - 1)));
            used.insert(extra.column as usize);
        }
        slots.sort_by_key(|(column, _)| *column);
        if let Some(last) = stages.last() {
            // Whatever it is called: work that entered the last stage is done.
            profile.states.entry(StateClass::Done).or_default().push(key(&last.header));
            let (field, name) = (Some(Field::State), Field::State.name().to_owned());
            dimensions.push(PlannedDimension { field, name, label: "Stage".to_owned() });
        }
        let ignored =
            sample.headers.iter().enumerate().filter(|(c, _)| !used.contains(c)).map(|(_, h)| h.clone()).collect();
        Self { slots, dimensions, profile, matched, fields, extras, stages, ignored, doubts: Vec::new() }
    }

    /// Gives up the dimensions of the file's own: those of a history's rows say nothing of its tickets.
    pub fn drop_extras(&mut self) {
        let dimensions = &self.dimensions;
        let own =
            |slot: &Slot| matches!(slot, Slot::Dimension(d) if dimensions.get(*d).is_some_and(|d| d.field.is_none()));
        self.slots.retain(|(_, slot)| !own(slot));
        self.ignored.extend(self.extras.drain(..).map(|e| e.header));
    }
}

/// What header and tool tell about the values of a column, unless it is settled already: zone, unit.
fn told(f: &mut FieldMapping, profile: &Profile) {
    let header = f.header.as_deref().unwrap_or_default();
    let mut why = None;
    match f.field.kind() {
        FieldKind::Instant if f.zone.is_none() => {
            if let Some(zone) = header_zone(header) {
                why = Some(format!("times in {zone}, as the header says"));
                f.zone = Some(zone);
            } else if let Some(zone) = &profile.zone {
                why = Some(format!("times in {zone}, as this tool writes them"));
                f.zone = Some(zone.clone());
            }
        }
        FieldKind::Duration if f.duration_unit.is_none() => {
            if let Some(unit) = DurationUnit::of_header(header) {
                why = Some(format!("numbers are {}, as the header says", unit.name()));
                f.duration_unit = Some(unit);
            } else if let Some(unit) = profile.duration_unit {
                why = Some(format!("numbers are {}, as this tool writes them", unit.name()));
                f.duration_unit = Some(unit);
            }
        }
        _ => {}
    }
    if let Some(why) = why {
        f.because(&why);
    }
}

/// Columns of few, repeating, short values become dimensions of their own.
fn extra_dimensions(
    sample: &Sample,
    columns: &Columns,
    used: &BTreeSet<usize>,
    fields: &[FieldMapping],
) -> Vec<ExtraDimension> {
    // The risk or environment of a ticket is one of its own columns.
    let reserved = |f: &Field| !f.of_delivery() || fields.iter().any(|mapped| mapped.field == *f);
    let mut names: BTreeSet<String> = Field::ALL.iter().filter(|f| reserved(f)).map(|f| f.name().to_owned()).collect();
    let mut extras = Vec::new();
    for (c, header) in sample.headers.iter().enumerate() {
        let person = columns.keys.get(c).is_some_and(|h| PEOPLE.iter().any(|p| h.contains(p)));
        let worth = columns.evidence(c).is_some_and(ColumnEvidence::groups_rows);
        let name = dimension_name(header);
        if used.contains(&c) || person || !worth || extras.len() == MOST_EXTRAS || !names.insert(name.clone()) {
            continue;
        }
        if let Ok(column) = u32::try_from(c) {
            extras.push(ExtraDimension { name, column, header: header.clone() });
        }
    }
    extras
}
