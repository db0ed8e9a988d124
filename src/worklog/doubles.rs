//! Rows of one ticket that occur more than once in snapshots.

use super::NO_CODE;
use super::forensics::{ROWS_SHOWN, warning};
use super::reject::Reason;
use super::table::{Kind, Part, Table};
use crate::error::Warning;
use crate::mapping::Field;
use crate::words::{count as grouped, plural};

/// A file's rows that another row of the same ticket supersedes.
#[derive(Clone, Debug, Default)]
pub struct Doubles {
    /// Rows that say the same as the one that counts.
    identical: Seen,
    /// Rows that say something else and are older.
    older: Seen,
    /// Rows that say something else, and no date tells which is newer.
    undecided: Seen,
}

/// How many rows, and the first of them.
#[derive(Clone, Debug, Default)]
struct Seen {
    count: u64,
    rows: Vec<u64>,
}

impl Seen {
    fn note(&mut self, row: Option<u32>) {
        self.count += 1;
        if self.rows.len() < ROWS_SHOWN {
            self.rows.extend(row.map(u64::from));
        }
    }
}

impl Doubles {
    /// What to know of them. `file` is the file that holds them.
    pub fn warning(&self, file: &str) -> Option<Warning> {
        let (identical, older, undecided) = (self.identical.count, self.older.count, self.undecided.count);
        let total = identical + older + undecided;
        if total == 0 {
            return None;
        }
        let undecided = if undecided == 0 {
            String::new()
        } else {
            format!(", {} with other values and the same dates, of which the last one counts", grouped(undecided))
        };
        let message = format!(
            "{} set aside: another row of the same ticket counts instead ({} with equal values, {} with other values and \
             older{undecided}).",
            plural(total, "row", "rows"),
            grouped(identical),
            grouped(older),
        );
        // Those that matter most first: their values are lost.
        let rows = [&self.undecided, &self.older, &self.identical].into_iter().flat_map(|s| &s.rows);
        let rows: Vec<u64> = rows.take(ROWS_SHOWN).copied().collect();
        Some(warning("duplicates", message, total, rows).in_file(file))
    }
}

/// The newest row of each id in the snapshots; the others are set aside as duplicates. Nothing where every row has its own
/// id, unless `always` asks for it.
pub fn newest_rows(table: &mut Table, always: bool, doubles: &mut [Doubles]) -> Option<Vec<u32>> {
    if !always {
        table.row_ids.as_ref()?;
    }
    let mut best: Vec<u32> = vec![NO_CODE; table.ids.len()];
    let mut superseded = Vec::new();
    for file in 0..table.parts.len() {
        if table.parts.get(file).is_none_or(|p| p.kind != Kind::Snapshot) {
            continue;
        }
        for row in table.rows_of(file) {
            let Ok(position) = u32::try_from(row) else { break };
            let id = table.id(row);
            if id == NO_CODE {
                table.rejects.entry(position).or_insert(Reason::NoId);
            }
            if table.rejects.contains_key(&position) {
                continue;
            }
            let Some(slot) = best.get_mut(id as usize) else { continue };
            if *slot == NO_CODE {
                *slot = position;
            } else if newness(table, row) >= newness(table, *slot as usize) {
                superseded.push((std::mem::replace(slot, position), id));
            } else {
                superseded.push((position, id));
            }
        }
    }
    superseded.sort_unstable();
    for (row, id) in superseded {
        let winner = best.get(id as usize).map_or(0, |b| *b as usize);
        note(table, row as usize, winner, doubles);
        table.rejects.insert(row, Reason::Duplicate);
    }
    Some(best)
}

/// What makes one row of a ticket newer than another, whatever their order in the file.
fn newness(table: &Table, row: usize) -> [Option<i64>; 4] {
    [Field::Updated, Field::Closed, Field::Resolved, Field::Cancelled].map(|field| table.instant(field, row))
}

fn note(table: &Table, row: usize, winner: usize, doubles: &mut [Doubles]) {
    let Some(doubles) = doubles.get_mut(table.file_of(row)) else { return };
    let list = if equal(table, row, winner) {
        &mut doubles.identical
    } else if newness(table, row) == newness(table, winner) {
        &mut doubles.undecided
    } else {
        &mut doubles.older
    };
    list.note(table.numbers.get(row));
}

/// Whether two rows say the same in all columns that both their files have and that are read.
fn equal(table: &Table, a: usize, b: usize) -> bool {
    let (Some(one), Some(other)) = (table.part(a), table.part(b)) else { return false };
    let both = |has: &dyn Fn(&Part) -> bool| has(one) && has(other);
    let dates = table.instants.iter().filter(|(field, _)| both(&|p| p.instants.contains(field)));
    let values = table.dimensions.iter().filter(|d| both(&|p| p.dimensions.contains(&d.name)));
    let counts = table.counts.iter().filter(|(field, _)| both(&|p| p.counts.contains(field)));
    dates.into_iter().all(|(_, column)| column.get(a) == column.get(b))
        && values.into_iter().all(|d| d.codes.get(a) == d.codes.get(b))
        && counts.into_iter().all(|(_, column)| column.get(a) == column.get(b))
}
