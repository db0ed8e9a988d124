//! A history of single fields: "ticket, field, value before, value afterwards" to the columns of a table.

use super::interner::Interner;
use super::reject::Reason;
use super::rows::RawDimension;
use super::segments::CodeSegments;
use super::table::{FieldChanges, SPELL_FIELDS, Table, WHOLE};
use super::{NO_CODE, Texts};
use crate::mapping::{Field, normalise};

/// The field that a history means, as a position among [`SPELL_FIELDS`]. Definitions of metrics end in "duration".
fn spell_field(name: &str) -> Option<usize> {
    let name = normalise(name);
    match name.strip_suffix("duration").unwrap_or(&name) {
        "state" | "status" | "incidentstate" | "problemstate" | "changestate" | "ticketstate" | "requeststate" => {
            Some(0)
        }
        "assignmentgroup" | "group" | "assignedgroup" | "team" => Some(1),
        "assignedto" | "assignee" | "owner" => Some(2),
        _ => None,
    }
}

/// Puts each row's value into the dimension of the field that it changes. Rows of other fields are set aside.
pub fn convert(table: &mut Table) {
    let texts = |table: &mut Table, field: Field| {
        let dimension = table.dimension(field).map(|d| table.dimensions.remove(d));
        dimension.map_or_else(Column::default, |d| Column { texts: d.interner.into_texts(), codes: d.codes })
    };
    let changed = texts(table, Field::ChangedField);
    let (old, new) = (texts(table, Field::OldValue), texts(table, Field::NewValue));
    let fields: Vec<Option<usize>> = changed.texts.iter().map(spell_field).collect();
    let mut spread = [Spread::default(), Spread::default(), Spread::default()];
    let mut history = FieldChanges::default();
    for row in 0..table.len() {
        let field = fields.get(changed.codes.get(row) as usize).copied().flatten();
        let mut before = NO_CODE;
        for (n, spread) in spread.iter_mut().enumerate() {
            let mine = field == Some(n);
            spread.used |= mine;
            let code = if mine { spread.code(&new, row) } else { NO_CODE };
            spread.codes.push(code);
            if mine {
                before = spread.code(&old, row);
            }
        }
        history.push(field.and_then(|f| u8::try_from(f).ok()).unwrap_or(WHOLE), before);
        if let (None, Ok(row)) = (field, u32::try_from(row)) {
            table.rejects.entry(row).or_insert(Reason::OtherField);
        }
    }
    table.dimensions.clear();
    for (field, spread) in SPELL_FIELDS.into_iter().zip(spread).filter(|(_, s)| s.used) {
        table.dimensions.push(RawDimension {
            field: Some(field),
            name: field.name().to_owned(),
            label: field.name().to_owned(),
            interner: spread.interner,
            codes: spread.codes,
            dropped: false,
        });
    }
    table.changes = Some(history);
    // Since when a value held is when it changed.
    if let Some(start) = table.instants.remove(&Field::SpellStart) {
        table.instants.entry(Field::Updated).or_insert(start);
    }
    let names = table.dimensions.iter().map(|d| d.name.clone()).collect();
    if let Some(part) = table.parts.first_mut() {
        part.dimensions = names;
        part.instants = table.instants.keys().copied().collect();
        part.old = !old.texts.is_empty();
    }
}

#[derive(Default)]
struct Column {
    texts: Texts,
    codes: CodeSegments,
}

/// One field's share of the values.
#[derive(Default)]
struct Spread {
    interner: Interner,
    codes: CodeSegments,
    used: bool,
}

impl Spread {
    fn code(&mut self, column: &Column, row: usize) -> u32 {
        match column.codes.get(row) {
            NO_CODE => NO_CODE,
            code => self.interner.code(column.texts.bytes(code as usize)).0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_told_by_their_names() {
        for (name, field) in [
            ("incident_state", Some(0)),
            ("Incident State Duration", Some(0)),
            ("Status", Some(0)),
            ("assignment_group", Some(1)),
            ("Assignment Group", Some(1)),
            ("assigned_to", Some(2)),
            ("Assigned to Duration", Some(2)),
            ("short_description", None),
            ("duration", None),
            ("", None),
        ] {
            assert_eq!(spell_field(name), field, "{name}");
        }
    }
}
