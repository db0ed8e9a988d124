//! Tells a row per ticket from a row per change, by the data.

use super::rows::Rows;
use crate::mapping::{Field, Shape};

/// The shape of a file's rows, and why.
pub fn shape(rows: &Rows) -> (Shape, String) {
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
    // Split exports overlap a little; a history repeats every ticket.
    if dated && n * 10 >= ids * 13 {
        return (Shape::Events, format!("{n} rows for {ids} tickets, each with its own time of change"));
    }
    let reason =
        if n == ids { format!("{n} rows, {ids} tickets") } else { format!("{n} rows for {ids} tickets: some twice") };
    (Shape::Snapshot, reason)
}
