//! Tells a row per ticket from a row per change, by the data.

use super::rows::Rows;
use crate::mapping::{Field, Role, Shape};

/// The shape of a file's rows, and why.
pub fn shape(rows: &Rows, role: Role) -> (Shape, String) {
    if rows.staged() {
        return (Shape::Events, "each stage has a column with the date of entry into it".to_owned());
    }
    if role == Role::FieldHistory {
        return (Shape::Events, "each row is the change of one field".to_owned());
    }
    let (n, ids) = (rows.len(), rows.ids.len());
    let dated = rows.instants_of(Field::Updated).is_some();
    let opened = rows.instants_of(Field::Opened).is_some();
    let from = rows.dimensions.iter().any(|d| d.field == Some(Field::StateFrom));
    if dated && from {
        return (Shape::Events, "each row says from which state to which".to_owned());
    }
    if dated && !opened {
        return (
            Shape::Events,
            format!("rows say when something happened, not when a ticket was opened; {n} rows, {ids} tickets"),
        );
    }
    // Split exports overlap a little; a history repeats every ticket, each time with another time of change.
    let (repeated, changed) = if dated && n > ids { repeats(rows) } else { (0, 0) };
    if changed > 0 && n * 10 >= ids * 13 && changed * 2 >= repeated {
        return (Shape::Events, format!("{n} rows for {ids} tickets, each with its own time of change"));
    }
    let reason =
        if n == ids { format!("{n} rows, {ids} tickets") } else { format!("{n} rows for {ids} tickets: some twice") };
    (Shape::Snapshot, reason)
}

/// How many tickets have several rows, and how many of these have rows of different times.
fn repeats(rows: &Rows) -> (usize, usize) {
    let (Some(updated), Some(row_ids)) = (rows.instants_of(Field::Updated), &rows.row_ids) else { return (0, 0) };
    let mut first: Vec<Option<u32>> = vec![None; rows.ids.len()];
    let mut seen: Vec<u8> = vec![0; rows.ids.len()];
    for (row, id) in row_ids.iter().enumerate() {
        let Some(first) = first.get_mut(id as usize) else { continue };
        let Some(seen) = seen.get_mut(id as usize) else { continue };
        let time = updated.seconds.get(row);
        *seen = match (*seen, *first == time) {
            (0, _) => {
                *first = time;
                1
            }
            (1 | 2, true) => 2,
            _ => 3,
        };
    }
    let having = |least: u8| seen.iter().filter(|s| **s >= least).count();
    (having(2), having(3))
}
