//! What is read of a file: which column goes where.

use std::collections::BTreeSet;

use super::evidence::ColumnEvidence;
use super::header::dimension_name;
use super::profile::Profile;
use super::propose::Sample;
use super::{ExtraDimension, Field, FieldKind, FieldMapping, Mapping, ProfileMatch};

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
    /// Headers not read.
    pub ignored: Vec<String>,
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
    pub fn new(
        sample: &Sample,
        headers: &[String],
        columns: &[ColumnEvidence],
        fields: Vec<FieldMapping>,
        profile: Profile,
        matched: ProfileMatch,
        given: Option<&Mapping>,
    ) -> Self {
        let mut slots: Vec<(usize, Slot)> = Vec::new();
        let mut dimensions = Vec::new();
        let mut used = BTreeSet::new();
        for f in &fields {
            let Some(column) = f.column.map(|c| c as usize) else { continue };
            let slot = match f.field.kind() {
                FieldKind::Id => Slot::Id,
                FieldKind::Instant => Slot::Instant(f.field),
                FieldKind::Count => Slot::Count(f.field),
                FieldKind::Duration => continue,
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
            None => extra_dimensions(sample, headers, columns, &used),
        };
        for extra in &extras {
            let label = extra.header.clone();
            dimensions.push(PlannedDimension { field: None, name: extra.name.clone(), label });
            slots.push((extra.column as usize, Slot::Dimension(dimensions.len() - 1)));
            used.insert(extra.column as usize);
        }
        slots.sort_by_key(|(column, _)| *column);
        let ignored =
            sample.headers.iter().enumerate().filter(|(c, _)| !used.contains(c)).map(|(_, h)| h.clone()).collect();
        Self { slots, dimensions, profile, matched, fields, extras, ignored }
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

/// Columns of few, repeating, short values become dimensions of their own.
fn extra_dimensions(
    sample: &Sample,
    headers: &[String],
    columns: &[ColumnEvidence],
    used: &BTreeSet<usize>,
) -> Vec<ExtraDimension> {
    let mut names: BTreeSet<String> = Field::ALL.iter().map(|f| f.name().to_owned()).collect();
    let mut extras = Vec::new();
    for (c, header) in sample.headers.iter().enumerate() {
        let person = headers.get(c).is_some_and(|h| PEOPLE.iter().any(|p| h.contains(p)));
        let worth = columns.get(c).is_some_and(ColumnEvidence::groups_rows);
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
